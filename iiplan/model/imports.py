"""Imports: files of people that were taken in, and what each brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from iiplan.model._checks import require_aware, require_range, require_text

__all__ = ["Brought", "Import", "ImportedFile"]


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """The name of a file, and the word for its kind (linkedin, google, outlook, vcard, table)."""

    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Import:
    """One import of one or several files, with how many of their rows were what. ``undone_at``: it was taken back."""

    id: str
    at: datetime
    files: tuple[ImportedFile, ...]
    new: int
    updated: int
    known: int
    rejected: int
    undone_at: datetime | None = None

    def __post_init__(self) -> None:
        require_text(self.id, "The import's id")
        require_aware(self.at, "The time of the import")
        for number, what in (
            (self.new, "new"),
            (self.updated, "updated"),
            (self.known, "known"),
            (self.rejected, "unreadable"),
        ):
            require_range(number, f"The number of {what} rows", 0, 10**9)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What an import brought to one contact: the values of fields ``before`` and ``after`` it.

    ``before`` is None when the import brought the contact itself; ``after`` then has every field that is not as in a
    contact without anything. Values are JSON.
    """

    contact_id: str
    before: Mapping[str, object] | None
    after: Mapping[str, object]
