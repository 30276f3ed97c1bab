"""A table of people in text: where it begins, what parts its cells, and its rows one at a time.

A stray quotation mark costs one row and not the rest.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from iiplan.errors import InputError
from iiplan.importers.fields import NAMES, Field
from iiplan.importers.guess import looks_like_data
from iiplan.importers.headings import fields_of
from iiplan.importers.spreadsheet import plain
from iiplan.importers.write_csv import HEADINGS

__all__ = ["FIRST_LINES", "MOST_ROWS", "Row", "Table", "is_heading", "made_headings", "read_rows", "read_table"]

FIRST_LINES = 30
MOST_ROWS = 50_000
MOST_LINES_A_ROW = 20
MOST_LINES_A_HEADING = 6
MOST_LINE = 5_000
SEPARATORS = (",", ";", "\t", "|")
_OF_PEOPLE = {Field.EMAIL, Field.PHONE, Field.ORGANISATION, Field.ROLE, Field.PROFILE_URL}
UNCLOSED = "a quotation mark opens here and is never closed; close it, or take it out"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One data row: its first line (from 1), text and cells. ``fault`` says why the cells cannot be trusted."""

    line: int
    raw: str
    cells: tuple[str, ...] = ()
    fault: str = ""
    short: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Headings as written and the rows below that are not empty. ``heading_line`` is 0 where there was no heading."""

    headings: tuple[str, ...]
    heading_line: int
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise InputError(
                f"The table has more than {MOST_ROWS:,} rows, more than anybody knows. Split it, and bring the parts."
            )


@dataclass(frozen=True, kw_only=True)
class _Start:
    cells: tuple[str, ...]
    separator: str
    first: int  # line of the heading, from 1
    last: int


def read_table(text: str) -> Table | None:
    """The table in a text; None when there is none.

    The heading is the first of the first thirty lines that names a person and one more known thing; failing that, the
    first line of a block whose lines part into equally many cells, or made-up headings when that line is data itself.
    """
    lines = _lines(text)
    known = _known_heading(lines)
    start = known or _unknown_heading(lines)
    if start is None:
        return None
    width = max(number for number, cell in enumerate(start.cells, start=1) if cell.strip())
    after, headings = start.last, start.cells[:width]
    if headings == HEADINGS:
        written = _written_by_us(lines, after)
        if written is not None:
            return Table(headings=headings, heading_line=start.first, rows=written)
    bare = known is None and looks_like_data(headings)
    if bare:
        after, headings = start.first - 1, made_headings(width)
    found: list[Row] = []
    for row in read_rows(text, start.separator, after_line=after, columns=width):
        found.append(row)
        if len(found) > MOST_ROWS:
            break
    return Table(headings=headings, heading_line=0 if bare else start.first, rows=tuple(found))


def is_heading(cells: Sequence[str]) -> bool:
    """Whether cells name a person and one more thing, or two things that only people have."""
    known = {field for field in fields_of(cells) if field is not Field.IGNORED}
    return (bool(known & set(NAMES)) and len(known) > 1) or len(known & _OF_PEOPLE) > 1


def made_headings(width: int) -> tuple[str, ...]:
    """Headings for a table that has none."""
    return tuple(f"Column {number}" for number in range(1, width + 1))


def read_rows(text: str, separator: str, *, after_line: int, columns: int) -> Iterator[Row]:
    """The rows below line ``after_line`` that are not empty, in order.

    Lines end with LF, CR LF or CR; a quoted cell may hold some. ``columns`` is the width of the heading.
    """
    lines = _lines(text)
    lines.append("\n")  # a quotation mark left open in the last line runs on into this one
    index = after_line
    while index < len(lines) - 1:
        reader = csv.reader(lines[index : index + MOST_LINES_A_ROW + 1], delimiter=separator)
        try:
            cells = tuple(next(reader, []))
            used, fault = reader.line_num, ""
        except csv.Error:  # a cell above 128 KB, say
            cells, used, fault = (), 1, "the row cannot be read as cells; check its quotation marks"
        past_the_end = index + used >= len(lines)
        if past_the_end or (used > 1 and _runs_on(lines[index : index + used], cells, separator, columns)):
            cells, used, fault = (), 1, UNCLOSED
        raw = "".join(lines[index : index + used]).rstrip("\r\n")
        if fault or any(cell.strip("\x00 \t\r\n\ufeff") for cell in cells):
            yield _row(index + 1, raw, cells or tuple(raw.replace('"', "").split(separator)), fault, columns)
        index += max(1, used)


def _written_by_us(lines: Sequence[str], after: int) -> tuple[Row, ...] | None:
    """The rows of our own export as they were before it; None when a row is not whole.

    Its notes may have any number of lines, with separators in them, at which the careful reading would give up.
    """
    reader, found, first = csv.reader(lines[after:], strict=True), [], after
    try:
        for cells in reader:
            raw = "".join(lines[first : after + reader.line_num]).rstrip("\r\n")
            if any(cells):
                if len(cells) != len(HEADINGS):
                    return None
                found.append(Row(line=first + 1, raw=raw, cells=tuple(map(plain, cells))))
            first = after + reader.line_num
    except csv.Error:
        return None
    return tuple(found)


def _lines(text: str) -> list[str]:
    return list(StringIO(text, newline=""))  # keeps each line's own end


def _row(line: int, raw: str, cells: tuple[str, ...], fault: str, columns: int) -> Row:
    if not fault and any(cell.strip() for cell in cells[columns:]):
        fault = f"{len(cells)} cells, but the heading has {columns}; is a separator inside one of them not quoted?"
    return Row(line=line, raw=raw, cells=cells, fault=fault, short=len(cells) < columns)


def _runs_on(lines: list[str], cells: tuple[str, ...], separator: str, columns: int) -> bool:
    """Whether a row over several lines swallowed rows that are not its own."""
    if len(lines) > MOST_LINES_A_ROW or "".join(lines).count('"') % 2:
        return True
    inside = (part for cell in cells if "\n" in cell or "\r" in cell for part in cell.splitlines())
    return columns > 2 and any(part.count(separator) >= columns - 1 for part in inside)


def _known_heading(lines: Sequence[str]) -> _Start | None:
    for index in range(min(FIRST_LINES, len(lines))):
        found = [start for separator in SEPARATORS if (start := _start(lines, index, separator)) is not None]
        known = [start for start in found if is_heading(start.cells)]
        if known:
            return max(known, key=lambda start: sum(field is not Field.IGNORED for field in fields_of(start.cells)))
    return None


def _unknown_heading(lines: Sequence[str]) -> _Start | None:
    """The first line of the longest run of lines that a separator parts into equally many cells."""
    best: tuple[int, _Start] | None = None
    for separator in SEPARATORS:
        starts = [_start(lines, index, separator) for index in range(min(FIRST_LINES, len(lines)))]
        widths = Counter(len(start.cells) for start in starts if start is not None and len(start.cells) > 1)
        for width, count in widths.most_common(1):
            block = (start for start in starts if start is not None and len(start.cells) == width)
            first = next((start for start in block if sum(bool(cell.strip()) for cell in start.cells) > 1), None)
            if first is not None and (best is None or count > best[0]):
                best = (count, first)
    return best[1] if best is not None and best[0] > 1 else None


def _start(lines: Sequence[str], index: int, separator: str) -> _Start | None:
    """The record that starts in a line, parted by ``separator``; None when it is longer than a heading may be."""
    if separator not in lines[index]:
        return None
    given = [line[:MOST_LINE].replace("\x00", "") for line in lines[index : index + MOST_LINES_A_HEADING]]
    reader = csv.reader(given, delimiter=separator)
    try:
        cells = tuple(next(reader, []))
    except csv.Error:
        return None
    if reader.line_num > 1 and "".join(given[: reader.line_num]).count('"') % 2:
        return None
    return _Start(cells=cells, separator=separator, first=index + 1, last=index + reader.line_num)
