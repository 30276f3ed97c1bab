"""Whatever is in a file: nothing is raised, nothing vanishes, and series are what another library makes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from iiplan.calendars import BusyTimes, read_busy
from iiplan.calendars.busy_text import MOST_BYTES, MOST_EVENTS
from iiplan.errors import InputError

CORPUS = sorted((Path(__file__).resolve().parents[1] / "corpus" / "ics").glob("*.ics"))
FILES = [path.read_bytes() for path in CORPUS]
MONDAY, SATURDAY = date(2027, 3, 15), date(2027, 3, 20)
NEW_YORK = ZoneInfo("America/New_York")
GOOD = (
    "BEGIN:VEVENT\r\nUID:{name}@example.org\r\nSUMMARY:{name}\r\nDTSTART:20270315T100000\r\n"
    "DTEND:20270315T110000\r\nEND:VEVENT\r\n"
)


def read(*files: bytes, start: date = MONDAY, end: date = SATURDAY) -> BusyTimes:
    return read_busy([("home.ics", data) for data in files], start=start, end=end, timezone="America/New_York")


def calendar(*events: str) -> bytes:
    return "".join(["BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", *events, "END:VCALENDAR\r\n"]).encode("utf-8", "replace")


def event(title: str, *lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{title}@example.org", f"SUMMARY:{title}", *lines, "END:VEVENT", ""])


def assert_sound(times: BusyTimes) -> None:
    first, last = (datetime.combine(day, datetime.min.time(), NEW_YORK) for day in (MONDAY, SATURDAY))
    for one in times.events:
        assert one.start.tzinfo == one.end.tzinfo == NEW_YORK
        assert one.start.astimezone(UTC) < one.end.astimezone(UTC)
        assert one.start < last
        assert first < one.end
        assert one.title
    starts = [one.start.astimezone(UTC) for one in times.events]
    assert starts == sorted(starts)
    assert all(text.startswith("home.ics: ") for text in times.warnings)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of the corpus, cut, overwritten, repeated in part, or run into another one."""
    data = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(["cut", "overwrite", "insert", "repeat", "other", "digit"]))
        if kind == "cut":
            del data[place : place + size]
        elif kind == "overwrite":
            data[place : place + size] = draw(st.binary(max_size=size))
        elif kind == "insert":
            data[place:place] = draw(
                st.sampled_from([b"\r\n", b":", b";", b'"', b"\n ", b"\\", b",", b"BEGIN:VEVENT\n"])
            )
        elif kind == "repeat":
            data[place:place] = data[max(0, place - size * 8) : place]
        elif kind == "other":
            data[place:place] = draw(st.sampled_from(FILES))[size : size * 12]
        elif place < len(data) and chr(data[place]).isdigit():
            data[place] = ord(draw(st.sampled_from("0123456789")))
    return bytes(data)


@given(damaged())
@settings(max_examples=300)
def test_no_damage_to_a_file_raises_or_yields_an_unsound_appointment(data: bytes) -> None:
    assert_sound(read(data))


@given(st.binary(max_size=400))
def test_bytes_that_are_no_calendar_are_said_to_be_none(data: bytes) -> None:
    times = read(data)
    assert times.events == ()
    assert times.warnings


@given(st.lists(st.sampled_from(FILES), max_size=4))
@settings(max_examples=30)
def test_files_are_read_each_for_itself(files: list[bytes]) -> None:
    together = {(one.start, one.end, one.title) for one in read(*files).events}
    assert together == {(one.start, one.end, one.title) for data in files for one in read(data).events}


@given(st.lists(st.text(max_size=60), max_size=6))
def test_a_spoilt_event_takes_none_of_its_neighbours_with_it(lines: list[str]) -> None:
    inside = [line.replace("\r", " ").replace("\n", " ") for line in lines]
    inside = [line for line in inside if not line.strip().upper().startswith(("BEGIN", "END"))]
    times = read(calendar(GOOD.format(name="First"), event("Spoilt", *inside), GOOD.format(name="Last")))
    assert {"First", "Last"} <= {one.title for one in times.events}


