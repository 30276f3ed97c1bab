"""What the user sets once: how fast things come due, who writes, what is assumed."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from typing import TypeVar

import holidays

from iiplan.errors import InputError
from iiplan.model import Cadence, Profile, Trip
from iiplan.outreach import Rules
from iiplan.planner.workspace import Workspace

__all__ = ["cadence", "countries", "profile", "public_holidays", "rules", "save_cadence", "save_profile"]

Noun = TypeVar("Noun", Cadence, Profile)


def cadence(workspace: Workspace) -> Cadence:
    """How fast things come due; the usual measure until it is changed."""
    return _read(workspace, "cadence", Cadence)


def save_cadence(workspace: Workspace, given: Cadence) -> None:
    """Keep how fast things come due."""
    workspace.store.save_setting("cadence", asdict(given))


def profile(workspace: Workspace) -> Profile:
    """Who writes; blank until it is filled in."""
    return _read(workspace, "profile", Profile)


def save_profile(workspace: Workspace, given: Profile) -> None:
    """Keep who writes."""
    workspace.store.save_setting("profile", asdict(given))


def rules(workspace: Workspace, trip: Trip | None) -> Rules:
    """By what the log is read: the user's cadence, the days and public holidays of the trip."""
    if trip is None:
        return Rules(cadence=cadence(workspace))
    year = workspace.now().year
    free = public_holidays(trip.country, year - 2, max(year, trip.last_day.year) + 1)
    return Rules(cadence=cadence(workspace), holidays=free, zone=trip.zone)


@lru_cache(maxsize=64)
def public_holidays(country: str, first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of a country or a part of it, years included; none for "" and for what is not known."""
    code, _, part = country.partition("-")
    if code not in countries():
        return frozenset()
    known = part if part in countries()[code] else None
    return frozenset(holidays.country_holidays(code, subdiv=known, years=range(first_year, last_year + 1)))


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, ...]]:
    """The codes of countries whose public holidays are known, each with those of its parts."""
    found = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in sorted(found.items())}


def _read(workspace: Workspace, name: str, noun: type[Noun]) -> Noun:
    """What is kept under a name; what an older or newer version kept beside it is passed over."""
    kept = workspace.store.setting(name)
    known = {field.name for field in fields(noun)}
    try:
        return noun(**{key: value for key, value in kept.items() if key in known})  # type: ignore[arg-type]
    except (InputError, TypeError):
        return noun()
