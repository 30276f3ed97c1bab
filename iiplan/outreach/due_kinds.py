"""What a due thing is, and the person it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from iiplan.model import Contact, Offer, Touch, TouchKind, Trip
from iiplan.outreach.afterwards import NOTHING_YET, Afterwards
from iiplan.outreach.business_days import local_date
from iiplan.outreach.history import History
from iiplan.outreach.meetings import Meeting, is_agreed, is_off
from iiplan.outreach.rules import Rules
from iiplan.outreach.stages import ANSWERS, MESSAGES, Standing, silent_for

__all__ = ["Due", "DueKind", "Effort", "Person", "business_days", "day", "end_of_day", "hour", "later"]


class DueKind(StrEnum):
    """What there is to do; of two alike in all else, the earlier kind comes first."""

    MEETING_SOON = "meeting_soon"
    HOW_WAS_IT = "how_was_it"
    DEBRIEF = "debrief"
    CONFIRM = "confirm"
    OFFER_RUNS_OUT = "offer_runs_out"
    THANK = "thank"
    REPLY = "reply"
    OFFER_HOURS = "offer_hours"
    KEEP_PROMISE = "keep_promise"
    NUDGE = "nudge"
    NEXT_PERSON = "next_person"
    ASK_NEW = "ask_new"
    KEEP_IN_TOUCH = "keep_in_touch"


class Effort(IntEnum):
    """How long it takes, the shortest first."""

    GLANCE = 0  # read it
    CLICK = 1  # log it
    SEND = 2  # a message that lies ready
    WRITE = 3  # words of one's own


_EFFORT = {
    DueKind.MEETING_SOON: Effort.GLANCE,
    DueKind.HOW_WAS_IT: Effort.CLICK,
    DueKind.DEBRIEF: Effort.WRITE,
    DueKind.CONFIRM: Effort.SEND,
    DueKind.OFFER_RUNS_OUT: Effort.SEND,
    DueKind.THANK: Effort.WRITE,
    DueKind.REPLY: Effort.WRITE,
    DueKind.OFFER_HOURS: Effort.SEND,
    DueKind.KEEP_PROMISE: Effort.WRITE,
    DueKind.NUDGE: Effort.SEND,
    DueKind.NEXT_PERSON: Effort.SEND,
    DueKind.ASK_NEW: Effort.SEND,
    DueKind.KEEP_IN_TOUCH: Effort.WRITE,
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do with one contact: ``title`` says what, ``why`` is a true sentence or two.

    ``key`` names the kind, the contact, and the touch, meeting, offer or trip that brought it about: the same
    situation gives the same key, another one another. ``deadline`` is aware, None where nothing is lost by waiting.
    ``logs`` is the touch to log once it is done, None where there is nothing to; each of ``alternatives`` is another
    touch that would answer it as well.
    """

    kind: DueKind
    key: str
    contact_id: str
    title: str
    why: str
    deadline: datetime | None = None
    logs: TouchKind | None = None
    alternatives: tuple[TouchKind, ...] = ()

    @property
    def effort(self) -> Effort:
        """How long it takes."""
        return _EFFORT[self.kind]


@dataclass(frozen=True, kw_only=True)
class Person:
    """A contact with their log, and what the trip has for them, at ``now`` (aware).

    ``meeting`` is theirs on the trip, also when it is over; ``offer`` the open one; ``after`` what was written about
    meetings with them. Days are those of ``rules.zone``, without one those of the touches.
    """

    history: History
    now: datetime
    rules: Rules
    trip: Trip | None = None
    meeting: Meeting | None = None
    offer: Offer | None = None
    after: Afterwards = NOTHING_YET

    @property
    def id(self) -> str:
        """The contact's id."""
        return self.history.contact.id

    @property
    def contact(self) -> Contact:
        """Who it is."""
        return self.history.contact

    @property
    def name(self) -> str:
        """The contact's name."""
        return self.history.contact.name

    @property
    def known(self) -> Standing:
        """What the log amounts to."""
        return self.history.known

    @property
    def coming(self) -> Meeting | None:
        """The meeting, unless the log says that it took place or fell through."""
        if self.meeting is None or is_off(self.known, self.meeting, self.rules.zone):
            return None
        return self.meeting

    @property
    def agreed(self) -> bool:
        """Whether they know of a meeting of ours, as far as we know."""
        return self.coming is not None and is_agreed(self.known, self.coming)

    @property
    def our_word_is_last(self) -> bool:
        """Whether a message of ours waits for an answer. Thanks and notes are neither."""
        words = (touch.kind in MESSAGES for touch in reversed(self.history.touches) if touch.kind in MESSAGES | ANSWERS)
        return next(words, False)

    @property
    def waited(self) -> int:
        """Business days since our last message."""
        return silent_for(self.known, self.now, self.rules)

    @property
    def rests(self) -> bool:
        """Whether our last message was for a trip that is over by now: nobody is reminded of it."""
        if self.trip is None or self.known.message is None:
            return False
        today = local_date(self.now, self.trip.zone)
        return local_date(self.known.message.at, self.trip.zone) <= self.trip.last_day < today

    @property
    def promise(self) -> Touch | None:
        """The promise to be kept first: made with a day, and no follow-up or meeting came after it."""
        kept = {TouchKind.FOLLOWED_UP, TouchKind.MET}
        last = max((place for place, touch in enumerate(self.history.touches) if touch.kind in kept), default=0)
        open_ones = [touch for touch in self.history.touches[last:] if touch.follow_up_on is not None]
        return min(open_ones, key=lambda touch: (touch.follow_up_on, touch.at, touch.id), default=None)

    def local(self, touch: Touch) -> datetime:
        """When a touch happened, in the trip's zone or else in that in which it was logged."""
        return touch.at.astimezone(self.rules.zone or ZoneInfo(touch.timezone))

    def days_since(self, touch: Touch) -> int:
        """Calendar days from a touch to now."""
        then = self.local(touch)
        return (self.now.astimezone(then.tzinfo).date() - then.date()).days

    def due(
        self,
        kind: DueKind,
        title: str,
        why: str,
        *,
        cause: str,
        logs: TouchKind | None,
        deadline: datetime | None = None,
        alternatives: Sequence[TouchKind] = (),
    ) -> Due:
        """Something to do with this person. ``cause`` identifies what brought it about."""
        return Due(
            kind=kind,
            key=f"{kind.value}:{self.id}:{cause}",
            contact_id=self.id,
            title=title,
            why=why,
            deadline=deadline,
            logs=logs,
            alternatives=tuple(alternatives),
        )


def later(moment: datetime, hours: int) -> datetime:
    """So many hours later, by the sun and not by the clock, in the moment's zone."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def end_of_day(on: date, like: datetime) -> datetime:
    """The last minute of a day in the zone of ``like``."""
    return datetime.combine(on, time(23, 59), like.tzinfo)


def day(moment: date) -> str:
    """A day as people read it: Tue 9 Mar."""
    return f"{moment:%a} {moment.day} {moment:%b}"


def hour(moment: datetime) -> str:
    """A day and a clock time as people read them: Tue 9 Mar 14:00."""
    return f"{day(moment)} {moment:%H:%M}"


def business_days(count: int) -> str:
    """A number of business days in words."""
    return f"{count} business day{'' if count == 1 else 's'}"
