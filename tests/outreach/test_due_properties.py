"""Whatever the log holds: the due list is well formed, never asks what the log answers, and keeps its limits.

The checks here read the touches themselves and restate each rule in plain words; they share no code with the due list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from due_builders import due, plan
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, BERLIN, agreed, person, random_logs, trip_from

from iiplan.model import Agenda, Cadence, Candidate, Contact, Offer, Touch, TouchKind, Trip
from iiplan.outreach import Due, DueKind, Rules, effective_touches, funnel, histories, stage_of

NOW = AFTER_ALL.astimezone(BERLIN)  # Tuesday 2 March 2027, 13:00, after every touch of a random log
K = TouchKind
OURS = {K.ASKED, K.NUDGED, K.OFFERED, K.FOLLOWED_UP, K.THANKED, K.NOTE}
HOLIDAYS = frozenset({date(2027, 2, 26), date(2027, 3, 1)})  # invented; the Friday and the Monday before NOW


@dataclass(frozen=True, kw_only=True)
class World:
    contacts: list[Contact]
    logs: dict[str, list[Touch]]
    trip: Trip
    rules: Rules
    candidates: list[Candidate]
    offers: list[Offer]
    agenda: Agenda | None

    @property
    def touches(self) -> list[Touch]:
        return [touch for log in self.logs.values() for touch in log]

    def due(self) -> tuple[Due, ...]:
        return due(
            self.contacts,
            self.touches,
            NOW,
            trip=self.trip,
            agenda=self.agenda,
            candidates=self.candidates,
            offers=self.offers,
            rules=self.rules,
        )

    def held(self, who: str) -> list[Touch]:
        return list(effective_touches(self.logs[who]))

    def with_touch(self, touch: Touch) -> World:
        return replace(self, logs=self.logs | {touch.contact_id: [*self.logs[touch.contact_id], touch]})


UNANSWERED = [[K.ASKED], [K.ASKED], [K.ASKED, K.NUDGED], [K.OFFERED], [K.ASKED, K.REPLIED, K.FOLLOWED_UP, K.NUDGED]]
ANSWERED_ASKS = [
    [K.ASKED, K.REPLIED],
    [K.ASKED, K.ACCEPTED, K.OFFERED],
    [K.ASKED, K.ACCEPTED, K.SCHEDULED],
    [K.ASKED, K.DECLINED],
    [K.MET, K.THANKED],
]


@st.composite
def askings(draw: st.DrawFn, who: str, *, answered: bool) -> list[Touch]:
    """What asking mostly looks like: asked some days ago, perhaps nudged, perhaps ``answered``."""
    kinds = draw(st.sampled_from(UNANSWERED + ANSWERED_ASKS if answered else UNANSWERED))
    ago = sorted(draw(st.lists(st.integers(0, 24), min_size=len(kinds), max_size=len(kinds))), reverse=True)
    return [
        Touch(id=f"{who}-{n}", contact_id=who, kind=kind, at=AFTER_ALL - timedelta(days=days, hours=2 - n % 3))
        for n, (kind, days) in enumerate(zip(kinds, ago, strict=True))
    ]


@st.composite
def worlds(draw: st.DrawFn, *, asking: bool = False) -> World:
    """Up to six people of two organisations or none, any logs, some hours agreed, planned or held.

    With ``asking``, colleagues who are being asked for a trip that is not over, and hours are seldom agreed or held.
    """
    contacts, logs, candidates, offers = [], {}, [], []
    names = "abcdef"[: draw(st.integers(1, 6))]
    hours = st.integers(-200, 200).map(lambda hour: (AFTER_ALL + timedelta(hours=hour)).astimezone(BERLIN))
    for name in names:
        contacts.append(
            person(
                name,
                organisation=draw(st.sampled_from(["Acme", "acme "] if asking else ["", "Acme", "acme ", "Other"])),
                referred_by=draw(st.sampled_from([None, *(other for other in names if other != name)])),
            )
        )
        any_log = askings(name, answered=False) if asking else random_logs(name, 5)
        logs[name] = draw(st.just([]) | askings(name, answered=not asking or name == "a") | any_log)
        if draw(st.integers(0, 19 if asking else 3)) == 0:
            candidates.append(agreed(name, draw(hours)))
        if draw(st.integers(0, 9 if asking else 2)) == 0:
            offers.append(
                Offer(
                    id=f"offer-{name}",
                    trip_id="berlin",
                    contact_id=name,
                    starts=tuple(draw(st.lists(hours, min_size=1, max_size=3, unique=True))),
                    made_at=AFTER_ALL - timedelta(days=draw(st.integers(0, 9)), minutes=1),
                    closed_at=draw(st.sampled_from([None, None, AFTER_ALL])),
                )
            )
    who, hour = draw(st.sampled_from(names)), draw(hours)
    return World(
        contacts=contacts,
        logs=logs,
        trip=trip_from(date(2027, 3, 2) + timedelta(days=draw(st.integers(1 if asking else -10, 10)))),
        rules=Rules(
            cadence=Cadence(open_asks=draw(st.integers(1, 2)), new_asks_a_day=draw(st.integers(0, 4))),
            holidays=draw(st.sampled_from([frozenset(), HOLIDAYS])),
        ),
        candidates=candidates,
        offers=offers,
        agenda=draw(st.sampled_from([None, plan(hour, who), plan(hour, who, fixed=True)])) if not asking else None,
    )


def business_days_since(moment: datetime, rules: Rules) -> int:
    """Counted one by one."""
    day, today = moment.astimezone(BERLIN).date(), NOW.date()
    steps = [day + timedelta(days=n + 1) for n in range((today - day).days)]
    return sum(one.weekday() < 5 and one not in rules.holidays for one in steps)


# -------------------------------------------------------------------------------------------------------- the list


@settings(max_examples=250)
@given(worlds())
def test_the_list_is_well_formed(world: World) -> None:
    found = world.due()
    assert len({one.key for one in found}) == len(found)
    assert len({(one.kind, one.contact_id) for one in found}) == len(found)
    for one in found:
        assert one.deadline is None or one.deadline.utcoffset() is not None
        assert one.title.strip()
        assert one.why.strip()
        assert one.logs not in one.alternatives
    assert found == replace(world, contacts=world.contacts[::-1]).due()

    def order(one: Due) -> tuple[bool, int, datetime]:
        later = NOW + timedelta(days=9999)
        presses = one.deadline is not None and one.deadline - NOW <= timedelta(hours=24)
        return (not presses, one.effort, one.deadline or later)

    assert [order(one) for one in found] == sorted(order(one) for one in found)


@settings(max_examples=250)
@given(worlds())
def test_doing_what_is_due_and_logging_it_makes_it_go_away(world: World) -> None:
    for one in world.due():
        assert one.logs is not None or one.kind is DueKind.MEETING_SOON
        for kind in (one.logs, *one.alternatives):
            if kind is None:
                continue
            note = "What was said." if kind is K.NOTE else ""
            done = Touch(id="done", contact_id=one.contact_id, kind=kind, at=NOW, note=note)
            after = world.with_touch(done).due()
            assert (one.kind, one.contact_id) not in {(later.kind, later.contact_id) for later in after}
            assert one.key not in {later.key for later in after}


@settings(max_examples=250)
@given(worlds(), st.data())
def test_a_touch_that_is_taken_back_was_never_logged(world: World, data: st.DataObject) -> None:
    who = data.draw(st.sampled_from([contact.id for contact in world.contacts]))
    extra = Touch(
        id="extra",
        contact_id=who,
        kind=data.draw(st.sampled_from([kind for kind in K if kind is not K.VOID])),
        at=AFTER_ALL - timedelta(hours=data.draw(st.integers(0, 900))),
        note=data.draw(st.sampled_from(["", "Said."])),
        follow_up_on=data.draw(st.sampled_from([None, date(2027, 3, 1)])),
        through=data.draw(st.sampled_from([None, *(c.id for c in world.contacts if c.id != who)])),
    )
    back = Touch(id="back", contact_id=who, kind=K.VOID, at=AFTER_ALL, voids="extra")
    taken_back = world.with_touch(extra).with_touch(back)
    assert taken_back.due() == world.due()
    assert stage_of(taken_back.logs[who], NOW, world.rules) is stage_of(world.logs[who], NOW, world.rules)
    before, after = (funnel(histories(one.contacts, one.touches)) for one in (world, taken_back))
    assert [step.count for step in after.steps] == [step.count for step in before.steps]


# ------------------------------------------------------------------------------------------ what the log answers


@settings(max_examples=400)
@given(st.one_of(worlds(), worlds(asking=True)))
def test_nothing_is_asked_that_the_log_already_answers(world: World) -> None:
    for one in world.due():
        log = world.held(one.contact_id)
        said = [touch.kind for touch in log if touch.kind is not K.NOTE]
        offers = [offer for offer in world.offers if offer.contact_id == one.contact_id]
        assert not ANSWERED[one.kind](one, said, log, replace(world, offers=offers)), (one, said)


def after(said: list[TouchKind], *kinds: TouchKind) -> list[TouchKind]:
    """What was said after the last touch of these kinds; everything when there is none."""
    places = [place for place, kind in enumerate(said) if kind in kinds]
    return said[places[-1] + 1 :] if places else said


def _met(log: list[Touch]) -> Touch:
    """The last meeting, or the thanks that are the only sign of one."""
    met = [touch for touch in log if touch.kind is K.MET]
    return met[-1] if met else next(touch for touch in log if touch.kind is K.THANKED)


def _meeting_answered(one: Due, said: list[TouchKind], log: list[Touch], world: World) -> bool:
    """It is off, or we met on its day or later."""
    day = datetime.fromisoformat(one.key.split(":", 2)[2]).astimezone(BERLIN).date()
    met = [touch for touch in log if touch.kind is K.MET and touch.at.astimezone(BERLIN).date() >= day]
    return bool(met) or said[-1:] in [[K.CANCELLED], [K.NO_SHOW], [K.DECLINED]]


def _nudge_answered(one: Due, said: list[TouchKind], log: list[Touch], world: World) -> bool:
    last_message = [touch for touch in log if touch.kind in {K.ASKED, K.NUDGED, K.OFFERED, K.FOLLOWED_UP}][-1]
    place = log.index(last_message)
    theirs = [touch for touch in log[place + 1 :] if touch.kind not in OURS]
    nudged = [touch for touch in log if touch.kind is K.NUDGED]
    words = [touch for touch in log if touch.kind not in OURS]
    nudged_since = bool(nudged) and (not words or log.index(nudged[-1]) > log.index(words[-1]))
    too_soon = business_days_since(last_message.at, world.rules) < world.rules.cadence.nudge_after
    over = world.trip.last_day < NOW.date() and last_message.at.astimezone(BERLIN).date() <= world.trip.last_day
    return bool(theirs) or nudged_since or too_soon or over or said[-1] is K.DECLINED


def _debrief_answered(one: Due, said: list[TouchKind], log: list[Touch], world: World) -> bool:
    met = _met(log)
    notes = [touch for touch in log[log.index(met) :] if touch.kind is K.NOTE] + [met]
    return any(touch.note.strip() for touch in notes) or NOW - met.at > timedelta(days=15)


def _offer_answered(one: Due, said: list[TouchKind], log: list[Touch], world: World) -> bool:
    (offer,) = world.offers
    words = [touch for touch in log if touch.kind not in OURS and touch.at > offer.made_at]
    reminders = [touch for touch in log if touch.kind in {K.NUDGED, K.FOLLOWED_UP} and touch.at >= offer.made_at]
    return bool(words or reminders) or offer.closed_at is not None or max(offer.starts) <= NOW


def _promise_answered(one: Due, said: list[TouchKind], log: list[Touch], world: World) -> bool:
    promises = [touch for touch in log if touch.follow_up_on is not None]
    later = [touch for touch in log[log.index(promises[-1]) + 1 :] if touch.kind in {K.FOLLOWED_UP, K.MET}]
    return bool(later) or min(touch.follow_up_on for touch in promises if touch.follow_up_on) > NOW.date() + timedelta(
        5
    )


def _touch_answered(one: Due, said: list[TouchKind], log: list[Touch], world: World) -> bool:
    last = [touch for touch in log if touch.kind is not K.NOTE][-1]
    young = (NOW.date() - last.at.astimezone(BERLIN).date()).days < world.rules.cadence.touch_after
    return young or last.kind in {K.REPLIED, K.MET, K.ASKED, K.SCHEDULED} or not {K.MET, K.THANKED} & set(said)


ANSWERED = {
    DueKind.HOW_WAS_IT: _meeting_answered,
    DueKind.CONFIRM: lambda one, said, log, world: (
        said[-1:] == [K.CONFIRMED] or _meeting_answered(one, said, log, world)
    ),
    DueKind.MEETING_SOON: _meeting_answered,
    DueKind.THANK: lambda one, said, log, world: bool({K.THANKED, K.FOLLOWED_UP} & set(after(said, K.MET))),
    DueKind.DEBRIEF: _debrief_answered,
    DueKind.REPLY: lambda one, said, log, world: said[-1] is not K.REPLIED,
    DueKind.OFFER_HOURS: lambda one, said, log, world: bool(
        {K.SCHEDULED, K.RESCHEDULED, K.OFFERED, K.DECLINED, K.MET}
        & set(after(said, K.ACCEPTED, K.CANCELLED, K.NO_SHOW))
    ),
    DueKind.OFFER_RUNS_OUT: _offer_answered,
    DueKind.KEEP_PROMISE: _promise_answered,
    DueKind.NUDGE: _nudge_answered,
    DueKind.NEXT_PERSON: lambda one, said, log, world: bool(said),
    DueKind.ASK_NEW: lambda one, said, log, world: bool(said) or world.trip.first_day <= NOW.date(),
    DueKind.KEEP_IN_TOUCH: _touch_answered,
}


# ---------------------------------------------------------------------------------------------------------- limits


def open_asks(world: World) -> Counter[str]:
    """By organisation: asked without an answer, the last message fewer than three business days old."""
    found: Counter[str] = Counter()
    for contact in world.contacts:
        where = contact.organisation.strip().casefold() or f"alone: {contact.id}"
        log = world.held(contact.id)
        messages = [touch for touch in log if touch.kind in {K.ASKED, K.NUDGED, K.OFFERED, K.FOLLOWED_UP}]
        young = bool(messages) and business_days_since(messages[-1].at, world.rules) < 3
        found[where] += young and stage_of(log, NOW, world.rules).value in {"asked", "silent"}
    return found


@settings(max_examples=400)
@given(st.one_of(worlds(), worlds(asking=True)))
def test_doing_all_that_is_proposed_leaves_no_more_open_asks_at_an_organisation_than_allowed(world: World) -> None:
    before = open_asks(world)
    asking = {DueKind.NUDGE: K.NUDGED, DueKind.NEXT_PERSON: K.ASKED, DueKind.ASK_NEW: K.ASKED}
    done = world
    for number, one in enumerate(world.due()):
        if one.kind in asking:
            touch = Touch(id=f"done-{number}", contact_id=one.contact_id, kind=asking[one.kind], at=NOW)
            done = done.with_touch(touch)
    for where, count in open_asks(done).items():
        assert count <= max(before[where], world.rules.cadence.open_asks), where


@settings(max_examples=250)
@given(st.one_of(worlds(), worlds(asking=True)))
def test_nobody_new_is_proposed_beside_someone_who_talks_with_us(world: World) -> None:
    talking = set()
    for contact in world.contacts:
        log = world.held(contact.id)
        nudged_at = max((place for place, touch in enumerate(log) if touch.kind is K.NUDGED), default=-1)
        since = [touch for touch in log[nudged_at + 1 :] if touch.kind not in OURS]
        stage = stage_of(log, NOW, world.rules).value
        fell_silent = nudged_at >= 0 and not since
        if stage in {"scheduled", "confirmed"} or (stage in {"replied", "accepted"} and not fell_silent):
            talking.add(contact.organisation.strip().casefold() or contact.id)
    for one in world.due():
        if one.kind in {DueKind.NEXT_PERSON, DueKind.ASK_NEW}:
            contact = next(other for other in world.contacts if other.id == one.contact_id)
            assert (contact.organisation.strip().casefold() or contact.id) not in talking


@settings(max_examples=250)
@given(st.one_of(worlds(), worlds(asking=True)))
def test_new_asks_are_no_more_a_day_than_allowed(world: World) -> None:
    first_asks = [
        min(asks)
        for contact in world.contacts
        if (asks := [touch.at for touch in world.held(contact.id) if touch.kind in {K.ASKED, K.NUDGED, K.OFFERED}])
    ]
    today = sum(at.astimezone(BERLIN).date() == NOW.date() for at in first_asks)
    proposed = sum(one.kind in {DueKind.NEXT_PERSON, DueKind.ASK_NEW} for one in world.due())
    assert proposed <= max(0, world.rules.cadence.new_asks_a_day - today)
