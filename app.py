"""Launcher: the application is iiplan/ui/main.py, its pages are in pages/.

The script that Streamlit runs must not lie beside pages/: until it has run once, a server would show a deep
link's page alone, without navigation or set-up.
"""

import sys
from pathlib import Path

import streamlit as st

HERE = Path(__file__).resolve().parent
# From an installed wheel this file lies in iiplan/_bundle, and the package is found where it is installed.
PACKAGE = HERE / "iiplan" if (HERE / "iiplan").is_dir() else HERE.parent
if str(PACKAGE.parent) not in sys.path:
    sys.path.insert(0, str(PACKAGE.parent))

from iiplan.planner.workspace import running_workspace  # noqa: E402 (found only now)
from iiplan.web import calendar_routes  # noqa: E402

app = st.App(
    PACKAGE / "ui" / "main.py",
    routes=calendar_routes(running_workspace, allowed_hosts=lambda: st.get_option("server.allowedHosts")),
)
