"""Public holidays of countries and their parts, and which country a time zone lies in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

import holidays

__all__ = ["country_names", "country_of_zone", "public_holidays"]


@lru_cache(maxsize=64)
def public_holidays(country: str, first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of "DE" or "US-DC", years included; none for "" and for what is not known."""
    code, _, part = country.partition("-")
    parts = _supported().get(code)
    if parts is None:
        return frozenset()
    known = part if part in parts else None
    return frozenset(holidays.country_holidays(code, subdiv=known, years=range(first_year, last_year + 1)))


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """The countries and parts of them whose public holidays are known, by code: "Germany", "United States, DC"."""
    names = {row[0]: row[1] for row in _table("iso3166.tab")}
    found = {}
    for code, parts in _supported().items():
        name = names.get(code, code)
        found[code] = name
        found |= {f"{code}-{part}": f"{name}, {part}" for part in parts}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def country_of_zone(timezone: str) -> str:
    """The country of a zone by the time zone database (its largest place's); "" for zones of no country."""
    return _zones().get(timezone, "")


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    known = _supported()
    return {row[2]: row[0] for row in _table("zone.tab") if row[0] in known}


@lru_cache(maxsize=1)
def _supported() -> dict[str, tuple[str, ...]]:
    found = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in found.items()}


def _table(name: str) -> list[list[str]]:
    """The rows of one of the time zone database's tables, comments left out."""
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
