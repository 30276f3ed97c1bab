"""Prints, as JSON, what libical reads in the calendar files named, and what its own checks find in them.

For the system's Python: libical comes with its bindings as Debian packages.
"""

import json
import subprocess
import sys
from pathlib import Path

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402


def problems(component: ICalGLib.Component) -> list[str]:
    """What the checks wrote into the component as X-LIC-ERROR, in all its parts."""
    found = []
    line = component.get_first_property(ICalGLib.PropertyKind.XLICERROR_PROPERTY)
    while line:
        found.append(line.as_ical_string().strip())
        line = component.get_next_property(ICalGLib.PropertyKind.XLICERROR_PROPERTY)
    part = component.get_first_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    while part:
        found += problems(part)
        part = component.get_next_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    return found


def epoch(moment: ICalGLib.Time) -> int:
    """Seconds since 1970; libical knows the zone from the file's own rule."""
    return moment.as_timet_with_zone(moment.get_timezone())


events, findings = [], []
for path in sys.argv[1:]:
    calendar = ICalGLib.Component.new_from_string(Path(path).read_text(encoding="utf-8"))
    calendar.check_restrictions()
    findings += problems(calendar)
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event:
        status = event.get_status()
        events.append(
            {
                "uid": event.get_uid(),
                "start": epoch(event.get_dtstart()),
                "end": epoch(event.get_dtend()),
                "summary": event.get_summary(),
                "description": event.get_description() or "",
                "status": "CANCELLED" if status == ICalGLib.PropertyStatus.CANCELLED else "",
            }
        )
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
package = ["dpkg-query", "-W", "-f", "${Version}", "libical3"]
version = subprocess.run(package, capture_output=True, text=True, check=True).stdout.split("-")[0]
print(json.dumps({"version": version, "events": events, "findings": findings}))
