"""Hands and eyes of the tests that run a page by Streamlit's own test driver."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

__all__ = ["open_page", "press", "words"]

_ROOT = Path(__file__).resolve().parents[1]


def open_page(page: str, *, timezone: str = "", **address: str | list[str] | None) -> AppTest:
    """A page of the app in a window of its own, with words in its address; what is None is not said there.

    ``timezone`` is that of the browser. The page must come out whole.
    """
    at = AppTest.from_file(str(_ROOT / "iiplan" / "ui" / "main.py"), default_timeout=60)
    if timezone:
        at.context = {"timezone": timezone}
    at.run()
    for name, value in address.items():
        if value is not None:
            at.query_params[name] = value
    at.switch_page(f"../../pages/{page}.py").run()
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    """All text on the page, without the backslashes that keep it from being Markdown."""
    kinds = (at.title, at.subheader, at.markdown, at.caption, at.code, at.info, at.success, at.warning, at.error)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def press(at: AppTest, label: str) -> None:
    """Click the first button whose label starts so; the page must come out whole."""
    next(one for one in at.button if one.label.startswith(label)).click().run()
    assert not at.exception
