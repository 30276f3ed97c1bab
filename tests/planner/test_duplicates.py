"""Finding, merging and telling apart, as the pages and other parts ask for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_candidate, a_person, a_trip, a_window
from hypothesis import given
from hypothesis import strategies as st
from strategies import contacts

from iiplan.errors import InputError, NotFoundError
from iiplan.importers import open_file
from iiplan.model import Authority, Candidate, Contact, Source, Stage, TouchKind
from iiplan.planner import asking, duplicates, import_undo, importing, offering, people, week
from iiplan.planner.merging import JOINED, Side, compared, merged
from iiplan.planner.workspace import Workspace

AGREED = a_window(1, 9, 10).start


def ann_twice(ws: Workspace) -> None:
    a_person(ws, "Ann", organisation="Acme", email="ann@example.org", source=Source.FRIEND)
    a_person(ws, "Anne", organisation="Acme", email="ann@example.org", city="Bonn", authority=Authority.PEER)


def test_pairs_are_counted_for_all_and_among_those_just_brought_in(ws: Workspace) -> None:
    ann_twice(ws)
    a_person(ws, "Bo", organisation="Acme", phone="202-555-0143")
    a_person(ws, "Bob", organisation="Other", phone="+1 202 555 0143")
    assert duplicates.count_likely_duplicates(ws) == 1  # whose country 202-555-0143 is of, nobody knows
    ws.store.save_trip(replace(a_trip(ws), country="US-DC"))
    assert duplicates.count_likely_duplicates(ws) == 2
    assert duplicates.count_likely_duplicates(ws, among={"anne"}) == 1
    assert duplicates.count_likely_duplicates(ws, among=set()) == 0


def test_who_was_told_apart_is_proposed_again_only_once_that_is_taken_back(ws: Workspace) -> None:
    ann_twice(ws)
    duplicates.tell_apart(ws, "anne", "ann")
    assert duplicates.likely(ws) == ()
    ws.store.forget_distinct("ann", "anne")
    assert len(duplicates.likely(ws)) == 1


def test_undoing_an_import_leaves_whom_somebody_was_merged_into(ws: Workspace) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nORG:Acme\r\nEMAIL:ann@example.org\r\nEND:VCARD\r\n"
    done = importing.save(ws, importing.look(ws, [open_file("ann.vcf", card.encode())]))
    (ann,) = ws.store.contacts()
    a_person(ws, "Anne", organisation="Acme")
    duplicates.merge(ws, ann.id, "anne", {"name": Side.LEFT})
    assert import_undo.undo(ws, done.id).removed == 0
    assert [one.name for one in ws.store.contacts()] == ["Ann"]


def test_what_is_filled_counts_and_where_both_are_the_newer_touched(ws: Workspace) -> None:
    ann_twice(ws)
    asking.log(ws, "anne", TouchKind.NOTE, timezone="UTC", note="said hello")
    made = duplicates.merge(ws, "ann", "anne")
    (one,) = people.overview(ws)
    assert (one.contact.id, one.contact.name, one.contact.city) == (made.kept_id, "Anne", "Bonn")
    assert (one.contact.source, one.contact.authority) == (Source.FRIEND, Authority.PEER)


def test_a_choice_goes_before_the_usual(ws: Workspace) -> None:
    ann_twice(ws)
    duplicates.merge(ws, "ann", "anne", {"name": Side.RIGHT, "city": Side.LEFT})
    (one,) = ws.store.contacts()
    assert (one.name, one.city) == ("Anne", "")


def test_what_was_typed_between_looking_and_merging_is_merged_too(ws: Workspace) -> None:
    ann_twice(ws)
    duplicates.side_by_side(ws, "ann", "anne")
    ws.store.save_contact(replace(ws.store.contact("anne"), notes="typed elsewhere"))
    duplicates.merge(ws, "ann", "anne", {"name": Side.LEFT})
    (one,) = ws.store.contacts()
    assert one.notes == "typed elsewhere"


def test_the_stage_is_that_of_both_logs_together(ws: Workspace) -> None:
    ann_twice(ws)
    asking.log(ws, "ann", TouchKind.ASKED, timezone="UTC")
    asking.log(ws, "anne", TouchKind.ACCEPTED, timezone="UTC")
    made = duplicates.merge(ws, "ann", "anne")
    assert [one.stage for one in people.overview(ws)] == [Stage.ACCEPTED]
    duplicates.undo_merge(ws, made.id)
    assert {one.contact.id: one.stage for one in people.overview(ws)} == {
        "ann": Stage.ASKED,
        "anne": Stage.ACCEPTED,
    }


def test_an_hour_that_was_agreed_stays_in_the_week_whoever_is_kept(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(), fixed_start=AGREED)
    a_candidate(ws, trip, "Anne", a_window(), a_window(2))
    asking.log(ws, "anne", TouchKind.NOTE, timezone="UTC", note="the newer one")
    made = duplicates.merge(ws, "anne", "ann")
    assert made.kept_id == "ann"
    assert [(one.contact_id, one.fixed_start) for one in ws.store.candidates(trip.id)] == [("ann", AGREED)]


def test_the_place_on_a_trip_can_be_chosen(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ann", a_window(), fixed_start=AGREED)
    a_candidate(ws, trip, "Anne", a_window(3))
    duplicates.merge(ws, "ann", "anne", places={trip.id: Side.RIGHT})
    (one,) = ws.store.candidates(trip.id)
    assert (one.fixed_start, one.windows) == (None, (a_window(3),))


def test_a_planned_meeting_stays_in_the_week_under_the_one_kept(ws: Workspace) -> None:
    trip, other = a_trip(ws), a_trip(ws, name="Another week")
    a_candidate(ws, trip, "Anne", a_window())
    a_candidate(ws, other, "Ann", fixed_start=AGREED)
    (planned,) = week.plan(ws, trip).agenda.meetings  # type: ignore[union-attr]
    assert duplicates.merge(ws, "anne", "ann").kept_id == "ann"  # an agreed hour goes before a planned one
    (block,) = week.current(ws, trip).agenda.meetings  # type: ignore[union-attr]
    assert (block.contact_id, block.start) == ("ann", planned.start)


def test_hours_offered_go_before_none_whoever_is_kept(ws: Workspace) -> None:
    trip, other = a_trip(ws), a_trip(ws, name="Another week")
    for name in ("Ann", "Anne"):
        a_candidate(ws, trip, name, a_window(), a_window(1))
    start = a_window(0, 10, 11).start
    offering.make_offer(ws, trip, "anne", [start])
    ws.store.save_candidates([Candidate(contact_id="ann", trip_id=other.id, fixed_start=AGREED)])
    assert duplicates.merge(ws, "ann", "anne").kept_id == "ann"
    held = [one for one in ws.store.offers(trip.id) if one.closed_at is None]
    assert [(one.contact_id, one.starts) for one in held] == [("ann", (start,))]


def test_the_second_of_two_windows_that_merge_a_pair_is_told_and_nothing_is_lost(ws: Workspace) -> None:
    ann_twice(ws)
    duplicates.merge(ws, "ann", "anne", {"name": Side.LEFT})
    before = ws.store.contacts(), ws.store.merges()
    with pytest.raises(NotFoundError, match=r"Anne has been merged into Ann\. Open Ann, or undo the merge"):
        duplicates.merge(ws, "anne", "ann", {"name": Side.LEFT})
    assert (ws.store.contacts(), ws.store.merges()) == before


def test_notes_that_are_too_long_together_are_refused_and_both_stay(ws: Workspace) -> None:
    for name in ("Ann", "Anne"):
        a_person(ws, name, notes=name * 4_000)
    with pytest.raises(InputError, match="notes on Ann"):
        duplicates.merge(ws, "ann", "anne")
    assert len(ws.store.contacts()) == 2


@given(contacts(st.just("left")), contacts(st.just("right")), st.sampled_from([Side.LEFT, Side.RIGHT]))
def test_keeping_both_loses_no_address_number_link_or_tag(left: Contact, right: Contact, newer: Side) -> None:
    fields = {field.name: field for field in compared(left, right, newer)}
    both = merged(left, right, "left", {name: Side.BOTH for name in JOINED if name != "notes"}, newer)
    assert {one.casefold() for one in (both.email, *both.other_emails) if one} == {
        one.casefold() for side in (left, right) for one in (side.email, *side.other_emails) if one
    }
    assert {one.casefold() for one in both.tags} == {one.casefold() for one in (*left.tags, *right.tags)}
    phones = {one for side in (left, right) for one in (side.phone, *side.other_phones) if one.strip()}
    assert {both.phone, *both.other_phones} - {""} == phones
    assert both.id == "left"
    for name in ("role", "city", "place", "address"):
        field = fields[name]
        assert getattr(both, name) == (field.left if field.usual is Side.LEFT else field.right)


@given(contacts(st.just("left")), contacts(st.just("right")))
def test_choosing_one_side_throughout_gives_that_person(left: Contact, right: Contact) -> None:
    def all_of(side: Side) -> Contact:
        return merged(left, right, "left", {field.name: side for field in compared(left, right)})

    def as_one_list(one: Contact) -> Contact:  # the first of several is the one used
        emails = [text for text in (one.email, *one.other_emails) if text.strip()] or [""]
        phones = [text for text in (one.phone, *one.other_phones) if text.strip()] or [""]
        links = [text for text in (one.profile_url, *one.links) if text] or [""]
        return replace(
            one,
            id="left",
            email=emails[0],
            other_emails=tuple(emails[1:]),
            phone=phones[0],
            other_phones=tuple(phones[1:]),
            profile_url=links[0],
            links=tuple(links[1:]),
        )

    assert all_of(Side.LEFT) == as_one_list(left)
    assert all_of(Side.RIGHT) == as_one_list(right)
