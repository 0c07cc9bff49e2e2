"""The search for pages opened as files, where nothing can be fetched: scripts with all words.

In: facts of the documents and the words of their units. Out: a script for each shard (`shards`),
and one that every search page reads: how many shards there are, and what a search can be
narrowed by.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.labels import label
from diplomatic.publish.records import IndexedName
from diplomatic.publish.shown import NARROWING

HEAD: Final = "assets/search-data.js"


@dataclass(frozen=True)
class Labels:
    """What a search is narrowed by: the language of its words, the names of the indices by key."""

    language: str
    names: Mapping[str, IndexedName]

    def of(self, document: DocumentFacts) -> dict[str, list[str]]:
        """Return what a search for a document can be narrowed by."""
        named: dict[str, dict[str, None]] = {kind: {} for kind in NARROWING}
        for mention in document.mentions:
            known = self.names.get(mention.key)
            if mention.kind in named and known:
                named[mention.kind][known.name] = None
        return {
            "kind": [label(f"kind.{document.kind}", self.language)],
            "year": [document.date[:4]] if document.date else [],
            "language": list(document.languages.values()),
            **{kind: list(found) for kind, found in named.items()},
        }


def piece_name(number: int) -> str:
    """Return the file of the words of a shard, counted from 1."""
    return f"assets/search-{number}.js"


def head(documents: Iterable[Mapping[str, Sequence[str]]], shards: int) -> bytes:
    """Return the script that says what documents can be narrowed by, and how many shards are."""
    counted: dict[str, Counter[str]] = {}
    for document in documents:
        for name, values in document.items():
            counted.setdefault(name, Counter()).update(set(values))
    facets = {name: dict(sorted(counts.items())) for name, counts in counted.items()}
    return f"window.searchData={_json({'shards': shards, 'facets': facets})};\n".encode()


def piece(
    number: int,
    documents: Sequence[tuple[DocumentFacts, Mapping[str, Sequence[str]]]],
    units: Iterable[str],
) -> bytes:
    """Return the script with the words of a shard.

    Args:
        number: the number of the shard, from 1.
        documents: its documents, each with what a search for it can be narrowed by.
        units: the units of each document with their words, as JSON, which is taken as it is.
    """
    rows = [[facts.id, facts.title, dict(labels)] for facts, labels in documents]
    texts = ",".join(units)
    return (
        f'window.searchPiece({number},{{"documents":{_json(rows)},"units":[{texts}]}});\n'.encode()
    )


def _json(value: object) -> str:
    """Return plain data as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
