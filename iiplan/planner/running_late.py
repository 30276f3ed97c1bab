"""What being late does to the rest of a day. Nothing moves: every meeting keeps its hour, one only comes late to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from iiplan.model import Block, BlockKind

__all__ = ["Delay", "delay_sentence", "delays", "planned_arrival"]

_STOPS = frozenset({BlockKind.MEETING, BlockKind.BUSY})
_NOTES, _LUNCH = frozenset({BlockKind.DEBRIEF}), frozenset({BlockKind.LUNCH})
_CURES = (_NOTES, _LUNCH, _NOTES | _LUNCH)  # what may be skipped, the least first
_WORDS = {_NOTES: "the notes", _LUNCH: "lunch", _NOTES | _LUNCH: "the notes and lunch"}


@dataclass(frozen=True, kw_only=True)
class Delay:
    """One meeting or own appointment of the day that one comes late to.

    ``planned`` is when one was to be there, ``reaches`` when one is; ``minutes`` (whole, above 0) are those after the
    start. ``skipping`` is what to leave out to come in time, or at least less late: then ``minutes_then`` are left.
    """

    block: Block
    planned: datetime
    reaches: datetime
    minutes: int
    skipping: frozenset[BlockKind] = frozenset()
    minutes_then: int = 0


def planned_arrival(blocks: Sequence[Block], stop: Block) -> datetime:
    """When the plan has one at the door of a meeting: before its start when one arrives early."""
    early = (one.start for one in blocks if one.kind is BlockKind.EARLY and one.end == stop.start)
    return next(early, stop.start)


def delays(blocks: Sequence[Block], stop: Block, minutes: int, now: datetime) -> tuple[Delay, ...]:
    """Every stop of the day, from ``stop`` on, that one is late for when running ``minutes`` late; in order of time.

    ``blocks`` are those of the day. Before the start of ``stop`` one arrives there so much later than planned; once it
    has begun it ends so much later. A meeting that begins late takes its full length, ways take as long as planned
    (an estimate), and one never sets off before the plan says so. Waiting makes up for lateness.
    """
    late = _reached(blocks, stop, minutes, now)
    in_time = _reached(blocks, stop, 0, now)
    cured = {cure: _reached(blocks, stop, minutes, now, cure) for cure in _CURES}
    found = []
    for number, (block, reaches) in enumerate(late):
        behind = _behind(block, reaches)
        if behind <= max(0, _behind(*in_time[number])):  # own appointments may overlap without any delay
            continue
        then = {cure: max(0, _behind(*cured[cure][number])) for cure in _CURES}
        best = min(_CURES, key=then.__getitem__)
        helps = then[best] < behind
        found.append(
            Delay(
                block=block,
                planned=planned_arrival(blocks, block),
                reaches=reaches,
                minutes=behind,
                skipping=best if helps else frozenset(),
                minutes_then=then[best] if helps else 0,
            )
        )
    return tuple(found)


def delay_sentence(delay: Delay) -> str:
    """'You reach Ann at 14:12 instead of 13:55: 7 minutes late; skip the notes and you are on time.'"""
    block = delay.block
    to = f"The call with {block.title} begins" if _is_call(block) else f"You reach {block.title}"
    text = f"{to} at {delay.reaches:%H:%M} instead of {delay.planned:%H:%M}: {_minutes(delay.minutes)} late"
    if not delay.skipping:
        return f"{text}."
    then = f"only {_minutes(delay.minutes_then)} late" if delay.minutes_then else "on time"
    return f"{text}; skip {_WORDS[delay.skipping]} and you are {then}."


def _reached(
    blocks: Sequence[Block], stop: Block, minutes: int, now: datetime, skip: frozenset[BlockKind] = frozenset()
) -> list[tuple[Block, datetime]]:
    """When one comes to each stop from ``stop`` on (not to one that has begun), in order, leaving ``skip`` out."""
    late = timedelta(minutes=minutes)
    reached = []
    if stop.start <= now:
        planned, real = stop.end, stop.end + late
    else:
        planned = stop.start
        arrival = planned_arrival(blocks, stop)
        saved = sum((_ahead(one, now) for one in blocks if one.kind in skip and one.end <= stop.start), timedelta())
        real = arrival + late - saved
        reached.append((stop, real))
        planned, real = stop.end, max(real, stop.start) + (stop.end - stop.start)
    for block in sorted((one for one in blocks if one.start >= stop.end), key=lambda one: (one.start, one.end)):
        if block.kind is BlockKind.EARLY or (block.kind is BlockKind.DEBRIEF and not _follows_meeting(blocks, block)):
            continue
        begins = max(planned, block.start)  # a stretch that another one covers takes no time of its own
        takes = max(block.end - begins, timedelta())
        planned = max(planned, block.end)
        if block.kind in _STOPS:
            # At the door as early as planned, unless late.
            reached.append((block, max(real, planned_arrival(blocks, block))))
            real = max(real, block.start) + (block.end - block.start)
        elif block.kind not in skip:
            real = max(real, begins) + takes
    return reached


def _behind(block: Block, reaches: datetime) -> int:
    return -(-int((reaches - block.start).total_seconds()) // 60)


def _ahead(block: Block, now: datetime) -> timedelta:
    """How much of a stretch is still to come."""
    return max(block.end - max(block.start, now), timedelta())


def _follows_meeting(blocks: Sequence[Block], notes: Block) -> bool:
    """Whether the meeting that the notes are about still stands."""
    return any(one.kind is BlockKind.MEETING and one.end == notes.start for one in blocks)


def _is_call(block: Block) -> bool:
    return block.kind is BlockKind.MEETING and block.place is None


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"
