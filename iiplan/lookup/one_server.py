"""Asking one server and no other: what goes to the server that the user named is not led on elsewhere."""

from __future__ import annotations

from urllib.request import HTTPRedirectHandler, OpenerDirector, build_opener

__all__ = ["one_server"]


def one_server() -> OpenerDirector:
    """Opens addresses; a redirect counts as the server's answer and is not followed."""
    return build_opener(_NoRedirect)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None
