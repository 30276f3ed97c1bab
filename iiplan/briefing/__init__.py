"""What to go into the world with: messages from templates, questions, what to bring, the day on paper."""

from iiplan.briefing.blanks import Blank, blank, blanks
from iiplan.briefing.checklist import (
    ChecklistItem,
    ConductRule,
    Dress,
    Moment,
    PackedMeeting,
    checklist_for_day,
    checklist_for_meeting,
    conduct_for,
    read_checklist,
    read_conduct,
)
from iiplan.briefing.day_sheet import MOST_QUESTIONS, DaySheet, Paper, SheetMeeting, SheetStop, StopKind, sheets_text
from iiplan.briefing.introduction import (
    Length,
    SpokenLength,
    job_requests,
    read_job_requests,
    read_outline,
    spoken_length,
)
from iiplan.briefing.language import FILTERS
from iiplan.briefing.mail import MailLink, mail_link
from iiplan.briefing.moments import hours_words, reader_zone
from iiplan.briefing.names import first_name
from iiplan.briefing.question_bank import QuestionBank, read_bank
from iiplan.briefing.question_list import MINUTES_A_QUESTION, audiences_of, proposed, room_for
from iiplan.briefing.question_rules import Flag, FlagKind, flag, read_question_rules
from iiplan.briefing.readiness import ReadinessPart, readiness
from iiplan.briefing.render import Facts, Message, boxes, check_template, count_words, render, used_blanks
from iiplan.briefing.sheet_page import sheets_html
from iiplan.briefing.sheet_pdf import SheetPdf, boxes_sentence, sheets_pdf
from iiplan.briefing.shipped import read_template, read_templates

__all__ = [
    "FILTERS",
    "MINUTES_A_QUESTION",
    "MOST_QUESTIONS",
    "Blank",
    "ChecklistItem",
    "ConductRule",
    "DaySheet",
    "Dress",
    "Facts",
    "Flag",
    "FlagKind",
    "Length",
    "MailLink",
    "Message",
    "Moment",
    "PackedMeeting",
    "Paper",
    "QuestionBank",
    "ReadinessPart",
    "SheetMeeting",
    "SheetPdf",
    "SheetStop",
    "SpokenLength",
    "StopKind",
    "audiences_of",
    "blank",
    "blanks",
    "boxes",
    "boxes_sentence",
    "check_template",
    "checklist_for_day",
    "checklist_for_meeting",
    "conduct_for",
    "count_words",
    "first_name",
    "flag",
    "hours_words",
    "job_requests",
    "mail_link",
    "proposed",
    "read_bank",
    "read_checklist",
    "read_conduct",
    "read_job_requests",
    "read_outline",
    "read_question_rules",
    "read_template",
    "read_templates",
    "reader_zone",
    "readiness",
    "render",
    "room_for",
    "sheets_html",
    "sheets_pdf",
    "sheets_text",
    "spoken_length",
    "used_blanks",
]
