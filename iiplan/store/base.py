"""What every part of the store stands on: connections, and one change at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from iiplan.errors import InputError
from iiplan.store.connections import Connections

__all__ = ["StoreBase"]


class StoreBase:
    """Reads and writes on connections that are opened for one call and closed after it."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @property
    def path(self) -> Path:
        """Where the file lies, links resolved."""
        return self._connections.path

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all calls of this thread inside the block one change: saved together, or not at all when it raises.

        A block inside a block is part of the outer one; when the inner one raises and the outer one goes on, only
        the inner one is undone.
        """
        with self._connections.writing():
            yield

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        with _text_that_utf8_can_hold(), self._connections.reading() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with _text_that_utf8_can_hold(), self._connections.writing() as db:
            yield db


@contextmanager
def _text_that_utf8_can_hold() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise InputError(
            f"The text {error.object[:60]!a} contains half of a character, which cannot be stored or looked up. "
            "Type it again by hand."
        ) from error
