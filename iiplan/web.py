"""What the app's server answers beside the pages: calendar files, to apps that subscribed.

Streamlit checks neither host, method nor login on such an address, so all of it is done here. Whatever is not a feed
that is switched on gets the same answer: unknown, revoked and malformed addresses, and requests that name another
host, by which a foreign site could otherwise read from this machine.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from iiplan.errors import IiplanError
from iiplan.planner import feed
from iiplan.planner.workspace import Workspace

__all__ = ["calendar_routes"]

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')
_NOT_KEPT = {"Cache-Control": "no-store"}


def calendar_routes(
    opened: Callable[[], Workspace], allowed_hosts: Callable[[], Sequence[str]] = tuple
) -> list[BaseRoute]:
    """Everything under /calendar/. ``opened`` gives the data anew for each request.

    ``allowed_hosts`` gives host names to answer to besides those of this machine, in the words of Streamlit's
    ``server.allowedHosts``: a name, ``*.example.org`` for all below it, ``*`` for any.
    """
    logging.getLogger("uvicorn.access").addFilter(_is_no_address)
    return [Route(feed.FOLDER + "{name:path}", _Calendars(opened, allowed_hosts))]


def _is_no_address(record: logging.LogRecord) -> bool:
    """Keeps what anybody could read the plan with out of the server's log."""
    return feed.FOLDER not in record.getMessage()


class _Calendars:
    """Answers requests of any method; the work is done in a thread, as it waits for the database."""

    def __init__(self, opened: Callable[[], Workspace], allowed_hosts: Callable[[], Sequence[str]]) -> None:
        self._opened = opened
        self._allowed_hosts = allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await run_in_threadpool(self._answer, Request(scope))
        await answer(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        if not _is_ours(request.headers.getlist("host"), self._allowed_hosts()):
            return _not_found()
        if request.method not in {"GET", "HEAD"}:
            return PlainTextResponse("Only GET and HEAD.\n", 405, _NOT_KEPT | {"Allow": "GET, HEAD"})
        try:
            content = feed.calendar_at(self._opened(), feed.FOLDER + request.path_params["name"])
        except IiplanError:
            words = "The calendar cannot be read right now. Open iiplan: it says why.\n"
            return PlainTextResponse(words, 503, _NOT_KEPT)
        if content is None:
            return _not_found()
        tag = f'"{hashlib.sha256(content).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
        if _is_known(tag, request.headers.getlist("if-none-match")):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/calendar")  # Starlette names UTF-8 with any text


def _not_found() -> Response:
    return PlainTextResponse("Not found.\n", 404, _NOT_KEPT)


def _is_ours(hosts: Sequence[str], allowed: Sequence[str]) -> bool:
    """Whether the request names one host, and that is this machine or one the user allows; any port."""
    named = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
    if named is None:
        return False
    host = named[1].strip("[]")
    return host in _THIS_MACHINE or any(_fits(host, pattern.strip().lower()) for pattern in allowed)


def _fits(host: str, pattern: str) -> bool:
    return pattern in {"*", host} or (pattern.startswith("*.") and host.endswith(pattern[1:]))


def _is_known(tag: str, if_none_match: Sequence[str]) -> bool:
    """Whether the app has these very bytes: it names their tag, or * for any (RFC 9110, 13.1.2)."""
    named = ",".join(if_none_match)
    return named == "*" or tag in _ENTITY_TAG.findall(named)
