"""Who is the same: addresses, numbers and links exactly, names only with the organisation; and what a row adds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people_builders import person, result, seen

from iiplan.importers import ImportedPerson
from iiplan.model import Contact

JANE = Contact(id="jane", name="Jane Doe")


def known(**details: object) -> Contact:
    return Contact(**{"id": "jane", "name": "Jane Doe", **details})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "contact", "region", "by"),
    [
        (
            person("J. Doe", email="a@x.example", other_emails=("B@x.example",)),
            known(email="c@x.example", other_emails=("b@X.example",)),
            "",
            "e-mail address",
        ),
        (person("J. Doe", phone="030 1234567"), known(phone="+49 (30) 123-4567"), "DE", "phone number"),
        (person("J. Doe", phone="+49301234567"), known(other_phones=("030/1234567",)), "DE", "phone number"),
        (
            person("J. D.", profile_url="https://de.linkedin.com/in/j"),
            known(profile_url="https://linkedin.com/in/j/"),
            "",
            "profile link",
        ),
        (person("jane  doe", organisation="ACME"), known(organisation="Acme"), "", "name and organisation"),
    ],
)
def test_a_row_is_known_by(row: ImportedPerson, contact: Contact, region: str, by: str) -> None:
    preview = seen([contact], result(row), region=region)
    (met,) = (*preview.updated, *preview.known)
    assert (met.contact, met.by) == (contact, by)


@pytest.mark.parametrize(
    ("row", "contact", "region"),
    [
        (person("J. Doe", phone="030 1234567"), known(phone="+49 30 1234567"), ""),  # whose country is it?
        (person("J. Doe", phone="030 1234567"), known(phone="+43 30 1234567"), "DE"),
        (person("Bob Ray", phone="+49 30 1234567"), known(phone="+49 30 1234567"), "DE"),  # a switchboard
        (person("J. Doe", phone="12"), known(phone="12"), "DE"),  # no number
        (person("J. Doe", profile_url="https://acme.example"), known(profile_url="https://acme.example/"), ""),
        (person("J. Doe", links=("https://acme.example/team",)), known(links=("https://acme.example/team",)), ""),
    ],
    ids=["no country", "other country", "other name", "too short", "a host is nobody's", "a link is nobody's"],
)
def test_a_row_is_a_stranger(row: ImportedPerson, contact: Contact, region: str) -> None:
    assert seen([contact], result(row), region=region).new == (row,)


def test_a_number_that_several_people_have_keeps_them_apart() -> None:
    number = "+49 30 1234567"
    family = [person("Ann Doe", phone=number), person("Bob Doe", line=3, phone=number)]
    preview = seen([known(phone=number)], result(*family, person("J. Doe", line=4, phone=number)))
    assert preview.new == tuple(family)
    assert [one.contact.name for one in preview.known] == ["Jane Doe"]


def test_what_was_missing_is_added_and_nothing_else_is_touched() -> None:
    contact = known(role="Head", email="jane@x.example", tags=("Alumni",), phone="030 1234567")
    row = person(
        "Jane A. Doe",
        role="Chief",
        city="Oslo",
        email="j@y.example",
        other_emails=("JANE@x.example",),
        phone="+49 30 1234567",
        tags=("alumni", "Oslo"),
        profile_url="https://linkedin.com/in/j",
    )
    preview = seen([contact], result(row), region="DE")
    ((before, after),) = preview.changes
    assert before == contact
    assert after == known(
        role="Head",
        city="Oslo",
        email="jane@x.example",
        other_emails=("j@y.example",),
        phone="030 1234567",
        tags=("Alumni", "Oslo"),
        profile_url="https://linkedin.com/in/j",
    )
    (met,) = preview.updated
    assert set(met.adds) == {"city", "other_emails", "tags", "profile_url"}
    assert [(gap.field, gap.kept, gap.in_file) for gap in met.differs] == [
        ("name", "Jane Doe", "Jane A. Doe"),
        ("role", "Head", "Chief"),
    ]


def test_a_row_that_says_nothing_new_changes_nothing() -> None:
    contact = known(role="Head", email="jane@x.example")
    preview = seen([contact], result(person(role="HEAD ", email="jane@x.example")))
    assert (preview.changes, preview.updated, len(preview.known)) == ((), (), 1)
    assert preview.differing == ()


def test_city_and_tags_for_all_count_as_if_every_row_had_them() -> None:
    rows = [person(email="jane@x.example"), person("New", line=3), person("Own", line=4, city="Rome", tags=("x",))]
    preview = seen([known(email="jane@x.example")], result(*rows), city="Oslo", tags=("trip",))
    assert [(one.city, one.tags) for one in preview.arrivals] == [("Oslo", ("trip",)), ("Rome", ("trip", "x"))]
    assert [(after.city, after.tags) for _, after in preview.changes] == [("Oslo", ("trip",))]
    # a city that is only said of all differs from nobody's
    assert seen([known(city="Rome")], result(person()), city="Oslo").differing == ()


def test_two_files_about_the_same_newcomer_bring_one_person_with_what_both_say() -> None:
    first = person(profile_url="https://linkedin.com/in/j", organisation="Acme", file="a.csv")
    second = person(organisation="Acme", email="jane@x.example", file="b.csv")
    preview = seen([], result(first), result(second))
    (arrived,) = preview.arrivals
    assert (arrived.email, arrived.profile_url) == ("jane@x.example", "https://linkedin.com/in/j")
    (again,) = preview.known
    assert (again.repeats, again.adds) == (first, ("email",))


TEXT = st.sampled_from(["Acme", "ACME ", "Zenith"])
MAIL = st.lists(st.sampled_from(["a@x.example", "A@x.example", "b@x.example", "c@x.example"]), max_size=2, unique=True)
PHONE = st.sampled_from(["", "+49 30 1234567", "030 1234567", "+49 30 7654321"])
ROWS = st.lists(st.tuples(st.sampled_from(["Ann Lee", "ann lee", "Bob Lee"]), TEXT, MAIL, PHONE), max_size=8)


@given(ROWS, ROWS)
def test_importing_the_same_again_brings_nothing(have: list[tuple], rows: list[tuple]) -> None:  # type: ignore[type-arg]
    def row(number: int, one: tuple) -> ImportedPerson:  # type: ignore[type-arg]
        name, firm, mails, phone = one
        mail, *more = [*mails, ""]
        return person(
            name, line=number, organisation=firm, email=mail, other_emails=tuple(filter(None, more)), phone=phone
        )

    earlier = seen([], result(*(row(n, one) for n, one in enumerate(have)))).arrivals
    existing = [*earlier]
    file = result(*(row(n, one) for n, one in enumerate(rows)))
    preview = seen([Contact(**{**vars(one), "id": f"had-{one.id}"}) for one in existing], file, region="DE")
    before = {f"had-{one.id}": one for one in existing}
    changed = {after.id: after for _, after in preview.changes}
    for old, after in preview.changes:  # nothing that was there is gone
        assert before[old.id].name == after.name
        assert not old.role or old.role == after.role
        assert set(old.other_emails) <= {after.email, *after.other_emails}
    then = [
        *(changed.get(f"had-{one.id}", Contact(**{**vars(one), "id": f"had-{one.id}"})) for one in existing),
        *(Contact(**{**vars(one), "id": f"came-{one.id}"}) for one in preview.arrivals),
    ]
    assert seen(then, file, region="DE").new == ()
