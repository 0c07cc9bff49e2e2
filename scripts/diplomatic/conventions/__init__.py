"""House conventions: label words, bracket rules and line rules, as data (the TOML files here).

An edition adds to them, or overrides a rule by its name, in `tei/conventions.toml`; the head of
`archival.toml` documents the form, and `docs/conventions.md` shows it at work.
"""

from diplomatic.conventions.loading import load_conventions
from diplomatic.conventions.rows import BracketRule, Certainty, Construct, LineRule, SpecialRule
from diplomatic.conventions.table import CompiledRule, Conventions

__all__ = [
    "BracketRule",
    "Certainty",
    "CompiledRule",
    "Construct",
    "Conventions",
    "LineRule",
    "SpecialRule",
    "load_conventions",
]
