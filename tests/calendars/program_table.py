"""What calendar programs make of our files, in the words of the table in docs/calendars.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from calendar_programs import Held, Said
from program_files import Meant, Replay

__all__ = ["HEAD", "cancellation_words", "finding_words", "hour_words", "row", "text_words", "update_words"]

HEAD = (
    "| program | version | hours | titles and texts | faults it finds | what is new or moved | what is off |\n"
    "|---|---|---|---|---|---|---|"
)
Times = tuple[datetime, datetime]


def row(*cells: str) -> str:
    """A line of the table."""
    return f"| {' | '.join(cells)} |"


def hour_words(said: Sequence[Said], meant: Sequence[Meant]) -> str:
    """Whether each entry is at its instants, whatever zone the machine is in, and nothing else is there."""
    want = Counter((one.start, one.end) for one in meant)
    wrong = max(sum((want - Counter((one.start, one.end) for one in each.held)).values()) for each in said)
    more = max(len(each.held) - len(meant) for each in said)
    busy = [each.busy for each in said if each.busy is not None]
    if any(_joined(one) != _taken(meant) for one in busy):
        return "the server's own free and busy times are others"
    return f"{wrong} of {len(meant)} wrong" if wrong or more else "all right"


def text_words(held: Iterable[Held], meant: Sequence[Meant]) -> str:
    """Whether titles and texts are there to the letter."""
    want = Counter((one.start, one.end, one.summary, one.description) for one in meant)
    for words, washed in (("to the letter", str), ("a backslash stays before commas and semicolons", _unescaped)):
        found = Counter((one.start, one.end, washed(one.summary), washed(one.description or "")) for one in held)
        if washed is _unescaped:
            want = Counter((start, end, washed(title), washed(text)) for start, end, title, text in want.elements())
        if not want - found:
            return words
    return f"{sum((want - found).values())} of {len(meant)} differ"


def finding_words(said: Sequence[Said]) -> str:
    """How many faults the program's own validator finds."""
    findings = [each.findings for each in said]
    if None in findings:
        return "looks for none"
    return str(sum(len(found or ()) for found in findings))


def update_words(said: Said, story: Replay, with_the_whole: bool) -> str:
    """What became of entries that are new, moved or as before, once a second file was taken in."""
    hours: dict[str, list[datetime]] = {}
    for one in said.held:
        hours.setdefault(one.uid or one.summary, []).append(one.start)
    on = [one for one in story.whole.entries if not one.off]
    if any(one.start not in hours.get(one.uid, hours.get(one.summary, [])) for one in on):
        return "some of it is missing"
    if all(hours.get(one.uid) == [one.start] for one in on):
        return "one entry, at its new hour" + ("; old files stay in its folder" if said.old_files else "")
    changed = {(one.uid, one.start) for one in story.changes.entries}
    same = [one for one in on if (one.uid, one.start) not in changed]
    if with_the_whole and all(len(hours.get(one.uid, hours.get(one.summary, []))) > 1 for one in same):
        return "a further entry, and what did not change is there twice"
    return "a further entry, and the old one stays"


def cancellation_words(held: Sequence[Held], story: Replay) -> str:
    """What became of entries that are off, once a second file was taken in."""
    off = [one for one in story.whole.entries if one.off]
    found = [[one for one in held if one.uid == off_one.uid] for off_one in off]
    if all(len(same) == 1 and same[0].cancelled for same in found):
        return "stays, marked as cancelled"
    if not any(found) and all(any(one.summary == other.summary for one in held) for other in off):
        return "is there again beside the old entry; only its title says that it is off"
    return "is gone" if not any(found) else "is there, and some of it not marked"


def _unescaped(text: str) -> str:
    return text.replace("\\,", ",").replace("\\;", ";")


def _taken(meant: Iterable[Meant]) -> list[Times]:
    """The time that entries take, without those that take none."""
    return _joined((one.start, one.end) for one in meant if one.takes_time)


def _joined(times: Iterable[Times]) -> list[Times]:
    """Stretches in order, those that overlap or touch as one."""
    joined: list[Times] = []
    for start, end in sorted(times):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
