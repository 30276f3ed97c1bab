"""Use cases about people: look them up, delete and bring back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from iiplan.model import Contact, Stage, Touch
from iiplan.outreach import History, Worth, histories, history, stage_at, worth
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace

__all__ = [
    "Person",
    "change",
    "contacts",
    "delete",
    "log_of_all",
    "overview",
    "person",
    "worth_of",
]


MOST_LOGS = 2  # a page reads one; another file or an older moment may be asked for beside it
_logs: dict[str, tuple[History, ...]] = {}  # by the token of what they were read from, which never means anything else
_lock = Lock()


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
    """Everybody with their log, by name: what every list and number is made from.

    Read and worked out once for each state of the database, whichever tab or program changed it.
    """
    token = workspace.store.people_token()
    with _lock:
        if token in _logs:
            return _logs[token]
    state = workspace.store.people_state()
    found = histories(state.contacts, state.touches)
    with _lock:
        _logs[state.token] = found
        while len(_logs) > MOST_LOGS:
            del _logs[next(iter(_logs))]
    return found


def contacts(workspace: Workspace) -> dict[str, Contact]:
    """Everybody by id, in the order of their names; quick, as it is kept with the log of all."""
    return {one.contact.id: one.contact for one in log_of_all(workspace)}


def overview(workspace: Workspace, log: Sequence[History] | None = None) -> tuple[Person, ...]:
    """Everybody, by name; ``log``: that of all, when it is read already."""
    return _at_stages(workspace, log_of_all(workspace) if log is None else log)


def person(workspace: Workspace, contact_id: str) -> Person:
    """One contact with the log; NotFoundError for an unknown id."""
    store = workspace.store
    return _at_stages(workspace, [history(store.contact(contact_id), store.touches(contact_id=contact_id))])[0]


def change(workspace: Workspace, contact_id: str, **changes: object) -> dict[str, object]:
    """Change some fields of a contact as it is now; returns what they were, to undo with. InputError, NotFoundError."""
    with workspace.store.transaction():
        before = workspace.store.contact(contact_id)
        workspace.store.save_contact(replace(before, **changes))  # type: ignore[arg-type]
    return {name: getattr(before, name) for name in changes}


def worth_of(workspace: Workspace, contact: Contact) -> Worth:
    """What a talk with a contact is worth, by the user's weights."""
    return worth(contact, settings.worth_weights(workspace))


def delete(workspace: Workspace, contact_ids: Iterable[str]) -> None:
    """Put people aside; ``store.restore_contact`` brings each back with everything."""
    with workspace.store.transaction():
        for contact_id in contact_ids:
            workspace.store.delete_contact(contact_id, workspace.now())


def _at_stages(workspace: Workspace, found: Iterable[History]) -> tuple[Person, ...]:
    rules, now = settings.rules_now(workspace), workspace.now()
    return tuple(Person(history=one, stage=stage_at(one.known, now, rules)) for one in found)
