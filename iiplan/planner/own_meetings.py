"""Use cases about appointments of the traveller's own calendar that are meetings of the trip, agreed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from iiplan.calendars import BusyEvent
from iiplan.errors import InputError
from iiplan.model import Candidate, Contact, Format, Offer, Place, Touch, Trip, TripDay
from iiplan.planner import asking, busy, offering, week
from iiplan.planner.problem import meeting_place
from iiplan.planner.workspace import Workspace, new_id

__all__ = ["OwnMeeting", "Taken", "place_of", "take", "undo", "whom", "why_no_meeting"]

_SHORTEST, _LONGEST = 5, 480  # minutes
_MINUTE = timedelta(minutes=1)
_MOST_NAME, _MOST_ADDRESS = 200, 400


@dataclass(frozen=True, kw_only=True)
class OwnMeeting:
    """An appointment that is a meeting with a contact; an empty ``contact_id`` stands for somebody new by its title.

    ``place`` None: where they are met anyway, at the place agreed for the trip or their own.
    """

    event: BusyEvent
    contact_id: str = ""
    format: Format = Format.CALL
    place: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What came and what was there before, so that it can be taken back.

    ``new`` and ``there`` count own appointments. ``created`` are contacts, ``joined`` those who came on the trip;
    ``candidates``, ``offers`` and ``days`` are as they were, ``touches`` what was logged.
    """

    trip_id: str
    days: tuple[TripDay, ...]
    new: int
    there: int
    created: tuple[str, ...]
    joined: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    offers: tuple[Offer, ...]
    touches: tuple[Touch, ...]


def why_no_meeting(trip: Trip, event: BusyEvent) -> str:
    """Why an appointment can be no meeting of the trip, as a sentence; empty when it can."""
    if event.whole_day:
        return "It takes whole days. A meeting has a start and an end."
    if not _SHORTEST <= _minutes(event) <= _LONGEST:
        return f"It takes {_minutes(event)} minutes. A meeting takes {_SHORTEST} to {_LONGEST}."
    free = {day.date for day in trip.days if not day.off}
    if _start(event).astimezone(trip.zone).date() not in free:
        return "It starts on none of the trip's days that are free for meetings."
    return ""


def whom(contacts: Iterable[Contact], event: BusyEvent) -> str | None:
    """The id of the contact whose name stands in the title, the longest one; None when there is none."""
    title = event.title.casefold()
    named = [
        one for one in contacts if re.search(rf"(?<!\w){re.escape(' '.join(one.name.split()).casefold())}(?!\w)", title)
    ]
    return max(named, key=lambda one: len(one.name)).id if named else None


def place_of(event: BusyEvent) -> Place | None:
    """Where the calendar says that an appointment is; None without a point on the map."""
    return Place(address=event.location[:_MOST_ADDRESS].strip(), at=event.at) if event.at else None


def take(
    workspace: Workspace,
    trip_id: str,
    own: Sequence[BusyEvent],
    meetings: Sequence[OwnMeeting],
    timezone: str = "UTC",
) -> Taken:
    """Keep appointments as the traveller's own, and others as meetings agreed at their hours; all of it or nothing.

    Each person comes on the trip and is logged as scheduled, unless that very hour is agreed already. The week is then
    to be planned again. InputError when one of them would break what is agreed, held or the traveller's own.
    """
    store = workspace.store
    chosen = [one.contact_id for one in meetings if one.contact_id]
    if len(set(chosen)) < len(chosen):
        raise InputError("Somebody is met twice. A trip has one meeting with each person: choose which one it is.")
    with store.transaction():
        trip = store.trip(trip_id)
        before = {one.contact_id: one for one in store.candidates(trip_id)}
        offers = {one.contact_id: one for one in store.offers(trip_id) if one.closed_at is None}
        known = {touch.id for touch in store.touches()}
        added = busy.add_appointments(trip, own)
        changed = added.trip
        for meeting in meetings:
            changed = busy.without(changed, meeting.event)
        store.save_trip(changed)
        people = [_agreed(workspace, changed, meeting, timezone) for meeting in meetings]
        return Taken(
            trip_id=trip_id,
            days=trip.days,
            new=added.new,
            there=added.there,
            created=tuple(who for who, one in zip(people, meetings, strict=True) if not one.contact_id),
            joined=tuple(who for who in people if who not in before),
            candidates=tuple(before[who] for who in people if who in before),
            offers=tuple(offers[who] for who in people if who in offers),
            touches=tuple(touch for touch in store.touches() if touch.id not in known),
        )


def undo(workspace: Workspace, taken: Taken) -> None:
    """Take all of it back."""
    store, now = workspace.store, workspace.now()
    with store.transaction():
        for touch in taken.touches:
            asking.take_back(workspace, touch)
        store.save_candidates(taken.candidates)
        for who in taken.joined:
            store.remove_candidate(taken.trip_id, who, now)
        for who in taken.created:
            store.delete_contact(who, now)
        for offer in taken.offers:
            store.save_offer(offer)
        store.save_trip(busy.put_back(store.trip(taken.trip_id), taken.days))


def _agreed(workspace: Workspace, trip: Trip, meeting: OwnMeeting, timezone: str) -> str:
    """Put one meeting on the trip, agreed at its hour; the id of who is met."""
    store, event, start = workspace.store, meeting.event, _start(meeting.event)
    if why := why_no_meeting(trip, event):
        raise InputError(f"“{event.title}” cannot be a meeting. {why}")
    contact = store.contact(meeting.contact_id) if meeting.contact_id else _new_contact(event)
    if not meeting.contact_id:
        store.save_contact(contact)
    there = {one.contact_id: one for one in store.candidates(trip.id)}.get(contact.id)
    known = there or store.removed_candidate(trip.id, contact.id)
    known = known or Candidate(contact_id=contact.id, trip_id=trip.id)
    place = meeting.place or known.place
    candidate = replace(known, format=meeting.format, duration=_minutes(event), place=place)
    if meeting_place(candidate, contact) is None and meeting.format is Format.IN_PERSON:
        raise InputError(f"“{event.title}” has no place to meet yet. Paste a map link, or make it a call.")
    agreed_before = there is not None and there.fixed_start == start
    store.save_candidates([candidate if agreed_before else replace(candidate, fixed_start=None)])
    if not agreed_before:
        week.agree(workspace, trip, contact.id, start, timezone)
    if not offering.is_possible(workspace, trip, contact.id, start):
        raise InputError(
            f"“{event.title}” on {start.astimezone(trip.zone):%a %d %b %H:%M} clashes with something agreed, held or "
            "your own, or with the hours of the day, the ways counted. Nothing was saved. Take it as busy, or change "
            "first what stands in the way."
        )
    return contact.id


def _new_contact(event: BusyEvent) -> Contact:
    return Contact(id=new_id(), name=event.title[:_MOST_NAME].strip())


def _start(event: BusyEvent) -> datetime:
    return event.start.replace(second=0, microsecond=0)


def _minutes(event: BusyEvent) -> int:
    """How long it takes in whole minutes, those begun counted."""
    return -((_start(event).astimezone(UTC) - event.end.astimezone(UTC)) // _MINUTE)
