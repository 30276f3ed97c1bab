"""City packs: what a small invented city answers to, and that a pack is there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_city import BLOCK, CENTRE, small_city

from iiplan.errors import InputError, NotFoundError, StorageError
from iiplan.lookup import read_extract
from iiplan.model import CityPack, Coordinates, FoundPlace, MapThing, PlaceOrigin, ThingKind
from iiplan.store.city_pack import build_pack, packs, remove_pack
from iiplan.store.city_search import known_around, search_pack

ROOT = Path(__file__).resolve().parents[2]
MADE = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BLOCK_M, EAST_M = 111, 74  # metres of a block north, and east at 48.2 degrees


def silent(phase: str, count: int) -> None:
    assert phase
    assert count >= 0


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> CityPack:
    folder = tmp_path_factory.mktemp("cities")
    extract = small_city(folder / "neustadt.osm.pbf")
    return build_pack(folder, "Neustadt", extract.name, read_extract(extract, folder), MADE, silent)


def answers(pack: CityPack, text: str, near: Coordinates | None = None) -> list[FoundPlace]:
    return [answer for _, answer in search_pack(pack, text, near)]


def spot(north: float, east: float) -> tuple[float, float]:
    return pytest.approx((CENTRE[0] + north * BLOCK, CENTRE[1] + east * BLOCK), abs=1e-6)


def test_a_pack_says_what_is_in_it(pack: CityPack) -> None:
    # two streets called Hauptstraße, K Street, Straße des 17. Juni, and Ghost Lane, which only has addresses
    assert (pack.name, pack.source, pack.made_at, pack.streets) == ("Neustadt", "neustadt.osm.pbf", MADE, 5)
    # 6 and 1 in the two Hauptstraßen, 2 on K Street, 4 and 6 in Ghost Lane, the café's
    assert (pack.addresses, pack.named) == (12, 6)
    assert packs(pack.path.parent) == ((pack,), ())


@pytest.mark.parametrize(
    ("text", "label", "at"),
    [
        ("Hauptstr. 5", "Hauptstraße 5, Neustadt", (0.1, 2.5)),
        ("HAUPTSTRASSE 5", "Hauptstraße 5, Neustadt", (0.1, 2.5)),
        ("Haupt-Straße 5, 1234 Neustadt", "Hauptstraße 5, Neustadt", (0.1, 2.5)),
        ("Hauptstraße, 5", "Hauptstraße 5, Neustadt", (0.1, 2.5)),
        ("Hauptstr 1 Oberdorf", "Hauptstraße 1, 9999 Oberdorf", (50.1, 2)),
        ("1200 K St NW", "1200 K Street Northwest", (3.1, 10)),
        ("Acme, 1200 k street nw, 4th floor", "1200 K Street Northwest", (3.1, 10)),
        ("1214 K St NW", "1214 K Street Northwest", (3.1, 12)),  # the even side of 1210-1220
        ("1200 Power Row", "1200 K Street Northwest", (3.1, 10)),
        ("6 Ghost Ln", "6 Ghost Lane", (7, 7)),
        ("Café Central", "Café Central, Hauptstraße 2, Neustadt", (-1, 2)),
        ("cafe cent", "Café Central, Hauptstraße 2, Neustadt", (-1, 2)),
        ("OB", "Office of Buses", (-2, 2)),
        ("neustadt hbf", "Neustadt Hauptbahnhof", (-9, 2)),
    ],
)
def test_what_is_in_the_city_is_found_to_the_house(
    pack: CityPack, text: str, label: str, at: tuple[float, float]
) -> None:
    first = answers(pack, text)[0]
    assert first.place.label == label
    assert first.place.at.as_pair == spot(*at)
    assert (first.place.within_m, first.note, first.place.origin) == (0, "", PlaceOrigin.CITY_PACK)


@pytest.mark.parametrize(
    ("text", "label", "within_m", "note"),
    [
        # between 9 (at 4.5) and 13 (at 9.5): five blocks apart
        (
            "Hauptstr. 11",
            "Hauptstraße 11, Neustadt",
            5 * EAST_M,
            "Number 11 is not known; this is the spot of number 9.",
        ),
        # past 13: to the other end of the street, a middle at 5 and half of ten blocks further
        ("Hauptstr. 99", "Hauptstraße 99, Neustadt", 9.5 * EAST_M, "number 13"),
        ("Hauptstr. 5 b", "Hauptstraße 5b, Neustadt", 30, "Number 5b is not known; this is the spot of number 5."),
        ("K Street Northwest", "K Street Northwest", 10 * EAST_M, "This is the middle of the street."),
        ("Straße des 17. Juni 12", "Straße des 17. Juni", 2 * EAST_M, "No house numbers of this street are known."),
        ("Straße des 17. Juni", "Straße des 17. Juni", 2 * EAST_M, "This is the middle of the street."),
        # two by four blocks: from the middle to a corner sqrt(111^2 + 148^2)
        ("museum of maps", "Museum of Maps", 185, "This is its middle."),
        # outlines from 10 to 12 and 14 to 16 north, four blocks wide: sqrt(333^2 + 148^2) from the middle at 13
        ("University", "University of Neustadt", 364, "This is its middle."),
        ("Lower Fields", "Lower Fields", 2000, "This is its middle."),
    ],
)
def test_what_is_not_known_to_the_house_says_how_far_off_it_may_be(
    pack: CityPack, text: str, label: str, within_m: float, note: str
) -> None:
    first = answers(pack, text)[0]
    assert first.place.label == label
    assert first.place.within_m == pytest.approx(within_m, rel=0.02)
    assert note in first.note


def test_a_university_of_two_outlines_is_one_place_between_them(pack: CityPack) -> None:
    assert answers(pack, "University")[0].place.at.as_pair == spot(13, 2)


def test_streets_of_one_name_are_told_apart_and_the_nearer_comes_first(pack: CityPack) -> None:
    north = Coordinates(latitude=48.25, longitude=16.37)
    assert [one.place.label for one in answers(pack, "Hauptstr. 1", north)[:2]] == [
        "Hauptstraße 1, 9999 Oberdorf",
        "Hauptstraße 1, Neustadt",
    ]
    centre = Coordinates(latitude=48.2, longitude=16.37)
    assert answers(pack, "Hauptstr. 1", centre)[0].place.label == "Hauptstraße 1, Neustadt"


@pytest.mark.parametrize("text", ["", "  ", "12", "Elm Street NW", "St", "nothing like it", "'\" OR * NEAR( -", "\0"])
def test_what_the_city_does_not_have_is_not_found(pack: CityPack, text: str) -> None:
    assert answers(pack, text) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=60) | st.text("haupt str.12,;\"*'-()k nw", max_size=30))
def test_any_text_can_be_looked_up(pack: CityPack, text: str) -> None:
    assert len(answers(pack, text)) <= 8


def test_around_a_spot_stations_and_squares_come_first_and_all_lie_in_the_box(pack: CityPack) -> None:
    south_west, north_east = (48.19, 16.36), (48.21, 16.39)
    found = known_around(pack, south_west, north_east, 4)
    assert [one.place.label for one in found[:2]] == ["Museum of Maps", "Neustadt Hauptbahnhof"]
    assert len(found) == 4
    assert all(south_west < one.place.at.as_pair < north_east for one in found)


def test_a_pack_that_breaks_off_leaves_the_earlier_one_and_nothing_else(pack: CityPack, tmp_path: Path) -> None:
    def broken() -> object:
        yield MapThing(kind=ThingKind.STREET, name="New Street", points=((48.2, 16.37),))
        raise InputError("The extract breaks off here. Download it again.")

    folder = tmp_path / "cities"
    old = build_pack(folder, "Town", "a.osm.pbf", [thing("Old Café")], MADE, silent)
    with pytest.raises(InputError, match="breaks off here"):
        build_pack(folder, "Town", "b.osm.pbf", broken(), MADE, silent)  # type: ignore[arg-type]
    assert list(folder.iterdir()) == [old.path]
    assert packs(folder) == ((old,), ())


def thing(name: str) -> MapThing:
    return MapThing(kind=ThingKind.NAMED, name=name, what="cafe", points=((48.2, 16.37),))


def test_a_pack_of_the_same_name_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    build_pack(tmp_path, "Town", "a.osm.pbf", [thing("Old")], MADE, silent)
    new = build_pack(tmp_path, "town", "b.osm.pbf", [thing("New")], MADE, silent)
    assert packs(tmp_path) == ((new,), ())
    assert answers(new, "Old") == []
    assert answers(new, "New")


def test_names_of_any_letters_make_files_of_their_own_and_too_much_alike_is_refused(tmp_path: Path) -> None:
    for name in ("東京", "Αθήνα", "../../etc/passwd", "con", "Köln"):
        build_pack(tmp_path, name, "a.osm.pbf", [thing("X")], MADE, silent)
    assert {pack.name for pack in packs(tmp_path)[0]} == {"東京", "Αθήνα", "../../etc/passwd", "con", "Köln"}
    assert all(path.parent == tmp_path for path in tmp_path.iterdir())
    with pytest.raises(InputError, match="There is a city pack 'Köln', whose name is too much alike"):
        build_pack(tmp_path, "Koln", "a.osm.pbf", [thing("X")], MADE, silent)
    for name in ("", " ", "a\nb", "x" * 61):
        with pytest.raises(InputError, match="is no name for a city pack"):
            build_pack(tmp_path, name, "a.osm.pbf", [thing("X")], MADE, silent)


def test_an_extract_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.osm\.pbf holds no streets, addresses or named places"):
        build_pack(tmp_path, "Town", "a.osm.pbf", [], MADE, silent)
    assert list(tmp_path.iterdir()) == []


def test_a_removed_pack_is_gone_and_an_unknown_one_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    build_pack(tmp_path, "Köln", "a.osm.pbf", [thing("X")], MADE, silent)
    with pytest.raises(NotFoundError, match=r"No city pack 'Bonn'. Known city packs: Köln\."):
        remove_pack(tmp_path, "Bonn")
    remove_pack(tmp_path, "KOLN")
    assert packs(tmp_path) == ((), ())
    with pytest.raises(NotFoundError, match="Known city packs: none yet"):
        remove_pack(tmp_path, "Köln")


@pytest.mark.parametrize("content", [b"", b"Dear Ada,", b"SQLite format 3\0" + bytes(2000)])
def test_a_damaged_pack_is_named_and_the_others_still_answer(tmp_path: Path, content: bytes) -> None:
    sound = build_pack(tmp_path, "Town", "a.osm.pbf", [thing("X")], MADE, silent)
    (tmp_path / "city-bad.citypack").write_bytes(content)
    known, problems = packs(tmp_path)
    assert known == (sound,)
    (problem,) = problems
    assert "city-bad.citypack" in problem
    with pytest.raises(StorageError, match=r"city-bad\.citypack"):
        search_pack(CityPack(**{**vars(sound), "path": tmp_path / "city-bad.citypack"}), "X")


def test_a_process_that_dies_while_building_leaves_the_earlier_pack_and_its_leftovers_go_later(tmp_path: Path) -> None:
    old = build_pack(tmp_path, "Town", "a.osm.pbf", [thing("Old Café")], MADE, silent)
    code = (
        "import os, sys; from datetime import *; from pathlib import Path\n"
        "from iiplan.model import MapThing, ThingKind; from iiplan.store.city_pack import build_pack\n"
        "def things():\n"
        "    yield MapThing(kind=ThingKind.NAMED, name='New', points=((48.2, 16.37),))\n"
        "    os._exit(9)\n"
        "build_pack(Path(sys.argv[1]), 'Town', 'b.osm.pbf', things(), datetime.now(UTC), lambda *_: None)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=ROOT).returncode == 9
    assert packs(tmp_path) == ((old,), ())
    assert answers(old, "Old Café")
    (leftover,) = [path for path in tmp_path.iterdir() if path != old.path]
    two_days_ago = leftover.stat().st_mtime - 2 * 86_400
    os.utime(leftover, (two_days_ago, two_days_ago))
    new = build_pack(tmp_path, "Town", "b.osm.pbf", [thing("New Café")], MADE, silent)
    assert list(tmp_path.iterdir()) == [new.path]
