"""Use cases about offering hours: which ones, hold them, choose or withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from iiplan.briefing import hours_words
from iiplan.errors import InputError, NotFoundError
from iiplan.model import Offer, Touch, TouchKind, Trip
from iiplan.planner import asking
from iiplan.planner.situation import Situation, situation
from iiplan.planner.workspace import Workspace, new_id
from iiplan.scheduling import Hold, Moment, Problem, Slot, is_safe, offers, parse_problem

__all__ = [
    "Hour",
    "Hours",
    "close",
    "hours_to_offer",
    "is_possible",
    "make_offer",
    "offer_text",
    "open_offers",
    "require_safe",
]


@dataclass(frozen=True, kw_only=True)
class Hour:
    """An hour that could be offered, aware, and how many points fewer the week is worth than with the best one."""

    start: datetime
    end: datetime
    loss: int


@dataclass(frozen=True, kw_only=True)
class Hours:
    """All hours that could be offered to somebody, by time, and a few good and different ones, the best first."""

    all: tuple[Hour, ...]
    suggested: tuple[Hour, ...]


def open_offers(workspace: Workspace, trip: Trip) -> tuple[Offer, ...]:
    """Offers that wait for an answer, in the order made."""
    return tuple(situation(workspace, trip).offers.values())


def hours_to_offer(workspace: Workspace, trip: Trip, contact_id: str, how_many: int = 3) -> Hours:
    """Hours for one contact that keep everything agreed and everything held for others, whatever they choose."""
    state = situation(workspace, trip)
    _require_candidate(state, contact_id)
    now = state.problem(asked=contact_id)
    reasons = [one.reason for one in now.not_ready if one.contact_id == contact_id]
    if reasons:
        raise InputError(reasons[0])
    problem = parse_problem(now.document)
    found = offers(problem, contact_id, how_many, held=_held(state, problem, contact_id))
    best = max((slot.points for slot in found.slots), default=0)
    return Hours(
        all=tuple(_hour(slot, trip, best) for slot in found.slots),
        suggested=tuple(_hour(slot, trip, best) for slot in found.suggested),
    )


def make_offer(
    workspace: Workspace, trip: Trip, contact_id: str, starts: Sequence[datetime], timezone: str = "UTC"
) -> tuple[Offer, Touch]:
    """Hold hours for a contact and log that they were offered; an earlier open offer to them is closed.

    InputError when an hour would break what is agreed or held for others.
    """
    with workspace.store.transaction():
        for start in starts:
            require_safe(workspace, trip, contact_id, start)
        close(workspace, trip, contact_id)
        offer = Offer(
            id=new_id(), trip_id=trip.id, contact_id=contact_id, starts=tuple(sorted(starts)), made_at=workspace.now()
        )
        workspace.store.save_offer(offer)
        listed = ", ".join(f"{start.astimezone(trip.zone):%a %d %b %H:%M}" for start in offer.starts)
        note = f"{listed} ({trip.timezone})"
        touch = asking.log(workspace, contact_id, TouchKind.OFFERED, timezone=timezone, note=note, trip_id=trip.id)
    return offer, touch


def close(workspace: Workspace, trip: Trip, contact_id: str) -> None:
    """Hold no more hours for a contact: they chose, or the offer is withdrawn."""
    for offer in workspace.store.offers(trip.id):
        if offer.contact_id == contact_id and offer.closed_at is None:
            workspace.store.save_offer(replace(offer, closed_at=workspace.now()))


def require_safe(workspace: Workspace, trip: Trip, contact_id: str, start: datetime) -> None:
    """InputError when a meeting at ``start`` could break what is agreed or held for others, whatever they choose."""
    state = situation(workspace, trip)
    _require_candidate(state, contact_id)
    problem = parse_problem(state.problem(asked=contact_id).document)
    held = _held(state, problem, contact_id)
    if held and not is_safe(problem, contact_id, _moment(start, trip.zone), held=held):
        names = " or ".join(state.contacts[hold.candidate].name for hold in held)
        raise InputError(
            f"{start.astimezone(trip.zone):%a %d %b %H:%M} could clash with hours offered to {names} or with something "
            "agreed. Choose another hour, or withdraw that offer first."
        )


def is_possible(workspace: Workspace, trip: Trip, contact_id: str, start: datetime) -> bool:
    """Whether a meeting at ``start`` keeps everything agreed, and whatever those with hours held choose.

    An hour of the contact's own that is agreed is taken to be given up.
    """
    state = situation(workspace, trip)
    problem = parse_problem(state.problem(asked=contact_id).document)
    if contact_id not in problem.candidate_index:
        return False
    return is_safe(problem, contact_id, _moment(start, trip.zone), held=_held(state, problem, contact_id))


def offer_text(starts: Iterable[datetime], minutes: int, timezone: str) -> str:
    """Hours as a message says them, in the reader's zone, which is named."""
    return f"Would one of these suit you?\n{hours_words(starts, minutes, timezone)}"


def _require_candidate(state: Situation, contact_id: str) -> None:
    if state.candidate(contact_id) is None:
        raise NotFoundError("That person is not on the trip. Add them on the Trip page first.")


def _held(state: Situation, problem: Problem, asked: str) -> list[Hold]:
    """Hours held for others who are part of the problem."""
    return [
        Hold(candidate=contact_id, starts=tuple(_moment(start, state.trip.zone) for start in offer.starts))
        for contact_id, offer in state.offers.items()
        if contact_id != asked and contact_id in problem.candidate_index
    ]


def _moment(start: datetime, zone: ZoneInfo) -> Moment:
    local = start.astimezone(zone)
    return Moment(local.date(), local.hour * 60 + local.minute)


def _hour(slot: Slot, trip: Trip, best: int) -> Hour:
    start = datetime.combine(slot.date, time(slot.start // 60, slot.start % 60), trip.zone)
    return Hour(start=start, end=start + timedelta(minutes=slot.end - slot.start), loss=best - slot.points)
