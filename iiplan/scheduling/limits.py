"""When a search has to end: a limit of seconds, and somebody who may say stop."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Limit"]


class Limit:
    """Counts from when it is made. ``seconds`` None: no limit; ``stop`` is asked at every look."""

    def __init__(self, seconds: float | None = None, stop: Callable[[], bool] | None = None) -> None:
        self.began, self.seconds, self.stop = time.monotonic(), seconds, stop
        self.stopped = False

    def late(self, share: float = 1.0) -> bool:
        """Whether this share of the seconds is over, or stop was said (which is never taken back)."""
        if not self.stopped and self.stop is not None and self.stop():
            self.stopped = True
        return self.stopped or (self.seconds is not None and time.monotonic() > self.began + self._until(share))

    def deadline(self, share: float = 1.0) -> float | None:
        """The same as a moment of the monotonic clock; None without a limit."""
        if self.stopped:
            return 0.0
        return None if self.seconds is None else self.began + self._until(share)

    def _until(self, share: float) -> float:
        return max(0.0, self.seconds or 0.0) * share

    def elapsed(self) -> float:
        return time.monotonic() - self.began
