"""Whom to ask: the next person, somebody new, and never too many at one organisation or on one day."""

from __future__ import annotations

from datetime import date

import pytest
from due_builders import ADA, TRIP, due, kinds, offer, with_cadence
from outreach_builders import agreed, on, person, touch

from iiplan.model import Authority, Candidate, Contact, Source, TouchKind
from iiplan.outreach import Due, DueKind, Rules


def colleagues(*names: str, **details: object) -> list[Contact]:
    return [person(name, organisation="Acme", **details) for name in names]


def asks(found: tuple[Due, ...]) -> list[str]:
    """What is proposed, as kind and person."""
    return [f"{one.kind} {one.contact_id}" for one in found]


# ----------------------------------------------------------------------------------------------- the next person


def test_the_next_person_is_proposed_after_three_business_days_of_silence() -> None:
    people = colleagues("Ada", "Ben")
    asked = [touch("asked", on(1))]
    assert due(people, asked, on(3), trip=TRIP) == ()
    (found,) = due(people, asked, on(4), trip=TRIP)
    assert found == Due(
        kind=DueKind.NEXT_PERSON,
        key=f"next_person:ben:{asked[0].id}",
        contact_id="ben",
        title="Write to Ben at Acme",
        why="Ada there has not answered your message of Mon 1 Mar, 3 business days ago.",
        logs=TouchKind.ASKED,
    )
    assert asks(due(people, asked, on(3), rules=with_cadence(next_person_after=2))) == ["next_person ben"]
    holiday = Rules(holidays=frozenset({date(2027, 3, 3)}))
    assert due(people, asked, on(4), trip=TRIP, rules=holiday) == ()


def test_the_next_person_is_the_highest_in_the_chain_of_command_then_the_closest() -> None:
    people = [*colleagues("Ada", "Ben"), *colleagues("Cleo", "Dan", authority=Authority.HAS_A_SAY)]
    asked = [touch("asked", on(1))]
    assert asks(due(people, asked, on(4))) == ["next_person cleo"]
    people += colleagues("Zoe", authority=Authority.HAS_A_SAY, source=Source.FRIEND)
    assert asks(due(people, asked, on(4))) == ["next_person zoe"]
    people += colleagues("Zora", authority=Authority.CAN_HIRE)
    assert asks(due(people, asked, on(4))) == ["next_person zora"]


def test_organisations_are_the_same_without_regard_to_case() -> None:
    people = [person("Ada", organisation="Acme"), person("Ben", organisation=" ACME")]
    assert kinds(due(people, [touch("asked", on(1))], on(4))) == ["next_person"]


@pytest.mark.parametrize("state", ["replied", "accepted", "scheduled", "confirmed"])
def test_nobody_else_is_proposed_while_someone_there_is_talking(state: str) -> None:
    people = colleagues("Ada", "Ben", "Cleo")
    found = due(people, [touch("asked", on(1)), touch(state, on(1), "ben")], on(4), trip=TRIP)
    assert not {DueKind.NEXT_PERSON, DueKind.ASK_NEW} & {one.kind for one in found}


def test_an_agreed_hour_is_talking_also_where_the_log_is_silent() -> None:
    assert due(colleagues("Ada", "Ben"), [], on(8), trip=TRIP, candidates=[agreed("Ada", on(17))]) == ()


def test_who_fell_silent_after_a_reply_and_a_nudge_is_not_talking() -> None:
    people = colleagues("Ada", "Ben")
    silent = [touch("asked", on(1)), touch("replied", on(1, 12)), touch("followed_up", on(1, 14))]
    assert due(people, silent, on(9), trip=TRIP) == ()
    nudged = [*silent, touch("nudged", on(9))]
    assert due(people, nudged, on(11), trip=TRIP) == ()
    assert asks(due(people, nudged, on(12), trip=TRIP)) == ["ask_new ben"]


def test_nobody_else_is_proposed_while_a_second_ask_there_is_young() -> None:
    people = colleagues("Ada", "Ben", "Cleo")
    asked = [touch("asked", on(1)), touch("asked", on(3), "ben")]
    assert due(people, asked, on(5), trip=TRIP) == ()
    (found,) = due(people, asked, on(8), trip=TRIP)
    assert found.why == "Ben there has not answered your message of Wed 3 Mar, 3 business days ago."


