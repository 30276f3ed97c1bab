"""Who is new in a file of people, and who is known already."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiplan.importers import ImportedPerson, ImportPreview, ImportResult, RejectedRow
from iiplan.importers import preview_import as look_at
from iiplan.model import Contact


def person(
    name: str = "Jane Doe", *, line: int = 2, organisation: str = "", email: str = "", url: str = ""
) -> ImportedPerson:
    return ImportedPerson(line=line, name=name, organisation=organisation, email=email, profile_url=url)


def contact(name: str = "Jane Doe", *, organisation: str = "", email: str = "", url: str = "") -> Contact:
    return Contact(id=f"c-{name}", name=name, organisation=organisation, email=email, profile_url=url)


def result(*people: ImportedPerson, rejected: tuple[RejectedRow, ...] = ()) -> ImportResult:
    return ImportResult(people=people, rejected=rejected, rows=len(people) + len(rejected))


def preview_import(existing: Sequence[Contact], *files: ImportResult, region: str = "") -> ImportPreview:
    ids = map(str, count())
    return look_at(
        existing, files, template=lambda _: Contact(id="?", name="?"), new_id=lambda: f"new-{next(ids)}", region=region
    )


def met(preview: ImportPreview) -> list[tuple[ImportedPerson, Contact]]:
    """The rows that a contact answers to."""
    return [(one.row, one.contact) for one in (*preview.updated, *preview.known) if one.repeats is None]


def repeated(preview: ImportPreview) -> list[tuple[ImportedPerson, ImportedPerson]]:
    """The rows that an earlier row brought."""
    return [(one.row, one.repeats) for one in preview.known if one.repeats is not None]


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (person("J. Doe", email="Jane@Example.org"), contact(email="jane@example.ORG")),
        (person("J. Doe", url="https://www.linkedin.com/in/Jane/"), contact(url="http://linkedin.com/in/jane?trk=x#y")),
        (
            person("J. Doe", url="https://de.linkedin.com/in/jan%C3%A9"),
            contact(url="https://www.linkedin.com/in/jan\u00e9"),
        ),
        (person("JANE  doe", organisation="acme"), contact(organisation="Acme ")),
        (person(email="jane@example.org"), contact(url="https://x.example/jane")),
        (
            person("J. Doe", email="j@x.example", url="https://x.example/a"),
            contact(email="j@x.example", url="https://x.example/b"),
        ),
    ],
    ids=["address", "link", "language host", "name and organisation", "name, nothing against it", "address over link"],
)
def test_a_row_that_a_contact_answers_to_is_known(row: ImportedPerson, known: Contact) -> None:
    preview = preview_import([contact("Somebody Else"), known], result(row))
    assert met(preview) == [(row, known)]
    assert (preview.new, repeated(preview), preview.rows) == ((), [], 1)


@pytest.mark.parametrize(
    ("row", "other"),
    [
        (person(organisation="Acme"), contact(organisation="Zenith")),
        (person(email="jane@one.example"), contact(email="jane@two.example")),
        (person(url="https://x.example/jane1"), contact(url="https://x.example/jane2")),
        (person("Jane Dow"), contact()),
    ],
    ids=["other organisation", "other address", "other link", "other name"],
)
def test_a_namesake_is_new(row: ImportedPerson, other: Contact) -> None:
    assert preview_import([other], result(row)).new == (row,)


def test_among_namesakes_the_one_without_a_conflict_is_met() -> None:
    other, same = contact(email="a@x.example"), Contact(id="same", name="Jane Doe")
    row = person(email="b@x.example")
    assert met(preview_import([other, same], result(row))) == [(row, same)]


def test_a_row_that_repeats_an_earlier_one_counts_as_known_and_names_it() -> None:
    first, again, third = person(email="j@x.example"), person("J D", line=3, email="J@x.example"), person("New", line=4)
    preview = preview_import([], result(first, again, third))
    assert preview.new == (first, third)
    assert repeated(preview) == [(again, first)]


def test_a_row_that_repeats_a_known_one_is_no_newcomer() -> None:
    # the contact answers to the first row's address only; the second row shares the first one's link
    first = person("Jane", email="j@x.example", url="https://x.example/j")
    again = person("J.", line=3, url="https://x.example/j")
    known = contact("Jane D", email="j@x.example")
    preview = preview_import([known], result(first, again))
    assert met(preview) == [(first, known), (again, known)]


def test_rejected_rows_are_passed_on() -> None:
    row = RejectedRow(line=3, reason="no name in this row", raw=",,")
    preview = preview_import([], result(person(), rejected=(row,)))
    assert preview.rejected == (row,)
    assert preview.rows == 2


NAMES = st.sampled_from(["Ann", "Bob", "ann "])
EMAILS = st.sampled_from(["", "a@x.example", "b@x.example"])
URLS = st.sampled_from(["", "https://x.example/a", "https://x.example/b/"])
PEOPLE = st.lists(st.tuples(NAMES, EMAILS, URLS), max_size=12)


@given(PEOPLE, PEOPLE)
def test_every_row_is_in_exactly_one_group_and_a_second_import_brings_nobody_new(
    have: list[tuple[str, str, str]], rows: list[tuple[str, str, str]]
) -> None:
    existing = [
        Contact(id=f"had-{n}", name=name, email=email, profile_url=url) for n, (name, email, url) in enumerate(have)
    ]
    people = [person(name, line=n, email=email, url=url) for n, (name, email, url) in enumerate(rows, start=2)]
    preview = preview_import(existing, result(*people))
    grouped = [*preview.new, *(one.row for one in (*preview.updated, *preview.known))]
    assert sorted(row.line for row in grouped) == [row.line for row in people]
    assert preview.rows == len(people)
    changed = {after.id: after for _, after in preview.changes}
    people_then = [*(changed.get(one.id, one) for one in existing), *preview.arrivals]
    again = preview_import(people_then, result(*people))
    assert (again.new, again.changes) == ((), ())
