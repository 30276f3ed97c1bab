"""Two texts about one meeting, and what of the one is missing in the other."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from iiplan.model import DebriefText, Welcome

__all__ = ["cleaned", "missing_in", "taken_in"]


def cleaned(text: str) -> str:
    """What was typed or pasted without the characters that no screen shows: controls, halves of pairs."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in plain if not ((one < " " and one not in "\n\t") or "\ud800" <= one <= "\udfff"))


def missing_in(mine: DebriefText, other: DebriefText) -> tuple[str, ...]:
    """The fields of ``other`` that say something which ``mine`` does not, in the order of the form."""
    return tuple(field.name for field in fields(DebriefText) if not _holds(mine, other, field.name))


def taken_in(mine: DebriefText, other: DebriefText, name: str) -> DebriefText:
    """``mine`` with one field of ``other``: a text goes below what stands there, a day or a yes in its place."""
    ours, theirs = getattr(mine, name), getattr(other, name)
    if _holds(mine, other, name):
        return mine
    both = isinstance(ours, str) and not isinstance(ours, Welcome) and ours.strip() and ours.strip() not in theirs
    change: dict[str, Any] = {name: f"{ours}\n{theirs}" if both else theirs}
    return replace(mine, **change)


def _holds(mine: DebriefText, other: DebriefText, name: str) -> bool:
    ours, theirs = getattr(mine, name), getattr(other, name)
    if isinstance(theirs, str) and not isinstance(theirs, Welcome):
        return theirs.strip() in ours
    return theirs in {ours, None, Welcome.NOT_SAID}
