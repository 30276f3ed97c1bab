"""Prints, as JSON, what icalendar reads in the calendar files named, and what it could not read in them."""

import json
import sys
from pathlib import Path

import icalendar

events, findings = [], []
for path in sys.argv[1:]:
    calendar = icalendar.Calendar.from_ical(Path(path).read_bytes())
    findings += [f"{name}: {text}" for part in calendar.walk() for name, text in part.errors]
    for event in calendar.walk("VEVENT"):
        events.append(
            {
                "uid": event["UID"],
                "start": event["DTSTART"].dt.timestamp(),
                "end": event["DTEND"].dt.timestamp(),
                "summary": event["SUMMARY"],
                "description": event.get("DESCRIPTION", ""),
                "status": event["STATUS"],
            }
        )
print(json.dumps({"version": icalendar.__version__, "events": events, "findings": findings}))
