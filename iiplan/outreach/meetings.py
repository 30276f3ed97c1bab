"""When one meets whom on a trip, from its plan and from what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from iiplan.model import Agenda, Block, Candidate, Format, Stage, TouchKind
from iiplan.outreach.rules import Rules
from iiplan.outreach.stages import Standing

__all__ = ["Meeting", "confirm_by", "is_agreed", "is_off", "meetings_of"]

_UNDONE = frozenset({TouchKind.CANCELLED, TouchKind.NO_SHOW, TouchKind.DECLINED})
_AGREED = frozenset({Stage.SCHEDULED, Stage.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One meeting of a trip, aware; ``fixed`` when its start is agreed; ``block`` is the plan's entry for it."""

    start: datetime
    end: datetime
    fixed: bool
    call: bool = False
    block: Block | None = None


def meetings_of(agenda: Agenda | None, candidates: Iterable[Candidate]) -> dict[str, Meeting]:
    """Each contact's meeting. An agreed start of a candidate goes before what an older plan says."""
    found: dict[str, Meeting] = {}
    for block in agenda.meetings if agenda else ():
        if block.contact_id is not None and block.contact_id not in found:
            found[block.contact_id] = Meeting(
                start=block.start, end=block.end, fixed=block.fixed, call=block.call, block=block
            )
    for candidate in candidates:
        start = candidate.fixed_start
        planned = found.get(candidate.contact_id)
        if start is None or (planned is not None and planned.start == start and planned.fixed):
            continue
        end = start.astimezone(UTC) + timedelta(minutes=candidate.duration)
        found[candidate.contact_id] = Meeting(
            start=start,
            end=end.astimezone(start.tzinfo),
            fixed=True,
            call=candidate.format is Format.CALL,
            block=planned.block if planned is not None and planned.start == start else None,
        )
    return found


def is_off(known: Standing, meeting: Meeting, zone: tzinfo | None) -> bool:
    """Whether the log already says that this meeting took place, fell through, or was moved after it was over."""
    if known.met is not None and _on_that_day_or_later(known.met.at, meeting.start, zone):
        return True
    hour = known.hour
    if hour is None:
        return False
    if hour.kind in _UNDONE:
        return known.yes is None or known.yes.at <= hour.at
    return hour.at >= meeting.end


def _on_that_day_or_later(moment: datetime, start: datetime, zone: tzinfo | None) -> bool:
    """Whether ``moment`` lies on the day of ``start`` or after it."""
    days = zone or start.tzinfo
    return moment.astimezone(days).date() >= start.astimezone(days).date()


def is_agreed(known: Standing, meeting: Meeting) -> bool:
    """Whether the other side knows of this meeting, as far as we know."""
    return meeting.fixed or known.stage in _AGREED


def confirm_by(start: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """From when to confirm a meeting, and until when.

    Until ``confirm_hours`` ahead and the business day before, whichever is earlier, on a business day. It begins in
    the morning (midnight) of the business day before that.
    """
    wall = start.astimezone(rules.zone) if rules.zone else start
    ahead = start.astimezone(UTC) - timedelta(hours=rules.cadence.confirm_hours)
    until = min(ahead, rules.add_days(wall, -1).astimezone(UTC)).astimezone(wall.tzinfo)
    if rules.days_between(until - timedelta(days=1), until) == 0:  # a weekend or a holiday
        until = rules.add_days(until, -1)
    opens = rules.add_days(until, -1).replace(hour=0, minute=0, second=0, microsecond=0)
    return opens, until
