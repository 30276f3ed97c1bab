"""Organisations that may be hiring, as people said, with who said it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iiplan.model import Contact, Debrief

__all__ = ["Hiring", "hiring"]

_END_OF_NAME = re.compile(r"[,;:(]|\s[-–—]\s")


@dataclass(frozen=True, kw_only=True)
class Hiring:
    """One organisation that may be hiring: what was said of it, by whom (contact id and name), on which day."""

    organisation: str
    said: str
    contact_id: str
    name: str
    on: date


def hiring(debriefs: Iterable[Debrief], contacts: Iterable[Contact]) -> tuple[Hiring, ...]:
    """What the latest versions of debriefs say, one organisation a line, the latest said first.

    The name ends at the first comma, semicolon, colon, bracket or free-standing dash; the rest is what was said of it.
    """
    names = {contact.id: contact.name for contact in contacts}
    found = [
        Hiring(organisation=name, said=said, contact_id=one.contact_id, name=names[one.contact_id], on=one.met_on)
        for one in debriefs
        if one.contact_id in names
        for name, said in map(_read, one.text.hiring.splitlines())
        if name
    ]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _read(line: str) -> tuple[str, str]:
    line = " ".join(line.split()).lstrip("-*•– ")
    end = _END_OF_NAME.search(line)
    if end is None:
        return line, ""
    return line[: end.start()].strip(), line[end.start() :].strip(" ,;:()-–—")
