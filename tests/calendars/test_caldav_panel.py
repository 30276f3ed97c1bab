"""The CalDAV panel of the Week page, run by Streamlit's own test driver against a real server."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import keyring
import pytest
from builders import MONDAY, a_candidate, a_trip, a_window
from keyring.backend import KeyringBackend
from page_driver import open_page, press, words
from radicale_server import PASSWORD, USER, Radicale
from streamlit.testing.v1 import AppTest

from iiplan.calendars import Login
from iiplan.model import Trip
from iiplan.planner import caldav, week
from iiplan.planner.workspace import Workspace


@pytest.fixture
def trip(ws: Workspace) -> Trip:
    trip = a_trip(ws)
    for number, name in enumerate(("Ada", "Bo")):
        a_candidate(ws, trip, name, a_window(day=number))
    week.plan(ws, trip)
    return trip


class InMemory(KeyringBackend):
    """A keyring of this test alone."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> InMemory:
    before, found = keyring.get_keyring(), InMemory()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def week_page() -> AppTest:
    return open_page("week", timezone="America/New_York")


def typed(at: AppTest, server: Radicale, password: str = PASSWORD) -> AppTest:
    at.text_input(key="caldav-server").input(server.url)
    at.text_input(key="caldav-user").input(USER)
    at.text_input(key="caldav-password").input(password)
    return at


def connected(server: Radicale) -> AppTest:
    """The page with a calendar chosen for the trip."""
    at = typed(week_page(), server)
    press(at, "Show my calendars")
    press(at, "Use this calendar")
    return at


def event_files(server: Radicale) -> list[Path]:
    (calendar,) = server.calendars()
    return sorted((server.folder / "data" / "collection-root" / USER / calendar).glob("*.ics"))


def test_nothing_is_offered_before_there_is_a_plan(ws: Workspace) -> None:
    a_trip(ws)
    assert "caldav-find" not in [button.key for button in week_page().button]


def test_a_new_calendar_is_made_the_week_sent_and_nothing_sent_twice(
    ws: Workspace, trip: Trip, server: Radicale
) -> None:
    at = connected(server)
    assert "The week goes to the calendar Washington week from now on" in words(at)
    assert "2 events to send." in words(at)
    assert event_files(server) == []
    press(at, "Send now")
    assert "Sent: 2 new." in words(at)
    assert "Nothing is new since it was sent. Last sent" in words(at)
    assert len(event_files(server)) == 2
    press(at, "Send now")
    assert "Nothing to send: the calendar has it all." in words(at)


def test_a_calendar_that_is_there_is_chosen_and_those_to_be_read_alone_are_named(
    ws: Workspace, trip: Trip, server: Radicale
) -> None:
    caldav.create(Login(server=server.url, user=USER, password=PASSWORD), "My *own*")
    server.add_frozen()
    at = typed(week_page(), server)
    press(at, "Show my calendars")
    chooser = at.selectbox(key="caldav-calendar")
    assert chooser.options == ["A new calendar for this trip", "My *own*"]
    chooser.select_index(1).run()
    assert "Only to be read, so not in the list: ada/frozen." in words(at)
    press(at, "Use this calendar")
    link = caldav.link_of(ws, trip)
    assert link is not None
    assert link.name == "My *own*"
    press(at, "Undo")
    assert caldav.link_of(ws, trip) is None


def test_what_goes_wrong_is_said_in_the_panel_and_nothing_else_changes(
    ws: Workspace, trip: Trip, server: Radicale
) -> None:
    at = typed(week_page(), server, "wrong")
    press(at, "Show my calendars")
    assert "does not accept this user name and password" in words(at)
    at.text_input(key="caldav-password").input("")
    press(at, "Show my calendars")
    assert "The password is empty" in words(at)
    assert caldav.link_of(ws, trip) is None


def test_an_unencrypted_way_is_warned_of_and_nothing_is_sent_without_consent(ws: Workspace, trip: Trip) -> None:
    at = week_page()
    at.text_input(key="caldav-server").input("http://calendar.invalid/")
    at.text_input(key="caldav-user").input(USER)
    at.text_input(key="caldav-password").input("x").run()
    assert "others on it could read the password and the plan" in words(at)
    press(at, "Show my calendars")
    assert "is not encrypted: others on it could read the password" in words(at)
    at.checkbox(key="caldav-unencrypted").check()
    press(at, "Show my calendars")
    assert "No server named calendar.invalid was found" in words(at)


