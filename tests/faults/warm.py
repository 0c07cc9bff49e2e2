"""What the server that forks builds loads once; not Saxon, which each build starts."""

from __future__ import annotations

import diplomatic.checking.document
import diplomatic.commands.build
import diplomatic.encode
import diplomatic.publish.site
import diplomatic.reports  # noqa: F401
from diplomatic.transcript.lexicon import LANGUAGES, familiarity

for language in LANGUAGES:
    familiarity("a", language)
