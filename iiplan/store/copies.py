"""Files beside the database: made under a hidden name, given their own when they are whole; and the dated copies.

A crash at any moment leaves the finished file or none, and at worst a hidden ``.part`` that nothing reads.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Final

from iiplan.errors import InputError, StorageError
from iiplan.store.connections import connect, sqlite_errors_in_words

__all__ = [
    "DAYS_KEPT",
    "KeptCopy",
    "dated_copies",
    "keep_copy",
    "keep_daily_copy",
    "publish",
    "reason",
    "scratch_file",
    "write_copy",
]

DAYS_KEPT: Final = 7  # copies of the daily kind; the oldest goes when there is one more

_DAY: Final = "day"
_NAME: Final = r"-(\d{4}-\d\d-\d\d)(?:T(\d{6}))?-(day|backup|before-restore|v\d+)(?:-\d+)?"


@dataclass(frozen=True, kw_only=True)
class KeptCopy:
    """A dated copy beside the database. ``why``: 'day', 'backup', 'before-restore', or 'v5': before an update of it.

    ``made`` is the moment in its name, on the clock of this machine; that of a daily copy is midnight.
    """

    path: Path
    made: datetime
    why: str
    size: int


def dated_copies(path: Path) -> tuple[KeptCopy, ...]:
    """The dated copies of the database at ``path``, the newest first."""
    pattern = re.compile(re.escape(path.stem) + _NAME + re.escape(path.suffix))
    found = []
    for file in path.parent.iterdir():
        parts = pattern.fullmatch(file.name)
        with suppress(ValueError, OSError):  # 31 February; gone meanwhile
            if parts is not None and file.is_file() and file.stat().st_size:
                made = datetime.strptime(f"{parts[1]}T{parts[2] or '000000'}", "%Y-%m-%dT%H%M%S").astimezone()
                found.append(KeptCopy(path=file, made=made, why=parts[3], size=file.stat().st_size))
    return tuple(sorted(found, key=lambda copy: (copy.made, copy.path.name), reverse=True))


def keep_copy(path: Path, why: str, at: datetime, before: str) -> Path:
    """A dated copy beside the file, complete and consistent even while others write; never over another copy.

    ``before`` ends the sentence of the refusal: 'No copy could be made before …'.
    """
    moment = at.astimezone().strftime("%Y-%m-%dT%H%M%S")
    names = (f"{path.stem}-{moment}-{why}{tail}{path.suffix}" for tail in ("", *(f"-{n}" for n in range(2, 100))))
    try:
        with _copied(path, beside=path) as scratch:
            for target in map(path.with_name, names):
                if publish(scratch, target):
                    return target
    except OSError as error:
        raise StorageError(
            f"No copy of {path} could be made before {before}: {reason(error)}. Make room beside it and try again."
        ) from error
    raise StorageError(f"No free name is left for a copy of {path}. Move its older copies elsewhere.")


def keep_daily_copy(path: Path, at: datetime) -> Path | None:
    """The copy of the day of ``at`` on this machine's clock; None when there is one, or no change since the last copy.

    Of the daily ones the newest ``DAYS_KEPT`` stay.
    """
    target = path.with_name(f"{path.stem}-{at.astimezone():%Y-%m-%d}-{_DAY}{path.suffix}")
    if target.exists() or not _changed_since_the_last_copy(path):
        return None
    try:
        with _copied(path, beside=path) as scratch:
            if not publish(scratch, target):
                return None
    except OSError as error:
        raise StorageError(
            f"No copy of {path} could be made today: {reason(error)}. Make room beside it; it is tried again."
        ) from error
    for old in [copy for copy in dated_copies(path) if copy.why == _DAY][DAYS_KEPT:]:
        old.path.unlink(missing_ok=True)
    _sweep(path, at)
    return target


def write_copy(path: Path, target: Path) -> Path:
    """An exact copy of the database under a name of the user's choice, which must be free; returns it resolved."""
    target = target.resolve()
    try:
        if target.exists():
            raise InputError(f"{target} is there already. Name a file that is not, so that no older copy is lost.")
        with _copied(path, beside=target) as scratch:
            if not publish(scratch, target):
                raise InputError(f"{target} is there already. Name a file that is not, so that no older copy is lost.")
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {reason(error)}. Choose another place.") from error
    return target


@contextmanager
def scratch_file(path: Path) -> Iterator[Path]:
    """An empty file of the user's own beside ``path``; gone at the end if it has not been renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    os.close(handle)
    scratch = Path(name)
    try:
        yield scratch
    finally:
        for side in ("", "-wal", "-shm", "-journal"):
            scratch.with_name(scratch.name + side).unlink(missing_ok=True)


def publish(scratch: Path, target: Path) -> bool:
    """Give the finished file its name. False, and nothing done, when the name is taken."""
    try:
        os.link(scratch, target)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        os.replace(scratch, target)
    _keep_name(target.parent)
    return True


def reason(error: Exception) -> str:
    """What the system says about a file, in a few words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


@contextmanager
def _copied(path: Path, beside: Path) -> Iterator[Path]:
    """A copy of the database that has been checked whole, as one file that needs no other, in a scratch file."""
    with scratch_file(beside) as scratch:
        with (
            sqlite_errors_in_words(beside),
            closing(connect(path)) as source,  # one that may only read would leave the log's files behind
            closing(connect(scratch)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise StorageError(f"{path} is damaged ({' '.join(found.split())}), so no copy of it was made. Keep it.")
        yield scratch


def _changed_since_the_last_copy(path: Path) -> bool:
    copies = dated_copies(path)
    written = path.stat().st_mtime
    with suppress(FileNotFoundError):
        written = max(written, path.with_name(path.name + "-wal").stat().st_mtime)
    return not copies or max(copy.path.stat().st_mtime for copy in copies) < written


def _sweep(path: Path, at: datetime) -> None:
    """Remove what a crash has left of copies that were being made, more than a day ago."""
    for left in path.parent.glob(f".{escape(path.stem)}-*.part*"):
        with suppress(OSError):
            if left.stat().st_mtime < at.timestamp() - 86_400:
                left.unlink()


def _keep_name(folder: Path) -> None:
    """Make a new name in a folder outlast a power cut, where the system can."""
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
