"""What to bring follows the week as it stands; ticks and dresses are kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from builders import MONDAY, NEAR, WASHINGTON, a_candidate, a_trip

from iiplan.briefing import Dress
from iiplan.model import Format
from iiplan.planner import packing
from iiplan.planner.workspace import Workspace


def at(hour: int, day: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour), WASHINGTON)


def test_a_day_brings_one_resume_for_each_visit_and_two_more(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    a_candidate(ws, trip, "Bob", fixed_start=at(11))
    a_candidate(ws, trip, "Cy", fixed_start=at(14), format=Format.CALL)
    assert list(packing.meetings_by_day(ws, trip)) == [MONDAY]
    words = [one.item.text for one in packing.day_checklist(ws, trip, MONDAY)]
    assert "4 résumés, in a folder" in words
    assert any("Headphones" in word for word in words)
    assert packing.day_checklist(ws, trip, MONDAY + timedelta(days=1)) == ()


def test_a_tick_is_kept_for_its_day_and_ends_when_the_number_changes(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9))
    for one in packing.day_checklist(ws, trip, MONDAY):
        packing.set_tick(ws, one.scope, one.item.text, True)
    assert all(one.ticked for one in packing.day_checklist(ws, trip, MONDAY))
    a_candidate(ws, trip, "Bob", fixed_start=at(11))
    open_now = [one.item.text for one in packing.day_checklist(ws, trip, MONDAY) if not one.ticked]
    assert open_now == ["4 résumés, in a folder"]


def test_how_they_dress_is_kept_by_organisation_however_it_is_spelt(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9), place=NEAR)
    assert packing.dress_at(ws, "Acme") is Dress.BUSINESS
    packing.set_dress(ws, " ACME ", Dress.FORMAL)
    assert packing.dress_at(ws, "acme") is Dress.FORMAL
    assert any("Suit" in one.item.text for one in packing.day_checklist(ws, trip, MONDAY))


def test_a_visit_whose_place_is_not_known_yet_is_no_call(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", fixed_start=at(9), place=None)
    words = [one.item.text for one in packing.day_checklist(ws, trip, MONDAY)]
    assert "3 résumés, in a folder" in words
    assert not any("Headphones" in word for word in words)
