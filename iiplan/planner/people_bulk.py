"""Use cases about many people at once: each one transaction, each with what it takes to undo it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from iiplan.model import Channel, Contact, Source, Touch, TouchKind, Trip
from iiplan.outreach import Crowded, asks_beyond_the_rule, people_now
from iiplan.planner import asking, settings
from iiplan.planner.people import log_of_all
from iiplan.planner.workspace import Workspace, new_id

__all__ = ["asks_beyond", "log_asks", "put_back", "set_source", "tag", "take_back_all", "untag"]


def tag(workspace: Workspace, contact_ids: Collection[str], word: str) -> tuple[Contact, ...]:
    """Give people a tag; returns those who did not have it, as they were. InputError for a word that is no tag."""
    word = " ".join(word.split())
    folded = word.casefold()

    def tagged(contact: Contact) -> Contact:
        known = any(one.casefold() == folded for one in contact.tags)
        return contact if known else replace(contact, tags=(*contact.tags, word))

    return _changed(workspace, contact_ids, tagged)


def untag(workspace: Workspace, contact_ids: Collection[str], word: str) -> tuple[Contact, ...]:
    """Take a tag off people; returns those who had it, as they were."""
    folded = " ".join(word.split()).casefold()
    return _changed(
        workspace,
        contact_ids,
        lambda contact: replace(contact, tags=tuple(one for one in contact.tags if one.casefold() != folded)),
    )


def set_source(workspace: Workspace, contact_ids: Collection[str], source: Source) -> tuple[Contact, ...]:
    """Say how people were found; returns those for whom that was another way, as they were."""
    return _changed(workspace, contact_ids, lambda contact: replace(contact, source=source))


def put_back(workspace: Workspace, before: Iterable[Contact], *names: str) -> None:
    """Undo of the above: give the named fields what they held before; what else has changed since stays."""
    was = {contact.id: contact for contact in before}
    _changed(
        workspace,
        was,
        lambda contact: replace(contact, **{name: getattr(was[contact.id], name) for name in names}),
    )


def asks_beyond(workspace: Workspace, contact_ids: Collection[str], trip: Trip | None) -> tuple[Crowded, ...]:
    """Of these people, those with whom an organisation would have more open asks than the cadence allows."""
    candidates = workspace.store.candidates(trip.id) if trip else ()
    everybody = people_now(
        log_of_all(workspace),
        workspace.now(),
        rules=settings.rules(workspace, trip),
        trip=trip,
        candidates=candidates,
        offers=workspace.store.offers(trip.id) if trip else (),
    )
    return asks_beyond_the_rule(everybody, contact_ids)


def log_asks(
    workspace: Workspace, contact_ids: Iterable[str], *, channel: Channel | None, timezone: str, trip: Trip | None
) -> tuple[Touch, ...]:
    """Log that each of these people was asked just now, all or none."""
    now = workspace.now()
    touches = tuple(
        Touch(
            id=new_id(),
            contact_id=contact_id,
            kind=TouchKind.ASKED,
            at=now,
            timezone=timezone,
            channel=channel,
            trip_id=trip.id if trip else None,
        )
        for contact_id in contact_ids
    )
    workspace.store.add_touches(touches)
    return touches


def take_back_all(workspace: Workspace, touches: Iterable[Touch]) -> None:
    """Void touches, all or none."""
    with workspace.store.transaction():
        for touch in touches:
            asking.take_back(workspace, touch)


def _changed(
    workspace: Workspace, contact_ids: Collection[str], change: Callable[[Contact], Contact]
) -> tuple[Contact, ...]:
    """Save the people whom ``change`` changes, as they are now; returns them as they were."""
    with workspace.store.transaction():
        pairs = [(one, change(one)) for one in workspace.store.contacts() if one.id in contact_ids]
        workspace.store.save_contacts(new for old, new in pairs if new != old)
    return tuple(old for old, new in pairs if new != old)
