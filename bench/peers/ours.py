"""The scheduler of iiplan itself, watched through its progress reports."""

from __future__ import annotations

import time

from bench.routes import Answer
from iiplan.scheduling import Problem, Progress, solve

__all__ = ["solve_with"]


def solve_with(problem: Problem, limit: float) -> Answer:
    """Solve within a limit of seconds; the reasons for who is left out are part of the work."""
    began = time.monotonic()
    seen: list[tuple[float, Progress]] = []

    def report(progress: Progress) -> None:
        seen.append((time.monotonic() - began, progress))

    plan = solve(problem, time_limit=limit, progress=report)
    total = time.monotonic() - began
    best = [when for when, step in seen if step.points is not None and step.points == plan.points]
    proof = [when for when, step in seen if step.points is not None and step.points == step.bound == plan.points]
    proven = plan.status == "optimal"
    days = [
        [problem.candidate_index[meeting.candidate] for meeting in plan.meetings if meeting.date == day.date]
        for day in problem.days
    ]
    return Answer(
        days=days,
        best_seconds=min(best, default=total),
        bound=plan.bound,
        proven=proven,
        proof_seconds=min(proof, default=total) if proven else None,
        claimed_points=plan.points,
    )
