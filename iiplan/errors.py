"""What can go wrong, in words a user can act on.

Every message says what is wrong, which thing it is about, and how to cure it. Pages and the
command line show the message as it is; anything that is not an ``IiplanError`` is a bug.
"""

from __future__ import annotations

__all__ = ["IiplanError", "InputError", "LookupFailedError", "NotFoundError", "StorageError"]


class IiplanError(Exception):
    """Something the user can cure; the message says how."""


class InputError(IiplanError, ValueError):
    """A value, a file or a document that cannot be accepted as it is."""


class NotFoundError(IiplanError, LookupError):
    """A name or id that nothing answers to; the message lists what there is."""


class LookupFailedError(IiplanError):
    """Another program or server did not answer, or not as it should; nothing has changed here."""


class StorageError(IiplanError):
    """The database file cannot be used; it has been left untouched."""
