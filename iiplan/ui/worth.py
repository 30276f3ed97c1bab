"""What a talk is worth: the stars with what they are made of, and the form that says how much each part counts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Contact, WorthWeights
from iiplan.outreach import Worth, worth
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, escaped, plural, source_words

__all__ = ["stars_in_words", "worth_form", "worth_in_words"]

MOST = 5
_BOXES = (
    ("authority", "Authority to hire", "Can hire 5, has a say 4, recruiter 3, peer 2."),
    ("fit", "Fit", "How well their work fits what you look for; you say it for each person."),
    ("closeness", "How well you know them", "As you say, else by how you found them: family and friends 5 and so on."),
    ("keen", "How keen you are", "How much you want this talk; you say it for each person."),
)


def stars_in_words(stars: int | None) -> str:
    """'★ 7 of 10'; says so when it is not known."""
    return "worth not known yet" if stars is None else f"★ {stars} of 10"


def worth_in_words(contact: Contact, found: Worth) -> str:
    """'can hire 5 · fit ? · knows you 3 (friend) · keen ? → 7 stars', in Markdown."""

    def part(words: str, value: int | None) -> str:
        return f"{words} {'?' if value is None else value}"

    how = f"knows you{f' ({source_words(contact.source)})' if found.by_source else ''}"
    parts = [
        part(AUTHORITY[contact.authority].lower() if found.authority else "authority", found.authority),
        part("fit", found.fit),
        part(how, found.closeness),
        part("keen", found.keen),
    ]
    line = " · ".join(parts)
    if found.added_up is None:
        line += " → not known"
    else:
        alone = ", from that alone" if found.known == 1 else ""
        line += f" → {plural(found.added_up, 'star')}{alone}"
    return line if found.own is None else f"{line}, and you say {found.own}"


def worth_form(ws: Workspace) -> None:
    """How much each part counts, with an example; saved together, with a way back."""
    st.markdown(
        "What a talk with somebody is worth, 1 to 10 stars, is the weighted mean of what you said about them. What you "
        "did not say is left out and never guessed; stars you give a person yourself go before it. It says whom to ask "
        "first, and is the value of people newly put on a trip."
    )
    now = settings.worth_weights(ws)
    key = session.draft_key("worth")
    with st.form(key, border=False, enter_to_submit=False):
        values = {
            name: st.slider(label, 0, MOST, getattr(now, name), key=f"{key}-{name}", help=help, width=420)
            for name, label, help in _BOXES
        }
        pressed = st.form_submit_button("Save", type="primary", icon=":material/save:")
    if now != WorthWeights():
        st.button("Back to the usual measure", type="tertiary", on_click=_save, args=(ws, WorthWeights()))
    _example(ws, now)
    if not pressed:
        return
    try:
        wanted = replace(now, **values)
    except InputError as error:
        st.error(escaped(str(error)))
        return
    if wanted != now:
        _save(ws, wanted)
        st.rerun()


def _example(ws: Workspace, weights: WorthWeights) -> None:
    """The sum for one person of the list, so that the weights mean something."""
    known = [(one, worth(one, weights)) for one in ws.store.contacts()]
    said = [(one, found) for one, found in known if found.added_up is not None]
    if said:
        one, found = max(said, key=lambda pair: pair[1].known)
        st.caption(f"For example {escaped(one.name)}: {worth_in_words(one, found)}.")
    else:
        st.caption("Once you have said something about somebody, the sum for them stands here as an example.")


def _save(ws: Workspace, wanted: WorthWeights) -> None:
    before = settings.worth_weights(ws)
    if session.attempt(lambda: settings.save_worth_weights(ws, wanted)):
        session.new_draft("worth")
        session.notify("Saved what worth is made of.", undo=lambda: _restore(ws, before))


def _restore(ws: Workspace, before: WorthWeights) -> None:
    settings.save_worth_weights(ws, before)
    session.new_draft("worth")
