"""One contact with the log about them, read once and used by everything that counts or reminds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from iiplan.model import Contact, Touch
from iiplan.outreach.log import effective_touches
from iiplan.outreach.stages import Standing, standing

__all__ = ["History", "histories"]


@dataclass(frozen=True, kw_only=True)
class History:
    """A contact, the touches that hold (by time), and what they amount to."""

    contact: Contact
    touches: tuple[Touch, ...]
    known: Standing


def histories(contacts: Iterable[Contact], touches: Iterable[Touch]) -> tuple[History, ...]:
    """Each contact with their part of the log, in the order of ``contacts``; touches of others are passed over."""
    logs: dict[str, list[Touch]] = defaultdict(list)
    for touch in touches:
        logs[touch.contact_id].append(touch)
    return tuple(history(contact, logs.get(contact.id, ())) for contact in contacts)


def history(contact: Contact, touches: Iterable[Touch]) -> History:
    """One contact with their log, corrections and what they take back included."""
    held = effective_touches(touches)
    return History(contact=contact, touches=held, known=standing(held))
