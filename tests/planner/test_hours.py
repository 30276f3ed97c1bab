"""Hours said in words, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import TimeWindow, Trip, TripDay
from iiplan.planner.hours import QUICK_FILLS, describe_hours, merge_windows, parse_hours

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2027, 3, 15)


def day(number: int, start: str = "08:30", end: str = "18:00", *, off: bool = False) -> TripDay:
    return TripDay(
        date=MONDAY + timedelta(days=number), start=time.fromisoformat(start), end=time.fromisoformat(end), off=off
    )


def trip(*days: TripDay) -> Trip:
    chosen = days or tuple(day(number) for number in range(5))
    return Trip(id="t", name="Week", city="Washington", timezone="America/New_York", days=chosen)


def at(number: int, start: str, end: str) -> TimeWindow:
    on = MONDAY + timedelta(days=number)
    return TimeWindow(
        start=datetime.combine(on, time.fromisoformat(start), ZONE),
        end=datetime.combine(on, time.fromisoformat(end), ZONE),
    )


def spoken(windows: Sequence[TimeWindow]) -> str:
    """Day numbers and hours, such as "1 9:00-11:00"."""
    return "; ".join(
        f"{(window.start.date() - MONDAY).days} {window.start:%H:%M}-{window.end:%H:%M}" for window in windows
    )


def every(hours: str) -> str:
    return "; ".join(f"{number} {hours}" for number in range(5))


# the trip: Monday 15 (0) to Friday 19 (4) March 2027, each day 08:30 to 18:00
@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("every morning", every("08:30-12:00")),
        ("Mornings", every("08:30-12:00")),
        ("afternoon", every("12:00-18:00")),
        ("every afternoon", every("12:00-18:00")),
        ("any time", every("08:30-18:00")),
        ("every day", every("08:30-18:00")),
        ("anytime on weekdays", every("08:30-18:00")),
        ("9-11", every("09:00-11:00")),
        ("Tue and Wed afternoon", "1 12:00-18:00; 2 12:00-18:00"),
        ("Tue in the afternoon.", "1 12:00-18:00"),
        ("Tue 14-16:30", "1 14:00-16:30"),
        ("Monday 9am-11am, Thu after 3pm", "0 09:00-11:00; 3 15:00-18:00"),
        ("Fri before 12", "4 08:30-12:00"),
        ("Fri until noon", "4 08:30-12:00"),
        ("from 14:00 onwards on Thursday", "3 14:00-18:00"),
        ("between 9 and 11 on Tue", "1 09:00-11:00"),
        ("Tue", "1 08:30-18:00"),
        ("all day Tue", "1 08:30-18:00"),
        ("every Tuesday and Thursday morning", "1 08:30-12:00; 3 08:30-12:00"),
        ("16 Mar 10:00-12:00", "1 10:00-12:00"),
        ("2027-03-16 10-12", "1 10:00-12:00"),
        ("Mar 16 2-4pm", "1 14:00-16:00"),
        ("March 16th, 2027 10-12", "1 10:00-12:00"),
        ("the 16th 10-12", "1 10:00-12:00"),
        ("Tue 16 Mar 10-12", "1 10:00-12:00"),
        ("Tuesday, 16 March, 10-12", "1 10:00-12:00"),
        ("16-18 Mar 9-10", "1 09:00-10:00; 2 09:00-10:00; 3 09:00-10:00"),
        ("Mar 16-17 9-10", "1 09:00-10:00; 2 09:00-10:00"),
        ("15 Mar to 16 Mar 9-10", "0 09:00-10:00; 1 09:00-10:00"),
        ("Mon-Wed 9-10", "0 09:00-10:00; 1 09:00-10:00; 2 09:00-10:00"),
        ("from Monday to Wednesday: 9 to 10", "0 09:00-10:00; 1 09:00-10:00; 2 09:00-10:00"),
        ("Thu\u2013Mon 9\u201310", "0 09:00-10:00; 3 09:00-10:00; 4 09:00-10:00"),
        # days before hours share them; hours after hours keep the days
        ("Mon, Wed 9-11", "0 09:00-11:00; 2 09:00-11:00"),
        ("Mon/Wed, 9-11", "0 09:00-11:00; 2 09:00-11:00"),
        ("Tue 9-11, 14-16", "1 09:00-11:00; 1 14:00-16:00"),
        ("Tue 9-11 and 14-16", "1 09:00-11:00; 1 14:00-16:00"),
        ("Tue 9-11 Wed 14-16", "1 09:00-11:00; 2 14:00-16:00"),
        ("9-11 Tue, 14-16 Wed", "1 09:00-11:00; 2 14:00-16:00"),
        ("mornings on Tue and Wed", "1 08:30-12:00; 2 08:30-12:00"),
        ("Tue 9-11, Wed", "1 09:00-11:00; 2 08:30-18:00"),
        ("Fri 14-16, mornings", "; ".join([every("08:30-12:00"), "4 14:00-16:00"])),
        ("Tue 9-10\nWed 10-11\n", "1 09:00-10:00; 2 10:00-11:00"),
        ("Tue 9-10; Tue 10-11", "1 09:00-11:00"),
        # cut to the day
        ("Tue 7-9", "1 08:30-09:00"),
        ("Tue 16-22", "1 16:00-18:00"),
        # without am and pm
        ("Tue 2-4", "1 14:00-16:00"),
        ("Tue 9-5", "1 09:00-17:00"),
        ("Tue 8-2", "1 08:30-14:00"),
        ("Tue 12-1:30", "1 12:00-13:30"),
        ("Tue after 3", "1 15:00-18:00"),
        ("Tue before 3", "1 08:30-15:00"),
        ("Tue after 8", "1 08:30-18:00"),
        ("Tue 9-11am", "1 09:00-11:00"),
        ("Tue 11-1pm", "1 11:00-13:00"),
        ("Tue 1-3 p.m.", "1 13:00-15:00"),
        ("Tue 9am-5", "1 09:00-17:00"),
        # taking away
        ("not Friday", "; ".join(every("08:30-18:00").split("; ")[:4])),
        ("any time except Wed", "0 08:30-18:00; 1 08:30-18:00; 3 08:30-18:00; 4 08:30-18:00"),
        ("every morning but not Friday", "; ".join(every("08:30-12:00").split("; ")[:4])),
        ("every morning\nnot Friday", "; ".join(every("08:30-12:00").split("; ")[:4])),
        ("not Wed and Fri; not Mon", "1 08:30-18:00; 3 08:30-18:00"),
        ("Tue, not before 10", "1 10:00-18:00"),
        ("Tue except 12-13", "1 08:30-12:00; 1 13:00-18:00"),
        ("no mornings", every("12:00-18:00")),
        ("Tue and Wed, not Wed morning", "1 08:30-18:00; 2 12:00-18:00"),
        ("every morning, not Friday; Fri 14-16", "; ".join(every("08:30-12:00").split("; ")[:4]) + "; 4 14:00-16:00"),
        ("Tue, not Saturday", "1 08:30-18:00"),
    ],
)
def test_hours_are_understood_the_way_people_say_them(text: str, hours: str) -> None:
    def by_time(listed: str) -> list[str]:
        return sorted(listed.split("; "))

    assert by_time(spoken(parse_hours(text, trip()))) == by_time(hours)


def test_windows_are_aware_in_the_trips_zone_across_a_clock_change() -> None:
    # the United States go from UTC-5 to UTC-4 on Sunday 14 March 2027
    before, after = parse_hours("9-10", trip(day(-2), day(-1), day(0)))[::2]
    assert (before.start.utcoffset(), after.start.utcoffset()) == (timedelta(hours=-5), timedelta(hours=-4))
    assert str(before.start.tzinfo) == ZONE.key
    assert after.start.astimezone(UTC).hour == 13


def test_every_leaves_out_the_days_off() -> None:
    assert (
        spoken(parse_hours("every morning", trip(day(0), day(1, off=True), day(2)))) == "0 08:30-12:00; 2 08:30-12:00"
    )


def test_every_leaves_out_a_day_that_has_no_such_hours() -> None:
    assert spoken(parse_hours("mornings", trip(day(0), day(1, "13:00")))) == "0 08:30-12:00"


def test_a_weekday_that_the_trip_has_twice_means_both() -> None:
    assert spoken(parse_hours("Tue 9-10", trip(*(day(n) for n in range(10))))) == "1 09:00-10:00; 8 09:00-10:00"
    assert spoken(parse_hours("23 Mar 9-10", trip(*(day(n) for n in range(10))))) == "8 09:00-10:00"


def test_a_weekday_that_is_off_once_means_the_other() -> None:
    days = [replace(day(n), off=n == 1) for n in range(10)]
    assert spoken(parse_hours("Tue 9-10", trip(*days))) == "8 09:00-10:00"


def test_small_hours_inside_the_day_stay_small() -> None:
    assert spoken(parse_hours("Mon 2-4, after 5", trip(day(0, "01:00", "23:00")))) == "0 02:00-04:00; 0 05:00-23:00"


def test_a_zero_in_front_keeps_an_hour_before_noon() -> None:
    with pytest.raises(InputError, match="'02-04' lies outside"):
        parse_hours("Mon 02-04", trip())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No hours given. Say them like this: Tue and Wed afternoon"),
        (" \n", "No hours given"),
        ("x" * 20_001, "20001 characters are too long"),
        ("soonish", "'soonish' was not understood. Say hours like this: Tue and Wed afternoon; Thu 10-12:30"),
        ("Tue whenever, Wed", "'whenever' was not understood"),
        ("tomorrow", "'tomorrow' was not understood"),
        ("Mon to", "'to' in 'Mon to' was not understood"),
        ("Mon-9-10", "'-' in 'Mon-9-10' was not understood"),
        ("to Mon", "'to' in 'to Mon' was not understood"),
        ("Mon to weekend", "'mon to weekend' in 'Mon to weekend' was not understood"),
        ("every", "'every' in 'every' was not understood"),
        ("free", "'free' names no day and no hours"),
        ("Tue 9-10; ,", "',' names no day and no hours"),
        ("Tue 10", "'10' is one time, not from when to when. Say 10-11"),
        ("Tue 13pm-14", "'13pm' is not a time of the day"),
        ("Tue 10-25", "'25' is not a time of the day"),
        ("Tue 16:00-14:00", "'16:00-14:00' end before they start. Swap"),
        ("Tue 10-10", "'10-10' end before"),
        ("Tue 7-8", "'7-8' lies outside the hours of Tue 16 Mar, 08:30 to 18:00. Say hours within them, or change"),
        ("after 20:00", "'after 20:00' lies outside the hours of Mon 15 Mar"),
        ("Sat", "'sat' is no day of this trip, which goes from Mon 15 Mar to Fri 19 Mar 2027. Name one of its days"),
        ("20 Mar 9-10", "'20 mar' is no day of this trip"),
        ("2026-03-16 9-10", "'2026-03-16' is no day of this trip"),
        ("18-22 Mar 9-10", "'18-22 mar' is no day of this trip"),
        ("17-16 Mar 9-10", "'17-16 mar' ends before it begins"),
        ("Wed 16 Mar 9-10", "'wed 16 mar' does not exist: in 2027 that is Tue 16 Mar"),
        ("9-11 Tue 14-16", "can be read in two ways. Part what belongs apart with ';'"),
        ("mornings on Tue, Wed, Thu 14-16", "can be read in two ways"),
        ("not Wed, Thu 9-11", "can be read in two ways"),
        ("Mon not Tue not Wed", "can be read in two ways"),
        ("not", "'not' does not say what is not free"),
        ("not any time", "'not any time' leaves no free hours"),
    ],
)
def test_what_is_not_understood_is_quoted_and_shown_how_to_say(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_hours(text, trip())


def test_a_day_off_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"Tue 16 Mar is a day off on this trip\. Name another day"):
        parse_hours("Tue 9-10", trip(day(0), day(1, off=True)))


def test_when_every_day_is_off_there_are_no_hours() -> None:
    with pytest.raises(InputError, match="Each day of 'every day' is a day off"):
        parse_hours("mornings", trip(day(0, off=True), day(1, off=True)))


@pytest.mark.parametrize("fill", QUICK_FILLS, ids=lambda fill: fill.label)
def test_each_quick_fill_gives_hours_on_every_day_of_a_usual_trip(fill: object) -> None:
    text = next(each.text for each in QUICK_FILLS if each is fill)
    assert {window.start.date() for window in parse_hours(text, trip())} == {
        MONDAY + timedelta(days=n) for n in range(5)
    }


def test_quick_fill_labels_are_all_different() -> None:
    assert len({fill.label for fill in QUICK_FILLS}) == len(QUICK_FILLS) >= 3


def test_hours_are_described_day_by_day_in_the_zone_named() -> None:
    windows = [at(1, "14:00", "16:00"), at(0, "09:00", "11:00"), at(0, "11:00", "12:00"), at(1, "09:00", "10:00")]
    assert (
        describe_hours(windows, "America/New_York")
        == "Mon 15 Mar 09:00\u201312:00; Tue 16 Mar 09:00\u201310:00, 14:00\u201316:00"
    )
    # in Berlin it is five hours later in that week, as summer time starts there on 28 March
    assert describe_hours(windows[1:2], "Europe/Berlin") == "Mon 15 Mar 14:00\u201316:00"


def test_hours_over_midnight_name_both_days() -> None:
    assert describe_hours([at(0, "20:00", "21:00")], "Asia/Tokyo") == "Tue 16 Mar 09:00\u201310:00"
    late = TimeWindow(start=at(0, "22:00", "23:00").start, end=at(1, "02:00", "03:00").start)
    assert describe_hours([late], "America/New_York") == "Mon 15 Mar 22:00 \u2013 Tue 16 Mar 02:00"
    until_midnight = TimeWindow(start=late.start, end=at(1, "00:00", "03:00").start)
    assert describe_hours([until_midnight], "America/New_York") == "Mon 15 Mar 22:00\u201324:00"


def test_no_hours_need_no_words() -> None:
    assert describe_hours([], "UTC") == ""


def test_windows_that_overlap_or_touch_are_joined_and_others_are_not() -> None:
    apart = at(0, "13:00", "14:00")
    inside = at(0, "09:15", "09:30")
    merged = merge_windows([apart, at(0, "10:00", "12:00"), at(0, "09:00", "10:00"), inside])
    assert merged == (at(0, "09:00", "12:00"), apart)


def test_windows_of_different_zones_are_joined_by_their_instants() -> None:
    # 14:00 UTC is 10:00 in New York
    other = TimeWindow(start=datetime(2027, 3, 15, 14, tzinfo=UTC), end=datetime(2027, 3, 15, 15, tzinfo=UTC))
    (merged,) = merge_windows([other, at(0, "09:00", "10:00")])
    assert merged.end - merged.start == timedelta(hours=2)


@st.composite
def trips_and_windows(draw: st.DrawFn) -> tuple[Trip, list[TimeWindow]]:
    """A trip of up to 12 days, and windows each within one day's hours; no clock changes between 4:00 and midnight."""
    first = draw(st.dates(date(2026, 1, 1), date(2028, 12, 1)))
    days, windows = [], []
    for number in range(draw(st.integers(1, 12))):
        on = first + timedelta(days=number)
        start, end = sorted(draw(st.lists(st.integers(240, 1439), min_size=2, max_size=2, unique=True)))
        days.append(TripDay(date=on, start=time(*divmod(start, 60)), end=time(*divmod(end, 60))))
        minutes = st.integers(start, end)
        for low, high in draw(st.lists(st.tuples(minutes, minutes).filter(lambda two: two[0] < two[1]), max_size=3)):
            windows.append(
                TimeWindow(
                    start=datetime.combine(on, time(*divmod(low, 60)), ZONE),
                    end=datetime.combine(on, time(*divmod(high, 60)), ZONE),
                )
            )
    return trip(*days), draw(st.permutations(windows))


