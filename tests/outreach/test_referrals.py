"""Who led to whom, and what came of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import log, on, person, touch

from iiplan.model import Contact, Stage, Touch
from iiplan.outreach import Forest, History, forest_sentence, histories, history, referrals


def came(name: str, by: str | None = None, *kinds: str) -> History:
    """Somebody referred by somebody, and what happened with them."""
    return history(person(name, referred_by=by), log(*kinds, who=name.lower()))


def drawn(forest: Forest) -> list[tuple[str, int, int, int]]:
    """Each node: name, depth, how many they led to, how many of those were met."""
    return [(node.name, node.depth, node.led_to, node.met) for node in forest.nodes]


def test_everybody_below_counts_for_those_above_and_the_largest_comes_first() -> None:
    people = [
        came("Zoe", None),
        came("Ada", None),
        came("Ben", "ada", "met"),
        came("Cleo", "ada", "asked"),
        came("Dan", "cleo", "thanked"),
        came("Eve", "zoe", "declined"),
        came("Fritz", None, "met"),  # neither led to anybody nor was led to
    ]
    forest = referrals(people)
    assert drawn(forest) == [
        ("Ada", 0, 3, 2),
        ("Cleo", 1, 1, 1),
        ("Dan", 2, 0, 0),
        ("Ben", 1, 0, 0),
        ("Zoe", 0, 1, 0),
        ("Eve", 1, 0, 0),
    ]
    assert {node.name: node.furthest for node in forest.nodes} == {
        "Ada": Stage.IDENTIFIED,
        "Ben": Stage.MET,
        "Cleo": Stage.ASKED,
        "Dan": Stage.THANKED,
        "Zoe": Stage.IDENTIFIED,
        "Eve": Stage.REPLIED,
    }
    assert (forest.cut, forest.gone) == ((), ())


def test_without_a_word_in_the_contact_the_latest_introduction_of_an_ask_counts() -> None:
    ben = person("Ben")
    asks = [
        touch("asked", on(1), "ben", through="ada"),
        touch("nudged", on(2), "ben", through="cleo"),
        touch("nudged", on(3), "ben"),
        touch("met", on(4), "ben", through="dan"),
    ]
    others = [came("Ada"), came("Cleo"), came("Dan"), came("Eve")]
    parent = {node.name: node.parent for node in referrals([history(ben, asks), *others]).nodes}
    assert parent == {"Cleo": None, "Ben": "cleo"}
    said = history(person("Ben", referred_by="eve"), asks)
    assert {node.name: node.parent for node in referrals([said, *others]).nodes} == {"Eve": None, "Ben": "eve"}


def test_somebody_whose_referrer_is_not_in_the_list_stays_and_is_named() -> None:
    forest = referrals([came("Ada", "deleted", "met"), came("Ben", "ada")])
    assert drawn(forest) == [("Ada", 0, 1, 0), ("Ben", 1, 0, 0)]
    assert forest.gone == ("ada",)
    alone = referrals([came("Ada", "deleted")])
    assert drawn(alone) == [("Ada", 0, 0, 0)]


def test_a_referrer_who_is_gone_gives_way_to_an_introduction() -> None:
    ben = history(person("Ben", referred_by="deleted"), [touch("asked", on(1), "ben", through="ada")])
    assert [(node.name, node.parent) for node in referrals([ben, came("Ada")]).nodes] == [("Ada", None), ("Ben", "ada")]


def test_a_circle_is_cut_at_the_earliest_touch_and_loses_nobody() -> None:
    ada = history(person("Ada", referred_by="ben"), [touch("asked", on(3), "ada")])
    ben = history(person("Ben", referred_by="ada"), [touch("asked", on(2), "ben")])
    cleo = came("Cleo", "ada")
    for order in ([ada, ben, cleo], [cleo, ben, ada]):
        forest = referrals(order)
        assert [(node.name, node.parent) for node in forest.nodes] == [("Ben", None), ("Ada", "ben"), ("Cleo", "ada")]
        assert (forest.cut, forest.gone) == (("ben",), ())


def test_a_circle_of_people_without_touches_is_cut_at_the_first_id() -> None:
    forest = referrals([came("Cleo", "ada"), came("Ben", "cleo"), came("Ada", "ben")])
    assert [(node.name, node.parent) for node in forest.nodes] == [("Ada", None), ("Cleo", "ada"), ("Ben", "cleo")]


def test_a_chain_of_thousands_is_laid_out() -> None:
    people = [Contact(id=str(n), name=f"P {n}", referred_by=str(n - 1) if n else None) for n in range(3000)]
    nodes = referrals(histories(people, ())).nodes
    assert (nodes[0].led_to, nodes[-1].depth) == (2999, 2999)


IDS = [f"p{n}" for n in range(8)]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from([None, *IDS, "gone"]), min_size=8, max_size=8),
    st.lists(st.sampled_from([None, *IDS]), min_size=8, max_size=8),
    st.permutations(range(8)),
)
def test_everybody_with_a_referrer_is_in_the_forest_once(
    named: list[str | None], through: list[str | None], order: list[int]
) -> None:
    people = []
    for one, by, way in zip(IDS, named, through, strict=True):
        contact = Contact(id=one, name=one, referred_by=None if by == one else by)
        asks = [touch("asked", on(1 + int(one[1])), one, id=one, through=way)] if way and way != one else []
        people.append(history(contact, asks))
    forest = referrals(people)
    ids = [node.contact_id for node in forest.nodes]
    assert len(ids) == len(set(ids))
    wanted = {one.contact.id for one in people if one.contact.referred_by or any(t.through for t in one.touches)}
    assert wanted <= set(ids)
    assert {node.contact_id for node in forest.referred} | set(forest.cut) | set(forest.gone) == wanted
    assert referrals([people[n] for n in order]) == forest
    depth = {node.contact_id: node.depth for node in forest.nodes}
    below = dict.fromkeys(ids, 0)
    for node in reversed(forest.nodes):
        assert node.led_to == below[node.contact_id]
        if node.parent is not None:
            assert node.depth == depth[node.parent] + 1
            assert ids.index(node.parent) < ids.index(node.contact_id)
            below[node.parent] += 1 + node.led_to


def told(*to_ada: Touch) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who should hear how it went when Ada led to Ben, met on the 5th, and to Cleo, not met."""
    ada = history(person("Ada"), to_ada)
    ben = history(person("Ben", referred_by="ada"), [touch("met", on(5), "ben")])
    return tuple((one.contact_id, one.about) for one in referrals([ada, ben, came("Cleo", "ada", "asked")]).untold)


