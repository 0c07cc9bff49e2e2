"""The account of a build: what it did, why, and what stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from diplomatic.build.profile import Times
from diplomatic.findings import Finding


@dataclass
class Account:
    """What a build did: pieces of work made anew and kept, why, and what stands.

    What stands is every finding, and the number of open doubts.
    """

    made: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    removed: int = 0
    documents: int = 0
    doubts: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    times: Times = field(default_factory=Times)

    def note(self, stage: str, name: str, reason: str) -> None:
        """Note a piece of work as made, with the reason."""
        self.made[stage] = self.made.get(stage, 0) + 1
        self.reasons.append((name, reason))

    def take_back(self, stage: str) -> None:
        """Take back the last note, of a stage that had nothing to make: the settings want none."""
        del self.made[stage]
        self.reasons.pop()
