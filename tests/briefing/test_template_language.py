"""What a template may hold, and that everything else is refused in words before it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from briefing_builders import FULL, template
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import FILTERS, blanks, check_template, render, used_blanks
from iiplan.briefing.language import _ENVIRONMENT
from iiplan.errors import InputError

HOSTILE = {
    "{{ ''.__class__ }}": "Nothing lies behind a blank",
    "{{ contact.__class__ }}": "no blank 'contact.__class__'",
    "{{ contact.name.real }}": "Nothing lies behind a blank",
    "{{ contact['name'] }}": "square brackets cannot be used",
    "{{ hours.upper() }}": "A call with brackets cannot be used",
    "{{ self }}": "no blank 'self'",
    "{{ lipsum.__globals__ }}": "no blank 'lipsum.__globals__'",
    "{{ 9**9**9 }}": "A sum or a list cannot be used",
    "{{ [hours] }}": "A sum or a list cannot be used",
    "{{ hours ~ said }}": "Joining with ~ cannot be used",
    "{{ none }}": "None is no text",
    "{{ 1e999 }}": "inf is no text",
    "{{ " + "9" * 5000 + " }}": "a number that cannot be read",
    "{{ '\\ud800' }}": "cannot be shown",
    "{{ not hours }}": "Yes or no is no text",
    "{{ hours if said }}": "needs an else",
    "{{ hours | attr('x') }}": "no filter 'attr'",
    "{{ hours | first }}": "no filter 'first'",
    "{{ hours | upper(said) }}": "Write just upper",
    "{{ hours | default }}": 'default\\("colleague"\\)',
    "{% for x in hours %}{% endfor %}": "{% for %} cannot be used",
    "{% include 'x' %}": "{% include %} cannot be used",
    "{% set a = hours %}": "{% set %} cannot be used",
    "{% macro a() %}{% endmacro %}": "{% macro %} cannot be used",
    "{% call hours() %}{% endcall %}": "{% call %} cannot be used",
    "{% filter upper %}x{% endfilter %}": "{% filter %} cannot be used",
    "{% autoescape false %}{% endautoescape %}": "{% autoescape %} cannot be used",
    "{% block a %}{% endblock %}": "{% block %} cannot be used",
    "{% with %}{% endwith %}": "{% with %} cannot be used",
    "{% if hours is defined %}x{% endif %}": "A test with is",
    "{% if hours > said %}x{% endif %}": "Only one == or one != can compare",
    "{% if hours == said == news %}x{% endif %}": "Only one == or one != can compare",
    "{{ hours": "check that every",
    "{% if hours %}x": "opened and not closed",
    "{{ }}": "check that every",
    "{% do hours %}": "unknown tag 'do'",
    "{{ " + "(" * 4000 + "hours" + ")" * 4000 + " }}": "inside one another",
    "{{" * 400: "inside one another",
    "{% if hours %}" * 13 + "{% endif %}" * 13: "inside one another",
    "{{ hours" + " | trim" * 1000 + " }}": "inside one another",
    "{% if hours" + " or hours" * 1000 + " %}{% endif %}": "inside one another",
    "{% if hours %}" + "{% elif hours %}x" * 550 + "{% endif %}": "too many blanks and conditions",
    "x" * 10_001: "Shorten it to 10000",
}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30])
def test_what_is_not_in_the_language_is_refused_in_words(text: str) -> None:
    if len(text) > 10_000:
        with pytest.raises(InputError, match=HOSTILE[text]):
            template(text)
        return
    with pytest.raises(InputError, match=HOSTILE[text]):
        check_template(template(text))
    with pytest.raises(InputError, match=HOSTILE[text]):
        render(template(text), FULL)
    with pytest.raises(InputError, match=HOSTILE[text]):
        used_blanks(template(text))


def test_an_error_names_the_template_its_part_and_the_line() -> None:
    with pytest.raises(InputError, match=r"^The text of 'Mine', line 3: There is no blank 'contact.nam'"):
        check_template(template("Dear {{ contact.name }},\n\n{{ contact.nam }}"))
    with pytest.raises(InputError, match=r"^The subject of 'Mine', line 1: "):
        check_template(template("x", subject="{{ nobody }}"))


def test_an_unknown_blank_is_named_with_close_ones_and_all_there_are() -> None:
    with pytest.raises(InputError, match=r"'trip\.citty'\. Did you mean trip\.city") as raised:
        check_template(template("{{ trip.citty }}"))
    assert all(one.name in str(raised.value) for one in blanks())


def test_blanks_filters_ifs_and_comparisons_work() -> None:
    text = (
        '{{ contact.name | upper }}, {{ contact.role | lower }}, {{ contact.city | default("town") }}\n'
        '{% if contact.source == "alumni" and not contact.city %}\nalumni\n{% elif said %}\nsaid\n{% else %}\nother\n'
        '{% endif %}\n{{ said | capitalize }} {{ news | title | trim }} {{ hours if hours else "soon" }}'
    )
    facts = {"contact.name": "Ada Example", "contact.role": "Director", "contact.source": "alumni", "said": "go to NYC"}
    message = render(template(text), {**facts, "news": "a book"})
    assert message.body == "ADA EXAMPLE, director, town\nalumni\nGo to NYC A Book soon"
    assert message.gaps == ()
    assert "\nsaid\n" in render(template(text), {**facts, "contact.city": "Bonn"}).body


def test_a_line_of_nothing_but_tags_leaves_no_empty_line_and_other_lines_stay() -> None:
    text = "One\n{% if said %}\nTwo\n  {% endif %}\nThree{% if said %}, more{% endif %}\nFour"
    assert render(template(text), {"said": "x"}).body == "One\nTwo\nThree, more\nFour"
    assert render(template(text), {}).body == "One\nThree\nFour"


def test_the_sandbox_itself_holds_nothing_but_the_filters_of_the_language() -> None:
    assert (dict(_ENVIRONMENT.globals), dict(_ENVIRONMENT.tests)) == ({}, {})
    assert set(_ENVIRONMENT.filters) == set(FILTERS)


PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "if ",
        "endif",
        "else",
        " contact.name",
        " hours",
        "|upper",
        "(",
        ")",
        "'",
        '"',
    ]
) | st.text(max_size=5)


@given(st.lists(PIECES, min_size=1, max_size=25).map("".join).filter(str.strip))
def test_any_text_is_filled_or_refused_in_words(text: str) -> None:
    try:
        made = template(text)
        message = render(made, FULL)
    except InputError:
        return
    assert "<" not in message.body or "<" in text  # no object's name ever shows
    assert message.body == render(made, FULL).body


def test_the_document_lists_every_blank_and_every_filter() -> None:
    document = (Path(__file__).resolve().parents[2] / "docs" / "messages.md").read_text(encoding="utf-8")
    for one in blanks():
        example = one.example.replace("\n", " / ")
        assert f"| `{one.name}` | {one.label} | {example} | {one.source} |" in document
    for name in FILTERS:
        assert re.search(rf"`{name}`|\| {name}\b", document), name
