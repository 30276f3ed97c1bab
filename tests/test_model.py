"""The nouns refuse, when they are born, what they cannot be; each refusal by its sentence."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from iiplan.errors import InputError
from iiplan.model import (
    Agenda,
    AgendaDay,
    Block,
    BlockKind,
    Busy,
    Candidate,
    Contact,
    Coordinates,
    Lunch,
    Organisation,
    Place,
    Revision,
    SavedPlan,
    TimeWindow,
    Touch,
    TouchKind,
    Trip,
    TripDay,
)

MONDAY = date(2027, 3, 15)
NINE = datetime(2027, 3, 15, 9, tzinfo=UTC)
NAIVE = datetime(2027, 3, 15, 9)  # noqa: DTZ001
HERE = Coordinates(latitude=38.9, longitude=-77.03)
CONTACT = Contact(id="c1", name="Jane Doe")
ORGANISATION = Organisation(id="o1", name="Acme")
TOUCH = Touch(id="t1", contact_id="c1", kind=TouchKind.ASKED, at=NINE)
DAY = TripDay(date=MONDAY)
TRIP = Trip(id="w", name="Week", city="Washington", timezone="America/New_York", days=(DAY,))
CANDIDATE = Candidate(contact_id="c1", trip_id="w")
PLACE = Place(at=HERE)
BUSY = Busy(start=time(9), end=time(10))
LUNCH = Lunch()
WINDOW = TimeWindow(start=NINE, end=NINE + timedelta(hours=1))


@pytest.mark.parametrize(
    ("noun", "change", "sentence"),
    [
        (HERE, {"latitude": 90.5}, r"The latitude is 90.5 degrees. It must be from -90 to 90 degrees."),
        (HERE, {"latitude": float("nan")}, r"The latitude is nan degrees."),
        (HERE, {"longitude": -181}, r"The longitude is -181 degrees. It must be from -180 to 180 degrees."),
        (HERE, {"latitude": 0, "longitude": 0}, r"The point 0, 0 lies in the open sea. Paste the place's own"),
        (PLACE, {"name": "x" * 201}, r"The place's name has 201 characters. Shorten it to 200 or fewer."),
        (PLACE, {"address": "x" * 401}, r"The place's address has 401 characters. Shorten it to 400 or fewer."),
        (
            PLACE,
            {"name": "a\x00b"},
            r"The place's name contains a character that cannot be shown. Type it again",
        ),
        (ORGANISATION, {"name": " "}, r"The organisation's name is empty. Type at least one character."),
        (ORGANISATION, {"website": "acme"}, r"The website of Acme \('acme'\) is not a web address. .* https://"),
        (ORGANISATION, {"notes": "x" * 20_001}, r"The notes on Acme has 20001 characters. Shorten it to 20000"),
        (CONTACT, {"name": ""}, r"The name is empty. Type at least one character."),
        (CONTACT, {"name": "x" * 201}, r"The name has 201 characters. Shorten it to 200 or fewer."),
        (CONTACT, {"role": "x" * 201}, r"The role of Jane Doe has 201 characters."),
        (CONTACT, {"organisation": "\x07"}, r"The organisation of Jane Doe contains a character that cannot be shown."),
        (
            CONTACT,
            {"role": "half \ud83d"},
            r"The role of Jane Doe contains a character that cannot be shown.",
        ),
        (CONTACT, {"city": "x" * 201}, r"The city of Jane Doe has 201 characters."),
        (CONTACT, {"phone": "1" * 61}, r"The phone number of Jane Doe has 61 characters. Shorten it to 60"),
        (CONTACT, {"notes": "x" * 20_001}, r"The notes on Jane Doe has 20001 characters."),
        (CONTACT, {"email": "jane"}, r"'jane' is not an e-mail address. It should read like jo@example.org."),
        (CONTACT, {"email": "jane@home"}, r"'jane@home' is not an e-mail address."),
        (CONTACT, {"email": "@example.org"}, r"'@example.org' is not an e-mail address."),
        (CONTACT, {"email": "a b@example.org"}, r"'a b@example.org' is not an e-mail address."),
        (CONTACT, {"email": "<a@example.org>"}, r"'<a@example.org>' is not an e-mail address."),
        (CONTACT, {"email": "a" * 250 + "@x.org"}, r"The e-mail address of Jane Doe has 256 characters."),
        (CONTACT, {"profile_url": "javascript:alert(1)"}, r"The profile link of Jane Doe .* is not a web address."),
        (CONTACT, {"profile_url": "https://"}, r"The profile link of Jane Doe .* It should start with https://."),
        (CONTACT, {"profile_url": "https://[::1"}, r"is not a web address"),
        (CONTACT, {"profile_url": "https://x.org/a b"}, r"is not a web address"),
        (CONTACT, {"referred_by": "c1"}, r"Jane Doe cannot have been referred by themselves. Choose somebody else"),
        (TOUCH, {"at": NAIVE}, r"The time of the touch \(2027-03-15T09:00:00\) has no time zone. Give it one."),
        (TOUCH, {"timezone": "Europe/Berln"}, r"No time zone 'Europe/Berln'. Did you mean Europe/Berlin"),
        (TOUCH, {"timezone": "new york"}, r"No time zone 'new york'. "),
        (TOUCH, {"timezone": "zzz"}, r"No time zone 'zzz'. Use an IANA name such as America/New_York"),
        (TOUCH, {"timezone": "../etc/passwd"}, r"No time zone"),
        (TOUCH, {"note": "x" * 20_001}, r"The note has 20001 characters."),
        (TOUCH, {"kind": TouchKind.VOID}, r"A void touch names the touch it takes back, and no other kind does."),
        (TOUCH, {"voids": "t0"}, r"A void touch names the touch it takes back, and no other kind does."),
        (WINDOW, {"start": NAIVE}, r"The start of the hours .* has no time zone."),
        (WINDOW, {"end": NAIVE}, r"The end of the hours .* has no time zone."),
        (WINDOW, {"end": NINE}, r"The hours Mon 15 Mar 09:00 to 09:00 end before they start. Swap the two."),
        (BUSY, {"end": time(9), "title": "Dentist"}, r"The appointment Dentist ends at 09:00, not after its start"),
        (BUSY, {"end": time(8)}, r"The appointment without a title ends at 08:00"),
        (BUSY, {"title": "x" * 201}, r"The appointment's title has 201 characters."),
        (LUNCH, {"minutes": 4}, r"The lunch is 4 minutes. It must be from 5 to 240 minutes."),
        (LUNCH, {"latest": time(12)}, r"A lunch of 45 minutes does not fit between 11:30 and 12:00. Widen the hours"),
        (DAY, {"end": time(8, 30)}, r"Mon 15 Mar 2027 ends at 08:30, not after its start at 08:30. Swap the two."),
        (DAY, {"max_meetings": 7}, r"The most meetings on Mon 15 Mar 2027 is 7. It must be from 1 to 6."),
        (DAY, {"max_meetings": 0}, r"The most meetings on Mon 15 Mar 2027 is 0."),
        (DAY, {"min_meetings": 5}, r"The fewest meetings on Mon 15 Mar 2027 is 5. It must be from 0 to 4."),
        (TRIP, {"name": ""}, r"The trip's name is empty."),
        (TRIP, {"city": " "}, r"The trip's city is empty."),
        (TRIP, {"timezone": "Mars"}, r"No time zone 'Mars'."),
        (TRIP, {"days": ()}, r"The trip Week has no days. Choose its first and last day."),
        (TRIP, {"days": (DAY, DAY)}, r"The days of Week must follow one another without gaps; mark free ones as off."),
        (TRIP, {"grid_minutes": 7}, r"Meetings cannot start every 7 minutes. Choose 5, 10, 15, 20, 30 or 60."),
        (CANDIDATE, {"duration": 4}, r"The length of the meeting is 4 minutes. It must be from 5 to 480 minutes."),
        (CANDIDATE, {"value": 11}, r"The value is 11 stars. It must be from 1 to 10 stars."),
        (CANDIDATE, {"seat": "x" * 201}, r"The seat has 201 characters."),
        (CANDIDATE, {"arrive_early": -1}, r"Being early is -1 minutes. It must be from 0 to 240 minutes."),
        (CANDIDATE, {"debrief": 241}, r"The time for notes is 241 minutes. It must be from 0 to 240 minutes."),
        (CANDIDATE, {"fixed_start": NAIVE}, r"The agreed start .* has no time zone."),
    ],
)
def test_a_noun_refuses_at_birth_what_it_cannot_be(noun: Any, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        replace(noun, **change)


def test_a_trip_of_a_month_is_born_and_a_longer_one_is_not() -> None:
    days = tuple(TripDay(date=MONDAY + timedelta(days=number)) for number in range(32))
    assert replace(TRIP, days=days[:31]).last_day == date(2027, 4, 14)  # 15 March + 30 days
    with pytest.raises(InputError, match=r"The number of days of Week is 32 days. It must be from 1 to 31 days."):
        replace(TRIP, days=days)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sequence": -1}, r"The revision is -1. It must be from 0 to"),
        ({"modified": NAIVE}, r"The time of the revision .* has no time zone."),
        ({"modified": NINE.replace(microsecond=1)}, r"A revision's time is kept in whole seconds."),
    ],
)
def test_a_revision_refuses_what_a_calendar_cannot_hold(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        replace(Revision(sequence=0, modified=NINE), **change)


def test_a_saved_plan_knows_the_instant_it_was_made() -> None:
    with pytest.raises(InputError, match=r"The time of planning .* has no time zone."):
        SavedPlan(trip_id="w", planned_at=NAIVE, fingerprint="f", document="{}")


@pytest.mark.parametrize(
    "noun", [HERE, PLACE, CONTACT, TOUCH, WINDOW, DAY, TRIP, CANDIDATE], ids=lambda noun: type(noun).__name__
)
def test_nouns_never_change_once_they_are_born(noun: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        noun.id = "other"


def test_what_lies_on_a_bound_is_accepted() -> None:
    assert Coordinates(latitude=-90, longitude=180).as_pair == (-90, 180)
    assert (
        replace(CONTACT, name="x" * 200, email="jo@example.org", profile_url="https://example.org/jo").name == "x" * 200
    )
    assert replace(CONTACT, notes="one\n\ttwo").notes == "one\n\ttwo"
    assert replace(DAY, min_meetings=4, max_meetings=4).min_meetings == 4
    assert replace(LUNCH, latest=time(12, 15)).minutes == 45  # 11:30 and 45 minutes is 12:15
    assert replace(CANDIDATE, arrive_early=0, debrief=240, fixed_start=NINE).debrief == 240


def test_a_place_is_labelled_by_its_name_and_address_or_else_its_coordinates() -> None:
    assert PLACE.label == "38.90000, -77.03000"
    assert replace(PLACE, name=" Inn ", address="1 Elm St\nTown").label == "Inn, 1 Elm St Town"


def test_a_trip_knows_its_zone_and_its_ends() -> None:
    assert (TRIP.zone.key, TRIP.first_day, TRIP.last_day) == ("America/New_York", MONDAY, MONDAY)


def test_an_agenda_lists_its_meetings_in_order() -> None:
    def block(kind: BlockKind, hour: int) -> Block:
        start = NINE.replace(hour=hour)
        return Block(kind=kind, start=start, end=start + timedelta(minutes=45), title=f"at {hour}")

    first = AgendaDay(
        date=MONDAY, opens=NINE, closes=NINE, blocks=(block(BlockKind.TRAVEL, 9), block(BlockKind.MEETING, 10))
    )
    second = AgendaDay(date=MONDAY, opens=NINE, closes=NINE, blocks=(block(BlockKind.MEETING, 11),))
    agenda = Agenda(trip_id="w", timezone="UTC", days=(first, second))
    assert [meeting.title for meeting in agenda.meetings] == ["at 10", "at 11"]
    assert first.blocks[0].minutes == 45