@given(st.text("0123456789TZ:-+ ", max_size=20))
def test_an_event_is_taken_or_lies_elsewhere_or_is_named_in_a_warning(start: str) -> None:
    times = read(
        calendar(event("Wanted", f"DTSTART:{start}", "DURATION:PT1H")), start=date(1900, 1, 1), end=date(2200, 1, 1)
    )
    digits = "".join(letter for letter in start if letter.isdigit())
    elsewhere = digits[:4] <= "1900" or digits[:4] >= "2199"
    assert times.events or any("“Wanted”" in text for text in times.warnings) or elsewhere


@st.composite
def series(draw: st.DrawFn) -> bytes:
    """A repeated event from May 2027 with exceptions, further times and changed times, all of sound shape."""
    zone = draw(st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", None]))
    start = datetime(2027, 5, draw(st.integers(1, 28)), draw(st.integers(0, 23)))  # noqa: DTZ001 (wall time)
    length = timedelta(minutes=draw(st.integers(1, 40 * 60)))
    if zone is None:
        start, length = start.replace(hour=0), timedelta(days=draw(st.integers(1, 3)))

    def written(name: str, moment: datetime) -> str:
        if zone is None:
            return f"{name};VALUE=DATE:{moment:%Y%m%d}"
        return f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"

    days = draw(st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR"]), min_size=1, unique=True))
    rule = draw(
        st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=25", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2TU,-1FR"])
        | st.just(f"FREQ=WEEKLY;BYDAY={','.join(days)}")
    )
    steps = st.integers(1, 60).map(lambda number: start + number * timedelta(days=1))
    lines = [written("DTSTART", start), written("DTEND", start + length), f"RRULE:{rule}"]
    lines += [written("EXDATE", one) for one in draw(st.lists(steps, max_size=3))]
    lines += [written("RDATE", one) for one in draw(st.lists(steps, max_size=2))]
    events = [event("Core", *lines)]
    hours = st.integers(-30, 30).map(lambda number: timedelta(hours=number) if zone else timedelta(days=number // 10))
    for number, replaced in enumerate(draw(st.lists(steps, max_size=3, unique=True))):
        moved = replaced + draw(hours)
        span = draw(st.integers(1, 5)) * (timedelta(hours=1) if zone else timedelta(days=1))
        onwards = ";RANGE=THISANDFUTURE" if number == 0 and draw(st.booleans()) else ""
        recurrence = written("RECURRENCE-ID", replaced).replace("RECURRENCE-ID", f"RECURRENCE-ID{onwards}", 1)
        lines = [written("DTSTART", moved), written("DTEND", moved + span), recurrence]
        events.append(event("Core", *lines).replace("SUMMARY:Core", f"SUMMARY:Changed {number}"))
    return calendar(*events)


@given(series())
@settings(max_examples=150)
def test_a_series_falls_where_another_library_puts_it(data: bytes) -> None:
    start, end = date(2027, 6, 7), date(2027, 6, 21)
    expected = set()
    for one in recurring_ical_events.of(Calendar.from_ical(data)).between(*(midnight(day) for day in (start, end))):
        begin, stop = (as_instant(one[name].dt) for name in ("DTSTART", "DTEND"))
        expected.add((begin, stop, str(one["SUMMARY"])))
    times = read(data, start=start, end=end)
    assert {(one.start.astimezone(UTC), one.end.astimezone(UTC), one.title) for one in times.events} == expected
    assert times.warnings == ()


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=NEW_YORK)


def as_instant(moment: date) -> datetime:
    return (moment if isinstance(moment, datetime) else midnight(moment)).astimezone(UTC)


def test_a_file_that_is_too_large_is_refused_with_the_cure() -> None:
    times = read(b"x" * (MOST_BYTES + 1))
    assert times.warnings == (
        "home.ics: The file is larger than 25 MB, which is the most. "
        "Export a shorter stretch of time, or one calendar at a time.",
    )


def test_events_beyond_the_most_are_said_not_to_have_been_read() -> None:
    times = read(b"BEGIN:VEVENT\n" * (MOST_EVENTS + 1))
    assert any("more than 100,000 events" in text for text in times.warnings)


def test_the_same_warning_is_said_once_and_counted() -> None:
    times = read(calendar(*["BEGIN:VEVENT\r\nEND:VEVENT\r\n"] * 3))
    assert times.warnings == ("home.ics: An event without a title is left out: it has no start. (3 times)",)


def test_counted_rules_that_never_come_true_are_named_once_the_work_is_spent_and_others_are_still_read() -> None:
    rule = "RRULE:FREQ=DAILY;COUNT=9;BYDAY=MO;BYMONTHDAY=1,2,3,4,5,6,7;BYSETPOS=9"
    hostile = (event(f"E{n}", "DTSTART:19000101T090000", "DURATION:PT1H", rule) for n in range(300))
    data = calendar(*hostile, GOOD.format(name="First"))
    times = read_busy([("home.ics", data)], start=MONDAY, end=SATURDAY, timezone="America/New_York", most_work=50_000)
    assert [one.title for one in times.events] == ["First"]
    assert sum("so often that this cannot be worked out" in text for text in times.warnings) > 290


def test_a_file_that_explains_a_zone_for_each_event_costs_bounded_work_and_names_what_is_not_placed() -> None:
    zone = "BEGIN:VTIMEZONE\r\nTZID:Z{n}\r\nBEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nTZOFFSETFROM:+0000\r\n"
    zone += "TZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    both = (
        zone.format(n=n) + event(f"E{n}", f"DTSTART;TZID=Z{n}:20270316T100000", "DURATION:PT1H") for n in range(120)
    )
    times = read(calendar(*both))
    assert sorted({one.start.hour for one in times.events}) == [6, 10]  # 10:00 UTC is 6:00 in New York
    assert len([text for text in times.warnings if "is not known" in text]) == 20


