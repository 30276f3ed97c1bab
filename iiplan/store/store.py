"""The one thing the rest of iiplan sees of the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from iiplan.model import (
    Candidate,
    Contact,
    Feed,
    HandedOut,
    MessageTemplate,
    Offer,
    Organisation,
    Receiver,
    SavedPlan,
    Snooze,
    Touch,
    Trip,
)
from iiplan.store import desk, feeds, handed_out, people, trips
from iiplan.store.backup import BackupStore
from iiplan.store.caldav import CaldavStore
from iiplan.store.connections import Connections
from iiplan.store.files import prepare
from iiplan.store.imports import ImportStore
from iiplan.store.learning import LearningStore
from iiplan.store.looked_up import LookedUpStore
from iiplan.store.merges import MergesStore
from iiplan.store.people_state import PeopleStateStore
from iiplan.store.preparing import PreparingStore
from iiplan.store.schema import STEPS
from iiplan.store.travel import TravelStore
from iiplan.store.values import moment

__all__ = ["Store"]


class Store(
    PreparingStore,
    LearningStore,
    ImportStore,
    TravelStore,
    CaldavStore,
    PeopleStateStore,
    LookedUpStore,
    MergesStore,
    BackupStore,
):
    """Everything iiplan keeps, in one SQLite file. Made by ``Store.open``.

    Each call opens its own connection and closes it, so one store serves any number of threads, and what
    one store saves every other store on the file sees at once. Each saving call is one transaction.
    ``StorageError`` says that the file cannot be used, ``InputError`` that a value cannot be kept,
    ``NotFoundError`` that an id is unknown; in each case nothing has been saved.
    """

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store at ``path``: created when missing, brought up to date when older (after keeping a dated copy).

        Raises ``StorageError`` for anything that is not a sound database of this or an earlier iiplan.
        """
        return cls(Connections(prepare(path), len(STEPS)))

    def is_empty(self) -> bool:
        """Whether there is no contact and no trip, deleted ones included."""
        with self._reading() as db:
            return not any(db.table(name).count for name in ("contacts", "trips"))

    def contacts(self, *, deleted: bool = False) -> tuple[Contact, ...]:
        """All contacts by name without regard to case, then id; with ``deleted``, only the deleted ones.

        Contacts merged into others are in neither.
        """
        with self._reading() as db:
            return people.contacts(db, deleted=deleted)

    def contact(self, contact_id: str) -> Contact:
        """One contact; ``NotFoundError`` when unknown, deleted or merged into another."""
        with self._reading() as db:
            return people.contact(db, contact_id)

    def save_contact(self, contact: Contact) -> None:
        """Insert or update one contact; see ``save_contacts``."""
        self.save_contacts((contact,))

    def save_contacts(self, contacts: Iterable[Contact]) -> None:
        """Insert or update contacts by id, in any order of who referred whom.

        The organisation is found by its name without regard to case and outer blanks, and made when new; its first
        spelling stays. Saving a deleted contact (or one merged into another) updates it and leaves it deleted (merged).
        """
        with self._writing() as db:
            people.save_contacts(db, tuple(contacts))

    def delete_contact(self, contact_id: str, at: datetime) -> None:
        """Hide a contact with its touches and candidacies; nothing is lost.

        ``NotFoundError`` when unknown or merged into another.
        """
        with self._writing() as db:
            people.delete_contact(db, contact_id, at)

    def restore_contact(self, contact_id: str) -> None:
        """Take the deletion of a contact back. ``NotFoundError`` when unknown."""
        with self._writing() as db:
            people.restore_contact(db, contact_id)

    def organisations(self) -> tuple[Organisation, ...]:
        """All organisations by name without regard to case, also those where nobody is known."""
        with self._reading() as db:
            return people.organisations(db)

    def save_organisation(self, organisation: Organisation) -> None:
        """Insert or update by id; ``InputError`` when another organisation has the name."""
        with self._writing() as db:
            people.save_organisation(db, organisation)

    def add_touches(self, touches: Iterable[Touch]) -> None:
        """Append to the log, in this order; nothing logged is ever changed or removed.

        What is said of a contact merged into another is logged, or saved, for the one kept.

        ``InputError`` for an id that is already logged and for taking back what this contact's log does not hold;
        ``NotFoundError`` for an unknown contact or trip.
        """
        with self._writing() as db:
            people.add_touches(db, touches)

    def touches(self, *, contact_id: str | None = None) -> tuple[Touch, ...]:
        """The log by time, then order of logging, void touches included; that of deleted contacts left out.

        The touches of contacts merged into others are read as those of the ones kept.

        Times are in the zone each touch was logged in.
        """
        with self._reading() as db:
            return people.touches(db, contact_id)

    def trips(self, *, deleted: bool = False) -> tuple[Trip, ...]:
        """All trips by first day, then name; with ``deleted``, only the deleted ones."""
        with self._reading() as db:
            return trips.trips(db, deleted=deleted)

    def trip(self, trip_id: str) -> Trip:
        """One trip; ``NotFoundError`` when unknown or deleted."""
        with self._reading() as db:
            return trips.trip(db, trip_id)

    def save_trip(self, trip: Trip) -> None:
        """Insert or update by id, days included. Saving a deleted trip updates it and leaves it deleted.

        The hours of candidates are instants: another time zone shows them at other local times.
        """
        with self._writing() as db:
            trips.save_trip(db, trip)

    def delete_trip(self, trip_id: str, at: datetime) -> None:
        """Hide a trip; nothing is lost. ``NotFoundError`` when unknown."""
        with self._writing() as db:
            trips.delete_trip(db, trip_id, at)

    def restore_trip(self, trip_id: str) -> None:
        """Take the deletion of a trip back. ``NotFoundError`` when unknown."""
        with self._writing() as db:
            trips.restore_trip(db, trip_id)

    def candidates(self, trip_id: str) -> tuple[Candidate, ...]:
        """Whom the trip would meet, in the order first added; removed ones and deleted contacts left out.

        Times are in the trip's zone. ``NotFoundError`` when the trip is unknown; a deleted one still has them.
        """
        with self._reading() as db:
            return trips.candidates(db, trip_id)

    def save_candidates(self, candidates: Iterable[Candidate]) -> None:
        """Insert or update by trip and contact; one that was removed comes back at its old position."""
        with self._writing() as db:
            trips.save_candidates(db, candidates)

    def remove_candidate(self, trip_id: str, contact_id: str, at: datetime) -> None:
        """Take somebody off a trip and keep what was typed. ``NotFoundError`` when they never were on it."""
        with self._writing() as db:
            trips.remove_candidate(db, trip_id, contact_id, at)

    def removed_candidate(self, trip_id: str, contact_id: str) -> Candidate | None:
        """What was typed about somebody who was taken off the trip; None when there is no such."""
        return next((one for one in self.removed_candidates(trip_id) if one.contact_id == contact_id), None)

    def removed_candidates(self, trip_id: str) -> tuple[Candidate, ...]:
        """What was typed about everybody who was taken off the trip, deleted contacts included."""
        with self._reading() as db:
            return trips.removed_candidates(db, trip_id)

    def offers(self, trip_id: str) -> tuple[Offer, ...]:
        """Every offer ever made on the trip, open or closed, in the order made; times in the trip's zone."""
        with self._reading() as db:
            return trips.offers(db, trip_id)

    def save_offer(self, offer: Offer) -> None:
        """Insert or update an offer by id. ``NotFoundError`` when its contact was never on the trip."""
        with self._writing() as db:
            trips.save_offer(db, offer)

    def plan(self, trip_id: str) -> SavedPlan | None:
        """The plan last saved for the trip, its time in UTC; None when there is none."""
        with self._reading() as db:
            return trips.plan(db, trip_id)

    def save_plan(self, plan: SavedPlan) -> None:
        """Keep a plan in the place of the trip's earlier one. ``NotFoundError`` when the trip is unknown."""
        with self._writing() as db:
            trips.save_plan(db, plan)

    def handed_out(self, trip_id: str, receiver: Receiver = Receiver.FILE) -> tuple[HandedOut, ...]:
        """What calendars were last given of a trip, by UID; times in UTC."""
        with self._reading() as db:
            return handed_out.handed_out(db, trip_id, receiver)

    def save_handed_out(self, trip_id: str, given: Iterable[HandedOut], receiver: Receiver = Receiver.FILE) -> None:
        """Keep what calendars were given, each by its UID. ``NotFoundError`` when the trip is unknown."""
        with self._writing() as db:
            trips.require_trip(db, trip_id)
            handed_out.save_handed_out(db, trip_id, given, receiver)

    def feeds(self) -> tuple[Feed, ...]:
        """The addresses at which calendar apps find plans, at most one a trip; those of deleted trips left out."""
        with self._reading() as db:
            return feeds.feeds(db)

    def save_feed(self, feed: Feed) -> None:
        """Keep an address in the place of the trip's earlier one. ``NotFoundError`` when it is unknown or deleted."""
        with self._writing() as db:
            feeds.save_feed(db, feed)

    def delete_feed(self, trip_id: str) -> None:
        """Forget a trip's address; nothing happens when it has none."""
        with self._writing() as db:
            feeds.delete_feed(db, trip_id)

    def setting(self, name: str) -> dict[str, object]:
        """What is kept under a name: JSON values by key; empty when nothing is."""
        with self._reading() as db:
            return desk.setting(db, name)

    def save_setting(self, name: str, values: dict[str, object]) -> None:
        """Keep JSON values under a name, in the place of those there were."""
        with self._writing() as db:
            desk.save_setting(db, name, values)

    def snoozes(self) -> tuple[Snooze, ...]:
        """Everything that was put off, also where the time is over; times in UTC."""
        with self._reading() as db:
            return desk.snoozes(db)

    def snooze(self, snooze: Snooze) -> None:
        """Put one thing off, in the place of an earlier time."""
        with self._writing() as db:
            desk.snooze(db, snooze)

    def end_snooze(self, key: str) -> None:
        """Put one thing off no longer; nothing happens when it was not."""
        with self._writing() as db:
            desk.end_snooze(db, key)

    def templates(self) -> tuple[MessageTemplate, ...]:
        """The user's own message templates by title without regard to case; deleted ones left out."""
        with self._reading() as db:
            return desk.templates(db)

    def save_template(self, template: MessageTemplate) -> None:
        """Insert or update one of the user's own templates by id; a deleted one comes back.

        ``InputError`` for one that is not the user's own.
        """
        with self._writing() as db:
            desk.save_template(db, template)

    def delete_template(self, template_id: str, at: datetime) -> None:
        """Hide a template; nothing is lost. Nothing happens when it is unknown."""
        with self._writing() as db:
            desk.delete_template(db, template_id, moment(at, "The time of deleting"))
