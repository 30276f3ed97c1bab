"""Our own meetings in a file that a calendar app gives back."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from calendar_builders import NEW_YORK, edition, entry
from hypothesis import given, settings
from hypothesis import strategies as st

from iiplan.calendars import EntryKind, Proposal, ReadBack, calendar_file, called_off, editions, read_back
from iiplan.calendars.editions import as_handed_out
from iiplan.errors import InputError

TEN = datetime(2027, 3, 16, 10, 0, tzinfo=NEW_YORK)
NOW = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONE = "America/New_York"
ADA, BO = entry(TEN, uid="ada@iiplan"), entry(TEN + HOUR, uid="bo@iiplan", contact_id="bo", summary="Bo Example")
WEEK = (edition(ADA), edition(BO))


def given_back(*lines: str, after: str = "") -> bytes:
    """A file with one event of Ada's, of these lines."""
    event = ["BEGIN:VEVENT", "UID:ada@iiplan", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, after, "END:VCALENDAR", ""]).encode()


def read(content: bytes, week=WEEK) -> ReadBack:
    return read_back(content, week, ZONE)


def found(content: bytes, week=WEEK) -> list[tuple[str, str, datetime]]:
    return [(one.kind.value, one.entry.uid, one.start) for one in read(content, week).proposals]


def test_the_file_as_it_was_handed_out_proposes_nothing():
    assert read(calendar_file(WEEK, timezone=ZONE, name="Week")) == ReadBack(proposals=(), notes=(), found=2)


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART;TZID=America/New_York:20270316T140000",
        "DTSTART:20270316T180000Z",
        "DTSTART;TZID=Europe/Berlin:20270316T190000",  # Berlin changes its clocks two weeks later: 5 hours apart
        "DTSTART;TZID=Eastern Standard Time:20270316T140000",
        "DTSTART:20270316T140000",  # floating: the trip's own clocks
        "DTSTART;TZID=America/New_York:20270316T14\r\n 0017",  # folded, and with seconds
    ],
)
def test_a_meeting_moved_there_is_proposed_at_its_new_hour(start):
    assert found(given_back(start)) == [("moved", "ada@iiplan", TEN + 4 * HOUR)]


def test_a_zone_of_the_files_own_is_understood():
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:My Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:-0400\r\n"
        "TZOFFSETTO:-0400\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    assert found(given_back("DTSTART;TZID=My Office:20270316T140000", after=zone)) == [
        ("moved", "ada@iiplan", TEN + 4 * HOUR)
    ]


def test_a_meeting_cancelled_there_is_proposed_as_cancelled():
    assert found(given_back("STATUS:CANCELLED")) == [("cancelled", "ada@iiplan", TEN)]


def test_what_is_off_in_the_plan_is_proposed_no_more():
    week = (edition(called_off(ADA)),)
    assert found(given_back("STATUS:CANCELLED"), week) == []
    assert found(given_back("DTSTART:20270316T180000Z"), week) == []


def test_a_calendar_that_has_the_hour_handed_out_last_moved_nothing():
    # Handed out at ten; since then the plan says noon.
    (first,) = editions([ADA], [], NOW)
    (second,) = editions([entry(TEN + 2 * HOUR, uid="ada@iiplan")], [as_handed_out(first, None)], NOW)
    assert found(given_back("DTSTART:20270316T140000Z"), (second,)) == []  # ten
    assert found(given_back("DTSTART:20270316T160000Z"), (second,)) == []  # noon
    assert found(given_back("DTSTART:20270316T170000Z"), (second,)) == [("moved", "ada@iiplan", TEN + 3 * HOUR)]


def test_a_calendar_that_still_has_it_cancelled_by_us_cancelled_nothing():
    (off,) = editions([], [as_handed_out(editions([ADA], [], NOW)[0], None)], NOW)
    (back,) = editions([ADA], [as_handed_out(off, off.before)], NOW)
    assert found(given_back("STATUS:CANCELLED"), (back,)) == []


