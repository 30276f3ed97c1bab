"""Getting ready for a meeting: questions, research, an introduction and its practice, things to tick off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_aware, require_range, require_text
from iiplan.model.contact import require_web_address

__all__ = [
    "Audience",
    "Introduction",
    "PlannedQuestion",
    "Question",
    "Rehearsal",
    "ResearchKind",
    "ResearchNote",
    "Theme",
    "Tick",
]


class Theme(StrEnum):
    """What a question is about."""

    PATH = "path"  # how they came to where they are
    WORK = "work"  # what they do all day
    TRENDS = "trends"  # where the industry is going
    INSIGHTS = "insights"  # what they see that outsiders do not
    ASSIGNMENTS = "assignments"  # projects worth having done, or doing
    SKILLS = "skills"
    PEOPLE = "people"  # and culture
    ADVICE = "advice"
    RESOURCES = "resources"
    NEXT = "next"  # whom else to meet, and whether one may follow up


class Audience(StrEnum):
    """A kind of person that a question suits."""

    CAN_HIRE = "can_hire"
    PEER = "peer"
    ALUMNI = "alumni"
    RECRUITER = "recruiter"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the bank. ``suits`` nobody in particular: it suits all. ``own`` tells the user's from ours."""

    id: str
    theme: Theme
    text: str
    suits: tuple[Audience, ...] = ()
    own: bool = False

    def __post_init__(self) -> None:
        require_text(self.id, "The question's id")
        require_text(self.text, "The question", most=500)


@dataclass(frozen=True, kw_only=True)
class PlannedQuestion:
    """One question on the list for one person, in the order of ``position`` from 0.

    ``question_id`` is the bank's it came from, empty for one that was written for this person. ``asked`` is ticked
    when it was asked; ``answer`` is what they said.
    """

    id: str
    contact_id: str
    position: int
    text: str
    theme: Theme
    question_id: str = ""
    asked: bool = False
    answer: str = ""

    def __post_init__(self) -> None:
        require_range(self.position, "The question's position", 0, 1_000)
        require_text(self.text, "The question", most=500)
        optional_text(self.answer, "The answer", most=20_000)


class ResearchKind(StrEnum):
    """What a piece of research is."""

    PROFILE = "profile"
    WEBSITE = "website"
    ARTICLE = "article"
    POST = "post"
    NEWS = "news"
    IN_COMMON = "in_common"  # what we share
    DONE = "done"  # what they have done
    OPEN_QUESTION = "open_question"  # what research left open


@dataclass(frozen=True, kw_only=True)
class ResearchNote:
    """One thing found out about a person or an organisation: exactly one of ``contact_id`` and ``organisation``.

    ``organisation`` is its name. ``url`` is where it was found, ``found_on`` the day.
    """

    id: str
    kind: ResearchKind
    text: str
    found_on: date
    contact_id: str | None = None
    organisation: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if (self.contact_id is None) != bool(self.organisation.strip()):
            raise InputError("What was found out belongs to a person or to an organisation. Choose one of the two.")
        if not self.text.strip() and not self.url:
            raise InputError("Nothing was typed. Say what you found, or paste its link.")
        optional_text(self.text, "What was found out", most=20_000)
        optional_text(self.organisation, "The organisation")
        require_web_address(self.url, "The link of what was found out")


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """What one says about oneself at the start of a meeting; one of several variants."""

    id: str
    title: str
    text: str = ""

    def __post_init__(self) -> None:
        require_text(self.title, "The introduction's name")
        optional_text(self.text, f"The introduction {self.title!r}", most=10_000)


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """One practice run of an introduction, aloud: when it ended and how many seconds it took."""

    id: str
    introduction_id: str
    at: datetime
    seconds: int

    def __post_init__(self) -> None:
        require_aware(self.at, "The time of practice")
        require_range(self.seconds, "The practice run", 1, 3_600, "seconds")


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One thing ticked off. ``scope`` says on which list ("trip t1, 2027-03-15"), ``item`` which thing."""

    scope: str
    item: str
    at: datetime

    def __post_init__(self) -> None:
        require_text(self.scope, "The list's name")
        require_text(self.item, "The thing to tick off")
        require_aware(self.at, "The time of ticking off")
