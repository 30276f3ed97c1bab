"""A calendar file for apps that fetch it again and again.

Such an app shows what the file holds at each fetch and nothing else: what is no longer in it disappears.
"""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, vText

from iiplan.calendars.ics import PRODUCT, timezone_component
from iiplan.calendars.wording import one_line
from iiplan.calendars.zonerules import ZoneRule

__all__ = ["empty_calendar", "for_subscribers"]


def for_subscribers(content: bytes, refresh: timedelta) -> bytes:
    """A calendar file that also asks apps to come back after ``refresh``, in the words of RFC 7986 and of Outlook.

    ``refresh`` counts in whole minutes.
    """
    every = f"PT{refresh // timedelta(minutes=1)}M"
    wish = f"\r\nREFRESH-INTERVAL;VALUE=DURATION:{every}\r\nX-PUBLISHED-TTL:{every}"
    head, first_component, rest = content.partition(b"\r\nBEGIN:V")  # a text cannot hold it: its line ends are escaped
    return head + wish.encode() + first_component + rest


def empty_calendar(name: str) -> bytes:
    """A calendar with nothing in it but the definition of UTC, since RFC 5545 (3.6) wants at least one component."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(one_line(name)))
    calendar.add_component(timezone_component("UTC", ZoneRule(name="UTC", offset=timedelta())))
    return bytes(calendar.to_ical())
