"""What not knowing the exact spot costs, and which spellings of an address are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.model import Coordinates, Place
from iiplan.travel import extra_minutes, folded_words


@pytest.mark.parametrize(
    ("within_m", "minutes"),
    # 1.3 x metres / 80, rounded up: 61 m are 0.99 minutes, 62 m 1.01; 923 m 14.999
    [(0, 0), (1, 1), (61, 1), (62, 2), (400, 7), (800, 13), (923, 15), (5_000, 15), (50_000, 15)],
)
def test_an_approximate_place_takes_as_long_as_walking_to_the_true_one_and_never_over_a_quarter_of_an_hour(
    within_m: int, minutes: int
) -> None:
    assert extra_minutes(Place(at=Coordinates(latitude=38.9, longitude=-77), within_m=within_m)) == minutes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hauptstr. 12", "HAUPTSTRASSE 12"),
        ("Hauptstraße", "Haupt-Straße"),
        ("1200 K St NW", "1200 k street northwest"),
        ("Café Central", "CAFE CENTRAL"),
        ("Cafe\u0301", "Caf\u00e9"),  # an accent of its own
        ("Av. Paulista", "Avenida Paulista"),
        ("Fifth Ave", "5th Avenue"),
        ("St. Mary's", "Saint Marys"),
        ("Alexanderpl.", "Alexanderpl"),
        ("Smith & Co", "Smith and Co"),
        ("Łódź", "lodz"),
        ("Møllergata", "mollergata"),
    ],
)
def test_spellings_of_one_name_are_the_same_words(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)


@pytest.mark.parametrize(("one", "other"), [("K St NW", "L St NW"), ("12", "12a"), ("Elm St", "Elm Rd"), ("Str", "S")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded_words(one) != folded_words(other)


@given(st.text(max_size=60))
def test_words_are_bare_whatever_the_text_and_folding_them_again_changes_nothing(text: str) -> None:
    words = folded_words(text)
    assert all(word and not word.isspace() for word in words)
    again = folded_words(" ".join(words))
    assert folded_words(" ".join(again)) == again
