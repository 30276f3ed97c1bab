"""iiplan: plan a week of informational interviews in a city."""

__version__ = "0.1.0"
