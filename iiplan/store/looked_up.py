"""What servers answered about addresses, kept for good, and whose turn it is to ask them."""

from __future__ import annotations

from datetime import datetime, timedelta

from iiplan.store.base import StoreBase
from iiplan.store.values import instant, moment, storable

__all__ = ["LookedUpStore"]

LONGEST_QUEUE = timedelta(minutes=1)  # a turn further ahead was taken by a clock that was wrong


class LookedUpStore(StoreBase):
    """Answers by server and question, and the pace at which a server is asked."""

    def answer(self, server: str, question: str) -> str | None:
        """What the server once answered to the question, as JSON text; None when it was never asked."""
        with self._reading() as db:
            key = storable({"server": server, "question": question})
            for row in db.query("SELECT answer FROM looked_up WHERE server = :server AND question = :question", key):
                return str(row["answer"])
        return None

    def save_answer(self, server: str, question: str, answer: str, at: datetime) -> None:
        """Keep an answer (JSON text) in the place of an earlier one."""
        row = {"server": server, "question": question, "answer": answer, "asked_at": moment(at, "The time of asking")}
        with self._writing() as db:
            db.table("looked_up").upsert(storable(row), pk=("server", "question"))

    def take_turn(self, server: str, now: datetime, apart: timedelta) -> datetime:
        """The next moment at which the server may be asked, taken: nobody else gets one within ``apart`` of it.

        Holds across threads and processes, since taking a turn is one transaction on the file.
        """
        with self._writing() as db:
            turn = now
            for row in db.query("SELECT last FROM turns WHERE server = :server", {"server": server}):
                last = instant(row["last"])
                if last - now < LONGEST_QUEUE:
                    turn = max(now, last + apart)
            row = {"server": server, "last": moment(turn, "The time of asking")}
            db.table("turns").upsert(storable(row), pk="server")
        return turn
