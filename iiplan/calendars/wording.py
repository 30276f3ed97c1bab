"""What a meeting says in a calendar, in plain words; and the washing of words typed by people.

Text is cleaned twice: each piece before it goes into a sentence, so that no name can pose as a further line, and
everything again where it is written to a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC

from iiplan.model import Block, Contact
from iiplan.travel import map_link
from iiplan.travel.words import basis_words

__all__ = [
    "describe",
    "describe_held",
    "describe_task",
    "describe_way",
    "location",
    "many_lines",
    "name",
    "one_line",
    "reminder",
    "summary",
    "way_back",
]

BRING = "Bring: resumes, cards, pen and paper, your wallet (offer to pay for the coffee)."
HAVE_READY = "Have ready: pen and paper."
NO_WAY = "The way there is not planned yet: plan the week again."

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # cannot be written in UTF-8


def many_lines(text: str) -> str:
    """The text with every kind of line end as ``\\n``, and without characters that no calendar can show."""
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    return _HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The text on a single line, each run of white space as one blank."""
    return " ".join(many_lines(text).split())


def summary(block: Block, contact: Contact | None) -> str:
    """The title: with whom, from where, and whether it is a call."""
    who = name(block, contact)
    organisation = one_line(contact.organisation) if contact else ""
    titled = f"{who} ({organisation})" if organisation else who
    return titled if block.place else f"Call: {titled}"


def location(block: Block, contact: Contact | None) -> str:
    """Where: the place on one line, or the number to call."""
    if block.place:
        return one_line(block.place.label)
    phone = one_line(contact.phone) if contact else ""
    return f"Call: {phone}" if phone else "Call"


def describe(
    block: Block,
    contact: Contact | None,
    timezone: str,
    *,
    way: bool = True,
    ask: Iterable[str] = (),
    todo: Iterable[str] = (),
) -> str:
    """Everything one wants to know on the way there, in lines that end in ``\\n``.

    The block's hours are on the clocks of ``timezone``, which is named with them. ``way`` is whether the way there is
    planned; ``ask`` are the first questions; ``todo`` are lines on what to do before and after.
    """
    kind = "Meeting in person" if block.place else "Call"
    what = [f"{kind}, {_hours(block, timezone)}"]
    if not block.fixed:
        what.append("Not agreed yet: this hour is a proposal.")
    if block.place:
        what.append(f"Where: {location(block, contact)}")
    bring = BRING if block.place else HAVE_READY
    there = [_way(block, timezone) if way else NO_WAY if block.place else "", _map(block)]
    questions = [f"Ask: {one_line(question)}" for question in ask]
    return _paragraphs(introduce(block, contact), what, reach(contact), there, questions, [bring], todo)


def describe_held(block: Block, contact: Contact | None, timezone: str) -> str:
    """The same of an hour that is offered and not chosen yet."""
    kind = "a meeting in person" if block.place else "a call"
    what = ["Offered, not chosen yet: the hour is held.", f"For {kind}, {_hours(block, timezone)}"]
    if block.place:
        what.append(f"Where: {location(block, contact)}")
    return _paragraphs(introduce(block, contact), what, reach(contact), [_map(block)])


def describe_way(block: Block, contact: Contact | None, timezone: str) -> str:
    """What one wants to know before setting off for a meeting."""
    to = f"{name(block, contact)}, {block.start:%H:%M} ({timezone})"
    return _paragraphs([f"To {to}", f"Where: {location(block, contact)}"], [_way(block, timezone), _map(block)])


def describe_task(words: str, contact: Contact | None) -> str:
    """A reminder, with the ways to reach the person."""
    return _paragraphs([words], reach(contact))


def introduce(block: Block, contact: Contact | None) -> list[str]:
    """Who it is: the name, then role and organisation."""
    if contact is None:
        return [name(block, contact)]
    return [name(block, contact), ", ".join(filter(None, (one_line(contact.role), one_line(contact.organisation))))]


def reach(contact: Contact | None) -> list[str]:
    """How to reach somebody."""
    known = (("Phone", contact.phone), ("E-mail", contact.email)) if contact else ()
    return [f"{word}: {one_line(text)}" for word, text in known if text.strip()]


def reminder(block: Block, contact: Contact | None) -> str:
    """What the alarm says when it rings."""
    who = name(block, contact)
    if not block.place:
        return f"Soon: call with {who}"
    if block.leave_by is None:
        return f"Soon: {who}"
    return f"Leave now for {who}: {location(block, contact)}"


def name(block: Block, contact: Contact | None) -> str:
    """What somebody is called in a title."""
    return one_line(contact.name if contact else block.title) or "Meeting"


def _hours(block: Block, timezone: str) -> str:
    minutes = round((block.end.astimezone(UTC) - block.start.astimezone(UTC)).total_seconds() / 60)
    return f"{minutes} minutes, {block.start:%H:%M} to {block.end:%H:%M} ({timezone})"


def _way(block: Block, timezone: str) -> str:
    """The sentence on getting there; empty for a call, to which nobody travels."""
    if not block.place:
        return ""
    known = basis_words(block.leg) if block.leg else "an estimate"
    takes = f"{block.travel_minutes} minutes on the way ({known})" if block.travel_minutes else ""
    if block.leave_by is not None:
        return f"Leave by {block.leave_by:%H:%M} ({timezone}){takes and ', '}{takes}."
    return f"About {takes}." if takes else "You are already there: no way to go."


def way_back(block: Block) -> str:
    """How long the way back to the base takes."""
    return f"{block.minutes} minutes ({basis_words(block.leg) if block.leg else 'an estimate'})"


def _map(block: Block) -> str:
    return f"Map: {map_link(block.place)}" if block.place else ""


def _paragraphs(*paragraphs: Iterable[str]) -> str:
    """Paragraphs of lines, without what is empty."""
    return "\n\n".join(filter(None, ("\n".join(filter(None, lines)) for lines in paragraphs)))
