"""Asking in a terminal: one key without Enter; or, where there is no terminal, a line."""

from __future__ import annotations

import os
import re
import sys

import click

_WIDTH = 60
# What a terminal would obey instead of showing.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal:
    """The terminal, or what stands in for it."""

    def __init__(self) -> None:
        self.is_live = sys.stdin.isatty() and sys.stdout.isatty()
        self._coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def key(self, question: str) -> str:
        """Return one key, or the first sign of a line; nothing at the end of the input."""
        click.echo(self.faint(question))
        if not self.is_live:
            line = self._line()
            return line.strip()[:1].lower() or ("?" if line else "")
        try:
            return click.getchar().lower()
        except EOFError:
            return ""

    def words(self, question: str) -> str:
        """Return a line of words; nothing at the end of the input."""
        if not self.is_live:
            click.echo(f"{question}:")
            return self._line()
        answer: str = click.prompt(question, default="", show_default=False)
        return answer

    def faint(self, words: str) -> str:
        """Return words that matter less."""
        return click.style(words, dim=True) if self._coloured else words

    def lit(self, text: str, start: int, end: int) -> str:
        """Return the lines around a stretch of a text, with the stretch standing out."""
        line = text[max(0, start - 4 * _WIDTH) : start].rpartition("\n")[2]
        before = f"…{line[-_WIDTH:].partition(' ')[2]}" if len(line) > _WIDTH else line
        line = text[end : end + 4 * _WIDTH].partition("\n")[0]
        after = f"{line[:_WIDTH].rpartition(' ')[0]}…" if len(line) > _WIDTH else line
        words = self.clean(text[start:end])
        marked = click.style(words, bold=True, reverse=True) if self._coloured else f"»{words}«"
        return f"  {self.clean(before).lstrip()}{marked}{self.clean(after).rstrip()}"

    @staticmethod
    def clean(words: str) -> str:
        """Return words without signs that a terminal would obey."""
        return _UNSHOWN.sub("\ufffd", words.replace("\r\n", "\n"))

    @staticmethod
    def _line() -> str:
        """Return a line of the standard input."""
        return sys.stdin.readline()
