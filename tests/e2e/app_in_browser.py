"""The real app on a free port of this machine, and a real Chromium that may talk to nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SOME_TIME = 30_000  # milliseconds for the slowest first load; nothing waits longer than it must


def find_chromium() -> str | None:
    """The browser's path, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def running_app(database: Path, log: Path) -> Iterator[str]:
    """Start the app on ``database``; yields its address; ends it by its own handle."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "iiplan", "--db", str(database), "run", "--headless", "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env={**os.environ})
        try:
            address = f"http://localhost:{port}"
            wait_until_healthy(server, address, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Poll the health page until it answers; fail with the log when the app ends first."""
    while True:
        if server.poll() is not None:
            raise RuntimeError(f"The app ended with {server.returncode}: {log.read_text(errors='replace')}")
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(
    browser: Browser, address: str, *, width: int = 1300, height: int = 900, dark: bool = False
) -> Iterator[tuple[Page, list[str]]]:
    """A page of a fresh visitor in Washington's time zone, and the list of requests to other hosts (refused)."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id="America/New_York",
        locale="en-US",
        color_scheme="dark" if dark else "light",
        accept_downloads=True,
    )
    strangers: list[str] = []
    watch(context, address, strangers)
    page = context.new_page()
    page.set_default_timeout(SOME_TIME)
    try:
        yield page, strangers
    finally:
        context.close()


def watch(context: BrowserContext, address: str, strangers: list[str]) -> None:
    """Refuse and note every request that leaves this machine."""
    home = urlsplit(address).netloc

    def sort(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != home:
            strangers.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    context.route("**/*", sort)


def settled(page: Page) -> None:
    """Wait until the script behind the page has run to its end."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def open_page(page: Page, address: str, name: str) -> None:
    """Open a page of the app by its name and wait until it is drawn."""
    page.goto(f"{address}/{name}")
    page.get_by_role("heading", level=1).wait_for()
    settled(page)


def press(page: Page, label: str) -> None:
    """Press the first button of that label, and wait for what follows."""
    page.get_by_role("button", name=label).first.click()
    settled(page)


def fill_in(page: Page, label: str, text: str) -> None:
    """Type into the first box of that label."""
    page.get_by_role("textbox", name=label, exact=True).first.fill(text)
