"""What happened over time: activity by week, time in each stage, one person's course, and who led to whom."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.figures import activity_figure, referral_figure, stage_time_figure, timeline_figure
from iiplan.model import Trip
from iiplan.outreach import (
    Forest,
    History,
    StageTime,
    activity,
    activity_sentence,
    course_sentence,
    forest_sentence,
    referrals,
    stage_time_sentence,
    stage_times,
)
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.charts import show_chart
from iiplan.ui.labels import KIND, STAGE, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["show_activity", "show_referrals", "show_timeline_picture"]

MOST_HINTS = 3
MOST_LETTERS = 24


def show_activity(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """What was done in each week, and how long people stay in each stage."""
    st.subheader("Week by week", anchor=False)
    rules = settings.rules(ws, trip)
    now = ws.now().astimezone(ZoneInfo(session.browser_timezone()))
    weeks = activity(people, now, rules)
    if not weeks:
        _say_what_to_do(people)
        return
    rows: list[dict[str, object]] = [
        {
            "Week of": f"{week.monday:%Y-%m-%d}",
            "People asked": week.asked,
            "Nudges": week.nudged,
            "First answers": week.answered,
            "People who said yes": week.accepted,
            "Meetings": week.met,
        }
        for week in weeks
    ]
    show_chart(activity_figure(weeks), activity_sentence(weeks), rows, "activity")
    st.subheader("Time in each stage", anchor=False)
    times = stage_times(people, now, rules)
    show_chart(
        stage_time_figure(times, STAGE),
        stage_time_sentence(times, STAGE),
        [_stage_row(time) for time in times],
        "time-in-each-stage",
    )
    st.caption(
        "Somebody who is still in a stage counts for as long as they have been there, so that the slow ones are not "
        "left out (Kaplan–Meier). Whoever came back to a stage counts again."
    )


def _say_what_to_do(people: Sequence[History]) -> None:
    if people:
        st.info("Nobody has been asked yet. Ask somebody and log it, and the weeks show here.", icon=":material/send:")
        link("today", "See whom to ask first")
    else:
        st.info("Nobody to ask yet. Add the people you know or can reach.", icon=":material/group_add:")
        link("contacts", "Add people")


def _stage_row(time: StageTime) -> dict[str, object]:
    def days(value: float | None) -> str:
        return "" if value is None else f"{value:.1f}"

    return {
        "Stage": STAGE[time.stage],
        "Left": time.ended,
        "Still there": time.running,
        "Days until a quarter had left": days(time.quarter),
        "Days until half had left": days(time.half),
        "Days until three quarters had left": days(time.three_quarters),
    }


def show_timeline_picture(ws: Workspace, person: History, trip: Trip | None) -> None:
    """One person's course as a picture; nothing before anything happened."""
    if not person.touches:
        return
    rules = settings.rules(ws, trip)
    now = ws.now().astimezone(ZoneInfo(session.browser_timezone()))
    rows: list[dict[str, object]] = [
        {
            "When": f"{touch.at.astimezone(rules.zone or ZoneInfo(touch.timezone)):%Y-%m-%d %H:%M}",
            "What": KIND[touch.kind],
            "Note": touch.note,
        }
        for touch in person.touches
    ]
    show_chart(
        timeline_figure(person, now, kinds=KIND, stages=STAGE, rules=rules),
        course_sentence(person, now, STAGE, rules),
        rows,
        f"timeline-{person.contact.id}",
    )


def show_referrals(ws: Workspace, people: Sequence[History]) -> None:
    """Who led to whom; a click on somebody leads to them."""
    st.subheader("Who led to whom", anchor=False)
    forest = referrals(people)
    if not forest.nodes:
        st.info(
            "Nobody is noted as having come by referral yet. In each meeting, ask who else to talk to; then say "
            "“Referred by” where you add them.",
            icon=":material/account_tree:",
        )
        link("contacts", "Add people")
        return
    names = {node.contact_id: node.name for node in forest.nodes}
    rows: list[dict[str, object]] = [
        {
            "Name": node.name,
            "Referred by": names[node.parent] if node.parent else "",
            "Came as far as": STAGE[node.furthest],
            "Led to": node.led_to,
            "Of them met": node.met,
        }
        for node in forest.nodes
    ]
    chosen = show_chart(referral_figure(forest), forest_sentence(forest), rows, "referrals", choose=True)
    known = [one for one in chosen if one in names]
    if known:
        link("contacts", f"Open {escaped(_short(names[known[0]]))}", person=known[0])
    else:
        st.caption("Click on somebody to open them.")
    _show_untold(forest, names)


def _show_untold(forest: Forest, names: dict[str, str]) -> None:
    """Those who should hear how it went, each with a link."""
    if not forest.untold:
        return
    st.markdown("**Tell them how it went.** You met people they led you to, and nothing to them is logged since.")
    for one in forest.untold[:MOST_HINTS]:
        first = escaped(_short(names[one.about[0]]))
        others = f" and {plural(len(one.about) - 1, 'other')}" if len(one.about) > 1 else ""
        link("contacts", f"{escaped(_short(one.name))}, about {first}{others}", person=one.contact_id)
    more = len(forest.untold) - MOST_HINTS
    if more > 0:
        st.caption(f"And {plural(more, 'more person', 'more people')}.")


def _short(name: str) -> str:
    """A name that leaves room beside it on a phone."""
    words = " ".join(name.split())
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1].rstrip() + "…"
