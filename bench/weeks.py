"""Random weeks of a realistic kind and of any size, the same for the same arguments on every machine.

Five days in and around Washington: addresses in a few districts within 12 km of the centre, some calls, some
people who share a seat, the lunch and all the weights of an ordinary trip, travel as by public transport.

``narrow``: everybody is free in one to three windows of one to four hours. ``wide``: most half-days, or most
whole days, are open.
"""

from __future__ import annotations

import math
import random

from iiplan.travel import distance_km, estimate_minutes

__all__ = ["KINDS", "random_week"]

KINDS = ("narrow", "wide")
DATES = ("2027-03-15", "2027-03-16", "2027-03-17", "2027-03-18", "2027-03-19")
CENTRE = (38.9072, -77.0369)
RADIUS_KM = 12.0
KM_A_DEGREE = 111.2

Point = tuple[float, float]


def random_week(kind: str, candidates: int, seed: int, max_meetings: int = 4) -> dict[str, object]:
    """A problem document with so many candidates; ``kind`` is one of ``KINDS``."""
    if kind not in KINDS:
        raise ValueError(f"No kind of week is called {kind!r}; use one of {', '.join(KINDS)}.")
    rng = random.Random(f"{kind} {candidates} {seed}")
    districts = [(_near(rng, CENTRE, 9.0), rng.uniform(0.4, 1.8)) for _ in range(6)]
    people = [_candidate(rng, kind, number) for number in range(candidates)]
    points = [_near(rng, CENTRE, 1.5)] + [_address(rng, districts) for person in people if person["place"]]
    ids = ["hotel"] + [str(person["place"]) for person in people if person["place"]]
    return {
        "timezone": "America/New_York",
        "grid_minutes": 15,
        "base": "hotel",
        "days": [
            {
                "date": date,
                "start": "08:30",
                "end": "18:00",
                "min_meetings": min(3, max_meetings),
                "max_meetings": max_meetings,
                "lunch": {"from": "11:30", "to": "14:00", "minutes": 45},
            }
            for date in DATES
        ],
        "places": [{"id": name, "lat": lat, "lon": lon} for name, (lat, lon) in zip(ids, points, strict=True)],
        "travel": {"minutes": _matrix(points)},
        "candidates": people,
    }


def _candidate(rng: random.Random, kind: str, number: int) -> dict[str, object]:
    person: dict[str, object] = {
        "id": f"c{number}",
        "name": f"Contact {number}",
        "place": None if rng.random() < 0.1 else f"p{number}",
        "duration": rng.choice([30, 30, 30, 45, 60]),
        "value": rng.randint(1, 5),
        "windows": _narrow(rng) if kind == "narrow" else _wide(rng),
    }
    if rng.random() < 0.15:
        # about two people a seat
        person["seat"] = f"seat {rng.randrange(number // 12 + 1)}"
    return person


def _narrow(rng: random.Random) -> list[dict[str, str]]:
    windows = []
    for date in sorted(rng.sample(DATES, rng.randint(1, 3))):
        length = 30 * rng.randint(2, 8)
        start = 30 * rng.randint(18, (17 * 60 + 30 - length) // 30)
        windows.append(_window(date, start, start + length))
    return windows


def _wide(rng: random.Random) -> list[dict[str, str]]:
    halves = rng.random() < 0.5
    spans = [(540, 750), (780, 1050)] if halves else [(540, 1050)]
    windows = [_window(date, *span) for date in DATES for span in spans if rng.random() < 0.75]
    return windows or [_window(DATES[0], *spans[0])]


def _window(date: str, start: int, end: int) -> dict[str, str]:
    first, last = (f"{date}T{minute // 60:02d}:{minute % 60:02d}" for minute in (start, end))
    return {"start": first, "end": last}


def _address(rng: random.Random, districts: list[tuple[Point, float]]) -> Point:
    """A point in one of the districts, or now and then anywhere."""
    if rng.random() < 0.15:
        return _near(rng, CENTRE, RADIUS_KM)
    middle, spread = rng.choice(districts)
    while True:
        point = _near(rng, middle, spread)
        if distance_km(CENTRE, point) <= RADIUS_KM:
            return point


def _near(rng: random.Random, middle: Point, radius_km: float) -> Point:
    """A point within ``radius_km``, all parts of the disc being equally likely."""
    angle, far = rng.uniform(0, 2 * math.pi), radius_km * math.sqrt(rng.random())
    lat = middle[0] + far * math.sin(angle) / KM_A_DEGREE
    lon = middle[1] + far * math.cos(angle) / (KM_A_DEGREE * math.cos(math.radians(middle[0])))
    return round(lat, 5), round(lon, 5)


def _matrix(points: list[Point]) -> list[list[int]]:
    minutes = [[0] * len(points) for _ in points]
    for i, here in enumerate(points):
        for j in range(i):
            minutes[i][j] = minutes[j][i] = estimate_minutes(here, points[j], "transit")
    return minutes
