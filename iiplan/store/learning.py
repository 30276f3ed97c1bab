"""Reading and writing debriefs, of which no version is ever lost, and what was learned."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlite_utils import Database

from iiplan.errors import InputError
from iiplan.model import About, Debrief, DebriefText, DebriefVersion, Draw, Insight, Welcome
from iiplan.store import people
from iiplan.store.base import StoreBase
from iiplan.store.values import Row, instant, json_text, moment, reading, storable

__all__ = ["LearningStore"]


class LearningStore(StoreBase):
    """The part of the store for what meetings brought."""

    def debriefs(self, contact_id: str | None = None) -> tuple[Debrief, ...]:
        """All debriefs, of one contact or of all, by day of meeting, then id; those of deleted contacts left out."""
        with self._reading() as db:
            return _debriefs(db, contact_id)

    def save_debrief(self, debrief: Debrief, text: DebriefText, at: datetime) -> Debrief:
        """Append ``text`` as a version that follows the latest of ``debrief`` as its writer knows it.

        What another window saved in between stays beside it (``unread_by_latest``). A text that says what the latest
        version says already adds none. Returns the debrief as it is now. ``NotFoundError`` for an unknown contact.
        """
        return self._append(debrief, text, at, follows=(debrief.version,) if debrief.version else ())

    def settle_debrief(self, debrief: Debrief, text: DebriefText, at: datetime) -> Debrief:
        """Like ``save_debrief``, for a text into which all versions that ``debrief`` knows have been taken."""
        known = (debrief.version, *(version.number for version in debrief.unread_by_latest))
        return self._append(debrief, text, at, follows=tuple(sorted(number for number in known if number)))

    def insights(self) -> tuple[Insight, ...]:
        """Everything learned, by day; deleted insights and those from deleted contacts left out."""
        with self._reading() as db:
            found = db.query(
                "SELECT insights.* FROM insights LEFT JOIN contacts ON contacts.id = insights.contact_id "
                "WHERE insights.deleted_at IS NULL AND contacts.deleted_at IS NULL "
                "ORDER BY insights.learned_on, insights.rowid"
            )
            return tuple(map(_insight_of, found))

    def save_insight(self, insight: Insight) -> None:
        """Insert or update by id; a deleted one comes back. ``NotFoundError`` for an unknown contact."""
        row = {
            "id": insight.id,
            "contact_id": insight.contact_id,
            "debrief_id": insight.debrief_id,
            "text": insight.text,
            "about": insight.about.value,
            "draw": insight.draw.value,
            "topic": " ".join(insight.topic.split()),
            "learned_on": insight.learned_on.isoformat(),
            "deleted_at": None,
        }
        with self._writing() as db:
            if insight.contact_id is not None:
                row["contact_id"] = people.require_contact(db, insight.contact_id)
            db.table("insights").upsert(storable(row), pk="id")

    def delete_insight(self, insight_id: str, at: datetime) -> None:
        """Hide an insight; saving it again brings it back."""
        with self._writing() as db:
            if db.table("insights").count_where("id = ?", [insight_id]):
                db.table("insights").update(insight_id, {"deleted_at": moment(at, "The time of deleting")})

    def _append(self, debrief: Debrief, text: DebriefText, at: datetime, follows: tuple[int, ...]) -> Debrief:
        with self._writing() as db:
            debrief = replace(debrief, contact_id=people.require_contact(db, debrief.contact_id))
            _require_same_meeting(db, debrief)
            row = {
                "id": debrief.id,
                "contact_id": debrief.contact_id,
                "met_on": debrief.met_on.isoformat(),
                "trip_id": debrief.trip_id,
            }
            db.table("debriefs").upsert(storable(row), pk="id")
            now = _with_versions(db, replace(debrief, versions=()))
            settles = set(follows) > {now.version}
            if text == now.text and not settles:
                return now
            version = {
                "debrief_id": debrief.id,
                "number": now.version + 1,
                "at": moment(at, "The time of saving"),
                "follows": json_text(list(follows)),
                "document": json_text(_document(text)),
            }
            db.table("debrief_versions").insert(storable(version))
            return _with_versions(db, replace(debrief, versions=()))


def _require_same_meeting(db: Database, debrief: Debrief) -> None:
    for row in db.query("SELECT contact_id FROM debriefs WHERE id = ?", [debrief.id]):
        if row["contact_id"] != debrief.contact_id:
            raise InputError("This debrief is about somebody else. Reload the page and write it again.")


def _debriefs(db: Database, contact_id: str | None) -> tuple[Debrief, ...]:
    found = list(
        db.query(
            "SELECT debriefs.* FROM debriefs JOIN contacts ON contacts.id = debriefs.contact_id "
            "WHERE contacts.deleted_at IS NULL AND (:contact IS NULL OR debriefs.contact_id = :contact) "
            "ORDER BY debriefs.met_on, debriefs.id",
            {"contact": contact_id},
        )
    )
    return tuple(_with_versions(db, _debrief_of(row)) for row in found)


def _with_versions(db: Database, debrief: Debrief) -> Debrief:
    found = db.query("SELECT * FROM debrief_versions WHERE debrief_id = ? ORDER BY number", [debrief.id])
    return replace(debrief, versions=tuple(map(_version_of, found)))


def _debrief_of(row: Row) -> Debrief:
    with reading(f"a debrief ({row['id']})"):
        return Debrief(
            id=row["id"],
            contact_id=row["contact_id"],
            met_on=date.fromisoformat(row["met_on"]),
            trip_id=row["trip_id"],
        )


def _document(text: DebriefText) -> dict[str, object]:
    by = text.promised_by
    return {**asdict(text), "promised_by": by.isoformat() if by else None, "welcome": text.welcome.value}


def _version_of(row: Row) -> DebriefVersion:
    with reading(f"a version of a debrief ({row['debrief_id']}, {row['number']})"):
        stored = json.loads(row["document"])
        by = stored.pop("promised_by")
        return DebriefVersion(
            number=row["number"],
            at=instant(row["at"]),
            follows=tuple(json.loads(row["follows"])),
            text=DebriefText(
                **{
                    **stored,
                    "promised_by": date.fromisoformat(by) if by else None,
                    "welcome": Welcome(stored["welcome"]),
                }
            ),
        )


def _insight_of(row: Row) -> Insight:
    with reading(f"something learned ({row['id']})"):
        return Insight(
            id=row["id"],
            contact_id=row["contact_id"],
            debrief_id=row["debrief_id"],
            text=row["text"],
            about=About(row["about"]),
            draw=Draw(row["draw"]),
            topic=row["topic"],
            learned_on=date.fromisoformat(row["learned_on"]),
        )
