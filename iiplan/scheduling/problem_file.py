"""Problem files: a JSON document to a ``Problem``, and back.

``parse_problem`` refuses whatever it cannot take as it is, with a sentence that names the key, the
candidate or day, and the cure. What is well defined but surely not meant becomes a warning.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Sequence
from itertools import pairwise

from iiplan.errors import InputError
from iiplan.scheduling.clock import DAY_MINUTES, Moment, clock_text, day_text, moment_text
from iiplan.scheduling.nouns import Busy, Candidate, Day, Lunch, Place, Problem, Weights, Window
from iiplan.scheduling.reading import Entry, shown

__all__ = ["parse_problem", "problem_document"]

_PROBLEM = ("timezone", "grid_minutes", "base", "days", "places", "travel", "candidates", "weights")
_DAY = ("date", "start", "end", "min_meetings", "max_meetings", "lunch", "busy", "base")
_LUNCH = ("from", "to", "minutes")
_BUSY = ("from", "to", "title")
_PLACE = ("id", "name", "lat", "lon")
_CANDIDATE = (
    *("id", "name", "place", "duration", "arrive_early", "debrief", "value", "must", "seat"),
    *("windows", "fixed_start"),
)
_WINDOW = ("start", "end")
_WEIGHTS = ("value", "must", "missing_meeting", "missed_lunch", "travel_minute", "idle_minute")

_MOST_MEETINGS = 24
_MOST_POINTS = 1_000_000
_MOST_TRAVEL = 1_000_000


def parse_problem(document: object) -> Problem:
    """The problem that a decoded JSON document states; raises ``InputError`` for the first fault found."""
    entry = Entry(document, "the problem", _PROBLEM)
    warnings: list[str] = []
    timezone = _timezone(entry)
    grid = entry.whole("grid_minutes", 1, DAY_MINUTES, 15)
    travel = _travel(entry)
    places = _places(entry, need_coordinates=travel is None)
    names = tuple(place.id for place in places)
    if travel is not None:
        _check_matrix(travel, places, warnings)
    base = _place_of(entry, "base", names)
    days = _days(entry, base, names, warnings)
    candidates = _candidates(entry, names, days, warnings)
    weights = _weights(entry)
    return Problem(
        timezone=timezone,
        grid_minutes=grid,
        base=base,
        days=days,
        places=places,
        travel=travel,
        candidates=candidates,
        weights=weights,
        warnings=tuple(warnings),
    )


def problem_document(problem: Problem) -> dict[str, object]:
    """The document of a problem with every default written out; ``parse_problem`` gives the problem back."""
    document: dict[str, object] = {
        "timezone": problem.timezone,
        "grid_minutes": problem.grid_minutes,
        "base": problem.base,
        "days": [_day_document(day) for day in problem.days],
        "places": [
            {"id": place.id, "name": place.name}
            | ({} if place.lat is None else {"lat": place.lat})
            | ({} if place.lon is None else {"lon": place.lon})
            for place in problem.places
        ],
    }
    if problem.travel is not None:
        document["travel"] = {"minutes": [list(row) for row in problem.travel]}
    document["candidates"] = [_candidate_document(candidate) for candidate in problem.candidates]
    document["weights"] = {key: getattr(problem.weights, key) for key in _WEIGHTS}
    return document


def _day_document(day: Day) -> dict[str, object]:
    lunch = day.lunch and {
        "from": clock_text(day.lunch.earliest),
        "to": clock_text(day.lunch.latest),
        "minutes": day.lunch.minutes,
    }
    return {
        "date": str(day.date),
        "start": clock_text(day.start),
        "end": clock_text(day.end),
        "min_meetings": day.min_meetings,
        "max_meetings": day.max_meetings,
        "lunch": lunch,
        "busy": [
            {"from": clock_text(busy.start), "to": clock_text(busy.end)}
            | ({} if busy.title is None else {"title": busy.title})
            for busy in day.busy
        ],
        "base": day.base,
    }


def _candidate_document(candidate: Candidate) -> dict[str, object]:
    fixed = candidate.fixed_start
    return {
        "id": candidate.id,
        "name": candidate.name,
        "place": candidate.place,
        "duration": candidate.duration,
        "arrive_early": candidate.arrive_early,
        "debrief": candidate.debrief,
        "value": candidate.value,
        "must": candidate.must,
        "seat": candidate.seat,
        "windows": [
            {
                "start": moment_text(Moment(window.date, window.start)),
                "end": moment_text(Moment(window.date, window.end)),
            }
            for window in candidate.windows
        ],
        "fixed_start": None if fixed is None else moment_text(fixed),
    }


def _timezone(entry: Entry) -> str:
    name = entry.text("timezone")
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise entry.fault(
            "timezone", f"{shown(name)} is not a known time zone; write an IANA name such as 'Europe/Berlin'."
        ) from None
    return name


def _travel(entry: Entry) -> tuple[tuple[int, ...], ...] | None:
    if not entry.has("travel"):
        return None
    rows = Entry(entry.values["travel"], "'travel'", ("minutes",)).items("minutes", required=True)
    matrix = []
    for i, row in enumerate(rows):
        if not isinstance(row, (list, tuple)):
            raise InputError(f"'travel.minutes' row {i + 1} must be a list of whole minutes, not {shown(row)}.")
        for j, cell in enumerate(row):
            if isinstance(cell, bool) or not isinstance(cell, int) or not 0 <= cell <= _MOST_TRAVEL:
                raise InputError(
                    f"'travel.minutes' row {i + 1}, column {j + 1} must be a whole number of minutes, 0 or more "
                    f"(at most {_MOST_TRAVEL}), not {shown(cell)}."
                )
        matrix.append(tuple(row))
    return tuple(matrix)


def _check_matrix(travel: tuple[tuple[int, ...], ...], places: tuple[Place, ...], warnings: list[str]) -> None:
    size = len(places)
    for i, row in enumerate(travel):
        if len(row) != size:
            raise InputError(
                f"'travel.minutes' row {i + 1} has {len(row)} columns, but there are {size} places; "
                "write one row and one column for each place, in their order."
            )
    if len(travel) != size:
        raise InputError(
            f"'travel.minutes' has {len(travel)} rows, but there are {size} places; "
            "write one row and one column for each place, in their order."
        )
    warnings.extend(
        f"'travel.minutes' gives {travel[i][i]} minutes from place {shown(place.id)} to itself; "
        "they are counted as written."
        for i, place in enumerate(places)
        if travel[i][i]
    )


def _places(entry: Entry, need_coordinates: bool) -> tuple[Place, ...]:
    places = []
    for i, item in enumerate(entry.items("places", required=True)):
        name = _name("place", item, i)
        spot = Entry(item, name, _PLACE)
        for key in ("lat", "lon"):
            if need_coordinates and key not in spot.values:
                raise spot.fault(key, "is missing and there is no 'travel'; add coordinates or the minutes of travel.")
        place_id = spot.text("id")
        places.append(
            Place(
                id=place_id,
                name=spot.text("name", place_id),
                lat=spot.number("lat", -90, 90) if "lat" in spot.values else None,
                lon=spot.number("lon", -180, 180) if "lon" in spot.values else None,
            )
        )
    _refuse_duplicates("place", (place.id for place in places))
    return tuple(places)


def _place_of(entry: Entry, key: str, names: Sequence[str]) -> str:
    place = entry.text(key)
    if place not in names:
        known = ", ".join(shown(name) for name in names[:8]) + (", …" if len(names) > 8 else "")
        raise entry.fault(
            key, f"{shown(place)} is not in 'places'; add it there, or use one of: {known or 'none yet'}."
        )
    return place


def _days(entry: Entry, base: str, names: Sequence[str], warnings: list[str]) -> tuple[Day, ...]:
    items = entry.items("days", required=True)
    if not items:
        raise entry.fault("days", 'is empty; add at least one day, such as {"date": "2027-03-15"}.')
    days = sorted((_day(item, i, base, names) for i, item in enumerate(items)), key=lambda day: day.date)
    for first, second in pairwise(days):
        if first.date == second.date:
            raise InputError(f"Day '{first.date}' is there twice in 'days'; keep one of them.")
    for day in days:
        if 0 < day.max_meetings < day.min_meetings:
            warnings.append(
                f"{day_text(day.date)}: 'min_meetings' {day.min_meetings} is more than 'max_meetings' "
                f"{day.max_meetings}; every plan for that day loses points."
            )
        if day.lunch and day.lunch.latest - day.lunch.earliest < day.lunch.minutes:
            warnings.append(
                f"{day_text(day.date)}: a lunch of {day.lunch.minutes} minutes never fits between "
                f"{clock_text(day.lunch.earliest)} and {clock_text(day.lunch.latest)}; it always counts as missed."
            )
    return tuple(days)


def _day(item: object, i: int, base: str, names: Sequence[str]) -> Day:
    entry = Entry(item, _name("day", item, i, "date"), _DAY)
    date = entry.date("date")
    start, end = entry.clock("start", 510), entry.clock("end", 1080)
    if end <= start:
        raise entry.fault(
            "end", f"({clock_text(end)}) must be later than 'start' ({clock_text(start)}); correct one of them."
        )
    return Day(
        date=date,
        start=start,
        end=end,
        min_meetings=entry.whole("min_meetings", 0, _MOST_MEETINGS, 3),
        max_meetings=entry.whole("max_meetings", 0, _MOST_MEETINGS, 4),
        lunch=_lunch(entry),
        busy=tuple(_busy(entry, value, k) for k, value in enumerate(entry.items("busy"))),
        base=_place_of(entry, "base", names) if "base" in entry.values else base,
    )


def _lunch(day: Entry) -> Lunch | None:
    if not day.has("lunch"):
        return None
    entry = Entry(day.values["lunch"], f"{day.name}, 'lunch'", _LUNCH)
    earliest, latest = entry.span("from", "to")
    return Lunch(earliest=earliest, latest=latest, minutes=entry.whole("minutes", 1, DAY_MINUTES))


def _busy(day: Entry, item: object, k: int) -> Busy:
    entry = Entry(item, f"{day.name}, 'busy' entry {k + 1}", _BUSY)
    start, end = entry.span("from", "to")
    return Busy(start=start, end=end, title=entry.text("title") if "title" in entry.values else None)


def _candidates(
    entry: Entry, names: Sequence[str], days: tuple[Day, ...], warnings: list[str]
) -> tuple[Candidate, ...]:
    dates = {day.date for day in days}
    candidates = []
    for i, item in enumerate(entry.items("candidates", required=True)):
        candidate = _candidate(item, i, names)
        _check_dates(candidate, dates, days, warnings)
        candidates.append(candidate)
    _refuse_duplicates("candidate", (candidate.id for candidate in candidates))
    return tuple(candidates)


def _candidate(item: object, i: int, names: Sequence[str]) -> Candidate:
    entry = Entry(item, _name("candidate", item, i), _CANDIDATE)
    candidate_id = entry.text("id")
    place = _place_of(entry, "place", names) if entry.has("place") else None
    fixed = entry.moment("fixed_start") if entry.has("fixed_start") else None
    if fixed is not None and fixed.minute == DAY_MINUTES:
        raise entry.fault("fixed_start", "is at 24:00; write the next day's 00:00.")
    return Candidate(
        id=candidate_id,
        name=entry.text("name", candidate_id),
        place=place,
        duration=entry.whole("duration", 1, DAY_MINUTES, 30),
        arrive_early=entry.whole("arrive_early", 0, DAY_MINUTES, 0 if place is None else 10),
        debrief=entry.whole("debrief", 0, DAY_MINUTES, 15),
        value=entry.whole("value", 1, 10, 1),
        must=entry.flag("must", False),
        seat=entry.text("seat") if entry.has("seat") else None,
        windows=tuple(_window(entry, value, k) for k, value in enumerate(entry.items("windows"))),
        fixed_start=fixed,
    )


def _window(candidate: Entry, item: object, k: int) -> Window:
    entry = Entry(item, f"{candidate.name}, window {k + 1}", _WINDOW)
    start, end = entry.moment("start"), entry.moment("end")
    if (end.date, end.minute) <= (start.date, start.minute):
        raise entry.fault(
            "end", f"({moment_text(end)}) must be later than 'start' ({moment_text(start)}); swap or correct them."
        )
    if start.minute == DAY_MINUTES:
        raise entry.fault("start", "is at 24:00; write the next day's 00:00.")
    if end.minute == 0 and (end.date - start.date).days == 1:
        end = Moment(start.date, DAY_MINUTES)
    if end.date != start.date:
        raise entry.fault("end", f"({moment_text(end)}) is on another day than 'start'; write one window for each day.")
    return Window(date=start.date, start=start.minute, end=end.minute)


def _check_dates(candidate: Candidate, dates: set[dt.date], days: tuple[Day, ...], warnings: list[str]) -> None:
    fixed = candidate.fixed_start
    if fixed is not None and fixed.date not in dates:
        raise InputError(
            f"Candidate {shown(candidate.id)}: 'fixed_start' is on {day_text(fixed.date)} {fixed.date.year}, which is "
            f"not a day of the trip ({days[0].date} to {days[-1].date}); add that day, or remove 'fixed_start'."
        )
    outside = sorted({window.date for window in candidate.windows if window.date not in dates})
    warnings.extend(
        f"Candidate {shown(candidate.id)}: a window on {day_text(date)} {date.year} is outside the trip's days "
        "and not used."
        for date in outside
    )


def _weights(entry: Entry) -> Weights:
    if "weights" not in entry.values:
        return Weights()
    weights, usual = Entry(entry.values["weights"], "'weights'", _WEIGHTS), Weights()
    return Weights(**{key: weights.whole(key, 0, _MOST_POINTS, getattr(usual, key)) for key in _WEIGHTS})


def _name(kind: str, item: object, i: int, key: str = "id") -> str:
    """How sentences call an item of a list: by its id if it has one, else by its position."""
    value = item.get(key) if isinstance(item, dict) else None
    return f"{kind} {shown(value)}" if isinstance(value, str) and value else f"{kind} number {i + 1}"


def _refuse_duplicates(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"{kind.capitalize()} {shown(name)} is there twice; give each {kind} an id of its own.")
        seen.add(name)
