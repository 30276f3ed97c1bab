"""What iiplan keeps: one SQLite file, rows to nouns and back."""

from iiplan.store.backup import Arrival
from iiplan.store.copies import DAYS_KEPT, KeptCopy
from iiplan.store.files import default_path
from iiplan.store.store import Store

__all__ = ["DAYS_KEPT", "Arrival", "KeptCopy", "Store", "default_path"]
