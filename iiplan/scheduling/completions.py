"""What a partial day can still become: least costs of all its continuations, people who come twice let through.

For given prices a meeting costs its travel and brings its *worth*: gain, less price, plus idle weight times the
occupied minutes. The least cost of going on from a place at a minute, with so many meetings had, follows from the
one with one meeting more. Who was met before is not remembered, except that nobody follows themselves at once or
after one other; so the true cost is never lower. One table tells it for every next person.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iiplan.scheduling.day_options import DayWork
from iiplan.scheduling.day_tables import NEVER, Ints
from iiplan.scheduling.labels import Costs

__all__ = ["Completions"]

Index = npt.NDArray[np.intp]


class Completions:
    """The tables of one day that no price changes, and from them the costs for some worth of each person.

    A *node* is the person last visited, or the base (the last node). ``order`` lists rows of the day tables, visits
    first, then calls; ``times`` are all minutes at which a meeting may end, ``NEVER`` the last of them.
    """

    def __init__(self, work: DayWork) -> None:
        self.work, tables = work, work.tables
        self.scale = work.scale
        visits, calls = np.flatnonzero(~tables.calls), np.flatnonzero(tables.calls)
        self.order: Index = np.concatenate([visits, calls])
        self.rank: Index = np.argsort(self.order)
        self.visits = len(visits)
        places = np.append(tables.places[visits], tables.base).astype(np.int32)
        self.nodes_at = {int(place): np.flatnonzero(places == place) for place in np.unique(places)}
        self.times: Ints = np.unique(np.append(tables.end, NEVER)).astype(np.int32)
        self.moment: Index = np.searchsorted(self.times, tables.end)
        self.slots = tables.slots
        lengths = tables.travel[places[:, None], tables.places[visits][None, :]]
        self.moves: Costs = (self.scale.travel * lengths).astype(self.scale.dtype)
        self.first, self.fed = self._reached(lengths, visits)
        at = np.arange(len(calls))
        self.first_call: Index = tables.slot_at[calls[None, :], self.times[:, None]].astype(np.intp)
        self.fed_call: Index = tables.slot_at[calls[None, :], tables.lunch_end[self.times][:, None]].astype(np.intp)
        self.call_at = at
        self.close = self._closing(places)
        self.apart = np.nonzero(~work.together[visits][:, self.order])

    def _reached(self, lengths: Ints, visits: Index) -> tuple[Index, Index | None]:
        """Flat positions (nodes, times, visits) of the first slot reached, without and with lunch on the way."""
        tables = self.work.tables
        row = tables.arrival_row(lengths)[:, None, :]
        column = (np.arange(len(visits)) * (self.slots + 1))[None, None, :]
        ready = tables.arrivals[row, self.times[None, :, None]]
        first = (tables.slot_at[visits[None, None, :], ready] + column).astype(np.intp)
        if not tables.day.lunch:
            return first, None
        eaten = tables.arrivals[row, tables.lunch_end[self.times][None, :, None]]
        then = np.minimum(eaten, tables.lunch_end[ready])
        return first, (tables.slot_at[visits[None, None, :], then] + column).astype(np.intp)

    def _closing(self, places: Ints) -> Costs:
        """Cost of going home (3, nodes, times)."""
        tables, scale = self.work.tables, self.scale
        lengths = tables.lengths_home(places)
        back = tables.arrivals[tables.arrival_row(lengths)[:, None], self.times[None, :]]
        cost = (scale.travel * lengths)[:, None] + scale.idle * tables.free_before[back].astype(scale.dtype)
        hungry = np.where(tables.lunch_end[back] < NEVER, 0, scale.missed)
        home = back <= tables.day.end
        closes = [np.where(home, cost + extra, scale.never) for extra in (hungry, 0, -scale.saved)]
        return np.stack(closes).astype(scale.dtype)

    def levels(self, worth: Costs, short: list[int]) -> dict[int, Costs]:
        """For each number of meetings had, the least cost (3, nodes, times, people in ``order``) by next person.

        ``worth`` (rows of the tables) is what meeting each brings; ``short[k]`` what k meetings in all cost.
        """
        most, never, dtype = self.work.most, self.scale.never, self.scale.dtype
        value = worth[self.order].astype(dtype)
        best = self.close + dtype(short[most])
        after: npt.NDArray[np.intp] | None = None
        other = best
        found: dict[int, Costs] = {}
        for had in range(most - 1, 0, -1):
            table = self._by_next(best, after, other, value)
            found[had] = table
            if had > 1:
                best, after, other = _two_best(table, never)
                home = self.close + dtype(short[had])
                better = home <= best
                other = np.where(better, best, np.minimum(other, home))
                after = np.where(better, -1, after)
                best = np.minimum(best, home)
        return found

    def _by_next(self, best: Costs, after: Index | None, other: Costs, value: Costs) -> Costs:
        nodes, times = best.shape[1:]
        count, never = self.visits, self.scale.never
        table: Costs = np.full((3, nodes, times, len(self.order)), never, dtype=best.dtype)
        lunch = self.fed is not None
        visits = self._visits(best, after, other)
        for known in (0, 1, 2) if lunch else (1,):
            self._take(visits, known, self.first, table[known, :, :, :count])
        if self.fed is not None and count:
            fed: Costs = np.empty((nodes, times, count), dtype=best.dtype)
            self._take(visits, 2, self.fed, fed)
            for known in (0, 1):
                np.minimum(table[known, :, :, :count], fed, out=table[known, :, :, :count])
        table[:, :, :, :count] += (self.moves - value[:count])[None, :, None, :]
        if len(self.call_at):
            called = self._calls(best, after, other)
            for known in (0, 1, 2) if lunch else (1,):
                table[known, :, :, count:] = called[known][:, self.call_at, self.first_call]
            if lunch:
                eaten = called[2][:, self.call_at, self.fed_call]
                for known in (0, 1):
                    np.minimum(table[known, :, :, count:], eaten, out=table[known, :, :, count:])
            table[:, :, :, count:] -= value[count:]
        table[:, self.apart[0], :, self.apart[1]] = never
        return table

    def _visits(self, best: Costs, after: Index | None, other: Costs) -> tuple[Costs, Index | None, Costs]:
        """Least cost (3, visits, slots + 1) from meeting a person at a slot or later; who follows; the next best."""
        rows, moments = np.arange(self.visits)[:, None], self._moments(self.order[: self.visits])
        least = best[:, rows, moments]
        if after is None:
            return _running_least(least), None, least
        follows, second = after[:, rows, moments].copy(), other[:, rows, moments].copy()
        for slot in range(self.slots - 1, -1, -1):
            here, later = least[:, :, slot], least[:, :, slot + 1]
            who, who_later = follows[:, :, slot], follows[:, :, slot + 1]
            spare = np.minimum(second[:, :, slot], second[:, :, slot + 1])
            same = who == who_later
            second[:, :, slot] = np.where(same, spare, np.minimum(spare, np.maximum(here, later)))
            follows[:, :, slot] = np.where(here <= later, who, who_later)
            least[:, :, slot] = np.minimum(here, later)
        return least, follows, second

    def _moments(self, people: Index) -> Index:
        spare = np.full((len(people), 1), len(self.times) - 1, dtype=np.intp)
        return np.concatenate([self.moment[people], spare], axis=1)

    def _take(self, visits: tuple[Costs, Index | None, Costs], known: int, where: Index, out: Costs) -> None:
        least, follows, second = visits
        if not self.visits:
            return
        out[...] = least[known].ravel().take(where)
        if follows is None:
            return
        node = np.arange(where.shape[0])[:, None, None]
        again = np.nonzero(follows[known].ravel().take(where) == node)
        out[again] = second[known].ravel().take(where[again])

    def _calls(self, best: Costs, after: Index | None, other: Costs) -> Costs:
        """Least cost (3, nodes, calls, slots + 1) once a call is taken at a slot or later, wherever one is."""
        moments = self._moments(self.order[self.visits :])
        least = best[:, :, moments]
        if after is not None:
            me = (self.visits + self.call_at)[:, None]
            least = np.where(after[:, :, moments] == me, other[:, :, moments], least)
        return _running_least(least)

    def onward(self, table: Costs, last: int, place: int) -> Costs:
        """From one situation, the least cost (3, slots, people in the order of the tables) by next person."""
        moments = self.moment[last]
        if self.work.tables.calls[last]:
            nodes = self.nodes_at[place]
            costs = table[:, nodes[:, None], moments].min(axis=1)
        else:
            costs = table[:, self.rank[last], moments]
        return np.asarray(costs[:, :, self.rank])


def _running_least(costs: Costs) -> Costs:
    return np.asarray(np.minimum.accumulate(costs[..., ::-1], axis=-1)[..., ::-1])


def _two_best(table: Costs, never: int) -> tuple[Costs, Index, Costs]:
    """The least over the last axis, where it is, and the least of the others."""
    after = table.argmin(axis=-1)
    best = np.take_along_axis(table, after[..., None], axis=-1)
    np.put_along_axis(table, after[..., None], never, axis=-1)
    other = table.min(axis=-1)
    np.put_along_axis(table, after[..., None], best, axis=-1)
    return best[..., 0], after, other
