"""`python -m diplomatic`: the command line."""

import sys

from diplomatic.cli import main

if __name__ == "__main__":
    sys.exit(main())
