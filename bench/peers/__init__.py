"""The solvers that are compared. Each module has ``solve_with(problem, ...)`` and answers with an ``Answer``."""
