"""City packs on disk: SQLite files of their own, beside the database, each built once from an OpenStreetMap extract.

A pack is built under another name and renamed at the end: whatever breaks off leaves no half of one. What stays behind
when the machine stops in the middle starts with a dot, is never read, and goes with the next building.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from iiplan.errors import InputError, NotFoundError, StorageError
from iiplan.model import CityPack, Coordinates, MapThing
from iiplan.store.city_index import SCHEMA, fill, finish
from iiplan.store.connections import connect, file_version, sqlite_errors_in_words
from iiplan.travel import folded_words

__all__ = ["PACK_VERSION", "build_pack", "opened_pack", "packs", "packs_folder", "remove_pack"]

PACK_APPLICATION: Final = 0x69_69_70_63  # "iipc"
PACK_VERSION: Final = 1
_ENDING: Final = ".citypack"
_LEFT_OVER_AFTER: Final = 86_400  # seconds: no building takes a day


def packs_folder(database: Path) -> Path:
    """Where the packs that belong to a database lie; it need not exist."""
    return database.parent / "cities"


def build_pack(
    folder: Path,
    name: str,
    source: str,
    things: Iterable[MapThing],
    made_at: datetime,
    progress: Callable[[str, int], None],
) -> CityPack:
    """Index ``things`` as the pack ``name``, in the place of an earlier one of that name; all of it or nothing.

    ``progress`` hears what is going on and how many things are done. Raises ``InputError`` when there is nothing to
    index or the name is too much like another pack's.
    """
    target = _target(folder, name)
    with _scratch(folder) as scratch, sqlite_errors_in_words(target):
        with closing(sqlite3.connect(scratch, isolation_level=None)) as db:
            db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; {SCHEMA}")
            db.execute("BEGIN")
            fill(db, things, progress)
            progress("Joining streets", 0)
            counts = finish(db)
            if not counts["streets"] + counts["named"]:
                raise InputError(
                    f"{source} holds no streets, addresses or named places. Take an extract of a city from an "
                    "OpenStreetMap download site."
                )
            about = {"name": name, "source": source, "made_at": made_at.isoformat(), **counts}
            db.execute("INSERT INTO about VALUES (?)", [json.dumps(about)])
            db.execute(f"PRAGMA application_id = {PACK_APPLICATION}")
            db.execute(f"PRAGMA user_version = {PACK_VERSION}")
            db.execute("COMMIT")
        with scratch.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(scratch, target)
    with opened_pack(target) as db:
        return _about(db, target)


def packs(folder: Path) -> tuple[tuple[CityPack, ...], tuple[str, ...]]:
    """Every pack by name, and a sentence for each file that cannot be used as one."""
    found, problems = [], []
    for path in sorted(folder.glob(f"city-*{_ENDING}")):
        try:
            with opened_pack(path) as db:
                found.append(_about(db, path))
        except StorageError as error:
            problems.append(str(error))
    return tuple(sorted(found, key=lambda pack: pack.name.casefold())), tuple(problems)


def remove_pack(folder: Path, name: str) -> CityPack:
    """Delete the pack of that name (without regard to case and accents); ``NotFoundError`` names those there are."""
    known, _ = packs(folder)
    for pack in known:
        if pack.name == name or folded_words(pack.name) == folded_words(name):
            pack.path.unlink(missing_ok=True)
            return pack
    names = ", ".join(pack.name for pack in known) or "none yet"
    raise NotFoundError(f"No city pack {name!r}. Known city packs: {names}.")


@contextmanager
def opened_pack(path: Path) -> Iterator[sqlite3.Connection]:
    """A pack to read from; ``StorageError`` for a file that is none, or of another version."""
    with sqlite_errors_in_words(path), closing(connect(path, "mode=ro&immutable=1")) as db:
        if db.execute("PRAGMA application_id").fetchone()[0] != PACK_APPLICATION or file_version(db) != PACK_VERSION:
            raise StorageError(f"{path} is no city pack of this iiplan. Delete it, and add the city again.")
        yield db


def _about(db: sqlite3.Connection, path: Path) -> CityPack:
    (text,) = db.execute("SELECT text FROM about").fetchone() or ("{}",)
    try:
        about = json.loads(text)
        return CityPack(
            name=about["name"],
            path=path,
            source=about["source"],
            made_at=datetime.fromisoformat(about["made_at"]),
            streets=about["streets"],
            addresses=about["addresses"],
            named=about["named"],
            centre=Coordinates(latitude=about["latitude"], longitude=about["longitude"]),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise StorageError(f"{path} is damaged ({error}). Delete it, and add the city again.") from error


def _target(folder: Path, name: str) -> Path:
    """The file of a pack: made of the letters of its name, whatever they are."""
    if not name.strip() or len(name) > 60 or not name.isprintable():
        raise InputError(f"{name[:60]!r} is no name for a city pack. Use 1 to 60 letters, as in --name Lisbon.")
    plain = "-".join(folded_words(name))
    if not plain.isascii() or not plain:
        plain = hashlib.sha256(name.casefold().encode()).hexdigest()[:16]
    target = folder / f"city-{plain}{_ENDING}"
    if target.exists():
        with opened_pack(target) as db:
            other = _about(db, target).name
        if other.casefold() != name.casefold():
            raise InputError(f"There is a city pack {other!r}, whose name is too much alike. Choose another --name.")
    return target


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A file to build in; gone at the end if it has not been renamed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f".city-*{_ENDING}"):
            if time.time() - old.stat().st_mtime > _LEFT_OVER_AFTER:
                old.unlink(missing_ok=True)
        scratch = folder / f".city-{os.getpid()}-{time.monotonic_ns()}{_ENDING}"
        try:
            yield scratch
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder} cannot hold a city pack: {error.strerror or error}. Make room there, or allow writing to it."
        ) from error
