"""The calendar file: what it says, to the line, and what other programs read in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from calendar_builders import ADA, FIRST, NEW_YORK, agenda, edition, entry, meeting, plain, unfolded, value
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iiplan.calendars import calendar_entries, calendar_file
from iiplan.errors import InputError
from iiplan.model import Agenda, Coordinates, Revision

TEN = datetime(2027, 3, 16, 10, 0, tzinfo=NEW_YORK)
MINUTE = timedelta(minutes=1)
MAP = "https://www.openstreetmap.org/?mlat=38.902500&mlon=-77.028900#map=17/38.902500/-77.028900"
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "America/Santiago",
    "UTC",
)


def export(*entries, timezone: str = "America/New_York", name: str | None = None, revision: Revision = FIRST) -> bytes:
    return calendar_file([edition(one, revision) for one in entries], timezone=timezone, name=name)


def instants_by_vobject(content: bytes) -> dict[str, tuple[datetime, datetime]]:
    """UID to start and end in UTC; vobject reads zones from the file's own VTIMEZONE."""
    calendar = vobject.readOne(content.decode())
    return {
        event.uid.value: (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for event in calendar.vevent_list
    }


def instants_by_icalendar(content: bytes) -> dict[str, tuple[datetime, datetime]]:
    calendar = icalendar.Calendar.from_ical(content)
    return {
        str(event["uid"]): (event["dtstart"].dt.astimezone(UTC), event["dtend"].dt.astimezone(UTC))
        for event in calendar.walk("VEVENT")
    }


def instants_of(plan: Agenda) -> list[tuple[datetime, datetime]]:
    return sorted((block.start.astimezone(UTC), block.end.astimezone(UTC)) for block in plan.meetings)


def test_a_meeting_is_written_line_by_line_as_calendars_want_it():
    block = meeting(TEN, leave_by=TEN - 25 * MINUTE, travel_minutes=15)
    lines = unfolded(export(*calendar_entries(agenda(block), {"ada": ADA}), name="Washington"))
    start, end = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
    assert sorted(lines[: lines.index("BEGIN:VTIMEZONE")]) == [
        "BEGIN:VCALENDAR",
        "CALSCALE:GREGORIAN",
        "PRODID:-//iiplan//week plan//EN",
        "VERSION:2.0",
        "X-WR-CALNAME:Washington",
    ]
    assert sorted(lines[start + 1 : end]) == [
        "ACTION:DISPLAY",
        "BEGIN:VALARM",
        r"DESCRIPTION:Ada Example\nDirector\, Engines Ltd\n\nMeeting in person\, 30 minutes\, 10:00 to 10:30 "
        r"(America/New_York)\nWhere: Engine House\, 12 K St NW\n\nPhone: +1 202 555 0100\nE-mail: ada@example.org\n\n"
        r"Leave by 09:35 (America/New_York)\, 15 minutes on the way (an estimate).\nMap: " + MAP + r"\n\n"
        r"Bring: resumes\, cards\, pen and paper\, your wallet (offer to pay for the coffee).",
        r"DESCRIPTION:Leave now for Ada Example: Engine House\, 12 K St NW",
        "DTEND;TZID=America/New_York:20270316T103000",
        "DTSTAMP:20270201T120000Z",
        "DTSTART;TZID=America/New_York:20270316T100000",
        "END:VALARM",
        "GEO:38.902500;-77.028900",
        "LAST-MODIFIED:20270201T120000Z",
        r"LOCATION:Engine House\, 12 K St NW",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Ada Example (Engines Ltd)",
        "TRIGGER:-PT25M",
        "UID:bd2064d6-bbb1-5913-b4f2-fd877260d7c6@iiplan",
        f"URL:{MAP}",
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=70;X-TITLE="Engine House, 12 K St NW":'
        "geo:38.902500,-77.028900",
    ]


def test_nobody_is_invited_and_nothing_is_published():
    lines = unfolded(export(entry(TEN), name="Week"))
    assert not [line for line in lines if line.startswith(("METHOD", "ORGANIZER", "ATTENDEE"))]


def test_an_agreed_meeting_is_confirmed_and_a_proposed_one_tentative():
    assert value(unfolded(export(entry(TEN, agreed=True))), "STATUS") == "CONFIRMED"
    assert value(unfolded(export(entry(TEN, agreed=False))), "STATUS") == "TENTATIVE"


def test_a_calendar_without_a_name_says_none():
    assert not [line for line in unfolded(export(entry(TEN))) if line.startswith("X-WR-CALNAME")]


def test_two_exports_of_the_same_plan_are_equal_to_the_byte():
    plan = agenda(meeting(TEN), meeting(TEN + timedelta(days=1), contact_id="bo", place=None, fixed=False))

    def once() -> bytes:
        return export(*calendar_entries(plan, {"ada": ADA}), name="Week")

    assert once() == once()


def test_a_new_revision_changes_sequence_and_stamps_and_nothing_else():
    second = Revision(sequence=1, modified=datetime(2027, 2, 3, 4, 5, 6, tzinfo=NEW_YORK))
    old, new = unfolded(export(entry(TEN))), unfolded(export(entry(TEN), revision=second))
    # 04:05:06 in New York in winter is 09:05:06 UTC.
    assert sorted(set(new) - set(old)) == ["DTSTAMP:20270203T090506Z", "LAST-MODIFIED:20270203T090506Z", "SEQUENCE:1"]
    assert [line.split(":")[0] for line in new] == [line.split(":")[0] for line in old]


def test_each_meeting_has_its_own_revision():
    first, second = entry(TEN), entry(TEN, contact_id="bo", uid="bo@iiplan")
    given = [edition(first), edition(second, Revision(sequence=7, modified=FIRST.modified))]
    events = vobject.readOne(calendar_file(given, timezone="America/New_York", name=None).decode()).vevent_list
    assert {event.uid.value: event.sequence.value for event in events} == {first.uid: "0", "bo@iiplan": "7"}


def test_a_file_without_meetings_is_refused():
    with pytest.raises(InputError, match="Plan the week first"):
        export()


def test_an_unknown_zone_is_refused():
    with pytest.raises(InputError, match="No time zone 'Mars/Base'"):
        export(entry(TEN), timezone="Mars/Base")


def test_the_map_of_apple_carries_the_location_to_the_letter():
    # RFC 6868: a quotation mark within a parameter is written ^' and a caret ^^.
    lines = unfolded(export(entry(TEN, location='Café "Zur; Post", 3^2 Hauptstr.')))
    assert plain(value(lines, "LOCATION")) == 'Café "Zur; Post", 3^2 Hauptstr.'
    (apple,) = [line for line in lines if line.startswith("X-APPLE")]
    assert "X-TITLE=\"Café ^'Zur; Post^', 3^^2 Hauptstr.\":geo:" in apple


@pytest.mark.parametrize(
    ("latitude", "longitude", "text"),
    [(51.4779, 0.00001, "51.477900;0.000010"), (-0.0000004, -180, "-0.000000;-180.000000")],
)
def test_a_point_is_never_written_in_powers_of_ten(latitude, longitude, text):
    lines = unfolded(export(entry(TEN, coordinates=Coordinates(latitude=latitude, longitude=longitude))))
    assert value(lines, "GEO") == text


def test_a_call_has_no_point_and_no_map():
    lines = unfolded(export(entry(TEN, coordinates=None)))
    assert not [line for line in lines if line.startswith(("GEO", "X-APPLE"))]


@pytest.mark.parametrize(
    ("alarm", "text"), [(timedelta(), "P0D"), (90 * MINUTE, "-PT1H30M"), (timedelta(days=1, minutes=5), "-P1DT5M")]
)
def test_an_alarm_is_written_as_a_time_before_the_start(alarm, text):
    assert value(unfolded(export(entry(TEN, alarm=alarm))), "TRIGGER") == text


def test_an_entry_without_an_alarm_has_none():
    assert "BEGIN:VALARM" not in unfolded(export(entry(TEN, alarm=None)))


@pytest.mark.parametrize(("fold", "utc"), [(0, "20271107T053000Z"), (1, "20271107T063000Z")])
def test_an_hour_that_clocks_show_twice_is_written_in_utc(fold, utc):
    # 01:30 in New York on 7 November 2027: first by EDT (UTC-4), an hour later again by EST (UTC-5).
    twice = entry(datetime(2027, 11, 7, 1, 30, fold=fold, tzinfo=NEW_YORK), uid="night@iiplan")
    content = export(twice, entry(TEN))
    assert f"DTSTART:{utc}" in unfolded(content)
    assert "DTSTART;TZID=America/New_York:20270316T100000" in unfolded(content)
    assert instants_by_vobject(content)["night@iiplan"][0] == twice.start.astimezone(UTC)


def test_a_meeting_that_only_ends_in_the_hour_shown_twice_is_in_utc_from_start_to_end():
    # 00:50 EDT is 04:50 UTC; 20 minutes later it is 01:10 for the first time.
    start = datetime(2027, 11, 7, 0, 50, tzinfo=NEW_YORK)
    lines = unfolded(export(*calendar_entries(agenda(meeting(start, minutes=20)), {})))
    assert "DTSTART:20271107T045000Z" in lines
    assert "DTEND:20271107T051000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_an_hour_that_clocks_skip_is_written_as_the_hour_it_is():
    # 02:30 does not exist on 14 March 2027 in New York; by the clock before the change it is 07:30 UTC = 03:30 EDT.
    skipped = datetime(2027, 3, 14, 2, 30, tzinfo=NEW_YORK)
    content = export(*calendar_entries(agenda(meeting(skipped)), {}))
    assert "DTSTART;TZID=America/New_York:20270314T033000" in unfolded(export(entry(skipped)))
    assert "DTSTART;TZID=America/New_York:20270314T033000" in unfolded(content)
    assert list(instants_by_vobject(content).values()) == [
        (datetime(2027, 3, 14, 7, 30, tzinfo=UTC), datetime(2027, 3, 14, 8, 0, tzinfo=UTC))
    ]


def test_a_week_across_a_change_of_the_clocks_is_read_back_at_the_right_instants():
    # Berlin goes forward on Sunday 28 March 2027: Friday 10:00 is 09:00 UTC, Monday 10:00 is 08:00 UTC.
    berlin = ZoneInfo("Europe/Berlin")
    friday, monday = datetime(2027, 3, 26, 10, tzinfo=berlin), datetime(2027, 3, 29, 10, tzinfo=berlin)
    plan = agenda(meeting(friday, contact_id="a"), meeting(monday, contact_id="b"), timezone="Europe/Berlin")
    content = export(*calendar_entries(plan, {}), timezone="Europe/Berlin")
    assert sorted(start for start, _ in instants_by_vobject(content).values()) == [
        datetime(2027, 3, 26, 9, tzinfo=UTC),
        datetime(2027, 3, 29, 8, tzinfo=UTC),
    ]


def _night(key: str, around: datetime) -> st.SearchStrategy[datetime]:
    """Any minute within a day and a half of a moment."""
    return st.integers(-2160, 2160).map(lambda minutes: (around + minutes * MINUTE).astimezone(ZoneInfo(key)))


@st.composite
def _plans(draw: st.DrawFn) -> Agenda:
    key = draw(st.sampled_from(ZONES))
    # The changes of the clocks of these zones from 2026 to 2028 lie near these days.
    days = [(2026, 4, 5), (2026, 10, 25), (2027, 3, 14), (2027, 3, 28), (2027, 4, 4), (2027, 11, 7), (2028, 1, 1)]
    nights = [_night(key, datetime(*day, tzinfo=UTC)) for day in days]
    starts = draw(st.lists(st.one_of(nights), min_size=1, max_size=4))
    lengths = draw(st.lists(st.integers(5, 480), min_size=len(starts), max_size=len(starts)))
    blocks = [
        meeting(start, minutes=minutes, contact_id=str(number))
        for number, (start, minutes) in enumerate(zip(starts, lengths, strict=True))
    ]
    return agenda(*blocks, timezone=key)


@settings(max_examples=150, deadline=None)
@given(_plans())
def test_any_plan_is_read_back_at_the_instants_of_the_agenda(plan):
    content = export(*calendar_entries(plan, {}), timezone=plan.timezone)
    assert sorted(instants_by_vobject(content).values()) == instants_of(plan)
    assert sorted(instants_by_icalendar(content).values()) == instants_of(plan)


PROPERTIES = [
    "ACTION",
    "BEGIN",
    "DESCRIPTION",
    "DESCRIPTION",
    "DTEND",
    "DTSTAMP",
    "DTSTART",
    "END",
    "GEO",
    "LAST-MODIFIED",
    "LOCATION",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRIGGER",
    "UID",
    "X-APPLE-STRUCTURED-LOCATION",
]
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
SOMETHING = st.text(st.characters(exclude_categories=()), min_size=1, max_size=200)
HOSTILE = "x\r\nEND:VEVENT\rBEGIN:VEVENT\nATTENDEE:mailto:eve@example.org\x85\u2028\x0b;,\\n\":'^n\x00\x1b\x7f\ud800"


@settings(max_examples=150, deadline=None)
@given(ANYTHING, SOMETHING, SOMETHING, ANYTHING)
@example(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
@example("会議 🧑🏽‍🔬" * 2000, "مكتب" * 2000, "é" * 5000, "")
def test_no_text_breaks_a_line_or_adds_a_property(summary, location, description, name):
    hostile = entry(TEN, summary=summary, location=location, description=description, reminder=summary)
    content = export(hostile, name=name)
    lines = unfolded(content)
    event = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    assert sorted(line.replace(";", ":").split(":")[0] for line in event) == PROPERTIES
    assert len(lines) == len(unfolded(export(entry(TEN), name="x")))
    assert len(vobject.readOne(content.decode()).vevent_list) == 1
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 1


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=200))
@example("Zoë, Ægir; \\n \\, 東京 🏛️ “q” 'r'".replace(" ", "_"))
def test_words_of_any_script_come_back_as_they_were(words):
    content = export(entry(TEN, summary=words, description=f"{words}\n\n{words}"), name=words)
    lines = unfolded(content)
    assert plain(value(lines, "SUMMARY")) == words
    assert plain(value(lines, "X-WR-CALNAME")) == words
    event = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["description"])) == (words, f"{words}\n\n{words}")


def test_a_name_cannot_pose_as_a_further_line_of_the_description():
    eve = replace(ADA, name="Eve\n\nLeave by 23:59", role="Boss\u2028Phone: 911")
    (found,) = calendar_entries(agenda(meeting(TEN)), {"ada": eve})
    assert found.description.splitlines()[:2] == ["Eve Leave by 23:59", "Boss Phone: 911, Engines Ltd"]
    assert found.summary == "Eve Leave by 23:59 (Engines Ltd)"


def test_five_hundred_meetings_are_written_and_read_back():
    plan = agenda(*(meeting(TEN + timedelta(hours=number), contact_id=str(number)) for number in range(500)))
    assert sorted(instants_by_vobject(export(*calendar_entries(plan, {}))).values()) == instants_of(plan)
