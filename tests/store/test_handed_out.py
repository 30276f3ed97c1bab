from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from store_builders import NOON, handed_out, week

from iiplan.calendars import meeting_uid
from iiplan.errors import InputError
from iiplan.model import HandedOut, Revision
from iiplan.store import Store, files
from iiplan.store.connections import connect
from iiplan.store.schema import STEPS


@pytest.fixture
def planned(store: Store) -> Store:
    store.save_trip(week("dc"))
    return store


def test_what_was_handed_out_is_kept_by_its_uid_in_the_place_of_the_last(planned: Store) -> None:
    first, other = handed_out("a@x"), handed_out("b@x")
    planned.save_handed_out("dc", [other, first])
    newer = replace(first, digest="new", revision=Revision(sequence=3, modified=NOON), content='{"b": "ü"}')
    planned.save_handed_out("dc", [newer])
    assert planned.handed_out("dc") == (newer, other)


def test_each_trip_has_its_own(planned: Store) -> None:
    planned.save_trip(week("oslo"))
    planned.save_handed_out("dc", [handed_out("a@x")])
    assert planned.handed_out("oslo") == ()


def test_times_come_back_in_utc(planned: Store) -> None:
    ten = datetime(2027, 2, 1, 10, tzinfo=ZoneInfo("America/New_York"))
    planned.save_handed_out("dc", [replace(handed_out("a@x"), revision=Revision(sequence=0, modified=ten))])
    (kept,) = planned.handed_out("dc")
    assert kept.revision.modified == datetime(2027, 2, 1, 15, tzinfo=UTC)
    assert kept.revision.modified.tzinfo is UTC


def test_what_is_handed_out_needs_a_uid() -> None:
    with pytest.raises(InputError, match="needs a UID"):
        handed_out("")


def test_meetings_handed_out_by_an_earlier_iiplan_keep_uid_and_revision(path: Path) -> None:
    files.prepare(path, STEPS[:3])
    trip = 'washington "27"'
    with closing(connect(path)) as conn:
        conn.execute("INSERT INTO trips VALUES (?, 't', 'c', 'UTC', NULL, 'walk', 5, '{}', NULL, '')", [trip])
        conn.execute(
            "INSERT INTO contacts (id, name, role, city, email, phone, profile_url, source, authority, notes) "
            "VALUES ('ada', 'Ada', '', '', '', '', '', 'other', 'peer', '')"
        )
        conn.execute("INSERT INTO meetings VALUES (?, 'ada', 'd', 4, '2027-02-01T12:00:00.000000+00:00')", [trip])
    store = Store.open(path)
    modified = datetime(2027, 2, 1, 12, tzinfo=UTC)
    assert store.handed_out(trip) == (
        HandedOut(uid=meeting_uid(trip, "ada"), digest="d", revision=Revision(sequence=4, modified=modified)),
    )
