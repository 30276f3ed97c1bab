"""The saved plan put right by what is known since: what calendars are given must be true now.

A plan is made anew when the user asks for it. Until then, an hour agreed on goes before the plan's, and who was taken
off the trip, has declined or has cancelled is in it no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from iiplan.model import Agenda, AgendaDay, Block, BlockKind, Candidate, Format, SavedPlan, Stage, TouchKind
from iiplan.planner.problem import meeting_place
from iiplan.planner.situation import Situation

__all__ = ["StandingWeek", "standing_week"]


@dataclass(frozen=True, kw_only=True)
class StandingWeek:
    """``agenda`` as it stands; ``held`` are the hours offered, each as the meeting that it would be.

    ``way_unknown`` names those agreed at an hour that the plan does not know.
    """

    agenda: Agenda
    held: tuple[Block, ...]
    way_unknown: frozenset[str]


def standing_week(state: Situation, saved: SavedPlan | None) -> StandingWeek:
    """What stands of a trip's plan (None: not planned yet), with every hour agreed and every hour held.

    Somebody who is to choose among hours offered has these and none in the plan.
    """
    planned_at = saved.planned_at if saved else None
    agenda = state.agenda(saved, ()) if saved else Agenda(trip_id=state.trip.id, timezone=state.trip.timezone, days=())
    days = tuple(replace(day, blocks=tuple(_standing(state, day.blocks, planned_at))) for day in agenda.days)
    kept = {block.contact_id for day in days for block in day.meetings}
    agreed = [
        _block(state, one, one.fixed_start, fixed=True)
        for one in state.candidates
        if one.fixed_start is not None and one.contact_id not in kept and not _is_off(state, one, None, planned_at)
    ]
    return StandingWeek(
        agenda=replace(agenda, days=_with(days, agreed)),
        held=tuple(
            _block(state, one, start, fixed=False)
            for one in state.candidates
            if one.contact_id in state.offers
            for start in state.offers[one.contact_id].starts
        ),
        way_unknown=frozenset(block.contact_id for block in agreed if block.contact_id),
    )


def _standing(state: Situation, blocks: Iterable[Block], planned_at: datetime | None) -> Iterator[Block]:
    """The blocks of a day without the meetings that are off, offered or agreed for another hour."""
    for block in blocks:
        if block.kind is not BlockKind.MEETING:
            yield block
            continue
        candidate = state.candidate(block.contact_id or "")
        if candidate is None or candidate.contact_id in state.offers or _is_off(state, candidate, block, planned_at):
            continue
        if candidate.fixed_start in {None, block.start}:
            yield replace(block, fixed=candidate.fixed_start is not None)


def _is_off(state: Situation, candidate: Candidate, block: Block | None, planned_at: datetime | None) -> bool:
    """Whether they said no, or cancelled since the hour was agreed or planned."""
    if state.stages[candidate.contact_id] is Stage.DECLINED:
        return True
    known = state.known[candidate.contact_id]
    said = known.hour
    if said is None or said.kind is not TouchKind.CANCELLED or candidate.fixed_start is not None:
        return False
    if known.yes is not None and known.yes.at > said.at:
        return False
    was_agreed = block is not None and block.fixed
    return was_agreed or planned_at is None or said.at >= planned_at


def _block(state: Situation, candidate: Candidate, start: datetime, *, fixed: bool) -> Block:
    """A meeting at an hour that comes from no plan."""
    contact = state.contacts[candidate.contact_id]
    end = start.astimezone(UTC) + timedelta(minutes=candidate.duration)
    return Block(
        kind=BlockKind.MEETING,
        start=start,
        end=end.astimezone(start.tzinfo),
        title=contact.name,
        contact_id=contact.id,
        place=meeting_place(candidate, contact),
        placeless=candidate.format is Format.IN_PERSON and meeting_place(candidate, contact) is None,
        fixed=fixed,
    )


def _with(days: Iterable[AgendaDay], blocks: Iterable[Block]) -> tuple[AgendaDay, ...]:
    """The days with further blocks, each on its date."""
    known = {day.date: day for day in days}
    for date, more in groupby(sorted(blocks, key=lambda block: block.start), key=lambda block: block.start.date()):
        found = tuple(more)
        day = known.get(date) or AgendaDay(date=date, opens=found[0].start, closes=found[-1].end)
        known[date] = replace(day, blocks=tuple(sorted((*day.blocks, *found), key=lambda block: block.start)))
    return tuple(known[date] for date in sorted(known))
