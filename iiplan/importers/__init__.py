"""Files of people, read row by row, and what they would bring to the people already known."""

from __future__ import annotations

from iiplan.importers.linkedin import read_linkedin
from iiplan.importers.matching import profile_key
from iiplan.importers.preview import ImportPreview, preview_import
from iiplan.importers.result import ImportedPerson, ImportResult, RejectedRow
from iiplan.importers.sameness import MOST_PAIRS, LikelyPair, likely_duplicates

__all__ = [
    "MOST_PAIRS",
    "ImportPreview",
    "ImportResult",
    "ImportedPerson",
    "LikelyPair",
    "RejectedRow",
    "likely_duplicates",
    "preview_import",
    "profile_key",
    "read_linkedin",
]
