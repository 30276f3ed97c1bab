"""Use cases about debriefs: one for each contact and day of meeting, every version kept, its promise in the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from iiplan.model import Contact, Debrief, DebriefText, Touch, TouchKind, Welcome
from iiplan.outreach import Afterwards, History, effective_touches, history
from iiplan.planner import asking
from iiplan.planner.people import log_of_all
from iiplan.planner.workspace import Workspace

__all__ = ["Talk", "afterwards", "as_known", "save", "settle", "stored", "talks", "talks_with"]

_IDS = UUID("6f0b0f43-6a9e-4a5b-8c1e-4f6c1d6f2a77")
MOST_NOTE = 20_000


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A meeting that took place, on a day, with its debrief (empty until something is written).

    ``met`` is the touch that says so; None when it was taken back after the debrief was written.
    """

    contact: Contact
    debrief: Debrief
    met: Touch | None = None

    @property
    def met_on(self) -> date:
        """The day of the meeting, where it took place."""
        return self.debrief.met_on


def talks(workspace: Workspace, log: Sequence[History] | None = None) -> tuple[Talk, ...]:
    """Every meeting that took place or was written about, the latest first. ``log``: that of all, if read already."""
    kept: dict[str, list[Debrief]] = {}
    for debrief in workspace.store.debriefs():
        kept.setdefault(debrief.contact_id, []).append(debrief)
    zones = _zones(workspace)
    people = log_of_all(workspace) if log is None else log
    found = [talk for one in people for talk in _talks(one, kept.get(one.contact.id, ()), zones)]
    return tuple(sorted(found, key=lambda talk: (talk.met_on, talk.contact.name.casefold()), reverse=True))


def talks_with(workspace: Workspace, contact_id: str) -> tuple[Talk, ...]:
    """The meetings with one contact, the latest first. ``NotFoundError`` when unknown."""
    store = workspace.store
    one = history(store.contact(contact_id), store.touches(contact_id=contact_id))
    return tuple(
        sorted(_talks(one, store.debriefs(contact_id), _zones(workspace)), key=lambda talk: talk.met_on, reverse=True)
    )


def stored(workspace: Workspace, debrief: Debrief) -> Debrief:
    """The debrief as it is kept now, with what other windows wrote; as given when nothing is kept yet."""
    kept = workspace.store.debriefs(debrief.contact_id)
    return next((one for one in kept if one.id == debrief.id), replace(debrief, versions=()))


def as_known(debrief: Debrief, version: int) -> Debrief:
    """The debrief as it was when ``version`` was its latest."""
    return replace(debrief, versions=debrief.versions[:version])


def save(workspace: Workspace, known: Debrief, text: DebriefText) -> Debrief:
    """Keep ``text`` as a version that follows the latest of ``known``; the promise in it goes to the log.

    What another window saved since stays beside it (``unread_by_latest`` of what is returned).
    """
    return _save(workspace, known, text, settles=False)


def settle(workspace: Workspace, known: Debrief, text: DebriefText) -> Debrief:
    """Like ``save``, for a text into which everything that other windows wrote has been taken as far as wanted."""
    return _save(workspace, known, text, settles=True)


def afterwards(
    workspace: Workspace,
    log: Iterable[History],
    every_weeks: Mapping[str, int],
    *,
    until: datetime | None = None,
    writing: Collection[str] = (),
) -> dict[str, Afterwards]:
    """What debriefs say of each contact, by id, as they were at ``until`` (aware; None: as they are).

    ``writing`` are touches "met" about which somebody writes right now: they count as not written about yet.
    """
    kept: dict[str, list[Debrief]] = {}
    for debrief in workspace.store.debriefs():
        if until is not None:
            debrief = _as_it_was(debrief, until)
        if not debrief.text.is_empty:
            kept.setdefault(debrief.contact_id, []).append(debrief)
    zones = _zones(workspace)
    return {
        one.contact.id: _afterwards(
            kept.get(one.contact.id, []), _meetings(one, zones), every_weeks.get(one.contact.id), writing
        )
        for one in log
        if one.contact.id in kept or one.contact.id in every_weeks
    }


def _as_it_was(debrief: Debrief, at: datetime) -> Debrief:
    return replace(debrief, versions=tuple(takewhile(lambda version: version.at <= at, debrief.versions)))


