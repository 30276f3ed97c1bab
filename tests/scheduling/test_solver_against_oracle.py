"""The solver and the oracle, which tries everything, agree to the point on small weeks with every feature."""

from __future__ import annotations

import pytest
from oracle import best_points, day_points, minutes
from random_weeks import WEEKS, random_week

from iiplan.scheduling import check, parse_problem, plan_document, solve

BATCH = max(1, WEEKS // 10)


@pytest.mark.parametrize("batch", range(10))
def test_the_best_plan_is_worth_what_trying_everything_finds(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        document = random_week(seed)
        plan = solve(parse_problem(document))
        best = best_points(document)
        assert plan.points == best, f"random_week({seed})"
        assert plan.status == ("infeasible" if best is None else "optimal"), f"random_week({seed})"
        assert plan.bound == plan.points, f"random_week({seed})"


def test_the_oracle_and_the_referee_count_each_day_alike() -> None:
    days = 0
    for seed in range(60):
        document = random_week(seed)
        problem = parse_problem(document)
        plan = plan_document(solve(problem))
        report = check(problem, plan)
        assert report.violations == ()
        for day in plan["days"]:  # type: ignore[attr-defined]
            met = [m for m in plan["meetings"] if m["start"][:10] == day["date"]]  # type: ignore[attr-defined]
            order = [(m["candidate"], minutes(m["start"][11:])) for m in met]
            assert day_points(document, day["date"], order) == day["points"], f"random_week({seed})"
            days += 1
    assert days > 60


def test_the_random_weeks_have_every_feature() -> None:
    weeks = [random_week(seed) for seed in range(400)]
    people = [person for week in weeks for person in week["candidates"]]
    days = [day for week in weeks for day in week["days"]]
    assert {week["grid_minutes"] for week in weeks} == {5, 10, 15, 30}
    assert {day["max_meetings"] for day in days} == {1, 2, 3, 4}
    assert any(person["place"] is None for person in people)
    for key in ("fixed_start", "seat", "must", "debrief", "arrive_early"):
        assert any(key in person for person in people), key
    for key in ("lunch", "busy", "base", "min_meetings"):
        assert any(key in day for day in days), key
    assert any(len(person["windows"]) > 1 for person in people)
    assert any(week.get("weights", {}).get("idle_minute") == 0 for week in weeks)
    fixed_weeks = [best_points(week) for week in weeks[:60]]
    assert None in fixed_weeks
