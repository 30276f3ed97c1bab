"""What an import would do, before it does it: who is new, to whom something is added, who is known already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from iiplan.importers.joining import Difference, join, newcomer
from iiplan.importers.matching import KnownPeople
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.model import Contact

__all__ = ["ImportPreview", "KnownRow", "preview_import"]


@dataclass(frozen=True, kw_only=True)
class KnownRow:
    """A row that somebody answers to: the contact as it was before the import, by what, and what comes of it.

    ``repeats`` is the earlier row that brought them, when the same import did; ``adds`` then says what this row adds.
    """

    row: ImportedPerson
    contact: Contact
    by: str
    adds: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    repeats: ImportedPerson | None = None


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """Every row of some files, in exactly one of four groups, each in the order of the files.

    ``new`` would come in. ``updated`` adds something to a contact. ``known`` brings nothing new: a contact knows it
    all, or an earlier row brought the person. ``rejected`` could not be read. ``arrivals`` are the new contacts, in the
    order of ``new`` and with what later rows add; ``changes`` the contacts that gain, before and after.
    """

    new: tuple[ImportedPerson, ...]
    updated: tuple[KnownRow, ...]
    known: tuple[KnownRow, ...]
    rejected: tuple[RejectedRow, ...]
    arrivals: tuple[Contact, ...]
    changes: tuple[tuple[Contact, Contact], ...]

    @property
    def rows(self) -> int:
        """How many rows the files have."""
        return len(self.new) + len(self.updated) + len(self.known) + len(self.rejected)

    @property
    def differing(self) -> tuple[KnownRow, ...]:
        """The rows that say something else than the contact does."""
        return tuple(one for one in (*self.updated, *self.known) if one.differs)


def preview_import(
    existing: Iterable[Contact],
    results: Iterable[ImportResult],
    *,
    template: Callable[[str], Contact],
    new_id: Callable[[], str],
    region: str = "",
) -> ImportPreview:
    """Sort the people of files; nothing is changed.

    ``template`` gives, by the name of a file, a contact with the source, city and tags for all of it. ``region`` (DE,
    US) reads phone numbers without a country. Who is the same is what ``KnownPeople.find`` says.
    """
    before = {contact.id: contact for contact in existing}
    given = tuple(results)
    people = KnownPeople(region=region)
    for contact in before.values():
        people.add(contact)
    brought: dict[str, ImportedPerson] = {}
    updated: list[KnownRow] = []
    known: list[KnownRow] = []
    for person in (person for result in given for person in result.people):
        base = template(person.file)
        found = people.find(person)
        if found is None:
            contact = newcomer(person, replace(base, id=new_id()))
            people.add(contact)
            brought[contact.id] = person
            continue
        contact, by = found
        joined = join(contact, person, base, region)
        if joined.adds:
            people.add(joined.contact)
        first = brought.get(contact.id)
        row = KnownRow(
            row=person,
            contact=before.get(contact.id, contact),
            by=by,
            adds=joined.adds,
            differs=joined.differs,
            repeats=first,
        )
        (updated if joined.adds and first is None else known).append(row)
    return ImportPreview(
        new=tuple(brought.values()),
        updated=tuple(updated),
        known=tuple(known),
        rejected=tuple(row for result in given for row in result.rejected),
        arrivals=tuple(people.contacts[key] for key in brought),
        changes=tuple((old, people.contacts[key]) for key, old in before.items() if people.contacts[key] != old),
    )
