"""Whether the fixed meetings can take place, and if not, the smallest group that clashes and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from iiplan.scheduling.clock import clock_text, day_text
from iiplan.scheduling.day_schedule import fits_alone
from iiplan.scheduling.day_tables import DayTables
from iiplan.scheduling.nouns import Candidate, Day, Problem

__all__ = ["and_list", "clashes", "fixed_on"]

Clash = tuple[int, str]
"""How many meetings clash, and the sentence."""


def fixed_on(problem: Problem, day: Day) -> list[int]:
    """Candidates (positions) fixed to a day."""
    return [i for i, c in enumerate(problem.candidates) if c.fixed_start is not None and c.fixed_start.date == day.date]


def clashes(problem: Problem) -> tuple[str, ...]:
    """One sentence for each seat and day whose fixed meetings clash, the smallest group first; empty if none."""
    found = [*_seat_clashes(problem)]
    for day in problem.days:
        fixed = fixed_on(problem, day)
        if fixed and not (len(fixed) <= day.max_meetings and fits_alone(problem, day, fixed)):
            found.append(_day_clash(problem, day, fixed))
    return tuple(sentence for _, sentence in sorted(found, key=lambda clash: clash[0]))


def and_list(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _seat_clashes(problem: Problem) -> Iterator[Clash]:
    seats: dict[str, list[Candidate]] = {}
    for candidate in problem.candidates:
        if candidate.fixed_start is not None and candidate.seat is not None:
            seats.setdefault(candidate.seat, []).append(candidate)
    for seat, people in seats.items():
        if len(people) > 1:
            names = and_list([person.name for person in people[:2]])
            yield (
                2,
                f"{names} both have a fixed meeting, but only one person of seat '{seat}' is to be met; "
                "let one of them go.",
            )


def _day_clash(problem: Problem, day: Day, fixed: list[int]) -> Clash:
    """The smallest group of a day that cannot be met; three are enough, unless the day has too many."""
    for size in range(1, min(len(fixed), 3, day.max_meetings) + 1):
        for group in combinations(fixed, size):
            if not fits_alone(problem, day, group):
                return size, _why(problem, day, [problem.candidates[i] for i in group])
    if len(fixed) > day.max_meetings:
        group = tuple(fixed[: day.max_meetings + 1])
        names = and_list([f"{problem.candidates[i].name}" for i in group])
        verb = "is" if len(group) == 1 else "are all"
        return len(group), (
            f"{names} {verb} fixed on {day_text(day.date)}, but at most {day.max_meetings} meetings are allowed that "
            "day; allow more meetings, or let one go."
        )
    return len(fixed), _why(problem, day, [problem.candidates[i] for i in fixed])


def _why(problem: Problem, day: Day, group: list[Candidate]) -> str:
    group = sorted(group, key=_begin)
    if len(group) == 1:
        return _why_one(problem, day, group[0])
    when = f"on {day_text(day.date)}"
    said = and_list([f"{c.name} at {clock_text(_minute(c))}" for c in group])
    cure = "move one of them or let one go."
    for first, second in pairwise(group):
        if _end(first) > _begin(second):
            return (
                f"{said} are fixed {when}, but the time for {first.name} lasts until {clock_text(_end(first))} "
                f"with the debrief, and the time for {second.name} begins at {clock_text(_begin(second))}; {cure}"
            )
    here, there = _last_place(day, group), group[-1].place
    gap = f"between {clock_text(_end(group[-2]))} and {clock_text(_begin(group[-1]))}"
    if there is not None:
        minutes = problem.minutes[problem.place_index[here]][problem.place_index[there]]
        if minutes and not fits_gap(problem, day, _end(group[-2]), minutes, _begin(group[-1])):
            return (
                f"{said} are fixed {when}, but the way from {_place_name(problem, here)} to "
                f"{_place_name(problem, there)} takes {minutes} minutes and does not fit {gap}; {cure}"
            )
    return (
        f"{said} are fixed {when}, but they cannot all be reached between leaving the base and returning to it; {cure}"
    )


def fits_gap(problem: Problem, day: Day, after: int, minutes: int, before: int) -> bool:
    """Whether an uninterrupted travel fits between two times around the busy ones."""
    return int(DayTables(problem, day, []).arrival(minutes)[after]) <= before


def _why_one(problem: Problem, day: Day, who: Candidate) -> str:
    said = f"{who.name} is fixed on {day_text(day.date)} at {clock_text(_minute(who))}"
    begin, end = _begin(who), _end(who)
    if begin < day.start:
        early = f"{-begin} minutes before midnight" if begin < 0 else clock_text(begin)
        return (
            f"{said}, but being there early means {early}, before the day begins at {clock_text(day.start)}; "
            "begin the day earlier, or move the meeting."
        )
    if end > day.end:
        return (
            f"{said}, but with the debrief it ends {_after(end)}, after the day ends at {clock_text(day.end)}; "
            "end the day later, or move the meeting."
        )
    for busy in day.busy:
        if busy.start < end and begin < busy.end:
            title = f" ({busy.title})" if busy.title else ""
            hours = f"{clock_text(busy.start)} to {clock_text(busy.end)}"
            return f"{said}, but you are busy from {hours}{title}; move one of the two."
    there = who.place or day.base
    minutes = problem.minutes[problem.place_index[day.base]][problem.place_index[there]]
    if not fits_gap(problem, day, day.start, minutes, begin):
        return (
            f"{said}, but the way there takes {minutes} minutes and cannot be made between {clock_text(day.start)}, "
            f"when the day begins, and {clock_text(begin)}; begin the day earlier, or move the meeting."
        )
    home = problem.minutes[problem.place_index[there]][problem.place_index[day.base]]
    return (
        f"{said}, but the way back takes {home} minutes and cannot be made between {clock_text(end)} and "
        f"{clock_text(day.end)}, when the day ends; end the day later, or move the meeting."
    )


def _last_place(day: Day, group: list[Candidate]) -> str:
    visits = [c.place for c in group[:-1] if c.place is not None]
    return visits[-1] if visits else day.base


def _place_name(problem: Problem, place: str) -> str:
    return problem.places[problem.place_index[place]].name


def _minute(candidate: Candidate) -> int:
    assert candidate.fixed_start is not None
    return candidate.fixed_start.minute


def _begin(candidate: Candidate) -> int:
    return _minute(candidate) - candidate.arrive_early


def _end(candidate: Candidate) -> int:
    return _begin(candidate) + candidate.occupied_minutes


def _after(minute: int) -> str:
    return f"at {clock_text(minute)}" if minute <= 1440 else "after midnight"
