"""Texts of files made into what a contact accepts; whatever is changed or left out on the way is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from iiplan.errors import InputError
from iiplan.importers.textfile import REPLACEMENT
from iiplan.model import Contact

__all__ = [
    "MOST_NAME",
    "addresses",
    "cut",
    "links",
    "many_lines",
    "numbers",
    "one_line",
    "parts",
    "proper_tags",
    "web_address",
]

MOST_NAME = 200
MOST_LINE = 200
MOST_NOTES = 10_000
MOST_OF_A_KIND = 20  # addresses, numbers, links and tags of one person

_SEVERAL = re.compile(r"\s*:::\s*|[;|\n\r]+")
_SEVERAL_ADDRESSES = re.compile(r"\s*:::\s*|[;,|\s]+")
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*E\+[0-9]+", re.IGNORECASE)
_SYSTEM_GROUPS = {"mycontacts", "starred", "friends", "family", "coworkers"}


def one_line(text: str, label: str, problems: list[str]) -> str:
    """The text without control characters and runs of space; what was unreadable is noted."""
    found = " ".join(text.split())
    if not found.isprintable():
        kept = _printable(found, "")
        if kept != found:
            problems.append(f"control characters were taken out of the {label}")
            found = " ".join(kept.split())
    if REPLACEMENT in found:
        problems.append(f"some characters of the {label} could not be read; they show as {REPLACEMENT}")
    return found


def many_lines(text: str, label: str, problems: list[str], most: int = MOST_NOTES) -> str:
    """The text with its lines, each without blanks at its end; no control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    lines = (_printable(line, "\t").rstrip() for line in plain.split("\n"))
    return cut("\n".join(lines).strip(), label, problems, most)


def cut(text: str, label: str, problems: list[str], most: int = MOST_LINE) -> str:
    """The text, or its beginning."""
    if len(text) <= most:
        return text
    problems.append(f"the {label} was cut from {len(text)} to {most} characters")
    return text[:most].rstrip()


def parts(cell: str) -> list[str]:
    """The values of a cell that may hold several: parted by ':::' as Google does, by ; or | or line ends."""
    return [part for part in (one.strip() for one in _SEVERAL.split(cell)) if part]


def addresses(cells: Iterable[str], problems: list[str]) -> tuple[str, ...]:
    """E-mail addresses, each once without regard to case; what is none is left out and said."""
    found: dict[str, str] = {}
    for cell in cells:
        bare = re.search(r"<([^<>]+@[^<>]+)>", cell)  # Jane Doe <jane@example.org>
        if not bare and len(cell) <= 300 and " " in cell.strip() and cell.count("@") == 0:
            problems.append(f"{cell.strip()[:80]!r} is not an e-mail address and was left out")
            continue
        for part in _SEVERAL_ADDRESSES.split(bare[1] if bare else cell):
            address = part[7:] if part[:7].lower() == "mailto:" else part
            if address and _is_email(address):
                found.setdefault(address.casefold(), address)
            elif address:
                problems.append(f"{address[:80]!r} is not an e-mail address and was left out")
    return _few(found.values(), "e-mail addresses", problems)


def numbers(cells: Iterable[str], problems: list[str]) -> tuple[str, ...]:
    """Phone numbers as written, each once by its digits; what has no digits, or was rounded, is left out and said."""
    found: dict[str, str] = {}
    for cell in cells:
        for part in parts(cell):
            number = one_line(part[4:] if part[:4].lower() == "tel:" else part, "phone number", problems)
            digits = re.sub(r"[^0-9+]", "", number)
            if _ROUNDED.fullmatch(number):
                problems.append(f"{number!r} is a phone number that a spreadsheet rounded; it was left out")
            elif len(digits) < 3 or len(number) > 60:
                problems.append(f"{number[:80]!r} is not a phone number and was left out")
            else:
                found.setdefault(digits, number)
    return _few(found.values(), "phone numbers", problems)


def links(cells: Iterable[str], problems: list[str]) -> tuple[str, ...]:
    """Web addresses, each once; what is none is left out and said."""
    found: dict[str, str] = {}
    for cell in cells:
        for part in re.split(r"\s*:::\s*|\s+", cell.strip()):
            link = web_address(part)
            if link:
                found.setdefault(link, link)
            elif part:
                problems.append(f"{part[:80]!r} is not a web address and was left out")
    return _few(found.values(), "links", problems)


def web_address(text: str) -> str:
    """The text as a web address, https:// added where a known host stands bare; empty when it is none."""
    bare = text.lower()
    known = bare.startswith("www.") or bare.split("/")[0].endswith(("linkedin.com", "xing.com"))
    link = "https://" + text if known else text
    try:
        Contact(id="row", name="?", profile_url=link)
    except InputError:
        return ""
    return link


def proper_tags(given: Iterable[str], problems: list[str]) -> tuple[str, ...]:
    """Tags that a contact accepts, each once without regard to case; those that Google makes itself are left out."""
    found: dict[str, str] = {}
    for text in given:
        starred = text.strip().startswith("* ")
        tag = " ".join(_printable(text.strip().removeprefix("* ").replace(",", " "), "").split())[:60].strip()
        if tag and not (starred and tag.casefold() in _SYSTEM_GROUPS):
            found.setdefault(tag.casefold(), tag)
    return _few(found.values(), "tags", problems)


def _few(found: Iterable[str], what: str, problems: list[str]) -> tuple[str, ...]:
    every = tuple(found)
    if len(every) > MOST_OF_A_KIND:
        problems.append(f"of {len(every)} {what} the first {MOST_OF_A_KIND} were taken")
    return every[:MOST_OF_A_KIND]


@lru_cache(maxsize=4_096)
def _is_email(address: str) -> bool:
    try:
        Contact(id="row", name="?", email=address)
    except InputError:
        return False
    return True


def _printable(text: str, also: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        c for c in text if c in also or (ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 and not 0xD800 <= ord(c) < 0xE000)
    )
