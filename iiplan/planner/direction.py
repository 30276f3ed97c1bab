"""Use cases about the direction one writes down: every text saved is a version, and earlier ones come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from iiplan.briefing import DirectionField, DirectionSheet
from iiplan.errors import InputError
from iiplan.planner import settings
from iiplan.planner.learning import profile_phrases
from iiplan.planner.workspace import Workspace

__all__ = ["MOST_VERSIONS", "Mark", "Saved", "Version", "latest", "mark", "marks", "save", "sheet", "versions"]

MOST_TEXT = 20_000
MOST_VERSIONS = 50  # kept of each field; the oldest go first
_TEXTS, _MARKS = "direction", "direction marks"


class Mark(StrEnum):
    """What the user says of a skill or value of theirs: whether what people said meets it."""

    MET = "met"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One saved text of a field: ``number`` counts from 1; 0, without a time: nothing was written yet."""

    number: int
    at: datetime | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A field after saving. ``beside``: what another window had saved meanwhile; it is kept as an earlier version."""

    version: Version
    beside: Version | None = None


_NOTHING = Version(number=0, at=None, text="")


def versions(workspace: Workspace, field: DirectionField) -> tuple[Version, ...]:
    """The texts of a field, the oldest first, of which the last counts; () when nothing was written."""
    kept = workspace.store.setting(_TEXTS).get(field.value)
    return tuple(map(_version_of, kept)) if isinstance(kept, list) else ()


def latest(workspace: Workspace, field: DirectionField) -> Version:
    """The text that counts."""
    kept = versions(workspace, field)
    return kept[-1] if kept else _NOTHING


def save(workspace: Workspace, field: DirectionField, text: str, base: int) -> Saved:
    """Keep ``text`` as a field's new version; ``base`` is the number of the version it was written on.

    A text that is the latest already makes none. InputError for a text that is too long.
    """
    if len(text) > MOST_TEXT:
        raise InputError(f"This text has {len(text):,} characters. Keep it to {MOST_TEXT:,}.")
    store = workspace.store
    with store.transaction():
        kept = versions(workspace, field)
        last = kept[-1] if kept else _NOTHING
        if text == last.text:
            return Saved(version=last)
        fresh = Version(number=last.number + 1, at=workspace.now(), text=text)
        documents = [_document(one) for one in (*kept, fresh)[-MOST_VERSIONS:]]
        store.save_setting(_TEXTS, {**store.setting(_TEXTS), field.value: documents})
    return Saved(version=fresh, beside=last if last.number > base else None)


def marks(workspace: Workspace) -> Mapping[str, Mark]:
    """What the user said of their phrases, by phrase without regard to case."""
    known = {one.value: one for one in Mark}
    return {
        phrase: known[word]
        for phrase, word in workspace.store.setting(_MARKS).items()
        if isinstance(word, str) and word in known
    }


def mark(workspace: Workspace, phrase: str, given: Mark | None) -> None:
    """Say whether a phrase is met; None takes it back."""
    store = workspace.store
    with store.transaction():
        kept = {key: word for key, word in store.setting(_MARKS).items() if key != phrase.casefold()}
        store.save_setting(_MARKS, kept if given is None else {**kept, phrase.casefold(): given.value})


def sheet(workspace: Workspace, on: date) -> DirectionSheet:
    """Everything an export says, as of now."""
    store, said = workspace.store, marks(workspace)
    phrases = profile_phrases(workspace)
    return DirectionSheet(
        on=on,
        name=settings.profile(workspace).name,
        texts={field: latest(workspace, field).text for field in DirectionField},
        insights=store.insights(),
        names={contact.id: contact.name for contact in store.contacts()},
        met=tuple(one for one in phrases if said.get(one.casefold()) is Mark.MET),
        missing=tuple(one for one in phrases if said.get(one.casefold()) is Mark.MISSING),
    )


def _document(version: Version) -> dict[str, object]:
    return {
        "number": version.number,
        "at": version.at.isoformat() if version.at else None,
        "text": version.text,
    }


def _version_of(kept: dict[str, object]) -> Version:
    at = kept["at"]
    return Version(
        number=int(str(kept["number"])),
        at=datetime.fromisoformat(str(at)) if at else None,
        text=str(kept["text"]),
    )
