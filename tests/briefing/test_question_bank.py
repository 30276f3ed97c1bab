"""The shipped questions are many, our own, and none that had better not be asked; files say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from iiplan.briefing import flag, read_bank, read_question_rules
from iiplan.errors import InputError
from iiplan.model import Audience, Theme
from iiplan.resources import data_folder

BANK = read_bank(data_folder() / "questions")
RULES = read_question_rules(data_folder() / "question_rules.txt")
TIARA = {Theme.TRENDS, Theme.INSIGHTS, Theme.ADVICE, Theme.RESOURCES, Theme.ASSIGNMENTS}


def files(folder: Path, **given: str) -> Path:
    for theme in Theme:
        (folder / f"{theme}.txt").write_text(given.get(theme.value, "# nothing yet\n"), encoding="utf-8")
    return folder


def test_there_are_at_least_eighty_questions_and_eight_of_each_theme_but_the_last() -> None:
    assert len(BANK.questions) >= 80
    for theme in set(Theme) - {Theme.NEXT}:
        assert sum(one.theme is theme for one in BANK.questions) >= 8, theme
    assert {one.theme for one in BANK.questions} >= TIARA


def test_every_kind_of_person_has_questions_of_their_own() -> None:
    for audience in Audience:
        assert sum(audience in one.suits for one in BANK.questions) >= 3, audience


def test_whom_else_and_keeping_in_touch_close_every_list() -> None:
    assert [one.text for one in BANK.closing] == [
        "Whom else should I talk to?",
        "May I get in touch again and tell you how it goes?",
    ]


def test_no_shipped_question_says_the_same_words_as_another() -> None:
    said = [" ".join(sorted(one.text.casefold().strip("?").split())) for one in (*BANK.questions, *BANK.closing)]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("question", [*BANK.questions, *BANK.closing], ids=lambda one: one.id[:40])
def test_a_shipped_question_is_one_to_ask(question: object) -> None:
    assert flag(question.text, RULES) is None  # type: ignore[attr-defined]
    assert question.text.endswith("?") or question.text.endswith(".")  # type: ignore[attr-defined]


def test_a_file_may_say_whom_a_question_suits_and_hold_comments(tmp_path: Path) -> None:
    bank = read_bank(files(tmp_path, work="# a\n\n[peer, alumni] Why?\n! And then?\n"))
    assert [(one.text, one.suits) for one in bank.questions] == [("Why?", (Audience.PEER, Audience.ALUMNI))]
    assert [one.id for one in bank.closing] == ["work:and-then"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[boss] Why?", r"work.txt, line 1: \[boss\] is not known. Use can_hire, peer, alumni, recruiter"),
        ("#\n[peer]\n", "work.txt, line 2: There is no question"),
        ("Why?\n\nWHY!\n", "work.txt, line 3: 'WHY!' stands there twice"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_bank(files(tmp_path, work=text))


def test_a_missing_theme_and_a_file_of_another_encoding_are_named(tmp_path: Path) -> None:
    (files(tmp_path) / "path.txt").write_bytes("Wie fühlt es sich an?".encode("latin-1"))
    with pytest.raises(InputError, match=r"path.txt is not UTF-8 text"):
        read_bank(tmp_path)
    (tmp_path / "path.txt").unlink()
    with pytest.raises(InputError, match=r"path.txt is missing"):
        read_bank(tmp_path)
