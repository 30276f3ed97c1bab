"""The part of the Trip page that makes appointments of the traveller's own calendar meetings: with whom, how, where."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from iiplan.calendars import BusyEvent
from iiplan.errors import InputError
from iiplan.model import Contact, Format, Place, Trip
from iiplan.planner import own_meetings, people
from iiplan.planner.own_meetings import OwnMeeting
from iiplan.planner.workspace import Workspace
from iiplan.travel import parse_place
from iiplan.ui.fields import SPOT_HELP
from iiplan.ui.labels import FORMAT, day_label, escaped

__all__ = ["own_meetings_form"]

_NEW = ""


def own_meetings_form(ws: Workspace, trip: Trip, events: Sequence[BusyEvent], draft: str) -> list[OwnMeeting] | None:
    """A box for each appointment that is a meeting; None while something is missing in one of them, which is said."""
    contacts = people.contacts(ws)
    agreed_places = {one.contact_id: one.place for one in ws.store.candidates(trip.id)}
    places = {one.id: agreed_places.get(one.id) or one.place for one in contacts.values()}
    found = [_meeting(trip, event, contacts, places, f"{draft}-{hash(event)}") for event in events]
    complete = [one for one in found if one is not None]
    return complete if len(complete) == len(events) else None


def _meeting(
    trip: Trip, event: BusyEvent, contacts: dict[str, Contact], places: dict[str, Place | None], key: str
) -> OwnMeeting | None:
    """Who is met, how and where; None while something is missing."""
    with st.container(border=True):
        when = f"{day_label(event.start)} {event.start:%H:%M} to {event.end:%H:%M}"
        st.markdown(f"**{escaped(event.title)}** · {when}")
        if why := own_meetings.why_no_meeting(trip, event):
            st.warning(f"{why} Take it as *Busy* or *Ignore* it.")
            return None
        named = own_meetings.whom(contacts.values(), event)
        ids = [_NEW, *contacts]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = st.selectbox(
                "Whom do you meet?",
                ids,
                index=ids.index(named or _NEW),
                format_func=lambda one: _name(contacts[one]) if one else f"Somebody new: {event.title}",
                key=f"{key}-who",
                width=320,
            )
            own = places.get(who or _NEW)
            known = own_meetings.place_of(event) or own
            how = st.segmented_control(
                "How",
                list(Format),
                format_func=FORMAT.__getitem__,
                default=Format.IN_PERSON if known else Format.CALL,
                required=True,
                key=f"{key}-how",
            )
        place = None
        if how is Format.IN_PERSON:
            try:
                place = _place(known, key)
            except InputError as error:
                st.warning(escaped(str(error)))
                return None
        return OwnMeeting(event=event, contact_id=who or "", format=how, place=None if place == own else place)


def _place(known: Place | None, key: str) -> Place:
    """Where it is: what is known unless something else is typed. InputError when it is neither."""
    if known:
        st.caption(f"At {escaped(known.label)}, unless you name another place:")
    typed = st.text_input(
        "Place", placeholder="paste a map link, or 38.9007, -77.0365", help=SPOT_HELP, key=f"{key}-place"
    )
    return known if known and not typed.strip() else parse_place(typed)


def _name(contact: Contact) -> str:
    return f"{contact.name}, {contact.organisation}" if contact.organisation else contact.name
