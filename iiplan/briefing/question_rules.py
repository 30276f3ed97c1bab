"""What is better not asked: questions that a quick search answers, and requests for a job; by a written rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from iiplan.errors import InputError

__all__ = ["Flag", "FlagKind", "QuestionRule", "flag", "read_question_rules"]

_CURE = "A line reads 'search: phrase', 'job: phrase' or 'instead: what to do'; * stands for up to four words."
_MOST_ANY = 4  # words that a * stands for
_OPENERS = re.compile(r"^(?:(?:so|and|well|ok|okay|now|actually|please|sorry|exactly|first)\s+)+")
_ASIDES = re.compile(r"^(?:(?:can|could|would|may) (?:you|i) (?:please )?(?:tell me|say|ask|ask you) )")
_CLOSERS = re.compile(r"(?:\s+(?:exactly|please|now|today|then|actually|again|at the moment|right now))+$")
_PLAIN = str.maketrans({"é": "e", "’": "'"})


class FlagKind(StrEnum):
    """Why a question is better not asked."""

    SEARCH = "search"  # a quick search answers it
    JOB = "job"  # it asks for a job


@dataclass(frozen=True, kw_only=True)
class QuestionRule:
    """One phrase to look for, the line it stands in, and what to do instead."""

    kind: FlagKind
    phrase: str
    instead: str
    line: int

    def fits(self, question: str) -> bool:
        """Whether a question is such a one. ``search``: as a whole, fillers aside; ``job``: the phrase in it."""
        pattern = _pattern(self.phrase)
        if self.kind is FlagKind.JOB:
            return re.search(rf"\b{pattern}\b", _words(question)) is not None
        return re.fullmatch(pattern, _bare(_words(question))) is not None


@dataclass(frozen=True, kw_only=True)
class Flag:
    """What is wrong with a question: the rule it falls under."""

    question: str
    rule: QuestionRule


def read_question_rules(path: Path) -> tuple[QuestionRule, ...]:
    """The rules of a file: blocks of phrases, each ended by an ``instead`` line. InputError names the line."""
    rules: list[QuestionRule] = []
    waiting: list[tuple[FlagKind, str, int]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, _, value = (part.strip() for part in line.partition(":"))
        if word == "instead" and value and waiting:
            rules += [QuestionRule(kind=kind, phrase=phrase, instead=value, line=at) for kind, phrase, at in waiting]
            waiting = []
        elif word in set(FlagKind) and value.strip("* "):
            waiting.append((FlagKind(word), _words(value), number))
        else:
            raise InputError(f"{path.name}, line {number}: {line.strip()[:60]!r} does not belong there. {_CURE}")
    if waiting:
        raise InputError(f"{path.name}, line {waiting[0][2]}: No 'instead' line follows. {_CURE}")
    return tuple(rules)


def flag(question: str, rules: Sequence[QuestionRule]) -> Flag | None:
    """The first rule that a question falls under, requests for a job before all; None: ask it."""
    ordered: Iterable[QuestionRule] = sorted(rules, key=lambda rule: rule.kind is not FlagKind.JOB)
    return next((Flag(question=question, rule=rule) for rule in ordered if rule.fits(question)), None)


def _words(text: str) -> str:
    """Small letters, one blank between words, nothing else but apostrophes and ``*``."""
    plain = text.casefold().translate(_PLAIN).replace("what's", "what is").replace("where's", "where is")
    return " ".join(re.findall(r"[\w*']+", plain))


def _bare(words: str) -> str:
    """A question without its fillers."""
    words = _ASIDES.sub("", _OPENERS.sub("", words))
    return _CLOSERS.sub("", words)


def _pattern(phrase: str) -> str:
    any_words = rf"\S+(?: \S+){{0,{_MOST_ANY - 1}}}"
    return " ".join(any_words if word == "*" else re.escape(word) for word in phrase.split())
