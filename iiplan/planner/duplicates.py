"""Use cases about people who may be in the list twice: find them, merge them, tell them apart, and the way back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from iiplan.errors import InputError
from iiplan.importers import LikelyPair, likely_duplicates
from iiplan.model import Candidate, Contact, Merge, Trip
from iiplan.planner import people
from iiplan.planner.importing import region
from iiplan.planner.merging import Side, merged
from iiplan.planner.people import Person
from iiplan.planner.workspace import Workspace, new_id

__all__ = [
    "FEW",
    "Both",
    "PlaceOfBoth",
    "count_likely_duplicates",
    "likely",
    "merge",
    "side_by_side",
    "tell_apart",
    "undo_merge",
]

FEW = 1_500  # so many people are compared in a moment, without being asked


@dataclass(frozen=True, kw_only=True)
class PlaceOfBoth:
    """A trip on which both people are, and whose place is kept unless the user says otherwise."""

    trip: Trip
    left: Candidate
    right: Candidate
    usual: Side


@dataclass(frozen=True, kw_only=True)
class Both:
    """Two people side by side. ``newer`` was touched last, ``kept`` takes the other one in (LEFT or RIGHT)."""

    left: Person
    right: Person
    newer: Side
    kept: Side
    places: tuple[PlaceOfBoth, ...]


def likely(workspace: Workspace) -> tuple[LikelyPair, ...]:
    """Pairs who may be the same person, the surest first; those told apart left out.

    Phone numbers without a country are read as importing reads them.
    """
    contacts = tuple(one.contact for one in people.log_of_all(workspace))
    return _likely(contacts, workspace.store.distinct_pairs(), region(workspace))


@lru_cache(maxsize=2)
def _likely(contacts: tuple[Contact, ...], distinct: frozenset[frozenset[str]], region: str) -> tuple[LikelyPair, ...]:
    """Compared again only when something about the people has changed."""
    return likely_duplicates(contacts, distinct, region)


def count_likely_duplicates(workspace: Workspace, among: Collection[str] | None = None) -> int:
    """How many pairs may be the same person; with ``among`` (ids), how many of these people are in such a pair."""
    found = likely(workspace)
    if among is None:
        return len(found)
    return len({one for pair in found for one in (pair.one, pair.other)} & set(among))


def side_by_side(workspace: Workspace, left_id: str, right_id: str) -> Both:
    """Two people to compare; NotFoundError when one is unknown, deleted or merged already.

    The one kept is who has an hour agreed, else a place on a trip, else the longer log.
    """
    if left_id == right_id:
        raise InputError("Nobody is merged with themselves. Choose two people.")
    store = workspace.store
    left, right = people.person(workspace, left_id), people.person(workspace, right_id)
    trips = store.trips()
    places = {trip.id: {one.contact_id: one for one in store.candidates(trip.id)} for trip in trips}

    def weight(one: Person) -> tuple[int, int, int]:
        theirs = [on_trip[one.contact.id] for on_trip in places.values() if one.contact.id in on_trip]
        return sum(place.fixed_start is not None for place in theirs), len(theirs), len(one.touches)

    kept = Side.RIGHT if weight(right) > weight(left) else Side.LEFT
    touched = [one.last_touch.timestamp() if one.last_touch else 0.0 for one in (left, right)]
    return Both(
        left=left,
        right=right,
        newer=Side.RIGHT if touched[1] > touched[0] else Side.LEFT,
        kept=kept,
        places=tuple(
            _place_of_both(workspace, trip, places[trip.id][left_id], places[trip.id][right_id], kept)
            for trip in trips
            if {left_id, right_id} <= places[trip.id].keys()
        ),
    )


def merge(
    workspace: Workspace,
    left_id: str,
    right_id: str,
    choices: Mapping[str, Side] | None = None,
    places: Mapping[str, Side] | None = None,
) -> Merge:
    """Make two people one. ``choices`` by name of field, ``places`` by id of trip; the usual side elsewhere.

    What counts is what is known of both now, not when they were looked at. NotFoundError when one of them is
    unknown, deleted or merged already; InputError when what they amount to is no contact.
    """
    store = workspace.store
    with store.transaction():
        both = side_by_side(workspace, left_id, right_id)
        left, right = both.left.contact, both.right.contact
        kept, gone = (left, right) if both.kept is Side.LEFT else (right, left)
        made = Merge(
            id=new_id(),
            kept_id=kept.id,
            kept_name=kept.name,
            gone_id=gone.id,
            gone_name=gone.name,
            at=workspace.now(),
        )
        taking = [
            place.trip.id for place in both.places if (places or {}).get(place.trip.id, place.usual) is not both.kept
        ]
        store.merge_contacts(made, merged(left, right, kept.id, choices or {}, both.newer), taking)
    return made


def undo_merge(workspace: Workspace, merge_id: str) -> None:
    """Make two people of one again; what happened since stays with the one kept."""
    workspace.store.undo_merge(merge_id, workspace.now())


def tell_apart(workspace: Workspace, one: str, other: str) -> None:
    """Remember that two contacts are two people; ``store.forget_distinct`` takes it back."""
    workspace.store.save_distinct(one, other, workspace.now())


def _place_of_both(workspace: Workspace, trip: Trip, left: Candidate, right: Candidate, kept: Side) -> PlaceOfBoth:
    """An agreed hour goes before hours offered, these before none."""
    offered = {one.contact_id for one in workspace.store.offers(trip.id) if one.closed_at is None}
    ranks = [(one.fixed_start is not None, one.contact_id in offered) for one in (left, right)]
    usual = kept if ranks[0] == ranks[1] else Side.LEFT if ranks[0] > ranks[1] else Side.RIGHT
    return PlaceOfBoth(trip=trip, left=left, right=right, usual=usual)
