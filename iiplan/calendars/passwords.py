"""Passwords of calendar servers in the keyring of the operating system; iiplan keeps them nowhere itself.

The library is imported when a password is to be kept or found, never before: looking for a keyring may take a while.
"""

from __future__ import annotations

from importlib.util import find_spec

from iiplan.errors import InputError

__all__ = ["forget_password", "keep_password", "kept_password", "keyring_installed"]

_SERVICE = "iiplan CalDAV"


def keyring_installed() -> bool:
    """Whether the library is there; whether this machine has a keyring shows when one is kept."""
    return find_spec("keyring") is not None


def keep_password(server: str, user: str, password: str) -> None:
    """Keep a password for a user of a server. InputError, without the password, when this machine cannot."""
    try:
        import keyring

        keyring.set_password(_SERVICE, _name(server, user), password)
        kept = keyring.get_password(_SERVICE, _name(server, user)) == password
    except Exception:  # whatever a keyring of some system raises, it may hold the password
        kept = False
    if not kept:
        raise InputError("This machine has no keyring that iiplan can use, so the password is asked for each time.")


def kept_password(server: str, user: str) -> str | None:
    """The password that was kept; None where there is none or the keyring cannot be opened."""
    try:
        import keyring

        return keyring.get_password(_SERVICE, _name(server, user))
    except Exception:
        return None


def forget_password(server: str, user: str) -> None:
    """Forget a password; nothing happens where there is none."""
    try:
        import keyring

        keyring.delete_password(_SERVICE, _name(server, user))
    except Exception:
        return


def _name(server: str, user: str) -> str:
    return f"{user} at {server}"
