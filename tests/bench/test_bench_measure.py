"""A solve in a process of its own; the other solvers only where the extra ``bench`` is installed."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.measure import Result, measure
from bench.weeks import random_week
from iiplan.scheduling import parse_problem, solve

ABOUT = {"set": "whole", "kind": "narrow", "size": 8, "seed": 2, "max_meetings": 4}
NEEDS = {"vroom-fast": "vroom", "vroom-thorough": "vroom", "pyvrp": "pyvrp", "routing": "ortools", "cpsat": "ortools"}


def measured(solver: str, folder: Path, limit: float = 20.0) -> Result:
    return measure(random_week("narrow", 8, 2), solver, limit=limit, seed=1, about=ABOUT, folder=folder)


def best_points() -> int | None:
    return solve(parse_problem(random_week("narrow", 8, 2))).points


def test_our_own_solve_is_proven_judged_and_measured(tmp_path: Path) -> None:
    result = measured("iiplan", tmp_path)
    assert result.error is None
    assert (result.points, result.bound, result.proven) == (best_points(), best_points(), True)
    assert result.proof_seconds is not None
    assert 0 < result.proof_seconds <= result.seconds
    assert 0 < result.before_mb <= result.peak_mb


def test_a_solver_that_fails_is_a_result_with_an_error(tmp_path: Path) -> None:
    result = measured("no such solver", tmp_path)
    assert result.points is None
    assert result.error is not None
    assert "No solver is called 'no such solver'" in result.error


@pytest.mark.parametrize("solver", sorted(NEEDS))
def test_another_solver_never_beats_a_proven_plan(solver: str, tmp_path: Path) -> None:
    if find_spec(NEEDS[solver]) is None:
        pytest.skip(f"{NEEDS[solver]} is not installed")
    result = measured(solver, tmp_path, limit=20.0 if solver == "cpsat" else 1.0)
    assert result.error is None
    assert result.points is not None
    assert 0 < result.points <= (best_points() or 0)
    if solver == "cpsat":
        assert (result.points, result.bound, result.proven) == (best_points(), best_points(), True)


def test_a_folder_that_holds_no_solomon_file_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.txt").write_text("something else", encoding="utf-8")
    assert main(["--quick", "--solomon", str(tmp_path)]) == 2
    assert "other.txt has no line VEHICLE" in capsys.readouterr().err


def test_a_run_is_kept_and_its_page_can_be_written_again(tmp_path: Path) -> None:
    if find_spec("matplotlib") is None:
        pytest.skip("matplotlib is not installed")
    page, kept = tmp_path / "page.md", tmp_path / "kept.json"
    some = ["--quick", "--narrow", "8", "--wide", "--only-whole", "--solvers", "iiplan", "--output", str(page)]
    assert main([*some, "--results", str(kept)]) == 0
    first = page.read_text(encoding="utf-8")
    assert "| narrow 8 #1 | iiplan | whole |" in first
    assert [result["solver"] for result in json.loads(kept.read_text(encoding="utf-8"))["results"]] == ["iiplan"]
    page.unlink()
    assert main(["--from", str(kept), "--output", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == first
    assert page.with_suffix(".png").exists()
