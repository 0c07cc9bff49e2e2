"""Word lists as regular expressions that branch letter by letter.

A list of some hundred words as `one|two|…` is tried word by word at every place of a text; as a
tree of letters each place is left after the first letter that no word has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# A tree: what may come next, by the part of the pattern that it is; the empty part ends a word.
_Tree = dict[str, Any]
_BLANK = r",?\s+"
_SIGNS = {" ": _BLANK, "'": "['’]"}


def one_of(words: Iterable[str]) -> str:
    """Return the inside of a group that matches any of some words, the longest that fits first.

    A blank stands for any blank space, an apostrophe for either form of it.
    """
    tree: _Tree = {}
    for word in words:
        branch = tree
        for sign in word:
            branch = branch.setdefault(_SIGNS.get(sign) or re.escape(sign), {})
        branch[""] = {}
    return _pattern(tree) if any(tree) else ""


def _pattern(tree: _Tree) -> str:
    """Return the pattern of a tree; where a word ends in it, the rest is optional."""
    branches = [_branch(part, rest) for part, rest in sorted(tree.items()) if part]
    inside = "|".join(branches)
    if "" not in tree:
        return inside
    return f"(?:{inside})?" if branches else ""


def _branch(part: str, rest: _Tree) -> str:
    """Return the pattern of one branch."""
    inner = _pattern(rest)
    single = len(rest) == 1 or "" in rest
    return part + (inner if single else f"(?:{inner})")