def _afterwards(
    kept: Sequence[Debrief], meetings: Mapping[date, Sequence[Touch]], every: int | None, writing: Collection[str]
) -> Afterwards:
    written = {met.id for debrief in kept for met in meetings.get(debrief.met_on, ())}
    said = [one for one in kept if one.text.welcome is not Welcome.NOT_SAID]
    last = max(said, key=lambda one: one.met_on, default=None)
    return Afterwards(
        written=frozenset(written) - frozenset(writing),
        welcome=last.text.welcome if last else Welcome.NOT_SAID,
        said_on=last.met_on if last else None,
        every_weeks=every,
    )


def _save(workspace: Workspace, known: Debrief, text: DebriefText, *, settles: bool) -> Debrief:
    store = workspace.store
    with store.transaction():
        before = stored(workspace, known).text
        keep = store.settle_debrief if settles else store.save_debrief
        saved = keep(known, text, workspace.now())
        if (before.promised, before.promised_by) != (saved.text.promised, saved.text.promised_by):
            _log_promise(workspace, saved)
    return saved


def _log_promise(workspace: Workspace, debrief: Debrief) -> None:
    """Put the promise of a debrief into the log in the place of what it said before.

    It is dated at the meeting and not at the writing: a promise kept in between stays kept. The ids of its touches
    say which debrief they come from.
    """
    store, text = workspace.store, debrief.text
    log = store.touches(contact_id=debrief.contact_id)
    beginning = f"promise-{debrief.id}-"
    ours = [touch.id for touch in log if touch.id.startswith(beginning)]
    held = effective_touches(log)
    for touch in held:
        if touch.id in ours:
            asking.take_back(workspace, touch)
    if not text.promised.strip() or text.promised_by is None:
        return
    met = _on_day(held, debrief.met_on, _zones(workspace))
    touch = Touch(
        id=f"{beginning}{len(ours) + 1}",
        contact_id=debrief.contact_id,
        kind=TouchKind.NOTE,
        at=met.at if met else debrief.versions[0].at,
        timezone=met.timezone if met else "UTC",
        trip_id=debrief.trip_id,
        note=text.promised.strip()[:MOST_NOTE],
        follow_up_on=text.promised_by,
    )
    store.add_touches([touch])


def _talks(one: History, kept: Sequence[Debrief], zones: Mapping[str, ZoneInfo]) -> list[Talk]:
    """Every debrief and every meeting; two people made one may have two debriefs on a day."""
    meetings = _meetings(one, zones)
    written = {debrief.met_on for debrief in kept}
    fresh = [_new(one.contact.id, day, met[-1].trip_id) for day, met in meetings.items() if day not in written]
    return [
        Talk(
            contact=one.contact,
            debrief=debrief,
            met=meetings[debrief.met_on][-1] if debrief.met_on in meetings else None,
        )
        for debrief in (*kept, *fresh)
    ]


def _new(contact_id: str, met_on: date, trip_id: str | None) -> Debrief:
    """A debrief without a text; two windows that begin one at the same time begin the same one."""
    return Debrief(
        id=uuid5(_IDS, f"{contact_id} {met_on.isoformat()}").hex, contact_id=contact_id, met_on=met_on, trip_id=trip_id
    )


def _meetings(one: History, zones: Mapping[str, ZoneInfo]) -> dict[date, list[Touch]]:
    """The touches that say that we met, by day. A thank-you to somebody with no meeting in the log stands for one."""
    met = [touch for touch in one.touches if touch.kind is TouchKind.MET]
    if not met and one.known.met is not None:
        met = [one.known.met]
    found: dict[date, list[Touch]] = {}
    for touch in met:
        found.setdefault(_day(touch, zones), []).append(touch)
    return found


def _on_day(touches: Iterable[Touch], day: date, zones: Mapping[str, ZoneInfo]) -> Touch | None:
    met = [touch for touch in touches if touch.kind is TouchKind.MET and _day(touch, zones) == day]
    return met[-1] if met else None


def _day(touch: Touch, zones: Mapping[str, ZoneInfo]) -> date:
    """The day of a touch: of the trip it belongs to, else of the zone it was logged in."""
    return touch.at.astimezone(zones.get(touch.trip_id or "") or ZoneInfo(touch.timezone)).date()


def _zones(workspace: Workspace) -> dict[str, ZoneInfo]:
    return {trip.id: trip.zone for trip in workspace.store.trips()}
