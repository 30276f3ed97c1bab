"""Parts of the Week page that answer questions: which hours to offer, what it would take, who could stand in."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from iiplan.errors import IiplanError
from iiplan.model import Agenda, Offer, Trip
from iiplan.planner import asking, offering, people, questions, week
from iiplan.planner.offering import Hour, Hours
from iiplan.planner.questions import Way
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural, zone_names
from iiplan.ui.navigation import link
from iiplan.ui.touches import log_menu

__all__ = ["find_hours", "left_out", "offers", "stand_ins", "stand_ins_for"]


def offers(ws: Workspace, trip: Trip, agenda: Agenda | None) -> None:
    """Open offers, and hours for the next one."""
    names = {key: contact.name for key, contact in people.contacts(ws).items()}
    waiting = offering.open_offers(ws, trip)
    for offer in waiting:
        open_offer(ws, trip, offer, names[offer.contact_id])
    asked = {offer.contact_id for offer in waiting}
    planned = {block.contact_id for block in agenda.meetings} if agenda else set()
    free = [one.contact_id for one in ws.store.candidates(trip.id) if one.fixed_start is None]
    free.sort(key=lambda one: (one in asked, one not in planned, names[one].casefold()))
    chosen = st.selectbox(
        "Find hours to offer to",
        free,
        index=free.index(wanted) if (wanted := st.query_params.get("person")) in free else None,
        format_func=lambda one: names[one] + (" (offered already)" if one in asked else ""),
        placeholder="Type a name",
        key=f"offer-{trip.id}",
    )
    if not chosen:
        st.caption(
            "Offer two or three concrete hours. They are held: nobody else is offered them, and everything agreed "
            "stays possible, whatever is chosen."
        )
        return
    find_hours(ws, trip, chosen, names[chosen])


def find_hours(ws: Workspace, trip: Trip, contact_id: str, name: str) -> None:
    """Hours for one of the trip's people: choose, copy the words, hold them."""
    try:
        with st.spinner("Looking for hours that keep everything agreed and held …"):
            hours = offering.hours_to_offer(ws, trip, contact_id)
    except IiplanError as error:
        st.warning(escaped(str(error)))
        return
    if not hours.all:
        st.warning(f"No hour for {escaped(name)} keeps everything that is agreed and held.")
        return
    compose(ws, trip, contact_id, name, hours)


def compose(ws: Workspace, trip: Trip, contact_id: str, name: str, hours: Hours) -> None:
    """Choose hours, copy the words, log the offer."""
    by_start = {hour.start: hour for hour in hours.all}
    draft = session.draft_key(f"hours-{contact_id}")
    chosen = st.multiselect(
        f"Hours ({plural(len(hours.all), 'is', 'are')} possible; the suggested ones are chosen)",
        sorted(by_start),
        default=sorted(hour.start for hour in hours.suggested),
        format_func=lambda start: hour_words(by_start[start]),
        max_selections=10,
        key=draft,
    )
    theirs = ws.store.contact(contact_id).timezone or trip.timezone
    zones = zone_names(theirs)
    zone = st.selectbox("Written in the time zone of", zones, index=zones.index(theirs), key=f"{draft}-zone", width=320)
    if not chosen:
        return
    first = by_start[chosen[0]]
    minutes = round((first.end - first.start).total_seconds() / 60)
    st.code(offering.offer_text(chosen, minutes, zone), language=None, wrap_lines=True)
    st.button(
        f"Offered: hold {plural(len(chosen), 'hour')}",
        type="primary",
        icon=":material/schedule_send:",
        help="Copy the words into your message first. This logs the offer and holds the hours.",
        on_click=make_offer,
        args=(ws, trip, contact_id, name, tuple(chosen)),
    )


def hour_words(hour: Hour) -> str:
    """An hour in the list of choices."""
    worth = "the best" if hour.loss == 0 else f"{hour.loss:,} points less"
    return f"{day_label(hour.start)} {hour.start:%H:%M} · {worth}"


def make_offer(ws: Workspace, trip: Trip, contact_id: str, name: str, starts: tuple[datetime, ...]) -> None:
    """Hold the hours and log the offer, with a way back."""

    def act() -> None:
        _, touch = offering.make_offer(ws, trip, contact_id, starts, session.browser_timezone())

        def undo() -> None:
            offering.close(ws, trip, contact_id)
            asking.take_back(ws, touch)

        session.notify(f"Offered and held for {escaped(name)}: {plural(len(starts), 'hour')}.", undo=undo)

    session.attempt(act)


