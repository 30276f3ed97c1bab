"""Prints, as JSON, what vobject reads in the calendar files named, and what its validator finds in them."""

import json
import sys
from pathlib import Path

import vobject

events, findings = [], []
for path in sys.argv[1:]:
    calendar = vobject.readOne(Path(path).read_bytes().decode())
    try:
        calendar.validate(raiseException=True)
    except vobject.base.ValidateError as error:
        findings.append(str(error))
    for event in calendar.vevent_list:
        events.append(
            {
                "uid": event.uid.value,
                "start": event.dtstart.value.timestamp(),
                "end": event.dtend.value.timestamp(),
                "summary": event.summary.value,
                "description": event.description.value if hasattr(event, "description") else "",
                "status": event.status.value,
            }
        )
print(json.dumps({"version": vobject.VERSION, "events": events, "findings": findings}))