def test_a_title_is_plain_text_on_one_line() -> None:
    times = read(calendar(event("A\\, b\\; c\\nd \\\\e", "DTSTART:20270315T100000", "DURATION:PT1H")))
    assert times.events[0].title == "A, b; c d \\e"


APPLE = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Café: K, St";X-APPLE-RADIUS=70:geo:38.902500,-77.028900'


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("GEO:38.9025;-77.0289", (38.9025, -77.0289)),
        (APPLE, (38.9025, -77.0289)),
        ("GEO:somewhere", None),
        ("GEO:95;10", None),
        ("GEO:0;0", None),
        ("GEO:1;2;3", (1, 2)),
        ("X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:38.9", None),
    ],
)
def test_the_place_of_an_appointment_is_read_in_words_and_as_a_point(line: str, point: tuple | None) -> None:
    lines = "DTSTART:20270315T100000", "DURATION:PT1H", "LOCATION:Café\\, K\\nSt", line
    times = read(calendar(event("Coffee", *lines)))
    (one,) = times.events
    assert one.location == "Café, K St"
    assert (one.at and one.at.as_pair) == point
    assert times.warnings == ()


def test_an_appointment_is_in_the_days_if_any_of_it_is() -> None:
    # the days begin on Monday 0:00 and end before Saturday 0:00
    edges = {
        "Before": "20270314T230000",
        "Into": "20270314T233000",
        "Out": "20270319T233000",
        "After": "20270320T000000",
    }
    data = calendar(*(event(name, f"DTSTART:{start}", "DURATION:PT1H") for name, start in edges.items()))
    assert [one.title for one in read(data).events] == ["Into", "Out"]
    assert read(data).events[0].start.day == 14


@pytest.mark.parametrize(
    ("start", "end", "timezone", "message"),
    [
        (MONDAY, MONDAY, "America/New_York", "not after their start"),
        (MONDAY, SATURDAY, "Mars", "No time zone 'Mars'"),
        (date(1, 1, 1), MONDAY, "America/New_York", "too far away"),
    ],
)
def test_days_and_zones_that_make_no_sense_are_refused(start: date, end: date, timezone: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_busy([], start=start, end=end, timezone=timezone)
