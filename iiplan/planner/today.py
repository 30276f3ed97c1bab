"""Use cases of the morning: what is due, and what of it was put off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from iiplan.errors import InputError
from iiplan.model import Agenda, Contact, Snooze, Trip
from iiplan.outreach import Due, History, due_list, histories
from iiplan.planner import debriefs, keeping, settings
from iiplan.planner.people import log_of_all
from iiplan.planner.workspace import Workspace

__all__ = ["AtRest", "DueNow", "PutOff", "due", "due_document", "snooze", "wake"]

LEEWAY = timedelta(minutes=5)  # clocks of browser and machine may differ a little


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """Something that is due, and until when (UTC) it is out of sight."""

    item: Due
    until: datetime


@dataclass(frozen=True, kw_only=True)
class AtRest:
    """Somebody we met whom nobody is reminded of keeping in touch with, and why."""

    contact: Contact
    why: str


@dataclass(frozen=True, kw_only=True)
class DueNow:
    """What to do at ``at`` (aware), in the order of doing it, and what was put off, the first to come back first.

    ``contacts`` are those of both, by id; ``resting`` those it is not kept in touch with, by name. ``trip`` is the
    one it was worked out for.
    """

    at: datetime
    trip: Trip | None
    items: tuple[Due, ...]
    snoozed: tuple[PutOff, ...]
    contacts: Mapping[str, Contact]
    resting: tuple[AtRest, ...] = ()


def due(
    workspace: Workspace,
    trip: Trip | None,
    agenda: Agenda | None,
    *,
    now: datetime | None = None,
    log: Sequence[History] | None = None,
    writing: Collection[str] = (),
) -> DueNow:
    """What to do now, by the user's cadence and the public holidays of the trip's country.

    ``now`` (aware) looks at another moment instead: what is dated later has not happened then. ``log`` is that of
    all, when it is read already and no other moment is looked at. ``writing`` are touches "met" (ids) about which
    somebody writes right now: the debrief stays on the list until they are done.
    """
    store = workspace.store
    if now is not None:
        given = now
        workspace = replace(workspace, now=lambda: given)
        log = histories(store.contacts(), [touch for touch in store.touches() if touch.at <= given + LEEWAY])
    elif log is None:
        log = log_of_all(workspace)
    at = workspace.now()
    candidates = store.candidates(trip.id) if trip else ()
    on_trip = {candidate.contact_id for candidate in candidates}
    put_off = {one.key: one.until for one in store.snoozes() if one.until > at}
    after = debriefs.afterwards(workspace, log, keeping.every_weeks(workspace), until=now, writing=writing)
    found = due_list(
        log,
        at,
        rules=settings.rules(workspace, trip),
        trip=trip,
        agenda=agenda,
        candidates=candidates,
        offers=[offer for offer in (store.offers(trip.id) if trip else ()) if offer.contact_id in on_trip],
        asleep=put_off,
        afterwards=after,
        weights=settings.worth_weights(workspace),
    )
    snoozed = [PutOff(item=item, until=put_off[item.key]) for item in found if item.key in put_off]
    concerned = {item.contact_id for item in found}
    return DueNow(
        at=at,
        trip=trip,
        items=tuple(item for item in found if item.key not in put_off),
        snoozed=tuple(sorted(snoozed, key=lambda one: one.until)),
        contacts={one.contact.id: one.contact for one in log if one.contact.id in concerned},
        resting=tuple(
            AtRest(contact=one.contact, why=after[one.contact.id].rests)
            for one in log
            if one.known.met is not None and one.contact.id in after and after[one.contact.id].rests
        ),
    )


def snooze(workspace: Workspace, item: Due, until: datetime) -> None:
    """Put one thing off until ``until`` (aware); it comes back earlier when what brought it about changes.

    InputError for a moment that is over.
    """
    if until <= workspace.now():
        raise InputError(f"{until:%d %b %Y %H:%M} is over. Put it off until a later time.")
    workspace.store.snooze(Snooze(key=item.key, until=until))


def wake(workspace: Workspace, item: Due) -> None:
    """Put one thing off no longer; nothing happens when it was not."""
    workspace.store.end_snooze(item.key)


def due_document(found: DueNow) -> dict[str, object]:
    """What is due as the command line prints it, for ``json.dumps``.

    ``now``: the moment it holds for; ``trip``: its name or null; ``due``: what to do, in the order of doing it;
    ``snoozed``: what was put off, the first to come back first. Each entry of the two lists has

    - ``kind``: a word of ``DueKind``; ``effort``: glance, click, send or write; ``title`` and ``why``: what and why;
    - ``contact``: an object of ``id`` and ``name``;
    - ``deadline`` and ``snoozed_until``: a time or null;
    - ``logs``: the kind of touch to log once it is done, or null; ``alternatives``: others that would answer it;
    - ``key``: the same for as long as the situation is the same.

    Times are ISO 8601 with their offset, in the trip's zone, or without a trip in the zone of what brought them about
    (``now`` and ``snoozed_until``: as they were given).
    """
    return {
        "now": _time(found.at, found.trip),
        "trip": found.trip.name if found.trip else None,
        "due": [_entry(item, found, None) for item in found.items],
        "snoozed": [_entry(one.item, found, one.until) for one in found.snoozed],
    }


def _entry(item: Due, found: DueNow, until: datetime | None) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "contact": {"id": item.contact_id, "name": found.contacts[item.contact_id].name},
        "title": item.title,
        "why": item.why,
        "effort": item.effort.name.lower(),
        "deadline": _time(item.deadline, found.trip),
        "logs": item.logs and item.logs.value,
        "alternatives": [kind.value for kind in item.alternatives],
        "key": item.key,
        "snoozed_until": _time(until, found.trip),
    }


def _time(moment: datetime | None, trip: Trip | None) -> str | None:
    if moment is None:
        return None
    return (moment.astimezone(trip.zone) if trip else moment).isoformat(timespec="seconds")
