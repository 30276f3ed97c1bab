"""Real calendar programs read the files that iiplan makes; docs/calendars.md says what they do, and says it truly.

A program that is not there is skipped with the way to get it; with IIPLAN_REQUIRE_PROGRAMS set it fails. With
IIPLAN_WRITE_PROGRAMS set the table in the document is written anew instead of compared.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest
from calendar_programs import PROGRAMS, Held, Missing, Program, Reader, Said
from program_files import ZONES, Meant, Replay, Week, replay, whole_week
from program_table import HEAD, cancellation_words, finding_words, hour_words, row, text_words, update_words

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "calendars.md"
PROGRAM = pytest.mark.parametrize("program", PROGRAMS, ids=str)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Week, ...]:
    """The whole plan of a week in each zone."""
    return tuple(whole_week(tmp_path_factory.mktemp("week"), zone) for zone in ZONES)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return replay(tmp_path_factory.mktemp("replay"))


def files(folder: Path, *weeks: Week) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number}.ics" for number in range(len(weeks))]
    for path, week in zip(paths, weeks, strict=True):
        path.write_bytes(week.content)
    return paths


def there(program: Program) -> str:
    """The program's version; the test is skipped, or fails, where it is missing."""
    try:
        return program.version()
    except Missing as missing:
        if os.environ.get("IIPLAN_REQUIRE_PROGRAMS"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


def room(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


@PROGRAM
def test_a_program_does_with_our_files_what_the_table_in_the_document_says(
    program: Program, weeks: tuple[Week, ...], story: Replay, tmp_path: Path
) -> None:
    version = there(program)
    given = files(tmp_path / "weeks", *weeks)
    said = [program.take(room(tmp_path, name), given, zone) for name, zone in (("utc", "UTC"), ("far", "Asia/Tokyo"))]
    first, whole, changes = files(tmp_path / "story", story.first, story.whole, story.changes)
    before = [first] if program.keeps else []
    after_whole = program.take(room(tmp_path, "whole"), [*before, whole], "America/New_York")
    after_changes = program.take(room(tmp_path, "changes"), [*before, changes], "America/New_York")
    meant = [one for week in weeks for one in week.entries]
    line = row(
        program.name,
        version,
        hour_words(said, meant),
        text_words(said[0].held, meant),
        finding_words([*said, after_whole, after_changes]),
        *(told(program, story, after_whole, after_changes)),
    )
    written = [one for one in lines_of_the_table() if name_in(one) == program.name]
    if os.environ.get("IIPLAN_WRITE_PROGRAMS"):
        write(program, line)
    else:  # what it does counts; the version is that of the machine on which the line was written
        assert [without_version(one) for one in written] == [without_version(line)]


@pytest.mark.parametrize("program", [one for one in PROGRAMS if isinstance(one, Reader) and one.validates], ids=str)
def test_a_program_that_finds_no_faults_in_our_files_does_find_some_in_a_spoilt_one(
    program: Reader, story: Replay, tmp_path: Path
) -> None:
    there(program)
    spoilt = re.sub(rb"PRODID:.*\r\n", b"", story.first.content)
    spoilt = re.sub(rb"GEO:.*\r\n", b"GEO:nowhere\r\n", spoilt)
    assert program.take(tmp_path, files(tmp_path / "spoilt", replace(story.first, content=spoilt)), "UTC").findings


def told(program: Program, story: Replay, whole: Said, changes: Said) -> tuple[str, str]:
    """What becomes of what is new or moved, and of what is off."""
    if not program.keeps:
        return "keeps nothing", reads_what_is_off(changes.held, story.changes.entries)
    updates = update_words(whole, story, True), update_words(changes, story, False)
    offs = cancellation_words(whole.held, story), cancellation_words(changes.held, story)
    return tuple(  # type: ignore[return-value]
        one if one == other else f"with the whole plan: {one}; with the changes: {other}"
        for one, other in (updates, offs)
    )


def reads_what_is_off(held: tuple[Held, ...], meant: tuple[Meant, ...]) -> str:
    off = {one.uid for one in meant if one.off}
    return "reads that it is off" if off == {one.uid for one in held if one.cancelled} else "does not tell"


def without_version(line: str) -> str:
    return re.sub(r"^(\|[^|]*\|)[^|]*", r"\1", line)


def write(program: Program, line: str) -> None:
    """Put a line into the table, in the place of the program's old one or at the end."""
    text = DOCUMENT.read_text(encoding="utf-8")
    old = lines_of_the_table()
    new = [one for one in old if name_in(one) != program.name] + [line]
    names = [one.name for one in PROGRAMS]
    new.sort(key=lambda one: names.index(name_in(one)))
    DOCUMENT.write_text(text.replace("\n".join([HEAD, *old]), "\n".join([HEAD, *new])), encoding="utf-8")


def lines_of_the_table() -> list[str]:
    below = DOCUMENT.read_text(encoding="utf-8").partition(HEAD + "\n")[2]
    return list(takewhile(lambda line: line.startswith("|"), below.splitlines()))


def name_in(line: str) -> str:
    return line.split("|")[1].strip()


def test_the_table_has_a_line_for_each_program_and_no_other() -> None:
    assert [name_in(line) for line in lines_of_the_table()] == [one.name for one in PROGRAMS]
