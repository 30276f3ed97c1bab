"""Use cases about what to bring: worked out from the week as it stands, ticked off by the user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iiplan.briefing import (
    ChecklistItem,
    ConductRule,
    Dress,
    PackedMeeting,
    checklist_for_day,
    checklist_for_meeting,
    conduct_for,
    read_checklist,
    read_conduct,
)
from iiplan.model import Block, Format, Tick, Trip
from iiplan.outreach import folded_organisation
from iiplan.planner.situation import situation
from iiplan.planner.standing_week import standing_week
from iiplan.planner.workspace import Workspace
from iiplan.resources import data_folder

__all__ = [
    "PackedItem",
    "conduct",
    "day_checklist",
    "dress_at",
    "meeting_checklist",
    "meetings_by_day",
    "set_dress",
    "set_tick",
]

_DRESS = "dress"


@dataclass(frozen=True, kw_only=True)
class PackedItem:
    """One thing of a list: ``scope`` names the list; ``ticked`` says whether it is seen to."""

    scope: str
    item: ChecklistItem
    ticked: bool


def meetings_by_day(workspace: Workspace, trip: Trip) -> dict[date, tuple[Block, ...]]:
    """The meetings of the week as it stands, by day; days without any left out."""
    agenda = standing_week(situation(workspace, trip), workspace.store.plan(trip.id)).agenda
    return {day.date: day.meetings for day in agenda.days if day.meetings}


def day_checklist(workspace: Workspace, trip: Trip, day: date) -> tuple[PackedItem, ...]:
    """What to bring on a day, what is done the evening before first; empty on a day without meetings."""
    meetings = [_packed(workspace, block) for block in meetings_by_day(workspace, trip).get(day, ())]
    items = checklist_for_day(read_checklist(_folder() / "day.txt"), meetings)
    ordered = sorted(items, key=lambda item: not item.evening)
    return _with_ticks(workspace, f"bring {trip.id} {day.isoformat()}", tuple(ordered))


def meeting_checklist(workspace: Workspace, trip: Trip, meeting: Block) -> tuple[PackedItem, ...]:
    """What to see to for one meeting."""
    items = checklist_for_meeting(read_checklist(_folder() / "meeting.txt"), _packed(workspace, meeting))
    return _with_ticks(workspace, f"meeting {trip.id} {meeting.contact_id}", items)


def conduct(meeting: Block) -> tuple[ConductRule, ...]:
    """How to behave at one meeting, in the order of its moments."""
    return conduct_for(read_conduct(_folder() / "conduct.txt"), _format(meeting))


def set_tick(workspace: Workspace, scope: str, text: str, ticked: bool) -> None:
    """Tick one thing of a list off, or take the tick back."""
    if ticked:
        workspace.store.tick(Tick(scope=scope, item=text, at=workspace.now()))
    else:
        workspace.store.untick(scope, text)


def dress_at(workspace: Workspace, organisation: str) -> Dress:
    """How they dress at an organisation, as the user said; business where nothing was said."""
    kept = workspace.store.setting(_DRESS).get(folded_organisation(organisation))
    return Dress(kept) if isinstance(kept, str) and kept in set(Dress) else Dress.BUSINESS


def set_dress(workspace: Workspace, organisation: str, dress: Dress) -> None:
    """Keep how they dress at an organisation."""
    kept = workspace.store.setting(_DRESS)
    workspace.store.save_setting(_DRESS, {**kept, folded_organisation(organisation): dress.value})


def _packed(workspace: Workspace, block: Block) -> PackedMeeting:
    organisation = workspace.store.contact(block.contact_id).organisation if block.contact_id else ""
    return PackedMeeting(format=_format(block), place=block.place, dress=dress_at(workspace, organisation))


def _format(block: Block) -> Format:
    return Format.CALL if block.call else Format.IN_PERSON


def _with_ticks(workspace: Workspace, scope: str, items: tuple[ChecklistItem, ...]) -> tuple[PackedItem, ...]:
    ticked = workspace.store.ticks(scope)
    return tuple(PackedItem(scope=scope, item=item, ticked=item.text in ticked) for item in items)


def _folder() -> Path:
    return data_folder() / "checklists"
