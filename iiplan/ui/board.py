"""The week as a picture: days side by side, hours from top to bottom. Pure: agenda in, HTML out."""

from __future__ import annotations

from datetime import datetime
from html import escape

from iiplan.model import Agenda, AgendaDay, Block, BlockKind
from iiplan.ui.labels import day_label, hours_and_minutes, plural

__all__ = ["board_html"]

PIXELS_PER_HOUR = 70
TWO_LINES, THREE_LINES = 33, 50  # pixels that a meeting needs to show so much

# Colours are mixed with transparency over the page, so that they suit light and dark alike; the hues (blue,
# orange, green, grey) stay apart for colour-blind eyes, and every kind also differs by its edge or pattern.
STYLE = """
<style>
.iip-board { overflow-x: auto; padding-bottom: .4rem; font-size: 12.5px; line-height: 1.25;
  scroll-snap-type: x proximity; scroll-padding-left: 44px; }
.iip-grid { display: grid; grid-template-columns: 40px repeat(var(--days), minmax(0, 1fr)); gap: 0 6px;
  min-width: calc(46px + var(--days) * 138px); }
.iip-head { padding: 2px 4px 6px; scroll-snap-align: start; }
.iip-head b { display: block; font-size: 14px; }
.iip-head span { opacity: .72; }
.iip-axis { position: sticky; left: 0; z-index: 3; backdrop-filter: blur(6px); }
.iip-axis span { position: absolute; right: 4px; transform: translateY(-50%); opacity: .72; font-size: 11px; }
.iip-day { position: relative; border-radius: 8px; background-color: color-mix(in srgb, currentColor 4%, transparent);
  background-image: repeating-linear-gradient(to bottom, color-mix(in srgb, currentColor 16%, transparent) 0 1px,
  transparent 1px var(--hour)); }
.iip-day.off { background-image: repeating-linear-gradient(135deg, transparent 0 8px,
  color-mix(in srgb, currentColor 7%, transparent) 8px 16px); }
.iip-block { position: absolute; left: 3px; right: 3px; overflow: hidden; box-sizing: border-box;
  border-radius: 4px; padding: 0 5px; }
.iip-block b, .iip-block span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.iip-meeting { background: color-mix(in srgb, #1d6fe0 34%, transparent); border-left: 4px solid #1d6fe0; z-index: 2;
  padding-top: 2px; }
.iip-meeting.agreed { box-shadow: inset 0 0 0 2px #1d6fe0; border-left-width: 7px; }
.iip-early, .iip-debrief { background: color-mix(in srgb, #1d6fe0 13%, transparent);
  border-left: 4px solid color-mix(in srgb, #1d6fe0 45%, transparent); border-radius: 0; opacity: .9; }
.iip-travel { left: 40%; right: 40%; padding: 0; border-radius: 0;
  border-left: 3px dotted color-mix(in srgb, currentColor 60%, transparent); overflow: visible; display: flex;
  align-items: center; white-space: nowrap; }
.iip-travel span { padding-left: 5px; opacity: .78; font-size: 11px; overflow: visible; }
.iip-lunch { background: color-mix(in srgb, #1f9d60 22%, transparent); border-left: 4px double #1f9d60;
  display: flex; align-items: center; }
.iip-busy { background: repeating-linear-gradient(45deg, color-mix(in srgb, #d97706 26%, transparent) 0 6px,
  color-mix(in srgb, #d97706 14%, transparent) 6px 12px); border-left: 4px dashed #d97706; }
.iip-key { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; margin-top: .6rem; font-size: 12.5px; }
.iip-key span { display: inline-flex; align-items: center; gap: .4rem; }
.iip-key i { position: static; width: 22px; height: 14px; display: inline-block; }
.iip-key i.iip-travel { width: 0; }
</style>
"""

KEY = (
    ("meeting", "Meeting"),
    ("meeting agreed", "Agreed, stays put"),
    ("early", "At the door early, notes after"),
    ("travel", "On the way"),
    ("lunch", "Lunch"),
    ("busy", "Own appointment"),
)


