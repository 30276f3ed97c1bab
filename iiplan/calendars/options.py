"""What the user wants in the calendar beside the meetings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["USUAL_OPTIONS", "CalendarOptions"]


@dataclass(frozen=True, kw_only=True)
class CalendarOptions:
    """What else an export holds.

    ``ways``, ``notes`` and ``lunch`` become entries of their own. ``leave``, ``confirm`` and ``thank`` are reminders:
    alarms of the meeting and, with ``reminder_entries``, entries too, for apps that drop alarms.
    """

    ways: bool = False
    notes: bool = False
    lunch: bool = False
    leave: bool = True
    confirm: bool = False
    thank: bool = False
    reminder_entries: bool = False


USUAL_OPTIONS = CalendarOptions()
