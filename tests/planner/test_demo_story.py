"""The demo as it is lived: whole on any weekday and at any hour, and never in contradiction with itself."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from iiplan.errors import InputError
from iiplan.model import Draw, Stage, TouchKind
from iiplan.outreach import DueKind
from iiplan.planner import debriefs, direction, people, preparing, settings, today, week
from iiplan.planner.demo_story import tell
from iiplan.planner.saved import read_plan
from iiplan.planner.workspace import Workspace, load_demo, open_workspace
from iiplan.resources import data_folder
from iiplan.scheduling import check

WASHINGTON = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=WASHINGTON)  # a Wednesday


def loaded(path: Path, now: datetime, *, under_way: bool = True) -> Workspace:
    ws = open_workspace(path / "demo.sqlite", now=lambda: now)
    load_demo(ws, under_way=under_way)
    return ws


@pytest.fixture(scope="module")
def midweek(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return loaded(tmp_path_factory.mktemp("midweek"), NOON)


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return loaded(tmp_path_factory.mktemp("ahead"), NOON, under_way=False)


def stage(ws: Workspace, name: str) -> Stage:
    return next(one.stage for one in people.overview(ws) if one.contact.name == name)


def nothing_lies_ahead(ws: Workspace) -> bool:
    store, now = ws.store, ws.now()
    moments = [touch.at for touch in store.touches()] + [run.at for run in store.rehearsals()]
    moments += [version.at for debrief in store.debriefs() for version in debrief.versions]
    days = [one.learned_on for one in store.insights()] + [one.found_on for one in store.research()]
    return max(moments) <= now and max(days) <= now.astimezone(WASHINGTON).date()


# ------------------------------------------------------------------------------------------- in the middle of the week


@pytest.mark.parametrize(
    ("days", "clock", "met"),
    [  # of the four meetings of today: 9:15 to 9:45, 10:45 to 11:30, 14:00 to 14:45, 16:30 to 17:00
        (0, "12:00", 2),
        (1, "00:05", 0),
        (2, "09:50", 1),
        (3, "15:00", 3),  # a Saturday
        (4, "23:55", 4),
        (101, "07:00", 0),  # 6 March 2027: the clocks change in the week before the trip, or in it
        (109, "17:30", 4),
    ],
)
def test_today_is_the_third_day_with_what_is_over_met_and_a_plan_that_the_referee_passes(
    tmp_path: Path, days: int, clock: str, met: int
) -> None:
    now = datetime.combine(NOON.date() + timedelta(days=days), time.fromisoformat(clock), WASHINGTON)
    ws = loaded(tmp_path, now)
    (trip,) = ws.store.trips()
    assert [day.date for day in trip.days] == [now.date() + timedelta(days=n) for n in range(-2, 3)]
    assert nothing_lies_ahead(ws)
    found = week.current(ws, trip)
    assert found.agenda is not None
    assert not found.out_of_date
    assert not found.obstacle
    saved = ws.store.plan(trip.id)
    assert saved is not None
    assert check(*read_plan(saved)).violations == ()
    of_today = [one for one in found.agenda.meetings if one.start.date() == now.date()]
    assert len(of_today) == 4
    assert sum(stage(ws, one.title) in {Stage.MET, Stage.THANKED} for one in of_today) == met
    before = [one for one in found.agenda.meetings if one.start.date() < now.date()]
    assert all(stage(ws, one.title) in {Stage.MET, Stage.THANKED} for one in before)
    assert not [one for one in today.due(ws, trip, found.agenda).items if one.kind is DueKind.HOW_WAS_IT]


def test_something_of_everything_is_due_in_the_middle_of_the_week(midweek: Workspace) -> None:
    (trip,) = midweek.store.trips()
    due = today.due(midweek, trip, week.current(midweek, trip).agenda).items
    titles = {one.title: one for one in due}
    assert "Write down what Quentin Quotation said" in titles
    thanks = titles["Thank Quentin Quotation"].deadline
    assert thanks is not None
    assert timedelta() < thanks - NOON < timedelta(hours=4)
    assert "Come back to Otto Sample as promised" in titles
    tomorrow = [one.title for one in due if one.kind is DueKind.CONFIRM and "Thu 26 Nov" in one.title]
    assert tomorrow == ["Confirm Thu 26 Nov 11:30 with Dot Draft"]
    assert len(due) <= 20


def test_the_cancelled_meeting_has_another_hour(midweek: Workspace) -> None:
    log = [touch.kind for touch in people.person(midweek, contact_id(midweek, "Ivo Invented")).touches]
    assert log[log.index(TouchKind.CANCELLED) - 1] is TouchKind.SCHEDULED
    assert stage(midweek, "Ivo Invented") is Stage.CONFIRMED


def contact_id(ws: Workspace, name: str) -> str:
    return next(one.id for one in ws.store.contacts() if one.name == name)


def test_names_that_were_mentioned_are_contacts_with_who_named_them(midweek: Workspace) -> None:
    by = {one.name: one.referred_by for one in midweek.store.contacts()}
    assert by["Philippa Percent"] == contact_id(midweek, "Otto Sample")
    assert by["Montague Margin"] == contact_id(midweek, "Ada Example")


def test_people_agree_and_disagree_and_a_direction_is_begun(midweek: Workspace) -> None:
    draws: dict[str, set[Draw]] = {}
    for one in midweek.store.insights():
        draws.setdefault(one.topic, set()).add(one.draw)
    assert draws["Mistakes"] == {Draw.DRAWS}
    assert {Draw.DRAWS, Draw.PUTS_OFF} <= draws["Hours"]
    assert len([field for field in direction.DirectionField if direction.latest(midweek, field).text]) == 2
    assert set(direction.marks(midweek).values()) == set(direction.Mark)


def test_tomorrow_is_prepared(midweek: Workspace) -> None:
    (trip,) = midweek.store.trips()
    left = {
        one.contact.name: [part.name for part in one.parts if not part.done]
        for one in preparing.prepared(midweek, trip)
    }
    assert left["Barnaby Blank"] == []
    assert "Questions" not in left["Dot Draft"]
    assert left["Odette Outline"]


def test_every_meeting_written_about_was_met_and_every_quote_has_a_meeting(midweek: Workspace) -> None:
    talks = debriefs.talks(midweek)
    assert all(talk.met is not None for talk in talks)
    assert {talk.contact.name for talk in talks if talk.debrief.text.is_empty} == {
        "Quentin Quotation",
        "Bix Lorem-Ipsum",
        "Petra Parable",
    }


# --------------------------------------------------------------------------------------------------- before the trip


def test_before_the_trip_there_is_who_one_is_and_what_talks_at_home_brought(ahead: Workspace) -> None:
    (trip,) = ahead.store.trips()
    assert trip.first_day > NOON.date()
    assert ahead.store.plan(trip.id) is None
    assert nothing_lies_ahead(ahead)
    assert settings.profile(ahead).name == "Robin Example"
    assert all(one.text for one in preparing.introductions(ahead))
    assert not [one for one in preparing.introductions(ahead) if preparing.asks_for_a_job(one.text)]
    assert len(ahead.store.rehearsals()) == 5
    assert ahead.store.research()
    assert {one.contact_id for one in ahead.store.planned_questions()} == {
        contact_id(ahead, "Ada Example"),
        contact_id(ahead, "Otto Sample"),
    }
    assert {talk.contact.name for talk in debriefs.talks(ahead) if not talk.debrief.text.is_empty} == {
        "Ravi Rhetorical",
        "Oscar Ontological",
    }


# ------------------------------------------------------------------------------------------------------ broken files


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"do": "juggle"}, "home.json, step 1: Nobody knows how to 'juggle'"),
        ({"shoes": "red"}, "home.json, step 1: Unknown key 'shoes'"),
        ({"business_days_ago": 0}, "home.json, step 1: business_days_ago is 0"),
        ({"person": "nobody", "do": "log", "kind": "met"}, "home.json, step 1: 'nobody' names nobody"),
    ],
)
def test_a_step_that_cannot_be_done_is_named_and_nothing_is_loaded(
    ws: Workspace, tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(data_folder() / "demo", folder)
    steps = json.loads((folder / "home.json").read_text(encoding="utf-8"))
    steps[0] |= changes
    (folder / "home.json").write_text(json.dumps(steps), encoding="utf-8")
    with pytest.raises(InputError, match=says), ws.store.transaction():
        tell(ws, folder, under_way=False)
    assert ws.store.is_empty()
