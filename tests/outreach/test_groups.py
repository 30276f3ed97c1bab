"""By what people are told apart."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from outreach_builders import on, person, touch

from iiplan.model import Authority, Channel, Source, Touch
from iiplan.outreach import Grouping, History, PartOfDay, Rules, grouped, history


def sizes(people: list[History], by: Grouping, rules: Rules | None = None) -> dict[str, int]:
    return {word: len(members) for word, members in grouped(people, by, rules or Rules()).items()}


def asked(*touches: Touch, **details: object) -> History:
    """Somebody with this log."""
    return history(person("Ada", **details), touches)


def test_people_are_grouped_by_each_word_the_largest_group_first() -> None:
    people = [
        asked(touch("asked", channel=Channel.PHONE, template="short"), source=Source.FAMILY, authority=Authority.PEER),
        asked(touch("asked", template="short"), source=Source.EVENT, authority=Authority.PEER),
        asked(touch("asked", channel=Channel.EMAIL, template="short"), source=Source.EVENT),
        asked(touch("asked", channel=Channel.EMAIL), source=Source.EVENT),
    ]
    assert list(sizes(people, Grouping.ALL).items()) == [("all", 4)]
    assert list(sizes(people, Grouping.SOURCE).items()) == [("event", 3), ("family", 1)]
    assert list(sizes(people, Grouping.AUTHORITY).items()) == [("peer", 2), ("unknown", 2)]
    assert list(sizes(people, Grouping.CHANNEL).items()) == [("email", 2), ("", 1), ("phone", 1)]
    assert list(sizes(people, Grouping.TEMPLATE).items()) == [("short", 3), ("", 1)]


def test_organisations_are_one_whatever_their_capitals_and_blanks() -> None:
    people = [asked(organisation=name) for name in ("Acme Works", "  acme  WORKS ", "Bolt", "")]
    assert sizes(people, Grouping.ORGANISATION) == {"Acme Works": 2, "": 1, "Bolt": 1}


@pytest.mark.parametrize(
    "by", [Grouping.CHANNEL, Grouping.TEMPLATE, Grouping.WEEK, Grouping.WEEKDAY, Grouping.PART_OF_DAY]
)
def test_who_was_never_asked_is_in_no_group_of_the_first_ask(by: Grouping) -> None:
    assert grouped([asked(), asked(touch("met"), touch("note"))], by) == {}


def test_it_is_the_first_ask_that_counts() -> None:
    first = touch("nudged", on(2), channel=Channel.PHONE, template="a")
    people = [asked(touch("asked", on(10), channel=Channel.EMAIL, template="b"), first, touch("met", on(1)))]
    assert sizes(people, Grouping.CHANNEL) == {"phone": 1}
    assert sizes(people, Grouping.TEMPLATE) == {"a": 1}
    assert sizes(people, Grouping.WEEKDAY) == {"tuesday": 1}


def test_weeks_are_named_by_their_monday_and_in_order() -> None:
    people = [asked(touch("asked", on(day))) for day in (14, 8, 7, 1)]  # Sunday, Monday, Sunday, Monday
    assert list(sizes(people, Grouping.WEEK).items()) == [("2027-03-01", 2), ("2027-03-08", 2)]


def test_weekdays_and_parts_of_the_day_are_those_on_the_clock_where_it_was_logged() -> None:
    # Monday 1 March 2027, 02:00 UTC: still Sunday evening in New York, 07:45 in Kathmandu
    moment = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
    people = [asked(touch("asked", moment, timezone=zone)) for zone in ("Asia/Kathmandu", "America/New_York")]
    assert list(sizes(people, Grouping.WEEKDAY).items()) == [("monday", 1), ("sunday", 1)]
    assert list(sizes(people, Grouping.PART_OF_DAY).items()) == [("early", 1), ("evening", 1)]
    in_berlin = Rules(zone=ZoneInfo("Europe/Berlin"))
    assert list(sizes(people, Grouping.WEEKDAY, in_berlin)) == ["monday", "sunday"]


def test_weeks_are_counted_in_the_days_of_the_trip() -> None:
    late = [asked(touch("asked", datetime(2027, 3, 1, 2, 0, tzinfo=UTC), timezone="America/New_York"))]
    assert list(sizes(late, Grouping.WEEK)) == ["2027-02-22"]
    assert list(sizes(late, Grouping.WEEK, Rules(zone=ZoneInfo("Europe/Berlin")))) == ["2027-03-01"]


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ((0, 0), PartOfDay.EARLY),
        ((8, 59), PartOfDay.EARLY),
        ((9, 0), PartOfDay.MORNING),
        ((11, 59), PartOfDay.MORNING),
        ((12, 1), PartOfDay.MIDDAY),
        ((15, 0), PartOfDay.AFTERNOON),
        ((18, 0), PartOfDay.EVENING),
        ((23, 59), PartOfDay.EVENING),
    ],
)
def test_the_day_has_five_parts(clock: tuple[int, int], part: PartOfDay) -> None:
    assert list(sizes([asked(touch("asked", on(1, *clock)))], Grouping.PART_OF_DAY)) == [part]


def test_an_ask_logged_without_a_time_is_in_no_part_of_the_day() -> None:
    assert list(sizes([asked(touch("asked", on(1, 12)))], Grouping.PART_OF_DAY)) == [""]
    assert list(sizes([asked(touch("asked", on(1, 12)))], Grouping.WEEKDAY)) == ["monday"]
