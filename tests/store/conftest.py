from __future__ import annotations

from pathlib import Path

import pytest

from iiplan.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "iiplan.sqlite"


@pytest.fixture
def store(path: Path) -> Store:
    return Store.open(path)
