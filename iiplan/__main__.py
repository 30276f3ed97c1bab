"""``python -m iiplan``: the command line from a checkout."""

from iiplan.cli import main

if __name__ == "__main__":
    main()
