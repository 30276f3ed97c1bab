"""Who somebody is, in the few lines that a day sheet has for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from iiplan.calendars.wording import one_line
from iiplan.model import Authority, Contact, ResearchKind, ResearchNote, Source

__all__ = ["apart", "research_line", "who_lines"]

_MOST_FOUND = 220  # letters: what fits on about two lines of half a page
_FOUND_BY = {
    Source.FAMILY: "Family",
    Source.FRIEND: "Friend",
    Source.ALUMNI: "Alumni",
    Source.COLLEAGUE: "Colleague",
    Source.LINKEDIN: "Found on LinkedIn",
    Source.ASSOCIATION: "Found through an association",
    Source.CHAMBER: "Found through the chamber of commerce",
    Source.EVENT: "Met at an event",
}
_CAN = {
    Authority.CAN_HIRE: "can hire",
    Authority.HAS_A_SAY: "has a say in hiring",
    Authority.RECRUITER: "recruiter",
    Authority.PEER: "a peer",
}
_FIRST = (ResearchKind.IN_COMMON, ResearchKind.DONE, ResearchKind.NEWS)  # what opens a talk best


def who_lines(contact: Contact, referrer: Contact | None) -> tuple[str, ...]:
    """At most two lines: what they do and where; how they were found, who referred them, what they can decide."""
    what = ", ".join(filter(None, (apart(contact.role), apart(contact.organisation))))
    named = f"referred by {apart(referrer.name)}" if referrer else ""
    how = ", ".join(filter(None, (_FOUND_BY.get(contact.source, ""), named, _CAN.get(contact.authority, ""))))
    return tuple(filter(None, (what, how[:1].upper() + how[1:])))


def research_line(contact: Contact, mine: Iterable[ResearchNote], theirs: Iterable[ResearchNote]) -> str:
    """What research found on the person, then on their organisation; the notes on them when it found nothing.

    What we share comes first. Longer than two lines, it ends with an ellipsis.
    """
    notes = [one for found in (mine, theirs) for one in sorted(found, key=_order) if one.text.strip()]
    words = "; ".join(apart(one.text.strip().rstrip(".;")) for one in notes) or one_line(contact.notes)
    return words if len(words) <= _MOST_FOUND else words[: _MOST_FOUND - 1].rsplit(" ", 1)[0] + " …"


def apart(text: str) -> str:
    """The text on one line, kept in its own order among others where it is written from right to left."""
    text = one_line(text)
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text) else text


def _order(note: ResearchNote) -> tuple[bool, int]:
    return note.kind not in _FIRST, -note.found_on.toordinal()
