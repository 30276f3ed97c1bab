"""The Trip page with somebody's own calendar: look first, choose, save, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from builders import a_candidate, a_person, a_trip
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest
from web_server import Answer, serving

from iiplan.model import Busy, Format, Trip
from iiplan.planner.workspace import Workspace

# the trip is from Monday 7 to Friday 11 December 2026 in New York, five hours behind UTC
HOME = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Dentist
DTSTART:20261207T150000Z
DURATION:PT1H
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Night ![x](http://evil.example/p.png)
DTSTART:20261209T030000Z
DURATION:PT4H
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Broken [link](http://evil.example)
DTSTART:some day
END:VEVENT
END:VCALENDAR
"""
WORK = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:4
SUMMARY:Day off
DTSTART;VALUE=DATE:20261211
END:VEVENT
BEGIN:VEVENT
UID:5@iiplan
SUMMARY:Ada Example
DTSTART:20261210T150000Z
DURATION:PT1H
END:VEVENT
END:VCALENDAR
"""

Visit = Callable[[], AppTest]


@pytest.fixture
def visit(database: Path) -> Visit:
    def opened() -> AppTest:
        return open_page("trip")

    return opened


def bring(at: AppTest, *files: tuple[str, bytes]) -> None:
    at.file_uploader[0].set_value([(name, data, "text/calendar") for name, data in files]).run()
    assert not at.exception


def take(at: AppTest, word: str, *rows: int) -> None:
    edits = {row: {"Take as": word} for row in rows}
    at.session_state[at.data_editor[0].key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    at.run()


def kept(live: Workspace, trip: Trip) -> list[str]:
    return [
        f"{day.date:%a} {one.start:%H:%M}-{one.end:%H:%M} {one.title}"
        for day in live.store.trip(trip.id).days
        for one in day.busy
    ]


NIGHT = "Night ![x](http://evil.example/p.png)"
ALL = [
    "Mon 10:00-11:00 Dentist",
    f"Tue 22:00-23:59 {NIGHT}",  # 3:00 UTC on Wednesday
    f"Wed 00:00-02:00 {NIGHT}",
    "Fri 00:00-23:59 Day off",
]


def test_two_files_are_looked_at_together_and_nothing_is_saved_before_the_click(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    at = visit()
    bring(at, ("home.ics", HOME), ("work.ics", WORK))
    shown = at.data_editor[0].value
    assert shown[["Take as", "Day", "Hours", "File"]].values.tolist() == [
        ["Busy", "Mon 7 Dec", "10:00 to 11:00", "home.ics"],
        ["Busy", "Tue 8 Dec", "22:00 to Wed 9 Dec 02:00", "home.ics"],
        ["Ignore", "Thu 10 Dec", "10:00 to 11:00", "work.ics"],
        ["Busy", "Fri 11 Dec", "all day", "work.ics"],
    ]
    assert shown["Note"].tolist() == ["", "", "a meeting planned here", ""]
    assert kept(live, trip) == []


def test_the_chosen_ones_are_saved_day_by_day_and_undone(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    at = visit()
    bring(at, ("home.ics", HOME), ("work.ics", WORK))
    press(at, "Save these appointments")
    assert kept(live, trip) == ALL
    assert "Saved 4 own appointments." in words(at)
    press(at, "Undo")
    assert kept(live, trip) == []


def test_what_is_to_be_ignored_is_not_saved(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    at = visit()
    bring(at, ("home.ics", HOME), ("work.ics", WORK))
    take(at, "Ignore", 1, 3)
    press(at, "Save these appointments")
    assert kept(live, trip) == ALL[:1]


def test_what_is_there_already_stays_and_stays_single(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    mine = Busy(start=time(8), end=time(9), title="Run"), Busy(start=time(10), end=time(11), title="Dentist")
    live.store.save_trip(replace(trip, days=(replace(trip.days[0], busy=mine), *trip.days[1:])))
    at = visit()
    bring(at, ("home.ics", HOME))
    assert at.data_editor[0].value["Note"].tolist() == ["saved already", ""]
    press(at, "Save these appointments")
    assert kept(live, trip) == ["Mon 08:00-09:00 Run", *ALL[:3]]
    assert "Saved 2 own appointments. 1 was there already." in words(at)


def test_what_cannot_be_read_is_named_letter_for_letter(visit: Visit, live: Workspace) -> None:
    a_trip(live)
    at = visit()
    bring(at, ("home.ics", HOME))
    warning = "home.ics: “Broken [link](http://evil.example)” is left out: “some day” is no date or time."
    assert [one.value for one in at.text] == [warning]
    assert not any("[link](" in one.value for one in at.markdown)


def test_a_calendar_without_appointments_in_these_days_says_so(visit: Visit, live: Workspace) -> None:
    a_trip(live)
    at = visit()
    bring(at, ("empty.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"))
    assert "No appointments in the days of this trip." in words(at)


# From an address


def fetch(at: AppTest, url: str, own_network: bool = False) -> None:
    next(one for one in at.text_input if one.label.startswith("Or fetch")).set_value(url)
    box = next(one for one in at.checkbox if one.label == "It is in my own network")
    box.set_value(own_network)
    press(at, "Fetch")


def test_a_calendar_is_fetched_when_asked_once_and_shown_as_an_upload_is(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    at = visit()
    with serving({"/secret.ics": Answer(HOME)}) as server:
        fetch(at, server.url("/secret.ics"), own_network=True)
        at.run()
        assert server.asked == ["/secret.ics"]
    assert at.data_editor[0].value[["Take as", "File"]].values.tolist() == [["Busy", "127.0.0.1"]] * 2
    press(at, "Save these appointments")
    assert kept(live, trip) == ALL[:3]
    assert not at.data_editor
    assert "secret" not in words(at).replace("Secret address", "")


def test_what_was_fetched_can_be_forgotten(visit: Visit, live: Workspace) -> None:
    a_trip(live)
    at = visit()
    with serving({"/secret.ics": Answer(HOME)}) as server:
        fetch(at, server.url("/secret.ics"), own_network=True)
    assert "Fetched from 127.0.0.1" in words(at)
    press(at, "Forget it")
    assert not at.data_editor


def test_this_machine_is_asked_only_with_the_tick_and_the_address_is_not_repeated(
    visit: Visit, live: Workspace
) -> None:
    a_trip(live)
    at = visit()
    with serving({"/secret.ics": Answer(HOME)}) as server:
        fetch(at, server.url("/secret.ics"))
        assert server.asked == []
    assert "lies in your own network or on this machine" in words(at)
    assert "secret.ics" not in words(at)
    assert not at.data_editor


# As meetings


def test_an_appointment_becomes_a_meeting_and_one_undo_takes_all_of_it_back(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    a_person(live, "Dentist")  # the name in the title is the one suggested
    at = visit()
    bring(at, ("home.ics", HOME), ("work.ics", WORK))
    take(at, "Meeting", 0)
    who = next(one for one in at.selectbox if one.label == "Whom do you meet?")
    assert who.value == "dentist"
    press(at, "Save these appointments")
    assert "Saved 3 own appointments and 1 meeting, agreed." in words(at)
    (candidate,) = live.store.candidates(trip.id)
    assert candidate.fixed_start is not None
    assert f"{candidate.fixed_start:%a %H:%M}" == "Mon 10:00"
    assert kept(live, trip) == ALL[1:]
    press(at, "Undo")
    assert live.store.candidates(trip.id) == ()
    assert kept(live, trip) == []


def test_somebody_new_is_met_in_person_once_the_place_is_given(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    at = visit()
    bring(at, ("home.ics", HOME))
    take(at, "Meeting", 0)
    how = next(one for one in at.button_group if one.label == "How" and "-how" in str(one.key))
    how.set_value(Format.IN_PERSON).run()
    save = next(one for one in at.button if one.label == "Save these appointments")
    assert save.disabled
    assert "No place given" in words(at)
    next(one for one in at.text_input if one.label == "Place").set_value("38.9025, -77.0285").run()
    press(at, "Save these appointments")
    (candidate,) = live.store.candidates(trip.id)
    assert candidate.place is not None
    assert live.store.contact(candidate.contact_id).name == "Dentist"


def test_whole_days_can_be_no_meeting_and_hold_the_saving_back(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    at = visit()
    bring(at, ("work.ics", WORK))
    take(at, "Meeting", 1)
    assert "It takes whole days. A meeting has a start and an end." in words(at)
    assert next(one for one in at.button if one.label == "Save these appointments").disabled
    assert kept(live, trip) == []


def test_a_clash_is_said_and_nothing_is_saved(visit: Visit, live: Workspace) -> None:
    trip = a_trip(live)
    monday = live.store.trip(trip.id).days[0].date
    at_half_past = datetime.combine(monday, time(10, 30), trip.zone)
    a_candidate(live, trip, "Bo", fixed_start=at_half_past)
    at = visit()
    bring(at, ("home.ics", HOME))
    take(at, "Meeting", 0)
    press(at, "Save these appointments")
    assert "clashes with something agreed" in words(at)
    assert len(at.data_editor[0].value) == 2
    assert kept(live, trip) == []
