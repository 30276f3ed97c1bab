"""Bringing people in and taking an import back, on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import a_candidate, a_person, a_trip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iiplan.errors import InputError, NotFoundError
from iiplan.importers import Field, FileKind
from iiplan.model import Contact, Import, Profile, Source, Touch, TouchKind
from iiplan.planner import importing
from iiplan.planner import settings as user_settings
from iiplan.planner.import_undo import undo
from iiplan.planner.importing import Choices, Looked
from iiplan.planner.workspace import Workspace

TABLE = b"Name,E-mail,Company,City,Phone\nAda Lee,ada@x.example,Acme,Oslo,\nBo Ray,bo@x.example,ACME,,+47 22 12 34 56\n"


def looked_at(ws: Workspace, *files: bytes, choices: Choices | None = None) -> Looked:
    opened, refused = importing.open_files([(f"file{n}.csv", data) for n, data in enumerate(files)])
    return importing.look(ws, opened, refused, choices)


def brought_in(ws: Workspace, *files: bytes, choices: Choices | None = None) -> Import:
    return importing.save(ws, looked_at(ws, *files, choices=choices))


def by_name(ws: Workspace) -> dict[str, Contact]:
    return {one.name: one for one in ws.store.contacts()}


def touched(ws: Workspace, contact: Contact) -> None:
    touch = Touch(id=f"t-{contact.id}", contact_id=contact.id, kind=TouchKind.ASKED, at=ws.now(), timezone="UTC")
    ws.store.add_touches([touch])


def test_looking_saves_nothing(ws: Workspace) -> None:
    assert len(looked_at(ws, TABLE).preview.new) == 2
    assert ws.store.is_empty()
    assert ws.store.imports() == ()


def test_people_come_in_with_what_is_said_of_all_and_the_import_is_kept(ws: Workspace) -> None:
    done = brought_in(ws, TABLE, choices=Choices(source=Source.ALUMNI, city="Bergen", tags=("fair",)))
    people = by_name(ws)
    assert (people["Ada Lee"].city, people["Bo Ray"].city) == ("Oslo", "Bergen")
    assert {one.source for one in people.values()} == {Source.ALUMNI}
    assert {one.tags for one in people.values()} == {("fair",)}
    assert ws.store.imports() == (done,)
    assert (done.new, done.updated, done.known, done.rejected) == (2, 0, 0, 0)
    assert [(one.name, one.kind) for one in done.files] == [("file0.csv", "table")]


def test_people_of_linkedin_are_found_on_linkedin_unless_the_user_says_otherwise(ws: Workspace) -> None:
    linkedin = b"First Name,Last Name,Company,Position,Connected On\nCy,Fox,Acme,Boss,02 Jan 2024\n"
    brought_in(ws, linkedin, TABLE)
    people = by_name(ws)
    assert people["Cy Fox"].source is Source.LINKEDIN
    assert people["Cy Fox"].notes == "Connected on LinkedIn since 02 Jan 2024."
    assert people["Ada Lee"].source is Source.OTHER


def test_an_import_is_taken_back_as_a_whole(ws: Workspace) -> None:
    known = a_person(ws, "Ada", email="ada@x.example", organisation="Acme")
    done = brought_in(ws, TABLE)
    assert by_name(ws)["Ada"].city == "Oslo"
    undone = undo(ws, done.id)
    assert (undone.removed, undone.restored, undone.kept) == (1, 1, ())
    assert ws.store.contacts() == (known,)
    assert [one.name for one in ws.store.contacts(deleted=True)] == ["Bo Ray"]
    assert ws.store.imports()[0].undone_at == ws.now()
    assert undone.in_words() == "1 person removed, 1 person as before."


def test_an_import_is_taken_back_once(ws: Workspace) -> None:
    done = brought_in(ws, TABLE)
    undo(ws, done.id)
    with pytest.raises(InputError, match="was taken back already"):
        undo(ws, done.id)
    with pytest.raises(NotFoundError, match=r"No import 'nope'\. Choose one from the list"):
        undo(ws, "nope")


def test_whoever_something_happened_with_since_stays_and_is_named(ws: Workspace) -> None:
    rows = "".join(f"{name},{name[:3]}@x.example\n" for name in ("Touched", "On trip", "Referrer", "Edited", "Rest"))
    done = brought_in(ws, ("Name,E-mail\n" + rows).encode())
    people = by_name(ws)
    touched(ws, people["Touched"])
    trip = a_trip(ws)
    a_candidate(ws, trip, "Somebody")
    ws.store.save_candidates([replace(ws.store.candidates(trip.id)[0], contact_id=people["On trip"].id)])
    a_person(ws, "Friend", referred_by=people["Referrer"].id)
    ws.store.save_contact(replace(people["Edited"], fit=5))
    undone = undo(ws, done.id)
    assert undone.removed == 1
    assert {one.name: one.reason for one in undone.kept} == {
        "Touched": "something happened with them since",
        "On trip": "something happened with them since",
        "Referrer": "something happened with them since",
        "Edited": "changed since",
    }
    assert {"Touched", "On trip", "Referrer", "Edited"} <= by_name(ws).keys()
    assert "Rest" not in by_name(ws)
    assert "Kept: " in undone.in_words()


def test_a_newer_value_is_kept_and_named_when_an_update_is_taken_back(ws: Workspace) -> None:
    a_person(ws, "Ada", email="ada@x.example")
    done = brought_in(ws, TABLE)
    ws.store.save_contact(replace(by_name(ws)["Ada"], city="Bergen"))
    undone = undo(ws, done.id)
    assert [(one.name, one.reason) for one in undone.kept] == [("Ada", "newer: city")]
    assert (by_name(ws)["Ada"].city, by_name(ws)["Ada"].organisation) == ("Bergen", "")


def test_who_was_updated_and_then_deleted_is_as_before_when_brought_back(ws: Workspace) -> None:
    known = a_person(ws, "Ada", email="ada@x.example")
    done = brought_in(ws, TABLE)
    ws.store.delete_contact("ada", ws.now())
    undo(ws, done.id)
    assert "Ada" not in by_name(ws)
    ws.store.restore_contact("ada")
    assert ws.store.contact("ada") == known


def test_imports_are_taken_back_in_any_order(ws: Workspace) -> None:
    first = brought_in(ws, TABLE)
    second = brought_in(ws, b"Name,E-mail,Role\nAda Lee,ada@x.example,Head\n")
    assert [one.name for one in undo(ws, first.id).kept] == ["Ada Lee"]  # the second import changed her
    assert undo(ws, second.id).restored == 1
    assert by_name(ws)["Ada Lee"].role == ""


def test_an_organisation_keeps_its_spelling_and_that_is_no_change(ws: Workspace) -> None:
    done = brought_in(ws, TABLE)
    assert by_name(ws)["Bo Ray"].organisation == "Acme"  # as the first row spells it
    assert undo(ws, done.id).removed == 2


def test_a_look_that_is_out_of_date_is_not_saved(ws: Workspace) -> None:
    known = a_person(ws, "Ada", email="ada@x.example")
    looked = looked_at(ws, TABLE)
    ws.store.save_contact(replace(known, city="Rome"))
    with pytest.raises(InputError, match=r"Ada was changed meanwhile\. Look at the files again"):
        importing.save(ws, looked)
    assert set(by_name(ws)) == {"Ada"}
    assert ws.store.imports() == ()


def test_nothing_to_save_is_said(ws: Workspace) -> None:
    brought_in(ws, TABLE)
    with pytest.raises(InputError, match="nobody to add and nothing to add to anybody"):
        brought_in(ws, TABLE)


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(ws: Workspace) -> None:
    looked = looked_at(ws, b"%PDF-1.4", TABLE, TABLE, b"E-mail,Company\na@x.example,Acme\n")
    assert len(looked.preview.new) == 2
    refused = {one.name: one.reason for one in looked.refused}
    assert "neither text nor a workbook" in refused["file0.csv"]
    assert refused["file2.csv"] == "It is the same file as file1.csv and is not read twice."
    assert "No column says what people are called" in refused["file3.csv"]


def test_files_of_the_same_name_are_told_apart(ws: Workspace) -> None:
    files = [("a.csv", TABLE), ("a.csv", TABLE.replace(b"Ada", b"Eva")), ("a.csv", TABLE.replace(b"Ada", b"Ida"))]
    opened, _ = importing.open_files(files)
    assert [one.name for one in opened] == ["a.csv", "a.csv (2)", "a.csv (3)"]


def test_a_mapping_is_remembered_for_files_with_the_same_headings(ws: Workspace) -> None:
    data = b"Who,Works at\nAda Lee,Acme\n"
    ((one,), _) = importing.open_files([("a.csv", data)])
    assert importing.fields_for(ws, one) == (Field.NAME, Field.IGNORED)
    importing.remember_fields(ws, one, (Field.NAME, Field.ORGANISATION))
    ((other,), _) = importing.open_files([("b.csv", data.replace(b"Ada", b"Bo").replace(b"Who", b" WHO "))])
    assert importing.fields_for(ws, other) == (Field.NAME, Field.ORGANISATION)
    importing.remember_fields(ws, other, (Field.NAME, Field.IGNORED))
    assert importing.fields_for(ws, one) == (Field.NAME, Field.IGNORED)


def test_a_kind_can_be_said_for_one_file(ws: Workspace) -> None:
    data = b"First Name,Last Name,Title,Email\nJane,Doe,Chief,j@x.example\n"
    opened, _ = importing.open_files([("a.csv", data), ("b.csv", data + b"\n")], {"b.csv": FileKind.OUTLOOK})
    assert [one.kind for one in opened] == [FileKind.TABLE, FileKind.OUTLOOK]


def test_national_numbers_are_those_of_the_trips_country_or_of_ones_own(ws: Workspace) -> None:
    assert importing.region(ws) == ""
    user_settings.save_profile(ws, Profile(phone="+47 22 12 34 56"))
    assert importing.region(ws) == "NO"
    ws.store.save_trip(replace(a_trip(ws), country="US-DC"))
    assert importing.region(ws) == "US"


def test_progress_rises_to_the_end(ws: Workspace) -> None:
    heard: list[float] = []
    rows = "".join(f"Person {n},p{n}@x.example\n" for n in range(2_500))
    opened, refused = importing.open_files([("a.csv", ("Name,E-mail\n" + rows).encode())])
    looked = importing.look(ws, opened, refused, step=lambda share, _: heard.append(share))
    importing.save(ws, looked, lambda share, _: heard.append(1 + share))
    assert heard == sorted(heard)
    assert len(heard) == 5  # one file, the comparison, three portions of a thousand
    assert all(0 <= share <= 2 for share in heard)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["Ada Lee", "Bo Ray", "Cy"]), st.sampled_from(["city", "role", "touch", "delete", "none"])
    ),
    max_size=4,
)


@given(EDITS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
def test_taking_back_never_loses_what_was_done_since(ws: Workspace, edits: list[tuple[str, str]]) -> None:
    for one in (*ws.store.contacts(), *ws.store.contacts(deleted=True)):  # the examples share a file
        ws.store.save_contact(Contact(id=one.id, name=f"old {one.id}", email=f"{one.id}@old.example"))
    before = {one.id for one in ws.store.contacts()}
    ws.store.save_contact(Contact(id="cy", name="Cy", email="cy@x.example"))
    ws.store.restore_contact("cy")
    done = brought_in(ws, TABLE + b"Cy,cy@x.example,Acme,Oslo,\n")
    kept: dict[str, dict[str, str]] = {}
    stays: set[str] = set()
    for name, edit in edits:
        person = by_name(ws).get(name)
        if person is None:
            continue
        if edit == "touch":
            number = len(ws.store.touches())
            ws.store.add_touches(
                [
                    Touch(
                        id=f"{person.id}-{number}",
                        contact_id=person.id,
                        kind=TouchKind.NOTE,
                        at=datetime(2026, 11, 24, tzinfo=UTC),
                        timezone="UTC",
                        note="x",
                    )
                ]
            )
            stays.add(person.id)
        elif edit == "delete":
            ws.store.delete_contact(person.id, ws.now())
        elif edit != "none":
            ws.store.save_contact(replace(person, **{edit: "typed"}))
            kept.setdefault(person.id, {})[edit] = "typed"
    here = {one.id for one in ws.store.contacts()}
    undo(ws, done.id)
    after = {one.id: one for one in ws.store.contacts()}
    assert (set(kept) | stays) & here <= set(after)
    assert before & here <= set(after)
    for person_id, fields in kept.items():
        if person_id in after:
            assert {name: getattr(after[person_id], name) for name in fields} == fields
