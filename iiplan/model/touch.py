"""What happened with a person: a log that only grows, and the stage it amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_aware, zone

__all__ = ["Channel", "Stage", "Touch", "TouchKind"]


class TouchKind(StrEnum):
    """One kind of thing that can happen with a contact."""

    ASKED = "asked"
    NUDGED = "nudged"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OFFERED = "offered"
    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    MET = "met"
    THANKED = "thanked"
    FOLLOWED_UP = "followed_up"
    NOTE = "note"
    VOID = "void"  # takes another touch back


class Channel(StrEnum):
    """The way a touch travelled."""

    EMAIL = "email"
    LINKEDIN = "linkedin"
    PHONE = "phone"
    IN_PERSON = "in_person"
    INTRODUCTION = "introduction"
    CARD = "card"  # written by hand, by post
    GIFT = "gift"  # something small, with a line
    OTHER = "other"


class Stage(StrEnum):
    """Where things stand with a contact; derived from the touches, never stored."""

    IDENTIFIED = "identified"
    ASKED = "asked"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    MET = "met"
    THANKED = "thanked"
    IN_TOUCH = "in_touch"
    DECLINED = "declined"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One dated thing that happened with one contact.

    ``at`` is when it happened (aware; back-dating is fine), ``timezone`` the IANA zone it was logged in.
    A touch of kind ``void`` names in ``voids`` the touch it takes back; no other kind does. ``template`` is the id of
    the message template used, ``through`` the contact who made the introduction, ``follow_up_on`` the day by which we
    promised to come back to them.
    """

    id: str
    contact_id: str
    kind: TouchKind
    at: datetime
    timezone: str = "UTC"
    trip_id: str | None = None
    channel: Channel | None = None
    note: str = ""
    voids: str | None = None
    template: str = ""
    through: str | None = None
    follow_up_on: date | None = None

    def __post_init__(self) -> None:
        require_aware(self.at, "The time of the touch")
        zone(self.timezone)
        optional_text(self.note, "The note", most=20_000)
        optional_text(self.template, "The template's id")
        if self.through == self.contact_id:
            raise InputError("Nobody is introduced by themselves. Choose somebody else, or nobody.")
        if (self.kind is TouchKind.VOID) != (self.voids is not None):
            raise InputError("A void touch names the touch it takes back, and no other kind does.")
