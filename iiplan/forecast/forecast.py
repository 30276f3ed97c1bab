"""How full the week will be, and how many more people to ask. docs/forecast.md has the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from iiplan.errors import InputError
from iiplan.forecast.assumptions import Assumptions
from iiplan.forecast.calendar import MOST_ASKS, Calendar, calendar
from iiplan.forecast.curve import Curve, reply_curve
from iiplan.forecast.draws import Counts, Rates, arrivals_in_hand, ask_reach, draw_rates, placed
from iiplan.forecast.evidence import Belief, beliefs, evidence
from iiplan.forecast.hand import Hand, hand
from iiplan.forecast.nouns import Forecast, Gain
from iiplan.forecast.reply_times import reply_times
from iiplan.forecast.search import Search, needed
from iiplan.model import Candidate, Source, Trip
from iiplan.outreach import USUAL, History, Rules
from iiplan.outreach.business_days import local_date

__all__ = ["forecast"]


def forecast(
    people: Sequence[History],
    trip: Trip,
    candidates: Sequence[Candidate],
    now: datetime,
    rules: Rules = USUAL,
    assumptions: Assumptions | None = None,
    *,
    seed: int,
    per_day: int = 3,
    draws: int = 4000,
) -> Forecast:
    """The meetings that ``trip`` ends up with, and what further asks add.

    ``candidates`` are the trip's, for their agreed hours; ``now`` is aware. ``per_day`` meetings make a full day, 1
    to 6; 1 to 20,000 ``draws``. The same seed gives the same numbers, whatever the order of people. An ``InputError``
    names a number out of its bounds.
    """
    _require(per_day, "The meetings a day", 1, 6)
    _require(draws, "The number of draws", 1, 20_000)
    _require(seed, "The seed", 0, 2**63 - 1)
    assumptions = assumptions or Assumptions()
    today = local_date(now, trip.zone)
    curve = reply_curve(reply_times(people, now, rules), assumptions)
    held = hand(people, trip, candidates, now, rules)
    days = calendar(trip, held, today, rules, per_day)
    believed = beliefs(evidence(people, curve, now, rules), assumptions)
    of_rates, of_hand, of_asks = np.random.default_rng(seed).spawn(3)
    rates = draw_rates(of_rates, believed, assumptions.kept, draws)
    settled = arrivals_in_hand(of_hand, held, rates, curve, days, assumptions.kept, draws)
    found, empty = placed(settled, days.room)
    sure = held.done + sum(held.agreed.values())
    goal = held.done + days.places
    search = Search(
        days=days,
        settled=settled,
        rates=rates,
        curve=curve,
        luck=of_asks.random((MOST_ASKS, draws), dtype=np.float32),
        to_find=max(goal - sure, 0),
        order=_whom_to_ask(held, believed, assumptions),
    )
    totals = sure + found
    chances = np.bincount(totals, minlength=max(sure + int(days.room.sum()), goal) + 1) / draws
    low, high = np.quantile(totals, [0.1, 0.9], method="inverted_cdf")
    return Forecast(
        trip=trip.name,
        today=today,
        per_day=per_day,
        seed=seed,
        draws=draws,
        goal=goal,
        days_left=days.days_left,
        held=held,
        chances=tuple(float(chance) for chance in chances),
        low=int(low),
        high=int(high),
        full=float(np.mean(totals >= goal)) if days.days_left else None,
        needed=needed(search, rules, held.asked_today) if days.days_left else None,
        gains=tuple(_gain(one, rates, curve, days, empty, assumptions.kept) for one in believed),
    )


def _require(value: int, what: str, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InputError(f"{what} cannot be {value}. Use {least} to {most}.")


def _whom_to_ask(held: Hand, believed: Sequence[Belief], assumptions: Assumptions) -> tuple[tuple[Source, bool], ...]:
    """The sources of further asks in order, each with whether the person is on the list: near ones first, best source
    first, those far off next, then people still to be found. ``MOST_ASKS`` entries."""
    mean = {one.evidence.source: one.mean for one in believed}
    best = sorted(Source, key=lambda source: -mean[source])
    listed = [source for group in (held.near, held.far) for source in best for _ in range(group.get(source, 0))]
    known = [(source, True) for source in listed[:MOST_ASKS]]
    return (*known, *[(assumptions.found_through, False)] * (MOST_ASKS - len(known)))


def _gain(one: Belief, rates: Rates, curve: Curve, days: Calendar, empty: Counts, kept: float) -> Gain:
    """One more ask today, nobody else asked: it adds a meeting when its yes comes while a place is left empty.

    The chance of that is worked out for each draw; only rates and empty places are drawn.
    """
    source = one.evidence.source
    answer, meeting = rates.of(source)
    in_time = ask_reach(curve, days.reach, days.first_ask)
    still_open = np.maximum.accumulate(empty[:, ::-1], axis=1)[:, ::-1] > 0 if empty.shape[1] else empty > 0
    adds = answer * meeting * (still_open @ np.diff(in_time, prepend=0.0))
    return Gain(
        source=source,
        meetings=float(adds.mean()),
        error=float(adds.std() / np.sqrt(len(adds))),
        yes_chance=one.mean * kept,
        evidence=one.evidence,
    )
