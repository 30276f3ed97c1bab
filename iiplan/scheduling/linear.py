"""How HiGHS is called: silently, on one thread, the same on every run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import highspy

__all__ = ["run", "silent"]


def silent() -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    return solver


def run(solver: highspy.Highs, stop: Callable[[], bool] | None) -> None:
    """Solve; an integer programme ends early, with what it has, once ``stop`` says so."""
    if stop is not None:

        def look(event: Any) -> None:
            event.interrupt(bool(stop()))

        solver.cbMipInterrupt.subscribe(look)
    solver.run()
