"""Six invented weeks, day by day: what happens, what Today says each morning, and what is done about it.

The weeks run from Monday 3 May to Friday 11 June 2027. The trip to Washington is from Tuesday 1 to Friday 4 June;
Monday 31 May is Memorial Day, a public holiday. Everything below was worked out by hand from the rules in
docs/glossary.md, with the reason beside it; the order within a morning counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from builders import BASE, NEAR
from streamlit.testing.v1 import AppTest

from iiplan.model import Authority, Cadence, Candidate, Contact, Source, Touch, TouchKind, Trip
from iiplan.outreach import Due, DueKind, effective_touches
from iiplan.planner import asking, offering, settings, today, trips, week
from iiplan.planner.workspace import Workspace, open_workspace

ZONE = ZoneInfo("America/New_York")
HANDFUL = 5
MAIN = Path(__file__).resolve().parents[2] / "iiplan" / "ui" / "main.py"


def t(text: str) -> datetime:
    """A time of 2027 in Washington: "3 May 09:00"."""
    return datetime.strptime(f"2027 {text}", "%Y %d %b %H:%M").replace(tzinfo=ZONE)


# ------------------------------------------------------------------------------------------------------- the people


def someone(name: str, organisation: str, authority: str, source: str, **details: object) -> Contact:
    """Somebody in Washington, whose id is the first name in lower case."""
    return Contact(
        id=name.split()[0].lower(),
        name=name,
        organisation=organisation,
        authority=Authority(authority),
        source=Source(source),
        city="Washington",
        place=NEAR,
        **details,  # type: ignore[arg-type]
    )


# Asked in this order: those who can hire first, then those with a say, recruiters, peers; then the closest source
PEOPLE = [
    someone("Ann Archetype", "Acme Atlas", "can_hire", "alumni"),
    someone("Abe Abstract", "Acme Atlas", "has_a_say", "linkedin"),
    someone("Ava Axiom", "Acme Atlas", "peer", "linkedin"),
    someone("Dot Draft", "Draft & Daughters", "can_hire", "alumni"),
    someone("Bea Blank", "Blank Books", "can_hire", "linkedin"),
    someone("Bo Blueprint", "Blank Books", "recruiter", "linkedin"),
    someone("Cy Canvas", "Canvas Council", "has_a_say", "event"),
    someone("Cleo Concept", "Canvas Council", "peer", "friend"),
    someone("Eve Example", "", "unknown", "family"),
    someone("Fay Figment", "Figment Fund", "has_a_say", "referral", referred_by="eve"),
    someone("Gil Gist", "Gist Gazette", "peer", "alumni"),
    someone("Hal Hypothesis", "", "unknown", "association"),
]
LATER = [
    someone("Ivy Index", "Index Institute", "has_a_say", "association"),
    someone("Jo Jotting", "", "unknown", "event"),
]

# -------------------------------------------------------------------------------------------------------- the story


@dataclass(frozen=True, kw_only=True)
class Look:
    """A look at Today: what it must say, as kind and person, and what of it is left for another day."""

    when: datetime
    due: tuple[str, ...]
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happens, and is logged at once."""

    when: datetime
    does: Callable[[Life], None]


def look(when: str, *due: str, leaves: Sequence[str] = ()) -> Look:
    return Look(when=t(when), due=due, leaves=tuple(leaves))


def says(when: str, who: str, kind: str, note: str = "") -> Event:
    """They answer."""
    return Event(when=t(when), does=lambda life: life.log(who, TouchKind(kind), note=note))


def agrees(when: str, who: str, start: str) -> Event:
    """They choose one of the hours held for them."""
    return Event(when=t(when), does=lambda life: week.agree(life.ws, life.trip, who, t(start)))


def event(when: str, does: Callable[[Life], None]) -> Event:
    return Event(when=t(when), does=does)