def test_whoever_led_to_somebody_met_should_hear_of_it_until_they_do() -> None:
    assert told() == (("ada", ("ben",)),)
    assert told(touch("followed_up", on(4))) == (("ada", ("ben",)),)
    assert told(touch("note", on(6)), touch("replied", on(6))) == (("ada", ("ben",)),)
    for kind in ("followed_up", "thanked", "met"):
        assert told(touch(kind, on(6))) == ()


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([came("Ada")], "Nobody is noted as having come by referral yet."),
        (
            [came("Ada"), came("Ben", "ada")],
            "1 person came by referral, through Ada; they were not met yet.",
        ),
        (
            [came("Ada"), came("Ben", "ada", "met"), came("Cleo", "ada")],
            "2 people came by referral, through Ada; 1 of them was met.",
        ),
        (
            [came("Ada"), came("Ben"), came("Cleo", "ada"), came("Dan", "ada"), came("Eve", "ben")],
            "3 people came by referral, through 2 people; none of them was met yet. Ada led to the most: 2.",
        ),
        (
            [came("Ada"), came("Ben"), came("Cleo", "ada", "met"), came("Eve", "ben", "met")],
            "2 people came by referral, through 2 people; 2 of them were met. Ada and Ben led to the most: 1 each.",
        ),
        (
            [came("Ada"), came("Ben"), came("Cleo"), *[came(f"{by}s", by) for by in ("ada", "ben", "cleo")]],
            "3 people came by referral, through 3 people; none of them was met yet. 3 led to the most: 1 each.",
        ),
        ([came("Ada", "gone")], "1 person came through somebody who is no longer in the list."),
        (
            [came("Ada", "ben"), came("Ben", "ada"), came("Cleo", "gone")],
            "1 person came by referral, through Ada; they were not met yet. "
            "1 more came through somebody who is no longer in the list. "
            "Referrals that run in a circle are shown from Ada on.",
        ),
    ],
)
def test_the_sentence_counts_truly(people: list[History], sentence: str) -> None:
    assert forest_sentence(referrals(people)) == sentence
