"""People named in a talk, as they are typed: who is new, who is known, and one click to have them all."""

from __future__ import annotations

import streamlit as st

from iiplan.model import Authority
from iiplan.planner import named_people as named
from iiplan.planner.debriefs import Talk
from iiplan.planner.named_people import Mention, Named
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, escaped, plural

__all__ = ["named_people"]


def named_people(ws: Workspace, talk: Talk, text: str) -> None:
    """Each name with a tick and what adding it would do; nothing while no names are typed."""
    found = named.mentions(ws, talk.contact, text)
    if not found:
        return
    who = escaped(talk.contact.name)
    ticked = []
    for one, mention in found:
        if mention is Mention.KNOWN:
            st.caption(f":material/check: {escaped(one.name)} is among your contacts.")
            continue
        what = "new" if mention is Mention.NEW else f"known: note that {who} referred you"
        key = f"named-{talk.debrief.id}-{' '.join(one.name.casefold().split())}"
        if st.checkbox(f"{_line(one)} · {what}", value=True, key=key):
            ticked.append(one)
    if ticked:
        st.button(
            f"Add {plural(len(ticked), 'person', 'people')}, referred by {who}",
            icon=":material/person_add:",
            key=f"add-named-{talk.debrief.id}",
            on_click=_add,
            args=(ws, talk, tuple(ticked)),
        )


def _line(one: Named) -> str:
    parts = [one.name, one.organisation, AUTHORITY[one.authority] if one.authority is not Authority.UNKNOWN else ""]
    return escaped(", ".join(part for part in parts if part))


def _add(ws: Workspace, talk: Talk, people: tuple[Named, ...]) -> None:
    def act() -> None:
        added, undo = named.add(ws, talk.contact, people, talk.met_on)
        names = ", ".join(escaped(contact.name) for contact in added)
        session.notify(f"Referred by {escaped(talk.contact.name)}: {names}.", undo=undo)

    session.attempt(act)
