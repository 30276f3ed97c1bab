"""Reading OpenStreetMap extracts: sound ones, and every way in which one can be unusable."""

from __future__ import annotations

import builtins
from collections import Counter
from pathlib import Path

import pytest
from small_city import small_city

from iiplan.errors import InputError
from iiplan.lookup import read_extract
from iiplan.model import ThingKind


def test_streets_addresses_and_named_places_are_read_and_nothing_else(tmp_path: Path) -> None:
    things = list(read_extract(small_city(tmp_path / "a.osm.pbf"), tmp_path))
    # five pieces of streets; ten lines of addresses, "4;6" being one, the café's among them; no bench without a name
    assert Counter(thing.kind for thing in things) == {
        ThingKind.STREET: 5,
        ThingKind.ADDRESS: 11,
        ThingKind.NAMED: 6,
    }
    cafe = next(thing for thing in things if thing.name == "Café Central")
    assert (cafe.what, cafe.street, cafe.number, cafe.city) == ("cafe", "Hauptstraße", "2", "Neustadt")
    assert next(thing for thing in things if thing.what == "office" or thing.name == "Office of Buses").also == ("OB",)
    assert [path.name for path in tmp_path.iterdir()] == ["a.osm.pbf"]  # the positions of nodes are gone again


@pytest.mark.parametrize("order", ["wnr", "rnw", "nrw"])
def test_an_unsorted_extract_is_refused_with_the_command_that_sorts_it(tmp_path: Path, order: str) -> None:
    extract = small_city(tmp_path / "a.osm.pbf", order)
    with pytest.raises(InputError, match=r"a\.osm\.pbf is not sorted.*osmium sort a\.osm\.pbf -o"):
        list(read_extract(extract, tmp_path))


def test_a_broken_extract_is_refused_in_a_sentence(tmp_path: Path) -> None:
    sound = small_city(tmp_path / "a.osm.pbf").read_bytes()
    broken = tmp_path / "b.osm.pbf"
    for content in (sound[:-20], sound[:200] + b"\0\1\2" + sound[203:], b"hello" * 100, b"", b"<osm/>"):
        broken.write_bytes(content)
        with pytest.raises(InputError, match=r"b\.osm\.pbf cannot be read as an OpenStreetMap extract.*Download it"):
            list(read_extract(broken, tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.osm.pbf", "b.osm.pbf"]


def test_a_missing_extract_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.osm.pbf", tmp_path):
        with pytest.raises(InputError, match=r"There is no file .*\. Give the \.osm\.pbf file"):
            list(read_extract(path, tmp_path))


def test_without_osmium_it_is_said_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = small_city(tmp_path / "a.osm.pbf")
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith("osmium"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"needs the package osmium.*pip install \"osmium"):
        list(read_extract(extract, tmp_path))
