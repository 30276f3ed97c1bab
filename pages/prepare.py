"""Am I ready? Each meeting, my introduction, the questions, the day on paper."""

from __future__ import annotations

import streamlit as st

from iiplan.ui import session
from iiplan.ui.checklist import bring_section
from iiplan.ui.day_sheet import sheet_section
from iiplan.ui.introduction import introduction_section
from iiplan.ui.prepare_meetings import meetings_section
from iiplan.ui.question_bank import bank_section
from iiplan.ui.sections import Sections, show_section

ws = session.workspace()


SECTIONS: Sections = {
    "meetings": ("Meetings", meetings_section),
    "introduction": ("Introduction", introduction_section),
    "questions": ("Questions", bank_section),
    "bring": ("Bring", bring_section),
    "sheet": ("Day sheet", sheet_section),
}

st.title("Prepare", anchor=False)
session.show_notice()
show_section(ws, SECTIONS)
