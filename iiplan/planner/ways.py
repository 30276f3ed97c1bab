"""Use cases about ways: how one gets about, the user's own minutes, routing servers, and what looks odd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import add

from iiplan.errors import InputError
from iiplan.lookup.routing import ask
from iiplan.model import Basis, Contact, Leg, Place, TravelMode, Trip
from iiplan.planner.problem import BASE, TripProblem
from iiplan.planner.workspace import Workspace
from iiplan.scheduling import Progress
from iiplan.travel.servers import RoutingServer, ServerKind, blocks_to_ask
from iiplan.travel.times import ROUTABLE, OwnKey, RoutedKey, TravelTimes, Ways, spot, usual_walk

__all__ = [
    "Asked",
    "ask_servers",
    "change_minutes",
    "forget_minutes",
    "notes",
    "save_server",
    "save_streets",
    "save_walk_up_to",
    "servers",
    "streets",
    "travel_times",
    "ways_of",
]

SERVERS = "routing servers"
DETOUR = 10  # minutes by which a way may be longer than one through another place before it is called odd
MOST_ODD = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How asking went: ways ``answered``, and a sentence for each server that something is ``wrong`` with."""

    answered: int = 0
    wrong: tuple[str, ...] = ()


def ways_of(workspace: Workspace, trip: Trip) -> Ways:
    """How one gets about on a trip."""
    kept = workspace.store.setting(_name(trip)).get("walk_up_to")
    usual = usual_walk(trip.mode)
    try:
        return Ways(mode=trip.mode, walk_up_to=kept if isinstance(kept, int) else usual)
    except InputError:
        return Ways(mode=trip.mode, walk_up_to=usual)


def save_walk_up_to(workspace: Workspace, trip: Trip, minutes: int) -> None:
    """Keep up to how many minutes one rather walks on a trip."""
    walk = Ways(mode=trip.mode, walk_up_to=minutes).walk_up_to
    _save(workspace, trip, {"walk_up_to": walk})


def streets(workspace: Workspace, trip: Trip) -> bool:
    """Whether the user wants street pictures from another server under the trip's map; not unless turned on."""
    return workspace.store.setting(_name(trip)).get("streets") is True


def save_streets(workspace: Workspace, trip: Trip, wanted: bool) -> None:
    """Turn the street pictures of a trip's map on or off."""
    _save(workspace, trip, {"streets": wanted})


def servers(workspace: Workspace) -> dict[TravelMode, RoutingServer]:
    """The routing servers that the user has set, by the way of travelling; none unless they did."""
    kept, found = workspace.store.setting(SERVERS), {}
    for mode in ROUTABLE:
        entry = kept.get(mode.value)
        if isinstance(entry, dict):
            try:
                found[mode] = RoutingServer(mode=mode, kind=ServerKind(entry["kind"]), url=str(entry["url"]))
            except (InputError, ValueError, KeyError):
                continue  # what another version kept is as good as none
    return found


def save_server(workspace: Workspace, mode: TravelMode, server: RoutingServer | None) -> None:
    """Set the routing server for a way of travelling, or none."""
    with workspace.store.transaction():
        kept = workspace.store.setting(SERVERS)
        kept.pop(mode.value, None)
        if server is not None:
            kept[mode.value] = {"kind": server.kind.value, "url": server.url}
        workspace.store.save_setting(SERVERS, kept)


def travel_times(workspace: Workspace, trip: Trip, places: Iterable[Place]) -> TravelTimes:
    """Minutes between places from what is kept; asks nobody."""
    ways = ways_of(workspace, trip)
    routed: dict[RoutedKey, float | None] = {}
    spots = {spot(place.at) for place in places}
    for mode, server in servers(workspace).items():
        if mode in ways.modes:
            routed |= workspace.store.routed_seconds(server.key, mode, spots)
    return TravelTimes(ways=ways, own=workspace.store.own_minutes(), routed=routed)


