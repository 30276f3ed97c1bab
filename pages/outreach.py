"""How is my asking going? Log what happened; the funnel; who answers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from iiplan.figures import funnel_figure, response_rate_figure
from iiplan.model import Stage
from iiplan.outreach import Funnel, ResponseRate, funnel_sentence, response_sentence
from iiplan.planner import asking, people
from iiplan.planner.people import Person
from iiplan.ui import session
from iiplan.ui.labels import AUTHORITY, CHANNEL, SOURCE, STAGE, escaped
from iiplan.ui.navigation import link
from iiplan.ui.touches import Words, log_buttons

GROUPINGS: dict[asking.Grouping, str] = {
    "source": "How found",
    "authority": "Authority",
    "channel": "Channel",
    "organisation": "Organisation",
}
PLOT = {"displayModeBar": False}

ws = session.workspace()
everybody = people.overview(ws)


def show_logging() -> None:
    """Two clicks: the person, then what happened."""
    by_id = {one.contact.id: one for one in everybody}
    chosen = st.selectbox(
        "Who?",
        [one.contact.id for one in sorted(everybody, key=waiting)],
        index=None,
        format_func=lambda contact_id: person_label(by_id[contact_id]),
        placeholder="Type a name; those who owe an answer come first",
        key="log-person",
    )
    if chosen:
        names = {one.contact.id: one.contact.name for one in everybody}
        log_buttons(ws, by_id[chosen].contact, f"log-{chosen}", Words(people=names, templates={}))


def waiting(one: Person) -> tuple[int, str]:
    """Order of the list: those from whom something is most likely to be heard first."""
    order = [Stage.ASKED, Stage.REPLIED, Stage.ACCEPTED, Stage.SILENT, Stage.SCHEDULED, Stage.CONFIRMED]
    rank = order.index(one.stage) if one.stage in order else len(order)
    return rank, one.contact.name.casefold()


def person_label(one: Person) -> str:
    """A person in the chooser."""
    organisation = f", {one.contact.organisation}" if one.contact.organisation else ""
    return f"{one.contact.name}{organisation} · {STAGE[one.stage].lower()}"


def show_funnel(reached: Funnel) -> None:
    """How far people came."""
    st.subheader("How far people have come", anchor=False)
    st.markdown(funnel_sentence(reached))
    st.plotly_chart(funnel_figure(reached, STAGE), key="funnel", config=PLOT)
    frame = pd.DataFrame(
        [
            {"Stage": STAGE[step.stage], "People": step.count, "Of the step before": step.of_previous}
            for step in reached.steps
        ]
    )
    show_data(frame, "funnel")


def show_rates() -> None:
    """Who answers, by group."""
    st.subheader("Who answers", anchor=False)
    by = st.segmented_control(
        "Group by", list(GROUPINGS), format_func=GROUPINGS.__getitem__, default="source", required=True, key="group-by"
    )
    rates = asking.response(ws, by)
    labels = group_labels(by, rates)
    st.markdown(escaped(response_sentence(rates, labels)))
    if not rates:
        return
    st.plotly_chart(response_rate_figure(rates, labels), key=f"rates-{by}", config=PLOT)
    st.caption(
        "Dot: the share that answered among those who had seven business days to. Bar: the 95 % Wilson interval, "
        "within which the true rate plausibly lies. Hollow: fewer than five people, so it says little."
    )
    frame = pd.DataFrame(
        [
            {
                GROUPINGS[by]: labels[rate.group],
                "Asked": rate.asked,
                "Answered": rate.answered,
                "Pending": rate.pending,
                "Response rate": rate.rate,
                "Low (95 %)": rate.low if rate.rate is not None else None,
                "High (95 %)": rate.high if rate.rate is not None else None,
            }
            for rate in rates
        ]
    )
    show_data(frame, f"response-rate-by-{by}")


def group_labels(by: asking.Grouping, rates: tuple[ResponseRate, ...]) -> dict[str, str]:
    """A label for each group that occurs."""
    known = {"source": SOURCE, "authority": AUTHORITY, "channel": CHANNEL}.get(by, {})
    words = {str(word): label for word, label in known.items()}
    return {rate.group: words.get(rate.group, rate.group or "Not said") for rate in rates}


def show_data(frame: pd.DataFrame, name: str) -> None:
    """A chart's numbers, to read and to take along."""
    with st.expander("The numbers"):
        shares = {
            column: st.column_config.NumberColumn(format="percent")
            for column in frame.columns
            if frame[column].dtype == float
        }
        st.dataframe(frame, hide_index=True, column_config=shares)
        st.download_button(
            "Download as CSV",
            frame.to_csv(index=False).encode(),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{name}",
        )


st.title("Outreach", anchor=False)
session.show_notice()
if not everybody:
    st.info("Nobody to ask yet. Add the people you know or can reach.", icon=":material/group_add:")
    link("contacts", "Add people")
else:
    with st.container(border=True):
        st.markdown("**Log what happened**")
        show_logging()
    reached = asking.reached(ws)
    show_funnel(reached)
    show_rates()
