"""Use cases about trips: where and when, and who would be met there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Candidate, Contact, Stage, TimeWindow, Trip, TripDay, WorthWeights
from iiplan.outreach import worth
from iiplan.planner import people, settings
from iiplan.planner.settings import next_trip
from iiplan.planner.workspace import Workspace, new_id

__all__ = [
    "add_candidates",
    "candidate_of",
    "change_day",
    "change_usual",
    "find_trip",
    "lay_out_days",
    "new_trip",
    "next_trip",
    "said_yes",
    "save_trip",
    "take_off",
    "trip_named",
    "usual_day",
]

SATURDAY = 5


def find_trip(workspace: Workspace, trip_id: str | None) -> Trip | None:
    """The trip of that id if there is one, else the one that matters now; None when there is no trip."""
    trips = {trip.id: trip for trip in workspace.store.trips()}
    return trips.get(trip_id or "") or next_trip(workspace)


def trip_named(workspace: Workspace, name: str | None) -> Trip:
    """The trip of that name (without regard to case), or the one that matters now when ``name`` is None."""
    if name is None:
        trip = next_trip(workspace)
        if trip is None:
            raise NotFoundError("There is no trip yet. Make one on the Trip page, or load the demo.")
        return trip
    trips = workspace.store.trips()
    for trip in trips:
        if trip.name.casefold() == name.strip().casefold():
            return trip
    known = ", ".join(trip.name for trip in trips) or "none yet"
    raise NotFoundError(f"No trip {name!r}. Known trips: {known}.")


def new_trip(*, name: str, city: str, timezone: str, first: date, last: date, pattern: TripDay | None = None) -> Trip:
    """A trip from ``first`` to ``last``, both included, each day like ``pattern``; Saturdays and Sundays are off."""
    days = lay_out_days((), first, last, pattern or TripDay(date=first))
    return Trip(id=new_id(), name=name, city=city, timezone=timezone, days=days)


def lay_out_days(days: Iterable[TripDay], first: date, last: date, pattern: TripDay) -> tuple[TripDay, ...]:
    """One day for each date from ``first`` to ``last``: those in ``days`` as they are, the others like ``pattern``."""
    if last < first:
        raise InputError(f"The last day ({last:%d %b %Y}) comes before the first ({first:%d %b %Y}). Swap the two.")
    known = {day.date: day for day in days}
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(known.get(day) or replace(pattern, date=day, busy=(), off=day.weekday() >= SATURDAY) for day in dates)


def add_candidates(workspace: Workspace, trip: Trip, contact_ids: Iterable[str]) -> tuple[str, ...]:
    """Put people on the trip's list at what they are worth; returns who was not on it before.

    Somebody taken off it earlier comes back with what was typed then.
    """
    store, weights = workspace.store, settings.worth_weights(workspace)
    with store.transaction():
        listed = {candidate.contact_id for candidate in store.candidates(trip.id)}
        new = [contact_id for contact_id in dict.fromkeys(contact_ids) if contact_id not in listed]
        removed = {one.contact_id: one for one in store.removed_candidates(trip.id)} if new else {}
        contacts = {one.contact.id: one.contact for one in people.log_of_all(workspace)}
        store.save_candidates(
            removed.get(contact_id) or _candidate(trip, contacts.get(contact_id), contact_id, weights)
            for contact_id in new
        )
    return tuple(new)


def take_off(workspace: Workspace, trip: Trip, contact_ids: Iterable[str]) -> None:
    """Take people off the trip's list, all or none; what was typed about them is kept."""
    with workspace.store.transaction():
        for contact_id in contact_ids:
            workspace.store.remove_candidate(trip.id, contact_id, workspace.now())


def _candidate(trip: Trip, contact: Contact | None, contact_id: str, weights: WorthWeights) -> Candidate:
    """Somebody new on the trip. Where nothing says what they are worth, they are worth the usual."""
    stars = worth(contact, weights).stars if contact else None
    new = Candidate(contact_id=contact_id, trip_id=trip.id)
    return new if stars is None else replace(new, value=stars)


def candidate_of(workspace: Workspace, trip: Trip, contact_id: str) -> Candidate:
    """The candidate of a contact on a trip; NotFoundError when they are not on it (any more)."""
    for candidate in workspace.store.candidates(trip.id):
        if candidate.contact_id == contact_id:
            return candidate
    raise NotFoundError("That person is not on the trip any more. Add them on the Trip page.")


def said_yes(workspace: Workspace, trip: Trip) -> tuple[Contact, ...]:
    """People who accepted and are not on the trip's list yet."""
    listed = {candidate.contact_id for candidate in workspace.store.candidates(trip.id)}
    return tuple(
        one.contact
        for one in people.overview(workspace)
        if one.stage in {Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED} and one.contact.id not in listed
    )


def save_trip(workspace: Workspace, trip: Trip) -> None:
    """Save a trip. When its time zone has changed, hours of its people stay what they are on the clock."""
    store = workspace.store
    with store.transaction():
        before = {known.id: known.zone for known in store.trips()}.get(trip.id, trip.zone)
        moved = [] if before == trip.zone else store.candidates(trip.id)
        store.save_trip(trip)
        store.save_candidates([_on_the_clocks_of(trip.zone, before, candidate) for candidate in moved])


def usual_day(trip: Trip) -> TripDay:
    """The settings that most of the trip's free days share; the first day's where all are off."""
    free = [day for day in trip.days if not day.off] or list(trip.days)
    settings = [_settings(day) for day in free]
    return max(free, key=lambda day: settings.count(_settings(day)))


def change_usual(trip: Trip, first: date, last: date, usual: TripDay) -> Trip:
    """Lay the trip out from ``first`` to ``last``; days that were like the usual day follow it, others stay."""
    before = _settings(usual_day(trip))
    days = tuple(_like(usual, day) if _settings(day) == before else day for day in trip.days)
    return replace(trip, days=lay_out_days(days, first, last, usual))


def change_day(trip: Trip, day: TripDay) -> Trip:
    """The trip with one of its days replaced, by date."""
    return replace(trip, days=tuple(day if one.date == day.date else one for one in trip.days))


def _on_the_clocks_of(zone: ZoneInfo, before: ZoneInfo, candidate: Candidate) -> Candidate:
    """The candidate with each of their hours at the same wall time in another zone."""

    def same_clock(moment: datetime) -> datetime:
        return moment.astimezone(before).replace(tzinfo=zone)

    fixed = candidate.fixed_start
    return replace(
        candidate,
        windows=tuple(TimeWindow(start=same_clock(one.start), end=same_clock(one.end)) for one in candidate.windows),
        fixed_start=same_clock(fixed) if fixed else None,
    )


def _like(usual: TripDay, day: TripDay) -> TripDay:
    return replace(usual, date=day.date, busy=day.busy, off=day.off)


def _settings(day: TripDay) -> TripDay:
    return replace(day, date=date.min, busy=(), off=False)
