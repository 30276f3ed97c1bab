"""LinkedIn's Connections.csv in the shapes it is met in."""

from __future__ import annotations

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.importers import FileKind, ImportedPerson, ImportResult, RejectedRow, open_file
from iiplan.model import Contact

NOTES = (
    'Notes:\n"When exporting your connection data, you may notice that some of the e-mail addresses are missing. You\n'
    'will only see addresses for connections who have allowed it, ""First Name, Last Name"" or not."\n\n'
)
HEADING = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
JANE = "Jane,Doe,https://www.linkedin.com/in/jane-doe,jane@example.org,Acme,Engineer,02 Jan 2024\n"
JUAN = "Ju\u00e1n,P\u00e9rez,https://www.linkedin.com/in/juan,,M\u00fcller & S\u00f6hne,Head of Design,31 Dec 2023\n"
GOOD = NOTES + HEADING + JANE + JUAN


def read_linkedin(data: bytes) -> ImportResult:
    return open_file("Connections.csv", data, FileKind.LINKEDIN).read()


def read(text: str) -> ImportResult:
    return read_linkedin(text.encode())


def one(text: str) -> ImportedPerson:
    (person,) = read(text).people
    return person


def rejected(text: str) -> RejectedRow:
    (row,) = read(text).rejected
    return row


def test_an_export_as_linkedin_writes_it_is_read_whole() -> None:
    result = read(GOOD)
    assert result.rows == 2
    assert result.rejected == ()
    assert result.people[0] == ImportedPerson(
        line=6,
        name="Jane Doe",
        role="Engineer",
        organisation="Acme",
        email="jane@example.org",
        profile_url="https://www.linkedin.com/in/jane-doe",
        connected_on=date(2024, 1, 2),
        file="Connections.csv",
    )
    assert (result.people[1].line, result.people[1].name) == (7, "Ju\u00e1n P\u00e9rez")
    assert result.people[1].email == ""


def people_of(data: bytes) -> list[tuple[str, str, date | None]]:
    return [(person.name, person.organisation, person.connected_on) for person in read_linkedin(data).people]


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("utf-8"),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
        GOOD.encode("utf-16-le"),
        GOOD.encode("utf-16-be"),
        GOOD.encode("utf-32"),
        GOOD.encode("cp1252"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.rstrip("\n").encode(),
        (HEADING + JANE + JUAN).encode(),
        ("\n\n\n" + HEADING + "\n\n" + JANE + ",,,,,,\n" + JUAN + ",,,,,,\n\n").encode(),
        ("sep=;\n" + (HEADING + JANE + JUAN).replace(",", ";")).encode("cp1252"),
        (HEADING + JANE + JUAN).replace(",", "\t").encode("utf-16"),
        (HEADING + JANE + JUAN).replace("First Name,Last Name", "FirstName,LastName").encode(),
        (HEADING.strip() + ",,\n" + JANE.strip() + ",,\n" + JUAN).encode(),
        (HEADING + JANE + JUAN).replace("Jane,", '"Jane",').encode(),
        (HEADING + JANE + JUAN).replace("Jane", " Jane\u00a0").encode(),
    ],
    ids=[
        *("utf-8", "utf-8 with mark", "utf-16 with mark", "utf-16-be with mark", "utf-16-le", "utf-16-be", "utf-32"),
        *(
            "cp1252",
            "crlf",
            "cr",
            "no last line end",
            "no notes",
            "empty lines",
            "semicolons",
            "tabs",
            "joined headings",
        ),
        *("empty columns at the end", "quoted", "spaces"),
    ],
)
def test_the_same_people_come_out_however_the_file_was_saved(data: bytes) -> None:
    assert people_of(data) == [
        ("Jane Doe", "Acme", date(2024, 1, 2)),
        ("Ju\u00e1n P\u00e9rez", "M\u00fcller & S\u00f6hne", date(2023, 12, 31)),
    ]


