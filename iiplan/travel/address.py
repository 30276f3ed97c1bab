"""What somebody types to find a place, taken apart; and how well a thing of a map answers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from iiplan.travel.folding import folded_words

__all__ = ["Reading", "house_number", "likeness", "number_span", "readings"]

MOST_PARTS = 6
MOST_WORDS = 12
SHORTEST_START = 3  # letters that may stand for a longer word
_START_COUNTS = 0.8
# Words that tell streets and places apart but little, in the spelling of folded_words.
_LIGHT_WORDS = """
st av blvd rd dr ln pl pza sq ct ter hwy pkwy aly cir all gt v n s
e w ne nw se sw and of the at in de des du der die das den la le les el los do da dos del rua rue calle via ulica
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())
_LIGHT_COUNTS = 0.25

_NUMBER = re.compile(r"[0-9]{1,5}[a-z]?(?:[-/][0-9]{1,5}[a-z]?)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to understand a typed address: ``words`` of a street or a name, a house number (or none), and the rest.

    ``number_first`` is how it was written: "1200 K St", not "Hauptstr. 12".
    """

    words: tuple[str, ...]
    number: str = ""
    number_first: bool = False
    rest: frozenset[str] = frozenset()


def readings(text: str) -> tuple[Reading, ...]:
    """Every sensible way to read a typed address or name, those with a house number first; empty without words."""
    parts = [part.split()[:MOST_WORDS] for part in re.split(r"[,;\n]", text[:400])]
    parts = [part for part in parts if part][:MOST_PARTS]
    found: list[Reading] = []
    for index, part in enumerate(parts):
        others = frozenset(
            word for n, other in enumerate(parts) if n != index for word in folded_words(" ".join(other))
        )
        found += _numbered(part, others)
        if _is_number(" ".join(part)) and index:  # "Avenida Paulista, 1578"
            before = folded_words(" ".join(parts[index - 1]))
            found.append(Reading(words=before, number=house_number(" ".join(part)), rest=others - set(before)))
        found.append(Reading(words=folded_words(" ".join(part)), rest=others))
    return tuple(dict.fromkeys(reading for reading in found if reading.words))


def _numbered(part: Sequence[str], others: frozenset[str]) -> list[Reading]:
    found = []
    for index, token in enumerate(part):
        if not _is_number(token):
            continue
        before, after = folded_words(" ".join(part[:index])), folded_words(" ".join(part[index + 1 :]))
        number = house_number(token)
        if before and after and len(after[0]) == 1 and after[0].isalpha():  # "Hauptstr. 12 a"
            found.append(Reading(words=before, number=number + after[0], rest=others | set(after[1:])))
        elif before:
            found.append(Reading(words=before, number=number, rest=others | set(after)))
        if after:
            found.append(Reading(words=after, number=number, number_first=True, rest=others | set(before)))
    return found


def _is_number(token: str) -> bool:
    return bool(_NUMBER.fullmatch(token.strip(".")))


def house_number(text: str) -> str:
    """A house number for comparing: '12 A.' gives '12a'."""
    return re.sub(r"[\s.]", "", text).casefold()


def number_span(text: str) -> tuple[int, int]:
    """The first and last whole number of '12', '12a' or '12-18'; (0, 0) without any, or for a span that goes down."""
    numbers = [int(part) for part in re.findall(r"[0-9]{1,6}", text)]
    if not numbers:
        return 0, 0
    last = numbers[-1] if len(numbers) > 1 and "-" in text else numbers[0]
    return (numbers[0], last) if last >= numbers[0] else (numbers[0], numbers[0])


def likeness(reading: Reading, names: Iterable[Sequence[str]], about: Iterable[str] = ()) -> float:
    """How well a thing of the map answers to a reading, from 0 to a little over 1.

    ``names`` are the words of each of its names, ``about`` those of its address. Words of the name that were not typed
    weigh more than typed words that are not in the name, which may say the city; "street" and "north" weigh little.
    Words side by side count a little.
    """
    here = set(about)
    return max((_likeness(reading, tuple(name), here) for name in names if name), default=0.0)


def _likeness(reading: Reading, name: tuple[str, ...], about: set[str]) -> float:
    of_name = _share(name, reading.words)
    of_typed = _share(reading.words, (*name, *about), typed_first=True)
    told = {word for word in reading.rest if word in about}
    in_order = bool(set(pairwise(name)) & set(pairwise(reading.words))) or len(name) == 1
    return 0.6 * of_name + 0.4 * of_typed + 0.05 * min(len(told), 2) + 0.02 * in_order


def _share(words: Sequence[str], others: Sequence[str], *, typed_first: bool = False) -> float:
    """How much of ``words`` is among ``others``, by weight; one of the two was typed."""
    found = {word: max(_same(word, other) if typed_first else _same(other, word) for other in others) for word in words}
    weights = {word: _LIGHT_COUNTS if word in _LIGHT else 1.0 for word in words}
    return sum(weights[word] * found[word] for word in found) / sum(weights.values())


def _same(typed: str, word: str) -> float:
    if typed == word:
        return 1.0
    return _START_COUNTS if len(typed) >= SHORTEST_START and word.startswith(typed) else 0.0
