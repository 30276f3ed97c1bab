"""Form fields for things that take more than one box: a place, a row of hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from iiplan.errors import InputError
from iiplan.model import Place
from iiplan.travel import parse_place

__all__ = ["labelled", "place_fields", "typed_place"]

Word = TypeVar("Word")

SPOT_HELP = (
    "In Google Maps, right-click the place and click the numbers on top: they are copied. "
    "A link to the place, a geo: address, or degrees and minutes work too. Nothing is looked up online."
)


def labelled(where: DeltaGenerator, label: str, labels: Mapping[Word, str], chosen: Word, key: str) -> Word:
    """A select box over stored words, shown by their labels."""
    words = list(labels)
    picked: Word | None = where.selectbox(
        label, words, index=words.index(chosen), format_func=labels.__getitem__, key=key
    )
    return chosen if picked is None else picked


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
