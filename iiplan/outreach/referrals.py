"""Who led to whom, and what came of it.

Who led to a person: whom their contact names in ``referred_by``; if that is nobody, or somebody who is not in the
list, then whoever introduced them in the latest of our asks that names somebody in the list. Where such referrals run
in a circle, the person of it with the earliest touch (then by id) stands without a referrer, and everybody stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from iiplan.model import Stage, TouchKind
from iiplan.outreach.history import History
from iiplan.outreach.stages import FUNNEL_STAGES, OPENINGS

__all__ = ["Forest", "Node", "Untold", "forest_sentence", "network_sentence", "referrals"]

_MET = FUNNEL_STAGES.index(Stage.MET)
_TELLING = frozenset({TouchKind.FOLLOWED_UP, TouchKind.THANKED, TouchKind.MET})
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Node:
    """One person of the forest; ``depth`` is 0 where a tree begins, ``parent`` the id of who led to them.

    ``furthest`` is the stage of the funnel they ever came to. ``led_to`` counts everybody below, ``met`` those of
    them who were met.
    """

    contact_id: str
    name: str
    parent: str | None
    depth: int
    furthest: Stage
    led_to: int
    met: int


@dataclass(frozen=True, kw_only=True)
class Untold:
    """Somebody who led to people whom we met (``about``, ids) since we last thanked, met or wrote to them."""

    contact_id: str
    name: str
    about: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Forest:
    """Everybody who led to somebody or was led to, each once: parents before their children, large trees first.

    Ids: of ``cut`` a referrer is left out because referrals ran in a circle, of ``gone`` because they are not in the
    list. ``untold``: who should hear how it went.
    """

    nodes: tuple[Node, ...] = ()
    cut: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    untold: tuple[Untold, ...] = ()

    @property
    def referred(self) -> tuple[Node, ...]:
        """Those who came through somebody."""
        return tuple(node for node in self.nodes if node.parent is not None)


def referrals(people: Sequence[History], *, met_alone: bool = False) -> Forest:
    """The forest of everybody's referrals; with ``met_alone`` also everybody we met, led to or not."""
    by_id = {person.contact.id: person for person in people}
    leads = {person.contact.id: _led_by(person, by_id) for person in people}
    cut = _cut_circles(leads, by_id)
    below: dict[str, list[str]] = defaultdict(list)
    for contact_id, parent in leads.items():
        if parent is not None:
            below[parent].append(contact_id)
    gone = tuple(
        sorted(one for one, parent in leads.items() if parent is None and one not in cut and _names(by_id[one]))
    )
    roots = {one for one, parent in leads.items() if parent is None and (one in below or one in cut)}.union(gone)
    if met_alone:
        roots |= {one for one, parent in leads.items() if parent is None and by_id[one].known.furthest >= _MET}
    return Forest(
        nodes=_laid_out(roots, below, by_id),
        cut=cut,
        gone=gone,
        untold=_untold(below, by_id),
    )


def _led_by(person: History, by_id: Mapping[str, History]) -> str | None:
    return next((one for one in _names(person) if one in by_id and one != person.contact.id), None)


def _names(person: History) -> tuple[str, ...]:
    """Everybody named as having led to a person, the word that counts most first."""
    asks = [touch for touch in person.touches if touch.kind in OPENINGS]
    named = (person.contact.referred_by, *(touch.through for touch in reversed(asks)))
    return tuple(name for name in named if name)


def _cut_circles(leads: dict[str, str | None], by_id: Mapping[str, History]) -> tuple[str, ...]:
    """Take one referrer out of every circle of ``leads``; return the ids of those who lost theirs."""
    cut: list[str] = []
    clear: set[str] = set()  # from here the way up is known to end
    for start in leads:
        way: list[str] = []
        on_way: set[str] = set()
        at: str | None = start
        while at is not None and at not in clear and at not in on_way:
            way.append(at)
            on_way.add(at)
            at = leads[at]
        if at is not None and at in on_way:
            first = min(way[way.index(at) :], key=lambda one: (_first_touch(by_id[one]), one))
            leads[first] = None
            cut.append(first)
        clear |= on_way
    return tuple(sorted(cut))


def _first_touch(person: History) -> datetime:
    return person.touches[0].at if person.touches else _NEVER


