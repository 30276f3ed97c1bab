"""The funnel and the response rates as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from outreach_builders import AFTER_ALL, log, on, person, touch

from iiplan.model import Source
from iiplan.outreach import Grouping, funnel_document, history, wilson_interval

DOCS = Path(__file__).resolve().parents[2] / "docs" / "numbers.md"
NOW = on(31)
PEOPLE = (
    history(person("Ada", source=Source.EVENT), log("asked", "accepted", "met")),
    history(person("Ben", source=Source.EVENT), [touch("asked", on(30))]),
    history(person("Cleo", source=Source.FRIEND), []),
)


def test_the_document_has_steps_and_rates_with_counts_and_intervals() -> None:
    document = json.loads(json.dumps(funnel_document(PEOPLE, Grouping.SOURCE, NOW)))
    low, high = wilson_interval(2, 3)
    assert document["steps"][1] == {
        "stage": "asked",
        "people": 2,
        "step_before": 3,
        "share": 2 / 3,
        "low": low,
        "high": high,
    }
    assert document["steps"][0] == {
        "stage": "identified",
        "people": 3,
        "step_before": None,
        "share": None,
        "low": None,
        "high": None,
    }
    low, high = wilson_interval(1, 1)
    event = {
        "asked": 2,
        "answered": 1,
        "pending": 1,
        "early": 0,
        "decided": 1,
        "rate": 1.0,
        "low": low,
        "high": high,
        "small": True,
    }
    assert document["response"] == event
    assert [(one["group"], one["response"]) for one in document["groups"]] == [("event", event), ("friend", None)]
    assert document["groups"][1]["steps"][0]["people"] == 1
    assert (document["by"], document["now"], document["patience_business_days"]) == ("source", NOW.isoformat(), 7)


def test_all_together_needs_no_groups() -> None:
    assert funnel_document(PEOPLE, Grouping.ALL, NOW)["groups"] == []


def test_a_rate_of_nothing_decided_is_null() -> None:
    document = funnel_document([PEOPLE[1]], Grouping.ALL, NOW)
    response = document["response"]
    assert isinstance(response, dict)
    assert (response["pending"], response["rate"], response["low"], response["high"]) == (1, None, None, None)


@pytest.mark.parametrize("by", Grouping)
def test_nobody_gives_a_document_too(by: Grouping) -> None:
    document = funnel_document([], by, AFTER_ALL)
    assert (document["response"], document["groups"]) == (None, [])
    json.dumps(document)


def keys(value: object) -> set[str]:
    """Every key in a document, however deep."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


def test_every_key_and_every_grouping_is_documented() -> None:
    rows = re.findall(r"^\| (`.*?) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    documented = {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}
    assert keys(funnel_document(PEOPLE, Grouping.SOURCE, NOW)) | set(Grouping) == documented
