"""The ladder of an organisation, asks that would be too many there, and names of cities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from due_builders import with_cadence
from outreach_builders import on, person, touch

from iiplan.model import Authority, Contact, Touch
from iiplan.outreach import USUAL, Rules, asks_beyond_the_rule, histories, ladder, people_now, same_city
from iiplan.outreach.due_kinds import Person

BOSS = person("Boss", organisation="Acme", authority=Authority.CAN_HIRE)
PEER = person("Peer", organisation=" ACME", authority=Authority.PEER)
SAY = person("Say", organisation="Acme", authority=Authority.HAS_A_SAY)
ACME = [PEER, SAY, BOSS]
FREE = person("Free")
THURSDAY = on(4)


def now(
    contacts: Sequence[Contact], touches: Sequence[Touch], at: datetime = THURSDAY, rules: Rules = USUAL
) -> list[Person]:
    return people_now(histories(contacts, touches), at, rules=rules, trip=None)


def beyond(asked: set[str], touches: Sequence[Touch] = (), at: datetime = THURSDAY, rules: Rules = USUAL) -> list[str]:
    found = asks_beyond_the_rule(now([*ACME, FREE], touches, at, rules), asked)
    return [one.contact.id for one in found]


def test_the_ladder_goes_from_the_top_of_the_chain_of_command_down() -> None:
    found = ladder(now(ACME, []))
    assert [one.id for one in found.rungs] == ["boss", "say", "peer"]
    assert (found.next, found.why) == (("boss",), "Boss is next.")


def test_nobody_is_next_while_an_ask_is_open_and_the_next_one_is_once_it_stays_silent() -> None:
    asked = [touch("asked", on(1), "boss")]
    waiting = ladder(now(ACME, asked, on(3)))
    assert waiting.next == ()
    assert waiting.why == "Nobody new for now: Boss was written to on Mon 1 Mar and may still answer."
    silent = ladder(now(ACME, asked, on(4)))
    assert (silent.next, silent.why) == (("say",), "Say is next: Boss has not answered.")


def test_nobody_is_next_while_we_talk_with_somebody_there() -> None:
    found = ladder(now(ACME, [touch("asked", on(1), "boss"), touch("replied", on(2), "boss")], on(12)))
    assert (found.next, found.why) == ((), "Nobody new for now: you are talking with Boss.")


def test_a_nudge_goes_before_a_new_ask_on_the_ladder() -> None:
    found = ladder(now(ACME, [touch("asked", on(1), "boss")], on(10)))
    assert (found.next, found.nudge, found.why) == ((), ("boss",), "A nudge goes before a new ask.")


def test_a_ladder_without_anybody_or_with_all_asked_says_so() -> None:
    assert ladder([]).why == "Nobody is known there yet."
    met = [touch("met", on(1), one.id) for one in ACME]
    assert ladder(now(ACME, met)).why == "Everybody known there was asked."


def test_of_several_asks_at_one_organisation_the_highest_goes_and_the_rest_is_named() -> None:
    found = asks_beyond_the_rule(now([*ACME, FREE], []), {"boss", "say", "peer", "free"})
    assert [one.contact.id for one in found] == ["say", "peer"]
    assert found[0].why == "Boss would be asked there too."
    assert beyond({"say", "free"}) == []
    assert beyond({"boss", "say", "peer"}, rules=with_cadence(open_asks=2)) == ["peer"]


def test_an_open_ask_leaves_no_room_for_another_until_it_is_no_longer_open() -> None:
    asked = [touch("asked", on(1), "boss")]
    assert beyond({"say"}, asked, on(3)) == ["say"]
    assert beyond({"say"}, asked, on(4)) == []


def test_asking_again_who_is_asked_already_takes_no_room() -> None:
    assert beyond({"boss"}, [touch("asked", on(1), "boss")], on(3)) == []


def test_a_talk_leaves_no_room_however_many_asks_may_be_open() -> None:
    talk = [touch("asked", on(1), "boss"), touch("accepted", on(2), "boss")]
    assert beyond({"say"}, talk, rules=with_cadence(open_asks=5)) == ["say"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chicago", " chicago ", True),
        ("Washington, D.C.", "Washington", True),
        ("Washington", "Washington, D.C.", True),
        ("Portland, OR", "Portland, ME", False),
        ("", "", False),
        ("York", "New York", False),
    ],
)
def test_names_of_cities_are_compared(one: str, other: str, same: bool) -> None:
    assert same_city(one, other) is same
