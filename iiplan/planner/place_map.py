"""What a map to click on shows: where it is centred, and what is known there."""

from __future__ import annotations

from iiplan.model import Coordinates, FoundPlace, Place, Trip
from iiplan.planner.city_packs import city_packs, landmarks
from iiplan.planner.workspace import Workspace
from iiplan.travel import distance_km

__all__ = ["known_people", "landmarks", "map_centre"]


def map_centre(workspace: Workspace, place: Place | None, trip: Trip | None) -> Coordinates | None:
    """Where to look first: at the place itself, the base, a city pack, anybody's place; None when none is known."""
    if place is not None:
        return place.at
    if trip is not None and trip.base is not None:
        return trip.base.at
    if packs := city_packs(workspace):
        return packs[0].centre
    known = [contact.place for contact in workspace.store.contacts() if contact.place]
    return known[0].at if known else None


def known_people(workspace: Workspace, centre: Coordinates, reach_km: float) -> tuple[FoundPlace, ...]:
    """Places of contacts around ``centre``; ``what`` is the contact's name."""
    return tuple(
        FoundPlace(place=contact.place, what=contact.name)
        for contact in workspace.store.contacts()
        if contact.place and distance_km(centre.as_pair, contact.place.at.as_pair) <= 2 * reach_km
    )
