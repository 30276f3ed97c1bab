"""Rows of trips, candidates and plans, and the nouns they stand for; pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, time, tzinfo

from iiplan.model import (
    Busy,
    Candidate,
    Format,
    Lunch,
    Offer,
    SavedPlan,
    TimeWindow,
    TravelMode,
    Trip,
    TripDay,
    Weights,
)
from iiplan.store.values import Row, instant, json_text, moment, place_json, place_of, reading, storable

__all__ = [
    "candidate_of",
    "candidate_row",
    "offer_of",
    "offer_row",
    "plan_of",
    "plan_row",
    "trip_day_rows",
    "trip_of",
    "trip_row",
    "window_rows",
]


def trip_row(trip: Trip) -> Row:
    """The columns of ``trips`` but for when it was deleted."""
    return storable(
        {
            "id": trip.id,
            "name": trip.name,
            "city": trip.city,
            "timezone": trip.timezone,
            "base": place_json(trip.base),
            "mode": trip.mode.value,
            "grid_minutes": trip.grid_minutes,
            "country": trip.country,
            "weights": json_text(asdict(trip.weights)),
        }
    )


def trip_day_rows(trip: Trip) -> list[Row]:
    """The rows of ``trip_days``."""
    return [
        storable(
            {
                "trip_id": trip.id,
                "date": day.date.isoformat(),
                "start": day.start.isoformat(),
                "end": day.end.isoformat(),
                "min_meetings": day.min_meetings,
                "max_meetings": day.max_meetings,
                "lunch": _lunch_json(day.lunch),
                "busy": json_text([_hours(busy.start, busy.end) | {"title": busy.title} for busy in day.busy]),
                "off": int(day.off),
            }
        )
        for day in trip.days
    ]


def trip_of(row: Row, day_rows: Sequence[Row]) -> Trip:
    """A trip from its row and the rows of its days in order."""
    with reading(f"a trip ({row['id']})"):
        return Trip(
            id=row["id"],
            name=row["name"],
            city=row["city"],
            timezone=row["timezone"],
            days=tuple(_day_of(day) for day in day_rows),
            base=place_of(row["base"]),
            mode=TravelMode(row["mode"]),
            grid_minutes=row["grid_minutes"],
            country=row["country"],
            weights=Weights(**json.loads(row["weights"])),
        )


def candidate_row(candidate: Candidate, position: int, zone: tzinfo) -> Row:
    """The columns of ``candidates``, not removed; ``zone`` is the trip's."""
    fixed = candidate.fixed_start
    return storable(
        {
            "trip_id": candidate.trip_id,
            "contact_id": candidate.contact_id,
            "position": position,
            "format": candidate.format.value,
            "duration": candidate.duration,
            "value": candidate.value,
            "must": int(candidate.must),
            "seat": candidate.seat,
            "place": place_json(candidate.place),
            "fixed_start": moment(fixed, "The agreed start", zone) if fixed is not None else None,
            "arrive_early": candidate.arrive_early,
            "debrief": candidate.debrief,
            "removed_at": None,
        }
    )


def window_rows(candidate: Candidate, zone: tzinfo) -> list[Row]:
    """The rows of ``windows`` in the order given; hours that ``zone`` cannot show again are refused."""
    found = []
    for position, window in enumerate(candidate.windows):
        start = moment(window.start, "The start of the hours", zone)
        end = moment(window.end, "The end of the hours", zone)
        TimeWindow(start=instant(start, zone), end=instant(end, zone))
        found.append(
            {
                "trip_id": candidate.trip_id,
                "contact_id": candidate.contact_id,
                "position": position,
                "start": start,
                "end": end,
            }
        )
    return found


def candidate_of(row: Row, windows: Sequence[Row], zone: tzinfo) -> Candidate:
    """A candidate from its row and those of its windows in order; times in ``zone``."""
    with reading(f"a candidate ({row['contact_id']} on {row['trip_id']})"):
        return Candidate(
            contact_id=row["contact_id"],
            trip_id=row["trip_id"],
            format=Format(row["format"]),
            duration=row["duration"],
            value=row["value"],
            must=bool(row["must"]),
            seat=row["seat"],
            place=place_of(row["place"]),
            windows=tuple(
                TimeWindow(start=instant(window["start"], zone), end=instant(window["end"], zone)) for window in windows
            ),
            fixed_start=instant(row["fixed_start"], zone) if row["fixed_start"] is not None else None,
            arrive_early=row["arrive_early"],
            debrief=row["debrief"],
        )


def offer_row(offer: Offer) -> Row:
    """The columns of ``offers``."""
    closed = offer.closed_at
    return storable(
        {
            "id": offer.id,
            "trip_id": offer.trip_id,
            "contact_id": offer.contact_id,
            "starts": json_text([moment(start, "An offered hour") for start in offer.starts]),
            "made_at": moment(offer.made_at, "The time of the offer"),
            "closed_at": moment(closed, "The end of the offer") if closed is not None else None,
        }
    )


def offer_of(row: Row, zone: tzinfo) -> Offer:
    """An offer from its row; times in ``zone``."""
    with reading(f"an offer ({row['id']})"):
        return Offer(
            id=row["id"],
            trip_id=row["trip_id"],
            contact_id=row["contact_id"],
            starts=tuple(instant(start, zone) for start in json.loads(row["starts"])),
            made_at=instant(row["made_at"], zone),
            closed_at=instant(row["closed_at"], zone) if row["closed_at"] is not None else None,
        )


def plan_row(plan: SavedPlan) -> Row:
    """The columns of ``plans``."""
    return storable({**asdict(plan), "planned_at": moment(plan.planned_at, "The time of planning")})


def plan_of(row: Row) -> SavedPlan:
    """A saved plan from its row, its time in UTC."""
    with reading(f"a plan (of {row['trip_id']})"):
        return SavedPlan(
            trip_id=row["trip_id"],
            planned_at=instant(row["planned_at"]),
            fingerprint=row["fingerprint"],
            document=row["document"],
            legs=row["legs"],
        )


def _day_of(row: Row) -> TripDay:
    lunch = json.loads(row["lunch"]) if row["lunch"] is not None else None
    return TripDay(
        date=date.fromisoformat(row["date"]),
        start=time.fromisoformat(row["start"]),
        end=time.fromisoformat(row["end"]),
        min_meetings=row["min_meetings"],
        max_meetings=row["max_meetings"],
        lunch=lunch
        and Lunch(
            earliest=time.fromisoformat(lunch["earliest"]),
            latest=time.fromisoformat(lunch["latest"]),
            minutes=lunch["minutes"],
        ),
        busy=tuple(
            Busy(start=time.fromisoformat(busy["start"]), end=time.fromisoformat(busy["end"]), title=busy["title"])
            for busy in json.loads(row["busy"])
        ),
        off=bool(row["off"]),
    )


def _hours(start: time, end: time) -> dict[str, str]:
    return {"start": start.isoformat(), "end": end.isoformat()}


def _lunch_json(lunch: Lunch | None) -> str | None:
    if lunch is None:
        return None
    return json_text(
        {"earliest": lunch.earliest.isoformat(), "latest": lunch.latest.isoformat(), "minutes": lunch.minutes}
    )
