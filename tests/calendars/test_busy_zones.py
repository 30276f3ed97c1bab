"""Zones by the names that calendar files give them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from iiplan.calendars.busy_zones import Zones, zone_named

SUMMER = datetime(2027, 7, 1, 12)  # noqa: DTZ001 (wall time)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("/Europe/Berlin", "Europe/Berlin"),
        ("/mozilla.org/20070129_1/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("eastern standard time", "America/New_York"),
        ("PDT", "America/Los_Angeles"),
    ],
)
def test_a_name_that_is_known_stands_for_its_zone(name: str, key: str) -> None:
    zone = zone_named(name)
    assert zone is not None
    assert zone.key == key


@pytest.mark.parametrize("name", ["", "Mars/Olympus Mons", "tzone://Microsoft/Custom", "/somebody/Cuba"])
def test_a_name_that_is_not_known_stands_for_none(name: str) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize("name", sorted(WINDOWS_TO_OLSON))
def test_every_name_of_windows_is_known(name: str) -> None:
    assert zone_named(name) is not None


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("GMT+0100", 1),
        ("UTC-5", -5),
        ("(GMT+05:30)", 5.5),
        ("+0200", 2),
        # summer time where a city or a region says whose
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 2),
        ("(UTC-05:00) Eastern Time (US & Canada)", -4),
        ("(UTC-07:00) Arizona", -7),
        ("(GMT-03:00) Brasilia", -3),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 5.5),
        ("(UTC) Coordinated Universal Time", 0),
        ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", 1),
    ],
)
def test_a_name_that_says_more_or_less_which_zone_it_is_stands_for_that(name: str, hours: float) -> None:
    named = Zones([]).named(name)
    assert named.zone is not None
    assert named.zone.utcoffset(SUMMER) == timedelta(hours=hours)
    assert named.doubt == ""


def test_a_name_with_nothing_but_a_distance_to_hold_on_to_is_doubted() -> None:
    assert "summer time is not" in Zones([]).named("(UTC+01:00) Somewhere").doubt
    assert Zones([]).named("UTC+99").zone is None
