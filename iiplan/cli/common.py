"""What several commands share: opening the database, printing what people typed."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iiplan.errors import InputError

if TYPE_CHECKING:
    from iiplan.planner.workspace import Workspace

__all__ = ["as_json", "opened", "plain", "write_whole"]


def opened(db: Path | None) -> Workspace:
    """The database at ``db``, or in the user's data folder."""
    # The store's library brings in pandas, which takes a second that commands on files need not wait.
    from iiplan.planner.workspace import running_workspace

    return running_workspace(db)


def plain(text: str) -> str:
    """Somebody's text on one line, without characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def as_json(document: object) -> None:
    """Print a document."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in the place of one that is there."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise InputError(f"Cannot write {path}: {error.strerror or error}. Choose another place.") from error
