"""What to do about one event on a server: pure decisions from what we want, what we wrote and what stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from iiplan.calendars.caldav_server import ServerEvent
from iiplan.calendars.editions import Edition
from iiplan.calendars.entries import CalendarEntry, EntryKind
from iiplan.calendars.read_back import Proposal, ProposalKind, read_back
from iiplan.calendars.standing import Standing, standing, standing_of
from iiplan.model import Revision, Written

__all__ = ["Difference", "Step", "StepKind", "next_step"]


class StepKind(StrEnum):
    """What to do."""

    NOTHING = "nothing"
    KEEP = "keep"  # it stands there as wanted
    WRITE = "write"
    REMOVE = "remove"
    FORGET = "forget"  # it is off, and gone there too
    ASK = "ask"  # it was changed there


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something that was changed on the server since we wrote it.

    ``there`` is what stands there, None where it was deleted (``etag`` is then empty) or cannot be read. ``proposal``
    is what could be taken over from it, if anything can.
    """

    edition: Edition
    href: str
    etag: str
    there: Standing | None
    wanted: Standing | None
    proposal: Proposal | None

    @property
    def deleted(self) -> bool:
        """Whether nothing stands there any more."""
        return not self.etag


@dataclass(frozen=True, kw_only=True)
class Step:
    """What to do with ``edition``, its revision above what stands there; ``etag`` is what must stand there, None
    where nothing may. A ``difference`` comes with ASK alone."""

    kind: StepKind
    edition: Edition
    etag: str | None = None
    difference: Difference | None = None


def next_step(
    edition: Edition,
    written: Written | None,
    there: ServerEvent | None,
    *,
    href: str,
    timezone: str,
    remove_off: bool,
    now: datetime,
) -> Step:
    """The step for one event, where ``written`` is what we wrote and ``there`` what stands at ``href`` now.

    What was changed there in what matters, and is neither what we wrote nor what we want, is asked about.
    """
    entry = edition.entry
    if there is None:
        if entry.off:
            return Step(kind=StepKind.FORGET if written else StepKind.NOTHING, edition=edition)
        if written is None:
            return Step(kind=StepKind.WRITE, edition=edition)
        return Step(kind=StepKind.ASK, edition=edition, difference=_deleted(edition, href))
    found = standing(there.content, entry.uid, timezone)
    if not _is_ours(written, there, found, timezone):
        wanted = standing_of(entry, timezone)
        if found is None or not found.same(wanted):
            difference = Difference(
                edition=edition,
                href=href,
                etag=there.etag,
                there=found,
                wanted=wanted,
                proposal=next(iter(read_back(there.content, [edition], timezone).proposals), None) if found else None,
            )
            return Step(kind=StepKind.ASK, edition=edition, difference=difference)
    if entry.off and remove_off:
        return Step(kind=StepKind.REMOVE, edition=edition, etag=there.etag)
    if written is not None and written.content == entry.content:
        return Step(kind=StepKind.KEEP, edition=edition, etag=there.etag)
    return Step(kind=StepKind.WRITE, edition=_above(edition, found, now), etag=there.etag)


def _is_ours(written: Written | None, there: ServerEvent, found: Standing | None, timezone: str) -> bool:
    """Whether what we wrote stands there, in what matters."""
    if written is None:
        return False
    if written.etag and written.etag == there.etag:
        return True
    try:
        ours = standing_of(CalendarEntry.of_content(written.content), timezone)
    except (ValueError, TypeError, LookupError):
        return False
    return found is not None and found.same(ours)


def _above(edition: Edition, found: Standing | None, now: datetime) -> Edition:
    """The edition with a SEQUENCE above the one that stands there: calendars may not take a lower one for news."""
    least = found.sequence + 1 if found else 0
    if edition.revision.sequence >= least:
        return edition
    modified = max(now.astimezone(UTC).replace(microsecond=0), edition.revision.modified)
    return replace(edition, revision=Revision(sequence=least, modified=modified))


def _deleted(edition: Edition, href: str) -> Difference:
    entry = edition.entry
    gone = Proposal(kind=ProposalKind.CANCELLED, entry=entry, start=entry.start)
    return Difference(
        edition=edition,
        href=href,
        etag="",
        there=None,
        wanted=None,
        proposal=gone if entry.kind is EntryKind.MEETING else None,
    )
