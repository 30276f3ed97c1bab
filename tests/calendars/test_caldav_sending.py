"""A week is sent to a calendar on a real server, again and again, and what was changed there is never overwritten."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from datetime import datetime, time, timedelta

import pytest
from builders import MONDAY, WASHINGTON, a_candidate, a_trip, a_window
from meddling_server import Reply, Request, meddling
from radicale_server import PASSWORD, USER, Radicale

from iiplan.calendars import Difference, Login, ServerCalendar, ServerError, calendar_file, event_address, meeting_uid
from iiplan.errors import InputError
from iiplan.model import CalendarLink, Receiver, TouchKind, Trip
from iiplan.planner import caldav, caldav_send, calendar_out, week
from iiplan.planner.caldav_send import Sent
from iiplan.planner.workspace import Workspace

FOREIGN = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART:20261207T150000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def on(day: int, hour: int) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour), WASHINGTON)


def login(url: str) -> Login:
    return Login(server=url, user=USER, password=PASSWORD)


class Week:
    """A planned week of these people, one a day, agreed at ten, with a calendar of its own on the server."""

    def __init__(self, ws: Workspace, server: Radicale, *names: str) -> None:
        self.ws, self.server, self.trip = ws, server, a_trip(ws)
        for number, name in enumerate(names):
            a_candidate(ws, self.trip, name, a_window(day=number), fixed_start=on(number, 10))
        week.plan(ws, self.trip)
        self.login = login(server.url)
        self.link = caldav.choose(ws, self.trip, self.login, caldav.create(self.login, "Week"))

    def send(self, **changes) -> Sent:
        return caldav_send.send(self.ws, self.trip, self.now, **({"login": self.login} | changes))

    @property
    def now(self) -> CalendarLink:
        link = caldav.link_of(self.ws, self.trip)
        assert link is not None
        return link

    def path(self, who: str) -> str:
        return event_address(self.link.calendar, meeting_uid(self.trip.id, who)).removeprefix(self.server.url[:-1])

    def there(self, who: str) -> str:
        status, text, _ = self.server.ask("GET", self.path(who))
        return text if status == 200 else ""

    def edit(self, who: str, pattern: str, to: str) -> None:
        """What a calendar app does: the event is written back with a change and a stamp of its own."""
        text, count = re.subn(pattern, to, self.there(who))
        assert count
        text = text.replace("DTSTAMP:", "X-APP:yes\r\nDTSTAMP:")
        assert self.server.ask("PUT", self.path(who), text, {"Content-Type": "text/calendar"})[0] == 204

    def move(self, who: str, hour: int) -> None:
        self.edit(who, r"(DT(?:START|END);[^:]*:\d{8}T)\d\d", rf"\g<1>{hour:02d}")

    def let_go(self, who: str) -> None:
        self.ws.store.remove_candidate(self.trip.id, who, self.ws.now())

    def agreed(self, who: str) -> datetime | None:
        return next(one.fixed_start for one in self.ws.store.candidates(self.trip.id) if one.contact_id == who)


def line(text: str, name: str) -> str:
    """The value of a line of the event (there are no others of that name)."""
    (found,) = re.findall(rf"^{name}[;:].*$", text.partition("BEGIN:VEVENT")[2].partition("BEGIN:VALARM")[0], re.M)
    return found.strip().partition(":")[2]


def the_only(sent: Sent) -> Difference:
    (difference,) = sent.differences
    return difference


def test_a_week_arrives_and_sending_it_again_writes_nothing(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    assert caldav_send.waiting(ws, plan.trip, plan.now) == 2
    steps: list[tuple[int, int]] = []
    assert plan.send(report=lambda done, total, title: steps.append((done, total))) == Sent(new=2)
    assert steps == [(0, 2), (1, 2)]
    assert line(plan.there("ada"), "DTSTART") == "20261207T100000"
    before = server.files(server.calendars()[0])
    assert len(before) == 2
    assert plan.send() == Sent(kept=2)
    assert server.files(server.calendars()[0]) == before
    assert caldav_send.waiting(ws, plan.trip, plan.now) == 0
    assert plan.now.sent_at == ws.now()


def test_what_changes_in_the_plan_is_updated_with_a_higher_sequence_and_nothing_else(
    ws: Workspace, server: Radicale
) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    unmoved = plan.there("bo")
    week.agree(ws, plan.trip, "ada", on(2, 14))
    week.plan(ws, plan.trip)
    assert plan.send() == Sent(updated=1, kept=1)
    assert (line(plan.there("ada"), "DTSTART"), line(plan.there("ada"), "SEQUENCE")) == ("20261209T140000", "1")
    assert plan.there("bo") == unmoved


def test_the_changes_that_a_file_has_still_to_bring_are_not_used_up(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    calendar_out.calendar(ws, plan.trip)
    week.agree(ws, plan.trip, "ada", on(2, 14))
    plan.send()
    assert len(calendar_out.calendar_week(ws, plan.trip, Receiver.FILE).changes) == 1
    assert calendar_out.calendar_week(ws, plan.trip, Receiver.CALDAV).changes == ()


def test_what_is_off_stays_there_as_cancelled(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    plan.let_go("ada")
    assert plan.send() == Sent(cancelled=1, kept=1)
    assert (line(plan.there("ada"), "STATUS"), line(plan.there("ada"), "SEQUENCE")) == ("CANCELLED", "1")
    assert plan.send() == Sent(kept=2)


def test_what_is_off_is_removed_if_that_is_wanted_and_comes_back_with_a_higher_sequence(
    ws: Workspace, server: Radicale
) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    plan.let_go("ada")
    plan.send()
    caldav.remove_off(ws, plan.now, True)
    assert caldav_send.waiting(ws, plan.trip, plan.now) == 1
    assert plan.send() == Sent(removed=1, kept=1)
    assert plan.there("ada") == ""
    assert plan.send() == Sent(kept=1)
    a_candidate(ws, plan.trip, "Ada", a_window(), fixed_start=on(0, 10))
    assert plan.send() == Sent(new=1, kept=1)
    assert line(plan.there("ada"), "SEQUENCE") == "2"


def test_events_of_others_are_never_touched(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    calendar = server.calendars()[0]
    assert server.ask("PUT", f"/ada/{calendar}/dentist.ics", FOREIGN, {"Content-Type": "text/calendar"})[0] == 201
    before = server.files(calendar)
    plan.send()
    caldav.remove_off(ws, plan.now, True)
    plan.let_go("ada")
    plan.send()
    assert server.files(calendar) == before


def test_what_was_moved_there_is_not_overwritten_but_shown(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    plan.move("ada", 15)
    moved = plan.there("ada")
    week.agree(ws, plan.trip, "ada", on(2, 14))
    sent = plan.send()
    assert replace_differences(sent) == Sent(kept=1)
    difference = the_only(sent)
    assert difference.there is not None
    assert difference.there.start == on(0, 15)
    assert difference.edition.entry.start == on(2, 14)
    assert plan.there("ada") == moved
    assert plan.send().differences == sent.differences


def replace_differences(sent: Sent) -> Sent:
    return Sent(**(vars(sent) | {"differences": ()}))


def test_a_change_there_that_tells_people_nothing_is_none(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    plan.edit("ada", "END:VEVENT", "CATEGORIES:Trip\r\nEND:VEVENT")
    assert plan.send() == Sent(kept=1)
    week.agree(ws, plan.trip, "ada", on(2, 14))
    assert plan.send() == Sent(updated=1)


def test_an_hour_moved_there_is_taken_over_undone_and_taken_over_again(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    plan.move("ada", 15)
    done = caldav_send.take_over(ws, plan.trip, plan.now, the_only(plan.send()))
    assert plan.agreed("ada") == on(0, 15)
    later = Workspace(store=ws.store, now=lambda: ws.now() + timedelta(hours=1))
    caldav_send.undo(later, plan.trip, done)
    assert plan.agreed("ada") == on(0, 10)
    caldav_send.take_over(later, plan.trip, plan.now, the_only(plan.send()))
    assert plan.agreed("ada") == on(0, 15)
    week.plan(ws, plan.trip)
    assert replace_differences(plan.send()) == Sent(updated=1, kept=1)  # the rest of its text follows the hour
    assert line(plan.there("ada"), "DTSTART") == "20261207T150000"
    assert plan.send() == Sent(kept=2)


def test_an_hour_that_cannot_be_is_refused_and_still_stands_as_a_difference(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    plan.move("ada", 3)
    difference = the_only(plan.send())
    with pytest.raises(InputError, match="not on a day of the trip or clashes"):
        caldav_send.take_over(ws, plan.trip, plan.now, difference)
    assert the_only(plan.send()) == difference


def test_the_plan_is_written_over_a_change_when_the_user_says_so(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    plan.edit("ada", r"SEQUENCE:0", "SEQUENCE:7")
    plan.move("ada", 15)
    difference = the_only(plan.send())
    assert caldav_send.overwrite(ws, plan.trip, plan.now, plan.login, difference) == Sent(updated=1)
    assert (line(plan.there("ada"), "DTSTART"), line(plan.there("ada"), "SEQUENCE")) == ("20261207T100000", "8")
    assert plan.send() == Sent(kept=2)


def test_what_changed_again_after_it_was_shown_is_not_overwritten(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    plan.move("ada", 15)
    difference = the_only(plan.send())
    plan.move("ada", 16)
    sent = caldav_send.overwrite(ws, plan.trip, plan.now, plan.login, difference)
    found = the_only(sent).there
    assert found is not None
    assert found.start == on(0, 16)
    assert line(plan.there("ada"), "DTSTART") == "20261207T160000"


@pytest.mark.parametrize(
    ("pattern", "to", "differs"),
    [
        (r"SUMMARY:", "SUMMARY:Lunch with ", ("title",)),
        (r"LOCATION:", "LOCATION:Cafe by ", ("place",)),
        (r"DESCRIPTION:", "DESCRIPTION:Ask about Oslo. ", ("notes",)),
        (r"END:VEVENT", "RRULE:FREQ=WEEKLY\r\nEND:VEVENT", ("repeats",)),
    ],
)
def test_texts_that_were_edited_there_are_kept_until_the_user_decides(
    ws: Workspace, server: Radicale, pattern: str, to: str, differs: tuple[str, ...]
) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    plan.edit("ada", pattern, to)
    difference = the_only(plan.send())
    assert difference.there is not None
    assert difference.wanted is not None
    assert difference.there.differences(difference.wanted) == differs
    assert difference.proposal is None
    with pytest.raises(InputError, match="The plan has no place for that change"):
        caldav_send.take_over(ws, plan.trip, plan.now, difference)


def test_one_cancelled_there_is_taken_over(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    plan.edit("ada", "STATUS:CONFIRMED", "STATUS:CANCELLED")
    done = caldav_send.take_over(ws, plan.trip, plan.now, the_only(plan.send()))
    assert [touch.kind for touch in done.taken.touches] == [TouchKind.CANCELLED]
    assert plan.send() == Sent(cancelled=1)
    assert plan.send() == Sent(kept=1)


def test_one_deleted_there_is_not_written_again_by_itself(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    server.ask("DELETE", plan.path("ada"))
    for _ in range(2):
        difference = the_only(plan.send())
        assert difference.deleted
        assert plan.there("ada") == ""
    assert caldav_send.put_back(ws, plan.trip, plan.now, plan.login, [difference]) == Sent(new=1)
    assert line(plan.there("ada"), "DTSTART") == "20261207T100000"
    assert plan.send() == Sent(kept=2)


def test_one_deleted_there_is_taken_over_as_cancelled_and_undone(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    server.ask("DELETE", plan.path("ada"))
    done = caldav_send.take_over(ws, plan.trip, plan.now, the_only(plan.send()))
    assert plan.agreed("ada") is None
    assert plan.send() == Sent(kept=1)  # it is off, and not there
    later = Workspace(store=ws.store, now=lambda: ws.now() + timedelta(hours=1))
    caldav_send.undo(later, plan.trip, done)
    assert plan.agreed("ada") == on(0, 10)
    assert the_only(plan.send()).deleted


def test_several_deleted_there_are_put_back_together(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo")
    plan.send()
    for who in ("ada", "bo"):
        server.ask("DELETE", plan.path(who))
    found = plan.send().differences
    assert caldav_send.put_back(ws, plan.trip, plan.now, plan.login, found) == Sent(new=2)


def test_an_event_that_cannot_be_read_is_shown_and_not_overwritten(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()

    def mangled(request: Request, reply: Reply) -> Reply:
        if request.method == "REPORT":
            reply.body = re.sub(rb"<getetag>[^<]*", b'<getetag>"other"', reply.body.replace(b"DTSTART;", b"DTSTRAT;"))
        return reply

    with meddling(lambda request: None, server.port, mangled) as url:
        difference = the_only(sent_by(plan, url))
    assert (difference.there, difference.deleted) == (None, False)


def sent_by(plan: Week, url: str) -> Sent:
    """Send by way of another server."""
    here = plan.link.calendar.replace(plan.server.url, url)
    link = CalendarLink(**(vars(plan.now) | {"server": url, "calendar": here}))
    known = plan.ws.store.written(plan.trip.id, plan.link.calendar)
    moved = [type(one)(**(vars(one) | {"href": one.href.replace(plan.server.url, url)})) for one in known]
    plan.ws.store.save_written(plan.trip.id, here, moved)
    plan.ws.store.save_calendar_link(link)
    return plan.send(login=login(url))


def test_a_change_that_comes_between_reading_and_writing_is_not_overwritten(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    week.agree(ws, plan.trip, "ada", on(2, 14))

    def racing(request: Request) -> None:
        if request.method == "PUT" and request.number == 1:
            plan.move("ada", 16)

    with meddling(racing, server.port) as url:
        sent = sent_by(plan, url)
    found = the_only(sent).there
    assert found is not None
    assert found.start == on(0, 16)
    assert line(plan.there("ada"), "DTSTART") == "20261207T160000"


def test_one_that_somebody_imported_before_is_asked_about_where_it_lies(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    old = calendar_file(calendar_out.calendar_week(ws, plan.trip).editions, timezone=plan.trip.timezone, name=None)
    imported = f"/ada/{server.calendars()[0]}/imported.ics"
    assert server.ask("PUT", imported, old.decode(), {"Content-Type": "text/calendar"})[0] == 201
    week.agree(ws, plan.trip, "ada", on(2, 14))
    difference = the_only(plan.send())
    assert difference.href.endswith("/imported.ics")
    assert caldav_send.overwrite(ws, plan.trip, plan.now, plan.login, difference) == Sent(updated=1)
    assert line(server.ask("GET", imported)[1], "DTSTART") == "20261209T140000"
    assert plan.send() == Sent(kept=1)


def test_what_stands_there_as_wanted_is_taken_on_after_the_own_file_was_lost(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    plan.ws.store.forget_written(plan.trip.id, plan.link.calendar, meeting_uid(plan.trip.id, "ada"))
    assert plan.send() == Sent(updated=1)
    assert plan.send() == Sent(kept=1)


def test_a_sending_that_breaks_off_keeps_what_was_sent_and_goes_on_from_there(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo", "Cy", "Di", "Ed")

    def failing(request: Request) -> Reply | None:
        return Reply(500) if request.method == "PUT" and request.number > 2 else None

    with meddling(failing, server.port) as url:
        sent = sent_by(plan, url)
    assert (sent.new, sent.left) == (2, 3)
    assert "has a fault of its own (it says 500)" in sent.problem
    assert plan.now.sent_at is None
    with meddling(lambda request: None, server.port) as url:
        plan.link = CalendarLink(**(vars(plan.link) | {"calendar": plan.now.calendar, "server": plan.now.server}))
        plan.server = Radicale(port=int(plan.now.server.split(":")[2].strip("/")), folder=server.folder)
        assert sent_by(plan, url) == Sent(new=3, kept=2)


def test_one_event_that_is_not_taken_does_not_stop_the_others(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada", "Bo", "Cy")

    def choosy(request: Request) -> Reply | None:
        return Reply(413) if (request.method, request.number) == ("PUT", 2) else None

    with meddling(choosy, server.port) as url:
        sent = sent_by(plan, url)
    assert sent.new == 2
    assert sent.refused == (f"{url[7:-1]} does not accept Bo (Acme) (it says 413).",)
    assert caldav_send.waiting(ws, plan.trip, plan.now) == 1


def test_a_server_that_does_not_tell_what_it_made_of_an_event_is_asked(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")

    def silent(request: Request, reply: Reply) -> Reply:
        reply.headers.pop("ETag", None)
        return reply

    with meddling(lambda request: None, server.port, silent) as url:
        assert sent_by(plan, url) == Sent(new=1)
        (known,) = ws.store.written(plan.trip.id, plan.now.calendar)
        assert known.etag
        assert plan.send(login=login(url)) == Sent(kept=1)


def test_a_calendar_that_can_only_be_read_is_refused_before_and_while_sending(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    frozen = server.add_frozen()
    with pytest.raises(InputError, match="Locked can only be read"):
        caldav.choose(ws, plan.trip, plan.login, ServerCalendar(url=frozen, name="Locked", writable=False))
    caldav.choose(ws, plan.trip, plan.login, ServerCalendar(url=frozen, name="Locked"))
    sent = plan.send()
    assert "can only be read by ada" in sent.problem
    assert (sent.written, sent.left) == (0, 1)


def test_a_calendar_that_is_gone_is_said_and_nothing_counts_as_deleted(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    server.ask("DELETE", f"/ada/{server.calendars()[0]}/")
    with pytest.raises(ServerError, match=r"The calendar is not on .* any more"):
        plan.send()


def test_another_calendar_gets_the_whole_week_and_the_first_one_keeps_its_own(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    plan.send()
    first = plan.now
    caldav.disconnect(ws, first)
    assert caldav.link_of(ws, plan.trip) is None
    caldav.choose(ws, plan.trip, plan.login, caldav.create(plan.login, "Other"))
    assert plan.send() == Sent(new=1)
    week.agree(ws, plan.trip, "ada", on(2, 14))
    plan.send()
    caldav.restore(ws, first)
    assert plan.send() == Sent(updated=1)
    assert line(plan.there("ada"), "SEQUENCE") == "1"


def test_the_password_is_in_no_file_no_log_and_no_message(
    ws: Workspace, server: Radicale, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("caldav", "niquests", "urllib3", "urllib3_future"):
        caplog.set_level(logging.DEBUG, name)
    plan = Week(ws, server, "Ada", "Bo")
    messages = [repr(plan.send()), repr(plan.login), repr(plan.now)]
    week.agree(ws, plan.trip, "ada", on(2, 14))
    with meddling(lambda request: Reply(500) if request.method == "PUT" else None, server.port) as url:
        messages.append(repr(sent_by(plan, url)))
    secrets = (PASSWORD, b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    assert caplog.records
    for secret in secrets:
        assert all(secret not in record.getMessage() for record in caplog.records)
        assert all(secret not in message for message in messages)
        for file in ws.store.path.parent.glob(f"{ws.store.path.name}*"):
            assert secret.encode() not in file.read_bytes()


def test_a_trip_without_anything_to_send_sends_nothing(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server)
    assert plan.send() == Sent()


def test_a_link_knows_its_password_only_where_the_keyring_does(ws: Workspace, server: Radicale) -> None:
    plan = Week(ws, server, "Ada")
    with pytest.raises(InputError, match=r"^Type the password of ada\.$"):
        caldav.login_for(plan.now, "")
    trip: Trip = plan.trip
    assert caldav.last_used(ws) == caldav.link_of(ws, trip)
