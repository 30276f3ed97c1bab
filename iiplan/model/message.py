"""Messages to write: templates of them, and who writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_text
from iiplan.model.contact import Source

__all__ = ["MessageKind", "MessageTemplate", "Profile"]


class MessageKind(StrEnum):
    """What a message is for."""

    ASK = "ask"
    NUDGE = "nudge"
    OFFER = "offer"  # hours
    CONFIRM = "confirm"
    THANK = "thank"
    FOLLOW_UP = "follow_up"
    UPDATE_REFERRER = "update_referrer"


@dataclass(frozen=True, kw_only=True)
class MessageTemplate:
    """A message with blanks, in the language of Jinja2; ``docs/messages.md`` lists what may stand in them.

    ``sources`` are the ways of being found that it suits (empty: all). ``own`` tells the user's from the shipped ones.
    A subject may be empty where the channel has none (LinkedIn, a card).
    """

    id: str
    kind: MessageKind
    title: str
    subject: str = ""
    body: str
    sources: tuple[Source, ...] = ()
    own: bool = False

    def __post_init__(self) -> None:
        require_text(self.id, "The template's id")
        require_text(self.title, "The template's title")
        optional_text(self.subject, f"The subject of {self.title!r}", most=400)
        require_text(self.body, f"The text of {self.title!r}", most=10_000)
        if "\n" in self.subject:
            raise InputError(f"The subject of {self.title!r} has more than one line. Keep it to one.")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Who writes, in their own words; everything may be empty.

    ``who`` completes the sentence "I am …" ("a master's student in public policy at Example University"), ``wants``
    completes "I would like to learn about …" ("how cities plan their bus lines"). ``looking_for`` is the work one
    hopes for; skills, talents, values and interests are short phrases, in the user's order.
    """

    name: str = ""
    who: str = ""
    wants: str = ""
    school: str = ""
    email: str = ""
    phone: str = ""
    link: str = ""
    looking_for: str = ""
    skills: tuple[str, ...] = ()
    talents: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for value, what in (
            (self.name, "name"),
            (self.school, "school"),
            (self.email, "e-mail address"),
            (self.phone, "phone number"),
        ):
            optional_text(value, f"Your {what}")
        optional_text(self.who, "Who you are", most=500)
        optional_text(self.wants, "What you would like to learn", most=500)
        optional_text(self.link, "Your link", most=2_000)
        optional_text(self.looking_for, "What you look for", most=5_000)
        for phrases, what in (
            (self.skills, "A skill"),
            (self.talents, "A talent"),
            (self.values, "A value"),
            (self.interests, "An interest"),
        ):
            for phrase in phrases:
                require_text(phrase, what)
