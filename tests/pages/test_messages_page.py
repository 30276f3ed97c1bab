"""The Messages page and the panel in it: write, log, copy a template and change it, say who writes."""

from __future__ import annotations

from dataclasses import replace

from builders import a_person, a_trip
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.model import Channel, Contact, MessageKind, Profile, Source, TouchKind
from iiplan.planner import messages, settings
from iiplan.planner.workspace import Workspace, load_demo

ME = Profile(name="Sam Sample", who="a student", wants="bus lines", school="Example University")


def visit(person: str | None = None) -> AppTest:
    return open_page("messages", person=person)


def button(at: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in at.button if one.label.startswith(label))


def named(kind, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in kind if one.label.startswith(label))


def mail_button(at: AppTest):  # type: ignore[no-untyped-def]
    return next(one.proto for one in at.get("link_button") if one.proto.label == "Open in e-mail")


def ada(live: Workspace, **details: object) -> Contact:
    settings.save_profile(live, ME)
    return a_person(live, "Ada", source=Source.ALUMNI, email="ada@example.org", **details)


def test_an_empty_database_is_told_what_to_do_next_and_shows_the_templates() -> None:
    at = visit()
    assert "Nobody to write to yet. Add the people" in words(at)
    assert "We share Example University" in words(at)  # read with the invented example
    assert "Still empty, and marked wherever a message needs it: your name, who you are" in words(at)


def test_the_page_with_the_demo_shows_no_error(live: Workspace) -> None:
    load_demo(live)
    at = visit()
    assert not at.error
    assert "Choose somebody" in words(at)
    named(at.selectbox, "To whom?").select_index(0).run()
    assert not at.exception
    assert not at.error


def test_a_whole_message_is_logged_in_one_click_with_its_template_and_taken_back(live: Workspace) -> None:
    ada(live)
    at = visit("ada")
    assert "Dear Ada,\n\nI found you among the alumni" in words(at)
    assert not mail_button(at).disabled
    assert mail_button(at).url.startswith("mailto:ada@example.org?subject=A%20question")
    press(at, "Sent by e-mail: log it")
    (touch,) = live.store.touches()
    assert (touch.kind, touch.channel, touch.template) == (TouchKind.ASKED, Channel.EMAIL, "ask-alumni-question")
    assert "Logged: **Asked** · Ada · E-mail" in words(at)
    press(at, "Undo")
    assert [one.kind for one in live.store.touches()] == [TouchKind.ASKED, TouchKind.VOID]


def test_a_message_with_blanks_names_them_and_goes_nowhere(live: Workspace) -> None:
    a_person(live, "Ada", source=Source.OTHER, email="ada@example.org")
    at = visit("ada")
    assert "4 blanks left: what caught your eye in their work (above); who you are (About me)" in words(at).replace(
        "**", ""
    )
    assert "⟦who you are⟧" in words(at)
    assert mail_button(at).disabled
    assert button(at, "Sent by e-mail").disabled


def test_a_box_fills_what_only_the_user_knows(live: Workspace) -> None:
    settings.save_profile(live, ME)
    a_person(live, "Ada", email="ada@example.org")
    at = visit("ada")
    named(at.text_area, "What caught your eye").input("your {{ talk }} on buses").run()
    assert "I came across your {{ talk }} on buses, and" in words(at)
    assert not button(at, "Sent by e-mail").disabled
    press(at, "Sent by e-mail")
    assert live.store.touches()[0].template == "ask-cold-noticed"
    assert named(at.text_area, "What caught your eye").value == ""  # sent: the box is free again


def test_what_is_said_on_the_phone_can_be_logged_with_blanks(live: Workspace) -> None:
    a_person(live, "Ada", phone="202-555-0100")
    at = visit("ada")
    assert named(at.selectbox, "How").value is Channel.PHONE
    press(at, "Said on the phone")
    assert live.store.touches()[0].channel is Channel.PHONE


def test_an_introduction_names_who_made_it(live: Workspace) -> None:
    a_person(live, "Otto")
    ada(live, referred_by="otto")
    at = visit("ada")
    named(at.selectbox, "How").select(Channel.INTRODUCTION).run()
    press(at, "Sent through")
    touch = live.store.touches()[0]
    assert (touch.through, touch.template) == ("otto", "ask-referral")


