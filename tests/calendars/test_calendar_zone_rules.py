"""VTIMEZONE: right for every zone there is, or not written at all."""

from __future__ import annotations

import shutil
import zoneinfo
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from calendar_builders import edition, entry, unfolded

from iiplan.calendars import calendar_file
from iiplan.calendars.zonerules import parse_posix, posix_footer, rule_for

HOUR = timedelta(hours=1)
FIRST_YEAR, LAST_YEAR = 2026, 2027


@pytest.fixture
def tz_folders():
    """Lets a test choose the folders in which zoneinfo looks, and puts everything back."""
    before = zoneinfo.TZPATH

    def choose(*folders):
        zoneinfo.reset_tzpath(to=[str(folder) for folder in folders])
        ZoneInfo.clear_cache()

    yield choose
    choose(*before)


def exported(key: str, *starts: datetime) -> list[str]:
    given = [edition(entry(start)) for start in starts]
    return unfolded(calendar_file(given, timezone=key, name=None))


def vtimezone(lines: list[str]) -> list[str]:
    return lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE") + 1]


class Reader:
    """Reads the VTIMEZONE of a file as an app would: the offset of the latest onset at or before a wall time."""

    def __init__(self, lines: list[str]) -> None:
        self.parts: list[dict[str, str]] = []
        for line in vtimezone(lines)[1:-1]:
            name, text = line.split(":", 1)
            if name == "BEGIN":
                self.parts.append({})
            if self.parts:
                self.parts[-1][name] = text
        years = range(FIRST_YEAR - 1, LAST_YEAR + 2)
        self.onsets = sorted(
            (self.onset(part, year), _offset(part["TZOFFSETTO"])) for part in self.parts for year in years
        )

    def onset(self, part: dict[str, str], year: int) -> datetime:
        first = datetime.strptime(part["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        if "RRULE" not in part:
            return first
        rule = dict(piece.split("=") for piece in part["RRULE"].split(";"))
        assert set(rule) == {"FREQ", "BYMONTH", "BYDAY"}
        assert rule["FREQ"] == "YEARLY"
        month, count, weekday = int(rule["BYMONTH"]), int(rule["BYDAY"][:-2]), rule["BYDAY"][-2:]
        days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
        fitting = [day for day in days if f"{day:%a}"[:2].upper() == weekday]
        return datetime.combine(fitting[count - 1 if count > 0 else count], first.time())

    def offset(self, wall: datetime) -> timedelta:
        return next(offset for onset, offset in reversed(self.onsets) if onset <= wall)


def _offset(text: str) -> timedelta:
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:] or 0))
    return -size if text[0] == "-" else size


