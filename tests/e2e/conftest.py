"""Browser tests: the app and the browser are real; a missing browser fails where CI says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_in_browser import chromium, find_chromium, running_app
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    if find_chromium() is None:
        message = "No Chromium found. Install it: apt-get install chromium."
        if os.environ.get("IIPLAN_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    with chromium() as started:
        yield started


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    """The app on an empty database; its address."""
    with running_app(tmp_path / "browser.sqlite", tmp_path / "app.log") as address:
        yield address
