"""Whom we met and were led to, who welcomes hearing from us, and how practice adds up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from outreach_builders import BERLIN, MONDAY, log, person

from iiplan.model import Authority, Debrief, DebriefText, DebriefVersion, Rehearsal, Welcome
from iiplan.outreach import (
    Week,
    histories,
    network_sentence,
    practice,
    practice_sentence,
    referrals,
    welcoming,
)

YES, NO, NOT_SAID = Welcome.YES, Welcome.NO, Welcome.NOT_SAID


def debrief(who: str, day: int, *welcome: Welcome) -> Debrief:
    versions = tuple(
        DebriefVersion(number=n, at=MONDAY, text=DebriefText(dump="x", welcome=word), follows=(n - 1,) if n > 1 else ())
        for n, word in enumerate(welcome, 1)
    )
    return Debrief(id=f"{who}-{day}", contact_id=who, met_on=date(2027, 3, day), versions=versions)


def test_the_network_holds_everybody_met_and_everybody_led_to() -> None:
    people = histories(
        [
            person("Ann"),
            person("Bob", referred_by="ann"),
            person("Cleo", referred_by="ann"),
            person("Dan"),
            person("Eve"),
        ],
        [*log("met", who="ann"), *log("asked", who="bob"), *log("met", who="dan"), *log("asked", who="eve")],
    )
    forest = referrals(people, met_alone=True)
    # Eve was asked, but neither met nor led to; without met_alone, Dan is not there either
    assert [node.name for node in forest.nodes] == ["Ann", "Bob", "Cleo", "Dan"]
    assert [node.name for node in referrals(people).nodes] == ["Ann", "Bob", "Cleo"]
    assert network_sentence(forest) == (
        "4 people met or led to: 2 met, 1 asked and not met yet, 1 not asked yet. 2 came through somebody."
    )
    assert network_sentence(referrals(())).startswith("Nobody was met yet")


@pytest.mark.parametrize(
    ("kinds", "debriefs", "welcome"),
    [
        (["met"], [(1, YES)], True),
        (["met"], [(1, NO, YES)], True),  # the latest version counts
        (["met"], [(1, YES, NO)], False),
        (["met"], [(1, YES), (2, NO)], False),  # and the latest meeting
        (["met"], [(2, NO), (1, YES)], False),
        (["met"], [(1, YES), (2, NOT_SAID)], True),  # not asked again is no answer
        (["met"], [(1, NOT_SAID)], False),
        (["met"], [], False),
        (["met", "thanked", "followed_up"], [], True),
        (["met", "thanked", "followed_up"], [(1, NOT_SAID)], True),
        (["met", "thanked", "followed_up"], [(1, NO)], False),
        (["met", "thanked"], [], False),
    ],
)
def test_who_welcomes_hearing_from_us(
    kinds: list[str], debriefs: list[tuple[int, *tuple[Welcome, ...]]], welcome: bool
) -> None:
    people = histories([person("Ada", authority=Authority.CAN_HIRE)], log(*kinds))
    found = welcoming(people, [debrief("ada", day, *words) for day, *words in debriefs])
    assert [one.contact.id for one in found] == (["ada"] if welcome else [])


def test_only_those_who_decide_are_named_who_can_hire_first() -> None:
    people = histories(
        [
            person("Ann", authority=Authority.HAS_A_SAY),
            person("Bob", authority=Authority.CAN_HIRE),
            person("Cleo", authority=Authority.PEER),
            person("Dan", authority=Authority.RECRUITER),
            person("Eve"),
        ],
        [],
    )
    found = welcoming(people, [debrief(one.contact.id, 1, YES) for one in people])
    assert [(one.contact.name, one.said_on) for one in found] == [
        ("Bob", date(2027, 3, 1)),
        ("Ann", date(2027, 3, 1)),
    ]


def rehearsed(days: int) -> Rehearsal:
    return Rehearsal(id=str(days), introduction_id="i", at=MONDAY + timedelta(days=days), seconds=70)


def test_practice_is_counted_by_week_without_a_gap_and_nothing_ahead() -> None:
    weeks = [Week(monday=MONDAY.date(), asked=3), Week(monday=MONDAY.date() + timedelta(weeks=2), met=2)]
    now = MONDAY + timedelta(weeks=2)
    found = practice(weeks, [rehearsed(-1), rehearsed(8), rehearsed(9), rehearsed(15)], now, BERLIN)
    # the Sunday before the first Monday is in the week of 22 February; the last is a day ahead of now
    assert [(one.monday.day, one.met, one.rehearsed) for one in found] == [
        (22, 0, 1),
        (1, 0, 0),
        (8, 0, 2),
        (15, 2, 0),
    ]
    assert practice_sentence(found) == "So far 2 meetings and 3 rehearsals of your introduction."


def test_practice_says_what_is_recent_and_that_there_is_none() -> None:
    now = MONDAY + timedelta(weeks=4)
    found = practice([Week(monday=now.date(), met=1)], [rehearsed(0)], now, BERLIN)
    # five weeks; the rehearsal was in the first
    assert practice_sentence(found) == (
        "So far 1 meeting and 1 rehearsal of your introduction; "
        "in the last four weeks, this one included, 1 meeting and no rehearsals."
    )
    assert practice([Week(monday=now.date(), asked=1)], [], now, BERLIN) == ()
    assert practice_sentence(()) == "No meeting was held and no introduction rehearsed yet."
