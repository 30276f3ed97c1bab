"""Where the shipped files are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

__all__ = ["app_root", "data_folder"]

_PACKAGE = Path(__file__).resolve().parent


def app_root() -> Path:
    """The folder that holds app.py, pages/ and data/."""
    bundle = _PACKAGE / "_bundle"
    return bundle if (bundle / "app.py").is_file() else _PACKAGE.parent


def data_folder() -> Path:
    """Shipped content: the demo, and message templates."""
    return app_root() / "data"
