"""Appointments of the traveller's own calendar made meetings of the trip, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from builders import BASE, MONDAY, NEAR, WASHINGTON, a_candidate, a_person, a_trip, a_window

from iiplan.calendars import BusyEvent
from iiplan.errors import InputError
from iiplan.model import Candidate, Contact, Coordinates, Format, Stage, TouchKind, Trip
from iiplan.planner import asking, busy, offering, own_meetings, people, week
from iiplan.planner.own_meetings import OwnMeeting
from iiplan.planner.workspace import Workspace


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), WASHINGTON)


def appointment(day: int = 1, hour: int = 10, minutes: int = 45, title: str = "Coffee", **details: object) -> BusyEvent:
    start = on(day, hour)
    fields = {"start": start, "end": start + timedelta(minutes=minutes), "title": title, "file": "home.ics"}
    return BusyEvent(**(fields | details))  # type: ignore[arg-type]


def call(event: BusyEvent, who: str = "") -> OwnMeeting:
    return OwnMeeting(event=event, contact_id=who)


def candidate(ws: Workspace, trip: Trip, who: str) -> Candidate:
    return next(one for one in ws.store.candidates(trip.id) if one.contact_id == who)


def kinds(ws: Workspace, who: str) -> list[TouchKind]:
    return [touch.kind for touch in people.person(ws, who).touches]


def everything(ws: Workspace, trip: Trip) -> object:
    """All that a user sees, but for the log, in which taking back leaves its traces."""
    stages = {one.contact.id: (one.stage, [touch.id for touch in one.touches]) for one in people.overview(ws)}
    return ws.store.trip(trip.id), ws.store.candidates(trip.id), ws.store.contacts(), ws.store.offers(trip.id), stages


def test_an_appointment_becomes_a_meeting_agreed_at_its_hour_with_its_length(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_person(ws, "Ada", place=NEAR)
    own_meetings.take(
        ws, trip.id, [], [OwnMeeting(event=appointment(), contact_id="ada", format=Format.IN_PERSON)], "Europe/Berlin"
    )
    ada = candidate(ws, trip, "ada")
    assert (ada.fixed_start, ada.duration, ada.format, ada.place) == (on(1, 10), 45, Format.IN_PERSON, None)
    (touch,) = people.person(ws, "ada").touches
    assert (touch.kind, touch.note) == (TouchKind.SCHEDULED, "Agreed: Tue 08 Dec 2026 10:00 (America/New_York)")
    assert week.plan(ws, trip).agenda.meetings[0].start == on(1, 10)


def test_somebody_new_is_named_by_the_title(ws: Workspace) -> None:
    trip = a_trip(ws)
    taken = own_meetings.take(ws, trip.id, [], [call(appointment(title="  Zoë & co " + "x" * 300))])
    (contact,) = ws.store.contacts()
    assert contact.name == "Zoë & co " + "x" * 189
    assert taken.created == taken.joined == (contact.id,)
    assert candidate(ws, trip, contact.id).format is Format.CALL


def test_busy_ones_and_meetings_are_saved_together_and_one_undo_takes_all_of_it_back(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Bo", a_window(day=2), duration=20)
    offering.make_offer(ws, trip, "bo", [on(2, 9)])
    a_person(ws, "Ada")
    before = everything(ws, trip)
    taken = own_meetings.take(
        ws,
        trip.id,
        [appointment(day=0, title="Dentist")],
        [call(appointment(), "ada"), call(appointment(day=2, hour=14), "bo"), call(appointment(day=3), "")],
    )
    assert [one.title for one in ws.store.trip(trip.id).days[0].busy] == ["Dentist"]
    assert (taken.new, taken.there) == (1, 0)
    assert candidate(ws, trip, "bo").duration == 45
    assert offering.open_offers(ws, trip) == ()
    own_meetings.undo(ws, taken)
    assert everything(ws, trip) == before


def test_somebody_who_was_taken_off_the_trip_comes_back_with_what_was_typed_and_goes_again(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", value=9)
    ws.store.remove_candidate(trip.id, "ada", ws.now())
    taken = own_meetings.take(ws, trip.id, [], [call(appointment(), "ada")])
    assert candidate(ws, trip, "ada").value == 9
    assert candidate(ws, trip, "ada").place == NEAR
    own_meetings.undo(ws, taken)
    assert ws.store.candidates(trip.id) == ()


def test_an_hour_that_is_agreed_already_is_not_logged_again(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(day=1))
    week.agree(ws, trip, "ada", on(1, 10))
    own_meetings.take(ws, trip.id, [], [call(appointment(minutes=60), "ada")])
    assert kinds(ws, "ada") == [TouchKind.SCHEDULED]
    assert candidate(ws, trip, "ada").duration == 60


def test_somebody_who_said_no_and_is_met_after_all_is_scheduled(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(day=1))
    asking.log(ws, "ada", TouchKind.DECLINED)
    own_meetings.take(ws, trip.id, [], [call(appointment(), "ada")])
    assert people.person(ws, "ada").stage is Stage.SCHEDULED


def test_what_was_saved_as_busy_before_makes_room_for_the_meeting_and_comes_back(ws: Workspace) -> None:
    trip = a_trip(ws)
    ws.store.save_trip(busy.add_appointments(trip, [appointment(), appointment(day=3)]).trip)
    before = everything(ws, trip)
    taken = own_meetings.take(ws, trip.id, [], [call(appointment())])
    assert [len(day.busy) for day in ws.store.trip(trip.id).days] == [0, 0, 0, 1, 0]
    own_meetings.undo(ws, taken)
    assert everything(ws, trip) == before


def agreed_with_bo(ws: Workspace, trip: Trip) -> None:
    a_candidate(ws, trip, "Bo", fixed_start=on(1, 10, 30))


def held_for_bo(ws: Workspace, trip: Trip) -> None:
    a_candidate(ws, trip, "Bo", a_window(day=1))
    offering.make_offer(ws, trip, "bo", [on(1, 10, 30)])


def own_appointment(ws: Workspace, trip: Trip) -> None:
    ws.store.save_trip(busy.add_appointments(trip, [appointment(hour=10, minutes=30, title="Dentist")]).trip)


def day_off(ws: Workspace, trip: Trip) -> None:
    ws.store.save_trip(replace(trip, days=(trip.days[0], replace(trip.days[1], off=True), *trip.days[2:])))


def day_that_begins_later(ws: Workspace, trip: Trip) -> None:
    ws.store.save_trip(replace(trip, days=(trip.days[0], replace(trip.days[1], start=time(11)), *trip.days[2:])))


@pytest.mark.parametrize(
    ("stands", "why"),
    [
        (agreed_with_bo, "clashes with something agreed"),
        (held_for_bo, "could clash with hours offered to Bo"),
        (own_appointment, "clashes with something agreed, held or your own"),
        (day_off, "starts on none of the trip's days that are free"),
        (day_that_begins_later, "or with the hours of the day"),
    ],
)
def test_what_would_break_something_is_refused_and_nothing_at_all_is_saved(ws: Workspace, stands, why: str) -> None:
    trip = a_trip(ws)
    stands(ws, trip)
    before, touches = everything(ws, trip), ws.store.touches()
    with pytest.raises(InputError, match=why):
        own_meetings.take(ws, trip.id, [appointment(day=4)], [call(appointment(day=3)), call(appointment())])
    assert everything(ws, trip) == before
    assert ws.store.touches() == touches


def test_two_of_the_chosen_that_clash_with_each_other_are_refused(ws: Workspace) -> None:
    trip = a_trip(ws)
    with pytest.raises(InputError, match="clashes"):
        own_meetings.take(ws, trip.id, [appointment(title="Dentist")], [call(appointment(title="Bo"))])
    with pytest.raises(InputError, match="clashes"):
        own_meetings.take(ws, trip.id, [], [call(appointment(title="Ada")), call(appointment(title="Bo"))])
    assert ws.store.contacts() == ()


def test_one_person_is_not_met_twice(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_person(ws, "Ada")
    with pytest.raises(InputError, match="Somebody is met twice"):
        own_meetings.take(ws, trip.id, [], [call(appointment(), "ada"), call(appointment(day=2), "ada")])


def test_a_meeting_in_person_needs_a_place(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_person(ws, "Ada")
    meeting = OwnMeeting(event=appointment(), contact_id="ada", format=Format.IN_PERSON)
    with pytest.raises(InputError, match="“Coffee” has no place to meet yet"):
        own_meetings.take(ws, trip.id, [], [meeting])
    own_meetings.take(ws, trip.id, [], [replace(meeting, place=BASE)])
    assert candidate(ws, trip, "ada").place == BASE


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (appointment(whole_day=True), "takes whole days"),
        (appointment(minutes=4), "takes 4 minutes"),
        (appointment(minutes=481), "takes 481 minutes"),
        (appointment(day=-1), "on none of the trip's days"),
    ],
)
def test_what_can_be_no_meeting_says_why(ws: Workspace, event: BusyEvent, why: str) -> None:
    trip = a_trip(ws)
    assert why in own_meetings.why_no_meeting(trip, event)
    with pytest.raises(InputError, match=f"“Coffee” cannot be a meeting.*{why}"):
        own_meetings.take(ws, trip.id, [], [call(event)])


def test_the_person_is_found_by_the_whole_name_in_the_title_the_longest_first() -> None:
    contacts = [Contact(id=name, name=name) for name in ("Ada", "Ada Love", "Bo", "C++ (x)")]
    named = {
        "Coffee with ada love!": "Ada Love",
        "Adamant": None,
        "Bob": None,
        "Lunch: BO": "Bo",
        "c++ (x)": "C++ (x)",
        "": None,
    }
    assert {title: own_meetings.whom(contacts, appointment(title=title)) for title in named} == named


def test_the_place_is_that_of_the_calendar_where_it_has_a_point() -> None:
    at = Coordinates(latitude=38.9, longitude=-77.03)
    place = own_meetings.place_of(appointment(location="Café, K St", at=at))
    assert place is not None
    assert (place.label, place.at) == ("Café, K St", at)
    assert own_meetings.place_of(appointment(location="Café, K St")) is None
