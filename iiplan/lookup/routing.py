"""Asks routing servers for the times between places. Called only when the user has set a server and plans a week."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from iiplan.errors import InputError
from iiplan.lookup.one_server import one_server
from iiplan.travel.servers import Block, RoutingServer, read_table, table_call
from iiplan.travel.times import Spot

__all__ = ["Answers", "ask"]

PATIENCE = 20.0  # seconds for one call
PAUSE = 1.0  # seconds between calls to a server that is not one's own: what public ones ask for
MOST_BYTES = 20_000_000
AGENT = "iiplan/0.1 (plans a week of conversations)"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Seconds by pair (None: no way), and a sentence on what went ``wrong``; what is not in it was not answered."""

    seconds: dict[tuple[Spot, Spot], float | None] = field(default_factory=dict)
    wrong: str = ""


def ask(
    server: RoutingServer,
    blocks: Sequence[Block],
    *,
    progress: Callable[[float], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE,
    wait: Callable[[float], object] = time.sleep,
) -> Answers:
    """Call after call; gives up at the first that fails, since one that is down is down for the next as well.

    ``progress`` hears the share that is done, ``stop`` is asked before each call. Never raises for what a server does.
    """
    seconds: dict[tuple[Spot, Spot], float | None] = {}
    for number, block in enumerate(blocks):
        if stop():
            return Answers(seconds=seconds, wrong="Stopped before all ways were asked for.")
        if number and not _is_own(server):
            wait(PAUSE)
        try:
            table = read_table(server, block, _call(server, block, patience))
        except InputError as error:
            return Answers(seconds=seconds, wrong=str(error))
        for origin, row in zip(block.origins, table, strict=True):
            seconds |= {(origin, goal): cell for goal, cell in zip(block.goals, row, strict=True) if goal != origin}
        progress((number + 1) / len(blocks))
    return Answers(seconds=seconds)


def _call(server: RoutingServer, block: Block, patience: float) -> bytes:
    """The body of one answer; ``InputError`` with a sentence when there is none."""
    url, body = table_call(server, block)
    headers = {"User-Agent": AGENT, "Accept": "application/json"} | (
        {"Content-Type": "application/json"} if body else {}
    )
    request = Request(url, data=body, headers=headers)
    try:
        with one_server().open(request, timeout=patience) as response:
            answer: bytes = response.read(MOST_BYTES + 1)
    except HTTPError as error:
        error.close()
        raise InputError(f"{server.host} answered with the error {error.code} to a question for times.") from None
    except TimeoutError:
        raise InputError(f"{server.host} did not answer within {patience:g} seconds.") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None)
        if isinstance(reason, TimeoutError):
            raise InputError(f"{server.host} did not answer within {patience:g} seconds.") from None
        raise InputError(f"{server.host} cannot be reached. Is the server running, and its address right?") from None
    if len(answer) > MOST_BYTES:
        raise InputError(f"{server.host} answered with far more than a table of times.")
    return answer


def _is_own(server: RoutingServer) -> bool:
    """Whether a server is on this machine or in one's own network."""
    host = urlsplit(server.url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost"
