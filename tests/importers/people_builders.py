"""What the tests of files of people share."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from iiplan.importers import ImportedPerson, ImportPreview, ImportResult, open_file, preview_import
from iiplan.model import Contact, Source

__all__ = ["CORPUS", "person", "read", "result", "seen"]

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "people"


def read(data: bytes | str, name: str = "people.csv") -> ImportResult:
    """The people of a file, its kind found and its columns guessed."""
    return open_file(name, data if isinstance(data, bytes) else data.encode()).read()


def person(name: str = "Jane Doe", **details: object) -> ImportedPerson:
    """A row that is a person."""
    return ImportedPerson(**{"line": 2, "name": name, "file": "a.csv", **details})  # type: ignore[arg-type]


def result(*people: ImportedPerson) -> ImportResult:
    """A file that holds these people."""
    return ImportResult(people=people, rejected=(), rows=len(people))


def seen(existing: list[Contact], *results: ImportResult, region: str = "", **of_all: object) -> ImportPreview:
    """What files would bring; new contacts are called new-0, new-1 and so on."""
    template = Contact(**{"id": "?", "name": "?", "source": Source.OTHER, **of_all})  # type: ignore[arg-type]
    ids = count()
    return preview_import(
        existing, results, template=lambda _: template, new_id=lambda: f"new-{next(ids)}", region=region
    )
