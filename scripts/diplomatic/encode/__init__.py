"""Encoding: a transcript becomes a TEI document.

The one door of this room is `encode_transcript`.
"""

from diplomatic.encode.document import Encoded, EncodeRequest, encode_transcript

__all__ = ["EncodeRequest", "Encoded", "encode_transcript"]
