"""The cases of the test set: reading them, and the frames that make a document of a few lines.

A file of expressions holds ``case`` rows, or ``context`` tables: a text with rows of ``marks``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations import Expected, parse

HERE = Path(__file__).parent
Answer = tuple[Expected, ...]


@dataclass(frozen=True)
class Case:
    """One expression in its context, with the answers that count as right."""

    id: str
    kind: str
    text: str
    mark: str
    nth: int
    answers: tuple[Answer, ...]
    never: tuple[Expected, ...]
    ambiguous: bool
    frame: tuple[str, str]
    capture: str | None

    @property
    def transcript(self) -> str:
        """The whole transcript: the frame around the context."""
        return self.frame[0] + self.text + self.frame[1]


@dataclass(frozen=True)
class Document:
    """One invented document: its transcript and what must be found in it."""

    id: str
    data: bytes
    expect: dict[str, Any]


def _answer(value: str | list[str]) -> Answer:
    return tuple(parse(one) for one in ([value] if isinstance(value, str) else value))


def _case(row: dict[str, Any], common: dict[str, Any], frames: dict[str, Any]) -> Case:
    frame = frames[row.get("frame", common.get("frame", "report"))]
    text = row["text"].strip("\n")
    answers = [_answer(row["want"]), *(_answer(other) for other in row.get("accept", []))]
    return Case(
        id=row["id"],
        kind=row.get("class", common.get("class", "")),
        text=text,
        mark=row["mark"].strip("\n"),
        nth=row.get("nth", 1),
        answers=tuple(answers),
        never=_answer(row.get("never", [])),
        ambiguous=row.get("ambiguous", False),
        frame=(frame["before"], frame["after"]),
        capture=row.get("capture", common.get("capture", frame.get("capture"))),
    )


def read_cases(folder: Path = HERE / "expressions") -> list[Case]:
    """All cases, in the order of their files.

    Raises:
        ValueError: two cases have the same id, or a notation cannot be read.
    """
    frames = tomllib.loads((folder / "frames.toml").read_text(encoding="utf-8"))
    cases: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == "frames.toml":
            continue
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        cases += [_case(row, content, frames) for row in content.get("case", [])]
        for context in content.get("context", []):
            shared = {key: value for key, value in context.items() if key != "marks"}
            cases += [_case(shared | row, content, frames) for row in context["marks"]]
    ids = [case.id for case in cases]
    if len(set(ids)) != len(ids):
        doubled = sorted({one for one in ids if ids.count(one) > 1})
        message = f"case ids used twice: {', '.join(doubled)}"
        raise ValueError(message)
    return cases


def read_documents(folder: Path = HERE / "documents") -> list[Document]:
    """All invented documents, by name."""
    return [
        Document(
            path.parent.name,
            (path.parent / "in.txt").read_bytes(),
            tomllib.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted(folder.glob("*/expect.toml"))
    ]
