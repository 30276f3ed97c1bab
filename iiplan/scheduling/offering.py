"""Which hours to offer someone: every start that would do, what the week is then worth, and a few good ones.

An hour that has been offered is *held*: until its owner chooses, every combination of answers must leave a week that
can be kept. Nobody can count the combinations, and nobody needs to: a combination is possible exactly where each single
way in it is, from one visit to the next one, begun after the last call between them. So a new hour is safe if no way
that it begins, ends or delays could fail, whoever is at the other end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from iiplan.errors import NotFoundError
from iiplan.scheduling.bench import Bench, variants_of
from iiplan.scheduling.clashes import clashes
from iiplan.scheduling.clock import Moment, moment_text
from iiplan.scheduling.day_tables import DayTables, Ints, possible_starts
from iiplan.scheduling.nouns import Candidate, Day, Problem, Window

__all__ = ["Hold", "Offers", "Slot", "is_safe", "offers", "offers_document", "position_of", "safe_starts", "whole_days"]

_NOON = 720
_SAME_DAY = 60


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Hours offered to a candidate who has not chosen yet; each meeting would take the candidate's duration."""

    candidate: str
    starts: tuple[Moment, ...]


@dataclass(frozen=True, kw_only=True)
class Slot:
    """An hour at which someone could be met, minutes of ``date``, and what the best week with it is worth."""

    date: dt.date
    start: int
    end: int
    points: int


@dataclass(frozen=True, kw_only=True)
class Offers:
    """Every hour that could be offered to a candidate, in order of time, and the ones suggested, the best first."""

    candidate: str
    slots: tuple[Slot, ...]
    suggested: tuple[Slot, ...]


def offers(problem: Problem, candidate: str, how_many: int = 3, *, held: Sequence[Hold] = ()) -> Offers:
    """Every start at which a candidate could be met, and ``how_many`` good and different ones.

    Everything fixed stays, and whatever hours of ``held`` are chosen or not, the week stays possible (a hold of the
    candidate's own does not count). Each slot's ``points`` are those of the best week with the candidate fixed there.
    Someone without windows could be met during any of the trip's hours; a fixed meeting of the candidate's own is
    taken to be given up. No slots where the fixed meetings clash. Raises ``NotFoundError`` for unknown candidates.
    """
    i = position_of(problem, candidate)
    for hold in held:
        position_of(problem, hold.candidate)
    who = replace(problem.candidates[i], fixed_start=None)
    who = who if who.windows else replace(who, windows=whole_days(problem))
    starts = safe_starts(problem, i, who, held)
    variants, clones = variants_of(problem, i, [_only_at(who, start) for start in starts])
    week = Bench().week(variants) if clones else None
    slots = []
    for start, clone in zip(starts, clones, strict=True):
        best = week.best_with(clone) if week is not None else None
        if best is not None:
            end = start.minute + who.duration
            slots.append(Slot(date=start.date, start=start.minute, end=end, points=best.points))
    return Offers(candidate=candidate, slots=tuple(slots), suggested=_different(slots, how_many))


def is_safe(problem: Problem, candidate: str, start: Moment, *, held: Sequence[Hold] = ()) -> bool:
    """Whether a candidate could be met at ``start``, on the grid or not, whatever hours of ``held`` are chosen."""
    i = position_of(problem, candidate)
    who = _only_at(problem.candidates[i], start)
    return start in safe_starts(replace(problem, grid_minutes=1), i, who, held)


def offers_document(found: Offers) -> dict[str, object]:
    """The JSON document of offers."""
    return {
        "candidate": found.candidate,
        "slots": [_slot_document(slot) for slot in found.slots],
        "suggested": [_slot_document(slot) for slot in found.suggested],
    }


def position_of(problem: Problem, candidate: str) -> int:
    """The position of a candidate; NotFoundError names the known ones."""
    if candidate not in problem.candidate_index:
        known = ", ".join(c.id for c in problem.candidates[:12]) + (", …" if len(problem.candidates) > 12 else "")
        raise NotFoundError(f"No candidate '{candidate}' in the problem. Candidates: {known or 'none'}.")
    return problem.candidate_index[candidate]


def whole_days(problem: Problem) -> tuple[Window, ...]:
    """The trip's hours."""
    return tuple(Window(date=day.date, start=day.start, end=day.end) for day in problem.days)


def _only_at(who: Candidate, start: Moment) -> Candidate:
    window = Window(date=start.date, start=start.minute, end=start.minute + who.duration)
    return replace(who, windows=(window,), fixed_start=None)


def _slot_document(slot: Slot) -> dict[str, object]:
    return {
        "start": moment_text(Moment(slot.date, slot.start)),
        "end": moment_text(Moment(slot.date, slot.end)),
        "points": slot.points,
    }


def _different(slots: Iterable[Slot], how_many: int) -> tuple[Slot, ...]:
    """The best slots of different halves of days; another day is preferred where it is nearly as good."""
    halves: dict[tuple[dt.date, bool], Slot] = {}
    for slot in slots:
        half = (slot.date, slot.start < _NOON)
        if half not in halves or slot.points > halves[half].points:
            halves[half] = slot
    left, taken = list(halves.values()), list[Slot]()
    while left and len(taken) < how_many:
        days = [slot.date for slot in taken]
        best = max(left, key=lambda slot: (slot.points - _SAME_DAY * (slot.date in days), -slot.start))
        left.remove(best)
        taken.append(best)
    return tuple(taken)