# fmt: off
STORY: list[Look | Event] = [
    # ---- week 1. Aunt Eve was met by phone on Sunday at 15:00, and it is written down. Two new asks a day
    look("3 May 09:00", "thank eve", "ask_new ann", "ask_new dot"),  # thanks until 15:00; then the two at the top
    look("4 May 09:00", "ask_new bea", "ask_new cy"),                # Abe waits: Ann's ask at Acme is open
    says("4 May 15:00", "ann", "replied"),
    look("5 May 09:00", "reply ann", "ask_new fay", "ask_new gil"),  # answered with a promise, by Monday
    says("5 May 16:00", "cy", "accepted"),
    look("6 May 09:00", "offer_hours cy", "ask_new hal"),            # only Hal is left whose organisation is free
    says("6 May 18:00", "hal", "declined"),
    look("7 May 09:00", "next_person bo", "keep_promise ann",        # Bea: 3 business days. Promise: shown on Friday
         leaves=["keep_promise ann"]),

    # ---- week 2
    look("10 May 09:00", "keep_promise ann"),                        # Cy's hours wait for 2 business days only
    says("10 May 14:00", "fay", "accepted"),
    look("11 May 09:00", "offer_hours fay", "offer_runs_out cy"),    # Fay by 14:00; Cy's hours wait since Thursday
    agrees("11 May 18:00", "cy", "2 Jun 10:00"),
    look("12 May 09:00", "nudge dot"),                               # asked on Monday 3: 7 business days
    agrees("12 May 16:00", "fay", "3 Jun 14:00"),
    look("13 May 09:00", "nudge bea", leaves=["nudge bea"]),         # asked on Tuesday 4; Bo's ask is 4 days old
    look("14 May 09:00", "nudge bea", "nudge gil"),                  # Gil was asked on Wednesday 5
    says("14 May 17:00", "gil", "accepted"),

    # ---- week 3. Two more people were found at the weekend
    event("16 May 12:00", lambda life: life.ws.store.save_contacts(LATER)),
    look("17 May 09:00", "offer_hours gil",                          # a business day after Friday 17:00
         "ask_new ivy", "ask_new jo",                                # Ivy in the place of Dot: nudged 3 days ago
         "keep_in_touch eve",                                        # 14 days since the thanks
         leaves=["keep_in_touch eve"]),
    event("17 May 09:30", lambda life: life.put_off("keep_in_touch eve", t("19 May 06:00"))),
    look("18 May 09:00"),                                            # Bo: 7 days, but Bea's nudge is only 2 old
    says("18 May 11:00", "ivy", "accepted"),
    look("19 May 09:00", "offer_hours ivy",                          # until 11:00
         "nudge ann", "nudge bo",                                    # Ann: nothing since our word of Monday 10
         "keep_in_touch eve"),                                       # back from being put off
    says("19 May 17:00", "bo", "accepted"),
    look("20 May 09:00", "offer_hours bo", "offer_runs_out gil"),    # Gil's hours wait since Monday
    agrees("20 May 15:00", "gil", "1 Jun 10:00"),
    look("21 May 09:00"),                                            # Ivy's hours wait for 2 days: nothing
    agrees("21 May 18:00", "ivy", "1 Jun 14:00"),
    says("22 May 12:00", "ann", "declined"),

    # ---- week 4
    look("24 May 09:00", "ask_new abe"),                             # nobody at Acme is asked or talking any more
    agrees("24 May 12:00", "bo", "4 Jun 12:00"),
    look("25 May 09:00"),
    event("25 May 16:00", lambda life: life.falls_through("fay", TouchKind.CANCELLED)),
    look("26 May 09:00", "offer_hours fay", "nudge jo"),             # Jo was asked on Monday 17
    agrees("26 May 18:00", "fay", "2 Jun 14:00"),
    look("27 May 09:00", "confirm gil", "confirm ivy",               # Tuesday's, by Friday: Monday is a holiday
         "next_person ava",                                          # Abe was asked on Monday
         leaves=["confirm ivy"]),
    look("28 May 09:00", "confirm ivy",                              # by 14:00
         "confirm cy", "confirm fay",                                # Wednesday's, by Tuesday: shown from today on
         leaves=["confirm fay"]),
    event("28 May 12:00", lambda life: life.plans()),

    # ---- week 5: a holiday, and the trip; in the evenings a second and a third look
    look("31 May 09:00", "confirm fay", leaves=["confirm fay"]),
    look("1 Jun 09:00", "meeting_soon gil", "confirm fay"),          # Ivy at 14:00 is 5 hours away
    look("1 Jun 19:00", "how_was_it gil", "how_was_it ivy"),         # Ivy did not come
    look("1 Jun 20:00", "offer_hours ivy",                           # ready to send: before what has to be written
         "debrief gil", "thank gil"),                                # the thanks quote what was written down
    look("2 Jun 09:00", "meeting_soon cy",
         "offer_runs_out ivy",                                       # the first of her hours is tomorrow
         "confirm bo",                                               # Friday's, by Thursday
         "keep_in_touch eve", leaves=["keep_in_touch eve"]),         # 14 days since Wednesday 19
    agrees("2 Jun 13:00", "ivy", "3 Jun 14:00"),
    look("2 Jun 19:00", "how_was_it cy", "how_was_it fay",
         "confirm ivy",                                              # agreed too late for a day ahead: at once
         "keep_in_touch eve", leaves=["keep_in_touch eve"]),
    look("2 Jun 20:00", "thank cy",                                  # Cy's touch has a note: nothing to write down
         "debrief fay", "thank fay",
         "keep_in_touch eve", leaves=["debrief fay", "thank fay", "keep_in_touch eve"]),
    look("3 Jun 09:00", "debrief fay", "thank fay",                  # until 14:30
         "nudge abe",                                                # 7 days since Monday 24, the holiday left out
         "keep_in_touch eve"),
    look("3 Jun 19:00", "how_was_it ivy"),                           # met, with a promise to keep by Monday
    look("4 Jun 09:00", "meeting_soon bo", "thank ivy", "keep_promise ivy", leaves=["keep_promise ivy"]),
    look("4 Jun 19:00", "how_was_it bo", "keep_promise ivy", leaves=["how_was_it bo", "keep_promise ivy"]),

    # ---- week 6. Ava (asked on Thursday 27) is not nudged any more: the trip is over
    look("7 Jun 09:00", "how_was_it bo", "keep_promise ivy"),
    look("8 Jun 09:00", "debrief bo", "thank bo"),
    look("9 Jun 09:00"),
    says("9 Jun 12:00", "cy", "replied"),
    look("10 Jun 09:00", "reply cy"),
    look("11 Jun 09:00"),                                            # in touch with Gil again from the 15th on
]
# fmt: on

