"""Offering hours as a use case: hold them, let people choose in any combination, withdraw."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import product
from pathlib import Path

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_person, a_trip, a_window

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Contact, Coordinates, Format, Offer, Place, Stage, TouchKind, Trip
from iiplan.outreach import stage_of
from iiplan.planner import asking, offering, week
from iiplan.planner.workspace import Workspace, open_workspace

FAR = Place(name="Far", at=Coordinates(latitude=38.99, longitude=-77.03))
PEOPLE = ("ada", "bo", "cy")


def three_people(ws: Workspace) -> Trip:
    """Three people who are free on Monday and on Tuesday morning; two near, one far."""
    trip = a_trip(ws)
    for name, place in (("Ada", None), ("Bo", FAR), ("Cy", None)):
        a_candidate(
            ws,
            trip,
            name,
            a_window(start=9, end=17),
            a_window(day=1, start=9, end=12),
            **({"place": place} if place else {}),
        )
    return trip


def offered_to_all(ws: Workspace, trip: Trip) -> dict[str, Offer]:
    for contact_id in PEOPLE:
        hours = offering.hours_to_offer(ws, trip, contact_id).all
        offering.make_offer(ws, trip, contact_id, [hours[0].start, hours[len(hours) // 2].start])
    return {offer.contact_id: offer for offer in offering.open_offers(ws, trip)}


def test_whatever_hours_are_chosen_the_week_can_be_kept(ws: Workspace, tmp_path: Path) -> None:
    held = offered_to_all(ws, three_people(ws))
    assert {contact_id: len(offer.starts) for contact_id, offer in held.items()} == dict.fromkeys(PEOPLE, 2)
    for number, choice in enumerate(product(*(held[contact_id].starts for contact_id in PEOPLE))):
        other = open_workspace(tmp_path / f"world-{number}.sqlite", now=ws.now)
        trip = three_people(other)
        for contact_id, start in zip(PEOPLE, choice, strict=True):
            candidate = next(one for one in other.store.candidates(trip.id) if one.contact_id == contact_id)
            other.store.save_candidates([replace(candidate, fixed_start=start)])
        agenda = week.plan(other, trip).agenda
        assert agenda is not None
        assert {block.start for block in agenda.meetings} == set(choice)


def test_an_hour_is_never_offered_to_two_people(ws: Workspace) -> None:
    trip = three_people(ws)
    offering.make_offer(ws, trip, "ada", [datetime.combine(MONDAY, time(10), WASHINGTON)])
    hours = offering.hours_to_offer(ws, trip, "bo").all
    # Ada takes Monday from 9:50 to 10:45, so neither being early nor notes with Bo may fall into it
    monday = [hour for hour in hours if hour.start.date() == MONDAY]
    assert not [hour for hour in monday if time(9) < hour.start.time() < time(10, 55)]
    assert monday
    with pytest.raises(InputError, match="could clash with hours offered to Ada"):
        offering.make_offer(ws, trip, "cy", [datetime.combine(MONDAY, time(10, 15), WASHINGTON)])
    assert [offer.contact_id for offer in offering.open_offers(ws, trip)] == ["ada"]
    assert [touch.contact_id for touch in ws.store.touches()] == ["ada"]


def test_agreeing_on_an_hour_that_is_held_for_somebody_else_is_refused(ws: Workspace) -> None:
    trip = three_people(ws)
    ten = datetime.combine(MONDAY, time(10), WASHINGTON)
    offering.make_offer(ws, trip, "ada", [ten])
    with pytest.raises(InputError, match="hours offered to Ada"):
        week.agree(ws, trip, "cy", ten)
    assert all(one.fixed_start is None for one in ws.store.candidates(trip.id))
    week.agree(ws, trip, "ada", ten)
    assert offering.open_offers(ws, trip) == ()


def test_an_offer_is_logged_and_choosing_closes_it(ws: Workspace) -> None:
    trip = three_people(ws)
    offer, touch = offering.make_offer(ws, trip, "ada", [datetime.combine(MONDAY, time(10), WASHINGTON)])
    assert touch.kind is TouchKind.OFFERED
    assert touch.note == "Mon 07 Dec 10:00 (America/New_York)"
    week.agree(ws, trip, "ada", offer.starts[0])
    assert stage_of(ws.store.touches(contact_id="ada"), ws.now()) is Stage.SCHEDULED
    assert ws.store.offers(trip.id)[0].closed_at == ws.now()


def test_the_plan_meets_somebody_with_an_open_offer_at_an_offered_hour_only(ws: Workspace) -> None:
    trip = three_people(ws)
    late = datetime.combine(MONDAY, time(16, 30), WASHINGTON)
    offering.make_offer(ws, trip, "ada", [late])
    agenda = week.plan(ws, trip).agenda
    assert agenda is not None
    assert {block.contact_id: block.start for block in agenda.meetings}["ada"] == late
    offering.close(ws, trip, "ada")
    assert week.current(ws, trip).out_of_date


def test_somebody_without_hours_is_offered_the_hours_of_the_trip(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada")
    hours = offering.hours_to_offer(ws, trip, "ada", 3)
    assert {hour.start.date() for hour in hours.all} == {MONDAY + timedelta(days=n) for n in range(5)}
    assert len({(hour.start.date(), hour.start.hour < 12) for hour in hours.suggested}) == 3


def test_a_second_offer_to_somebody_replaces_the_first(ws: Workspace) -> None:
    trip = three_people(ws)
    for hour in (10, 14):
        offering.make_offer(ws, trip, "ada", [datetime.combine(MONDAY, time(hour), WASHINGTON)])
    assert [offer.starts[0].hour for offer in offering.open_offers(ws, trip)] == [14]


def test_somebody_who_declined_holds_no_hours(ws: Workspace) -> None:
    trip = three_people(ws)
    offering.make_offer(ws, trip, "ada", [datetime.combine(MONDAY, time(10), WASHINGTON)])
    later = Workspace(store=ws.store, now=lambda: ws.now() + timedelta(hours=1))
    asking.log(later, "ada", TouchKind.DECLINED)
    assert offering.open_offers(later, trip) == ()


def test_somebody_who_cannot_be_visited_is_refused_with_the_cure(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", place=None)
    with pytest.raises(InputError, match="No place to meet yet"):
        offering.hours_to_offer(ws, trip, "ada")
    a_person(ws, "Bo")
    with pytest.raises(NotFoundError, match="not on the trip"):
        offering.hours_to_offer(ws, trip, "bo")


def test_offered_hours_are_written_in_the_zone_of_the_reader() -> None:
    starts = [datetime(2026, 12, 8, 16, 0, tzinfo=WASHINGTON), datetime(2026, 12, 7, 10, 0, tzinfo=WASHINGTON)]
    assert offering.offer_text(starts, 30, "Europe/Berlin") == (
        "Would one of these suit you?\n"
        "- Monday 7 December, 16:00 to 16:30\n"
        "- Tuesday 8 December, 22:00 to 22:30\n"
        "(All times are Berlin time.)"
    )


def test_an_offer_comes_back_from_the_store_as_it_was(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", format=Format.CALL)
    offer = Offer(
        id="o", trip_id=trip.id, contact_id="ada", starts=(a_window().start, a_window().end), made_at=ws.now()
    )
    ws.store.save_offer(offer)
    assert ws.store.offers(trip.id) == (offer,)
    ws.store.save_contact(Contact(id="bo", name="Bo"))
    with pytest.raises(NotFoundError, match="No candidate 'bo'"):
        ws.store.save_offer(replace(offer, id="p", contact_id="bo"))


@pytest.mark.parametrize(
    ("starts", "sentence"), [((), "holds 1 to 10 hours, not 0"), ((a_window().start,) * 2, "offered twice")]
)
def test_an_offer_of_nothing_or_of_one_hour_twice_is_refused(
    ws: Workspace, starts: tuple[datetime, ...], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        Offer(id="o", trip_id="t", contact_id="c", starts=starts, made_at=ws.now())
