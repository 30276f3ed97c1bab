"""The blanks that a message template may have: what fills each, and what stands in its place when nothing does."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Blank", "blank", "blanks"]

CONTACTS, REFERRERS, TRIP, ABOUT_ME, WEEK, LOG, HAND = (
    "their entry on Contacts",
    "the Contacts page",
    "the Trip page",
    "About me",
    "the Week page",
    "the log",
    "you, for each message",
)


@dataclass(frozen=True, kw_only=True)
class Blank:
    """One blank: its ``name`` in a template, what it ``is`` (also what marks it when empty), and an ``example``.

    ``source`` says what fills it; ``by_hand``: typed anew for each message.
    """

    name: str
    label: str
    example: str
    source: str

    @property
    def by_hand(self) -> bool:
        """Whether the user types it for each message."""
        return self.source == HAND

    @property
    def mark(self) -> str:
        """What a text shows where nothing fills the blank."""
        return f"⟦{self.label}⟧"


def _group(source: str, *rows: tuple[str, str, str]) -> tuple[Blank, ...]:
    return tuple(Blank(name=name, label=label, example=example, source=source) for name, label, example in rows)


_BLANKS = (
    *_group(
        CONTACTS,
        ("contact.first_name", "their first name", "Ada"),
        ("contact.name", "their name", "Dr. Ada Example"),
        ("contact.role", "their role", "Director"),
        ("contact.organisation", "their organisation", "Institute for Imaginary Policy"),
        ("contact.city", "their city", "Washington, D.C."),
        ("contact.source", "how you found them", "alumni"),
        ("contact.found", "where you found them", "the alumni network"),
    ),
    *_group(
        REFERRERS,
        ("referrer.name", "who referred you to them", "Otto Sample"),
        ("referrer.first_name", "the first name of who referred you", "Otto"),
        ("referred.name", "whom they referred you to", "Nell Nonesuch"),
        ("referred.first_name", "the first name of whom they referred you to", "Nell"),
        ("referred.met", "whether you met whom they referred you to", "yes"),
    ),
    *_group(
        TRIP,
        ("trip.city", "the city of your trip", "Washington, D.C."),
        ("trip.when", "when your trip is", "in the week of 8 March"),
        ("trip.first_day", "the first day of your trip", "Monday 8 March"),
        ("trip.last_day", "the last day of your trip", "Friday 12 March"),
    ),
    *_group(
        ABOUT_ME,
        ("me.name", "your name", "Sam Sample"),
        ("me.first_name", "your first name", "Sam"),
        ("me.who", "who you are", "a master's student in public policy at Example University"),
        ("me.wants", "what you would like to learn about", "how cities plan their bus lines"),
        ("me.school", "your school", "Example University"),
        ("me.email", "your e-mail address", "sam@example.org"),
        ("me.phone", "your phone number", "202-555-0199"),
        ("me.link", "your link", "https://example.org/sam"),
    ),
    *_group(
        WEEK,
        ("hours", "the hours you offer", "- Monday 8 March, 10:00 to 10:30\n(All times are New York time.)"),
        ("meeting.day", "the day of your meeting", "Monday 8 March"),
        ("meeting.time", "the time of your meeting", "10:00"),
        ("meeting.zone", "the time zone of your meeting", "New York time"),
        ("meeting.minutes", "how many minutes you meet", "30"),
        ("meeting.place", "where you meet", "Institute for Imaginary Policy, 17th Street NW"),
        ("meeting.call", "whether you meet by phone or video", "yes"),
    ),
    *_group(LOG, ("met.day", "the day you met", "Monday 8 March")),
    *_group(
        HAND,
        ("shared", "what you two share", "we both sing in the Example Choir"),
        ("noticed", "what caught your eye in their work", "your report on night buses"),
        ("said", "something they said", "start with the riders, not with the map"),
        ("learned", "what you learned", "a timetable is a promise"),
        ("news", "what is new", "I read the book that you named, and its third chapter changed my mind"),
        ("promised", "what you promised", "the list of readings on night buses"),
    ),
)
_BY_NAME = {one.name: one for one in _BLANKS}


def blanks() -> tuple[Blank, ...]:
    """Every blank there is, those of one source together."""
    return _BLANKS


def blank(name: str) -> Blank | None:
    """The blank of that name; None when there is none."""
    return _BY_NAME.get(name)
