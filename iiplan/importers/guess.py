"""What each column of a table is: by its heading, and by what its cells look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from iiplan.importers.fields import NAMES, Field, FileKind
from iiplan.importers.headings import fields_of, folded, is_refused

__all__ = ["guess_fields", "guess_kind", "looks_like_data"]

SAMPLE = 200  # rows that are looked at
MOSTLY = 0.6

_EMAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:.]{2,}")
_URL = re.compile(r"(?:https?://|www\.)\S+|(?:[a-z]{2}\.)?linkedin\.com/\S+", re.IGNORECASE)
_PROFILE = re.compile(r"linkedin\.com/|xing\.com/profile|orcid\.org/|github\.com/", re.IGNORECASE)
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)(?:\+|00|\(?0)?[\d ()./\-\u2011\u2013]{6,24}")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ].*)?")
_NAME = re.compile(r"[^\W\d_][\w'\u2019.]*(?:[ -][^\W\d_][\w'\u2019.]*){1,3}")
_TITLE_WORDS = "dr dr. mr mr. mrs mrs. ms ms. miss prof prof. herr frau m. mme sir mag. dipl.-ing. ing."
_TITLES = frozenset(_TITLE_WORDS.split())

_GOOGLE = (
    {"givenname", "familyname", "groupmembership"},
    {"firstname", "lastname", "labels"},
    {"name", "groupmembership"},
)
_OUTLOOK = ("jobtitle", "businessstreet", "businessphone", "homestreet", "email2address", "emaildisplayname")


def guess_kind(headings: Sequence[str], fields: Sequence[Field]) -> FileKind:
    """Which program wrote a table with these headings."""
    names = {folded(heading) for heading in headings}
    if any(folded(f"E-mail 1 - {end}") in names for end in ("Value", "Label", "Type")) or any(
        wanted <= names for wanted in _GOOGLE
    ):
        return FileKind.GOOGLE
    if Field.CONNECTED_ON in fields or {"firstname", "lastname", "company", "position"} <= names:
        return FileKind.LINKEDIN
    if "firstname" in names and ("emailaddress" in names or "email" in names) and names & set(_OUTLOOK):
        return FileKind.OUTLOOK
    return FileKind.TABLE


def guess_fields(
    headings: Sequence[str], rows: Sequence[Sequence[str]], kind: FileKind | None = None
) -> tuple[Field, ...]:
    """What each column becomes. ``rows`` are the cells below the heading; the first two hundred are looked at."""
    fields = list(fields_of(headings))
    for index, field in enumerate(fields):
        fields[index] = _by_cells(field, headings[index], _sample(rows, index))
    if kind is FileKind.OUTLOOK:  # "Title" is how somebody is addressed there, whatever the cells say
        fields = [
            Field.PREFIX if folded(heading) == "title" else field
            for heading, field in zip(headings, fields, strict=True)
        ]
    if not any(field in NAMES for field in fields):
        for index, field in enumerate(fields):
            cells = _sample(rows, index)
            if field is Field.IGNORED and _mostly(cells, _NAME.fullmatch) and len(set(cells)) > len(cells) / 2:
                fields[index] = Field.NAME
                break
    return tuple(fields)


def looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a line that might be a heading holds what only a row does: an address, a number, a link, a date."""
    return any(shape.fullmatch(cell.strip()) for cell in cells for shape in (_EMAIL, _URL, _PHONE, _DATE))


def _by_cells(field: Field, heading: str, cells: Sequence[str]) -> Field:
    """The field, corrected by what stands in the column."""
    if not cells or field in {Field.REASON, Field.NOTES} or is_refused(heading):
        return field
    if field is Field.ROLE and _mostly([cell.casefold() for cell in cells], _TITLES.__contains__):
        return Field.PREFIX
    if field is not Field.EMAIL and _mostly(cells, _EMAIL.fullmatch):
        return Field.EMAIL
    if field in {Field.IGNORED, Field.PROFILE_URL, Field.LINK} and _mostly(cells, _URL.fullmatch):
        return Field.PROFILE_URL if field is Field.PROFILE_URL or _mostly(cells, _PROFILE.search) else Field.LINK
    dated = _mostly(cells, _DATE.fullmatch)
    if field is Field.IGNORED and not dated and _mostly(cells, _PHONE.fullmatch) and _may_be_phones(cells):
        return Field.PHONE
    return field


def _may_be_phones(cells: Sequence[str]) -> bool:
    """Bare digits are often keys of some other kind; a number to call starts with + or 0, or has gaps."""
    return _mostly(cells, lambda cell: cell[0] in "+0(" or any(mark in cell for mark in " -/."))


def _sample(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    found = (row[index][:200].strip() for row in rows[:SAMPLE] if index < len(row))
    return [cell for cell in found if cell]


def _mostly(cells: Sequence[str], test: Callable[[str], object]) -> bool:
    return bool(cells) and sum(1 for cell in cells if test(cell)) >= MOSTLY * len(cells)
