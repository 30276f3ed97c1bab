"""Whom the list of contacts shows, and in which order: pure, over everybody as read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from iiplan.model import Authority, Contact, Source, Stage, Trip, WorthWeights
from iiplan.outreach import folded_organisation, same_city, worth
from iiplan.planner.people import Person

__all__ = ["Choices", "Filters", "Only", "Order", "choices", "found", "in_order"]


class Only(StrEnum):
    """Further conditions on whom to show."""

    NOT_ASKED = "not_asked"  # nothing but notes in the log
    IN_CITY = "in_city"  # in the trip's city
    NOT_ON_TRIP = "not_on_trip"


class Order(StrEnum):
    """What the list is sorted by; of two alike, by name."""

    NAME = "name"
    WORTH = "worth"  # most first, not known last
    LAST_TOUCH = "last"  # latest first, never last
    STAGE = "stage"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    CITY = "city"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """All of them hold together; of several words in one, any. Cities, organisations and tags are folded."""

    text: str = ""
    cities: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    authorities: tuple[Authority, ...] = ()
    stages: tuple[Stage, ...] = ()
    organisations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    only: tuple[Only, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return self != Filters()


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What there is to filter by, folded word to first spelling, in the order of the spelling."""

    cities: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


def choices(people: Iterable[Person]) -> Choices:
    """Every city, organisation and tag in the list."""
    contacts = [one.contact for one in people]
    return Choices(
        cities=_spellings(contact.city for contact in contacts),
        organisations=_spellings(contact.organisation for contact in contacts),
        tags=_spellings(tag for contact in contacts for tag in contact.tags),
    )


def found(
    people: Iterable[Person], filters: Filters, trip: Trip | None = None, on_trip: Collection[str] = ()
) -> tuple[Person, ...]:
    """Those whom all filters let through. ``on_trip``: ids of the trip's candidates; without a trip nobody is in it."""
    words = filters.text.casefold().split()
    tests = [test for wanted, test in _tests(filters, trip, on_trip) if wanted]
    return tuple(
        one
        for one in people
        if all(test(one) for test in tests) and (not words or _holds(_searchable(one.contact), words))
    )


def _tests(
    filters: Filters, trip: Trip | None, on_trip: Collection[str]
) -> Iterable[tuple[object, Callable[[Person], bool]]]:
    yield filters.stages, lambda one: one.stage in filters.stages
    yield filters.sources, lambda one: one.contact.source in filters.sources
    yield filters.authorities, lambda one: one.contact.authority in filters.authorities
    yield filters.cities, lambda one: _folded(one.contact.city) in filters.cities
    yield filters.organisations, lambda one: folded_organisation(one.contact.organisation) in filters.organisations
    yield filters.tags, lambda one: any(_folded(tag) in filters.tags for tag in one.contact.tags)
    yield Only.NOT_ASKED in filters.only, lambda one: one.history.known.last is None
    yield Only.IN_CITY in filters.only, lambda one: trip is not None and same_city(one.contact.city, trip.city)
    yield Only.NOT_ON_TRIP in filters.only, lambda one: one.contact.id not in on_trip


def in_order(people: Sequence[Person], order: Order, weights: WorthWeights) -> tuple[Person, ...]:
    """``people``, which come by name, in another order."""
    if order is Order.NAME:
        return tuple(people)
    return tuple(sorted(people, key=_key(order, weights)))


def _key(order: Order, weights: WorthWeights) -> Callable[[Person], tuple[object, ...]]:
    never = datetime.min.replace(tzinfo=UTC)
    stages, authorities = list(Stage), list(Authority)
    match order:
        case Order.WORTH:
            return lambda one: (-(worth(one.contact, weights).stars or 0),)
        case Order.LAST_TOUCH:
            return lambda one: (-((one.last_touch or never) - never).total_seconds(),)
        case Order.STAGE:
            return lambda one: (stages.index(one.stage),)
        case Order.AUTHORITY:
            return lambda one: (authorities.index(one.contact.authority),)
        case Order.ORGANISATION:
            return lambda one: (not one.contact.organisation, one.contact.organisation.casefold())
        case Order.CITY:
            return lambda one: (not one.contact.city.strip(), one.contact.city.casefold())
        case _:
            return lambda one: ()


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _searchable(contact: Contact) -> str:
    parts = (
        contact.name,
        contact.role,
        contact.organisation,
        contact.city,
        contact.email,
        contact.phone,
        contact.profile_url,
        contact.address,
        contact.place.label if contact.place else "",
        contact.notes,
        *contact.other_emails,
        *contact.other_phones,
        *contact.links,
        *contact.tags,
    )
    return "\n".join(parts).casefold()


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    first: dict[str, str] = {}
    for text in dict.fromkeys(texts):  # folding each spelling once
        first.setdefault(_folded(text), text)
    first.pop("", None)
    return dict(sorted(first.items()))
