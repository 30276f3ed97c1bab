"""A sheet as text, as a page and as a PDF: hostile text stays text, nothing is cut off, letters have glyphs."""

from __future__ import annotations

import os
import re
import unicodedata
import zlib
from dataclasses import replace
from html.parser import HTMLParser

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_days import HOSTILE, SCRIPTS, a_sheet, hard_day, met, own, words_of

from iiplan.briefing import DaySheet, Paper, StopKind, boxes_sentence, sheets_html, sheets_pdf, sheets_text
from iiplan.briefing.day_sheet import sheet_document

FONTS = "fonts-noto-core fonts-droid-fallback fonts-nanum fonts-noto-color-emoji"
NO_FONT_HAS = "\U0010fffd"
PLAIN = hard_day("Layla", "Sakura")


class Reader(HTMLParser):
    """What a browser would make of a page: its tags, its attributes, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def squeezed(text: str) -> str:
    """The text without blanks, line ends, and characters that are not seen."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable() and not c.isspace() and c != "-")


def printed(pdf: bytes) -> str:
    """All text of a PDF."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def all_hostile() -> DaySheet:
    stop = met(HOSTILE, 9, about=(HOSTILE, HOSTILE), found=HOSTILE, where=HOSTILE, way=HOSTILE, phone=HOSTILE,
               questions=(HOSTILE,))  # fmt: skip
    return a_sheet(
        stop,
        own(StopKind.BUSY, 12, HOSTILE, HOSTILE),
        trip=HOSTILE,
        city=HOSTILE,
        introduction=(HOSTILE,),
        bring=((HOSTILE, False),),
    )


def test_the_text_says_when_to_leave_whom_to_meet_and_what_to_ask() -> None:
    text = sheets_text([hard_day()])
    assert "4 meetings and 1 call · leave at 08:40 · back at 17:45" in text
    assert "Leave by 08:40 · 12 min walk (estimate, 10 to 15)" in text
    assert "15:00 to 15:30 · Bo Nowhere\n    The way there is not planned yet." in text
    assert "No address is known. Ask for it before you leave." in text
    assert "[ ] Whom else should I talk to?" in text
    assert "and 4 more on your list" in text
    assert "[x] Phone and power bank charged" in text


def test_a_day_off_and_an_empty_day_say_so() -> None:
    assert "A day off." in sheets_text([a_sheet(off=True)])
    assert "No meeting on this day." in sheets_html([a_sheet()])
    assert "No meeting on this day." in printed(sheets_pdf([a_sheet()]).content)


def test_hostile_text_stays_text_on_the_page() -> None:
    tame = Reader(sheets_html([all_hostile()]))
    harmless = Reader(sheets_html([hard_day(), all_hostile()]))
    assert set(tame.tags) <= set(harmless.tags) - {"script"}
    assert tame.text.count(HOSTILE) >= 11
    assert tame.tags.count("b") == 1  # "Leave by"


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = sheets_html([hard_day(), all_hostile()])
    read = Reader(page)
    assert {"script", "link", "img", "iframe", "object", "form", "base"} & set(read.tags) == set()
    for tag, name, value in read.attributes:
        assert name != "src"
        assert not name.startswith("on")
        if name == "href":
            assert tag == "a"
            assert re.match(r"https://www\.openstreetmap\.org/|tel:\+?\d+$|mailto:", value)
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("+1 202 555 0101", "tel:+12025550101"),
        ("(202) 555-0101 ext. 12", "tel:2025550101"),  # a desk is dialled by hand, not as part of the number
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("ask the desk on floor 4", None),
    ],
)
def test_a_phone_dials_the_number_and_nothing_else(phone: str, link: str | None) -> None:
    page = Reader(sheets_html([a_sheet(met("Ann", 9, phone=phone))]))
    assert phone in page.text
    assert [value for _, _, value in page.attributes if value.startswith("tel:")] == ([link] if link else [])


def test_hostile_text_stays_text_in_the_pdf() -> None:
    text = squeezed(printed(sheets_pdf([all_hostile()]).content))
    assert text.count(squeezed(HOSTILE)) >= 11


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert sheets_html([hard_day()]) == sheets_html([hard_day()])
    first = sheets_pdf([hard_day()]).content
    assert first == sheets_pdf([hard_day()]).content
    # no moment of its making stands in it, so another second gives the same bytes too
    assert re.search(rb"CreationDate|ModDate|xmp:(Create|Modify)", first) is None


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("day", [hard_day(), PLAIN], ids=["in many scripts", "in Latin letters"])
def test_a_hard_day_stays_on_two_pages_and_nothing_is_cut_off(day: DaySheet, paper: Paper) -> None:
    pages = pypdfium2.PdfDocument(sheets_pdf([day], paper).content)
    assert len(pages) <= 2
    sizes = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}
    for page in pages:
        assert tuple(round(side) for side in page.get_size()) == sizes[paper]
        width, height = page.get_size()
        text = page.get_textpage()
        for number in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(number)
            assert 28 <= left <= right <= width - 28  # a printer's margin of a centimetre
            assert 14 <= bottom <= top <= height - 28


def test_every_word_of_a_hard_day_is_in_the_pdf() -> None:
    text = squeezed(printed(sheets_pdf([PLAIN]).content)).casefold()
    for words in words_of(sheet_document(PLAIN)):
        for word in words.split():
            assert squeezed(word).casefold() in text, words


def test_each_day_of_a_week_begins_on_a_page_of_its_own() -> None:
    week = [a_sheet(met("Ann", 9)), replace(a_sheet(met("Bo", 9)), date=a_sheet().date.replace(day=8))]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sheets_pdf(week).content)]
    assert [page.split("\r\n")[0] for page in pages] == ["Monday 7 December 2026", "Tuesday 8 December 2026"]
    assert sheets_html(week).count("<main") == 2


@pytest.mark.parametrize("sheet", [a_sheet(), PLAIN], ids=["an empty day", "a hard day"])
def test_a_pdf_with_all_its_letters_is_one_that_screen_readers_can_follow(sheet: DaySheet) -> None:
    assert b"<pdfuaid:part>1<" in sheets_pdf([sheet]).content


def test_letters_that_no_font_has_are_named_and_the_pdf_is_made_all_the_same() -> None:
    made = sheets_pdf([a_sheet(met(f"Ann {NO_FONT_HAS}", 9))])
    assert made.boxes == ("symbols and emoji",)
    assert "Ann" in printed(made.content)
    assert boxes_sentence(made.boxes).startswith("The PDF shows boxes for symbols and emoji: install a font")
    assert draws_a_box(made.content)
    assert boxes_sentence(sheets_pdf([PLAIN]).boxes) == ""


def test_scripts_are_called_by_their_names() -> None:
    said = boxes_sentence(("Chinese characters", "Japanese", "Thai"))
    assert "boxes for Chinese characters, Japanese and Thai:" in said


@pytest.mark.parametrize("script", list(SCRIPTS))
def test_names_in_any_script_have_glyphs(script: str) -> None:
    name = SCRIPTS[script]
    made = sheets_pdf([a_sheet(met(name, 9))])
    if made.boxes:
        missing = f"No font for {', '.join(made.boxes)}: apt-get install {FONTS}."
        if os.environ.get("IIPLAN_REQUIRE_FONTS"):
            pytest.fail(missing)
        pytest.skip(missing)
    assert not draws_a_box(made.content)
    # the reader of the PDF may join letters or take right for left; each letter is there
    assert set(name) <= set(printed(made.content))


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_any_text_comes_out_of_the_page_as_it_went_in_and_makes_a_pdf(text: str) -> None:
    sheet = a_sheet(met(text, 9, found=text, questions=(text,)), bring=((text, True),))
    assert Reader(sheets_html([sheet])).text.count(text) >= 4
    assert sheets_pdf([sheet]).content.startswith(b"%PDF")


def draws_a_box(pdf: bytes) -> bool:
    """Whether some text of the PDF uses glyph 0, the box for what a font lacks. Text is in codes of two bytes."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        for text in re.findall(rb"\[((?:\((?:\\.|[^\\)])*\)|[^\]()])*)\]TJ|(\((?:\\.|[^\\)])*\))Tj", drawn, re.DOTALL):
            for part in re.findall(rb"\(((?:\\.|[^\\)])*)\)", b"".join(text), re.DOTALL):
                codes = _unescaped(part)
                if any(codes[at : at + 2] == b"\0\0" for at in range(0, len(codes), 2)):
                    return True
    return False


def _unescaped(literal: bytes) -> bytes:
    """The bytes of a PDF literal string."""
    known = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code.isdigit() else known.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, literal, flags=re.DOTALL)
