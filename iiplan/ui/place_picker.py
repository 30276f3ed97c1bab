"""Finding a place inside a form: in the city packs, online if wanted, or by a click on a map.

All buttons here submit the form they stand in, so that nothing typed is lost, and none of them saves it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from iiplan.errors import IiplanError
from iiplan.figures import KnownSpot, click_within_m, place_map_figure
from iiplan.model import OSM_ATTRIBUTION, Coordinates, FoundPlace, Place, PlaceOrigin, Trip
from iiplan.planner.city_packs import city_packs, find_places
from iiplan.planner.online_lookup import look_up_online, looked_up, online_lookup
from iiplan.planner.place_map import known_people, landmarks, map_centre
from iiplan.planner.workspace import Workspace
from iiplan.travel import folded_words
from iiplan.ui import session
from iiplan.ui.charts import PLOT
from iiplan.ui.labels import escaped
from iiplan.ui.place_words import how_exact

__all__ = ["place_buttons", "place_panel", "spot_text"]

WIDTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # kilometres of the map
FIRST_WIDTH = 8.0
MOST_LANDMARKS = 120


def spot_text(place: Place | None) -> str:
    """A place's point as the box shows it, to about 10 cm."""
    return f"{place.at.latitude:.6f}, {place.at.longitude:.6f}" if place else ""


def place_buttons(key: str) -> None:
    """The two ways to look a place up; each opens its panel."""
    with st.container(horizontal=True, gap="small"):
        for part, label, icon in (
            ("find", "Find the address", ":material/search:"),
            ("map", "Point at it on a map", ":material/pin_drop:"),
        ):
            st.form_submit_button(
                label,
                icon=icon,
                key=f"{key}-{part}",
                on_click=session.open_part,
                args=(f"place {key}", part),
            )


def place_panel(ws: Workspace, key: str, address: str, shown: Place | None, trip: Trip | None) -> None:
    """What was asked for last, if anything; ``shown`` is the place that the form has by now."""
    part = session.unfolded(f"place {key}")
    if part is None:
        return
    with st.container(border=True, key=f"{key}-place-panel"):
        if part == "find":
            _finding(ws, key, " ".join(address.split()), trip)
        else:
            _pointing(ws, key, shown, trip)
        st.form_submit_button(
            "Close",
            icon=":material/close:",
            type="tertiary",
            key=f"{key}-close",
            on_click=session.open_part,
            args=(f"place {key}", None),
        )


def _finding(ws: Workspace, key: str, address: str, trip: Trip | None) -> None:
    """Answers of the city packs and, at a press of a button, of the server."""
    if not address:
        st.info("Type an address or a name in the box first, then press *Find the address*.")
        return
    found = find_places(ws, address, trip.base.at if trip and trip.base else None)
    for problem in found.problems:
        st.warning(escaped(problem))
    online = _online(ws, key, address)
    answers = (*found.places, *online)
    if answers:
        st.radio(
            f"What “{escaped(address)}” may be",
            range(len(answers)),
            format_func=lambda number: escaped(answers[number].place.label),
            captions=[_about(answer) for answer in answers],
            key=(radio := f"{key}-answer-{hash((address, len(answers)))}"),
        )
        st.form_submit_button(
            "Use this place",
            type="primary",
            icon=":material/check:",
            key=f"{key}-use",
            on_click=_use_answer,
            args=(key, radio, answers, address),
        )
        st.caption(f"{OSM_ATTRIBUTION}.")
    elif city_packs(ws):
        st.info("No city pack knows it. Try fewer words, paste a map link, or point at it on a map.")
    else:
        st.info(
            "No city pack yet, in which addresses are found without a network: *Settings*, *Places* says how to add "
            "one. Or paste a map link, or point at it on a map."
        )


def _online(ws: Workspace, key: str, address: str) -> Sequence[FoundPlace]:
    """What the server said before, or says now that its button was pressed."""
    settings = online_lookup(ws)
    if not settings.enabled:
        return ()
    known = looked_up(ws, address)
    if known is not None:
        return known
    pressed = st.form_submit_button(f"Ask {settings.host}", icon=":material/public:", key=f"{key}-online")
    st.caption(f"Sends “{escaped(address)}” to {escaped(settings.host)}, and nothing else.")
    if not pressed:
        return ()
    try:
        with st.spinner(f"Asking {settings.host} …"):
            answers = look_up_online(ws, address)
    except IiplanError as error:
        st.error(escaped(str(error)))
        return ()
    if not answers:
        st.info(f"{escaped(settings.host)} knows no such place. Check the spelling, or add the city.")
    return answers


