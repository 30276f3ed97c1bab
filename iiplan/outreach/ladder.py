"""The people of one organisation from the top of the chain of command down: who was asked, and who is next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from iiplan.model import Contact, Trip, WorthWeights
from iiplan.outreach.asks import at_one_organisation, by_organisation, down_the_chain, is_open, is_talking, who_first
from iiplan.outreach.due_kinds import Person, day
from iiplan.outreach.message_due import message_due
from iiplan.outreach.worth import USUAL_WEIGHTS

__all__ = ["Crowded", "Ladder", "asks_beyond_the_rule", "ladder"]


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """``rungs``: everybody known there, the top first. ``next``: ids of those to ask now, ``nudge``: to remind.

    ``why`` is a sentence about it, also where nobody is next.
    """

    rungs: tuple[Person, ...]
    next: tuple[str, ...]
    nudge: tuple[str, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class Crowded:
    """Somebody whose ask would be one too many at their organisation, and who is in the way (``why``, a sentence)."""

    contact: Contact
    why: str


def ladder(
    members: Sequence[Person],
    *,
    trip: Trip | None = None,
    chosen: Collection[str] = (),
    weights: WorthWeights = USUAL_WEIGHTS,
) -> Ladder:
    """The ladder of one organisation, of whom ``members`` are all that we know; ``chosen`` are the trip's candidates.

    Whom to ask is decided as for the due list, but for how many are asked a day and whether a trip lies ahead.
    """
    rungs = tuple(sorted(members, key=down_the_chain))
    if not rungs:
        return Ladder(rungs=(), next=(), nudge=(), why="Nobody is known there yet.")
    messages = {one.id: message for one in rungs if (message := message_due(one)) is not None}
    found = at_one_organisation(rungs, messages, lambda one: who_first(one, trip, chosen, weights))
    next_ones = (*(one for one, _ in found.next_people), *found.fresh)
    return Ladder(
        rungs=rungs,
        next=tuple(one.id for one in next_ones),
        nudge=tuple(due.contact_id for due in found.nudges),
        why=_why(rungs, next_ones, [silent for _, silent in found.next_people], bool(found.nudges)),
    )


def _why(rungs: Sequence[Person], next_ones: Sequence[Person], silent: Sequence[Person], nudging: bool) -> str:
    if next_ones:
        names = " and ".join(one.name for one in next_ones)
        before = f": {silent[0].name} has not answered" if silent else ""
        return f"{names} {'is' if len(next_ones) == 1 else 'are'} next{before}."
    in_the_way = _in_the_way(rungs)
    if in_the_way:
        return f"Nobody new for now: {in_the_way}."
    if nudging:
        return "A nudge goes before a new ask."
    return "Everybody known there was asked."


def _in_the_way(people: Sequence[Person]) -> str:
    """Why nobody new is asked there: talks go on, or an ask is open; empty when neither."""
    for one in people:
        if is_talking(one):
            return f"you are talking with {one.name}"
    for one in people:
        if is_open(one) and one.known.message is not None:
            return f"{one.name} was written to on {day(one.local(one.known.message))} and may still answer"
    return ""


def asks_beyond_the_rule(everybody: Sequence[Person], asked: Collection[str]) -> tuple[Crowded, ...]:
    """Of the contacts (ids) in ``asked``, those with whom an organisation would have too many open asks.

    Of several at one organisation those higher in the chain of command go first. Nobody may be asked beside an ask
    that is open or a talk that goes on; asking again who is asked already takes no room.
    """
    found: list[Crowded] = []
    for members in by_organisation(everybody):
        busy = [one for one in members if is_open(one) or is_talking(one)]
        engaged = {one.id for one in busy}
        new = sorted((one for one in members if one.id in asked and one.id not in engaged), key=down_the_chain)
        if not new:
            continue
        talking = any(map(is_talking, busy))
        room = 0 if talking else max(0, members[0].rules.cadence.open_asks - len(busy))
        why = _in_the_way(busy) or f"{' and '.join(one.name for one in new[:room])} would be asked there too"
        found += [Crowded(contact=one.contact, why=f"{why[0].upper()}{why[1:]}.") for one in new[room:]]
    return tuple(found)
