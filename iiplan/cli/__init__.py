"""The command line: parse, call the planner or the scheduler, print.

Exit status: 0 done; 2 bad input, with the sentence on standard error; 3 infeasible, or faults found.
"""

from iiplan.cli.main import main

__all__ = ["main"]
