"""Whole workspaces for property tests: something in every table, hostile text included."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from store_builders import NOON, handed_out

from iiplan.model import Feed, MessageKind, MessageTemplate, Offer, Organisation, Receiver, SavedPlan, Snooze
from iiplan.store import Store
from iiplan.store.connections import connect
from iiplan.store.tables import BOOKKEEPING, DRAWN
from tests import strategies as nouns

__all__ = ["everything_in", "fill_anyhow", "rows_of"]


def fill_anyhow(store: Store, data: st.DataObject) -> None:
    """People who refer one another, logs, trips with their weeks, settings; some of it deleted."""
    ids = data.draw(st.lists(st.sampled_from(["a", "b\u00e9", "'c", 'd"', "e; f"]), unique=True, max_size=4))
    people = [data.draw(nouns.contacts(st.just(one))) for one in ids]
    referrers = [None, *ids[:-1]]
    store.save_contacts(
        replace(person, referred_by=by) for person, by in zip(people, referrers[: len(people)], strict=True)
    )
    trips = [data.draw(nouns.trips(f"trip {number}")) for number in range(data.draw(st.integers(0, 2)))]
    for trip in trips:
        store.save_trip(trip)
        store.save_candidates([data.draw(nouns.candidates(trip, one)) for one in reversed(ids)])
        for one in ids[:1]:
            at = data.draw(nouns.instants(trip.timezone))
            store.save_offer(Offer(id=f"o-{trip.id}", trip_id=trip.id, contact_id=one, starts=(at,), made_at=NOON))
            store.remove_candidate(trip.id, one, NOON)
        text = data.draw(nouns.texts())
        store.save_plan(SavedPlan(trip_id=trip.id, planned_at=NOON, fingerprint=text, document="{}"))
        store.save_handed_out(trip.id, [handed_out("b"), handed_out("a")], Receiver.FILE)
        store.save_feed(Feed(trip_id=trip.id, token=trip.id[-1] * 43, made_at=NOON))
    for one in ids:
        logged = data.draw(st.lists(nouns.touches(one, trips[0].id if trips else None), max_size=3))
        store.add_touches(logged)
    store.save_organisation(Organisation(id="o", name=data.draw(nouns.texts().map(lambda text: f"Where {text}"))))
    store.save_setting("cadence", {"deep": [data.draw(nouns.texts()), 1, 0.1, None, True]})
    store.snooze(Snooze(key=data.draw(nouns.texts().filter(str.strip)), until=NOON))
    store.save_template(
        MessageTemplate(id="t", kind=next(iter(MessageKind)), title="Mine", subject="s", body="b", own=True)
    )
    for one in ids[-1:]:
        store.delete_contact(one, NOON)
    for trip in trips[1:]:
        store.delete_trip(trip.id, NOON)


def everything_in(path: Path, but: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Every table of a file with all its rows as they lie there, but for what is made anew."""
    with closing(connect(path)) as conn:
        return rows_of(conn, but)


def rows_of(conn: sqlite3.Connection, but: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """``everything_in`` on an open connection."""
    names = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name: conn.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        for name in sorted(names - but - BOOKKEEPING - DRAWN)
    }
