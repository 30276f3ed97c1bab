"""Small random weeks with every feature, small enough for the oracle to try everything."""

from __future__ import annotations

import os
import random

#: how many weeks are compared with the oracle; ``RANDOM_WEEKS=1000`` in the environment asks for more
WEEKS = int(os.environ.get("RANDOM_WEEKS", "200"))
DATES = ("2027-03-15", "2027-03-16", "2027-03-17")


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def random_week(seed: int) -> dict:
    """A problem document; the same for the same seed."""
    rng = random.Random(seed)
    grid = rng.choice([5, 10, 15, 15, 30])
    dates = DATES[: rng.choice([1, 2, 2, 3])]
    places = [{"id": f"p{i}", "name": f"Place {i}"} for i in range(rng.randint(2, 5))]
    document = {
        "timezone": "Europe/Berlin",
        "grid_minutes": grid,
        "base": "p0",
        "days": [_day(rng, date, places) for date in dates],
        "places": places,
        "travel": {"minutes": _matrix(rng, len(places))},
        "candidates": [_candidate(rng, i, dates, places, grid) for i in range(rng.randint(3, 7))],
    }
    if rng.random() < 0.6:
        document["weights"] = {
            "value": rng.choice([0, 20, 100, 240, 500]),
            "must": rng.choice([0, 1000, 100_000, 1_000_000]),
            "missing_meeting": rng.choice([0, 60, 300]),
            "missed_lunch": rng.choice([0, 30, 120, 500]),
            "travel_minute": rng.choice([0, 1, 4, 10]),
            "idle_minute": rng.choice([0, 1, 3, 6]),
        }
    return document


def _matrix(rng: random.Random, size: int) -> list[list[int]]:
    kind = rng.choice(["near", "near", "far", "odd"])
    top = {"near": 35, "far": 70, "odd": 50}[kind]
    matrix = [[0 if i == j else rng.randint(0, top) for j in range(size)] for i in range(size)]
    if kind == "odd":
        # a way that is quicker by a third place, and one that nobody can take
        i, j = rng.sample(range(size), 2)
        matrix[i][j] = rng.choice([180, 999])
    return matrix


def _day(rng: random.Random, date: str, places: list[dict]) -> dict:
    start, end = rng.choice([480, 510, 555, 600]), rng.choice([900, 960, 1080, 1110])
    day: dict = {"date": date, "start": clock(start), "end": clock(end), "max_meetings": rng.choice([1, 2, 3, 3, 4])}
    if rng.random() < 0.6:
        day["min_meetings"] = rng.randint(0, 4)
    if rng.random() < 0.7:
        first = rng.choice([660, 690, 720, 735])
        size = rng.choice([20, 30, 45, 60])
        day["lunch"] = {"from": clock(first), "to": clock(first + rng.choice([60, 75, 120, 150])), "minutes": size}
    busy = []
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        at = rng.randrange(480, 1020, 5)
        busy.append({"from": clock(at), "to": clock(at + rng.choice([10, 25, 45, 90])), "title": "own"})
    if busy:
        day["busy"] = busy
    if rng.random() < 0.3:
        day["base"] = rng.choice(places)["id"]
    return day


def _candidate(rng: random.Random, i: int, dates: tuple[str, ...], places: list[dict], grid: int) -> dict:
    person: dict = {"id": f"c{i}", "name": f"Person {i}", "place": None, "duration": rng.choice([20, 30, 45, 60])}
    if rng.random() < 0.75:
        person["place"] = rng.choice(places)["id"]
    if rng.random() < 0.6:
        person["arrive_early"] = rng.choice([0, 5, 10, 20])
    if rng.random() < 0.6:
        person["debrief"] = rng.choice([0, 5, 15, 30])
    if rng.random() < 0.8:
        person["value"] = rng.randint(1, 5)
    if rng.random() < 0.15:
        person["must"] = True
    if rng.random() < 0.35:
        person["seat"] = rng.choice(["acme", "bell", "core"])
    person["windows"] = [_window(rng, dates, person["duration"], grid) for _ in range(rng.choice([1, 1, 2, 2, 3]))]
    if rng.random() < 0.08:
        person["fixed_start"] = f"{rng.choice(dates)}T{clock(rng.randrange(540, 960, 7))}"
    return person


def _window(rng: random.Random, dates: tuple[str, ...], duration: int, grid: int) -> dict:
    date = rng.choice(dates)
    start = rng.randrange(510, 960, 5)
    end = start + duration + rng.randint(0, 7) * grid - rng.choice([0, 0, 0, 5])
    return {"start": f"{date}T{clock(start)}", "end": f"{date}T{clock(max(start + 5, min(end, 1435)))}"}


def batches(most: int) -> range:
    """Batches of weeks for the slower comparisons: half of them, all where more weeks are asked for."""
    return range(most if WEEKS > 200 else (most + 1) // 2)
