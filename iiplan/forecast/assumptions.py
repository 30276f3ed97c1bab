"""What the forecast assumes until the user's own log says better: written down, editable, and called assumptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iiplan.errors import InputError
from iiplan.model import Source

__all__ = ["Assumptions", "SourceAssumption"]

LEAST, MOST = 0.01, 0.99


def _require(value: float, what: str, least: float, most: float, unit: str = "") -> None:
    if not least <= value <= most:
        raise InputError(f"{what} is {value:g}. It must be from {least:g} to {most:g} {unit}".rstrip() + ".")


@dataclass(frozen=True, kw_only=True)
class SourceAssumption:
    """How people of one source answer: the share of asks ``answered``, and of answers that are a ``yes``.

    Both from 0.01 to 0.99. ``worth`` is how many asks of one's own this weighs as much as, 1 to 1,000.
    """

    source: Source
    answered: float
    yes: float
    worth: float = 8

    def __post_init__(self) -> None:
        _require(self.answered, f"The share of asks answered ({self.source})", LEAST, MOST)
        _require(self.yes, f"The share of answers that are a yes ({self.source})", LEAST, MOST)
        _require(self.worth, f"What the assumption is worth ({self.source})", 1, 1_000, "asks")


def _usual(rows: Iterable[tuple[Source, float, float]]) -> tuple[SourceAssumption, ...]:
    return tuple(SourceAssumption(source=source, answered=answered, yes=yes) for source, answered, yes in rows)


# No public figure fits, so these are guesses: the closer the tie, the likelier an answer.
USUAL_SOURCES = _usual(
    (
        (Source.FAMILY, 0.9, 0.8),
        (Source.FRIEND, 0.85, 0.75),
        (Source.ALUMNI, 0.5, 0.6),
        (Source.COLLEAGUE, 0.75, 0.7),
        (Source.LINKEDIN, 0.2, 0.5),
        (Source.ASSOCIATION, 0.35, 0.5),
        (Source.CHAMBER, 0.3, 0.5),
        (Source.EVENT, 0.4, 0.5),
        (Source.REFERRAL, 0.65, 0.7),
        (Source.OTHER, 0.2, 0.4),
    )
)


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """Everything the forecast takes on trust.

    ``sources`` holds every ``Source`` once. ``kept`` is the chance that somebody who said yes is met in that week, 0
    to 1. Half of those who answer do so within ``reply_within`` business days, 0 to 30; that weighs as much as
    ``reply_worth`` answers of one's own, 1 to 1,000. People who are not on the list yet are of source
    ``found_through``.
    """

    sources: tuple[SourceAssumption, ...] = USUAL_SOURCES
    kept: float = 0.85
    reply_within: int = 2
    reply_worth: float = 10
    found_through: Source = Source.LINKEDIN

    def __post_init__(self) -> None:
        if sorted(one.source for one in self.sources) != sorted(Source):
            raise InputError("The assumptions must name every way of finding people once. Go back to the usual ones.")
        _require(self.kept, "The chance that a yes becomes a meeting", 0, 1)
        _require(self.reply_within, "The usual time to an answer", 0, 30, "business days")
        _require(self.reply_worth, "What the usual time to an answer is worth", 1, 1_000, "answers")

    def of(self, source: Source) -> SourceAssumption:
        """What is assumed of people of that source."""
        return next(one for one in self.sources if one.source is source)
