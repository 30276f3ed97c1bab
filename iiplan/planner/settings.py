"""What the user sets once: how fast things come due, who writes, what is assumed."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TypeVar

from iiplan.errors import InputError
from iiplan.model import Cadence, Profile, Trip, WorthWeights
from iiplan.outreach import Rules
from iiplan.planner.public_holidays import public_holidays
from iiplan.planner.workspace import Workspace

__all__ = [
    "cadence",
    "next_trip",
    "profile",
    "rules",
    "rules_now",
    "save_cadence",
    "save_profile",
    "save_worth_weights",
    "worth_weights",
]

Noun = TypeVar("Noun", Cadence, Profile, WorthWeights)


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


def worth_weights(workspace: Workspace) -> WorthWeights:
    """How much each part of a person's worth counts; the usual measure until it is changed."""
    return _read(workspace, "worth", WorthWeights)


def save_worth_weights(workspace: Workspace, given: WorthWeights) -> None:
    """Keep how much each part of a person's worth counts."""
    workspace.store.save_setting("worth", asdict(given))


def next_trip(workspace: Workspace) -> Trip | None:
    """The trip under way or, failing that, the next to come; else the latest one."""
    trips = workspace.store.trips()
    coming = [trip for trip in trips if trip.last_day >= workspace.now().astimezone(trip.zone).date()]
    return coming[0] if coming else (trips[-1] if trips else None)


def rules_now(workspace: Workspace) -> Rules:
    """By what the log is read where no trip is in question: the one that matters now says what days are free."""
    return rules(workspace, next_trip(workspace))


def rules(workspace: Workspace, trip: Trip | None) -> Rules:
    """By what the log is read: the user's cadence, the days and public holidays of the trip."""
    if trip is None:
        return Rules(cadence=cadence(workspace))
    year = workspace.now().year
    free = public_holidays(trip.country, year - 2, max(year, trip.last_day.year) + 1)
    return Rules(cadence=cadence(workspace), holidays=free, zone=trip.zone)


def _read(workspace: Workspace, name: str, noun: type[Noun]) -> Noun:
    """What is kept under a name; what an older or newer version kept beside it is passed over."""
    kept = workspace.store.setting(name)
    known = {field.name for field in fields(noun)}
    try:
        return noun(**{key: _as_kept(value) for key, value in kept.items() if key in known})  # type: ignore[arg-type]
    except (InputError, TypeError):
        return noun()


def _as_kept(value: object) -> object:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value
