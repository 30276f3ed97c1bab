"""One week from a yes to a promise kept, through pages and commands: nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path

import pytest
from builders import MONDAY, NEAR, WASHINGTON, a_person, a_trip
from click.testing import CliRunner
from page_driver import open_page, press, words
from streamlit.testing.v1 import AppTest

from iiplan.cli import main
from iiplan.model import Stage, TouchKind, Welcome
from iiplan.planner import asking, people, settings, trips
from iiplan.planner.workspace import open_workspace
from iiplan.store import Store

DAY = MONDAY.isoformat()


class Story:
    """Somebody at the app: a clock to set, windows to open, and every text typed so far."""

    def __init__(self, database: Path, clock: pytest.MonkeyPatch) -> None:
        self.database, self._clock = database, clock
        self.typed: list[str] = []
        self.at("2026-11-23", "10:00")

    def at(self, day: str, clock: str) -> None:
        """Move on to another moment, in Washington."""
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), WASHINGTON)
        self.ws = open_workspace(self.database, now=lambda: moment)
        self._clock.setenv("IIPLAN_NOW", moment.isoformat())

    def visit(self, page: str = "today", **query: str) -> AppTest:
        """Open a page in a window of its own."""
        return open_page(page, timezone="America/New_York", **query)

    def write(self, at: AppTest, label: str, text: str, *, run: bool = True) -> None:
        """Type into the first box whose label starts so, and leave it."""
        box = next(one for one in (*at.text_area, *at.text_input) if one.label.startswith(label))
        box.input(text)
        if run:
            at.run()
            assert not at.exception
        self.typed.append(text)

    def command(self, *arguments: str) -> str:
        """What a command of iiplan prints."""
        done = CliRunner().invoke(main, ["--db", str(self.database), *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    def nothing_is_lost(self, database: Path | None = None) -> None:
        """Every text typed so far is in what the file holds."""
        kept = everything(Store.open(database or self.database))
        missing = [text for text in self.typed if not any(text in one for one in kept)]
        assert not missing

    def stage(self) -> Stage:
        return people.person(self.ws, "ada").stage


def everything(store: Store) -> list[str]:
    """Every text in a database, as its readers give it."""
    found = [
        store.contacts(),
        store.touches(),
        store.trips(),
        [store.candidates(trip.id) for trip in store.trips()],
        store.debriefs(),
        store.insights(),
        store.planned_questions(),
        store.own_questions(),
        store.research(),
        [store.setting(name) for name in ("profile", "introductions", "direction")],
    ]
    return list(texts(found))


def texts(value: object) -> Iterator[str]:
    """All strings inside nouns, lists and documents."""
    if isinstance(value, str):
        yield value.value if isinstance(value, Enum) else value
    elif isinstance(value, dict):
        yield from texts([*value.keys(), *value.values()])
    elif isinstance(value, Sequence):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


@pytest.fixture
def story(database: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Ada has said yes; Bo has, too, and is free when she is."""
    story = Story(database, monkeypatch)
    ws, trip = story.ws, a_trip(story.ws)
    settings.save_profile(ws, settings.Profile(name="Robin Sample", who="a student of maps"))
    for name in ("Ada", "Bo"):
        a_person(ws, name, role="Analyst", organisation="Acme", place=NEAR, email=f"{name.lower()}@example.org")
        asking.log(ws, name.lower(), TouchKind.ACCEPTED, timezone="America/New_York", trip_id=trip.id)
    trips.add_candidates(ws, trip, ["ada", "bo"])
    return story


Step = Callable[[Story], None]


def hours_are_typed_offered_and_agreed(story: Story) -> None:
    at = story.visit("trip")
    next(one for one in at.selectbox if one.label.startswith("Change one")).select("ada").run()
    next(one for one in at.text_input if one.label.startswith("In words")).input("Mon 9-12")
    press(at, "Add hours")
    at = story.visit("week")
    next(one for one in at.selectbox if one.label.startswith("Find hours")).select("ada").run()
    press(at, "Offered: hold")
    assert "Offered and held for Ada" in words(at)
    press(at, "Chose Mon 7 Dec")
    assert story.stage() is Stage.SCHEDULED


def the_week_is_planned_and_the_hour_confirmed(story: Story) -> None:
    at = story.visit("week")
    press(at, "Plan the week")
    assert "No better week exists" in words(at) or "proven best" in [one.delta for one in at.metric]
    story.at("2026-12-06", "12:00")
    at = story.visit("today", now="0")
    press(at, "Log: confirmed")
    assert story.stage() is Stage.CONFIRMED


