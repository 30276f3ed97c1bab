"""How people are addressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Example", "Ada"),
        ("Dr. Ada Example", "Ada"),
        ("Prof. Dr. Ada Example, PhD", "Ada"),
        ("Dipl.-Ing. Ada Example", "Ada"),
        ("Example, Ada", "Ada"),
        ("Example, Dr. Ada", "Ada"),
        ("Ada Example, MBA, Jr.", "Ada"),
        ("Anna-Lena  van der Example", "Anna-Lena"),
        ("J. Robin Example", "Robin"),
        ("J. R. Example", "J. R. Example"),
        ("Dr. Example", "Dr. Example"),
        ("Mrs. Example, PhD", "Mrs. Example"),
        ("Ada", "Ada"),
        ("Mag Example", "Mag"),
        ("Mag. Ada Example", "Ada"),
        ("Example, Ma", "Ma"),
        ("山田 太郎", "山田 太郎"),
        ("김 민준", "김 민준"),
        ("Ада Примерова", "Ада"),
        ("Dr.", "Dr."),
        (",", ","),
        ("", ""),
    ],
)
def test_the_first_name_is_told_where_it_can_be_and_the_name_kept_whole_where_not(name: str, first: str) -> None:
    assert first_name(name) == first


@given(st.text())
def test_any_name_gives_a_way_to_address_somebody(name: str) -> None:
    first = first_name(name)
    assert bool(first) == bool(name.strip())
    assert set(first) <= set(name) | {" "}