def test_of_two_events_with_one_uid_the_newest_counts():
    newer = "BEGIN:VEVENT\r\nUID:ada@iiplan\r\nSEQUENCE:2\r\nDTSTART:20270316T180000Z\r\nEND:VEVENT"
    older = ("SEQUENCE:1", "DTSTART:20270316T200000Z")
    assert found(given_back(*older, after=newer)) == [("moved", "ada@iiplan", TEN + 4 * HOUR)]


def test_events_of_others_and_everything_but_meetings_are_passed_over():
    week = (edition(ADA), edition(entry(TEN, uid="way@iiplan", kind=EntryKind.WAY)))
    others = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:way@iiplan\r\n"
    assert read(others + b"DTSTART:20270316T180000Z\r\nEND:VEVENT\r\nEND:VCALENDAR", week).found == 0


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (["DTSTART;VALUE=DATE:20270316"], "Ada Example: it is an all-day event there. Give it an hour."),
        (["DTSTART;TZID=Moon/Base:20270316T140000"], "Ada Example: its time zone there is not known."),
        (["DTSTART:tomorrow"], "Ada Example: what the file says about it cannot be read."),
        ([], "Ada Example: what the file says about it cannot be read."),
        (["DTSTART:20270316T180000Z", "DTSTART:20270316T190000Z"], "Ada Example: what the file says about it"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_others_are_read(lines, note):
    other = "BEGIN:VEVENT\r\nUID:bo@iiplan\r\nSTATUS:CANCELLED\r\nEND:VEVENT"
    answer = read(given_back(*lines, after=other))
    assert [one.startswith(note) for one in answer.notes] == [True]
    assert [one.entry.uid for one in answer.proposals] == ["bo@iiplan"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read(encoding):
    content = given_back("SUMMARY:Zoë", "DTSTART:20270316T180000Z").decode().encode(encoding)
    assert len(found(content)) == 1


def test_a_file_that_is_no_calendar_or_too_large_is_refused():
    with pytest.raises(InputError, match=r"no calendar file. Export"):
        read(b"\x89PNG\r\n")
    with pytest.raises(InputError, match=r"larger than 10 MB"):
        read(b"x" * 10_000_001)


@pytest.mark.parametrize(
    "content",
    [
        given_back(*["X-A:1"] * 900_000),
        given_back(after="BEGIN:VEVENT\r\nUID:ada@iiplan\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n" * 150_000),
        given_back("DESCRIPTION:" + "x" * 9_000_000),
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 700_000,
        given_back("DTSTART;TZID=Z:20270316T140000", after="BEGIN:VTIMEZONE\r\nTZID:Z\r\n" + "X:1\r\n" * 900_000),
    ],
    ids=["an endless event", "countless twins", "a long line", "nesting", "an endless time zone"],
)
def test_a_file_made_to_be_slow_is_read_with_notes_at_most(content):
    assert read(content).proposals == ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200), st.sampled_from([b"", b"UID:ada@iiplan\r\n"]))
def test_no_content_raises_anything_but_our_own_error(before, inside, uid):
    with suppress(InputError):
        read(
            b"BEGIN:VCALENDAR\r\n"
            + before
            + b"\r\nBEGIN:VEVENT\r\n"
            + uid
            + inside
            + b"\r\nEND:VEVENT\r\nEND:VCALENDAR"
        )


@settings(max_examples=60, deadline=None)
@given(st.integers(-5000, 5000))
def test_any_hour_that_a_calendar_writes_comes_back_as_it_is(minutes):
    moved = entry((TEN.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(NEW_YORK), uid="ada@iiplan")
    (proposal,) = read(calendar_file([edition(moved)], timezone=ZONE, name=None)).proposals or (None,)
    assert isinstance(proposal, Proposal) == (minutes != 0)
    assert proposal is None or proposal.start == moved.start
