"""What each setting means, in the words that stand below it in `settings.py`."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from pydantic import BaseModel

from diplomatic import settings

_EXAMPLE: Final = "Example: "


@dataclass(frozen=True)
class Words:
    """What a setting means, and an example of its value as TOML where the default shows none."""

    meaning: str
    example: str = ""


@cache
def words_of(model: type[BaseModel]) -> dict[str, Words]:
    """Return the words below each setting of a model of `settings.py`, by key; none of others."""
    tree = ast.parse(inspect.getsource(settings))
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    body = next((node.body for node in classes if node.name == model.__name__), [])
    found = {}
    for node, following in pairwise(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            text = _docstring(following)
            meaning, _, example = text.partition(_EXAMPLE)
            found[node.target.id] = Words(" ".join(meaning.split()), example.strip())
    return found


def _docstring(node: ast.stmt) -> str:
    """Return the text of a statement that is nothing but a text, else nothing."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return ""
