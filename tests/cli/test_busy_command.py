"""The command busy: its JSON is a public interface."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from iiplan.cli import main

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "ics"


def run(*files: Path, start: str = "2027-03-15", end: str = "2027-03-20", as_json: bool = True) -> Result:
    names = [str(file) for file in files]
    options = ["--from", start, "--to", end, "--tz", "America/New_York", *(["--json"] if as_json else [])]
    return CliRunner().invoke(main, ["busy", *names, *options])


def calendar(folder: Path, name: str, *events: tuple[str, str, str]) -> Path:
    lines = ["BEGIN:VCALENDAR"]
    for title, start, length in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{title}",
            f"SUMMARY:{title}",
            f"DTSTART:{start}",
            f"DURATION:{length}",
            "END:VEVENT",
        ]
    path = folder / name
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    return path


def test_appointments_of_several_files_are_joined_sorted_and_in_the_zone(tmp_path: Path) -> None:
    home = calendar(tmp_path, "home.ics", ("Dentist", "20270316T140000Z", "PT1H"), ("Gym", "20270315T110000Z", "PT1H"))
    work = calendar(tmp_path, "work.ics", ("Call", "20270316T145000Z", "PT1H"))
    done = run(home, work)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "busy": [
            # four hours behind UTC since 14 March
            {
                "start": "2027-03-15T07:00:00-04:00",
                "end": "2027-03-15T08:00:00-04:00",
                "title": "Gym",
                "file": str(home),
            },
            {
                "start": "2027-03-16T10:00:00-04:00",
                "end": "2027-03-16T11:50:00-04:00",
                "title": "Dentist; Call",
                "file": f"{home}; {work}",
            },
        ],
        "warnings": [],
    }


def test_the_day_of_to_is_not_looked_at_itself(tmp_path: Path) -> None:
    path = calendar(
        tmp_path, "home.ics", ("Friday", "20270319T120000", "PT1H"), ("Saturday", "20270320T120000", "PT1H")
    )
    assert [one["title"] for one in json.loads(run(path).stdout)["busy"]] == ["Friday"]


def test_what_cannot_be_read_is_a_warning_in_the_document_and_no_failure() -> None:
    done = run(CORPUS / "one-broken-event-among-good-ones.ics")
    document = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [one["title"] for one in document["busy"]] == ["First", "Last"]
    assert "“Broken” is left out" in document["warnings"][0]


def test_without_json_a_list_for_people_is_printed_with_warnings_apart() -> None:
    done = run(CORPUS / "override-moved.ics", CORPUS / "no-end.ics", CORPUS / "all-day.ics", as_json=False)
    assert done.stdout.splitlines()[:3] == [
        "Times are America/New_York.",
        f"  Mon 15 Mar 2027 09:00 to 09:30  Daily ({CORPUS / 'override-moved.ics'})",
        "  Tue 16 Mar 2027 00:00 to Thu 18 Mar 2027 00:00  Holiday; Daily moved; Daily "
        f"({CORPUS / 'all-day.ics'}; {CORPUS / 'override-moved.ics'})",
    ]
    assert "Warning: " in done.stderr
    assert "“Reminder”" in done.stderr


def test_free_days_are_said_to_be_free(tmp_path: Path) -> None:
    done = run(calendar(tmp_path, "home.ics", ("Later", "20270401T120000", "PT1H")), as_json=False)
    assert done.stdout == "Nothing from Mon 15 Mar 2027 to before Sat 20 Mar 2027.\n"


def test_a_title_cannot_steer_the_terminal(tmp_path: Path) -> None:
    done = run(calendar(tmp_path, "home.ics", ("A\x1b[31mB", "20270315T120000", "PT1H")), as_json=False)
    assert "\x1b" not in done.stdout


def test_a_file_that_is_not_there_and_days_that_make_no_sense_end_with_a_sentence(tmp_path: Path) -> None:
    missing = run(tmp_path / "no.ics")
    assert (missing.exit_code, "Cannot read" in missing.stderr) == (2, True)
    swapped = run(CORPUS / "all-day.ics", start="2027-03-20", end="2027-03-15")
    assert (swapped.exit_code, "not after their start" in swapped.stderr) == (2, True)
