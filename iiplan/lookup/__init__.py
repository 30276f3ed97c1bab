"""What asks other programs and servers, when the user wants it."""

from iiplan.lookup.extract import read_extract

__all__ = ["read_extract"]
