"""Who is proposed as the same person, who is not, and why."""

from __future__ import annotations

from typing import Any

import pytest

from bench.duplicates import copies, hits, invented_people
from iiplan.importers import MOST_PAIRS, LikelyPair, likely_duplicates
from iiplan.importers.namekeys import name_variants, organisation_key
from iiplan.model import Contact


def pairs(one: dict[str, Any], other: dict[str, Any], region: str = "") -> tuple[LikelyPair, ...]:
    return likely_duplicates([Contact(id="1", **one), Contact(id="2", **other)], region=region)


def at(name: str, organisation: str = "Acme", **given: Any) -> dict[str, Any]:
    return {"name": name, "organisation": organisation, **given}


SURE = {
    "e-mail address: ann@example.org": (
        at("Ann Lee", email="Ann@Example.org"),
        at("A. Li", "", email="ann@example.org"),
    ),
    "e-mail address: ann@b.example": (
        at("Ann Lee", email="x@a.example", other_emails=("ann@b.example",)),
        at("Ann Lee", "Other", email="ann@b.example"),
    ),
    "profile link: linkedin.com/in/ann-lee": (
        at("Ann Lee", profile_url="https://www.linkedin.com/in/ann-lee/?trk=x"),
        at("Ann Smith-Lee", "Other", links=("http://de.linkedin.com/in/Ann-Lee",)),
    ),
    "phone number: +12025550143": (
        at("Ann Lee", phone="+1 202 555 0143"),
        at("Ann Lee", "", phone="+1 (202) 555-0143"),
    ),
    "name is the same": (at("Ann Lee"), at("ann  LEE", "ACME Inc.")),
    "Two ways to write one name": (at("Bob Müller"), at("Robert Mueller")),
    "names are alike": (at("Catherine Okonkwo"), at("Cathrine Okonkwo", "Acme Europe")),
}


