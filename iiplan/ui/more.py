"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from iiplan.ui import session

__all__ = ["show_some"]

Thing = TypeVar("Thing")


def show_some(name: str, things: Sequence[Thing], draw: Callable[[Thing], object], page: int) -> None:
    """Draw the first ``page`` things, and as many again with each click. ``name`` is unique in the app."""
    key = f"how many {name}"
    kept = session.kept(key)
    most = kept if isinstance(kept, int) else page
    for thing in things[:most]:
        draw(thing)
    left = len(things) - most
    if left > 0:
        st.button(
            f"Show more ({left} left)",
            icon=":material/expand_more:",
            key=f"more-{name}",
            on_click=session.keep,
            args=(key, most + page),
        )
