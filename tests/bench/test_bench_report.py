"""The page says what the results say, misses included, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from bench.measure import Result
from bench.report import Machine, report, seconds
from bench.targets import target_lines

MACHINE = Machine(
    date="2027-01-02",
    cpu="Some Processor",
    cores=2,
    memory_gb=8.0,
    system="Linux x86_64",
    python="3.11.7",
    versions={"pyvrp": "0.0.1"},
    command="python -m bench",
    minutes=1.5,
)
OURS = Result(
    set="whole",
    kind="wide",
    size=20,
    seed=1,
    max_meetings=4,
    solver="iiplan",
    points=1000,
    stars=5,
    bound=1000,
    proven=True,
    seconds=0.6,
    best_seconds=0.2,
    proof_seconds=0.5,
    peak_mb=60.0,
    limit=60.0,
)
CPSAT = replace(OURS, solver="cpsat", points=990, bound=1010, proven=False, proof_seconds=None, seconds=60.0)
VROOM = replace(OURS, solver="vroom-thorough", points=900, bound=None, proven=False, proof_seconds=None, seconds=0.1)
ABOUT = {OURS.instance: frozenset({"calls", "idle"})}


def page(*results: Result) -> str:
    return report(results, MACHINE, "growth.png", ABOUT)


def target(results: list[Result], words: str) -> str:
    return next(line for line in target_lines(results) if words in line)


def row(text: str, solver: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith("| wide 20 #1") and solver in line)
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_has_points_share_stars_bound_gap_times_and_memory() -> None:
    assert row(page(OURS, CPSAT), "CP-SAT") == [
        "wide 20 #1",
        "OR-Tools CP-SAT",
        "whole",
        "990",
        "99.00 %",
        "5",
        "1010",
        "2.02 %",
        "0.20 s",
        "–",
        "60 s",
        "60 MB",
    ]


def test_a_solver_that_was_told_only_part_is_marked() -> None:
    text = page(OURS, CPSAT, VROOM)
    assert row(text, "VROOM")[2] == "part"
    assert row(text, "iiplan")[2] == "whole"


def test_a_failure_is_shown_with_its_reason() -> None:
    failed = replace(VROOM, points=None, error="no plan: it crashed")
    assert "VROOM, thorough (no plan: it crashed)" in row(page(OURS, failed), "VROOM")


def test_the_page_names_machine_date_versions_and_picture() -> None:
    text = page(OURS)
    for said in (
        "2027-01-02",
        "Some Processor, 2 cores",
        "pyvrp 0.0.1",
        "growth.png",
        "1 weeks, 1 solves, 1.5 minutes",
    ):
        assert said in text


def test_no_picture_is_shown_where_none_was_drawn() -> None:
    assert "![" not in report([OURS], MACHINE, None, ABOUT)


def test_better_plans_of_others_miss_the_first_target_and_are_named() -> None:
    assert "| met | 0 of 2 plans" in target([OURS, CPSAT, VROOM], "never worse")
    assert "| met | 0 of 1 plans" in target([OURS, replace(VROOM, points=1000)], "never worse")
    line = target([OURS, replace(VROOM, points=1001)], "never worse")
    assert "**missed**" in line
    assert "wide 20 #1 (vroom-thorough, 1001 points)" in line


def test_a_week_without_proof_misses_the_proof() -> None:
    open_end = replace(OURS, proven=False, bound=1100, proof_seconds=None)
    assert "**missed** | 0 of 1 proven: whole wide 20 #1" in target([open_end], "optimum proven")


def test_the_limit_of_cpsat_counts_as_its_time() -> None:
    # 60 s by 0.5 s
    assert "| met | times sooner: 120 |" in target([OURS, CPSAT], "sooner than by CP-SAT")
    slow = replace(OURS, proof_seconds=2.0)
    assert "**missed** | times sooner: 30 |" in target([slow, CPSAT], "sooner than by CP-SAT")
    open_end = replace(OURS, proven=False, proof_seconds=None)
    assert "**missed** | times sooner: 0 |" in target([open_end, CPSAT], "sooner than by CP-SAT")


def test_a_cpsat_that_was_cut_short_decides_nothing() -> None:
    short = replace(CPSAT, limit=10.0, seconds=10.0)
    assert "| not measured | times sooner: 20, but CP-SAT had less than its 60 s |" in target(
        [OURS, short], "sooner than by CP-SAT"
    )


def test_the_time_allowed_beside_vroom_is_twice_its_own_and_a_second() -> None:
    pair = [replace(OURS, size=40, proof_seconds=1.1), replace(VROOM, size=40, best_seconds=0.1)]
    assert "| met | 1.10 s of 1.20 s" in target(pair, "VROOM")
    pair[0] = replace(pair[0], proof_seconds=1.3)
    assert "**missed**" in target(pair, "VROOM")


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert "| not measured |" in target([OURS, CPSAT], "wide 100")
    assert "| not measured |" in target([OURS], "never worse")


def test_memory_and_overrun_are_judged() -> None:
    assert "**missed** | most: 2000 MB" in target([replace(OURS, peak_mb=2000.0)], "memory")
    assert "**missed** | longest overrun 1.50 s: whole wide 20 #1" in target(
        [replace(OURS, seconds=61.5)], "time limit"
    )


def test_a_plan_above_our_bound_or_a_bound_of_cpsat_below_ours_is_a_contradiction() -> None:
    assert "| met | 0 contradictions" in target([OURS, CPSAT], "bound is true")
    assert "**missed** | 1 contradictions" in target([OURS, replace(VROOM, points=1001)], "bound is true")
    assert "**missed** | 1 contradictions" in target([OURS, replace(CPSAT, bound=999)], "bound is true")


def test_the_summary_counts_better_same_and_worse() -> None:
    text = page(OURS, replace(OURS, seed=2), VROOM, replace(VROOM, seed=2, points=1000))
    # 90 % and 100 % of ours; both have their best plan after 0.2 s, 0.4 of our 0.5 s to the proof
    assert "| whole | VROOM, thorough | 95.00 % | 90.00 % | 0 | 1 | 1 | 0.10 s | 0.4 | 60 MB |" in text


def test_a_time_without_proof_is_marked_in_the_growth() -> None:
    assert "| OR-Tools CP-SAT | > 60 s |" in page(OURS, CPSAT)


def test_seconds_have_two_figures_or_more() -> None:
    assert [seconds(s) for s in (None, 0.0012, 0.012, 0.5, 1.25, 12.3, 60.0)] == [
        "–",
        "1.2 ms",
        "0.012 s",
        "0.50 s",
        "1.2 s",
        "12 s",
        "60 s",
    ]
