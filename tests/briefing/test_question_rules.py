"""What a quick search answers, and what asks for a job, is found by a written rule; good questions are let be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import FlagKind, flag, read_question_rules
from iiplan.errors import InputError
from iiplan.resources import data_folder

RULES = read_question_rules(data_folder() / "question_rules.txt")


@pytest.mark.parametrize(
    "question",
    [
        "What do you do?",
        "So, what do you do exactly?",
        "What’s your job?",
        "How many people work at Acme?",
        "And where are you based?",
        "When was the Institute for Buses founded?",
        "How long have you been at Acme?",
        "Where did you study?",
    ],
)
def test_what_a_quick_search_answers_is_flagged(question: str) -> None:
    found = flag(question, RULES)
    assert found is not None
    assert found.rule.kind is FlagKind.SEARCH
    assert found.rule.instead


@pytest.mark.parametrize(
    "question",
    [
        "Do you have a job for me?",
        "By the way, are you hiring at the moment?",
        "Is your team hiring?",
        "Could you put in a good word for me with your boss?",
        "Can you forward my résumé?",
        "What do you do, and are there any openings?",
    ],
)
def test_a_request_for_a_job_is_flagged_wherever_it_stands(question: str) -> None:
    found = flag(question, RULES)
    assert found is not None
    assert found.rule.kind is FlagKind.JOB


@pytest.mark.parametrize(
    "question",
    [
        "What do you do in the months when everything comes at once?",
        "Where do you see people being hired now?",
        "How did you find your first job?",
        "What does a good candidate do before an interview?",
        "What do you look for when you hire?",
        "Where are you based in your thinking about buses?",
    ],
)
def test_a_good_question_that_looks_like_one_is_let_be(question: str) -> None:
    assert flag(question, RULES) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = flag(text, RULES)
    assert found is None or found.question == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("search: what do you do\n", "line 1: No 'instead' line follows"),
        ("instead: nothing\n", "line 1: 'instead: nothing' does not belong there"),
        ("# x\nboring: why\ninstead: y", "line 2: 'boring: why' does not belong there"),
        ("search: *\ninstead: y", r"line 1: 'search: \*' does not belong there"),
    ],
)
def test_a_mistake_in_the_rules_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_question_rules(path)
