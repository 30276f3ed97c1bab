"""How the asking goes, in numbers: how far people came, who answers, when to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from iiplan.figures import funnel_figure, funnel_groups_figure, response_rate_figure
from iiplan.model import Stage, Trip
from iiplan.outreach import (
    ABOUT_FIRST_ASK,
    IN_TIME_ORDER,
    GroupFunnel,
    Grouping,
    History,
    ResponseRate,
    Rules,
    asks_to_compare,
    folded,
    funnel,
    funnel_sentence,
    funnels_by,
    funnels_sentence,
    response_rates,
    response_sentence,
    timing_sentence,
)
from iiplan.planner import settings
from iiplan.planner.workspace import Workspace
from iiplan.ui.behind import clickable_chart, show_people
from iiplan.ui.charts import show_chart, show_numbers
from iiplan.ui.groupings import GROUPING, choose_grouping, group_labels
from iiplan.ui.labels import STAGE, plural
from iiplan.ui.navigation import link

__all__ = ["show_funnel", "show_rates", "show_when"]

OF_FUNNEL = [by for by in Grouping if by not in {Grouping.WEEKDAY, Grouping.PART_OF_DAY}]
MOST_GROUPS = 12
NARROW = 760  # pixels within which rows of squares are still read as rows


def show_funnel(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """How many came how far, all together or group by group; a click shows who."""
    st.subheader("How far people have come", anchor=False)
    by = choose_grouping("Split by", "funnel-by", OF_FUNNEL, Grouping.ALL)
    if by is Grouping.ALL:
        _show_whole_funnel(ws, people, trip)
    else:
        _show_group_funnels(ws, people, trip, by)


def _show_whole_funnel(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    whole = funnel(people)
    point = clickable_chart(funnel_figure(whole, STAGE), funnel_sentence(whole), "funnel")
    step = next((step for step in whole.steps if point and step.stage == point[0]), None)
    if step:
        show_people("funnel", STAGE[step.stage], people, step.people, ws.now(), settings.rules(ws, trip))
    st.caption(
        "Each bar: everybody who ever came that far, and their share of the step before. Who was asked lately may "
        "still answer. Click a bar to see the people."
    )
    rows: list[dict[str, object]] = []
    for step in whole.steps:
        low, high = step.interval or (None, None)
        rows.append(
            {
                "Stage": STAGE[step.stage],
                "People": step.count,
                "Of the step before": step.of_previous,
                "Low (95 %)": low,
                "High (95 %)": high,
            }
        )
    show_numbers(rows, "funnel")
    if whole.step(Stage.ASKED).count == 0:
        link("today", "See whom to ask first")


def _show_group_funnels(ws: Workspace, people: Sequence[History], trip: Trip | None, by: Grouping) -> None:
    rules = settings.rules(ws, trip)
    groups = funnels_by(people, by, rules)
    labels = group_labels(ws, by, (one.group for one in groups))
    if not groups:
        _say_nobody_asked()
        return
    shown = folded(groups, by, MOST_GROUPS)
    names = [_row_name(one, by, labels) for one in shown]
    chart = f"funnel-by-{by}"
    with st.container(width=NARROW):
        point = clickable_chart(funnel_groups_figure(shown, names, STAGE), funnels_sentence(groups, labels), chart)
    for one, name in zip(shown, names, strict=True):
        for step in one.funnel.steps:
            if point == [one.group, step.stage, one.folded]:
                heading = f"{name}: {STAGE[step.stage]}"
                show_people(chart, heading, people, step.people, ws.now(), rules)
    st.caption(
        "In each square the people who ever came that far, and their share of the step before: the darker, the more. "
        "Hollow: fewer than five in the step before, so it says little. Click a square to see the people."
        f" Who was asked lately may still answer.{_left_out(people, by)}"
    )
    show_numbers(
        [
            {GROUPING[by]: labels[one.group], **{STAGE[step.stage]: step.count for step in one.funnel.steps}}
            for one in groups
        ],
        chart,
    )


def _row_name(one: GroupFunnel, by: Grouping, labels: Mapping[str, str]) -> str:
    if not one.folded:
        return labels[one.group]
    return plural(one.folded, "earlier week" if by is Grouping.WEEK else "smaller group")


def _left_out(people: Sequence[History], by: Grouping) -> str:
    never = sum(person.known.first_ask is None for person in people) if by in ABOUT_FIRST_ASK else 0
    if not never:
        return ""
    return f" {plural(never, 'person', 'people')} never asked {'is' if never == 1 else 'are'} left out."


def show_rates(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """Who answers, by group; a click shows who was asked."""
    st.subheader("Who answers", anchor=False)
    by = choose_grouping("Group by", "rates-by", list(Grouping), Grouping.SOURCE)
    rules = settings.rules(ws, trip)
    rates = response_rates(people, ws.now(), by=by, rules=rules)
    if not rates:
        _say_nobody_asked()
        return
    labels = group_labels(ws, by, (rate.group for rate in rates))
    chart = f"response-rate-by-{by}"
    figure = response_rate_figure(rates, labels, latest=by in IN_TIME_ORDER)
    point = clickable_chart(figure, response_sentence(rates, labels), chart)
    for rate in rates:
        if point == [rate.group]:
            show_people(chart, f"Asked: {labels[rate.group]}", people, rate.people, ws.now(), rules)
    st.caption(
        f"Dot: the share that answered so far, of those first asked {_patience(rules)} ago or earlier. Recent: asked "
        "since, and in no rate yet, answered or not. Bar: the 95 % Wilson interval, within which the true rate "
        "plausibly lies. Hollow: fewer than five people, so it says little. Click a dot to see who was asked."
    )
    show_numbers(_rate_rows(rates, labels, GROUPING[by]), chart)


def show_when(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """Whether the weekday and the time of day of the first ask make a difference."""
    st.subheader("When to ask", anchor=False)
    rules = settings.rules(ws, trip)
    untimed = 0
    for by, times in ((Grouping.WEEKDAY, "weekdays"), (Grouping.PART_OF_DAY, "times of day")):
        rates = response_rates(people, ws.now(), by=by, rules=rules)
        if not rates:
            _say_nobody_asked()
            return
        labels = group_labels(ws, by, (rate.group for rate in rates))
        sentence = timing_sentence(rates, labels, times)
        st.markdown(f"**{GROUPING[by]}**")
        if asks_to_compare(rates):
            st.markdown(sentence)
            continue
        told = [rate for rate in rates if rate.group]
        untimed += sum(rate.asked for rate in rates if not rate.group)
        show_chart(response_rate_figure(told, labels), sentence, _rate_rows(told, labels, GROUPING[by]), f"by-{by}")
    st.caption(
        f"Counted are those first asked {_patience(rules)} ago or earlier. By the clock of the place where you "
        "asked. People asked at different times may differ in more than the time: "
        f"whom you know well, you may write to in the evening.{_untimed(untimed)}"
    )


def _untimed(asks: int) -> str:
    if not asks:
        return ""
    said = "One ask that stands at noon exactly is" if asks == 1 else f"{asks:,} asks that stand at noon exactly are"
    return f" {said} left out of the times of day: that is how asks without a time are logged."


def _patience(rules: Rules) -> str:
    return plural(rules.cadence.nudge_after, "business day")


def _rate_rows(rates: Sequence[ResponseRate], labels: Mapping[str, str], what: str) -> list[dict[str, object]]:
    return [
        {
            what: labels[rate.group],
            "Asked": rate.asked,
            "Had time to answer": rate.decided,
            "Answered": rate.answered,
            "Recent, pending": rate.pending,
            "Recent, answered already": rate.early,
            "Response rate": rate.rate,
            "Low (95 %)": rate.low if rate.rate is not None else None,
            "High (95 %)": rate.high if rate.rate is not None else None,
        }
        for rate in rates
    ]


def _say_nobody_asked() -> None:
    st.info("Nobody has been asked yet. Ask somebody and log it, and the numbers show here.", icon=":material/send:")
    link("today", "See whom to ask first")
