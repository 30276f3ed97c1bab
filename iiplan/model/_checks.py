"""Small checks that the nouns share when they are born."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from iiplan.errors import InputError

__all__ = ["optional_text", "require_aware", "require_range", "require_text", "zone"]


def require_text(value: str, what: str, *, most: int = 200) -> None:
    """Refuse a blank, an overlong text, or one with characters that are none: controls, halves of pairs."""
    if not value.strip():
        raise InputError(f"{what} is empty. Type at least one character.")
    optional_text(value, what, most=most)


def optional_text(value: str, what: str, *, most: int = 200) -> None:
    """Like ``require_text``, but the text may be empty."""
    if len(value) > most:
        raise InputError(f"{what} has {len(value)} characters. Shorten it to {most} or fewer.")
    if any((character < " " and character not in "\n\t") or "\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f"{what} contains a character that cannot be shown. Type it again by hand.")


def require_range(value: float, what: str, least: float, most: float, unit: str = "") -> None:
    """Refuse a number outside ``least`` to ``most``, both included."""
    if not least <= value <= most:
        tail = f" {unit}" if unit else ""
        raise InputError(f"{what} is {value:g}{tail}. It must be from {least:g} to {most:g}{tail}.")


def require_aware(value: datetime, what: str) -> None:
    """Refuse a datetime without a time zone."""
    if value.utcoffset() is None:
        raise InputError(f"{what} ({value.isoformat()}) has no time zone. Give it one.")


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; the error names close matches."""
    known = _zone_names()
    if name not in known:
        raise InputError(f"No time zone {name!r}. {_near(name, sorted(known))}")
    return ZoneInfo(name)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())  # reads folders, so once is enough


def _near(name: str, known: Sequence[str]) -> str:
    by_folded = {entry.casefold(): entry for entry in known}
    close = get_close_matches(name.casefold().replace(" ", "_"), list(by_folded), n=3, cutoff=0.6)
    if close:
        return "Did you mean " + " or ".join(by_folded[entry] for entry in close) + "?"
    return "Use an IANA name such as America/New_York or Europe/Berlin."
