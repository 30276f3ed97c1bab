from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from store_builders import NOON, candidate, person, touch, week

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Organisation, TouchKind
from iiplan.store import Store
from iiplan.store.connections import connect


def test_a_new_store_is_empty_and_one_with_a_deleted_contact_is_not(store: Store) -> None:
    assert store.is_empty()
    store.save_contact(person("ann"))
    store.delete_contact("ann", NOON)
    assert not store.is_empty()


def test_a_store_with_a_trip_is_not_empty(store: Store) -> None:
    store.save_trip(week("dc"))
    assert not store.is_empty()


def test_contacts_are_sorted_by_name_without_regard_to_case_then_by_id(store: Store) -> None:
    store.save_contacts(
        [person("4", name="bob"), person("3", name="Cid"), person("2", name="ANN"), person("1", name="Bob")]
    )
    assert [contact.id for contact in store.contacts()] == ["2", "1", "4", "3"]


def test_an_organisation_is_found_without_regard_to_case_and_keeps_its_first_spelling(store: Store) -> None:
    store.save_contacts(
        [
            person("ann", organisation="Straße & Söhne"),
            person("bob", organisation="STRASSE & SÖHNE"),
            person("cid", organisation="  straße &  söhne "),
            person("dan", organisation="   "),
        ]
    )
    assert [organisation.name for organisation in store.organisations()] == ["Straße & Söhne"]
    assert [contact.organisation for contact in store.contacts()] == ["Straße & Söhne"] * 3 + [""]


def test_an_organisation_that_is_renamed_is_renamed_for_its_people(store: Store) -> None:
    store.save_contact(person("ann", organisation="acme"))
    (acme,) = store.organisations()
    store.save_organisation(Organisation(id=acme.id, name="ACME Inc.", website="https://acme.example"))
    assert store.contact("ann").organisation == "ACME Inc."
    assert [organisation.website for organisation in store.organisations()] == ["https://acme.example"]


def test_two_organisations_cannot_have_the_same_name(store: Store) -> None:
    store.save_organisation(Organisation(id="1", name="Acme"))
    with pytest.raises(InputError, match=r"already an organisation called Acme\. Choose another name"):
        store.save_organisation(Organisation(id="2", name="ACME"))
    assert [organisation.id for organisation in store.organisations()] == ["1"]


def test_organisations_are_sorted_by_name_without_regard_to_case(store: Store) -> None:
    for number, name in enumerate(["beta", "Alpha", "Gamma", "alphabet"]):
        store.save_organisation(Organisation(id=str(number), name=name))
    assert [organisation.name for organisation in store.organisations()] == ["Alpha", "alphabet", "beta", "Gamma"]


def test_people_who_referred_each_other_can_be_saved_in_any_order(store: Store) -> None:
    store.save_contacts([person("ann", referred_by="bob"), person("bob", referred_by="cid"), person("cid")])
    assert store.contact("ann").referred_by == "bob"


def test_a_referral_by_somebody_unknown_is_refused_and_nothing_is_saved(store: Store) -> None:
    with pytest.raises(InputError, match=r"Ann is said to be referred by 'nobody'.*Add that person first"):
        store.save_contacts([person("bob"), person("ann", referred_by="nobody")])
    assert store.is_empty()


def test_a_deleted_contact_takes_touches_and_candidacies_out_of_sight_and_brings_them_back(store: Store) -> None:
    store.save_contacts([person("ann"), person("bob")])
    store.save_trip(week("dc"))
    store.add_touches([touch("1", "ann"), touch("2", "bob")])
    store.save_candidates([candidate("ann"), candidate("bob")])
    store.delete_contact("ann", NOON)
    assert [contact.id for contact in store.contacts()] == ["bob"]
    assert [contact.id for contact in store.contacts(deleted=True)] == ["ann"]
    assert [t.id for t in store.touches()] == ["2"]
    assert store.touches(contact_id="ann") == ()
    assert [c.contact_id for c in store.candidates("dc")] == ["bob"]
    assert store.removed_candidate("dc", "ann") is None
    with pytest.raises(NotFoundError, match=r"Ann has been deleted\. Restore"):
        store.contact("ann")

    store.restore_contact("ann")
    assert store.contact("ann") == person("ann")
    assert store.contacts(deleted=True) == ()
    assert [t.id for t in store.touches()] == ["1", "2"]
    assert [c.contact_id for c in store.candidates("dc")] == ["ann", "bob"]


