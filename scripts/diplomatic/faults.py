"""Faults of the program itself, as findings: users never see a traceback (design §4).

These are the only places that catch every exception: the command line, and the work on one
document or one publication, which must not stop the others.
"""

from __future__ import annotations

import os
import traceback
from typing import Final

from diplomatic.findings import Finding, Place

TRACEBACK: Final = "DIPLOMATIC_TRACEBACK"


def fault(error: Exception, name: str = "") -> Finding:
    """Return the finding on an exception that nothing foresaw; `name` is what was worked on.

    With the environment variable DIPLOMATIC_TRACEBACK set, the traceback is shown as well.
    """
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    return Finding("D899", f"{type(error).__name__}: {error}", Place(name))
