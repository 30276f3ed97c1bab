"""The day itself, for the phone: the next stop, minutes to leaving, how to get there, and one tap for what happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from iiplan.briefing import phone_link, text_link
from iiplan.model import Block, Contact, PlannedQuestion, TouchKind, Trip
from iiplan.planner import now as the_day
from iiplan.planner import question_lists
from iiplan.planner.now import Now, Stop
from iiplan.planner.running_late import Delay, delay_sentence
from iiplan.planner.workspace import Workspace
from iiplan.travel import map_link
from iiplan.ui import session
from iiplan.ui.due import log_met
from iiplan.ui.labels import day_label, escaped, plural
from iiplan.ui.navigation import link
from iiplan.ui.questions import stand_ins_for
from iiplan.ui.touches import log_touch

__all__ = ["now_view"]

TICK = 15  # seconds between looks at the clock
SHOWN = 6  # questions
STAND_INS = "stand-ins of today"
_BIG = """<style>
[class*=st-key-one-tap] button { min-height: 3.4rem; }
[class*=st-key-one-tap] { flex-wrap: nowrap; }
[class*=st-key-one-tap] > * { flex: 1 1 0; }
</style>"""


def now_view(ws: Workspace, now: Now) -> None:
    """The next stop of the day, or what comes after it, and who fell through."""
    if now.stop is not None:
        _stop(ws, now, now.stop)
    elif now.next is not None:
        when = f"{day_label(now.next.start)} {now.next.start:%H:%M}"
        st.info(f"No meeting is left today. The next: {escaped(now.next.title)}, {when}.", icon=":material/bedtime:")
    else:
        st.info("No meeting is left on this trip. Write down what was said, and say thanks.", icon=":material/flag:")
    for block in now.cancelled:
        _fell_through(ws, now, block)


def _stop(ws: Workspace, now: Now, stop: Stop) -> None:
    """Who, where and when, in big letters, and one tap each for what may happen."""
    st.html(_BIG)
    block, contact = stop.block, stop.contact
    with st.container(border=True, key="now"):
        _clock(ws, stop)
        agreed = "" if block.fixed else " · planned, not agreed yet"
        st.markdown(f"**{escaped(contact.name)}**{f' · {escaped(block.detail)}' if block.detail else ''}{agreed}")
        st.markdown(_where(stop))
        _ways(contact, block)
        _taps(ws, now, stop)
        _lateness(ws, now, stop)
        _questions(ws, contact)
        link("contacts", f"Everything about {escaped(contact.name)}", person=contact.id)


def _clock(ws: Workspace, stop: Stop) -> None:
    """Minutes to leaving, counted down; the page is drawn anew when the meeting begins or is over."""
    drawn = (stop.begun(ws.now()), ws.now() >= stop.block.end)

    @st.fragment(run_every=TICK)
    def counting() -> None:
        at = ws.now().astimezone(stop.block.start.tzinfo)
        if (stop.begun(at), at >= stop.block.end) != drawn:
            st.rerun()
        few, more = the_day.clock_words(stop, at)
        st.subheader(few, anchor=False)
        st.caption(more)

    counting()


def _where(stop: Stop) -> str:
    block = stop.block
    if block.place is None:
        return ":material/call: A call."
    way = f" · {plural(block.travel_minutes, 'minute')} on the way (an estimate)" if block.travel_minutes else ""
    return f":material/place: {escaped(block.place.label)}{way}"


def _ways(contact: Contact, block: Block) -> None:
    """To the map and to their phones."""
    with st.container(horizontal=True, gap="small"):
        if block.place is not None:
            st.link_button("Map", map_link(block.place), icon=":material/map:", help="Opens OpenStreetMap.")
        _phones(contact)
        if not any(phone_link(one) for one in (contact.phone, *contact.other_phones)):
            st.caption("No phone number is known.")


def _phones(contact: Contact) -> None:
    for phone in (contact.phone, *contact.other_phones):
        href = phone_link(phone)
        if href is not None:
            st.link_button(escaped(phone), href, icon=":material/call:")


def _taps(ws: Workspace, now: Now, stop: Stop) -> None:
    """One tap for each of what may happen, two in a row."""
    key, contact = stop.contact.id, stop.contact
    here = stop.there or stop.begun(now.at)
    with st.container(horizontal=True, gap="small", key="one-tap-first"):
        st.button(
            "There",
            icon=":material/check:" if stop.there else ":material/pin_drop:",
            key=f"there-{key}",
            width="stretch",
            type="secondary" if here else "primary",
            disabled=here,
            help="You have arrived. Kept for the day; the log says nothing of it.",
            on_click=_keep,
            args=(lambda: the_day.arrive(ws, now, stop), f"You are there: {escaped(contact.name)}."),
        )
        st.button(
            "Met",
            icon=":material/handshake:",
            key=f"met-{key}",
            type="primary" if here else "secondary",
            width="stretch",
            on_click=log_met,
            args=(ws, contact, now.trip),
        )
    with st.container(horizontal=True, gap="small", key="one-tap-second"):
        st.button(
            f"Late by {stop.late + the_day.STEP}",
            icon=":material/running_with_errors:",
            key=f"late-{key}",
            width="stretch",
            help=f"You are {stop.late + the_day.STEP} minutes late: see what it breaks today.",
            on_click=_keep,
            args=(
                lambda: the_day.later_by(ws, now, stop),
                f"{plural(stop.late + the_day.STEP, 'minute')} late. Kept for the day.",
            ),
        )
        st.button(
            "Cancelled",
            icon=":material/event_busy:",
            key=f"cancelled-{key}",
            width="stretch",
            on_click=_cancelled,
            args=(ws, contact, now.trip),
        )


def _keep(act: Callable[[], Callable[[], None]], said: str) -> None:
    session.attempt(lambda: session.notify(said, undo=act()))


def _cancelled(ws: Workspace, contact: Contact, trip: Trip) -> None:
    """Log it, and look at once who could come instead."""
    if log_touch(ws, contact, TouchKind.CANCELLED, trip_id=trip.id) and session.unfolded(STAND_INS) != contact.id:
        session.unfold(STAND_INS, contact.id)


def _lateness(ws: Workspace, now: Now, stop: Stop) -> None:
    """What running late breaks, with the way to tell whom it concerns."""
    if not stop.late:
        return
    if not now.delays:
        st.success(f"{plural(stop.late, 'minute')} late, and you are in time for everything today.")
    contacts = {one.id: one for one in ws.store.contacts()} if now.delays else {}
    for delay in now.delays:
        st.warning(escaped(delay_sentence(delay)), icon=":material/running_with_errors:")
        contact = contacts.get(delay.block.contact_id or "")
        if contact is not None:
            _tell(ws, contact, delay)
    if now.delays:
        st.caption("Meetings keep their hours; ways take as long as planned, which is an estimate.")


def _tell(ws: Workspace, contact: Contact, delay: Delay) -> None:
    """The words that say so, and the phone."""
    words = the_day.late_message(ws, delay)
    st.code(words, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        _phones(contact)
        href = text_link(contact.phone, words)
        if href is not None:
            st.link_button("Text message", href, icon=":material/sms:")


def _questions(ws: Workspace, contact: Contact) -> None:
    """The first questions on their list, and the closing ones, to tick when asked."""
    planned = ws.store.planned_questions(contact.id)
    with st.expander(f"Your questions ({len(planned)})", icon=":material/quiz:"):
        if not planned:
            st.caption(
                "No questions are on their list. Two that always fit: whom else should I talk to, and may I "
                "write to you again?"
            )
        for question in _top(planned):
            box = f"asked-now-{question.id}"
            st.checkbox(escaped(question.text), value=question.asked, key=box, on_change=_ask, args=(ws, question, box))
        if len(planned) > len(_top(planned)):
            st.caption(f"{len(planned) - len(_top(planned))} more on their list.")


def _top(planned: Sequence[PlannedQuestion]) -> list[PlannedQuestion]:
    closing = [one for one in planned if question_lists.is_closing(one)]
    return [*[one for one in planned if one not in closing][:SHOWN], *closing]


def _ask(ws: Workspace, question: PlannedQuestion, box: str) -> None:
    asked = bool(session.chosen(box))
    session.attempt(lambda: question_lists.save_question(ws, replace(question, asked=asked)))


def _fell_through(ws: Workspace, now: Now, block: Block) -> None:
    """A meeting that fell through today, and who could come instead."""
    contact_id = block.contact_id or ""
    with st.container(border=True):
        st.markdown(
            f":material/event_busy: **{escaped(block.title)}**, {block.start:%H:%M} to {block.end:%H:%M}, fell through."
        )
        open_now = session.unfolded(STAND_INS) == contact_id
        st.button(
            "Who could come instead?",
            icon=":material/expand_less:" if open_now else ":material/swap_horiz:",
            key=f"instead-{contact_id}",
            on_click=session.unfold,
            args=(STAND_INS, contact_id),
        )
        if open_now:
            stand_ins_for(ws, now.trip, contact_id, after=now.at)
