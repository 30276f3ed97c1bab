"""Files of people, read row by row, and what they would bring to the people already known."""

from __future__ import annotations

from iiplan.importers.linkedin import read_linkedin
from iiplan.importers.preview import ImportPreview, preview_import
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.importers.write_csv import contacts_csv
from iiplan.importers.write_vcard import contacts_vcard

__all__ = [
    "ImportPreview",
    "ImportResult",
    "ImportedPerson",
    "RejectedRow",
    "contacts_csv",
    "contacts_vcard",
    "preview_import",
    "read_linkedin",
]