HOURS = {  # what is offered, by whom and on which day
    ("cy", date(2027, 5, 6)): ("2 Jun 10:00", "3 Jun 10:00"),
    ("fay", date(2027, 5, 11)): ("2 Jun 14:00", "3 Jun 14:00"),
    ("gil", date(2027, 5, 17)): ("1 Jun 10:00", "4 Jun 10:00"),
    ("ivy", date(2027, 5, 19)): ("1 Jun 14:00", "4 Jun 14:00"),
    ("bo", date(2027, 5, 20)): ("3 Jun 10:00", "4 Jun 12:00"),
    ("fay", date(2027, 5, 26)): ("2 Jun 14:00", "4 Jun 10:00"),
    ("ivy", date(2027, 6, 1)): ("3 Jun 14:00", "4 Jun 14:00"),
}
TOUCHES: dict[str, dict[str, object]] = {  # what is logged besides the kind of touch
    "reply ann": {"note": "My questions follow by Monday.", "follow_up_on": date(2027, 5, 10)},
    "debrief gil": {"note": "Newsrooms want people who can count."},
    "how_was_it cy": {"note": "Councils hire in spring."},
    "debrief fay": {"note": "Funds read proposals from the end."},
    "how_was_it ivy": {"note": "Wants to see the report.", "follow_up_on": date(2027, 6, 7)},
    "how_was_it bo": {"at": t("4 Jun 12:30")},
    "debrief bo": {"note": "Recruiters look at the first page."},
}

# ------------------------------------------------------------------------------------------------------ playing it


