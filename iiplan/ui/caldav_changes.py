"""What a sending to a calendar server did, and what was changed there: one by one, the user's choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from iiplan.calendars import Difference, Login, ProposalKind, Standing
from iiplan.errors import IiplanError
from iiplan.model import CalendarLink, Trip
from iiplan.planner import caldav_send
from iiplan.planner.caldav_send import Sent
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural

__all__ = ["show_note", "show_sent"]

_MOST_NOTES = 200  # characters of them that are shown


def show_sent(
    ws: Workspace, trip: Trip, link: CalendarLink, sent: Sent, kept_as: str, login: Callable[[], Login]
) -> None:
    """The result of a sending, once, and what was changed there, until it is settled.

    ``kept_as`` is the name under which it is kept, ``login`` gives the one to go on with.
    """
    session.keep(kept_as, Sent(differences=sent.differences) if sent.differences else None)
    if sent.problem:
        st.error(
            escaped(f"{sent.problem} {_counts(sent)} {plural(sent.left, 'event')} still to send: ")
            + "*Send now* goes on from there."
        )
    elif sent.written or not sent.differences:
        st.success(escaped(_counts(sent)), icon=":material/check:")
    for words in sent.refused:
        st.warning(escaped(words))
    if not sent.differences:
        return
    st.markdown(
        "**Changed in the calendar since iiplan wrote it.** Nothing of this is overwritten unless you say so; "
        "until then it stays there as it is."
    )
    act = _Choices(ws, trip, link, sent, kept_as, login)
    for number, difference in enumerate(sent.differences):
        with st.container(border=True, gap="xsmall"):
            act.show(difference, number)
    deleted = [one for one in sent.differences if one.deleted]
    if len(deleted) > 1:
        st.button(
            f"Put all {len(deleted)} deleted ones back",
            icon=":material/restore:",
            key="caldav-put-all-back",
            on_click=act.put_back,
            args=(deleted,),
        )


def show_note(kept_as: str) -> None:
    """What the last choice came to, once: where the choice was made, as the top of the page is out of sight there."""
    problem, done = session.kept(f"problem of {kept_as}"), session.kept(f"done of {kept_as}")
    session.keep(f"problem of {kept_as}", None)
    session.keep(f"done of {kept_as}", None)
    if problem:
        st.error(escaped(str(problem)))
    if done:
        st.success(str(done), icon=":material/check:")


def _counts(sent: Sent) -> str:
    """What was written, in a sentence."""
    parts = [
        f"{count} {word}"
        for count, word in (
            (sent.new, "new"),
            (sent.updated, "updated"),
            (sent.cancelled, "marked as cancelled"),
            (sent.removed, "removed"),
        )
        if count
    ]
    if parts:
        return f"Sent: {', '.join(parts)}."
    return "Nothing was sent." if sent.problem or sent.refused else "Nothing to send: the calendar has it all."


class _Choices:
    """What can be done about what was changed there."""

    def __init__(
        self, ws: Workspace, trip: Trip, link: CalendarLink, sent: Sent, kept_as: str, login: Callable[[], Login]
    ) -> None:
        self._ws, self._trip, self._link = ws, trip, link
        self._sent, self._kept_as, self._login = sent, kept_as, login

    def show(self, difference: Difference, number: int) -> None:
        """One change, in words, with its buttons."""
        entry, proposal = difference.edition.entry, difference.proposal
        st.markdown(f"**{escaped(entry.summary)}**  \n" + "  \n".join(_lines(difference)))
        with st.container(horizontal=True):
            if proposal is not None:
                moved = proposal.kind is ProposalKind.MOVED
                st.button(
                    f"Take over: agreed for {_hour(proposal.start)}" if moved else "Take over: it is cancelled",
                    icon=":material/event_available:" if moved else ":material/event_busy:",
                    key=f"caldav-take-{number}",
                    help="The meeting is agreed at this hour, and logged as scheduled."
                    if moved
                    else "It is logged as cancelled, and its hour is free.",
                    on_click=self.take_over,
                    args=(difference,),
                )
            if difference.deleted:
                st.button(
                    "Put it back",
                    icon=":material/restore:",
                    key=f"caldav-put-back-{number}",
                    on_click=self.put_back,
                    args=([difference],),
                )
            else:
                st.button(
                    "Overwrite with the plan",
                    icon=":material/edit_calendar:",
                    key=f"caldav-overwrite-{number}",
                    on_click=self.overwrite,
                    args=(difference,),
                )

    def take_over(self, difference: Difference) -> None:
        """Into the plan."""

        def act() -> None:
            done = caldav_send.take_over(self._ws, self._trip, self._link, difference, session.browser_timezone())
            self._settled([difference], Sent())
            words = f"{escaped(difference.edition.entry.summary)}: taken over. Plan again, then send."
            session.notify(words, undo=lambda: caldav_send.undo(self._ws, self._trip, done))
            session.keep(f"done of {self._kept_as}", f"{words} *Undo* is at the top of the page.")

        self._attempt(act)

    def overwrite(self, difference: Difference) -> None:
        """Into the calendar."""
        self._attempt(
            lambda: self._settled(
                [difference], caldav_send.overwrite(self._ws, self._trip, self._link, self._login(), difference)
            )
        )

    def put_back(self, differences: Sequence[Difference]) -> None:
        """Into the calendar again."""
        self._attempt(
            lambda: self._settled(
                differences, caldav_send.put_back(self._ws, self._trip, self._link, self._login(), differences)
            )
        )

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except IiplanError as error:
            session.keep(f"problem of {self._kept_as}", str(error))

    def _settled(self, differences: Sequence[Difference], outcome: Sent) -> None:
        """Take what is settled off the list; what the server says anew comes onto it."""
        uids = {one.edition.entry.uid for one in (*differences, *outcome.differences)}
        rest = tuple(one for one in self._sent.differences if one.edition.entry.uid not in uids)
        left = replace(outcome, differences=(*rest, *outcome.differences))
        session.keep(self._kept_as, None if left == Sent() else left)


def _lines(difference: Difference) -> list[str]:
    """What stands there and what the plan says, as far as they differ."""
    entry, there, wanted = difference.edition.entry, difference.there, difference.wanted
    plan = "off" if entry.off else f"{_hour(entry.start)} to {entry.end:%H:%M}"
    if difference.deleted:
        return [f"There: deleted. In the plan: {plan}."]
    if there is None or wanted is None:
        return [f"There: something that cannot be read. In the plan: {plan}."]
    words = there.differences(wanted)
    return [f"There: {_shown(there, words)}", f"In the plan: {'off' if entry.off else _shown(wanted, words)}"]


def _shown(one: Standing, words: Sequence[str]) -> str:
    """The parts of an event that differ, in a line."""
    notes = one.notes if len(one.notes) <= _MOST_NOTES else f"{one.notes[:_MOST_NOTES]} …"
    hours = f"{_hour(one.start)} to {_hour(one.end, one.start)}"
    parts = {
        "cancelled": "cancelled" if one.off else hours,
        "hours": hours if "cancelled" not in words or one.off else "",
        "title": f"title “{escaped(one.title)}”",
        "place": f"place “{escaped(one.place)}”",
        "notes": f"notes “{escaped(notes)}”",
        "repeats": "repeats" if one.repeats else "once",
    }
    return " · ".join(text for word, text in parts.items() if text and word in words)


def _hour(moment: date, after: date | None = None) -> str:
    """Day and hour; the hour alone on the day of ``after``, the day alone for whole days."""
    if not isinstance(moment, datetime):
        return day_label(moment)
    same_day = isinstance(after, datetime) and after.date() == moment.date()
    return f"{moment:%H:%M}" if same_day else f"{day_label(moment)} {moment:%H:%M}"
