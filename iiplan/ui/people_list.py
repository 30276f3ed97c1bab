"""The list of contacts: search while typing, filters that stand in the address, and a table to open and tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import pandas as pd
import streamlit as st

from iiplan.model import Authority, Source, Stage, Trip, WorthWeights
from iiplan.outreach import worth
from iiplan.planner import settings, trips
from iiplan.planner.people import Person
from iiplan.planner.people_list import Choices, Filters, Only, Order, choices, found, in_order
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, SOURCE, STAGE, STAGE_ICON, escaped, plural
from iiplan.ui.people_bulk import add_all_button, bulk_bar

__all__ = ["open_person", "people_list"]

Word = TypeVar("Word", bound=str)

ORDER = {
    Order.NAME: "Name",
    Order.WORTH: "Worth",
    Order.LAST_TOUCH: "Last touch",
    Order.STAGE: "Stage",
    Order.AUTHORITY: "Authority",
    Order.ORGANISATION: "Organisation",
    Order.CITY: "City",
}
CHOOSERS = ("city", "stage", "source", "authority", "at", "tag")  # as they are called in the address
MOST_HEIGHT = 460  # pixels of the table
ROW = 35
PAUSE = "300ms"  # without a key pressed, before the list follows


def people_list(ws: Workspace, everybody: Sequence[Person]) -> None:
    """Search, filter, sort; a click on a name opens the person, ticked rows can be changed together."""
    trip = _trip(ws)
    filters, order = _asked_for(choices(everybody), trip)
    on_trip = {one.contact_id for one in ws.store.candidates(trip.id)} if trip else set()
    shown = found(everybody, filters, trip, on_trip)
    _count(len(shown), len(everybody), filters)
    if not shown:
        _nobody(filters, trip)
        return
    weights = settings.worth_weights(ws)
    shown = in_order(shown, order, weights)
    ticked = _table(shown, weights)
    if ticked:
        bulk_bar(ws, ticked, trip, open_person)
        return
    st.caption("Click a name to open the person. Tick rows to change many at once.")
    if trip and (filters.any or len(shown) < MOST_HEIGHT // ROW):
        add_all_button(ws, trip, [one.contact.id for one in shown if one.contact.id not in on_trip])


def open_person(contact_id: str | None) -> None:
    """Show one person (None: the list); the address changes with it, so that Back works."""
    if contact_id is None:
        st.query_params.pop("person", None)
    else:
        st.query_params["person"] = contact_id


def _trip(ws: Workspace) -> Trip | None:
    """The trip that the address names, else the one that pages show."""
    named = st.query_params.get("trip")
    return trips.find_trip(ws, named) if named else session.current_trip(ws)


def _asked_for(known: Choices, trip: Trip | None) -> tuple[Filters, Order]:
    """What the address asks for, and the boxes to change it."""
    orders = [one.value for one in Order]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Search",
            type="search",
            placeholder="name, organisation, city, tag, note …",
            live=PAUSE,
            key=session.addressed_text("q"),
            on_change=session.to_address,
            args=("q",),
            width="stretch",
        )
        picked = sum(bool(st.query_params.get_all(name)) for name in CHOOSERS)
        with st.popover(f"Filters ({picked})" if picked else "Filters", icon=":material/filter_alt:"):
            cities = _chooser("city", "City", known.cities)
            stages = _chooser("stage", "Stage", STAGE)
            sources = _chooser("source", "How found", SOURCE)
            authorities = _chooser("authority", "Authority to hire", AUTHORITY)
            organisations = _chooser("at", "Organisation", known.organisations)
            tags = _chooser("tag", "Tag", known.tags)
        order = st.selectbox(
            "Sorted by",
            orders,
            format_func=lambda word: ORDER[Order(word)],
            key=session.addressed("sort", orders, orders[0]),
            on_change=session.to_address,
            args=("sort", orders[0]),
            width=150,
        )
    only = _only(trip)
    filters = Filters(
        text=text or "",
        cities=tuple(cities),
        stages=tuple(map(Stage, stages)),
        sources=tuple(map(Source, sources)),
        authorities=tuple(map(Authority, authorities)),
        organisations=tuple(organisations),
        tags=tuple(tags),
        only=tuple(map(Only, only)),
    )
    return filters, Order(order)


def _chooser(name: str, label: str, words: Mapping[Word, str]) -> list[str]:
    """A chooser of several stored words by their labels, kept in the address."""
    labels = {str(word): text for word, text in words.items()}
    return st.multiselect(
        label,
        list(labels),
        select_all=False,  # else Enter after a word takes all that match
        format_func=labels.__getitem__,
        key=session.addressed_words(name, labels),
        on_change=session.to_address,
        args=(name,),
        placeholder="any",
    )


def _only(trip: Trip | None) -> list[str]:
    labels = {Only.NOT_ASKED.value: "Not asked yet"}
    if trip is not None:
        labels[Only.IN_CITY.value] = f"In {escaped(trip.city)}"
        labels[Only.NOT_ON_TRIP.value] = f"Not on {escaped(trip.name)}"
    return st.pills(
        "Only those",
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=session.addressed_words("only", labels),
        on_change=session.to_address,
        args=("only",),
        label_visibility="collapsed",
    )


def _count(shown: int, of: int, filters: Filters) -> None:
    if filters.any:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{shown:,}** of {plural(of, 'person', 'people')}", width="content")
            st.button("Show everybody", icon=":material/filter_alt_off:", type="tertiary", on_click=_show_everybody)
    else:
        st.markdown(f"**{plural(of, 'person', 'people')}**")


def _show_everybody() -> None:
    for name in ("q", "only", *CHOOSERS):
        st.query_params.pop(name, None)


def _nobody(filters: Filters, trip: Trip | None) -> None:
    if trip is not None and filters == Filters(only=(Only.IN_CITY,)):
        st.info(
            f"Nobody in your contacts is noted as being in {escaped(trip.city)} yet. Say the city of those you know, "
            "or add people there.",
            icon=":material/location_off:",
        )
    else:
        st.info("Nobody matches. Try fewer words, or fewer filters.", icon=":material/search_off:")


def _table(shown: Sequence[Person], weights: WorthWeights) -> list[Person]:
    """The table; returns those whose rows are ticked. Rows are told apart by whom they show, so that a tick never
    passes to somebody else."""
    ids = crc32("\n".join(one.contact.id for one in shown).encode())
    key = f"{session.draft_key('people')}-{ids}"
    event = st.dataframe(
        _rows(shown, weights),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        column_config={
            "Name": st.column_config.ButtonColumn(
                type="tertiary",
                alignment="left",
                pinned=True,
                width=190,
                key=f"open-{key}",
                on_click=_open_row,
                args=(f"open-{key}", [one.contact.id for one in shown]),
            ),
            "Worth": st.column_config.NumberColumn(format="★ %d", width=80, help="1 to 10; empty: not known"),
            "Last touch": st.column_config.DateColumn(format="D MMM YYYY"),
        },
        height=min(ROW * (len(shown) + 1) + 3, MOST_HEIGHT),
        placeholder="",
        alt="Your contacts",
    )
    return [shown[row] for row in event["selection"]["rows"] if row < len(shown)]


def _open_row(key: str, ids: Sequence[str]) -> None:
    click = session.chosen(key)
    row = click["row"] if isinstance(click, Mapping) else None
    if isinstance(row, int) and row < len(ids):
        open_person(ids[row])


def _rows(shown: Sequence[Person], weights: WorthWeights) -> pd.DataFrame:
    """What the list shows of each person."""
    stage = {one: f"{STAGE_ICON[one]} {STAGE[one]}" for one in Stage}
    contacts = [one.contact for one in shown]
    return pd.DataFrame(
        {
            "Name": [contact.name for contact in contacts],
            "Worth": pd.array([worth(contact, weights).stars for contact in contacts], dtype="Int64"),
            "Stage": [stage[one.stage] for one in shown],
            "Role": [contact.role for contact in contacts],
            "Organisation": [contact.organisation for contact in contacts],
            "City": [contact.city for contact in contacts],
            "Tags": [", ".join(contact.tags) for contact in contacts],
            "How found": [SOURCE[contact.source] for contact in contacts],
            "Authority": [AUTHORITY[contact.authority] for contact in contacts],
            "Last touch": [one.last_touch.date() if one.last_touch else None for one in shown],
        }
    )
