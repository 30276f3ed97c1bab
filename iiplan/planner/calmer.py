"""Use cases about being on time: which ways are tight, and what a calmer week would cost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from iiplan.errors import InputError
from iiplan.model import Agenda, Block, Leg, Trip
from iiplan.planner.saved import read_plan
from iiplan.planner.situation import situation
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import parse_problem, solve
from iiplan.travel.spread import chance_longer

__all__ = ["Calmer", "TightWay", "calmer", "tightest"]


@dataclass(frozen=True, kw_only=True)
class TightWay:
    """A way of the plan, and the ``chance`` (0 to 1, itself an estimate) of coming late by it."""

    block: Block
    chance: float


@dataclass(frozen=True, kw_only=True)
class Calmer:
    """The best week with longer ways: points now and then, meetings it keeps, and who is won and lost by it.

    ``impossible`` says why there is none; ``proven``: no better calmer week exists.
    """

    points_now: int
    points: int = 0
    kept: int = 0
    lost: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    proven: bool = True
    impossible: str = ""


def tightest(agenda: Agenda, count: int = 3) -> tuple[TightWay, ...]:
    """The ways on which coming late is likeliest, the worst first; those of which nothing is known left out.

    Late means after the meeting begins, or after lunch or an own appointment does that comes before it, when one sets
    off as soon as one is free, and on the first way of a day when the plan leaves the base.
    """
    found = [
        TightWay(block=way, chance=chance_longer(way.leg.likely, way.leg.high, way.available))
        for day in agenda.days
        for way in day.ways
        if way.leg is not None and way.available is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.chance, one.block.start))[:count])


def calmer(
    workspace: Workspace,
    trip: Trip,
    *,
    more: int | None = None,
    time_limit: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> Calmer:
    """Solve the week again with every way ``more`` minutes longer (None: as long as it takes nine times in ten).

    Nothing is saved. ``InputError`` when there is no plan, or when it is out of date: only a plan that answers what is
    known now can be compared.
    """
    saved = workspace.store.plan(trip.id)
    if saved is None:
        raise InputError(f"The trip {trip.name} has no plan yet. Plan the week first.")
    now = situation(workspace, trip).problem()
    if saved.fingerprint != now.fingerprint:
        raise InputError("The plan is out of date. Plan the week again, then ask what a calmer one would cost.")
    document = json.loads(json.dumps(now.document))
    ids = [place["id"] for place in document["places"]]
    document["travel"]["minutes"] = [[0 if a == b else _longer(now.legs[a, b], more) for b in ids] for a in ids]
    problem, (_, before) = parse_problem(document), read_plan(saved)
    answer = solve(problem, time_limit=time_limit, stop=stop)
    points_now = before.points or 0
    if answer.status == "infeasible":
        return Calmer(points_now=points_now, impossible=" ".join(answer.conflicts))
    names = {one.id: one.name for one in problem.candidates}
    old, new = ({one.candidate for one in plan.meetings} for plan in (before, answer))
    return Calmer(
        points_now=points_now,
        points=answer.points or 0,
        kept=len(old & new),
        lost=tuple(sorted(names[one] for one in old - new)),
        won=tuple(sorted(names[one] for one in new - old)),
        proven=answer.status == "optimal",
    )


def _longer(leg: Leg, more: int | None) -> int:
    """Minutes of a leg in a calmer week; none for a place where one already is."""
    if not leg.minutes:
        return 0
    return leg.minutes + more if more is not None else max(leg.minutes, ceil(leg.high))
