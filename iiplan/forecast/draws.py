"""Many weeks thrown at once, as arrays: one row a draw. All of them share their numbers, so that comparisons do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iiplan.forecast.calendar import Calendar
from iiplan.forecast.curve import Curve, share_by
from iiplan.forecast.evidence import Belief
from iiplan.forecast.hand import Hand
from iiplan.model import Source

__all__ = ["Rates", "arrivals_in_hand", "ask_reach", "days_of_asks", "draw_rates", "first_asks", "placed"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Chances drawn for each source: of an answer, and of an answer ending in a meeting. Draws by sources."""

    answer: Floats
    meeting: Floats

    def of(self, source: Source) -> tuple[Floats, Floats]:
        """Both for one source, by draw."""
        column = list(Source).index(source)
        return self.answer[:, column], self.meeting[:, column]


def draw_rates(rng: np.random.Generator, believed: Sequence[Belief], kept: float, draws: int) -> Rates:
    """Draw from the Beta distributions of each source."""
    answer = np.column_stack([rng.beta(*one.answer, size=draws) for one in believed])
    yes = np.column_stack([rng.beta(*one.yes, size=draws) for one in believed])
    return Rates(answer=answer, meeting=yes * kept)


def ask_reach(curve: Curve, reach: Counts, day: int) -> Floats:
    """Of the answers to an ask on business day ``day``, the share that can be settled by each trip day."""
    return share_by(curve, reach - 1 - day)


def arrivals_in_hand(
    rng: np.random.Generator, held: Hand, rates: Rates, curve: Curve, calendar: Calendar, kept: float, draws: int
) -> Counts:
    """Yeses settled in time for each trip day, from everybody asked already; draws by trip days.

    A yes is settled on the next business day, and so is one that comes with the answer. A talk ends after one more
    reply time. Who has waited w business days answers with the chance left: p (1 - F(w)) / (1 - p F(w)).
    """
    settled = np.zeros((draws, len(calendar.reach)), dtype=np.int64)
    if not len(calendar.reach):
        return settled
    settled[:, 0] += held.undated
    soon = (calendar.reach >= 1).astype(float)
    for count in held.yes.values():
        settled += _thrown(rng, count, np.full(draws, kept), soon)
    talk = ask_reach(curve, calendar.reach, 0)
    for source, count in held.talking.items():
        settled += _thrown(rng, count, rates.of(source)[1], talk)
    for (source, waited), count in held.waiting.items():
        answer, meeting = rates.of(source)
        gone = float(share_by(curve, np.array([waited]))[0])
        if gone >= 1:
            continue
        in_time = (share_by(curve, waited + calendar.reach - 1) - gone) / (1 - gone)
        settled += _thrown(rng, count, answer * (1 - gone) / (1 - answer * gone) * meeting, np.maximum(in_time, 0))
    return settled


def _thrown(rng: np.random.Generator, count: int, chance: Floats, in_time: Floats) -> Counts:
    """Of ``count`` people alike, how many are settled in time for each trip day and not for the one before."""
    luck = rng.random((count, len(chance)), dtype=np.float32)
    person, draw = np.nonzero(luck < chance * in_time[-1])
    day = np.searchsorted(in_time, luck[person, draw] / chance[draw], side="right")
    day = np.minimum(day, len(in_time) - 1)  # rounding
    flat = np.bincount(draw * len(in_time) + day, minlength=len(chance) * len(in_time))
    return flat.reshape(len(chance), len(in_time))


def days_of_asks(
    luck: NDArray[np.float32], sources: Sequence[Source], asks: Counts, rates: Rates, curve: Curve, calendar: Calendar
) -> NDArray[np.int64]:
    """For each further ask and draw, the first trip day its yes is settled in time for; their number: for none."""
    days = np.full((len(asks), luck.shape[1]), len(calendar.reach), dtype=np.int64)
    for number, (source, day) in enumerate(zip(sources, asks, strict=True)):
        answer, meeting = rates.of(source)
        in_time = ask_reach(curve, calendar.reach, int(day))
        chance = answer * meeting
        (draw,) = np.nonzero(luck[number] < chance * in_time[-1])
        days[number, draw] = np.searchsorted(in_time, luck[number, draw] / chance[draw], side="right")
    return days


def first_asks(days: Counts, asks: int, trip_days: int) -> Counts:
    """Yeses settled in time for each trip day from the first ``asks`` of the asks; draws by trip days."""
    draws = days.shape[1]
    flat = days[:asks] + np.arange(draws) * (trip_days + 1)
    counts = np.bincount(flat.ravel(), minlength=draws * (trip_days + 1))
    return counts.reshape(draws, trip_days + 1)[:, :trip_days]


def placed(settled: Counts, room: Counts) -> tuple[Counts, Counts]:
    """How many yeses find a place, by draw, and the places left empty, draws by trip days.

    Day after day, whoever is settled takes the free places. Nobody is ruled out later who was not before, so no other
    order places more.
    """
    pool = np.zeros(len(settled), dtype=np.int64)
    empty = np.zeros_like(settled)
    for day, free in enumerate(room):
        pool += settled[:, day]
        taken = np.minimum(pool, free)
        pool -= taken
        empty[:, day] = free - taken
    return room.sum() - empty.sum(axis=1), empty
