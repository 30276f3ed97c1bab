"""The course one person took, in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from iiplan.model import Stage, Touch
from iiplan.outreach.business_days import local_date
from iiplan.outreach.history import History
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stage_times import stretches
from iiplan.outreach.stages import standings

__all__ = ["course_sentence"]


def course_sentence(person: History, now: datetime, labels: Mapping[Stage, str], rules: Rules = USUAL) -> str:
    """One person's course in a line: asked when, answered how soon, met when, and the stage since when."""
    past = [touch for touch in person.touches if touch.at <= now]
    if not past:
        return "Nothing has happened yet."
    known = person.known
    met = [touch for touch, after in standings(past) if touch is after.met]
    parts = []
    if known.first_ask is not None and known.first_ask.at <= now:
        parts.append(f"asked on {_day(known.first_ask, rules)}")
        parts.append(_answer(known.first_ask, known.first_answer, now, rules))
    if met:
        parts.append(f"met on {_day(met[0], rules)}{_more(met, rules)}")
    current = stretches(person, now, rules)[-1]
    since = _written(local_date(current.start, rules.zone or ZoneInfo(past[-1].timezone)))
    again = known.answer is not None and known.answer.at <= now
    if current.stage is Stage.IDENTIFIED:
        parts.append("no ask yet")
    elif current.stage is Stage.ASKED and again:
        parts.append(f"asked again on {since}")
    elif current.stage not in {Stage.ASKED, Stage.MET}:
        parts.append(f"{labels.get(current.stage, current.stage).lower()} since {since}")
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _more(met: Sequence[Touch], rules: Rules) -> str:
    """How often after the first time."""
    more = len(met) - 1
    if not more:
        return ""
    return f" and {'once' if more == 1 else f'{more} times'} more, last on {_day(met[-1], rules)}"


def _answer(ask: Touch, answer: Touch | None, now: datetime, rules: Rules) -> str:
    """How soon they answered, in business days, or that they have not."""
    zone = rules.zone or ZoneInfo(ask.timezone)
    if answer is None or answer.at > now:
        waited = rules.days_between(ask.at, now, zone)
        return f"no answer in {_business_days(waited)}" if waited > 0 else "no answer yet"
    if local_date(ask.at, zone) == local_date(answer.at, zone):
        return "answered the same day"
    waited = rules.days_between(ask.at, answer.at, zone)
    return f"answered after {_business_days(waited)}" if waited > 0 else "answered before the next business day"


def _business_days(count: int) -> str:
    return f"{count} business day{'' if count == 1 else 's'}"


def _day(touch: Touch, rules: Rules) -> str:
    return _written(local_date(touch.at, rules.zone or ZoneInfo(touch.timezone)))


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
