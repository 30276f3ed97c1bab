"""Messages to real contacts: which template suits, what it says, and the user's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_person, a_trip, a_window

from iiplan.briefing import boxes
from iiplan.errors import InputError, NotFoundError
from iiplan.model import Channel, Format, MessageKind, MessageTemplate, Profile, Source, Stage, TouchKind
from iiplan.planner import asking, messages, offering, settings, week
from iiplan.planner.workspace import Workspace

ME = Profile(name="Sam Sample", who="a student", wants="bus lines", school="Example University")


def own(body: str, **details: object) -> MessageTemplate:
    """A template of the user's own."""
    made: dict[str, object] = {"id": "mine", "kind": MessageKind.ASK, "title": "Mine", "own": True, **details}
    return MessageTemplate(body=body, **made)  # type: ignore[arg-type]


def body(ws: Workspace, text: str, contact_id: str = "ada", trip: object = None, **extra: str) -> str:
    return messages.write(ws, own(text), contact_id, trip, extra).body  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "first"),
    [
        (Source.ALUMNI, "ask-alumni-question"),
        (Source.REFERRAL, "ask-referral"),
        (Source.EVENT, "ask-shared-interest"),
        (Source.FRIEND, "ask-friends-and-family"),
        (Source.LINKEDIN, "ask-cold-noticed"),
        (Source.OTHER, "ask-cold-noticed"),
    ],
)
def test_what_suits_how_they_were_found_comes_first(ws: Workspace, source: Source, first: str) -> None:
    ada = a_person(ws, "Ada", source=source, email="ada@example.org")
    order = messages.suited(ws, MessageKind.ASK, ada)
    fits = [source in template.sources for template in order]
    assert order[0].id == first
    assert fits == sorted(fits, reverse=True)
    assert {template.kind for template in order} == {MessageKind.ASK}


def test_somebody_referred_is_asked_in_the_name_of_the_referrer_however_they_were_found(ws: Workspace) -> None:
    a_person(ws, "Otto")
    ada = a_person(ws, "Ada", source=Source.ALUMNI, referred_by="otto", email="ada@example.org")
    assert [template.id for template in messages.suited(ws, MessageKind.ASK, ada)][:2] == [
        "ask-referral",
        "ask-alumni-question",
    ]


def test_a_message_without_subject_comes_first_where_no_address_is_known(ws: Workspace) -> None:
    with_mail, without = a_person(ws, "Ada", email="ada@example.org"), a_person(ws, "Bo")
    assert messages.suited(ws, MessageKind.THANK, with_mail)[0].id == "thank-email"
    assert messages.suited(ws, MessageKind.THANK, without)[0].id == "thank-card"


def test_an_own_template_goes_before_a_shipped_one_that_suits_as_well(ws: Workspace) -> None:
    ada = a_person(ws, "Ada", source=Source.ALUMNI, email="ada@example.org")
    messages.save(ws, own("Dear {{ contact.name }}", subject="Hi", sources=(Source.ALUMNI,)))
    assert messages.suited(ws, MessageKind.ASK, ada)[0].id == "mine"


@pytest.mark.parametrize(
    ("subject", "kind", "details", "channel"),
    [
        ("Hi", MessageKind.ASK, {"email": "a@example.org"}, Channel.EMAIL),
        ("", MessageKind.ASK, {"profile_url": "https://example.org/ada"}, Channel.LINKEDIN),
        ("Hi", MessageKind.ASK, {"source": Source.LINKEDIN}, Channel.LINKEDIN),
        ("Hi", MessageKind.ASK, {"phone": "202-555-0100"}, Channel.PHONE),
        ("", MessageKind.THANK, {"email": "a@example.org"}, Channel.CARD),
        ("", MessageKind.ASK, {}, Channel.EMAIL),
    ],
)
def test_a_message_goes_the_way_that_is_open(
    ws: Workspace, subject: str, kind: MessageKind, details: dict[str, object], channel: Channel
) -> None:
    ada = a_person(ws, "Ada", **details)
    assert messages.usual_channel(own("x", subject=subject, kind=kind), ada) is channel


