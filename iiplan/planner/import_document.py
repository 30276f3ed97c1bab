"""What files bring (or brought), as JSON has it."""

from __future__ import annotations

from iiplan.importers import KnownRow
from iiplan.model import Import
from iiplan.planner.importing import Looked

__all__ = ["import_document"]


def import_document(looked: Looked, done: Import | None) -> dict[str, object]:
    """What files bring (or brought, when ``done``), as JSON has it; docs/importing.md describes it."""
    preview = looked.preview
    return {
        "import": done.id if done is not None else None,
        "files": [
            {"name": one.name, "kind": one.kind.value, "rows": looked.results[one.name].rows}
            for one in looked.files
            if one.name in looked.results
        ],
        "refused": [{"name": one.name, "reason": one.reason} for one in looked.refused],
        "new": [{"file": one.file, "line": one.line, "name": one.name} for one in preview.new],
        "updated": [_row_document(one) for one in preview.updated],
        "known": [_row_document(one) for one in preview.known],
        "rejected": [{"file": one.file, "line": one.line, "reason": one.reason} for one in preview.rejected],
    }


def _row_document(one: KnownRow) -> dict[str, object]:
    differs = [{"field": gap.field, "kept": gap.kept, "in_file": gap.in_file} for gap in one.differs]
    return {
        "file": one.row.file,
        "line": one.row.line,
        "name": one.row.name,
        "contact": one.contact.name,
        "by": one.by,
        "adds": list(one.adds),
        "differs": differs,
    }