def test_people_without_an_organisation_are_nobodys_colleagues() -> None:
    assert due([ADA, person("Ben")], [touch("asked", on(1))], on(4)) == ()


def test_no_next_person_for_a_trip_that_is_over() -> None:
    asked = [touch("asked", on(10))]
    assert asks(due(colleagues("Ada", "Ben"), asked, on(18), trip=TRIP)) == ["next_person ben"]
    assert due(colleagues("Ada", "Ben"), asked, on(20), trip=TRIP) == ()


# --------------------------------------------------------------------------------------- nudges among colleagues


def test_a_nudge_goes_before_a_next_person() -> None:
    people = colleagues("Ada", "Ben")
    asked = [touch("asked", on(1))]
    assert asks(due(people, asked, on(9))) == ["next_person ben"]
    assert asks(due(people, asked, on(10))) == ["nudge ada"]
    nudged = [*asked, touch("nudged", on(10))]
    assert due(people, nudged, on(12)) == ()
    (found,) = due(people, nudged, on(15))
    assert (found.contact_id, found.why) == (
        "ben",
        "Ada there has not answered your nudge of Wed 10 Mar, 3 business days ago.",
    )


def test_nobody_is_nudged_while_a_colleagues_ask_is_open() -> None:
    people = colleagues("Ada", "Ben")
    asked = [touch("asked", on(1)), touch("asked", on(9), "ben")]
    assert due(people, asked, on(11)) == ()
    assert asks(due(people, asked, on(12))) == ["nudge ada"]
    assert asks(due(people, asked, on(11), rules=with_cadence(open_asks=2))) == ["nudge ada"]


def test_of_two_silent_colleagues_the_longer_silent_one_is_nudged() -> None:
    people = colleagues("Ada", "Ben")
    asked = [touch("asked", on(2)), touch("asked", on(1), "ben")]
    assert asks(due(people, asked, on(15))) == ["nudge ben"]
    assert asks(due(people, asked, on(15), rules=with_cadence(open_asks=2))) == ["nudge ada", "nudge ben"]
    after = [*asked, touch("nudged", on(15), "ben")]
    assert due(people, after, on(17)) == ()
    assert asks(due(people, after, on(18))) == ["nudge ada"]


def test_a_nudge_of_someone_who_talks_with_us_takes_no_room() -> None:
    people = colleagues("Ada", "Ben")
    waiting = [touch("accepted", on(1)), touch("offered", on(2)), touch("asked", on(10), "ben")]
    assert asks(due(people, waiting, on(11))) == ["nudge ada"]


def test_hours_held_for_an_asked_person_leave_no_room_for_the_next() -> None:
    people = colleagues("Ada", "Ben")
    offered = [touch("offered", on(1))]
    held = [offer(on(1), on(16))]
    assert asks(due(people, offered, on(4), offers=held)) == ["offer_runs_out ada"]
    assert asks(due(people, offered, on(4))) == ["next_person ben"]


# ------------------------------------------------------------------------------------------------- somebody new


def test_someone_new_is_proposed_while_the_trip_lies_ahead() -> None:
    (found,) = due(ADA, [], on(8), trip=TRIP)
    assert found == Due(
        kind=DueKind.ASK_NEW,
        key="ask_new:ada:berlin",
        contact_id="ada",
        title="Ask Ada",
        why="Berlin week starts in 7 days, and Ada has not been asked yet.",
        logs=TouchKind.ASKED,
    )
    assert due(ADA, [], on(14), trip=TRIP)[0].why.startswith("Berlin week starts tomorrow")
    assert due(ADA, [], on(15, 0), trip=TRIP) == ()
    assert due(ADA, [], on(8), trip=None) == ()


def test_somebody_new_is_asked_in_the_place_of_who_left_the_nudge_unanswered() -> None:
    people = [ADA, person("Ben"), person("Cleo")]
    nudged = [touch("asked", on(1)), touch("nudged", on(8))]
    first, second = due(people, nudged, on(11), trip=TRIP)
    assert first.why == (
        "Ada left your nudge of Mon 8 Mar without an answer: let it rest. "
        "Berlin week starts in 4 days, and Ben has not been asked yet."
    )
    assert second.why == "Berlin week starts in 4 days, and Cleo has not been asked yet."
    assert all(one.why.startswith("Berlin") for one in due(people, nudged, on(10), trip=TRIP))
    assert all(one.why.startswith("Berlin") for one in due(people, nudged[:1], on(5), trip=TRIP))  # not nudged yet
    (left,) = due(people, [*nudged, touch("asked", on(11), "ben")], on(11), trip=TRIP)
    assert left.why.startswith("Berlin")  # Ben took the place
    early = due(people, [*nudged, touch("asked", on(10), "ben")], on(11), trip=TRIP)
    assert early[0].why.startswith("Ada left")


