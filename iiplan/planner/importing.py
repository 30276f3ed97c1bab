"""Bringing people in from files: look first, then save; each import can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from iiplan.errors import InputError
from iiplan.importers import (
    NAMES,
    Field,
    FileKind,
    ImportPreview,
    ImportResult,
    OpenedFile,
    files_in,
    open_file,
    preview_import,
    proper_tags,
    region_of_number,
)
from iiplan.model import Brought, Contact, Import, ImportedFile, Source
from iiplan.planner.import_values import as_json, fields_given
from iiplan.planner.settings import next_trip, profile
from iiplan.planner.workspace import Workspace, new_id

__all__ = [
    "Choices",
    "FileRefused",
    "Looked",
    "fields_for",
    "has_name",
    "look",
    "open_files",
    "remember_fields",
    "save",
    "tags_of",
    "usual_source",
]

_MAPPINGS = "columns of imports"
_MOST_MAPPINGS = 100
_PORTION = 1_000

Step = Callable[[float, str], object]


@dataclass(frozen=True, kw_only=True)
class FileRefused:
    """A file, or one inside an archive, that gives nobody, and why."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the user says about an import. ``source`` None: that of each file's kind; ``fields`` by a file's name."""

    source: Source | None = None
    city: str = ""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, tuple[Field, ...]] | None = None


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What files would bring. ``results`` by the name of each file that could be read."""

    files: tuple[OpenedFile, ...]
    refused: tuple[FileRefused, ...]
    results: Mapping[str, ImportResult]
    preview: ImportPreview

    def to_correct(self, name: str) -> tuple[str, bytes]:
        """The unreadable rows of a file as a file to correct: its name and content."""
        opened = next(one for one in self.files if one.name == name)
        ending, content = opened.to_correct(self.results[name].rejected)
        stem = "".join(c if c.isalnum() or c in "-_ " else "-" for c in name.rsplit(".", 1)[0]).strip()[:60]
        return f"{stem or 'people'}-to-correct.{ending}", content


def open_files(
    given: Iterable[tuple[str, bytes]],
    kinds: Mapping[str, FileKind] | None = None,
    as_kind: FileKind | None = None,
) -> tuple[tuple[OpenedFile, ...], tuple[FileRefused, ...]]:
    """Open files and archives of files; ``kinds`` says for a file's name what it is to be read as,
    ``as_kind`` for all others.

    Files of the same name are told apart by a number, those with the same content are taken once.
    """
    opened: list[OpenedFile] = []
    refused: list[FileRefused] = []
    seen: dict[str, str] = {}
    for name, data in given:
        try:
            inside = files_in(name, data)
        except InputError as error:
            refused.append(FileRefused(name=name, reason=str(error)))
            continue
        for inner, content in inside:
            own = _own_name(inner, [*(one.name for one in opened), *(one.name for one in refused)])
            digest = sha256(content).hexdigest()
            if digest in seen:
                refused.append(
                    FileRefused(name=own, reason=f"It is the same file as {seen[digest]} and is not read twice.")
                )
                continue
            seen[digest] = own
            try:
                opened.append(open_file(own, content, (kinds or {}).get(own, as_kind)))
            except InputError as error:
                refused.append(FileRefused(name=own, reason=str(error)))
    return tuple(opened), tuple(refused)


def fields_for(workspace: Workspace, opened: OpenedFile) -> tuple[Field, ...]:
    """What the columns of a table are: as last time for the same headings, else as guessed."""
    kept = workspace.store.setting(_MAPPINGS).get(opened.fingerprint)
    if opened.table is not None and isinstance(kept, list) and len(kept) == len(opened.table.headings):
        try:
            return tuple(Field(word) for word in kept)
        except ValueError:
            pass  # a word of another version's
    return opened.guessed_fields()


def has_name(columns: Iterable[Field]) -> bool:
    """Whether some column says what people are called; without one nobody can be read."""
    return any(one in NAMES for one in columns)


def remember_fields(workspace: Workspace, opened: OpenedFile, chosen: Sequence[Field]) -> None:
    """Keep what the columns are for the next file with the same headings; what is as guessed is not kept."""
    if opened.table is None:
        return
    kept = workspace.store.setting(_MAPPINGS)
    had = kept.pop(opened.fingerprint, None)
    if tuple(chosen) != opened.guessed_fields():
        kept[opened.fingerprint] = [field.value for field in chosen]
    elif had is None:
        return
    workspace.store.save_setting(_MAPPINGS, dict(list(kept.items())[-_MOST_MAPPINGS:]))


def usual_source(kinds: Iterable[FileKind]) -> Source:
    """How people of such files were found, unless the user says otherwise."""
    return Source.LINKEDIN if set(kinds) == {FileKind.LINKEDIN} else Source.OTHER


def look(
    workspace: Workspace,
    opened: Sequence[OpenedFile],
    refused: Sequence[FileRefused] = (),
    choices: Choices | None = None,
    step: Step | None = None,
) -> Looked:
    """What the files would bring by these choices; nothing is saved. ``step`` hears of the share done and the file."""
    chosen = choices or Choices()
    results: dict[str, ImportResult] = {}
    turned_down = list(refused)
    for index, one in enumerate(opened):
        if step is not None:
            step(index / (len(opened) + 1), f"Reading {one.name}")
        columns = (chosen.fields or {}).get(one.name) or fields_for(workspace, one)
        try:
            results[one.name] = one.read(columns or None)
        except InputError as error:
            turned_down.append(FileRefused(name=one.name, reason=str(error)))
    if step is not None:
        step(len(opened) / (len(opened) + 1), "Looking who is known")
    kinds = {one.name: one.kind for one in opened}

    def template(name: str) -> Contact:
        source = chosen.source or usual_source([kinds[name]])
        return Contact(id="?", name="?", source=source, city=chosen.city, tags=chosen.tags)

    templates = {name: template(name) for name in results}
    preview = preview_import(
        workspace.store.contacts(),
        results.values(),
        template=templates.__getitem__,
        new_id=new_id,
        region=region(workspace),
    )
    return Looked(files=tuple(opened), refused=tuple(turned_down), results=results, preview=preview)


def save(workspace: Workspace, looked: Looked, step: Step | None = None) -> Import:
    """Save what was looked at, all or nothing, and keep what it brought. ``step`` hears of the share that is done.

    ``InputError`` when there is nothing to save, or when somebody who would gain was changed since the look.
    """
    preview = looked.preview
    contacts = [*preview.arrivals, *(after for _, after in preview.changes)]
    if not contacts:
        raise InputError("There is nobody to add and nothing to add to anybody. Choose another file.")
    done = Import(
        id=new_id(),
        at=workspace.now(),
        files=tuple(
            ImportedFile(name=one.name, kind=one.kind.value) for one in looked.files if one.name in looked.results
        ),
        new=len(preview.new),
        updated=len(preview.updated),
        known=len(preview.known),
        rejected=len(preview.rejected),
    )
    store = workspace.store
    with store.transaction():
        _require_unchanged(workspace, [before for before, _ in preview.changes])
        for start in range(0, len(contacts), _PORTION):
            store.save_contacts(contacts[start : start + _PORTION])
            if step is not None:
                step(min(1.0, (start + _PORTION) / (len(contacts) + _PORTION)), "Saving")
        store.save_import(done, _brought(workspace, preview))
    return done


def tags_of(given: Iterable[str]) -> tuple[str, ...]:
    """Tags as typed, each once, without commas and blanks too many."""
    return proper_tags((part for text in given for part in text.split(",")), [])


def region(workspace: Workspace) -> str:
    """The country whose national phone numbers are meant: that of the trip, else of the user's own number."""
    trip = next_trip(workspace)
    country = trip.country.partition("-")[0] if trip is not None else ""
    return country or region_of_number(profile(workspace).phone)


def _brought(workspace: Workspace, preview: ImportPreview) -> list[Brought]:
    """What is in the store now that was not: organisations keep the spelling they had, so it is read again."""
    stored = {contact.id: contact for contact in workspace.store.contacts()}
    nothing = Contact(id="?", name="?")
    brought = [
        Brought(contact_id=one.id, before=None, after=fields_given(nothing, stored[one.id])) for one in preview.arrivals
    ]
    for before, after in preview.changes:
        gained = fields_given(before, stored[after.id])
        had = {name: as_json(getattr(before, name)) for name in gained}
        brought.append(Brought(contact_id=after.id, before=had, after=gained))
    return brought


def _require_unchanged(workspace: Workspace, seen: Sequence[Contact]) -> None:
    now = {contact.id: contact for contact in workspace.store.contacts()} if seen else {}
    for contact in seen:
        if now.get(contact.id) != contact:
            raise InputError(f"{contact.name} was changed meanwhile. Look at the files again, then import.")


def _own_name(name: str, taken: Sequence[str]) -> str:
    bare = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:120] or "file"
    found, number = bare, 2
    while found in taken:
        found, number = f"{bare} ({number})", number + 1
    return found
