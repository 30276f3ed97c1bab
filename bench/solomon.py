"""Solomon's instances of vehicle routing with time windows, read from their text files and made into weeks.

The layout: the name; ``VEHICLE`` with NUMBER and CAPACITY; ``CUSTOMER`` with a table of number, x, y, demand, ready
time, due date and service time, customer 0 being the depot. As in the literature on team orienteering with time
windows, the score of a customer is its demand. Here there are five routes with at most four stops.

A day of a trip has 1440 minutes, and some of these files have a horizon of more. So all times (and distances, a unit
of which is driven in a unit of time) are scaled by one factor that makes the horizon 1440 minutes where it is longer,
and then rounded: travel and service up, windows inwards. Results are comparable among the solvers here, not with
published ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Customer", "SolomonError", "SolomonInstance", "read_solomon", "solomon_week"]

ROUTES, STOPS = 5, 4
LONGEST_DAY = 1440
DATES = tuple(f"2027-03-{15 + number}" for number in range(ROUTES))
WEIGHTS = ("value", "must", "missing_meeting", "missed_lunch", "travel_minute", "idle_minute")
COLUMNS = ("CUST NO.", "XCOORD.", "YCOORD.", "DEMAND", "READY TIME", "DUE DATE", "SERVICE TIME")


class SolomonError(ValueError):
    """A file that is not in Solomon's format; the message says where and why."""


@dataclass(frozen=True, kw_only=True)
class Customer:
    """A row of the table, in the units of the file."""

    number: int
    x: float
    y: float
    demand: float
    ready: float
    due: float
    service: float


@dataclass(frozen=True, kw_only=True)
class SolomonInstance:
    """A file that was read; ``customers[0]`` is the depot, whose due date is the horizon."""

    name: str
    vehicles: int
    capacity: float
    customers: tuple[Customer, ...]


def read_solomon(path: Path) -> SolomonInstance:
    """Read a file; raises ``SolomonError`` naming the file, the line and the fault."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    numbered = [(n, line.strip()) for n, line in enumerate(lines, start=1) if line.strip()]
    if not numbered:
        raise SolomonError(f"{path.name} is empty; a name, VEHICLE and CUSTOMER are expected.")
    vehicle, customer = _section(path, numbered, "VEHICLE"), _section(path, numbered, "CUSTOMER")
    if not 0 < vehicle < customer:
        raise SolomonError(f"{path.name}: a name, then VEHICLE, then CUSTOMER are expected, in this order.")
    fleet = [row for row in numbered[vehicle + 1 : customer] if not row[1].upper().startswith("NUMBER")]
    if len(fleet) != 1:
        raise SolomonError(f"{path.name}: one line with the number and capacity of vehicles is expected after VEHICLE.")
    count, capacity = _numbers(path, fleet[0], 2)
    rows = [row for row in numbered[customer + 1 :] if not row[1].upper().startswith("CUST")]
    customers = tuple(_customer(path, row) for row in rows)
    if len(customers) < 2:
        raise SolomonError(f"{path.name}: a depot and at least one customer are expected after CUSTOMER.")
    for place, found in enumerate(customers):
        if found.number != place:
            raise SolomonError(f"{path.name}: customer {place} is expected where customer {found.number} is.")
    return SolomonInstance(name=numbered[0][1], vehicles=int(count), capacity=capacity, customers=customers)


def _section(path: Path, numbered: list[tuple[int, str]], title: str) -> int:
    for place, (_, line) in enumerate(numbered):
        if line.upper() == title:
            return place
    raise SolomonError(f"{path.name} has no line {title}; is it a file in Solomon's format?")


def _numbers(path: Path, row: tuple[int, str], count: int) -> list[float]:
    line, text = row
    try:
        numbers = [float(word) for word in text.split()]
    except ValueError:
        raise SolomonError(f"{path.name}, line {line}: numbers are expected, not '{text}'.") from None
    if len(numbers) != count or not all(math.isfinite(number) for number in numbers):
        raise SolomonError(f"{path.name}, line {line}: {count} numbers are expected, not '{text}'.")
    return numbers


def _customer(path: Path, row: tuple[int, str]) -> Customer:
    number, x, y, demand, ready, due, service = _numbers(path, row, len(COLUMNS))
    if min(demand, ready, service) < 0 or due < ready:
        raise SolomonError(
            f"{path.name}, line {row[0]}: demand, ready time and service time of 0 or more, and a due date not before "
            f"the ready time are expected, not '{row[1]}'."
        )
    return Customer(number=int(number), x=x, y=y, demand=demand, ready=ready, due=due, service=service)


def solomon_week(instance: SolomonInstance) -> dict[str, object]:
    """The problem document of an instance.

    The score of a stop, its demand, may be more than the ten stars of a problem file; so the document has a key of
    its own, ``scores``, that ``bench.instances.read_week`` takes. Points are the score and nothing else. A stop starts
    at any minute; only its start has to lie in its window, and the route ends within the horizon.
    """
    depot, *stops = instance.customers
    horizon = max(depot.due, 1.0)
    scale = min(1.0, LONGEST_DAY / horizon)
    end = math.floor(horizon * scale)
    people = []
    for stop in stops:
        stay = max(1, math.ceil(stop.service * scale))
        first, last = math.ceil(stop.ready * scale), math.floor(stop.due * scale)
        close = min(end, last + stay)
        person: dict[str, object] = {
            "id": f"c{stop.number}",
            "place": f"p{stop.number}",
            "duration": stay,
            "arrive_early": 0,
            "debrief": 0,
            "windows": [_window(date, first, close) for date in DATES if first + stay <= close],
        }
        people.append(person)
    days = [
        {"date": date, "start": "00:00", "end": _clock(end), "min_meetings": 0, "max_meetings": STOPS} for date in DATES
    ]
    return {
        "timezone": "UTC",
        "grid_minutes": 1,
        "base": "p0",
        "days": days,
        "places": [{"id": f"p{place.number}"} for place in instance.customers],
        "travel": {"minutes": [[_minutes(a, b, scale) for b in instance.customers] for a in instance.customers]},
        "candidates": people,
        "scores": [round(stop.demand) for stop in stops],
        "weights": {**dict.fromkeys(WEIGHTS, 0), "value": 1},
    }


def _minutes(here: Customer, there: Customer, scale: float) -> int:
    return math.ceil(math.hypot(here.x - there.x, here.y - there.y) * scale - 1e-9)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _window(date: str, start: int, end: int) -> dict[str, str]:
    if end == LONGEST_DAY:
        return {"start": f"{date}T{_clock(start)}", "end": f"{date[:-2]}{int(date[-2:]) + 1}T00:00"}
    return {"start": f"{date}T{_clock(start)}", "end": f"{date}T{_clock(end)}"}
