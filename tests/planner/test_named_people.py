"""Names mentioned in a talk: read a line each, known ones recognised, the others made contacts, all of it undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import MONDAY, a_person
from hypothesis import given
from hypothesis import strategies as st

from iiplan.model import Authority, Contact, Source
from iiplan.planner import named_people
from iiplan.planner.debrief_text import cleaned
from iiplan.planner.named_people import Mention, Named, read_names
from iiplan.planner.workspace import Workspace


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Jane Doe, Acme, can hire", Named(name="Jane Doe", organisation="Acme", authority=Authority.CAN_HIRE)),
        ("- Jane Doe at Acme", Named(name="Jane Doe", organisation="Acme")),
        ("Jane Doe (Acme), Recruiter", Named(name="Jane Doe", organisation="Acme", authority=Authority.RECRUITER)),
        ("Jane Doe – Acme", Named(name="Jane Doe", organisation="Acme")),
        ("Anne-Marie Doe, can hire", Named(name="Anne-Marie Doe", authority=Authority.CAN_HIRE)),
        ("Jane Doe; Acme; met at a choir", Named(name="Jane Doe", organisation="Acme", note="met at a choir")),
        ("  Jane   Doe  ", Named(name="Jane Doe")),
    ],
)
def test_a_line_is_a_name_an_organisation_and_whether_they_can_hire(line: str, read: Named) -> None:
    assert read_names(f"\n{line}\n 202-555-0199 \n") == (read,)


def test_a_name_that_stands_twice_is_one_person() -> None:
    assert [one.organisation for one in read_names("Jane Doe, Acme\nJANE  DOE, Other")] == ["Acme"]


@given((st.text() | st.text(st.sampled_from("Ja ,;(-–@at\n"))).map(cleaned))
def test_whatever_is_typed_makes_contacts_or_nobody(text: str) -> None:
    for named in read_names(text):
        assert Contact(id="x", name=named.name, organisation=named.organisation).name == named.name.strip()


@pytest.fixture
def ann(ws: Workspace) -> Contact:
    a_person(ws, "Cy")
    a_person(ws, "Bob", organisation="Own", referred_by="cy")
    a_person(ws, "Di", organisation="Old")
    return a_person(ws, "Ann", referred_by="cy")


TEXT = "Jane Doe, Acme, can hire, ask about buses\nbob, Elsewhere\nDI\nAnn\nCy"


def test_known_people_are_recognised_and_only_gain_who_referred_them(ws: Workspace, ann: Contact) -> None:
    # Ann herself is nobody new, and Cy, who referred her, is not referred by her.
    assert [(one.name, what) for one, what in named_people.mentions(ws, ann, TEXT)] == [
        ("Jane Doe", Mention.NEW),
        ("bob", Mention.KNOWN),
        ("DI", Mention.REFERRED),
        ("Cy", Mention.KNOWN),
    ]


def test_those_named_become_contacts_in_one_go_and_undo_takes_it_all_back(ws: Workspace, ann: Contact) -> None:
    before = ws.store.contacts()
    added, undo = named_people.add(ws, ann, read_names(TEXT), MONDAY)
    jane, di = added
    assert jane == replace(
        jane,
        name="Jane Doe",
        organisation="Acme",
        authority=Authority.CAN_HIRE,
        source=Source.REFERRAL,
        referred_by="ann",
        notes="Named by Ann on Mon 7 Dec 2026. ask about buses",
    )
    assert ws.store.contact(jane.id) == jane
    assert (di.referred_by, di.organisation) == ("ann", "Old")
    assert ws.store.contact("bob").referred_by == "cy"
    assert {what for _, what in named_people.mentions(ws, ann, TEXT)} == {Mention.KNOWN}
    undo()
    assert ws.store.contacts() == before
    assert [one.id for one in ws.store.contacts(deleted=True)] == [jane.id]


def test_an_undo_leaves_what_was_changed_since(ws: Workspace, ann: Contact) -> None:
    _, undo = named_people.add(ws, ann, read_names("Di"), MONDAY)
    ws.store.save_contact(replace(ws.store.contact("di"), referred_by="bob", city="Oslo"))
    undo()
    assert (ws.store.contact("di").referred_by, ws.store.contact("di").city) == ("bob", "Oslo")
