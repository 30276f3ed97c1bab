"""From the log of one person to the stage it amounts to.

The log is read in the order of time. Each rule below says which touches bring a person to a stage, and from which
stages; a touch that no rule mentions leaves the stage as it is.

- identified: nothing below holds. Notes change nothing, and a follow-up before any meeting is only a message.
- asked: we asked, nudged or offered hours, and there was no answer before; or a new round begins like that with
  someone who had declined or been met.
- silent: asked, and seven business days (the cadence's ``nudge_after``) have passed since our last message.
- replied: they answered an ask, neither yes nor no yet. (Of someone never asked: they wrote to us.)
- accepted: they said yes, and no hour is agreed; also when an agreed hour was cancelled or nobody came.
- declined: they said no, and nothing came of it since.
- scheduled: an hour is agreed, for the first time or anew.
- confirmed: the agreed hour was confirmed.
- met: we talked.
- thanked: thanked after the meeting. A thank-you to someone never met counts as met and thanked, except after a no.
- in touch: a follow-up after the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from iiplan.model import Stage, Touch, TouchKind
from iiplan.outreach.business_days import local_date
from iiplan.outreach.log import effective_touches
from iiplan.outreach.rules import USUAL, Rules

__all__ = [
    "FUNNEL_STAGES",
    "OPENINGS",
    "Standing",
    "silent_for",
    "silent_from",
    "stage_at",
    "stage_of",
    "stages_reached",
    "standing",
    "standings",
]

FUNNEL_STAGES = (
    Stage.IDENTIFIED,
    Stage.ASKED,
    Stage.REPLIED,
    Stage.ACCEPTED,
    Stage.SCHEDULED,
    Stage.MET,
    Stage.THANKED,
    Stage.IN_TOUCH,
)
_FUNNEL_STEP = {stage: step for step, stage in enumerate(FUNNEL_STAGES)} | {
    Stage.DECLINED: FUNNEL_STAGES.index(Stage.REPLIED),
    Stage.CONFIRMED: FUNNEL_STAGES.index(Stage.SCHEDULED),
}

OPENINGS = frozenset({TouchKind.ASKED, TouchKind.NUDGED, TouchKind.OFFERED})
MESSAGES = OPENINGS | {TouchKind.FOLLOWED_UP}
ANSWERS = frozenset(
    {
        TouchKind.REPLIED,
        TouchKind.ACCEPTED,
        TouchKind.DECLINED,
        TouchKind.SCHEDULED,
        TouchKind.CONFIRMED,
        TouchKind.RESCHEDULED,
        TouchKind.CANCELLED,
        TouchKind.NO_SHOW,
        TouchKind.MET,
    }
)
AFTER_MEETING = frozenset({Stage.MET, Stage.THANKED, Stage.IN_TOUCH})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What one person's log amounts to, the clock aside: ``stage`` is never ``SILENT``.

    ``furthest`` counts steps of ``FUNNEL_STAGES``. ``first_ask`` opened the asking, ``first_answer``
    is what answered it first. ``message`` is our last message to them, ``answer`` their last word, ``last`` the last
    touch that is not a note, ``nudged`` whether we nudged since their last word. ``yes`` is the last acceptance
    that still needs an hour (or what undid the hour), ``offer`` the last offer of hours, ``hour`` the last word
    about an agreed hour, ``met`` the last meeting, ``thanks_owed`` whether it was neither thanked for nor
    followed up.
    """

    stage: Stage = Stage.IDENTIFIED
    furthest: int = 0
    first_ask: Touch | None = None
    first_answer: Touch | None = None
    message: Touch | None = None
    answer: Touch | None = None
    last: Touch | None = None
    nudged: bool = False
    yes: Touch | None = None
    offer: Touch | None = None
    hour: Touch | None = None
    met: Touch | None = None
    thanks_owed: bool = False

    @property
    def answered(self) -> bool:
        """Whether anything answered the asking."""
        return self.first_answer is not None


def stage_of(touches: Iterable[Touch], now: datetime, rules: Rules = USUAL) -> Stage:
    """Where things stand with one contact. ``now`` (aware) only decides between asked and silent."""
    return stage_at(standing(touches), now, rules)


def stage_at(known: Standing, now: datetime, rules: Rules = USUAL) -> Stage:
    """The stage of one contact at ``now`` (aware), whose log is read already."""
    if known.stage is Stage.ASKED and silent_for(known, now, rules) >= rules.cadence.nudge_after:
        return Stage.SILENT
    return known.stage


