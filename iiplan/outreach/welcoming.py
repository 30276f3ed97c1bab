"""Who can hire, or has a say, and welcomes hearing from us.

Somebody welcomes it when the latest of their debriefs that says yes or no says yes; or when we are in touch (a
follow-up after the meeting) and no debrief says anything of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iiplan.model import Authority, Contact, Debrief, Stage, Welcome
from iiplan.outreach.history import History

__all__ = ["Welcoming", "welcoming"]

_DECIDES = (Authority.CAN_HIRE, Authority.HAS_A_SAY)


@dataclass(frozen=True, kw_only=True)
class Welcoming:
    """Somebody who does: since the meeting of ``said_on`` in their own words, or (None) because we are in touch."""

    contact: Contact
    said_on: date | None


def welcoming(people: Sequence[History], debriefs: Iterable[Debrief]) -> tuple[Welcoming, ...]:
    """Those who can hire first, then those with a say, by name."""
    words: dict[str, Debrief] = {}
    for debrief in sorted(debriefs, key=lambda one: one.met_on):
        if debrief.text.welcome is not Welcome.NOT_SAID:
            words[debrief.contact_id] = debrief
    found = []
    for person in people:
        if person.contact.authority in _DECIDES:
            word = words.get(person.contact.id)
            if word is not None and word.text.welcome is Welcome.YES:
                found.append(Welcoming(contact=person.contact, said_on=word.met_on))
            elif word is None and person.known.stage is Stage.IN_TOUCH:
                found.append(Welcoming(contact=person.contact, said_on=None))
    return tuple(sorted(found, key=lambda one: (_DECIDES.index(one.contact.authority), one.contact.name.casefold())))