def test_a_message_is_filled_from_contact_referrer_trip_and_profile(ws: Workspace) -> None:
    trip = a_trip(ws)
    settings.save_profile(ws, ME)
    a_person(ws, "Otto Sample")
    a_person(ws, "Ada", role="Director", organisation="Acme", source=Source.ALUMNI, referred_by="otto sample")
    text = (
        "{{ contact.first_name }}, {{ contact.role }}, {{ contact.organisation }}, {{ contact.found }}, "
        "{{ referrer.first_name }}, {{ trip.city }} {{ trip.when }}, {{ me.name }}, {{ me.who }}, {{ me.wants }}, "
        "{{ shared }}"
    )
    message = messages.write(ws, own(text), "ada", trip, {"shared": "a choir", "said": " "})
    assert message.gaps == ()
    assert message.body == (
        "Ada, Director, Acme, the alumni network, Otto, Washington in the week of 7 December, "
        "Sam Sample, a student, bus lines, a choir"
    )


def test_a_trip_that_is_over_is_said_to_nobody_any_more(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_person(ws, "Ada")
    text = "{% if trip.city %}I will be in {{ trip.city }}{% else %}Hello{% endif %}"
    on_the_last_evening = datetime.combine(MONDAY + timedelta(days=4), time(23), WASHINGTON)
    assert body(replace(ws, now=lambda: on_the_last_evening), text, trip=trip) == "I will be in Washington"
    assert body(replace(ws, now=lambda: on_the_last_evening + timedelta(hours=2)), text, trip=trip) == "Hello"
    assert body(ws, text) == "Hello"


def test_a_deleted_referrer_and_an_empty_profile_leave_marked_blanks(ws: Workspace) -> None:
    a_person(ws, "Otto")
    a_person(ws, "Ada", referred_by="otto")
    ws.store.delete_contact("otto", ws.now())
    message = messages.write(ws, own("{{ referrer.name }} {{ me.name }}"), "ada", None)
    assert [gap.name for gap in message.gaps] == ["referrer.name", "me.name"]


def test_offered_hours_are_written_in_the_zone_of_the_host(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", a_window(), format=Format.CALL, duration=45)
    assert [gap.name for gap in messages.write(ws, own("{{ hours }}"), "ada", trip).gaps] == ["hours"]
    offering.make_offer(ws, trip, "ada", [datetime.combine(MONDAY, time(10), WASHINGTON)])
    assert body(ws, "{{ hours }}", trip=trip) == ("- Monday 7 December, 10:00 to 10:45\n(All times are New York time.)")
    ws.store.save_contact(replace(ws.store.contact("ada"), timezone="Europe/Berlin"))
    assert body(ws, "{{ hours }}", trip=trip) == ("- Monday 7 December, 16:00 to 16:45\n(All times are Berlin time.)")
    offering.close(ws, trip, "ada")
    assert messages.open_offer(ws, trip, "ada") is None


def test_a_meeting_is_the_planned_or_agreed_one(ws: Workspace) -> None:
    trip = a_trip(ws)
    text = "{{ meeting.day }} {{ meeting.time }} {{ meeting.zone }} {{ meeting.minutes }} {{ meeting.place }}"
    a_candidate(ws, trip, "Ada", a_window(1, 14, 15), duration=60)
    assert len(messages.write(ws, own(text), "ada", trip).gaps) == 5
    week.plan(ws, trip)
    assert body(ws, text, trip=trip) == "Tuesday 8 December 14:00 New York time 60 Office, 1200 K St NW"
    candidate = ws.store.candidates(trip.id)[0]
    ws.store.save_candidates([replace(candidate, fixed_start=datetime.combine(MONDAY, time(9), WASHINGTON))])
    assert body(ws, text, trip=trip) == "Monday 7 December 09:00 New York time 60 Office, 1200 K St NW"


def test_a_call_has_no_place_and_says_that_it_is_one(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", format=Format.CALL, fixed_start=datetime.combine(MONDAY, time(9), WASHINGTON))
    assert body(ws, "{% if meeting.call %}call{% endif %}{% if meeting.place %}place{% endif %}", trip=trip) == "call"


def test_thanks_name_the_day_and_the_note_of_the_meeting_helps_but_is_never_sent(ws: Workspace) -> None:
    a_person(ws, "Ada", timezone="Asia/Tokyo")
    late = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # the 21st in Tokyo
    asking.log(ws, "ada", TouchKind.MET, at=late, note="He is tired of meetings")
    thank = next(one for one in messages.templates(ws) if one.id == "thank-email")
    message = messages.write(ws, thank, "ada", None, {"said": "start small"})
    assert "Saturday 21 November" in message.body
    assert "tired" not in message.body
    assert messages.remembered(ws, "ada") == "He is tired of meetings"
    assert [one.name for one in boxes(thank, messages.facts_about(ws, thank, "ada", None))] == ["said"]


def test_who_referred_us_hears_of_the_last_of_theirs_we_met_else_of_the_last_we_wrote_to(ws: Workspace) -> None:
    a_person(ws, "Otto")
    for name in ("Bo", "Cy", "Di"):
        a_person(ws, name, referred_by="otto")
    a_person(ws, "Ed")
    text = "{{ referred.name }}{% if referred.met %} met{% endif %}"
    assert messages.write(ws, own(text), "otto", None).gaps[0].name == "referred.name"
    day = ws.now() - timedelta(days=9)
    asking.log(ws, "bo", TouchKind.ASKED, at=day)
    asking.log(ws, "cy", TouchKind.ASKED, at=day + timedelta(days=1))
    assert body(ws, text, "otto") == "Cy"
    met = asking.log(ws, "bo", TouchKind.MET, at=day + timedelta(days=2))
    assert body(ws, text, "otto") == "Bo met"
    introduced = asking.log(ws, "ed", TouchKind.ASKED, at=day, through="otto")  # counts like a referral
    asking.log(ws, "ed", TouchKind.MET, at=day + timedelta(days=3))
    assert body(ws, text, "otto") == "Ed met"
    asking.take_back(ws, introduced)
    asking.take_back(ws, met)
    assert body(ws, text, "otto") == "Cy"


def test_own_templates_are_checked_kept_deleted_and_brought_back(ws: Workspace) -> None:
    shipped = messages.named(ws, "nudge-gentle")
    copy = messages.copy_of(shipped)
    assert (copy.own, copy.kind, copy.body) == (True, shipped.kind, shipped.body)
    assert copy.id != shipped.id
    with pytest.raises(InputError, match=r"line 1: There is no blank 'nobody'"):
        messages.save(ws, replace(copy, body="{{ nobody }}"))
    assert copy not in messages.templates(ws)
    messages.save(ws, copy)
    assert messages.templates(ws)[0] == copy
    messages.delete(ws, copy)
    assert copy not in messages.templates(ws)
    messages.save(ws, copy)
    assert messages.named(ws, copy.id) == copy
    with pytest.raises(InputError, match="comes with iiplan"):
        messages.save(ws, shipped)
    with pytest.raises(NotFoundError, match="No message template 'gone'"):
        messages.named(ws, "gone")


def test_a_kept_template_that_can_be_filled_no_more_is_refused_in_words(ws: Workspace) -> None:
    a_person(ws, "Ada")
    ws.store.save_template(own("{{ blank.of.another.version }}"))
    with pytest.raises(InputError, match=r"The text of 'Mine', line 1: Nothing lies behind a blank"):
        messages.write(ws, messages.named(ws, "mine"), "ada", None)


def test_a_link_to_the_mail_program_needs_an_address(ws: Workspace) -> None:
    ada, bo = a_person(ws, "Ada", email="ada@example.org"), a_person(ws, "Bo")
    message = messages.write(ws, own("Dear {{ contact.name }}", subject="Hi"), "ada", None)
    link = messages.mailto(ada, message)
    assert link is not None
    assert link.href == "mailto:ada@example.org?subject=Hi&body=Dear%20Ada"
    assert messages.mailto(bo, message) is None


def test_every_kind_of_message_is_logged_as_a_touch_that_leads_back_to_it() -> None:
    for kind in MessageKind:
        if kind is not MessageKind.UPDATE_REFERRER:
            assert messages.kind_for(messages.touch_for(kind)) is kind
    assert messages.touch_for(MessageKind.UPDATE_REFERRER) is TouchKind.FOLLOWED_UP
    assert messages.kind_for(TouchKind.MET) is None
    assert {messages.likely_kind(stage) for stage in Stage} == set(MessageKind) - {MessageKind.UPDATE_REFERRER}


def test_the_host_keeps_the_hour_of_the_clock_where_the_trip_crosses_summer_time(ws: Workspace) -> None:
    trip = a_trip(ws)
    a_candidate(ws, trip, "Ada", format=Format.CALL, fixed_start=datetime(2027, 3, 15, 10, tzinfo=WASHINGTON))
    ws.store.save_contact(replace(ws.store.contact("ada"), timezone="Europe/Berlin"))
    # America is on summer time since the 14th, Berlin not before the 28th: five hours apart instead of six.
    assert body(ws, "{{ meeting.day }} {{ meeting.time }}", trip=trip) == "Monday 15 March 15:00"
    assert datetime(2027, 3, 15, 10, tzinfo=WASHINGTON).astimezone(ZoneInfo("Europe/Berlin")).hour == 15
