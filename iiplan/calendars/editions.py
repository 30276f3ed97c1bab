"""What is new to calendars: entries compared with what was handed out before, each with its revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from iiplan.calendars.entries import CalendarEntry, called_off
from iiplan.errors import InputError
from iiplan.model import HandedOut, Revision

__all__ = ["Change", "Edition", "as_handed_out", "editions"]


class Change(StrEnum):
    """How an entry differs from what calendars were given last."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An entry with its revision; ``change`` is None when calendars have it already, ``before`` is what they have.

    ``was`` is the entry as they have it, if that is still known.
    """

    entry: CalendarEntry
    revision: Revision
    change: Change | None
    before: HandedOut | None = None
    was: CalendarEntry | None = None


def editions(entries: Iterable[CalendarEntry], handed_out: Iterable[HandedOut], now: datetime) -> tuple[Edition, ...]:
    """An edition for each entry and for each that was handed out and is no more, in order of start.

    One that is no more is called off at its last hours, and stays so in all editions to come, until it comes back.
    Revisions only rise, and never go back in time. Where an earlier iiplan kept no content, nothing can be called off.
    """
    stamp = now.astimezone(UTC).replace(microsecond=0)
    known = {one.uid: one for one in handed_out}
    present = {entry.uid: entry for entry in entries}
    found = [_edition(entry, known.get(uid), stamp) for uid, entry in present.items()]
    for uid, before in known.items():
        was = _kept(before)
        if uid not in present and was is not None:
            found.append(_edition(called_off(was), before, stamp))
    return tuple(sorted(found, key=lambda one: (one.entry.start.astimezone(UTC), one.entry.uid)))


def as_handed_out(edition: Edition, known: HandedOut | None) -> HandedOut:
    """What to keep once an edition is in somebody's hands, where ``known`` is what is kept right now.

    When something else was handed out in between, nobody knows which of the two a calendar holds: then the higher
    revision stays, and the next edition is a new one unless both say the same.
    """
    entry, revision, digest = edition.entry, edition.revision, edition.entry.digest
    if known is not None and known != edition.before:
        revision = max(revision, known.revision, key=lambda one: one.sequence)
        digest = digest if digest == known.digest else ""
    return HandedOut(uid=entry.uid, digest=digest, revision=revision, content=entry.content)


def _edition(entry: CalendarEntry, before: HandedOut | None, stamp: datetime) -> Edition:
    if before is None:
        return Edition(entry=entry, revision=Revision(sequence=0, modified=stamp), change=Change.NEW)
    was = _kept(before)
    if before.digest == entry.digest:
        return Edition(entry=entry, revision=before.revision, change=None, before=before, was=was)
    revision = Revision(sequence=before.revision.sequence + 1, modified=max(stamp, before.revision.modified))
    return Edition(entry=entry, revision=revision, change=_change(was, entry), before=before, was=was)


def _change(was: CalendarEntry | None, entry: CalendarEntry) -> Change:
    if entry.off:
        return Change.CANCELLED
    if was is not None and was.off:
        return Change.NEW
    return Change.MOVED if was is not None and not was.same_hours(entry) else Change.CHANGED


def _kept(before: HandedOut) -> CalendarEntry | None:
    """The entry as it was handed out; None where that is not kept, or in words of another iiplan."""
    if before.content is None:
        return None
    try:
        return CalendarEntry.of_content(before.content)
    except (InputError, ValueError, TypeError, LookupError):
        return None
