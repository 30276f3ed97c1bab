"""Use cases about a planned week: what would it take to meet somebody, and who could come instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Candidate, Format, SavedPlan, TimeWindow, Trip, TripDay
from iiplan.planner.saved import read_plan
from iiplan.planner.trips import candidate_of, change_day
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import (
    AddWindow,
    Drop,
    EarlierStart,
    Edit,
    LaterReturn,
    MakeCall,
    Moment,
    MoveFixed,
    RaiseMost,
    ShorterLunch,
    ShorterMeeting,
    remedies,
    stand_ins,
)

__all__ = ["StandInHour", "Way", "apply", "who_could_come", "would_take"]


@dataclass(frozen=True, kw_only=True)
class Way:
    """A change after which somebody left out would be met, and how many points more (or fewer) the week is worth."""

    change: str
    gain: int
    edit: Edit


@dataclass(frozen=True, kw_only=True)
class StandInHour:
    """Somebody left out who could be met when a meeting falls through, and the points more (or fewer) than now."""

    contact_id: str
    name: str
    start: datetime
    gain: int


def would_take(workspace: Workspace, trip: Trip, contact_id: str) -> tuple[Way, ...]:
    """What would have to change for somebody left out to be met: at most three ways, the best first.

    Each is verified by solving the changed week. It is the saved plan that is asked; for somebody who was no part
    of it yet (no hours given, say) there is nothing to work out.
    """
    problem, plan = read_plan(_saved(workspace, trip))
    if contact_id not in problem.candidate_index:
        return ()
    now = plan.points or 0
    found = remedies(problem, plan, contact_id).get(contact_id, ())
    return tuple(Way(change=one.change, gain=one.points - now, edit=one.edit) for one in found if one.edit is not None)


def who_could_come(workspace: Workspace, trip: Trip, contact_id: str) -> tuple[StandInHour, ...]:
    """Who could be met should the meeting with a contact fall through, all other meetings staying; the best first."""
    problem, plan = read_plan(_saved(workspace, trip))
    names = {one.id: one.name for one in problem.candidates}
    return tuple(
        StandInHour(
            contact_id=one.candidate,
            name=names[one.candidate],
            start=_at(trip, Moment(one.date, one.start)),
            gain=one.points - (plan.points or 0),
        )
        for one in stand_ins(problem, contact_id, plan=plan)
    )


def apply(workspace: Workspace, trip: Trip, edit: Edit) -> Callable[[], None]:
    """Make a change to the trip or to one of its people; calling what is returned takes it back."""
    store = workspace.store
    if isinstance(edit, AddWindow | MoveFixed | ShorterMeeting | MakeCall | Drop):
        before = candidate_of(workspace, trip, edit.candidate)
        if isinstance(edit, Drop):
            store.remove_candidate(trip.id, edit.candidate, workspace.now())
        else:
            store.save_candidates([_changed(before, trip, edit)])
        return lambda: store.save_candidates([before])
    if isinstance(edit, RaiseMost | LaterReturn | EarlierStart | ShorterLunch):
        day = _day(trip, edit.date)
        store.save_trip(change_day(trip, _changed_day(day, edit)))
        return lambda: store.save_trip(change_day(store.trip(trip.id), day))
    raise InputError(f"This version cannot make the change {edit.kind!r} by itself. Make it on the Trip page.")


def _changed(candidate: Candidate, trip: Trip, edit: Edit) -> Candidate:
    match edit:
        case AddWindow():
            start, end = _at(trip, Moment(edit.date, edit.start)), _at(trip, Moment(edit.date, edit.end))
            return replace(candidate, windows=(*candidate.windows, TimeWindow(start=start, end=end)))
        case MoveFixed():
            return replace(candidate, fixed_start=_at(trip, edit.start))
        case ShorterMeeting():
            return replace(candidate, duration=edit.minutes)
        case _:
            return replace(candidate, format=Format.CALL)


def _changed_day(day: TripDay, edit: Edit) -> TripDay:
    match edit:
        case RaiseMost():
            return replace(day, max_meetings=edit.most)
        case LaterReturn():
            return replace(day, end=_clock(edit.end))
        case EarlierStart():
            return replace(day, start=_clock(edit.start))
        case ShorterLunch() if day.lunch is not None:
            return replace(day, lunch=replace(day.lunch, minutes=edit.minutes))
        case _:
            raise InputError(f"{day.date:%a %d %b} has no lunch any more. Plan the week again.")


def _saved(workspace: Workspace, trip: Trip) -> SavedPlan:
    saved = workspace.store.plan(trip.id)
    if saved is None:
        raise InputError(f"The trip {trip.name} has no plan yet. Plan the week first.")
    return saved


def _day(trip: Trip, day: date) -> TripDay:
    for one in trip.days:
        if one.date == day:
            return one
    raise NotFoundError(f"{day:%a %d %b} is not a day of the trip any more. Plan the week again.")


def _at(trip: Trip, moment: Moment) -> datetime:
    return datetime.combine(moment.date, _clock(moment.minute), trip.zone)


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
