"""Reading the demo's JSON strictly: every refusal names the file and the entry, no key is passed over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from iiplan.errors import InputError

__all__ = ["WEEKDAYS", "Entry", "about", "each", "known", "load", "weekday"]

Word = TypeVar("Word", bound=StrEnum)
Noun = TypeVar("Noun")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Entry:
    """One JSON object. Each method takes a key and returns a checked value; a default makes the key optional.

    ``finish`` refuses keys that nobody asked for.
    """

    def __init__(self, raw: object) -> None:
        if not isinstance(raw, dict):
            raise InputError(f"{_shown(raw)} is not an object. Write it in braces, with keys.")
        self._raw: dict[str, object] = raw
        self._asked: set[str] = set()

    def items(self) -> list[tuple[str, object]]:
        """All keys with what they hold."""
        self._asked.update(self._raw)
        return list(self._raw.items())

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._asked.add(key)
        return key in self._raw

    def text(self, key: str, default: str | None = None) -> str:
        """A string."""
        return self._typed(key, str, "text in quotes", default)

    def flag(self, key: str) -> bool:
        """true or false; false when absent."""
        return self._typed(key, bool, "true or false", False)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._typed(key, int, "a whole number", default)
        if isinstance(value, bool):
            raise InputError(f"{key} is {_shown(value)}. It must be a whole number.")
        return value

    def number(self, key: str) -> float:
        """A number."""
        self._asked.add(key)
        value = self._raw.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{key} is {_shown(value)}. It must be a number.")
        return float(value)

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """One of the stored words of an enum."""
        if default is not None and not self.has(key):
            return default
        value = self.text(key)
        try:
            return words(value)
        except ValueError:
            raise InputError(f"{key} is {value!r}. Use one of {', '.join(words)}.") from None

    def clock(self, key: str, default: time | None = None) -> time:
        """A clock time, HH:MM."""
        if default is not None and not self.has(key):
            return default
        value = self.text(key)
        hours, colon, minutes = value.partition(":")
        digits = len(value) == 5 and bool(colon) and hours.isdecimal() and minutes.isdecimal()
        if not digits or int(hours) > 23 or int(minutes) > 59:
            raise InputError(f"{key} is {value!r}. Write a clock time such as 09:30.")
        return time(int(hours), int(minutes))

    def weekday(self, key: str) -> int:
        """A weekday, 0 for Monday to 6."""
        return weekday(self.text(key))

    def words(self, key: str) -> list[str]:
        """A list of strings."""
        self._asked.add(key)
        values = self._raw.get(key)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise InputError(f"{key} is {_shown(values)}. It must be a list of texts.")
        return [str(value) for value in values]

    def part(self, key: str, read: Callable[[Entry], Noun]) -> Noun:
        """An object within this one, read by ``read``."""
        self._asked.add(key)
        if key not in self._raw:
            raise InputError(f"{key} is missing. Add it.")
        with about(key):
            return read(Entry(self._raw[key]))

    def parts(self, key: str, read: Callable[[Entry], Noun]) -> list[Noun]:
        """A list of objects within this one, each read by ``read``; empty when absent."""
        return each(key, self._raw[key], "", read) if self.has(key) else []

    def finish(self) -> None:
        """Refuse what is left over."""
        extra = [key for key in self._raw if key not in self._asked]
        if extra:
            raise InputError(f"Unknown key {extra[0]!r}. Known keys: {', '.join(sorted(self._asked))}.")

    def _typed(self, key: str, kind: type[Noun], words: str, default: Noun | None) -> Noun:
        self._asked.add(key)
        if key not in self._raw:
            if default is None:
                raise InputError(f"{key} is missing. Add it.")
            return default
        value = self._raw[key]
        if not isinstance(value, kind):
            raise InputError(f"{key} is {_shown(value)}. It must be {words}.")
        return value


def load(folder: Path, name: str) -> object:
    """The contents of one JSON file of the folder."""
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except OSError as problem:
        raise InputError(f"{name} cannot be read in {folder}: {problem.strerror}. Restore the file.") from problem
    except ValueError as problem:
        raise InputError(f"{name} is not JSON: {problem}. Correct it there.") from problem


def each(name: str, raw: object, label: str, read: Callable[[Entry], Noun]) -> list[Noun]:
    """Read every object of a list; a refusal names ``name``, the number of the entry and its ``label`` key."""
    if not isinstance(raw, list):
        raise InputError(f"{name} holds {_shown(raw)}. It must be a list of objects.")
    found = []
    for number, value in enumerate(raw, 1):
        called = value.get(label) if isinstance(value, dict) else None
        with about(f"{name}, entry {number}" + (f" ({called})" if called else "")):
            found.append(read(Entry(value)))
    return found


@contextmanager
def about(where: str) -> Iterator[None]:
    """Put ``where`` before what an ``InputError`` says."""
    try:
        yield
    except InputError as problem:
        raise InputError(f"{where}: {problem}") from problem


def known(ids: Mapping[str, str], key: str) -> str:
    """The id behind a key."""
    if key not in ids:
        raise InputError(f"{key!r} names nobody and nothing. Known are {', '.join(ids) or 'none'}.")
    return ids[key]


def weekday(name: str) -> int:
    """0 for mon to 6 for sun."""
    if name not in WEEKDAYS:
        raise InputError(f"{name!r} is not a weekday. Use one of {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(name)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
