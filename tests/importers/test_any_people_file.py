"""Whatever bytes come: people, rejected rows, or a refusal in words; and what is written reads back."""

from __future__ import annotations

import csv
import io
import string
import zipfile

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from people_builders import CORPUS, read, seen

from iiplan.errors import InputError
from iiplan.importers import Field, FileKind, files_in, open_file
from iiplan.model import Contact

FILES = sorted(path.read_bytes() for path in CORPUS.iterdir())
KINDS = st.one_of(st.none(), st.sampled_from(FileKind))


def check(data: bytes, kind: FileKind | None = None) -> None:
    """Every row of every file inside is in exactly one group, and whoever comes out can be saved; or it is refused."""
    try:
        inside = files_in("some", data)
    except InputError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
        return
    for name, content in inside:
        try:
            found = open_file(name, content, kind).read()
        except InputError as refusal:
            assert str(refusal).endswith(".")  # noqa: PT017
            continue
        preview = seen([], found)
        groups = (preview.new, preview.updated, preview.known, preview.rejected)
        assert sum(map(len, groups)) == found.rows > 0
        assert len(preview.arrivals) == len(preview.new)  # each was made, so a contact accepts every text


@given(st.binary(max_size=400), KINDS)
def test_any_bytes_are_read_or_refused(data: bytes, kind: FileKind | None) -> None:
    check(data, kind)


@given(st.sampled_from(FILES), st.integers(0, 5_000), st.binary(max_size=4), st.integers(0, 60), KINDS)
@settings(max_examples=150)
def test_a_file_with_damage_anywhere_is_read_or_refused(
    data: bytes, at: int, junk: bytes, cut: int, kind: FileKind | None
) -> None:
    at = at % (len(data) + 1)
    check(data[:at] + junk + data[at + cut :], kind)


