"""The templates that come with iiplan, and how their files are read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from briefing_builders import FULL

from iiplan.briefing import read_template, read_templates, render
from iiplan.errors import InputError
from iiplan.model import MessageKind, MessageTemplate, Source
from iiplan.resources import data_folder

SHIPPED = read_templates(data_folder() / "messages")
ASKS_FOR_WORK = re.compile(
    r"\b(jobs?|hir(e|es|ing)|employ\w*|vacanc\w*|opening|internships?|positions?|recruit\w*|r[ée]sum[ée]|cv|"
    r"opportunit\w*|candidate|application|apply|referral|salary|work for you|join your|looking for work)\b",
    re.IGNORECASE,
)
BOOKING = re.compile(r"https?:|calendly|booking|book a|my calendar|link below", re.IGNORECASE)
A_SHORT_WHILE = re.compile(r"\b(20|twenty) (to 30 )?minutes\b|\bhalf an hour\b", re.IGNORECASE)
THEIR_TIME = re.compile(
    r"around (your schedule|it)|in with your schedule|whenever it suits you|You say when|time that suits you"
)
each = pytest.mark.parametrize("template", SHIPPED, ids=lambda template: template.id)


def everything(template: MessageTemplate, facts: dict[str, str]) -> str:
    message = render(template, facts)
    return f"{message.subject}\n{message.body}"


@each
def test_a_shipped_template_is_filled_wholly_and_stays_short(template: MessageTemplate) -> None:
    message = render(template, FULL)
    assert message.gaps == ()
    assert message.words <= 100
    assert "  " not in message.body
    assert "\n\n\n" not in message.body
    assert not re.search(r"[.?!,;:]{2}| [.,;:?!]|\bNone\b|[{}⟦]", message.body)


@each
def test_a_shipped_template_without_facts_marks_every_hole(template: MessageTemplate) -> None:
    message = render(template, {})
    text = everything(template, {})
    assert message.gaps
    assert text.count("⟦") >= len(message.gaps)
    assert re.match(r"(Dear|Hello) ⟦their first name⟧,", message.body)
    assert not re.search(r" [.,;:?!]|\bNone\b|  |\n\n\n|\( *\)|[{}]", text)
    assert re.search(r"⟦your (first )?name⟧$", message.body)


@each
@pytest.mark.parametrize("facts", [FULL, {}, {**FULL, "meeting.call": "", "referred.met": "", "trip.city": ""}])
def test_no_shipped_template_asks_for_work_or_sends_a_booking_link(
    template: MessageTemplate, facts: dict[str, str]
) -> None:
    text = everything(template, facts)
    assert not ASKS_FOR_WORK.search(text)
    assert not BOOKING.search(text)


@pytest.mark.parametrize("facts", [FULL, {}, {**FULL, "trip.city": ""}, {**FULL, "contact.organisation": ""}])
def test_every_ask_names_a_short_while_and_fits_in_with_their_schedule(facts: dict[str, str]) -> None:
    for template in SHIPPED:
        if template.kind is MessageKind.ASK:
            text = everything(template, facts)
            assert A_SHORT_WHILE.search(text), template.id
            assert THEIR_TIME.search(text), template.id


@each
@pytest.mark.parametrize("facts", [FULL, {}, {**FULL, "trip.city": ""}, {**FULL, "contact.organisation": ""}])
def test_every_question_ends_as_one(template: MessageTemplate, facts: dict[str, str]) -> None:
    text = everything(template, facts) + "\n"
    assert not re.search(r"\b(Could|Would|Might|May|Do|Is|How|What do) (I|you|we|there|are)\b[^?\n]*\n", text)


def test_every_kind_is_there_and_alumni_and_strangers_can_be_asked_in_two_ways() -> None:
    kinds = Counter(template.kind for template in SHIPPED)
    assert set(kinds) == set(MessageKind)
    assert kinds[MessageKind.NUDGE] >= 2
    for source in (Source.ALUMNI, Source.LINKEDIN, Source.OTHER):
        assert sum(source in template.sources for template in SHIPPED) >= 2
    asked = {source for template in SHIPPED if template.kind is MessageKind.ASK for source in template.sources}
    assert asked == set(Source)


def test_the_note_for_linkedin_fits_into_an_invitation() -> None:
    note = next(template for template in SHIPPED if template.id == "ask-linkedin-note")
    assert note.subject == ""
    assert len(render(note, FULL).body) <= 200  # 300 with a paid account


def test_meeting_by_phone_and_at_a_place_are_told_apart() -> None:
    confirm = next(template for template in SHIPPED if template.kind is MessageKind.CONFIRM)
    assert "I will call you" in render(confirm, FULL).body
    assert "I will come to Institute" in render(confirm, {**FULL, "meeting.call": ""}).body


GOOD = "title: A\nkind: ask\nsources: alumni, event\nsubject: Hi {{ me.name }}\n\nDear {{ contact.name }},\nhello\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "messages" / "mine.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_file_is_read_with_any_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    expected = MessageTemplate(
        id="mine",
        kind=MessageKind.ASK,
        title="A",
        subject="Hi {{ me.name }}",
        body="Dear {{ contact.name }},\nhello",
        sources=(Source.ALUMNI, Source.EVENT),
    )
    assert read_template(written(tmp_path, GOOD)) == expected
    assert read_template(written(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n"))) == expected
    assert read_template(written(tmp_path, GOOD.replace("alumni, event", "all"))).sources == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kind: ask", "kind: beg", r"messages/mine\.txt, line 2: 'beg' is not known\. Use ask, nudge"),
        ("alumni, event", "alumni, moon", r"mine\.txt, line 3: 'moon' is not known\. Use family, .* or all"),
        ("kind: ask\n", "", r"mine\.txt, line 4: The line 'kind: …' is missing\. A file begins with"),
        ("kind: ask", "kind: ask\nkind: ask", r"line 3: There is a second kind\. Keep one"),
        ("kind: ask", "colour: red", r"line 2: 'colour: red' does not belong there"),
        ("title: A", "A", r"line 1: 'A' does not belong there"),
        ("title: A", "title:", r"mine\.txt: The template's title is empty"),
        ("{{ contact.name }}", "{{ contact.nam }}", r"mine\.txt, line 6: There is no blank 'contact\.nam'"),
        ("hello", "{% if said %}", r"mine\.txt, line 7: Something is opened and not closed"),
        ("{{ me.name }}", "{{ me.nam }}", r"mine\.txt, line 4: There is no blank"),
        ("Dear {{ contact.name }},\nhello\n", "", r"line \d: There is no text"),
    ],
)
def test_a_damaged_file_is_refused_with_file_line_and_cure(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError, match=sentence):
        read_template(written(tmp_path, GOOD.replace(old, new)))


def test_a_file_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.write_bytes(GOOD.replace("hello", "héllo").encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 text"):
        read_template(path)