def test_deleting_twice_and_restoring_what_is_there_change_nothing(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))
    store.restore_contact("ann")
    store.delete_contact("ann", NOON)
    store.delete_contact("ann", NOON + timedelta(days=1))
    conn = connect(path)
    assert conn.execute("SELECT deleted_at FROM contacts").fetchall() == [("2026-11-23T12:00:00.000000+00:00",)]
    conn.close()


def test_saving_a_deleted_contact_keeps_what_was_typed_and_leaves_it_deleted(store: Store) -> None:
    store.save_contact(person("ann"))
    store.delete_contact("ann", NOON)
    store.save_contact(person("ann", notes="typed in another tab"))
    assert store.contacts() == ()
    store.restore_contact("ann")
    assert store.contact("ann").notes == "typed in another tab"


def test_an_unknown_contact_is_named(store: Store) -> None:
    for call in (store.contact, store.restore_contact, lambda unknown: store.delete_contact(unknown, NOON)):
        with pytest.raises(NotFoundError, match=r"No contact 'ann'\. Choose one from the list"):
            call("ann")


def test_touches_of_the_same_time_stay_in_the_order_logged(store: Store) -> None:
    store.save_contact(person("ann"))
    earlier = NOON - timedelta(days=2)
    store.add_touches([touch("z"), touch("a"), touch("m", at=earlier)])
    store.add_touches([touch("b")])
    assert [t.id for t in store.touches()] == ["m", "z", "a", "b"]


def test_a_void_touch_stays_in_the_log_beside_what_it_takes_back(store: Store) -> None:
    store.save_contact(person("ann"))
    store.add_touches([touch("1"), touch("2", kind=TouchKind.VOID, voids="1")])
    assert [(t.id, t.voids) for t in store.touches()] == [("1", None), ("2", "1")]


@pytest.mark.parametrize("voided", ["nothing", "of-bob"])
def test_only_a_touch_of_the_same_contact_can_be_taken_back(store: Store, voided: str) -> None:
    store.save_contacts([person("ann"), person("bob")])
    store.add_touches([touch("of-bob", "bob")])
    with pytest.raises(InputError, match=rf"'{voided}' cannot be taken back"):
        store.add_touches([touch("1"), touch("2", kind=TouchKind.VOID, voids=voided)])
    assert [t.id for t in store.touches()] == ["of-bob"]


def test_a_touch_is_refused_when_its_id_its_contact_or_its_trip_is_wrong(store: Store) -> None:
    store.save_contact(person("ann"))
    store.add_touches([touch("1")])
    with pytest.raises(InputError, match=r"'1' is already in the log\. Give the new one"):
        store.add_touches([touch("1", note="changed")])
    with pytest.raises(NotFoundError, match="No contact 'bob'"):
        store.add_touches([touch("2", "bob")])
    with pytest.raises(NotFoundError, match=r"No trip 'dc'.*Choose another trip, or none"):
        store.add_touches([touch("2", trip_id="dc")])
    assert store.touches() == (touch("1"),)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE touches SET note = 'other'",
        "UPDATE touches SET number = number + 1",
        "DELETE FROM touches",
        "INSERT OR REPLACE INTO touches SELECT * FROM touches",
        "REPLACE INTO touches SELECT 7, id, contact_id, 'met', at, timezone, NULL, NULL, '', NULL, '', NULL, NULL"
        " FROM touches",
        "INSERT INTO touches SELECT * FROM touches WHERE TRUE ON CONFLICT DO UPDATE SET note = 'other'",
    ],
)
def test_no_sql_changes_or_removes_a_touch(store: Store, path: Path, sql: str) -> None:
    store.save_contact(person("ann"))
    store.add_touches([touch("1", note="as it was")])
    conn = connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        conn.execute(sql)
    conn.close()
    assert store.touches() == (touch("1", note="as it was"),)
