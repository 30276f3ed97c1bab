"""Each third-party library has its rooms, and nothing in the project reaches for it elsewhere."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ROOMS = {
    "streamlit": {"app.py", "pages", "iiplan/ui", "iiplan/cli"},  # cli: only to start the server
    "starlette": {"iiplan/web.py"},
    "pandas": {"pages", "iiplan/ui"},
    "sqlite_utils": {"iiplan/store"},
    "sqlite3": {"iiplan/store"},
    "platformdirs": {"iiplan/store"},
    "plotly": {"iiplan/figures"},
    "icalendar": {"iiplan/calendars"},
    "tzdata": {"iiplan/calendars"},
    "numpy": {"iiplan/scheduling", "iiplan/forecast"},
    "scipy": {"iiplan/forecast"},
    "jinja2": {"iiplan/briefing"},
    "typst": {"iiplan/briefing"},
    "rapidfuzz": {"iiplan/importers"},
    "phonenumbers": {"iiplan/importers"},
    "openpyxl": {"iiplan/importers"},
    "openlocationcode": {"iiplan/travel"},
    "osmium": {"iiplan/lookup"},
    "caldav": {"iiplan/calendars"},
    "keyring": {"iiplan/calendars"},
    "pydeck": {"iiplan/figures"},
    "holidays": {"iiplan/planner"},
    "highspy": {"iiplan/scheduling"},
    "click": {"iiplan/cli"},
}


def sources() -> list[Path]:
    return sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "iiplan").rglob("*.py")])


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_uses_only_the_libraries_of_its_room(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    foreign = {
        name
        for name in imported(path) - {"iiplan"}
        if name in ROOMS or name not in sys.stdlib_module_names
        if not any(place == room or place.startswith(f"{room}/") for room in ROOMS.get(name, ()))
    }
    assert foreign == set()


def reachable(module: str) -> set[str]:
    """Modules that importing one brings in, by what the files say; of the project all, of libraries the names."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = ROOT / Path(*name.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if name in found or not path.is_file():
            found.add(name)
            continue
        found.add(name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                waiting.append(node.module)
    return found


def test_the_referee_reaches_nothing_of_the_solver() -> None:
    rules = reachable("iiplan.scheduling.referee")
    search = {f"iiplan.scheduling.{name}" for name in ("solver", "week", "labels", "day_options", "day_tables")}
    assert rules & (search | {"numpy", "highspy"}) == set()
    assert search <= reachable("iiplan.scheduling.solver") | {"iiplan.scheduling.solver"}


def test_no_screen_has_the_name_of_a_library_which_it_would_hide() -> None:
    # Streamlit puts the folder of its main script before all others on the path.
    names = {path.stem for path in (ROOT / "iiplan" / "ui").glob("*.py")}
    assert names & set(ROOMS) == set()
