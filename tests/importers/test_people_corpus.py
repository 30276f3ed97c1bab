"""Files of people as programs write them and people break them; the name of each states the variant or the fault."""

from __future__ import annotations

from datetime import date

import pytest
from people_builders import CORPUS, read

from iiplan.importers import FileKind, ImportedPerson, ImportResult, open_file
from iiplan.importers.cardlines import read_cards

LINKEDIN = {"profile_url": "https://www.linkedin.com/in/jana-mueller", "connected_on": date(2024, 1, 2)}
OUTLOOK = {
    "other_emails": ("jana@home.example",),
    "phone": "+49 30 1234567",
    "other_phones": ("+49 171 1234567",),
    "links": ("https://acme.example",),
    "city": "Berlin",
    "address": "Hauptstra\u00dfe 1\n10827 Berlin\nDeutschland",
}
EXPECTED: dict[str, tuple[FileKind, dict[str, object]]] = {
    "linkedin-with-notes-above.csv": (FileKind.LINKEDIN, LINKEDIN),
    "linkedin-without-notes.csv": (FileKind.LINKEDIN, LINKEDIN),
    "linkedin-of-2016-without-link.csv": (FileKind.LINKEDIN, {"connected_on": date(2016, 1, 31), "profile_url": ""}),
    "linkedin-saved-by-a-german-excel.csv": (FileKind.LINKEDIN, LINKEDIN),
    "linkedin-german-headings.csv": (FileKind.LINKEDIN, LINKEDIN),
    "linkedin-french-headings.csv": (FileKind.LINKEDIN, LINKEDIN),
    "google-2024.csv": (
        FileKind.GOOGLE,
        {
            "email": "jana@acme.example",  # the one with the star, though it stands second
            "other_emails": ("j.mueller@acme.example", "jana@home.example"),
            "phone": "+49 30 1234567",
            "other_phones": ("030 7654321",),
            "tags": ("Alumni Oslo",),
            "profile_url": "https://www.linkedin.com/in/jana-mueller",
            "city": "Berlin",
            "address": "Hauptstra\u00dfe 1\n10827 Berlin\nDE",
            "notes": "In full: Dr. Jana M\u00fcller\nDepartment: Research\nMet at the fair.\nLikes tea.",
        },
    ),
    "google-before-2024.csv": (FileKind.GOOGLE, {"tags": ("Alumni",), "phone": "+49 30 1234567"}),
    "google-before-2024-utf-16.csv": (FileKind.GOOGLE, {"email": "jana@acme.example", "tags": ()}),
    "outlook-cp1252-title-is-dr.csv": (
        FileKind.OUTLOOK,
        {
            **OUTLOOK,
            "tags": ("Alumni", "Oslo"),
            "notes": "In full: Dr. Jana M\u00fcller\nDepartment: Research\nLikes tea",
        },
    ),
    "outlook-utf-16-tabs.csv": (FileKind.OUTLOOK, OUTLOOK),
    "outlook-german.csv": (FileKind.TABLE, {**OUTLOOK, "address": "Hauptstra\u00dfe 1\n10827 Berlin"}),
    "table-heading-over-two-lines.csv": (FileKind.TABLE, {"role": ""}),
    "table-line-ends-inside-cells.csv": (
        FileKind.TABLE,
        {"role": "", "organisation": "", "notes": "Met at the fair.\nLikes tea."},
    ),
    "table-with-bars.txt": (FileKind.TABLE, {"role": ""}),
    "table-utf-8-with-mark.csv": (FileKind.TABLE, {"role": ""}),
    "table-last-name-first.csv": (FileKind.TABLE, {"role": "", "organisation": ""}),
    "table-heading-below-a-title.csv": (FileKind.TABLE, {"role": "", "line": 5}),
    "vcard-3.vcf": (FileKind.VCARD, {"notes": "Department: Research"}),
    "vcard-3-latin-1.vcf": (FileKind.VCARD, {}),
    "vcard-3-utf-16.vcf": (FileKind.VCARD, {}),
    "vcard-3-with-mark.vcf": (FileKind.VCARD, {}),
    "vcard-2.1-quoted-printable-soft-breaks.vcf": (
        FileKind.VCARD,
        {"phone": "+49 171 1234567", "other_phones": (), "notes": "Likes tea\nand=cake"},
    ),
    "vcard-2.1-photo-in-base64.vcf": (FileKind.VCARD, {"email": "jana@acme.example"}),
    "vcard-2.1-agent-inside.vcf": (FileKind.VCARD, {"email": "jana@acme.example"}),
    "vcard-3-grouped-and-folded.vcf": (
        FileKind.VCARD,
        {"other_emails": ("jana@home.example",), "profile_url": "https://www.linkedin.com/in/jana-mueller"},
    ),
    "vcard-4-with-uris.vcf": (
        FileKind.VCARD,
        {
            "email": "jana@acme.example",
            "phone": "+49-30-1234567",
            "city": "Berlin",
            "tags": ("Alumni", "Oslo"),
            "notes": "In full: Dr. Jana M\u00fcller",
        },
    ),
    "vcard-geo-of-a-town.vcf": (FileKind.VCARD, {"place": None}),
}


