"""What a row of a file adds to somebody who is known: only what was missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from iiplan.importers.matching import folded_text, phone_key, profile_key
from iiplan.importers.result import ImportedPerson
from iiplan.model import Contact, Source

__all__ = ["Difference", "Joined", "join", "newcomer"]

_TEXTS = ("role", "organisation", "city", "address", "notes")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where contact and file disagree: the field, what is kept, what the file says."""

    field: str
    kept: str
    in_file: str


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The contact with what was missing, the fields that gained, and what differs and was left."""

    contact: Contact
    adds: tuple[str, ...]
    differs: tuple[Difference, ...]


def newcomer(person: ImportedPerson, template: Contact) -> Contact:
    """A contact of a row. ``template`` has the id, the source, and the city and tags for all."""
    return replace(
        template,
        name=person.name,
        role=person.role,
        organisation=person.organisation,
        city=person.city or template.city,
        email=person.email,
        other_emails=person.other_emails,
        phone=person.phone,
        other_phones=person.other_phones,
        profile_url=person.profile_url,
        links=person.links,
        address=person.address,
        place=person.place,
        tags=_with(template.tags, person.tags, str.casefold),
        notes=_notes(person, template),
    )


def join(contact: Contact, person: ImportedPerson, template: Contact, region: str = "") -> Joined:
    """Add to a contact what a row knows and it does not; nothing that is there is changed.

    Further addresses, numbers, links and tags are added to those there are. City and tags of the ``template`` count as
    if they stood in every row that has none. ``region`` reads national phone numbers.
    """
    known = newcomer(person, template)
    values = _texts(contact, known) | _reach(contact, known, region)
    if contact.place is None:
        values["place"] = known.place
    adds = {name: value for name, value in values.items() if value != getattr(contact, name)}
    gained = replace(contact, **adds)  # type: ignore[arg-type]
    return Joined(contact=gained, adds=tuple(adds), differs=_differences(contact, person))


def _texts(contact: Contact, known: Contact) -> dict[str, object]:
    return {name: getattr(known, name) for name in _TEXTS if getattr(known, name) and not getattr(contact, name)}


def _differences(contact: Contact, person: ImportedPerson) -> tuple[Difference, ...]:
    found = []
    for name in ("name", *_TEXTS):
        kept, given = getattr(contact, name), getattr(person, name)
        same = folded_text(kept) == folded_text(given) or (name == "notes" and given in kept)
        if kept and given and not same:
            found.append(Difference(field=name, kept=kept, in_file=given))
    return tuple(found)


def _reach(contact: Contact, known: Contact, region: str) -> dict[str, object]:
    """Addresses, numbers, links and tags, those of the contact first."""

    def phone(number: str) -> str:
        return phone_key(number, region) or re.sub(r"[^0-9]", "", number)

    emails = _several(contact.email, contact.other_emails, known.email, known.other_emails, str.casefold)
    phones = _several(contact.phone, contact.other_phones, known.phone, known.other_phones, phone)
    values: dict[str, object] = {
        "email": emails[0],
        "other_emails": emails[1],
        "phone": phones[0],
        "other_phones": phones[1],
        "tags": _with(contact.tags, known.tags, str.casefold),
    }
    profile = contact.profile_url or known.profile_url
    links = _with((profile, *contact.links), (known.profile_url, *known.links), _link)[1:]
    return values | {"profile_url": profile, "links": tuple(link for link in links if link)}


def _several(
    main: str, others: tuple[str, ...], more_main: str, more: tuple[str, ...], key: Callable[[str], str]
) -> tuple[str, tuple[str, ...]]:
    """The main one and the others, with what is new among ``more`` at the end; as they were when nothing is."""
    had = tuple(filter(None, (main, *others)))
    every = _with(had, tuple(filter(None, (more_main, *more))), key)
    return (main, others) if len(every) == len(had) else (every[0], every[1:])


def _with(had: Sequence[str], more: Sequence[str], key: Callable[[str], str]) -> tuple[str, ...]:
    known = {key(one) for one in had}
    result = list(had)
    for one in more:
        if key(one) not in known:
            known.add(key(one))
            result.append(one)
    return tuple(result)


def _notes(person: ImportedPerson, template: Contact) -> str:
    where = "on LinkedIn " if template.source is Source.LINKEDIN else ""
    since = f"Connected {where}since {person.connected_on:%d %b %Y}." if person.connected_on else ""
    return "\n".join(part for part in (person.notes, since) if part)


def _link(url: str) -> str:
    return profile_key(url) or url.casefold().rstrip("/")
