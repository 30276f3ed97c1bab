"""A week plan laid out for people: what happens when, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from iiplan.model.leg import Leg
from iiplan.model.place import Place

__all__ = ["Agenda", "AgendaDay", "Block", "BlockKind", "LeftOut"]


class BlockKind(StrEnum):
    """What a stretch of a day is for."""

    TRAVEL = "travel"
    EARLY = "early"  # at the door before the start
    MEETING = "meeting"
    DEBRIEF = "debrief"
    LUNCH = "lunch"
    BUSY = "busy"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One stretch of a day, aware and half-open.

    A meeting carries its contact, ``place`` (None: a call, or ``placeless``: a visit whose place is not known yet),
    ``leave_by`` (when to set off for it, None when one is already there), ``travel_minutes`` of the way to it, and
    whether its hour is agreed (``fixed``).

    A way carries its ``leg`` where that was kept, as does the meeting it leads to, and its ``detail`` says where it
    starts. ``available``: minutes from being free to set off until the next thing begins, None on the way back.
    """

    kind: BlockKind
    start: datetime
    end: datetime
    title: str
    contact_id: str | None = None
    detail: str = ""
    place: Place | None = None
    leave_by: datetime | None = None
    travel_minutes: int = 0
    fixed: bool = False
    placeless: bool = False
    leg: Leg | None = None
    available: int | None = None

    @property
    def call(self) -> bool:
        """Whether it is a meeting by phone or video."""
        return self.kind is BlockKind.MEETING and self.place is None and not self.placeless

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return round((self.end - self.start).total_seconds() / 60)


@dataclass(frozen=True, kw_only=True)
class AgendaDay:
    """One day: its blocks by start, and when one leaves and returns (None on a day without meetings)."""

    date: date
    opens: datetime
    closes: datetime
    blocks: tuple[Block, ...] = ()
    leave: datetime | None = None
    back: datetime | None = None
    travel_minutes: int = 0
    idle_minutes: int = 0
    off: bool = False
    points: int = 0

    @property
    def meetings(self) -> tuple[Block, ...]:
        """The day's meetings in order."""
        return tuple(block for block in self.blocks if block.kind is BlockKind.MEETING)

    @property
    def ways(self) -> tuple[Block, ...]:
        """The day's ways in order, the one back to the base included."""
        return tuple(block for block in self.blocks if block.kind is BlockKind.TRAVEL)


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Somebody the plan does not meet, and the true reason."""

    contact_id: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A whole plan as people read it. ``proven``: no better week exists; ``bound`` is never below ``points``."""

    trip_id: str
    timezone: str
    days: tuple[AgendaDay, ...]
    left_out: tuple[LeftOut, ...] = ()
    points: int = 0
    bound: int = 0
    proven: bool = False

    @property
    def meetings(self) -> tuple[Block, ...]:
        """All meetings of the week in order."""
        return tuple(block for day in self.days for block in day.meetings)
