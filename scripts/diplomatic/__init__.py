"""Diplomatic: transcripts of documents in; a scholarly edition out."""

__version__ = "0.1.0"
