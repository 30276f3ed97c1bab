"""The section of the Settings about ways: which routing servers may be asked."""

from __future__ import annotations

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import TravelMode
from iiplan.planner import ways
from iiplan.planner.workspace import Workspace
from iiplan.travel.servers import RoutingServer, ServerKind
from iiplan.travel.times import ROUTABLE
from iiplan.ui import session
from iiplan.ui.labels import escaped, plural

__all__ = ["routing_section"]

NAMES = {TravelMode.WALK: "On foot", TravelMode.BIKE: "By bike", TravelMode.CAR: "By car or taxi"}
KINDS = {"none": "Nobody: estimate", ServerKind.OSRM.value: "OSRM", ServerKind.VALHALLA.value: "Valhalla"}


def routing_section(ws: Workspace) -> None:
    """A server for each way of travelling, what is kept of their answers, and what they cannot know."""
    st.markdown(
        "Times between places are estimated from the straight line, without asking anybody. A routing server knows the "
        "streets: name one, on your machine or elsewhere, and planning a week asks it for the times it has not given "
        "yet. It learns the places (rounded to about 11 metres), never the people. When it is down, estimates stand in."
    )
    now = ways.servers(ws)
    for mode in ROUTABLE:
        server_form(ws, mode, now.get(mode))
    st.caption(
        "An OSRM server knows one way of travelling, whatever the address says, so each has a server of its own. "
        "No server of these kinds knows timetables: public transport stays an estimate. By car they know neither "
        "traffic nor parking: their time counts 25/18 times, and 7 minutes for parking or pick-up are added."
    )
    kept = ws.store.count_routed()
    if kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plural(kept, 'answer')} of servers kept, so that nothing is asked twice.", width="content")
            st.button("Forget them", icon=":material/delete:", key="forget-routed", on_click=forget, args=(ws,))


def server_form(ws: Workspace, mode: TravelMode, now: RoutingServer | None) -> None:
    """Kind and address for one way of travelling, saved with a button."""
    name = f"server-{mode.value}"
    key = session.draft_key(name)
    kinds = list(KINDS)
    with st.form(key, enter_to_submit=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.selectbox(
                f"{NAMES[mode]}: ask",
                kinds,
                index=kinds.index(now.kind.value if now else "none"),
                format_func=KINDS.__getitem__,
                key=f"{key}-kind",
                width=210,
            )
            url = st.text_input(
                "Address", value=now.url if now else "", placeholder="http://localhost:5000", key=f"{key}-url"
            )
            saved = st.form_submit_button("Save", icon=":material/save:", key=f"{key}-save")
    if not saved:
        return
    try:
        wanted = (
            None if kind == "none" else RoutingServer(mode=mode, kind=ServerKind(kind), url=url.strip().rstrip("/"))
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return
    ways.save_server(ws, mode, wanted)

    def undo() -> None:
        ways.save_server(ws, mode, now)
        session.new_draft(name)

    session.new_draft(name)
    said = f"{escaped(wanted.host)} is asked when you plan" if wanted else "nobody is asked any more"
    session.notify(f"{NAMES[mode]}: {said}.", undo=undo)
    st.rerun()


def forget(ws: Workspace) -> None:
    """Forget what servers answered."""
    if session.attempt(ws.store.forget_routed):
        session.notify("Forgotten. The next plan asks again.")
