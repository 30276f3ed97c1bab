"""Rows that could not be read, handed back as a file: corrected there, it can be imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from iiplan.importers.headings import REASON_HEADING
from iiplan.importers.result import RejectedRow

__all__ = ["GUARDED", "REASON_PROPERTY", "cards_to_correct", "guarded", "rows_to_correct"]

# What a spreadsheet program takes for the start of a formula. The mark before it is taken off again on reading, so one
# that stands there already gets another.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
REASON_PROPERTY = "X-IIPLAN-REASON"


def rows_to_correct(headings: Sequence[str], rejected: Iterable[RejectedRow]) -> bytes:
    """CSV in UTF-8 with a mark: why, then the columns of the file. No cell is a formula."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([REASON_HEADING, *map(guarded, headings)])
    for row in rejected:
        writer.writerow([guarded(f"line {row.line}: {row.reason}"), *map(guarded, row.cells)])
    return out.getvalue().encode("utf-8-sig", "replace")


def cards_to_correct(rejected: Iterable[RejectedRow]) -> bytes:
    """A vCard file of the cards as they were, each with the reason in a property of its own."""
    cards = []
    for row in rejected:
        begin, _, rest = "\n".join(row.cells).partition("\n")
        reason = " ".join(row.reason.split())
        cards.append(f"{begin.strip()}\n{REASON_PROPERTY}:{reason}\n{rest.strip()}\n")
    return "".join(cards).replace("\n", "\r\n").encode("utf-8", "replace")


def guarded(cell: str) -> str:
    """The cell, with a mark before it where a spreadsheet program would run it."""
    return f"'{cell}" if cell.startswith(GUARDED) else cell
