"""Text on its way into a spreadsheet and back: never run as a formula, lists in one cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

__all__ = ["BYTE_ORDER_MARK", "csv_file", "harmless", "joined", "plain", "split"]

BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine

# What a spreadsheet may take for the beginning of a formula, also in full width (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text: str) -> str:
    """The text, kept text by an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def plain(text: str) -> str:
    """The text that ``harmless`` made this of."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def joined(texts: Iterable[str]) -> str:
    """Several texts in one cell: 'a; b'. A semicolon or backslash inside one has a backslash before it."""
    return "; ".join(text.replace("\\", "\\\\").replace(";", "\\;") for text in texts)


def split(cell: str) -> tuple[str, ...]:
    """The texts that ``joined`` put into a cell, without the blanks around them; empty ones left out."""
    texts, current, escaped = [], "", False
    for character in cell:
        if escaped or character not in "\\;":
            current, escaped = current + character, False
        elif character == "\\":
            escaped = True
        else:
            texts.append(current)
            current = ""
    return tuple(text for text in map(str.strip, (*texts, current)) if text)


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV (RFC 4180): UTF-8 with its mark, every cell in quotation marks, no text a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()
