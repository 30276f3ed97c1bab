"""Calendar files with one fault each, named after it: what is read from them, worked out by hand.

All in the week from Monday 15 to Friday 19 March 2027, in New York. Clocks there went forward on 14 March (UTC-4);
in Berlin they do on 28 March (UTC+1 until then), so 15:00 there is 10:00 in New York.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from iiplan.calendars import BusyTimes, read_busy

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "ics"
TEN = "Mon 10:00 to 11:00 Review"
DAILY = ["Mon 09:00 to 09:30 Daily", "Tue 09:00 to 09:30 Daily", "Wed 09:00 to 09:30 Daily"]
DAILY += ["Thu 09:00 to 09:30 Daily", "Fri 09:00 to 09:30 Daily"]
CAFE = ["Mon 10:00 to 11:00 Café Zürich"]

READ = {
    # 15:00 in Berlin, or its equal
    "zone-by-its-windows-name": [TEN],
    "zone-by-its-windows-name-in-quotes": [TEN],  # 07:00 in Los Angeles
    "zone-tzone-microsoft-utc": [TEN],  # 14:00 in UTC
    "zone-gmt-plus-0100": [TEN],
    "zone-with-freeassociation-prefix": [TEN],
    "zone-explained-with-rules-from-1601": [TEN],
    "zone-explained-in-another-calendar-of-the-file": [TEN],
    "zone-of-the-same-name-explained-otherwise": ["Mon 11:00 to 12:00 Review"],  # Tuesday 0:00 in Tokyo, UTC+9
    # every Monday at 16:00 since July 2026, a time of Berlin and not of UTC+1 or UTC+2
    "zone-as-outlook-shows-it-without-quotes": ["Mon 11:00 to 12:00 Review"],
    "floating-time": ["Mon 08:00 to 09:00 Breakfast"],
    "floating-time-with-x-wr-timezone": [TEN],
    # 14:00 UTC in January is 9:00 in New York, and stays so where X-WR-TIMEZONE says that New York is meant
    "weekly-in-utc-with-x-wr-timezone-across-summer-time": ["Mon 09:00 to 09:30 Stand-up"],
    "weekly-in-utc": ["Mon 10:00 to 10:30 Stand-up"],
    "blanks-after-the-times": [TEN],
    "times-with-dashes-and-colons": [TEN],
    "all-day": ["Tue to Wed Holiday"],
    "all-day-without-an-end": ["Tue Holiday"],
    "all-day-that-ends-on-its-first-day": ["Tue Holiday"],
    "all-day-of-24-hours": ["Tue Holiday"],
    "a-date-as-the-end-of-hours": ["Tue 20:00 to 00:00 Evening"],
    "cancelled": ["Mon 10:00 to 11:00 On"],
    "cancelled-by-method": [],
    "transparent": ["Mon 10:00 to 11:00 On"],
    "free-in-outlook": ["Mon 10:00 to 11:00 On"],
    "override-moved": [DAILY[0], "Tue 14:00 to 15:00 Daily moved", *DAILY[2:]],
    "override-named-in-utc": [DAILY[0], "Tue 14:00 to 15:00 Daily moved", *DAILY[2:]],
    "override-moved-into-the-week": ["Wed 09:00 to 10:00 Monthly late"],
    "override-moved-this-and-future": [
        *DAILY[:2],
        *(f"{day} 11:00 to 12:00 Daily later" for day in ("Wed", "Thu", "Fri")),
    ],
    # from 1 March on eleven days earlier: what was to be on Monday the 29th is on Thursday the 18th
    "override-moved-far-back-this-and-future": ["Thu 09:00 to 09:30 Weekly back"],
    # from 22 February on ten days later: what was to be on Monday the 8th is on Thursday the 18th
    "override-moved-far-ahead-this-and-future": ["Thu 09:00 to 09:30 Weekly ahead"],
    "override-of-a-time-that-is-an-exception": [DAILY[0], *DAILY[2:]],
    "exrule-of-the-older-standard": [DAILY[0], DAILY[2], DAILY[4]],
    # nine days and three hours from Saturday 6 March, 9:00
    "longer-than-a-week-each-month": ["Sat 09:00 to 12:00 Inventory"],
    "override-cancelled": [DAILY[0], *DAILY[2:]],
    "override-cancelled-this-and-future": DAILY[:1],
    "override-without-its-series": ["Tue 14:00 to 15:00 Alone"],
    "exdate-in-all-ways": DAILY[4:],
    "rdate-in-all-ways": [
        "Mon 12:00 to 13:00 Extra",  # as long as the event itself, an hour
        "Tue 12:00 to 13:00 Extra",
        "Wed 09:00 to 12:00 Extra",  # periods have their own lengths
        "Thu 09:00 to 09:30 Extra",
    ],
    "until-in-all-ways": [
        "Mon 09:00 to 09:30 Until a date",
        "Mon 10:00 to 10:30 Until UTC",
        "Mon 11:00 to 11:30 Until local",
        "Tue 09:00 to 09:30 Until a date",  # the whole of the last day
        "Tue 10:00 to 10:30 Until UTC",  # 14:00 UTC is 10:00, included
    ],
    # from 6 January 2025 twice a week: 114 weeks to 15 March 2027, whose Monday is number 229, its Wednesday 230
    "count-from-years-ago": ["Mon 18:00 to 20:00 Course", "Wed 18:00 to 20:00 Course"],
    "utf-8-with-a-mark": CAFE,
    "utf-16-with-a-mark": CAFE,
    "utf-16-without-a-mark": CAFE,
    "latin-1": CAFE,
    "old-line-ends": CAFE,
    "doubled-line-ends": CAFE,
    "folded-within-a-character": CAFE,
    "two-calendars-in-a-row-each-with-a-mark": ["Mon 10:00 to 11:00 First", "Mon 12:00 to 13:00 Second"],
    "no-calendar-around-the-event": ["Mon 08:00 to 09:00 Bare"],
    "same-uid-with-a-higher-sequence": ["Mon 12:00 to 13:00 New"],
    "same-uid-for-all": ["Mon 10:00 to 11:00 First", "Mon 12:00 to 13:00 Second"],
    "rule-that-never-comes-true": [],
    "a-length-in-the-alarm-is-not-that-of-the-event": [TEN],
    "nested-too-deep": ["Mon 10:00 to 11:00 Deep"],
    "tasks-and-notes": [],
    "clocks-go-forward": [],
}

WARNED = {
    "zone-that-nobody-knows": (
        [TEN],
        "“Review” (15 Mar 2027 10:00): its time zone “Mars/Olympus Mons” is not known, so",
    ),
    "zone-explained-with-a-rule-for-each-second": (
        [TEN],
        "“Review” (15 Mar 2027 10:00): its time zone “Odd” is not known",
    ),
    "zone-as-outlook-shows-it-with-no-city": ([TEN], "“Review” (15 Mar 2027 15:00): of its time zone"),
    "x-wr-timezone-that-nobody-knows": (
        ["Mon 08:00 to 09:00 Breakfast"],
        "“Nowhere” is not known, so its hours are read in",
    ),
    "one-broken-event-among-good-ones": (
        ["Mon 10:00 to 11:00 First", "Mon 12:00 to 13:00 Last"],
        "“Broken” is left out: “next Monday” is no date or time.",
    ),
    "end-before-start": ([], "“Night shift” (15 Mar 2027 22:00) is left out: it ends before it starts."),
    "length-below-zero": ([], "“Backwards” (15 Mar 2027 22:00) is left out: it ends before it starts."),
    "length-that-is-none": ([], "“Odd” (15 Mar 2027 22:00) is left out: “PT-2H” is no length of time."),
    "no-start": ([], "“Nowhen” is left out: it has no start."),
    "no-end": ([], "“Reminder” (15 Mar 2027 09:00) is left out: it has no length, so it takes no time."),
    "rule-for-each-second": ([], "“Tick” (01 Mar 2027 09:00): it repeats too often"),
    "rule-for-each-minute": ([], "“Tock” (01 Mar 2027 09:00): it repeats too often"),
    "rule-that-cannot-be-read": (["Tue 09:00 to 10:00 Sometimes"], "“Sometimes” (16 Mar 2027 09:00): its repetition"),
    "rule-with-an-interval-of-nothing": (["Tue 09:00 to 10:00 Stuck"], "“Stuck” (16 Mar 2027 09:00): its repetition"),
    "the-end-of-an-event-is-missing": (
        ["Mon 10:00 to 11:00 First", "Mon 12:00 to 13:00 Second"],
        "“First” (15 Mar 2027 10:00): the file breaks off in it",
    ),
    "broken-off-in-an-event": (["Mon 10:00 to 11:00 First"], "“First” (15 Mar 2027 10:00): the file breaks off in it"),
    "days-of-another-calendar": ([], "“Nowruz” (01 Jan 1405) is left out."),
    "years-out-of-all-bounds": ([], "“Late” (31 Dec 9999 23:00) is left out: its times are out of all bounds."),
    "free-busy": (
        [f"{day} to {end} Busy" for day, end in (("Mon 10:00", "11:00"), ("Tue 10:00", "10:30"))]
        + [f"{day} 10:00 to 11:00 Busy" for day in ("Wed", "Thu")],
        "The busy time “soon” cannot be read and is left out.",
    ),
    "web-page": ([], "This is a web page, not a calendar"),
    "archive": ([], "This is a zip archive. Unpack it first"),
    "empty": ([], "The file is empty."),
    "letter": ([], "There is no calendar in this file."),
}


def read(*names: str, start: date = date(2027, 3, 15), end: date = date(2027, 3, 20)) -> BusyTimes:
    files = [(f"{name}.ics", (CORPUS / f"{name}.ics").read_bytes()) for name in names]
    return read_busy(files, start=start, end=end, timezone="America/New_York")


def shown(times: BusyTimes) -> list[str]:
    lines = []
    for event in times.events:
        if event.whole_day:
            days = (event.end.date() - event.start.date()).days
            assert event.start.hour == event.end.hour == 0
            until = f" to {event.start.replace(day=event.start.day + days - 1):%a}" if days > 1 else ""
            lines.append(f"{event.start:%a}{until} {event.title}")
        else:
            lines.append(f"{event.start:%a %H:%M} to {event.end:%H:%M} {event.title}")
    return lines


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_it_is_meant_and_without_a_warning(name: str) -> None:
    times = read(name)
    assert shown(times) == READ[name]
    assert times.warnings == ()


@pytest.mark.parametrize("name", WARNED)
def test_what_cannot_be_read_is_named_in_a_warning_and_the_rest_is_read(name: str) -> None:
    times = read(name)
    lines, warning = WARNED[name]
    assert shown(times) == lines
    assert any(warning in one for one in times.warnings)
    assert all(one.startswith(f"{name}.ics: ") for one in times.warnings)


def test_every_file_of_the_corpus_has_its_expectation() -> None:
    assert {path.stem for path in CORPUS.glob("*.ics")} == READ.keys() | WARNED.keys()


def test_zones_of_one_name_explained_in_two_files_are_not_mixed_up() -> None:
    times = read("zone-explained-with-rules-from-1601", "zone-of-the-same-name-explained-otherwise")
    assert shown(times) == [TEN, "Mon 11:00 to 12:00 Review"]
    times = read("zone-of-the-same-name-explained-otherwise", "zone-explained-with-rules-from-1601")
    assert shown(times) == [TEN, "Mon 11:00 to 12:00 Review"]


def test_a_length_stays_what_it_is_in_the_night_in_which_clocks_go_forward() -> None:
    # 1:30 to 3:30 lasts two hours; on 14 March 2:00 is 3:00, so two hours from 1:30 on it is 4:30
    times = read("clocks-go-forward", start=date(2027, 3, 7), end=date(2027, 3, 15))
    assert shown(times) == ["Sun 01:30 to 03:30 Night", "Sun 01:30 to 04:30 Night"]
