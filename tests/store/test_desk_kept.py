"""What the user sets and puts off comes back as it was."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_builders import NOON, person, touch, week

from iiplan.errors import InputError, NotFoundError
from iiplan.model import Authority, Channel, MessageKind, MessageTemplate, Snooze, Source
from iiplan.store import Store, files
from iiplan.store.connections import connect
from iiplan.store.schema import STEPS
from tests import strategies as nouns


def template(template_id: str = "mine", **given: Any) -> MessageTemplate:
    return MessageTemplate(
        **{
            "id": template_id,
            "kind": MessageKind.ASK,
            "title": "Mine",
            "body": "Dear {{ them }}",
            "own": True,
            **given,
        }
    )


def test_a_setting_comes_back_and_is_replaced_whole(store: Store) -> None:
    assert store.setting("cadence") == {}
    store.save_setting("cadence", {"nudge_after": 7, "more": ["ä", None, 1.5]})
    store.save_setting("cadence", {"nudge_after": 9})
    assert store.setting("cadence") == {"nudge_after": 9}


@given(st.dictionaries(nouns.texts(), nouns.texts() | st.integers(-(2**40), 2**40) | st.none(), max_size=4))
def test_any_texts_and_numbers_are_kept_in_a_setting(values: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "iiplan.sqlite")
        store.save_setting("any", values)
        assert store.setting("any") == values


def test_what_is_put_off_is_put_off_until_the_later_word_and_can_be_woken(store: Store) -> None:
    store.snooze(Snooze(key="nudge:ann:1", until=NOON))
    store.snooze(Snooze(key="nudge:ann:1", until=NOON + timedelta(days=1)))
    assert store.snoozes() == (Snooze(key="nudge:ann:1", until=NOON + timedelta(days=1)),)
    store.end_snooze("nudge:ann:1")
    store.end_snooze("never put off")
    assert store.snoozes() == ()


def test_own_templates_come_back_by_title_and_a_deleted_one_returns_when_saved_again(store: Store) -> None:
    mine = template(sources=(Source.ALUMNI, Source.EVENT), subject="Twenty minutes?")
    other = template("other", title="a second one", kind=MessageKind.NUDGE)
    store.save_template(mine)
    store.save_template(other)
    assert store.templates() == (other, mine)
    store.delete_template("other", NOON)
    store.delete_template("never there", NOON)
    assert store.templates() == (mine,)
    store.save_template(other)
    assert store.templates() == (other, mine)


def test_a_shipped_template_is_not_saved_over(store: Store) -> None:
    with pytest.raises(InputError, match=r"'Mine' comes with iiplan .* Save it as one of your own"):
        store.save_template(template(own=False))


def test_a_touch_keeps_who_introduced_what_it_was_written_with_and_what_was_promised(store: Store) -> None:
    store.save_contacts([person("ann"), person("bob")])
    store.save_trip(week("dc"))
    made = touch("1", channel=Channel.INTRODUCTION, through="bob", template="ask-alumni", follow_up_on=date(2027, 3, 1))
    store.add_touches([made])
    assert store.touches() == (made,)


def test_an_introduction_through_somebody_unknown_is_refused(store: Store) -> None:
    store.save_contact(person("ann"))
    with pytest.raises(NotFoundError, match="No contact 'bob' to be introduced by"):
        store.add_touches([touch("1", through="bob")])
    assert store.touches() == ()


def test_a_file_from_before_messages_keeps_its_people_and_its_log(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite"
    files.prepare(path, STEPS[:2])
    with closing(connect(path)) as conn:
        conn.execute(
            "INSERT INTO contacts VALUES "
            "('ann', 'Ann', '', NULL, '', NULL, '', '', '', 'friend', 'peer', NULL, '', NULL)"
        )
        conn.execute(
            "INSERT INTO touches VALUES (1, '1', 'ann', 'asked', ?, 'UTC', NULL, NULL, '', NULL)", [NOON.isoformat()]
        )
    store = Store.open(path)
    assert store.contact("ann") == person("ann", source=Source.FRIEND, authority=Authority.PEER)
    assert store.touches() == (touch("1"),)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), store._connections.writing() as db:
        db.execute("UPDATE touches SET template = 'x'")
