"""A chart as every page shows it: what it says in a sentence, the picture, and its numbers to take along."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from iiplan.figures import Figure
from iiplan.importers.spreadsheet import BYTE_ORDER_MARK, harmless
from iiplan.ui.labels import escaped

__all__ = ["PLOT", "csv_bytes", "show_chart", "show_numbers"]

PLOT = {"displayModeBar": False}


def show_chart(
    figure: Figure, sentence: str, rows: Sequence[dict[str, object]], name: str, *, choose: bool = False
) -> tuple[str, ...]:
    """Draw a figure between its sentence and its numbers (``rows``: a dict a line, shares from 0 to 1 as floats).

    ``name`` is unique on the page; it names the CSV file. With ``choose``, points can be clicked: the first piece of
    ``customdata`` of each chosen point is returned.
    """
    st.markdown(escaped(sentence))
    chosen: tuple[str, ...] = ()
    if choose:
        event = st.plotly_chart(figure, key=f"chart-{name}", config=PLOT, on_select="rerun", selection_mode="points")
        points = event["selection"]["points"]
        chosen = tuple(str(point["customdata"][0]) for point in points if point.get("customdata"))
    else:
        st.plotly_chart(figure, key=f"chart-{name}", config=PLOT)
    show_numbers(rows, name)
    return chosen


def show_numbers(rows: Sequence[dict[str, object]], name: str) -> None:
    """A chart's numbers, to read and to take along."""
    frame = pd.DataFrame(list(rows))
    if frame.empty:
        return
    with st.expander("The numbers"):
        shares = {
            column: st.column_config.NumberColumn(format="percent")
            for column in frame.columns
            if frame[column].dtype == float
        }
        st.dataframe(frame, hide_index=True, column_config=shares)
        st.download_button(
            "Download as CSV",
            csv_bytes(frame),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{name}",
        )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as UTF-8 CSV with its mark, as Excel wants it; no text of it is a formula to a spreadsheet."""

    def cell(value: object) -> object:
        return harmless(value) if isinstance(value, str) else value

    return (BYTE_ORDER_MARK + frame.rename(columns=cell).map(cell).to_csv(index=False)).encode()
