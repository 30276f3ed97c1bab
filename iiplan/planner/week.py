"""Use cases about the week: plan it, keep or let go of an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Agenda, Block, Candidate, LeftOut, Offer, SavedPlan, Touch, TouchKind, Trip
from iiplan.outreach import effective_touches
from iiplan.planner import asking, offering, ways
from iiplan.planner.problem import TripProblem
from iiplan.planner.saved import kept_plan, read_plan
from iiplan.planner.situation import Situation, situation
from iiplan.planner.trips import candidate_of
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import Progress, check, parse_problem, solve

__all__ = ["Before", "Week", "agree", "current", "differences", "let_go", "plan", "put_back"]


@dataclass(frozen=True, kw_only=True)
class Week:
    """A trip's week as it stands.

    ``agenda`` is None before the first plan. ``out_of_date`` says that trip, people or hours have changed
    since. ``obstacle`` says why it cannot be planned right now; ``notes`` say what cannot be used and which minutes
    look odd. ``asked`` says, right after planning, what routing servers did not answer.
    """

    trip: Trip
    agenda: Agenda | None = None
    planned_at: datetime | None = None
    out_of_date: bool = False
    obstacle: str = ""
    notes: tuple[str, ...] = ()
    not_ready: tuple[LeftOut, ...] = ()
    ready: int = 0
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Before:
    """What an agreed hour, or one let go, changed: candidate and offers as they were, what was logged, both plans."""

    candidate: Candidate
    offers: tuple[Offer, ...] = ()
    logged: tuple[Touch, ...] = ()
    plans: tuple[SavedPlan | None, SavedPlan | None] = (None, None)


def current(workspace: Workspace, trip: Trip) -> Week:
    """The saved plan of a trip, if any, and whether it still answers what is known now."""
    state = situation(workspace, trip)
    try:
        now = state.problem()
        obstacle, problem = "", parse_problem(now.document)
    except InputError as error:
        now, obstacle, problem = TripProblem(document={}, not_ready=()), str(error), None
    saved = workspace.store.plan(trip.id)
    agenda = state.agenda(saved, now.not_ready) if saved else None
    return Week(
        trip=trip,
        agenda=agenda,
        planned_at=saved.planned_at if saved else None,
        out_of_date=saved is not None and (saved.fingerprint != now.fingerprint or _passed_by(state, agenda)),
        obstacle=obstacle,
        notes=(*now.notes, *ways.notes(workspace, trip, now, state.contacts)),
        not_ready=now.not_ready,
        ready=len(problem.candidates) if problem else 0,
    )


def _passed_by(state: Situation, agenda: Agenda | None) -> bool:
    """Whether an hour was proposed, never agreed, and has begun, while the trip goes on."""
    if agenda is None or state.now.astimezone(state.trip.zone).date() > state.trip.last_day:
        return False
    return any(block.start <= state.now and not block.fixed for block in agenda.meetings)


def plan(
    workspace: Workspace,
    trip: Trip,
    *,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Week:
    """Find the best week and save it; once ``stop`` says so, the best found so far.

    Routing servers, where the user has set some, are asked first for what they have not been asked before.
    InputError when the agreed meetings clash; the saved plan then stays.
    """
    state = situation(workspace, trip)
    asked = ways.ask_servers(workspace, trip, state.places, progress=progress, stop=stop)
    if asked.answered:
        state = situation(workspace, trip)
    now = state.problem()
    problem = parse_problem(now.document)
    answer = solve(problem, time_limit=time_limit, progress=progress, stop=stop)
    if answer.status == "infeasible":
        raise InputError("The agreed meetings cannot all be kept. " + " ".join(answer.conflicts))
    workspace.store.save_plan(kept_plan(trip.id, now, problem, answer, workspace.now()))
    return replace(current(workspace, trip), asked=asked.wrong)


def differences(before: Agenda, after: Agenda) -> str:
    """What a new plan changes against the old one, in a few words; empty when nobody is met at another time."""
    old = {block.contact_id: block for block in before.meetings}
    new = {block.contact_id: block for block in after.meetings}
    moved = [
        f"{block.title} to {block.start:%a %H:%M}"
        for who, block in new.items()
        if who in old and old[who].start != block.start
    ]
    added = [block.title for who, block in new.items() if who not in old]
    dropped = [block.title for who, block in old.items() if who not in new]
    parts = [("Moved", moved), ("Added", added), ("Left out now", dropped)]
    return " ".join(f"{word}: {', '.join(names)}." for word, names in parts if names)


def agree(
    workspace: Workspace, trip: Trip, contact_id: str, start: datetime | None = None, timezone: str = "UTC"
) -> Before:
    """Fix a meeting at ``start`` (None: where it is planned) and log that it is scheduled; an open offer is closed.

    Returns what ``put_back`` takes to undo it. The rest of the plan stays as it is. InputError when the hour would
    break a promise: hours held for others.
    """
    store = workspace.store
    before = current(workspace, trip)
    start = start or _meeting(before, contact_id).start
    with store.transaction():
        candidate = candidate_of(workspace, trip, contact_id)
        if candidate.fixed_start == start and _scheduled(workspace, trip, contact_id):
            raise InputError(f"{start.astimezone(trip.zone):%a %d %b %H:%M} is agreed already, perhaps in another tab.")
        offering.require_safe(workspace, trip, contact_id, start)
        offers = tuple(one for one in store.offers(trip.id) if one.contact_id == contact_id and one.closed_at is None)
        saved = store.plan(trip.id)
        store.save_candidates([replace(candidate, fixed_start=start)])
        offering.close(workspace, trip, contact_id)
        when = f"{start.astimezone(trip.zone):%a %d %b %Y %H:%M} ({trip.timezone})"
        touch = asking.log(
            workspace, contact_id, TouchKind.SCHEDULED, timezone=timezone, note=f"Agreed: {when}", trip_id=trip.id
        )
        if not before.out_of_date:
            _carry_over(workspace, trip, contact_id)
        plans = (saved, store.plan(trip.id))
    return Before(candidate=candidate, offers=offers, logged=(touch,), plans=plans)


def let_go(workspace: Workspace, trip: Trip, contact_id: str) -> Before:
    """Free an agreed hour: the next plan may move or drop the meeting. Returns what ``put_back`` takes to undo it.

    Its ``scheduled`` touches are taken back: all those since the last meeting, as an hour may be agreed on anew.
    """
    store = workspace.store
    with store.transaction():
        candidate = candidate_of(workspace, trip, contact_id)
        store.save_candidates([replace(candidate, fixed_start=None)])
        voids = tuple(asking.take_back(workspace, touch) for touch in _scheduled(workspace, trip, contact_id))
    return Before(candidate=candidate, logged=voids)


def put_back(workspace: Workspace, trip: Trip, before: Before) -> None:
    """Undo an agreed hour, or one let go: hours, offers and log as before; the plan, too, unless there is a new one."""
    store = workspace.store
    with store.transaction():
        candidate = candidate_of(workspace, trip, before.candidate.contact_id)
        store.save_candidates([replace(candidate, fixed_start=before.candidate.fixed_start)])
        for offer in before.offers:
            store.save_offer(offer)
        for touch in before.logged:
            asking.take_back(workspace, touch)
        then, left = before.plans
        if then is not None and store.plan(trip.id) == left:
            store.save_plan(then)


def _scheduled(workspace: Workspace, trip: Trip, contact_id: str) -> list[Touch]:
    """The ``scheduled`` touches of a trip since the last meeting with somebody, the latest first."""
    log = effective_touches(workspace.store.touches(contact_id=contact_id))
    since = takewhile(lambda touch: touch.kind is not TouchKind.MET, reversed(log))
    return [touch for touch in since if touch.kind is TouchKind.SCHEDULED and touch.trip_id == trip.id]


def _carry_over(workspace: Workspace, trip: Trip, contact_id: str) -> None:
    """Keep the plan after one of its meetings was fixed where it already is.

    Fixing only takes choices away, so the plan stays as good as any, and its bound stays true. The referee
    looks at it once more; if it objects (another meeting was also changed), the plan is left out of date.
    """
    saved = workspace.store.plan(trip.id)
    if saved is None:
        return
    _, answer = read_plan(saved)
    meetings = tuple(replace(one, fixed=one.fixed or one.candidate == contact_id) for one in answer.meetings)
    answer = replace(answer, meetings=meetings)
    now = situation(workspace, trip).problem()
    problem = parse_problem(now.document)
    report = check(problem, answer)
    if not report.violations and report.points == answer.points:
        workspace.store.save_plan(kept_plan(trip.id, now, problem, answer, workspace.now()))


def _meeting(week: Week, contact_id: str) -> Block:
    for block in week.agenda.meetings if week.agenda else ():
        if block.contact_id == contact_id:
            return block
    raise NotFoundError("That meeting is not in the plan any more. Plan the week again.")
