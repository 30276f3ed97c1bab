"""The part of Settings about the data itself: where it is, taking it along, keeping it safe, bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from iiplan.errors import InputError
from iiplan.planner import your_data
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.labels import TILE, day_label, escaped, plural

__all__ = ["show_your_data"]

_MOST_MEGABYTES = 200
_WHY = {"day": "daily copy", "backup": "backup", "before-restore": "before a restore"}
_FILE = ""  # as what to restore from: one that is chosen
_UPLOAD = "restore-upload"


def show_your_data(ws: Workspace) -> None:
    """Everything about the file: what is in it, out of it, copies of it, and back into it."""
    fault = your_data.keep_daily_copy(ws)
    there = your_data.summary(ws)
    _whats_there(ws, there)
    _take_along(ws, there)
    _backups(ws, fault)
    _restore(ws, there)


def _whats_there(ws: Workspace, there: your_data.Summary) -> None:
    st.markdown("Everything is in one file on this machine:")
    st.code(str(ws.store.path), language=None, wrap_lines=True)
    numbers = {
        "Size": _size(ws.store.path),
        "People": f"{there.people:,}",
        "Logged touches": f"{there.touches:,}",
        "Trips": f"{len(there.trips):,}",
    }
    with st.container(horizontal=True):
        for label, value in numbers.items():
            st.metric(label, value, border=True, width=TILE)


def _take_along(ws: Workspace, there: your_data.Summary) -> None:
    st.subheader("Take it along", anchor=False)
    if there.is_empty:
        st.markdown("There is nothing to take along yet. Add people on *Contacts*, or restore a file below.")
        return
    csv, vcard, everything = st.columns(3)
    with csv:
        _download(ws, "People as CSV", "people.csv", "text/csv", your_data.people_as_csv, nobody=not there.people)
        st.caption(
            "For Excel and other spreadsheets: every field. A text that a spreadsheet could take for a formula, such "
            "as a phone number that starts with +, has an apostrophe before it."
        )
    with vcard:
        _download(ws, "People as vCard", "people.vcf", "text/vcard", your_data.people_as_vcard, nobody=not there.people)
        st.caption("For address books. Your notes are in it; your ratings of people are not.")
    with everything:
        _download(ws, "Everything", "iiplan-workspace.zip", "application/zip", your_data.workspace_as_zip)
        st.caption(
            "One zip of readable files, from which any iiplan restores it all. The secret addresses at which calendar "
            "apps subscribe are left out, in case you pass it on."
        )


def _download(
    ws: Workspace, label: str, name: str, kind: str, made: Callable[[Workspace], bytes], *, nobody: bool = False
) -> None:
    """A button whose file is made when it is clicked."""
    st.download_button(
        label,
        lambda: made(ws),
        file_name=f"{ws.now().astimezone():%Y-%m-%d}-{name}",
        mime=kind,
        icon=":material/download:",
        key=f"download-{name}",
        on_click="ignore",
        disabled=nobody,
    )


def _backups(ws: Workspace, fault: str) -> None:
    st.subheader("Keep it safe", anchor=False)
    st.markdown(
        "A backup is an exact copy of the file, calendar addresses included. One is kept by itself when you first "
        f"open iiplan on a day, if anything has changed; the last {your_data.DAYS_KEPT} of these stay. All copies lie "
        "beside the file: take one to another disk now and then."
    )
    if fault:
        st.warning(escaped(fault))
    st.button("Make a backup now", icon=":material/save:", key="backup-now", on_click=_back_up, args=(ws,))
    kept = your_data.copies(ws)
    if not kept:
        st.caption("No copies yet.")
        return
    with st.expander(f"{plural(len(kept), 'copy', 'copies')} beside the file", key="copies"):
        rows = [
            {"Made": _when(copy), "What": _what(copy), "Size": _megabytes(copy.size), "File": copy.path.name}
            for copy in kept
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="")


def _restore(ws: Workspace, there: your_data.Summary) -> None:
    st.subheader("Bring it back", anchor=False)
    kept = {copy.path.name: copy for copy in your_data.copies(ws)}
    chosen = st.selectbox(
        "Restore from",
        [_FILE, *kept],
        format_func=lambda name: "A file of yours" if name == _FILE else f"{_when(kept[name])}, {_what(kept[name])}",
        key=session.draft_key("restore-from"),
    )
    content: bytes | None = None
    if chosen == _FILE:
        given = st.file_uploader(
            "Backup (.sqlite) or export (.zip)",
            type=["sqlite", "zip", "db"],
            max_upload_size=_MOST_MEGABYTES,
            key=session.draft_key(_UPLOAD),
            help="The file is looked at first; nothing changes before you say so.",
        )
        if given is None:
            return
        content = given.getvalue()
    source = content if content is not None else kept[chosen].path
    try:
        found = _preview(ws, source, _stamp(source))
    except InputError as error:
        st.error(escaped(str(error)))
        return
    _show_preview(there, found)
    st.button(
        "Restore this" if there.is_empty else "Replace everything with this",
        type="primary",
        icon=":material/settings_backup_restore:",
        key="restore",
        on_click=_bring_back,
        args=(ws, source),
    )


@st.cache_data(max_entries=2, ttl="1h", show_spinner="Looking at the file …")
def _preview(_ws: Workspace, source: bytes | Path, stamp: int) -> your_data.Summary:
    """Looked at once for the same file, not again for each click. ``stamp`` tells a file from a later one."""
    if isinstance(source, bytes):
        return your_data.preview_upload(_ws, source)
    return your_data.preview(_ws, source)


def _stamp(source: bytes | Path) -> int:
    return 0 if isinstance(source, bytes) else source.stat().st_mtime_ns


def _show_preview(there: your_data.Summary, found: your_data.Summary) -> None:
    st.dataframe(
        pd.DataFrame({"": list(_facts(there)), "Now": _facts(there).values(), "After": _facts(found).values()}),
        hide_index=True,
        placeholder="",
    )
    arrival = found.arrival
    if arrival is not None and arrival.made_at is not None:
        made = f"{day_label(arrival.made_at)} {arrival.made_at:%Y}"
        st.caption(f"An export of {made}, by iiplan {escaped(arrival.iiplan or '')}.")
    elif arrival is not None:
        st.caption(f"A backup, its file at version {arrival.version}.")
    if there.is_empty:
        st.info("There is nothing here yet, so nothing is lost.", icon=":material/check:")
        return
    st.warning(
        "**Everything that is here now is replaced**, nothing is merged. A dated copy of it is kept first, and can be "
        "restored the same way. To add people to those you have, import them on *Contacts*."
    )
    if there.feeds and arrival is not None and not arrival.secrets:
        st.warning("Calendar apps that subscribe to a trip stop getting it: an export holds no calendar addresses.")


def _facts(of: your_data.Summary) -> dict[str, str]:
    trips = [f"{name}, {first:%d %b %Y}" for name, first, _ in of.trips]
    return {
        "People": f"{of.people:,}",
        "Organisations": f"{of.organisations:,}",
        "Logged touches": f"{of.touches:,}",
        "Last touch": f"{day_label(of.last_touch)} {of.last_touch:%Y}" if of.last_touch else "none",
        "Trips": "; ".join(trips) or "none",
        "Own message templates": f"{of.templates:,}",
    }


def _back_up(ws: Workspace) -> None:
    def act() -> None:
        session.notify(f"Kept as {escaped(your_data.backup(ws).name)}, beside the file.")

    session.attempt(act)


def _bring_back(ws: Workspace, source: bytes | Path) -> None:
    def act() -> None:
        restored = your_data.restore_upload(ws, source) if isinstance(source, bytes) else your_data.restore(ws, source)
        for name in ("restore-from", _UPLOAD):
            session.new_draft(name)
        people, touches = restored.summary.people, restored.summary.touches
        words = f"Restored: {plural(people, 'person', 'people')}, {plural(touches, 'touch', 'touches')}."
        kept = restored.kept
        st.toast("Restored. The top of the page says more.", icon=":material/check:")  # the eye is at its end
        if kept is None:
            session.notify(words)
        else:
            session.notify(
                f"{words} What was here before is in {escaped(kept.name)}.",
                undo=lambda: your_data.restore(ws, kept),
            )

    session.attempt(act)


def _when(copy: your_data.KeptCopy) -> str:
    clock = "" if copy.why == "day" else f" {copy.made:%H:%M}"
    return f"{day_label(copy.made)} {copy.made:%Y}{clock}"


def _what(copy: your_data.KeptCopy) -> str:
    return _WHY.get(copy.why, f"before an update from version {copy.why[1:]}")


def _size(path: Path) -> str:
    return _megabytes(path.stat().st_size)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
