"""The commands about the asking give what the pages show."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import a_person
from click.testing import CliRunner, Result

from iiplan.cli import main
from iiplan.model import TouchKind
from iiplan.outreach import DueKind, Effort, Grouping
from iiplan.planner import asking, forecasting, people, today, trips, week
from iiplan.planner.workspace import Workspace, load_demo, running_workspace

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def demo(database: Path) -> Workspace:
    """The demo, planned, with the clock that the commands have."""
    ws = running_workspace()
    load_demo(ws)
    week.plan(ws, trips.trip_named(ws, None))
    return ws


def iiplan(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def printed(*arguments: str) -> dict[str, object]:
    result = iiplan(*arguments)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def test_due_prints_what_today_shows_at_that_moment(demo: Workspace) -> None:
    trip = trips.trip_named(demo, None)
    agenda = week.current(demo, trip).agenda
    moment = datetime.combine(demo.now().astimezone(trip.zone).date(), datetime.min.time(), trip.zone).replace(hour=9)
    shown = today.due(demo, trip, agenda, now=moment)
    document = printed("due", "--now", f"{moment:%Y-%m-%dT%H:%M}", "--json")
    assert document == today.due_document(shown)
    entries = document["due"]
    assert isinstance(entries, list)
    assert [entry["title"] for entry in entries] == [item.title for item in shown.items]
    assert entries
    assert iiplan("due", "--now", f"{moment:%Y-%m-%dT%H:%M}").stdout.splitlines()[0].startswith(entries[0]["title"])


def test_what_was_put_off_is_listed_apart(demo: Workspace) -> None:
    trip = trips.trip_named(demo, None)
    item = today.due(demo, trip, None).items[0]
    today.snooze(demo, item, demo.now() + timedelta(days=2))
    document = printed("due", "--json")
    assert [entry["key"] for entry in document["snoozed"]] == [item.key]  # type: ignore[attr-defined]
    assert "1 put off." in iiplan("due").stdout


def test_every_word_of_the_due_document_is_in_the_docs(demo: Workspace) -> None:
    text = (DOCS / "today.md").read_text(encoding="utf-8")
    document = printed("due", "--json")
    entry = document["due"][0]  # type: ignore[index]
    words = {*document, *entry, *DueKind, *(effort.name.lower() for effort in Effort)}
    assert {word for word in words if f"`{word}`" not in text} == set()


@pytest.mark.parametrize("by", list(Grouping))
def test_funnel_prints_a_document_for_every_grouping(demo: Workspace, by: Grouping) -> None:
    document = printed("funnel", "--by", by.value, "--json")
    assert document["by"] == by
    steps = document["steps"]
    assert isinstance(steps, list)
    assert steps[0]["people"] == len(demo.store.contacts())
    assert iiplan("funnel", "--by", by.value).exit_code == 0


def test_forecast_gives_the_same_numbers_for_the_same_seed(demo: Workspace) -> None:
    first, again = (printed("forecast", "--json", "--seed", "1") for _ in range(2))
    ignored = {"now": None}
    assert first | ignored == again | ignored
    expected = forecasting.document(demo, trips.trip_named(demo, None), seed=1)
    assert first | ignored == json.loads(json.dumps(expected | ignored))
    assert printed("forecast", "--json", "--seed", "2")["seed"] == 2


def test_the_commands_speak_without_people_and_without_a_trip(database: Path) -> None:
    assert iiplan("due").stdout == "Nothing presses right now.\n"
    assert "nobody in the list yet" in iiplan("funnel").stdout
    assert iiplan("forecast").exit_code == 0
    assert printed("forecast", "--json")["forecasts"] == []


def test_a_moment_or_a_trip_that_is_none_is_refused_in_words(demo: Workspace) -> None:
    wrong = iiplan("due", "--now", "tomorrow")
    assert (wrong.exit_code, wrong.stderr) == (2, "iiplan: 'tomorrow' is no moment. Write it like 2027-03-11T09:00.\n")
    unknown = iiplan("forecast", "--trip", "Oslo")
    assert unknown.exit_code == 2
    assert "No trip 'Oslo'. Known trips: Washington week." in unknown.stderr


def test_names_cannot_steer_the_terminal(database: Path) -> None:
    ws = running_workspace()
    a_person(ws, "Ada\N{RIGHT-TO-LEFT OVERRIDE}Example", organisation="Acme\nReply to Bo")
    contact = people.overview(ws)[0].contact
    asking.log(ws, contact.id, TouchKind.REPLIED)
    shown = iiplan("due").stdout
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown
    assert "Reply to Ada Example" in shown
    assert "\nReply to Bo" not in iiplan("funnel", "--by", "organisation").stdout