@dataclass
class Life:
    """A user with a clock. ``seen``: what Today said at each look; ``read``: the titles on the page, in their order."""

    ws: Workspace
    trip: Trip
    clock: list[datetime]
    seen: dict[datetime, tuple[Due, ...]] = field(default_factory=dict)
    read: dict[datetime, list[str]] = field(default_factory=dict)

    def log(self, who: str, kind: TouchKind, **details: object) -> Touch:
        return asking.log(self.ws, who, kind, timezone=self.trip.timezone, **details)  # type: ignore[arg-type]

    def today(self) -> tuple[Due, ...]:
        return today.due(self.ws, self.trip, week.current(self.ws, self.trip).agenda).items

    def page(self) -> list[str]:
        """Open the page Today in the app itself, and read the titles of the cards on its list."""
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("IIPLAN_DB", str(self.ws.store.path))
            patched.setenv("IIPLAN_NOW", self.clock[0].isoformat())
            at = AppTest.from_file(str(MAIN), default_timeout=60)
            at.query_params["now"] = "0"
            at.run()
        assert not at.exception
        cards = [one.value.replace("\\", "") for one in at.markdown if one.value.startswith(":material/")]
        return [card.split("**")[1] for card in cards if "**" in card]

    def put_off(self, what: str, until: datetime) -> None:
        (item,) = [one for one in self.today() if named(one) == what]
        today.snooze(self.ws, item, until)

    def plans(self) -> None:
        week.plan(self.ws, self.trip)

    def falls_through(self, who: str, kind: TouchKind) -> None:
        """The agreed hour is free again."""
        asking.free_hours(self.ws, self.log(who, kind))

    def do(self, item: Due) -> None:
        """What Today says, with the clicks it takes."""
        who, name = item.contact_id, named(item)
        if item.kind is DueKind.OFFER_HOURS:
            self.offer(who)
        elif name == "how_was_it ivy" and self.clock[0] < t("2 Jun 00:00"):
            self.falls_through(who, TouchKind.NO_SHOW)
        elif item.logs is not None:
            self.log(who, item.logs, **TOUCHES.get(name, {}))

    def offer(self, who: str) -> None:
        if who not in {candidate.contact_id for candidate in self.ws.store.candidates(self.trip.id)}:
            self.ws.store.save_candidates([Candidate(contact_id=who, trip_id=self.trip.id)])
        hours = HOURS[who, self.clock[0].date()]
        offering.make_offer(self.ws, self.trip, who, [t(hour) for hour in hours], self.trip.timezone)


