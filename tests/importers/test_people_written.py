"""People as CSV and as vCards: what is written is what is read back, by readers that know only the formats."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from iiplan.importers import FileKind, contacts_csv, contacts_vcard, open_file
from iiplan.importers.spreadsheet import csv_file, harmless, joined, plain, split
from iiplan.importers.write_csv import HEADINGS
from iiplan.model import Authority, Contact, Coordinates, Place, PlaceOrigin, Source
from tests import strategies as nouns

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
FORMULAS = ["=1+1", "+49 30 1", "-3", "@SUM(A1)", "\t=1", "\n=1", "\uff1d1", "'=1", "''@x", "'quoted'", "", "plain"]


# CSV


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def contact_of(row: dict[str, str]) -> Contact:
    """The contact that a row says everything about."""
    cell = {heading: plain(text) for heading, text in row.items()}
    place = None
    if cell["Latitude"]:
        at = Coordinates(latitude=float(cell["Latitude"]), longitude=float(cell["Longitude"]))
        origin, within = PlaceOrigin(cell["Place origin"]), int(cell["Place within metres"])
        place = Place(name=cell["Place"], address=cell["Place address"], at=at, origin=origin, within_m=within)
    numbers = {name.lower(): int(cell[name]) if cell[name] else None for name in ("Fit", "Closeness", "Keen", "Worth")}
    return Contact(
        id=cell["ID"],
        name=cell["Name"],
        role=cell["Role"],
        organisation=cell["Organisation"],
        city=cell["City"],
        place=place,
        email=cell["E-mail"],
        phone=cell["Phone"],
        profile_url=cell["Profile"],
        source=Source(cell["Source"]),
        authority=Authority(cell["Authority"]),
        referred_by=cell["Referred by ID"] or None,
        timezone=cell["Time zone"],
        notes=cell["Notes"],
        address=cell["Address"],
        other_emails=split(cell["Further e-mails"]),
        other_phones=split(cell["Further phones"]),
        links=tuple(cell["Further links"].split()),
        tags=split(cell["Tags"]),
        **numbers,
    )


@given(st.lists(nouns.contacts(), max_size=3))
def test_every_field_of_a_contact_reads_back_from_the_table(contacts: list[Contact]) -> None:
    assert [contact_of(row) for row in read_csv(contacts_csv(contacts))] == contacts


def test_the_table_has_plain_headings_a_mark_for_excel_and_the_lines_of_the_standard() -> None:
    content = contacts_csv([Contact(id="a", name="J\u00f6")])
    assert content.startswith(b'\xef\xbb\xbf"Name","Role","Organisation","City","E-mail","Further e-mails","Phone",')
    assert content.count(b"\r\n") == 2
    assert '"J\u00f6"'.encode() in content
    assert len(set(HEADINGS)) == len(HEADINGS)


def test_who_referred_somebody_stands_there_by_name() -> None:
    people = [Contact(id="a", name="Ann"), Contact(id="b", name="Bob", referred_by="a")]
    assert [row["Referred by"] for row in read_csv(contacts_csv(people))] == ["", "Ann"]


@given(st.lists(nouns.contacts(), min_size=1, max_size=2))
def test_no_text_of_the_table_is_a_formula_to_a_spreadsheet(contacts: list[Contact]) -> None:
    cells = [text for row in read_csv(contacts_csv(contacts)) for text in row.values()]
    begins = re.compile("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")
    assert [cell for cell in cells if begins.match(cell) and not re.fullmatch(r"-?[\d.e+-]+", cell)] == []


def test_a_number_stays_a_number() -> None:
    assert csv_file(["N", "T"], [(-77.5, "-77.5")]).decode("utf-8-sig").splitlines()[1] == '''"-77.5","'-77.5"'''


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_kept_from_being_a_formula_reads_back(text: str) -> None:
    assert plain(harmless(text)) == text
    assert harmless(text) == text or harmless(text).startswith("'")


@given(st.lists(st.text(st.sampled_from("a;\\, \u00e9"), min_size=1).map(str.strip).filter(bool)))
def test_a_list_in_one_cell_reads_back(texts: list[str]) -> None:
    assert split(joined(texts)) == tuple(texts)


# vCard


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def parted(text: str, separator: str) -> list[str]:
    """A text at the separators that no backslash stands before."""
    parts = [""]
    for piece in re.findall(r"\\.|[^\\]", text, re.DOTALL):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return [unescaped(part) for part in parts]


def read_cards(content: bytes) -> list[list[tuple[str, str, str]]]:
    """Cards as lists of property, parameters and raw value, read as RFC 6350 says and no other way."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    cards: list[list[tuple[str, str, str]]] = []
    for line in lines:
        found = re.fullmatch(r"([A-Z]+)((?:;[A-Z]+=[a-z0-9]+)*):(.*)", line, re.DOTALL)
        assert found is not None, line
        if found[0] == "BEGIN:VCARD":
            cards.append([])
        elif found[0] != "END:VCARD":
            cards[-1].append((found[1], found[2], found[3]))
    return cards


