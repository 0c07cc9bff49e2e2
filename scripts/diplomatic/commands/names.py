"""`diplomatic names`: proposes names; accepted ones go to the indices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diplomatic.build.atomic import write_bytes
from diplomatic.commands import _shared as shared
from diplomatic.commands._terminal import Terminal
from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, worst_exit_code

if TYPE_CHECKING:
    from diplomatic.naming.proposals import Proposal

_KEYS = {
    "p": ("person", "person"),
    "l": ("place", "place (location)"),
    "o": ("organisation", "organisation"),
}
_ASKED = "[y] yes [p] person [l] place [o] organisation [n] no [s] skip [q] quit"
_SHOWN = 12


@click.command(
    epilog="""\b
Examples:
  diplomatic names                 find names; proposals go to tei/indices/proposals.toml
  diplomatic names --ask           and ask about each, one key a name
  diplomatic names --accept        take those that the file says yes to
  diplomatic names --list          show them all and write nothing
""",
)
@click.option("--ask", is_flag=True, help="Ask about each open proposal.")
@click.option("--accept", is_flag=True, help="Write the accepted ones into tei/indices/*.xml.")
@click.option("--list", "only_list", is_flag=True, help="Show all proposals; write nothing.")
@shared.edition_option
@shared.quiet_option
def command(ask: bool, accept: bool, only_list: bool, folder: Path | None, quiet: bool) -> int:
    """Propose persons, places and organisations from the transcripts.

    Words with capitals, titles before them and words such as "Ministry" make a proposal; variants
    of one name are put together. Nothing enters an index unless you accept it.
    """
    if sum((ask, accept, only_list)) > 1:
        raise click.UsageError("Choose one of --ask, --accept and --list.")
    edition = shared.open_edition(folder)
    names = _Names(edition, quiet)
    if accept:
        names.accept()
        return 0
    names.find()
    if only_list:
        names.show(names.proposals)
    else:
        names.write()
        if ask:
            names.ask()
        elif not quiet:
            names.show(names.open[:_SHOWN])
            names.say_next()
    shared.show_findings(names.findings)
    return worst_exit_code(names.findings)


class _Names:
    """The proposals of an edition: found, shown, asked about, accepted.

    Raises:
        ConfigurationError: D002, D003, D010, D012, the file of proposals cannot be used.
    """

    def __init__(self, edition: Edition, quiet: bool) -> None:
        from diplomatic.naming.proposals import read_proposals

        self.edition = edition
        self.quiet = quiet
        self.findings = [*edition.findings]
        self.proposals: list[Proposal] = read_proposals(edition.indices_dir)

    @property
    def open(self) -> list[Proposal]:
        """The proposals without an answer."""
        return [proposal for proposal in self.proposals if proposal.answer == "open"]

    def find(self) -> None:
        """Find names in the transcripts; answers in the file are kept."""
        from diplomatic.naming.grouping import grouped
        from diplomatic.naming.indices import identifiers_in
        from diplomatic.naming.proposals import updated
        from diplomatic.naming.scanning import mentions_in

        mentions, findings = mentions_in(self.edition)
        self.findings += findings
        groups = grouped(mentions)
        self.proposals = updated(
            self.proposals,
            groups,
            identifiers_in(self.edition),
            self.edition.settings.language,
        )

    def write(self) -> None:
        """Write the file of proposals.

        Raises:
            DiplomaticError: D801, it cannot be written.
        """
        from diplomatic.naming.proposals import FILE, proposals_text

        text = proposals_text(self.proposals)
        write_bytes(self.edition.indices_dir / FILE, text.encode())

    def show(self, proposals: Sequence[Proposal]) -> None:
        """Show proposals: what each may be, how often it is there, and where first."""
        for one in proposals:
            where = one.seen[0] if one.seen else ""
            also = [words for words in one.variants if words != one.heading][:3]
            others = f" (also {', '.join(also)})" if also else ""
            click.echo(f"{one.count:>4}  {one.kind:<12}  {one.heading}{others}: {one.reason}")
            click.echo(Terminal.clean(f"      {where}"))

    def say_next(self) -> None:
        """Say how many there are, and what to do with them."""
        counts = Counter(one.kind for one in self.open)
        told = ", ".join(f"{number} {kind}" for kind, number in counts.most_common())
        click.echo(f"{shared.count_of(self.open, 'open proposal')} ({told or 'none'}).")
        click.echo(
            "Next: write answers into tei/indices/proposals.toml, then diplomatic names --accept;\n"
            "      or diplomatic names --ask"
        )

    def accept(self) -> None:
        """Write the accepted names into the indices, and take them off the list.

        Raises:
            DiplomaticError: D040, one cannot be accepted; D041, an index has no list; D801.
        """
        from diplomatic.naming.indices import with_accepted

        accepted = [proposal for proposal in self.proposals if proposal.answer == "yes"]
        changed = with_accepted(self.edition, accepted)
        for path, data in changed.items():
            write_bytes(path, data)
        self.proposals = [proposal for proposal in self.proposals if proposal.answer != "yes"]
        if accepted:
            self.write()
        if not self.quiet:
            files = ", ".join(path.name for path in changed)
            where = f" written to {files}; diplomatic build tags them" if files else " accepted"
            click.echo(f"{shared.count_of(accepted, 'name')}{where}.")

    def ask(self) -> None:
        """Ask about each open proposal; every answer is written at once."""
        terminal = Terminal()
        for proposal in self.open:
            click.echo()
            self.show([proposal])
            for place in proposal.seen[1:]:
                click.echo(terminal.clean(f"      {place}"))
            key = terminal.key(_ASKED)
            if key in ("q", ""):
                break
            self._answer(proposal, key)
        self.accept()

    def _answer(self, proposal: Proposal, key: str) -> None:
        """Note an answer, and write it."""
        from diplomatic.naming.proposals import answered

        kind = _KEYS[key][0] if key in _KEYS else proposal.kind
        if key == "n":
            new = answered(proposal, "no", kind)
        elif key in _KEYS or (key == "y" and kind != "unknown"):
            new = answered(proposal, "yes", kind)
        else:
            click.echo("  left open")
            return
        self.proposals = [new if one is proposal else one for one in self.proposals]
        try:
            self.write()
        except DiplomaticError as error:
            click.echo(f"  Not written: {error.finding.message}", err=True)