LINES = st.sampled_from(
    ["BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "FN:Jo", "AGENT:", "N:;;;;", "NOTE;ENCODING=QUOTED-PRINTABLE:a=", " x"]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=14))
def test_any_lines_of_a_card_are_read_or_refused(lines: list[str]) -> None:
    check(("BEGIN:VCARD\n" + "\n".join(lines)).encode("utf-8", "surrogatepass"))


CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(
    st.lists(st.sampled_from(["Name", "E-mail", "Phone", "City", "Tags", "Address", "?"]), min_size=1, max_size=6),
    st.lists(st.lists(CELLS, max_size=7), max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_cells_below_any_headings_are_read_or_refused(
    headings: list[str], rows: list[list[str]], separator: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([headings, *rows])
    check(out.getvalue().encode())


WORDS = st.text(string.ascii_letters + "\u00e4\u00f6\u00fc\u00e9\u0142", min_size=1, max_size=8)
PEOPLE = st.lists(
    st.tuples(WORDS, WORDS, WORDS.map(str.casefold), WORDS, st.integers(1_000_000, 9_999_999)), min_size=1, max_size=5
)


def named(rows: list[tuple[str, str, str, str, int]]) -> list[tuple[str, str, str, str]]:
    return [
        (f"{first} {last}", f"{mail}@x.example", firm, f"+49 30 {number}") for first, last, mail, firm, number in rows
    ]


HEADINGS = {
    FileKind.GOOGLE: "First Name,Last Name,E-mail 1 - Value,Organization Name,Phone 1 - Value,Labels",
    FileKind.OUTLOOK: "First Name,Last Name,E-mail Address,Company,Business Phone,Job Title",
    FileKind.TABLE: "Given name,Surname,Mail,Employer,Telephone,Remarks",
}


@given(
    PEOPLE,
    st.sampled_from(sorted(HEADINGS)),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(",;\t"),
)
def test_a_written_table_reads_back(
    rows: list[tuple[str, str, str, str, int]], kind: FileKind, encoding: str, separator: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(HEADINGS[kind].split(","))
    for (first, last, *_), (_, mail, firm, phone) in zip(rows, named(rows), strict=True):
        writer.writerow([first, last, mail, firm, phone, ""])
    opened = open_file("x", out.getvalue().encode(encoding))
    assert opened.kind is kind
    assert [(one.name, one.email, one.organisation, one.phone) for one in opened.read().people] == named(rows)


@given(PEOPLE, st.sampled_from(["2.1", "3.0", "4.0"]), st.sampled_from(["utf-8", "utf-16"]), st.booleans())
def test_written_cards_read_back(
    rows: list[tuple[str, str, str, str, int]], version: str, encoding: str, fold: bool
) -> None:
    cards = ""
    for name, mail, firm, phone in named(rows):
        lines = ["BEGIN:VCARD", f"VERSION:{version}", f"FN:{name}", f"ORG:{firm}", f"EMAIL:{mail}", f"TEL:{phone}"]
        folded = [line[:9] + "\r\n " + line[9:] if fold and len(line) > 12 else line for line in lines[2:]]
        cards += "\r\n".join([*lines[:2], *folded, "END:VCARD", ""])
    found = read(cards.encode(encoding))
    assert [(one.name, one.email, one.organisation, one.phone) for one in found.people] == named(rows)


@given(PEOPLE)
@settings(max_examples=10)
def test_a_written_workbook_reads_back(rows: list[tuple[str, str, str, str, int]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Name", "E-mail", "Company", "Phone"])
    for row in named(rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert [(one.name, one.email, one.organisation, one.phone) for one in found.people] == named(rows)


@pytest.mark.parametrize("charset", ["no-such-charset", "a\x00b", "hex", "ascii"])
def test_a_charset_that_nobody_knows_costs_no_card(charset: str) -> None:
    text = f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:Jana M=C3=BCller\nEND:VCARD\n"
    (found,) = read(text).people
    assert found.name == "Jana M\u00fcller"


def test_a_card_that_is_all_title_keeps_its_name() -> None:
    (found,) = read("BEGIN:VCARD\nVERSION:3.0\nN:;;;Dr;X\nFN:Dr , X\nEND:VCARD\n").people
    assert found.name == "Dr , X"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


TABLE = b"Name,E-mail\nJane Doe,jane@x.example\n"


def test_of_linkedins_archive_only_the_connections_are_taken() -> None:
    data = zipped({"messages.csv": b"FROM,TO\na,b\n", "Connections.csv": TABLE, "Ads.csv": b"x,y\n"})
    assert files_in("export.zip", data) == (("Connections.csv", TABLE),)


def test_names_in_an_archive_lose_their_folders() -> None:
    data = zipped(
        {"../../etc/people.csv": TABLE, "C:\\temp\\two.vcf": b"x", "photo.jpg": b"x", "__MACOSX/people.csv": b""}
    )
    assert [name for name, _ in files_in("export.zip", data)] == ["people.csv", "two.vcf"]


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (zipped({"people.csv": b"a," * 20_000_000}), "larger than 25 MB a file or 100 MB together"),
        (zipped({f"{n}.csv": b"0" * 24_000_000 for n in range(5)}), "larger than 25 MB a file or 100 MB together"),
        (zipped({f"{n}.csv": b"" for n in range(101)}), "101 tables; 100 are the most"),
        (zipped({f"{n}.jpg": b"" for n in range(5_001)}), "5,001 files. Unpack it"),
        (zipped({"photo.jpg": b""}), "no CSV, vCard or Excel file in this archive"),
        (zipped({"people.csv": TABLE})[:-30], "archive is damaged"),
    ],
    ids=["one bomb", "five bombs", "many tables", "many files", "no table", "cut short"],
)
def test_an_archive_that_is_no_export_is_refused_with_the_cure(data: bytes, cure: str) -> None:
    with pytest.raises(InputError, match=cure):
        files_in("export.zip", data)


def workbook(**parts: bytes) -> bytes:
    members = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    return zipped(members | {f"xl/{name}.xml": content for name, content in parts.items()})


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (workbook(), "workbook cannot be read; it may be damaged"),
        (workbook(big=b" " * 201_000_000), "more than 200 MB when unpacked"),
        (
            workbook(bomb=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
            "has a document type in it",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"old Excel workbook \(.xls\), or one with a password"),
    ],
    ids=["no sheets", "bomb", "entities", "xls"],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_the_cure(data: bytes, cure: str) -> None:
    with pytest.raises(InputError, match=cure):
        read(data)


def test_a_workbook_whose_parts_define_entities_is_refused() -> None:
    sound = (CORPUS / "workbook-heading-on-the-second-sheet.xlsx").read_bytes()
    assert read(sound).people
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet2.xml"]
    at = sheet.index(b"<worksheet")
    parts["xl/worksheets/sheet2.xml"] = sheet[:at] + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet[at:]
    with pytest.raises(InputError, match="has a document type in it"):
        read(zipped(parts))


def test_a_column_of_titles_is_no_role() -> None:
    (found,) = read("Name,Title,E-mail\nJane Doe,Dr.,j@x.example\n").people
    assert (found.role, found.notes) == ("", "In full: Dr. Jane Doe")
    assert read("Name,Title,E-mail\nJane Doe,Head of Design,j@x.example\n").people[0].role == "Head of Design"


def test_a_table_without_a_name_column_names_its_columns() -> None:
    with pytest.raises(InputError, match=r"what people are called\. The columns are 'E-mail', 'Company'. Say"):
        read("E-mail;Company\na@x.example;Acme\n")


def test_a_file_can_be_read_as_what_the_user_says() -> None:
    data = b"First Name,Last Name,Title,Email\nJane,Doe,Chief,j@x.example\n"
    assert open_file("x", data).read().people[0].role == "Chief"
    as_outlook = open_file("x", data, FileKind.OUTLOOK).read().people[0]
    assert (as_outlook.role, as_outlook.notes) == ("", "In full: Chief Jane Doe")
    with pytest.raises(InputError, match="no BEGIN:VCARD in this file"):
        open_file("x", data, FileKind.VCARD)


def test_more_rows_than_anybody_knows_are_refused() -> None:
    with pytest.raises(InputError, match="more than 50,000 rows"):
        read("Name,E-mail\n" + "Jo,j@x.example\n" * 50_001)


HOSTILE = st.text(st.sampled_from("=+-@'\t\",;\nab1 "), max_size=6)


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=6))
@example([("", ",,\n"), ("\n1", "\n")])
def test_rows_handed_back_for_correcting_are_the_same_rows_and_no_formulas(cells: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "E-mail", "Company"], *(["", mail, firm] for mail, firm in cells)])
    opened = open_file("people.csv", out.getvalue().encode())
    if opened.table is None or not opened.table.rows:
        return
    open_fields = opened.guessed_fields()
    first = opened.read(open_fields).rejected
    assume(
        not any("quotation mark" in row.reason for row in first)
    )  # handed back without the stray mark, they are fine
    ending, handed_back = opened.to_correct(first)
    assert ending == "csv"
    for row in csv.reader(io.StringIO(handed_back.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    again = open_file("people.csv", handed_back)
    assert again.guessed_fields()[0] is Field.REASON
    second = again.read((again.guessed_fields()[0], *open_fields)).rejected
    assert [row.cells for row in second] == [row.cells for row in first]


def test_a_corrected_row_comes_in_and_its_reason_is_passed_over() -> None:
    opened = open_file("people.csv", b"Name,E-mail,Phone\n,jane@x.example,+49 30 1234567\n")
    _, handed_back = opened.to_correct(opened.read().rejected)
    corrected = handed_back.decode("utf-8-sig").replace(",,jane", ",Jane Doe,jane")
    (found,) = read(corrected.encode()).people
    assert (found.name, found.email, found.phone) == ("Jane Doe", "jane@x.example", "+49 30 1234567")
    assert found.notes == ""


def test_a_corrected_card_comes_in_too() -> None:
    opened = open_file("people.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:\nEMAIL:jane@x.example\nEND:VCARD\n")
    ending, handed_back = opened.to_correct(opened.read().rejected)
    assert ending == "vcf"
    assert b"X-IIPLAN-REASON:no name in this card" in handed_back
    (found,) = read(handed_back.replace(b"FN:", b"FN:Jane Doe")).people
    assert (found.name, found.email) == ("Jane Doe", "jane@x.example")


def test_a_contact_accepts_whatever_a_cell_holds() -> None:
    row = "Jo," + ",".join('"' + "\x07\x0b x" * 3_000 + '"' for _ in range(6))
    (found,) = read("Name,Role,Company,City,Address,Notes,Tags\n" + row + "\n").people
    contact = seen([], read("Name,Role,Company,City,Address,Notes,Tags\n" + row + "\n")).arrivals[0]
    assert isinstance(contact, Contact)
    assert len(found.role) <= 200
    assert len(found.address) <= 1_000
