"""Files of people, read row by row, and what they would bring to the people already known."""

from __future__ import annotations

from iiplan.importers.clean import proper_tags
from iiplan.importers.fields import NAMES, Field, FileKind
from iiplan.importers.joining import Difference
from iiplan.importers.matching import profile_key, region_of_number
from iiplan.importers.opening import OpenedFile, files_in, open_file
from iiplan.importers.preview import ImportPreview, KnownRow, preview_import
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.importers.sameness import MOST_PAIRS, LikelyPair, likely_duplicates
from iiplan.importers.textfile import MOST_BYTES
from iiplan.importers.write_csv import contacts_csv
from iiplan.importers.write_vcard import contacts_vcard

__all__ = [
    "MOST_BYTES",
    "MOST_PAIRS",
    "NAMES",
    "Difference",
    "Field",
    "FileKind",
    "ImportPreview",
    "ImportResult",
    "ImportedPerson",
    "KnownRow",
    "LikelyPair",
    "OpenedFile",
    "RejectedRow",
    "contacts_csv",
    "contacts_vcard",
    "files_in",
    "likely_duplicates",
    "open_file",
    "preview_import",
    "profile_key",
    "proper_tags",
    "region_of_number",
]
