"""A leg in words: its minutes, the way of travelling, and how well the minutes are known."""

from __future__ import annotations

from math import ceil, floor

from iiplan.model import Agenda, Basis, Leg, TravelMode

__all__ = ["basis_words", "chance_words", "leg_words", "week_basis"]

_BY = {
    TravelMode.WALK: " walk",
    TravelMode.BIKE: " by bike",
    TravelMode.TRANSIT: " transit",
    TravelMode.CAR: " by car or taxi",
}


def leg_words(leg: Leg) -> str:
    """'12 min walk (routed)', '25 min transit (estimate, 19 to 29)', '30 min (yours)'."""
    by = _BY[leg.mode] if leg.mode else ""
    return f"{leg.minutes} min{by} ({basis_words(leg)})"


def basis_words(leg: Leg) -> str:
    """Where the minutes come from, and what is special about them."""
    if leg.basis is Basis.YOURS:
        return "yours"
    high = max(ceil(leg.high), leg.minutes)  # what is counted may lie on the safe side of the spread
    known = "routed" if leg.basis is Basis.ROUTED else f"estimate, {floor(leg.low)} to {high}"
    extra = f"; {leg.extra} min of it because a place is not exact" if leg.extra else ""
    gap = "; the routing server found no way" if leg.unreachable else ""
    return known + extra + gap


def chance_words(chance: float) -> str:
    """A chance in words: 'about 1 in 8'; never more exact than an estimate can be."""
    if chance < 0.005:
        return "under 1 in 200"
    if chance > 0.5:
        return "more likely than not"
    return f"about 1 in {round(1 / chance)}"


def week_basis(agenda: Agenda) -> str:
    """Where the minutes of a whole plan come from, after "on the way"; of an old plan they are estimates."""
    bases = {way.leg.basis for day in agenda.days for way in day.ways if way.leg}
    if bases <= {Basis.ESTIMATE}:
        return "estimated"
    return "partly estimated" if Basis.ESTIMATE in bases else "routed or yours"