def test_a_colleague_takes_the_place_before_somebody_elsewhere() -> None:
    people = [*colleagues("Ada", "Ben"), person("Cleo")]
    found = due(people, [touch("asked", on(1)), touch("nudged", on(8))], on(11), trip=TRIP)
    assert asks(found) == ["next_person ben", "ask_new cleo"]
    assert found[1].why.startswith("Berlin")


def test_at_most_three_new_asks_a_day_those_made_today_included() -> None:
    people = [person(f"P{n}") for n in range(8)]
    assert len(due(people, [], on(8), trip=TRIP)) == 3
    today = [touch("asked", on(8, 8), "p0"), touch("asked", on(8, 9), "p1")]
    assert len(due(people, today, on(8), trip=TRIP)) == 1
    assert len(due(people, today, on(9), trip=TRIP)) == 3
    assert len(due(people, today, on(8), trip=TRIP, rules=with_cadence(new_asks_a_day=5))) == 3
    assert due(people, [], on(8), trip=TRIP, rules=with_cadence(new_asks_a_day=0)) == ()
    too_many = [touch("asked", on(8), f"p{n}") for n in range(5)]
    assert due(people, too_many, on(8), trip=TRIP) == ()


def test_the_next_person_takes_the_days_last_place() -> None:
    people = [*colleagues("Ada", "Ben"), person("Cleo", authority=Authority.CAN_HIRE)]
    asked = [touch("asked", on(1)), *(touch("asked", on(4), f"p{n}") for n in range(2))]
    rules = with_cadence(new_asks_a_day=1)
    assert asks(due(people, asked[:1], on(4), trip=TRIP, rules=rules)) == ["next_person ben"]
    assert asks(due(people, asked[:1], on(4), trip=TRIP)) == ["next_person ben", "ask_new cleo"]
    people += [person("P0"), person("P1")]
    assert asks(due(people, asked, on(4), trip=TRIP)) == ["next_person ben"]


def test_one_who_was_put_off_makes_room_for_another() -> None:
    people = [person(name) for name in ("Ada", "Ben", "Cleo")]
    rules = with_cadence(new_asks_a_day=1)
    (first,) = due(people, [], on(8), trip=TRIP, rules=rules)
    found = due(people, [], on(8), trip=TRIP, rules=rules, asleep={first.key})
    assert asks(found) == ["ask_new ada", "ask_new ben"]


def test_who_is_proposed_first() -> None:
    people = [
        person("Elsewhere", city="Oslo", authority=Authority.CAN_HIRE),
        person("Peer", city="berlin", authority=Authority.PEER, source=Source.FAMILY),
        person("Boss", city="Berlin", authority=Authority.CAN_HIRE),
        person("Chosen", city="Oslo"),
    ]
    chosen = [Candidate(contact_id="chosen", trip_id="berlin")]
    found = due(people, [], on(8), trip=TRIP, candidates=chosen)
    # three a day; then by name, since all press alike
    assert [one.contact_id for one in found] == ["boss", "chosen", "peer"]


def test_one_proposal_an_organisation_or_as_many_as_may_be_open() -> None:
    people = colleagues("Ada", "Ben", "Cleo")
    assert asks(due(people, [], on(8), trip=TRIP)) == ["ask_new ada"]
    two = with_cadence(open_asks=2)
    assert asks(due(people, [], on(8), trip=TRIP, rules=two)) == ["ask_new ada", "ask_new ben"]
    asked = [touch("asked", on(8))]
    assert due(people, asked, on(9), trip=TRIP) == ()
    assert asks(due(people, asked, on(9), trip=TRIP, rules=two)) == ["ask_new ben"]
    assert asks(due(people, asked, on(11), trip=TRIP, rules=two)) == ["next_person ben", "next_person cleo"]
