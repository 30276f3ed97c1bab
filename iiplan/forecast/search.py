"""How many further asks it takes: more never hurt, draw by draw, so halving the range finds the first that do."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iiplan.forecast.calendar import Calendar
from iiplan.forecast.curve import Curve
from iiplan.forecast.draws import Counts, Rates, days_of_asks, first_asks, placed
from iiplan.forecast.nouns import TARGET, Needed, NeededFrom
from iiplan.model import Source
from iiplan.outreach import Rules

__all__ = ["Search", "needed"]


@dataclass(frozen=True, kw_only=True)
class Search:
    """What the search looks at: draws of the week in hand (``settled``), and the ``luck`` of each further ask in each
    draw. ``to_find`` meetings are missing; ``order`` says of whom each ask is, and whether they are on the list."""

    days: Calendar
    settled: Counts
    rates: Rates
    curve: Curve
    luck: NDArray[np.float32]
    to_find: int
    order: tuple[tuple[Source, bool], ...]

    def fates(self, asks: Counts) -> Counts:
        """For each of these asks (business days) and draw, the first trip day its yes is in time for."""
        sources = [source for source, _ in self.order[: len(asks)]]
        return days_of_asks(self.luck, sources, asks, self.rates, self.curve, self.days)

    def chance(self, fates: Counts, asks: int) -> float:
        """The chance to fill the week with the first ``asks`` of the asks."""
        more = first_asks(fates, asks, len(self.days.reach))
        found, _ = placed(self.settled + more, self.days.room)
        return float(np.mean(found >= self.to_find))

    def fewest(self, fates: Counts) -> int | None:
        """The fewest asks that reach the target; None when all of them do not."""
        number = bisect_left(range(len(fates) + 1), TARGET, key=lambda asks: self.chance(fates, asks))
        return number if number <= len(fates) else None


def needed(search: Search, rules: Rules, asked_today: int) -> Needed:
    """The further asks at the user's pace."""
    a_day = rules.cadence.new_asks_a_day
    asks = search.days.asks(a_day, asked_today)
    fates = search.fates(asks)
    number = search.fewest(fates)
    made = len(asks) if number is None else number
    return Needed(
        asks=number,
        sources=_sources(search.order[:made]),
        last_on=rules.add_days(search.days.today, int(asks[made - 1])) if made else None,
        chance=search.chance(fates, made),
        possible=len(asks),
        a_day=a_day,
        at_once=search.fewest(search.fates(search.days.all_at_once())) if number is None else None,
    )


def _sources(asks: tuple[tuple[Source, bool], ...]) -> tuple[NeededFrom, ...]:
    counts = Counter(asks)
    return tuple(
        NeededFrom(source=source, on_list=counts[source, True], to_find=counts[source, False])
        for source in Source
        if counts[source, True] or counts[source, False]
    )