@settings(max_examples=60)
@given(trips_and_windows())
def test_hours_put_into_words_read_back_the_same(drawn: tuple[Trip, list[TimeWindow]]) -> None:
    journey, windows = drawn
    if windows:
        assert parse_hours(describe_hours(windows, journey.timezone), journey) == merge_windows(windows)
    else:
        assert describe_hours(windows, journey.timezone) == ""


@settings(max_examples=60)
@given(trips_and_windows())
def test_merging_keeps_every_instant_and_leaves_gaps_between(drawn: tuple[Trip, list[TimeWindow]]) -> None:
    merged = merge_windows(drawn[1])
    assert all(one.end < two.start for one, two in pairwise(merged))
    assert all(any(whole.start <= part.start and part.end <= whole.end for whole in merged) for part in drawn[1])
    edges = {part.start for part in drawn[1]} | {part.end for part in drawn[1]}
    assert {window.start for window in merged} | {window.end for window in merged} <= edges


WORDS = [
    *(
        "Mon",
        "Tue",
        "Wed",
        "Sat",
        "every",
        "any",
        "morning",
        "afternoons",
        "and",
        ",",
        ";",
        "not",
        "except",
        "9",
        "9-11",
    ),
    *(
        "14:00",
        "2-4pm",
        "after",
        "before",
        "to",
        "-",
        "the",
        "16",
        "16th",
        "Mar",
        "2027-03-16",
        "noon",
        "from",
        "between",
    ),
    *("any time", "all day", "weekdays", "\n", "Tue 16 Mar", "11-1pm", "2-4"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=40))
def test_any_words_give_hours_within_the_days_or_a_refusal(text: str) -> None:
    try:
        windows = parse_hours(text, trip())
    except InputError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
        return
    assert windows == merge_windows(windows) != ()
    for window in windows:
        assert window.start.date() == window.end.date()
        assert time(8, 30) <= window.start.time() < window.end.time() <= time(18)
