"""Invented people and an invented log of any size, the same for the same size and seed on every machine."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from iiplan.model import Authority, Channel, Contact, Source, Touch, TouchKind

__all__ = ["TOUCHES_EACH", "invented_log"]

TOUCHES_EACH = 10
_WEEKS = 40  # that the log goes back
_COURSES = (
    "asked",
    "asked nudged",
    "asked replied declined",
    "asked replied accepted offered scheduled confirmed met thanked followed_up",
    "asked accepted offered scheduled cancelled offered rescheduled met thanked",
    "met thanked followed_up",
)


def invented_log(people: int, now: datetime, seed: int = 1) -> tuple[list[Contact], list[Touch]]:
    """So many contacts, one in five never asked, and ten touches for each of the others and some more; a fiftieth is
    taken back. An organisation for every four. Nothing lies after ``now`` (aware)."""
    rng = Random(seed)
    contacts = [
        Contact(
            id=f"p{number}",
            name=f"Person {number} Example",
            organisation=f"Invented Works {rng.randrange(max(1, people // 4))}",
            source=rng.choice(list(Source)),
            authority=rng.choice(list(Authority)),
            referred_by=f"p{rng.randrange(number)}" if number and rng.random() < 0.2 else None,
        )
        for number in range(people)
    ]
    asked = [contact for contact in contacts if rng.random() < 0.8]
    left = people * TOUCHES_EACH
    touches: list[Touch] = []
    for number, contact in enumerate(asked):
        course = _course(contact.id, left // (len(asked) - number), now, rng)
        left -= len(course)
        touches += course
    return contacts, touches


def _course(who: str, length: int, now: datetime, rng: Random) -> list[Touch]:
    """What happened with one person, in order, filled up with notes."""
    kinds = [TouchKind(word) for word in rng.choice(_COURSES).split()]
    kinds = (kinds + [TouchKind.NOTE] * length)[:length]
    at = now - timedelta(minutes=rng.randrange(1, _WEEKS * 7 * 24 * 60))
    channel = rng.choice([None, *Channel])
    made: list[Touch] = []
    for step, kind in enumerate(kinds):
        made.append(
            Touch(
                id=f"{who}-{step}",
                contact_id=who,
                kind=kind,
                at=at,
                timezone="America/New_York",
                channel=channel,
                template=rng.choice(("", "alumni-ask", "cold-ask")),
            )
        )
        at = min(now, at + timedelta(minutes=rng.randrange(60, 4 * 24 * 60)))
    if length > 1 and rng.random() < 0.02 * length:
        last = made[-1]
        made[-1] = Touch(id=last.id, contact_id=who, kind=TouchKind.VOID, at=last.at, voids=made[-2].id)
    return made
