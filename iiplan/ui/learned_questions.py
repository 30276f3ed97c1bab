"""Which questions stay open, and what several people answered to the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from iiplan.briefing import AskedQuestion
from iiplan.model import ResearchNote
from iiplan.planner import learning
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped, plural
from iiplan.ui.navigation import link

__all__ = ["questions_view"]

MOST_NAMES = 3
MOST_ANSWERED = 15
MOST_RESEARCH = 20


def questions_view(ws: Workspace, names: Mapping[str, str]) -> None:
    """Answers beside one another first, then what is still open."""
    asked, research = learning.questions(ws), learning.open_research_notes(ws)
    if not asked and not research:
        st.info(
            "No question is on a list yet. Make a list for each meeting, and note what people answer: the answers of "
            "several people to one question then stand beside each other here.",
            icon=":material/quiz:",
        )
        link("prepare", "Prepare questions", section="questions")
        return
    several = [one for one in asked if len(one.answers) > 1]
    st.subheader("The same question, several answers", anchor=False)
    if not several:
        st.markdown("No question was answered by more than one person yet.")
    for one in sorted(several, key=lambda one: -len(one.answers))[:MOST_ANSWERED]:
        with st.expander(f"{escaped(one.text)} · {plural(len(one.answers), 'answer')}"):
            for who, answer in one.answers:
                st.markdown(f"**{escaped(names.get(who, ''))}**: {escaped(answer)}")
    st.subheader("Still open", anchor=False)
    st.markdown(_sentence(asked, research))
    _research(ws, research, names)
    waiting = [one for one in asked if not one.answers]
    if waiting:
        rows = [
            {
                "Question": one.text,
                "Asked of": _listed(one.asked_of, names) or "nobody yet",
                "On the lists of": _listed(one.planned_for, names),
            }
            for one in sorted(waiting, key=lambda one: -len(one.asked_of))
        ]
        st.dataframe(
            pd.DataFrame(rows),
            hide_index=True,
            height=min(35 * (len(rows) + 1) + 3, 460),
            column_config={"Question": st.column_config.TextColumn(width="large")},
        )


def _sentence(asked: Sequence[AskedQuestion], research: Sequence[ResearchNote]) -> str:
    unanswered = sum(1 for one in asked if one.asked_of and not one.answers)
    unasked = sum(1 for one in asked if not one.asked_of)
    if not (unanswered or unasked or research):
        return "Every question on your lists has an answer from somebody."
    parts = []
    if research:
        parts.append(f"{plural(len(research), 'question')} left open by research")
    if unanswered:
        parts.append(f"{plural(unanswered, 'question')} asked and not answered")
    if unasked:
        parts.append(f"{plural(unasked, 'question')} on lists and asked of nobody yet")
    return f"{'; '.join(parts)}."


def _research(ws: Workspace, research: Sequence[ResearchNote], names: Mapping[str, str]) -> None:
    for one in research[:MOST_RESEARCH]:
        about = names.get(one.contact_id or "", "") or one.organisation
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{escaped(one.text or one.url)} :gray-badge[{escaped(about)}]", width="stretch")
            st.button(
                "Found out",
                icon=":material/check:",
                key=f"found-out-{one.id}",
                help="Takes it off this list. Write the answer down as an insight.",
                on_click=_found_out,
                args=(ws, one),
            )
    if len(research) > MOST_RESEARCH:
        st.caption(f"And {plural(len(research) - MOST_RESEARCH, 'question')} more from research.")


def _found_out(ws: Workspace, note: ResearchNote) -> None:
    if session.attempt(lambda: learning.found_out(ws, note.id)):
        session.notify(f"Found out: {escaped(note.text[:80])}", undo=lambda: learning.not_found_out(ws, note.id))


def _listed(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """The first names of a list, and how many more."""
    words = ", ".join(names.get(one, "") for one in ids[:MOST_NAMES])
    more = len(ids) - MOST_NAMES
    return f"{words} and {more} more" if more > 0 else words