def open_offer(ws: Workspace, trip: Trip, offer: Offer, name: str) -> None:
    """An offer that waits: what they may choose, or withdraw it."""
    with st.container(border=True):
        made = offer.made_at.astimezone(trip.zone)
        st.markdown(f"**{escaped(name)}** · offered on {day_label(made)}, held until they choose")
        with st.container(horizontal=True):
            for start in offer.starts:
                st.button(
                    f"Chose {day_label(start)} {start:%H:%M}",
                    icon=":material/lock:",
                    key=f"chose-{offer.id}-{start.isoformat()}",
                    on_click=choose,
                    args=(ws, trip, offer.contact_id, name, start),
                )
            st.button(
                "Withdraw",
                icon=":material/undo:",
                type="tertiary",
                key=f"withdraw-{offer.id}",
                on_click=withdraw,
                args=(ws, trip, offer, name),
            )


def choose(ws: Workspace, trip: Trip, contact_id: str, name: str, start: datetime) -> None:
    """They chose an hour: it is agreed."""

    def act() -> None:
        before = week.agree(ws, trip, contact_id, start, session.browser_timezone())
        session.notify(
            f"Agreed: {escaped(name)}, {day_label(start)} {start:%H:%M}.",
            undo=lambda: week.put_back(ws, trip, before),
        )

    session.attempt(act)


def withdraw(ws: Workspace, trip: Trip, offer: Offer, name: str) -> None:
    """Hold the hours no longer."""
    if session.attempt(lambda: offering.close(ws, trip, offer.contact_id)):
        session.notify(
            f"Withdrawn: the hours held for {escaped(name)} are free again. Tell them, too.",
            undo=lambda: ws.store.save_offer(offer),
        )


def left_out(ws: Workspace, trip: Trip, agenda: Agenda) -> None:
    """Who is not met and why, and what it would take."""
    if not agenda.left_out:
        st.success("Nobody is left out.", icon=":material/celebration:")
        return
    contacts = people.contacts(ws)
    for one in agenda.left_out:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escaped(one.name)}** · {escaped(one.reason)}", width="stretch")
            if one.contact_id in contacts:
                log_menu(ws, contacts[one.contact_id], f"log-out-{one.contact_id}", trip.id)
    names = {one.contact_id: one.name for one in agenda.left_out}
    chosen = st.selectbox(
        "What would it take to meet",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Type a name",
        key=f"take-{trip.id}",
    )
    if not chosen:
        return
    try:
        with st.spinner("Trying what would have to change …"):
            ways = questions.would_take(ws, trip, chosen)
    except IiplanError as error:
        st.warning(escaped(str(error)))
        return
    if not ways:
        st.info("No single change would bring them in. Offer them other hours, or make a place for them by hand.")
    for number, way in enumerate(ways):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{escaped(way.change)} The week is then worth {gain_words(way.gain)}.", width="stretch")
            st.button(
                "Make this change",
                icon=":material/auto_fix_high:",
                key=f"apply-{chosen}-{number}",
                on_click=apply,
                args=(ws, trip, way),
            )


def gain_words(gain: int) -> str:
    """'12 points more', '12 points less'."""
    return f"{gain:,} points more" if gain >= 0 else f"{-gain:,} points less"


def apply(ws: Workspace, trip: Trip, way: Way) -> None:
    """Make the change and plan again, with a way back."""

    def act() -> None:
        take_back = questions.apply(ws, trip, way.edit)
        week.plan(ws, ws.store.trip(trip.id))

        def undo() -> None:
            take_back()
            week.plan(ws, ws.store.trip(trip.id))

        session.notify(f"Changed and planned again: {escaped(way.change)}", undo=undo)

    session.attempt(act)


def stand_ins(ws: Workspace, trip: Trip, agenda: Agenda) -> None:
    """Should a meeting fall through: who fits the hole."""
    names = {block.contact_id or "": block.title for block in agenda.meetings}
    chosen = st.selectbox(
        "If this meeting falls through",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Type a name",
        key=f"stand-in-{trip.id}",
    )
    if not chosen:
        st.caption("All other meetings stay where they are; people left out are tried in the hole.")
        return
    stand_ins_for(ws, trip, chosen)


def stand_ins_for(ws: Workspace, trip: Trip, contact_id: str, *, after: datetime | None = None) -> None:
    """Who could be met should the meeting with a contact fall through.

    With ``after`` only who fits later than that, with a way to each person.
    """
    try:
        with st.spinner("Trying who fits …"):
            found = questions.who_could_come(ws, trip, contact_id)
    except IiplanError as error:
        st.warning(escaped(str(error)))
        return
    found = tuple(one for one in found if after is None or one.start > after)
    if not found:
        st.info("Nobody left out fits. Plan again without this meeting to see a new week.")
    for one in found[:10]:
        when = f"{day_label(one.start)} {one.start:%H:%M}"
        st.markdown(f"**{escaped(one.name)}**, {when} · the week is then worth {gain_words(one.gain)} than now")
        if after is not None:
            link("contacts", f"Ask {escaped(one.name)}", person=one.contact_id)
