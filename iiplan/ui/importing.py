"""Bringing people in from files: look first, then save; and the imports there were, each with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from iiplan.importers import Field, FileKind, OpenedFile
from iiplan.model import Import, Source
from iiplan.planner import duplicates, importing
from iiplan.planner.import_undo import undo
from iiplan.planner.importing import Choices, FileRefused, Looked
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.import_preview import nobody_in, show_preview
from iiplan.ui.labels import SOURCE, escaped, plural

__all__ = ["import_panel"]

_KIND = {
    FileKind.LINKEDIN: "LinkedIn connections",
    FileKind.GOOGLE: "Google Contacts",
    FileKind.OUTLOOK: "Outlook",
    FileKind.VCARD: "vCard",
    FileKind.TABLE: "Another table",
}
_FIELD = {
    Field.IGNORED: "Not taken",
    Field.NAME: "Name",
    Field.FIRST_NAME: "First name",
    Field.MIDDLE_NAME: "Middle name",
    Field.LAST_NAME: "Last name",
    Field.PREFIX: "Title before the name (Dr.)",
    Field.SUFFIX: "Title after the name (PhD)",
    Field.OTHER_NAME: "Name, where there is no other",
    Field.ROLE: "Role",
    Field.ORGANISATION: "Organisation",
    Field.DEPARTMENT: "Department (into the notes)",
    Field.EMAIL: "E-mail",
    Field.PHONE: "Phone",
    Field.PROFILE_URL: "Profile link",
    Field.LINK: "Other link",
    Field.ADDRESS: "Address",
    Field.STREET: "Street",
    Field.POSTCODE: "Postal code",
    Field.CITY: "City",
    Field.REGION: "Region",
    Field.COUNTRY: "Country",
    Field.TAGS: "Tags",
    Field.NOTES: "Notes",
    Field.CONNECTED_ON: "Connected since",
    Field.REASON: "Why it was not imported (not taken)",
}
_FIELD_OF = {label: field for field, label in _FIELD.items()}
_MOST_SHOWN = 20
_DRAFT = "people-files"
_HELP = """
- **LinkedIn**: *Settings & Privacy → Data privacy → Get a copy of your data → Connections*. The zip that LinkedIn sends
  can be dropped here as it is. It holds no addresses and few e-mails, so those are yours to add.
- **Google Contacts**: *Export → Google CSV* (or vCard). **iCloud, phones**: *Export vCard* (.vcf).
- **Outlook**: *File → Open & Export → Import/Export → Export to a file → CSV*; on the web *People → Manage contacts →
  Export*.
