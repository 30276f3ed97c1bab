"""Reading and writing what one prepares: questions, research, practice, ticks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime

from iiplan.errors import InputError
from iiplan.model import Audience, PlannedQuestion, Question, Rehearsal, ResearchKind, ResearchNote, Theme, Tick
from iiplan.store import people
from iiplan.store.base import StoreBase
from iiplan.store.values import Row, instant, json_text, moment, reading, storable

__all__ = ["PreparingStore"]


class PreparingStore(StoreBase):
    """The part of the store for getting ready."""

    def own_questions(self) -> tuple[Question, ...]:
        """The user's own questions for the bank, by theme and text; deleted ones left out."""
        with self._reading() as db:
            found = map(_question_of, db.query("SELECT * FROM questions WHERE deleted_at IS NULL"))
            return tuple(sorted(found, key=lambda one: (list(Theme).index(one.theme), one.text.casefold(), one.id)))

    def save_own_question(self, question: Question) -> None:
        """Insert or update one of the user's own by id; a deleted one comes back. ``InputError`` for one of ours."""
        if not question.own:
            raise InputError(f"{question.text!r} comes with iiplan and cannot be changed. Write one of your own.")
        row = {
            "id": question.id,
            "theme": question.theme.value,
            "text": question.text,
            "suits": json_text([one.value for one in question.suits]),
            "deleted_at": None,
        }
        with self._writing() as db:
            db.table("questions").upsert(storable(row), pk="id")

    def delete_own_question(self, question_id: str, at: datetime) -> None:
        """Hide a question; lists that hold it keep it. Nothing happens when it is unknown."""
        self._hide("questions", question_id, at)

    def planned_questions(self, contact_id: str | None = None) -> tuple[PlannedQuestion, ...]:
        """The lists of questions, by contact, then position; of one contact or of all, deleted ones left out."""
        with self._reading() as db:
            found = db.query(
                "SELECT * FROM planned_questions WHERE deleted_at IS NULL AND (:contact IS NULL "
                "OR contact_id = :contact) ORDER BY contact_id, position, id",
                {"contact": contact_id},
            )
            return tuple(map(_planned_of, found))

    def save_planned_questions(self, questions: Iterable[PlannedQuestion]) -> None:
        """Insert or update by id; a deleted one comes back. ``NotFoundError`` for an unknown contact."""
        with self._writing() as db:
            for one in questions:
                row = {
                    "id": one.id,
                    "contact_id": people.require_contact(db, one.contact_id),
                    "position": one.position,
                    "text": one.text,
                    "theme": one.theme.value,
                    "question_id": one.question_id,
                    "asked": int(one.asked),
                    "answer": one.answer,
                    "deleted_at": None,
                }
                db.table("planned_questions").upsert(storable(row), pk="id")

    def delete_planned_question(self, question_id: str, at: datetime) -> None:
        """Take a question off a list, answer and all; saving it again brings it back."""
        self._hide("planned_questions", question_id, at)

    def research(self) -> tuple[ResearchNote, ...]:
        """Everything found out, the newest first; deleted notes left out."""
        with self._reading() as db:
            found = db.query("SELECT * FROM research WHERE deleted_at IS NULL ORDER BY found_on DESC, rowid DESC")
            return tuple(map(_note_of, found))

    def save_research(self, note: ResearchNote) -> None:
        """Insert or update by id; a deleted one comes back. ``NotFoundError`` for an unknown contact."""
        row = {
            "id": note.id,
            "contact_id": note.contact_id,
            "organisation": " ".join(note.organisation.split()),
            "kind": note.kind.value,
            "text": note.text,
            "url": note.url,
            "found_on": note.found_on.isoformat(),
            "deleted_at": None,
        }
        with self._writing() as db:
            if note.contact_id is not None:
                row["contact_id"] = people.require_contact(db, note.contact_id)
            db.table("research").upsert(storable(row), pk="id")

    def delete_research(self, note_id: str, at: datetime) -> None:
        """Hide a note; saving it again brings it back."""
        self._hide("research", note_id, at)

    def rehearsals(self) -> tuple[Rehearsal, ...]:
        """All practice runs by time; times in UTC."""
        with self._reading() as db:
            return tuple(map(_rehearsal_of, db.query("SELECT * FROM rehearsals ORDER BY at, id")))

    def save_rehearsal(self, rehearsal: Rehearsal) -> None:
        """Insert or update by id."""
        row = {
            "id": rehearsal.id,
            "introduction_id": rehearsal.introduction_id,
            "at": moment(rehearsal.at, "The time of practice"),
            "seconds": rehearsal.seconds,
        }
        with self._writing() as db:
            db.table("rehearsals").upsert(storable(row), pk="id")

    def delete_rehearsal(self, rehearsal_id: str) -> None:
        """Forget a practice run; saving it again brings it back."""
        with self._writing() as db:
            db.execute("DELETE FROM rehearsals WHERE id = ?", [rehearsal_id])

    def ticks(self, scope: str) -> frozenset[str]:
        """What is ticked off on one list."""
        with self._reading() as db:
            return frozenset(row["item"] for row in db.query("SELECT item FROM ticks WHERE scope = ?", [scope]))

    def tick(self, tick: Tick) -> None:
        """Tick one thing off; the first time stays when it was already."""
        row = {"scope": tick.scope, "item": tick.item, "at": moment(tick.at, "The time of ticking off")}
        with self._writing() as db:
            db.table("ticks").insert(storable(row), ignore=True)

    def untick(self, scope: str, item: str) -> None:
        """Take a tick back; nothing happens when there is none."""
        with self._writing() as db:
            db.execute("DELETE FROM ticks WHERE scope = ? AND item = ?", [scope, item])

    def _hide(self, table: str, row_id: str, at: datetime) -> None:
        with self._writing() as db:
            if db.table(table).count_where("id = ? AND deleted_at IS NULL", [row_id]):
                db.table(table).update(row_id, {"deleted_at": moment(at, "The time of deleting")})


def _question_of(row: Row) -> Question:
    with reading(f"a question ({row['id']})"):
        suits = tuple(Audience(word) for word in json.loads(row["suits"]))
        return Question(id=row["id"], theme=Theme(row["theme"]), text=row["text"], suits=suits, own=True)


def _planned_of(row: Row) -> PlannedQuestion:
    with reading(f"a planned question ({row['id']})"):
        return PlannedQuestion(
            id=row["id"],
            contact_id=row["contact_id"],
            position=row["position"],
            text=row["text"],
            theme=Theme(row["theme"]),
            question_id=row["question_id"],
            asked=bool(row["asked"]),
            answer=row["answer"],
        )


def _note_of(row: Row) -> ResearchNote:
    with reading(f"a piece of research ({row['id']})"):
        return ResearchNote(
            id=row["id"],
            contact_id=row["contact_id"],
            organisation=row["organisation"],
            kind=ResearchKind(row["kind"]),
            text=row["text"],
            url=row["url"],
            found_on=date.fromisoformat(row["found_on"]),
        )


def _rehearsal_of(row: Row) -> Rehearsal:
    with reading(f"a practice run ({row['id']})"):
        return Rehearsal(
            id=row["id"], introduction_id=row["introduction_id"], at=instant(row["at"]), seconds=row["seconds"]
        )
