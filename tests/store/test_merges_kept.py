"""Two contacts made one and two again, in the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from merge_builders import a_merge, everything, merged
from store_builders import NOON, candidate, person, touch, week

from iiplan.errors import InputError, NotFoundError
from iiplan.model import (
    About,
    Debrief,
    DebriefText,
    Insight,
    Offer,
    PlannedQuestion,
    SavedPlan,
    Theme,
    TimeWindow,
    TouchKind,
)
from iiplan.store import Store, files
from iiplan.store.merges import MOVED
from iiplan.store.schema import STEPS, v9_merges

LATER = NOON + timedelta(days=1)


@pytest.fixture
def both(store: Store) -> Store:
    """Ann and Bob, and Cid, whom Bob referred and introduced."""
    store.save_contacts([person("ann", email="ann@example.org"), person("bob"), person("cid", referred_by="bob")])
    store.save_trip(week("dc"))
    store.add_touches(
        [touch("1", "ann"), touch("2", "bob", at=NOON - timedelta(days=1)), touch("3", "cid", through="bob")]
    )
    return store


# What becomes one


def test_of_two_merged_one_is_left_and_the_other_is_neither_listed_nor_found(both: Store) -> None:
    merged(both, "ann", "bob", role="Director")
    assert [one.id for one in both.contacts()] == ["ann", "cid"]
    assert both.contacts(deleted=True) == ()
    assert both.contact("ann").role == "Director"
    with pytest.raises(NotFoundError, match=r"Bob has been merged into Ann\. Open Ann, or undo the merge"):
        both.contact("bob")
    with pytest.raises(NotFoundError, match="Bob has been merged into Ann"):
        both.delete_contact("bob", NOON)


def test_the_log_of_the_one_kept_holds_the_touches_of_both_by_time(both: Store) -> None:
    merged(both, "ann", "bob")
    assert [(one.id, one.contact_id) for one in both.touches(contact_id="ann")] == [("2", "ann"), ("1", "ann")]
    assert [one.id for one in both.touches()] == ["2", "1", "3"]
    assert both.touches(contact_id="bob") == ()


def test_who_was_referred_or_introduced_by_the_one_merged_away_was_by_the_one_kept(both: Store) -> None:
    merged(both, "ann", "bob")
    assert both.contact("cid").referred_by == "ann"
    (introduced,) = both.touches(contact_id="cid")
    assert introduced.through == "ann"


def test_nobody_is_referred_or_introduced_by_themselves_once_they_are_one(both: Store) -> None:
    both.save_contact(replace(both.contact("ann"), referred_by="bob"))
    both.add_touches([touch("4", "ann", through="bob"), touch("5", "bob", through="ann")])
    both.merge_contacts(a_merge("ann", "bob"), both.contact("ann"))  # who still says that Bob referred her
    assert both.contact("ann").referred_by is None
    assert {one.through for one in both.touches(contact_id="ann")} == {None}
    both.undo_merge("m", LATER)
    assert both.contact("ann").referred_by == "bob"
    assert [one.through for one in both.touches(contact_id="ann")] == [None, "bob"]


def test_a_touch_of_the_one_merged_away_can_be_taken_back(both: Store) -> None:
    merged(both, "ann", "bob")
    both.add_touches([touch("4", "ann", kind=TouchKind.VOID, voids="2")])
    assert [one.id for one in both.touches(contact_id="ann")] == ["2", "1", "4"]
    both.undo_merge("m", LATER)
    assert [one.id for one in both.touches(contact_id="bob")] == ["2", "4"]  # it goes with what it takes back


def test_what_is_still_said_of_the_one_merged_away_is_kept_for_the_one_kept(both: Store) -> None:
    merged(both, "ann", "bob")
    both.add_touches([touch("4", "bob")])
    both.save_insight(Insight(id="i", text="Calm", about=About.WAY, learned_on=date(2027, 3, 1), contact_id="bob"))
    both.save_debrief(Debrief(id="d", contact_id="bob", met_on=date(2027, 3, 1)), DebriefText(dump="x"), NOON)
    both.save_planned_questions([PlannedQuestion(id="q", contact_id="bob", position=0, text="Why?", theme=Theme.PATH)])
    both.save_contact(person("dan", referred_by="bob"))
    assert "4" in [one.id for one in both.touches(contact_id="ann")]
    assert [one.contact_id for one in both.insights()] == ["ann"]
    assert [one.contact_id for one in both.debriefs("ann")] == ["ann"]
    assert [one.contact_id for one in both.planned_questions("ann")] == ["ann"]
    assert both.contact("dan").referred_by == "ann"


# Trips


def test_what_another_window_says_of_a_place_merged_away_does_not_overwrite_the_one_kept(both: Store) -> None:
    both.save_candidates([candidate("ann", value=3), candidate("bob", value=9)])
    merged(both, "ann", "bob")
    with pytest.raises(NotFoundError, match="Bob has been merged into Ann"):
        both.save_candidates([candidate("bob")])
    with pytest.raises(NotFoundError, match="Bob has been merged into Ann"):
        both.remove_candidate("dc", "bob", NOON)
    assert [(one.contact_id, one.value) for one in both.candidates("dc")] == [("ann", 3)]


def test_the_one_kept_takes_the_place_and_the_offers_of_the_one_merged_away(both: Store) -> None:
    hour = TimeWindow(start=NOON, end=NOON + timedelta(hours=2))
    both.save_candidates([candidate("bob", value=9, windows=(hour,)), candidate("cid")])
    both.save_offer(Offer(id="o", trip_id="dc", contact_id="bob", starts=(NOON,), made_at=NOON))
    merged(both, "ann", "bob")
    first, second = both.candidates("dc")
    assert (first.contact_id, first.value, first.windows[0].end) == ("ann", 9, hour.end)
    assert second.contact_id == "cid"
    assert [(one.contact_id, one.closed_at) for one in both.offers("dc")] == [("ann", None)]


@pytest.mark.parametrize(("taking", "value", "held"), [((), 3, "mine"), (("dc",), 9, "theirs")])
def test_where_both_are_on_a_trip_one_place_is_left_and_only_its_hours_are_held(
    both: Store, taking: tuple[str, ...], value: int, held: str
) -> None:
    both.save_candidates([candidate("ann", value=3), candidate("bob", value=9)])
    for offer_id, who in (("mine", "ann"), ("theirs", "bob")):
        both.save_offer(Offer(id=offer_id, trip_id="dc", contact_id=who, starts=(NOON,), made_at=NOON))
    merged(both, "ann", "bob", taking=taking)
    assert [(one.contact_id, one.value) for one in both.candidates("dc")] == [("ann", value)]
    assert [one.id for one in both.offers("dc") if one.closed_at is None] == [held]
    both.undo_merge("m", LATER)
    assert {(one.id, one.contact_id, one.closed_at) for one in both.offers("dc")} == {
        ("mine", "ann", None),
        ("theirs", "bob", None),
    }


def test_somebody_taken_off_a_trip_does_not_push_out_who_is_on_it(both: Store) -> None:
    both.save_candidates([candidate("ann", value=3), candidate("bob", value=9)])
    both.remove_candidate("dc", "bob", NOON)
    merged(both, "ann", "bob", taking=("dc",))
    assert [one.value for one in both.candidates("dc")] == [3]


def test_a_plan_that_meets_the_one_merged_away_meets_the_one_kept_until_undone(both: Store) -> None:
    both.save_plan(SavedPlan(trip_id="dc", planned_at=NOON, fingerprint="f", document='{"candidate": "bob"}'))
    merged(both, "ann", "bob")
    plan = both.plan("dc")
    assert plan is not None
    assert plan.document == '{"candidate": "ann"}'
    both.undo_merge("m", LATER)
    plan = both.plan("dc")
    assert plan is not None
    assert plan.document == '{"candidate": "bob"}'


def test_a_plan_that_meets_both_stays_as_it_is(both: Store) -> None:
    document = '["ann", "bob"]'
    both.save_plan(SavedPlan(trip_id="dc", planned_at=NOON, fingerprint="f", document=document))
    merged(both, "ann", "bob")
    plan = both.plan("dc")
    assert plan is not None
    assert plan.document == document


# Refused


@pytest.mark.parametrize("gone", ["bob", "cid"])
def test_who_is_merged_or_deleted_cannot_be_merged(both: Store, gone: str) -> None:
    merged(both, "ann", "bob")
    both.delete_contact("cid", NOON)
    before = everything(both)
    with pytest.raises(NotFoundError, match=r"has been (merged into Ann|deleted)"):
        merged(both, "ann", gone, "again")
    assert everything(both) == before


def test_nobody_is_merged_with_themselves() -> None:
    with pytest.raises(InputError, match="Nobody is merged with themselves"):
        a_merge("ann", "ann")


def test_a_merge_that_fails_half_way_changes_nothing(both: Store) -> None:
    before = everything(both)
    with pytest.raises(InputError, match="referred by 'nobody'"):
        merged(both, "ann", "bob", referred_by="nobody")
    assert everything(both) == before


def test_a_merge_is_undone_once_and_an_unknown_one_never(both: Store) -> None:
    merged(both, "ann", "bob")
    both.undo_merge("m", LATER)
    with pytest.raises(NotFoundError, match="has been undone already"):
        both.undo_merge("m", LATER)
    with pytest.raises(NotFoundError, match="No merge 'x'"):
        both.undo_merge("x", LATER)


# Chains, and time passing


def test_three_become_one_pair_by_pair_and_come_apart_the_other_way(both: Store) -> None:
    at_first = everything(both)
    merged(both, "bob", "ann", "1")
    between = everything(both)
    merged(both, "cid", "bob", "2")
    assert [one.id for one in both.touches(contact_id="cid")] == ["2", "1", "3"]
    assert [(one.gone_name, one.kept_name) for one in both.merges()] == [("Bob", "Cid"), ("Ann", "Bob")]
    with pytest.raises(InputError, match=r"Bob has since been merged into Cid\. Undo that merge first"):
        both.undo_merge("1", LATER)
    both.undo_merge("2", LATER)
    assert everything(both) == between
    both.undo_merge("1", LATER)
    assert everything(both) == at_first


def test_the_first_of_two_merges_into_one_can_be_undone_alone(both: Store) -> None:
    merged(both, "ann", "bob", "1", other_emails=("bob@example.org",), city="Bonn")
    merged(both, "ann", "cid", "2", other_emails=("bob@example.org", "cid@example.org"))
    both.undo_merge("1", LATER)
    ann = both.contact("ann")
    assert (ann.other_emails, ann.city) == (("cid@example.org",), "")
    assert [one.id for one in both.touches(contact_id="bob")] == ["2"]
    assert [one.id for one in both.touches(contact_id="ann")] == ["1", "3"]


def test_what_was_changed_since_stays_with_the_one_kept(both: Store) -> None:
    both.save_candidates([candidate("bob")])
    merged(both, "ann", "bob", role="Director", city="Bonn")
    both.save_contact(replace(both.contact("ann"), role="Chair"))
    both.save_candidates([candidate("ann", fixed_start=NOON)])
    both.undo_merge("m", LATER)
    assert (both.contact("ann").role, both.contact("ann").city) == ("Chair", "")
    assert {one.contact_id: one.fixed_start for one in both.candidates("dc")} == {"ann": NOON, "bob": None}


def test_an_offer_made_since_keeps_its_place_on_the_trip(both: Store) -> None:
    both.save_candidates([candidate("bob")])
    merged(both, "ann", "bob")
    both.save_offer(Offer(id="o", trip_id="dc", contact_id="ann", starts=(NOON,), made_at=NOON))
    both.undo_merge("m", LATER)
    assert {one.contact_id for one in both.candidates("dc")} == {"ann", "bob"}
    assert [one.contact_id for one in both.offers("dc")] == ["ann"]


def test_deleting_the_one_kept_hides_both_logs_and_undoing_brings_the_other_back(both: Store) -> None:
    merged(both, "ann", "bob")
    both.delete_contact("ann", NOON)
    assert [one.id for one in both.touches()] == ["3"]
    both.restore_contact("ann")
    assert [one.id for one in both.touches()] == ["2", "1", "3"]
    both.delete_contact("ann", NOON)
    both.undo_merge("m", LATER)
    assert [one.id for one in both.contacts()] == ["bob", "cid"]
    assert [one.id for one in both.touches()] == ["2", "3"]


# Two people


def test_who_was_told_apart_is_remembered_whichever_comes_first_and_can_be_forgotten(both: Store) -> None:
    both.save_distinct("bob", "ann", NOON)
    both.save_distinct("ann", "bob", LATER)
    assert both.distinct_pairs() == {frozenset({"ann", "bob"})}
    both.forget_distinct("ann", "bob")
    assert both.distinct_pairs() == frozenset()
    with pytest.raises(NotFoundError, match="No contact 'zoe'"):
        both.save_distinct("ann", "zoe", NOON)


def test_who_is_not_somebody_is_not_whom_that_one_was_merged_into_either(both: Store) -> None:
    both.save_distinct("bob", "cid", NOON)
    merged(both, "ann", "bob")
    assert both.distinct_pairs() == {frozenset({"ann", "cid"})}
    both.forget_distinct("cid", "ann")
    assert both.distinct_pairs() == frozenset()
    with pytest.raises(InputError, match="These two have been merged"):
        both.save_distinct("ann", "bob", NOON)


# The file


def test_every_column_that_names_a_contact_has_its_way_with_merges(store: Store) -> None:
    """A new table that names contacts must be moved, or read as the log is; say which here."""
    elsewhere = {
        ("touches", "contact_id"),  # never changed: read as those of the one kept
        ("touches", "through"),
        ("candidates", "contact_id"),  # copied
        ("windows", "contact_id"),
        ("merges", "kept_id"),
        ("merges", "gone_id"),
        ("distinct_people", "one"),  # read as those of the one kept
        ("distinct_people", "other"),
        ("imported", "contact_id"),  # what an import brought to whom: history
    }
    with closing(sqlite3.connect(store.path)) as conn:
        tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        naming = {
            (table, key[3])
            for table in tables
            for key in conn.execute(f"PRAGMA foreign_key_list({table})")
            if key[2] in {"contacts", "candidates"} and key[3] != "trip_id"
        }
    assert naming - elsewhere == set(MOVED)


def test_a_file_from_before_merges_opens_with_everybody_as_they_were(path: Path) -> None:
    files.prepare(path, STEPS[: STEPS.index(v9_merges)])
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(
            "INSERT INTO contacts (id, name, role, city, email, phone, profile_url, source, authority, notes) "
            "VALUES ('ann', 'Ann', '', '', '', '', '', 'other', 'unknown', '')"
        )
    store = Store.open(path)
    assert [one.name for one in store.contacts()] == ["Ann"]
    assert store.merges() == ()
