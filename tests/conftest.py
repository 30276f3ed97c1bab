"""What tests of several rooms share: a database of their own, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_valhalla import FakeValhalla
from hypothesis import settings

from iiplan.planner.workspace import Workspace, open_workspace, running_workspace

settings.register_profile("patient", deadline=None)  # a loaded machine is no failure
settings.load_profile("patient")

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, ten in the morning in Washington


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test ever opens the user's own file, and none depends on the day it runs: the app's clock stands at NOW."""
    path = tmp_path / "iiplan.sqlite"
    monkeypatch.setenv("IIPLAN_DB", str(path))
    monkeypatch.setenv("IIPLAN_NOW", f"{NOW:%Y-%m-%dT%H:%M}")
    return path


@pytest.fixture
def ws(database: Path) -> Workspace:
    """An empty database and a clock that stands at NOW."""
    return open_workspace(database, now=lambda: NOW)


@pytest.fixture
def valhalla() -> Iterator[FakeValhalla]:
    """A stand-in for a Valhalla server, on 127.0.0.1."""
    with FakeValhalla().serving() as fake:
        yield fake


@pytest.fixture
def live(database: Path) -> Workspace:
    """The database and the clock that the app has."""
    return running_workspace()
