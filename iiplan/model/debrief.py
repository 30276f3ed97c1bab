"""What a meeting brought: what was said, and what it says about the work one wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from iiplan.errors import InputError
from iiplan.model._checks import optional_text, require_aware, require_range, require_text

__all__ = ["About", "Debrief", "DebriefText", "DebriefVersion", "Draw", "Insight", "Welcome"]

MOST_TEXT = 50_000


class Welcome(StrEnum):
    """Whether somebody welcomes hearing from us again."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"


@dataclass(frozen=True, kw_only=True)
class DebriefText:
    """What is written about one meeting. ``names`` and ``hiring`` are people and organisations, one a line.

    ``dump`` is everything that comes to mind, first and free. ``promised_by`` is the day by which ``promised`` is due.
    """

    dump: str = ""
    surprised: str = ""
    quote: str = ""
    advice: str = ""
    names: str = ""
    hiring: str = ""
    promised: str = ""
    promised_by: date | None = None
    welcome: Welcome = Welcome.NOT_SAID

    def __post_init__(self) -> None:
        for value, what in (
            (self.dump, "What came to mind"),
            (self.surprised, "What surprised you"),
            (self.quote, "What was said"),
            (self.advice, "The advice"),
            (self.names, "The list of names"),
            (self.hiring, "The list of organisations"),
            (self.promised, "What you promised"),
        ):
            optional_text(value, what, most=MOST_TEXT)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return self == DebriefText()


@dataclass(frozen=True, kw_only=True)
class DebriefVersion:
    """One saved state of a debrief: ``number`` from 1, and the versions it ``follows`` (none: the first)."""

    number: int
    at: datetime
    text: DebriefText
    follows: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        require_range(self.number, "The version", 1, 1_000_000)
        require_aware(self.at, "The time of saving")
        if any(not 0 < earlier < self.number for earlier in self.follows):
            raise InputError(f"Version {self.number} can only follow earlier ones. Reload the page and save again.")


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """What was written about one meeting with one contact on one day, all versions ever saved, by number.

    Two windows that write at once make two versions that follow the same one; none is lost. ``latest`` is what
    counts; ``unread_by_latest`` are the others that no later version has taken in.
    """

    id: str
    contact_id: str
    met_on: date
    trip_id: str | None = None
    versions: tuple[DebriefVersion, ...] = field(default=())

    def __post_init__(self) -> None:
        require_text(self.id, "The debrief's id")
        if [version.number for version in self.versions] != list(range(1, len(self.versions) + 1)):
            raise InputError("The versions of a debrief are numbered from 1 without gaps.")

    @property
    def text(self) -> DebriefText:
        """What counts: the latest version, or nothing yet."""
        return self.versions[-1].text if self.versions else DebriefText()

    @property
    def version(self) -> int:
        """The number of the latest version; 0: none yet."""
        return len(self.versions)

    @property
    def unread_by_latest(self) -> tuple[DebriefVersion, ...]:
        """Versions, but the latest, that no version follows: what another window wrote and nobody has taken in."""
        followed = {number for version in self.versions for number in version.follows}
        return tuple(version for version in self.versions[:-1] if version.number not in followed)


class About(StrEnum):
    """What something learned is about."""

    WORK = "work"
    PLACE = "place"
    PEOPLE = "people"
    WAY = "way"  # of working
    SKILLS = "skills"  # wanted
    TRENDS = "trends"  # of the industry


class Draw(StrEnum):
    """What something learned does to us."""

    DRAWS = "draws"
    PUTS_OFF = "puts_off"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class Insight:
    """One thing learned. ``contact_id`` says from whom, ``topic`` in a word or two what several people spoke of."""

    id: str
    text: str
    about: About
    learned_on: date
    draw: Draw = Draw.NEITHER
    topic: str = ""
    contact_id: str | None = None
    debrief_id: str | None = None

    def __post_init__(self) -> None:
        require_text(self.text, "What was learned", most=5_000)
        optional_text(self.topic, "The topic", most=80)
