"""What the user sets once, and which days count as business days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import a_person, a_trip

from iiplan.errors import InputError
from iiplan.model import Cadence, Profile, Stage, TouchKind
from iiplan.planner import asking, people, settings, trips
from iiplan.planner.public_holidays import country_names, country_of_zone, public_holidays
from iiplan.planner.workspace import Workspace, open_workspace


def test_cadence_and_profile_are_the_usual_ones_until_they_are_saved(ws: Workspace) -> None:
    assert (settings.cadence(ws), settings.profile(ws)) == (Cadence(), Profile())
    settings.save_cadence(ws, Cadence(nudge_after=9))
    settings.save_profile(ws, Profile(name="Jo Example"))
    again = open_workspace(ws.store.path, now=ws.now)
    assert (settings.cadence(again), settings.profile(again)) == (Cadence(nudge_after=9), Profile(name="Jo Example"))


def test_settings_of_another_version_do_not_get_in_the_way(ws: Workspace) -> None:
    ws.store.save_setting("cadence", {"nudge_after": 9, "something newer": True})
    assert settings.cadence(ws) == Cadence(nudge_after=9)
    ws.store.save_setting("cadence", {"nudge_after": "often"})
    assert settings.cadence(ws) == Cadence()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"nudge_after": 0}, "wait for a nudge is 0 business days. It must be from 1 to 60"),
        ({"new_asks_a_day": 51}, "most new asks a day is 51"),
        ({"touch_after": 30, "touch_by": 20}, "begin after 30 days and end after 20. Swap the two"),
    ],
)
def test_a_cadence_that_makes_no_sense_is_refused_in_words(wrong: dict[str, int], words: str) -> None:
    with pytest.raises(InputError, match=words):
        Cadence(**wrong)


def test_holidays_are_those_of_the_part_of_the_country() -> None:
    # Emancipation Day, 16 April, is a holiday of the District of Columbia (D.C. Code 28-2701), not of all states.
    assert date(2027, 4, 16) in public_holidays("US-DC", 2027, 2027)
    assert date(2027, 4, 16) not in public_holidays("US", 2027, 2027)
    assert date(2027, 10, 3) in public_holidays("DE", 2027, 2027)  # Day of German Unity
    assert public_holidays("", 2027, 2027) == public_holidays("XX", 2027, 2027) == frozenset()


def test_countries_have_names_and_zones_have_countries() -> None:
    assert country_names()["DE"] == "Germany"
    assert country_names()["US-DC"].endswith(", DC")
    assert country_of_zone("Europe/Berlin") == "DE"
    assert country_of_zone("UTC") == ""
    assert country_of_zone("America/New_York") in country_names()


def test_holidays_of_the_trip_lengthen_patience(ws: Workspace) -> None:
    # Asked on Thu 12 Nov 2026; it is Mon 23 Nov. Seven business days have passed: 13, 16, 17, 18, 19, 20, 23.
    trip = a_trip(ws)
    a_person(ws, "Ada")
    asking.log(ws, "ada", TouchKind.ASKED, at=ws.now().replace(day=12), timezone="America/New_York")
    assert people.person(ws, "ada").stage is Stage.SILENT
    # Wed 18 Nov 2026 is Buss- und Bettag, a holiday in Saxony: one business day fewer there.
    trips.save_trip(ws, replace(trip, country="DE-SN"))
    assert people.person(ws, "ada").stage is Stage.ASKED
    settings.save_cadence(ws, Cadence(nudge_after=6))
    assert people.person(ws, "ada").stage is Stage.SILENT


def test_an_impossible_country_is_refused_in_words(ws: Workspace) -> None:
    with pytest.raises(InputError, match=r"'Germany' is no country code\. Use one such as DE or US-DC, or none"):
        replace(a_trip(ws), country="Germany")
