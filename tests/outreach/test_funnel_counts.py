"""How many people came how far, all together and group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outreach_builders import log, on, person, random_logs, touch, void

from iiplan.model import Channel, Source, Stage, Touch
from iiplan.outreach import (
    Grouping,
    History,
    folded,
    funnel,
    funnel_sentence,
    funnels_by,
    funnels_sentence,
    histories,
    history,
    wilson_interval,
)

LOGS = {
    "ada": log("asked", "accepted", "met"),
    "ben": log("asked", "declined"),
    "cleo": log("asked"),
    "dan": [],
}


def read(logs: Mapping[str, Sequence[Touch]]) -> tuple[History, ...]:
    """People who are called like their ids, each with their log."""
    return tuple(history(person(name.capitalize()), log) for name, log in logs.items())


def test_each_step_names_its_people_and_their_share_of_the_step_before() -> None:
    steps = {step.stage: (step.people, step.of_previous) for step in funnel(read(LOGS)).steps}
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


def test_a_share_carries_its_interval_and_whether_it_says_little() -> None:
    steps = {step.stage: step for step in funnel(read(LOGS)).steps}
    assert steps[Stage.ASKED].interval == wilson_interval(3, 4)
    assert steps[Stage.ASKED].small  # four in the step before
    assert steps[Stage.IDENTIFIED].interval is None
    assert not steps[Stage.IDENTIFIED].small
    assert steps[Stage.IN_TOUCH].interval is None  # nobody in the step before
    five = read({name: log("asked") for name in "abcde"})
    assert not funnel(five).step(Stage.REPLIED).small


@given(st.dictionaries(st.sampled_from("abcdefgh"), random_logs(most=6), max_size=8))
def test_nobody_is_in_a_step_without_being_in_the_one_before(logs: dict[str, list[Touch]]) -> None:
    for before, after in pairwise(funnel(read(logs)).steps):
        assert set(after.people) <= set(before.people)
        assert after.before == before.count
        assert after.of_previous is None or 0 <= after.of_previous <= 1


def test_a_touch_that_was_taken_back_never_counted() -> None:
    slip = touch("met")
    steps = funnel(read({"ada": [touch("asked"), slip, void(slip)]}))
    assert steps.step(Stage.ASKED).count == 1
    assert steps.step(Stage.MET).count == 0


def by_channel() -> tuple[History, ...]:
    """Two asked by e-mail, one of them met; one by phone; one met unasked; one only known."""
    logs = {
        "ada": [touch("asked", on(1), channel=Channel.EMAIL), touch("met", on(2))],
        "ben": [touch("asked", on(1), channel=Channel.EMAIL)],
        "cleo": [touch("asked", on(1), channel=Channel.PHONE)],
        "dan": [touch("met", on(1))],
        "eve": [],
    }
    return read(logs)


def test_a_funnel_is_split_by_group_and_leaves_out_who_is_in_none() -> None:
    split = {one.group: one.funnel for one in funnels_by(by_channel(), Grouping.CHANNEL)}
    assert list(split) == ["email", "phone"]
    assert [split["email"].step(stage).people for stage in (Stage.IDENTIFIED, Stage.ASKED, Stage.MET)] == [
        ("ada", "ben"),
        ("ada", "ben"),
        ("ada",),
    ]
    assert {"dan", "eve"}.isdisjoint(split["phone"].step(Stage.IDENTIFIED).people)


@given(st.lists(st.tuples(st.sampled_from(Source), random_logs(most=4)), max_size=6), st.integers(2, 5))
def test_groups_add_up_to_the_whole_funnel_also_when_folded(made: list[tuple[Source, list[Touch]]], most: int) -> None:
    people = [history(person(f"P{number}", source=source), log) for number, (source, log) in enumerate(made)]
    whole = [step.count for step in funnel(people).steps]
    split = funnels_by(people, Grouping.SOURCE)
    for groups in (split, folded(split, Grouping.SOURCE, most)):
        counts = [[step.count for step in one.funnel.steps] for one in groups]
        assert [sum(column) for column in zip(*counts, strict=True)] == (whole if made else [])
        assert sum(max(one.folded, 1) for one in groups) == len(split)


def weeks_asked(count: int) -> tuple[History, ...]:
    """One person asked in each of so many weeks, the first on 1 March 2027."""
    return read({f"p{number}": [touch("asked", on(1 + 7 * number))] for number in range(count)})


def test_too_many_groups_are_folded_the_smallest_of_all_and_the_earliest_of_weeks() -> None:
    weeks = folded(funnels_by(weeks_asked(5), Grouping.WEEK), Grouping.WEEK, 3)
    assert [(one.group, one.folded) for one in weeks] == [("", 3), ("2027-03-22", 0), ("2027-03-29", 0)]
    assert weeks[0].funnel.step(Stage.ASKED).people == ("p0", "p1", "p2")
    sizes = [person(f"P{n}", organisation=name) for n, name in enumerate(["Acme", "Acme", "Bolt", "Cog", "Dash"])]
    works = folded(funnels_by(histories(sizes, []), Grouping.ORGANISATION), Grouping.ORGANISATION, 3)
    assert [(one.group, one.folded) for one in works] == [("Acme", 0), ("Bolt", 0), ("", 2)]
    assert folded(works, Grouping.ORGANISATION, 3) == works  # three are few enough


@pytest.mark.parametrize(
    ("logs", "sentence"),
    [
        ({}, "There is nobody in the list yet."),
        ({"dan": []}, "There is one person in the list, and nobody has been asked yet."),
        ({"dan": [], "eve": []}, "There are 2 people in the list, and nobody has been asked yet."),
        ({"cleo": log("asked")}, "The one person in the list came as far as an ask."),
        ({"ada": LOGS["ada"]}, "The one person in the list came as far as a meeting."),
        (
            LOGS,
            "Of 4 people, 3 came as far as an ask, 2 as far as an answer, 1 as far as a yes and 1 as far as a meeting.",
        ),
        (
            {"cleo": log("asked"), "dan": []},
            "Of 2 people, 1 came as far as an ask, none as far as an answer, none as far as a yes "
            "and none as far as a meeting.",
        ),
    ],
)
def test_the_sentence_reads_the_funnel_truly(logs: dict[str, list[Touch]], sentence: str) -> None:
    assert funnel_sentence(funnel(read(logs))) == sentence


def found(**kinds: tuple[Source, str]) -> tuple[History, ...]:
    """People by name, each with how they were found and what happened."""
    return tuple(
        history(person(name.capitalize(), source=source), log(*what.split())) for name, (source, what) in kinds.items()
    )


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (found(), "Nobody has been asked yet, so there is no group to show."),
        (found(ada=(Source.EVENT, "")), "The one person is in one group: Event."),
        (found(ada=(Source.EVENT, ""), ben=(Source.EVENT, "met")), "All 2 people are in one group: Event."),
        (found(ada=(Source.EVENT, ""), ben=(Source.FRIEND, "")), "2 people in 2 groups; nobody has been asked yet."),
        (
            found(ada=(Source.EVENT, "asked"), ben=(Source.FRIEND, ""), cleo=(Source.FRIEND, "")),
            "3 people in 2 groups. The one you asked and did not meet yet is in this one: Event.",
        ),
        (
            found(ada=(Source.EVENT, "met"), ben=(Source.FRIEND, "met")),
            "2 people in 2 groups. Of the 2 you met, no group has more than 1.",
        ),
        (
            found(ada=(Source.EVENT, "met"), ben=(Source.EVENT, "met"), cleo=(Source.FRIEND, "met")),
            "3 people in 2 groups. Of the 3 you met, the largest group is Event, with 2.",
        ),
    ],
)
def test_the_sentence_reads_the_groups_truly(people: tuple[History, ...], sentence: str) -> None:
    assert funnels_sentence(funnels_by(people, Grouping.SOURCE), {"event": "Event", "friend": "Friend"}) == sentence
