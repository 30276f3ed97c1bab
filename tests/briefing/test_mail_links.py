"""A link to the mail program holds exactly the message, and nothing can be added to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from iiplan.briefing import mail_link


def parsed(href: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(href)
    assert parts.scheme == "mailto"
    pairs = [pair.partition("=")[::2] for pair in parts.query.split("&")]
    return unquote(parts.path), {name: unquote(value) for name, value in pairs}


@given(st.text(max_size=60), st.text(max_size=120))
def test_a_mail_link_reads_back_exactly(subject: str, body: str) -> None:
    link = mail_link("jo+x@example.org", subject, body)
    address, fields = parsed(link.href)
    assert address == "jo+x@example.org"
    assert set(fields) <= {"subject", "body"}
    assert fields["subject"] == " ".join(subject.split())
    if link.whole:
        assert fields["body"].replace("\r\n", "\n") == body.replace("\r\n", "\n").replace("\r", "\n")


def test_lines_end_as_mail_wants_them_and_nothing_adds_a_header() -> None:
    link = mail_link("a?cc=b&x=%0A@example.org", "Hi\r\nBcc: all@example.org&cc=x", "one\ntwo&bcc=y?#")
    assert link.whole
    assert "%0D%0A" in link.href
    assert [name for name, _ in parse_qsl(urlsplit(link.href).query)] == ["subject", "body"]
    assert parsed(link.href) == (
        "a?cc=b&x=%0A@example.org",
        {"subject": "Hi Bcc: all@example.org&cc=x", "body": "one\r\ntwo&bcc=y?#"},
    )


def test_a_text_too_long_for_a_link_is_left_out_and_that_is_said() -> None:
    short = mail_link("jo@example.org", "Hello", "x" * 1_700)
    long = mail_link("jo@example.org", "Hello", "x" * 1_800)
    letters = mail_link("jo@example.org", "Ж" * 400, "x")  # six characters each in a link
    assert (short.whole, long.whole, letters.whole) == (True, False, False)
    assert long.href == "mailto:jo@example.org?subject=Hello"
    assert letters.href == "mailto:jo@example.org"
