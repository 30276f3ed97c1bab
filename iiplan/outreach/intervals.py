"""How sure one can be of a share."""

from __future__ import annotations

from math import sqrt

from iiplan.errors import InputError

__all__ = ["FEW", "wilson_interval"]

Z_95 = 1.959963984540054  # the 97.5 % point of the normal distribution
FEW = 5  # a share of fewer is one of a small group


def wilson_interval(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """The score interval of a proportion (E. B. Wilson 1927), 95 % unless ``z`` says otherwise; (0, 1) of no trials.

    With p = successes / trials: (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    """
    if not 0 <= successes <= trials:
        raise InputError(f"{successes} of {trials} is not a share. Give from 0 to {max(trials, 0)} successes.")
    if trials == 0:
        return (0.0, 1.0)
    share = successes / trials
    middle = share + z * z / (2 * trials)
    reach = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    low = 0.0 if successes == 0 else (middle - reach) / scale
    high = 1.0 if successes == trials else (middle + reach) / scale
    return (low, high)
