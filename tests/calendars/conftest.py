"""A real calendar server for the tests of CalDAV: started once, empty for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from radicale_server import Radicale, radicale


@pytest.fixture(scope="session")
def running_radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def server(running_radicale: Radicale) -> Radicale:
    """The server without any calendar."""
    shutil.rmtree(running_radicale.folder / "data" / "collection-root" / running_radicale.user, ignore_errors=True)
    return running_radicale
