"""Use cases about sending a week to its calendar on a server, and about what was changed there in the meantime."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from iiplan.calendars import (
    CalendarServer,
    ChangedError,
    Difference,
    Edition,
    Login,
    RefusedError,
    ServerError,
    ServerEvent,
    Step,
    StepKind,
    UidTakenError,
    as_handed_out,
    calendar_file,
    event_address,
    next_step,
    standing,
)
from iiplan.errors import InputError
from iiplan.model import CalendarLink, Receiver, Trip, Written
from iiplan.planner import calendar_back, calendar_out
from iiplan.planner.calendar_back import Taken
from iiplan.planner.workspace import Workspace

__all__ = ["Sent", "TakenThere", "overwrite", "put_back", "send", "take_over", "undo", "waiting"]

_TRIES = 3  # when something changes there between reading and writing

Report = Callable[[int, int, str], None]  # how many are done, of how many, and what comes next


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a sending did, in numbers of events; ``kept`` stood there as wanted already.

    ``differences`` were changed there and left alone; ``refused`` says what the server did not take. ``problem`` is why
    it stopped before the end, and ``left`` how many are still to be sent.
    """

    new: int = 0
    updated: int = 0
    cancelled: int = 0
    removed: int = 0
    kept: int = 0
    differences: tuple[Difference, ...] = ()
    refused: tuple[str, ...] = ()
    problem: str = ""
    left: int = 0

    @property
    def written(self) -> int:
        """How many events of the calendar were changed."""
        return self.new + self.updated + self.cancelled + self.removed


@dataclass(frozen=True, kw_only=True)
class TakenThere:
    """What a change was before it was taken over from the server, so that it can be undone."""

    taken: Taken
    calendar: str
    uid: str
    written: Written | None


def waiting(workspace: Workspace, trip: Trip, link: CalendarLink) -> int:
    """How many events differ from what was sent last, as far as is known here. Asks no server."""
    week = calendar_out.calendar_week(workspace, trip, Receiver.CALDAV)
    written = {one.uid: one for one in workspace.store.written(trip.id, link.calendar)}
    return sum(1 for one in _concerned(week.editions, written) if not _is_as_sent(one, written, link))


def send(
    workspace: Workspace,
    trip: Trip,
    link: CalendarLink,
    login: Login,
    report: Report | None = None,
    only: str = "",
) -> Sent:
    """Bring the calendar up to the week as it stands, or its one event of the UID ``only``.

    What is written is recorded event by event, so that a sending that stops can be taken up again. InputError and
    ServerError come from the first look at the calendar; what fails later is said in the result.
    """
    week = calendar_out.calendar_week(workspace, trip, Receiver.CALDAV)
    written = {one.uid: one for one in workspace.store.written(trip.id, link.calendar)}
    concerned = [one for one in _concerned(week.editions, written) if only in {"", one.entry.uid}]
    sending = _Sending(workspace, trip, link, CalendarServer(login), week.timezone, written)
    found = sending.server.events(link.calendar, {sending.href(one) for one in concerned})
    done = Sent()
    for number, edition in enumerate(concerned):
        if report:
            report(number, len(concerned), edition.entry.summary)
        try:
            done = _counted(done, sending.one(edition, found.get(sending.href(edition))), edition)
        except RefusedError as error:
            done = replace(done, refused=(*done.refused, str(error)))
        except ServerError as error:
            return replace(done, problem=str(error), left=len(concerned) - number)
    if not only:
        _note_the_time(workspace, trip)
    return done


def overwrite(workspace: Workspace, trip: Trip, link: CalendarLink, login: Login, difference: Difference) -> Sent:
    """Write the plan over what stands there, if that is still what was shown. Asks the server."""
    seen = Written(uid=difference.edition.entry.uid, href=difference.href, etag=difference.etag, content="")
    workspace.store.save_written(trip.id, link.calendar, [seen])
    return send(workspace, trip, link, login, only=seen.uid)


def put_back(
    workspace: Workspace, trip: Trip, link: CalendarLink, login: Login, differences: Sequence[Difference]
) -> Sent:
    """Write events again that were deleted there, with all else that is to be sent. Asks the server."""
    with workspace.store.transaction():
        for one in differences:
            workspace.store.forget_written(trip.id, link.calendar, one.edition.entry.uid)
    return send(workspace, trip, link, login, only=differences[0].edition.entry.uid if len(differences) == 1 else "")


def take_over(
    workspace: Workspace, trip: Trip, link: CalendarLink, difference: Difference, timezone: str = "UTC"
) -> TakenThere:
    """Make what was changed there the trip's: a moved meeting is agreed at its new hour, a cancelled one is off.

    The server is not asked; the next sending brings the rest of the event in line. InputError when it cannot be.
    """
    if difference.proposal is None:
        raise InputError("The plan has no place for that change. Overwrite it, or leave it as it is.")
    store, uid = workspace.store, difference.edition.entry.uid
    with store.transaction():
        before = next((one for one in store.written(trip.id, link.calendar) if one.uid == uid), None)
        taken = calendar_back.take_over(workspace, trip, difference.proposal, timezone)
        if difference.deleted:
            store.forget_written(trip.id, link.calendar, uid)
        else:
            content = before.content if before else ""
            seen = Written(uid=uid, href=difference.href, etag=difference.etag, content=content)
            store.save_written(trip.id, link.calendar, [seen])
    return TakenThere(taken=taken, calendar=link.calendar, uid=uid, written=before)


