"""Runs one solver on one instance in a process of its own, and has the answer judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.instances import read_week
from bench.judge import judge
from bench.routes import Answer

__all__ = ["Result", "measure"]

GRACE_SECONDS = 60.0
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One solver on one instance. Seconds are of the wall clock, without starting Python and reading the problem.

    ``points`` and ``stars`` are those of the judged plan; ``error`` says why there is none. ``bound`` is in points,
    ``peak_mb`` the most memory of the process, Python and its libraries included, ``before_mb`` that before solving.
    """

    set: str
    kind: str
    size: int
    seed: int
    max_meetings: int
    solver: str
    points: int | None = None
    stars: int = 0
    meetings: int = 0
    dropped: int = 0
    bound: int | None = None
    proven: bool = False
    seconds: float = 0.0
    best_seconds: float | None = None
    proof_seconds: float | None = None
    peak_mb: float = 0.0
    before_mb: float = 0.0
    limit: float = 0.0
    error: str | None = None

    @property
    def instance(self) -> tuple[str, str, int, int, int]:
        """What it was run on."""
        return self.set, self.kind, self.size, self.seed, self.max_meetings


def measure(
    document: Mapping[str, object],
    solver: str,
    *,
    limit: float,
    seed: int,
    about: Mapping[str, object],
    folder: Path,
) -> Result:
    """Solve and judge; ``about`` are the fields of the result that name the instance.

    A solver that fails or does not end raises nothing: the result says so in ``error``.
    """
    path = folder / "problem.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    command = [sys.executable, "-m", "bench.solve", solver, str(path), str(limit), str(seed)]
    failed = Result(**about, solver=solver, limit=limit, seconds=limit)  # type: ignore[arg-type]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=limit + GRACE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        why = f"stopped {GRACE_SECONDS:.0f} s after its limit"
        return Result(**{**asdict(failed), "error": why, "seconds": limit + GRACE_SECONDS})
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        return Result(**{**asdict(failed), "error": lines[-1] if lines else f"ended with {done.returncode}"})
    return _judged(document, failed, json.loads(done.stdout.splitlines()[-1]))


def _judged(document: Mapping[str, object], blank: Result, said: dict) -> Result:
    answer = Answer(days=said["days"])
    verdict = judge(read_week(document), answer)
    fields = {
        "points": verdict.points,
        "stars": verdict.stars,
        "meetings": verdict.meetings,
        "dropped": verdict.dropped,
        "bound": said["bound"],
        "proven": said["proven"],
        "seconds": said["seconds"],
        "best_seconds": said["best_seconds"],
        "proof_seconds": said["proof_seconds"],
        "peak_mb": said["peak_mb"],
        "before_mb": said["peak_mb_before"],
        "error": _objection(verdict.points, verdict.faults, said),
    }
    return Result(**{**asdict(blank), **fields})


def _objection(points: int | None, faults: tuple[str, ...], said: dict) -> str | None:
    """What is wrong with an answer: no plan, or one that is worth less than a full model said."""
    claimed = said["claimed_points"]
    if points is None:
        return "no plan: " + " ".join(faults)
    if not any(said["days"]) and not said["proven"]:
        return "found no plan"
    if claimed is not None and points < claimed:
        return f"claims {claimed} points, makes {points}"
    return None
