"""What a calendar shows of each meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from calendar_builders import ADA, NEW_YORK, agenda, entry, meeting

from iiplan.calendars import calendar_entries, meeting_uid
from iiplan.errors import InputError
from iiplan.model import Block, BlockKind, Coordinates

TEN = datetime(2027, 3, 16, 10, 0, tzinfo=NEW_YORK)
MINUTE = timedelta(minutes=1)
MAP = "https://www.openstreetmap.org/?mlat=38.902500&mlon=-77.028900#map=17/38.902500/-77.028900"
BRING = "Bring: resumes, cards, pen and paper, your wallet (offer to pay for the coffee)."


def only(block: Block, contacts=None, timezone: str = "America/New_York"):
    (found,) = calendar_entries(agenda(block, timezone=timezone), {"ada": ADA} if contacts is None else contacts)
    return found


def test_a_meeting_keeps_its_uid_for_ever():
    # A value once handed out: if this changes, every calendar shows each meeting twice.
    assert meeting_uid("washington-2027", "ada") == "bd2064d6-bbb1-5913-b4f2-fd877260d7c6@iiplan"


def test_the_uid_depends_on_trip_and_contact_and_nothing_runs_together():
    pairs = [("a", "b"), ("b", "a"), ("ab", ""), ("", "ab"), ('a","b', ""), ("a", ',"b')]
    assert len({meeting_uid(*pair) for pair in pairs}) == len(pairs)


def test_the_uid_stays_when_hour_place_and_name_change():
    moved = only(
        meeting(TEN + timedelta(days=1), place=None, fixed=False), {"ada": replace(ADA, name="Ada Other", role="")}
    )
    assert moved.uid == only(meeting(TEN)).uid


def test_only_meetings_become_entries_in_order_of_start():
    late, early = meeting(TEN + timedelta(days=1), contact_id="late"), meeting(TEN, contact_id="early")
    lunch = Block(kind=BlockKind.LUNCH, start=TEN, end=TEN + 45 * MINUTE, title="Lunch")
    found = calendar_entries(agenda(late, lunch, early), {})
    assert [each.contact_id for each in found] == ["early", "late"]


def test_an_entry_tells_all_one_needs_in_the_street():
    # 09:35 is 25 minutes before the start, of which 15 are the way.
    found = only(meeting(TEN, leave_by=TEN - 25 * MINUTE, travel_minutes=15))
    assert found.summary == "Ada Example (Engines Ltd)"
    assert found.location == "Engine House, 12 K St NW"
    assert found.coordinates == Coordinates(latitude=38.9025, longitude=-77.0289)
    assert found.description == (
        "Ada Example\nDirector, Engines Ltd\n\n"
        "Meeting in person, 30 minutes, 10:00 to 10:30 (America/New_York)\nWhere: Engine House, 12 K St NW\n\n"
        "Phone: +1 202 555 0100\nE-mail: ada@example.org\n\n"
        f"Leave by 09:35 (America/New_York), 15 minutes on the way (an estimate).\nMap: {MAP}\n\n{BRING}"
    )


def test_the_alarm_rings_when_it_is_time_to_leave():
    found = only(meeting(TEN, leave_by=TEN - 25 * MINUTE, travel_minutes=15))
    assert found.alarm == 25 * MINUTE
    assert found.reminder == "Leave now for Ada Example: Engine House, 12 K St NW"


def test_a_call_rings_ten_minutes_before_and_names_the_number():
    found = only(meeting(TEN, place=None))
    assert (found.alarm, found.coordinates) == (10 * MINUTE, None)
    assert (found.summary, found.location) == ("Call: Ada Example (Engines Ltd)", "Call: +1 202 555 0100")
    assert found.reminder == "Soon: call with Ada Example"
    assert "Leave" not in found.description
    assert "Where" not in found.description


def test_a_call_without_a_number_is_just_a_call():
    assert only(meeting(TEN, place=None), {"ada": replace(ADA, phone="")}).location == "Call"


def test_where_one_is_already_there_the_entry_says_so_and_rings_ten_minutes_before():
    found = only(meeting(TEN))
    assert "\nYou are already there: no way to go.\n" in found.description
    assert (found.alarm, found.reminder) == (10 * MINUTE, "Soon: Ada Example")


def test_what_is_not_known_leaves_no_empty_line():
    bare = replace(ADA, role="", organisation="", email="", phone="")
    assert only(meeting(TEN), {"ada": bare}).description == (
        "Ada Example\n\n"
        "Meeting in person, 30 minutes, 10:00 to 10:30 (America/New_York)\nWhere: Engine House, 12 K St NW\n\n"
        f"You are already there: no way to go.\nMap: {MAP}\n\n{BRING}"
    )


def test_a_meeting_whose_contact_is_gone_goes_by_its_title():
    assert only(meeting(TEN, title="Ada\nExample"), {}).summary == "Ada Example"


def test_only_an_agreed_hour_is_agreed_and_a_proposal_says_so():
    agreed, proposed = only(meeting(TEN, fixed=True)), only(meeting(TEN, fixed=False))
    assert (agreed.agreed, proposed.agreed) == (True, False)
    assert "Not agreed yet" in proposed.description
    assert "Not agreed yet" not in agreed.description


def test_hours_given_in_another_zone_are_shown_in_the_trips():
    found = only(meeting(TEN.astimezone(UTC), leave_by=TEN.astimezone(ZoneInfo("Asia/Tokyo")) - 25 * MINUTE))
    assert found.start.isoformat() == "2027-03-16T10:00:00-04:00"
    assert "10:00 to 10:30 (America/New_York)" in found.description
    assert "Leave by 09:35 (America/New_York)" in found.description


def test_an_hour_that_clocks_skip_is_shown_as_the_hour_it_is():
    # On 14 March 2027 New York goes from 02:00 EST to 03:00 EDT: "02:30" by EST is 07:30 UTC, 03:30 on the new clock.
    found = only(meeting(datetime(2027, 3, 14, 2, 30, tzinfo=NEW_YORK)))
    assert found.start.isoformat() == "2027-03-14T03:30:00-04:00"
    assert "03:30 to 04:00" in found.description


def test_length_and_alarm_are_real_minutes_across_a_change_of_the_clocks():
    # Leave at 01:45 EST, start at 03:15 EDT, end at 03:45: half an hour of way (01:45 to 02:00, 03:00 to 03:15).
    start = datetime(2027, 3, 14, 3, 15, tzinfo=NEW_YORK)
    found = only(meeting(start, leave_by=datetime(2027, 3, 14, 1, 45, tzinfo=NEW_YORK)))
    assert (found.alarm, found.length) == (30 * MINUTE, 30 * MINUTE)
    # An hour that begins at 01:30 EDT ends at 01:30 EST: 60 minutes, though the clock shows the same.
    twice = only(meeting(datetime(2027, 11, 7, 1, 30, tzinfo=NEW_YORK), minutes=60))
    assert twice.length == 60 * MINUTE
    assert "60 minutes, 01:30 to 01:30" in twice.description


@pytest.mark.parametrize(
    "change",
    [
        {"start": TEN - MINUTE},
        {"end": TEN + 29 * MINUTE},
        {"summary": "Other"},
        {"location": "Other"},
        {"coordinates": Coordinates(latitude=1, longitude=2)},
        {"coordinates": None},
        {"description": "Other"},
        {"alarm": 26 * MINUTE},
        {"alarm": None},
        {"agreed": True},
        {"reminder": "Other"},
        {"start": TEN.astimezone(ZoneInfo("America/Bogota"))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_digest_changes_with_anything_that_is_shown(change):
    assert entry(**({"start": TEN} | change)).digest != entry(TEN).digest


def test_the_digest_of_the_same_meeting_is_the_same_each_time():
    assert only(meeting(TEN)).digest == only(meeting(TEN)).digest
    assert len(entry(TEN).digest) == 64


def test_a_meeting_that_ends_before_it_starts_is_refused():
    with pytest.raises(InputError, match=r"'Ada Example' on Tue 16 Mar 2027 would end at 10:00, not after its start"):
        entry(TEN, end=TEN)


def test_an_hour_without_a_zone_is_refused():
    with pytest.raises(InputError, match="has no time zone"):
        entry(TEN, end=datetime(2027, 3, 16, 11, 0))  # noqa: DTZ001


def test_a_meeting_with_nobody_is_refused():
    with pytest.raises(InputError, match="does not say with whom"):
        only(meeting(TEN, contact_id=None))


@pytest.mark.parametrize("name", ["Mars/Base", "../../etc/passwd", "/etc/passwd", "America", ""])
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(InputError, match="No time zone"):
        only(meeting(TEN), timezone=name)