def undo(workspace: Workspace, trip: Trip, done: TakenThere) -> None:
    """Take a change back that was taken over."""
    with workspace.store.transaction():
        calendar_back.undo(workspace, done.taken)
        if done.written is None:
            workspace.store.forget_written(trip.id, done.calendar, done.uid)
        else:
            workspace.store.save_written(trip.id, done.calendar, [done.written])


@dataclass(frozen=True)
class _Sending:
    """What the events of one sending have in common."""

    workspace: Workspace
    trip: Trip
    link: CalendarLink
    server: CalendarServer
    timezone: str
    written: dict[str, Written]

    def href(self, edition: Edition) -> str:
        """Where an event lies, or is to lie."""
        known = self.written.get(edition.entry.uid)
        return known.href if known else event_address(self.link.calendar, edition.entry.uid)

    def one(self, edition: Edition, there: ServerEvent | None) -> Step:
        """Do what is to be done about one event; the step that was taken."""
        uid, href = edition.entry.uid, self.href(edition)
        for _ in range(_TRIES):
            step = next_step(
                edition,
                self.written.get(uid),
                there,
                href=href,
                timezone=self.timezone,
                remove_off=self.link.remove_off,
                now=self.workspace.now(),
            )
            try:
                self._take(step, href)
                return step
            except ChangedError:
                there = self.server.events(self.link.calendar, {href}).get(href)
            except UidTakenError as error:
                there = self.server.find(self.link.calendar, uid)
                if there is None:
                    raise RefusedError(str(error)) from error
                href = there.href
        raise RefusedError(f"{edition.entry.summary} changes on the server all the time. Send again later.")

    def _take(self, step: Step, href: str) -> None:
        entry = step.edition.entry
        if step.kind is StepKind.WRITE:
            content = calendar_file([step.edition], timezone=self.timezone, name=None)
            etag = self.server.put(href, content, etag=step.etag, what=entry.summary)
            self._record(step.edition, href, etag or self._etag_of(href, content, entry.uid))
        elif step.kind is StepKind.REMOVE:
            self.server.remove(href, etag=step.etag or "", what=entry.summary)
            self._record(step.edition, href, None)
        elif step.kind is StepKind.FORGET:
            self._record(step.edition, href, None)
        elif step.kind is StepKind.KEEP and self.written[entry.uid].etag != step.etag:
            self._record(step.edition, href, step.etag)

    def _etag_of(self, href: str, content: bytes, uid: str) -> str:
        """The ETag of what was written, if that is what stands there now."""
        there = self.server.events(self.link.calendar, {href}).get(href)
        ours = standing(content, uid, self.timezone)
        if there is None or ours is None or not ours.same(standing(there.content, uid, self.timezone)):
            return ""
        return there.etag

    def _record(self, edition: Edition, href: str, etag: str | None) -> None:
        """Keep at once what was done; ``etag`` None: it stands there no longer."""
        store, uid = self.workspace.store, edition.entry.uid
        with store.transaction():
            known = {one.uid: one for one in store.handed_out(self.trip.id, Receiver.CALDAV)}
            store.save_handed_out(self.trip.id, [as_handed_out(edition, known.get(uid))], Receiver.CALDAV)
            if etag is None:
                store.forget_written(self.trip.id, self.link.calendar, uid)
            else:
                row = Written(uid=uid, href=href, etag=etag, content=edition.entry.content)
                store.save_written(self.trip.id, self.link.calendar, [row])


def _concerned(editions: Collection[Edition], written: dict[str, Written]) -> list[Edition]:
    """The events that belong into the calendar, and those that are off but were written there."""
    return [one for one in editions if not one.entry.off or one.entry.uid in written]


def _is_as_sent(edition: Edition, written: dict[str, Written], link: CalendarLink) -> bool:
    known = written.get(edition.entry.uid)
    return known is not None and known.content == edition.entry.content and not (edition.entry.off and link.remove_off)


def _counted(done: Sent, step: Step, edition: Edition) -> Sent:
    if step.difference is not None:
        return replace(done, differences=(*done.differences, step.difference))
    if step.kind is StepKind.REMOVE:
        return replace(done, removed=done.removed + 1)
    if step.kind is not StepKind.WRITE:
        return replace(done, kept=done.kept + 1)
    if edition.entry.off:
        return replace(done, cancelled=done.cancelled + 1)
    if step.etag is None:
        return replace(done, new=done.new + 1)
    return replace(done, updated=done.updated + 1)


def _note_the_time(workspace: Workspace, trip: Trip) -> None:
    with workspace.store.transaction():
        for link in workspace.store.calendar_links():
            if link.trip_id == trip.id:
                workspace.store.save_calendar_link(replace(link, sent_at=workspace.now()))
