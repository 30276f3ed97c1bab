"""Reading an OpenStreetMap extract (.osm.pbf): its streets, house numbers and named places, one after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from iiplan.errors import InputError
from iiplan.model import MapThing, ThingKind
from iiplan.travel import clean_name

if TYPE_CHECKING:
    import osmium

__all__ = ["read_extract"]

Point = tuple[float, float]

_KINDS: Final = (
    *("amenity", "shop", "office", "tourism", "leisure", "aeroway", "historic", "healthcare", "craft", "club"),
    *("railway", "public_transport", "place", "building"),
)
_ONLY: Final = {
    "railway": {"station", "halt", "tram_stop"},
    "public_transport": {"station"},
    "aeroway": {"aerodrome", "terminal"},
    "place": {"square", "suburb", "quarter", "neighbourhood"},
}
_REACH: Final = {"suburb": 2000, "quarter": 1000, "neighbourhood": 800}  # metres, of what maps show as a mere point
_OTHER_NAMES: Final = ("alt_name", "official_name", "short_name", "old_name", "name:en", "brand", "operator")
_AREAS: Final = {"multipolygon", "site"}


def read_extract(path: Path, scratch: Path) -> Iterator[MapThing]:
    """Everything in the extract that somebody may look for, in the order of the file.

    Memory stays small: positions of nodes are kept in a file in the folder ``scratch`` meanwhile. Raises ``InputError``
    when the file is missing, broken or not sorted, and when osmium is not installed.
    """
    library = _osmium()
    if not path.is_file():
        raise InputError(f"There is no file {path}. Give the .osm.pbf file of a city, downloaded before.")
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".reading-") as folder:
        try:
            yield from _things(library, path, Path(folder))
        except (RuntimeError, MemoryError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"{path} cannot be read as an OpenStreetMap extract in the PBF format ({str(error)[:120]}). "
                "Download it again."
            ) from error


def _osmium() -> Any:
    try:
        import osmium
        import osmium.filter
        import osmium.io
    except ImportError as error:
        raise InputError(
            "Building a city pack needs the package osmium, which is not installed. Install it with: "
            'python -m pip install "osmium>=4.3,<5"'
        ) from error
    return osmium


def _things(library: Any, path: Path, scratch: Path) -> Iterator[MapThing]:
    file = library.io.File(str(path), "pbf")
    areas = _areas(library, file)
    outlines: dict[int, tuple[Point, ...]] = {way: () for _, ways in areas.values() for way in ways}
    processor = (
        library.FileProcessor(file)
        .with_locations(f"sparse_file_array,{scratch / 'nodes'}")
        .with_filter(library.filter.EmptyTagFilter().enable_for(library.osm.NODE | library.osm.RELATION))
    )
    reached, placed, lost = "n", 0, 0
    for thing in processor:
        kind = thing.type_str()
        if "nwr".index(kind) < "nwr".index(reached):
            raise _unsorted(path)
        reached = kind
        if kind == "r":
            tags, ways = areas.get(thing.id, ({}, ()))
            yield from _named_and_addressed(tags, tuple(point for way in ways for point in outlines[way]))
            continue
        if not (_may_be_sought(thing.tags) or (kind == "w" and thing.id in outlines)):
            continue
        tags = dict(thing.tags)
        points = _line(thing) if kind == "w" else ((thing.lat, thing.lon),)
        placed, lost = placed + bool(points), lost + (not points)
        if thing.id in outlines and kind == "w" and points:
            outlines[thing.id] = _corners(points)
        yield from _street(tags, points) if kind == "w" and "highway" in tags else _named_and_addressed(tags, points)
    if lost > placed:
        raise _unsorted(path)


def _unsorted(path: Path) -> InputError:
    return InputError(
        f"{path} is not sorted: it names streets before the points they run through. Sort it once with "
        f"'osmium sort {path.name} -o sorted.osm.pbf', and take that file."
    )


def _areas(library: Any, file: Any) -> dict[int, tuple[dict[str, str], tuple[int, ...]]]:
    """Tags and outer ways of the areas of several outlines that may be sought, by id: campuses, stations."""
    found = {}
    for relation in library.FileProcessor(file, library.osm.RELATION):
        if relation.tags.get("type") in _AREAS and _may_be_sought(relation.tags):
            found[relation.id] = (
                dict(relation.tags),
                tuple(member.ref for member in relation.members if member.type == "w" and member.role != "inner"),
            )
    return found


def _may_be_sought(tags: Container[str]) -> bool:
    return "name" in tags or "addr:housenumber" in tags


def _line(way: osmium.osm.Way) -> tuple[Point, ...]:
    """The known points of a way; an extract cuts some off at its edge."""
    return tuple((node.lat, node.lon) for node in way.nodes if node.location.valid())


def _corners(points: tuple[Point, ...]) -> tuple[Point, ...]:
    north, east = [point[0] for point in points], [point[1] for point in points]
    return (min(north), min(east)), (max(north), max(east))


def _street(tags: Mapping[str, str], points: tuple[Point, ...]) -> Iterator[MapThing]:
    if (name := clean_name(tags.get("name", ""))) and points:
        yield MapThing(kind=ThingKind.STREET, name=name, also=_other_names(tags, name), points=points)


def _named_and_addressed(tags: Mapping[str, str], points: tuple[Point, ...]) -> Iterator[MapThing]:
    """What the tags say is here: a house number, something with a name, both, or nothing."""
    if not points:
        return
    here = MapThing(
        kind=ThingKind.ADDRESS,
        street=clean_name(tags.get("addr:street") or tags.get("addr:place") or ""),
        number=clean_name(tags.get("addr:housenumber", ""), 40),
        postcode=clean_name(tags.get("addr:postcode", ""), 40),
        city=clean_name(tags.get("addr:city", "")),
        points=points,
    )
    if here.street and here.number:
        yield here
    name = clean_name(tags.get("name", ""))
    for key in _KINDS if name else ():
        value = tags.get(key)
        if value and value != "no" and value in _ONLY.get(key, {value}):
            yield replace(
                here,
                kind=ThingKind.NAMED,
                name=name,
                also=_other_names(tags, name),
                what=clean_name(key if value == "yes" else value, 60).replace("_", " "),
                at_least_m=_REACH.get(value, 0),
            )
            return


def _other_names(tags: Mapping[str, str], name: str) -> tuple[str, ...]:
    parts = (part for key in _OTHER_NAMES for part in tags.get(key, "").split(";"))
    return tuple(dict.fromkeys(clean for part in parts if (clean := clean_name(part)) and clean != name))
