"""What an answer becomes: the TEI of the words of a doubt, for each reading they could have."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from diplomatic.encode.document import EncodeRequest, read_options
from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline
from diplomatic.inputs import read_source
from diplomatic.transcript.choosing import read_as, settled
from diplomatic.transcript.classify import classify, readings_of
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.decisions import READINGS, reading_name
from diplomatic.transcript.model import Doubt
from diplomatic.transcript.read import read_transcript
from diplomatic.transcript.spans import Added, Span
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import tei

_IDENTIFIERS = re.compile(r' (?:xmlns|xml:id|target)="[^"]*"')


class Previews:
    """The brackets of one transcript, each with the readings that it could have."""

    def __init__(self, data: bytes, request: EncodeRequest) -> None:
        """Read a transcript.

        Args:
            data: the transcript.
            request: what is known of it.

        Raises:
            DiplomaticError: the bytes are no transcript.
        """
        self.source: SourceText = read_source(data, request.file_name)
        self._contexts: dict[tuple[int, int], Context] = {}
        options = replace(read_options(request), decide=self._keep)
        read_transcript(self.source, request.conventions, options)

    def _keep(self, context: Context, chosen: Reading | None) -> Reading | None:
        """Keep what a rule may see of a bracket; decide nothing."""
        self._contexts[context.bracket.start, context.bracket.end] = context
        return chosen

    def readings(self, doubt: Doubt) -> list[str]:
        """Return the readings that the words of a doubt could have."""
        context = self._contexts.get((doubt.start, doubt.end))
        if context is None:
            return ["sic", "text"]
        return [name for name in READINGS if not isinstance(read_as(context, name, {}), str)]

    def confirmed(self, doubt: Doubt) -> str:
        """Return what the words become when the program's reading is confirmed."""
        context = self._contexts.get((doubt.start, doubt.end))
        if context is None:
            return self.chosen(doubt, reading_name(doubt.chosen))
        return self._shown(context, next(readings_of(context)))

    def chosen(self, doubt: Doubt, name: str) -> str:
        """Return what the words become when they are read as `name`."""
        context = self._contexts.get((doubt.start, doubt.end))
        if context is None:
            attributes = {"resp": "#ed", "cert": "high"}
            spans = [] if name == "text" else [Span(doubt.start, doubt.end, name, attributes)]
            return self._written(doubt.start, doubt.end, spans)
        reading = read_as(context, name, {})
        return reading if isinstance(reading, str) else self._shown(context, reading)

    def corrected(self, doubt: Doubt, words: str) -> str:
        """Return what the words become when others are put beside them."""
        added = (Added("corr", words, {"resp": "#ed"}),)
        spans = [
            Span(doubt.start, doubt.end, "choice", after=added),
            Span(doubt.start, doubt.end, "sic"),
        ]
        return self._written(doubt.start, doubt.end, spans)

    def _shown(self, context: Context, reading: Reading) -> str:
        """Return a reading as TEI, with what is inside the bracket."""
        bracket = context.bracket
        spans = list(settled(reading, context, {}).spans)
        for child in () if reading.opaque else bracket.children:
            inner = (bracket.inner_start, bracket.inner_end)
            spans += classify(context.setting, child, inner, context.zone)[0]
        start = min([bracket.start, *(span.start for span in spans)])
        end = max([bracket.end, *(span.end for span in spans)])
        return self._written(start, end, spans)

    def _written(self, start: int, end: int, spans: list[Span]) -> str:
        """Return a stretch of the transcript as TEI."""
        element = etree.Element(tei("p"))
        Inline(self.source.text, Identifiers("x")).write(element, start, end, spans)
        text = etree.tostring(element, encoding="unicode")
        inner = text[text.index(">") + 1 : text.rindex("<")] if "</" in text else ""
        return _IDENTIFIERS.sub("", inner.replace("<ns0:", "<").replace("</ns0:", "</"))
