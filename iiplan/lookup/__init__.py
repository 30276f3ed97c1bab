"""What asks other programs and servers, when the user wants it."""

from iiplan.lookup.extract import read_extract
from iiplan.lookup.nominatim import ask_nominatim, read_answer

__all__ = ["ask_nominatim", "read_answer", "read_extract"]