def test_old_exports_without_address_and_link_are_read() -> None:
    person = one("First Name,Last Name,Company,Position,Connected On\nJane,Doe,Acme,Engineer,02 Jan 2024\n")
    assert (person.name, person.organisation, person.email, person.profile_url) == ("Jane Doe", "Acme", "", "")
    assert person.problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Vorname;Nachname;URL;E-Mail-Adresse;Unternehmen;Position;Verbunden am",
        "Vorname;Name;Profil-URL;E-Mail;Firma;Position;Verbunden seit",
        "Pr\u00e9nom;Nom;URL;Adresse e-mail;Entreprise;Poste;Connect\u00e9 le",
        "Nombre;Apellidos;URL;Correo electr\u00f3nico;Empresa;Cargo;Conectado el",
        "Nome;Cognome;URL;Indirizzo e-mail;Azienda;Qualifica;Collegato il",
        "Nome;Sobrenome;URL;Endere\u00e7o de e-mail;Empresa;Cargo;Conectado em",
        "Voornaam;Achternaam;URL;E-mailadres;Bedrijf;Functie;Verbonden op",
    ],
)
def test_headings_in_other_languages_are_known(heading: str) -> None:
    person = one(heading + "\nJane;Doe;https://x.example/j;j@x.example;Acme;Boss;31.12.2020\n")
    found = (person.name, person.profile_url, person.email, person.organisation, person.role, person.connected_on)
    assert found == ("Jane Doe", "https://x.example/j", "j@x.example", "Acme", "Boss", date(2020, 12, 31))


def test_a_heading_past_the_thirtieth_line_is_not_looked_for() -> None:
    assert read("\n" * 29 + HEADING + JANE).rows == 1
    with pytest.raises(InputError, match="in the first 30 lines"):
        read("\n" * 30 + HEADING + JANE)


def test_a_quoted_cell_may_hold_separators_quotes_and_line_ends() -> None:
    person = one(HEADING + 'Jane,Doe,,,"Acme, ""The"" Works","Head of\r\nDesign",\n')
    assert (person.organisation, person.role, person.problems) == ('Acme, "The" Works', "Head of Design", ())


def test_the_line_of_a_row_counts_the_lines_inside_quotes() -> None:
    result = read(HEADING + 'Jane,Doe,,,,"Head\nof\nDesign",\n' + JUAN)
    assert [person.line for person in result.people] == [2, 5]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("02 Jan 2024", date(2024, 1, 2)),
        ("2-Jan-24", date(2024, 1, 2)),
        ("Jan 2, 2024", date(2024, 1, 2)),
        ("31.12.2020", date(2020, 12, 31)),
        ("02.01.24", date(2024, 1, 2)),
        ("2024-01-02", date(2024, 1, 2)),
        ("2024-01-02 09:30:00", date(2024, 1, 2)),
        ("12/31/2020", date(2020, 12, 31)),
        ("31/12/2020", date(2020, 12, 31)),
        ("9/9/23", date(2023, 9, 9)),
        ("2. M\u00e4rz 2024", date(2024, 3, 2)),
        ("15 d\u00e9c. 2023", date(2023, 12, 15)),
        ("2 de enero de 2024", date(2024, 1, 2)),
        ("", None),
    ],
)
def test_dates_are_read_as_spreadsheets_leave_them(written: str, day: date | None) -> None:
    person = one(HEADING + f'Jane,Doe,,,,,"{written}"\n')
    assert person.connected_on == day
    assert person.problems == ()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("9/10/23", "the date '9/10/23' can mean two days and was left out"),
        ("10-09-2023", "the date '10-09-2023' can mean two days and was left out"),
        ("31.02.2020", "'31.02.2020' is not a date that can be read and was left out"),
        ("30 Foo 2020", "'30 Foo 2020' is not a date that can be read and was left out"),
        ("13/13/2020", "'13/13/2020' is not a date that can be read and was left out"),
        ("soon", "'soon' is not a date that can be read and was left out"),
    ],
)
def test_a_doubtful_date_is_left_out_and_said(written: str, sentence: str) -> None:
    person = one(HEADING + f'Jane,Doe,,,,,"{written}"\n')
    assert (person.name, person.connected_on, person.problems) == ("Jane Doe", None, (sentence,))


