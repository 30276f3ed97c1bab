"""Calendars on servers and what was written there come back as they were, and never with a password."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from store_builders import NOON, week

from iiplan.errors import InputError, NotFoundError, StorageError
from iiplan.model import CalendarLink, Written
from iiplan.store import Store, files
from iiplan.store.connections import connect
from iiplan.store.schema import STEPS, v7_caldav

LINK = CalendarLink(
    trip_id="dc", server="https://dav.example.org/", user="ada", calendar="https://dav.example.org/week/", name="Week"
)
ADA = Written(uid="ada@iiplan", href="https://dav.example.org/week/ada.ics", etag='"1"', content="{}")


@pytest.fixture
def travelled(store: Store) -> Store:
    store.save_trip(week("dc"))
    store.save_trip(week("oslo"))
    return store


def test_a_link_comes_back_and_a_later_one_takes_its_place(travelled: Store) -> None:
    travelled.save_calendar_link(LINK)
    later = replace(LINK, name="Other", remembered=True, remove_off=True, sent_at=NOON)
    travelled.save_calendar_link(replace(LINK, trip_id="oslo"))
    travelled.save_calendar_link(later)
    assert travelled.calendar_links() == (later, replace(LINK, trip_id="oslo"))
    travelled.delete_calendar_link("dc")
    travelled.delete_calendar_link("dc")
    assert travelled.calendar_links() == (replace(LINK, trip_id="oslo"),)


def test_the_link_of_a_deleted_trip_is_left_out_and_an_unknown_one_gets_none(travelled: Store) -> None:
    travelled.save_calendar_link(LINK)
    travelled.delete_trip("dc", NOON)
    assert travelled.calendar_links() == ()
    with pytest.raises(NotFoundError, match="The trip dc has been deleted"):
        travelled.save_calendar_link(LINK)
    with pytest.raises(NotFoundError, match="No trip 'belrin'"):
        travelled.save_calendar_link(replace(LINK, trip_id="belrin"))


def test_what_was_written_is_kept_by_calendar_and_uid(travelled: Store) -> None:
    travelled.save_written("dc", LINK.calendar, [ADA])
    travelled.save_written("dc", "https://other.example.org/", [replace(ADA, etag='"9"')])
    travelled.save_written("dc", LINK.calendar, [replace(ADA, etag='"2"')])
    assert travelled.written("dc", LINK.calendar) == (replace(ADA, etag='"2"'),)
    travelled.forget_written("dc", LINK.calendar, ADA.uid)
    assert travelled.written("dc", LINK.calendar) == ()
    assert travelled.written("dc", "https://other.example.org/") == (replace(ADA, etag='"9"'),)
    with pytest.raises(NotFoundError, match="No trip 'belrin'"):
        travelled.save_written("belrin", LINK.calendar, [ADA])


def test_a_row_that_cannot_be_read_is_named(travelled: Store) -> None:
    travelled.save_calendar_link(LINK)
    with closing(connect(travelled.path)) as conn:
        conn.execute("UPDATE caldav_links SET user = ''")
    with pytest.raises(StorageError, match=r"a calendar on a server \(of dc\)"):
        travelled.calendar_links()


@pytest.mark.parametrize("changes", [{"server": ""}, {"user": " "}, {"calendar": "x" * 2001}, {"name": "x" * 501}])
def test_a_link_without_its_parts_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"empty|Shorten"):
        replace(LINK, **changes)


def test_a_file_from_before_there_were_calendars_on_servers_gets_room_for_them(path: Path) -> None:
    files.prepare(path, STEPS[: STEPS.index(v7_caldav)])
    store = Store.open(path)
    store.save_trip(week("dc"))
    store.save_calendar_link(LINK)
    assert store.calendar_links() == (LINK,)
