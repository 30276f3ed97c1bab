"""Values of contacts as the record of an import keeps them: JSON by the field's name."""

from __future__ import annotations

from dataclasses import asdict, fields
from enum import Enum

from iiplan.model import Contact, Coordinates, Place, PlaceOrigin

__all__ = ["as_json", "fields_given", "of_json"]

_FIELDS = tuple(field.name for field in fields(Contact) if field.name != "id")


def fields_given(before: Contact, after: Contact) -> dict[str, object]:
    """The fields in which ``after`` is another than ``before``, with the values of ``after``."""
    return {name: as_json(getattr(after, name)) for name in _FIELDS if getattr(after, name) != getattr(before, name)}


def as_json(value: object) -> object:
    """A value of a contact's as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Place):
        return {**asdict(value), "origin": value.origin.value}
    return list(value) if isinstance(value, tuple) else value


def of_json(name: str, value: object) -> object:
    """The value of a contact's field again."""
    if name == "place" and isinstance(value, dict):
        point = Coordinates(**value["at"])
        return Place(**{**value, "at": point, "origin": PlaceOrigin(value["origin"])})
    return tuple(value) if isinstance(value, list) else value
