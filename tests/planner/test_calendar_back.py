"""What was moved or cancelled in the calendar app, taken over into the week and back."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_trip, a_window

from iiplan.calendars import Proposal, ProposalKind, meeting_uid
from iiplan.errors import InputError
from iiplan.model import Stage, TouchKind, Trip
from iiplan.outreach import stage_of
from iiplan.planner import calendar_back, calendar_out, offering, week
from iiplan.planner.workspace import Workspace


def on(day: int, hour: int) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour), WASHINGTON)


def exported(ws: Workspace, *names: str) -> tuple[Trip, bytes]:
    """A planned and exported week with these people, one a day, agreed at ten."""
    trip = a_trip(ws)
    for number, name in enumerate(names):
        a_candidate(ws, trip, name, a_window(day=number), fixed_start=on(number, 10))
    week.plan(ws, trip)
    return trip, calendar_out.calendar(ws, trip)


def from_the_calendar(trip: Trip, who: str, *lines: str) -> bytes:
    event = ["BEGIN:VEVENT", f"UID:{meeting_uid(trip.id, who)}", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()


def only(ws: Workspace, trip: Trip, content: bytes) -> Proposal:
    (proposal,) = calendar_back.proposals(ws, trip, content).proposals
    return proposal


def fixed(ws: Workspace, trip: Trip, who: str) -> datetime | None:
    return next(one.fixed_start for one in ws.store.candidates(trip.id) if one.contact_id == who)


def later(ws: Workspace) -> Workspace:
    return Workspace(store=ws.store, now=lambda: ws.now() + timedelta(hours=1))


def test_our_own_file_proposes_nothing(ws: Workspace) -> None:
    trip, content = exported(ws, "Ada", "Bo")
    found = calendar_back.proposals(ws, trip, content)
    assert (found.proposals, found.notes, found.found) == ((), (), 2)


def test_a_moved_meeting_is_agreed_at_its_new_hour_and_undone(ws: Workspace) -> None:
    trip, _ = exported(ws, "Ada")
    content = from_the_calendar(trip, "ada", "DTSTART;TZID=America/New_York:20261208T150000")
    taken = calendar_back.take_over(ws, trip, only(ws, trip, content))
    assert fixed(ws, trip, "ada") == on(1, 15)
    assert [touch.kind for touch in taken.touches] == [TouchKind.SCHEDULED]
    assert calendar_back.proposals(ws, trip, content).proposals == ()
    calendar_back.undo(later(ws), taken)
    assert fixed(ws, trip, "ada") == on(0, 10)
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.IDENTIFIED
    assert only(ws, trip, content).start == on(1, 15)


@pytest.mark.parametrize(
    ("start", "why"),
    [("20261208T101500", "clashes with somebody agreed"), ("20261212T100000", "is no day of the trip")],
)
def test_an_hour_that_cannot_be_is_refused_and_nothing_changes(ws: Workspace, start: str, why: str) -> None:
    trip, _ = exported(ws, "Ada", "Bo")  # Bo is agreed for Tuesday at ten
    proposal = only(ws, trip, from_the_calendar(trip, "ada", f"DTSTART;TZID=America/New_York:{start}"))
    with pytest.raises(InputError, match="not on a day of the trip or clashes"):
        calendar_back.take_over(ws, trip, proposal)
    assert fixed(ws, trip, "ada") == on(0, 10), why
    assert ws.store.touches() == ()


def test_an_hour_held_for_somebody_else_is_refused(ws: Workspace) -> None:
    trip, _ = exported(ws, "Ada")
    a_candidate(ws, trip, "Cy", a_window(day=2))
    offering.make_offer(ws, trip, "cy", [on(2, 11)])
    proposal = only(ws, trip, from_the_calendar(trip, "ada", "DTSTART;TZID=America/New_York:20261209T111500"))
    with pytest.raises(InputError, match="held"):
        calendar_back.take_over(ws, trip, proposal)


def test_a_meeting_cancelled_there_frees_its_hour_and_is_undone(ws: Workspace) -> None:
    trip, _ = exported(ws, "Ada")
    content = from_the_calendar(trip, "ada", "STATUS:CANCELLED")
    proposal = only(ws, trip, content)
    assert proposal.kind is ProposalKind.CANCELLED
    taken = calendar_back.take_over(ws, trip, proposal)
    assert fixed(ws, trip, "ada") is None
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.ACCEPTED
    assert calendar_back.proposals(ws, trip, content).proposals == ()
    calendar_back.undo(later(ws), taken)
    assert fixed(ws, trip, "ada") == on(0, 10)
    assert only(ws, trip, content) == proposal


def test_undoing_a_move_holds_the_offered_hours_again(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window())
    week.plan(ws, trip)
    calendar_out.calendar(ws, trip)
    content = from_the_calendar(trip, "ada", "DTSTART;TZID=America/New_York:20261208T150000")
    proposal = only(ws, trip, content)
    offering.make_offer(ws, trip, "ada", [on(0, 10)])
    taken = calendar_back.take_over(later(ws), trip, proposal)
    assert offering.open_offers(ws, trip) == ()
    calendar_back.undo(later(later(ws)), taken)
    assert [one.starts for one in offering.open_offers(ws, trip)] == [(on(0, 10),)]
