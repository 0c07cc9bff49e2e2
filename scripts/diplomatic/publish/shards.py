"""Shards of the search: in which of them a document is, and how many there are.

In: the ids of all documents. Out: the documents of each shard. Both are functions of the edition
as it is: whatever came before, the same documents are in the same shards. A document that comes or
goes moves no other, except where a shard is divided in two or two become one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

# A change makes one shard anew: Pagefind takes 5 ms a page, so that 250 pages take about a second.
_PAGES: Final = 256
# A browser loads two small files of every shard before the first answer (1 KB and 6 bytes a page)
# and one to two pieces of 18 KB of every shard for each word, where one index needs 20 to 60 KB.
# 32 shards of 10,000 pages: about 70 requests and 160 KB, then 40 and 700 KB for a word; more
# shards would cost the reader more than a change in fewer of them saves the editor.
_SHARDS: Final = 32
# Pagefind takes 0.42 MB of memory a page; none may have more than 20,000, and one that is not yet
# divided has twice as many as one that is.
_MEAN: Final = 8_000


def how_many_shards(documents: int) -> int:
    """Return how many shards so many documents have."""
    return max(1, min(-(-documents // _PAGES), _SHARDS), -(-documents // _MEAN))


def shard_of(identifier: str, shards: int) -> int:
    """Return the number of the shard of a document, from 0.

    One shard more divides one of those that are there (linear hashing), and leaves all others.
    """
    half = 1 << (shards.bit_length() - 1)
    drawn = int.from_bytes(hashlib.sha256(identifier.encode("utf-8")).digest()[:8], "big")
    number = drawn % (2 * half)
    return number if number < shards else number % half


def in_shards(identifiers: Sequence[str]) -> list[list[str]]:
    """Return the documents of each shard that has some, in their order."""
    shards = how_many_shards(len(identifiers))
    found: list[list[str]] = [[] for _ in range(shards)]
    for identifier in identifiers:
        found[shard_of(identifier, shards)].append(identifier)
    return [each for each in found if each]
