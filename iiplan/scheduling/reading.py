"""Reading one object of a document: each value checked, each fault a sentence with its cure."""

from __future__ import annotations

import datetime as dt
import difflib
import unicodedata
from collections.abc import Mapping, Sequence

from iiplan.errors import InputError
from iiplan.scheduling.clock import Moment, read_clock, read_date, read_moment

__all__ = ["Entry", "shown"]

_TEXT_LIMIT = 1000
_SHOWN = 40


def shown(value: object) -> str:
    """A value as it may stand in a sentence: short, and safe however odd it is."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**12 else "a huge number"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode("utf-8")
        return "'" + (text if len(text) <= _SHOWN else text[:_SHOWN] + "…") + "'"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, (list, tuple)) else f"a {type(value).__name__}"


class Entry:
    """One JSON object, and the name it has in sentences (``candidate 'c1'``).

    Every getter raises ``InputError`` naming the key, the entry and the cure. A key that is absent takes
    the default; without a default it is required.
    """

    def __init__(self, value: object, name: str, keys: Sequence[str]) -> None:
        if not isinstance(value, Mapping):
            raise InputError(f"{_capital(name)} must be an object with keys such as {_some(keys)}, not {shown(value)}.")
        self.values = value
        self.name = name
        for key in value:
            if key not in keys:
                raise InputError(self._unknown(key, keys))

    def fault(self, key: str, cure: str) -> InputError:
        """The error for a value that cannot be: '<name>: '<key>' <cure>'."""
        return InputError(f"{_capital(self.name)}: '{key}' {cure}")

    def has(self, key: str) -> bool:
        """Whether the key is there with something other than null."""
        return self.values.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """A text of 1 to 1000 characters on one line."""
        value = self._get(key, default, "a text")
        if not isinstance(value, str):
            raise self.fault(key, f"must be a text in quotes, not {shown(value)}.")
        if not value.strip() or len(value) > _TEXT_LIMIT:
            raise self.fault(key, f"must have 1 to {_TEXT_LIMIT} characters; write a short text.")
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
            raise self.fault(key, "holds control characters; write it as plain text on one line.")
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``; true and false and 3.0 are none."""
        value = self._get(key, default, f"a whole number from {low} to {high}")
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.fault(key, f"must be a whole number from {low} to {high}, not {shown(value)}.")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A finite number from ``low`` to ``high``."""
        value = self._get(key, None, f"a number from {low:g} to {high:g}")
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not good or not low <= value <= high:  # type: ignore[operator]
            raise self.fault(key, f"must be a number from {low:g} to {high:g}, not {shown(value)}.")
        return float(value)  # type: ignore[arg-type]

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, f"must be true or false, not {shown(value)}.")
        return value

    def clock(self, key: str, default: int | None = None) -> int:
        """Minutes of a time written 'HH:MM'."""
        if default is not None and key not in self.values:
            return default
        value = self._get(key, None, "a time such as '09:30'")
        minutes = read_clock(value) if isinstance(value, str) else None
        if minutes is None:
            raise self.fault(key, f"must be a time from '00:00' to '24:00' such as '09:30', not {shown(value)}.")
        return minutes

    def span(self, first: str, last: str) -> tuple[int, int]:
        """Two times of which the first comes first."""
        start, end = self.clock(first), self.clock(last)
        if end <= start:
            raise InputError(
                f"{_capital(self.name)}: '{last}' ({shown(self.values[last])}) must be later than "
                f"'{first}' ({shown(self.values[first])}); swap or correct them."
            )
        return start, end

    def date(self, key: str) -> dt.date:
        """A date written 'YYYY-MM-DD'."""
        value = self._get(key, None, "a date such as '2027-03-15'")
        date = read_date(value) if isinstance(value, str) else None
        if date is None:
            raise self.fault(key, f"must be a date that exists, such as '2027-03-15', not {shown(value)}.")
        return date

    def moment(self, key: str) -> Moment:
        """A local date and time written 'YYYY-MM-DDTHH:MM'."""
        value = self._get(key, None, "a local time such as '2027-03-15T09:30'")
        moment = read_moment(value) if isinstance(value, str) else None
        if moment is None:
            raise self.fault(
                key, f"must be a local time without an offset, such as '2027-03-15T09:30', not {shown(value)}."
            )
        return moment

    def items(self, key: str, required: bool = False) -> Sequence[object]:
        """A list; empty where the key is absent and not required."""
        value = self._get(key, None if required else [], "a list")
        if not isinstance(value, (list, tuple)):
            raise self.fault(key, f"must be a list in square brackets, not {shown(value)}.")
        return value

    def _get(self, key: str, default: object, wanted: str) -> object:
        if key in self.values:
            return self.values[key]
        if default is None:
            raise self.fault(key, f"is missing; add it with {wanted}.")
        return default

    def _unknown(self, key: object, keys: Sequence[str]) -> str:
        near = difflib.get_close_matches(key.lower()[:_SHOWN], keys, n=1, cutoff=0.5) if isinstance(key, str) else []
        cure = f"Did you mean '{near[0]}'?" if near else f"Remove it; known keys are {_some(keys)}."
        return f"{_capital(self.name)}: {shown(key)} is not a known key. {cure}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _some(keys: Sequence[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys)
