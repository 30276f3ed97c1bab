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
from iiplan.briefing.direction import (
    EVIDENCE,
    FIELD_QUESTIONS,
    DirectionField,
    DirectionSheet,
    direction_markdown,
    direction_pdf,
    matching_words,
    quoted,
)
from iiplan.briefing.facts import address_label
from iiplan.briefing.hiring import HiringLead, Said, hiring_leads, read_hiring
from iiplan.briefing.insights import Agreement, TopicRow, insights_sentence, side_by_side, topic_sentence
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
from iiplan.briefing.open_questions import AskedQuestion, asked_questions, key_of, open_research
from iiplan.briefing.phone import phone_link, text_link
from iiplan.briefing.picture import Picture, picture, picture_sentence
from iiplan.briefing.question_bank import QuestionBank, read_bank
from iiplan.briefing.question_list import MINUTES_A_QUESTION, audiences_of, proposed, room_for
from iiplan.briefing.question_rules import Flag, FlagKind, flag, read_question_rules
from iiplan.briefing.readiness import ReadinessPart, readiness
from iiplan.briefing.render import Facts, Message, boxes, check_template, count_words, render, used_blanks
from iiplan.briefing.sheet_page import sheets_html
from iiplan.briefing.sheet_pdf import SheetPdf, boxes_sentence, sheets_pdf
from iiplan.briefing.shipped import read_template, read_templates

__all__ = [
    "EVIDENCE",
    "FIELD_QUESTIONS",
    "FILTERS",
    "MINUTES_A_QUESTION",
    "MOST_QUESTIONS",
    "Agreement",
    "AskedQuestion",
    "Blank",
    "ChecklistItem",
    "ConductRule",
    "DaySheet",
    "DirectionField",
    "DirectionSheet",
    "Dress",
    "Facts",
    "Flag",
    "FlagKind",
    "HiringLead",
    "Length",
    "MailLink",
    "Message",
    "Moment",
    "PackedMeeting",
    "Paper",
    "Picture",
    "QuestionBank",
    "ReadinessPart",
    "Said",
    "SheetMeeting",
    "SheetPdf",
    "SheetStop",
    "SpokenLength",
    "StopKind",
    "TopicRow",
    "address_label",
    "asked_questions",
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
    "direction_markdown",
    "direction_pdf",
    "first_name",
    "flag",
    "hiring_leads",
    "hours_words",
    "insights_sentence",
    "job_requests",
    "key_of",
    "mail_link",
    "matching_words",
    "open_research",
    "phone_link",
    "picture",
    "picture_sentence",
    "proposed",
    "quoted",
    "read_bank",
    "read_checklist",
    "read_conduct",
    "read_hiring",
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
    "side_by_side",
    "spoken_length",
    "text_link",
    "topic_sentence",
    "used_blanks",
]
