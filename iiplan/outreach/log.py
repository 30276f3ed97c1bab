"""The log of touches, and what of it still holds after corrections."""

from __future__ import annotations

from collections.abc import Iterable

from iiplan.model import Touch, TouchKind

__all__ = ["effective_touches"]

_ORDER = {kind: number for number, kind in enumerate(TouchKind)}


def effective_touches(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """The touches that still hold, by time: without the voids and without what they took back.

    A void that is itself taken back takes nothing back. Voids that name themselves, or one another in a ring,
    take nothing back either. Touches of the same moment are in the order of ``TouchKind``, so that the order
    of the input never matters.
    """
    log = tuple(touches)
    taken_back = _taken_back([touch for touch in log if touch.kind is TouchKind.VOID])
    held = [touch for touch in log if touch.kind is not TouchKind.VOID and touch.id not in taken_back]
    return tuple(sorted(held, key=lambda touch: (touch.at, _ORDER[touch.kind], touch.id)))


def _taken_back(voids: list[Touch]) -> set[str]:
    """The ids that some void in force names. A void is in force once every void naming it is known to be out."""
    if not voids:
        return set()
    against: dict[str, set[str]] = {}
    for void in voids:
        against.setdefault(void.voids or "", set()).add(void.id)
    in_force: set[str] = set()
    out: set[str] = set()
    waiting = voids
    while True:
        settled = [void for void in waiting if against.get(void.id, set()) <= out]
        if not settled:
            return out
        in_force |= {void.id for void in settled}
        out |= {void.voids or "" for void in settled}
        waiting = [void for void in waiting if void.id not in in_force and void.id not in out]
