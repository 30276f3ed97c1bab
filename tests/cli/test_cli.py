"""The command line: what it prints, and the exit status that scripts rely on."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result

from iiplan.cli import main
from iiplan.store import Store

ROOT = Path(__file__).resolve().parents[2]

PROBLEM = {
    "timezone": "America/New_York",
    "base": "hotel",
    "days": [{"date": "2027-03-15"}],
    "places": [{"id": "hotel", "lat": 38.9, "lon": -77.03}, {"id": "p1", "lat": 38.91, "lon": -77.03}],
    "candidates": [
        {
            "id": "c1",
            "place": "p1",
            "value": 5,
            "windows": [{"start": "2027-03-15T09:00", "end": "2027-03-15T12:00"}],
        },
    ],
}
CLASH = {
    **PROBLEM,
    "candidates": [
        {"id": "c1", "name": "Ada", "place": "p1", "fixed_start": "2027-03-15T10:00"},
        {"id": "c2", "name": "Bo", "place": "p1", "fixed_start": "2027-03-15T10:15"},
    ],
}


def iiplan(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=text)


def saved(tmp_path: Path, document: object, name: str = "problem.json") -> str:
    path = tmp_path / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_solve_prints_a_proven_plan_that_check_finds_faultless(tmp_path: Path) -> None:
    problem = saved(tmp_path, PROBLEM)
    solved = iiplan("solve", problem, "-o", str(tmp_path / "plan.json"))
    assert (solved.exit_code, solved.stdout) == (0, "")
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert plan["status"] == "optimal"
    assert plan["points"] == plan["bound"]
    checked = iiplan("check", problem, str(tmp_path / "plan.json"))
    assert checked.exit_code == 0
    assert json.loads(checked.stdout) == {"points": plan["points"], "violations": []}


def test_solve_reads_standard_input(tmp_path: Path) -> None:
    solved = iiplan("solve", "-", text=json.dumps(PROBLEM))
    assert solved.exit_code == 0
    assert json.loads(solved.stdout)["meetings"][0]["candidate"] == "c1"


def test_clashing_fixed_meetings_end_with_status_3_and_say_what_clashes(tmp_path: Path) -> None:
    solved = iiplan("solve", saved(tmp_path, CLASH))
    assert solved.exit_code == 3
    plan = json.loads(solved.stdout)
    assert plan["status"] == "infeasible"
    assert plan["meetings"] == []
    assert "Ada" in json.dumps(plan["conflicts"])
    assert "Bo" in json.dumps(plan["conflicts"])


def test_a_faulty_plan_ends_with_status_3_and_lists_the_faults(tmp_path: Path) -> None:
    plan = {"meetings": [{"candidate": "c1", "start": "2027-03-15T09:07", "end": "2027-03-15T09:37", "fixed": False}]}
    checked = iiplan("check", saved(tmp_path, PROBLEM), saved(tmp_path, plan, "plan.json"))
    assert checked.exit_code == 3
    assert json.loads(checked.stdout)["violations"]


def test_offers_lists_every_hour_with_its_worth_and_suggests_as_many_as_wanted(tmp_path: Path) -> None:
    found = iiplan("offers", saved(tmp_path, PROBLEM), "c1", "--count", "1")
    assert found.exit_code == 0
    document = json.loads(found.stdout)
    # half an hour from 09:00 to 12:00, every quarter of an hour
    assert [slot["start"][11:] for slot in document["slots"]][::10] == ["09:00", "11:30"]
    assert document["suggested"] == [max(document["slots"], key=lambda slot: slot["points"])]


def test_offers_to_someone_unknown_end_with_status_2(tmp_path: Path) -> None:
    found = iiplan("offers", saved(tmp_path, PROBLEM), "zoe")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "No candidate 'zoe'" in found.stderr


def test_explain_says_why_somebody_is_left_out_and_what_it_would_take(tmp_path: Path) -> None:
    short = [
        {"id": "c2", "name": "Bo", "place": "p1", "windows": [{"start": "2027-03-15T13:00", "end": "2027-03-15T13:20"}]}
    ]
    problem = saved(tmp_path, {**PROBLEM, "candidates": [*PROBLEM["candidates"], *short]})  # type: ignore[misc]
    explained = iiplan("explain", problem)
    assert explained.exit_code == 0
    (left,) = json.loads(explained.stdout)["unplaced"]
    assert left["candidate"] == "c2"
    assert "None of the hours given for Bo is long enough" in left["reason"]
    assert {remedy["edit"]["kind"] for remedy in left["remedies"]} >= {"add_window", "shorter_meeting"}


def test_explain_ends_with_status_3_where_the_fixed_meetings_clash(tmp_path: Path) -> None:
    explained = iiplan("explain", saved(tmp_path, CLASH))
    assert explained.exit_code == 3
    assert json.loads(explained.stdout)["conflicts"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not JSON: "),
        ("[" * 100_000, "nested too deeply"),
        ('{"timezone": "Mars/Base"}', "timezone"),
        ("[]", "must be an object"),
    ],
)
def test_bad_input_ends_with_status_2_and_one_sentence_on_standard_error(
    tmp_path: Path, content: str, sentence: str
) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    solved = iiplan("solve", str(tmp_path / "bad.json"))
    assert solved.exit_code == 2
    assert sentence in solved.stderr
    assert solved.stdout == ""
    assert "Traceback" not in solved.stderr


def test_a_missing_file_ends_with_status_2(tmp_path: Path) -> None:
    solved = iiplan("solve", str(tmp_path / "nowhere.json"))
    assert solved.exit_code == 2
    assert "Cannot read" in solved.stderr


def test_the_demo_and_its_plan_make_a_calendar_file_without_the_app(tmp_path: Path) -> None:
    database = str(tmp_path / "demo.sqlite")
    assert iiplan("--db", database, "demo").exit_code == 0
    planned = iiplan("--db", database, "plan", "--ics", str(tmp_path / "week.ics"))
    assert planned.exit_code == 0, planned.stderr
    assert "no better week exists" in planned.stdout
    events = vobject.readOne((tmp_path / "week.ics").read_text(encoding="utf-8")).vevent_list
    for event in events:
        assert f"{event.dtstart.value:%H:%M} to {event.dtend.value:%H:%M}" in planned.stdout
    assert len(events) >= 12  # three or four a day


def test_the_demo_under_way_has_a_sheet_for_the_day_at_once(tmp_path: Path) -> None:
    database = str(tmp_path / "demo.sqlite")
    done = iiplan("--db", database, "demo", "--under-way")
    assert done.exit_code == 0
    assert 'Next: "python -m iiplan brief"' in done.stdout
    assert iiplan("--db", database, "brief").stdout.count("Leave by") >= 2


def test_the_demo_refuses_a_database_with_people_and_leaves_it_alone(tmp_path: Path) -> None:
    database = tmp_path / "demo.sqlite"
    iiplan("--db", str(database), "demo")
    before = Store.open(database).contacts()
    again = iiplan("--db", str(database), "demo")
    assert again.exit_code == 2
    assert "only into an empty database" in again.stderr
    assert Store.open(database).contacts() == before


def test_an_unknown_trip_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    database = str(tmp_path / "demo.sqlite")
    iiplan("--db", database, "demo")
    planned = iiplan("--db", database, "plan", "--trip", "Belrin")
    assert planned.exit_code == 2
    assert "No trip 'Belrin'. Known trips: Washington week." in planned.stderr


def test_a_file_that_is_no_database_is_refused_and_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada,", encoding="utf-8")
    planned = iiplan("--db", str(path), "plan")
    assert planned.exit_code == 2
    assert "not a database" in planned.stderr
    assert path.read_text(encoding="utf-8") == "Dear Ada,"


def test_a_calendar_file_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    database = str(tmp_path / "demo.sqlite")
    iiplan("--db", database, "demo")
    planned = iiplan("--db", database, "plan", "--ics", str(tmp_path / "nowhere" / "week.ics"))
    assert planned.exit_code == 2
    assert "Cannot write" in planned.stderr


def test_a_port_in_use_is_said_with_the_cure(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = iiplan("--db", str(tmp_path / "some.sqlite"), "run", "--headless", "--port", str(port))
    assert started.exit_code == 2
    assert f"Port {port} is in use" in started.stderr
    assert "--port" in started.stderr


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_each_of_its_options_is_in_the_readme(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"`iiplan {name}" in readme
    for parameter in main.commands[name].params:
        option = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.human_readable_name
        assert option in readme


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself(name: str) -> None:
    shown = iiplan(name, "--help")
    assert shown.exit_code == 0
    assert len(shown.stdout.splitlines()) >= 5


def test_the_module_runs_from_a_checkout_without_being_installed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iiplan", "--version"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "iiplan, version 0.1.0")
