"""Excel workbooks (.xlsx): the sheet that holds people, read without formulas and within bounds."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from iiplan.errors import InputError
from iiplan.importers.guess import looks_like_data
from iiplan.importers.table import FIRST_LINES, MOST_ROWS, Row, Table, is_heading, made_headings

__all__ = ["is_workbook", "read_workbook"]

MOST_UNPACKED = 200_000_000  # bytes
MOST_PARTS = 2_000
MOST_SHEETS = 20
MOST_COLUMNS = 200
MOST_CELL = 32_767  # what Excel itself keeps
# A document type is how XML is made to explode.
_EXPLODES = "The workbook has a document type in it, which no spreadsheet program writes. Save it as 'CSV UTF-8'."
_DAMAGED = "The workbook cannot be read; it may be damaged. Open it and save it again as 'Excel workbook (.xlsx)'."


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive with a workbook's parts."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return False


def read_workbook(data: bytes) -> Table | None:
    """The table of the first sheet with a heading that names people, else of the first that has two rows; None: none.

    Formulas count as the value Excel last saw. Raises ``InputError`` for what is damaged or far too large.
    """
    _require_sound(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations that openpyxl does not know are none of ours
        try:
            return _table(data)
        except InputError:
            raise
        # openpyxl lets whatever goes wrong inside a damaged part through: KeyError, TypeError, errors of the XML parser
        except Exception as error:
            raise InputError(_DAMAGED) from error


def _require_sound(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise InputError(
                    f"The workbook is more than {MOST_UNPACKED // 1_000_000} MB when unpacked. Save the sheet with the "
                    "people as 'CSV UTF-8' and bring that."
                )
            for part in parts:
                if part.flag_bits & 1:
                    raise InputError("The workbook has a password. Save it without one, or as 'CSV UTF-8'.")
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(4_096).replace(b"\x00", b""):
                            raise InputError(_EXPLODES)
    except InputError:
        raise
    except Exception as error:  # zipfile and zlib raise many things on damaged archives
        raise InputError(_DAMAGED) from error


def _table(data: bytes) -> Table | None:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    fallback: Table | None = None
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()  # some programs write a wrong one
            rows = _rows(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
            found, named = _of_sheet(rows)
            if named:
                return found
            fallback = fallback or found
    finally:
        book.close()
    return fallback


def _rows(values: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The number and texts of each row that is not empty."""
    empty = 0
    for number, row in enumerate(values, start=1):
        cells = tuple(_text(value) for value in row)
        if any(cells):
            empty = 0
            yield number, cells
        else:
            empty += 1
            if empty > 10_000:  # a formatted, empty rest of the sheet
                return


def _of_sheet(rows: Iterator[tuple[int, tuple[str, ...]]]) -> tuple[Table | None, bool]:
    """The table of a sheet, and whether its heading names people."""
    first: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in rows:
        if number <= FIRST_LINES and is_heading(cells):
            return _below(number, cells, [], rows), True
        first.append((number, cells))
        if number >= FIRST_LINES:
            break
    start = next((index for index, (_, cells) in enumerate(first) if sum(map(bool, cells)) > 1), None)
    if start is None:
        return None, False
    number, cells = first[start]
    if looks_like_data(cells):
        width = max(index for index, cell in enumerate(cells, start=1) if cell)
        return _below(0, made_headings(width), first[start:], rows), False
    return _below(number, cells, first[start + 1 :], rows), False


def _below(
    number: int,
    heading: tuple[str, ...],
    read: list[tuple[int, tuple[str, ...]]],
    rest: Iterator[tuple[int, tuple[str, ...]]],
) -> Table:
    width = max(index for index, cell in enumerate(heading, start=1) if cell)
    found: list[Row] = []
    for line, cells in (*read, *rest) if len(read) else rest:
        raw = "; ".join(cell for cell in cells if cell)
        fault = f"{len(cells)} cells, but the heading has {width}" if any(cells[width:]) else ""
        found.append(Row(line=line, raw=raw, cells=cells if fault else cells[:width], fault=fault))
        if len(found) > MOST_ROWS:
            break
    return Table(headings=heading[:width], heading_line=number, rows=tuple(found))


def _text(value: object) -> str:
    if value is None or value is False or value is True:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value).strip()
    return (
        "" if text.startswith("#") and text in {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"} else text[:MOST_CELL]
    )
