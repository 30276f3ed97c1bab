"""Whom to ask next: the next person at a silent organisation, or somebody new. One proposal an organisation at most."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from iiplan.model import Authority, Source, Stage, TouchKind, Trip
from iiplan.outreach.business_days import add_business_days, local_date
from iiplan.outreach.due_kinds import Due, DueKind, Person, business_days, day, local
from iiplan.outreach.rules import Rules
from iiplan.outreach.stages import silent_for

__all__ = ["NEW_ASKS_A_DAY", "NEXT_PERSON_AFTER", "new_people_due"]

NEXT_PERSON_AFTER = 3  # business days of silence
NEW_ASKS_A_DAY = 3

_TALKING = frozenset({Stage.REPLIED, Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED})
_CHAIN_OF_COMMAND = {authority: rank for rank, authority in enumerate(Authority)}
_CLOSENESS = {source: rank for rank, source in enumerate(Source)}


def new_people_due(people: Sequence[Person], now: datetime, trip: Trip | None, chosen: Collection[str]) -> list[Due]:
    """Proposals for asking people never asked; ``chosen`` are the ids of the trip's candidates."""
    proposals: list[Due] = []
    fresh: list[Person] = []
    for members in _by_organisation(people):
        never = sorted((person for person in members if person.known.last is None), key=_down_the_chain)
        if not never:
            continue
        if any(person.known.stage in _TALKING for person in members):
            continue
        open_asks = [person for person in members if person.known.stage is Stage.ASKED]
        if not open_asks:
            fresh.append(min(never, key=lambda person: _who_first(person, trip, chosen)))
        elif all(silent_for(person.known, now, Rules(zone=person.zone)) >= NEXT_PERSON_AFTER for person in open_asks):
            proposals.append(_next_person(never[0], open_asks, now))
    if trip is not None and trip.first_day > local_date(now, trip.zone):
        room = NEW_ASKS_A_DAY - _new_asks_today(people, now, trip)
        fresh.sort(key=lambda person: _who_first(person, trip, chosen))
        proposals += [_ask_new(person, trip, now) for person in fresh[: max(room, 0)]]
    return proposals


def _by_organisation(people: Sequence[Person]) -> Iterator[list[Person]]:
    """People of one organisation together, without regard to case; everyone without one alone."""
    groups: dict[str, list[Person]] = {}
    for person in people:
        name = " ".join(person.contact.organisation.split()).casefold()
        if name:
            groups.setdefault(name, []).append(person)
        else:
            yield [person]
    yield from groups.values()


def _next_person(person: Person, open_asks: Sequence[Person], now: datetime) -> Due:
    last = max(open_asks, key=lambda other: other.known.message.at if other.known.message else now)
    assert last.known.message is not None  # an open ask has a message
    sent = local(last.known.message, person.zone)
    waited = business_days(silent_for(last.known, now, Rules(zone=person.zone)))
    organisation = person.contact.organisation
    return person.due(
        DueKind.NEXT_PERSON,
        f"Write to {person.name} at {organisation}",
        f"{last.name} there has not answered your message of {day(sent)}, {waited} ago.",
        add_business_days(sent, NEXT_PERSON_AFTER),
        TouchKind.ASKED,
    )


def _ask_new(person: Person, trip: Trip, now: datetime) -> Due:
    days = (trip.first_day - local_date(now, trip.zone)).days
    starts = "tomorrow" if days == 1 else f"in {days} days"
    return person.due(
        DueKind.ASK_NEW,
        f"Ask {person.name}",
        f"{trip.name} starts {starts}, and {person.name} has not been asked yet.",
        None,
        TouchKind.ASKED,
    )


def _new_asks_today(people: Sequence[Person], now: datetime, trip: Trip) -> int:
    today = local_date(now, trip.zone)
    firsts = (person.known.first_ask for person in people)
    return sum(first is not None and local_date(first.at, trip.zone) == today for first in firsts)


def _down_the_chain(person: Person) -> tuple[int, int, str, str]:
    contact = person.contact
    return (_CHAIN_OF_COMMAND[contact.authority], _CLOSENESS[contact.source], contact.name.casefold(), contact.id)


def _who_first(
    person: Person, trip: Trip | None, chosen: Collection[str]
) -> tuple[bool, int, tuple[int, int, str, str]]:
    """Candidates of the trip first, then people known to be in its city, then those whose city is not known."""
    city = person.contact.city.strip().casefold()
    there = trip is not None and city == trip.city.strip().casefold()
    return (person.contact.id not in chosen, 0 if there else 2 if city else 1, _down_the_chain(person))
