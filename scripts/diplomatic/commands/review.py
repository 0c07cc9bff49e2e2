"""`diplomatic review`: settle doubts in the terminal, one key a decision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diplomatic.commands import _shared as shared
from diplomatic.commands._terminal import Terminal
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, worst_exit_code

if TYPE_CHECKING:
    from diplomatic.review.preview import Previews
    from diplomatic.review.session import Session
    from diplomatic.transcript.decision_files import Value
    from diplomatic.transcript.model import Doubt

_KEYS = {
    "c": "confirm",
    "r": "runner-up",
    "o": "other",
    "e": "correct the words",
    "n": "note",
    "i": "ignore",
    "s": "skip",
    "u": "undo",
    "q": "quit",
}
# How to go on after an answer.
_NEXT, _BACK, _STOP = "next", "back", "stop"
_HELP = """\
  c  It is as the program reads it.
  r  It is what the program thought of next.
  o  It is something else: choose from a list.
  e  The words are wrong: give the right ones, which stand beside them as this edition's.
  n  Add a note of this edition after the words; the doubt stays.
  i  Leave it as it is, and list it no more.
  s  Leave it for another time.
  u  Take the last step back.
  q  Stop. Every decision is written already."""


@click.command(
    epilog="""\b
Examples:
  diplomatic review                          all open doubts of this edition
  diplomatic review letter-1951-03-09        those of one document
  diplomatic review --list                   what is open, without asking
  diplomatic review --who "A. Editor"        sign and date each decision
