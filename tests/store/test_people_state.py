"""The token that names what people and log hold: the same content, the same token, and never for anything else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from store_builders import NOON, person, touch, week

from iiplan.model import Organisation
from iiplan.store import Store


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.save_contact(person("bob")),
        lambda store: store.save_contact(person("ann", city="Oslo")),
        lambda store: store.delete_contact("ann", NOON),
        lambda store: store.add_touches([touch("2")]),
        lambda store: store.save_organisation(Organisation(id="acme", name="ACME Inc.")),
    ],
    ids=["new", "changed", "deleted", "touched", "organisation renamed"],
)
def test_every_change_of_people_or_log_draws_a_new_token(store: Store, change: Callable[[Store], None]) -> None:
    store.save_organisation(Organisation(id="acme", name="Acme"))
    store.save_contact(person("ann", organisation="Acme"))
    before = store.people_token()
    change(store)
    assert store.people_token() != before
    assert store.people_state().token == store.people_token()


def test_what_is_neither_people_nor_log_leaves_the_token(store: Store) -> None:
    before = store.people_token()
    store.save_trip(week())
    store.save_setting("worth", {"fit": 3})
    store.people_state()
    assert store.people_token() == before


def test_a_change_that_is_undone_by_an_error_leaves_the_token(store: Store) -> None:
    before = store.people_token()

    def change_and_fail() -> None:
        with store.transaction():
            store.save_contact(person("ann"))
            assert store.people_token() != before
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        change_and_fail()
    assert store.people_token() == before


def test_two_copies_of_a_file_share_the_token_until_one_changes(store: Store, path: Path) -> None:
    store.save_contact(person("ann"))
    copy = path.with_name("copy.sqlite")
    shutil.copy(path, copy)
    other = Store.open(copy)
    assert other.people_token() == store.people_token()
    first, second = replace(person("ann"), city="Oslo"), replace(person("ann"), city="Rome")
    store.save_contact(first)
    other.save_contact(second)
    assert other.people_token() != store.people_token()


def test_the_state_is_what_the_single_calls_give(store: Store) -> None:
    store.save_contacts([person("ann"), person("bob")])
    store.delete_contact("bob", NOON)
    store.add_touches([touch("1")])
    state = store.people_state()
    assert (state.contacts, state.touches) == (store.contacts(), store.touches())
