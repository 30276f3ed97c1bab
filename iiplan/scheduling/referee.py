"""The rules of a plan once more, in plain Python, one function for each; nothing of the solver is used.

``check`` says what a plan breaks, and what it is worth, worked out from its meetings alone: the hours of
travel, the lunch and the idle minutes are found here by trying every minute. What the plan says about
itself (points, leaving, returning, lunch, who is left out) is then compared with that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from iiplan.scheduling.clock import DAY_MINUTES, clock_text, day_text
from iiplan.scheduling.nouns import Candidate, Day, Plan, PlannedDay, PlannedMeeting, Problem
from iiplan.scheduling.plan_file import read_plan

__all__ = ["DayCount", "Report", "check"]

Faults = Iterator[str]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the referee finds: the points that the meetings make (None where they break a rule), and the faults."""

    points: int | None
    violations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """A possible day, counted: minutes of leaving, returning, travel, idling; every lunch that gives these points."""

    leave: int
    back: int
    travel: int
    idle: int
    lunches: tuple[tuple[int, int], ...]
    points: int


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One meeting of a day as the referee sees it; the occupied time is [``begin``, ``end``)."""

    who: Candidate
    start: int
    begin: int
    end: int


def check(problem: Problem, plan: Plan | Mapping[str, object]) -> Report:
    """Check a plan, or the document of one, against its problem.

    A document need only have ``meetings``; whatever else it says is checked too. Raises ``InputError`` where
    a document is no plan at all.
    """
    stated = plan if isinstance(plan, Plan) else read_plan(plan)
    if stated.status == "infeasible":
        return Report(points=None, violations=tuple(_infeasible_is_true(problem, stated)))
    faults = [fault for rule in _WEEK_RULES for fault in rule(problem, stated)]
    counts: dict[dt.date, DayCount] = {}
    if not faults:
        for day in problem.days:
            stops = _stops(problem, stated, day)
            found = [fault for rule in _DAY_RULES for fault in rule(problem, day, stops)]
            faults += found
            if stops and not found:
                counts[day.date] = _counted(problem, day, stops)
    if faults:
        return Report(points=None, violations=tuple(faults))
    points = sum(count.points for count in counts.values())
    claims = [fault for rule in _CLAIMS for fault in rule(problem, stated, counts)]
    return Report(points=points, violations=tuple(claims))


# -- rules of the week --------------------------------------------------------------------------------


def everybody_is_a_candidate(problem: Problem, plan: Plan) -> Faults:
    """Only candidates of the problem are met."""
    for meeting in plan.meetings:
        if meeting.candidate not in problem.candidate_index:
            yield f"'{meeting.candidate}' is met, but is not a candidate of the problem."


def every_meeting_is_on_the_trip(problem: Problem, plan: Plan) -> Faults:
    """Only days of the trip are used."""
    dates = {day.date for day in problem.days}
    for meeting in plan.meetings:
        if meeting.date not in dates:
            yield f"{_name(problem, meeting)} is met on {meeting.date}, which is not a day of the trip."


def nobody_is_met_twice(problem: Problem, plan: Plan) -> Faults:
    """One meeting a person."""
    for candidate in problem.candidates:
        times = sum(meeting.candidate == candidate.id for meeting in plan.meetings)
        if times > 1:
            yield f"{candidate.name} is met {times} times."


def one_person_of_a_seat(problem: Problem, plan: Plan) -> Faults:
    """At most one candidate of a seat."""
    holders: dict[str, str] = {}
    for meeting in plan.meetings:
        who = _candidate(problem, meeting)
        if who is None or who.seat is None:
            continue
        other = holders.setdefault(who.seat, who.id)
        if other != who.id:
            first = problem.candidates[problem.candidate_index[other]].name
            yield f"{first} and {who.name} are both met, but seat '{who.seat}' allows one."


def fixed_meetings_take_place(problem: Problem, plan: Plan) -> Faults:
    """Everyone fixed is met, at the time fixed."""
    for candidate in problem.candidates:
        if candidate.fixed_start is None:
            continue
        said = [(m.date, m.start) for m in plan.meetings if m.candidate == candidate.id]
        fixed = candidate.fixed_start
        if (fixed.date, fixed.minute) not in said:
            when = f"{day_text(fixed.date)} at {clock_text(fixed.minute)}"
            yield f"{candidate.name} is fixed on {when}, but is not met then."


def meetings_last_as_long_as_asked(problem: Problem, plan: Plan) -> Faults:
    """From start to end is the candidate's duration."""
    for meeting in plan.meetings:
        who = _candidate(problem, meeting)
        if who is not None and meeting.end - meeting.start != who.duration:
            yield f"{who.name} is met for {meeting.end - meeting.start} minutes, not {who.duration}."


