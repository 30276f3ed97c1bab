"""What to go into the world with: messages written from templates, questions, what to bring."""

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
from iiplan.briefing.facts import address_label
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
from iiplan.briefing.phone import phone_link, text_link
from iiplan.briefing.question_bank import QuestionBank, read_bank
from iiplan.briefing.question_list import MINUTES_A_QUESTION, audiences_of, proposed, room_for
from iiplan.briefing.question_rules import Flag, FlagKind, flag, read_question_rules
from iiplan.briefing.readiness import ReadinessPart, readiness
from iiplan.briefing.render import Facts, Message, boxes, check_template, count_words, render, used_blanks
from iiplan.briefing.shipped import read_template, read_templates

__all__ = [
    "FILTERS",
    "MINUTES_A_QUESTION",
    "Blank",
    "ChecklistItem",
    "ConductRule",
    "Dress",
    "Facts",
    "Flag",
    "FlagKind",
    "Length",
    "MailLink",
    "Message",
    "Moment",
    "PackedMeeting",
    "QuestionBank",
    "ReadinessPart",
    "SpokenLength",
    "address_label",
    "audiences_of",
    "blank",
    "blanks",
    "boxes",
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
    "phone_link",
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
    "spoken_length",
    "text_link",
    "used_blanks",
]
