"""How many people came how far."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import log, random_logs

from iiplan.model import Stage, Touch
from iiplan.outreach import funnel, funnel_sentence

LOGS = {
    "ada": log("asked", "accepted", "met"),
    "ben": log("asked", "declined"),
    "cleo": log("asked"),
    "dan": [],
}


def test_each_step_names_its_people_and_their_share_of_the_step_before() -> None:
    steps = {step.stage: (step.people, step.of_previous) for step in funnel(LOGS).steps}
    assert steps == {
        Stage.IDENTIFIED: (("ada", "ben", "cleo", "dan"), None),
        Stage.ASKED: (("ada", "ben", "cleo"), 3 / 4),
        Stage.REPLIED: (("ada", "ben"), 2 / 3),
        Stage.ACCEPTED: (("ada",), 1 / 2),
        Stage.SCHEDULED: (("ada",), 1.0),
        Stage.MET: (("ada",), 1.0),
        Stage.THANKED: ((), 0.0),
        Stage.IN_TOUCH: ((), None),
    }


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), random_logs(most=6), max_size=8))
def test_nobody_is_in_a_step_without_being_in_the_one_before(logs: dict[str, list[Touch]]) -> None:
    steps = funnel(logs).steps
    for before, after in pairwise(steps):
        assert set(after.people) <= set(before.people)
        assert after.of_previous is None or 0 <= after.of_previous <= 1


@pytest.mark.parametrize(
    ("logs", "sentence"),
    [
        ({}, "There is nobody in the list yet."),
        ({"dan": []}, "There is one person in the list, and nobody has been asked yet."),
        ({"dan": [], "eve": []}, "There are 2 people in the list, and nobody has been asked yet."),
        ({"cleo": LOGS["cleo"]}, "The one person in the list came as far as an ask."),
        ({"ada": LOGS["ada"]}, "The one person in the list came as far as a meeting."),
        (
            LOGS,
            "Of 4 people, 3 came as far as an ask, 2 as far as an answer, 1 as far as a yes and 1 as far as a meeting.",
        ),
        (
            {"cleo": LOGS["cleo"], "dan": []},
            "Of 2 people, 1 came as far as an ask, none as far as an answer, none as far as a yes "
            "and none as far as a meeting.",
        ),
    ],
)
def test_the_sentence_reads_the_funnel_truly(logs: dict[str, list[Touch]], sentence: str) -> None:
    assert funnel_sentence(funnel(logs)) == sentence
