"""The only module that touches session state: ids, drafts, a running search, and what to say after a click."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from zoneinfo import available_timezones

import streamlit as st

from iiplan.errors import IiplanError
from iiplan.model import Coordinates, Place, Trip
from iiplan.planner import trips
from iiplan.planner.workspace import Workspace, running_workspace
from iiplan.ui.labels import escaped
from iiplan.ui.solving import Run

__all__ = [
    "addressed",
    "addressed_text",
    "addressed_words",
    "attempt",
    "begin",
    "browser_timezone",
    "choose_trip",
    "chosen",
    "current_trip",
    "draft_key",
    "fill",
    "keep",
    "keep_place",
    "kept",
    "kept_place",
    "map_view",
    "new_draft",
    "notify",
    "open_part",
    "pick_trip",
    "running",
    "set_map_view",
    "set_running",
    "show_notice",
    "to_address",
    "unfold",
    "unfolded",
    "warn",
    "workspace",
]

_NOTICE = "notice"
_TRIP = "trip_id"
_WARNED = "problem"
_RUNS = "runs"
_PLACES = "places picked"


@dataclass(frozen=True, kw_only=True)
class _Notice:
    text: str
    undo: Callable[[], object] | None


def workspace() -> Workspace:
    """The user's data and clock; opened anew for each run."""
    return running_workspace()


def browser_timezone() -> str:
    """The IANA zone of whoever looks at the page; UTC when the browser does not say."""
    name = st.context.timezone or "UTC"
    return name if name in available_timezones() else "UTC"


def notify(text: str, undo: Callable[[], object] | None = None) -> None:
    """Say ``text`` (Markdown; escape what people typed) on the next run, with an Undo button if it can be undone."""
    st.session_state[_NOTICE] = _Notice(text=text, undo=undo)


def warn(text: str) -> None:
    """Say on the next run what the user must cure."""
    st.session_state[_WARNED] = text


def attempt(action: Callable[[], object]) -> bool:
    """Run a callback's work; what the user must cure is shown on the next run. True when it worked."""
    try:
        action()
    except IiplanError as error:
        warn(str(error))
        return False
    return True


def show_notice() -> None:
    """Draw what the last click has to say, once.

    Its place is there also when there is nothing to say: what follows would otherwise move, and tabs would close.
    """
    warned = st.session_state.pop(_WARNED, None)
    notice: _Notice | None = st.session_state.pop(_NOTICE, None)
    with st.container(horizontal=True, vertical_alignment="center", key="notice"):
        if warned:
            st.error(escaped(warned))
        if notice is not None:
            st.success(notice.text, icon=":material/check:")
            if notice.undo is not None:
                st.button("Undo", icon=":material/undo:", key="undo", on_click=_undo, args=(notice.undo,))


def _undo(undo: Callable[[], object]) -> None:
    """Take back what was done; the undo may itself notify of what came of it."""
    if attempt(undo) and _NOTICE not in st.session_state:
        notify("Undone.")


def choose_trip(trip_id: str) -> None:
    """Make a trip the one that pages show."""
    st.session_state[_TRIP] = trip_id


def current_trip(ws: Workspace) -> Trip | None:
    """The trip that pages show, without a chooser; None when there is none."""
    return trips.find_trip(ws, st.session_state.get(_TRIP))


def pick_trip(ws: Workspace) -> Trip | None:
    """The trip that pages show, with a chooser when there are several; None when there is none."""
    known = ws.store.trips()
    current = current_trip(ws)
    if current is None or len(known) == 1:
        return current
    names = {trip.id: f"{trip.name} · {trip.first_day:%d %b %Y}" for trip in known}
    ids = list(names)
    chosen = st.selectbox("Trip", ids, index=ids.index(current.id), format_func=names.__getitem__)
    st.session_state[_TRIP] = chosen
    return next(trip for trip in known if trip.id == chosen)


def running(trip_id: str) -> Run | None:
    """The search that goes on for a trip, or has just ended."""
    runs: dict[str, Run] = st.session_state.setdefault(_RUNS, {})
    return runs.get(trip_id)


