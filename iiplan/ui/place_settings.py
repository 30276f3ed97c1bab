"""The part of Settings about places: city packs, and looking up online."""

from __future__ import annotations

import streamlit as st

from iiplan.errors import InputError
from iiplan.model import OSM_ATTRIBUTION, CityPack, OnlineLookup
from iiplan.planner.city_packs import city_packs, pack_problems, take_away
from iiplan.planner.online_lookup import online_lookup, save_online_lookup
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import escaped, plural

__all__ = ["place_settings"]


def place_settings(ws: Workspace) -> None:
    """Where addresses are looked up."""
    st.subheader("Without a network: city packs", anchor=False)
    _packs(ws)
    st.subheader("Online: Nominatim", anchor=False)
    _online(ws)


def _packs(ws: Workspace) -> None:
    known = city_packs(ws)
    for problem in pack_problems(ws):
        st.warning(escaped(problem))
    if not known:
        st.info("No city packs yet. With one, *Find the address* works in every form, without a network.")
    for pack in known:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escaped(pack.name)}** · {_counts(pack)}", width="content")
            st.button(
                "Remove",
                icon=":material/close:",
                type="tertiary",
                key=f"remove-{pack.path.name}",
                on_click=_remove,
                args=(ws, pack),
            )
    if known:
        st.caption(f"{OSM_ATTRIBUTION}.")
    with st.expander("Add a city", expanded=not known):
        st.markdown(
            "1. Download an extract of the city, a file that ends in `.osm.pbf`, from an OpenStreetMap download site.\n"
            "2. Run this once in a terminal (it takes seconds for a town, and a few minutes for a very large city):"
        )
        st.code("python -m iiplan city add FILE.osm.pbf --name NAME", language="bash")


def _counts(pack: CityPack) -> str:
    return (
        f"{plural(pack.streets, 'street')}, {plural(pack.addresses, 'address', 'addresses')}, "
        f"{plural(pack.named, 'named place')} · from {escaped(pack.source)}, {pack.made_at:%d %b %Y}"
    )


def _remove(ws: Workspace, pack: CityPack) -> None:
    if session.attempt(lambda: take_away(ws, pack.name)):
        session.notify(
            f"Removed the city pack {escaped(pack.name)}. Places found in it stay. "
            f"To have it back, add it again from {escaped(pack.source)}."
        )


def _online(ws: Workspace) -> None:
    """Off until it is switched on here; what is sent, and to whom, is said before it is."""
    now = online_lookup(ws)
    st.markdown(
        "When this is on, forms have a button that sends the address you typed to the server named here. Nothing is "
        "sent while you type, and each answer is kept, so that an address is sent once. Nominatim's public server is "
        "run by volunteers and wants at most one request a second; iiplan keeps to that."
    )
    key = session.draft_key("online-lookup")
    with st.form(key, border=False, enter_to_submit=False):
        enabled = st.checkbox("Look addresses up online when I press the button", value=now.enabled, key=f"{key}-on")
        left, right = st.columns(2)
        server = left.text_input("Nominatim server", value=now.server, key=f"{key}-server")
        email = right.text_input(
            "Your e-mail, for the server's keeper",
            value=now.email,
            key=f"{key}-email",
            placeholder="none",
            help="Sent along with each request, so that whoever runs the server can write to you. It may stay empty.",
        )
        if not st.form_submit_button("Save", icon=":material/save:"):
            return
    try:
        wanted = OnlineLookup(enabled=enabled, server=server.strip(), email=email.strip())
    except InputError as error:
        st.error(escaped(str(error)))
        return
    if wanted != now and session.attempt(lambda: save_online_lookup(ws, wanted)):
        session.new_draft("online-lookup")
        session.notify("Saved where places are looked up.", undo=lambda: _restore(ws, now))
    st.rerun()


def _restore(ws: Workspace, before: OnlineLookup) -> None:
    save_online_lookup(ws, before)
    session.new_draft("online-lookup")
