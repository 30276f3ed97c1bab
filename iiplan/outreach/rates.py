"""Who answers, by group, with its uncertainty. Asks that had no time to be answered are pending, not failures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Literal

from iiplan.errors import InputError
from iiplan.model import Contact, Touch
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stages import Standing, silent_for, standing

__all__ = ["ResponseRate", "response_rates", "response_sentence", "wilson_interval"]

Z_95 = 1.959963984540054  # the 97.5 % point of the normal distribution
FEW = 5  # a group with fewer decided asks is small


@dataclass(frozen=True, kw_only=True)
class ResponseRate:
    """How one group answers.

    ``group`` is the stored word ("" where nothing is stored). ``asked`` counts people; ``pending`` are those with no
    answer yet whose last message is younger than the patience. ``rate`` is answered / (asked - pending), None when
    nothing is decided; ``low`` and ``high`` are its 95 % Wilson interval, 0 to 1. ``small``: under five decided.
    """

    group: str
    asked: int
    answered: int
    pending: int
    rate: float | None
    low: float
    high: float
    small: bool

    @property
    def decided(self) -> int:
        """Those asked who answered or had the time to."""
        return self.asked - self.pending


def response_rates(
    contacts: Iterable[Contact],
    touches_by_contact: Mapping[str, Sequence[Touch]],
    now: datetime,
    *,
    by: Literal["source", "authority", "organisation", "channel"] = "source",
    rules: Rules = USUAL,
) -> tuple[ResponseRate, ...]:
    """One rate for each group that somebody was asked in, the most asked first.

    A person counts once, as asked from the first ask (or nudge, or offer of hours) on, and as having answered when
    anything but our own messages and notes follows it. ``channel`` is that of the first ask. Organisations are told
    apart without regard to case. An ``InputError`` names an unknown ``by``.
    """
    if by not in {"source", "authority", "organisation", "channel"}:
        raise InputError(f"Cannot group by {by!r}. Use source, authority, organisation or channel.")
    groups: dict[str, list[Standing]] = {}
    spelling: dict[str, str] = {}
    for contact in contacts:
        known = standing(touches_by_contact.get(contact.id, ()))
        if known.first_ask is None:
            continue
        stored = known.first_ask.channel if by == "channel" else getattr(contact, by)
        word = str(stored or "").strip()
        shown = spelling.setdefault(word.casefold(), word)
        groups.setdefault(shown, []).append(known)
    rates = [_rate(group, members, now, rules) for group, members in groups.items()]
    return tuple(sorted(rates, key=lambda rate: (-rate.asked, -rate.decided, rate.group)))


def _rate(group: str, members: Sequence[Standing], now: datetime, rules: Rules) -> ResponseRate:
    answered = sum(known.answered for known in members)
    pending = sum(not known.answered and silent_for(known, now, rules) < rules.cadence.nudge_after for known in members)
    decided = len(members) - pending
    low, high = wilson_interval(answered, decided)
    return ResponseRate(
        group=group,
        asked=len(members),
        answered=answered,
        pending=pending,
        rate=answered / decided if decided else None,
        low=low,
        high=high,
        small=decided < FEW,
    )


def wilson_interval(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """The score interval of a proportion (E. B. Wilson 1927), 95 % unless ``z`` says otherwise; (0, 1) of no trials.

    With p = successes / trials: (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    """
    if not 0 <= successes <= trials:
        raise InputError(f"{successes} of {trials} is not a share. Give from 0 to {max(trials, 0)} successes.")
    if trials == 0:
        return (0.0, 1.0)
    share = successes / trials
    middle = share + z * z / (2 * trials)
    reach = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    low = 0.0 if successes == 0 else (middle - reach) / scale
    high = 1.0 if successes == trials else (middle + reach) / scale
    return (low, high)


def response_sentence(rates: Sequence[ResponseRate], labels: Mapping[str, str]) -> str:
    """One plain reading: how many of those who had time answered, who is pending, and which group leads if any."""
    asked = sum(rate.asked for rate in rates)
    if asked == 0:
        return "Nobody has been asked yet."
    answered = sum(rate.answered for rate in rates)
    decided = sum(rate.decided for rate in rates)
    pending = asked - decided
    if decided == 0:
        if asked == 1:
            return "One person has been asked, too recently to count as unanswered."
        return f"All {asked} people asked so far were asked too recently to count."
    low, high = wilson_interval(answered, decided)
    if decided == 1:
        head = f"The one person who had time to answer {'did' if answered else 'did not'}"
    else:
        head = (
            f"{answered} of the {decided} people who had time to answer did "
            f"({_percent(answered / decided)}; 95 % interval {_percent(low)} to {_percent(high)})"
        )
    if pending:
        head += f"; {pending} more {'was' if pending == 1 else 'were'} asked too recently to count"
    return f"{head}. {_leader(rates, labels)}".strip()


def _leader(rates: Sequence[ResponseRate], labels: Mapping[str, str]) -> str:
    if len(rates) < 2:
        return ""
    large = sorted((rate for rate in rates if not rate.small), key=lambda rate: -(rate.rate or 0))
    if len(large) < 2:
        return "There are too few answers yet to compare groups."
    best, second = large[0], large[1]
    if best.rate == second.rate:
        return "No group of five or more stands out."
    name = labels.get(best.group, best.group) or "not given"
    chance = any(other.high >= best.low for other in large[1:])
    tail = ", but that can still be chance" if chance else ""
    return f"Of the groups of five or more, the highest share is {name} ({best.answered} of {best.decided}){tail}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
