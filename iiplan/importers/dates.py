"""Dates as exports and spreadsheet programs write them; a date that reads in two ways is not guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

__all__ = ["read_date"]

# English is what LinkedIn writes; the months of other languages are unconfirmed.
_MONTHS = (
    "jan januar january janvier enero ene gennaio gen januari janeiro",
    "feb februar february fevrier fevr fev febrero febbraio februari fevereiro",
    "mar marz mrz march mars marzo maart marco mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "jun juni june juin junio giugno giu junho",
    "jul juli july juillet juil julio luglio lug julho",
    "aug august aout agosto ago augustus augusti",
    "sep sept september septembre septiembre settembre set setembro",
    "oct oktober okt october octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec dezember dez december decembre diciembre dic dicembre dezembro",
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[ .\-/]*(?:de )?([^\W\d_]{3,12})\.?[ \-/,]*(?:de )?([0-9]{4}|[0-9]{2})")
_MONTH_DAY_YEAR = re.compile(r"([^\W\d_]{3,12})\.? ([0-9]{1,2}),? ([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.+Z-]{1,30})?")
_NUMBERS = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?: [0-9:]{4,8})?")


def read_date(text: str) -> tuple[date | None, str]:
    """The date, and an empty sentence; or ``None`` and a sentence that says why there is none.

    No text is no date and no fault. Two-digit years are of this century. With points the day comes first; with slashes
    or dashes the one above 12 is the day, and if neither is, the text reads in two ways.
    """
    bare = text.strip()
    if not bare:
        return None, ""
    if found := _YEAR_FIRST.fullmatch(bare):
        return _date(text, found[1], int(found[3]), found[4])
    if found := _DAY_MONTH_YEAR.fullmatch(bare):
        return _date(text, found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY_YEAR.fullmatch(bare):
        return _date(text, found[3], _month(found[1]), found[2])
    if found := _NUMBERS.fullmatch(bare):
        first, mark, second, year = int(found[1]), found[2], int(found[3]), found[4]
        if mark != "." and first != second and first <= 12 and second <= 12:
            return None, f"the date {text!r} can mean two days and was left out"
        day, month = (second, first) if mark != "." and second > 12 else (first, second)
        return _date(text, year, month, str(day))
    return _unread(text)


def _date(text: str, year: str, month: int, day: str) -> tuple[date | None, str]:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day)), ""
    except ValueError:
        return _unread(text)


def _unread(text: str) -> tuple[None, str]:
    return None, f"{text[:40]!r} is not a date that can be read and was left out"


def _month(name: str) -> int:
    """1 to 12, or 0 for no month."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalpha())
    return _MONTH_NUMBERS.get(plain, 0)
