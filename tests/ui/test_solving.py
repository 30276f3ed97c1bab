"""Planning beside the page: progress, stopping, and problems in words."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from builders import a_candidate, a_trip, a_window

from iiplan.errors import InputError
from iiplan.planner import week
from iiplan.planner.week import Week
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import Progress
from iiplan.ui import solving


def test_a_search_in_the_background_saves_its_plan(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window())
    run = solving.start(lambda progress, stop: week.plan(ws, trip, progress=progress, stop=stop))
    assert run.is_over(wait=60)
    assert run.week == week.current(ws, trip)
    assert run.problem == ""


def test_a_search_hears_that_it_should_stop_and_says_how_far_it_was(ws: Workspace) -> None:
    trip = a_trip(ws)
    begun = Event()

    def endless(progress: Callable[[Progress], None], stop: Callable[[], bool]) -> Week:
        progress(Progress(phase="week", points=5, bound=7))
        begun.set()
        while not stop():
            pass
        return week.current(ws, trip)

    run = solving.start(endless)
    assert begun.wait(timeout=60)
    assert not run.is_over()
    assert run.step == Progress(phase="week", points=5, bound=7)
    run.stopped.set()
    assert run.is_over(wait=60)
    assert run.week is not None


def test_what_the_user_must_cure_is_kept_as_a_sentence() -> None:
    def refused(progress: Callable[[Progress], None], stop: Callable[[], bool]) -> Week:
        raise InputError("The agreed meetings cannot all be kept.")

    run = solving.start(refused)
    assert run.is_over(wait=60)
    assert run.week is None
    assert run.problem == "The agreed meetings cannot all be kept."
