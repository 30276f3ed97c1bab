"""The tables, as numbered steps from an empty file to the present version.

A step that has been released never changes; what comes later is a further step. The version of a
file is the number of steps it has been through, kept in ``PRAGMA user_version``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID, uuid5

from sqlite_utils import Database, Migrations

__all__ = ["APPLICATION_ID", "STEPS", "Step", "migrations"]

APPLICATION_ID: Final = 0x69_69_70_6C  # "iipl", in every file of iiplan's at byte 68

Step = Callable[[Database], None]

_V1: Final = """
CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    website TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

CREATE TABLE contacts (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation_id TEXT REFERENCES organisations (id),
    city TEXT NOT NULL,
    place TEXT CHECK (place IS NULL OR json_valid(place)),
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    profile_url TEXT NOT NULL,
    source TEXT NOT NULL,
    authority TEXT NOT NULL,
    referred_by TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    notes TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX contacts_by_organisation ON contacts (organisation_id);

CREATE TABLE trips (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    timezone TEXT NOT NULL,
    base TEXT CHECK (base IS NULL OR json_valid(base)),
    mode TEXT NOT NULL,
    grid_minutes INTEGER NOT NULL,
    weights TEXT NOT NULL CHECK (json_valid(weights)),
    deleted_at TEXT
) STRICT;

CREATE TABLE trip_days (
    trip_id TEXT NOT NULL REFERENCES trips (id),
    date TEXT NOT NULL,
    start TEXT NOT NULL,
    end TEXT NOT NULL,
    min_meetings INTEGER NOT NULL,
    max_meetings INTEGER NOT NULL,
    lunch TEXT CHECK (lunch IS NULL OR json_valid(lunch)),
    busy TEXT NOT NULL CHECK (json_valid(busy)),
    off INTEGER NOT NULL CHECK (off IN (0, 1)),
    PRIMARY KEY (trip_id, date)
) STRICT;

CREATE TABLE touches (
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    timezone TEXT NOT NULL,
    trip_id TEXT REFERENCES trips (id),
    channel TEXT,
    note TEXT NOT NULL,
    voids TEXT,
    UNIQUE (id, contact_id),
    FOREIGN KEY (voids, contact_id) REFERENCES touches (id, contact_id)
) STRICT;
CREATE INDEX touches_by_contact ON touches (contact_id);
CREATE TRIGGER touches_are_never_changed BEFORE UPDATE ON touches
BEGIN SELECT RAISE (ABORT, 'touches are append-only'); END;
CREATE TRIGGER touches_are_never_removed BEFORE DELETE ON touches
BEGIN SELECT RAISE (ABORT, 'touches are append-only'); END;
CREATE TRIGGER touches_are_never_replaced BEFORE INSERT ON touches
WHEN EXISTS (SELECT 1 FROM touches WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE (ABORT, 'touches are append-only'); END;

CREATE TABLE candidates (
    trip_id TEXT NOT NULL REFERENCES trips (id),
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    position INTEGER NOT NULL,
    format TEXT NOT NULL,
    duration INTEGER NOT NULL,
    value INTEGER NOT NULL,
    must INTEGER NOT NULL CHECK (must IN (0, 1)),
    seat TEXT NOT NULL,
    place TEXT CHECK (place IS NULL OR json_valid(place)),
    fixed_start TEXT,
    arrive_early INTEGER,
    debrief INTEGER,
    removed_at TEXT,
    PRIMARY KEY (trip_id, contact_id)
) STRICT;
CREATE INDEX candidates_by_contact ON candidates (contact_id);

CREATE TABLE windows (
    trip_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start TEXT NOT NULL,
    end TEXT NOT NULL,
    PRIMARY KEY (trip_id, contact_id, position),
    FOREIGN KEY (trip_id, contact_id) REFERENCES candidates (trip_id, contact_id)
) STRICT;

CREATE TABLE plans (
    trip_id TEXT NOT NULL PRIMARY KEY REFERENCES trips (id),
    planned_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE meetings (
    trip_id TEXT NOT NULL REFERENCES trips (id),
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    modified TEXT NOT NULL,
    PRIMARY KEY (trip_id, contact_id)
) STRICT;
"""


def v1_people_trips_and_the_log(db: Database) -> None:
    """Version 1: organisations, contacts, touches, trips, candidates, plans, meetings handed out."""
    db.executescript(_V1)


_V2: Final = """
CREATE TABLE offers (
    id TEXT NOT NULL PRIMARY KEY,
    trip_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    starts TEXT NOT NULL CHECK (json_valid(starts)),
    made_at TEXT NOT NULL,
    closed_at TEXT,
    FOREIGN KEY (trip_id, contact_id) REFERENCES candidates (trip_id, contact_id)
) STRICT;
CREATE INDEX offers_by_trip ON offers (trip_id, contact_id);
"""


def v2_offers(db: Database) -> None:
    """Version 2: hours offered to somebody and held for them."""
    db.executescript(_V2)


_V3: Final = """
ALTER TABLE touches ADD COLUMN template TEXT NOT NULL DEFAULT '';
ALTER TABLE touches ADD COLUMN through TEXT REFERENCES contacts (id);
ALTER TABLE touches ADD COLUMN follow_up_on TEXT;
ALTER TABLE contacts ADD COLUMN timezone TEXT NOT NULL DEFAULT '';
ALTER TABLE trips ADD COLUMN country TEXT NOT NULL DEFAULT '';

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE snoozes (
    key TEXT NOT NULL PRIMARY KEY,
    until TEXT NOT NULL
) STRICT;

CREATE TABLE templates (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    sources TEXT NOT NULL CHECK (json_valid(sources)),
    deleted_at TEXT
) STRICT;
"""


def v3_messages_and_cadence(db: Database) -> None:
    """Version 3: what a touch was written with and promised, zones and countries, settings, snoozes, templates."""
    db.executescript(_V3)


_V4: Final = """
CREATE TABLE handed_out (
    trip_id TEXT NOT NULL REFERENCES trips (id),
    receiver TEXT NOT NULL,
    uid TEXT NOT NULL,
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    modified TEXT NOT NULL,
    content TEXT CHECK (content IS NULL OR json_valid(content)),
    PRIMARY KEY (trip_id, receiver, uid)
) STRICT;
"""
_V4_MEETINGS: Final = UUID("4ed8f0d1-86c5-4d0c-9d3a-0f6cf2c8b6f7")  # from which calendars' UIDs were made


def v4_entries_handed_out(db: Database) -> None:
    """Version 4: what calendars were given, by UID and with its content, in the place of ``meetings``."""
    db.executescript(_V4)
    db.table("handed_out").insert_all(
        {
            "trip_id": row["trip_id"],
            "receiver": "file",
            "uid": f"{uuid5(_V4_MEETINGS, json.dumps([row['trip_id'], row['contact_id']]))}@iiplan",
            "digest": row["digest"],
            "sequence": row["sequence"],
            "modified": row["modified"],
            "content": None,
        }
        for row in list(db.query("SELECT * FROM meetings"))
    )
    db.execute("DROP TABLE meetings")


_FEEDS: Final = """
CREATE TABLE feeds (
    trip_id TEXT NOT NULL PRIMARY KEY REFERENCES trips (id),
    token TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL
) STRICT;
"""


def v5_feeds(db: Database) -> None:
    """Version 5: addresses at which calendar apps find a trip's plan."""
    db.executescript(_FEEDS)


_V6: Final = """
ALTER TABLE contacts ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN other_emails TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(other_emails));
ALTER TABLE contacts ADD COLUMN other_phones TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(other_phones));
ALTER TABLE contacts ADD COLUMN links TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(links));
ALTER TABLE contacts ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags));
ALTER TABLE contacts ADD COLUMN fit INTEGER;
ALTER TABLE contacts ADD COLUMN closeness INTEGER;
ALTER TABLE contacts ADD COLUMN keen INTEGER;
ALTER TABLE contacts ADD COLUMN worth INTEGER;
"""


def v6_more_about_people(db: Database) -> None:
    """Version 6: further addresses, tags and what makes up the worth of people."""
    db.executescript(_V6)


_CALDAV: Final = """
CREATE TABLE caldav_links (
    trip_id TEXT NOT NULL PRIMARY KEY REFERENCES trips (id),
    server TEXT NOT NULL,
    user TEXT NOT NULL,
    calendar TEXT NOT NULL,
    name TEXT NOT NULL,
    remembered INTEGER NOT NULL,
    remove_off INTEGER NOT NULL,
    sent_at TEXT
) STRICT;

CREATE TABLE caldav_events (
    trip_id TEXT NOT NULL REFERENCES trips (id),
    calendar TEXT NOT NULL,
    uid TEXT NOT NULL,
    href TEXT NOT NULL,
    etag TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (trip_id, calendar, uid)
) STRICT;
"""


def v7_caldav(db: Database) -> None:
    """Version 7: calendars on servers, without passwords, and what was written into them."""
    db.executescript(_CALDAV)


_V8: Final = """
CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    at TEXT NOT NULL,
    files TEXT NOT NULL CHECK (json_valid(files)),
    new INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    known INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    undone_at TEXT
) STRICT;

CREATE TABLE imported (
    import_id TEXT NOT NULL REFERENCES imports (id),
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    PRIMARY KEY (import_id, contact_id)
) STRICT;
CREATE INDEX imported_by_contact ON imported (contact_id);
"""


def v8_imports(db: Database) -> None:
    """Version 8: files that were imported, and what each brought to whom."""
    db.executescript(_V8)


_V10: Final = """
ALTER TABLE plans ADD COLUMN legs TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(legs));

CREATE TABLE own_minutes (
    from_lat INTEGER NOT NULL,
    from_lon INTEGER NOT NULL,
    to_lat INTEGER NOT NULL,
    to_lon INTEGER NOT NULL,
    mode TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    PRIMARY KEY (from_lat, from_lon, to_lat, to_lon, mode)
) STRICT;

CREATE TABLE routed_seconds (
    server TEXT NOT NULL,
    mode TEXT NOT NULL,
    from_lat INTEGER NOT NULL,
    from_lon INTEGER NOT NULL,
    to_lat INTEGER NOT NULL,
    to_lon INTEGER NOT NULL,
    seconds REAL CHECK (seconds IS NULL OR seconds >= 0),
    asked_at TEXT NOT NULL,
    PRIMARY KEY (server, mode, from_lat, from_lon, to_lat, to_lon)
) STRICT;
"""


def v10_travel(db: Database) -> None:
    """Version 10: where a plan's minutes come from; the user's own minutes, and what routing servers answered."""
    db.executescript(_V10)


_V11: Final = """
CREATE TABLE questions (
    id TEXT NOT NULL PRIMARY KEY,
    theme TEXT NOT NULL,
    text TEXT NOT NULL,
    suits TEXT NOT NULL CHECK (json_valid(suits)),
    deleted_at TEXT
) STRICT;

CREATE TABLE planned_questions (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    theme TEXT NOT NULL,
    question_id TEXT NOT NULL,
    asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
    answer TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX planned_questions_by_contact ON planned_questions (contact_id);

CREATE TABLE research (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT REFERENCES contacts (id),
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    found_on TEXT NOT NULL,
    deleted_at TEXT
) STRICT;

CREATE TABLE rehearsals (
    id TEXT NOT NULL PRIMARY KEY,
    introduction_id TEXT NOT NULL,
    at TEXT NOT NULL,
    seconds INTEGER NOT NULL
) STRICT;

CREATE TABLE ticks (
    scope TEXT NOT NULL,
    item TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (scope, item)
) STRICT;

CREATE TABLE debriefs (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    met_on TEXT NOT NULL,
    trip_id TEXT REFERENCES trips (id)
) STRICT;
CREATE INDEX debriefs_by_contact ON debriefs (contact_id);

CREATE TABLE debrief_versions (
    debrief_id TEXT NOT NULL REFERENCES debriefs (id),
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    follows TEXT NOT NULL CHECK (json_valid(follows)),
    document TEXT NOT NULL CHECK (json_valid(document)),
    PRIMARY KEY (debrief_id, number)
) STRICT;
CREATE TRIGGER debrief_versions_are_never_changed BEFORE UPDATE ON debrief_versions
BEGIN SELECT RAISE (ABORT, 'debrief versions are append-only'); END;
CREATE TRIGGER debrief_versions_are_never_removed BEFORE DELETE ON debrief_versions
BEGIN SELECT RAISE (ABORT, 'debrief versions are append-only'); END;

CREATE TABLE insights (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT REFERENCES contacts (id),
    debrief_id TEXT REFERENCES debriefs (id),
    text TEXT NOT NULL,
    about TEXT NOT NULL,
    draw TEXT NOT NULL,
    topic TEXT NOT NULL,
    learned_on TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
"""


def v11_preparing_and_learning(db: Database) -> None:
    """Version 11: questions, research, practice, ticks; debriefs and what was learned."""
    db.executescript(_V11)


_V9: Final = """
ALTER TABLE contacts ADD COLUMN merged_into TEXT REFERENCES contacts (id);
CREATE INDEX contacts_by_whom_they_are_now ON contacts (merged_into);

CREATE TABLE merges (
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kept_id TEXT NOT NULL REFERENCES contacts (id),
    gone_id TEXT NOT NULL REFERENCES contacts (id),
    at TEXT NOT NULL,
    changed TEXT NOT NULL CHECK (json_valid(changed)),
    undone_at TEXT
) STRICT;

CREATE TABLE distinct_people (
    one TEXT NOT NULL REFERENCES contacts (id),
    other TEXT NOT NULL REFERENCES contacts (id),
    at TEXT NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT;
"""


def v9_merges(db: Database) -> None:
    """Version 9: contacts that were merged into another, what that changed, and who is not the same."""
    db.executescript(_V9)


_V12: Final = """
CREATE TABLE looked_up (
    server TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (json_valid(answer)),
    asked_at TEXT NOT NULL,
    PRIMARY KEY (server, question)
) STRICT;
CREATE TABLE turns (server TEXT NOT NULL PRIMARY KEY, last TEXT NOT NULL) STRICT;
"""


def v12_looked_up(db: Database) -> None:
    """Version 12: what servers answered about addresses, and when each was last asked."""
    db.executescript(_V12)


_V13: Final = """
CREATE TABLE people_state (token TEXT NOT NULL) STRICT;
INSERT INTO people_state (token) VALUES (hex(randomblob(16)));
"""
_V13_TRIGGER: Final = """
CREATE TRIGGER {table}_after_{verb} AFTER {verb} ON {table}
BEGIN
    UPDATE people_state SET token = hex(randomblob(16));
END;
"""


def v13_people_extra(db: Database) -> None:
    """Version 13: a token that names what contacts, organisations and the log hold, drawn anew with each change.

    Rebuilding one of these tables drops its triggers; a step that does so makes them again.
    """
    db.executescript(_V13)
    for table in ("contacts", "organisations", "touches"):
        for verb in ("INSERT", "UPDATE", "DELETE"):
            db.executescript(_V13_TRIGGER.format(table=table, verb=verb))


STEPS: Final[tuple[Step, ...]] = (
    v1_people_trips_and_the_log,
    v2_offers,
    v3_messages_and_cadence,
    v4_entries_handed_out,
    v5_feeds,
    v6_more_about_people,
    v7_caldav,
    v8_imports,
    v9_merges,
    v10_travel,
    v11_preparing_and_learning,
    v12_looked_up,
    v13_people_extra,
)


def migrations(steps: Sequence[Step]) -> Migrations:
    """The steps as sqlite-utils applies them: each once, in order, recorded in the file."""
    result = Migrations("iiplan")
    for step in steps:
        result(name=getattr(step, "__name__", None))(step)
    return result
