"""Why someone is left out: one true sentence each, found by computing, not by guessing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.clashes import and_list, fixed_on
from iiplan.scheduling.clock import clock_text, day_text
from iiplan.scheduling.cuts import sharpened
from iiplan.scheduling.day_schedule import day_facts, fits_alone, schedule
from iiplan.scheduling.day_tables import possible_starts
from iiplan.scheduling.limits import Limit
from iiplan.scheduling.nouns import Candidate, Day, Problem, Progress, Unplaced
from iiplan.scheduling.settled import Settled, widened
from iiplan.scheduling.week import Pool, Priced, best_week, priced

__all__ = [
    "UNDECIDED",
    "BestWith",
    "Level",
    "best_with",
    "left_out",
    "levels_of",
    "reason_at_once",
    "reason_by_price",
    "reason_without_option",
]

_MARGIN, _QUICK, _MOST_NEAR = 60, 800, 150_000
_MOST_EXACT = 10
_TOO_FAR = -(2**62)
UNDECIDED = "The time limit ended the search before it could be worked out what meeting {name} would cost."


def left_out(
    problem: Problem, settled: Settled, limit: Limit, report: Callable[[Progress], None]
) -> tuple[Unplaced, ...]:
    """Everybody the plan leaves out, each with a reason."""
    nobody, choice = len(problem.candidates), settled.choice
    placed = frozenset(int(i) for i in settled.pool.members[list(choice.rows)].ravel() if i != nobody)
    absent = [i for i in range(nobody) if i not in placed]
    at_once = {i: reason_at_once(problem, i) for i in absent}
    asked = [i for i in absent if at_once[i] is None]
    wide = settled
    if settled.proven and settled.searches and asked and not limit.late():
        wide = widened(problem, settled, limit)
    levels = levels_of(wide.pool, wide.prices, wide.reach)
    least = _least_losses(wide.pool, wide.prices, nobody)
    least_sharp = least
    sharp = wide.prices
    if settled.proof is not None and asked:
        sharp = sharpened(wide.pool, *settled.proof)
        least_sharp = _least_losses(wide.pool, sharp, nobody)
    exact = set(asked)
    if settled.searches:
        exact = set(
            sorted((i for i in asked if least[i] <= wide.reach), key=lambda i: (int(least[i]), i))[:_MOST_EXACT]
        )
    possible = _possible(settled, asked, least, limit)
    left: list[Unplaced] = []
    for done, i in enumerate(absent):
        reason = at_once[i]
        if reason is None:
            if not settled.proven or limit.late():
                reason = UNDECIDED.format(name=problem.candidates[i].name)
            elif not possible[i]:
                reason = reason_without_option(problem, i)
            else:
                outside = wide.prices.bound - wide.reach - 1
                ceilings = [
                    wide.prices.bound - int(least[i]) if least[i] <= wide.reach else outside,
                    max(sharp.bound - int(least_sharp[i]), outside),
                ]
                loss = max(0, choice.points - min(ceilings))
                if i in exact:
                    reason = reason_by_price(
                        problem,
                        i,
                        levels,
                        placed,
                        choice.points,
                        limit.deadline(),
                        loss if settled.searches else None,
                    )
                else:
                    reason = _at_least(problem.candidates[i], loss)
        left.append(Unplaced(candidate=problem.candidates[i].id, reason=reason))
        report(Progress(phase="reasons", fraction=(done + 1) / len(absent), points=choice.points, bound=settled.bound))
    return tuple(left)


def _least_losses(pool: Pool, prices: Priced, nobody: int) -> npt.NDArray[np.int64]:
    """The least loss of the known options that hold each candidate; very large where none does."""
    least = np.full(nobody + 1, 2**60, dtype=np.int64)
    for column in pool.members.T:
        np.minimum.at(least, column, prices.loss)
    return least


def _possible(settled: Settled, asked: Sequence[int], least: npt.NDArray[np.int64], limit: Limit) -> dict[int, bool]:
    """Whether any possible day holds each of these candidates."""
    found = {i: bool(least[i] < 2**60) for i in asked}
    for search in settled.searches:
        fits = search.alone()
        for i in asked:
            if not found[i] and i in fits:
                found[i] = True
    for search in settled.searches:
        for i in asked:
            if not found[i] and i in search.people and not limit.late():
                found[i] = search.holds(i)
    return found


def _at_least(who: Candidate, loss: int) -> str:
    if loss < 1:
        return f"No week with {who.name} is worth more than this one."
    return f"Every week with {who.name} is worth at least {loss:,} point{'s' if loss > 1 else ''} less."


def reason_at_once(problem: Problem, i: int) -> str | None:
    """What the file alone says against someone who is not fixed: no hours, or none that could do."""
    who = problem.candidates[i]
    first, last = day_text(problem.days[0].date), day_text(problem.days[-1].date)
    trip = first if len(problem.days) == 1 else f"{first} to {last}"
    if not who.windows:
        return f"No hours are given for {who.name}; add the hours at which a meeting could be."
    dates = {day.date for day in problem.days}
    inside = [window for window in who.windows if window.date in dates]
    if not inside:
        return f"All the hours given for {who.name} lie outside the days of the trip ({trip})."
    longest = max(window.end - window.start for window in inside)
    if longest < who.duration:
        return (
            f"None of the hours given for {who.name} is long enough: the meeting takes {who.duration} minutes, the "
            f"longest time given during the trip is {longest} minutes."
        )
    for other in problem.candidates:
        if other is not who and other.fixed_start is not None and other.seat is not None and other.seat == who.seat:
            return (
                f"Seat '{who.seat}' is taken by {other.name}, whose meeting is fixed, and only one person of it is "
                "to be met."
            )
    return None


def reason_without_option(problem: Problem, i: int) -> str:
    """Why no possible day holds someone: what stands in the way, taking one obstacle off after another."""
    who = problem.candidates[i]
    days = [day for day in problem.days if any(window.date == day.date for window in who.windows)]
    if all(day.max_meetings == 0 for day in days):
        return f"{who.name} is free only on {_days(days)}, when no meetings are allowed."
    days = [day for day in days if day.max_meetings]
    bare = [_on_grid(problem, day, who) for day in days]
    if not any(bare):
        return (
            f"No start at a multiple of {problem.grid_minutes} minutes fits the hours given for {who.name}; "
            f"the meeting takes {who.duration} minutes."
        )
    alone = [day for day in days if fits_alone(problem, day, [i])]
    if alone:
        return f"{who.name} could be met only on {_days(alone)}, but {_obstacles(problem, alone, i)}."
    calm = [day for day in days if fits_alone(problem, replace(day, busy=()), [i])]
    if calm:
        return f"Your own appointments on {_days(calm)} leave no time for {who.name} in the hours given."
    base = and_list(list(dict.fromkeys(_place(problem, day.base) for day in days)))
    if who.place is None:
        return f"A call with {who.name} does not fit between the beginning and the end of any day in the hours given."
    return (
        f"{who.name} cannot be visited from {base} and back within the day in any of the hours given "
        f"(the way there takes {_way(problem, days[0], who)} minutes, the days run "
        f"{clock_text(days[0].start)} to {clock_text(days[0].end)})."
    )


def _obstacles(problem: Problem, days: Sequence[Day], i: int) -> str:
    """What is fixed and in the way on days on which someone alone would fit."""
    full, blocking = [], []
    for day in days:
        fixed = fixed_on(problem, day)
        if len(fixed) >= day.max_meetings:
            full.append(day)
            continue
        groups = (group for size in (1, 2) for group in combinations(fixed, size))
        group = next((group for group in groups if not fits_alone(problem, day, [i, *group])), tuple(fixed))
        hours = [(c.name, c.fixed_start.minute) for k in group if (c := problem.candidates[k]).fixed_start is not None]
        on_it = f" on {day_text(day.date)}" if len(days) > 1 else ""
        blocking += [f"{name} at {clock_text(minute)}{on_it}" for name, minute in hours]
    parts = []
    if blocking:
        verb = "meeting with {} is" if len(blocking) == 1 else "meetings with {} are"
        parts.append(f"the fixed {verb.format(and_list(blocking))} in the way")
    if full:
        on_it = f" on {_days(full)}" if len(days) > 1 else " then"
        parts.append(f"as many meetings as are allowed{on_it} are already fixed")
    return and_list(parts)


@dataclass(frozen=True, kw_only=True)
class Level:
    """Options of which every one that is missing loses more than ``reach``."""

    pool: Pool
    prices: Priced
    reach: int


@dataclass(frozen=True, kw_only=True)
class BestWith:
    """The best week with someone: whom it meets each day (None if only a ceiling is known) and its points."""

    days: tuple[tuple[int, ...], ...] | None
    points: int

    @property
    def people(self) -> frozenset[int] | None:
        """Whom it meets at all."""
        return None if self.days is None else frozenset(i for day in self.days for i in day)


def reason_by_price(
    problem: Problem,
    i: int,
    levels: Sequence[Level],
    now: frozenset[int],
    points: int,
    deadline: float | None,
    surely: int | None = None,
) -> str:
    """What the best week with someone loses against one worth ``points`` that meets ``now``, and who then goes.

    Where it is known to lose ``surely`` points or more, no more is found out than is cheap.
    """
    who = problem.candidates[i]
    if deadline is not None and time.monotonic() > deadline:
        return UNDECIDED.format(name=who.name)
    found = best_with(levels, i, points, deadline, surely)
    if found is None:
        return UNDECIDED.format(name=who.name) if surely is None else _at_least(who, surely)
    loss, then = points - found.points, found.people
    if then is None:
        return _at_least(who, max(loss, surely or 0))
    out = [problem.candidates[k].name for k in sorted(now - then)]
    same_seat = [c for k in sorted(now) if (c := problem.candidates[k]).seat is not None and c.seat == who.seat]
    worth = f"worth {loss:,} points less" if loss > 1 else "worth 1 point less" if loss else "worth exactly as much"
    if same_seat:
        mate = same_seat[0].name
        rest = [name for name in out if name != mate]
        also = f" and without {and_list(rest)}" if rest else ""
        return (
            f"Seat '{who.seat}' is taken by {mate}, and only one person of it is to be met; "
            f"the best week with {who.name} instead{also} is {worth}."
        )
    if out:
        return f"The best week with {who.name} leaves out {and_list(out)} and is {worth}."
    if loss and then - now == {i} and found.days is not None:
        return f"{_not_worth_it(problem, i, found.days)}: the best week with {who.name} is {worth}."
    return f"The best week with {who.name} is {worth}."


def _not_worth_it(problem: Problem, i: int, days: Sequence[tuple[int, ...]]) -> str:
    """What meeting someone as well costs on the day the best week has for it: minutes of travel, of waiting."""
    who = problem.candidates[i]
    day, people = next((day, met) for day, met in zip(problem.days, days, strict=True) if i in met)
    others = [k for k in people if k != i]
    then = day_facts(problem, day, schedule(problem, day, people))
    before = schedule(problem, day, others) if others else []
    facts = day_facts(problem, day, before) if before else None
    travel = then.travel_minutes - (facts.travel_minutes if facts else 0)
    idle = then.idle_minutes - (facts.idle_minutes if facts else 0)
    if travel <= 0 or (others and facts is None) or not problem.weights.travel_minute:
        return (
            f"Meeting {who.name} as well would cost more than it brings, in travel, waiting, lunch or too few "
            "meetings on a day"
        )
    waiting = f" and {idle} more of waiting" if idle > 0 and problem.weights.idle_minute else ""
    plural = "s" if travel > 1 else ""
    return (
        f"Meeting {who.name} as well is not worth the way, {travel} minute{plural} more of travel{waiting} on "
        f"{day_text(day.date)}"
    )


def levels_of(pool: Pool, prices: Priced, whole: int = 2**62) -> tuple[Level, ...]:
    """The options that lose least, where there are very many, and all of them, which reach as far as ``whole``."""
    everything = Level(pool=pool, prices=prices, reach=whole)
    if len(prices.loss) <= _MOST_NEAR:
        return (everything,)
    reach = int(np.partition(prices.loss, _MOST_NEAR)[_MOST_NEAR]) - 1
    near = prices.loss <= reach
    near[pool.safe] = True
    rows = np.flatnonzero(near)
    return Level(pool=pool.only(rows), prices=replace(prices, loss=prices.loss[rows]), reach=reach), everything


def best_with(
    levels: Sequence[Level], i: int, better: int, deadline: float | None, surely: int | None = None
) -> BestWith | None:
    """The best week with someone; None where time does not suffice."""
    for level in levels:
        found = _best_within(level, i, better, deadline, surely)
        if found is not None and found.points <= _TOO_FAR:
            continue
        return found
    reach = levels[-1].reach
    if reach < 2**61 and levels[-1].prices.bound - reach - 1 < better:
        return BestWith(days=None, points=levels[-1].prices.bound - reach - 1)
    return None


def _best_within(level: Level, i: int, better: int, deadline: float | None, surely: int | None) -> BestWith | None:
    """The best week with someone over one level of options; points of ``_TOO_FAR`` if the level does not reach.

    Only options that lose little can be part of it; how little is known once a week with that person is found.
    Where proving one best would take long, but every such week is surely worth less than ``better``, nobody is
    named and the points are what no such week exceeds.
    """
    pool, prices = level.pool, level.prices
    resource = int(pool.resource[i])
    holding = pool.holding(i)
    allowed = holding | ~(pool.resource[pool.members] == resource).any(axis=1)
    least = int(prices.loss[holding].min(initial=2**40))
    if least > level.reach:
        return BestWith(days=None, points=_TOO_FAR)
    limit = min(least * 5 // 4 + _MARGIN, max(level.reach, 0))
    while limit <= max(level.reach, 0):
        near = allowed & (prices.loss <= limit)
        near[pool.safe] = True
        rows = np.flatnonzero(near)
        part = pool.only(rows)
        inside = priced(part, forced=resource, promise=-prices.loss[rows], deadline=deadline)
        best = best_week(part, inside, most=_QUICK if surely is None else 0, deadline=deadline)
        if best is None or not best.proven:
            ceiling = max(inside.bound, prices.bound - limit - 1)
            if surely is not None or ceiling < better:
                return BestWith(days=None, points=min(ceiling, better - (surely or 0)))
            best = best_week(part, inside, deadline=deadline)
        if best is not None and not best.proven:
            return None
        if best is not None and prices.bound - best.points <= limit:
            return BestWith(days=_days_of(part, best.rows), points=best.points)
        if deadline is not None and time.monotonic() > deadline:
            return None
        limit = 2 * limit + 1 if best is None else prices.bound - best.points
    return BestWith(days=None, points=_TOO_FAR)


def _days_of(pool: Pool, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    nobody = len(pool.resource) - 1
    return tuple(tuple(int(m) for m in pool.members[row] if m != nobody) for row in rows)


def _on_grid(problem: Problem, day: Day, who: Candidate) -> bool:
    """Whether a meeting alone, with no time around it, could start on the grid in its windows."""
    bare = replace(who, arrive_early=0, debrief=0)
    return len(possible_starts(problem, replace(day, start=0, end=1440, busy=()), bare)) > 0


def _days(days: Sequence[Day]) -> str:
    return and_list([day_text(day.date) for day in days])


def _place(problem: Problem, place: str) -> str:
    return problem.places[problem.place_index[place]].name


def _way(problem: Problem, day: Day, who: Candidate) -> int:
    assert who.place is not None
    return problem.minutes[problem.place_index[day.base]][problem.place_index[who.place]]
