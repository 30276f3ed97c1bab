"""Reading and writing what the user sets and puts off: settings, snoozes, message templates of their own."""

from __future__ import annotations

import json

from sqlite_utils import Database

from iiplan.errors import InputError
from iiplan.model import MessageKind, MessageTemplate, Snooze, Source
from iiplan.store.values import Row, instant, json_text, moment, reading, storable

__all__ = [
    "delete_template",
    "end_snooze",
    "save_setting",
    "save_template",
    "setting",
    "snooze",
    "snoozes",
    "templates",
]


def setting(db: Database, name: str) -> dict[str, object]:
    """The values kept under a name; empty when none are."""
    for row in db.query("SELECT value FROM settings WHERE name = ?", [name]):
        with reading(f"a setting ({name})"):
            values = json.loads(row["value"])
            if not isinstance(values, dict):
                raise ValueError("It is no object.")
            return values
    return {}


def save_setting(db: Database, name: str, values: dict[str, object]) -> None:
    """Keep values under a name, in the place of those there were."""
    db.table("settings").upsert(storable({"name": name, "value": json_text(values)}), pk="name")


def snoozes(db: Database) -> tuple[Snooze, ...]:
    """Everything put off, over or not."""
    found = db.query("SELECT * FROM snoozes ORDER BY key")
    return tuple(Snooze(key=row["key"], until=instant(row["until"])) for row in found)


def snooze(db: Database, given: Snooze) -> None:
    """Put one thing off, in the place of an earlier time."""
    until = moment(given.until, "The time until which it is put off")
    db.table("snoozes").upsert(storable({"key": given.key, "until": until}), pk="key")


def end_snooze(db: Database, key: str) -> None:
    """Put one thing off no longer."""
    db.execute("DELETE FROM snoozes WHERE key = ?", [key])


def templates(db: Database) -> tuple[MessageTemplate, ...]:
    """The user's own templates by title, then id; deleted ones left out."""
    found = map(_template_of, db.query("SELECT * FROM templates WHERE deleted_at IS NULL"))
    return tuple(sorted(found, key=lambda template: (template.title.casefold(), template.id)))


def save_template(db: Database, template: MessageTemplate) -> None:
    """Insert or update one of the user's own templates by id; a deleted one comes back."""
    if not template.own:
        raise InputError(f"{template.title!r} comes with iiplan and cannot be changed. Save it as one of your own.")
    db.table("templates").upsert(
        storable(
            {
                "id": template.id,
                "kind": template.kind.value,
                "title": template.title,
                "subject": template.subject,
                "body": template.body,
                "sources": json_text([source.value for source in template.sources]),
                "deleted_at": None,
            }
        ),
        pk="id",
    )


def delete_template(db: Database, template_id: str, at: str) -> None:
    """Hide a template; touches that used it still name it."""
    db.execute("UPDATE templates SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?", [at, template_id])


def _template_of(row: Row) -> MessageTemplate:
    with reading(f"a message template ({row['id']})"):
        return MessageTemplate(
            id=row["id"],
            kind=MessageKind(row["kind"]),
            title=row["title"],
            subject=row["subject"],
            body=row["body"],
            sources=tuple(Source(word) for word in json.loads(row["sources"])),
            own=True,
        )
