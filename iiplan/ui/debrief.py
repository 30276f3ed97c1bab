"""What a meeting brought, written down: every box is saved as it is left, and two windows lose nothing."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.model import Debrief, DebriefText, Welcome
from iiplan.planner import debriefs
from iiplan.planner.debrief_text import cleaned
from iiplan.planner.debriefs import Talk
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.debrief_names import named_people
from iiplan.ui.debrief_windows import other_windows, shown_fields
from iiplan.ui.insight_form import insight_form
from iiplan.ui.labels import day_label, escaped, plural

__all__ = ["debrief_editor", "talk_label"]

PROMPTS = {
    "surprised": ("What surprised me", ""),
    "quote": ("Something they said that I will quote", "It goes into the thank-you."),
    "advice": ("Their advice", ""),
    "names": ("Names they mentioned", "Jane Doe, Acme, can hire"),
    "hiring": ("Organisations that may be hiring", "Acme, two analysts in spring"),
}
ONE_A_LINE = {"names", "hiring"}
WELCOME = {Welcome.YES: "Yes", Welcome.NO: "No", Welcome.NOT_SAID: "Not said"}


def debrief_editor(ws: Workspace, talk: Talk) -> None:
    """Everything about one meeting. What another window of this app wrote meanwhile is shown beside it."""
    name = f"debrief-{talk.debrief.id}"
    key = session.draft_key(name)
    if session.chosen(f"{key}-dump") is None:  # drawn for the first time, or anew after another page
        session.keep(name, talk.debrief.version)
    known = debriefs.as_known(talk.debrief, _version(name))
    st.caption(_saved(talk, known))
    other_windows(ws, talk, known, name)
    text = known.text

    def box(field: str, label: str, placeholder: str, height: int) -> None:
        st.text_area(
            label,
            value=getattr(text, field),
            key=f"{key}-{field}",
            height=height,
            placeholder=placeholder,
            on_change=_save,
            args=(ws, talk, key, name),
        )

    box("dump", "Everything that comes to mind", "Free and fast, no order. Sort it out below.", 170)
    for field, (label, placeholder) in PROMPTS.items():
        box(field, f"{label}, one a line" if field in ONE_A_LINE else label, placeholder, 90)
        if field == "names":
            named_people(ws, talk, text.names)
    with st.container(key=f"{key}-promise-box", gap="small"):
        box("promised", "What I promised", "the article on night buses", 68)
        _promise_day(ws, talk, text, key, name)
    st.segmented_control(
        "Do they welcome a follow-up?",
        list(WELCOME),
        default=text.welcome,
        format_func=WELCOME.__getitem__,
        required=True,
        key=f"{key}-welcome",
        on_change=_save,
        args=(ws, talk, key, name),
        help="After a no, Today does not remind you of keeping in touch with them.",
    )
    with st.expander("Add an insight: something learned that goes beyond this talk", icon=":material/lightbulb:"):
        insight_form(
            ws,
            contact_id=talk.contact.id,
            debrief_id=_kept_id(known),
            learned_on=talk.met_on,
            key=f"insight-{talk.debrief.id}",
        )
    _earlier(ws, talk, known, name)
    st.caption(_saved(talk, known))


def _version(name: str) -> int:
    """The version of the debrief that this window began with or saved last; 0: none."""
    known = session.kept(name)
    return known if isinstance(known, int) else 0


def talk_label(talk: Talk) -> str:
    """'Ada Example, Mon 7 Dec 2026'; what people typed is not escaped."""
    return f"{talk.contact.name}, {day_label(talk.met_on)} {talk.met_on.year}"


def _saved(talk: Talk, known: Debrief) -> str:
    met = f"Met on {day_label(talk.met_on)}."
    if not known.versions:
        return f"{met} Each box is saved as you leave it; tap outside after the last one."
    at = known.versions[-1].at.astimezone(_zone(talk))
    return f"{met} :material/cloud_done: Saved {day_label(at)} {at:%H:%M}. Each box is saved as you leave it."


def _zone(talk: Talk) -> ZoneInfo:
    return ZoneInfo(talk.met.timezone if talk.met else session.browser_timezone())


def _kept_id(known: Debrief) -> str | None:
    """An insight may only point to a debrief that is in the database."""
    return known.id if known.versions else None


def _promise_day(ws: Workspace, talk: Talk, text: DebriefText, key: str, name: str) -> None:
    st.date_input(
        "By when",
        value=text.promised_by,
        key=f"{key}-promised_by",
        min_value=talk.met_on,
        format="DD/MM/YYYY",
        on_change=_save,
        args=(ws, talk, key, name),
        width=200,
    )
    if text.promised.strip() and text.promised_by is None:
        st.caption("With a day, it comes up on Today when it is due.")
    elif text.promised.strip() and text.promised_by is not None:
        st.caption(f"In the log as a promise by {day_label(text.promised_by)}; Today brings it up the day before.")


def _typed(key: str) -> DebriefText:
    """What the boxes hold."""

    def text(field: str) -> str:
        return cleaned(str(session.chosen(f"{key}-{field}") or ""))

    by, welcome = session.chosen(f"{key}-promised_by"), session.chosen(f"{key}-welcome")
    return DebriefText(
        dump=text("dump"),
        **{field: text(field) for field in PROMPTS},
        promised=text("promised"),
        promised_by=by if isinstance(by, date) else None,
        welcome=welcome if isinstance(welcome, Welcome) else Welcome.NOT_SAID,
    )


def _save(ws: Workspace, talk: Talk, key: str, name: str) -> None:
    """Keep all boxes as they are now, as a version that follows the one this window knows."""

    def act() -> None:
        known = debriefs.as_known(debriefs.stored(ws, talk.debrief), _version(name))
        beside = len(known.unread_by_latest)
        saved = debriefs.save(ws, known, _typed(key))
        session.keep(name, saved.version)
        if len(saved.unread_by_latest) > beside:
            session.warn(
                f"Another window wrote about {talk.contact.name} at the same time. Both texts are kept: look at the "
                "other one below and take in what is missing."
            )

    session.attempt(act)


def _earlier(ws: Workspace, talk: Talk, known: Debrief, name: str) -> None:
    """Versions from before, to look at and to bring back."""
    if known.version < 2:
        return
    with st.expander(plural(known.version - 1, "earlier version"), icon=":material/history:"):
        before = {version.number: version for version in reversed(known.versions[:-1])}
        chosen = st.selectbox(
            "Version",
            list(before),
            format_func=lambda number: f"{number} · {before[number].at.astimezone(_zone(talk)):%a %d %b %H:%M}",
            key=f"{name}-earlier",
        )
        if chosen is None:
            return
        for label, text in shown_fields(before[chosen].text):
            st.markdown(f"**{label}**: {escaped(text)}")
        st.button(
            "Bring this version back",
            icon=":material/undo:",
            key=f"{name}-bring-back",
            on_click=_bring_back,
            args=(ws, talk, before[chosen].text, name),
        )


def _bring_back(ws: Workspace, talk: Talk, text: DebriefText, name: str) -> None:
    def act() -> None:
        known = debriefs.as_known(debriefs.stored(ws, talk.debrief), _version(name))
        debriefs.save(ws, known, text)
        session.new_draft(name)
        session.notify("The earlier version is back. The one from before is kept, too.")

    session.attempt(act)
