"""What is written about the direction leaves as Markdown and as a PDF, letter for letter, whatever it says."""

from __future__ import annotations

from datetime import date

import pypdfium2

from iiplan.briefing import DirectionField, DirectionSheet, direction_markdown, direction_pdf, quoted
from iiplan.model import About, Draw, Insight

HOSTILE = '# Not a heading\n[a link](https://example.org) <b>bold</b>\n#import "x" $1 @ref *stars* `code`\n- no list'


def sheet(text: str = "Buses.", name: str = "Jo", insight: str = "Half is writing.") -> DirectionSheet:
    learned = Insight(
        id="1", text=insight, about=About.WORK, draw=Draw.DRAWS, contact_id="ann", learned_on=date(2027, 3, 1)
    )
    return DirectionSheet(
        on=date(2027, 3, 2),
        name=name,
        texts={DirectionField.WHAT: text},
        insights=(learned,),
        names={"ann": "Ann [x](y)"},
        met=("Writing",),
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def test_markdown_has_the_five_questions_the_evidence_and_the_marks() -> None:
    found = direction_markdown(sheet())
    headings = [line for line in found.splitlines() if line.startswith("#")]
    assert headings == [
        "# Direction",
        "## What work?",
        "## Where?",
        "## With whom?",
        "## How?",
        "## What next?",
        "## What I bring and look for",
    ]
    assert "Jo, 2 Mar 2027" in found
    assert "- “Half is writing\\.” \\(Ann \\[x\\]\\(y\\), 1 Mar 2027\\) · draws me" in found
    assert "- Met by what people said\\: Writing" in found
    assert found.count("Nothing written yet.") == 4


def test_hostile_text_makes_no_heading_link_list_or_markup_in_markdown() -> None:
    found = direction_markdown(sheet(HOSTILE, name="# Eve", insight="x\n\n## y [z](w)"))
    lines = found.splitlines()
    assert next(line for line in lines if line.startswith("#")) == "# Direction"
    assert sum(line.startswith("#") for line in lines) == 7
    assert "\\# Not a heading\\\n\\[a link\\]\\(https\\://example\\.org\\) \\<b\\>bold\\</b\\>\\\n" in found
    assert "\n\\- no list" in found
    assert "\\# Eve, 2 Mar 2027" in found


def test_the_pdf_shows_hostile_text_as_it_is() -> None:
    pdf, missing = direction_pdf(sheet(HOSTILE, name='#strong[Eve] "$x$"'))
    shown = text_of(pdf)
    assert missing == ()
    for line in HOSTILE.splitlines():
        assert line in shown
    assert '#strong[Eve] "$x$", 2 Mar 2027' in shown
    assert "“Half is writing.” (Ann [x](y), 1 Mar 2027) · draws me" in shown


def test_the_pdf_is_the_same_each_time_and_as_large_as_its_paper() -> None:
    assert direction_pdf(sheet()) == direction_pdf(sheet())
    a4, letter = (
        pypdfium2.PdfDocument(direction_pdf(sheet(), paper)[0])[0].get_size() for paper in ("a4", "us-letter")
    )
    assert (round(a4[0]), round(a4[1])) == (595, 842)
    assert (round(letter[0]), round(letter[1])) == (612, 792)


def test_letters_that_no_font_has_are_named_and_the_pdf_is_made_all_the_same() -> None:
    # A code point for private use: no font that typst or a system brings has a shape for it.
    pdf, missing = direction_pdf(sheet("Café \U0010fffd, twice \U0010fffd Δελφοί"))
    shown = text_of(pdf)
    assert "Café" in shown
    assert "Δελφοί" in shown
    assert missing == ("\U0010fffd",)


def test_a_quote_is_one_line_with_from_whom_and_when() -> None:
    (learned,) = sheet(insight="One\n two").insights
    assert quoted(learned, {"ann": "Ann"}) == "“One two” (Ann, 1 Mar 2027)"
    assert quoted(learned, {}) == "“One two” (1 Mar 2027)"
