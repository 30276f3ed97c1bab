"""The forecast where its numbers can be worked out by hand, and what must hold of every one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from forecast_builders import NOW, RULES, TODAY, agreed, alike, known, many, pace, trip

from iiplan.errors import InputError
from iiplan.forecast import Assumptions, Forecast, NeededFrom, forecast
from iiplan.model import Candidate, Source, Trip
from iiplan.outreach import History, Rules

NEXT_MONTH = date(2027, 4, 5)  # a Monday, 25 business days ahead
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (TODAY + timedelta(days=n) for n in range(1, 5))
CERTAIN = alike(0.99, 0.99)


def seen(
    people: list[History],
    ahead: Trip,
    *candidates: Candidate,
    rules: Rules = RULES,
    assumed: Assumptions = CERTAIN,
    per_day: int = 3,
    seed: int = 1,
) -> Forecast:
    return forecast(people, ahead, candidates, NOW, rules, assumed, seed=seed, per_day=per_day)


def test_when_every_hour_is_agreed_the_week_is_full_for_certain() -> None:
    days = [NEXT_MONTH + timedelta(days=n) for n in range(5)]
    people = [known(f"{day}-{hour}", ("asked", 9), ("scheduled", 5)) for day in days for hour in (9, 11, 14)]
    meetings = [agreed(f"{day}-{hour}", day, hour) for day in days for hour in (9, 11, 14)]
    given = seen(people, trip(NEXT_MONTH), *meetings)
    assert (given.goal, given.chances[15], given.low, given.high, given.full) == (15, 1.0, 15, 15, 1.0)
    assert given.needed is not None
    assert given.needed.asks == 0
    assert all(gain.meetings == 0 for gain in given.gains)


def test_more_yeses_than_places_fill_the_week_and_no_more() -> None:
    given = seen(many(40, ("asked", 9), ("accepted", 5)), trip(NEXT_MONTH))
    assert given.chances[15] == 1.0
    assert len(given.chances) == 16
    four = seen(many(40, ("asked", 9), ("accepted", 5)), trip(NEXT_MONTH), per_day=4)
    assert four.chances[20] == 1.0


def test_a_yes_becomes_a_meeting_with_the_chance_assumed() -> None:
    # one yes, kept with 1/4: no other way to a meeting. 4,000 draws: 1/4 +- 4 * sqrt(3/16 / 4000)
    given = seen(many(1, ("asked", 9), ("accepted", 5)), trip(NEXT_MONTH), assumed=replace(CERTAIN, kept=0.25))
    assert given.chances[1] == pytest.approx(0.25, abs=0.028)
    assert given.chances[0] + given.chances[1] == pytest.approx(1)


def test_days_off_take_no_meetings() -> None:
    given = seen(many(40, ("asked", 9), ("accepted", 5)), trip(NEXT_MONTH, off=(1, 3)))
    assert (given.goal, given.days_left, given.chances[9]) == (9, 3, 1.0)


def test_a_day_takes_no_more_than_its_own_most() -> None:
    assert seen([], trip(NEXT_MONTH, most=2), per_day=4).goal == 10


def test_a_yes_needs_a_business_day_to_become_an_hour() -> None:
    yes = many(9, ("asked", 9), ("accepted", 5))
    # today is taken as it is; three fit on Tuesday
    assert seen(yes, trip(TODAY, 2)).chances[3] == 1.0
    # Tuesday is a public holiday: nothing is settled before Wednesday
    free = replace(RULES, holidays=frozenset({TUESDAY}))
    assert seen(yes, trip(TODAY, 2), rules=free).chances[0] == 1.0
    assert seen(yes, trip(TODAY, 3), rules=free).chances[3] == 1.0


def test_late_yeses_find_only_late_places() -> None:
    # nine certain yeses for Tuesday and Wednesday, but only three on each day fit at three a day
    assert seen(many(9, ("asked", 9), ("accepted", 5)), trip(TODAY, 3)).chances[6] == 1.0


def test_days_gone_by_count_as_they_were_and_only_the_days_left_can_be_filled() -> None:
    # the trip began last Thursday: one met on Friday, one agreed for today, then Tuesday and Wednesday with three each
    people = [known("ann", ("asked", 9), ("met", 1)), known("ben", ("asked", 9), ("scheduled", 5))]
    given = seen(people, trip(date(2027, 2, 25), 7), agreed("ben", TODAY, 15))
    assert (given.held.done, given.days_left, given.goal) == (2, 2, 2 + 6)
    assert given.chances[2] == 1.0
    assert given.sure == 2


def test_a_meeting_before_the_trip_is_none_of_the_trip() -> None:
    given = seen([known("ann", ("asked", 9), ("met", 3), ("thanked", 2))], trip(NEXT_MONTH))
    assert given.chances[0] == 1.0


def test_a_trip_that_is_over_has_nothing_to_fill() -> None:
    given = seen(many(5, ("asked", 2)) + many(2, ("met", 12), name="met"), trip(date(2027, 2, 8), 5))
    assert (given.days_left, given.full, given.needed) == (0, None, None)
    assert given.held.done == 2  # twelve business days before 1 March is 11 February
    assert given.chances[2] == 1.0
    assert all(gain.meetings == 0 for gain in given.gains)


def test_asks_add_nothing_when_no_answer_can_come_in_time() -> None:
    # on a Friday before a weekend in town: whatever is answered today is settled on Monday
    given = forecast([], trip(date(2027, 3, 6), 2), [], NOW + timedelta(days=4), RULES, CERTAIN, seed=1)
    assert given.needed is not None
    assert (given.needed.asks, given.needed.possible, given.needed.at_once) == (None, 0, None)
    assert (given.goal, given.full) == (6, 0.0)
    assert all(gain.meetings == 0 for gain in given.gains)


def test_who_has_waited_thirty_business_days_adds_next_to_nothing() -> None:
    fresh = seen(many(1, ("asked", 0)), trip(NEXT_MONTH), assumed=alike(0.5, 0.6))
    old = seen(many(1, ("asked", 30)), trip(NEXT_MONTH), assumed=alike(0.5, 0.6))
    assert fresh.mean > 0.2
    assert old.mean < 0.005


def test_a_pending_ask_is_worth_what_is_left_of_its_chance() -> None:
    # p = 1/2, waited 2 days, by which half of the answers are there: 1/2 * 1/2 / (1 - 1/4) = 1/3 answer, of which
    # 0.6 say yes -> 0.2 +- 4 * sqrt(0.16 / 4000)
    given = seen(many(1, ("asked", 2)), trip(NEXT_MONTH), assumed=alike(0.5, 0.6))
    assert given.mean == pytest.approx(0.2, abs=0.026)


def test_a_new_ask_starts_the_wait_anew_and_a_nudge_does_not() -> None:
    again = seen(many(1, ("asked", 100), ("asked", 0)), trip(NEXT_MONTH), assumed=alike(0.5, 0.6))
    nudged = seen(many(1, ("asked", 100), ("nudged", 0)), trip(NEXT_MONTH), assumed=alike(0.5, 0.6))
    assert list(again.held.waiting) == [(Source.ALUMNI, 0)]
    assert list(nudged.held.waiting) == [(Source.ALUMNI, 100)]


def test_a_no_is_final_and_an_agreed_hour_that_fell_through_waits_for_another() -> None:
    fell = [known("ann", ("asked", 9), ("scheduled", 5), ("cancelled", 1))]
    given = seen([*fell, *many(3, ("asked", 9), ("declined", 5))], trip(NEXT_MONTH), agreed("ann", NEXT_MONTH))
    assert given.held.agreed == {}
    assert given.held.yes == {Source.ALUMNI: 1}
    assert given.chances[1] == 1.0


def test_an_hour_agreed_outside_the_trip_or_for_another_one_is_not_of_this_week() -> None:
    outside = seen(
        [known("ann", ("asked", 9), ("scheduled", 5))], trip(NEXT_MONTH), agreed("ann", NEXT_MONTH - timedelta(days=3))
    )
    assert outside.chances[0] == 1.0
    asked = known("ben", ("asked", 3))
    elsewhere = replace(asked.touches[0], trip_id="oslo")
    other = replace(asked, touches=(elsewhere,), known=replace(asked.known, message=elsewhere))
    assert seen([other], trip(NEXT_MONTH)).held.waiting == {}


def test_an_agreed_hour_the_app_does_not_know_takes_some_place() -> None:
    given = seen([known("ann", ("asked", 9), ("scheduled", 5))], trip(NEXT_MONTH))
    assert given.held.undated == 1
    assert given.chances[1] == 1.0


def test_the_fewest_asks_that_reach_four_in_five_by_hand() -> None:
    # one place; each ask fills it with 0.5 * 0.99: 1 - 0.505^2 = 0.74, 1 - 0.505^3 = 0.87 -> three
    listed = many(2, source=Source.LINKEDIN)
    given = seen(listed, trip(NEXT_MONTH, 1), assumed=alike(0.5, 0.99), per_day=1, rules=pace(1))
    assert given.needed is not None
    assert given.needed.asks == 3
    assert given.needed.chance == pytest.approx(0.871, abs=0.025)
    assert given.needed.last_on == WEDNESDAY
    assert given.needed.sources == (NeededFrom(source=Source.LINKEDIN, on_list=2, to_find=1),)


def test_asks_made_today_use_up_todays_share() -> None:
    today = [known("ann", ("asked", 0), ("declined", 0))]
    given = seen(today, trip(NEXT_MONTH, 1), assumed=alike(0.5, 0.99), per_day=1, rules=pace(1))
    assert given.needed is not None
    assert given.needed.last_on == THURSDAY


def test_what_the_pace_cannot_reach_is_said_with_what_one_day_of_asking_would() -> None:
    # one place on Thursday; answers by Wednesday. Asks of Monday, Tuesday, Wednesday are answered in time with
    # 1/2, 1 - 2^(-2/3), 1 - 2^(-1/3) times 0.98: 1 - 0.510 * 0.637 * 0.798 = 0.74; three on Monday 1 - 0.510^3 = 0.87
    given = seen([], trip(THURSDAY, 1), per_day=1, rules=pace(1))
    assert given.needed is not None
    assert (given.needed.asks, given.needed.possible, given.needed.at_once) == (None, 3, 3)
    assert given.needed.chance == pytest.approx(0.741, abs=0.028)


def test_the_source_with_the_best_chance_is_asked_first() -> None:
    # friends 0.85 * 0.75 = 0.64: two of them fill one place with 0.87, so nobody else is needed
    listed = [*many(2, source=Source.LINKEDIN), *many(2, source=Source.FRIEND)]
    given = seen(listed, trip(NEXT_MONTH, 1), assumed=Assumptions(kept=1.0), per_day=1)
    assert given.needed is not None
    assert given.needed.sources == (NeededFrom(source=Source.FRIEND, on_list=2),)


def test_people_in_the_city_or_on_the_trips_list_come_before_those_far_off_and_those_to_find_last() -> None:
    near = [known("here", source=Source.EVENT, city="BERLIN "), known("chosen", source=Source.EVENT, city="Oslo")]
    far = known("far", source=Source.FAMILY, city="Oslo")
    ahead, chosen = trip(NEXT_MONTH, 4), Candidate(contact_id="chosen", trip_id="berlin")
    # four places at 0.98 an ask: 0.98^4 = 0.92
    given = seen([far, *near], ahead, chosen, per_day=1)
    assert given.held.near == {Source.EVENT: 2}
    assert given.held.far == {Source.FAMILY: 1}
    assert given.needed is not None
    assert given.needed.sources == (
        NeededFrom(source=Source.FAMILY, on_list=1),
        NeededFrom(source=Source.LINKEDIN, to_find=1),
        NeededFrom(source=Source.EVENT, on_list=2),
    )
    two = seen([far, *near], trip(NEXT_MONTH, 2), chosen, per_day=1).needed
    assert two is not None
    assert two.sources == (NeededFrom(source=Source.EVENT, on_list=2),)


def test_only_one_person_an_organisation_is_counted_as_askable_and_none_where_an_ask_is_open() -> None:
    people = [
        *many(3, organisation="Acme"),
        *many(2, name="busy", organisation="Busy Ltd"),
        known("open", ("asked", 1), organisation="busy ltd"),
        *many(2, name="alone"),
    ]
    assert seen(people, trip(NEXT_MONTH)).held.near == {Source.ALUMNI: 1 + 2}


def test_one_more_ask_adds_its_chance_of_a_yes_while_the_week_has_room() -> None:
    given = seen([], trip(NEXT_MONTH), assumed=Assumptions())
    for gain in given.gains:
        # all but 2^(-25/3) = 0.3 % of the answers come in time
        assert gain.meetings == pytest.approx(gain.yes_chance, rel=0.01, abs=4 * gain.error)
        assert gain.error < 0.005  # two decimals are shown
    assert {gain.source: round(gain.yes_chance, 3) for gain in given.gains}[Source.ALUMNI] == 0.255  # 0.5 * 0.6 * 0.85


def test_one_more_ask_adds_as_much_as_asking_one_more_does() -> None:
    # eleven yeses, each kept with 0.9, for twelve places: one more ask counts where a place is left. Asked today and
    # not answered yet is the same ask, less the answers of today
    yes = many(11, ("asked", 9), ("accepted", 5))
    assumed = alike(0.9, 0.9, kept=0.9)
    ahead = trip(NEXT_MONTH, 4)
    before, after = seen(yes, ahead, assumed=assumed), seen([*yes, known("x")], ahead, assumed=assumed)
    assert before.mean == after.mean  # who is only on the list adds nothing
    gain = {one.source: one for one in before.gains}[Source.ALUMNI]
    assert gain.meetings == pytest.approx(0.9**3, abs=0.02)


def test_the_chances_sum_to_one_and_the_range_holds_eight_in_ten() -> None:
    given = seen(many(30, ("asked", 1), source=Source.LINKEDIN), trip(NEXT_MONTH), assumed=Assumptions())
    assert sum(given.chances) == pytest.approx(1)
    assert sum(given.chances[given.low : given.high + 1]) >= 0.8
    assert sum(given.chances[: given.low]) < 0.1
    assert sum(given.chances[given.high + 1 :]) <= 0.1


def test_the_same_seed_gives_the_same_forecast_whatever_the_order_of_people() -> None:
    people = [
        *many(9, ("asked", 1), source=Source.LINKEDIN),
        *many(9, ("asked", 4), ("replied", 2), source=Source.EVENT),
        *many(9, ("asked", 4), ("accepted", 2)),
        *many(9, organisation="Acme"),
        *many(9, name="q", organisation="Acme", source=Source.FRIEND, city="Oslo"),
    ]
    mixed = random.Random(1).sample(people, len(people))
    given = seen(people, trip(NEXT_MONTH), assumed=Assumptions())
    assert seen(mixed, trip(NEXT_MONTH), assumed=Assumptions()) == given
    assert seen(people, trip(NEXT_MONTH), assumed=Assumptions(), seed=2) != given


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"per_day": 0}, "The meetings a day cannot be 0. Use 1 to 6."),
        ({"draws": 0}, "The number of draws cannot be 0. Use 1 to 20000."),
        ({"seed": -1}, "The seed cannot be -1."),
    ],
)
def test_numbers_out_of_bounds_are_refused_in_words(details: dict[str, int], words: str) -> None:
    with pytest.raises(InputError) as refused:
        forecast([], trip(NEXT_MONTH), [], NOW, **{"seed": 1, **details})  # type: ignore[arg-type]
    assert words in str(refused.value)
