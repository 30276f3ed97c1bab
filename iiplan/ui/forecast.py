"""Parts of the Outreach page that look ahead: how long people take to answer, and how many more to ask."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from iiplan.errors import InputError
from iiplan.figures import gains_figure, meetings_figure, reply_times_figure
from iiplan.forecast import (
    Assumptions,
    Evidence,
    Forecast,
    ReplyTimes,
    SourceAssumption,
    gain_words,
    gains_sentence,
    needed_sentence,
    reply_sentence,
    week_sentence,
)
from iiplan.model import Source, Trip
from iiplan.outreach import History
from iiplan.planner import forecasting
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.charts import show_chart
from iiplan.ui.labels import SOURCE, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["show_reply_times", "show_still_needed"]

ANSWERED, YES, WORTH = "Answered, %", "Yes, %", "Worth, asks"


def show_reply_times(ws: Workspace, people: Sequence[History], trip: Trip | None) -> None:
    """How long people take to answer; ``people`` is everybody."""
    st.subheader("How long answers take", anchor=False)
    times = forecasting.times(ws, trip, people)
    if times.asked < 2:
        st.markdown(escaped(reply_sentence(times)))
        st.caption("The curve appears once two people have been asked.")
        return
    show_chart(reply_times_figure(times), reply_sentence(times), reply_rows(times), "reply-times")
    st.caption(
        "The curve of Kaplan and Meier: the share of people asked who have answered by then. Those who still wait "
        "count as waiting, not as a no."
    )


def reply_rows(times: ReplyTimes) -> list[dict[str, object]]:
    """The curve as a table."""
    return [
        {
            "Business days": step.day,
            "Waited for": step.at_risk,
            "Answered that day": step.answered,
            "Answered by then": step.share,
            "Low (95 %)": step.low,
            "High (95 %)": step.high,
        }
        for step in times.steps
    ]


def show_still_needed(ws: Workspace, trip: Trip | None, people: Sequence[History] | None = None) -> None:
    """How many more people to ask, the week that is to be expected, and what that rests on.

    ``people`` is everybody, when they are loaded already.
    """
    st.subheader("Whom you still need to ask", anchor=False)
    if trip is None:
        st.info(
            "There is no trip yet. With a city and a week, this says how many more people to ask, and by when.",
            icon=":material/luggage:",
        )
        link("trip", "Choose a city and a week")
        return
    per_day = st.segmented_control(
        "Meetings that make a full day",
        forecasting.PER_DAY,
        format_func=lambda count: f"{count} a day",
        default=forecasting.PER_DAY[0],
        required=True,
        key="forecast-per-day",
    )
    given = forecasting.still_needed(ws, trip, per_day, people=people)
    st.markdown(f"**{escaped(needed_sentence(given))}**")
    if given.days_left == 0:
        st.markdown(escaped(week_sentence(given)))
        return
    answers = sum(gain.evidence.answered for gain in given.gains)
    st.caption(
        f"An estimate for a chance of 80 %, from {given.draws:,} drawn weeks. It rests on {plural(answers, 'answer')} "
        "of yours and on the assumptions below."
    )
    show_chart(meetings_figure(given), week_sentence(given), meeting_rows(given), "meetings-forecast")
    if given.worth_asking:
        show_chart(gains_figure(given, SOURCE), gains_sentence(given), gain_rows(given), "one-more-ask")
    else:
        st.markdown(escaped(gains_sentence(given)))
    with st.expander("What this assumes", icon=":material/balance:"):
        show_assumptions(ws, [gain.evidence for gain in given.gains])


def meeting_rows(given: Forecast) -> list[dict[str, object]]:
    """The chances as a table."""
    return [
        {"Meetings": count, "Chance": chance, "Full week": "yes" if count >= given.goal else "no"}
        for count, chance in enumerate(given.chances)
    ]


def gain_rows(given: Forecast) -> list[dict[str, object]]:
    """What one more ask adds, as a table."""
    return [
        {
            "How found": SOURCE[gain.source],
            "Meetings added": gain_words(gain),
            "Chance of a meeting, given room": gain.yes_chance,
            "Asked": gain.evidence.asked,
            "Answered": gain.evidence.answered,
            "Said yes": gain.evidence.yes,
            "Said no": gain.evidence.no,
        }
        for gain in sorted(given.gains, key=lambda gain: -gain.meetings)
    ]


def show_assumptions(ws: Workspace, own: Sequence[Evidence]) -> None:
    """The assumptions to change, own data beside them."""
    assumed = forecasting.assumptions(ws)
    st.markdown(
        "These are **assumptions**, not measurements: no good public figure exists. Each weighs as much as so many "
        "asks of your own, and gives way as your own answers add up."
    )
    typed = assumption_form(assumed, own)
    if assumed != Assumptions():
        st.button("Back to the usual values", icon=":material/undo:", on_click=save, args=(ws, Assumptions()))
    st.caption(
        "Further assumptions: what is agreed is held; an hour is settled on the business day after a yes; sources tell "
        "nothing about one another; one curve of reply times fits all; where meetings are on the map is not looked at."
    )
    if typed is not None:
        save(ws, typed)
        st.rerun()


def assumption_form(assumed: Assumptions, own: Sequence[Evidence]) -> Assumptions | None:
    """What was typed, once it is to be saved; what cannot be is said, and stays in the form."""
    key = session.draft_key("assumptions")
    percents = partial(st.column_config.NumberColumn, min_value=1, max_value=99, required=True)
    with st.form(key, enter_to_submit=False, border=False):
        edited = st.data_editor(
            assumption_table(assumed, own),
            hide_index=True,
            disabled=["How found", "Your own so far"],
            column_config={
                "How found": st.column_config.TextColumn(pinned=True, width=140),
                ANSWERED: percents(help="Of asks, the share that is answered."),
                YES: percents(help="Of answers, the share that is a yes."),
                WORTH: st.column_config.NumberColumn(
                    min_value=1, max_value=1000, required=True, help="Weighs as much as so many asks of your own."
                ),
            },
            height="content",
            key=f"{key}-table",
        )
        left, right = st.columns(2)
        within = left.number_input("Half of the answers come within, business days", 0, 30, assumed.reply_within)
        worth = right.number_input("That is worth, answers of your own", 1, 1000, round(assumed.reply_worth))
        left, right = st.columns(2)
        kept = left.number_input("A yes becomes a meeting in that week, %", 0, 100, round(100 * assumed.kept))
        through = right.selectbox(
            "People who are not on the list yet come from",
            list(Source),
            index=list(Source).index(assumed.found_through),
            format_func=SOURCE.__getitem__,
        )
        if not st.form_submit_button("Save the assumptions", type="primary", icon=":material/save:"):
            return None
    try:
        return Assumptions(
            sources=tuple(
                SourceAssumption(source=source, answered=row[ANSWERED] / 100, yes=row[YES] / 100, worth=row[WORTH])
                for source, row in zip(Source, edited.to_dict("records"), strict=True)
            ),
            kept=kept / 100,
            reply_within=within,
            reply_worth=worth,
            found_through=through or assumed.found_through,
        )
    except InputError as error:
        st.error(escaped(str(error)))
        return None


def assumption_table(assumed: Assumptions, own: Sequence[Evidence]) -> pd.DataFrame:
    """A row a source."""
    log = {one.source: one for one in own}
    return pd.DataFrame(
        [
            {
                "How found": SOURCE[one.source],
                ANSWERED: round(100 * one.answered),
                YES: round(100 * one.yes),
                WORTH: round(one.worth),
                "Your own so far": own_so_far(log[one.source]),
            }
            for one in map(assumed.of, Source)
        ]
    )


def own_so_far(own: Evidence) -> str:
    """'8 asked: 5 answered, 3 yes, 1 no'."""
    if own.asked == 0:
        return "nobody asked"
    return f"{own.asked} asked: {own.answered} answered, {own.yes} yes, {own.no} no"


def save(ws: Workspace, given: Assumptions) -> None:
    """Keep assumptions, with a way back."""
    before = forecasting.assumptions(ws)
    put(ws, given)
    session.notify("Saved: what the forecast assumes.", undo=lambda: put(ws, before))


def put(ws: Workspace, given: Assumptions) -> None:
    """Keep assumptions, and show them in a fresh form."""
    forecasting.save_assumptions(ws, given)
    session.new_draft("assumptions")
