"""Hands and eyes of the tests that run a page by Streamlit's own test driver."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

__all__ = ["press", "words"]


def words(at: AppTest) -> str:
    """All text on the page, without the backslashes that keep it from being Markdown."""
    kinds = (at.title, at.subheader, at.markdown, at.caption, at.code, at.info, at.success, at.warning, at.error)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def press(at: AppTest, label: str) -> None:
    """Click the first button whose label starts so; the page must come out whole."""
    next(one for one in at.button if one.label.startswith(label)).click().run()
    assert not at.exception
