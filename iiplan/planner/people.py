"""Use cases about people: look them up, delete and bring back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from iiplan.model import Contact, Stage, Touch
from iiplan.outreach import History, histories, history, stage_at
from iiplan.planner.settings import rules_now
from iiplan.planner.workspace import Workspace

__all__ = [
    "Person",
    "delete",
    "log_of_all",
    "overview",
    "person",
    "search",
]


@dataclass(frozen=True, kw_only=True)
class Person:
    """A contact with what the log says, and the stage that it amounts to now."""

    history: History
    stage: Stage

    @property
    def contact(self) -> Contact:
        """Who it is."""
        return self.history.contact

    @property
    def touches(self) -> tuple[Touch, ...]:
        """What happened and holds, by time."""
        return self.history.touches

    @property
    def last_touch(self) -> datetime | None:
        """When something last happened with them."""
        return self.touches[-1].at if self.touches else None


def log_of_all(workspace: Workspace) -> tuple[History, ...]:
    """Everybody with their log, by name: what every list and number is made from."""
    return histories(workspace.store.contacts(), workspace.store.touches())


def overview(workspace: Workspace, log: Sequence[History] | None = None) -> tuple[Person, ...]:
    """Everybody, by name; ``log``: that of all, when it is read already."""
    return _at_stages(workspace, log_of_all(workspace) if log is None else log)


def person(workspace: Workspace, contact_id: str) -> Person:
    """One contact with the log; NotFoundError for an unknown id."""
    store = workspace.store
    return _at_stages(workspace, [history(store.contact(contact_id), store.touches(contact_id=contact_id))])[0]


def search(people: Iterable[Person], text: str) -> tuple[Person, ...]:
    """Those in whom every word of ``text`` occurs somewhere, without regard to case."""
    words = text.casefold().split()
    return tuple(one for one in people if all(word in _searchable(one.contact) for word in words))


def delete(workspace: Workspace, contact_ids: Iterable[str]) -> None:
    """Put people aside; ``store.restore_contact`` brings each back with everything."""
    with workspace.store.transaction():
        for contact_id in contact_ids:
            workspace.store.delete_contact(contact_id, workspace.now())


def _at_stages(workspace: Workspace, found: Iterable[History]) -> tuple[Person, ...]:
    rules, now = rules_now(workspace), workspace.now()
    return tuple(Person(history=one, stage=stage_at(one.known, now, rules)) for one in found)


def _searchable(contact: Contact) -> str:
    parts = (contact.name, contact.role, contact.organisation, contact.city, contact.email, contact.notes)
    return "\n".join(parts).casefold()
