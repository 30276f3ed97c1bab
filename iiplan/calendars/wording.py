"""What a meeting says in a calendar, in plain words; and the washing of words typed by people.

Text is cleaned twice: each piece before it goes into a sentence, so that no name can pose as a further line, and
everything again where it is written to a file.
"""

from __future__ import annotations

import re
from datetime import UTC

from iiplan.model import Block, Contact

__all__ = ["describe", "location", "many_lines", "one_line", "reminder", "summary"]

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
    who = _who(block, contact)
    organisation = one_line(contact.organisation) if contact else ""
    titled = f"{who} ({organisation})" if organisation else who
    return titled if block.place else f"Call: {titled}"


def location(block: Block, contact: Contact | None) -> str:
    """Where: the place on one line, or the number to call."""
    if block.place:
        return one_line(block.place.label)
    phone = one_line(contact.phone) if contact else ""
    return f"Call: {phone}" if phone else "Call"


def describe(block: Block, contact: Contact | None, timezone: str) -> str:
    """Everything one wants to know on the way there, in lines that end in ``\\n``.

    The block's hours are on the clocks of ``timezone``, which is named with them.
    """
    who = [_who(block, contact)]
    reach = []
    if contact:
        who.append(", ".join(part for part in (one_line(contact.role), one_line(contact.organisation)) if part))
        reach += [f"Phone: {one_line(contact.phone)}" if contact.phone.strip() else ""]
        reach += [f"E-mail: {one_line(contact.email)}" if contact.email.strip() else ""]
    kind = "Meeting in person" if block.place else "Call"
    minutes = round((block.end.astimezone(UTC) - block.start.astimezone(UTC)).total_seconds() / 60)
    what = [f"{kind}, {minutes} minutes, {block.start:%H:%M} to {block.end:%H:%M} ({timezone})"]
    if not block.fixed:
        what.append("Not agreed yet: this hour is a proposal.")
    if block.place:
        what.append(f"Where: {location(block, contact)}")
    paragraphs = (who, what, reach, [_way(block, timezone)])
    return "\n\n".join("\n".join(filter(None, lines)) for lines in paragraphs if any(lines))


def reminder(block: Block, contact: Contact | None) -> str:
    """What the alarm says when it rings."""
    who = _who(block, contact)
    if not block.place:
        return f"Soon: call with {who}"
    if block.leave_by is None:
        return f"Soon: {who}"
    return f"Leave now for {who}: {location(block, contact)}"


def _who(block: Block, contact: Contact | None) -> str:
    return one_line(contact.name if contact else block.title) or "Meeting"


def _way(block: Block, timezone: str) -> str:
    """The sentence on getting there; empty for a call, to which nobody travels."""
    if not block.place:
        return ""
    if block.leave_by is None:
        return "You are already there: no way to go."
    way = f", {block.travel_minutes} minutes on the way" if block.travel_minutes else ""
    return f"Leave by {block.leave_by:%H:%M} ({timezone}){way}."