def board_html(agenda: Agenda) -> str:
    """The board of all days of ``agenda``, with a key; everything people typed is escaped.

    The picture carries one description for screen readers; the agenda in words says the rest.
    """
    if not agenda.days:
        return ""
    first, last = _hours(agenda)
    height = (last - first) * PIXELS_PER_HOUR
    heads = "".join(_head(day) for day in agenda.days)
    axis = "".join(
        f'<span style="top:{(hour - first) * PIXELS_PER_HOUR}px">{hour:02d}:00</span>' for hour in range(first, last)
    )
    columns = "".join(_column(day, first, height) for day in agenda.days)
    key = "".join(f'<span><i class="iip-block iip-{kind}"></i>{text}</span>' for kind, text in KEY)
    return (
        f"{STYLE}"
        f'<div class="iip-board" role="img" tabindex="0" aria-label="{escape(_description(agenda))}">'
        f'<div class="iip-grid" style="--days:{len(agenda.days)};--hour:{PIXELS_PER_HOUR}px">'
        f'<div class="iip-axis"></div>{heads}'
        f'<div class="iip-axis" style="height:{height}px">{axis}</div>{columns}'
        f'</div></div><div class="iip-key" aria-hidden="true">{key}</div>'
    )


def _hours(agenda: Agenda) -> tuple[int, int]:
    """First and last full hour that the board shows."""
    starts = [moment for day in agenda.days for moment in (day.opens, *(block.start for block in day.blocks))]
    ends = [(day, moment) for day in agenda.days for moment in (day.closes, *(block.end for block in day.blocks))]
    first = min(moment.hour for moment in starts)
    last = max(_minute(day, moment) for day, moment in ends)
    return first, -(-last // 60)


def _minute(day: AgendaDay, moment: datetime) -> int:
    """Clock minutes since midnight of the day; 24:00 is 1440."""
    return (moment.date() - day.date).days * 1440 + moment.hour * 60 + moment.minute


def _head(day: AgendaDay) -> str:
    if day.off:
        note = "off"
    elif day.meetings:
        note = f"{plural(len(day.meetings), 'meeting')}, {hours_and_minutes(day.travel_minutes)} on the way"
    else:
        note = "free"
    return f'<div class="iip-head"><b>{day_label(day.date)}</b><span>{note}</span></div>'


def _column(day: AgendaDay, first: int, height: int) -> str:
    blocks = "".join(_block(day, block, first) for block in day.blocks)
    return f'<div class="iip-day{" off" if day.off else ""}" style="height:{height}px">{blocks}</div>'


def _block(day: AgendaDay, block: Block, first: int) -> str:
    top = (_minute(day, block.start) - first * 60) * PIXELS_PER_HOUR / 60
    height = max(2.0, (_minute(day, block.end) - _minute(day, block.start)) * PIXELS_PER_HOUR / 60 - 1)
    kind = f"{block.kind.value}{' agreed' if block.fixed else ''}"
    return (
        f'<div class="iip-block iip-{kind}" style="top:{top:.1f}px;height:{height:.1f}px" '
        f'title="{escape(_tooltip(block))}">{_text(block, height)}</div>'
    )


def _text(block: Block, height: float) -> str:
    if block.kind is BlockKind.MEETING:
        if height < TWO_LINES:
            return f"<b>{block.start:%H:%M} {escape(block.title)}</b>"
        third = f"<span>{escape(block.detail)}</span>" if height >= THREE_LINES and block.detail else ""
        return f"<b>{escape(block.title)}</b><span>{block.start:%H:%M}–{block.end:%H:%M}</span>{third}"
    if block.kind is BlockKind.TRAVEL:
        return f"<span>{block.minutes} min</span>" if height >= 11 else ""
    if block.kind in {BlockKind.LUNCH, BlockKind.BUSY} and height >= 15:
        return f"<span>{escape(block.title)}</span>"
    return ""


def _tooltip(block: Block) -> str:
    return f"{block.start:%H:%M}–{block.end:%H:%M} {block.title}" + (f", {block.detail}" if block.detail else "")


def _description(agenda: Agenda) -> str:
    days = "; ".join(
        f"{day_label(day.date)}: "
        + (", ".join(f"{block.start:%H:%M} {block.title}" for block in day.meetings) or ("off" if day.off else "free"))
        for day in agenda.days
    )
    return f"Board of the week. {days}. The agenda below says it in words."
