"""Addresses of calendars come back as they were, one a trip."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from store_builders import NOON, week

from iiplan.errors import NotFoundError, StorageError
from iiplan.model import Feed
from iiplan.store import Store, files
from iiplan.store.connections import connect
from iiplan.store.schema import STEPS, v5_feeds


def feed(trip_id: str = "dc", letter: str = "a") -> Feed:
    return Feed(trip_id=trip_id, token=letter * 43, made_at=NOON)


@pytest.fixture
def travelled(store: Store) -> Store:
    store.save_trip(week("dc"))
    store.save_trip(week("oslo"))
    return store


def test_an_address_comes_back_and_a_later_one_takes_its_place(travelled: Store) -> None:
    travelled.save_feed(feed("oslo", "o"))
    travelled.save_feed(feed("dc", "a"))
    assert travelled.feeds() == (feed("dc", "a"), feed("oslo", "o"))
    later = Feed(trip_id="dc", token="_" * 43, made_at=NOON + timedelta(days=1))
    travelled.save_feed(later)
    assert travelled.feeds() == (later, feed("oslo", "o"))


def test_an_address_that_is_deleted_is_gone_and_deleting_it_again_does_nothing(travelled: Store) -> None:
    travelled.save_feed(feed())
    travelled.delete_feed("dc")
    travelled.delete_feed("dc")
    assert travelled.feeds() == ()
    with closing(connect(travelled.path)) as conn:
        assert conn.execute("SELECT count(*) FROM feeds").fetchone() == (0,)


def test_the_address_of_a_deleted_trip_is_left_out_until_the_trip_comes_back(travelled: Store) -> None:
    travelled.save_feed(feed())
    travelled.delete_trip("dc", NOON)
    assert travelled.feeds() == ()
    with pytest.raises(NotFoundError, match="The trip dc has been deleted"):
        travelled.save_feed(feed(letter="b"))
    travelled.restore_trip("dc")
    assert travelled.feeds() == (feed(),)


def test_a_trip_that_is_unknown_gets_no_address(travelled: Store) -> None:
    with pytest.raises(NotFoundError, match=r"No trip 'belrin'\. Known trips: dc, oslo\."):
        travelled.save_feed(feed("belrin"))


def test_an_address_that_cannot_be_read_is_said_without_its_token(travelled: Store) -> None:
    travelled.save_feed(feed())
    with closing(connect(travelled.path)) as conn:
        conn.execute("UPDATE feeds SET token = 'not a token'")
    with pytest.raises(StorageError, match=r"holds a calendar address \(of dc\)") as error:
        travelled.feeds()
    assert "not a token" not in str(error.value)


def test_a_file_from_before_there_were_addresses_gets_room_for_them(path: Path) -> None:
    files.prepare(path, STEPS[: STEPS.index(v5_feeds)])
    store = Store.open(path)
    store.save_trip(week("dc"))
    store.save_feed(feed())
    assert store.feeds() == (feed(),)