def values(card: list[tuple[str, str, str]], name: str) -> list[str]:
    return [value for property_, _, value in card if property_ == name]


def as_kept(text: str) -> str:
    """A text as a card keeps it: every kind of line end is the one kind it has."""
    return re.sub("[\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text)


@given(st.lists(nouns.contacts(), max_size=3))
def test_what_a_card_says_reads_back_by_the_rules_of_the_format(contacts: list[Contact]) -> None:
    cards = read_cards(contacts_vcard(contacts, AT))
    assert len(cards) == len(contacts)
    for card, contact in zip(cards, contacts, strict=True):
        assert card[0] == ("VERSION", "", "4.0")
        assert [unescaped(value) for value in values(card, "FN")] == [as_kept(contact.name)]
        assert len(parted(values(card, "N")[0], ";")) == 5
        for name, given_ones in (
            ("ORG", [contact.organisation]),
            ("TITLE", [contact.role]),
            ("NOTE", [contact.notes]),
            ("EMAIL", [contact.email, *contact.other_emails]),
            ("TEL", [contact.phone, *contact.other_phones]),
            ("TZ", [contact.timezone]),
        ):
            assert [unescaped(value) for value in values(card, name)] == [as_kept(one) for one in given_ones if one]
        assert values(card, "URL") == [link for link in (contact.profile_url, *contact.links) if link]
        tags = [tag for value in values(card, "CATEGORIES") for tag in parted(value, ",")]
        assert tags == list(contact.tags)
        street = contact.address or (contact.place.address if contact.place else "")
        if street or contact.city:
            assert parted(values(card, "ADR")[0], ";") == ["", "", as_kept(street), as_kept(contact.city), "", "", ""]
        if contact.place is not None:
            latitude, longitude = map(float, values(card, "GEO")[0].removeprefix("geo:").split(","))
            assert latitude == pytest.approx(contact.place.at.latitude, abs=1e-6)
            assert longitude == pytest.approx(contact.place.at.longitude, abs=1e-6)


@given(nouns.contacts())
def test_no_line_is_longer_than_75_octets_and_none_splits_a_character(contact: Contact) -> None:
    content = contacts_vcard([contact], AT)
    assert content.endswith(b"END:VCARD\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # raises where a character was split
        assert len(line.decode().splitlines()) == 1  # also for programs that break lines at rarer marks


def test_a_long_line_is_filled_to_75_octets() -> None:
    lines = contacts_vcard([Contact(id="a", name="A", notes="x" * 200)], AT).split(b"\r\n")
    note = next(number for number, line in enumerate(lines) if line.startswith(b"NOTE"))
    # 5 octets of the name; 70 of the text, 74 after a blank, and the rest of 200
    assert [len(line) for line in lines[note : note + 3]] == [75, 75, 1 + 200 - 70 - 74]


@given(nouns.contacts())
def test_no_text_becomes_a_line_of_its_own(contact: Contact) -> None:
    once = {"VERSION", "UID", "REV", "FN", "N", "ORG", "TITLE", "NOTE", "TZ", "ADR", "GEO", "CATEGORIES"}
    names = [name for name, _, _ in read_cards(contacts_vcard([contact], AT))[0]]
    assert set(names) <= once | {"EMAIL", "TEL", "URL"}
    assert [name for name in once if names.count(name) > 1] == []


def test_another_reader_understands_the_card() -> None:
    contact = Contact(
        id="0123456789abcdef0123456789abcdef",
        name="J\u00f6rg von Example",
        role="Head; of buses, trams",
        organisation="Acme, Inc.",
        city="Oslo",
        email="jo@example.org",
        other_emails=("second@example.org",),
        phone="+47 12 34",
        address="Street 1\nFloor 2",
        notes="one\ntwo; three, \\ four " + "\N{BUS}" * 40,
        tags=("buses", "trams"),
        place=Place(name="Office", at=Coordinates(latitude=59.9, longitude=10.75)),
        profile_url="https://example.org/jo?a=1",
    )
    card = vobject.readOne(contacts_vcard([contact], AT).decode())
    assert (card.version.value, card.fn.value, card.title.value) == ("4.0", contact.name, contact.role)
    assert (card.n.value.family, card.n.value.given) == ("Example", "J\u00f6rg von")
    assert card.org.value == ["Acme, Inc."]
    assert [email.value for email in card.email_list] == ["jo@example.org", "second@example.org"]
    assert (card.adr.value.street, card.adr.value.city) == ("Street 1\nFloor 2", "Oslo")
    assert card.note.value == contact.notes
    assert card.categories.value == ["buses", "trams"]
    assert card.uid.value == "urn:uuid:01234567-89ab-cdef-0123-456789abcdef"
    assert card.rev.value == "20261123T120000Z"
    assert card.url.value == contact.profile_url
    assert card.geo.value == "geo:59.900000,10.750000"


def test_a_card_does_not_say_what_one_thinks_of_somebody() -> None:
    contact = Contact(
        id="a", name="Ann", fit=1, keen=2, closeness=3, worth=4, authority=Authority.RECRUITER, source=Source.FAMILY
    )
    card = contacts_vcard([contact], AT).decode()
    assert {line.partition(":")[0].partition(";")[0] for line in card.splitlines()} == {
        "BEGIN",
        "VERSION",
        "UID",
        "REV",
        "FN",
        "N",
        "END",
    }
    assert "recruiter" not in card


def test_a_name_of_one_word_is_a_given_name() -> None:
    assert b"\r\nN:;Madonna;;;\r\n" in contacts_vcard([Contact(id="a", name="Madonna")], AT)


# Both, by iiplan's own import

FULL = Contact(
    id="0123456789abcdef0123456789abcdef",
    name="J\u00f6rg von Example",
    role="+Head, of buses",
    organisation="'Acme', Inc.",
    city="Oslo",
    email="jo@example.org",
    other_emails=("second@example.org", "third@example.org"),
    phone="+47 12 34 56",
    other_phones=("+1 202 555 0100",),
    address="Street 1\nFloor 2",
    profile_url="https://www.linkedin.com/in/jo",
    links=("https://example.org/a,b;c", "https://example.org/d"),
    tags=("buses", "trams and more"),
    notes='=one, "two"\n' + "\n".join(f"line {n}," + "," * 40 for n in range(60)),
)


def test_the_import_reads_the_table_back() -> None:
    opened = open_file("people.csv", contacts_csv([FULL, Contact(id="b", name="Bo Plain")]))
    found = opened.read()
    assert (opened.kind, found.rejected, len(found.people)) == (FileKind.TABLE, (), 2)
    (person, bo) = found.people
    assert (person.line, bo.line, bo.name) == (2, 2 + 62, "Bo Plain")  # an address of two lines, notes of 61
    assert person.problems == ()
    for field in ("name", "role", "organisation", "city", "email", "other_emails", "phone", "other_phones", "address"):
        assert getattr(person, field) == getattr(FULL, field)
    for field in ("profile_url", "links", "tags", "notes"):
        assert getattr(person, field) == getattr(FULL, field)


@given(st.lists(nouns.contacts(), min_size=1, max_size=3))
def test_the_import_finds_as_many_rows_as_there_are_people_whatever_they_are_called(contacts: list[Contact]) -> None:
    found = open_file("people.csv", contacts_csv(contacts)).read()
    assert found.rows == len(contacts)


def test_a_table_of_ours_that_lost_a_mark_is_read_carefully() -> None:
    broken = contacts_csv([FULL, Contact(id="b", name="Bo Plain")]).replace(b'"Oslo"', b'"Oslo')
    found = open_file("people.csv", broken).read()
    assert "Bo Plain" in [person.name for person in found.people]
    assert found.rejected


def test_the_import_reads_the_cards_back() -> None:
    found = open_file("people.vcf", contacts_vcard([FULL, Contact(id="b", name="Bo Plain")], AT)).read()
    assert [person.name for person in found.people] == [FULL.name, "Bo Plain"]
    for field in ("role", "organisation", "city", "email", "other_emails", "phone", "other_phones", "notes", "tags"):
        assert getattr(found.people[0], field) == getattr(FULL, field)
    assert {found.people[0].profile_url, *found.people[0].links} == {FULL.profile_url, *FULL.links}
