"""A PDF by typst, and the letters in it that no font of the machine has."""

from __future__ import annotations

import re
from typing import Literal

import typst

from iiplan.errors import InputError

__all__ = ["typeset"]

# What the accessibility standard PDF/UA complains of when a font lacks a letter; a box is drawn in its place.
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(compiler: typst.Compiler, *, instead: str) -> tuple[bytes, tuple[str, ...]]:
    """The PDF, and each letter without a glyph once, as named: boxes stand in their places.

    Where every letter has one, the file keeps to PDF/UA-1, which screen readers can follow; that standard is also what
    finds the letters without. The same text and fonts give the same bytes. InputError when it cannot be set at all;
    ``instead`` says what to do then.
    """
    try:
        return _pdf(compiler, "ua-1"), ()
    except typst.TypstError as error:
        texts = "".join(_NO_GLYPH.findall(error.diagnostic))
        missing = tuple(dict.fromkeys(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), texts)))
    try:
        return _pdf(compiler, "1.7"), missing
    except typst.TypstError as error:
        raise InputError(f"The PDF cannot be made: {error.message}. {instead}") from error


def _pdf(compiler: typst.Compiler, standard: Literal["ua-1", "1.7"]) -> bytes:
    # Without a moment of its own the file would carry the time of its making, and differ each time.
    made = compiler.compile(format="pdf", pdf_standards=standard, timestamp=0)
    assert isinstance(made, bytes), "a PDF is one file"
    return made
