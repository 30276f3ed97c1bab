"""Files made to hurt: each is read with work in proportion to its size, counted in calls and never by the clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest

from iiplan.calendars import BusyTimes, read_busy
from iiplan.calendars.busy import MOST_APPOINTMENTS

LENGTH = "DURATION:PT1H"
START = "DTSTART:20270315T100000"


def read(data: bytes, **limits: int) -> BusyTimes:
    return read_busy(
        [("home.ics", data)], start=date(2027, 3, 15), end=date(2027, 3, 20), timezone="America/New_York", **limits
    )


def calls(data: bytes) -> int:
    """How many functions, of Python or of C, are called to read it."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(data)
    finally:
        sys.setprofile(before)
    return count


def event(name: str, *lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{name}@example.org", f"SUMMARY:{name}", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> bytes:
    return "".join(["BEGIN:VCALENDAR\r\n", *events, "END:VCALENDAR\r\n"]).encode()


def moments(number: int) -> list[str]:
    """Different seconds of four days in March 2027."""
    steps = (divmod(n, 86_400) for n in range(number))
    return [f"202703{16 + day}T{s // 3600:02}{s // 60 % 60:02}{s % 60:02}" for day, s in steps]


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "a title without end": lambda n: calendar(event("x" * 50 * n, START, LENGTH)),
    "a line of nothing but folds": lambda n: calendar(event("x", "SUMMARY:x" + "\r\n x" * 10 * n, START, LENGTH)),
    "components in components": lambda n: b"BEGIN:VEVENT\r\n" + b"BEGIN:VALARM\r\n" * n + b"END:VALARM\r\n" * n,
    "events in events": lambda n: b"BEGIN:VEVENT\r\n" * n,
    "calendars in calendars": lambda n: b"BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Nowhere\r\n" * n,
    "many appointments": lambda n: calendar(*(event(str(one), START, LENGTH) for one in range(n))),
    "one exception over and over": lambda n: calendar(
        event("x", START, LENGTH, "RRULE:FREQ=DAILY", "EXDATE:" + ",".join(["20270316T100000"] * n))
    ),
    "a further time each second": lambda n: calendar(event("x", START, LENGTH, "RDATE:" + ",".join(moments(n)))),
    "a busy time each second": lambda n: (
        "BEGIN:VFREEBUSY\r\nFREEBUSY:" + ",".join(f"{one}Z/PT1H" for one in moments(n)) + "\r\nEND:VFREEBUSY\r\n"
    ).encode(),
    "changes to a series that change all to come": lambda n: calendar(
        event("x", "DTSTART:20200101T100000", LENGTH, "RRULE:FREQ=DAILY"),
        *(
            event("x", f"RECURRENCE-ID;RANGE=THISANDFUTURE:{one}", "DTSTART:20270316T110000", LENGTH)
            for one in moments(n)
        ),
    ),
    "many series under one name": lambda n: calendar(*[event("x", START, LENGTH, "RRULE:FREQ=DAILY")] * n),
    "parameters without end": lambda n: calendar(event("x", "DTSTART" + ";X=1" * 10 * n + ":20270315T100000", LENGTH)),
    "quotation marks without end": lambda n: calendar(event("x", 'DTSTART;X="' + '"' * 50 * n, LENGTH)),
    "zones that nobody knows": lambda n: calendar(
        *(event("x", f"DTSTART;TZID=Zone {one}:20270315T100000", LENGTH) for one in range(n))
    ),
    "halves of characters": lambda n: b"\xff\xfe" + b"\xd8\x00\xdc" * 20 * n,
    "bytes of no encoding": lambda n: calendar() + b"\x81\x8d\xff\xfe\xc3\x28\n" * 10 * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_file_is_no_more_than_about_twice_the_work(kind: str) -> None:
    make = HOSTILE[kind]
    read(make(2))  # what is worked out once and kept does not count
    once, twice = calls(make(300)), calls(make(600))
    assert twice < 2.3 * once + 200, (once, twice)
    assert once < 300 * 1_000


def test_ten_megabytes_of_components_in_components_cost_a_few_calls_a_line_and_are_warned_about() -> None:
    lines = 10_000_000 // len(b"BEGIN:VALARM\r\n")
    data = b"BEGIN:VEVENT\r\nSUMMARY:Deep\r\n" + b"BEGIN:VALARM\r\n" * lines
    assert calls(data) < 20 * lines
    assert read(data).warnings == ("home.ics: “Deep” is left out: it has no start.",)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY;COUNT=1000000",  # from 1900 to 2014
        "FREQ=YEARLY;COUNT=999;BYDAY=MO;BYHOUR=0,6,12,18;BYMINUTE=0,30;BYSETPOS=366",
    ],
)
def test_a_series_of_a_million_times_is_given_up_once_the_work_is_spent_and_named(rule: str) -> None:
    hostile = event("Million", "DTSTART:19000101T100000", LENGTH, f"RRULE:{rule}")
    times = read(calendar(hostile, event("Good", START, LENGTH)), most_work=50_000)
    assert [one.title for one in times.events] == ["Good"]
    (warning,) = times.warnings
    assert "“Million” (01 Jan 1900 10:00): it repeats so often that this cannot be worked out" in warning


@pytest.mark.parametrize("kind", ["a further time each second", "a busy time each second"])
def test_appointments_beyond_the_most_of_a_file_are_left_out_with_a_warning(kind: str) -> None:
    times = read(HOSTILE[kind](MOST_APPOINTMENTS + 5))
    assert len(times.events) == MOST_APPOINTMENTS
    assert times.warnings == (
        "home.ics: More than 20,000 appointments lie in these days; those after them are left out.",
    )


def test_busy_times_without_a_calendar_around_them_are_read_without_a_word() -> None:
    times = read(HOSTILE["a busy time each second"](3))
    assert len(times.events) == 3
    assert times.warnings == ()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe" + b"\x00\xd8" * 1000, "There is no calendar in this file."),
        (b"\x00\x00\xfe\xff" + b"\x00\x11\x00\x00" * 999, "There is no calendar in this file."),
        (b"\x00" * 1000, "The file is empty."),
        (b"\x81\x8d\x8f\x90\x9d" * 1000, "There is no calendar in this file."),
    ],
)
def test_bytes_of_a_bad_encoding_are_said_to_be_no_calendar(data: bytes, why: str) -> None:
    assert why in read(data).warnings[0]
