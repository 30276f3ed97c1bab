"""How long people stay in each stage, and the course one person took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from iiplan.model import Stage, Touch
from iiplan.outreach.business_days import local_date
from iiplan.outreach.history import History
from iiplan.outreach.rules import USUAL, Rules
from iiplan.outreach.stages import silent_from, standings

__all__ = [
    "StageTime",
    "Stretch",
    "course_sentence",
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


def course_sentence(person: History, now: datetime, labels: Mapping[Stage, str], rules: Rules = USUAL) -> str:
    """One person's course in a line: asked when, answered how soon, met when, and the stage since when."""
    past = [touch for touch in person.touches if touch.at <= now]
    if not past:
        return "Nothing has happened yet."
    known = person.known
    met = [touch for touch, after in standings(past) if touch is after.met]
    parts = []
    if known.first_ask is not None and known.first_ask.at <= now:
        parts.append(f"asked on {_day(known.first_ask, rules)}")
        parts.append(_answer(known.first_ask, known.first_answer, now, rules))
    if met:
        parts.append(f"met on {_day(met[0], rules)}{_more(met, rules)}")
    current = stretches(person, now, rules)[-1]
    since = _written(local_date(current.start, rules.zone or ZoneInfo(past[-1].timezone)))
    again = known.answer is not None and known.answer.at <= now
    if current.stage is Stage.IDENTIFIED:
        parts.append("no ask yet")
    elif current.stage is Stage.ASKED and again:
        parts.append(f"asked again on {since}")
    elif current.stage not in {Stage.ASKED, Stage.MET}:
        parts.append(f"{labels.get(current.stage, current.stage).lower()} since {since}")
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _more(met: Sequence[Touch], rules: Rules) -> str:
    """How often after the first time."""
    more = len(met) - 1
    if not more:
        return ""
    return f" and {'once' if more == 1 else f'{more} times'} more, last on {_day(met[-1], rules)}"


def _answer(ask: Touch, answer: Touch | None, now: datetime, rules: Rules) -> str:
    """How soon they answered, in business days, or that they have not."""
    zone = rules.zone or ZoneInfo(ask.timezone)
    if answer is None or answer.at > now:
        waited = rules.days_between(ask.at, now, zone)
        return f"no answer in {_business_days(waited)}" if waited > 0 else "no answer yet"
    if local_date(ask.at, zone) == local_date(answer.at, zone):
        return "answered the same day"
    waited = rules.days_between(ask.at, answer.at, zone)
    return f"answered after {_business_days(waited)}" if waited > 0 else "answered before the next business day"


def _business_days(count: int) -> str:
    return f"{count} business day{'' if count == 1 else 's'}"


def _day(touch: Touch, rules: Rules) -> str:
    return _written(local_date(touch.at, rules.zone or ZoneInfo(touch.timezone)))


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
