"""What can go wrong with a calendar server, in words a user can act on. None of them ever holds a password."""

from __future__ import annotations

from iiplan.errors import IiplanError

__all__ = ["ChangedError", "ForbiddenError", "GoneError", "RefusedError", "ServerError", "UidTakenError"]


class ServerError(IiplanError):
    """The server did not do what was asked; asking it for something else now makes no sense."""


class RefusedError(ServerError):
    """The server does not take this one event; others may be fine."""


class ChangedError(RefusedError):
    """Something else stands there than what we knew of."""


class UidTakenError(RefusedError):
    """The event is in the calendar already, at another address."""


class ForbiddenError(ServerError):
    """This user may not do that there."""


class GoneError(ServerError):
    """There is nothing at that address."""
