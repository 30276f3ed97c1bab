"""What files would bring, before anything is saved: every row in one of four groups."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from iiplan.importers import ImportedPerson, KnownRow
from iiplan.planner.importing import Looked
from iiplan.ui.labels import escaped, plural

__all__ = ["nobody_in", "show_preview"]

_MOST_ROWS = 1_000
_TILE = 148  # pixels: two side by side on a phone, inside the folded part


def nobody_in(looked: Looked) -> str:
    """A loud sentence (Markdown) on files that were read and gave nobody; empty when each gave somebody."""
    empty = [escaped(name) for name, result in looked.results.items() if not result.people]
    if not empty:
        return ""
    return f"Nobody could be read from {', '.join(empty)}: every row is unreadable, see why below."


def show_preview(looked: Looked) -> None:
    """The four numbers, and behind them the rows."""
    preview = looked.preview
    counts = {
        "New": len(preview.new),
        "Updated": len(preview.updated),
        "Already known": len(preview.known),
        "Unreadable": len(preview.rejected),
    }
    with st.container(horizontal=True):
        for label, number in counts.items():
            st.metric(label, f"{number:,}", border=True, width=_TILE)
    several = len(looked.results) > 1
    if preview.new:
        _table("New", [_person(one) for one in preview.new], several, opened=True)
    if preview.updated:
        _table(
            "Updated: only what was missing is added", [_added(one) for one in preview.updated], several, opened=True
        )
    if preview.known:
        _table("Already known: these rows bring nobody new", [_known(one) for one in preview.known], several)
    if preview.differing:
        rows = [row for one in preview.differing for row in _differences(one)]
        _table("Differs: what you have stays as it is", rows, several)
    if preview.rejected:
        rejected = [{"Line": one.line, "Why": one.reason, "Row": one.raw, "File": one.file} for one in preview.rejected]
        _table("Unreadable", rejected, several, opened=True)
        _downloads(looked)


def _table(title: str, rows: Sequence[dict[str, object]], several: bool, *, opened: bool = False) -> None:
    with st.expander(f"{title} ({len(rows):,})", expanded=opened):
        shown = pd.DataFrame(rows[:_MOST_ROWS])
        empty = [name for name in shown.columns if not shown[name].astype(str).str.strip().any()]
        st.dataframe(
            shown.drop(columns=[*empty, *([] if several else ["File"])], errors="ignore"),
            hide_index=True,
            height=min(35 * (len(shown) + 1) + 3, 260),
            placeholder="",
        )
        if len(rows) > _MOST_ROWS:
            st.caption(f"The first {_MOST_ROWS:,} of {len(rows):,}.")


def _person(one: ImportedPerson) -> dict[str, object]:
    return {
        "Line": one.line,
        "Name": one.name,
        "Role": one.role,
        "Organisation": one.organisation,
        "City": one.city,
        "E-mail": ", ".join(one.emails),
        "Phone": ", ".join(one.phones),
        "Profile": one.profile_url,
        "Tags": ", ".join(one.tags),
        "Remark": "; ".join(one.problems),
        "File": one.file,
    }


def _added(one: KnownRow) -> dict[str, object]:
    return {
        "Line": one.row.line,
        "In the file": one.row.name,
        "Is": one.contact.name,
        "By the same": one.by,
        "Gains": _fields(one.adds),
        "File": one.row.file,
    }


def _known(one: KnownRow) -> dict[str, object]:
    first = one.repeats
    same = one.contact.name
    if first is not None:
        same = f"the same as line {first.line}" + (f" of {first.file}" if first.file != one.row.file else "")
    gains = f"adds {_fields(one.adds)}" if one.adds else ""
    row = {"Line": one.row.line, "In the file": one.row.name, "Is": same, "By the same": one.by}
    return {**row, "Remark": gains, "File": one.row.file}


def _differences(one: KnownRow) -> list[dict[str, object]]:
    return [
        {
            "Line": one.row.line,
            "Name": one.contact.name,
            "Field": gap.field,
            "You have": gap.kept[:200],
            "In the file": gap.in_file[:200],
            "File": one.row.file,
        }
        for gap in one.differs
    ]


def _fields(names: Sequence[str]) -> str:
    words = {"profile_url": "profile link", "email": "e-mail", "other_emails": "e-mail", "other_phones": "phone"}
    return ", ".join(dict.fromkeys(words.get(name, name) for name in names))


def _downloads(looked: Looked) -> None:
    """The unreadable rows of each file, to correct and import again."""
    for name, result in looked.results.items():
        if result.rejected:
            title, content = looked.to_correct(name)
            st.download_button(
                f"Unreadable rows of {escaped(name)} ({plural(len(result.rejected), 'row')})",
                content,
                file_name=title,
                icon=":material/download:",
                on_click="ignore",
                key=f"rejected-{name}",
                help="With the reason beside each. Correct them there and drop the file above.",
            )
