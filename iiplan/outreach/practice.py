"""Meetings held and introductions rehearsed, week by week: practice adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from iiplan.model import Rehearsal
from iiplan.outreach.activity import Week
from iiplan.outreach.business_days import local_date

__all__ = ["PracticeWeek", "practice", "practice_sentence"]

_SPAN = 4  # weeks that the sentence sums up


@dataclass(frozen=True, kw_only=True)
class PracticeWeek:
    """The seven days from ``monday`` on."""

    monday: date
    met: int = 0
    rehearsed: int = 0


def practice(
    activity: Iterable[Week], rehearsals: Iterable[Rehearsal], now: datetime, zone: tzinfo
) -> tuple[PracticeWeek, ...]:
    """Every week from the first meeting or rehearsal to that of ``now`` (aware), none left out; () without any.

    Rehearsals after ``now`` are left out; their days are those of ``zone``.
    """
    met = {week.monday: week.met for week in activity if week.met}
    rehearsed = Counter(_monday(local_date(one.at, zone)) for one in rehearsals if one.at <= now)
    if not met and not rehearsed:
        return ()
    first = min(*met, *rehearsed, _monday(local_date(now, zone)))
    last = max(*met, *rehearsed, _monday(local_date(now, zone)))
    mondays = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return tuple(PracticeWeek(monday=one, met=met.get(one, 0), rehearsed=rehearsed[one]) for one in mondays)


def practice_sentence(weeks: Sequence[PracticeWeek]) -> str:
    """Everything so far, and how much of it fell into the last four weeks."""
    if not weeks:
        return "No meeting was held and no introduction rehearsed yet."
    text = f"So far {_counts(weeks)} of your introduction"
    if len(weeks) <= _SPAN:
        return f"{text}."
    return f"{text}; in the last four weeks, this one included, {_counts(weeks[-_SPAN:])}."


def _counts(weeks: Sequence[PracticeWeek]) -> str:
    met, rehearsed = sum(week.met for week in weeks), sum(week.rehearsed for week in weeks)
    return f"{_count(met, 'meeting')} and {_count(rehearsed, 'rehearsal')}"


def _count(number: int, one: str) -> str:
    return f"{number or 'no'} {one if number == 1 else one + 's'}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
