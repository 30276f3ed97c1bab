"""Days for day sheets: the hardest one that still belongs on two pages, and names in many scripts."""

from __future__ import annotations

from datetime import datetime, time

from builders import MONDAY, WASHINGTON

from iiplan.briefing import DaySheet, SheetMeeting, SheetStop, StopKind

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
    "emoji": "😀 👩\u200d👩\u200d👧 🇩🇪",
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


def hard_day(first: str = SCRIPTS["Arabic"], second: str = SCRIPTS["Japanese"]) -> DaySheet:
    """Four meetings with long names and names in other scripts, a call, a missing address, and everything else full."""
    long_name = "Prof. Dr. Maximiliane-Theodora von Hohenstauffen-Waldburg zu Wolfegg und Waldsee-Zeil"
    role = "Deputy Assistant Director for Interagency Coordination, Federal Office of Provisional Statistics"
    referred = "Alumni, referred by Bartholomew Featherstonehaugh-Cholmondeley, can hire"
    research = (
        "Wrote the 2025 report on floodplain insurance that two cities follow; we both spent a year in Tromsø; "
        "moves to the new data office in spring"
    )
    there = f"\u2068{first}\u2069, 1619 Massachusetts Ave NW, 4th floor"
    long_mail = "a" * 60 + "@" + "b" * 60 + ".example.org"
    nowhere: dict[str, object] = {"where": "", "map": "", "leave_by": None}
    return a_sheet(
        met(long_name, 9, found=research, about=(role, referred)),
        met(f"{first} (Layla al-Husseini)", 10, agreed=False, where=there),
        met("Ann Call", 11, call=True, way="", **nowhere),
        own(StopKind.LUNCH, 12, "Lunch"),
        met(f"{second} (Sakura Takahashi)", 13, found=research, email=long_mail),
        met("Bo Nowhere", 15, way="The way there is not planned yet.", **nowhere),
        own(StopKind.HELD, 16, "Held for Cy Maybe", "Offered, not chosen yet; for a call."),
        own(StopKind.BACK, 17, "Back at the base", "25 min transit (estimate, 19 to 29)"),
        leave=at(8, 40),
        back=at(17, 45),
        warning="Something has changed since the week was planned: plan it again for ways that are right.",
        introduction=(
            "I am Jo Example. I spent six years counting things for a regional water board, the last two of them "
            "leading four people, and found that I like the part where numbers become a decision more than numbers.",
            "I am here for a week to learn how people who do that in public institutions came to it, what their days "
            "are like, and what they would do in my place. I have read what you published, so please skip the basics; "
            "what I cannot read anywhere is how it feels from inside, and that is why I am grateful for your time.",
        ),
        bring=(
            ("Business clothes laid out, shoes included", True),
            ("Phone and power bank charged", True),
            ("6 résumés, in a folder", False),
            ("Cards", False),
            ("Pen and paper, and a second pen", False),
            ("Wallet: you pay for the coffee", False),
            ("Headphones with a microphone, tried out", False),
            ("Photo ID for the front desk", False),
            ("This sheet, printed", False),
        ),
    )


def words_of(value: object) -> list[str]:
    """Every string of a sheet's document, but for the addresses behind links."""
    if isinstance(value, dict):
        return [word for key, part in value.items() if key not in NOT_PRINTED for word in words_of(part)]
    if isinstance(value, list):
        return [word for part in value for word in words_of(part)]
    return [value] if isinstance(value, str) and value else []


NOT_PRINTED = {"map", "tel", "mailto", "profile", "kind", "day"}