def _about(answer: FoundPlace) -> str:
    exact = how_exact(answer.place) or "exact"
    online = ["found online"] if answer.place.origin is PlaceOrigin.NOMINATIM else []
    return escaped(" · ".join([answer.what, exact, *online, *([answer.note] if answer.note else [])]))


def _use_answer(key: str, radio: str, answers: Sequence[FoundPlace], typed: str) -> None:
    chosen = session.chosen(radio)
    place = answers[chosen if isinstance(chosen, int) else 0].place
    if set(folded_words(typed)) <= set(folded_words(place.label)):  # else it says more, a floor or a company
        session.fill(f"{key}-address", place.label)
    _use(key, place)


def _use(key: str, place: Place) -> None:
    session.fill(f"{key}-spot", spot_text(place))
    session.keep_place(spot_text(place), place)
    session.open_part(f"place {key}", None)


def _pointing(ws: Workspace, key: str, shown: Place | None, trip: Trip | None) -> None:
    """A bare map; a click chooses a spot, buttons go closer and wider."""
    name = f"map {key}"
    start = map_centre(ws, shown, trip)
    if start is None:
        st.info("Nothing is known yet to draw a map around. Paste a map link for the base of the trip first.")
        return
    centre, width = session.map_view(name) or (start, FIRST_WIDTH)
    chart = f"{key}-chart-{centre.as_pair}-{width}"
    base = [KnownSpot(label="Base", at=trip.base.at, kind="base")] if trip and trip.base else []
    people = [
        KnownSpot(label=f"{one.what}, {one.place.label}", at=one.place.at, kind="person")
        for one in known_people(ws, centre, width / 2)
    ]
    marks = [
        KnownSpot(label=one.place.label, at=one.place.at, kind="landmark")
        for one in landmarks(ws, centre, width / 2, MOST_LANDMARKS)
    ]
    words = (
        f"{width:g} by {width:g} km, north is up. Click where the place is, then press *Use this spot*: "
        f"on a map of this size that is within about {click_within_m(width)} m."
    )
    st.markdown(words)
    st.plotly_chart(
        place_map_figure(centre, width, [*base, *marks[:10], *people, *marks[10:]]),
        key=chart,
        config=PLOT,
        on_select="rerun",
        selection_mode="points",
        alt=words.replace("*", ""),
    )
    with st.container(horizontal=True, gap="small"):
        st.form_submit_button(
            "Use this spot",
            type="primary",
            icon=":material/check:",
            key=f"{key}-spot-use",
            on_click=_use_click,
            args=(key, chart, width),
        )
        for label, icon, step in (("Closer", ":material/zoom_in:", -1), ("Wider", ":material/zoom_out:", 1)):
            index = WIDTHS.index(width) + step
            st.form_submit_button(
                label,
                icon=icon,
                key=f"{key}-{label}",
                disabled=not 0 <= index < len(WIDTHS),
                on_click=_look,
                args=(name, chart, centre, WIDTHS[index % len(WIDTHS)]),
            )
    if marks:
        st.caption(f"{OSM_ATTRIBUTION}.")


def _look(name: str, chart: str, centre: Coordinates, width: float) -> None:
    """Show the map at another width, around what was clicked if anything was."""
    session.set_map_view(name, (_clicked(chart) or centre, width))


def _use_click(key: str, chart: str, width: float) -> None:
    at = _clicked(chart)
    if at is None:
        session.warn("Click on the map first, where the place is; a red dot shows it. Then press Use this spot.")
        return
    _use(key, Place(at=at, origin=PlaceOrigin.MAP_CLICK, within_m=click_within_m(width)))


def _clicked(chart: str) -> Coordinates | None:
    """The point that was clicked last."""
    state = session.chosen(chart)
    points = state["selection"]["points"] if isinstance(state, dict) else []
    if not points or len(points[0].get("customdata") or ()) != 2:
        return None
    latitude, longitude = points[0]["customdata"]
    return Coordinates(latitude=float(latitude), longitude=float(longitude))