def _moments(zone: ZoneInfo) -> list[datetime]:
    """Noon of every day of the two years, and each half hour of the three days around any change of the clocks."""
    noon = datetime(FIRST_YEAR, 1, 1, 12, tzinfo=UTC)
    days = [noon + timedelta(days=count) for count in range((datetime(LAST_YEAR, 12, 31, 12, tzinfo=UTC) - noon).days)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    moments = list(days)
    for count in range(1, len(days)):
        if offsets[count - 1] != offsets[count]:
            moments += [days[count] + half * HOUR / 2 for half in range(-96, 48)]
    return moments


def test_every_zone_there_is_reads_rightly_at_every_hour_of_two_years_or_is_exported_in_utc():
    by_rule, wrong = 0, []
    for key in sorted(zoneinfo.available_timezones()):
        zone = ZoneInfo(key)
        starts = datetime(FIRST_YEAR, 1, 2, 12, tzinfo=UTC), datetime(LAST_YEAR, 12, 29, 12, tzinfo=UTC)
        lines = exported(key, *starts)
        if "BEGIN:VTIMEZONE" not in lines:
            assert "DTSTART:20260102T120000Z" in lines
            assert "DTSTART:20271229T120000Z" in lines
            continue
        by_rule += 1
        reader = Reader(lines)
        for moment in _moments(zone):
            wall = moment.astimezone(zone)
            naive = wall.replace(tzinfo=None)
            twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
            if not twice and reader.offset(naive) != wall.utcoffset():
                wrong.append((key, moment))
    assert not wrong
    assert by_rule > 500  # of some 600: all but a handful follow a plain rule, so UTC is the exception


def test_both_halves_of_the_rule_start_on_the_clock_that_is_about_to_change():
    # Last Sundays of March and October 1970: the 29th and the 25th. 02:00 CET and 03:00 CEST are the old clocks' times.
    assert vtimezone(exported("Europe/Berlin", datetime(2027, 3, 16, 9, tzinfo=UTC))) == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_a_zone_without_changes_has_one_standard_half():
    lines = vtimezone(exported("Asia/Kolkata", datetime(2027, 3, 16, 9, tzinfo=UTC)))
    assert lines[2:-1] == [
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:IST",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "END:STANDARD",
    ]


def test_dublin_has_its_daylight_in_summer_although_its_law_puts_it_the_other_way_round():
    reader = Reader(exported("Europe/Dublin", datetime(2027, 7, 1, 9, tzinfo=UTC)))
    assert {(part["BEGIN"], part["TZNAME"], part["TZOFFSETTO"]) for part in reader.parts} == {
        ("DAYLIGHT", "IST", "+0100"),
        ("STANDARD", "GMT", "+0000"),
    }


@pytest.mark.parametrize("key", ["UTC", "Africa/Casablanca", "Africa/Cairo", "America/Santiago", "Asia/Gaza"])
def test_a_zone_that_no_rule_can_tell_is_exported_in_utc(key):
    # Casablanca: an hour back in Ramadan 2026. Cairo, Santiago, Gaza: the change falls after the day the rule names.
    lines = exported(key, datetime(2026, 6, 16, 9, tzinfo=UTC))
    assert "DTSTART:20260616T090000Z" in lines
    assert "DTEND:20260616T093000Z" in lines
    assert not any("TZID" in line for line in lines)


@pytest.mark.parametrize("year", [1969, 1970, 9998])
def test_years_beyond_the_rule_are_exported_in_utc(year):
    assert f"DTSTART:{year}0616T090000Z" in exported("Europe/Berlin", datetime(year, 6, 16, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "EST5EDT",  # summer time without its days
        "EST5EDT,J60,J300",  # the 60th day of the year
        "EST5EDT,59,299",
        "EET-2EEST,M4.5.5/0,M10.5.4/24",  # an hour of the next day
        "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",  # an hour of the day before
        "XXX3YYY,M13.1.0,M4.1.0",
        "XXX3YYY,M3.6.0,M4.1.0",
        "XXX3YYY3,M3.1.0,M4.1.0",  # nothing changes
        "LMT-0:53:28",
        "XXX3YYY2:00:01,M3.1.0,M4.1.0",
        "CET-1\r\nX:Y",
    ],
)
def test_a_rule_that_a_calendar_cannot_say_is_none(text):
    assert parse_posix(text) is None


def test_a_rule_is_read_with_its_signs_names_and_default_hours():
    # POSIX counts westwards: 3:30 is 3 h 30 min behind UTC. Unless said otherwise, summer is an hour ahead and
    # begins at 2:00.
    rule = parse_posix("NST3:30NDT,M3.2.0,M11.1.0/0:01")
    assert (rule.name, rule.offset) == ("NST", timedelta(hours=-3, minutes=-30))
    forward, back = rule.changes
    assert (forward.name, forward.after, forward.daylight) == ("NDT", timedelta(hours=-2, minutes=-30), True)
    assert (back.name, back.after, back.daylight) == ("NST", rule.offset, False)
    # March 2027 begins on a Monday: its Sundays are 7, 14, ... November begins on one: 7 is the first Sunday.
    assert forward.instant(2027) == datetime(2027, 3, 14, 5, 30, tzinfo=UTC)
    assert back.instant(2027) == datetime(2027, 11, 7, 2, 31, tzinfo=UTC)
    assert parse_posix("<-0330>3:30").name == "-0330"


def test_rules_are_read_from_the_package_where_the_system_has_none(tz_folders):
    tz_folders()
    assert posix_footer("Europe/Berlin") == "CET-1CEST,M3.5.0,M10.5.0/3"
    assert rule_for("Europe/Berlin", 2027, 2027) is not None


def test_rules_are_read_from_the_folder_that_zoneinfo_reads(tz_folders, tmp_path):
    (tmp_path / "Europe").mkdir()
    data = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe" / "Berlin").write_bytes(data)
    tz_folders(tmp_path)
    assert posix_footer("Europe/Berlin") == "JST-9"
    assert rule_for("Europe/Berlin", 2027, 2027).offset == 9 * HOUR


def test_a_rule_that_disagrees_with_zoneinfo_is_not_used(tz_folders, tmp_path):
    (tmp_path / "Europe").mkdir()
    berlin = tmp_path / "Europe" / "Berlin"
    with resources.as_file(resources.files("tzdata").joinpath("zoneinfo", "Europe", "Berlin")) as packaged:
        shutil.copy(packaged, berlin)
    tz_folders(tmp_path)
    assert ZoneInfo("Europe/Berlin").utcoffset(datetime(2027, 7, 1)) == 2 * HOUR  # noqa: DTZ001 (now in zoneinfo's cache)
    berlin.write_bytes(berlin.read_bytes().replace(b"M3.5.0", b"M3.3.0"))  # the third Sunday for the last
    assert posix_footer("Europe/Berlin") == "CET-1CEST,M3.3.0,M10.5.0/3"
    assert rule_for("Europe/Berlin", 2027, 2027) is None


def test_data_without_a_rule_give_none(tz_folders, tmp_path):
    # Version 1 of the format ends without a line of text.
    data = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Old").write_bytes(data[:4] + b"\0" + data[5 : data.index(b"TZif", 4)])
    tz_folders(tmp_path)
    assert posix_footer("Old") is None
    assert rule_for("Old", 2027, 2027) is None
