"""Counts over what was learned are of people, not of rows, and nothing is counted twice or lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import (
    Agreement,
    asked_questions,
    hiring_leads,
    insights_sentence,
    matching_words,
    open_research,
    picture,
    picture_sentence,
    read_hiring,
    side_by_side,
    topic_sentence,
)
from iiplan.model import (
    About,
    Debrief,
    DebriefText,
    DebriefVersion,
    Draw,
    Insight,
    PlannedQuestion,
    ResearchKind,
    ResearchNote,
    Theme,
)

DAY = date(2027, 3, 1)  # a Monday
PLUS, MINUS, NEITHER = Draw.DRAWS, Draw.PUTS_OFF, Draw.NEITHER
WORDS = {about: about.value.capitalize() for about in About}


_numbers = count(1)


def said(who: str | None, topic: str, draw: Draw = NEITHER, *, text: str = "It is so.", **details: object) -> Insight:
    """One insight with an id of its own."""
    settings: dict[str, object] = {"about": About.WORK, "learned_on": DAY, **details}
    return Insight(id=str(next(_numbers)), text=text, topic=topic, draw=draw, contact_id=who, **settings)  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------------------- topic by person


insights = st.lists(
    st.builds(
        said,
        st.sampled_from([None, "ann", "bob", "cleo"]),
        st.sampled_from(["", "Hours", "hours", "HOURS", "Writing", "Straße", "STRASSE", " x"]),
        st.sampled_from(list(Draw)),
    ),
    max_size=30,
)


@given(insights)
def test_every_insight_stands_in_the_table_exactly_once(learned: list[Insight]) -> None:
    rows = side_by_side(learned)
    shown = [one.id for row in rows for one in row.insights]
    assert sorted(shown) == sorted(one.id for one in learned)
    for row in rows:
        assert all(one.contact_id == who for who, several in row.said.items() for one in several)
        assert len({one.topic.casefold() for one in row.insights}) == 1


@given(insights)
def test_people_disagree_when_one_draws_and_another_puts_off(learned: list[Insight]) -> None:
    for row in side_by_side(learned):
        opposed = any(
            one.draw is PLUS and other.draw is MINUS and one.contact_id != other.contact_id
            for one in row.insights
            for other in row.insights
            if one.contact_id and other.contact_id
        )
        assert (row.agreement is Agreement.DISAGREE) == (opposed and bool(row.topic))


@pytest.mark.parametrize(
    ("learned", "agreement", "sentence"),
    [
        (
            # Ann twice and Bob once draw, Cleo puts off: 2 people against 1, not 3 rows against 1
            [("ann", PLUS), ("ann", PLUS), ("bob", PLUS), ("cleo", MINUS)],
            Agreement.DISAGREE,
            "3 people spoke of it, and they disagree: what 2 people said draws you, what 1 person said puts you off.",
        ),
        ([("ann", PLUS), ("bob", PLUS)], Agreement.DRAWS, "2 people spoke of it: what 2 people said draws you."),
        ([("ann", MINUS), ("bob", MINUS)], Agreement.PUTS_OFF, "what 2 people said puts you off."),
        ([("ann", PLUS), ("bob", NEITHER)], Agreement.OPEN, "2 people spoke of it: what 1 person said draws you."),
        ([("ann", NEITHER), ("bob", NEITHER)], Agreement.OPEN, "it neither draws you nor puts you off."),
        ([("ann", PLUS), ("ann", MINUS)], Agreement.BOTH, "1 person spoke of it: what 1 person said draws you, what 1"),
        ([("ann", PLUS), ("ann", MINUS), ("bob", NEITHER)], Agreement.BOTH, "2 people spoke of it: "),
        ([("ann", PLUS), (None, MINUS)], Agreement.FEW, "1 person spoke of it: what 1 person said draws you."),
        ([(None, PLUS)], Agreement.FEW, "Your own impression; nobody spoke of it yet."),
    ],
)
def test_agreement_counts_people(learned: list[tuple[str | None, Draw]], agreement: Agreement, sentence: str) -> None:
    (row,) = side_by_side(said(who, "Hours", draw) for who, draw in learned)
    assert row.agreement is agreement
    assert sentence in topic_sentence(row)


def test_the_topic_most_people_spoke_of_comes_first_and_what_has_none_last() -> None:
    rows = side_by_side([said("ann", ""), said("bob", ""), said("ann", "b"), said("ann", "A"), said("bob", "a")])
    assert [row.topic for row in rows] == ["A", "b", ""]


def test_the_sentence_says_how_much_from_how_many_and_where_they_disagree() -> None:
    learned = [said("ann", "a", PLUS), said("bob", "a", MINUS), said("ann", "b"), said("bob", "b"), said(None, "c")]
    # five insights, Ann and Bob; of a and b the two speak, on a they disagree
    assert insights_sentence(side_by_side(learned)) == (
        "5 insights from 2 people. 2 topics were spoken of by several; they disagree on 1."
    )
    assert insights_sentence(side_by_side(learned[:1])) == (
        "1 insight from 1 person. No topic was spoken of by more than one person yet."
    )
    assert insights_sentence(side_by_side(learned[:2])).endswith(
        "1 topic was spoken of by several; they disagree on it."
    )


# -------------------------------------------------------------------------------------------------------- questions


def planned(who: str, text: str, *, asked: bool = False, answer: str = "", bank: str = "") -> PlannedQuestion:
    return PlannedQuestion(
        id=f"{who}-{text}",
        contact_id=who,
        position=0,
        text=text,
        theme=Theme.WORK,
        question_id=bank,
        asked=asked,
        answer=answer,
    )


def test_a_question_is_one_over_all_lists_with_who_was_asked_and_answered() -> None:
    found = asked_questions(
        [
            planned("ann", "What is hard?", bank="q1", answer="Waiting."),
            planned("bob", "What is hard, really?", bank="q1", asked=True),
            planned("ann", "Why  buses?"),
            planned("bob", "why buses?", asked=True, answer=" "),
            planned("gone", "Nobody's question"),
        ],
        {"ann", "bob"},
    )
    hard, buses = found
    assert (hard.text, hard.planned_for, hard.asked_of) == ("What is hard?", ("ann", "bob"), ("ann", "bob"))
    assert hard.answers == (("ann", "Waiting."),)
    assert (buses.planned_for, buses.asked_of, buses.answers) == (("ann", "bob"), ("bob",), ())


def test_research_stays_open_until_it_is_ticked_off_or_its_person_is_gone() -> None:
    def note(number: str, kind: ResearchKind, **whom: str) -> ResearchNote:
        return ResearchNote(id=number, kind=kind, text="Why?", found_on=DAY, **whom)  # type: ignore[arg-type]

    notes = [
        note("1", ResearchKind.OPEN_QUESTION, contact_id="ann"),
        note("2", ResearchKind.OPEN_QUESTION, organisation="Acme"),
        note("3", ResearchKind.OPEN_QUESTION, contact_id="gone"),
        note("4", ResearchKind.NEWS, contact_id="ann"),
        note("5", ResearchKind.OPEN_QUESTION, contact_id="ann"),
    ]
    assert [one.id for one in open_research(notes, {"ann"}, {"5"})] == ["1", "2"]


# --------------------------------------------------------------------------------------------------- who may be hiring


def debrief(who: str, day: int, *hiring: str) -> Debrief:
    """A debrief whose versions say each of ``hiring`` in turn."""
    at = datetime(2027, 3, 1, tzinfo=UTC)
    versions = tuple(
        DebriefVersion(number=n, at=at, text=DebriefText(hiring=text), follows=(n - 1,) if n > 1 else ())
        for n, text in enumerate(hiring, 1)
    )
    return Debrief(id=f"{who}-{day}", contact_id=who, met_on=DAY + timedelta(days=day), versions=versions)


def test_an_organisation_named_twice_is_one_with_who_said_it_when_and_who_is_known_there() -> None:
    leads = hiring_leads(
        [
            debrief("ann", 0, "Old news", "acme  CORP: two people\nBeta"),
            debrief("bob", 2, "- Acme Corp (from May)\n\n  \n"),
            debrief("gone", 3, "Gamma"),
        ],
        {"ann": "", "bob": "Beta", "cleo": "Acme Corp", "dan": "ACME CORP"},
    )
    # Acme by two people, Beta by one; the first version of Ann's debrief and Gamma's teller count no more
    assert [lead.name for lead in leads] == ["Acme Corp", "Beta"]
    assert [(one.contact_id, one.on.day, one.words) for one in leads[0].said] == [
        ("bob", 3, "from May"),
        ("ann", 1, "two people"),
    ]
    assert (leads[0].known, leads[1].known) == (("cleo", "dan"), ("bob",))


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("Acme", "Acme", ""),
        ("* Acme, two analysts", "Acme", "two analysts"),
        ("Acme – in May", "Acme", "in May"),
        ("Nine-to-Five Ltd", "Nine-to-Five Ltd", ""),
        ("Acme (Jane said so)", "Acme", "Jane said so"),
        (" : no name", "", "no name"),
        ("", "", ""),
    ],
)
def test_the_name_ends_at_the_first_mark(line: str, name: str, rest: str) -> None:
    assert read_hiring(line) == (name, rest)


# ------------------------------------------------------------------------------------------------------ over time


def test_the_picture_adds_up_week_by_week_without_a_gap() -> None:
    learned = [
        said("ann", "", PLUS, learned_on=DAY),
        said("ann", "", PLUS, learned_on=DAY + timedelta(days=6)),  # Sunday of the same week
        said("ann", "", MINUS, learned_on=DAY + timedelta(days=14), about=About.PLACE),
        said("ann", "", NEITHER, learned_on=DAY - timedelta(days=70)),
        said("ann", "", PLUS, learned_on=DAY + timedelta(days=22)),  # ahead of today
    ]
    found = picture(learned, DAY + timedelta(days=21))
    assert [monday.day for monday in found.mondays] == [1, 8, 15, 22]
    assert found.draws[About.WORK] == (2, 2, 2, 2)
    assert found.puts_off[About.PLACE] == (0, 0, 1, 1)
    assert picture_sentence(found, WORDS) == (
        "So far 2 things drew you, all about work; 1 thing put you off, all about place."
    )


def test_the_picture_says_what_is_new_and_what_most_is_about() -> None:
    learned = [
        said("ann", "", PLUS),
        said("ann", "", PLUS),
        said("ann", "", PLUS, about=About.PLACE),
        said("ann", "", MINUS, learned_on=DAY + timedelta(weeks=2)),
    ]
    # five weeks; the last four begin after the week of the three that draw
    assert picture_sentence(picture(learned, DAY + timedelta(weeks=4)), WORDS) == (
        "So far 3 things drew you, most about work (2); 1 thing put you off, all about work. "
        "Of these, 0 and 1 came in the last four weeks, this one included."
    )


def test_without_anything_that_draws_or_puts_off_there_is_no_picture() -> None:
    found = picture([said("ann", "a")], DAY)
    assert found.mondays == ()
    assert "Nothing learned is marked" in picture_sentence(found, WORDS)


# ---------------------------------------------------------------------------------------------------- exact words


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("Writing", "Half is writing, half is waiting.", True),
        ("writing", "She is rewriting it.", False),
        ("clear  writing", "CLEAR writing counts.", True),
        ("C++", "They use C++ daily.", True),
        ("(", "A ( alone.", True),
        ("", "Anything", False),
    ],
)
def test_a_phrase_matches_word_for_word_only(phrase: str, text: str, matches: bool) -> None:
    assert bool(matching_words(phrase, [said("ann", "", text=text)])) == matches
