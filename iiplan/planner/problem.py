"""A trip as the scheduler's problem: the JSON of docs/scheduling.md, built from trip, candidates and contacts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from iiplan.errors import InputError
from iiplan.model import Candidate, Contact, Format, LeftOut, Leg, Offer, Place, Stage, TimeWindow, Trip, TripDay
from iiplan.planner.ahead import hours_ahead
from iiplan.travel.times import TravelTimes, Ways, usual_walk

__all__ = ["BASE", "TripProblem", "fingerprint", "meeting_place", "trip_problem"]

BASE = "base"


@dataclass(frozen=True, kw_only=True)
class TripProblem:
    """``document`` for the scheduler, the candidates that cannot be part of it yet with the reason, and ``notes``
    on what was typed but cannot be used. ``legs``: what each number of minutes is, by the ids of its two places."""

    document: dict[str, object]
    not_ready: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()
    legs: Mapping[tuple[str, str], Leg] = field(default_factory=dict)
    timeless: Mapping[str, object] | None = None

    @property
    def fingerprint(self) -> str:
        """Identifies the problem whatever the clock says: a plan is not out of date because an hour has passed."""
        return fingerprint(self.document if self.timeless is None else self.timeless)


def trip_problem(
    trip: Trip,
    candidates: Iterable[Candidate],
    contacts: Mapping[str, Contact],
    stages: Mapping[str, Stage],
    *,
    offers: Mapping[str, Offer] | None = None,
    asked: str | None = None,
    times: TravelTimes | None = None,
    now: datetime | None = None,
    happened: Mapping[str, datetime] | None = None,
) -> TripProblem:
    """State the week as a problem. InputError when the trip itself lacks something: a base, a day that is not off.

    Somebody with an open offer (``offers``, by contact id) can be met at the hours offered and at no others. The
    contact ``asked`` about hours to offer is part of it with their own hours, also when they gave none. ``times``
    says how long ways take (None: the usual estimates).

    With ``now``, hours that are over are none to meet at, and who was met (``happened``, by contact id) at an hour that
    was planned and never agreed stays there.
    """
    candidates = [
        _as_offered(candidate, offers[candidate.contact_id])
        if offers and candidate.contact_id in offers and candidate.contact_id != asked
        else candidate
        for candidate in candidates
    ]
    stated = _stated(trip, candidates, contacts, stages, asked=asked, times=times)
    if now is None:
        return stated
    ahead: list[Candidate] = []
    over: set[str] = set()
    for candidate in candidates:
        met = (happened or {}).get(candidate.contact_id)
        left = (
            replace(candidate, fixed_start=met)
            if met is not None and candidate.fixed_start is None
            else hours_ahead(candidate, now, trip, asked=candidate.contact_id == asked)
        )
        ahead.append(left or candidate)
        if left is None:
            over.add(candidate.contact_id)
    if not over and all(left is candidate for left, candidate in zip(ahead, candidates, strict=True)):
        return stated
    by_now = _stated(trip, ahead, contacts, stages, asked=asked, times=times, over=over, known=stated.legs)
    return replace(by_now, timeless=stated.document)


def _stated(
    trip: Trip,
    candidates: Sequence[Candidate],
    contacts: Mapping[str, Contact],
    stages: Mapping[str, Stage],
    *,
    asked: str | None,
    times: TravelTimes | None,
    over: Collection[str] = (),
    known: Mapping[tuple[str, str], Leg] | None = None,
) -> TripProblem:
    """The problem with these candidates; the hours of those in ``over`` are over; ``known`` ways are taken over."""
    if trip.base is None:
        raise InputError("The trip has no base yet. On the Trip page, say where you stay: every day starts there.")
    days = [day for day in trip.days if not day.off]
    if not days:
        raise InputError("Every day of the trip is marked as off. On the Trip page, free at least one.")
    ready: list[Candidate] = []
    not_ready: list[LeftOut] = []
    for candidate in candidates:
        contact = contacts[candidate.contact_id]
        reason = _why_not_ready(candidate, contact, stages[contact.id], trip, asked=contact.id == asked)
        if reason is None and contact.id in over:
            reason = "All the hours are over. Ask for others."
        if reason is None:
            ready.append(candidate)
        else:
            not_ready.append(LeftOut(contact_id=contact.id, name=contact.name, reason=reason))
    places = {BASE: trip.base}
    for candidate in ready:
        place = meeting_place(candidate, contacts[candidate.contact_id])
        if place is not None:
            places[candidate.contact_id] = place
    times = times or TravelTimes(ways=Ways(mode=trip.mode, walk_up_to=usual_walk(trip.mode)))
    known = known or {}
    legs = {(a, b): known.get((a, b)) or times.leg(places[a], places[b]) for a in places for b in places if a != b}
    seats: dict[str, str] = {}  # by its folded spelling the first one typed: they mean the same seat
    document: dict[str, object] = {
        "timezone": trip.timezone,
        "grid_minutes": trip.grid_minutes,
        "base": BASE,
        "days": [_day(day) for day in days],
        "places": [
            {"id": key, "name": _line(place.label), "lat": place.at.latitude, "lon": place.at.longitude}
            for key, place in places.items()
        ],
        "travel": {"minutes": [[0 if a == b else legs[a, b].minutes for b in places] for a in places]},
        "candidates": [
            _candidate(candidate, contacts[candidate.contact_id].name, candidate.contact_id in places, trip, seats)
            for candidate in ready
        ],
        "weights": asdict(trip.weights),
    }
    notes = [note for candidate in ready if (note := _hours_outside(candidate, contacts[candidate.contact_id], trip))]
    return TripProblem(document=document, not_ready=tuple(not_ready), notes=tuple(notes), legs=legs)


def fingerprint(document: Mapping[str, object]) -> str:
    """Identifies a problem: SHA-256 of its JSON with sorted keys."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def meeting_place(candidate: Candidate, contact: Contact) -> Place | None:
    """Where to meet: the place agreed for this trip, else the contact's own; None for a call."""
    return None if candidate.format is Format.CALL else candidate.place or contact.place


