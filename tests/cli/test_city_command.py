"""The commands about city packs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_city import small_city

from iiplan.cli import main

ROOT = Path(__file__).resolve().parents[2]


def city(*arguments: str) -> Result:
    """Run ``iiplan city …`` on the test's own database."""
    return CliRunner().invoke(main, ["city", *arguments])


def test_a_city_is_added_listed_and_removed(tmp_path: Path, database: Path) -> None:
    extract = small_city(tmp_path / "neustadt-2026.osm.pbf")
    added = city("add", str(extract), "--name", "Neustadt")
    assert added.exit_code == 0, added.stderr
    assert "City pack 'Neustadt': 5 streets, 12 addresses, 6 named places. Data © OpenStreetMap" in added.stdout
    assert [path.name for path in (database.parent / "cities").iterdir()] == ["city-neustadt.citypack"]
    listed = city("list")
    assert "Neustadt: 5 streets, 12 addresses, 6 named places; from neustadt-2026.osm.pbf" in listed.stdout
    assert "Data © OpenStreetMap contributors" in listed.stdout
    removed = city("remove", "neustadt")
    assert (removed.exit_code, removed.stdout) == (0, "Removed the city pack 'Neustadt'.\n")
    assert "No city packs yet" in city("list").stdout


def test_without_a_name_the_pack_is_called_like_the_file(tmp_path: Path) -> None:
    small_city(tmp_path / "old-town.osm.pbf")
    assert "City pack 'old-town'" in city("add", str(tmp_path / "old-town.osm.pbf")).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "nowhere.osm.pbf"), "There is no file nowhere.osm.pbf"),
        (("remove", "Atlantis"), "No city pack 'Atlantis'. Known city packs: none yet."),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(arguments: tuple[str, ...], sentence: str) -> None:
    done = city(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_a_damaged_pack_is_named_beside_the_others(tmp_path: Path, database: Path) -> None:
    city("add", str(small_city(tmp_path / "a.osm.pbf")))
    (database.parent / "cities" / "city-b.citypack").write_bytes(b"no pack")
    listed = city("list")
    assert listed.exit_code == 0
    assert "city-b.citypack" in listed.stderr
    assert "a: 5 streets" in listed.stdout


@pytest.mark.parametrize("name", ["add", "list", "remove"])
def test_every_part_of_the_city_command_and_its_options_are_in_the_readme(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"`iiplan city {name}" in readme
    for parameter in main.commands["city"].commands[name].params:  # type: ignore[attr-defined]
        if parameter.opts[0].startswith("-"):
            assert parameter.opts[0] in readme
