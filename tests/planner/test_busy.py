"""Appointments of the traveller's own calendar: joined for the command line, split into the days of a trip."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from builders import MONDAY, WASHINGTON, a_trip
from hypothesis import given
from hypothesis import strategies as st

from iiplan.calendars import BusyEvent
from iiplan.model import Busy, Trip
from iiplan.planner import busy, week
from iiplan.planner.trips import new_trip
from iiplan.planner.workspace import Workspace

FRIDAY = MONDAY + timedelta(days=4)
TRIP = new_trip(name="Week", city="Washington", timezone="America/New_York", first=MONDAY, last=FRIDAY)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute, second), WASHINGTON)


def appointment(start: datetime, end: datetime, title: str = "Dentist", **details: object) -> BusyEvent:
    return BusyEvent(start=start, end=end, title=title, **{"file": "home.ics", **details})  # type: ignore[arg-type]


def parts(event: BusyEvent, trip: Trip = TRIP) -> list[str]:
    return [f"{day:%a} {one.start:%H:%M}-{one.end:%H:%M} {one.title}" for day, one in busy.parts_of_days(event, trip)]


def merged(*events: BusyEvent) -> list[str]:
    found = busy.merged(events, start=MONDAY, end=FRIDAY, timezone="America/New_York")
    return [f"{one.start:%a %H:%M} {one.end:%a %H:%M} {one.title} ({one.file})" for one in found]


def test_overlapping_and_touching_appointments_become_one_stretch_with_all_titles_and_files() -> None:
    assert merged(
        appointment(at(0, 11), at(0, 12), "Late"),
        appointment(at(0, 9), at(0, 10), "First"),
        appointment(at(0, 10), at(0, 10, 30), "Touches", file="work.ics"),
        appointment(at(0, 9, 30), at(0, 10), "First"),
    ) == ["Mon 09:00 Mon 10:30 First; Touches (home.ics; work.ics)", "Mon 11:00 Mon 12:00 Late (home.ics)"]


def test_a_stretch_within_another_does_not_shorten_it() -> None:
    events = appointment(at(0, 9), at(0, 12), "Long"), appointment(at(0, 10), at(0, 11), "Short")
    assert merged(*events) == ["Mon 09:00 Mon 12:00 Long; Short (home.ics)"]


def test_stretches_are_cut_to_the_days_asked_about() -> None:
    events = appointment(at(-1, 22), at(0, 1), "Flight"), appointment(at(3, 23), at(4, 2), "Party")
    assert merged(*events) == ["Mon 00:00 Mon 01:00 Flight (home.ics)", "Thu 23:00 Fri 00:00 Party (home.ics)"]


moments = st.integers(-1000, 8000).map(lambda minutes: at(0, 0) + timedelta(minutes=minutes))
appointments = st.builds(
    lambda start, length, title: appointment(start, start + timedelta(minutes=length), title),
    moments,
    st.integers(1, 3000),
    st.sampled_from("ABC"),
)


@given(st.lists(appointments, max_size=8))
def test_stretches_cover_the_same_minutes_as_the_appointments_and_never_meet(events: list[BusyEvent]) -> None:
    found = busy.merged(events, start=MONDAY, end=FRIDAY, timezone="America/New_York")
    for minutes in range(0, 4 * 1440, 7):
        now = at(0, 0) + timedelta(minutes=minutes)
        assert any(one.start <= now < one.end for one in found) == any(one.start <= now < one.end for one in events)
    for before, after in pairwise(found):
        assert before.end < after.start


def test_an_appointment_past_midnight_is_split_and_ends_with_the_last_minute_of_its_day() -> None:
    assert parts(appointment(at(0, 22), at(1, 2))) == ["Mon 22:00-23:59 Dentist", "Tue 00:00-02:00 Dentist"]


def test_whole_days_are_whole_days_of_the_trip_and_none_outside_of_it() -> None:
    event = appointment(at(-3, 0), at(2, 0), "Holiday", whole_day=True)
    assert parts(event) == ["Mon 00:00-23:59 Holiday", "Tue 00:00-23:59 Holiday"]


def test_seconds_are_rounded_outwards() -> None:
    assert parts(appointment(at(0, 9, 0, 30), at(0, 9, 0, 40))) == ["Mon 09:00-09:01 Dentist"]
    assert parts(appointment(at(0, 23, 59, 30), at(1, 0))) == ["Mon 23:58-23:59 Dentist"]


def test_hours_that_clocks_show_twice_are_covered_both_times() -> None:
    # on 7 November 2027 clocks in New York go from 2:00 back to 1:00: 5:45 to 6:15 UTC is 1:45 to 1:15
    sunday = date(2027, 11, 7)
    trip = new_trip(name="Autumn", city="New York", timezone="America/New_York", first=sunday, last=sunday)
    start = datetime(2027, 11, 7, 5, 45, tzinfo=UTC).astimezone(WASHINGTON)
    end = datetime(2027, 11, 7, 6, 15, tzinfo=UTC).astimezone(WASHINGTON)
    assert parts(appointment(start, end), trip) == ["Sun 01:00-02:00 Dentist"]


def test_a_title_that_is_too_long_is_cut() -> None:
    ((_, one),) = busy.parts_of_days(appointment(at(0, 9), at(0, 10), "x" * 500), TRIP)
    assert one.title == "x" * 200


@given(st.integers(-3000, 9000), st.integers(1, 400_000))
def test_parts_of_days_cover_the_appointment_minute_by_minute(begin: int, seconds: int) -> None:
    start = at(0, 0) + timedelta(minutes=begin)
    found = dict(busy.parts_of_days(appointment(start, start + timedelta(seconds=seconds)), TRIP))
    for day in TRIP.days:
        for hour in (0, 7, 12, 23):
            now = datetime.combine(day.date, time(hour, 30), WASHINGTON)
            inside = start <= now < start + timedelta(seconds=seconds)
            part = found.get(day.date)
            assert not inside or (part is not None and part.start <= now.time() < part.end)


def test_appointments_are_added_in_order_and_what_is_there_stays_single() -> None:
    before = Busy(start=time(12), end=time(13), title="Dentist")
    trip = replace(TRIP, days=(replace(TRIP.days[0], busy=(before,)), *TRIP.days[1:]))
    events = appointment(at(0, 12), at(0, 13)), appointment(at(0, 8), at(0, 9), "Call")
    added = busy.add_appointments(trip, [*events, *events])
    assert [one.title for one in added.trip.days[0].busy] == ["Call", "Dentist"]
    assert (added.new, added.there) == (1, 3)
    assert busy.add_appointments(added.trip, events).trip == added.trip


def test_putting_back_changes_appointments_only() -> None:
    added = busy.add_appointments(TRIP, [appointment(at(0, 8), at(0, 9))]).trip
    renamed = replace(added, name="Another name")
    assert busy.put_back(renamed, TRIP.days) == replace(TRIP, name="Another name")


def test_a_meeting_that_iiplan_exported_is_known_by_its_uid() -> None:
    assert busy.is_from_iiplan(appointment(at(0, 8), at(0, 9), uid="4ed8f0d1@iiplan"))
    assert not busy.is_from_iiplan(appointment(at(0, 8), at(0, 9), uid="4ed8f0d1@example.org"))


def test_a_week_is_planned_around_whole_days_and_overlapping_appointments(ws: Workspace) -> None:
    trip = a_trip(ws)
    events = [
        appointment(at(0, 0), at(1, 0), "Holiday", whole_day=True),
        appointment(at(1, 9), at(1, 12), "Long"),
        appointment(at(1, 10), at(1, 11), "Within"),
    ]
    ws.store.save_trip(busy.add_appointments(trip, events).trip)
    planned = week.plan(ws, ws.store.trip(trip.id))
    assert planned.agenda is not None
    assert [block.title for block in planned.agenda.days[1].blocks] == ["Long", "Within"]


def test_times_of_another_zone_land_on_the_days_of_the_trip() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    # 14 hours ahead of New York in December: Tuesday 8:00 there is Monday 18:00
    start = datetime.combine(MONDAY + timedelta(days=1), time(8), tokyo)
    assert parts(appointment(start, start + timedelta(hours=1))) == ["Mon 18:00-19:00 Dentist"]
