"""Links that ring somebody up, what stands on an envelope, and what a debrief lends to a letter."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import address_label, phone_link, text_link
from iiplan.briefing.facts import debrief_facts
from iiplan.model import Contact, Coordinates, DebriefText, Place

ANN = Contact(id="a", name="Ann  Example", organisation="Acme")
OFFICE = Place(name="Office", address="1200 K St NW, Washington", at=Coordinates(latitude=38.9, longitude=-77.0))


@pytest.mark.parametrize(
    ("phone", "href"),
    [
        ("202-555-0117", "tel:2025550117"),
        ("+44 (0)20 7946 0018", "tel:+442079460018"),
        ("(202) 555 0117 ext. 45", "tel:2025550117"),
        ("+1 202 555 0117; 0118", "tel:+12025550117"),
        ("ask Bo", None),
        ("", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_number_is_dialled_by_its_digits_alone(phone: str, href: str | None) -> None:
    assert phone_link(phone) == href


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_gets_into_the_address_that_is_dialled(phone: str, words: str) -> None:
    href = phone_link(phone)
    assert href is None or set(href.removeprefix("tel:")) <= set("+0123456789")
    message = text_link(phone, words)
    assert (message is None) == (href is None)
    if message is not None and words.strip():
        said = parse_qs(urlsplit(message).query, keep_blank_values=True)["body"][0]
        assert said == words.encode("utf-8", "replace").decode()


def test_an_envelope_has_name_organisation_and_address_or_nothing() -> None:
    assert address_label(ANN) == ""
    assert address_label(replace(ANN, place=OFFICE)) == "Ann Example\nAcme\n1200 K St NW, Washington"
    typed = replace(ANN, place=OFFICE, address="Acme\n12 Example  Street\n\n20001 Washington\n")
    assert address_label(typed) == "Ann Example\nAcme\n12 Example Street\n20001 Washington"


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("“Start with the riders.”", "Start with the riders"),
        ('"Start here".', "Start here"),
        ("Buses are “promises”", "Buses are “promises”"),
        ("“Buses” are not “trains”", "“Buses” are not “trains”"),
        ("two\nlines.", "two lines"),
        ("", ""),
    ],
)
def test_a_quotation_fits_into_a_sentence(quote: str, said: str) -> None:
    assert debrief_facts(DebriefText(quote=quote))["said"] == said