def set_running(trip_id: str, run: Run | None) -> None:
    """Remember (or forget) a trip's search."""
    runs: dict[str, Run | None] = st.session_state.setdefault(_RUNS, {})
    runs[trip_id] = run


def chosen(key: str) -> object:
    """What a widget holds, for use in its callback."""
    return st.session_state.get(key)


def keep(name: str, value: object) -> None:
    """Keep what was worked out on demand, such as a server's answer, or belongs to a draft, until the session ends.

    Nothing secret.
    """
    st.session_state[f"kept {name}"] = value


def kept(name: str) -> object:
    """What was kept under a name; None when nothing was."""
    return st.session_state.get(f"kept {name}")


def unfolded(group: str) -> str | None:
    """Which one of a group of folded parts is open; one at a time."""
    found: str | None = st.session_state.get(f"unfolded in {group}")
    return found


def unfold(group: str, part: str) -> None:
    """Open one part of a group and close the others; close it when it is open already."""
    st.session_state[f"unfolded in {group}"] = None if unfolded(group) == part else part


def open_part(group: str, part: str | None) -> None:
    """Open one part of a group, whichever was open; close all with None."""
    st.session_state[f"unfolded in {group}"] = part


def begin(key: str, value: object) -> str:
    """The key of a widget that starts with ``value``, not given to the widget itself, and that callbacks may fill."""
    st.session_state.setdefault(key, value)
    return key


def fill(key: str, value: object) -> None:
    """Put a value into a widget, from a callback only."""
    st.session_state[key] = value


def keep_place(text: str, place: Place) -> None:
    """Remember which place a box's text stands for, until it is saved: where it came from is not in the text."""
    places: dict[str, Place] = st.session_state.setdefault(_PLACES, {})
    places[text] = place


def kept_place(text: str) -> Place | None:
    """The place that was picked for this text, if any."""
    places: dict[str, Place] = st.session_state.get(_PLACES, {})
    return places.get(text.strip())


def map_view(name: str) -> tuple[Coordinates, float] | None:
    """Middle and width in kilometres of a map, once it was moved."""
    view: tuple[Coordinates, float] | None = st.session_state.get(name)
    return view


def set_map_view(name: str, view: tuple[Coordinates, float]) -> None:
    """Show a map so from now on."""
    st.session_state[name] = view


def draft_key(name: str) -> str:
    """The key under which widgets keep an unsaved draft; ``new_draft`` gives the name a new one."""
    return f"{name}-{st.session_state.get(f'drafts of {name}', 0)}"


def new_draft(name: str) -> None:
    """Empty the widgets of a draft, once what they held is saved."""
    st.session_state[f"drafts of {name}"] = st.session_state.get(f"drafts of {name}", 0) + 1


def addressed(name: str, options: Collection[str], default: str) -> str:
    """The key of a chooser whose choice stands in the address, so that links and Back lead to it.

    Call it right before the chooser, which takes ``on_change=to_address, args=(name, default)``. What the address
    says and the chooser does not offer is taken as ``default``.
    """
    said = st.query_params.get(name, default)
    st.session_state[name] = said if said in options else default
    return name


def addressed_words(name: str, options: Collection[str]) -> str:
    """Like ``addressed`` for a chooser of several; what it does not offer is passed over."""
    _hold(name, [word for word in st.query_params.get_all(name) if word in options])
    return name


def addressed_text(name: str) -> str:
    """Like ``addressed`` for a box of text."""
    _hold(name, st.query_params.get(name, ""))
    return name


def _hold(name: str, value: object) -> None:
    """Have a widget hold what the address says; left alone when it does, so that typing goes on undisturbed."""
    if st.session_state.get(name) != value:
        st.session_state[name] = value


def to_address(name: str, default: str = "") -> None:
    """Write what was chosen into the address; the default, and nothing, leave it short."""
    chosen = st.session_state[name]
    if not chosen or chosen == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
