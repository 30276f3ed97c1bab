"""What was learned as pictures: the counts, told apart without colour, hostile names shown as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from iiplan.figures import picture_figure, practice_figure, referral_figure
from iiplan.model import Contact, Touch, TouchKind
from iiplan.outreach import PracticeWeek, histories, referrals

MONDAYS = [date(2027, 3, 1) + timedelta(weeks=n) for n in range(3)]
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_the_picture_has_two_lines_a_subject_told_apart_by_dash_and_symbol() -> None:
    figure = picture_figure(
        MONDAYS,
        {"The work": (1, 1, 3), "The place": (0, 0, 0)},
        {"The work": (0, 2, 2), "The place": (0, 0, 0)},
    )
    draws, puts_off = figure.data  # of the place nothing is known: it is left out
    assert (list(draws.y), list(puts_off.y)) == ([1, 1, 3], [0, 2, 2])
    assert draws.line.dash != puts_off.line.dash
    assert draws.marker.symbol != puts_off.marker.symbol
    assert [title.text for title in figure.layout.annotations] == ["<b>The work</b> · 3 draw, 2 put off"]
    assert draws.hovertext[2] == "The work<br>draws me: 3<br>up to 21 Mar 2027"


def test_the_picture_names_at_most_four_mondays_and_says_when_it_is_empty() -> None:
    many = [MONDAYS[0] + timedelta(weeks=n) for n in range(30)]
    figure = picture_figure(many, {"The work": [1] * 30}, {"The work": [0] * 30})
    assert len(figure.layout.xaxis.tickvals) == 4
    empty = picture_figure(MONDAYS, {"The work": (0, 0, 0)}, {"The work": (0, 0, 0)})
    assert empty.layout.annotations[0].text == "Nothing draws you or puts you off yet."


def test_practice_has_a_row_for_meetings_and_one_for_rehearsals() -> None:
    figure = practice_figure([PracticeWeek(monday=MONDAYS[0], met=2, rehearsed=3), PracticeWeek(monday=MONDAYS[1])])
    meetings, rehearsals = figure.data
    assert (list(meetings.y), list(rehearsals.y)) == ([2, None], [3, None])
    assert practice_figure([]).layout.annotations[0].text.startswith("No meeting was held")


def test_the_network_shows_met_filled_asked_half_and_not_yet_hollow() -> None:
    contacts = [
        Contact(id=name, name=f"<b>{name}</b>", referred_by="ann" if name != "ann" else None)
        for name in ("ann", "bob", "cleo", "dan")
    ]
    did = {"ann": TouchKind.MET, "bob": TouchKind.ASKED, "cleo": TouchKind.ACCEPTED}
    touches = [Touch(id=who, contact_id=who, kind=kind, at=AT) for who, kind in did.items()]
    figure = referral_figure(referrals(histories(contacts, touches), met_alone=True), network=True)
    looks = {trace.name: (trace.marker.symbol, len(trace.x)) for trace in figure.data if trace.mode == "markers"}
    assert looks == {
        "met": ("circle", 1),
        "asked, not met yet": ("circle-open-dot", 2),
        "not asked yet": ("circle-open", 1),
    }
    assert all("<b>" not in label.text for label in figure.layout.annotations)
