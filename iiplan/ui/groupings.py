"""What the screen calls the ways to divide people, and their groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from iiplan.outreach import WEEKDAYS, Grouping, PartOfDay
from iiplan.planner import messages
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, CHANNEL, SOURCE

__all__ = ["GROUPING", "choose_grouping", "group_labels"]

GROUPING = {
    Grouping.ALL: "Everybody together",
    Grouping.SOURCE: "How found",
    Grouping.AUTHORITY: "Authority",
    Grouping.ORGANISATION: "Organisation",
    Grouping.CHANNEL: "Channel",
    Grouping.TEMPLATE: "Template",
    Grouping.WEEK: "Week asked",
    Grouping.WEEKDAY: "Weekday asked",
    Grouping.PART_OF_DAY: "Time of day asked",
}
PART_OF_DAY = {
    PartOfDay.EARLY: "Before 9:00",
    PartOfDay.MORNING: "9:00 to 12:00",
    PartOfDay.MIDDAY: "12:00 to 15:00",
    PartOfDay.AFTERNOON: "15:00 to 18:00",
    PartOfDay.EVENING: "After 18:00",
}
_WORDS: Mapping[Grouping, dict[str, str]] = {
    Grouping.ALL: {"all": "Everybody"},
    Grouping.SOURCE: {str(word): label for word, label in SOURCE.items()},
    Grouping.AUTHORITY: {str(word): label for word, label in AUTHORITY.items()},
    Grouping.CHANNEL: {str(word): label for word, label in CHANNEL.items()},
    Grouping.WEEKDAY: {word: word.capitalize() for word in WEEKDAYS},
    Grouping.PART_OF_DAY: {str(word): label for word, label in PART_OF_DAY.items()},
}


def group_labels(ws: Workspace, by: Grouping, words: Iterable[str]) -> dict[str, str]:
    """What the screen calls each group."""
    if by is Grouping.WEEK:
        return {word: _week(word) for word in words}
    known: Mapping[str, str] = _WORDS.get(by, {})
    if by is Grouping.TEMPLATE:
        known = messages.titles(ws)
    return {word: known.get(word, word) or "Not said" for word in words}


def _week(word: str) -> str:
    monday = date.fromisoformat(word)
    return f"Week of {monday.day} {monday:%b %Y}"


def choose_grouping(label: str, name: str, offered: Sequence[Grouping], default: Grouping) -> Grouping:
    """The chooser of a grouping; the choice stands in the address under ``name``."""
    words = [str(by) for by in offered]
    chosen = st.selectbox(
        label,
        words,
        format_func=lambda word: GROUPING[Grouping(word)],
        key=session.addressed(name, words, str(default)),
        on_change=session.to_address,
        args=(name, str(default)),
        width=240,
    )
    return Grouping(chosen)