def stages_reached(touches: Iterable[Touch]) -> frozenset[Stage]:
    """Every stage of the funnel one contact ever came to; a later one implies the earlier.

    Declining counts as having replied, being confirmed as scheduled.
    """
    return frozenset(FUNNEL_STAGES[: standing(touches).furthest + 1])


def silent_for(known: Standing, now: datetime, rules: Rules = USUAL) -> int:
    """Business days since our last message; 0 without one."""
    if known.message is None:
        return 0
    return rules.days_between(known.message.at, now, ZoneInfo(known.message.timezone))


def silent_from(known: Standing, rules: Rules = USUAL) -> datetime | None:
    """When someone asked falls silent if nothing more happens: the first moment of a day; None in other stages."""
    if known.stage is not Stage.ASKED or known.message is None:
        return None
    zone = rules.zone or ZoneInfo(known.message.timezone)
    day = rules.add_days(local_date(known.message.at, zone), rules.cadence.nudge_after)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def standing(touches: Iterable[Touch]) -> Standing:
    """Read one contact's log from the first touch to the last."""
    known = Standing()
    for _, known in standings(touches):  # noqa: B007
        pass
    return known


def standings(touches: Iterable[Touch]) -> Iterator[tuple[Touch, Standing]]:
    """Read one contact's log: each touch in force with what the log amounts to after it. Notes change nothing."""
    known = Standing()
    for touch in effective_touches(touches):
        if touch.kind is not TouchKind.NOTE:
            known = _after(known, touch)
        yield touch, known


def _after(known: Standing, touch: Touch) -> Standing:
    kind = touch.kind
    stage = _next_stage(known.stage, kind, was_met=known.met is not None)
    is_answer = kind in ANSWERS or (kind is TouchKind.THANKED and stage is Stage.THANKED and known.met is None)
    return Standing(
        stage=stage,
        furthest=max(known.furthest, _FUNNEL_STEP[stage]),
        first_ask=known.first_ask or (touch if kind in OPENINGS else None),
        first_answer=known.first_answer or (touch if is_answer and known.first_ask is not None else None),
        message=touch if kind in MESSAGES else known.message,
        answer=touch if is_answer else known.answer,
        last=touch,
        nudged=kind is TouchKind.NUDGED or (known.nudged and not is_answer),
        yes=touch if kind in {TouchKind.ACCEPTED, TouchKind.CANCELLED, TouchKind.NO_SHOW} else known.yes,
        offer=touch if kind is TouchKind.OFFERED else known.offer,
        hour=touch if kind in _ABOUT_THE_HOUR else known.hour,
        met=touch if kind is TouchKind.MET or (is_answer and kind is TouchKind.THANKED) else known.met,
        thanks_owed=kind is TouchKind.MET
        or (known.thanks_owed and kind not in {TouchKind.THANKED, TouchKind.FOLLOWED_UP}),
    )


_ABOUT_THE_HOUR = frozenset(
    {
        TouchKind.SCHEDULED,
        TouchKind.RESCHEDULED,
        TouchKind.CONFIRMED,
        TouchKind.CANCELLED,
        TouchKind.NO_SHOW,
        TouchKind.DECLINED,
    }
)
_AGREED = frozenset({Stage.SCHEDULED, Stage.CONFIRMED})


def _next_stage(stage: Stage, kind: TouchKind, *, was_met: bool) -> Stage:
    """The rules of this module's head, one line each."""
    match kind:
        case TouchKind.ASKED | TouchKind.NUDGED | TouchKind.OFFERED:
            opens = stage in {Stage.IDENTIFIED, Stage.DECLINED} | AFTER_MEETING
            return Stage.ASKED if opens else stage
        case TouchKind.REPLIED:
            return Stage.REPLIED if stage in {Stage.IDENTIFIED, Stage.ASKED} else stage
        case TouchKind.ACCEPTED:
            return stage if stage in _AGREED else Stage.ACCEPTED
        case TouchKind.CANCELLED | TouchKind.NO_SHOW:
            return stage if stage in AFTER_MEETING | {Stage.DECLINED} else Stage.ACCEPTED
        case TouchKind.DECLINED:
            return Stage.DECLINED
        case TouchKind.SCHEDULED | TouchKind.RESCHEDULED:
            return Stage.SCHEDULED
        case TouchKind.CONFIRMED:
            return Stage.CONFIRMED
        case TouchKind.MET:
            return Stage.MET
        case TouchKind.THANKED:
            unmet = not was_met and stage is not Stage.DECLINED
            return Stage.THANKED if unmet or stage is Stage.MET else stage
        case TouchKind.FOLLOWED_UP:
            return Stage.IN_TOUCH if stage in AFTER_MEETING else stage
        case TouchKind.NOTE | TouchKind.VOID:
            return stage
