"""Looking only for options that pay gives the same week as writing every option down."""

from __future__ import annotations

import re

import pytest
from oracle import best_points
from random_weeks import WEEKS
from random_weeks import random_week as small_week

from bench.weeks import random_week
from iiplan.scheduling import Problem, parse_problem, solve
from iiplan.scheduling.clashes import clashes
from iiplan.scheduling.cuts import sharpened
from iiplan.scheduling.limits import Limit
from iiplan.scheduling.settled import Settled, searched, widened, written_out


def week(settled: Settled) -> list[list[int]]:
    """Whom the chosen week meets, day by day."""
    nobody = len(settled.pool.resource) - 1
    rows = settled.pool.members[list(settled.choice.rows)]
    return [sorted(int(i) for i in row if i != nobody) for row in rows]


def both(problem: Problem) -> tuple[Settled, Settled]:
    return written_out(problem, Limit(), lambda _: None), searched(problem, Limit(), lambda _: None)


@pytest.mark.parametrize("batch", range(4))
def test_small_weeks_with_every_feature_are_worth_the_same_either_way(batch: int) -> None:
    size = max(1, WEEKS * 3 // 40)
    for seed in range(5000 + size * batch, 5000 + size * (batch + 1)):
        document = small_week(seed)
        problem = parse_problem(document)
        if clashes(problem):
            continue
        whole, part = both(problem)
        best = best_points(document)
        assert part.proven, f"random_week({seed})"
        assert whole.choice.points == part.choice.points == part.bound == best, f"random_week({seed})"
        assert week(whole) == week(part), f"random_week({seed})"


@pytest.mark.parametrize(
    ("kind", "people", "seed"),
    [("narrow", 30, 1), ("narrow", 30, 2), ("narrow", 60, 3), ("wide", 20, 1), ("wide", 24, 2), ("wide", 28, 3)],
)
def test_larger_weeks_are_worth_the_same_either_way(kind: str, people: int, seed: int) -> None:
    whole, part = both(parse_problem(random_week(kind, people, seed)))
    assert whole.proven
    assert part.proven
    assert whole.choice.points == part.choice.points


def test_what_is_fixed_and_musts_and_busy_times_are_kept_by_the_search() -> None:
    document = random_week("wide", 22, 7)
    people = document["candidates"]
    people[3] |= {"fixed_start": "2027-03-16T10:10", "windows": []}  # type: ignore[index]
    people[5] |= {"must": True, "value": 1}  # type: ignore[index]
    document["days"][2]["busy"] = [{"from": "10:00", "to": "12:30"}]  # type: ignore[index]
    whole, part = both(parse_problem(document))
    assert whole.choice.points == part.choice.points == part.bound
    assert [3 in day for day in week(part)].index(True) == 1
    assert any(5 in day for day in week(part))


def test_every_option_within_reach_is_found_with_its_points() -> None:
    problem = parse_problem(random_week("wide", 20, 4))
    whole, part = both(problem)
    wide = widened(problem, part, Limit())
    assert wide.reach >= part.reach
    price, pool = wide.prices.price, whole.pool
    worth = pool.points - price[pool.resource][pool.members].sum(axis=1)
    known = {
        (day, *row): int(points)
        for day in range(5)
        for row, points in zip(
            wide.pool.members[wide.pool.cuts[day] : wide.pool.cuts[day + 1]].tolist(),
            wide.pool.points[wide.pool.cuts[day] : wide.pool.cuts[day + 1]],
            strict=True,
        )
    }
    tops = wide.prices.bound - int(price.sum())
    highest = [worth[low:high].max() for low, high in zip(pool.cuts, pool.cuts[1:], strict=False)]
    # the bound is what the prices add up to and each day's best option beyond them
    assert sum(int(top) for top in highest) <= tops
    checked = 0
    for day, (low, high) in enumerate(zip(pool.cuts, pool.cuts[1:], strict=False)):
        for row in range(low, high):
            if highest[day] - worth[row] <= min(part.reach, wide.reach):
                assert known[(day, *pool.members[row].tolist())] == int(pool.points[row])
                checked += 1
    assert checked > 50


def test_sharper_prices_bound_every_week_of_the_pool() -> None:
    problem = parse_problem(random_week("wide", 20, 3))
    part = searched(problem, Limit(), lambda _: None)
    assert part.proof is not None
    prices, charges = part.proof
    sharp = sharpened(part.pool, prices, charges)
    assert charges
    assert part.choice.points <= sharp.bound < part.prices.bound
    lost = sum(int(sharp.loss[row]) for row in part.choice.rows)
    assert lost <= sharp.bound - part.choice.points


@pytest.mark.parametrize("most", [5, 6])
def test_longer_days_are_worth_the_same_either_way(most: int) -> None:
    whole, part = both(parse_problem(random_week("narrow", 24, most, max_meetings=most)))
    assert whole.choice.points == part.choice.points == part.bound


@pytest.mark.parametrize("limit", [0.0, 0.1, 0.4])
def test_a_large_week_cut_short_has_a_true_bound(limit: float) -> None:
    problem = parse_problem(random_week("wide", 30, 1))
    best = searched(problem, Limit(), lambda _: None)
    short = solve(problem, time_limit=limit)
    assert short.points is not None
    assert short.bound is not None
    assert short.points <= best.choice.points <= short.bound
    assert (short.status == "optimal") == (short.points == short.bound)


@pytest.mark.parametrize("asks", [0, 30, 300])
def test_a_stopped_solve_keeps_the_best_so_far(asks: int) -> None:
    problem = parse_problem(random_week("wide", 24, 1))
    best = searched(problem, Limit(), lambda _: None).choice.points
    left = iter(range(asks))
    plan = solve(problem, stop=lambda: next(left, None) is None)
    assert plan.status == "feasible"
    assert plan.points is not None
    assert plan.bound is not None
    assert plan.points <= best <= plan.bound
    assert plan.points > 0 or asks < 300


def test_reasons_in_a_large_week_are_true() -> None:
    problem = parse_problem(random_week("wide", 30, 2))
    plan = solve(problem)
    assert plan.points is not None
    priced_out = [left for left in plan.unplaced if "worth at least" in left.reason or "best week with" in left.reason]
    assert len(priced_out) >= 5
    for left in priced_out[:4]:
        price = re.search(r"worth (?:at least )?(\d+)", left.reason)
        number = int(price[1]) if price else 0
        document = random_week("wide", 30, 2)
        someone = next(c for c in document["candidates"] if c["id"] == left.candidate)  # type: ignore[attr-defined]
        someone["must"] = True
        forced = solve(parse_problem(document))
        assert forced.points is not None
        # meeting somebody who must be met brings 100000
        loss = plan.points - (forced.points - 100_000)
        assert loss >= number if "at least" in left.reason else loss == number, left.reason
