"""How long an introduction takes to say, and whether it asks for a job, follow stated rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import Length, job_requests, read_job_requests, read_outline, spoken_length
from iiplan.errors import InputError
from iiplan.resources import data_folder

FOLDER = data_folder() / "introduction"
RULES = read_job_requests(FOLDER / "job_requests.txt")


@pytest.mark.parametrize(
    "text",
    [
        "I am looking for a job in planning.",
        "So, are you hiring at the moment?",
        "I’d like a job with you.",
        "Could you hire me?",
        "I would love to join your team.",
        "Please keep me in mind for the next opening.",
        "Could you pass on my résumé?",
        "Do you have\nany OPENINGS?",
    ],
)
def test_an_introduction_that_asks_for_a_job_is_told_so(text: str) -> None:
    assert job_requests(text, RULES)


@pytest.mark.parametrize(
    "text",
    [
        "My first job was at a bus company, and I loved the timetables.",
        "I do not know yet whether this work is for me.",
        "I would like to understand how people are hired here.",
        "I study public policy and am curious how cities hire planners.",
        "",
    ],
)
def test_a_harmless_sentence_with_job_in_it_is_let_be(text: str) -> None:
    assert job_requests(text, RULES) == ()


def test_what_is_found_is_named_with_its_words_and_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text("# a comment\nrefer me to * boss\n", encoding="utf-8")
    (found,) = job_requests("Would you refer me to your dear boss?", read_job_requests(path))
    assert (found.words, found.rule, found.line) == ("refer me to your dear boss", "refer me to * boss", 2)
    assert job_requests("Refer me to the one who is the boss", read_job_requests(path)) == ()  # more than three words


def test_140_words_take_a_minute_and_70_seconds_are_good() -> None:
    minute = spoken_length("word " * 140)
    assert (minute.words, minute.seconds, minute.quick, minute.slow) == (140, 60, 52, 70)  # 140/160, 140/120 minutes
    assert spoken_length("word " * 139).length is Length.GOOD  # 59.6 rounds to 60
    assert spoken_length("word " * 130).length is Length.SHORT
    assert spoken_length("word " * 280).length is Length.GOOD
    assert spoken_length("word " * 290).length is Length.LONG
    assert spoken_length(" \n… ").length is Length.EMPTY


def test_two_chinese_characters_count_as_a_word() -> None:
    assert spoken_length("我想了解城市").words == 3
    assert spoken_length("我想了解城市 buses").words == 4


@given(st.text(), st.text())
def test_more_words_never_take_less_time(text: str, more: str) -> None:
    short, long = spoken_length(text), spoken_length(f"{text} {more}")
    assert long.seconds >= short.seconds
    assert long.quick <= long.seconds <= long.slow


def test_the_outline_has_parts_and_names_a_line_that_is_none(tmp_path: Path) -> None:
    assert [part.heading for part in read_outline(FOLDER / "outline.txt")][-1] == "Why you"
    path = tmp_path / "outline.txt"
    path.write_text("# x\nno part", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: 'no part' is no part"):
        read_outline(path)
    path.write_text("***", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 1: .* has no word in it"):
        read_job_requests(path)
