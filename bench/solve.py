"""One solve in a process of its own: ``python -m bench.solve SOLVER PROBLEM.json LIMIT SEED`` prints JSON.

OR-Tools and highspy each bring a library of the same name, and no process can hold both; so for the solvers
of OR-Tools highspy is left out (the scheduler, which needs it, does not run there).
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from unittest.mock import MagicMock

__all__ = ["SOLVERS", "main"]

SOLVERS = ("iiplan", "vroom-fast", "vroom-thorough", "pyvrp", "routing", "cpsat")
THREADS = os.cpu_count() or 1


def main(arguments: list[str]) -> None:
    """Solve, and print what was found, in how many seconds, and how much memory the process took."""
    solver, path, limit, seed = arguments
    if solver in ("routing", "cpsat"):
        sys.modules["highspy"] = MagicMock()
    run = _runner(solver, float(limit), int(seed))
    from bench.instances import read_week

    problem = read_week(json.loads(Path(path).read_text(encoding="utf-8")))
    _ = problem.minutes  # estimated travel is input, not work
    before = _peak_mb()
    began = time.monotonic()
    answer = run(problem)
    seconds = time.monotonic() - began if answer.spent is None else answer.spent
    print(json.dumps({**asdict(answer), "seconds": seconds, "peak_mb": _peak_mb(), "peak_mb_before": before}))


def _runner(solver: str, limit: float, seed: int) -> Callable:
    if solver == "iiplan":
        from bench.peers import ours

        return lambda problem: ours.solve_with(problem, limit)
    if solver.startswith("vroom"):
        from bench.peers import vroom

        return lambda problem: vroom.solve_with(problem, 5 if solver == "vroom-thorough" else 1, THREADS)
    if solver == "pyvrp":
        from bench.peers import pyvrp

        return lambda problem: pyvrp.solve_with(problem, limit, seed)
    if solver == "routing":
        from bench.peers import routing

        return lambda problem: routing.solve_with(problem, limit)
    if solver == "cpsat":
        from bench.peers import cpsat

        return lambda problem: cpsat.solve_with(problem, limit, THREADS)
    raise SystemExit(f"No solver is called '{solver}'. Known: {', '.join(SOLVERS)}.")


def _peak_mb() -> float:
    """Most memory this process has held, in MB of 2**20 bytes; what its parent held does not count."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