def ask_servers(
    workspace: Workspace,
    trip: Trip,
    places: Iterable[Place],
    *,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Asked:
    """Ask the servers that are set for the ways between places that they have not been asked for yet, and keep what
    they say. Asks nobody when none is set or everything is kept. Never raises for what a server does."""
    spots = [spot(place.at) for place in places]
    answered, wrong = 0, []
    for mode, server in servers(workspace).items():
        if mode not in ways_of(workspace, trip).modes:
            continue
        known = {(origin, goal) for origin, goal, _ in workspace.store.routed_seconds(server.key, mode, spots)}
        blocks = blocks_to_ask(spots, known)
        wanted = {pair for block in blocks for pair in block.pairs()} - known
        if not wanted:
            continue

        def tell(share: float) -> None:
            if progress is not None:
                progress(Progress(phase="ways", fraction=share))

        tell(0.0)
        answers = ask(server, blocks, progress=tell, stop=stop or (lambda: False))
        workspace.store.save_routed_seconds(server.key, mode, answers.seconds, workspace.now())
        answered += len(answers.seconds)
        if lacking := len(wanted - set(answers.seconds)):
            wrong.append(f"{answers.wrong} Estimates stand in for {lacking} ways {BY[mode]}.")
    return Asked(answered=answered, wrong=tuple(wrong))


def change_minutes(
    workspace: Workspace, leg: Leg, minutes: int, mode: TravelMode | None, *, both: bool
) -> Callable[[], None]:
    """Keep the user's own minutes for a way, for every trip; calling what is returned takes them back.

    ``mode`` None: whichever the way of travelling; ``both``: for the way back, too.
    """
    given: dict[OwnKey, int | None] = dict.fromkeys(_keys(leg, (mode,), both=both), minutes)
    if mode is not None:  # minutes for whichever way would hide these
        given |= dict.fromkeys(_keys(leg, (None,), both=both))
    return _keep(workspace, given)


def forget_minutes(workspace: Workspace, leg: Leg, *, both: bool) -> Callable[[], None]:
    """Let a way have its routed or estimated minutes again; calling what is returned takes that back."""
    return _keep(workspace, dict.fromkeys(_keys(leg, (None, *TravelMode), both=both)))


def notes(workspace: Workspace, trip: Trip, now: TripProblem, contacts: Mapping[str, Contact]) -> tuple[str, ...]:
    """What to know about the minutes of a problem: what is routed only in part, what looks odd, what is not exact."""
    legs = now.legs
    if not legs:
        return ()
    found = [f"{note}." for note in _unanswered(workspace, trip, now)]
    rough = sum(1 for (a, _), leg in legs.items() if leg.extra and a == BASE)
    if rough:
        found.append(f"{rough} of the places are not exact: the ways to them have up to 15 minutes more.")
    odd = list(_odd(legs))
    for (a, b), through, shorter in odd[:MOST_ODD]:
        start, end, middle = (_called(one, contacts) for one in (a, b, through))
        found.append(
            f"The way from {start} to {end} takes {legs[a, b].minutes} minutes, but {shorter} by way of {middle}. "
            "Look at both in the tab Ways."
        )
    if len(odd) > MOST_ODD:
        found.append(f"{len(odd) - MOST_ODD} more ways are longer than a detour.")
    return tuple(found)


BY = {
    TravelMode.WALK: "on foot",
    TravelMode.BIKE: "by bike",
    TravelMode.TRANSIT: "by public transport",
    TravelMode.CAR: "by car",
}


def _unanswered(workspace: Workspace, trip: Trip, now: TripProblem) -> list[str]:
    """Ways that a server that is set has said nothing about, or found none for."""
    found, ways = [], ways_of(workspace, trip)
    known = servers(workspace)
    for mode in (mode for mode in ways.modes if mode in known):
        by = [leg for leg in now.legs.values() if leg.mode is mode and leg.basis is Basis.ESTIMATE and leg.minutes]
        no_way = sum(leg.unreachable for leg in by)
        if no_way:
            found.append(f"{known[mode].host} found no way {BY[mode]} for {no_way} ways; estimates stand in")
        if len(by) > no_way:
            found.append(
                f"{len(by) - no_way} ways {BY[mode]} are estimates that {known[mode].host} has not answered; "
                "planning again asks for them"
            )
    return found


def _odd(legs: Mapping[tuple[str, str], Leg]) -> Iterable[tuple[tuple[str, str], str, int]]:
    """Legs much longer than a detour: those of the user's own and those that a server found no way for.

    The others come from one measure, by which no detour is much shorter.
    """
    ids = list(dict.fromkeys(origin for origin, _ in legs))
    for (a, b), leg in legs.items():
        if leg.basis is Basis.YOURS or leg.unreachable:
            others = [one for one in ids if one not in (a, b)]
            through = map(add, (legs[a, one].minutes for one in others), (legs[one, b].minutes for one in others))
            shorter, middle = min(zip(through, others, strict=True), default=(leg.minutes, a))
            if shorter + DETOUR < leg.minutes:
                yield (a, b), middle, shorter


def _called(place: str, contacts: Mapping[str, Contact]) -> str:
    return "the base" if place == BASE else contacts[place].name


def _keys(leg: Leg, modes: Iterable[TravelMode | None], *, both: bool) -> list[OwnKey]:
    origin, goal = spot(leg.origin), spot(leg.goal)
    pairs = [(origin, goal), (goal, origin)] if both else [(origin, goal)]
    return [(*pair, mode) for pair in pairs for mode in modes]


def _keep(workspace: Workspace, given: Mapping[OwnKey, int | None]) -> Callable[[], None]:
    before = workspace.store.own_minutes()
    workspace.store.save_own_minutes(given)
    return lambda: workspace.store.save_own_minutes({key: before.get(key) for key in given})


def _name(trip: Trip) -> str:
    return f"ways of {trip.id}"


def _save(workspace: Workspace, trip: Trip, values: Mapping[str, object]) -> None:
    with workspace.store.transaction():
        kept = workspace.store.setting(_name(trip))
        workspace.store.save_setting(_name(trip), {**kept, **values})