@pytest.mark.parametrize(
    ("row", "field", "kept", "note"),
    [
        ("Jane,Doe,,not an address,,,", "email", "", "'not an address' is not an e-mail address and was left out"),
        ("Jane,Doe,,mailto:j@x.example,,,", "email", "j@x.example", ""),
        ("Jane,Doe,javascript:alert(1),,,,", "profile_url", "", "'javascript:alert(1)' is not a web address"),
        ("Jane,Doe,www.linkedin.com/in/j,,,,", "profile_url", "https://www.linkedin.com/in/j", ""),
        ("Jane,Doe,linkedin.com/in/j,,,,", "profile_url", "https://linkedin.com/in/j", ""),
        ("Jane,Doe,,,," + "x" * 300 + ",", "role", "x" * 200, "the role was cut from 300 to 200 characters"),
        ("Jane,Doe,,," + "x" * 201 + ",,", "organisation", "x" * 200, "the organisation was cut from 201 to 200"),
        ("Ja\x00ne,Doe,,,,,", "name", "Jane Doe", "control characters were taken out of the first name"),
        ("Jane,Doe,,,Ac\x07me,,", "organisation", "Acme", "control characters were taken out of the organisation"),
        ("Jane,Doe", "name", "Jane Doe", "the row ends early; the columns it lacks are empty"),
        ("=HYPERLINK(1),Doe,,,@SUM(A1),,", "name", "=HYPERLINK(1) Doe", ""),
    ],
)
def test_a_field_that_cannot_stay_as_it_is_never_costs_the_person(row: str, field: str, kept: str, note: str) -> None:
    person = one(HEADING + row + "\n")
    assert getattr(person, field) == kept
    assert [problem for problem in person.problems if note in problem] == list(person.problems)
    assert bool(person.problems) == bool(note)


def test_a_character_that_was_broken_before_is_said() -> None:
    (person,) = read_linkedin((HEADING + JUAN).encode().replace("\u00fc".encode(), b"\xff")).people
    assert person.organisation == "M\ufffdller & S\u00f6hne"
    assert person.problems == ("some characters of the organisation could not be read; they show as \ufffd",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,,,Acme,Engineer,02 Jan 2024", "no name in this row"),
        (" ,\u00a0,https://www.linkedin.com/in/x,,,,", "no name in this row"),
        ("J" * 150 + "," + "D" * 150 + ",,,,,", "the name has 301 characters; 200 are the most"),
        ("Jane,Doe,,,Acme, Inc.,Engineer,02 Jan 2024", "8 cells, but the heading has 7"),
        (HEADING.strip(), "the heading is repeated here"),
        ('Jane,"Doe,,,,,', "a quotation mark opens here and is never closed"),
        ("Jane,Doe,,,," + "x" * 140_000 + ",", "cannot be read as cells"),
    ],
)
def test_a_row_that_is_no_person_is_kept_with_its_reason(row: str, reason: str) -> None:
    result = read(HEADING + JANE + row + "\n" + JUAN)
    assert [person.name for person in result.people] == ["Jane Doe", "Ju\u00e1n P\u00e9rez"]
    assert result.rows == 3
    (fault,) = result.rejected
    assert fault.line == 3
    assert reason in fault.reason
    assert fault.raw == row[:500]


def test_an_open_quotation_mark_costs_one_row_even_if_a_later_row_closes_it() -> None:
    torn = '"Jo,Bloggs,,,,,\n'
    quoted = 'Ann,Lee,,,"Acme, Inc.",,\n'
    result = read(HEADING + torn + JANE + quoted + torn + JUAN + torn)
    assert [person.name for person in result.people] == ["Jane Doe", "Ann Lee", "Ju\u00e1n P\u00e9rez"]
    assert [row.line for row in result.rejected] == [2, 5, 7]


def test_an_open_quotation_mark_swallows_no_short_rows() -> None:
    result = read(HEADING + 'Jo,"Bloggs\nAnn,Lee\n"Bob",Ray\n')
    assert [person.name for person in result.people] == ["Ann Lee", "Bob Ray"]
    assert [row.line for row in result.rejected] == [2]


def test_a_quotation_mark_left_open_at_the_very_end_is_found() -> None:
    result = read(HEADING + JANE + 'Ann,Lee,,,5" disks,"Head of')
    assert [person.name for person in result.people] == ["Jane Doe"]
    assert "never closed" in result.rejected[0].reason


