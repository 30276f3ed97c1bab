"""What was done in each week: counts from the log, each by one rule.

- asked: people first asked, by an ask, a nudge or an offer of hours. Each person counts once.
- nudged: every nudge, but not one that opened the asking.
- answered: first answers to the asking, as the response rate counts them. Each person counts once.
- accepted: people who came as far as "accepted" in the funnel for the first time: a yes, or at once an hour or a
  meeting. Each person counts once.
- met: meetings held, every one of them. A thank-you that stands for a meeting which is not in the log counts as one.

What lies after ``now`` is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from iiplan.model import Stage, Touch, TouchKind
from iiplan.outreach.business_days import local_date
from iiplan.outreach.history import History
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stages import FUNNEL_STAGES, standings

__all__ = ["Week", "activity", "activity_sentence"]

_YES = FUNNEL_STAGES.index(Stage.ACCEPTED)
_SPAN = 4  # weeks that the sentence sums up


@dataclass(frozen=True, kw_only=True)
class Week:
    """The seven days from ``monday`` on: how many people and meetings, by the rules of this module's head."""

    monday: date
    asked: int = 0
    nudged: int = 0
    answered: int = 0
    accepted: int = 0
    met: int = 0


def activity(people: Sequence[History], now: datetime, rules: Rules = USUAL) -> tuple[Week, ...]:
    """Every week from the first with anything to count to that of ``now`` (aware), none left out; () without any.

    Days are those of ``rules.zone``, or else of the zone each touch was logged in (for ``now``: its own).
    """
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for person in people:
        for touch, what in _counted(person, now):
            counts[_monday(local_date(touch.at, rules.zone or ZoneInfo(touch.timezone)))][what] += 1
    if not counts:
        return ()
    first, last = min(counts), max(*counts, _monday(local_date(now, rules.zone)))
    mondays = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return tuple(Week(monday=monday, **counts[monday]) for monday in mondays)


def _counted(person: History, now: datetime) -> Iterator[tuple[Touch, str]]:
    """Each touch that counts, with the name of the count."""
    furthest = 0
    for touch, known in standings(person.touches):
        if touch.at > now:
            return
        if touch is known.first_ask:
            yield touch, "asked"
        elif touch.kind is TouchKind.NUDGED:
            yield touch, "nudged"
        if touch is known.first_answer:
            yield touch, "answered"
        if furthest < _YES <= known.furthest:
            yield touch, "accepted"
        if touch is known.met:
            yield touch, "met"
        furthest = known.furthest


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def activity_sentence(weeks: Sequence[Week]) -> str:
    """The last four weeks in counts, and the four before them if anything goes so far back."""
    if not weeks:
        return "Nobody has been asked yet, and nobody met."
    last, before = weeks[-_SPAN:], weeks[-2 * _SPAN : -_SPAN]
    span = {1: "This week", _SPAN: "In the last four weeks, this one included,"}.get(
        len(last), f"In the {len(last)} weeks so far"
    )
    asked = _count(sum(week.asked for week in last), "new person", "new people", none="nobody new")
    answered = sum(week.answered for week in last)
    met = _count(sum(week.met for week in last), "meeting", "meetings", none="no meeting")
    text = f"{span} you asked {asked}, {answered or 'nobody'} gave a first answer, and you had {met}"
    if not before:
        return f"{text}."
    then = [sum(getattr(week, what) for week in before) for what in ("asked", "answered", "met")]
    return f"{text}; in the four weeks before: {then[0]} asked, {then[1]} answered, {_count(then[2], 'meeting')}."


def _count(number: int, one: str, many: str = "", *, none: str = "") -> str:
    if number == 0 and none:
        return none
    return f"{number} {one if number == 1 else many or one + 's'}"
