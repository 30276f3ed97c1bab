"""The button that plans a week, how a long search goes, and how it ended."""

from __future__ import annotations

import streamlit as st

from iiplan.model import Trip
from iiplan.planner import week
from iiplan.planner.week import Week
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import Progress
from iiplan.ui import session, solving
from iiplan.ui.labels import escaped, plural
from iiplan.ui.solving import Run

__all__ = ["plan_button", "progress_words"]

AT_ONCE = 2.0  # seconds that most searches need less than


def plan_button(ws: Workspace, trip: Trip, now: Week) -> None:
    """One button plans. A search that takes longer shows how it goes, and can be stopped."""
    run = session.running(trip.id)
    if run is not None:
        _watch(trip, run)
        return
    pressed = st.button(
        "Plan the week" if now.agenda is None else "Plan again",
        type="primary" if now.agenda is None or now.out_of_date else "secondary",
        icon=":material/calendar_view_week:",
        disabled=bool(now.obstacle) or now.ready == 0,
        key="plan",
    )
    if not pressed:
        return
    with st.spinner("Looking for the best week …"):
        run = solving.start(lambda progress, stop: week.plan(ws, trip, progress=progress, stop=stop), now.agenda)
        session.set_running(trip.id, run)
        run.is_over(wait=AT_ONCE)
    st.rerun()


def _watch(trip: Trip, run: Run) -> None:
    """Say how a search goes until it is over."""
    if run.is_over():
        _conclude(trip, run)
        return

    @st.fragment(run_every=0.5)
    def going_on() -> None:
        if run.is_over():
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(progress_words(run.step), icon=":material/hourglass_top:")
            st.button("Stop, keep the best so far", icon=":material/stop:", key="stop", on_click=run.stopped.set)

    going_on()


def _conclude(trip: Trip, run: Run) -> None:
    """A search is over: say how it ended, and show the page anew."""
    session.set_running(trip.id, None)
    agenda = run.week.agenda if run.week else None
    if agenda is not None:
        proof = "No better week exists." if agenda.proven else "Stopped before it was proven best."
        changed = week.differences(run.before, agenda) if run.before else ""
        session.notify(f"Planned: {plural(len(agenda.meetings), 'meeting')}. {proof} {escaped(changed)}")
        if run.week and run.week.asked:
            session.warn(" ".join(run.week.asked))
    else:
        session.warn(run.problem or "The search ended without a plan, which should not happen. Try it once more.")
    st.rerun()


PHASES = {
    "ways": "Asking the routing server for times",
    "days": "Trying out days",
    "week": "Choosing the best days",
    "reasons": "Finding out why people are left out",
}


def progress_words(step: Progress | None) -> str:
    """What the solver is doing."""
    if step is None:
        return "Looking for the best week …"
    best = f", best so far {step.points:,} points" if step.points is not None else ""
    most = f" of at most {step.bound:,}" if step.points is not None and step.bound is not None else ""
    share = f" {step.fraction:.0%}" if step.fraction is not None else ""
    return f"{PHASES.get(step.phase, step.phase)}{share}{best}{most} …"
