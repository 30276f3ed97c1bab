"""What happened with a person: log it in a click, with details where there are some, see it, correct it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.model import Channel, Contact, Stage, Touch, TouchKind
from iiplan.planner import asking
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import CHANNEL, KIND, KIND_ICON, day_label, escaped

__all__ = ["LOGGABLE", "Details", "Words", "log_buttons", "log_menu", "log_touch", "quick_log", "timeline"]

Word = TypeVar("Word")

LOGGABLE = tuple(kind for kind in TouchKind if kind is not TouchKind.VOID)
LIKELY = {
    Stage.IDENTIFIED: (TouchKind.ASKED,),
    Stage.ASKED: (TouchKind.REPLIED, TouchKind.ACCEPTED),
    Stage.SILENT: (TouchKind.REPLIED, TouchKind.NUDGED),
    Stage.REPLIED: (TouchKind.ACCEPTED, TouchKind.DECLINED),
    Stage.ACCEPTED: (TouchKind.OFFERED, TouchKind.SCHEDULED),
    Stage.SCHEDULED: (TouchKind.CONFIRMED, TouchKind.MET),
    Stage.CONFIRMED: (TouchKind.MET, TouchKind.CANCELLED),
    Stage.MET: (TouchKind.THANKED,),
    Stage.THANKED: (TouchKind.FOLLOWED_UP,),
    Stage.IN_TOUCH: (TouchKind.FOLLOWED_UP,),
    Stage.DECLINED: (TouchKind.FOLLOWED_UP,),
}


@dataclass(frozen=True, kw_only=True)
class Details:
    """What can be said of a touch beside its kind; ``at`` None stands for just now."""

    at: datetime | None = None
    channel: Channel | None = None
    through: str | None = None
    template: str = ""
    note: str = ""
    follow_up_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """What ids are called: ``people`` and message ``templates``."""

    people: Mapping[str, str]
    templates: Mapping[str, str]


JUST_NOW = Details()
SHOWN = 8  # of a timeline; earlier entries are folded


def log_touch(
    ws: Workspace, contact: Contact, kind: TouchKind, said: Details = JUST_NOW, trip_id: str | None = None
) -> bool:
    """Log one touch and offer to undo it; for use in callbacks. True when it is logged."""

    def act() -> None:
        touch = asking.log(
            ws,
            contact.id,
            kind,
            at=said.at,
            timezone=session.browser_timezone(),
            channel=said.channel,
            through=said.through,
            template=said.template,
            note=said.note,
            follow_up_on=said.follow_up_on,
            trip_id=trip_id,
        )
        freed = asking.free_hours(ws, touch)

        def undo() -> None:
            asking.take_back(ws, touch)
            ws.store.save_candidates(freed)

        parts = [f"Logged: **{escaped(KIND[kind])}**", escaped(contact.name)]
        parts += [CHANNEL[said.channel]] if said.channel else []
        parts += ["the agreed hour is free again"] if freed else []
        session.notify(" · ".join(parts), undo=undo)

    return session.attempt(act)


def quick_log(ws: Workspace, contact: Contact, stage: Stage, key: str, trip_id: str | None = None) -> None:
    """What most likely happened next, a click each, and a menu of everything else. ``key`` is unique on the page."""
    likely = LIKELY[stage]
    for kind in likely:
        st.button(
            KIND[kind],
            icon=KIND_ICON[kind],
            key=f"{key}-{kind}",
            help=f"Log that just now: {KIND[kind].lower()}",
            on_click=_log,
            args=(ws, contact, kind, trip_id),
        )
    log_menu(ws, contact, key, trip_id, but=likely)


def log_menu(
    ws: Workspace, contact: Contact, key: str, trip_id: str | None = None, but: tuple[TouchKind, ...] = ()
) -> None:
    """A menu of what can be logged about somebody just now. ``key`` is unique on the page."""
    menu = f"{key}-menu"
    st.menu_button(
        "Log",
        [kind for kind in LOGGABLE if kind not in but],
        format_func=lambda kind: f"{KIND_ICON[kind]} {KIND[kind]}",
        key=menu,
        icon=":material/add_task:",
        help=f"Log what happened with {escaped(contact.name)}",
        on_click=_log_chosen,
        args=(ws, contact, menu, trip_id),
    )


def _log_chosen(ws: Workspace, contact: Contact, menu: str, trip_id: str | None) -> None:
    kind = session.chosen(menu)
    if isinstance(kind, TouchKind):
        _log(ws, contact, kind, trip_id)


def _log(ws: Workspace, contact: Contact, kind: TouchKind, trip_id: str | None) -> None:
    log_touch(ws, contact, kind, trip_id=trip_id)


def log_buttons(ws: Workspace, contact: Contact, name: str, words: Words) -> None:
    """One button for each kind of touch; when, how and a note can be given first.

    ``name`` is that of the draft.
    """
    key = session.draft_key(name)
    with st.expander("It was not just now, or there is more to say", icon=":material/history:"):
        said = _fields(ws, key, contact.id, None, words)
    with st.container(horizontal=True, gap="small"):
        for kind in LOGGABLE:
            st.button(
                KIND[kind],
                icon=KIND_ICON[kind],
                key=f"{key}-log-{kind.value}",
                on_click=_log_and_clear,
                args=(ws, contact, kind, said, name),
            )


def _log_and_clear(ws: Workspace, contact: Contact, kind: TouchKind, said: Details, name: str) -> None:
    if log_touch(ws, contact, kind, said):
        session.new_draft(name)


def _fields(ws: Workspace, key: str, contact_id: str, touch: Touch | None, words: Words) -> Details:
    """Boxes for when, how and what, filled with those of ``touch`` (None: with just now)."""
    zone = ZoneInfo(touch.timezone if touch else session.browser_timezone())
    now = ws.now().astimezone(zone)
    was = touch.at.astimezone(zone) if touch else None
    with st.container(horizontal=True):
        day = st.date_input("Date", value=(was or now).date(), max_value=now.date(), key=f"{key}-day", width=150)
        clock = st.time_input(
            "Time (empty: now)" if was is None else "Time",
            value=was.time().replace(second=0, microsecond=0) if was else None,
            key=f"{key}-time",
            width=150,
        )
        channel = _choice("How", list(Channel), CHANNEL, touch.channel if touch else None, f"{key}-channel")
        through = None
        if channel is Channel.INTRODUCTION:
            others = {who: name for who, name in words.people.items() if who != contact_id}
            through = _choice("Introduced by", list(others), others, touch.through if touch else None, f"{key}-through")
        titles = words.templates
        used = _choice("Written with", list(titles), titles, touch.template if touch else None, f"{key}-template")
        until = st.date_input(
            "Promised to come back by",
            value=touch.follow_up_on if touch else None,
            key=f"{key}-promise",
            width=190,
            help="Something you said you would send or do. It is on Today when it is due; say what in the note.",
        )
    note = st.text_area("Note", value=touch.note if touch else "", key=f"{key}-note", height=80)
    st.caption(f"Times here are {zone.key}.")
    return Details(
        at=_moment(day if isinstance(day, date) else now.date(), clock, now, was),
        channel=channel,
        through=through,
        template=used or "",
        note=note,
        follow_up_on=until if isinstance(until, date) else None,
    )


def _choice(
    label: str, words: Sequence[Word], labels: Mapping[Word, str], chosen: Word | None, key: str
) -> Word | None:
    return st.selectbox(
        label,
        words,
        index=words.index(chosen) if chosen in words else None,
        format_func=labels.__getitem__,
        key=key,
        placeholder="not said",
        width=190,
    )


def _moment(day: date, clock: time | None, now: datetime, was: datetime | None) -> datetime | None:
    """When it happened: None for just now; without a time, noon of an earlier day. Seconds that were known stay."""
    if clock is None:
        return None if day == now.date() and was is None else datetime.combine(day, time(12), now.tzinfo)
    if was is not None and (day, clock) == (was.date(), was.time().replace(second=0, microsecond=0)):
        return was
    return datetime.combine(day, clock, now.tzinfo)


def timeline(ws: Workspace, touches: Sequence[Touch], words: Words) -> None:
    """What happened, latest first, each with a way to correct it or to take it back."""
    if not touches:
        st.caption("Nothing has happened yet. Ask them, then log it here.")
        return
    latest = touches[::-1]
    for touch in latest[:SHOWN]:
        _entry(ws, touch, words)
    if len(latest) > SHOWN:
        with st.expander(f"{len(latest) - SHOWN} earlier"):
            for touch in latest[SHOWN:]:
                _entry(ws, touch, words)


def _entry(ws: Workspace, touch: Touch, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_line(touch, words), help=f"Logged in {touch.timezone}", width="content")
        st.button(
            "Correct",
            type="tertiary",
            icon=":material/edit:",
            key=f"edit-{touch.id}",
            on_click=session.unfold,
            args=("corrections", touch.id),
        )
        st.button(
            "Take back",
            key=f"void-{touch.id}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
            args=(ws, touch),
        )
    if session.unfolded("corrections") == touch.id:
        with st.container(border=True):
            _correction(ws, touch, words)


def _line(touch: Touch, words: Words) -> str:
    local = touch.at.astimezone(ZoneInfo(touch.timezone))
    parts = [f"{KIND_ICON[touch.kind]} **{KIND[touch.kind]}**"]
    if touch.through is not None and touch.through in words.people:
        parts.append(f"Introduced by {escaped(words.people[touch.through])}")
    elif touch.channel:
        parts.append(CHANNEL[touch.channel])
    parts.append(f"{local:%a %d %b %Y %H:%M}")
    if touch.template in words.templates:
        parts.append(f"“{escaped(words.templates[touch.template])}”")
    if touch.follow_up_on:
        parts.append(f":material/flag: promised by {day_label(touch.follow_up_on)}")
    return " · ".join(parts) + (f": {escaped(touch.note)}" if touch.note else "")


def _correction(ws: Workspace, touch: Touch, words: Words) -> None:
    name = f"correct-{touch.id}"
    key = session.draft_key(name)
    kind = st.selectbox(
        "What happened", LOGGABLE, index=LOGGABLE.index(touch.kind), format_func=KIND.__getitem__, key=f"{key}-kind"
    )
    said = _fields(ws, key, touch.contact_id, touch, words)
    st.button(
        "Save the correction",
        type="primary",
        icon=":material/save:",
        key=f"{key}-save",
        on_click=_correct,
        args=(ws, touch, kind, said, name),
    )
    st.caption("What was logged first stays in the log, taken back.")


def _correct(ws: Workspace, touch: Touch, kind: TouchKind, said: Details, name: str) -> None:
    def act() -> None:
        corrected = replace(
            touch,
            kind=kind,
            at=said.at or ws.now(),
            channel=said.channel,
            through=said.through,
            template=said.template,
            note=said.note,
            follow_up_on=said.follow_up_on,
        )
        new = asking.correct(ws, touch, corrected)
        freed = asking.free_hours(ws, new) if new.kind is not touch.kind else ()

        def undo() -> None:
            asking.undo_correction(ws, touch, new)
            ws.store.save_candidates(freed)

        session.new_draft(name)
        session.notify("Corrected." + (" The agreed hour is free again." if freed else ""), undo=undo)

    session.attempt(act)


def _take_back(ws: Workspace, touch: Touch) -> None:
    def act() -> None:
        void = asking.take_back(ws, touch)
        session.notify(f"Taken back: {KIND[touch.kind]}.", undo=lambda: asking.take_back(ws, void))

    session.attempt(act)
