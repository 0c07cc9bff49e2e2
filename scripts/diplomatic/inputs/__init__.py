"""Other files than plain text: Word, OpenDocument, Markdown, web pages.

Each is read into one small model (`flow`), which is written as the lines of a transcript, with a
layer of what lines cannot say (`compose`). From there on it is a transcript like any other: the
same conventions, the same model, the same proof that nothing is lost. That proof begins one step
earlier here: `own_words` extracts the file's words by other code than the reader's, and `proof`
compares them with the lines.

The one door of this room is `read_source`.
"""

from diplomatic.inputs.kinds import SUFFIXES, is_input
from diplomatic.inputs.reading import read_source, transcript_of

__all__ = ["SUFFIXES", "is_input", "read_source", "transcript_of"]