def named(item: Due) -> str:
    return f"{item.kind.value} {item.contact_id}"


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The six weeks, lived through once, on a database of their own."""
    clock = [t("3 May 08:00")]
    ws = open_workspace(tmp_path_factory.mktemp("weeks") / "iiplan.sqlite", now=lambda: clock[0])
    trip = trips.new_trip(
        name="Washington week",
        city="Washington",
        timezone="America/New_York",
        first=date(2027, 6, 1),
        last=date(2027, 6, 4),
    )
    trip = replace(trip, base=BASE, country="US-DC")
    trips.save_trip(ws, trip)
    settings.save_cadence(ws, Cadence(new_asks_a_day=2))
    ws.store.save_contacts(PEOPLE)
    life = Life(ws=ws, trip=trip, clock=clock)
    life.log("eve", TouchKind.MET, at=t("2 May 15:00"), note="Ask Fay, she said.")
    for step in STORY:
        clock[0] = step.when
        if isinstance(step, Event):
            step.does(life)
            continue
        found = life.seen[step.when] = life.today()
        life.read[step.when] = life.page()
        for item in found[:HANDFUL]:
            if named(item) in step.due and named(item) not in step.leaves:
                life.do(item)
    return life


def written(when: datetime) -> str:
    return f"{when:%a %d %b %H:%M}"


def test_today_was_right_each_morning(life: Life) -> None:
    said = {written(when): [named(item) for item in found] for when, found in life.seen.items()}
    right = {written(step.when): list(step.due) for step in STORY if isinstance(step, Look)}
    assert said == right


def test_the_page_showed_it_each_morning(life: Life) -> None:
    shown = {written(when): titles for when, titles in life.read.items()}
    assert shown == {written(when): [item.title for item in found] for when, found in life.seen.items()}


def test_every_business_day_was_looked_at_and_every_kind_came_up(life: Life) -> None:
    days = {when.date() for when in life.seen}
    assert len(days) == 30  # five days of six weeks, the holiday included
    assert {item.kind for found in life.seen.values() for item in found} == set(DueKind)
    assert max(map(len, life.seen.values())) <= HANDFUL


@pytest.mark.parametrize(
    ("when", "what", "why"),
    [
        (
            "17 May 09:00",
            "ask_new ivy",
            "Dot Draft left your nudge of Wed 12 May without an answer: let it rest. "
            "Washington week starts in 15 days, and Ivy Index has not been asked yet.",
        ),
        (
            "26 May 09:00",
            "offer_hours fay",
            "The meeting was cancelled on Tue 25 May, and no hours were offered since.",
        ),
        (
            "1 Jun 20:00",
            "offer_hours ivy",
            "The meeting of Tue 1 Jun did not take place, and no hours were offered since.",
        ),
        (
            "27 May 09:00",
            "next_person ava",
            "Abe Abstract there has not answered your message of Mon 24 May, 3 business days ago.",
        ),
        (
            "7 May 09:00",
            "keep_promise ann",
            "On Wed 5 May you promised to by Mon 10 May: My questions follow by Monday.",
        ),
        (
            "11 May 09:00",
            "offer_runs_out cy",
            "Held for them since Thu 6 May without a word: Wed 2 Jun 10:00 and Thu 3 Jun 10:00. "
            "Remind them, or withdraw the offer.",
        ),
        ("2 Jun 09:00", "keep_in_touch eve", "The last word between you was on Wed 19 May, 14 days ago."),
        (
            "3 Jun 09:00",
            "keep_in_touch eve",
            "The last word between you was on Wed 19 May, 15 days ago. "
            "Since you wrote you met Fay Figment, whom they pointed out: a good reason to write.",
        ),
    ],
)
def test_the_reasons_given_are_true(life: Life, when: str, what: str, why: str) -> None:
    (item,) = [one for one in life.seen[t(when)] if named(one) == what]
    assert item.why == why


@pytest.mark.parametrize(
    ("when", "what", "deadline"),
    [
        ("3 May 09:00", "thank eve", "3 May 15:00"),
        ("17 May 09:00", "offer_hours gil", "17 May 17:00"),  # a business day after Friday evening
        ("17 May 09:00", "keep_in_touch eve", "31 May 23:59"),  # 28 days after the thanks
        ("27 May 09:00", "confirm gil", "28 May 10:00"),  # the holiday left out
        ("28 May 09:00", "confirm fay", "1 Jun 14:00"),
        ("1 Jun 20:00", "thank gil", "2 Jun 10:30"),  # a day after the end
        ("4 Jun 09:00", "keep_promise ivy", "7 Jun 23:59"),
    ],
)
def test_the_deadlines_given_are_true(life: Life, when: str, what: str, deadline: str) -> None:
    (item,) = [one for one in life.seen[t(when)] if named(one) == what]
    assert item.deadline == t(deadline)


def test_no_organisation_ever_had_two_open_asks(life: Life) -> None:
    """Read off the log alone: at each ask and nudge those of colleagues are answered or three business days old."""
    people = PEOPLE + LATER
    logs = {one.id: effective_touches(life.ws.store.touches(contact_id=one.id)) for one in people}
    colleagues = {
        one.id: [other.id for other in people if other != one and other.organisation == one.organisation != ""]
        for one in people
    }
    sent = [touch for log in logs.values() for touch in log if open_at(log, touch.at, touch)]
    assert len(sent) == 18  # twelve people asked, and six nudged who had not answered
    for touch in sent:
        assert not any(open_at(logs[other], touch.at) for other in colleagues[touch.contact_id]), touch


def test_nobody_was_nudged_twice_without_an_answer_in_between(life: Life) -> None:
    for one in PEOPLE + LATER:
        log = effective_touches(life.ws.store.touches(contact_id=one.id))
        words = [touch.kind is TouchKind.NUDGED for touch in log if touch.kind is TouchKind.NUDGED or answered(touch)]
        assert not any(first and second for first, second in pairwise(words)), one.name


def test_no_day_had_more_than_two_new_asks(life: Life) -> None:
    asked = Counter(
        touch.at.astimezone(ZONE).date() for touch in life.ws.store.touches() if touch.kind is TouchKind.ASKED
    )
    assert max(asked.values()) == 2


def answered(touch: Touch) -> bool:
    return touch.kind in {TouchKind.REPLIED, TouchKind.ACCEPTED, TouchKind.DECLINED}


def open_at(log: Sequence[Touch], moment: datetime, last: Touch | None = None) -> bool:
    """Whether an ask in the log waits at ``moment``, not three business days old; with ``last``, sent just then."""
    before = [touch for touch in log if touch.at < moment or touch == last]
    asks = [touch for touch in before if touch.kind in {TouchKind.ASKED, TouchKind.NUDGED}]
    if not asks or any(map(answered, before)) or (last is not None and asks[-1] != last):
        return False
    days = range(asks[-1].at.astimezone(ZONE).date().toordinal() + 1, moment.date().toordinal() + 1)
    holiday = date(2027, 5, 31).toordinal()
    return sum(date.fromordinal(day).weekday() < 5 and day != holiday for day in days) < 3
