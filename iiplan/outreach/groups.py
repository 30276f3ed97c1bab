"""By what people are told apart when the asking is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from iiplan.model import Touch
from iiplan.outreach.business_days import local_date
from iiplan.outreach.history import History
from iiplan.outreach.rules import USUAL, Rules

__all__ = ["ABOUT_FIRST_ASK", "IN_TIME_ORDER", "UNTIMED", "WEEKDAYS", "Grouping", "PartOfDay", "grouped"]


class Grouping(StrEnum):
    """One way to divide people into groups; the last five go by how or when somebody was first asked."""

    ALL = "all"
    SOURCE = "source"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    CHANNEL = "channel"
    TEMPLATE = "template"
    WEEK = "week"
    WEEKDAY = "weekday"
    PART_OF_DAY = "part_of_day"


class PartOfDay(StrEnum):
    """A day on the clock of whoever asks, in five parts."""

    EARLY = "early"  # before 9
    MORNING = "morning"  # from 9
    MIDDAY = "midday"  # from 12
    AFTERNOON = "afternoon"  # from 15
    EVENING = "evening"  # from 18


ABOUT_FIRST_ASK = frozenset(
    {Grouping.CHANNEL, Grouping.TEMPLATE, Grouping.WEEK, Grouping.WEEKDAY, Grouping.PART_OF_DAY}
)
IN_TIME_ORDER = frozenset({Grouping.WEEK, Grouping.WEEKDAY, Grouping.PART_OF_DAY})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNTIMED = time(12)  # where a touch stands that was logged for an earlier day without a time
_PARTS = ((9, PartOfDay.EARLY), (12, PartOfDay.MORNING), (15, PartOfDay.MIDDAY), (18, PartOfDay.AFTERNOON))


def grouped(people: Sequence[History], by: Grouping, rules: Rules = USUAL) -> dict[str, tuple[History, ...]]:
    """People by the word of their group, "" where the word is not said.

    Groups that go by the first ask leave out who was never asked. A week is named by its Monday (2027-03-01), in the
    days of ``rules.zone`` or else of the zone the ask was logged in; weekday and part of day are always those of the
    latter. An ask that stands at noon exactly was probably logged without a time: its part of day is not said.
    Organisations are told apart without regard to case and blanks, and spelt as they first occur.

    Weeks, weekdays and parts of the day are in the order of time; other groups by size, the largest first.
    """
    groups: dict[str, list[History]] = {}
    spelling: dict[str, str] = {}
    for person in people:
        word = _word(person, by, rules)
        if word is None:
            continue
        if by is Grouping.ORGANISATION:
            word = spelling.setdefault(word.casefold(), word)
        groups.setdefault(word, []).append(person)
    return {word: tuple(groups[word]) for word in sorted(groups, key=lambda word: _rank(word, len(groups[word]), by))}


def _rank(word: str, size: int, by: Grouping) -> tuple[int, str]:
    """Where a group stands among the others."""
    match by:
        case Grouping.WEEK:
            return (0, word)
        case Grouping.WEEKDAY:
            return (WEEKDAYS.index(word), word)
        case Grouping.PART_OF_DAY:
            return (["", *PartOfDay].index(word), word)
        case _:
            return (-size, word)


def _word(person: History, by: Grouping, rules: Rules) -> str | None:
    match by:
        case Grouping.ALL:
            return "all"
        case Grouping.SOURCE:
            return str(person.contact.source)
        case Grouping.AUTHORITY:
            return str(person.contact.authority)
        case Grouping.ORGANISATION:
            return " ".join(person.contact.organisation.split())
        case _:
            return None if person.known.first_ask is None else _word_of_ask(person.known.first_ask, by, rules)


def _word_of_ask(ask: Touch, by: Grouping, rules: Rules) -> str:
    if by is Grouping.CHANNEL:
        return str(ask.channel or "")
    if by is Grouping.TEMPLATE:
        return ask.template
    logged = ask.at.astimezone(ZoneInfo(ask.timezone))
    if by is Grouping.WEEK:
        day = local_date(logged, rules.zone)
        return (day - timedelta(days=day.weekday())).isoformat()
    return WEEKDAYS[logged.weekday()] if by is Grouping.WEEKDAY else _part_of_day(logged)


def _part_of_day(moment: datetime) -> str:
    if moment.time() == UNTIMED:
        return ""
    return str(next((part for before, part in _PARTS if moment.hour < before), PartOfDay.EVENING))