def _as_offered(candidate: Candidate, offer: Offer) -> Candidate:
    length = timedelta(minutes=candidate.duration)
    return replace(candidate, windows=tuple(TimeWindow(start=start, end=start + length) for start in offer.starts))


def _why_not_ready(candidate: Candidate, contact: Contact, stage: Stage, trip: Trip, *, asked: bool) -> str | None:
    fixed = candidate.fixed_start
    if stage is Stage.DECLINED:
        return "Declined."
    if fixed is not None and not any(
        day.date == fixed.astimezone(trip.zone).date() and not day.off for day in trip.days
    ):
        when = f"{fixed.astimezone(trip.zone):%a %d %b %H:%M}"
        return f"The agreed time, {when}, is not on a day of the trip. Change the time or the trip's days."
    if candidate.format is Format.IN_PERSON and meeting_place(candidate, contact) is None:
        return "No place to meet yet. Add one on the Trip page, or make it a call."
    if fixed is not None or asked:
        return None
    if not candidate.windows:
        return "No hours given yet. Add when they are free on the Trip page."
    if not any(_is_inside(window, trip) for window in candidate.windows):
        return "All hours given lie outside the days of the trip. Ask for others, or change the trip's days."
    return None


def _is_inside(window: TimeWindow, trip: Trip) -> bool:
    """Whether hours lie on a day of the trip that is not off."""
    dates = {day.date for day in trip.days if not day.off}
    return window.start.astimezone(trip.zone).date() in dates


def _hours_outside(candidate: Candidate, contact: Contact, trip: Trip) -> str | None:
    """A note on hours that are not used, naming their days."""
    days = {window.start.astimezone(trip.zone).date() for window in candidate.windows if not _is_inside(window, trip)}
    if not days:
        return None
    named = ", ".join(f"{day:%a} {day.day} {day:%b}" for day in sorted(days))
    return f"{contact.name}: the hours on {named} are outside the days of the trip and not used."


def _day(day: TripDay) -> dict[str, object]:
    lunch = day.lunch
    return {
        "date": day.date.isoformat(),
        "start": _clock(day.start),
        "end": _clock(day.end),
        "min_meetings": day.min_meetings,
        "max_meetings": day.max_meetings,
        "lunch": lunch and {"from": _clock(lunch.earliest), "to": _clock(lunch.latest), "minutes": lunch.minutes},
        "busy": [
            {"from": _clock(busy.start), "to": _clock(busy.end), "title": _line(busy.title) or "Busy"}
            for busy in day.busy
        ],
    }


def _candidate(candidate: Candidate, name: str, placed: bool, trip: Trip, seats: dict[str, str]) -> dict[str, object]:
    document: dict[str, object] = {
        "id": candidate.contact_id,
        "name": _line(name),
        "place": candidate.contact_id if placed else None,
        "duration": candidate.duration,
        "value": candidate.value,
        "must": candidate.must,
        "windows": [
            {"start": _local(window.start, trip.zone), "end": _local(window.end, trip.zone)}
            for window in candidate.windows
            if _is_inside(window, trip)
        ],
        "fixed_start": _local(candidate.fixed_start, trip.zone) if candidate.fixed_start else None,
    }
    if seat := _line(candidate.seat):
        document["seat"] = seats.setdefault(seat.casefold(), seat)
    if candidate.arrive_early is not None:
        document["arrive_early"] = candidate.arrive_early
    if candidate.debrief is not None:
        document["debrief"] = candidate.debrief
    return document


def _line(text: str) -> str:
    """Text on one line, as the scheduler's documents want it."""
    return " ".join(text.split())


def _clock(clock: time) -> str:
    return f"{clock:%H:%M}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"
