"""The rows of a table in text, one at a time, so that a stray quotation mark costs one row and not the rest."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

__all__ = ["Row", "read_rows"]

MOST_LINES_A_ROW = 20
UNCLOSED = "a quotation mark opens here and is never closed; close it, or take it out"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One data row: its first line (from 1), text and cells. ``fault`` says why the cells cannot be trusted."""

    line: int
    raw: str
    cells: tuple[str, ...] = ()
    fault: str = ""
    short: bool = False


def read_rows(text: str, separator: str, *, after_line: int, columns: int) -> Iterator[Row]:
    """The rows below line ``after_line`` that are not empty, in order.

    Lines end with LF, CR LF or CR; a quoted cell may hold some. ``columns`` is the width of the heading.
    """
    lines = list(StringIO(text, newline=""))  # keeps each line's own end
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
            yield _row(index + 1, raw, cells, fault, columns)
        index += max(1, used)


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
