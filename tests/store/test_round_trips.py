from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import NOON, candidate, handed_out, person, touch, week

from iiplan.errors import InputError, StorageError
from iiplan.model import Contact, Organisation, SavedPlan, TimeWindow, Touch, Trip
from iiplan.store import Store
from iiplan.store.connections import connect
from tests import strategies as nouns

quick = settings(max_examples=40, deadline=None)


@contextmanager
def a_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        yield Store.open(Path(folder) / "iiplan.sqlite")


@quick
@given(nouns.contacts())
def test_a_contact_comes_back_as_it_was_saved(contact: Contact) -> None:
    with a_store() as store:
        store.save_contact(contact)
        assert store.contact(contact.id) == contact
        assert store.contacts() == (contact,)


@quick
@given(st.lists(nouns.contacts(st.sampled_from("abc")), max_size=5))
def test_saving_a_contact_again_replaces_it(contacts: list[Contact]) -> None:
    last = {contact.id: contact for contact in contacts}
    with a_store() as store:
        for contact in contacts:
            store.save_contact(contact)
        kept = {contact.id: contact for contact in store.contacts()}
        assert kept.keys() == last.keys()
        for contact_id, contact in last.items():
            # The first spelling of an organisation stays, so only the letters without case must agree.
            assert kept[contact_id].name == contact.name
            assert kept[contact_id].notes == contact.notes
            assert kept[contact_id].organisation.casefold().split() == contact.organisation.casefold().split()


@quick
@given(st.lists(nouns.touches("ann", "dc"), max_size=4))
def test_touches_come_back_by_time_in_the_zone_they_were_logged_in(touches: list[Touch]) -> None:
    with a_store() as store:
        store.save_contact(person("ann"))
        store.save_trip(week("dc"))
        store.add_touches(touches)
        expected = sorted(touches, key=lambda touch: touch.at.timestamp())  # a stable sort keeps the order logged
        assert [t.at.timestamp() for t in store.touches()] == [t.at.timestamp() for t in expected]
        assert store.touches(contact_id="ann") == tuple(expected)
        assert [str(t.at.tzinfo) for t in store.touches()] == [t.timezone for t in expected]


@quick
@given(nouns.trips())
def test_a_trip_comes_back_as_it_was_saved(trip: Trip) -> None:
    with a_store() as store:
        store.save_trip(trip)
        assert store.trip(trip.id) == trip
        assert store.trips() == (trip,)


@quick
@given(st.data())
def test_candidates_come_back_in_the_zone_of_the_trip(data: st.DataObject) -> None:
    trip = data.draw(nouns.trips())
    wanted = [data.draw(nouns.candidates(trip, contact_id)) for contact_id in ("zoe", "ann")]
    with a_store() as store:
        store.save_contacts([person("ann"), person("zoe")])
        store.save_trip(trip)
        store.save_candidates(wanted)
        assert store.candidates(trip.id) == tuple(wanted)
        for kept, given_one in zip(store.candidates(trip.id), wanted, strict=True):
            for window, given_window in zip(kept.windows, given_one.windows, strict=True):
                assert window.start.timestamp() == given_window.start.timestamp()
                assert window.end.timestamp() == given_window.end.timestamp()
                assert window.start.tzinfo is trip.zone