def test_the_kind_of_message_follows_what_happened_and_can_be_chosen(live: Workspace) -> None:
    ada(live)
    at = visit("ada")
    named(at.pills, "What for?").select(MessageKind.THANK).run()
    assert named(at.selectbox, "Template").options == ["Thank you, by e-mail", "Thank you, on a card"]
    named(at.text_area, "Something they said").input("start small").run()
    press(at, "Sent by e-mail")
    assert live.store.touches()[0].kind is TouchKind.THANKED


def test_a_shipped_template_is_copied_changed_deleted_and_brought_back(live: Workspace) -> None:
    ada(live)
    at = visit()
    press(at, "Make my own copy")
    (copy,) = live.store.templates()
    assert copy.title == "Alumni: one question first (mine)"
    named(at.text_area, "Text").input("Dear {{ contact.nobody }}").run()
    assert "line 1: There is no blank 'contact.nobody'" in words(at)
    press(at, "Save")
    assert live.store.templates() == (copy,)
    assert named(at.text_area, "Text").value == "Dear {{ contact.nobody }}"
    named(at.text_area, "Text").input("Hello {{ contact.first_name }}, mine.").run()
    assert "Hello Ada, mine." in words(at)
    press(at, "Save")
    (changed,) = live.store.templates()
    assert (changed.id, changed.body) == (copy.id, "Hello {{ contact.first_name }}, mine.")
    press(at, "Undo")
    assert live.store.templates() == (copy,)
    assert named(at.text_area, "Text").value == copy.body
    press(at, "Delete")
    assert live.store.templates() == ()
    press(at, "Undo")
    assert live.store.templates() == (copy,)


def test_a_copy_can_be_undone(live: Workspace) -> None:
    at = visit()
    press(at, "Make my own copy")
    press(at, "Undo")
    assert live.store.templates() == ()


def test_templates_are_read_as_they_would_go_to_somebody(live: Workspace) -> None:
    ada(live, organisation="Acme")
    at = visit()
    named(at.selectbox, "Read it as").select("ada").run()
    assert "before you came to Acme" in words(at)


def test_who_writes_is_saved_shown_and_taken_back(live: Workspace) -> None:
    at = visit()
    for label, text in (("Your name", " Sam  Sample "), ("I am", "a student"), ("I would like", "bus lines")):
        named(at.text_input, label).input(text)
    named(at.button, "Save").click().run()
    assert settings.profile(live) == Profile(name="Sam Sample", who="a student", wants="bus lines")
    assert "*I am a student, and I would like to learn about bus lines.*" in words(at)
    assert "needs it: your school, your e-mail address, your phone number, your link." in words(at)
    press(at, "Undo")
    assert settings.profile(live) == Profile()
    assert named(at.text_input, "Your name").value == ""


def test_hostile_names_and_templates_are_shown_letter_for_letter(live: Workspace) -> None:
    hostile = "![x](http://evil.example/p.png) <script>alert(1)</script> :red[no] {{ 9**9 }}"
    a_trip(live)
    live.store.save_contact(Contact(id="eve", name=hostile, organisation=hostile, role=hostile, email="e@example.org"))
    copy = messages.copy_of(messages.named(live, "ask-cold-short"))
    messages.save(live, copy)
    live.store.save_template(replace(copy, title=hostile, sources=()))
    at = visit("eve")
    named(at.selectbox, "Read it as").select("eve").run()
    assert not at.exception
    for element in [*at.markdown, *at.caption, *at.info, *at.success, *at.warning, *at.expander]:
        text = getattr(element, "value", None) or getattr(element, "label", "")
        assert "![x](" not in text
        assert "<script>" not in text


def test_a_damaged_own_template_is_an_error_in_its_place_and_the_page_stays(live: Workspace) -> None:
    ada(live)
    broken = messages.copy_of(messages.named(live, "ask-alumni-short"))
    live.store.save_template(replace(broken, body="{% for x in hours %}{% endfor %}", sources=(Source.ALUMNI,)))
    at = visit("ada")
    assert at.error[0].value.replace("\\", "").startswith("The text of 'Alumni: short (mine)', line 1: {% for %}")
    assert "Alumni: short" in named(at.selectbox, "Template").options
    assert "Your name" in [one.label for one in at.text_input]