# -- what is safe beside everything fixed and held -------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Stop:
    """The occupied time [``begin``, ``end``) of a meeting that is fixed or might come; ``place`` None for a call."""

    owner: int
    fixed: bool
    begin: int
    end: int
    place: int | None


def safe_starts(problem: Problem, i: int, who: Candidate, held: Sequence[Hold] = ()) -> list[Moment]:
    """Starts of ``who`` (candidate ``i``, perhaps changed) that leave every combination of held hours possible.

    Combinations that are impossible already without ``who`` do not count against them.
    """
    waiting = {problem.candidate_index[h.candidate]: h.starts for h in held if h.candidate != who.id and h.starts}
    agreed = [k for k, c in enumerate(problem.candidates) if c.fixed_start is not None and k != i]
    others = {*agreed, *waiting}
    without = replace(problem, candidates=tuple(c for k, c in enumerate(problem.candidates) if k != i))
    if clashes(without) or (who.seat is not None and any(problem.candidates[k].seat == who.seat for k in others)):
        return []
    found = []
    for day in problem.days:
        stops = [_stop(problem, k, minute, fixed=True) for k, minute in _fixed_here(problem, agreed, day)]
        maybe = {
            k: [m.minute for m in starts if m.date == day.date] for k, starts in waiting.items() if k not in agreed
        }
        stops += [_stop(problem, k, minute, fixed=False) for k, minutes in maybe.items() for minute in minutes]
        if len({stop.owner for stop in stops}) >= day.max_meetings:
            continue
        ways = _Ways(problem, day)
        for start in possible_starts(problem, day, who).tolist():
            place = None if who.place is None else problem.place_index[who.place]
            begin = start - who.arrive_early
            mine = _Stop(owner=i, fixed=False, begin=begin, end=begin + who.occupied_minutes, place=place)
            if ways.all_possible(mine, stops):
                found.append(Moment(day.date, start))
    return found


def _fixed_here(problem: Problem, agreed: Sequence[int], day: Day) -> Iterator[tuple[int, int]]:
    """Who is fixed on a day, and at which minute."""
    for k in agreed:
        fixed = problem.candidates[k].fixed_start
        if fixed is not None and fixed.date == day.date:
            yield k, fixed.minute


def _stop(problem: Problem, k: int, start: int, *, fixed: bool) -> _Stop:
    who = problem.candidates[k]
    place = None if who.place is None else problem.place_index[who.place]
    begin = start - who.arrive_early
    return _Stop(owner=k, fixed=fixed, begin=begin, end=begin + who.occupied_minutes, place=place)


class _Ways:
    """The ways of one day: whether each that a new meeting brings about can be made."""

    def __init__(self, problem: Problem, day: Day) -> None:
        self.day, self.minutes = day, problem.minutes
        self.tables = DayTables(problem, day, [])
        self._arrivals: dict[int, Ints] = {}
        base = self.tables.base
        self.morning = _Stop(owner=-1, fixed=True, begin=-1, end=day.start, place=base)
        self.evening = _Stop(owner=-2, fixed=True, begin=day.end, end=1441, place=base)

    def all_possible(self, mine: _Stop, others: Sequence[_Stop]) -> bool:
        """Whether ``mine`` meets nobody else's time, and every way that it begins, ends or delays can be made."""
        if any(mine.begin < other.end and other.begin < mine.end for other in others):
            return False
        stops = [self.morning, *others, mine, self.evening]
        visits = [stop for stop in stops if stop.place is not None]
        for here in visits:
            for there in visits:
                if not _before(here, there) or (here.owner == there.owner):
                    continue
                between = [s for s in stops if _before(here, s) and _before(s, there)]
                if any(stop.fixed and stop.place is not None for stop in between):
                    continue  # never the next visit
                if not all(self._fits(here, there, after) for after in _last_calls(here, there, between, mine)):
                    return False
        return True

    def _fits(self, here: _Stop, there: _Stop, after: int) -> bool:
        assert here.place is not None
        assert there.place is not None
        length = self.minutes[here.place][there.place]
        if length not in self._arrivals:
            self._arrivals[length] = self.tables.arrival(length)
        return int(self._arrivals[length][after]) <= there.begin


def _before(first: _Stop, second: _Stop) -> bool:
    return first.end <= second.begin


def _last_calls(here: _Stop, there: _Stop, between: Sequence[_Stop], mine: _Stop) -> Iterator[int]:
    """The minutes at which the way may have to begin in combinations that hold ``mine``, the latest call first."""
    calls = [stop for stop in between if stop.place is None]
    certain = max([stop.end for stop in calls if stop.fixed], default=here.end)
    if mine in (here, there):
        yield certain
        yield from (stop.end for stop in calls if stop.end > certain)
    elif mine in calls and mine.end > certain:
        yield mine.end
