"""Use cases about city packs: build, list, remove, and find a place in them without a network."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from iiplan.errors import StorageError
from iiplan.lookup import read_extract
from iiplan.model import CityPack, Coordinates, FoundPlace, Trip
from iiplan.planner.workspace import Workspace
from iiplan.store.city_pack import build_pack, packs, packs_folder, remove_pack
from iiplan.store.city_search import known_around, search_pack

__all__ = ["Found", "add_pack", "cities_near", "city_packs", "find_places", "landmarks", "pack_problems", "take_away"]

MOST_RESULTS = 8
KM_A_DEGREE = 111.32


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the packs answer, best first, and a sentence for each pack that could not be asked."""

    places: tuple[FoundPlace, ...]
    problems: tuple[str, ...] = ()


def add_pack(workspace: Workspace, extract: Path, name: str | None, progress: Callable[[str, int], None]) -> CityPack:
    """Build the city pack of an OpenStreetMap extract, in the place of an earlier one of that name.

    ``name`` is that of the extract's file, without its endings, when None. ``progress`` hears what is going on and how
    many things are done. Raises ``InputError`` with the cure for an extract that cannot be used; nothing is left then.
    """
    folder = packs_folder(workspace.store.path)
    folder.mkdir(parents=True, exist_ok=True)
    name = " ".join((extract.name.split(".")[0] if name is None else name).split())
    things = read_extract(extract, folder)
    return build_pack(folder, name, extract.name, things, workspace.now(), progress)


def city_packs(workspace: Workspace) -> tuple[CityPack, ...]:
    """All packs that can be used, by name."""
    return packs(packs_folder(workspace.store.path))[0]


def pack_problems(workspace: Workspace) -> tuple[str, ...]:
    """A sentence for each file in the place of a pack that cannot be used."""
    return packs(packs_folder(workspace.store.path))[1]


def take_away(workspace: Workspace, name: str) -> CityPack:
    """Delete the pack of that name. Raises ``NotFoundError`` with the known names."""
    return remove_pack(packs_folder(workspace.store.path), name)


def find_places(workspace: Workspace, text: str, near: Coordinates | None = None) -> Found:
    """Places that a typed address or name may mean, best first, without a network; near ``near`` is better."""
    known, problems = packs(packs_folder(workspace.store.path))
    found: list[tuple[float, FoundPlace]] = []
    faults = list(problems)
    for pack in known:
        try:
            found += search_pack(pack, text, near, MOST_RESULTS)
        except StorageError as error:
            faults.append(str(error))
    best = sorted(found, key=lambda one: -one[0])[:MOST_RESULTS]
    return Found(places=tuple(answer for _, answer in best), problems=tuple(faults))


def cities_near(workspace: Workspace, trip: Trip | None) -> Mapping[str, Coordinates]:
    """Points that short plus codes may count from, by the name of their city: the trip's base first, then the packs."""
    cities = {trip.city: trip.base.at} if trip and trip.base else {}
    return cities | {pack.name: pack.centre for pack in city_packs(workspace) if pack.name not in cities}


def landmarks(workspace: Workspace, centre: Coordinates, reach_km: float, most: int) -> tuple[FoundPlace, ...]:
    """Named places and long streets of the packs in a square around ``centre``, to find one's way on a map."""
    north = reach_km / KM_A_DEGREE
    east = north / max(math.cos(math.radians(centre.latitude)), 0.01)
    south_west = (centre.latitude - north, centre.longitude - east)
    north_east = (centre.latitude + north, centre.longitude + east)
    found: list[FoundPlace] = []
    for pack in city_packs(workspace):
        found += known_around(pack, south_west, north_east, most)
    return tuple(found[:most])
