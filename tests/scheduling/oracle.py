"""The most points of a small week, found by trying every order and every start.

It reads the JSON document itself and shares no code with the project. A day is worked out from its
events (ends of busy times and of meetings), not minute by minute.
"""

from __future__ import annotations

from itertools import permutations

Json = dict
WEIGHTS = {
    "value": 240,
    "must": 100_000,
    "missing_meeting": 60,
    "missed_lunch": 120,
    "travel_minute": 4,
    "idle_minute": 1,
}


def best_points(document: Json) -> int | None:
    """The most points that any plan makes; None where the fixed meetings alone are impossible."""
    week = _Week(document)
    return week.best() if week.fixed_fit() else None


def best_points_with(document: Json, person: str) -> int | None:
    """The most points that any plan makes that meets a person; None where no plan does."""
    week = _Week(document)
    return week.best(person) if week.fixed_fit() else None


def fixed_meetings_fit(document: Json) -> bool:
    """Whether the fixed meetings alone can all take place."""
    return _Week(document).fixed_fit()


def day_points(document: Json, date: str, meetings: list[tuple[str, int]]) -> int | None:
    """Points of one day with these meetings (candidate id, start in minutes) in order; None if impossible."""
    week = _Week(document)
    day = next(day for day in document["days"] if day["date"] == date)
    people = {person["id"]: person for person in document["candidates"]}
    return week.score(day, [(people[i], start) for i, start in meetings])


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


