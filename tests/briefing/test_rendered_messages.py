"""What a message says once it is filled, and how it marks what is missing."""

from __future__ import annotations

import pytest
from briefing_builders import FULL, template
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE_TEXTS

from iiplan.briefing import blank, blanks, boxes, count_words, render, used_blanks
from iiplan.errors import InputError


def test_what_nothing_fills_is_marked_and_listed_once_in_order() -> None:
    made = template("{{ said }} {{ contact.role | upper }} {{ said }}", subject="To {{ contact.name }}")
    message = render(made, {"said": " "})
    assert message.subject == "To ⟦their name⟧"
    assert message.body == "⟦something they said⟧ ⟦their role⟧ ⟦something they said⟧"
    assert [gap.name for gap in message.gaps] == ["contact.name", "said", "contact.role"]


def test_a_gap_in_a_part_that_is_left_out_does_not_count() -> None:
    message = render(template("Hello{% if trip.city %} in {{ trip.city }} {{ trip.when }}{% endif %}"), {})
    assert (message.body, message.gaps) == ("Hello", ())


def test_a_typed_value_stays_text_and_is_never_read_as_a_template() -> None:
    text = "{{ me.name }} {% if hours %} {# no #} <b>&amp;</b>"
    assert render(template("{{ said }}"), {"said": text}).body == text


def test_the_subject_stays_one_line_whatever_fills_it() -> None:
    message = render(template("x", subject="On {{ said }}"), {"said": "one\r\nBcc: all@example.org\n\ntwo"})
    assert message.subject == "On one Bcc: all@example.org two"


def test_facts_of_an_unknown_blank_are_refused() -> None:
    with pytest.raises(InputError, match=r"no blank 'contact\.age'"):
        render(template("x"), {"contact.age": "40"})


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("Dear Ada,\n\n- Monday 8 March, 10:00 to 10:30\n…", 8), ("well-known — they’re", 2)]
)
def test_words_are_counted_and_dashes_are_none(text: str, words: int) -> None:
    assert count_words(text) == words


def test_every_blank_fills_from_its_example_and_has_a_mark_of_its_own() -> None:
    for one in blanks():
        assert render(template(f"{{{{ {one.name} }}}}"), FULL).body == one.example
        assert render(template(f"{{{{ {one.name} }}}}"), {}).body == one.mark
    assert len({one.mark for one in blanks()}) == len(blanks())


def test_blanks_of_a_template_come_once_and_in_order() -> None:
    made = template("{% if said %}{{ contact.name }}{% endif %}{{ said }}", subject="{{ contact.city }}")
    assert used_blanks(made) == (blank("contact.city"), blank("said"), blank("contact.name"))


def test_boxes_are_those_blanks_that_would_show() -> None:
    made = template("{% if referred.met %}{{ learned }}{% endif %} {{ said }} {{ contact.name }}")
    assert [one.name for one in boxes(made, {})] == ["said"]
    assert [one.name for one in boxes(made, {"referred.met": "yes"})] == ["learned", "said"]


ODD = [*HOSTILE_TEXTS, "{{ 9**9 }}", "{% raw %}", "⟦x⟧", "\ud800", "\0\x1b[0m", "%0D%0ABcc:", " \n"]
VALUES = st.sampled_from(ODD) | st.text()


@given(VALUES, VALUES)
def test_hostile_values_never_change_what_stands_around_them(name: str, said: str) -> None:
    def alone(blank_name: str, value: str) -> str:
        return render(template(f"{{{{ {blank_name} }}}}"), {blank_name: value}).body

    message = render(template("A{{ contact.name }}B{{ said }}C"), {"contact.name": name, "said": said})
    assert message.body == f"A{alone('contact.name', name)}B{alone('said', said)}C"
    message.body.encode()  # what a screen and a link can hold
