"""Texts to go into the world with: messages written from templates."""

from iiplan.briefing.blanks import Blank, blank, blanks
from iiplan.briefing.language import FILTERS
from iiplan.briefing.mail import MailLink, mail_link
from iiplan.briefing.moments import hours_words, reader_zone
from iiplan.briefing.names import first_name
from iiplan.briefing.render import Facts, Message, boxes, check_template, count_words, render, used_blanks
from iiplan.briefing.shipped import read_template, read_templates

__all__ = [
    "FILTERS",
    "Blank",
    "Facts",
    "MailLink",
    "Message",
    "blank",
    "blanks",
    "boxes",
    "check_template",
    "count_words",
    "first_name",
    "hours_words",
    "mail_link",
    "read_template",
    "read_templates",
    "reader_zone",
    "render",
    "used_blanks",
]
