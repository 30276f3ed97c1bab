"""Form fields for things that take more than one box: a place, a row of hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from iiplan.errors import InputError
from iiplan.model import Place, Trip
from iiplan.planner.city_packs import cities_near
from iiplan.planner.settings import next_trip
from iiplan.travel import parse_place
from iiplan.ui import session
from iiplan.ui.labels import escaped
from iiplan.ui.place_picker import place_buttons, place_panel, spot_text
from iiplan.ui.place_words import place_words

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


def place_fields(old: Place | None, key: str, trip: Trip | None = None, *, new_city: bool = False) -> tuple[str, str]:
    """Two boxes, the address in words and the spot on the map, as typed; and ways to find the spot.

    Only inside a form. ``trip`` (the one that matters now without it) says which city is meant, unless it is a
    ``new_city`` that no trip knows yet.
    """
    ws = session.workspace()
    trip = _city(trip, new_city)
    left, right = st.columns(2)
    address = left.text_input(
        "Address, as on an envelope",
        key=session.begin(f"{key}-address", _words(old)),
        placeholder="Acme, 1200 K St NW, 4th floor",
    )
    spot = right.text_input(
        "Spot on the map",
        key=session.begin(f"{key}-spot", spot_text(old)),
        placeholder="paste a map link, or 38.9007, -77.0365",
        help=SPOT_HELP,
    )
    try:
        shown = _place(spot, old, trip) if spot.strip() else None
        if shown:
            st.caption(escaped(place_words(shown)))
    except InputError as error:
        shown = None
        st.caption(f":material/error: {escaped(str(error))}")
    place_buttons(key)
    place_panel(ws, key, address, shown, trip)
    return address, spot


def typed_place(
    address: str, spot: str, old: Place | None, trip: Trip | None = None, *, new_city: bool = False
) -> Place | None:
    """The place that two boxes mean; None when both are empty. InputError says what is missing or wrong."""
    address = " ".join(address.split())
    if not spot.strip():
        if address:
            raise InputError(
                f"{address} needs its spot on the map, so that the way there can be worked out. "
                "Press 'Find the address', or paste a map link or latitude, longitude beside it."
            )
        return None
    place = _place(spot, old, _city(trip, new_city))
    if address == _words(place):
        return place
    return replace(place, name="" if address else place.name, address=address)


def _place(spot: str, old: Place | None, trip: Trip | None) -> Place:
    """The place of a spot as typed, picked or kept. InputError says what is wrong."""
    if old is not None and spot.strip() == spot_text(old):
        return old
    return session.kept_place(spot) or parse_place(spot, cities_near(session.workspace(), trip))


def _city(trip: Trip | None, new_city: bool) -> Trip | None:
    return None if new_city else trip or next_trip(session.workspace())


def _words(place: Place | None) -> str:
    return ", ".join(part for part in (place.name, place.address) if part) if place else ""
