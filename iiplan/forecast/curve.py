"""How soon an answer comes if one comes: the assumed time, giving way to the user's own as answers add up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from iiplan.forecast.assumptions import Assumptions
from iiplan.forecast.reply_times import ReplyTimes

__all__ = ["LONGEST_WAIT", "Curve", "reply_curve", "share_by"]

LONGEST_WAIT = 120  # business days: whoever has not answered by then never does

Curve = NDArray[np.float64]  # share of answers in hand 0, 1, ... LONGEST_WAIT business days after asking


def reply_curve(times: ReplyTimes, assumptions: Assumptions) -> Curve:
    """Of the answers that ever come, the share that is there after 0, 1, ... business days; rises to 1.

    The mean of the assumed curve and the user's own, weighted by ``reply_worth`` and by the number of answers. The
    own curve knows nothing beyond the longest wait seen: there it leaves as many answers to come as the assumed one.
    """
    days = np.arange(LONGEST_WAIT + 1)
    assumed = 1 - 0.5 ** ((days + 1) / (assumptions.reply_within + 1))
    assumed /= assumed[-1]
    if times.answered == 0:
        return assumed
    known = min(times.longest, LONGEST_WAIT)
    reached = times.share_by(known) or 1.0
    own = assumed.copy()
    own[: known + 1] = [assumed[known] * min(times.share_by(day) / reached, 1.0) for day in range(known + 1)]
    curve = (assumptions.reply_worth * assumed + times.answered * own) / (assumptions.reply_worth + times.answered)
    return np.asarray(curve, dtype=np.float64)


def share_by(curve: Curve, days: NDArray[np.int64]) -> NDArray[np.float64]:
    """The curve at whole days of any sign: 0 before the ask, 1 after the longest wait."""
    return np.where(days < 0, 0.0, curve[np.clip(days, 0, LONGEST_WAIT)])
