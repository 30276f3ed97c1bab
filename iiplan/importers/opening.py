"""Files of people, opened: what kind each is by its content, and what it would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from iiplan.errors import InputError
from iiplan.importers.archive import is_archive, unpacked
from iiplan.importers.cards import holds_cards, read_vcards
from iiplan.importers.fields import Field, FileKind
from iiplan.importers.guess import guess_fields, guess_kind
from iiplan.importers.headings import fields_of, folded
from iiplan.importers.rejects import cards_to_correct, rows_to_correct
from iiplan.importers.result import ImportResult, RejectedRow
from iiplan.importers.rows import read_people
from iiplan.importers.table import FIRST_LINES, Table, read_table
from iiplan.importers.textfile import MOST_BYTES, decode
from iiplan.importers.workbook import is_workbook, read_workbook

__all__ = ["OpenedFile", "files_in", "open_file"]


@dataclass(frozen=True, kw_only=True)
class OpenedFile:
    """A file whose kind is known. ``table`` is None for vCards, ``text`` empty for tables."""

    name: str
    kind: FileKind
    table: Table | None = None
    text: str = ""

    @property
    def fingerprint(self) -> str:
        """What two tables with the same headings share; empty for vCards."""
        if self.table is None:
            return ""
        return sha256("\n".join(folded(heading) for heading in self.table.headings).encode()).hexdigest()[:32]

    def guessed_fields(self) -> tuple[Field, ...]:
        """What each column of the table is, as far as can be told; none for vCards."""
        if self.table is None:
            return ()
        rows = [row.cells for row in self.table.rows[:200] if not row.fault]
        return guess_fields(self.table.headings, rows, self.kind)

    def read(self, fields: Sequence[Field] | None = None) -> ImportResult:
        """The people in it, by what each column is (None: as guessed). ``InputError`` when nobody can come of it."""
        if self.table is None:
            found = read_vcards(self.text)
        else:
            found = read_people(self.table, self.guessed_fields() if fields is None else fields)
        return ImportResult(
            people=tuple(replace(one, file=self.name) for one in found.people),
            rejected=tuple(replace(one, file=self.name) for one in found.rejected),
            rows=found.rows,
        )

    def to_correct(self, rejected: Sequence[RejectedRow]) -> tuple[str, bytes]:
        """The rejected rows as a file of the same kind, and the ending of its name."""
        if self.table is None:
            return "vcf", cards_to_correct(rejected)
        headings = [
            heading
            for heading, field in zip(self.table.headings, fields_of(self.table.headings), strict=True)
            if field is not Field.REASON
        ]
        return "csv", rows_to_correct(headings, rejected)


def files_in(name: str, data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The file itself, or the files of people in it when it is an archive."""
    if len(data) <= MOST_BYTES and is_archive(data) and not is_workbook(data):
        return unpacked(data)
    return ((name, data),)


def open_file(name: str, data: bytes, kind: FileKind | None = None) -> OpenedFile:
    """A file of people; its kind is found by its content unless it is given.

    Raises ``InputError`` with the cure for what is no file of people, or not of the kind given.
    """
    if len(data) <= MOST_BYTES and is_archive(data) and is_workbook(data):
        table, text = read_workbook(data), ""
    else:
        text = decode(data)
        if holds_cards(text) and kind in {None, FileKind.VCARD}:
            return OpenedFile(name=name, kind=FileKind.VCARD, text=text)
        table = read_table(text)
    if kind is FileKind.VCARD:
        raise InputError(
            "There is no BEGIN:VCARD in this file, so it is no vCard. Choose another kind, or another file."
        )
    if table is None:
        start = " ".join(text[:60].replace("\x00", "").split())
        begins = f" It begins with {start!r}." if start else ""
        raise InputError(
            f"No table of people was found: no heading such as First Name and Last Name in the first {FIRST_LINES} "
            f"lines.{begins} Choose another file, or save the sheet with its heading as 'CSV UTF-8'."
        )
    found = kind or guess_kind(table.headings, fields_of(table.headings))
    return OpenedFile(name=name, kind=found, table=table)
