"""Days, hours and people as messages say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from strategies import contacts, trips

from iiplan.briefing import blank, hours_words, reader_zone
from iiplan.briefing.facts import contact_facts, meeting_facts, profile_facts, trip_facts
from iiplan.briefing.moments import when_words, zone_words
from iiplan.model import Contact, Profile, Trip, TripDay
from iiplan.outreach.meetings import Meeting

WASHINGTON = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 3, 8), date(2027, 3, 8), "on Monday 8 March"),
        (date(2027, 3, 8), date(2027, 3, 12), "in the week of 8 March"),
        (date(2027, 3, 8), date(2027, 3, 14), "in the week of 8 March"),
        (date(2027, 3, 8), date(2027, 3, 19), "from 8 to 19 March"),
        (date(2027, 3, 29), date(2027, 4, 9), "from 29 March to 9 April"),
    ],
)
def test_a_trip_is_said_in_words(first: date, last: date, words: str) -> None:
    assert when_words(first, last) == words


def test_days_off_at_either_end_of_a_trip_are_not_said() -> None:
    days = tuple(TripDay(date=date(2027, 3, 6) + timedelta(days=n), off=n in {0, 1, 7}) for n in range(8))
    trip = Trip(id="t", name="T", city=" Washington,  D.C. ", timezone="America/New_York", days=days)
    assert trip_facts(trip) == {
        "trip.city": "Washington, D.C.",
        "trip.when": "in the week of 8 March",
        "trip.first_day": "Monday 8 March",
        "trip.last_day": "Friday 12 March",
    }


def test_hours_are_those_on_the_clock_of_the_reader_on_both_sides_of_summer_time() -> None:
    # America changes its clocks on 14 March 2027, Berlin two weeks later: 10:00 in Washington is 16:00 in Berlin
    # before, 15:00 in between, 16:00 after.
    days = (date(2027, 3, 12), date(2027, 3, 15), date(2027, 3, 29))
    starts = [datetime(day.year, day.month, day.day, 10, tzinfo=WASHINGTON) for day in days]
    assert hours_words(reversed(starts), 30, "Europe/Berlin") == (
        "- Friday 12 March, 16:00 to 16:30\n"
        "- Monday 15 March, 15:00 to 15:30\n"
        "- Monday 29 March, 16:00 to 16:30\n"
        "(All times are Berlin time.)"
    )


def test_an_hour_that_spans_the_change_of_the_clocks_ends_on_the_new_clock() -> None:
    start = datetime(2027, 3, 14, 1, 45, tzinfo=WASHINGTON)  # at 2:00 it becomes 3:00
    assert hours_words([start], 30, "America/New_York").startswith("- Sunday 14 March, 01:45 to 03:15")
    meeting = Meeting(start=start, end=datetime(2027, 3, 14, 3, 15, tzinfo=WASHINGTON), fixed=True)
    assert meeting_facts(meeting, None, "America/New_York")["meeting.minutes"] == "30"


def test_a_meeting_is_said_in_the_zone_of_the_reader() -> None:
    start = datetime(2027, 3, 8, 23, 0, tzinfo=WASHINGTON)
    meeting = Meeting(start=start, end=start + timedelta(minutes=45), fixed=True, call=True)
    assert meeting_facts(meeting, None, "Europe/Berlin") == {
        "meeting.day": "Tuesday 9 March",
        "meeting.time": "05:00",
        "meeting.zone": "Berlin time",
        "meeting.minutes": "45",
        "meeting.place": "",
        "meeting.call": "yes",
    }


@pytest.mark.parametrize(
    ("zone", "words"),
    [("America/New_York", "New York time"), ("UTC", "UTC"), ("Etc/GMT+5", "Etc/GMT+5")],
)
def test_a_zone_is_said_by_its_city(zone: str, words: str) -> None:
    assert zone_words(zone) == words


def test_a_contact_lives_by_their_own_zone_else_by_that_of_the_trip() -> None:
    trip = Trip(id="t", name="T", city="W", timezone="America/New_York", days=(TripDay(date=date(2027, 3, 8)),))
    assert reader_zone(Contact(id="a", name="Ada", timezone="Europe/Berlin"), trip) == "Europe/Berlin"
    assert reader_zone(Contact(id="a", name="Ada"), trip) == "America/New_York"
    assert reader_zone(Contact(id="a", name="Ada"), None) == "UTC"


def test_who_i_am_ends_in_no_full_stop_of_its_own() -> None:
    facts = profile_facts(Profile(name="Sam Sample", who=" a student.", wants="bus lines. "))
    assert (facts["me.first_name"], facts["me.who"], facts["me.wants"]) == ("Sam", "a student", "bus lines")


@given(contacts(), trips())
def test_any_contact_and_any_trip_give_facts_of_known_blanks_on_one_line(contact: Contact, trip: Trip) -> None:
    start = datetime(2027, 3, 8, 12, tzinfo=UTC)
    meeting = Meeting(start=start, end=start + timedelta(minutes=30), fixed=True)
    facts = {
        **contact_facts(contact),
        **trip_facts(trip),
        **meeting_facts(meeting, contact.place, reader_zone(contact, trip)),
    }
    assert all(blank(name) and "\n" not in text for name, text in facts.items())
    assert facts["contact.first_name"]
