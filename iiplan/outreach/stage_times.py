"""How long people stay in each stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from iiplan.model import Stage
from iiplan.outreach.history import History
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stages import silent_from, standings

__all__ = [
    "StageTime",
    "Stretch",
    "days_in_words",
    "left_within",
    "stage_time_sentence",
    "stage_times",
    "stretches",
]

FEW = 5  # stretches; fewer say little
DAY = timedelta(days=1)
QUARTERS = (0.25, 0.5, 0.75)
TIMED = (  # not identified: the log does not say since when
    Stage.ASKED,
    Stage.SILENT,
    Stage.REPLIED,
    Stage.ACCEPTED,
    Stage.SCHEDULED,
    Stage.CONFIRMED,
    Stage.MET,
    Stage.THANKED,
    Stage.IN_TOUCH,
    Stage.DECLINED,
)
OUR_TURN = (Stage.REPLIED, Stage.ACCEPTED, Stage.MET)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Time without a break in one stage, from ``start`` up to ``end`` (aware); ``running``: it goes on."""

    contact_id: str
    stage: Stage
    start: datetime
    end: datetime
    running: bool

    @property
    def days(self) -> float:
        """Its length in days of 24 hours."""
        return (self.end - self.start) / DAY


@dataclass(frozen=True, kw_only=True)
class StageTime:
    """How long stretches in one stage last: ``ended`` and ``running`` count them.

    ``quarter``, ``half`` and ``three_quarters``: days within which that part of them had ended (Kaplan–Meier), None
    where so many have not ended yet.
    """

    stage: Stage
    ended: int
    running: int
    quarter: float | None
    half: float | None
    three_quarters: float | None

    @property
    def small(self) -> bool:
        """Whether fewer than five have ended."""
        return self.ended < FEW


def stretches(person: History, now: datetime, rules: Rules = USUAL) -> tuple[Stretch, ...]:
    """One person's time from the first touch to ``now`` (aware), by stage, without gap or overlap.

    Silence begins with the first moment of the day on which patience is over, and ends with our next message or
    their answer. What lies after ``now`` is left out. Touches of the same moment leave a stretch of no length.
    """
    turns: list[tuple[datetime, Stage]] = []
    silent: datetime | None = None
    for touch, known in standings(person.touches):
        if touch.at > now:
            break
        if silent is not None and silent < touch.at:
            turns.append((silent, Stage.SILENT))
        silent = silent_from(known, rules)
        still_silent = silent is not None and silent <= touch.at
        turns.append((touch.at, Stage.SILENT if still_silent else known.stage))
    if silent is not None and silent <= now:
        turns.append((silent, Stage.SILENT))
    kept = [turn for number, turn in enumerate(turns) if number == 0 or turn[1] is not turns[number - 1][1]]
    found = [(start, stage, end, False) for (start, stage), (end, _) in pairwise(kept)]
    found += [(start, stage, now, True) for start, stage in kept[-1:]]
    return tuple(
        Stretch(contact_id=person.contact.id, stage=stage, start=start, end=end, running=running)
        for start, stage, end, running in found
    )


def stage_times(people: Sequence[History], now: datetime, rules: Rules = USUAL) -> tuple[StageTime, ...]:
    """One for each stage that somebody was in, in the order of the way; without identified."""
    spent: dict[Stage, list[Stretch]] = defaultdict(list)
    for person in people:
        for stretch in stretches(person, now, rules):
            spent[stretch.stage].append(stretch)
    return tuple(_stage_time(stage, spent[stage]) for stage in TIMED if stage in spent)


def _stage_time(stage: Stage, spent: Sequence[Stretch]) -> StageTime:
    quarter, half, three_quarters = left_within([(one.days, not one.running) for one in spent])
    running = sum(one.running for one in spent)
    return StageTime(
        stage=stage,
        ended=len(spent) - running,
        running=running,
        quarter=quarter,
        half=half,
        three_quarters=three_quarters,
    )


def left_within(spent: Sequence[tuple[float, bool]]) -> tuple[float | None, float | None, float | None]:
    """The days within which a quarter, half and three quarters had left; None where so many have not left yet.

    ``spent``: days, and whether they ended then or still run. The share still there is that of E. L. Kaplan and
    P. Meier (1958): at each end it shrinks by one of those who had been there as long or longer, so that a running
    stretch counts for as long as it has been seen.
    """
    staying, there = 1.0, len(spent)
    reached: list[float] = []
    for days, ended in sorted(spent, key=lambda one: (one[0], not one[1])):  # ends go before what runs as long
        if ended:
            staying *= 1 - 1 / there
            while len(reached) < len(QUARTERS) and staying <= 1 - QUARTERS[len(reached)] + 1e-9:
                reached.append(days)
        there -= 1
    quarter, half, three_quarters = [*reached, None, None, None][: len(QUARTERS)]
    return quarter, half, three_quarters


def stage_time_sentence(times: Sequence[StageTime], labels: Mapping[Stage, str]) -> str:
    """How fast the stages pass that wait for us; counts beside it."""
    if not times:
        return "Nothing has happened yet, so there is no time to count."
    ours = [time for time in times if time.stage in OUR_TURN]
    left = [
        f"{labels.get(time.stage, time.stage)} within {days_in_words(time.half)}{_of(time)}"
        for time in ours
        if time.half is not None and not time.small
    ]
    slow = [
        f"{labels.get(time.stage, time.stage)}{_of(time)}"
        for time in ours
        if time.half is None and time.ended + time.running >= FEW
    ]
    if not left and not slow:
        names = ", ".join(labels.get(stage, stage) for stage in OUR_TURN)
        return f"Too few people have been in the stages that wait for you ({names}) to say how long they stay."
    parts = [f"half left {_listed(left)}"] if left else []
    parts += [f"fewer than half have left {_listed(slow)}"] if slow else []
    return f"Of the stages that wait for you, {'; '.join(parts)}."


def _of(time: StageTime) -> str:
    still = f", {time.running} still there" if time.running else ""
    return f" ({time.ended} left{still})"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def days_in_words(days: float) -> str:
    """'40 minutes' is under an hour; '5 hours', '1 day', '2.5 days', '34 days'."""
    hours = round(days * 24)
    if hours < 1:
        return "under an hour"
    if hours < 24:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    number = f"{days:.1f}".removesuffix(".0") if days < 10 else f"{days:.0f}"
    return f"{number} day{'' if number == '1' else 's'}"
