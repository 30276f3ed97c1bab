"""What to do now, and that it is never what the log already answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outreach_builders import AFTER_ALL, BERLIN, agreed, on, person, random_logs, touch, trip_from, void

from iiplan.model import (
    Agenda,
    AgendaDay,
    Authority,
    Block,
    BlockKind,
    Candidate,
    Contact,
    Coordinates,
    Format,
    Place,
    Source,
    Stage,
    Touch,
    TouchKind,
    Trip,
)
from iiplan.outreach import Due, DueKind, due_list, stage_of

ADA = person("Ada")
TRIP = trip_from(date(2027, 3, 15))  # Monday to Friday
PAST = trip_from(date(2027, 2, 1))


def due(
    contacts: Sequence[Contact] | Contact,
    touches: Sequence[Touch],
    now: datetime,
    *,
    trip: Trip | None = PAST,
    agenda: Agenda | None = None,
    candidates: Sequence[Candidate] = (),
) -> tuple[Due, ...]:
    people = [contacts] if isinstance(contacts, Contact) else contacts
    logs: dict[str, list[Touch]] = {}
    for one in touches:
        logs.setdefault(one.contact_id, []).append(one)
    return due_list(people, logs, now, trip=trip, agenda=agenda, candidates=candidates)


def kinds(found: Sequence[Due]) -> list[str]:
    return [one.kind.value for one in found]


def plan(start: datetime, who: str = "ada", *, fixed: bool = False) -> Agenda:
    """A plan of one meeting of half an hour."""
    block = Block(
        kind=BlockKind.MEETING,
        start=start,
        end=start + timedelta(minutes=30),
        title="Ada",
        contact_id=who,
        place=Place(name="Office", at=Coordinates(latitude=52.5, longitude=13.4)),
        leave_by=start - timedelta(minutes=40),
        fixed=fixed,
    )
    day = AgendaDay(date=start.date(), opens=start, closes=start + timedelta(hours=1), blocks=(block,))
    return Agenda(trip_id="berlin", timezone="Europe/Berlin", days=(day,))


# ------------------------------------------------------------------------------------------------ replies and hours


def test_a_reply_is_owed_while_theirs_is_the_last_word() -> None:
    asked, replied = touch("asked", on(1)), touch("replied", on(2, 16))
    (found,) = due(ADA, [asked, replied], on(3))
    assert found == Due(
        kind=DueKind.REPLY,
        contact_id="ada",
        title="Reply to Ada",
        why="Ada answered on Tue 2 Mar, and nothing is logged since.",
        due_at=on(3, 16),
        logs=TouchKind.FOLLOWED_UP,
    )
    assert due(ADA, [asked, replied, touch("followed_up", on(3))], on(4)) == ()
    assert kinds(due(ADA, [asked, replied, touch("note", on(3))], on(4))) == ["reply"]


def test_a_taken_back_answer_leaves_the_reply_owed() -> None:
    answer = touch("followed_up", on(3))
    assert kinds(due(ADA, [touch("replied", on(2)), answer, void(answer, on(4))], on(4))) == ["reply"]


def test_hours_are_offered_to_who_said_yes() -> None:
    yes = [touch("asked", on(1)), touch("accepted", on(5))]
    (found,) = due(ADA, yes, on(8))
    assert (found.kind, found.title, found.logs) == (DueKind.OFFER_HOURS, "Offer hours to Ada", TouchKind.OFFERED)
    assert found.why == "Ada said yes on Fri 5 Mar, and no hours were offered since."
    assert found.due_at == on(8)  # a business day after Friday is Monday
    assert due(ADA, [*yes, touch("offered", on(8))], on(9)) == ()
    assert due(ADA, [*yes, touch("scheduled", on(8))], on(9)) == ()


def test_an_offer_before_the_yes_asks_for_an_hour_to_be_settled() -> None:
    (found,) = due(ADA, [touch("offered", on(1)), touch("accepted", on(2))], on(3))
    assert (found.title, found.logs) == ("Settle an hour with Ada", TouchKind.SCHEDULED)
    assert found.why == "Ada said yes on Tue 2 Mar, after hours offered on Mon 1 Mar; no hour is agreed yet."


@pytest.mark.parametrize(
    ("undone", "why"),
    [
        ("cancelled", "The meeting was cancelled on Wed 3 Mar, and no hours were offered since."),
        ("no_show", "The meeting of Wed 3 Mar did not take place, and no hours were offered since."),
    ],
)
def test_hours_are_offered_again_when_a_meeting_fell_through(undone: str, why: str) -> None:
    fallen = [touch("offered", on(1)), touch("scheduled", on(2)), touch(undone, on(3))]
    (found,) = due(ADA, fallen, on(4))
    assert (found.kind, found.why) == (DueKind.OFFER_HOURS, why)
    assert due(ADA, [*fallen, touch("rescheduled", on(4))], on(4, 12)) == ()


def test_an_offer_says_what_the_plan_has() -> None:
    (found,) = due(ADA, [touch("accepted", on(1))], on(2), agenda=plan(on(17, 11)))
    assert found.why == "Ada said yes on Mon 1 Mar, and no hours were offered since. The plan has Wed 17 Mar 11:00."


def test_no_hours_are_offered_for_an_agreed_meeting() -> None:
    assert due(ADA, [touch("accepted", on(1))], on(2), candidates=[agreed("Ada", on(17))]) == ()


# ---------------------------------------------------------------------------------------------------------- nudges


def test_a_nudge_is_due_after_seven_business_days() -> None:
    asked = [touch("asked", on(1))]
    assert due(ADA, asked, on(9)) == ()
    (found,) = due(ADA, asked, on(10))
    assert found == Due(
        kind=DueKind.NUDGE,
        contact_id="ada",
        title="Nudge Ada",
        why="Your message of Mon 1 Mar has no answer after 7 business days. Nudge once, then let it rest.",
        due_at=on(10),
        logs=TouchKind.NUDGED,
    )


def test_a_nudge_is_proposed_once() -> None:
    nudged = [touch("asked", on(1)), touch("nudged", on(10))]
    assert due(ADA, nudged, on(31)) == ()
    assert due(ADA, [*nudged, touch("asked", on(15))], on(31)) == ()


def test_an_answer_makes_room_for_another_nudge() -> None:
    again = [
        touch("asked", on(1)),
        touch("nudged", on(10)),
        touch("replied", on(11)),
        touch("followed_up", on(12)),
    ]
    assert kinds(due(ADA, again, on(23))) == ["nudge"]


def test_offered_hours_that_stay_unanswered_are_nudged_about() -> None:
    assert kinds(due(ADA, [touch("accepted", on(1)), touch("offered", on(2))], on(11))) == ["nudge"]


def test_thanks_for_an_earlier_meeting_are_no_reason_not_to_nudge() -> None:
    again = [touch("met", on(1)), touch("asked", on(2)), touch("thanked", on(3))]
    assert kinds(due(ADA, again, on(11))) == ["nudge"]


def test_who_answered_our_last_message_is_not_nudged() -> None:
    answered = [
        touch("met", on(1)),
        touch("accepted", on(2)),
        touch("offered", on(3)),
        touch("replied", on(4)),
        touch("thanked", on(5)),
    ]
    assert due(ADA, answered, on(31)) == ()


def test_nobody_who_declined_is_nudged() -> None:
    assert due(ADA, [touch("asked", on(1)), touch("declined", on(2))], on(31)) == ()


# -------------------------------------------------------------------------------------------------------- meetings


def test_a_monday_meeting_is_confirmed_on_friday() -> None:
    monday = agreed("Ada", on(15, 14))
    scheduled = [touch("scheduled", on(1))]
    assert due(ADA, scheduled, on(10, 23), candidates=[monday]) == ()
    (found,) = due(ADA, scheduled, on(11, 0), candidates=[monday])  # from Thursday on
    assert found == Due(
        kind=DueKind.CONFIRM,
        contact_id="ada",
        title="Confirm Mon 15 Mar 14:00 with Ada",
        why="It is agreed for Mon 15 Mar 14:00 and not confirmed yet; a day ahead is the time to.",
        due_at=on(12, 14),
        logs=TouchKind.CONFIRMED,
    )
    assert due(ADA, [*scheduled, touch("confirmed", on(11))], on(12), candidates=[monday]) == ()


def test_a_midweek_meeting_is_confirmed_a_day_ahead() -> None:
    (found,) = due(ADA, [touch("scheduled", on(1))], on(16), candidates=[agreed("Ada", on(17, 9))])
    assert found.due_at == on(16, 9)


def test_confirming_leaves_24_hours_also_when_the_clocks_change() -> None:
    # In Cairo the clocks go forward at midnight to Friday 30 April 2027: Friday 10:00 less 24 hours is Thursday 09:00
    cairo = Trip(id="c", name="Cairo", city="Cairo", timezone="Africa/Cairo", days=TRIP.days)
    start = datetime(2027, 4, 30, 10, 0, tzinfo=cairo.zone)
    (found,) = due(
        ADA,
        [touch("scheduled", on(1))],
        start.astimezone(UTC) - timedelta(hours=30),
        trip=cairo,
        candidates=[agreed("Ada", start)],
    )
    assert found.due_at == datetime(2027, 4, 29, 9, 0, tzinfo=cairo.zone)


def test_a_planned_hour_is_confirmed_with_who_said_yes_and_with_nobody_else() -> None:
    week = plan(on(17, 11))
    yes = [touch("accepted", on(1)), touch("offered", on(10))]
    (found,) = due(ADA, yes, on(16), agenda=week)
    assert (found.kind, found.logs) == (DueKind.CONFIRM, TouchKind.CONFIRMED)
    assert found.why.startswith("It is planned for Wed 17 Mar 11:00")
    assert due(ADA, [touch("asked", on(10))], on(16), agenda=week) == ()
    assert kinds(due(ADA, yes[:1], on(16), agenda=week)) == ["confirm"]  # and no hours to offer besides


def test_a_meeting_in_the_next_hours_comes_first_and_says_when_to_leave() -> None:
    week = plan(on(17, 11), fixed=True)
    late = [touch("scheduled", on(1)), touch("replied", on(17, 6))]
    found = due(ADA, late, on(17, 8), agenda=week)
    assert kinds(found) == ["meeting_soon", "reply"]
    assert (found[0].title, found[0].due_at, found[0].logs) == ("Meet Ada at 11:00", on(17, 11), None)
    assert found[0].why == "It is not confirmed; leave by 10:20 for Office."
    assert kinds(due(ADA, late, on(17, 6, 59), agenda=week)) == ["confirm", "reply"]
    assert due(ADA, late, on(17, 11, 15), agenda=week)[0].why == "It began at 11:00."


def test_a_call_in_the_next_hours_is_called_one() -> None:
    call = Candidate(contact_id="ada", trip_id="berlin", fixed_start=on(17, 11), format=Format.CALL)
    (found,) = due(ADA, [touch("confirmed", on(15))], on(17, 10), candidates=[call])
    assert (found.title, found.why) == ("Call Ada at 11:00", "It starts at 11:00 and is confirmed.")


def test_after_an_agreed_meeting_the_log_asks_how_it_went() -> None:
    meeting = [agreed("Ada", on(17, 11))]
    scheduled = [touch("scheduled", on(1))]
    (found,) = due(ADA, scheduled, on(17, 11, 30), candidates=meeting)
    assert (found.kind, found.logs, found.due_at) == (DueKind.HOW_WAS_IT, TouchKind.MET, on(17, 11, 30))
    for answer in ("cancelled", "no_show", "declined", "rescheduled", "met"):
        answered = [*scheduled, touch(answer, on(17, 12))]
        assert DueKind.HOW_WAS_IT not in [one.kind for one in due(ADA, answered, on(17, 13), candidates=meeting)]


def test_a_planned_meeting_that_nobody_agreed_to_is_not_asked_about() -> None:
    assert due(ADA, [touch("accepted", on(1)), touch("offered", on(15))], on(18), agenda=plan(on(17, 11))) == ()


def test_a_cancelled_meeting_is_not_confirmed_though_an_old_plan_still_has_it() -> None:
    fallen = [touch("scheduled", on(1)), touch("cancelled", on(2)), touch("offered", on(12))]
    assert due(ADA, fallen, on(16), agenda=plan(on(17, 11), fixed=True)) == ()


def test_a_yes_after_a_cancellation_makes_a_newly_planned_hour_count() -> None:
    again = [touch("scheduled", on(1)), touch("cancelled", on(2)), touch("accepted", on(3)), touch("offered", on(12))]
    assert kinds(due(ADA, again, on(16), agenda=plan(on(17, 11)))) == ["confirm"]


def test_an_agreed_start_goes_before_what_an_older_plan_says() -> None:
    (found,) = due(
        ADA, [touch("scheduled", on(1))], on(16), agenda=plan(on(17, 11)), candidates=[agreed("Ada", on(17, 15))]
    )
    assert found.title == "Confirm Wed 17 Mar 15:00 with Ada"


def test_thanks_are_due_within_24_hours_of_the_meeting() -> None:
    met = [touch("met", on(5, 16))]
    (found,) = due(ADA, met, on(5, 17))
    assert found == Due(
        kind=DueKind.THANK,
        contact_id="ada",
        title="Thank Ada",
        why="You talked on Fri 5 Mar, and no thanks are logged since.",
        due_at=on(6, 16),
        logs=TouchKind.THANKED,
    )
    assert due(ADA, [*met, touch("thanked", on(6))], on(7)) == ()


def test_thanks_stay_due_when_another_meeting_is_agreed() -> None:
    assert kinds(due(ADA, [touch("met", on(1)), touch("scheduled", on(2))], on(3))) == ["thank"]


# ------------------------------------------------------------------------------------------------------ whom to ask


def colleagues(*names: str, **details: object) -> list[Contact]:
    return [person(name, organisation="Acme", **details) for name in names]


def test_the_next_person_is_proposed_after_three_business_days_of_silence() -> None:
    people = colleagues("Ada", "Ben")
    asked = [touch("asked", on(1))]
    assert due(people, asked, on(3), trip=TRIP) == ()
    (found,) = due(people, asked, on(4), trip=TRIP)
    assert found == Due(
        kind=DueKind.NEXT_PERSON,
        contact_id="ben",
        title="Write to Ben at Acme",
        why="Ada there has not answered your message of Mon 1 Mar, 3 business days ago.",
        due_at=on(4),
        logs=TouchKind.ASKED,
    )


def test_the_next_person_is_the_highest_in_the_chain_of_command() -> None:
    people = [*colleagues("Ada", "Ben"), *colleagues("Cleo", authority=Authority.CAN_HIRE)]
    (found,) = due(people, [touch("asked", on(1))], on(4), trip=TRIP)
    assert found.contact_id == "cleo"


def test_organisations_are_the_same_without_regard_to_case() -> None:
    people = [person("Ada", organisation="Acme"), person("Ben", organisation=" ACME")]
    assert kinds(due(people, [touch("asked", on(1))], on(4))) == ["next_person"]


@pytest.mark.parametrize("state", ["replied", "accepted", "scheduled", "confirmed"])
def test_nobody_else_is_proposed_while_someone_there_is_talking(state: str) -> None:
    people = colleagues("Ada", "Ben", "Cleo")
    found = due(people, [touch("asked", on(1)), touch(state, on(1), "ben")], on(4), trip=TRIP)
    assert not {DueKind.NEXT_PERSON, DueKind.ASK_NEW} & {one.kind for one in found}


def test_nobody_else_is_proposed_while_a_second_ask_there_is_young() -> None:
    people = colleagues("Ada", "Ben", "Cleo")
    asked = [touch("asked", on(1)), touch("asked", on(3), "ben")]
    assert due(people, asked, on(5), trip=TRIP) == ()
    (found,) = due(people, asked, on(8), trip=TRIP)
    assert found.why == "Ben there has not answered your message of Wed 3 Mar, 3 business days ago."


def test_people_without_an_organisation_are_nobodys_colleagues() -> None:
    assert due([ADA, person("Ben")], [touch("asked", on(1))], on(4)) == ()


def test_someone_new_is_proposed_while_the_trip_lies_ahead() -> None:
    (found,) = due(ADA, [], on(8), trip=TRIP)
    assert found == Due(
        kind=DueKind.ASK_NEW,
        contact_id="ada",
        title="Ask Ada",
        why="Berlin week starts in 7 days, and Ada has not been asked yet.",
        logs=TouchKind.ASKED,
    )
    assert due(ADA, [], on(14), trip=TRIP)[0].why.startswith("Berlin week starts tomorrow")
    assert due(ADA, [], on(15, 0), trip=TRIP) == ()
    assert due(ADA, [], on(8), trip=None) == ()


def test_at_most_three_new_asks_a_day_those_made_today_included() -> None:
    people = [person(f"P{n}") for n in range(8)]
    assert len(due(people, [], on(8), trip=TRIP)) == 3
    today = [touch("asked", on(8, 8), "p0"), touch("asked", on(8, 9), "p1")]
    assert len(due(people, today, on(8), trip=TRIP)) == 1
    assert len(due(people, today, on(9), trip=TRIP)) == 3


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


def test_one_proposal_an_organisation() -> None:
    assert [one.contact_id for one in due(colleagues("Ada", "Ben"), [], on(8), trip=TRIP)] == ["ada"]


# ------------------------------------------------------------------------------------------------- order and limits


def test_the_most_pressing_comes_first() -> None:
    people = [person(name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve", "Flo")]
    touches = [
        touch("asked", on(1), "ada"),
        touch("replied", on(9), "ben"),
        touch("met", on(10, 8), "cleo"),
        touch("accepted", on(9), "dan"),
        touch("replied", on(8), "eve"),
    ]
    found = due(people, touches, on(10), trip=TRIP)
    assert [(one.kind.value, one.contact_id) for one in found] == [
        ("thank", "cleo"),
        ("reply", "eve"),
        ("reply", "ben"),
        ("offer_hours", "dan"),
        ("nudge", "ada"),
        ("ask_new", "flo"),
    ]


def test_an_empty_log_and_no_trip_ask_for_nothing() -> None:
    assert due_list([], {}, on(1), trip=None, agenda=None) == ()
    assert due_list([ADA], {}, on(1), trip=None, agenda=None) == ()


def test_touches_of_strangers_are_passed_over() -> None:
    assert due([], [touch("replied", on(1))], on(2), trip=TRIP) == ()


def test_without_a_trip_days_are_those_of_the_touch() -> None:
    late = datetime(2027, 3, 2, 3, 0, tzinfo=UTC)  # Monday evening in Washington, Tuesday in Berlin
    sent = [touch("replied", late, timezone="America/New_York")]
    assert "Mon 1 Mar" in due(ADA, sent, on(3), trip=None)[0].why
    assert "Tue 2 Mar" in due(ADA, sent, on(3), trip=TRIP)[0].why


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Contact], dict[str, list[Touch]], list[Candidate], Agenda | None, Trip]:
    """Up to six people of two organisations or none, any logs, some agreed and some planned hours."""
    contacts, logs, candidates = [], {}, []
    for name in "abcdef"[: draw(st.integers(1, 6))]:
        contacts.append(person(name, organisation=draw(st.sampled_from(["", "Acme", "acme ", "Other"]))))
        logs[name] = draw(random_logs(who=name, most=5))
        if draw(st.booleans()):
            start = AFTER_ALL + timedelta(hours=draw(st.integers(-200, 200)))
            candidates.append(agreed(name, start.astimezone(BERLIN)))
    who = draw(st.sampled_from([contact.id for contact in contacts]))
    hour = AFTER_ALL.astimezone(BERLIN) + timedelta(hours=draw(st.integers(-100, 100)))
    agenda = draw(st.sampled_from([None, plan(hour, who), plan(hour, who, fixed=True)]))
    first = AFTER_ALL.date() + timedelta(days=draw(st.integers(-10, 10)))
    return contacts, logs, candidates, agenda, trip_from(first)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_doing_what_is_due_and_logging_it_makes_it_go_away(
    world: tuple[list[Contact], dict[str, list[Touch]], list[Candidate], Agenda | None, Trip],
) -> None:
    contacts, logs, candidates, agenda, trip = world
    before = due_list(contacts, logs, AFTER_ALL, trip=trip, agenda=agenda, candidates=candidates)
    for one in before:
        assert one.due_at is None or one.due_at.utcoffset() is not None
        if one.logs is None:
            assert one.kind is DueKind.MEETING_SOON
            continue
        done = Touch(id="done", contact_id=one.contact_id, kind=one.logs, at=AFTER_ALL)
        logged = logs | {one.contact_id: [*logs[one.contact_id], done]}
        after = due_list(contacts, logged, AFTER_ALL, trip=trip, agenda=agenda, candidates=candidates)
        assert (one.kind, one.contact_id) not in [(later.kind, later.contact_id) for later in after]


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_no_two_asks_at_one_organisation_are_proposed_and_none_beside_a_young_one(
    world: tuple[list[Contact], dict[str, list[Touch]], list[Candidate], Agenda | None, Trip],
) -> None:
    contacts, logs, candidates, agenda, trip = world
    found = due_list(contacts, logs, AFTER_ALL, trip=trip, agenda=agenda, candidates=candidates)
    where = {contact.id: contact.organisation.strip().casefold() for contact in contacts}
    asks = [one for one in found if one.kind in {DueKind.NEXT_PERSON, DueKind.ASK_NEW}]
    named = Counter(where[one.contact_id] for one in asks if where[one.contact_id])
    assert all(times == 1 for times in named.values())
    for one in asks:
        assert stage_of(logs[one.contact_id], AFTER_ALL) is Stage.IDENTIFIED
        others = [other for other in contacts if where[other.id] and where[other.id] == where[one.contact_id]]
        stages = {stage_of(logs[other.id], AFTER_ALL) for other in others}
        assert not stages & {Stage.REPLIED, Stage.ACCEPTED, Stage.SCHEDULED, Stage.CONFIRMED}
        if one.kind is DueKind.ASK_NEW:
            assert not stages & {Stage.ASKED, Stage.SILENT}
