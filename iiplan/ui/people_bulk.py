"""What can be done with several people at once: each act says how many, is one change, and has one Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

import streamlit as st

from iiplan.model import Channel, Contact, Source, Trip
from iiplan.planner import people_bulk, trips
from iiplan.planner.people import Person
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import CHANNEL, SOURCE, escaped, plural

__all__ = ["add_all_button", "bulk_bar"]

MOST_NAMED = 6


class Act(StrEnum):
    """What there is to do."""

    TRIP = "trip"
    TAG = "tag"
    UNTAG = "untag"
    SOURCE = "source"
    ASK = "ask"


LABEL = {
    Act.TRIP: "Put on a trip",
    Act.TAG: "Tag",
    Act.UNTAG: "Take a tag off",
    Act.SOURCE: "Say how they were found",
    Act.ASK: "Log that they were asked",
}


def bulk_bar(ws: Workspace, ticked: Sequence[Person], trip: Trip | None, open_person: Callable[[str], None]) -> None:
    """Choose what to do with the people whose rows are ticked, and do it."""
    ids = tuple(one.contact.id for one in ticked)
    who = _who(len(ids))
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            acts = [act.value for act in Act if act is not Act.TRIP or trip is not None]
            act = st.selectbox(
                f"With the {who} ticked",
                acts,
                format_func=lambda word: LABEL[Act(word)],
                key="bulk-act",
                width=240,
            )
            match Act(act):
                case Act.TRIP:
                    _trip_controls(ws, ids, trip)
                case Act.TAG:
                    _tag_controls(ws, ticked, everywhere=True)
                case Act.UNTAG:
                    _tag_controls(ws, ticked, everywhere=False)
                case Act.SOURCE:
                    _source_controls(ws, ids)
                case Act.ASK:
                    channel = _channel()
            if len(ids) == 1:
                st.button("Open", icon=":material/person:", key="open-ticked", on_click=open_person, args=ids)
        if act == Act.ASK:
            _ask_controls(ws, ids, trip, channel)


def add_all_button(ws: Workspace, trip: Trip, ids: Sequence[str]) -> None:
    """Put everybody that the list shows on the trip."""
    if ids:
        everybody = f"all {len(ids):,}" if len(ids) > 1 else "this one"
        st.button(
            f"Add {everybody} to {escaped(trip.name)}",
            icon=":material/group_add:",
            key="add-all",
            on_click=_add,
            args=(ws, trip, tuple(ids)),
        )


def _trip_controls(ws: Workspace, ids: tuple[str, ...], trip: Trip | None) -> None:
    known = {one.id: one for one in ws.store.trips()}
    chosen = st.selectbox(
        "Trip",
        list(known),
        index=list(known).index(trip.id) if trip and trip.id in known else 0,
        format_func=lambda one: known[one].name,
        key="bulk-trip",
        width=240,
    )
    _go(f"Put {_who(len(ids))} on it", _add, ws, known[chosen], ids)


def _tag_controls(ws: Workspace, ticked: Sequence[Person], *, everywhere: bool) -> None:
    """A tag to give, from those that anybody has or a new one; or one of theirs to take off."""
    contacts = ws.store.contacts() if everywhere else [one.contact for one in ticked]
    tags = sorted({tag.casefold(): tag for contact in contacts for tag in contact.tags}.values(), key=str.casefold)
    word = st.selectbox(
        "Tag",
        tags,
        index=None,
        accept_new_options=everywhere,
        placeholder="choose or type" if everywhere else "choose" if tags else "they have none",
        key=f"bulk-tag-{everywhere}",
        width=240,
    )
    verb = "Tag" if everywhere else "Take it off"
    ids = tuple(one.contact.id for one in ticked)
    _go(f"{verb} {_who(len(ids))}", _tag if everywhere else _untag, ws, ids, word or "", ready=bool(word))


def _source_controls(ws: Workspace, ids: tuple[str, ...]) -> None:
    source = st.selectbox("How found", list(Source), format_func=SOURCE.__getitem__, key="bulk-source", width=240)
    _go(f"Say it of {_who(len(ids))}", _set_source, ws, ids, source)


def _channel() -> Channel | None:
    return st.selectbox(
        "How",
        list(Channel),
        index=None,
        format_func=CHANNEL.__getitem__,
        placeholder="not said",
        key="bulk-channel",
        width=200,
    )


def _ask_controls(ws: Workspace, ids: tuple[str, ...], trip: Trip | None, channel: Channel | None) -> None:
    """The asks to log, and those that would be one too many at their organisation."""
    beyond = people_bulk.asks_beyond(ws, ids, trip)
    crowded = {one.contact.id for one in beyond}
    rest = tuple(one for one in ids if one not in crowded)
    if beyond:
        lines = [f"- {_at(one.contact)}: {escaped(one.why)}" for one in beyond[:MOST_NAMED]]
        if len(beyond) > MOST_NAMED:
            lines.append(f"- and {len(beyond) - MOST_NAMED:,} more")
        st.warning(
            f"**{plural(len(beyond), 'ask')} would be too many at one organisation.** Ask the next person once the "
            "first stays silent.\n" + "\n".join(lines),
            icon=":material/groups:",
        )
    with st.container(horizontal=True):
        if rest:
            leaving = f", leaving out {len(beyond):,}" if beyond else ""
            _go(f"Log {plural(len(rest), 'ask')}{leaving}", _log_asks, ws, rest, channel, trip)
        if beyond:
            _go(f"Log all {plural(len(ids), 'ask')}", _log_asks, ws, ids, channel, trip, kind="secondary")


def _go(label: str, act: Callable[..., None], *args: object, ready: bool = True, kind: str = "primary") -> None:
    st.button(
        label,
        type="primary" if kind == "primary" else "secondary",
        icon=":material/done_all:",
        key=f"bulk-go-{kind}",
        disabled=not ready,
        on_click=act,
        args=args,
    )


def _add(ws: Workspace, trip: Trip, ids: tuple[str, ...]) -> None:
    def act() -> None:
        new = trips.add_candidates(ws, trip, ids)
        known = len(ids) - len(new)
        already = f"; {_who(known)} had been there already" if known else ""
        session.notify(
            f"Put {_who(len(new))} on {escaped(trip.name)}{already}. Now say when they are free, on the Trip page.",
            undo=(lambda: trips.take_off(ws, trip, new)) if new else None,
        )

    _act(act)


def _tag(ws: Workspace, ids: tuple[str, ...], word: str) -> None:
    _change(ws, lambda: people_bulk.tag(ws, ids, word), f"“{escaped(word)}” given to", "tags")


def _untag(ws: Workspace, ids: tuple[str, ...], word: str) -> None:
    _change(ws, lambda: people_bulk.untag(ws, ids, word), f"“{escaped(word)}” taken off", "tags")


def _set_source(ws: Workspace, ids: tuple[str, ...], source: Source) -> None:
    _change(ws, lambda: people_bulk.set_source(ws, ids, source), f"{SOURCE[source]} is now the source of", "source")


def _change(ws: Workspace, change: Callable[[], tuple[Contact, ...]], what: str, field: str) -> None:
    def act() -> None:
        before = change()
        if before:
            undo = lambda: people_bulk.put_back(ws, before, field)  # noqa: E731
            session.notify(f"{what} {_who(len(before))}.", undo=undo)
        else:
            session.notify("Nothing to change: it was so already.")

    _act(act)


def _log_asks(ws: Workspace, ids: tuple[str, ...], channel: Channel | None, trip: Trip | None) -> None:
    def act() -> None:
        touches = people_bulk.log_asks(ws, ids, channel=channel, timezone=session.browser_timezone(), trip=trip)
        session.notify(f"Logged: **Asked** · {_who(len(touches))}", undo=lambda: people_bulk.take_back_all(ws, touches))

    _act(act)


def _act(act: Callable[[], None]) -> None:
    if session.attempt(act):
        session.new_draft("people")


def _who(count: int) -> str:
    return plural(count, "person", "people")


def _at(contact: Contact) -> str:
    return f"{escaped(contact.name)}, {escaped(contact.organisation)}"
