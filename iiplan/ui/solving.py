"""Planning beside the page, so that a long search shows how it goes and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from iiplan.errors import IiplanError
from iiplan.model import Agenda
from iiplan.planner.week import Week
from iiplan.scheduling import Progress

__all__ = ["Run", "start"]

Task = Callable[[Callable[[Progress], None], Callable[[], bool]], Week]


@dataclass(kw_only=True)
class Run:
    """One search; once it is over, ``week`` or a sentence on the ``problem`` is there (neither: a bug, see the log)."""

    before: Agenda | None = None
    step: Progress | None = None
    week: Week | None = None
    problem: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def is_over(self, wait: float = 0.0) -> bool:
        """Whether the search has ended, after waiting for it up to ``wait`` seconds."""
        if self.thread is not None and wait:
            self.thread.join(wait)
        return self.thread is None or not self.thread.is_alive()


def start(task: Task, before: Agenda | None = None) -> Run:
    """Run ``task`` in a thread of its own; it is told how to report progress and how to ask whether to stop.

    ``before`` is what was planned until now.
    """
    run = Run(before=before)

    def report(step: Progress) -> None:
        run.step = step

    def work() -> None:
        try:
            run.week = task(report, run.stopped.is_set)
        except IiplanError as error:
            run.problem = str(error)

    run.thread = threading.Thread(target=work, name="iiplan-planning", daemon=True)
    run.thread.start()
    return run