- **Any list of your own**: Excel (.xlsx) or CSV with a line of headings; you say which column is what.
"""


def import_panel(ws: Workspace) -> None:
    """Drop files, see what they bring, save; below, the imports there were."""
    uploads = st.file_uploader(
        "Files of people: CSV, vCard, Excel, or a zip of an export",
        type=["csv", "tsv", "txt", "vcf", "vcard", "xlsx", "xls", "zip"],
        accept_multiple_files=True,
        key=session.draft_key(_DRAFT),
    )
    with st.expander("Where do I find these files?", icon=":material/help:"):
        st.markdown(_HELP + "\nThe files are read on this machine, and not kept.")
    if uploads:
        _show_files(ws, tuple((one.name, one.getvalue()) for one in uploads))
    _past_imports(ws)


def _show_files(ws: Workspace, given: tuple[tuple[str, bytes], ...]) -> None:
    opened, refused = _opened(given, ())
    kinds = tuple((one.name, _choose_kind(one)) for one in opened if one.table is not None)
    changed = tuple(
        (name, kind.value) for name, kind in kinds if (name, kind) not in {(o.name, o.kind) for o in opened}
    )
    if changed:
        opened, refused = _opened(given, changed)
    fields = {one.name: _choose_fields(ws, one) for one in opened if one.table is not None}
    for one in opened:
        if one.table is None:
            st.markdown(f"**{escaped(one.name)}** · {_KIND[one.kind]}")
    choices = _choose_for_all(opened, fields) if opened else Choices()
    bar = st.progress(0.0, "Reading")
    looked = importing.look(ws, opened, refused, choices, bar.progress)
    bar.empty()
    _show_refused(looked.refused)
    if not opened:
        return
    if nobody := nobody_in(looked):
        st.error(nobody, icon=":material/person_off:")
    show_preview(looked)
    _save_button(ws, looked, choices)


@st.cache_data(max_entries=2, ttl="1h", show_spinner="Opening the files …")
def _opened(
    given: tuple[tuple[str, bytes], ...], kinds: tuple[tuple[str, str], ...]
) -> tuple[tuple[OpenedFile, ...], tuple[FileRefused, ...]]:
    """Open the same files once, not again for each click."""
    return importing.open_files(given, {name: FileKind(kind) for name, kind in kinds})


def _choose_kind(opened: OpenedFile) -> FileKind:
    """What the file is: found by its content, and the user may know better."""
    tables: list[FileKind] = [kind for kind in FileKind if kind is not FileKind.VCARD]
    rows = plural(len(opened.table.rows) if opened.table else 0, "row")
    return st.selectbox(
        f"**{escaped(opened.name)}** ({rows}) is from",
        tables,
        index=tables.index(opened.kind),
        format_func=_KIND.__getitem__,
        key=f"{session.draft_key(_DRAFT)}-kind-{opened.name}",
        help="Found by its content, not by its name. Choose another kind if it is wrong.",
    )


def _choose_fields(ws: Workspace, opened: OpenedFile) -> tuple[Field, ...]:
    """What each column becomes: as guessed, or as last time for the same headings; yours to change."""
    assert opened.table is not None
    fields = list(importing.fields_for(ws, opened))
    examples = [_examples(opened, index) for index in range(len(fields))]
    shown = [index for index, text in enumerate(examples) if text]
    nameless = not importing.has_name(fields)
    unsure = opened.kind is FileKind.TABLE or nameless
    with st.expander(f"Columns of {escaped(opened.name)}", icon=":material/table_view:", expanded=unsure):
        st.caption("What each column becomes. It is remembered for the next file with the same headings.")
        rows = pd.DataFrame(
            {
                "Column": [opened.table.headings[index] for index in shown],
                "Becomes": [_FIELD[fields[index]] for index in shown],
                "For example": [examples[index] for index in shown],
            }
        )
        edited = st.data_editor(
            rows,
            hide_index=True,
            disabled=["Column", "For example"],
            column_config={"Becomes": st.column_config.SelectboxColumn(options=list(_FIELD_OF), required=True)},
            key=f"{session.draft_key(_DRAFT)}-columns-{opened.name}-{opened.kind}-{opened.fingerprint}",
            height=min(35 * (len(shown) + 1) + 3, 460),
        )
    for index, label in zip(shown, edited["Becomes"], strict=True):
        fields[index] = _FIELD_OF.get(str(label), Field.IGNORED)
    return tuple(fields)


def _examples(opened: OpenedFile, index: int) -> str:
    """Up to three different cells of a column."""
    found: dict[str, None] = {}
    for row in opened.table.rows[:200] if opened.table else ():
        cell = " ".join(row.cells[index].split())[:60] if index < len(row.cells) else ""
        if cell:
            found.setdefault(cell)
        if len(found) == 3:
            break
    return " · ".join(found)


def _choose_for_all(opened: Sequence[OpenedFile], fields: dict[str, tuple[Field, ...]]) -> Choices:
    """How these people were found, and what is true of all of them."""
    key = session.draft_key(_DRAFT)
    usual = importing.usual_source(one.kind for one in opened)
    left, middle, right = st.columns(3)
    sources = list(Source)
    source = left.selectbox(
        "How were they found?",
        sources,
        index=sources.index(usual),
        format_func=SOURCE.__getitem__,
        key=f"{key}-source-{usual}",
        help="For people who come in new.",
    )
    city = middle.text_input(
        "City, where a row has none", key=f"{key}-city", placeholder="may stay empty", max_chars=200
    )
    tags = right.text_input("Tags for all", key=f"{key}-tags", placeholder="alumni, Oslo", max_chars=300)
    return Choices(source=source, city=" ".join(city.split()), tags=importing.tags_of([tags]), fields=fields)


def _show_refused(refused: Sequence[FileRefused]) -> None:
    for one in refused[:_MOST_SHOWN]:
        st.error(f"**{escaped(one.name)}** was not read. {escaped(one.reason)}")
    if len(refused) > _MOST_SHOWN:
        st.caption(f"And {len(refused) - _MOST_SHOWN:,} more files that were not read.")


def _save_button(ws: Workspace, looked: Looked, choices: Choices) -> None:
    arrivals, changes = len(looked.preview.arrivals), len(looked.preview.changes)
    if not arrivals and not changes:
        if looked.preview.known:
            st.info("You know everybody in these files already; there is nothing to add.", icon=":material/done_all:")
        return
    label = _action(arrivals, changes)
    if not st.button(label, type="primary", icon=":material/group_add:", key="save-import"):
        return
    bar = st.progress(0.0, "Saving")
    session.attempt(lambda: _save(ws, looked, choices, bar.progress))
    st.rerun()


def _action(arrivals: int, changes: int) -> str:
    """'Add 2 people', 'Update 1 person', 'Add 2 people, update 1'."""
    if not arrivals and changes:
        return f"Update {plural(changes, 'person', 'people')}"
    return f"Add {plural(arrivals, 'person', 'people')}" + (f", update {changes:,}" if changes else "")


def _save(ws: Workspace, looked: Looked, choices: Choices, step: Callable[[float, str], object]) -> None:
    done = importing.save(ws, looked, step)
    for one in looked.files:
        if one.name in (choices.fields or {}):
            importing.remember_fields(ws, one, (choices.fields or {})[one.name])
    session.new_draft(_DRAFT)
    known = duplicates.count_likely_duplicates(ws, {one.id for one in looked.preview.arrivals})
    look = f" {known:,} of the new people may be here already: look below the list." if known else ""
    session.notify(f"Imported: {_counts(done)}.{look}", undo=lambda: _take_back(ws, done.id))


def _past_imports(ws: Workspace) -> None:
    """Every import, the latest first, and its way back."""
    past = ws.store.imports()
    if not past:
        return
    zone = ZoneInfo(session.browser_timezone())
    with st.expander(f"Imports ({len(past)})", icon=":material/history:"):
        st.caption(
            "Undo removes the people an import brought and empties the fields it filled. Whoever was in touch, is on a "
            "trip, led to somebody or was changed since stays, and so does every field with a newer value."
        )
        for one in past[:_MOST_SHOWN]:
            with st.container(horizontal=True, vertical_alignment="center"):
                files = ", ".join(f"{file.name} ({_kind_label(file.kind)})" for file in one.files)
                at = one.at.astimezone(zone)
                st.markdown(
                    f"**{at:%a} {at.day} {at:%b %Y, %H:%M}** · {escaped(files)} · {_counts(one)}", width="stretch"
                )
                if one.undone_at is not None:
                    st.markdown("*taken back*", width="content")
                else:
                    st.button("Undo", key=f"undo-{one.id}", icon=":material/undo:", on_click=_undo, args=(ws, one.id))
        if len(past) > _MOST_SHOWN:
            st.caption(f"And {len(past) - _MOST_SHOWN:,} earlier ones.")


def _undo(ws: Workspace, import_id: str) -> None:
    session.attempt(lambda: _take_back(ws, import_id))


def _take_back(ws: Workspace, import_id: str) -> None:
    session.notify(escaped(undo(ws, import_id).in_words()))


def _kind_label(word: str) -> str:
    return _KIND[FileKind(word)] if word in set(FileKind) else word


def _counts(one: Import) -> str:
    return f"{one.new:,} new, {one.updated:,} updated, {one.known:,} already known, {one.rejected:,} unreadable"