def test_hours_given_in_another_zone_are_shown_in_that_of_the_trip(store: Store) -> None:
    store.save_contact(person("ann"))
    store.save_trip(week("dc"))  # in New York's zone, five hours behind UTC on 1 March
    nine_in_berlin = datetime(2027, 3, 1, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    hours = TimeWindow(start=nine_in_berlin, end=nine_in_berlin + timedelta(hours=1))
    store.save_candidates([candidate("ann", windows=(hours,), fixed_start=nine_in_berlin)])
    (kept,) = store.candidates("dc")
    # 15:00 in Berlin is 14:00 UTC is 09:00 in New York
    assert kept.windows[0].start.isoformat() == "2027-03-01T09:00:00-05:00"
    assert kept.fixed_start is not None
    assert kept.fixed_start.isoformat() == "2027-03-01T09:00:00-05:00"


def test_both_halves_of_the_doubled_hour_are_kept_apart(store: Store) -> None:
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    second = first.replace(fold=1)
    store.save_contact(person("ann"))
    store.add_touches([touch("late", at=second, timezone=zone.key), touch("early", at=first, timezone=zone.key)])
    kept = store.touches()
    assert [t.id for t in kept] == ["early", "late"]
    assert [t.at.fold for t in kept] == [0, 1]


def test_a_plan_comes_back_with_its_time_in_utc(store: Store) -> None:
    store.save_trip(week("dc"))
    assert store.plan("dc") is None
    at = datetime(2027, 1, 5, 9, 30, 1, 250, tzinfo=timezone(timedelta(hours=-5)))
    plan = SavedPlan(trip_id="dc", planned_at=at, fingerprint="f1", document='{"title": "\N{BRIEFCASE} \\n"}')
    store.save_plan(plan)
    kept = store.plan("dc")
    assert kept == plan
    assert kept is not None
    assert kept.planned_at.tzinfo is UTC
    later = SavedPlan(trip_id="dc", planned_at=NOON, fingerprint="f2", document="{}")
    store.save_plan(later)
    assert store.plan("dc") == later


@pytest.mark.parametrize("text", nouns.HOSTILE_TEXTS)
def test_hostile_text_is_only_text(store: Store, text: str) -> None:
    contact = person(text, name=text, role=text, organisation=text.strip(), notes=text)
    store.save_contact(contact)
    store.save_trip(week(text, name=text))
    store.add_touches([touch(text, text, note=text, trip_id=text)])
    store.save_candidates([candidate(text, text, seat=text)])
    assert store.contact(text) == contact
    assert store.trip(text).name == text
    assert [t.note for t in store.touches(contact_id=text)] == [text]
    assert [c.seat for c in store.candidates(text)] == [text]
    store.save_handed_out(text, [handed_out(text)])
    assert store.handed_out(text) == (handed_out(text),)


@pytest.mark.parametrize("text", ["half \ud83d", "\udcff", "nul \0 inside"])
def test_text_that_cannot_be_stored_is_refused_by_its_sentence(store: Store, text: str) -> None:
    store.save_trip(week("dc"))
    with pytest.raises(InputError, match=r"cannot be stored.*type the text again"):
        store.save_plan(SavedPlan(trip_id="dc", planned_at=NOON, fingerprint=text, document="{}"))
    with pytest.raises(InputError, match="cannot be stored"):
        store.save_contact(person(text, name="Ann"))
    assert store.plan("dc") is None
    assert store.contacts() == ()


@pytest.mark.parametrize("field", ["name", "role", "organisation", "city", "notes"])
def test_half_a_character_is_refused_in_every_text_of_a_contact(store: Store, field: str) -> None:
    with pytest.raises(InputError, match="cannot be shown"):
        store.save_contact(person("ann", **{field: "x\ud800y"}))
    assert store.is_empty()
    assert store.organisations() == ()


def test_half_a_character_in_an_id_that_is_looked_up_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="half of a character"):
        store.contact("\ud800")


def test_hours_that_the_zone_of_the_trip_cannot_show_again_are_refused(store: Store) -> None:
    store.save_contact(person("ann"))
    store.save_trip(week("dc"))
    # 05:30 to 06:15 UTC is 01:30 to 01:15 on New York's clocks, which go back at 06:00 UTC.
    start = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    hours = TimeWindow(start=start, end=start + timedelta(minutes=45))
    with pytest.raises(InputError, match="end before they start"):
        store.save_candidates([candidate("ann", windows=(hours,))])
    assert store.candidates("dc") == ()
    store.save_trip(week("dc", timezone="UTC"))
    store.save_candidates([candidate("ann", windows=(hours,))])
    with pytest.raises(InputError, match="end before they start"):
        store.save_trip(week("dc"))
    assert store.trip("dc").timezone == "UTC"


def test_a_time_at_the_edge_of_the_calendar_is_refused(store: Store) -> None:
    store.save_contact(person("ann"))
    last = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    with pytest.raises(InputError, match="edge of the calendar"):
        store.add_touches([touch("t", at=last, timezone="Asia/Tokyo")])
    assert store.touches() == ()


def test_organisations_come_back_as_they_were_saved(store: Store) -> None:
    acme = Organisation(id="o1", name="Acme", website="https://acme.example", notes="one\ntwo")
    store.save_organisation(acme)
    assert store.organisations() == (acme,)


def test_a_stored_value_that_the_model_refuses_is_named_when_it_is_read(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))
    conn = connect(path)
    conn.execute("UPDATE contacts SET source = 'telepathy'")
    conn.close()
    with pytest.raises(StorageError, match=r"a contact \(ann\) that iiplan cannot read.*telepathy.*backup"):
        store.contacts()
