"""Day sheets as a PDF, set by typst from data: no text of a sheet is ever read as markup."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import typst

from iiplan.briefing.day_sheet import DaySheet, Paper, sheet_document
from iiplan.briefing.typesetting import typeset
from iiplan.resources import data_folder

__all__ = ["SheetPdf", "boxes_sentence", "sheets_pdf"]

_LINKS = {"map", "tel", "mailto", "profile"}
# Words without a blank, but for scripts that are broken between any letters or by a dictionary.
_TOO_LONG = re.compile(r"[^\s\u0e00-\u109f\u1780-\u17ff\u2e80-\U0010ffff]{35,}")
_AFTER_TWELVE = re.compile(r".{12}(?=\w)")  # never before a mark that belongs to the letter before it
_SCRIPTS = {
    "CJK": "Chinese characters",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
}
_NOT_A_SCRIPT = {"Cf", "Cc", "Mn", "Me", "Zs"}  # joiners and marks: they go with a letter that is named


@dataclass(frozen=True, kw_only=True)
class SheetPdf:
    """A PDF, and what it shows boxes for, by name and sorted: no installed font has these letters."""

    content: bytes
    boxes: tuple[str, ...] = ()


def sheets_pdf(sheets: Sequence[DaySheet], paper: Paper = Paper.A4) -> SheetPdf:
    """The sheets, each on pages of its own. The same sheets, paper and installed fonts give the same bytes.

    InputError when the PDF cannot be set at all.
    """
    documents = [sheet_document(sheet) for sheet in sheets]
    data = json.dumps({"paper": _PAPERS[paper], "sheets": _breakable(documents)}, ensure_ascii=False)
    compiler = typst.Compiler(str(data_folder() / "day_sheet" / "sheet.typ"), sys_inputs={"data": data})
    content, missing = typeset(compiler, instead="Print the HTML instead.")
    return SheetPdf(content=content, boxes=_named(missing))


def boxes_sentence(boxes: Sequence[str]) -> str:
    """What to do about letters that no font has; empty when there are none."""
    if not boxes:
        return ""
    listed = boxes[0] if len(boxes) == 1 else f"{', '.join(boxes[:-1])} and {boxes[-1]}"
    return f"The PDF shows boxes for {listed}: install a font such as Noto, or print the HTML instead."


def _breakable(words: object, key: str = "") -> object:
    """The same words, those too long for a line with places to break at; addresses of links as they are."""
    if isinstance(words, dict):
        return {name: _breakable(value, name) for name, value in words.items()}
    if isinstance(words, list):
        return [_breakable(value, key) for value in words]
    if not isinstance(words, str) or key in _LINKS:
        return words
    return _TOO_LONG.sub(lambda found: _AFTER_TWELVE.sub(lambda part: part[0] + "\u200b", found[0]), words)


_PAPERS = {Paper.A4: "a4", Paper.LETTER: "us-letter"}


def _named(letters: Iterable[str]) -> tuple[str, ...]:
    """What scripts the letters are of; 'other characters' when nothing better is known."""
    found = set(letters)
    names = {_script(letter) for letter in found if unicodedata.category(letter) not in _NOT_A_SCRIPT}
    return tuple(sorted(names or ({"other characters"} if found else ())))


def _script(letter: str) -> str:
    word = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    if unicodedata.category(letter) in {"So", "Sk", "Cn", "Co"} or not word:
        return "symbols and emoji"
    return _SCRIPTS.get(word, word.capitalize() if unicodedata.category(letter)[0] in "LMN" else "other characters")
