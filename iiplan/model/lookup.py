"""What looking places up works with: things on a map, city packs, answers, and what may be asked online."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_text
from iiplan.model.place import Coordinates, Place

__all__ = ["OSM_ATTRIBUTION", "CityPack", "FoundPlace", "MapThing", "OnlineLookup", "ThingKind"]

OSM_ATTRIBUTION = "Data © OpenStreetMap contributors"
PUBLIC_SERVER = "https://nominatim.openstreetmap.org"


class ThingKind(StrEnum):
    """What a thing of a map is to somebody who looks for it."""

    STREET = "street"
    ADDRESS = "address"
    NAMED = "named"  # a café, an office, a station, a square


@dataclass(frozen=True, kw_only=True, slots=True)
class MapThing:
    """One thing of a map: a piece of a street, a house number, or something with a name.

    ``points`` are (latitude, longitude) in degrees along its line or outline, at least one. ``also`` are its other
    names; ``at_least_m`` is how far it reaches beyond its points at least, in metres.
    """

    kind: ThingKind
    name: str = ""
    also: tuple[str, ...] = ()
    what: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""
    points: tuple[tuple[float, float], ...]
    at_least_m: int = 0


@dataclass(frozen=True, kw_only=True)
class CityPack:
    """An index of the streets, addresses and named places of one OpenStreetMap extract, kept in a file of its own."""

    name: str
    path: Path
    source: str  # the name of the extract's file
    made_at: datetime
    streets: int
    addresses: int
    named: int
    centre: Coordinates


@dataclass(frozen=True, kw_only=True)
class FoundPlace:
    """One answer to a search: the place, what it is ("cafe", "street"), and what is not exact about it."""

    place: Place
    what: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OnlineLookup:
    """Whether places may be looked up online, at which Nominatim server, and who is named there as its user."""

    enabled: bool = False
    server: str = PUBLIC_SERVER
    email: str = ""

    def __post_init__(self) -> None:
        require_text(self.server, "The address of the Nominatim server", most=300)
        optional_text(self.email, "The contact e-mail", most=100)
        try:
            parts = urlsplit(self.server)
            sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            sound = False
        if (
            not sound
            or parts.username
            or parts.query
            or parts.fragment
            or not self.server.isascii()
            or " " in self.server
        ):
            raise InputError(
                f"{self.server[:60]!r} is no address of a Nominatim server. Write it like {PUBLIC_SERVER}, without "
                "a password."
            )
        if self.email and ("@" not in self.email or not self.email.isascii() or not self.email.isprintable()):
            raise InputError(f"{self.email[:60]!r} is no e-mail address. Correct it, or leave it empty.")

    @property
    def host(self) -> str:
        """The server's name, as shown to the user."""
        return urlsplit(self.server).netloc
