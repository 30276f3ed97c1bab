"""The pages of the app, and links between them."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from iiplan.resources import app_root

__all__ = ["all_pages", "link"]

_ICONS = {
    "today": ":material/today:",
    "contacts": ":material/group:",
    "outreach": ":material/send:",
    "messages": ":material/edit_square:",
    "trip": ":material/luggage:",
    "week": ":material/calendar_view_week:",
    "prepare": ":material/checklist:",
    "learned": ":material/lightbulb:",
    "settings": ":material/settings:",
}


def _page(name: str) -> StreamlitPage:
    path = app_root() / "pages" / f"{name}.py"
    return st.Page(path, title=name.capitalize(), icon=_ICONS[name], url_path=name, default=name == "today")


def all_pages() -> list[StreamlitPage]:
    """Every page, in the order of the menu; the first is the one that opens."""
    return [_page(name) for name in _ICONS]


def link(name: str, label: str, *, person: str | None = None, section: str | None = None, **others: str) -> None:
    """A link to a page, or to its part about one person, or to one of its sections; ``others`` go into the address."""
    query = {key: value for key, value in (("person", person), ("section", section), *others.items()) if value}
    st.page_link(_page(name), label=label, icon=":material/arrow_forward:", query_params=query, width="content")
