"""Organisations that may be hiring, as people said in meetings: each once, with who said it and who is known there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iiplan.model import Debrief

__all__ = ["HiringLead", "Said", "hiring_leads", "read_hiring"]

_END_OF_NAME = re.compile(r"[,;:(]|\s[-–—]\s")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who (contact id) said it, in the meeting of which day, and what else stood on the line."""

    contact_id: str
    on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class HiringLead:
    """One organisation, the latest word on it first. ``known`` are ids of contacts there.

    It is spelled as with the first of them, or else as it was said last.
    """

    name: str
    said: tuple[Said, ...]
    known: tuple[str, ...]


def hiring_leads(debriefs: Iterable[Debrief], workplaces: Mapping[str, str]) -> tuple[HiringLead, ...]:
    """What the latest versions of debriefs say, those named by most people first, then the latest.

    ``workplaces``: the organisation of everybody by contact id; debriefs of others are passed over. Names that differ
    in capitals and blanks only are one organisation.
    """
    found: dict[str, list[tuple[str, Said]]] = {}
    for debrief in debriefs:
        if debrief.contact_id in workplaces:
            for line in debrief.text.hiring.splitlines():
                name, words = read_hiring(line)
                if name:
                    said = Said(contact_id=debrief.contact_id, on=debrief.met_on, words=words)
                    found.setdefault(_folded(name), []).append((name, said))
    there: dict[str, list[str]] = {}
    for contact_id, organisation in workplaces.items():
        there.setdefault(_folded(organisation), []).append(contact_id)
    leads = []
    for key, several in found.items():
        several.sort(key=lambda one: one[1].on, reverse=True)
        known = tuple(there.get(key, ()))
        name = workplaces[known[0]] if known else several[0][0]
        leads.append(HiringLead(name=name, said=tuple(said for _, said in several), known=known))
    return tuple(
        sorted(
            leads,
            key=lambda lead: (
                -len({said.contact_id for said in lead.said}),
                -lead.said[0].on.toordinal(),
                _folded(lead.name),
            ),
        )
    )


def read_hiring(line: str) -> tuple[str, str]:
    """The name and the rest of a line: the name ends at the first comma, semicolon, colon, bracket or loose dash."""
    line = " ".join(line.split()).lstrip("-*•– ")
    end = _END_OF_NAME.search(line)
    if end is None:
        return line, ""
    return line[: end.start()].strip(), line[end.start() :].strip(" ,;:()-–—")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