def test_a_change_made_there_is_shown_and_taken_over_or_overwritten(
    ws: Workspace, trip: Trip, server: Radicale
) -> None:
    at = connected(server)
    press(at, "Send now")
    first, second = sorted(event_files(server), key=lambda file: "Bo" in file.read_text())
    first.write_text(first.read_text().replace("T09", "T15").replace("DTSTAMP", "X-APP:1\nDTSTAMP"))
    second.write_text(second.read_text().replace("SUMMARY:", "SUMMARY:<b>Lunch</b> "))
    press(at, "Send now")
    assert "Changed in the calendar since iiplan wrote it." in words(at)
    assert "There: Mon 7 Dec 15:" in words(at)
    assert "title “<b>Lunch</b> Bo (Acme)”" in words(at)
    at.button(key="caldav-overwrite-1").click().run()
    assert "Sent: 1 updated." in words(at)
    assert "Lunch" not in second.read_text()
    press(at, "Take over: agreed for Mon 7 Dec 15:")
    assert "Ada (Acme): taken over. Plan again, then send." in words(at)
    agreed = next(one.fixed_start for one in ws.store.candidates(trip.id) if one.contact_id == "ada")
    assert agreed is not None
    assert (agreed.date(), agreed.hour) == (MONDAY, 15)
    press(at, "Undo")
    assert next(one.fixed_start for one in ws.store.candidates(trip.id) if one.contact_id == "ada") is None


def test_deleted_ones_are_put_back_together(ws: Workspace, trip: Trip, server: Radicale) -> None:
    at = connected(server)
    press(at, "Send now")
    for file in event_files(server):
        file.unlink()
    press(at, "Send now")
    assert words(at).count("There: deleted.") == 2
    at.text_input(key="caldav-password").input("wrong").run()
    press(at, "Put all 2 deleted ones back")
    assert "does not accept this user name and password" in words(at)
    at.text_input(key="caldav-password").input(PASSWORD).run()
    press(at, "Put all 2 deleted ones back")
    assert "Sent: 2 new." in words(at)
    assert len(event_files(server)) == 2


def test_the_password_is_in_its_field_alone_and_gone_with_the_page(ws: Workspace, trip: Trip, server: Radicale) -> None:
    at = connected(server)
    press(at, "Send now")
    assert re.findall(rf"'([^']*)': '{PASSWORD}'", repr(at.session_state)) == ["caldav-password"]
    assert repr(at.session_state).count(PASSWORD) == 1
    at.switch_page("../../pages/trip.py").run()
    assert PASSWORD not in repr(at.session_state)
    for file in ws.store.path.parent.glob(f"{ws.store.path.name}*"):
        assert PASSWORD.encode() not in file.read_bytes()


def test_a_password_is_remembered_in_the_keyring_used_and_forgotten(
    ws: Workspace, trip: Trip, server: Radicale, ring: InMemory
) -> None:
    at = connected(server)
    at.checkbox(key="caldav-remember").check().run()
    assert ring.kept == {}  # not before the server has taken it
    press(at, "Send now")
    assert list(ring.kept.values()) == [PASSWORD]
    anew = week_page()
    assert "The password is in this machine's keyring: leave the field empty." in words(anew)
    press(anew, "Send now")
    assert "Nothing to send: the calendar has it all." in words(anew)
    press(anew, "Forget the password")
    assert ring.kept == {}
    press(anew, "Send now")
    assert "Type the password of ada." in words(anew)


def test_without_a_keyring_the_week_is_sent_all_the_same_and_the_page_says_so(
    ws: Workspace, trip: Trip, server: Radicale
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    try:
        at = connected(server)
        at.checkbox(key="caldav-remember").check().run()
        press(at, "Send now")
    finally:
        keyring.set_keyring(before)
    assert "This machine has no keyring that iiplan can use" in words(at)
    assert "Sent: 2 new." in words(at)
    link = caldav.link_of(ws, trip)
    assert link is not None
    assert not link.remembered


def test_another_calendar_may_be_used_and_the_old_one_comes_back_with_undo(
    ws: Workspace, trip: Trip, server: Radicale
) -> None:
    at = connected(server)
    link = caldav.link_of(ws, trip)
    at.checkbox(key="caldav-remove-off").check().run()
    press(at, "Use another calendar")
    assert caldav.link_of(ws, trip) is None
    press(at, "Undo")
    assert caldav.link_of(ws, trip) == type(link)(**(vars(link) | {"remove_off": True}))


def test_where_the_library_is_missing_the_panel_says_how_to_install_it(
    ws: Workspace, trip: Trip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "caldav", None)
    assert "pip install 'iiplan[caldav]'" in words(week_page())
