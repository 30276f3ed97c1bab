"""Direction: what work, where, with whom, how and what next, in one's own words with the evidence beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.briefing import (
    EVIDENCE,
    FIELD_QUESTIONS,
    DirectionField,
    DirectionSheet,
    direction_markdown,
    direction_pdf,
    quoted,
)
from iiplan.errors import IiplanError
from iiplan.model import Draw, Insight
from iiplan.planner import direction
from iiplan.planner.direction import Version
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import ABOUT, DRAW, DRAW_ICON, escaped, plural
from iiplan.ui.learned_phrases import phrases_part
from iiplan.ui.more import show_some

__all__ = ["direction_section"]

PAGE = 8  # pieces of evidence drawn at a time
_COLOUR = {Draw.DRAWS: "blue", Draw.PUTS_OFF: "orange", Draw.NEITHER: "gray"}
PAPERS = {"a4": "A4", "us-letter": "US letter"}
HINTS = {
    DirectionField.WHAT: "What would you do all day, and for what?",
    DirectionField.WHERE: "Which city, which kind of organisation, how large?",
    DirectionField.WHO: "Which people, which culture?",
    DirectionField.HOW: "Alone or in a team, planned or open, how many hours?",
    DirectionField.NEXT: "Whom to ask, what to learn, what to try, by when?",
}


def direction_section(ws: Workspace) -> None:
    """Five texts, each with its evidence; then one's own skills and values; then the export."""
    st.markdown(
        "Where does it point? Write it in your own words; what people said stands beside each question. It is kept as "
        "soon as you leave a field, and earlier versions come back."
    )
    insights, names = ws.store.insights(), {one.id: one.name for one in ws.store.contacts()}
    for field in DirectionField:
        st.subheader(FIELD_QUESTIONS[field], anchor=False)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            text = _text(ws, field)
        with right:
            _evidence(ws, field, text, [one for one in reversed(insights) if one.about in EVIDENCE[field]], names)
    phrases_part(ws, insights, names)
    st.subheader("Take it along", anchor=False)
    _export(direction.sheet(ws, _today(ws)))


def _today(ws: Workspace) -> date:
    return ws.now().astimezone(ZoneInfo(session.browser_timezone())).date()


def _text(ws: Workspace, field: DirectionField) -> str:
    """The field, kept on change. What another window saved since it was drawn is drawn anew."""
    kept = direction.versions(ws, field)
    number, text = (kept[-1].number, kept[-1].text) if kept else (0, "")
    if session.kept(f"direction {field}") != number:
        session.new_draft(f"direction-{field}")
        session.keep(f"direction {field}", number)
    st.text_area(
        FIELD_QUESTIONS[field],
        value=text,
        key=session.draft_key(f"direction-{field}"),
        height=180,
        placeholder=HINTS[field],
        label_visibility="collapsed",
        on_change=_keep,
        args=(ws, field),
    )
    if len(kept) > 1:
        with st.expander(f"Earlier versions ({len(kept) - 1})", icon=":material/history:", key=f"earlier-{field}"):
            _earlier(ws, field, kept)
    return text


def _keep(ws: Workspace, field: DirectionField) -> None:
    """Callback: save what stands in the field, on the version it was drawn with."""
    text = str(session.chosen(session.draft_key(f"direction-{field}")) or "")
    base = session.kept(f"direction {field}")

    def act() -> None:
        saved = direction.save(ws, field, text, base if isinstance(base, int) else 0)
        session.keep(f"direction {field}", saved.version.number)
        if saved.beside is not None:
            session.warn(
                f"“{FIELD_QUESTIONS[field]}” was changed in another window meanwhile. Yours is kept as the latest; the "
                "other one stands under Earlier versions."
            )

    session.attempt(act)


