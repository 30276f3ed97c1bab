"""Problem documents with one thing changed, for tests that ask the oracle about them."""

from __future__ import annotations

import copy


def with_person(document: dict, who: str, **changes: object) -> dict:
    """The document with some keys of one candidate set; the keys set to None that have to be absent are removed."""
    return document | {"candidates": [p | changes if p["id"] == who else p for p in document["candidates"]]}


def fixed_at(document: dict, **starts: str) -> dict:
    """The document with candidates fixed at local times."""
    for who, start in starts.items():
        document = with_person(document, who, fixed_start=start)
    return document


def without(document: dict, *people: str) -> dict:
    """The document without some candidates."""
    return document | {"candidates": [p for p in document["candidates"] if p["id"] not in people]}


def with_day(document: dict, date: str, **changes: object) -> dict:
    """The document with some keys of one day set."""
    changed = copy.deepcopy(document)
    changed["days"] = [day | changes if day["date"] == date else day for day in changed["days"]]
    return changed
