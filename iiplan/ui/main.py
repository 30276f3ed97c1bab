"""The application: set-up, navigation, and one place where problems are shown in words."""

from __future__ import annotations

import streamlit as st

from iiplan.errors import IiplanError
from iiplan.planner import your_data
from iiplan.ui import session
from iiplan.ui.labels import escaped
from iiplan.ui.navigation import all_pages


def main() -> None:
    """Draw the page that the address names."""
    # An emoji: a Material icon would be fetched from another host.
    st.set_page_config(page_title="iiplan", page_icon="📅", layout="wide")
    st.html("<style>.stMainBlockContainer { padding-top: 4.5rem; padding-bottom: 3rem; }</style>")
    page = st.navigation(all_pages(), position="top")
    st.set_page_config(page_title=f"{page.title} · iiplan")
    try:
        ws = session.workspace()
        your_data.keep_daily_copy(ws)  # before anything of the day changes; what hinders it is said in Settings
        page.run()
    except IiplanError as error:
        st.error(escaped(str(error)), icon=":material/error:")
        return
    st.caption(f"Your data stays on this machine, in {escaped(str(ws.store.path))}.")


main()
