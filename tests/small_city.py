"""A small invented city as an OpenStreetMap extract, written with osmium: streets, house numbers, named places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

__all__ = ["CENTRE", "small_city"]

CENTRE = (48.2, 16.37)
BLOCK = 0.001  # degrees of latitude: 111 m


class _Extract:
    """Collects nodes, ways and relations, and writes them in that order (or not)."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.ways: list[Way] = []
        self.relations: list[Relation] = []

    def node(self, north: float, east: float, **tags: str) -> int:
        at = (CENTRE[1] + east * BLOCK, CENTRE[0] + north * BLOCK)
        self.nodes.append(Node(id=len(self.nodes) + 1, location=at, tags=_tags(tags), version=1))
        return len(self.nodes)

    def way(self, points: Sequence[tuple[float, float]], **tags: str) -> int:
        nodes = [self.node(*point) for point in points]
        self.ways.append(Way(id=len(self.ways) + 1, nodes=nodes, tags=_tags(tags), version=1))
        return len(self.ways)

    def write(self, path: Path, order: str) -> None:
        writer = osmium.SimpleWriter(str(path))
        for kind in order:
            for node in self.nodes if kind == "n" else ():
                writer.add_node(node)
            for way in self.ways if kind == "w" else ():
                writer.add_way(way)
            for relation in self.relations if kind == "r" else ():
                writer.add_relation(relation)
        writer.close()


def _tags(tags: dict[str, str]) -> dict[str, str]:
    return {key.replace("__", ":"): value for key, value in tags.items()}


def small_city(path: Path, order: str = "nwr") -> Path:
    """Write the city to ``path``. Distances are in blocks of 111 m north and 74 m east of CENTRE.

    Hauptstraße runs east through the centre, with the odd numbers 1 to 9 and 13; another street of its name lies 5 km
    north. K Street Northwest is written the American way. There are a café, an office, a university of two outlines, a
    station, a suburb, and an address with no street.
    """
    city = _Extract()
    city.way([(0, 0), (0, 5)], highway="residential", name="Hauptstraße")
    city.way([(0, 5), (0, 10)], highway="residential", name="Hauptstraße")
    city.way([(50, 0), (50, 5)], highway="residential", name="Hauptstraße")
    city.way([(3, 0), (3, 20)], highway="primary", name="K Street Northwest", alt_name="Power Row")
    city.way([(-3, 0), (-3, 4)], highway="footway", name="Straße des 17. Juni")
    for number, east in ((1, 0.5), (3, 1.5), (5, 2.5), (7, 3.5), (9, 4.5), (13, 9.5)):
        city.node(0.1, east, addr__street="Hauptstraße", addr__housenumber=str(number), addr__city="Neustadt")
    city.node(50.1, 2, addr__street="Hauptstraße", addr__housenumber="1", addr__city="Oberdorf", addr__postcode="9999")
    city.node(3.1, 10, addr__street="K Street Northwest", addr__housenumber="1200")
    city.node(3.1, 12, addr__street="K Street Northwest", addr__housenumber="1210-1220")
    city.node(7, 7, addr__street="Ghost Lane", addr__housenumber="4;6")
    city.node(
        -1,
        2,
        amenity="cafe",
        name="Café Central",
        addr__street="Hauptstraße",
        addr__housenumber="2",
        addr__city="Neustadt",
    )
    city.node(-2, 2, office="government", name="Office of Buses", short_name="OB")
    city.node(-9, 2, railway="station", name="Neustadt Hauptbahnhof")
    city.node(-30, 2, place="suburb", name="Lower Fields")
    city.node(-8, 2, amenity="bench", name="")
    city.way([(-5, 0), (-5, 4), (-7, 4), (-7, 0), (-5, 0)], tourism="museum", name="Museum of Maps")
    outer = [city.way([(10, 0), (10, 4), (12, 4), (10, 0)]), city.way([(14, 0), (14, 4), (16, 4), (14, 0)])]
    members = [("w", ref, "outer") for ref in outer]
    tags = {"type": "multipolygon", "amenity": "university", "name": "University of Neustadt"}
    city.relations.append(Relation(id=1, members=members, tags=tags, version=1))
    city.write(path, order)
    return path