""",
)
@click.argument("what", nargs=-1, metavar="[ID]...", shell_complete=shared.complete_document)
@click.option("--list", "only_list", is_flag=True, help="Show the open doubts and stop.")
@click.option("--who", metavar="NAME", default="", help="Sign and date the decisions.")
@shared.edition_option
@shared.quiet_option
def command(
    what: tuple[str, ...], only_list: bool, who: str, folder: Path | None, quiet: bool
) -> int:
    """Settle what the program is not sure of.

    Shows each open doubt in its line, with what it becomes; one key decides. Decisions go to
    tei/decisions/ID.toml at once, so that nothing is lost, and hold for every later run.
    """
    edition = shared.open_edition(folder)
    known = {document.id: document for document in edition.documents if document.source.exists()}
    documents = [shared.pick(known, name) for name in what] if what else list(known.values())
    review = _Review(edition, who)
    if only_list:
        review.show_list(documents)
    else:
        review.walk(documents)
        if not quiet:
            review.say_goodbye()
    shared.show_findings(review.findings)
    return worst_exit_code(review.findings)


class _Review:
    """The review of an edition: what it asks, and what it has written."""

    def __init__(self, edition: Edition, who: str) -> None:
        self.edition = edition
        self.signed: dict[str, Value] = {}
        if who:
            self.signed = {"who": who, "when": datetime.date.today()}
        self.terminal = Terminal()
        self.findings: list[Finding] = []
        self._sessions: dict[str, Session | None] = {}

    def show_list(self, documents: Sequence[Document]) -> None:
        """Show the open doubts of documents, one a line."""
        from diplomatic.transcript.decisions import reading_name

        for document in documents:
            session = self._session(document)
            for doubt in session.doubts if session else ():
                words = self.terminal.clean(" ".join(doubt.words.split()))
                click.echo(
                    f"{document.id}:{doubt.line}:{doubt.column}: {words}: "
                    f"{reading_name(doubt.chosen)} ({doubt.cert}: {doubt.reason}), "
                    f"or {reading_name(doubt.runner_up)}"
                )

    def walk(self, documents: Sequence[Document]) -> None:
        """Walk through the doubts of documents, until the last or until told to stop."""
        index = 0
        while index < len(documents):
            session = self._session(documents[index])
            step = self._one(session) if session and session.current else _NEXT
            if step == _STOP:
                return
            index = index + 1 if step == _NEXT else self._back(documents, index)

    def _session(self, document: Document) -> Session | None:
        """Return the review of a document, begun only once; None where it cannot be read."""
        from diplomatic.review.session import Session

        if document.id not in self._sessions:
            self._sessions[document.id] = None
            try:
                self._sessions[document.id] = Session(document, self.edition)
            except DiplomaticError as error:
                self.findings += getattr(error, "findings", [error.finding])
        return self._sessions[document.id]

    def _back(self, documents: Sequence[Document], index: int) -> int:
        """Take back the last step, perhaps in a document before; return whose doubts come next."""
        for earlier in range(index, -1, -1):
            session = self._sessions.get(documents[earlier].id)
            if session and session.can_undo:
                click.echo(f"  {session.undo()}")
                return earlier
        click.echo("  nothing to undo")
        return index

    def _one(self, session: Session) -> str:
        """Walk through the doubts of one document; return how to go on."""
        from diplomatic.build.encoding import prepare
        from diplomatic.review.preview import Previews

        document = session.document
        previews = Previews(*prepare(document.source, document.id, self.edition))
        step = _NEXT
        while step == _NEXT and (doubt := session.current):
            self._show(session, previews, doubt)
            step = self._answer(session, previews, doubt)
        return step

    def say_goodbye(self) -> None:
        """Say what was done and what comes next."""
        sessions = [session for session in self._sessions.values() if session]
        written = sum(session.written for session in sessions)
        made = shared.count_of(written, "decision")
        left = shared.count_of(sum(len(session.doubts) for session in sessions), "doubt")
        hint = " `diplomatic build` applies them." if written else ""
        click.echo(f"{made} written, {left} seen and left open.{hint}")

    # ------------------------------------------------------------ one doubt

    def _show(self, session: Session, previews: Previews, doubt: Doubt) -> None:
        """Show a doubt in its line, and what it becomes."""
        from diplomatic.reports.doubts import described

        click.echo()
        place = f"{session.document.id}, line {doubt.line}"
        click.echo(self.terminal.faint(f"{place} ({shared.count_of(session.left, 'doubt')} left)"))
        click.echo(self.terminal.lit(previews.source.text, doubt.start, doubt.end))
        click.echo(f"  {described(doubt.chosen)}; {doubt.cert} certainty: {doubt.reason}")
        click.echo(f"  becomes    {self.terminal.clean(previews.confirmed(doubt))}")
        if doubt.runner_up:
            click.echo(f"  or {described(doubt.runner_up)}")
            click.echo(f"  becomes    {self.terminal.clean(_runner_up(previews, doubt))}")

    def _answer(self, session: Session, previews: Previews, doubt: Doubt) -> str:
        """Ask for a key and do what it says; return how to go on."""
        from diplomatic.transcript.decision_files import address_of, choosing, confirming

        key = self.terminal.key(" ".join(f"[{key}] {name}" for key, name in _KEYS.items()))
        if key in ("q", "", "u"):
            return _BACK if key == "u" else _STOP
        if key == "c":
            self._settle(session, confirming(doubt))
        elif key == "r" and doubt.runner_up:
            self._settle(session, choosing(doubt, doubt.runner_up))
        elif key == "i":
            self._settle(session, {**address_of(doubt), "ignore": True})
        elif key == "o":
            self._other(session, previews, doubt)
        elif key == "e":
            self._with_words(session, doubt, "correct", "The right words")
        elif key == "n":
            self._with_words(session, doubt, "note", "The note")
        elif key == "s":
            session.skip()
        else:
            click.echo(_HELP)
        return _NEXT

    def _other(self, session: Session, previews: Previews, doubt: Doubt) -> None:
        """Ask which of all readings it is."""
        from diplomatic.reports.doubts import described
        from diplomatic.transcript.decision_files import choosing

        letters = dict(zip("abcdefghijklmnopqrstuvwxyz", previews.readings(doubt), strict=False))
        for letter, name in letters.items():
            click.echo(f"  {letter}  {described(name)}")
            click.echo(f"       {self.terminal.clean(previews.chosen(doubt, name))}")
        key = self.terminal.key("Which? Any other key goes back.")
        if key in letters:
            self._settle(session, choosing(doubt, letters[key]))

    def _with_words(self, session: Session, doubt: Doubt, answer: str, question: str) -> None:
        """Ask for words, and settle with them; none goes back."""
        from diplomatic.transcript.decision_files import address_of

        words = self.terminal.words(f"{question} (nothing goes back)")
        if words.strip():
            self._settle(session, {**address_of(doubt), answer: words.strip()})

    def _settle(self, session: Session, values: Mapping[str, Value]) -> None:
        """Write a decision; say why where it cannot be."""
        try:
            trouble = session.settle({**values, **self.signed})
        except DiplomaticError as error:
            trouble = error.finding
        if trouble is not None:
            click.echo(f"  Not written: {trouble.message}", err=True)
        else:
            click.echo(self.terminal.faint(f"  written to {session.path.name}"))


def _runner_up(previews: Previews, doubt: Doubt) -> str:
    """Return what the words become when the runner-up is chosen."""
    from diplomatic.transcript.decisions import reading_name

    return previews.chosen(doubt, reading_name(doubt.runner_up))
