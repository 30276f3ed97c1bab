"""Day sheets as one web page that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from iiplan.briefing.day_sheet import DaySheet, Paper, sheet_document
from iiplan.resources import data_folder

__all__ = ["sheets_html"]


def sheets_html(sheets: Sequence[DaySheet], paper: Paper = Paper.A4) -> str:
    """The sheets below one another, each on pages of its own in print; the same sheets give the same text.

    Every text is escaped; the only addresses in it are links that a reader may follow.
    """
    pages = Environment(
        loader=FileSystemLoader(data_folder() / "day_sheet"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    documents = [sheet_document(sheet) for sheet in sheets]
    return pages.get_template("sheet.html").render(sheets=documents, paper=paper.value, title=_title(documents))


def _title(documents: Sequence[dict[str, object]]) -> str:
    first, last = documents[0]["title"], documents[-1]["title"]
    return f"Day sheet, {first}" if len(documents) == 1 else f"Day sheets, {first} to {last}"
