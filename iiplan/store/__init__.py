"""What iiplan keeps: one SQLite file, rows to nouns and back."""

from iiplan.store.files import default_path
from iiplan.store.store import Store

__all__ = ["Store", "default_path"]
