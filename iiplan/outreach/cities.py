"""Whether two names mean the same city."""

from __future__ import annotations

__all__ = ["same_city"]


def same_city(one: str, other: str) -> bool:
    """Without regard to case and blanks; "Washington, D.C." is also "Washington", but Portland, OR not Portland, ME.

    No name is no city.
    """
    first, second = (" ".join(name.split()).casefold() for name in (one, other))
    if not first or not second:
        return False
    return first == second or first == second.partition(",")[0].strip() or first.partition(",")[0].strip() == second