def _laid_out(roots: set[str], below: Mapping[str, list[str]], by_id: Mapping[str, History]) -> tuple[Node, ...]:
    """All nodes, each before those below it; of siblings (and roots) who led to the most comes first."""
    order: list[tuple[str, str | None, int]] = []
    waiting: list[tuple[str, str | None, int]] = [(root, None, 0) for root in roots]
    while waiting:
        one, parent, depth = waiting.pop()
        order.append((one, parent, depth))
        waiting += [(child, one, depth + 1) for child in below.get(one, ())]
    led_to, met = dict.fromkeys(by_id, 0), dict.fromkeys(by_id, 0)
    for one, parent, _ in reversed(order):
        if parent is not None:
            led_to[parent] += led_to[one] + 1
            met[parent] += met[one] + (by_id[one].known.furthest >= _MET)

    def rank(one: str) -> tuple[int, int, str, str]:
        return -led_to[one], -met[one], by_id[one].contact.name.casefold(), one

    nodes: list[Node] = []
    waiting = [(root, None, 0) for root in sorted(roots, key=rank, reverse=True)]
    while waiting:
        one, parent, depth = waiting.pop()
        waiting += [(child, one, depth + 1) for child in sorted(below.get(one, ()), key=rank, reverse=True)]
        nodes.append(
            Node(
                contact_id=one,
                name=by_id[one].contact.name,
                parent=parent,
                depth=depth,
                furthest=FUNNEL_STAGES[by_id[one].known.furthest],
                led_to=led_to[one],
                met=met[one],
            )
        )
    return tuple(nodes)


def _untold(below: Mapping[str, list[str]], by_id: Mapping[str, History]) -> tuple[Untold, ...]:
    """Referrers whom we have not thanked, met or written to since we met people they led to."""
    found: list[Untold] = []
    for one, children in below.items():
        told = [touch.at for touch in by_id[one].touches if touch.kind in _TELLING]
        since = max(told) if told else None
        about = []
        for child in children:
            met = by_id[child].known.met
            if met is not None and (since is None or since < met.at):
                about.append(child)
        if about:
            found.append(Untold(contact_id=one, name=by_id[one].contact.name, about=tuple(sorted(about))))
    return tuple(sorted(found, key=lambda one: (-len(one.about), one.name.casefold(), one.contact_id)))


def forest_sentence(forest: Forest) -> str:
    """How many came by referral, through how many, how many of them were met, and who led to the most."""
    referred = forest.referred
    parts = []
    if referred:
        through = [node for node in forest.nodes if node.led_to]
        met = sum(FUNNEL_STAGES.index(node.furthest) >= _MET for node in referred)
        came = _people(len(referred))
        who = through[0].name if len(through) == 1 else _people(len(through))
        parts.append(f"{came} came by referral, through {who}; {_of_them_met(met, len(referred))}.")
        if len(through) > 1:
            parts.append(_leader(through))
    if forest.gone:
        more = f"{len(forest.gone)} more" if referred else _people(len(forest.gone))
        parts.append(f"{more} came through somebody who is no longer in the list.")
    if forest.cut:
        names = {node.contact_id: node.name for node in forest.nodes}
        begins = ", ".join(names[one] for one in forest.cut[:3])
        rest = f" and {len(forest.cut) - 3} more" if len(forest.cut) > 3 else ""
        parts.append(f"Referrals that run in a circle are shown from {begins}{rest} on.")
    return " ".join(parts) or "Nobody is noted as having come by referral yet."


def network_sentence(forest: Forest) -> str:
    """How many people were met, asked and not asked yet, of those met and led to."""
    if not forest.nodes:
        return "Nobody was met yet, and nobody is noted as having come by referral."
    stages = [FUNNEL_STAGES.index(node.furthest) for node in forest.nodes]
    met = sum(stage >= _MET for stage in stages)
    fresh = sum(stage == 0 for stage in stages)
    rest = len(stages) - met - fresh
    parts = [f"{met or 'none'} met", f"{rest} asked and not met yet", f"{fresh} not asked yet"]
    text = f"{_people(len(stages))} met or led to: {', '.join(parts)}."
    through = len(forest.referred)
    return f"{text} {through} came through somebody." if through else f"{text} None came through somebody else yet."


def _of_them_met(met: int, of: int) -> str:
    if of == 1:
        return "they were met" if met else "they were not met yet"
    if met == 0:
        return "none of them was met yet"
    return f"{met} of them {'was' if met == 1 else 'were'} met"


def _leader(through: Sequence[Node]) -> str:
    """Who led to the most, of several."""
    most = max(node.led_to for node in through)
    leaders = [node.name for node in through if node.led_to == most]
    if len(leaders) > 2:
        return f"{len(leaders)} led to the most: {most} each."
    return f"{' and '.join(leaders)} led to the most: {most}{' each' if len(leaders) == 2 else ''}."


def _people(count: int) -> str:
    return f"{count} {'person' if count == 1 else 'people'}"
