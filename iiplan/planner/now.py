"""Use cases of the day itself: the next stop, being there, running late, and whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from iiplan.briefing import first_name
from iiplan.model import Block, Contact, Stage, Tick, TouchKind, Trip
from iiplan.outreach.meetings import Meeting, is_off
from iiplan.planner import settings
from iiplan.planner.running_late import Delay, delays
from iiplan.planner.situation import Situation, situation
from iiplan.planner.standing_week import standing_week
from iiplan.planner.workspace import Workspace

__all__ = [
    "STEP",
    "Now",
    "Stop",
    "arrive",
    "clock_words",
    "is_near",
    "late_message",
    "later_by",
    "now_on",
]

STEP = 10  # minutes that one press adds
_AGREED = frozenset({Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED})
_FELL_THROUGH = frozenset({TouchKind.CANCELLED, TouchKind.NO_SHOW})


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A meeting that lies ahead or is under way: ``there`` once the user said so, ``late`` minutes as they said."""

    block: Block
    contact: Contact
    there: bool = False
    late: int = 0

    def begun(self, now: datetime) -> bool:
        """Whether its hour has come."""
        return self.block.start <= now


@dataclass(frozen=True, kw_only=True)
class Now:
    """One day of a trip as it stands at ``at``, in the trip's zone.

    ``stop`` is the next meeting of the day, or the one under way; ``next`` the first meeting of a later day, where no
    meeting of the day is left. ``delays`` is what ``stop.late`` breaks. ``cancelled`` are meetings of the day that
    fell through today and whose hour is not over. ``people`` are all with a meeting on the day, by contact id, and
    ``opens`` is when the first of these meetings starts or would have.
    """

    at: datetime
    trip: Trip
    stop: Stop | None = None
    next: Block | None = None
    delays: tuple[Delay, ...] = ()
    cancelled: tuple[Block, ...] = ()
    people: frozenset[str] = frozenset()
    opens: datetime | None = None


def now_on(workspace: Workspace, trip: Trip) -> Now:
    """The day as it stands: agreed hours go before the plan's, and what fell through is out of it."""
    state, saved = situation(workspace, trip), workspace.store.plan(trip.id)
    at = workspace.now().astimezone(trip.zone)
    days = {day.date: day for day in standing_week(state, saved).agenda.days}
    today = days.get(at.date())
    meetings = today.meetings if today else ()
    stop = next(_stops(workspace, state, meetings, at), None)
    later = (one for day in sorted(days) if day > at.date() for one in days[day].meetings if _stands(state, one))
    planned = state.agenda(saved, ()).meetings if saved else ()
    of_today = [one for one in (*meetings, *planned) if one.start.date() == at.date() and _was_agreed(state, one)]
    return Now(
        at=at,
        trip=trip,
        stop=stop,
        next=None if stop else next(later, None),
        delays=delays(today.blocks, stop.block, stop.late, at) if today and stop and stop.late else (),
        cancelled=tuple(
            one
            for one in planned
            if one.start.date() == at.date() and one.end > at and one not in meetings and _fell_through(state, one, at)
        ),
        people=frozenset(one.contact_id for one in of_today if one.contact_id),
        opens=min((one.start for one in of_today), default=None),
    )


def is_near(now: Now, hours: int) -> bool:
    """Whether the first meeting of today starts within so many hours, or did."""
    return now.opens is not None and now.opens - now.at <= timedelta(hours=hours)


def arrive(workspace: Workspace, now: Now, stop: Stop) -> Callable[[], None]:
    """Keep for the day that we are there; calling what is returned takes it back. The log says nothing of it."""
    return _tick(workspace, now, f"there {stop.contact.id}")


def later_by(workspace: Workspace, now: Now, stop: Stop) -> Callable[[], None]:
    """Keep for the day that we are another ``STEP`` minutes late; calling what is returned takes it back."""
    return _tick(workspace, now, f"late {stop.contact.id} {stop.late + STEP}")


def clock_words(stop: Stop, now: datetime) -> tuple[str, str]:
    """What the clock says about a stop: in a few words, and a sentence more."""
    block = stop.block
    start = f"{block.start:%H:%M}"
    if stop.begun(now):
        return "Under way", f"Since {start}, until {block.end:%H:%M}."
    until = _span(block.start - now)
    if stop.there:
        return "You are there", f"It starts at {start}, in {until}."
    if block.place is None:
        return f"Call in {until}", f"At {start}, on the dot."
    if block.leave_by is None:
        return f"Starts in {until}", f"At {start}. When to leave is not known: the plan has no way to it."
    leave = block.leave_by + timedelta(minutes=stop.late)
    late = f", {stop.late} minutes late" if stop.late else ""
    if leave > now:
        return f"Leave in {_span(leave - now)}", f"At {leave:%H:%M}{late}; it starts at {start}."
    return "Be on the way", f"Since {leave:%H:%M}{late}; it starts at {start}, in {until}."


def late_message(workspace: Workspace, delay: Delay) -> str:
    """What to tell somebody who is kept waiting."""
    block = delay.block
    me = first_name(settings.profile(workspace).name)
    when = f"{delay.reaches:%H:%M} instead of {block.start:%H:%M}"
    what = f"will call at {when}" if block.place is None else f"will be with you at {when}"
    return f"Dear {first_name(block.title)}, I am late and {what}. I am sorry to keep you waiting. {me}".strip()


def _stops(workspace: Workspace, state: Situation, meetings: tuple[Block, ...], at: datetime) -> Iterator[Stop]:
    """The day's meetings that are to come or under way, in order."""
    said = workspace.store.ticks(_scope(state.trip, at.date()))
    for block in meetings:
        contact_id = block.contact_id or ""
        late = max((minutes for minutes in map(_minutes(contact_id), said)), default=0)
        if _stands(state, block) and block.end + timedelta(minutes=late) > at:
            yield Stop(block=block, contact=state.contacts[contact_id], there=f"there {contact_id}" in said, late=late)


def _stands(state: Situation, block: Block) -> bool:
    """Whether a meeting is agreed, or planned with somebody who said yes, and the log does not say how it went."""
    contact_id = block.contact_id or ""
    meeting = Meeting(start=block.start, end=block.end, fixed=block.fixed)
    if contact_id not in state.known or is_off(state.known[contact_id], meeting, state.trip.zone):
        return False
    return block.fixed or state.stages[contact_id] in _AGREED


def _was_agreed(state: Situation, block: Block) -> bool:
    """Whether they ever said yes to meeting, as far as the log tells."""
    known = state.known.get(block.contact_id or "")
    return block.fixed or (known is not None and any((known.yes, known.hour, known.met)))


def _fell_through(state: Situation, block: Block, at: datetime) -> bool:
    known = state.known.get(block.contact_id or "")
    hour = known.hour if known else None
    return hour is not None and hour.kind in _FELL_THROUGH and hour.at.astimezone(at.tzinfo).date() == at.date()


def _tick(workspace: Workspace, now: Now, item: str) -> Callable[[], None]:
    scope = _scope(now.trip, now.at.date())
    workspace.store.tick(Tick(scope=scope, item=item, at=workspace.now()))
    return lambda: workspace.store.untick(scope, item)


def _scope(trip: Trip, day: date) -> str:
    return f"on the day {trip.id} {day.isoformat()}"


def _minutes(contact_id: str) -> Callable[[str], int]:
    beginning = f"late {contact_id} "
    return lambda item: int(item.removeprefix(beginning)) if item.startswith(beginning) else 0


def _span(length: timedelta) -> str:
    """'12 min', '2 h 05 min'; whole minutes, rounded down so that there is never less time than it says."""
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