def it_is_prepared(story: Story) -> None:
    at = story.visit("prepare", person="ada")
    press(at, "Propose questions")
    story.write(at, "In your own words", "Which map would you never draw again?")
    press(at, "Add")
    story.write(at, "In your words", "Drew the night buses: “the only map that smiles”.", run=False)
    press(at, "Save")
    at = story.visit("prepare", section="introduction")
    story.write(at, "Introduction: I know", "I am Robin, I draw maps of places I have not been to.\nYet.")


def the_day_is_on_paper(story: Story) -> None:
    sheet = story.command("brief", "--day", DAY)
    assert "Ada" in sheet
    assert "only map that smiles" in sheet


def they_meet_and_it_is_written_down_in_two_windows(story: Story) -> None:
    (candidate,) = [one for one in story.ws.store.candidates(trips.trip_named(story.ws, None).id) if one.fixed_start]
    assert candidate.fixed_start is not None
    hour = candidate.fixed_start.astimezone(WASHINGTON)
    story.at(DAY, f"{hour:%H:%M}")
    at = story.visit("today", now="1")
    press(at, "Met")
    assert story.stage() is Stage.MET
    left, right = (story.visit("learned", section="debriefs", person="ada") for _ in range(2))
    story.write(left, "Everything", "She keeps <b>every</b> draft, *also* the wrong ones; 20 % are \\ upside down.")
    story.write(right, "Everything", "Left-handed, and the legend is always on the right. 地図 🗺️")
    story.nothing_is_lost()  # both, before anybody has looked
    press(right, "Take it in")
    story.write(right, "Something they said", "A map is a promise.")
    story.write(right, "Names they", "Jane Doe, Nowhere Maps, can hire")
    story.write(right, "What I promised", "the list of bridges that are gone")
    right.date_input[0].set_value(date(2026, 12, 9)).run()
    next(one for one in right.get("button_group") if one.label.startswith("Do they")).set_value(Welcome.YES).run()
    press(right, "Add 1 person")
    (jane,) = [one for one in story.ws.store.contacts() if one.name == "Jane Doe"]
    assert jane.referred_by == "ada"


def an_answer_and_an_insight_are_kept(story: Story) -> None:
    at = story.visit("prepare", person="ada")
    (own,) = [one for one in story.ws.store.planned_questions("ada") if not one.question_id]
    next(one for one in at.checkbox if f"question-{own.id}" in str(one.key)).check().run()
    story.write(at, "What Ada said", "The first one: north was where the coffee stood.")
    at = story.visit("learned", section="debriefs", person="ada")
    story.write(at, "What did you learn", "Half of the work is leaving things out.", run=False)
    press(at, "Add insight")


def thanks_quote_her(story: Story) -> None:
    story.at(DAY, "19:00")
    at = story.visit("contacts", person="ada")
    press(at, "Message")
    assert any("A map is a promise" in one.value for one in at.code)
    press(at, "Sent by e-mail")
    assert story.stage() is Stage.THANKED


def the_direction_is_begun(story: Story) -> None:
    at = story.visit("learned", section="direction")
    story.write(at, "What work?", "Maps that leave things out.")


def the_promise_is_kept(story: Story) -> None:
    story.at("2026-12-09", "09:00")
    assert "Come back to Ada as promised" in story.command("due", "--now", "2026-12-09T09:00")
    at = story.visit("contacts", person="ada")
    press(at, "Log: followed up")
    assert story.stage() is Stage.IN_TOUCH
    assert "Come back to Ada" not in story.command("due", "--now", "2026-12-09T10:00")


STEPS: tuple[Step, ...] = (
    hours_are_typed_offered_and_agreed,
    the_week_is_planned_and_the_hour_confirmed,
    it_is_prepared,
    the_day_is_on_paper,
    they_meet_and_it_is_written_down_in_two_windows,
    an_answer_and_an_insight_are_kept,
    thanks_quote_her,
    the_direction_is_begun,
    the_promise_is_kept,
)


def test_from_a_yes_to_a_promise_kept_nothing_that_was_typed_is_lost(story: Story, tmp_path: Path) -> None:
    for step in STEPS:
        step(story)
        story.nothing_is_lost()
    assert len(story.typed) == 11  # no step was passed over
    for name, *made in (("copy", "backup"), ("all.zip", "export", "--workspace")):
        file, again = tmp_path / name, tmp_path / f"again-{name}.sqlite"
        story.command(*made, str(file))
        done = CliRunner().invoke(main, ["--db", str(again), "restore", str(file)])
        assert done.exit_code == 0, done.output
        story.nothing_is_lost(again)