def opened(name: str) -> ImportResult:
    return read((CORPUS / name).read_bytes(), name)


def one(name: str) -> ImportedPerson:
    (person,) = opened(name).people
    return person


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_same_person_comes_out_of_every_programs_file(name: str) -> None:
    kind, details = EXPECTED[name]
    assert open_file("whatever.txt", (CORPUS / name).read_bytes()).kind is kind  # by its content, not its name
    found = one(name)
    wanted = {"name": "Jana M\u00fcller", "organisation": "Acme", "role": "Head of Design", **details}
    assert {field: getattr(found, field) for field in wanted} == wanted
    assert found.problems == ()
    assert opened(name).rejected == ()


def test_every_file_of_the_corpus_is_tried() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(EXPECTED) | set(TRIED_APART.split())


TRIED_APART = """
linkedin-member-without-name.csv table-nobody-has-a-name.csv table-one-row-too-wide.csv table-quote-never-closed.csv
table-phone-rounded-by-a-spreadsheet.csv table-unknown-headings.csv table-without-headings.csv vcard-two-cards.vcf
vcard-group-and-company.vcf vcard-without-an-end.vcf workbook-heading-on-the-second-sheet.xlsx
"""


@pytest.mark.parametrize(
    ("name", "names", "reasons"),
    [
        ("linkedin-member-without-name.csv", ["Jana M\u00fcller"], {3: "no name in this row (LinkedIn leaves out"}),
        ("table-nobody-has-a-name.csv", [], {2: "only an e-mail address", 3: "only an e-mail address"}),
        ("table-one-row-too-wide.csv", ["Bo Ray"], {2: "4 cells, but the heading has 3"}),
        ("table-quote-never-closed.csv", ["Bo Ray"], {2: "a quotation mark opens here and is never closed"}),
        ("vcard-two-cards.vcf", ["Jana M\u00fcller", "Bo Ray"], {}),
        (
            "vcard-group-and-company.vcf",
            ["Jana M\u00fcller"],
            {1: "this card is a group", 6: "this card is an organisation"},
        ),
        ("vcard-without-an-end.vcf", ["Jana M\u00fcller", "Bo M\u00fcller"], {}),
        ("workbook-heading-on-the-second-sheet.xlsx", ["Jana M\u00fcller"], {5: "only an e-mail address"}),
    ],
)
def test_what_cannot_be_read_costs_itself_alone_and_says_why(
    name: str, names: list[str], reasons: dict[int, str]
) -> None:
    found = opened(name)
    assert [person.name for person in found.people] == names
    assert [row.line for row in found.rejected] == list(reasons)
    assert all(reasons[row.line] in row.reason for row in found.rejected)


@pytest.mark.parametrize(("name", "line"), [("table-unknown-headings.csv", 2), ("table-without-headings.csv", 1)])
def test_without_known_headings_columns_are_told_by_their_cells(name: str, line: int) -> None:
    first = opened(name).people[0]
    found = (first.line, first.name, first.email, first.phone)
    assert found == (line, "Jana M\u00fcller", "jana@acme.example", "+49 30 1234567")


def test_a_number_that_a_spreadsheet_rounded_is_left_out_and_said() -> None:
    found = one("table-phone-rounded-by-a-spreadsheet.csv")
    assert found.phone == ""
    assert found.problems == ("'4,93012E+11' is a phone number that a spreadsheet rounded; it was left out",)


def test_a_card_without_an_end_is_read_and_says_so() -> None:
    assert opened("vcard-without-an-end.vcf").people[0].problems == (
        "the card has no END; it was read as far as it goes",
    )


def test_a_point_with_four_decimals_or_more_becomes_a_place() -> None:
    place = one("vcard-4-with-uris.vcf").place
    assert place is not None
    assert place.at.as_pair == (52.48371, 13.34642)


def test_cells_of_a_workbook_come_as_they_look() -> None:
    found = one("workbook-heading-on-the-second-sheet.xlsx")
    assert (found.phone, found.role, found.organisation) == ("493012345678", "Head of Design", "Acme")


def test_pictures_are_not_kept_with_a_card() -> None:
    (card,) = read_cards((CORPUS / "vcard-2.1-photo-in-base64.vcf").read_text(encoding="utf-8"))
    assert "/9j/" not in card.raw
    assert "PHOTO" not in card.raw
