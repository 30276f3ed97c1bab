"""A week's meetings as an iCalendar file that any calendar app can open, and the hours that other files take.

``calendar_entries`` says what each meeting looks like in a calendar; ``calendar_file`` writes those entries down
as RFC 5545 wants them. The revisions, which tell calendars what is newer, are kept by the caller: an entry's
``digest`` shows whether anything changed since the last one. ``read_busy`` says when somebody is busy by the files of
their own calendars.
"""

from iiplan.calendars.busy import BusyEvent, BusyTimes, read_busy
from iiplan.calendars.busy_text import MOST_BYTES
from iiplan.calendars.entries import CalendarEntry, calendar_entries, meeting_uid
from iiplan.calendars.ics import calendar_file
from iiplan.calendars.subscription import empty_calendar, for_subscribers

__all__ = [
    "MOST_BYTES",
    "BusyEvent",
    "BusyTimes",
    "CalendarEntry",
    "calendar_entries",
    "calendar_file",
    "empty_calendar",
    "for_subscribers",
    "meeting_uid",
    "read_busy",
]
