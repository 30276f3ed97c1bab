"""What the map of a week shows: from the plan and the people left out to places and days."""

from __future__ import annotations

from dataclasses import dataclass

from iiplan.figures.week_map import MapDay, MapStop
from iiplan.model import Agenda, Coordinates, Trip
from iiplan.planner.situation import situation
from iiplan.planner.workspace import Workspace
from iiplan.travel import distance_km

__all__ = ["WeekMap", "week_on_map"]


@dataclass(frozen=True, kw_only=True)
class WeekMap:
    """The base, the days with somewhere to go, people left out who have a place, and it all in a ``sentence``."""

    base: Coordinates | None
    days: tuple[MapDay, ...]
    left_out: tuple[MapStop, ...]
    sentence: str


def week_on_map(workspace: Workspace, trip: Trip, agenda: Agenda) -> WeekMap:
    """Where the plan leads, day by day."""
    days = tuple(
        MapDay(
            label=f"{day.date:%a} {day.date.day} {day.date:%b}",
            stops=tuple(
                MapStop(name=block.title, detail=f"{block.start:%H:%M} to {block.end:%H:%M}", at=block.place.at)
                for block in day.meetings
                if block.place is not None
            ),
        )
        for day in agenda.days
        if any(block.place for block in day.meetings)
    )
    places = situation(workspace, trip).places_of_people()
    left_out = tuple(
        MapStop(name=one.name, detail=one.reason, at=places[one.contact_id].at)
        for one in agenda.left_out
        if one.contact_id in places
    )
    base = trip.base.at if trip.base else None
    return WeekMap(base=base, days=days, left_out=left_out, sentence=_sentence(base, days, left_out))


def _sentence(base: Coordinates | None, days: tuple[MapDay, ...], left_out: tuple[MapStop, ...]) -> str:
    stops = [stop for day in days for stop in day.stops]
    if not stops:
        return "The plan leads nowhere: there is no meeting in person."
    said = f"{len(stops)} stops on {len(days)} days" if len(stops) > 1 else "1 stop"
    if base:
        far = max(stops, key=lambda stop: distance_km(base.as_pair, stop.at.as_pair))
        said += f"; the farthest, {far.name}, is {distance_km(base.as_pair, far.at.as_pair):.1f} km from the base"
    outside = f" Hollow rings: {len(left_out)} left out." if left_out else ""
    return f"{said} in a straight line.{outside}" if base else f"{said}.{outside}"
