"""Calendars: the week as an iCalendar file, what is new to it, what comes back of it, and one's own busy times.

``calendar_entries`` says what each meeting looks like in a calendar; ``editions`` compares that with what calendars
were given before and numbers it; ``calendar_file`` writes it down as RFC 5545 wants it. What was handed out is kept by
the caller. ``read_busy`` says when somebody is busy by the files of their own calendars. ``CalendarServer`` reads and
writes events on a CalDAV server; ``next_step`` says what is to be done about each.
"""

from iiplan.calendars.busy import BusyEvent, BusyTimes, read_busy
from iiplan.calendars.busy_text import MOST_BYTES
from iiplan.calendars.caldav_address import host_of, is_private, server_address
from iiplan.calendars.caldav_errors import ChangedError, RefusedError, ServerError, UidTakenError
from iiplan.calendars.caldav_server import CalendarServer, ServerCalendar, ServerEvent, event_address
from iiplan.calendars.caldav_steps import Difference, Step, StepKind, next_step
from iiplan.calendars.caldav_wire import Login
from iiplan.calendars.caldav_wire import installed as caldav_installed
from iiplan.calendars.compose import calendar_entries
from iiplan.calendars.editions import Change, Edition, as_handed_out, editions
from iiplan.calendars.entries import CalendarEntry, EntryKind, Ring, called_off, meeting_uid, part_uid
from iiplan.calendars.ics import calendar_file
from iiplan.calendars.options import USUAL_OPTIONS, CalendarOptions
from iiplan.calendars.passwords import forget_password, keep_password, kept_password, keyring_installed
from iiplan.calendars.read_back import Proposal, ProposalKind, ReadBack, read_back
from iiplan.calendars.reminders import Reminder, reminders
from iiplan.calendars.standing import Standing, standing, standing_of
from iiplan.calendars.subscription import empty_calendar, for_subscribers

__all__ = [
    "MOST_BYTES",
    "USUAL_OPTIONS",
    "BusyEvent",
    "BusyTimes",
    "CalendarEntry",
    "CalendarOptions",
    "CalendarServer",
    "Change",
    "ChangedError",
    "Difference",
    "Edition",
    "EntryKind",
    "Login",
    "Proposal",
    "ProposalKind",
    "ReadBack",
    "RefusedError",
    "Reminder",
    "Ring",
    "ServerCalendar",
    "ServerError",
    "ServerEvent",
    "Standing",
    "Step",
    "StepKind",
    "UidTakenError",
    "as_handed_out",
    "caldav_installed",
    "calendar_entries",
    "calendar_file",
    "called_off",
    "editions",
    "empty_calendar",
    "event_address",
    "for_subscribers",
    "forget_password",
    "host_of",
    "is_private",
    "keep_password",
    "kept_password",
    "keyring_installed",
    "meeting_uid",
    "next_step",
    "part_uid",
    "read_back",
    "read_busy",
    "reminders",
    "server_address",
    "standing",
    "standing_of",
]
