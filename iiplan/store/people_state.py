"""Everybody and the whole log in one view, and a token that names what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from iiplan.model import Contact, Touch
from iiplan.store import people
from iiplan.store.base import StoreBase

__all__ = ["PeopleState", "PeopleStateStore"]


@dataclass(frozen=True, kw_only=True)
class PeopleState:
    """All contacts and touches, as ``Store.contacts`` and ``Store.touches`` give them, at one moment.

    ``token`` is drawn at random with every change of contacts, organisations or log: the same token, the same content,
    whichever copy of the file it is read from.
    """

    token: str
    contacts: tuple[Contact, ...]
    touches: tuple[Touch, ...]


class PeopleStateStore(StoreBase):
    """What changes of people and log are told by."""

    def people_token(self) -> str:
        """The token of what contacts, organisations and log hold now."""
        with self._reading() as db:
            return _token(db)

    def people_state(self) -> PeopleState:
        """All of it in one consistent view, with its token."""
        with self._reading() as db:
            return PeopleState(
                token=_token(db), contacts=people.contacts(db, deleted=False), touches=people.touches(db, None)
            )


def _token(db: Database) -> str:
    return str(next(iter(db.query("SELECT token FROM people_state")))["token"])
