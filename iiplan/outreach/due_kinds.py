"""What a due thing is, and the person it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from iiplan.model import Contact, Touch, TouchKind
from iiplan.outreach.meetings import Meeting
from iiplan.outreach.stages import Standing

__all__ = ["Due", "DueKind", "Person", "business_days", "day", "local"]


class DueKind(StrEnum):
    """What there is to do, most pressing first."""

    MEETING_SOON = "meeting_soon"
    HOW_WAS_IT = "how_was_it"
    CONFIRM = "confirm"
    THANK = "thank"
    REPLY = "reply"
    OFFER_HOURS = "offer_hours"
    NUDGE = "nudge"
    NEXT_PERSON = "next_person"
    ASK_NEW = "ask_new"


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do with one contact: ``title`` says what, ``why`` is a true sentence.

    ``due_at`` is aware, None where nothing presses; ``logs`` is the touch to log once it is done, if any.
    """

    kind: DueKind
    contact_id: str
    title: str
    why: str
    due_at: datetime | None = None
    logs: TouchKind | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """A contact, what their log amounts to, and their meeting on this trip if there is one.

    ``zone`` is the trip's; without a trip, days are those of the touches.
    """

    contact: Contact
    known: Standing
    meeting: Meeting | None
    zone: tzinfo | None

    @property
    def name(self) -> str:
        """The contact's name."""
        return self.contact.name

    def due(self, kind: DueKind, title: str, why: str, at: datetime | None, logs: TouchKind | None) -> Due:
        """Something to do with this person."""
        return Due(kind=kind, contact_id=self.contact.id, title=title, why=why, due_at=at, logs=logs)


def local(touch: Touch, zone: tzinfo | None) -> datetime:
    """When a touch happened, in ``zone`` or else in the zone it was logged in."""
    return touch.at.astimezone(zone or ZoneInfo(touch.timezone))


def day(moment: datetime) -> str:
    """A day as people read it: Tue 9 Mar."""
    return f"{moment:%a} {moment.day} {moment:%b}"


def business_days(count: int) -> str:
    """A number of business days in words."""
    return f"{count} business day{'' if count == 1 else 's'}"
