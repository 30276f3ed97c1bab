"""``python -m bench.travel``: estimated minutes beside those of a real OSRM server, on the invented city.

Writes its own section into docs/travel.md and leaves the rest of the page as it is. It says how the models do on a
street grid with a river, which is no real city: the figures that the models come from were measured on real ones.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench.city import BLOCK_M, BRIDGES, RIVER, ROWS, corner, some_places
from bench.numbers import with_section
from bench.osrm import HOW_TO, PROFILES, city_server, osrm_folder
from iiplan.lookup.routing import ask
from iiplan.model import Leg, TravelMode
from iiplan.travel.servers import RoutingServer, ServerKind, blocks_to_ask
from iiplan.travel.times import TravelTimes, Ways, spot

HEADING = "## Estimated and routed on an invented city"
PLACES, SEED = 60, 7
NAMES = {TravelMode.WALK: "on foot", TravelMode.BIKE: "by bike", TravelMode.CAR: "by car or taxi"}


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One way as estimated and as routed, and whether it crosses the river."""

    estimate: Leg
    routed: Leg
    crosses: bool


def main() -> int:
    """Measure, write the section and say it; 1 without OSRM."""
    folder = osrm_folder()
    if folder is None:
        print(f"No OSRM here. To have it: {HOW_TO}.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as work:
        pairs = {mode: measured(folder, Path(work), mode) for mode in PROFILES}
    lines = section(pairs)
    page = Path(__file__).resolve().parents[1] / "docs" / "travel.md"
    page.write_text(with_section(page.read_text(encoding="utf-8"), lines, HEADING), encoding="utf-8")
    print("\n".join(lines))
    return 0


def measured(folder: Path, work: Path, mode: TravelMode) -> list[Pair]:
    """Every ordered pair of some corners, by one way of travelling."""
    places = some_places(PLACES, SEED)
    (work / mode).mkdir()
    with city_server(folder, work / mode, mode) as url:
        server = RoutingServer(mode=mode, kind=ServerKind.OSRM, url=url)
        answers = ask(server, blocks_to_ask([spot(place.at) for place in places], set()))
    if answers.wrong:
        raise RuntimeError(answers.wrong)
    routed = {(origin, goal, mode): seconds for (origin, goal), seconds in answers.seconds.items()}
    ways = Ways(mode=mode, walk_up_to=0)
    guessed, known = TravelTimes(ways=ways), TravelTimes(ways=ways, routed=routed)
    north = corner(RIVER, 0).latitude
    return [
        Pair(
            estimate=guessed.by(mode, a, b),
            routed=known.by(mode, a, b),
            crosses=(a.at.latitude < north) != (b.at.latitude < north),
        )
        for a in places
        for b in places
        if a != b
    ]


def section(pairs: dict[TravelMode, list[Pair]]) -> list[str]:
    """The section of the page, heading first."""
    lines = [
        HEADING,
        "",
        f"Written by `python -m bench.travel`: {PLACES} corners (seed {SEED}) of a grid of {ROWS} by {ROWS} streets "
        f"{BLOCK_M} m apart, cut in two by a river with {len(BRIDGES)} bridges, all ordered pairs; a real OSRM server "
        "with the profiles it comes with. Both columns of minutes are those a plan would count, what is added for "
        "setting off, traffic and parking included. A grid is harder than most cities for a straight line, and a river "
        "is what no straight line can know.",
        "",
        "| way | pairs | off on average | on the whole | takes longer | over 5 min longer | inside the range |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for mode, found in pairs.items():
        for crosses, where in ((False, "same bank"), (True, "over the river")):
            lines.append(_line(f"{NAMES[mode]}, {where}", [one for one in found if one.crosses is crosses]))
    return lines


def _line(name: str, pairs: Sequence[Pair]) -> str:
    off = [one.estimate.minutes / one.routed.minutes - 1 for one in pairs]
    longer = [one.routed.minutes - one.estimate.minutes for one in pairs]
    inside = [
        int(one.estimate.low) <= one.routed.minutes <= max(one.estimate.high, one.estimate.minutes) for one in pairs
    ]
    shares = (
        mean(abs(one) for one in off),
        mean(off),
        mean(one > 0 for one in longer),
        mean(one > 5 for one in longer),
        mean(inside),
    )
    cells = [f"{share:+.0%}" if number == 1 else f"{share:.0%}" for number, share in enumerate(shares)]
    return f"| {name} | {len(pairs):,} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
