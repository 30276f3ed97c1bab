"""Who answers, by group, with its uncertainty.

Recent asks are in no rate, answered or not: the unanswered ones are no failures yet, and the answered ones alone would
make the rate look better than it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from iiplan.outreach.groups import IN_TIME_ORDER, Grouping, grouped
from iiplan.outreach.history import History
from iiplan.outreach.intervals import FEW, wilson_interval
from iiplan.outreach.rules import USUAL, Rules

__all__ = ["ResponseRate", "asks_to_compare", "response_rates", "response_sentence", "timing_sentence"]

_TOO_FEW = "Too few have had time to answer to compare groups."


@dataclass(frozen=True, kw_only=True)
class ResponseRate:
    """How one group answers.

    ``group`` is the stored word ("" where nothing is stored). ``asked`` counts people; those of them first asked less
    than the patience ago are ``pending`` without an answer and ``early`` with one. The others are decided: they had
    time to answer, and ``answered`` of them did so far. ``rate`` is answered / decided, None when nothing is decided;
    ``low`` and ``high`` are its 95 % Wilson interval, 0 to 1. ``small``: under five decided. ``people`` are the
    contacts (ids) who were asked.
    """

    group: str
    asked: int
    answered: int
    pending: int
    early: int = 0
    rate: float | None
    low: float
    high: float
    small: bool
    people: tuple[str, ...] = ()

    @property
    def recent(self) -> int:
        """Those asked less than the patience ago."""
        return self.pending + self.early

    @property
    def decided(self) -> int:
        """Those asked who had the time to answer."""
        return self.asked - self.recent


def response_rates(
    people: Sequence[History], now: datetime, *, by: Grouping = Grouping.SOURCE, rules: Rules = USUAL
) -> tuple[ResponseRate, ...]:
    """One rate for each group that somebody was asked in: in the order of time, else the most asked first.

    A person counts once, as asked from the first ask (or nudge, or offer of hours) on, and as having answered when
    anything but our own messages and notes follows it. The patience is the cadence's ``nudge_after``, in business days
    from the first ask, whatever was sent since. ``now`` is aware.
    """
    asked = {
        word: [person for person in members if person.known.first_ask is not None]
        for word, members in grouped(people, by, rules).items()
    }
    rates = [_rate(word, members, now, rules) for word, members in asked.items() if members]
    return tuple(rates if by in IN_TIME_ORDER else sorted(rates, key=lambda rate: -rate.asked))


def _rate(group: str, members: Sequence[History], now: datetime, rules: Rules) -> ResponseRate:
    recent = [person for person in members if _is_recent(person, now, rules)]
    early = sum(person.known.answered for person in recent)
    answered = sum(person.known.answered for person in members) - early
    decided = len(members) - len(recent)
    low, high = wilson_interval(answered, decided)
    return ResponseRate(
        group=group,
        asked=len(members),
        answered=answered,
        pending=len(recent) - early,
        early=early,
        rate=answered / decided if decided else None,
        low=low,
        high=high,
        small=decided < FEW,
        people=tuple(person.contact.id for person in members),
    )


def _is_recent(person: History, now: datetime, rules: Rules) -> bool:
    ask = person.known.first_ask
    return ask is not None and rules.days_between(ask.at, now, ZoneInfo(ask.timezone)) < rules.cadence.nudge_after


def response_sentence(rates: Sequence[ResponseRate], labels: Mapping[str, str]) -> str:
    """One plain reading: how many of those who had time answered, who is pending, and which group leads if any."""
    asked = sum(rate.asked for rate in rates)
    if asked == 0:
        return "Nobody has been asked yet."
    answered = sum(rate.answered for rate in rates)
    decided = sum(rate.decided for rate in rates)
    early = sum(rate.early for rate in rates)
    if decided == 0:
        return _all_recent(asked, early)
    low, high = wilson_interval(answered, decided)
    if decided == 1:
        head = f"The one person who had time to answer {'did' if answered else 'did not'}"
    else:
        head = (
            f"{answered:,} of the {decided:,} people who had time to answer did "
            f"({_percent(answered / decided)}; 95 % interval {_percent(low)} to {_percent(high)})"
        )
    recent = asked - decided
    if recent:
        head += f"; {recent:,} more {'was' if recent == 1 else 'were'} asked too recently to count{_answered(early)}"
    if len(rates) < 2:
        return f"{head}."
    return f"{head}. {_leader(rates, labels) or _TOO_FEW}"


def _all_recent(asked: int, early: int) -> str:
    if asked == 1:
        return "One person has been asked, too recently for a rate" + (", and has answered." if early else ".")
    return f"All {asked:,} people asked so far were asked too recently for a rate{_answered(early)}."


def _answered(early: int) -> str:
    if not early:
        return ""
    return f", though {early:,} {'has' if early == 1 else 'have'} answered already"


def asks_to_compare(rates: Sequence[ResponseRate]) -> int:
    """How many more decided asks there must be at least until two groups have five each; 0 once they have.

    What is not said ("") is no group to compare.
    """
    largest = sorted((rate.decided for rate in rates if rate.group), reverse=True)
    first, second, *_ = [*largest, 0, 0]
    return max(0, FEW - first) + max(0, FEW - second)


def timing_sentence(rates: Sequence[ResponseRate], labels: Mapping[str, str], times: str) -> str:
    """Whether it makes a difference when one asks; ``times`` says of what the rates are ("weekdays").

    A time is only said to do better when its interval lies above that of every other time with five decided asks.
    """
    missing = asks_to_compare(rates)
    if missing:
        more = "one more person" if missing == 1 else f"{missing} more people"
        return f"Too early to tell {times} apart: at least {more} must have had time to answer, so that two have five."
    return _leader([rate for rate in rates if rate.group], labels)


def _leader(rates: Sequence[ResponseRate], labels: Mapping[str, str]) -> str:
    """Which group answers most, and whether that can be chance; "" where fewer than two are large enough."""
    large = sorted((rate for rate in rates if not rate.small), key=lambda rate: -(rate.rate or 0))
    if len(large) < 2:
        return ""
    best, second = large[0], large[1]
    if best.rate == second.rate:
        return "No group of five or more stands out."
    name = labels.get(best.group, best.group) or "not said"
    chance = any(other.high >= best.low for other in large[1:])
    tail = ", but that can still be chance" if chance else ""
    return f"Of the groups of five or more, the highest share is {name} ({best.answered:,} of {best.decided:,}){tail}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
