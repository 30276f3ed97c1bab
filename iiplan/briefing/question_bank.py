"""The bank of questions as plain-text files: one a theme, one question a line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from iiplan.errors import InputError
from iiplan.model import Audience, Question, Theme

__all__ = ["QuestionBank", "read_bank"]

_CURE = "A line is a question, a comment after #, or begins with [whom it suits] or with ! for the last ones of all."
_LINE = re.compile(r"(?:\[(?P<suits>[^\]]*)\]|(?P<last>!))?\s*(?P<text>.*)")


@dataclass(frozen=True, kw_only=True)
class QuestionBank:
    """``questions`` by theme, then as the files have them; ``closing`` are those that end every list."""

    questions: tuple[Question, ...]
    closing: tuple[Question, ...]


def read_bank(folder: Path) -> QuestionBank:
    """The bank in a folder of ``THEME.txt`` files. InputError names file, line and cure.

    A question's id is its theme and its words: changing a word makes another question of it, and what was answered
    stays with the old one.
    """
    questions: list[Question] = []
    closing: list[Question] = []
    for theme in Theme:
        path = folder / f"{theme}.txt"
        if not path.is_file():
            raise InputError(f"{folder.name}/{path.name} is missing. Put the file back; it may hold comments alone.")
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise InputError(f"{folder.name}/{path.name} is not UTF-8 text. Save it again so.") from error
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            question, last = _question(line.strip(), theme, f"{folder.name}/{path.name}, line {number}")
            if any(question.id == other.id for other in (*questions, *closing)):
                raise InputError(f"{folder.name}/{path.name}, line {number}: {question.text!r} stands there twice.")
            (closing if last else questions).append(question)
    return QuestionBank(questions=tuple(questions), closing=tuple(closing))


def _question(line: str, theme: Theme, where: str) -> tuple[Question, bool]:
    found = _LINE.fullmatch(line)
    suits = (found["suits"] or "") if found else ""
    text = found["text"].strip() if found else ""
    try:
        audiences = tuple(Audience(word.strip()) for word in suits.split(",") if word.strip())
    except ValueError as error:
        raise InputError(f"{where}: [{suits}] is not known. Use {', '.join(Audience)}. {_CURE}") from error
    if not text:
        raise InputError(f"{where}: There is no question. {_CURE}")
    question = Question(id=f"{theme}:{_slug(text)}", theme=theme, text=text, suits=audiences)
    return question, bool(found and found["last"])


def _slug(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "-".join(re.findall(r"\w+", plain))
