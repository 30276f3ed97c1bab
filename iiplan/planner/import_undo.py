"""Taking an import back: whoever it brought goes, whatever it added is taken off, and what came since stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from iiplan.errors import InputError
from iiplan.model import Brought, Contact
from iiplan.planner.import_values import as_json, fields_given, of_json
from iiplan.planner.workspace import Workspace

__all__ = ["Kept", "Undone", "undo"]

_MOST_NAMES = 5


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Somebody, or a field of theirs, that the undo left as it is, and why."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What taking an import back did: people taken off, people who are as before, and what stays."""

    removed: int
    restored: int
    kept: tuple[Kept, ...]

    def in_words(self) -> str:
        """A sentence or three, in plain text."""
        counts = [f"{_people(self.removed)} removed"] if self.removed or not self.restored else []
        counts += [f"{_people(self.restored)} as before"] if self.restored else []
        said = [", ".join(counts) + "."]
        if self.kept:
            named = "; ".join(f"{one.name} ({one.reason})" for one in self.kept[:_MOST_NAMES])
            more = f"; and {len(self.kept) - _MOST_NAMES:,} more" if len(self.kept) > _MOST_NAMES else ""
            said.append(f"Kept: {named}{more}.")
        return " ".join(said)


def undo(workspace: Workspace, import_id: str) -> Undone:
    """Take an import back, all or nothing.

    Somebody it brought is put aside like anyone deleted, unless something happened since: a touch, a place on a trip,
    a referral or introduction of theirs, or any change. A field it filled is emptied again where it still has the
    value the import gave. ``NotFoundError`` for an unknown import, ``InputError`` for one that is undone already.
    """
    store, now = workspace.store, workspace.now()
    with store.transaction():
        done = store.one_import(import_id)
        if done.undone_at is not None:
            raise InputError("This import was taken back already. Import the files again to have it once more.")
        here = {one.id: one for one in store.contacts()}
        aside = {one.id: one for one in store.contacts(deleted=True)}
        in_use = store.in_use()
        leaving: list[str] = []
        changed: list[Contact] = []
        kept: list[Kept] = []
        for one in store.brought(import_id):
            contact = here.get(one.contact_id)
            if one.before is not None:
                contact = contact or aside.get(one.contact_id)
                if contact is not None:
                    _take_off(contact, one.before, one.after, changed, kept)
            elif contact is not None:
                reason = _why_kept(contact, one, in_use)
                kept += [Kept(name=contact.name, reason=reason)] if reason else []
                leaving += [] if reason else [contact.id]
        store.save_contacts(changed)
        store.delete_contacts(leaving, now)
        store.mark_undone(import_id, now)
    return Undone(removed=len(leaving), restored=len(changed), kept=tuple(kept))


def _why_kept(contact: Contact, one: Brought, in_use: frozenset[str]) -> str:
    if contact.id in in_use:
        return "something happened with them since"
    return "" if fields_given(Contact(id="?", name="?"), contact) == one.after else "changed since"


def _take_off(
    contact: Contact,
    before: Mapping[str, object],
    after: Mapping[str, object],
    changed: list[Contact],
    kept: list[Kept],
) -> None:
    """Bring the fields back that are as the import left them."""
    same = [name for name in after if as_json(getattr(contact, name, None)) == after[name]]
    newer = [name.replace("_", " ") for name in after if name not in same]
    if newer:
        kept.append(Kept(name=contact.name, reason=f"newer: {', '.join(newer)}"))
    if same:
        changed.append(replace(contact, **{name: of_json(name, before[name]) for name in same}))  # type: ignore[arg-type]


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"
