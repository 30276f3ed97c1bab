"""Calendars: the week as an iCalendar file, what is new to it, what comes back of it, and one's own busy times.

``calendar_entries`` says what each meeting looks like in a calendar; ``editions`` compares that with what calendars
were given before and numbers it; ``calendar_file`` writes it down as RFC 5545 wants it. What was handed out is kept by
the caller. ``read_busy`` says when somebody is busy by the files of their own calendars.
"""

from iiplan.calendars.busy import BusyEvent, BusyTimes, read_busy
from iiplan.calendars.busy_text import MOST_BYTES
from iiplan.calendars.compose import calendar_entries
from iiplan.calendars.editions import Change, Edition, as_handed_out, editions
from iiplan.calendars.entries import CalendarEntry, EntryKind, Ring, called_off, meeting_uid, part_uid
from iiplan.calendars.ics import calendar_file
from iiplan.calendars.options import USUAL_OPTIONS, CalendarOptions
from iiplan.calendars.read_back import Proposal, ProposalKind, ReadBack, read_back
from iiplan.calendars.reminders import Reminder, reminders
from iiplan.calendars.subscription import empty_calendar, for_subscribers

__all__ = [
    "MOST_BYTES",
    "USUAL_OPTIONS",
    "BusyEvent",
    "BusyTimes",
    "CalendarEntry",
    "CalendarOptions",
    "Change",
    "Edition",
    "EntryKind",
    "Proposal",
    "ProposalKind",
    "ReadBack",
    "Reminder",
    "Ring",
    "as_handed_out",
    "calendar_entries",
    "calendar_file",
    "called_off",
    "editions",
    "empty_calendar",
    "for_subscribers",
    "meeting_uid",
    "part_uid",
    "read_back",
    "read_busy",
    "reminders",
]