@pytest.mark.parametrize("reason", SURE)
def test_a_pair_is_proposed_with_its_reason(reason: str) -> None:
    (found,) = pairs(*SURE[reason])
    assert not found.weak
    assert reason in " ".join(found.reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Renée O'Brien", "Renee OBrien"),
        ("Lee, Ann", "Ann Lee"),
        ("Dr. Ann B. Lee, PhD", "Ann Lee (she/her)"),
        ("Bob Okafor", "Robert Okafor"),
        ("Bobby Okafor", "Rob Okafor"),
        ("Anna-Maria Berg", "Anna Berg"),
        ("María García López", "María García"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Иван Петров", "Петров Иван"),
        ("王小芳", "王 小芳"),
        ("김민수", "김민수"),
        ("अनिता शर्मा", "अनिता  शर्मा"),
        ("محمد علي", "محمد علي"),
        ("Wang Xiaofang", "Xiaofang Wang"),
    ],
)
def test_two_ways_to_write_a_name_at_one_organisation_are_proposed(one: str, other: str) -> None:
    (found,) = pairs(at(one), at(other))
    assert not found.weak


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at("Ann Lee"), at("Ann Lee", "Borealis")),  # a common name elsewhere
        (at("Zhang Wei Ming"), at("Li Na")),
        (at("Zhang Wei"), at("Zhang Lei")),  # one letter of a short name is another name
        (at("Ann Lee"), at("Ann Park")),
        (at("王小芳"), at("王小明")),
        (at("J Smith"), at("Kate Smith")),
        (at("J. Smith", ""), at("John Smith", "")),  # an initial alone says too little
        (at("Catherine Okonkwo"), at("Cathrine Okonkvo", "")),  # alike, and nothing to say where
        (at("🙂"), at("🙃")),
        (at("Ann Lee", phone="030 123456"), at("Ann Lee", "Borealis", phone="030 123456")),  # of which country?
        (at("Ann Lee", profile_url="https://acme.example"), at("Bo Park", profile_url="https://acme.example/")),
    ],
)
def test_strangers_are_not_proposed(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert pairs(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (at("Ann Lee"), at("Ann Lee", ""), "The name is the same."),
        (at("J. Smith"), at("John Smith"), "One name has only an initial"),
        (at("Ann Lee", email="us@example.org"), at("Bo Park", email="us@example.org"), "But the names differ."),
        (
            at("Ann Lee", profile_url="https://linkedin.com/in/a"),
            at("Ann Lee", profile_url="https://linkedin.com/in/b"),
            "But their LinkedIn links differ.",
        ),
    ],
)
def test_a_doubtful_pair_is_weak_and_says_why(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    (found,) = pairs(one, other)
    assert found.weak
    assert reason in " ".join(found.reasons)


def test_a_national_number_is_read_by_the_region_that_is_given() -> None:
    one, other = at("Ann Lee", phone="030 123456"), at("Ann Lee", "Borealis", phone="+49 30 123456")
    assert pairs(one, other) == ()
    (found,) = pairs(one, other, region="DE")
    assert found.reasons[0] == "The same phone number: +4930123456."


def test_an_address_that_an_office_shares_says_nothing() -> None:
    names = ["Ann Lee", "Bo Park", "Cy Stone", "Di Wolf", "Ed Young"]
    office = [Contact(id=name, name=name, email="office@example.org") for name in names]
    assert len(likely_duplicates(office)) == 10  # five people: five times four, by two
    assert likely_duplicates([*office, Contact(id="x", name="Flo Zimmer", email="office@example.org")]) == ()


def test_who_was_told_apart_is_not_proposed_again() -> None:
    people = [Contact(id=number, name="Ann Lee", organisation="Acme") for number in "123"]
    found = likely_duplicates(people, {frozenset("12")})
    assert [(pair.one, pair.other) for pair in found] == [("1", "3"), ("2", "3")]


def test_sure_pairs_come_before_weak_ones_and_no_pair_comes_twice() -> None:
    people = [
        Contact(id="1", name="Sam Lee", organisation=""),
        Contact(id="2", name="Sam Lee", organisation="Acme"),
        Contact(id="3", name="Samuel Lee", organisation="Acme"),
    ]
    found = likely_duplicates(people)
    assert [(pair.one, pair.other, pair.weak) for pair in found] == [
        ("2", "3", False),
        ("1", "2", True),
        ("1", "3", True),
    ]


def test_more_pairs_than_anybody_looks_through_are_cut() -> None:
    people = [Contact(id=str(number), name="LinkedIn Member", organisation="Acme") for number in range(200)]
    assert len(likely_duplicates(people)) == MOST_PAIRS


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("", (("", ""),)),
        ("Cher", (("cher", ""),)),
        ("Prof. Dr. Ann Lee", (("ann", "lee"),)),
        ("Doe, Jane, PhD", (("jane", "doe"),)),
        ("Ludwig van Beethoven", (("ludwig", "beethoven"),)),
        ("Al Gore", (("al", "gore"), ("albert", "gore"))),
        ("Dr.", (("dr", ""),)),
        ("Сергей Йовович", (("сергей", "йовович"),)),  # й is no и with a mark that may be left out
        ("Zoë Núñez", (("zoe", "nunez"),)),
        ("(Ann)", (("ann", ""),)),
    ],
)
def test_a_name_is_read_as_given_and_family_name(name: str, variants: tuple[tuple[str, str], ...]) -> None:
    assert name_variants(name) == variants


def test_an_organisation_is_known_without_its_legal_form_unless_that_is_all_there_is() -> None:
    assert organisation_key("The Møller Group, Inc.") == "moeller group"
    assert organisation_key("AG") == "ag"


def test_of_invented_people_written_otherwise_nearly_all_are_found_and_few_strangers_proposed() -> None:
    # Invented people and misspelt copies: real lists err in other ways too.
    people = invented_people(600, seed=1)
    sure, _ = hits(people, copies(people, 200, seed=1))
    assert sure.there == 200
    assert sure.precision > 0.93
    assert sure.recall > 0.97
