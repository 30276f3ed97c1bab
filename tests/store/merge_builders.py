"""Merges of people whose ids are their names, and all that a store says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from store_builders import NOON

from iiplan.model import Merge
from iiplan.store import Store

PEOPLE = ("ann", "bob", "cid", "dan")


def a_merge(kept: str, gone: str, merge_id: str = "m") -> Merge:
    return Merge(id=merge_id, kept_id=kept, kept_name=kept, gone_id=gone, gone_name=gone, at=NOON)


def merged(store: Store, kept: str, gone: str, merge_id: str = "m", taking: tuple[str, ...] = (), **given: Any) -> None:
    contact = store.contact(kept)
    if contact.referred_by == gone:
        contact = replace(contact, referred_by=None)
    store.merge_contacts(a_merge(kept, gone, merge_id), replace(contact, **given), taking)


def everything(store: Store) -> dict[str, object]:
    """All that the store says about people and trips."""
    trips = store.trips()
    return {
        "contacts": store.contacts(),
        "deleted": store.contacts(deleted=True),
        "log": store.touches(),
        "logs": [store.touches(contact_id=one) for one in PEOPLE],
        "candidates": [store.candidates(trip.id) for trip in trips],
        "removed": [store.removed_candidate(trip.id, one) for trip in trips for one in PEOPLE],
        "offers": [store.offers(trip.id) for trip in trips],
        "plans": [store.plan(trip.id) for trip in trips],
        "questions": store.planned_questions(),
        "research": store.research(),
        "debriefs": store.debriefs(),
        "insights": store.insights(),
        "merges": store.merges(),
        "distinct": store.distinct_pairs(),
    }
