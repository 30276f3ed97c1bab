"""Form fields for things that take more than one box: a place, a row of hours."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import Place
from iiplan.travel import parse_place

__all__ = ["place_fields", "typed_place"]

SPOT_HELP = (
    "In Google Maps, right-click the place and click the numbers on top: they are copied. "
    "A link to the place, a geo: address, or degrees and minutes work too. Nothing is looked up online."
)


def place_fields(old: Place | None, key: str) -> tuple[str, str]:
    """Two boxes, the address in words and the spot on the map, as typed."""
    left, right = st.columns(2)
    address = left.text_input(
        "Address, as on an envelope",
        value=_words(old),
        key=f"{key}-address",
        placeholder="Acme, 1200 K St NW, 4th floor",
    )
    spot = right.text_input(
        "Spot on the map",
        value=_spot(old),
        key=f"{key}-spot",
        placeholder="paste a map link, or 38.9007, -77.0365",
        help=SPOT_HELP,
    )
    return address, spot


def typed_place(address: str, spot: str, old: Place | None) -> Place | None:
    """The place that two boxes mean; None when both are empty. InputError says what is missing or wrong."""
    address = " ".join(address.split())
    if not spot.strip():
        if address:
            raise InputError(
                f"{address} needs its spot on the map, so that the way there can be worked out. "
                "Paste a map link or latitude, longitude beside it."
            )
        return None
    kept = old is not None and spot.strip() == _spot(old)
    place = old if kept and old is not None else parse_place(spot)
    if kept and address == _words(old):
        return place
    return replace(place, name="" if address else place.name, address=address)


def _words(place: Place | None) -> str:
    return ", ".join(part for part in (place.name, place.address) if part) if place else ""


def _spot(place: Place | None) -> str:
    return f"{place.at.latitude:.6f}, {place.at.longitude:.6f}" if place else ""
