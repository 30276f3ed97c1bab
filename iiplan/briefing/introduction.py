"""An introduction of oneself: how long it takes to say, and whether it asks for a job; both by stated rules."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from iiplan.errors import InputError

__all__ = [
    "LEAST_SECONDS",
    "MOST_SECONDS",
    "JobRequest",
    "Length",
    "OutlinePart",
    "SpokenLength",
    "job_requests",
    "read_job_requests",
    "read_outline",
    "spoken_length",
]

LEAST_SECONDS, MOST_SECONDS = 60, 120  # one to two minutes
# Words a minute, slow to quick, and usual. Conversational English is mostly put at 120 to 160, about 150 on average.
SLOW, USUAL, QUICK = 120, 140, 160
# Where words have no blanks between them: characters a minute, reckoned at two to a word.
_CHARACTERS_A_WORD = 2
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_MOST_ANY = 3  # words that a * stands for


class Length(StrEnum):
    """How an introduction lies to one to two minutes at a usual pace."""

    EMPTY = "empty"
    SHORT = "short"
    GOOD = "good"
    LONG = "long"


@dataclass(frozen=True, kw_only=True)
class SpokenLength:
    """Estimated seconds to say a text: at a usual pace, and from quick to slow. ``words`` are those counted."""

    words: int
    seconds: int
    quick: int
    slow: int

    @property
    def length(self) -> Length:
        """Whether it is too short or too long at a usual pace."""
        if self.words == 0:
            return Length.EMPTY
        if self.seconds < LEAST_SECONDS:
            return Length.SHORT
        return Length.GOOD if self.seconds <= MOST_SECONDS else Length.LONG


@dataclass(frozen=True, kw_only=True)
class JobRequest:
    """What of an introduction sounds like asking for a job: its words, and the line of the rule they fall under."""

    words: str
    rule: str
    line: int


@dataclass(frozen=True, kw_only=True)
class OutlinePart:
    """One part of an introduction: its heading, and what goes there."""

    heading: str
    advice: str


def spoken_length(text: str) -> SpokenLength:
    """How long a text takes to say: an estimate from its words, at 120 to 160 words a minute, usually 140.

    In scripts without blanks between words (Chinese, Japanese, Thai, Lao, Khmer) two characters count as a word, which
    is rougher still. More words never take less time.
    """
    unspaced = len(_UNSPACED.findall(text))
    spaced = len(re.findall(r"\w+(?:['’-]\w+)*", _UNSPACED.sub(" ", text)))
    words = spaced + -(-unspaced // _CHARACTERS_A_WORD)
    slow, usual, quick = (round(words / pace * 60) for pace in (SLOW, USUAL, QUICK))
    return SpokenLength(words=words, seconds=usual, quick=quick, slow=slow)


def job_requests(text: str, rules: tuple[tuple[str, int], ...]) -> tuple[JobRequest, ...]:
    """Every phrase of ``rules`` (phrase and line) that stands in a text, in the order of the rules."""
    said = _words(text)
    found = []
    for phrase, line in rules:
        match = re.search(rf"(?<!\S){_pattern(phrase)}(?!\S)", said)
        if match:
            found.append(JobRequest(words=match[0], rule=phrase, line=line))
    return tuple(found)


def read_job_requests(path: Path) -> tuple[tuple[str, int], ...]:
    """The phrases of a file, each with its line. InputError names a line that holds no word."""
    rules = []
    for number, line in _lines(path):
        if not _words(line).strip("* "):
            raise InputError(
                f"{path.name}, line {number}: {line[:60]!r} has no word in it. Write a phrase, or delete it."
            )
        rules.append((_words(line), number))
    return tuple(rules)


def read_outline(path: Path) -> tuple[OutlinePart, ...]:
    """The parts of an introduction from a file of ``heading: advice`` lines. InputError names the line."""
    parts = []
    for number, line in _lines(path):
        heading, colon, advice = (part.strip() for part in line.partition(":"))
        if not (heading and colon and advice):
            raise InputError(f"{path.name}, line {number}: {line[:60]!r} is no part. Write 'heading: what goes there'.")
        parts.append(OutlinePart(heading=heading, advice=advice))
    return tuple(parts)


def _words(text: str) -> str:
    """Small letters without accents, one blank between words, nothing else but apostrophes and ``*``."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[\w*']+", plain))


def _pattern(phrase: str) -> str:
    any_words = rf"\S+(?: \S+){{0,{_MOST_ANY - 1}}}"
    return " ".join(any_words if word == "*" else re.escape(word) for word in phrase.split())


def _lines(path: Path) -> list[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")]
