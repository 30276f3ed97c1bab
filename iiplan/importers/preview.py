"""What an import would do, before it does it: who is new and who is known already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import unquote, urlsplit

from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.model import Contact

__all__ = ["ImportPreview", "preview_import"]

Entry = TypeVar("Entry", Contact, ImportedPerson)


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """Every row of a file, in exactly one of four groups, each in the order of the file.

    ``new`` would come in. ``known`` is each row that a contact answers to, with that contact. ``repeated`` is each row
    that says again what an earlier row of the same file said, with that row; it too counts as already known.
    ``rejected`` could not be read.
    """

    new: tuple[ImportedPerson, ...]
    known: tuple[tuple[ImportedPerson, Contact], ...]
    repeated: tuple[tuple[ImportedPerson, ImportedPerson], ...]
    rejected: tuple[RejectedRow, ...]

    @property
    def already_known(self) -> int:
        """How many rows bring nobody new: known people and repeated rows."""
        return len(self.known) + len(self.repeated)

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.new) + self.already_known + len(self.rejected)


def preview_import(existing: Iterable[Contact], result: ImportResult) -> ImportPreview:
    """Sort the people of a file into new and already known; nothing is changed.

    The same e-mail address is the same person, then the same profile link, then the same name and organisation unless
    both sides have an address or a link and these differ. Case, spacing, ``www.``, queries and closing slashes do not
    matter.
    """
    contacts: _Index[Contact] = _Index()
    for contact in existing:
        contacts.add(contact)
    earlier: _Index[ImportedPerson] = _Index()
    new: list[ImportedPerson] = []
    known: list[tuple[ImportedPerson, Contact]] = []
    repeated: list[tuple[ImportedPerson, ImportedPerson]] = []
    for person in result.people:
        if contact_match := contacts.find(person):
            known.append((person, contact_match))
        elif row_match := earlier.find(person):
            repeated.append((person, row_match))
        else:
            new.append(person)
        earlier.add(person)
    return ImportPreview(new=tuple(new), known=tuple(known), repeated=tuple(repeated), rejected=result.rejected)


@dataclass
class _Index(Generic[Entry]):
    """People by what identifies them; the first of several wins."""

    by_email: dict[str, Entry] = field(default_factory=dict)
    by_profile: dict[str, Entry] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        if entry.email:
            self.by_email.setdefault(entry.email.casefold(), entry)
        if entry.profile_url:
            self.by_profile.setdefault(_profile_key(entry.profile_url), entry)
        self.by_name.setdefault(_name_key(entry), []).append(entry)

    def find(self, person: ImportedPerson) -> Entry | None:
        if person.email and (match := self.by_email.get(person.email.casefold())):
            return match
        if person.profile_url and (match := self.by_profile.get(_profile_key(person.profile_url))):
            return match
        same_name = self.by_name.get(_name_key(person), [])
        return next((entry for entry in same_name if not _in_conflict(entry, person)), None)


def _in_conflict(one: Contact | ImportedPerson, other: ImportedPerson) -> bool:
    """Whether both sides have an address, or a link, and they differ; equal ones were found before."""
    return bool((one.email and other.email) or (one.profile_url and other.profile_url))


def _name_key(entry: Contact | ImportedPerson) -> tuple[str, str]:
    return _folded(entry.name), _folded(entry.organisation)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _profile_key(url: str) -> str:
    """Host and path alone; LinkedIn's language hosts (``de.linkedin.com``) are one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    host = re.sub(r"^[a-z]{2}\.(?=linkedin\.com$)", "", host)
    return host + unicodedata.normalize("NFC", unquote(parts.path)).casefold().rstrip("/")
