"""Use cases about what the user changed in the calendar app: see it, and take it over one by one."""

from __future__ import annotations

from dataclasses import dataclass

from iiplan.calendars import Proposal, ProposalKind, ReadBack, read_back
from iiplan.errors import InputError
from iiplan.model import Candidate, Offer, Touch, TouchKind, Trip
from iiplan.planner import asking, calendar_out, offering, week
from iiplan.planner.trips import candidate_of
from iiplan.planner.workspace import Workspace

__all__ = ["Taken", "proposals", "take_over", "undo"]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What was there before a change was taken over, and what was logged for it."""

    candidates: tuple[Candidate, ...]
    offers: tuple[Offer, ...]
    touches: tuple[Touch, ...]


def proposals(workspace: Workspace, trip: Trip, content: bytes) -> ReadBack:
    """What a file from the user's calendar says about the trip's meetings. InputError when it is none."""
    found = calendar_out.calendar_week(workspace, trip)
    return read_back(content, found.editions, found.timezone)


def take_over(workspace: Workspace, trip: Trip, proposal: Proposal, timezone: str = "UTC") -> Taken:
    """Make a change of the calendar's one of the trip's.

    A moved meeting is agreed at its new hour, if that keeps everything else that is agreed or held. A cancelled one is
    logged as cancelled, and its hour is free. The week is then to be planned again. InputError when it cannot be.
    """
    store, who = workspace.store, proposal.entry.contact_id
    with store.transaction():
        before = candidate_of(workspace, trip, who)
        offers = tuple(one for one in store.offers(trip.id) if one.contact_id == who and one.closed_at is None)
        known = {touch.id for touch in store.touches(contact_id=who)}
        if proposal.kind is ProposalKind.MOVED:
            if not offering.is_possible(workspace, trip, who, proposal.start):
                raise InputError(
                    f"{proposal.start:%a %d %b %H:%M} is not on a day of the trip or clashes with something agreed or "
                    "held. Choose another hour, or let go of what stands in the way first."
                )
            week.agree(workspace, trip, who, proposal.start, timezone)
        else:
            touch = asking.log(workspace, who, TouchKind.CANCELLED, timezone=timezone, trip_id=trip.id)
            asking.free_hours(workspace, touch)
        logged = tuple(touch for touch in store.touches(contact_id=who) if touch.id not in known)
    return Taken(candidates=(before,), offers=offers, touches=logged)


def undo(workspace: Workspace, taken: Taken) -> None:
    """Take a change back that was taken over."""
    store = workspace.store
    with store.transaction():
        for touch in taken.touches:
            asking.take_back(workspace, touch)
        store.save_candidates(taken.candidates)
        for offer in taken.offers:
            store.save_offer(offer)
