"""Whom to ask, and whom to nudge: decided for all colleagues of one organisation together.

An ask is open while it has no answer and our last message is younger than ``next_person_after`` business days. The
open asks at an organisation and those proposed there are never more than ``open_asks``: first come reminders of hours
that are held, then nudges, then the next person or somebody new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iiplan.model import Authority, Source, Stage, TouchKind, Trip, WorthWeights
from iiplan.outreach.business_days import local_date
from iiplan.outreach.cities import same_city
from iiplan.outreach.due_kinds import Due, DueKind, Person, business_days, day
from iiplan.outreach.worth import USUAL_WEIGHTS, worth

__all__ = [
    "Proposals",
    "asks_due",
    "at_one_organisation",
    "by_organisation",
    "down_the_chain",
    "folded_organisation",
    "is_open",
    "is_talking",
    "who_first",
]

_CHAIN_OF_COMMAND = {authority: rank for rank, authority in enumerate(Authority)}
_CLOSENESS = {source: rank for rank, source in enumerate(Source)}


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """What one organisation has room for. ``next_people`` go with the colleague who stays silent, ``gave_up`` are
    those who did not answer the nudge either and have nobody to be followed by there."""

    nudges: tuple[Due, ...] = ()
    next_people: tuple[tuple[Person, Person], ...] = ()
    fresh: tuple[Person, ...] = ()
    gave_up: tuple[Person, ...] = ()


def asks_due(
    people: Sequence[Person],
    messages: Mapping[str, Due],
    trip: Trip | None,
    *,
    chosen: Collection[str] = (),
    asleep: Collection[str] = (),
    weights: WorthWeights = USUAL_WEIGHTS,
) -> Iterator[Due]:
    """The nudges there is room for, and people to ask for the first time.

    ``messages`` are those that each one's own log asks for, by contact id; ``chosen`` are the ids of the trip's
    candidates, ``weights`` say what a person's worth is made of. New asks are no more a day than ``new_asks_a_day``,
    those made today included, the next people first; one that was put off (its key is in ``asleep``) does not count.
    """
    if not people:
        return

    def rank(person: Person) -> _Rank:
        return who_first(person, trip, chosen, weights)

    proposals = [at_one_organisation(members, messages, rank) for members in by_organisation(people)]
    for one in proposals:
        yield from one.nudges
    left = people[0].rules.cadence.new_asks_a_day - _new_asks_today(people)
    next_people = sorted((pair for one in proposals for pair in one.next_people), key=lambda pair: rank(pair[0]))
    fresh = sorted((person for one in proposals for person in one.fresh), key=rank) if _ahead(trip, people) else []
    places = _places_to_fill(people, [person for one in proposals for person in one.gave_up])
    for due in [*(_next_person(person, silent) for person, silent in next_people), *_new_ones(fresh, trip, places)]:
        if due.key not in asleep:
            left -= 1
        if due.key in asleep or left >= 0:
            yield due


_Rank = tuple[bool, int, int, tuple[int, int, str, str]]


def at_one_organisation(
    members: Sequence[Person], messages: Mapping[str, Due], who_first: Callable[[Person], _Rank]
) -> Proposals:
    """Whom to nudge and whom to ask at one organisation, of whom ``members`` are all that we know."""
    cadence = members[0].rules.cadence
    asked = [person for person in members if person.known.stage is Stage.ASKED]
    wanted = {person.id: messages[person.id].kind for person in members if person.id in messages}
    engaged = {person.id for person in asked if is_open(person) or wanted.get(person.id) is DueKind.OFFER_RUNS_OUT}
    nudges = []
    for person in sorted(members, key=lambda person: (person.waited, person.id), reverse=True):
        if wanted.get(person.id) is not DueKind.NUDGE:
            continue
        if person.known.stage is Stage.ASKED:
            if len(engaged - {person.id}) >= cadence.open_asks:
                continue
            engaged.add(person.id)
        nudges.append(messages[person.id])
    room = cadence.open_asks - len(engaged)
    if room <= 0 or any(map(is_talking, members)):
        return Proposals(nudges=tuple(nudges))
    never = [person for person in members if person.known.last is None]
    silent = [person for person in asked if not is_open(person) and not person.rests]
    if not never:
        return Proposals(nudges=tuple(nudges), gave_up=tuple(person for person in silent if person.known.nudged))
    if not silent:
        return Proposals(nudges=tuple(nudges), fresh=tuple(sorted(never, key=who_first)[:room]))
    last = min(silent, key=lambda person: (person.waited, person.id))
    followers = sorted(never, key=down_the_chain)[:room]
    return Proposals(nudges=tuple(nudges), next_people=tuple((person, last) for person in followers))


def is_open(person: Person) -> bool:
    """Whether an ask of ours waits for their answer and is young."""
    return person.known.stage is Stage.ASKED and person.waited < person.rules.cadence.next_person_after


def is_talking(person: Person) -> bool:
    """Whether they answered us, and did not fall silent after a nudge."""
    stage = person.known.stage
    if person.agreed or stage in {Stage.SCHEDULED, Stage.CONFIRMED}:
        return True
    fell_silent = person.known.nudged and person.waited >= person.rules.cadence.next_person_after
    return stage in {Stage.REPLIED, Stage.ACCEPTED} and not fell_silent


def folded_organisation(name: str) -> str:
    """The name by which people are colleagues: without regard to case and blanks."""
    return " ".join(name.split()).casefold()


def by_organisation(people: Sequence[Person]) -> Iterator[list[Person]]:
    """People of one organisation together, without regard to case; everyone without one alone."""
    groups: dict[str, list[Person]] = {}
    for person in people:
        name = folded_organisation(person.contact.organisation)
        if name:
            groups.setdefault(name, []).append(person)
        else:
            yield [person]
    yield from groups.values()


def _next_person(person: Person, silent: Person) -> Due:
    assert silent.known.message is not None  # an ask has a message
    sent = day(silent.local(silent.known.message))
    what = "nudge" if silent.known.message.kind is TouchKind.NUDGED else "message"
    return person.due(
        DueKind.NEXT_PERSON,
        f"Write to {person.name} at {person.contact.organisation}",
        f"{silent.name} there has not answered your {what} of {sent}, {business_days(silent.waited)} ago.",
        cause=silent.known.message.id,
        logs=TouchKind.ASKED,
    )


def _new_ones(fresh: Iterable[Person], trip: Trip | None, places: Iterable[Person]) -> Iterator[Due]:
    """Somebody new each, in the place of those who gave no answer as long as there are any."""
    waiting = iter(places)
    for person in fresh:
        assert trip is not None  # one asks anew for a trip ahead
        days = (trip.first_day - local_date(person.now, trip.zone)).days
        starts = f"{trip.name} starts {'tomorrow' if days == 1 else f'in {days} days'}"
        before = next(waiting, None)
        why = f"{starts}, and {person.name} has not been asked yet."
        if before is not None and before.known.message is not None:
            nudged = day(before.local(before.known.message))
            why = f"{before.name} left your nudge of {nudged} without an answer: let it rest. {why}"
        yield person.due(DueKind.ASK_NEW, f"Ask {person.name}", why, cause=trip.id, logs=TouchKind.ASKED)


def _places_to_fill(people: Iterable[Person], gave_up: Iterable[Person]) -> list[Person]:
    """Those without an answer in whose place nobody was asked yet. Whoever is asked next takes the oldest place."""
    asked = sorted(first for first in map(_first_asked, people) if first is not None)
    ends = [(_end_of_waiting(person), person.id, person) for person in gave_up]
    open_places, taken = [], 0
    for end, _, person in sorted(ends, key=lambda entry: entry[:2]):
        while taken < len(asked) and asked[taken] < end:
            taken += 1
        if taken < len(asked):
            taken += 1
        else:
            open_places.append(person)
    return open_places


def _end_of_waiting(person: Person) -> date:
    assert person.known.message is not None  # an ask has a message
    return person.rules.add_days(person.local(person.known.message).date(), person.rules.cadence.next_person_after)


def _first_asked(person: Person) -> date | None:
    first = person.known.first_ask
    return None if first is None else person.local(first).date()


def _new_asks_today(people: Iterable[Person]) -> int:
    firsts = ((person, person.known.first_ask) for person in people)
    return sum(first is not None and person.days_since(first) == 0 for person, first in firsts)


def _ahead(trip: Trip | None, people: Sequence[Person]) -> bool:
    return trip is not None and trip.first_day > local_date(people[0].now, trip.zone)


def down_the_chain(person: Person) -> tuple[int, int, str, str]:
    """Order by the chain of command from the top, then by the closeness of the source and the name."""
    contact = person.contact
    return (_CHAIN_OF_COMMAND[contact.authority], _CLOSENESS[contact.source], contact.name.casefold(), contact.id)


def who_first(person: Person, trip: Trip | None, chosen: Collection[str], weights: WorthWeights) -> _Rank:
    """Candidates of the trip first, then people known to be in its city, then those whose city is not known.

    Within that by their worth, those of whom none is known last, then down the chain of command.
    """
    city = person.contact.city
    there = trip is not None and same_city(city, trip.city)
    stars = worth(person.contact, weights).stars or 0
    return (person.id not in chosen, 0 if there else 2 if city.strip() else 1, -stars, down_the_chain(person))
