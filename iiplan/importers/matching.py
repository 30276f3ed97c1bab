"""Who is who: the same e-mail address, profile link or phone number, or the same name at the same organisation.

Nothing here is a guess; likenesses are for the user to judge.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol, TypeVar
from urllib.parse import unquote, urlsplit

import phonenumbers

from iiplan.model import Contact

__all__ = ["KnownPeople", "Reachable", "folded_text", "phone_key", "profile_key", "region_of_number"]


Key = TypeVar("Key")


class Reachable(Protocol):
    """What a contact and an imported person have in common here."""

    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def other_emails(self) -> tuple[str, ...]: ...
    @property
    def phone(self) -> str: ...
    @property
    def other_phones(self) -> tuple[str, ...]: ...
    @property
    def profile_url(self) -> str: ...


@dataclass
class KnownPeople:
    """Contacts by what identifies them; the first of several wins. ``region`` (DE, US) reads national numbers."""

    region: str = ""
    contacts: dict[str, Contact] = field(default_factory=dict)
    _by_email: dict[str, str] = field(default_factory=dict)
    _by_profile: dict[str, str] = field(default_factory=dict)
    _by_phone: dict[str, list[str]] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, contact: Contact) -> None:
        """Take in a contact, or what is newly known about one."""
        key = contact.id
        self.contacts[key] = contact
        for email in filter(None, (contact.email, *contact.other_emails)):
            self._by_email.setdefault(email.casefold(), key)
        if profile := profile_key(contact.profile_url):
            self._by_profile.setdefault(profile, key)
        for phone in filter(None, (contact.phone, *contact.other_phones)):
            if number := phone_key(phone, self.region):
                _note(self._by_phone, number, key)
        _note(self._by_name, _name_key(contact), key)

    def find(self, person: Reachable) -> tuple[Contact, str] | None:
        """The contact that somebody is, and by what; None for a stranger."""
        for email in filter(None, (person.email, *person.other_emails)):
            if found := self._by_email.get(email.casefold()):
                return self.contacts[found], "e-mail address"
        if (profile := profile_key(person.profile_url)) and (found := self._by_profile.get(profile)):
            return self.contacts[found], "profile link"
        for phone in filter(None, (person.phone, *person.other_phones)):
            # colleagues share a switchboard and families a number: the name must allow it, too
            for key in self._by_phone.get(phone_key(phone, self.region) or "none", ()):
                if _may_be_one(self.contacts[key].name, person.name):
                    return self.contacts[key], "phone number"
        same = (self.contacts[key] for key in self._by_name.get(_name_key(person), ()))
        match = next((one for one in same if not _in_conflict(one, person)), None)
        return (match, "name and organisation") if match else None


def folded_text(text: str) -> str:
    """What two spellings share that differ only in case and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=65_536)
def phone_key(number: str, region: str) -> str:
    """The number in E.164 (+4930123456), or empty when it cannot be a number of the region or of its own country."""
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""  # also where it is only possible without its area code
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def region_of_number(number: str) -> str:
    """The country of a number that names it (+49 … is DE); empty when it does not."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def profile_key(url: str) -> str:
    """Host and path alone; LinkedIn's language hosts (``de.linkedin.com``) are one. Empty for a host without a path.

    Only LinkedIn's queries are dropped: elsewhere they may say who it is.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    host = re.sub(r"^[a-z]{2}\.(?=linkedin\.com$)", "", host)
    path = unicodedata.normalize("NFC", unquote(parts.path)).casefold().rstrip("/")
    query = f"?{parts.query}" if parts.query and host != "linkedin.com" else ""
    return host + path + query if path or query else ""


def _in_conflict(one: Contact, other: Reachable) -> bool:
    """Whether both sides have an address, or a link, and they differ; equal ones were found before."""
    return bool((one.email and other.email) or (one.profile_url and other.profile_url))


def _name_key(entry: Reachable) -> tuple[str, str]:
    return folded_text(entry.name), folded_text(entry.organisation)


def _may_be_one(one: str, other: str) -> bool:
    """Whether two names end in the same word and begin with the same, or with its first letter: J. Doe, Jane A. Doe."""
    first, second = (re.findall(r"\w+", folded_text(name)) for name in (one, other))
    if not first or not second or first[-1] != second[-1]:
        return False
    short, long = sorted((first[0], second[0]), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def _note(index: dict[Key, list[str]], name: Key, key: str) -> None:
    known = index.setdefault(name, [])
    if key not in known:
        known.append(key)
