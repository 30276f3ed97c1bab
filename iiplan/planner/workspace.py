"""One user's data and clock: what every use case works on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from uuid import uuid4

from iiplan.errors import InputError
from iiplan.resources import data_folder
from iiplan.store import Store, default_path

__all__ = ["Workspace", "load_demo", "new_id", "open_workspace", "read_moment", "running_workspace"]


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """``now`` gives the current moment, aware; tests pass a clock of their own."""

    store: Store
    now: Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_workspace(path: Path | None = None, now: Callable[[], datetime] = _utc_now) -> Workspace:
    """Open the database at ``path`` (None: in the user's data folder), creating or migrating it."""
    return Workspace(store=Store.open(path or default_path()), now=now)


def running_workspace(path: Path | None = None) -> Workspace:
    """What the app and the command line work on: ``path``, else the database that IIPLAN_DB names, or the user's own.

    IIPLAN_NOW (2027-03-11T09:00, UTC unless it says otherwise) stops the clock there, to look at another day.
    """
    named, moment = os.environ.get("IIPLAN_DB"), os.environ.get("IIPLAN_NOW")
    database = path or (Path(named) if named else None)
    return open_workspace(database, partial(read_moment, moment, UTC) if moment else _utc_now)


def read_moment(text: str, zone: tzinfo) -> datetime:
    """A moment written as 2027-03-11T09:00, aware; in ``zone`` unless it says its own offset. Else InputError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"{text!r} is no moment. Write it like 2027-03-11T09:00.") from error
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def new_id() -> str:
    """A fresh id for anything we store."""
    return uuid4().hex


def load_demo(workspace: Workspace, *, under_way: bool = False) -> str:
    """Fill an empty database with the invented demo people and their trip; return the trip's id.

    The trip lies ahead, or is ``under_way``: today is its third day. A database that has people or trips in it is
    refused and left as it is.
    """
    from iiplan.planner.demo_story import tell  # which goes through the use cases that work on a workspace

    store = workspace.store
    with store.transaction():
        if not store.is_empty():
            raise InputError(
                f"The demo loads only into an empty database, and {store.path} has people or trips in it. "
                "Name another file with --db or IIPLAN_DB."
            )
        return tell(workspace, data_folder() / "demo", under_way=under_way)
