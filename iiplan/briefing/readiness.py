"""How ready one is for a meeting: a mark made of parts that are all shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iiplan.model import Block, Contact, PlannedQuestion, Rehearsal, ResearchKind, ResearchNote

__all__ = ["ReadinessPart", "readiness"]

_PRACTISED = timedelta(days=7)
_ENOUGH_NOTES = 2


@dataclass(frozen=True, kw_only=True)
class ReadinessPart:
    """One part: what it is, whether it is done, and what to do for it."""

    name: str
    done: bool
    to_do: str


def readiness(
    contact: Contact,
    meeting: Block | None,
    *,
    notes: Iterable[ResearchNote],
    organisation_notes: Iterable[ResearchNote],
    questions: Iterable[PlannedQuestion],
    room: int,
    rehearsals: Iterable[Rehearsal],
    confirmed: bool,
    now: datetime,
) -> tuple[ReadinessPart, ...]:
    """The parts in the order one does them. ``notes`` are about the person, ``room`` is how many questions fit.

    Person: two notes. Organisation: one, or the person has none. In common: a note of that kind. Questions: as many
    as fit. Introduction: practised aloud within a week. Where: a place, or for a call a number. Confirmed: by the log.
    """
    notes, listed = tuple(notes), tuple(questions)
    found = [note for note in notes if note.kind is not ResearchKind.OPEN_QUESTION]
    in_common = any(note.kind is ResearchKind.IN_COMMON for note in notes)
    practised = any(now - _PRACTISED <= run.at <= now for run in rehearsals)
    call = meeting is not None and meeting.call
    where = bool(contact.phone) if call else bool(meeting and meeting.place)
    parts = [
        ReadinessPart(
            name="The person looked up", done=len(found) >= _ENOUGH_NOTES, to_do="Note two things about them."
        ),
        ReadinessPart(name="What you share", done=in_common, to_do="Note one thing you have in common."),
        ReadinessPart(
            name="Questions",
            done=len(listed) >= min(room, 3) and len(listed) > 2,
            to_do="Make the list of questions.",
        ),
        ReadinessPart(name="Introduction practised", done=practised, to_do="Say it aloud once, within a week before."),
        ReadinessPart(
            name="Number to call" if call else "Place known",
            done=where,
            to_do="Add their phone number or the link." if call else "Say where you meet.",
        ),
        ReadinessPart(name="Confirmed", done=confirmed, to_do="Confirm by the business day before."),
    ]
    if contact.organisation:
        part = ReadinessPart(
            name="The organisation looked up",
            done=any(True for _ in organisation_notes),
            to_do=f"Note one thing about {contact.organisation}.",
        )
        parts.insert(1, part)
    return tuple(parts)