class _Week:
    def __init__(self, document: Json) -> None:
        self.doc = document
        self.weights = WEIGHTS | document.get("weights", {})
        self.row = {place["id"]: i for i, place in enumerate(document["places"])}
        self.people = document["candidates"]

    # -- one day ---------------------------------------------------------------------------------

    def early(self, person: Json) -> int:
        return person.get("arrive_early", 0 if person.get("place") is None else 10)

    def begin(self, person: Json, start: int) -> int:
        return start - self.early(person)

    def end(self, person: Json, start: int) -> int:
        return start + person.get("duration", 30) + person.get("debrief", 15)

    def way(self, here: str, person: Json) -> int:
        place = person.get("place")
        return 0 if place is None else self.doc["travel"]["minutes"][self.row[here]][self.row[place]]

    def starts(self, day: Json, person: Json) -> list[int]:
        fixed = person.get("fixed_start")
        if fixed:
            return [minutes(fixed[11:])] if fixed[:10] == day["date"] else []
        grid, found = self.doc.get("grid_minutes", 15), set()
        for window in person.get("windows", []):
            if window["start"][:10] == day["date"]:
                first, last = minutes(window["start"][11:]), minutes(window["end"][11:]) - person.get("duration", 30)
                found |= {start for start in range(0, 1440, grid) if first <= start <= last}
        return sorted(found)

    def busy(self, day: Json) -> list[tuple[int, int]]:
        return [(minutes(busy["from"]), minutes(busy["to"])) for busy in day.get("busy", [])]

    def earliest(self, day: Json, length: int, after: int) -> int:
        """Earliest start, at ``after`` or later, of a stretch of ``length`` that meets no busy time."""
        if length == 0:
            return after
        events = [after, *(stop for _, stop in self.busy(day) if stop > after)]
        clear = [t for t in events if all(t + length <= a or b <= t for a, b in self.busy(day))]
        return min(clear)

    def latest_leave(self, day: Json, length: int, before: int) -> int | None:
        stops = [a for a, _ in self.busy(day) if a < before] if length else []
        events = [stop - length for stop in (before, *stops)]
        floor = minutes(day.get("start", "08:30"))
        clear = [
            t
            for t in events
            if t >= floor and (length == 0 or all(t + length <= a or b <= t for a, b in self.busy(day)))
        ]
        return max(clear, default=None)

    def lunch_in(self, day: Json, after: int, length: int, before: int) -> bool:
        """Whether a lunch fits between two times beside a travel of ``length``, before or after it."""
        lunch = day.get("lunch")
        if not lunch:
            return False
        first, last, size = minutes(lunch["from"]), minutes(lunch["to"]), lunch["minutes"]
        eaten = self.earliest(day, size, max(after, first)) + size
        if eaten <= last and self.earliest(day, length, eaten) + length <= before:
            return True
        there = self.earliest(day, length, after) + length
        eaten = self.earliest(day, size, max(there, first)) + size
        return eaten <= min(last, before)

    def joins(self, day: Json, here: str, after: int | None, person: Json, start: int) -> bool:
        """Whether a meeting can follow, the traveller being free at a place from ``after`` on (None: at the base)."""
        begin, end, way = self.begin(person, start), self.end(person, start), self.way(here, person)
        if any(begin < b and a < end for a, b in self.busy(day)):
            return False
        if after is None:
            return self.latest_leave(day, way, begin) is not None
        return self.earliest(day, way, after) + way <= begin

    def score(self, day: Json, meetings: list[tuple[Json, int]]) -> int | None:
        base = day.get("base", self.doc["base"])
        here, after, travel, occupied, on_the_way = base, None, 0, 0, False
        leave = 0
        for person, start in meetings:
            if not self.joins(day, here, after, person, start):
                return None
            way, begin = self.way(here, person), self.begin(person, start)
            if after is None:
                leave = self.latest_leave(day, way, begin)
            else:
                on_the_way |= self.lunch_in(day, after, way, begin)
            travel, occupied = travel + way, occupied + self.end(person, start) - begin
            here, after = person.get("place") or here, self.end(person, start)
        home = self.doc["travel"]["minutes"][self.row[here]][self.row[base]]
        go = self.earliest(day, home, after)
        back = go + home
        if back > minutes(day.get("end", "18:00")):
            return None
        outside = self.lunch_in(day, 0, 0, leave) or self.lunch_in(day, back, 0, 1440)
        travel += home
        taken = [False] * 1440
        for a, b in self.busy(day):
            taken[a:b] = [True] * (b - a)
        idle = back - leave - travel - occupied - sum(taken[leave:back])
        lunch = day.get("lunch")
        if lunch and on_the_way:
            idle -= lunch["minutes"]
        w = self.weights
        total = sum(w["value"] * p.get("value", 1) + (w["must"] if p.get("must") else 0) for p, _ in meetings)
        total -= w["missing_meeting"] * max(0, day.get("min_meetings", 3) - len(meetings))
        total -= w["travel_minute"] * travel + w["idle_minute"] * idle
        return total - (w["missed_lunch"] if lunch and not on_the_way and not outside else 0)

    # -- the week --------------------------------------------------------------------------------

    def fixed(self, day: Json) -> list[Json]:
        return [p for p in self.people if p.get("fixed_start") and p["fixed_start"][:10] == day["date"]]

    def fixed_fit(self) -> bool:
        seats = [p["seat"] for p in self.people if p.get("fixed_start") and p.get("seat")]
        if len(seats) != len(set(seats)):
            return False
        for day in self.doc["days"]:
            fixed = self.fixed(day)
            if len(fixed) > day.get("max_meetings", 4):
                return False
            orders = [[(p, self.starts(day, p)[0]) for p in order] for order in permutations(fixed)]
            if fixed and all(self.score(day, order) is None for order in orders):
                return False
        return True

    def day_table(self, day: Json) -> dict[frozenset[str], int]:
        """The most points of each set of people that fits into a day, whoever is fixed being among them."""
        table: dict[frozenset[str], int] = {}
        needed = {p["id"] for p in self.fixed(day)}
        options = [(p, self.starts(day, p)) for p in self.people]
        options = [(p, starts) for p, starts in options if starts]
        base = day.get("base", self.doc["base"])

        def grow(meetings: list[tuple[Json, int]], here: str, after: int | None) -> None:
            ids = frozenset(p["id"] for p, _ in meetings)
            if meetings and needed <= ids:
                points = self.score(day, meetings)
                if points is not None:
                    table[ids] = max(points, table.get(ids, points))
            if len(meetings) == day.get("max_meetings", 4):
                return
            for person, starts in options:
                if person["id"] in ids:
                    continue
                for start in starts:
                    if self.joins(day, here, after, person, start):
                        place = person.get("place") or here
                        grow([*meetings, (person, start)], place, self.end(person, start))

        grow([], base, None)
        if not needed:
            table[frozenset()] = 0
        return table

    def best(self, person: str | None = None) -> int | None:
        tables = [self.day_table(day) for day in self.doc["days"]]
        uses = {p["id"]: f"seat {p['seat']}" if p.get("seat") else f"person {p['id']}" for p in self.people}
        best: int | None = None

        def choose(number: int, used: frozenset[str], met: frozenset[str], points: int) -> None:
            nonlocal best
            if number == len(tables):
                if person is None or person in met:
                    best = points if best is None else max(best, points)
                return
            for ids, more in tables[number].items():
                mine = frozenset(uses[i] for i in ids)
                if len(mine) == len(ids) and not mine & used:
                    choose(number + 1, used | mine, met | ids, points + more)

        choose(0, frozenset(), frozenset(), 0)
        return best
