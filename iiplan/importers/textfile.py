"""The bytes of a text file, made into text whatever program saved it."""

from __future__ import annotations

import codecs

from iiplan.errors import InputError

__all__ = ["MOST_BYTES", "REPLACEMENT", "decode"]

MOST_BYTES = 25_000_000
REPLACEMENT = "\ufffd"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16, so it is tried before
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WANTED = "Choose a file of people: CSV, vCard (.vcf) or Excel (.xlsx)."


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or UTF-32 with or without a mark, or in Windows' Western code page.

    A byte that no reading explains becomes U+FFFD. Raises ``InputError`` for a file that is no text: empty, an archive,
    a spreadsheet, a picture, a web page; and for one above 25 MB.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"The file has {len(data) / 1e6:.1f} MB, and 25 MB are the most. Split it, or choose another.")
    _refuse_other_kinds(data)
    mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", ""))
    text = data[len(mark) :].decode(encoding or _unmarked_encoding(data), errors="replace")
    if not text.strip("\x00\ufeff \t\r\n"):
        raise InputError("The file is empty. Download it again; it should be a few kilobytes at least.")
    return text


def _refuse_other_kinds(data: bytes) -> None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise InputError(f"This is a zip archive that cannot be opened here. {_WANTED}")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "This is an old Excel workbook (.xls), or one with a password. Open it and save it as 'Excel workbook "
            "(.xlsx)' without a password, or as 'CSV UTF-8', then choose that file."
        )
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise InputError(f"This is neither text nor a workbook. {_WANTED}")
    if data[:200].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise InputError(
            "This is a web page, not a file of people; the download may have needed a sign-in. Download it again."
        )


def _unmarked_encoding(data: bytes) -> str:
    sample = data[:4000]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.4 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    text = data.decode("utf-8", errors="replace")
    broken = text.count(REPLACEMENT)
    sound = sum(1 for character in text if character > "\x7f") - broken if broken else 0
    return "cp1252" if broken > sound else "utf-8"
