"""A plan laid out as an agenda: every stretch of every day, with the way to each meeting and when to leave for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from iiplan.model import Agenda, AgendaDay, Block, BlockKind, Candidate, Contact, LeftOut, Leg, Place, Trip
from iiplan.planner.problem import meeting_place
from iiplan.scheduling import Plan, PlannedDay, PlannedMeeting, Problem

__all__ = ["agenda_of"]

Stretch = tuple[int, int]  # minutes of the day, half-open


def agenda_of(
    trip: Trip,
    problem: Problem,
    plan: Plan,
    contacts: Mapping[str, Contact],
    candidates: Iterable[Candidate],
    not_ready: Iterable[LeftOut] = (),
    legs: Mapping[tuple[str, str], Leg] | None = None,
) -> Agenda:
    """Lay ``plan`` out day by day. Names and addresses are today's; hours and minutes are those it was planned with.

    ``legs`` says by the ids of two places where the minutes between them come from.
    """
    layout = _Layout(
        trip=trip,
        problem=problem,
        plan=plan,
        contacts=contacts,
        candidates={candidate.contact_id: candidate for candidate in candidates},
        legs=legs or {},
    )
    dates = sorted({day.date for day in trip.days} | {day.date for day in plan.days})
    planned = {one.candidate for one in plan.meetings}
    by_now = {one.contact_id: one for one in not_ready if one.contact_id not in planned}
    left_out = [
        LeftOut(contact_id=one.candidate, name=layout.name(one.candidate), reason=one.reason)
        for one in plan.unplaced
        if one.candidate not in by_now
    ]
    return Agenda(
        trip_id=trip.id,
        timezone=problem.timezone,
        days=tuple(layout.day(day) for day in dates),
        left_out=(*left_out, *by_now.values()),
        points=plan.points or 0,
        bound=plan.bound or 0,
        proven=plan.status == "optimal",
    )


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """Everything one day's blocks are made from; the problem is the one that the plan answers."""

    trip: Trip
    problem: Problem
    plan: Plan
    contacts: Mapping[str, Contact]
    candidates: Mapping[str, Candidate]
    legs: Mapping[tuple[str, str], Leg]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.problem.timezone)

    def name(self, contact_id: str) -> str:
        """Today's name, or the one planned with when the contact is gone."""
        if contact_id in self.contacts:
            return self.contacts[contact_id].name
        return self.problem.candidates[self.problem.candidate_index[contact_id]].name

    def place(self, contact_id: str) -> Place | None:
        contact, candidate = self.contacts.get(contact_id), self.candidates.get(contact_id)
        return meeting_place(candidate, contact) if contact and candidate else None

    def moment(self, day: date, minute: int) -> datetime:
        """A minute of the day on the wall clock, aware."""
        return datetime.combine(day + timedelta(days=minute // 1440), time(minute % 1440 // 60, minute % 60), self.zone)

    def day(self, day: date) -> AgendaDay:
        trip_day = next((one for one in self.trip.days if one.date == day), None)
        problem_day = next((one for one in self.problem.days if one.date == day), None)
        planned = next((one for one in self.plan.days if one.date == day), None)
        opens = problem_day.start if problem_day else _minutes(trip_day.start) if trip_day else 0
        closes = problem_day.end if problem_day else _minutes(trip_day.end) if trip_day else 1440
        busy = [(one.start, one.end, one.title or "") for one in problem_day.busy] if problem_day else []
        blocks = [self.block(day, BlockKind.BUSY, (start, end), title or "Busy") for start, end, title in busy]
        if problem_day and planned:
            meetings = sorted((one for one in self.plan.meetings if one.date == day), key=lambda one: one.start)
            blocks += self.meeting_blocks(problem_day.base, planned, meetings, [(start, end) for start, end, _ in busy])
        return AgendaDay(
            date=day,
            opens=self.moment(day, opens),
            closes=self.moment(day, closes),
            blocks=tuple(sorted(blocks, key=lambda block: (block.start, block.end))),
            leave=self.moment(day, planned.leave) if planned else None,
            back=self.moment(day, planned.back) if planned else None,
            travel_minutes=planned.travel_minutes if planned else 0,
            idle_minutes=planned.idle_minutes if planned else 0,
            off=problem_day is None,
            points=planned.points if planned else 0,
        )

    def meeting_blocks(
        self, base: str, planned: PlannedDay, meetings: Sequence[PlannedMeeting], busy: Sequence[Stretch]
    ) -> list[Block]:
        """The day's meetings with the ways between them, being early, notes, and lunch."""
        day, blocks = planned.date, []
        taken = [*busy, planned.lunch] if planned.lunch else list(busy)
        if planned.lunch:
            blocks.append(self.block(day, BlockKind.LUNCH, planned.lunch, "Lunch"))
        where, free_from, since = base, 0, planned.leave
        for meeting in meetings:
            candidate = self.problem.candidates[self.problem.candidate_index[meeting.candidate]]
            there = candidate.place or where
            door, leave = meeting.start - candidate.arrive_early, None
            way = self.minutes(where, there)
            if way:
                leave = _latest_start(way, free_from, door, taken) or _latest_start(way, free_from, door, busy)
            if way and leave is not None:
                title = f"To {self.name(meeting.candidate)}"
                available = _available((leave, leave + way), since, meeting.start, taken)
                travel = self.block(day, BlockKind.TRAVEL, (leave, leave + way), title)
                blocks.append(replace(travel, available=available, **self.way(where, there)))
            free_from = since = meeting.end + candidate.debrief
            if candidate.arrive_early:
                blocks.append(self.block(day, BlockKind.EARLY, (door, meeting.start), "Arrive early"))
            if candidate.debrief:
                blocks.append(self.block(day, BlockKind.DEBRIEF, (meeting.end, free_from), "Write notes"))
            blocks.append(replace(self.meeting_block(meeting, leave, way), leg=self.legs.get((where, there))))
            where = there
        home = self.minutes(where, base)
        if home:
            travel = self.block(day, BlockKind.TRAVEL, (planned.back - home, planned.back), "Back to the base")
            blocks.append(replace(travel, **self.way(where, base)))
        return blocks

    def meeting_block(self, meeting: PlannedMeeting, leave: int | None, way: int) -> Block:
        contact = self.contacts.get(meeting.candidate)
        detail = ", ".join(part for part in (contact.role, contact.organisation) if part) if contact else ""
        place = self.place(meeting.candidate)
        planned = self.problem.candidates[self.problem.candidate_index[meeting.candidate]]
        return Block(
            kind=BlockKind.MEETING,
            start=self.moment(meeting.date, meeting.start),
            end=self.moment(meeting.date, meeting.end),
            title=self.name(meeting.candidate),
            contact_id=meeting.candidate,
            detail=detail,
            place=place,
            placeless=place is None and planned.place is not None,
            leave_by=None if leave is None else self.moment(meeting.date, leave),
            travel_minutes=way,
            fixed=meeting.fixed,
        )

    def block(self, day: date, kind: BlockKind, stretch: Stretch, title: str) -> Block:
        return Block(kind=kind, start=self.moment(day, stretch[0]), end=self.moment(day, stretch[1]), title=title)

    def way(self, origin: str, goal: str) -> dict[str, Any]:
        """What a block of travelling says about its way; a place has the id of whom one meets there."""
        start = self.name(origin) if origin in self.problem.candidate_index else "the base"
        return {"detail": f"from {start}", "leg": self.legs.get((origin, goal))}

    def minutes(self, origin: str, goal: str) -> int:
        index = self.problem.place_index
        return 0 if origin == goal else self.problem.minutes[index[origin]][index[goal]]


def _latest_start(way: int, earliest: int, by: int, taken: Sequence[Stretch]) -> int | None:
    """When to leave at the latest for a way of ``way`` minutes that ends ``by`` then and meets nothing taken."""
    start = by - way
    for begin, end in sorted(taken, reverse=True):
        if start < end and start + way > begin:
            start = begin - way
    return start if start >= earliest else None


def _available(way: Stretch, since: int, start: int, taken: Iterable[Stretch]) -> int:
    """Minutes for a way: from being free ``since``, or the end of what was taken before it, to the ``start`` of the
    meeting, or of what is taken after it."""
    earliest = max([since, *(end for _, end in taken if end <= way[0])])
    return min([start, *(begin for begin, _ in taken if begin >= way[1])]) - earliest


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
