"""How the numbers grow with the log is measured on logs that are what they claim, and told as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from bench.logs import TOUCHES_EACH, invented_log
from bench.numbers import HEADING, JOBS, Grown, measured, met, section, with_section
from iiplan.model import Stage, TouchKind
from iiplan.outreach import funnel, histories

NOW = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)
SLOW = Grown(job="Slow", times={200: 0.01, 2_000: 0.05, 20_000: 0.61})  # 5 and 12.2 times as long
FAST = Grown(job="Fast", times={200: 0.01, 2_000: 0.05, 20_000: 0.6})


def test_an_invented_log_has_its_size_and_is_the_same_each_time() -> None:
    contacts, touches = invented_log(50, NOW)
    assert (len(contacts), len(touches)) == (50, 50 * TOUCHES_EACH)
    assert invented_log(50, NOW) == (contacts, touches)
    assert invented_log(50, NOW, seed=2) != (contacts, touches)


def test_an_invented_log_has_something_of_everything_and_nothing_ahead() -> None:
    contacts, touches = invented_log(300, NOW)
    assert all(touch.at <= NOW for touch in touches)
    steps = funnel(histories(contacts, touches)).steps
    assert all(before.count >= after.count > 0 for before, after in pairwise(steps))
    assert steps[1].count < 300
    kinds = {touch.kind for touch in touches}
    assert {TouchKind.VOID, TouchKind.NOTE, TouchKind.CANCELLED} <= kinds
    assert Stage.IN_TOUCH in {step.stage for step in steps}


def test_each_job_is_measured_at_each_size() -> None:
    grown = measured((20, 200), tries=1)
    assert [one.job for one in grown] == list(JOBS)
    assert all(list(one.times) == [20, 200] and min(one.times.values()) > 0 for one in grown)


def test_growing_faster_than_the_target_is_a_miss_and_said_so() -> None:
    assert met([FAST])
    assert not met([FAST, SLOW])
    text = "\n".join(section([FAST, SLOW]))
    assert "(**missed**)" in text
    assert "| Slow | 0.010 s | 0.050 s | 0.61 s | 5.0, 12.2 |" in text


def test_the_section_replaces_its_last_version_and_leaves_the_rest_of_the_page() -> None:
    page = "# Benchmarks\n\nText.\n\n## Other\n\nMore.\n"
    once = with_section(page, section([SLOW]))
    assert once.startswith(page)
    again = with_section(once, section([FAST]))
    assert again == with_section(page, section([FAST]))
    between = f"# Benchmarks\n\n{HEADING}\n\nOld.\n\n## Other\n\nMore.\n"
    replaced = with_section(between, section([FAST]))
    assert "Old." not in replaced
    assert replaced.endswith("|\n\n## Other\n\nMore.\n")
