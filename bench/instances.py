"""The weeks of a run: sizes and seeds, the plain ones that every solver can take whole, and files of Solomon's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.solomon import read_solomon, solomon_week
from bench.weeks import random_week
from iiplan.scheduling import Problem, parse_problem

__all__ = ["FULL", "QUICK", "Instance", "Scope", "features", "instances", "plain_week", "read_week"]

PLAIN_WEIGHTS = {
    "value": 10_000,
    "must": 0,
    "missing_meeting": 0,
    "missed_lunch": 0,
    "travel_minute": 1,
    "idle_minute": 0,
}
"""Value first, then the least travel: what solvers with priorities can be told of."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A week to plan; ``set`` is ``whole``, ``plain``, ``more`` (meetings a day) or ``solomon``."""

    set: str
    kind: str
    size: int
    seed: int
    max_meetings: int
    document: Mapping[str, object]

    @property
    def about(self) -> dict[str, object]:
        """What names it, without the document."""
        return {
            "set": self.set,
            "kind": self.kind,
            "size": self.size,
            "seed": self.seed,
            "max_meetings": self.max_meetings,
        }


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Sizes with their number of seeds for each kind and set, and the limits in seconds."""

    narrow: Mapping[int, int]
    wide: Mapping[int, int]
    plain: tuple[tuple[str, int], ...]
    more: tuple[tuple[str, int, int], ...]
    ours: float
    search: float
    cpsat: float


FULL = Scope(
    narrow={20: 2, 60: 1, 100: 1, 200: 1, 500: 1},
    wide={20: 2, 40: 2, 60: 1, 100: 1, 200: 1},
    plain=(("narrow", 60), ("narrow", 100), ("wide", 20), ("wide", 40)),
    more=(("narrow", 20, 6), ("wide", 20, 5)),
    ours=60.0,
    search=6.0,
    cpsat=60.0,
)
QUICK = Scope(
    narrow={20: 1, 60: 1},
    wide={20: 1, 40: 1},
    plain=(("narrow", 60), ("wide", 20)),
    more=(("narrow", 20, 5),),
    ours=20.0,
    search=2.0,
    cpsat=10.0,
)


def instances(scope: Scope, solomon: Path | None = None) -> Iterator[Instance]:
    """Every week of a scope, then every Solomon file (``*.txt``) of a folder in order of name."""
    for kind, sizes in (("narrow", scope.narrow), ("wide", scope.wide)):
        for size, seeds in sizes.items():
            for seed in range(1, seeds + 1):
                week = random_week(kind, size, seed)
                yield Instance(set="whole", kind=kind, size=size, seed=seed, max_meetings=4, document=week)
    for kind, size in scope.plain:
        week = plain_week(random_week(kind, size, 1))
        yield Instance(set="plain", kind=kind, size=size, seed=1, max_meetings=4, document=week)
    for kind, size, most in scope.more:
        week = random_week(kind, size, 1, max_meetings=most)
        yield Instance(set="more", kind=kind, size=size, seed=1, max_meetings=most, document=week)
    paths = [path for path in sorted(solomon.iterdir()) if path.suffix.lower() == ".txt"] if solomon else []
    for path in paths:
        found = read_solomon(path)
        size = len(found.customers) - 1
        yield Instance(set="solomon", kind=found.name, size=size, seed=0, max_meetings=4, document=solomon_week(found))


def plain_week(week: Mapping[str, Any]) -> dict[str, Any]:
    """A week without whatever one of the solvers cannot express: calls, seats, lunch, idle minutes, wanted meetings."""
    people = [{k: v for k, v in person.items() if k != "seat"} for person in week["candidates"] if person["place"]]
    days = [{**day, "min_meetings": 0, "lunch": None} for day in week["days"]]
    return {**week, "candidates": people, "days": days, "weights": PLAIN_WEIGHTS}


def read_week(document: Mapping[str, Any]) -> Problem:
    """The problem of a document; its key ``scores`` (one a candidate, whole numbers) stands in for the stars."""
    problem = parse_problem({key: value for key, value in document.items() if key != "scores"})
    scores = document.get("scores")
    if scores is None:
        return problem
    people = tuple(replace(who, value=score) for who, score in zip(problem.candidates, scores, strict=True))
    return replace(problem, candidates=people)


def features(problem: Problem) -> frozenset[str]:
    """What of the problem an instance uses that some solver cannot be told."""
    weights, people = problem.weights, problem.candidates
    seats = [who.seat for who in people if who.seat is not None]
    longest = sum(day.end - day.start for day in problem.days)
    used = {
        "calls": any(who.place is None for who in people),
        "seats": len(seats) > len(set(seats)),
        "lunch": any(day.lunch is not None for day in problem.days),
        "busy": any(day.busy for day in problem.days),
        "idle": weights.idle_minute > 0,
        "shortfall": weights.missing_meeting > 0 and any(day.min_meetings for day in problem.days),
        "worth": weights.travel_minute > 0 and weights.value <= weights.travel_minute * longest,
    }
    return frozenset(name for name, is_used in used.items() if is_used)
