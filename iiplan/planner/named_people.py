"""Use cases about names mentioned in a talk: read a line each, see who is known, make the others contacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from iiplan.model import Authority, Contact, Source
from iiplan.planner.workspace import Workspace, new_id

__all__ = ["Mention", "Named", "add", "mentions", "read_names"]

MOST = 200  # characters of a name or an organisation
MOST_NAMES = 200

_AUTHORITY = {
    "can hire": Authority.CAN_HIRE,
    "hires": Authority.CAN_HIRE,
    "hiring manager": Authority.CAN_HIRE,
    "has a say": Authority.HAS_A_SAY,
    "has a say in hiring": Authority.HAS_A_SAY,
    "recruiter": Authority.RECRUITER,
    "peer": Authority.PEER,
}
_PARTS = re.compile(r"[,;\t]")
_AT = re.compile(r"\s+(?:at|from|@)\s+|\s+[-–—]\s+|\s*\(", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Named:
    """One line about somebody: ``note`` is what is neither name nor organisation nor authority."""

    name: str
    organisation: str = ""
    authority: Authority = Authority.UNKNOWN
    note: str = ""


class Mention(StrEnum):
    """What adding somebody who was named would do."""

    NEW = "new"
    REFERRED = "referred"  # known; who named them is noted
    KNOWN = "known"  # known, and who referred them as well: nothing to do


def read_names(text: str) -> tuple[Named, ...]:
    """One person a line: name, organisation, and whether they can hire, in this order; the first of a name counts.

    "Jane Doe, Acme, can hire", "Jane Doe at Acme" and "Jane Doe (Acme)" are read; a line without a letter is nobody.
    """
    found: dict[str, Named] = {}
    for line in text.splitlines():
        named = _read(line)
        if named is not None:
            found.setdefault(_folded(named.name), named)
    return tuple(found.values())[:MOST_NAMES]


def mentions(workspace: Workspace, referrer: Contact, text: str) -> tuple[tuple[Named, Mention], ...]:
    """Everybody named in ``text`` but the one who named them, and what adding them would do."""
    known = _known(workspace)
    found = []
    for named in read_names(text):
        contact = known.get(_folded(named.name))
        if contact is None:
            found.append((named, Mention.NEW))
        elif contact.id != referrer.id:
            found.append((named, Mention.REFERRED if _gains_referrer(contact, referrer) else Mention.KNOWN))
    return tuple(found)


def add(
    workspace: Workspace, referrer: Contact, people: Iterable[Named], on: date
) -> tuple[tuple[Contact, ...], Callable[[], None]]:
    """Make those who were named contacts with who named them, as one change; returns them and how to undo it.

    People known by exactly that name stay as they are, but for who referred them where nobody is named yet.
    """
    store = workspace.store
    known = _known(workspace)
    said = f"Named by {referrer.name} on {on:%a} {on.day} {on:%b %Y}."
    fresh: list[Contact] = []
    before: list[Contact] = []
    for named in people:
        contact = known.get(_folded(named.name))
        if contact is None:
            fresh.append(_contact(named, referrer, said))
        elif _gains_referrer(contact, referrer):
            before.append(contact)
    changed = [replace(contact, referred_by=referrer.id) for contact in before]
    store.save_contacts([*fresh, *changed])

    def undo() -> None:
        with store.transaction():
            for contact in fresh:
                store.delete_contact(contact.id, workspace.now())
            now = {contact.id: contact for contact in store.contacts()}
            store.save_contacts(
                replace(now[one.id], referred_by=None)
                for one in changed
                if one.id in now and now[one.id].referred_by == referrer.id
            )

    return (*fresh, *changed), undo


def _read(line: str) -> Named | None:
    parts = [part for part in (" ".join(part.split()) for part in _PARTS.split(line)) if part]
    if not parts or not any(letter.isalpha() for letter in parts[0]):
        return None
    first, *rest = parts
    name, *more = _AT.split(first.lstrip("-*•– "), maxsplit=1)
    if not name.strip():
        return None
    rest = [part for part in (*(one.strip(" ()") for one in more), *rest) if part]
    authority = next((_AUTHORITY[part.casefold()] for part in rest if part.casefold() in _AUTHORITY), Authority.UNKNOWN)
    others = [part for part in rest if part.casefold() not in _AUTHORITY]
    return Named(
        name=name.strip()[:MOST],
        organisation=others[0][:MOST] if others else "",
        authority=authority,
        note=", ".join(others[1:]),
    )


def _gains_referrer(contact: Contact, referrer: Contact) -> bool:
    """Whether it is news who referred them; nobody is referred by themselves or by whom they referred."""
    return contact.referred_by is None and contact.id not in {referrer.id, referrer.referred_by}


def _contact(named: Named, referrer: Contact, said: str) -> Contact:
    return Contact(
        id=new_id(),
        name=named.name,
        organisation=named.organisation,
        authority=named.authority,
        source=Source.REFERRAL,
        referred_by=referrer.id,
        notes=f"{said} {named.note}".strip()[:20_000],
    )


def _known(workspace: Workspace) -> dict[str, Contact]:
    """Contacts by name; of two of one name the first."""
    found: dict[str, Contact] = {}
    for contact in workspace.store.contacts():
        found.setdefault(_folded(contact.name), contact)
    return found


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
