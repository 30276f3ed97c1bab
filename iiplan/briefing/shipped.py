"""Message templates as plain-text files: a head of ``word: value`` lines, an empty line, the text."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from iiplan.briefing.language import check
from iiplan.errors import InputError
from iiplan.model import MessageKind, MessageTemplate, Source

__all__ = ["read_template", "read_templates"]

_HEAD = ("title", "kind", "sources", "subject")
_CURE = "A file begins with lines for title, kind, sources and subject, then comes an empty line, then the text."

Word = TypeVar("Word", bound=StrEnum)


def read_templates(folder: Path) -> tuple[MessageTemplate, ...]:
    """All templates of a folder's ``.txt`` files, by file name. InputError names file, line and cure."""
    return tuple(read_template(path) for path in sorted(folder.glob("*.txt")))


def read_template(path: Path) -> MessageTemplate:
    """One template; its id is the file's name without ``.txt``."""
    where = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where} is not UTF-8 text. Save it again with that encoding.") from error
    lines = text.split("\n")
    head, first_line = _read_head(lines, where)
    body = "\n".join(lines[first_line - 1 :]).rstrip()
    if not body.strip():
        raise InputError(f"{where}, line {min(first_line, len(lines))}: There is no text. {_CURE}")
    try:
        template = MessageTemplate(
            id=path.stem,
            title=head["title"][0],
            kind=_word(head["kind"], MessageKind, where),
            sources=tuple(_word((word, head["sources"][1]), Source, where) for word in _listed(head["sources"][0])),
            subject=head["subject"][0],
            body=body,
        )
    except InputError as error:
        raise error if str(error).startswith(where) else InputError(f"{where}: {error}") from error
    check(template.subject, where, head["subject"][1])
    check(template.body, where, first_line)
    return template


Head = dict[str, tuple[str, int]]  # value and line


def _read_head(lines: list[str], where: str) -> tuple[Head, int]:
    """The head, and the number of the first line after it that is not empty."""
    head: Head = {}
    number = 1
    for number, line in enumerate(lines, 1):
        if not line.strip():
            break
        word, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or word not in _HEAD:
            raise InputError(f"{where}, line {number}: {line.strip()[:60]!r} does not belong there. {_CURE}")
        if word in head:
            raise InputError(f"{where}, line {number}: There is a second {word}. Keep one of them.")
        head[word] = (value, number)
    missing = [word for word in _HEAD if word not in head]
    if missing:
        raise InputError(f"{where}, line {number}: The line '{missing[0]}: …' is missing. {_CURE}")
    while number < len(lines) and not lines[number - 1].strip():
        number += 1
    return head, number


def _listed(value: str) -> list[str]:
    """The words of "alumni, event"; none of "all"."""
    return [] if value == "all" else [word.strip() for word in value.split(",")]


def _word(given: tuple[str, int], words: type[Word], where: str) -> Word:
    value, line = given
    try:
        return words(value)
    except ValueError as error:
        known = ", ".join(words) + (", or all" if words is Source else "")
        raise InputError(f"{where}, line {line}: {value!r} is not known. Use {known}.") from error
