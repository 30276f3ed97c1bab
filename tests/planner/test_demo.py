"""The demo never goes stale, shows everything, and says what is wrong with its files."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from iiplan.errors import InputError
from iiplan.model import Authority, Channel, Contact, Format, PlaceOrigin, Source, Stage, Touch, TouchKind
from iiplan.outreach import DueKind, due_list, histories, stage_of
from iiplan.planner.demo import DemoData, read_demo
from iiplan.resources import data_folder
from iiplan.travel import distance_km, estimate_minutes

FOLDER = data_folder() / "demo"
WASHINGTON = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=WASHINGTON)  # a Monday
DEMO = read_demo(FOLDER, NOW)


def logs(demo: DemoData) -> dict[str, list[Touch]]:
    found: dict[str, list[Touch]] = {contact.id: [] for contact in demo.contacts}
    for touch in demo.touches:
        found[touch.contact_id].append(touch)
    return found


def stages(demo: DemoData, now: datetime) -> Counter[Stage]:
    return Counter(stage_of(touches, now) for touches in logs(demo).values())


def named(name: str) -> Contact:
    (contact,) = (contact for contact in DEMO.contacts if contact.name == name)
    return contact


# -------------------------------------------------------------------------------------------------------- the dates


def test_the_trip_starts_on_the_first_monday_at_least_eight_days_ahead() -> None:
    # Monday 23 November: eight days ahead is Tuesday 1 December, the Monday after it the 7th
    assert DEMO.trip.first_day.isoformat() == "2026-12-07"
    sunday = read_demo(FOLDER, NOW - timedelta(days=1))  # the 22nd; the 30th is eight days ahead
    assert sunday.trip.first_day.isoformat() == "2026-11-30"
    assert [day.date.weekday() for day in DEMO.trip.days] == [0, 1, 2, 3, 4]


def test_today_is_the_day_of_the_trips_city() -> None:
    # Tuesday 02:00 in London is still Monday evening in Washington
    early = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert read_demo(FOLDER, early).trip.first_day == DEMO.trip.first_day
    assert max(touch.at for touch in read_demo(FOLDER, early).touches).astimezone(WASHINGTON).date().day == 20


@pytest.mark.parametrize("offset", range(0, 400, 7))
def test_nothing_lies_in_the_future_and_the_stages_stay_on_any_day_and_hour(offset: int) -> None:
    usual = stages(DEMO, NOW)
    for day in range(offset, min(offset + 7, 400)):
        midnight = datetime.combine(NOW.date() + timedelta(days=day), time(), WASHINGTON)
        demo = read_demo(FOLDER, midnight)
        assert all(touch.at < midnight for touch in demo.touches)
        assert 8 <= (demo.trip.first_day - midnight.date()).days <= 14
        assert stages(demo, midnight) == usual


def test_every_hour_of_a_day_lays_out_the_same_days() -> None:
    for day in ("2026-11-01", "2027-03-14"):  # the clocks change in Washington
        at = [touch.at for touch in read_demo(FOLDER, datetime.fromisoformat(day).replace(tzinfo=WASHINGTON)).touches]
        for hour in range(24):
            now = datetime.combine(datetime.fromisoformat(day).date(), time(hour, 30), WASHINGTON)
            demo = read_demo(FOLDER, now)
            assert [touch.at for touch in demo.touches] == at
            assert all(touch.at < now for touch in demo.touches)


def test_windows_keep_their_clock_times_over_the_change_of_clocks() -> None:
    spring = read_demo(FOLDER, datetime(2027, 3, 1, 9, 0, tzinfo=WASHINGTON))  # the trip starts on 15 March 2027
    clocks = [
        [(window.start.time(), window.end.time()) for window in candidate.windows] for candidate in spring.candidates
    ]
    assert clocks == [
        [(window.start.time(), window.end.time()) for window in candidate.windows] for candidate in DEMO.candidates
    ]
    assert spring.candidates[0].windows[0].start.utcoffset() == timedelta(hours=-4)


# ------------------------------------------------------------------------------------------------------- the people


def test_there_are_about_forty_people_of_every_source_authority_channel_and_stage() -> None:
    assert 40 <= len(DEMO.contacts) <= 50
    assert {contact.source for contact in DEMO.contacts} == set(Source)
    assert {contact.authority for contact in DEMO.contacts} == set(Authority)
    assert {touch.channel for touch in DEMO.touches} - {None} == set(Channel)
    assert {touch.kind for touch in DEMO.touches} == set(TouchKind)
    assert set(stages(DEMO, NOW)) == set(Stage)
    assert stages(DEMO, NOW)[Stage.ACCEPTED] >= 20


def test_the_touches_span_six_weeks() -> None:
    first, last = min(touch.at for touch in DEMO.touches), max(touch.at for touch in DEMO.touches)
    assert timedelta(weeks=5, days=4) <= last - first <= timedelta(weeks=6)


def test_nobody_can_be_mistaken_for_a_real_person() -> None:
    names = [contact.name for contact in DEMO.contacts]
    assert len(set(names)) == len(names)
    for contact in DEMO.contacts:
        assert not contact.email or re.fullmatch(r"[a-z.]+@example\.(org|com|net)", contact.email)
        assert not contact.phone or re.fullmatch(r"202-555-01\d\d", contact.phone)
        assert not contact.profile_url or contact.profile_url.startswith("https://example.org/")
    for values in ([c.email for c in DEMO.contacts], [c.phone for c in DEMO.contacts]):
        given = [value for value in values if value]
        assert len(set(given)) == len(given)


def test_ids_are_fresh_at_each_load_and_belong_together() -> None:
    again = read_demo(FOLDER, NOW)
    ids = {contact.id for contact in DEMO.contacts}
    assert not ids & {contact.id for contact in again.contacts}
    assert DEMO.trip.id != again.trip.id
    assert len({touch.id for touch in DEMO.touches}) == len(DEMO.touches)
    assert {touch.contact_id for touch in DEMO.touches} <= ids
    assert {touch.trip_id for touch in DEMO.touches} == {DEMO.trip.id}
    assert {candidate.contact_id for candidate in DEMO.candidates} <= ids
    assert {contact.referred_by for contact in DEMO.contacts} - {None} <= ids


def test_nobody_was_met_in_person_before_the_trip() -> None:
    assert {touch.channel for touch in DEMO.touches if touch.kind is TouchKind.MET} == {Channel.PHONE}


def test_a_referral_comes_from_somebody_who_had_answered() -> None:
    touches = logs(DEMO)
    referred = [contact for contact in DEMO.contacts if contact.source is Source.REFERRAL]
    assert referred
    for contact in referred:
        assert contact.referred_by is not None
        before = min((touch.at for touch in touches[contact.id]), default=NOW)
        known = [touch for touch in touches[contact.referred_by] if touch.at < before]
        assert stage_of(known, before) not in {Stage.IDENTIFIED, Stage.ASKED, Stage.SILENT}


def test_places_are_in_and_around_washington() -> None:
    assert DEMO.trip.base is not None
    base = DEMO.trip.base.at.as_pair
    places = [contact.place for contact in DEMO.contacts if contact.place is not None]
    assert len(places) > 30
    for place in [DEMO.trip.base, *places]:
        assert place.origin is PlaceOrigin.DEMO
        assert place.address
        assert distance_km(base, place.at.as_pair) < 13
        assert estimate_minutes(base, place.at.as_pair, "transit") <= 75
    near = sum(estimate_minutes(base, place.at.as_pair, "transit") <= 30 for place in places)
    assert near >= len(places) / 2


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        # the nearest Metro station as its operator publishes it; the corner lies within 200 m of it
        ("Ivo Invented", 38.89834, -77.021851),  # Gallery Place
        ("Wren Whatsit", 38.898303, -77.028099),  # Metro Center
        ("Nell Nonesuch", 38.884124, -76.995334),  # Eastern Market
        ("Bix Lorem-Ipsum", 38.876588, -77.005086),  # Navy Yard
        ("Otto Sample", 38.909499, -77.04362),  # Dupont Circle
        ("Fern Fictional", 38.900599, -77.050273),  # Foggy Bottom
        ("Percy Pseudonym", 38.896595, -77.07146),  # Rosslyn
        ("Tilda Testcase", 38.984282, -77.094431),  # Bethesda
        ("Silas Stand-Fast", 38.993841, -77.031321),  # Silver Spring
        ("Posy Prototype", 38.947808, -77.079615),  # Tenleytown
    ],
)
def test_corners_are_where_the_map_has_them(name: str, latitude: float, longitude: float) -> None:
    place = named(name).place
    assert place is not None
    assert distance_km(place.at.as_pair, (latitude, longitude)) < 0.2


# --------------------------------------------------------------------------------------------------------- the week


def test_the_week_has_something_of_everything() -> None:
    candidates = DEMO.candidates
    assert len(candidates) > 20
    assert sum(candidate.format is Format.CALL for candidate in candidates) >= 2
    assert sum(candidate.must for candidate in candidates) == 1
    assert sum(candidate.fixed_start is not None for candidate in candidates) == 2
    seats = Counter(candidate.seat for candidate in candidates if candidate.seat)
    assert list(seats.values()) == [2]
    assert any(not candidate.windows and candidate.fixed_start is None for candidate in candidates)
    assert sum(len(day.busy) for day in DEMO.trip.days) >= 2
    last = max(window.end.date() for candidate in candidates for window in candidate.windows)
    assert last > DEMO.trip.last_day


def test_only_people_who_said_yes_are_candidates() -> None:
    touches = logs(DEMO)
    yes = {Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED}
    assert {stage_of(touches[candidate.contact_id], NOW) for candidate in DEMO.candidates} == yes
    for candidate in DEMO.candidates:
        agreed = stage_of(touches[candidate.contact_id], NOW) is not Stage.ACCEPTED
        assert agreed == (candidate.fixed_start is not None)


def test_what_was_agreed_lies_on_the_day_the_log_says() -> None:
    starts = {
        contact.name: candidate.fixed_start
        for candidate in DEMO.candidates
        for contact in DEMO.contacts
        if contact.id == candidate.contact_id and candidate.fixed_start is not None
    }
    assert {name: f"{start:%A %H:%M}" for name, start in starts.items()} == {
        "Quentin Quotation": "Tuesday 14:00",  # his note: Tuesday at two
        "Sunny Somebody": "Thursday 15:00",  # hers: Thursday at three
    }


def test_today_has_something_to_do_of_many_kinds() -> None:
    people = histories(DEMO.contacts, DEMO.touches)
    found = due_list(people, NOW, trip=DEMO.trip, agenda=None, candidates=DEMO.candidates)
    assert {one.kind for one in found} == {
        DueKind.THANK,
        DueKind.REPLY,
        DueKind.OFFER_HOURS,
        DueKind.NUDGE,
        DueKind.ASK_NEW,
        DueKind.DEBRIEF,
        DueKind.KEEP_PROMISE,
        DueKind.NEXT_PERSON,
    }
    assert len(found) <= 15


# --------------------------------------------------------------------------------------------------- broken files


def broken(tmp_path: Path, name: str, change: object) -> Path:
    """A copy of the demo with one file changed by a function of its JSON, or replaced by a text."""
    folder = tmp_path / "demo"
    shutil.copytree(FOLDER, folder)
    path = folder / name
    if isinstance(change, str):
        path.write_text(change, encoding="utf-8")
    else:
        contents = json.loads(path.read_text(encoding="utf-8"))
        change(contents)  # type: ignore[operator]
        path.write_text(json.dumps(contents), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("people.json", "[{", "people.json is not JSON: .*Correct it there."),
        ("people.json", "{}", r"people.json holds \{\}. It must be a list of objects."),
        ("people.json", lambda p: p.insert(1, 7), "people.json, entry 2: 7 is not an object."),
        ("people.json", lambda p: p[2].pop("name"), r"people.json, entry 3 \(otto-sample\): name is missing. Add it."),
        ("people.json", lambda p: p[0].update(name=5), r"entry 1 \(ada-example\): name is 5. It must be text"),
        ("people.json", lambda p: p[0].update(name=" "), r"entry 1 \(ada-example\): The name is empty."),
        ("people.json", lambda p: p[0].update(email="no"), r"entry 1 \(ada-example\): 'no' is not an e-mail address"),
        ("people.json", lambda p: p[0].update(source="luck"), r"\(ada-example\): source is 'luck'. Use one of family,"),
        ("people.json", lambda p: p[0].update(shoe=43), r"\(ada-example\): Unknown key 'shoe'. Known keys: authority,"),
        ("people.json", lambda p: p[0].update(referred_by="nix"), r"\(ada-example\): 'nix' names nobody and nothing."),
        ("people.json", lambda p: p[1].update(key="ada-example"), r"entry 2 \(ada-example\): The key .* is taken."),
        ("people.json", lambda p: p[0]["place"].update(lat="x"), r'\(ada-example\): place: lat is "x". It must be a'),
        ("people.json", lambda p: p[0]["place"].update(lat=99), r"\(ada-example\): place: The latitude is 99"),
        ("touches.json", lambda t: t.update(nix=[]), "touches.json, nix: 'nix' names nobody and nothing."),
        ("touches.json", lambda t: t.update({"ada-example": {}}), r"touches.json, ada-example holds \{\}."),
        (
            "touches.json",
            lambda t: t["ada-example"][1].update(business_days_ago=0),
            r"touches.json, ada-example, entry 2 \(replied\): business_days_ago is 0. Give 1 or more",
        ),
        (
            "touches.json",
            lambda t: t["ada-example"][0].update(business_days_ago=1.5),
            r"entry 1 \(asked\): business_days_ago is 1.5. It must be a whole number.",
        ),
        ("touches.json", lambda t: t["ada-example"][0].update(business_days_ago=True), "is true. It must be a whole"),
        ("touches.json", lambda t: t["ada-example"][0].update(at="9:10"), "at is '9:10'. Write a clock time such as"),
        ("touches.json", lambda t: t["ada-example"][0].update(at="24:10"), "at is '24:10'. Write a clock time such as"),
        ("touches.json", lambda t: t["ada-example"][0].update(kind="sang"), "kind is 'sang'. Use one of asked,"),
        ("touches.json", lambda t: t["otto-sample"][2].update(voids="x"), r"entry 3 \(void\): 'x' names nobody"),
        ("candidates.json", lambda c: c[0].update(value=11), r"candidates.json, entry 1 \(ada-example\): The value is"),
        ("candidates.json", lambda c: c[0].update(must="yes"), r'\(ada-example\): must is "yes". It must be true or'),
        (
            "candidates.json",
            lambda c: c[0]["windows"][0].update(days=["tue", "doomsday"]),
            r"\(ada-example\): windows, entry 1: 'doomsday' is not a weekday. Use one of mon,",
        ),
        ("candidates.json", lambda c: c[0]["windows"][0].update(days="tue"), 'days is "tue". It must be a list of'),
        ("candidates.json", lambda c: c[0]["windows"][0].update(to="08:00"), "windows, entry 1: The hours .* end"),
        ("trip.json", lambda t: t.update(timezone="DC"), "trip.json: timezone is 'DC'. Use an IANA name"),
        ("trip.json", lambda t: t.pop("base"), "trip.json: base is missing. Add it."),
        ("trip.json", lambda t: t["days"].pop(1), "trip.json: The days of Washington week must follow one another"),
        ("trip.json", lambda t: t["days"][4].update(end="07:00"), "trip.json: days, entry 5: .* ends at 07:00"),
        ("trip.json", "[]", r"trip.json: \[\] is not an object."),
    ],
)
def test_a_broken_file_is_named_with_its_entry(tmp_path: Path, name: str, change: object, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        read_demo(broken(tmp_path, name, change), NOW)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"trip.json cannot be read in .*Restore the file"):
        read_demo(tmp_path, NOW)


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(InputError, match="has no time zone"):
        read_demo(FOLDER, NOW.replace(tzinfo=None))
