"""What reading a file of people gives: the people, and every row that is none with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iiplan.errors import InputError
from iiplan.model import Contact, Place

__all__ = ["ImportResult", "ImportedPerson", "RejectedRow"]


@dataclass(frozen=True, kw_only=True)
class ImportedPerson:
    """One row (or card) that is a person. Every text is one that a ``Contact`` accepts, else InputError.

    ``line`` is where the row starts in the file, from 1; ``problems`` are sentences about what was left out or
    changed on the way in, empty when nothing was. Of several addresses, numbers or links the first is the one to use.
    """

    line: int
    name: str
    role: str = ""
    organisation: str = ""
    city: str = ""
    email: str = ""
    other_emails: tuple[str, ...] = ()
    phone: str = ""
    other_phones: tuple[str, ...] = ()
    profile_url: str = ""
    links: tuple[str, ...] = ()
    address: str = ""
    place: Place | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    connected_on: date | None = None
    problems: tuple[str, ...] = ()
    file: str = ""

    def __post_init__(self) -> None:
        Contact(
            id="row",
            name=self.name,
            role=self.role,
            organisation=self.organisation,
            city=self.city,
            email=self.email,
            other_emails=self.other_emails,
            phone=self.phone,
            other_phones=self.other_phones,
            profile_url=self.profile_url,
            links=self.links,
            address=self.address,
            tags=self.tags,
            notes=self.notes,
        )

    @property
    def emails(self) -> tuple[str, ...]:
        """All e-mail addresses."""
        return (*((self.email,) if self.email else ()), *self.other_emails)

    @property
    def phones(self) -> tuple[str, ...]:
        """All phone numbers, as written."""
        return (*((self.phone,) if self.phone else ()), *self.other_phones)


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """One row that is no person: the line it starts on, why, and its text, cut to 500 characters.

    ``cells`` is the whole row for handing it back; a card is one cell, its text.
    """

    line: int
    reason: str
    raw: str
    cells: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """Everything a file held. ``rows`` counts its data rows, not the empty ones; each is a person or rejected."""

    people: tuple[ImportedPerson, ...]
    rejected: tuple[RejectedRow, ...]
    rows: int

    def __post_init__(self) -> None:
        if len(self.people) + len(self.rejected) != self.rows:
            raise InputError(
                f"{self.rows} rows were read, but {len(self.people)} people and {len(self.rejected)} rejected rows "
                "came out. Read the file again."
            )
