"""Solomon's format is read as it stands, and whatever is not in it is refused with the line and the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.instances import instances, read_week
from bench.solomon import SolomonError, read_solomon, solomon_week

HEAD = """TINY

VEHICLE
NUMBER     CAPACITY
   3          20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

"""
ROWS = ["0  0  0   0   0  100   0", "1  3  4  12  10   20   5", "2  6  8  40   0   90  10"]


def written(folder: Path, text: str) -> Path:
    path = folder / "tiny.txt"
    path.write_text(text, encoding="utf-8")
    return path


def tiny(folder: Path, *rows: str) -> Path:
    return written(folder, HEAD + "\n".join(rows or ROWS) + "\n")


def test_a_file_gives_its_name_its_fleet_and_its_customers(tmp_path: Path) -> None:
    found = read_solomon(tiny(tmp_path))
    assert (found.name, found.vehicles, found.capacity) == ("TINY", 3, 20)
    assert [(c.number, c.x, c.y, c.demand, c.ready, c.due, c.service) for c in found.customers] == [
        (0, 0, 0, 0, 0, 100, 0),
        (1, 3, 4, 12, 10, 20, 5),
        (2, 6, 8, 40, 0, 90, 10),
    ]


def test_a_week_has_five_routes_of_four_stops_and_scores_the_demand(tmp_path: Path) -> None:
    problem = read_week(solomon_week(read_solomon(tiny(tmp_path))))
    assert len(problem.days) == 5
    assert {day.max_meetings for day in problem.days} == {4}
    assert {(day.start, day.end) for day in problem.days} == {(0, 100)}
    assert [who.value for who in problem.candidates] == [12, 40]
    # a triangle of 3, 4, 5, and the same again: 5 from the depot, 10 to the farther one
    assert problem.minutes == ((0, 5, 10), (5, 0, 5), (10, 5, 0))
    # a start from 10 to 20 and a service of 5: the whole visit lies in 10 to 25, on every day
    assert {(window.start, window.end) for window in problem.candidates[0].windows} == {(10, 25)}
    assert len(problem.candidates[0].windows) == 5


def test_a_visit_ends_within_the_horizon(tmp_path: Path) -> None:
    problem = read_week(solomon_week(read_solomon(tiny(tmp_path, ROWS[0], "1 3 4 9 10 98 5"))))
    # the due date 98 and a service of 5 would be 103
    assert {window.end for window in problem.candidates[0].windows} == {100}


def test_a_long_horizon_is_scaled_to_a_day_and_rounded_to_the_safe_side(tmp_path: Path) -> None:
    path = tiny(tmp_path, "0 0 0 0 0 2880 0", "1 0 7 9 11 21 5")
    problem = read_week(solomon_week(read_solomon(path)))
    # everything halved: travel 3.5 to 4, service 2.5 to 3, ready 5.5 to 6, due 10.5 to 10
    assert problem.days[0].end == 1440
    assert problem.minutes[0][1] == 4
    assert problem.candidates[0].duration == 3
    assert (problem.candidates[0].windows[0].start, problem.candidates[0].windows[0].end) == (6, 13)


def test_every_text_file_of_a_folder_is_run(tmp_path: Path) -> None:
    from bench.instances import QUICK, Scope

    tiny(tmp_path)
    (tmp_path / "notes.md").write_text("not an instance", encoding="utf-8")
    none = Scope(narrow={}, wide={}, plain=(), more=(), ours=QUICK.ours, search=QUICK.search, cpsat=QUICK.cpsat)
    found = list(instances(none, tmp_path))
    assert [(week.set, week.kind, week.size) for week in found] == [("solomon", "TINY", 2)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("TINY\n\nCUSTOMER\n" + "\n".join(ROWS), "no line VEHICLE"),
        ("TINY\nVEHICLE\n3 20\n" + "\n".join(ROWS), "no line CUSTOMER"),
        ("CUSTOMER\nVEHICLE\n3 20\n", "in this order"),
        ("TINY\nVEHICLE\nNUMBER CAPACITY\nCUSTOMER\n" + "\n".join(ROWS), "one line with the number and capacity"),
        (HEAD.replace("3          20", "three 20") + "\n".join(ROWS), "line 5: numbers are expected, not 'three 20'"),
        (HEAD + ROWS[0], "a depot and at least one customer"),
        (HEAD + ROWS[0] + "\n1 3 4 12 10 20", "line 11: 7 numbers are expected"),
        (HEAD + ROWS[0] + "\n1 3 4 12 10 nan 5", "line 11: 7 numbers are expected"),
        (HEAD + ROWS[0] + "\n1 3 4 12 30 20 5", "line 11: .* a due date not before the ready time"),
        (HEAD + ROWS[0] + "\n1 3 4 -2 10 20 5", "line 11: demand"),
        (HEAD + ROWS[0] + "\n2 3 4 12 10 20 5", "customer 1 is expected where customer 2 is"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_fault(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SolomonError, match=said) as caught:
        read_solomon(written(tmp_path, text))
    assert "tiny.txt" in str(caught.value)
