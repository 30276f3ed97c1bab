"""The day sheet on the screen: choose a day or the week, look at it, take it along as a page or a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from iiplan.briefing import DaySheet, Paper, SheetPdf, boxes_sentence, sheets_html, sheets_pdf
from iiplan.errors import InputError
from iiplan.model import Trip
from iiplan.planner import day_sheets
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import day_label, escaped, plural
from iiplan.ui.navigation import link

__all__ = ["sheet_section"]

_WEEK = "week"
_PAPER = {Paper.A4: "A4", Paper.LETTER: "US Letter"}
_PHONE = 400  # pixels
_HEIGHT = 760


def sheet_section(ws: Workspace) -> None:
    """The section of the page Prepare."""
    try:
        trip = session.pick_trip(ws)
        if trip is None:
            st.info("There is no trip yet. Choose a city and a week first.", icon=":material/luggage:")
            link("trip", "To the Trip page")
            return
        with_meetings = day_sheets.sheet_days(ws, trip)
        if not with_meetings:
            st.info("No meeting is planned yet. Plan the week, and each day gets a sheet.", icon=":material/event:")
            link("week", "To the Week page")
            return
        with st.container(horizontal=True, gap="medium"):
            chosen, paper, narrow = _choice(ws, trip, with_meetings), _paper(ws), _narrow()
        _show(ws, trip, chosen, paper, narrow)
    except InputError as error:
        st.error(escaped(str(error)))


def _choice(ws: Workspace, trip: Trip, with_meetings: Sequence[date]) -> str:
    """A day in ISO form, or the week."""
    days = sorted({one.date for one in trip.days} | {*with_meetings})
    labels = {day.isoformat(): day_label(day) + ("" if day in with_meetings else " · no meeting") for day in days}
    labels[_WEEK] = f"The whole week ({plural(len(with_meetings), 'day')})"
    today = ws.now().astimezone(trip.zone).date()
    first = next((day for day in with_meetings if day >= today), with_meetings[0]).isoformat()
    chosen = st.selectbox(
        "Day",
        list(labels),
        format_func=labels.__getitem__,
        key=session.addressed("day", labels, first),
        on_change=session.to_address,
        args=("day", first),
        width=320,
    )
    return chosen or first


def _narrow() -> bool:
    """Whether to look at it as on a phone."""
    return (
        st.segmented_control("Preview", ["Page", "Phone"], default="Page", required=True, key="sheet-width") == "Phone"
    )


def _show(ws: Workspace, trip: Trip, chosen: str, paper: Paper, narrow: bool) -> None:
    if chosen == _WEEK:
        sheets = day_sheets.week_sheets(ws, trip)
    else:
        sheets = (day_sheets.day_sheet(ws, trip, date.fromisoformat(chosen)),)
    page = sheets_html(sheets, paper)
    pdf = _pdf(repr((sheets, paper)), sheets, paper)
    name = f"day-sheets-{sheets[0].date}" if chosen == _WEEK else f"day-sheet-{chosen}"
    with st.container(horizontal=True):
        st.download_button(
            "Download the PDF",
            lambda: pdf.content,
            file_name=f"{name}.pdf",
            mime="application/pdf",
            icon=":material/print:",
            type="primary",
            on_click="ignore",
            key="sheet-pdf",
        )
        st.download_button(
            "Download the page (HTML)",
            lambda: page.encode(),
            file_name=f"{name}.html",
            mime="text/html",
            icon=":material/smartphone:",
            on_click="ignore",
            key="sheet-html",
            help="One file that works without internet: for the phone, or to print from a browser.",
        )
    if pdf.boxes:
        st.warning(boxes_sentence(pdf.boxes), icon=":material/font_download_off:")
    if missing := _missing(sheets):
        st.caption(f"Would make it better: {escaped(missing)}.")
    _preview(page, narrow)


def _paper(ws: Workspace) -> Paper:
    """What to print on, remembered."""
    kept = day_sheets.paper(ws)
    chosen = st.segmented_control(
        "Paper",
        list(_PAPER),
        default=kept,
        format_func=_PAPER.__getitem__,
        required=True,
        key="sheet-paper",
        on_change=_save_paper,
        args=(ws,),
    )
    return chosen or kept


def _save_paper(ws: Workspace) -> None:
    session.attempt(lambda: day_sheets.save_paper(ws, Paper(str(session.chosen("sheet-paper")))))


@st.cache_data(show_spinner="Setting the PDF …", max_entries=8, ttl=60)
def _pdf(words: str, _sheets: Sequence[DaySheet], paper: Paper) -> SheetPdf:
    """The PDF, made once for the same ``words``; a font that was installed meanwhile is found within a minute."""
    return sheets_pdf(_sheets, paper)


def _missing(sheets: Sequence[DaySheet]) -> str:
    """What the user could still add, in a line; empty when nothing is missing."""
    without = [stop.title for sheet in sheets for stop in sheet.meetings if stop.meeting and not stop.meeting.questions]
    rest = len(without) - 2
    people = ", ".join(without[:2]) + (f" and {rest} more" if rest > 0 else "")
    met = any(sheet.meetings for sheet in sheets)
    parts = [f"questions for {people}"] if without else []
    parts += ["your introduction"] if met and not any(sheet.introduction for sheet in sheets) else []
    return " and ".join(parts) if rest <= 0 else "; ".join(parts)


def _preview(page: str, narrow: bool) -> None:
    """The page in a frame of its own that may run nothing and reach nothing of the app, only open links."""
    frame = (
        '<body style="margin:0"><iframe title="Day sheet" sandbox="allow-popups allow-popups-to-escape-sandbox" '
        f'style="border:0;width:100%;height:{_HEIGHT}px;display:block" srcdoc="{escape(page)}"></iframe></body>'
    )
    with st.container(border=True, width=_PHONE if narrow else "stretch"):
        st.iframe(frame, height=_HEIGHT)