def test_a_quotation_mark_inside_a_bare_cell_is_only_a_character() -> None:
    assert one(HEADING + 'Jane,Doe,,,Acme,5" disks,\n').role == '5" disks'


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (b"", "empty. Download it again"),
        (b"\n \r\n", "empty. Download it again"),
        (b"\x00" * 10, "empty. Download it again"),
        (codecs.BOM_UTF8, "empty. Download it again"),
        (codecs.BOM_UTF16_LE, "empty. Download it again"),
        (b"\xd0\xcf\x11\xe0 old", r"old Excel workbook \(.xls\), .* save it as 'Excel workbook \(.xlsx\)'"),
        (b"%PDF-1.7 ...", "neither text nor a workbook. Choose a file of people"),
        (b"\n<!DOCTYPE html><html>", "web page"),
        (b"<html><body>sign in", "web page"),
        (b"Date,Amount\n1,2\n", "No column says what people are called. The columns are 'Date', 'Amount'"),
        (b"just some words", "no heading such as First Name and Last Name .* begins with 'just some words'"),
        (b"First Name\nJane\n", "no heading such as First Name"),
        (HEADING.encode(), "a heading in line 1 and not one row below it"),
        ((NOTES + HEADING + "\n,,,,,,\n").encode(), "a heading in line 5 and not one row below it"),
    ],
)
def test_a_file_that_is_no_list_of_connections_is_refused_with_the_cure(data: bytes, cure: str) -> None:
    with pytest.raises(InputError, match=cure):
        read_linkedin(data)


def test_a_file_that_is_far_too_large_is_not_read() -> None:
    with pytest.raises(InputError, match=r"has 25\.1 MB, and 25 MB are the most. Split it"):
        read_linkedin(HEADING.encode() + b"x" * 25_100_000)


def test_ten_thousand_rows_are_read_and_all_accounted_for() -> None:
    rows = "".join(JANE.replace("jane", f"jane{n}") for n in range(10_000))
    result = read(NOTES + HEADING + rows)
    assert len(result.people) == result.rows == 10_000


def test_a_result_whose_rows_do_not_add_up_is_refused() -> None:
    with pytest.raises(InputError, match="3 rows were read, but 0 people and 0 rejected"):
        ImportResult(people=(), rejected=(), rows=3)


def check(data: bytes) -> None:
    try:
        result = read_linkedin(data)
    except InputError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
        return
    assert result.rows == len(result.people) + len(result.rejected) > 0
    for person in result.people:
        contact = Contact(
            id="c",
            name=person.name,
            role=person.role,
            organisation=person.organisation,
            email=person.email,
            profile_url=person.profile_url,
        )
        assert contact.name.strip()
    lines = [entry.line for entry in (*result.people, *result.rejected)]
    assert len(set(lines)) == len(lines)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(data)


@given(st.binary(max_size=200))
def test_any_bytes_below_a_heading_are_read_or_refused(data: bytes) -> None:
    check(HEADING.encode() + data)


@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=9), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_any_cells_below_a_heading_are_read_or_refused(rows: list[list[str]], separator: str) -> None:
    body = "\n".join(separator.join(row) for row in rows)
    check((HEADING.replace(",", separator) + body).encode("utf-8", "surrogatepass"))


@given(st.integers(0, len(GOOD.encode()) - 1), st.binary(min_size=1, max_size=3), st.integers(0, 40), st.booleans())
def test_a_good_file_with_damage_anywhere_is_read_or_refused(at: int, junk: bytes, cut: int, wide: bool) -> None:
    data = GOOD.encode("utf-16" if wide else "utf-8")
    check(data[:at] + junk + data[at + cut :])
    check(data[: len(data) - cut])


@given(
    st.lists(
        st.sampled_from([JANE, JUAN, '"Jo,Bloggs,,,,,\n', ",,,,,,\n", ",,,,Acme,,\n", "a,b,c,d,e,f,g,h\n"]), min_size=1
    )
)
def test_every_row_that_is_not_empty_is_a_person_or_rejected(rows: list[str]) -> None:
    filled = [row for row in rows if row != ",,,,,,\n"]
    if not filled:
        check((HEADING + "".join(rows)).encode())
        return
    result = read(HEADING + "".join(rows))
    assert result.rows == len(filled)
    assert len(result.people) == sum(row in (JANE, JUAN) for row in rows)
