"""How long people take to answer: the Kaplan-Meier curve, which knows that some are still waiting to.

E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, Journal of the American Statistical
Association 53 (1958). The curve and its band are SciPy's.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from zoneinfo import ZoneInfo

from iiplan.outreach import USUAL, History, Rules

__all__ = ["FEW_ANSWERS", "ReplyStep", "ReplyTimes", "kaplan_meier", "reply_sentence", "reply_times"]

FEW_ANSWERS = 5  # with fewer, nothing is said about most of those who answer
MOST_OF_THEM = 0.8
ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class ReplyStep:
    """A business day after asking on which answers came: ``at_risk`` people had not answered before and were waited
    for at least so long, ``answered`` of them did. ``share`` have answered by then, by the curve, 0 to 1; ``low`` and
    ``high`` are its 95 % band, None where the curve has reached everybody and none can be given."""

    day: int
    at_risk: int
    answered: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class ReplyTimes:
    """Time to the first answer. ``waiting`` are the business days waited so far by those without one, ascending.

    ``median`` is the first day by which half of all asked have answered, None when the curve stays below. Of those
    who by the curve answer within the days seen so far, at least 80 % do so within ``most_within``; None under five
    answers.
    """

    steps: tuple[ReplyStep, ...]
    waiting: tuple[int, ...]
    median: int | None
    most_within: int | None

    @property
    def answered(self) -> int:
        """How many people answered."""
        return sum(step.answered for step in self.steps)

    @property
    def asked(self) -> int:
        """How many people were asked."""
        return self.answered + len(self.waiting)

    @property
    def longest(self) -> int:
        """The longest wait seen, answered or not, in business days."""
        return max((*self.waiting[-1:], *(step.day for step in self.steps[-1:])), default=0)

    def share_by(self, day: int) -> float:
        """The share that has answered within ``day`` business days, by the curve; 0 before the first answer."""
        return max((step.share for step in self.steps if step.day <= day), default=0.0)


def reply_times(people: Sequence[History], now: datetime, rules: Rules = USUAL) -> ReplyTimes:
    """From the first ask to the first answer of everybody really asked, or until ``now`` (aware) without one."""
    answered: list[int] = []
    waiting: list[int] = []
    for one in people:
        ask, answer = one.known.first_ask, one.known.first_answer
        if ask is None:
            continue
        days = rules.days_between(ask.at, answer.at if answer else now, ZoneInfo(ask.timezone))
        (waiting if answer is None else answered).append(max(days, 0))
    return kaplan_meier(answered, waiting)


def kaplan_meier(answered: Sequence[int], waiting: Sequence[int]) -> ReplyTimes:
    """The curve of these times, whole and 0 or more: of those who answered, and of those who have waited so long."""
    steps = _steps(answered, waiting) if answered else ()
    reached = steps[-1].share if steps else 0.0
    return ReplyTimes(
        steps=steps,
        waiting=tuple(sorted(waiting)),
        median=_first_day(steps, 0.5),
        most_within=_first_day(steps, MOST_OF_THEM * reached) if len(answered) >= FEW_ANSWERS else None,
    )


def _first_day(steps: Sequence[ReplyStep], share: float) -> int | None:
    return next((step.day for step in steps if step.share >= share - ROUNDING), None)


def _steps(answered: Sequence[int], waiting: Sequence[int]) -> tuple[ReplyStep, ...]:
    from scipy.stats import CensoredData, ecdf  # takes half a second, which pages without a curve need not wait for

    curve = ecdf(CensoredData(uncensored=list(answered), right=list(waiting))).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where nobody is left: None below
        band = curve.confidence_interval(confidence_level=0.95, method="log-log")
    times = [*answered, *waiting]
    came = set(answered)
    return tuple(
        ReplyStep(
            day=day,
            at_risk=sum(time >= day for time in times),
            answered=answered.count(day),
            share=float(1 - left),
            low=None if isnan(high) else float(1 - high),
            high=None if isnan(low) else float(1 - low),
        )
        for day, left, low, high in zip(
            map(int, curve.quantiles), curve.probabilities, band.low.probabilities, band.high.probabilities, strict=True
        )
        if day in came
    )


def reply_sentence(times: ReplyTimes) -> str:
    """One plain reading of the curve."""
    if times.asked == 0:
        return "Nobody has been asked yet, so there are no times to an answer."
    if times.asked == 1:
        head = "One person has been asked"
        return f"{head} and has answered." if times.answered else f"{head} and has not answered yet."
    head = f"Of {times.asked} people asked, {times.answered or 'none'} {_have(times.answered)} answered"
    if times.answered == 0:
        return f"{head} yet."
    if times.answered < FEW_ANSWERS:
        return f"{head}: too few to say how long most take."
    within = _within(times.most_within or 0)
    if times.median is None:
        half = "The curve stays under one half, so there is no median."
    else:
        half = f"Half of all asked have answered {_within(times.median)}."
    return f"{head}. {half} Most who answer do so {within}."


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _within(days: int) -> str:
    if days == 0:
        return "on the same day"
    return "within one business day" if days == 1 else f"within {days} business days"
