"""Days for day sheets: the hardest one that still belongs on two pages, and names in many scripts."""

from __future__ import annotations

from datetime import datetime, time

from iiplan.briefing import DaySheet, SheetMeeting, SheetStop, StopKind
from builders import MONDAY, WASHINGTON

MAP = "https://www.openstreetmap.org/?mlat=38.902500&mlon=-77.028500#map=17/38.902500/-77.028500"
SCRIPTS = {
    "Latin": "Łucja Żółkiewska-Ñandú",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Анна Кузнецова",
    "Arabic": "ليلى الحسيني",
    "Hebrew": "נועה לוי",
    "Devanagari": "अनन्या शर्मा",
    "Thai": "ณัฐวุฒิ สวัสดี",
    "Chinese": "欧阳若曦",
    "Japanese": "高橋さくら ユミ",
    "Korean": "김하늘",
}
HOSTILE = '#import "x": * $x^2$ @ref \\ *b* _i_ <b>b</b> {{ 7*7 }} {% x %} `r` #{1+1} ~ -- // no \\u{41}'
QUESTIONS = (
    "What did last Tuesday look like for you, hour by hour, and which of those hours would you gladly give away?",
    "When did you start leading others, and what did you have to unlearn for it?",
    "Which change in this field do people outside it not see coming yet?",
    "Whom else should I talk to?",
    "May I write to you again in a few weeks, when I have followed up on what you told me?",
)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY, time(hour, minute), WASHINGTON)


def met(name: str, hour: int, **details: object) -> SheetStop:
    """Half an hour with somebody, at an address unless told otherwise."""
    usual: dict[str, object] = {
        "about": ("Analyst, Acme", "Alumni, can hire"),
        "where": "Office, 1200 K St NW",
        "map": MAP,
        "leave_by": at(hour - 1, 40),
        "way": "12 min walk (estimate, 10 to 15)",
        "phone": "+1 202 555 0101",
        "email": "ann@example.org",
        "questions": QUESTIONS,
        "further": 4,
    }
    return SheetStop(
        kind=StopKind.MEETING,
        start=at(hour),
        end=at(hour, 30),
        title=name,
        meeting=SheetMeeting(**{**usual, **details}),  # type: ignore[arg-type]
    )


def own(kind: StopKind, hour: int, title: str, note: str = "") -> SheetStop:
    return SheetStop(kind=kind, start=at(hour), end=at(hour, 45), title=title, note=note)


def a_sheet(*stops: SheetStop, **details: object) -> DaySheet:
    usual: dict[str, object] = {
        "date": MONDAY,
        "trip": "Washington week",
        "city": "Washington, D.C.",
        "timezone": "America/New_York",
    }
    return DaySheet(stops=stops, **{**usual, **details})  # type: ignore[arg-type]


def hard_day(names: tuple[str, ...] = (SCRIPTS["Arabic"], SCRIPTS["Japanese"])) -> DaySheet:
    """Four meetings with long names and names in other scripts, a call, a missing address, and everything else full."""
    long_name = "Prof. Dr. Maximiliane-Theodora von Hohenstauffen-Waldburg zu Wolfegg und Waldsee-Zeil"
    first, second = names
    research = (
        "Wrote the 2025 report on floodplain insurance that two cities follow; we both spent a year in Tromsø; moves to "
        "the new data office in spring"
    )
    return a_sheet(
        met(long_name, 9, found=research, about=(
            "Deputy Assistant Director for Interagency Coordination, Federal Office of Provisional Statistics",
            "Alumni, referred by Bartholomew Featherstonehaugh-Cholmondeley, can hire",
        )),
        met(f"{first} (Layla al-Husseini)", 10, agreed=False, where="\u2068مركز الدراسات\u2069, 1619 Massachusetts Ave NW, 4th floor"),
        met("Ann Call", 11, call=True, where="", map="", leave_by=None, way=""),
        own(StopKind.LUNCH, 12, "Lunch"),
        met(f"{second} (Sakura Takahashi)", 13, found=research, email="a" * 60 + "@" + "b" * 60 + ".example.org"),
        met("Bo Nowhere", 15, where="", map="", leave_by=None, way="The way there is not planned yet."),
        own(StopKind.HELD, 16, "Held for Cy Maybe", "Offered, not chosen yet; for a call."),
        SheetStop(kind=StopKind.BACK, start=at(17, 5), end=at(17, 5), title="Back at the base", note="25 min transit (estimate, 19 to 29)"),
        leave=at(8, 40),
        back=at(17, 5),
        warning="Something has changed since the week was planned: plan it again for ways that are right.",
        introduction=(
            "I am Jo Example. I spent six years counting things for a regional water board, the last two of them leading four "
            "people, and found that I like the part where numbers become a decision more than the numbers.",
            "I am here for a week to learn how people who do that in public institutions came to it, what their days are "
            "like, and what they would do in my place. I have read what you published, so please skip the basics; what I "
            "cannot read anywhere is how it feels from inside, and that is why I am grateful for your half hour.",
        ),
        bring=(
            ("Business clothes laid out, shoes included", True), ("Phone and power bank charged", True), ("6 résumés, in a folder", False),
            ("Cards", False), ("Pen and paper, and a second pen", False), ("Wallet: you pay for the coffee", False),
            ("Headphones with a microphone, tried out", False), ("Photo ID for the front desk", False), ("This sheet, printed", False),
        ),
    )  # fmt: skip