# -- rules of a day -----------------------------------------------------------------------------------


def not_too_many_meetings(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 1: at most ``max_meetings``."""
    if len(stops) > day.max_meetings:
        yield f"{day_text(day.date)} has {len(stops)} meetings, more than the {day.max_meetings} allowed."


def meetings_lie_in_a_window(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 2: the whole meeting lies in one window, unless it is fixed."""
    for stop in stops:
        inside = any(
            window.date == day.date and window.start <= stop.start and stop.start + stop.who.duration <= window.end
            for window in stop.who.windows
        )
        if stop.who.fixed_start is None and not inside:
            yield f"{_said(day, stop)} lies in none of the hours given."


def meetings_start_on_the_grid(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 2: a start is a multiple of the grid, unless it is fixed."""
    for stop in stops:
        if stop.who.fixed_start is None and stop.start % problem.grid_minutes:
            yield f"{_said(day, stop)} is not at a multiple of {problem.grid_minutes} minutes."


def occupied_times_do_not_overlap(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 3: arriving early, the meeting and the debrief of one come before those of the next."""
    for first, second in pairwise(stops):
        if first.end > second.begin:
            yield (
                f"{_said(day, first)} keeps one until {clock_text(first.end)}, and the time for {second.who.name} "
                f"begins at {clock_text(second.begin)}."
            )


def occupied_times_are_not_busy(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 3: no busy time within an occupied one."""
    for stop in stops:
        for busy in day.busy:
            if busy.start < stop.end and stop.begin < busy.end:
                yield f"{_said(day, stop)} overlaps the busy time {clock_text(busy.start)} to {clock_text(busy.end)}."


def the_first_is_reached_from_the_base(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 4: the first leg starts at the base, not before the day's start."""
    if stops and _latest_leave(problem, day, stops) is None:
        yield f"{_said(day, stops[0])} cannot be reached from the base after {clock_text(day.start)}."


def each_is_reached_from_the_one_before(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 4: between two occupied times the way fits, in one stretch around the busy times."""
    for first, second, minutes in _legs(problem, day, stops):
        if first.end <= second.begin and not _fits(day, minutes, first.end, second.begin):
            said = f"{_said(day, second)} cannot be reached from {first.who.name} in time"
            yield f"{said}; the way takes {minutes} minutes."


def the_base_is_reached_again(problem: Problem, day: Day, stops: list[Stop]) -> Faults:
    """Rule 4: the last leg ends at the base, not after the day's end."""
    if stops and _earliest_back(problem, day, stops) is None:
        yield f"{_said(day, stops[-1])} leaves no time to be back by {clock_text(day.end)}."


# -- what a plan says of itself -----------------------------------------------------------------------

Counts = dict[dt.date, DayCount]


def days_are_as_stated(problem: Problem, plan: Plan, counts: Counts) -> Faults:
    """Leaving, returning, travel, idling, lunch and points of each day are those of its meetings."""
    stated = {day.date: day for day in plan.days}
    if len(stated) != len(plan.days):
        yield "The plan describes a day twice."
    for date in stated.keys() - counts.keys():
        yield f"The plan describes {day_text(date)}, on which nobody is met."
    for date, count in counts.items():
        if date in stated:
            yield from _day_as_stated(problem, stated[date], count)
        elif stated:
            yield f"The plan does not describe {day_text(date)}."


def _day_as_stated(problem: Problem, stated: PlannedDay, count: DayCount) -> Faults:
    when = day_text(stated.date)
    for what, said, true in (
        ("leaving", clock_text(stated.leave), clock_text(count.leave)),
        ("returning", clock_text(stated.back), clock_text(count.back)),
        ("travel minutes", stated.travel_minutes, count.travel),
        ("idle minutes", stated.idle_minutes, count.idle),
        ("points", stated.points, count.points),
    ):
        if said != true:
            yield f"{when}: {what} should be {true}, not {said}."
    if stated.lunch is None and count.lunches:
        yield f"{when}: a lunch can be had, but none is stated."
    if stated.lunch is not None and stated.lunch not in count.lunches:
        yield f"{when}: no lunch can be had from {clock_text(stated.lunch[0])} to {clock_text(stated.lunch[1])}."


def points_are_as_stated(problem: Problem, plan: Plan, counts: Counts) -> Faults:
    """The points are those of the days; the bound is not below them, and equal when the plan is optimal."""
    points = sum(count.points for count in counts.values())
    if plan.points is not None and plan.points != points:
        yield f"The plan is worth {points} points, not {plan.points}."
    if plan.bound is not None and plan.bound < points:
        yield f"The bound of {plan.bound} is less than the {points} points of the plan."
    if plan.status == "optimal" and plan.bound is not None and plan.bound != points:
        yield f"The plan is called optimal, but its bound is {plan.bound} and its points are {points}."


def fixed_marks_are_true(problem: Problem, plan: Plan, counts: Counts) -> Faults:
    """A meeting is marked fixed exactly when the problem fixes it."""
    for meeting in plan.meetings:
        who = problem.candidates[problem.candidate_index[meeting.candidate]]
        if meeting.fixed != (who.fixed_start is not None):
            yield f"{who.name} is marked as {'' if meeting.fixed else 'not '}fixed, which is not so."


def everybody_is_met_or_left_out(problem: Problem, plan: Plan, counts: Counts) -> Faults:
    """Where a plan lists who is left out, these are exactly the candidates it does not meet."""
    out = [person.candidate for person in plan.unplaced]
    met = {meeting.candidate for meeting in plan.meetings}
    if not out and not plan.days:
        return
    for candidate in problem.candidates:
        if (candidate.id in met) == (candidate.id in out):
            yield f"{candidate.name} is {'both met and' if candidate.id in met else 'neither met nor'} left out."
    for candidate_id in out:
        if candidate_id not in problem.candidate_index:
            yield f"'{candidate_id}' is left out, but is not a candidate of the problem."


def _infeasible_is_true(problem: Problem, plan: Plan) -> Faults:
    """A plan may call itself infeasible only where the fixed meetings alone are impossible."""
    if plan.meetings:
        yield "The plan is called infeasible, but has meetings."
    fixed = tuple(
        PlannedMeeting(
            candidate=c.id,
            date=c.fixed_start.date,
            start=c.fixed_start.minute,
            end=c.fixed_start.minute + c.duration,
            fixed=True,
        )
        for c in problem.candidates
        if c.fixed_start is not None
    )
    alone = check(problem, Plan(status="feasible", points=None, bound=None, meetings=fixed))
    if not alone.violations:
        yield "The plan is called infeasible, but the fixed meetings can all take place."
    if not plan.conflicts:
        yield "The plan is called infeasible, but names no conflict."


# -- counting -----------------------------------------------------------------------------------------


def _counted(problem: Problem, day: Day, stops: list[Stop]) -> DayCount:
    """The points of a possible day, with the lunch that gives most."""
    weights, people = problem.weights, [stop.who for stop in stops]
    leave, back = _latest_leave(problem, day, stops), _earliest_back(problem, day, stops)
    assert leave is not None
    assert back is not None
    to_first, home = _first_leg(problem, day, stops), _last_leg(problem, day, stops)
    travel = to_first + sum(minutes for _, _, minutes in _legs(problem, day, stops)) + home
    occupied = sum(stop.end - stop.begin for stop in stops)
    busy = sum(1 for minute in range(leave, back) if not _free(day, minute, minute + 1))
    idle = back - leave - travel - occupied - busy
    gaps = [(first.end, minutes, second.begin) for first, second, minutes in _legs(problem, day, stops)]
    on_the_way = tuple(lunch for gap in gaps for lunch in _lunches(day, *gap))
    outside = (*_lunches(day, 0, 0, leave), *_lunches(day, back, 0, DAY_MINUTES))
    if on_the_way and day.lunch:
        idle -= day.lunch.minutes
    points = sum(weights.value * who.value + weights.must * who.must for who in people)
    points -= weights.missing_meeting * max(0, day.min_meetings - len(people))
    points -= weights.travel_minute * travel + weights.idle_minute * idle
    if day.lunch and not on_the_way and not outside:
        points -= weights.missed_lunch
    return DayCount(leave=leave, back=back, travel=travel, idle=idle, lunches=on_the_way or outside, points=points)


def _lunches(day: Day, after: int, minutes: int, before: int) -> tuple[tuple[int, int], ...]:
    """Every lunch in a gap that leaves room for a travel of ``minutes`` before or after it."""
    lunch = day.lunch
    if lunch is None:
        return ()
    starts = range(max(after, lunch.earliest), min(before, lunch.latest) - lunch.minutes + 1)
    return tuple(
        (start, start + lunch.minutes)
        for start in starts
        if _free(day, start, start + lunch.minutes)
        and (_fits(day, minutes, after, start) or _fits(day, minutes, start + lunch.minutes, before))
    )


def _free(day: Day, start: int, end: int) -> bool:
    """Whether no busy time meets [start, end)."""
    return not any(busy.start < end and start < busy.end for busy in day.busy)


def _fits(day: Day, minutes: int, after: int, before: int) -> bool:
    """Whether a travel of ``minutes`` fits between two times in one stretch that meets no busy time."""
    if minutes == 0:
        return after <= before
    return any(_free(day, leave, leave + minutes) for leave in range(after, before - minutes + 1))


def _latest_leave(problem: Problem, day: Day, stops: list[Stop]) -> int | None:
    minutes = _first_leg(problem, day, stops)
    for leave in range(stops[0].begin - minutes, day.start - 1, -1):
        if minutes == 0 or _free(day, leave, leave + minutes):
            return leave
    return None


def _earliest_back(problem: Problem, day: Day, stops: list[Stop]) -> int | None:
    minutes = _last_leg(problem, day, stops)
    for leave in range(stops[-1].end, day.end - minutes + 1):
        if minutes == 0 or _free(day, leave, leave + minutes):
            return leave + minutes
    return None


def _first_leg(problem: Problem, day: Day, stops: list[Stop]) -> int:
    place = stops[0].who.place
    return 0 if place is None else _minutes(problem, day.base, place)


def _last_leg(problem: Problem, day: Day, stops: list[Stop]) -> int:
    return _minutes(problem, _place_after(day, stops), day.base)


def _legs(problem: Problem, day: Day, stops: list[Stop]) -> Iterator[tuple[Stop, Stop, int]]:
    """Each two meetings in turn, with the minutes of travel between them; none to a call."""
    for number, (first, second) in enumerate(pairwise(stops)):
        here, there = _place_after(day, stops[: number + 1]), second.who.place
        yield first, second, 0 if there is None else _minutes(problem, here, there)


def _place_after(day: Day, stops: list[Stop]) -> str:
    """Where the traveller is after some meetings; calls do not move anyone."""
    visits = [stop.who.place for stop in stops if stop.who.place is not None]
    return visits[-1] if visits else day.base


def _minutes(problem: Problem, here: str, there: str) -> int:
    return problem.minutes[problem.place_index[here]][problem.place_index[there]]


def _stops(problem: Problem, plan: Plan, day: Day) -> list[Stop]:
    stops = []
    for meeting in plan.meetings:
        if meeting.date == day.date:
            who = problem.candidates[problem.candidate_index[meeting.candidate]]
            begin = meeting.start - who.arrive_early
            end = meeting.start + who.duration + who.debrief
            stops.append(Stop(who=who, start=meeting.start, begin=begin, end=end))
    return sorted(stops, key=lambda stop: (stop.start, stop.begin))


def _candidate(problem: Problem, meeting: PlannedMeeting) -> Candidate | None:
    position = problem.candidate_index.get(meeting.candidate)
    return None if position is None else problem.candidates[position]


def _name(problem: Problem, meeting: PlannedMeeting) -> str:
    who = _candidate(problem, meeting)
    return who.name if who else f"'{meeting.candidate}'"


def _said(day: Day, stop: Stop) -> str:
    return f"{stop.who.name} on {day_text(day.date)} at {clock_text(stop.start)}"


_WEEK_RULES: tuple[Callable[[Problem, Plan], Faults], ...] = (
    everybody_is_a_candidate,
    every_meeting_is_on_the_trip,
    nobody_is_met_twice,
    one_person_of_a_seat,
    fixed_meetings_take_place,
    meetings_last_as_long_as_asked,
)
_DAY_RULES: tuple[Callable[[Problem, Day, list[Stop]], Faults], ...] = (
    not_too_many_meetings,
    meetings_lie_in_a_window,
    meetings_start_on_the_grid,
    occupied_times_do_not_overlap,
    occupied_times_are_not_busy,
    the_first_is_reached_from_the_base,
    each_is_reached_from_the_one_before,
    the_base_is_reached_again,
)
_CLAIMS: tuple[Callable[[Problem, Plan, Counts], Faults], ...] = (
    days_are_as_stated,
    points_are_as_stated,
    fixed_marks_are_true,
    everybody_is_met_or_left_out,
)
