"""What a talk with somebody is worth: the parts, the mean of those that are known, and the user's own word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from due_builders import TRIP, due, with_cadence
from hypothesis import assume, given
from hypothesis import strategies as st
from outreach_builders import on, person, touch

from iiplan.errors import InputError
from iiplan.model import Authority, Contact, Source, WorthWeights
from iiplan.outreach import worth

PARTS = ("fit", "closeness", "keen")
FROM_BELOW = [Authority.PEER, Authority.RECRUITER, Authority.HAS_A_SAY, Authority.CAN_HIRE]
ONE_TO_FIVE = st.none() | st.integers(1, 5)
PEOPLE = st.builds(
    Contact,
    id=st.just("ada"),
    name=st.just("Ada"),
    source=st.sampled_from(Source),
    authority=st.sampled_from(Authority),
    fit=ONE_TO_FIVE,
    closeness=ONE_TO_FIVE,
    keen=ONE_TO_FIVE,
)


@st.composite
def weights(draw: st.DrawFn) -> WorthWeights:
    found = {name: draw(st.integers(0, 5)) for name in ("authority", *PARTS)}
    assume(any(found.values()))
    return WorthWeights(**found)


@given(PEOPLE, weights())
def test_worth_is_one_to_ten_stars_or_not_known(contact: Contact, given_weights: WorthWeights) -> None:
    found = worth(contact, given_weights)
    assert found.stars is None or 1 <= found.stars <= 10
    parts = [(getattr(found, name), getattr(given_weights, name)) for name in ("authority", *PARTS)]
    assert (found.stars is None) == all(part is None or weight == 0 for part, weight in parts)
    assert found.known == sum(part is not None for part, _ in parts)


@given(PEOPLE, weights(), st.sampled_from(PARTS))
def test_a_part_that_grows_never_lowers_the_worth(contact: Contact, given_weights: WorthWeights, name: str) -> None:
    stars = [worth(replace(contact, **{name: value}), given_weights).stars or 0 for value in range(1, 6)]
    assert stars == sorted(stars)


@given(PEOPLE, weights())
def test_more_authority_never_lowers_the_worth(contact: Contact, given_weights: WorthWeights) -> None:
    stars = [worth(replace(contact, authority=one), given_weights).stars or 0 for one in FROM_BELOW]
    assert stars == sorted(stars)


@given(PEOPLE, weights(), st.integers(1, 10))
def test_the_users_own_word_goes_before_the_sum(contact: Contact, given_weights: WorthWeights, own: int) -> None:
    found = worth(replace(contact, worth=own), given_weights)
    assert found.stars == own
    assert found.added_up == worth(contact, given_weights).stars


@pytest.mark.parametrize(
    ("details", "stars"),
    [
        ({"authority": Authority.CAN_HIRE, "fit": 5, "closeness": 5, "keen": 5}, 10),
        ({"authority": Authority.PEER, "fit": 1, "closeness": 1, "keen": 1}, 2),  # (3*2+2+1+2)/8 = 11/8 -> 1.84
        ({"fit": 1}, 1),
        ({"fit": 3}, 6),  # 1 + 2 * 9/4 = 5.5, halves up
        ({"authority": Authority.HAS_A_SAY, "source": Source.ALUMNI}, 7),  # (3*4+3)/4 = 3.75 -> 7.19
        ({}, None),
    ],
)
def test_stars_are_the_rounded_mean_of_the_known_parts(details: dict[str, object], stars: int | None) -> None:
    assert worth(person("Ada", **details)).stars == stars


def test_closeness_follows_from_the_source_until_it_is_said() -> None:
    by_source = worth(person("Ada", source=Source.FRIEND))
    assert (by_source.closeness, by_source.by_source) == (5, True)
    said = worth(person("Ada", source=Source.FRIEND, closeness=2))
    assert (said.closeness, said.by_source) == (2, False)
    assert worth(person("Ada", source=Source.OTHER)).closeness is None


def test_a_part_without_weight_counts_for_nothing() -> None:
    only_fit = WorthWeights(authority=0, fit=1, closeness=0, keen=0)
    assert worth(person("Ada", fit=5, authority=Authority.PEER), only_fit).stars == 10
    assert worth(person("Ada", authority=Authority.CAN_HIRE), only_fit).stars is None


def test_weights_that_count_nothing_are_refused() -> None:
    with pytest.raises(InputError, match="Give at least one part a weight above 0"):
        WorthWeights(authority=0, fit=0, closeness=0, keen=0)


# ------------------------------------------------------------------------------------------------ whom to ask first


def first_asked(*people: Contact) -> str:
    (found,) = due(people, [], on(8), trip=TRIP, rules=with_cadence(new_asks_a_day=1))
    return found.contact_id


def test_of_people_in_the_city_the_one_worth_most_is_asked_first() -> None:
    peer = person("Peer", city="Berlin", authority=Authority.PEER, worth=9)
    boss = person("Boss", city="Berlin", authority=Authority.CAN_HIRE)  # 10 by authority alone
    assert first_asked(peer, boss) == "boss"
    assert first_asked(peer, replace(boss, worth=8)) == "peer"
    assert first_asked(peer, replace(boss, city="Oslo")) == "peer"


def test_who_is_worth_nothing_known_is_asked_after_who_is_worth_little() -> None:
    assert first_asked(person("Ada", city="Berlin"), person("Zoe", city="Berlin", worth=1)) == "zoe"


def test_the_next_person_keeps_the_chain_of_command_whatever_they_are_worth() -> None:
    people = [
        person("Ada", organisation="Acme"),
        person("Ben", organisation="Acme", authority=Authority.PEER, worth=10),
        person("Cleo", organisation="Acme", authority=Authority.CAN_HIRE, worth=1),
    ]
    (found,) = due(people, [touch("asked", on(1))], on(4))
    assert found.contact_id == "cleo"