def _earlier(ws: Workspace, field: DirectionField, kept: Sequence[Version]) -> None:
    zone = ZoneInfo(session.browser_timezone())
    by_number = {one.number: one for one in reversed(kept[:-1])}

    def words(number: int) -> str:
        at = by_number[number].at
        when = f"{at.astimezone(zone):%a} {at.astimezone(zone).day} {at.astimezone(zone):%b %H:%M}" if at else ""
        return f"{when} · {plural(len(by_number[number].text.split()), 'word')}"

    chosen = st.selectbox("Version", list(by_number), format_func=words, key=f"version-{field}-{kept[-1].number}")
    earlier = by_number[chosen]
    st.text(earlier.text or "(empty)")
    st.button(
        "Bring it back",
        icon=":material/history:",
        key=f"back-{field}",
        on_click=_write,
        args=(ws, field, earlier.text, "Brought back"),
    )


def _write(ws: Workspace, field: DirectionField, text: str, done: str) -> None:
    """Save ``text`` in the place of what stands in the field, with a way back."""

    def act() -> None:
        before = direction.latest(ws, field)
        saved = direction.save(ws, field, text, before.number)
        session.notify(
            f"{done}: {FIELD_QUESTIONS[field]}",
            undo=lambda: direction.save(ws, field, before.text, saved.version.number),
        )

    session.attempt(act)


def _quote(ws: Workspace, field: DirectionField, line: str) -> None:
    """Callback: add a quote below what stands in the field."""
    text = direction.latest(ws, field).text.rstrip()
    _write(ws, field, f"{text}\n{line}" if text else line, "Quoted")


def _evidence(
    ws: Workspace, field: DirectionField, text: str, insights: Sequence[Insight], names: Mapping[str, str]
) -> None:
    """What was learned about it, the latest first; a click quotes it."""
    about = " and ".join(ABOUT[one].lower() for one in EVIDENCE[field])
    if not insights:
        st.caption(f"Nothing learned about {about} yet.")
        return
    draws = sum(one.draw is Draw.DRAWS for one in insights)
    puts_off = sum(one.draw is Draw.PUTS_OFF for one in insights)
    st.caption(f"{plural(len(insights), 'insight')} about {about}: {draws} draw you, {puts_off} put you off.")
    with st.container(height=300 if len(insights) > 3 else "content", border=True, gap="xsmall"):
        show_some(f"evidence-{field}", insights, lambda one: _piece(ws, field, text, one, names), PAGE)


def _piece(ws: Workspace, field: DirectionField, text: str, one: Insight, names: Mapping[str, str]) -> None:
    line = quoted(one, names)
    st.markdown(f":{_COLOUR[one.draw]}-badge[{DRAW_ICON[one.draw]} {DRAW[one.draw]}] {escaped(line)}")
    st.button(
        "Quoted" if line in text else "Quote this",
        icon=":material/format_quote:",
        type="tertiary",
        disabled=line in text,
        key=f"quote-{field}-{one.id}",
        on_click=_quote,
        args=(ws, field, line),
    )


def _export(sheet: DirectionSheet) -> None:
    """As Markdown at once; as a PDF when asked, which says what it cannot show."""
    paper = st.segmented_control(
        "Paper", list(PAPERS), default="a4", required=True, format_func=PAPERS.__getitem__, key="direction-paper"
    )
    with st.container(horizontal=True):
        st.download_button(
            "Download as Markdown",
            direction_markdown(sheet).encode(),
            file_name="direction.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="direction-md",
        )
        if st.button("Make the PDF", icon=":material/picture_as_pdf:", key="direction-make"):
            try:
                session.keep("direction pdf", (sheet, paper, *direction_pdf(sheet, paper or "a4")))
            except IiplanError as error:
                st.error(escaped(str(error)))
        made = session.kept("direction pdf")
        if not isinstance(made, tuple) or made[:2] != (sheet, paper):
            return
        st.download_button(
            "Download the PDF",
            made[2],
            file_name="direction.pdf",
            mime="application/pdf",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            key="direction-pdf",
        )
    if made[3]:
        st.warning(
            f"No font on this machine has {escaped(' '.join(made[3][:20]))}: the PDF shows boxes there. Install a font "
            "such as Noto and make it again, or take the Markdown file.",
            icon=":material/font_download_off:",
        )
