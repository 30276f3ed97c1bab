"""Of a debrief no version is ever lost, whoever saves when; insights come back as they were."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_builders import NOON, person

from iiplan.errors import InputError, NotFoundError
from iiplan.model import About, Debrief, DebriefText, Draw, Insight, Welcome
from iiplan.store import Store

MEETING = Debrief(id="d", contact_id="ann", met_on=date(2027, 3, 1))


def saying(dump: str) -> DebriefText:
    return DebriefText(dump=dump)


@pytest.fixture
def ann(store: Store) -> Store:
    store.save_contacts([person("ann"), person("bob")])
    return store


def test_every_field_of_a_debrief_comes_back(ann: Store) -> None:
    text = DebriefText(
        dump="a\nb",
        surprised="c",
        quote="“d”",
        advice="e",
        names="Zoe\nYan",
        hiring="Acme",
        promised="the article",
        promised_by=date(2027, 3, 9),
        welcome=Welcome.YES,
    )
    saved = ann.save_debrief(MEETING, text, NOON)
    assert ann.debriefs() == ann.debriefs("ann") == (saved,)
    assert saved.text == text
    assert ann.debriefs("bob") == ()


def test_saving_again_what_is_saved_adds_no_version(ann: Store) -> None:
    saved = ann.save_debrief(MEETING, saying("once"), NOON)
    assert ann.save_debrief(saved, saying("once"), NOON + timedelta(hours=1)) == saved


def test_two_windows_that_write_the_same_debrief_keep_both_texts(ann: Store) -> None:
    start = ann.save_debrief(MEETING, saying("start"), NOON)
    ann.save_debrief(start, saying("start, left"), NOON)
    after = ann.save_debrief(start, saying("start, right"), NOON)
    assert after.text.dump == "start, right"
    assert [one.text.dump for one in after.unread_by_latest] == ["start, left"]
    settled = ann.settle_debrief(after, saying("start, left, right"), NOON)
    assert settled.unread_by_latest == ()
    assert [one.text.dump for one in settled.versions] == ["start", "start, left", "start, right", "start, left, right"]


def test_both_texts_can_be_settled_by_keeping_the_latest_as_it_is(ann: Store) -> None:
    ann.save_debrief(MEETING, saying("left"), NOON)
    both = ann.save_debrief(MEETING, saying("right"), NOON)
    assert len(both.unread_by_latest) == 1
    assert ann.settle_debrief(both, saying("right"), NOON).unread_by_latest == ()


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", "a", "b", "c"]))))
def test_whatever_windows_save_in_whatever_order_every_text_is_kept(saves: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "iiplan.sqlite")
        store.save_contact(person("ann"))
        windows = [MEETING] * 3
        for number, text in saves:
            windows[number] = store.save_debrief(windows[number], saying(text), NOON)
        kept = {one.text.dump for debrief in store.debriefs() for one in debrief.versions} | {""}
        assert kept >= {text for _, text in saves}


def test_no_version_can_be_changed_or_removed_in_the_file(ann: Store) -> None:
    ann.save_debrief(MEETING, saying("kept"), NOON)
    with closing(sqlite3.connect(ann.path)) as conn:
        for statement in ("UPDATE debrief_versions SET document = '{}'", "DELETE FROM debrief_versions"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                conn.execute(statement)


def test_a_debrief_stays_with_its_contact(ann: Store) -> None:
    ann.save_debrief(MEETING, saying("x"), NOON)
    with pytest.raises(InputError, match="about somebody else"):
        ann.save_debrief(Debrief(id="d", contact_id="bob", met_on=MEETING.met_on), saying("y"), NOON)
    with pytest.raises(NotFoundError, match="No contact 'zoe'"):
        ann.save_debrief(Debrief(id="e", contact_id="zoe", met_on=MEETING.met_on), saying("y"), NOON)


def test_insights_come_back_by_day_and_a_deleted_one_returns_when_saved_again(ann: Store) -> None:
    later = Insight(id="1", text="Data first", about=About.SKILLS, learned_on=date(2027, 3, 2), topic="data  skills")
    first = Insight(
        id="2", text="Calm", about=About.WAY, draw=Draw.DRAWS, learned_on=date(2027, 3, 1), contact_id="ann"
    )
    for insight in (later, first):
        ann.save_insight(insight)
    kept = ann.insights()
    assert kept[0] == first
    assert kept[1].topic == "data skills"
    ann.delete_insight("2", NOON)
    assert [one.id for one in ann.insights()] == ["1"]
    ann.save_insight(first)
    ann.delete_contact("ann", NOON)
    assert [one.id for one in ann.insights()] == ["1"]
    ann.restore_contact("ann")
    assert [one.id for one in ann.insights()] == ["2", "1"]
