"""The scheduler measured against other solvers, on the same weeks, in the same run, by the same referee.

Nothing in ``iiplan`` imports this, and only ``bench/peers`` and ``bench/picture.py`` need the extra ``bench``.
"""
