"""Structure of our TEI against hand-encoded editions: `python tests/transcript/structure.py`.

In: a folder of pairs NAME.txt, NAME.xml (another editor's TEI), named by DIPLOMATIC_CORPUS or found
at ../shared/corpus beside the repository. Out: valid, fidelity, F1 by class of structure, residue.
A structure is compared by the words it covers (`units.py` says what counts as one). Classes that
the other edition does not use are left out. ``-v`` prints each miss.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from encoder import CRASHES, encode
from lxml import etree
from tei_reading import kept, name, text_root
from units import FORMULA_END, Units, Words, inside, ours, theirs

REPOSITORY = Path(__file__).parents[2]
CLASSES = (
    "heading", "dateline", "salutation", "closer", "signature",
    "list", "page break", "note", "enclosure", "postscript",
)  # fmt: skip
ALIKE = 0.5  # share of common words (Dice) from which two structures are the same one


def corpus_folder() -> Path | None:
    """The folder of pairs, or None where there is none on this machine."""
    named = os.environ.get("DIPLOMATIC_CORPUS")
    candidates = [Path(named)] if named else [REPOSITORY.parent / "shared" / "corpus"]
    for folder in candidates:
        for one in (folder, folder / "frus"):
            if any(one.glob("*.xml")):
                return one
    return None


def alike(one: Words, two: Words) -> float:
    """Share of common words (Dice)."""
    common = sum((Counter(one) & Counter(two)).values())
    return 2 * common / (len(one) + len(two)) if one or two else 1.0


@dataclass
class Tally:
    """Hits, misses and inventions of one class."""

    hit: int = 0
    missed: int = 0
    extra: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The F1 measure; 1 where there is nothing."""
        return (
            2 * self.hit / (2 * self.hit + self.missed + self.extra)
            if self.hit + self.missed + self.extra
            else 1.0
        )


def likeness(one: Words, other: Words) -> float:
    """How alike a unit of ours is to one of theirs, with or without the closing formula."""
    if FORMULA_END not in other:
        return alike(one, other)
    mark = other.index(FORMULA_END)
    return max(alike(one, other[:mark] + other[mark + 1 :]), alike(one, other[mark + 1 :]))


def without(unit: Words, aside: set[Words]) -> Words:
    """A unit without texts at its beginning that the other edition holds outside structures."""
    for text in aside:
        if text and len(unit) > len(text) and unit[: len(text)] == text:
            return without(unit[len(text) :], aside)
    return unit


def compare(
    identifier: str, have: Units, want: Units, aside: set[Words], tallies: dict[str, Tally]
) -> None:
    """Add the hits, misses and extras of one document."""
    for kind in CLASSES:
        tally = tallies[kind]
        left = [without(unit, aside) for unit in have.get(kind, [])]
        for unit in want.get(kind, []):
            best = max(left, key=lambda one: likeness(one, unit), default=None)
            exact = kind == "page break"
            if best is not None and likeness(best, unit) >= (1.0 if exact else ALIKE):
                tally.hit += 1
                left.remove(best)
            else:
                tally.missed += 1
                tally.examples.append(f"{identifier} missed {kind}: {' '.join(unit)[:90]}")
        for unit in left:
            if not any(alike(unit, other) >= 0.8 for other in aside):
                tally.extra += 1
                tally.examples.append(f"{identifier} extra {kind}: {' '.join(unit)[:90]}")


def residue(tree: etree._Element) -> list[str]:
    """Brackets that are still plain text though no element keeps them as its own sign."""
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        own = (
            name(node) in {"ref", "fw"}
            or node.get("type") == "label"
            or (name(node) in {"label", "note"} and inside(node, "back"))
        )
        parts.append("" if own else node.text or "")
        for child in node:
            if isinstance(child.tag, str) and kept(child) and not own:
                walk(child)
            parts.append("" if own else child.tail or "")

    walk(text_root(tree))
    return re.findall(r"\[[^\[\]]{0,200}\]", "".join(parts))


@dataclass
class Result:
    """Everything that was measured."""

    documents: int = 0
    valid: int = 0
    whole: int = 0
    brackets: int = 0
    left: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def measure(
    folder: Path,
    valid: Callable[[etree._Element], str],
    whole: Callable[[bytes, etree._Element], str],
) -> Result:
    """Encode every transcript of the folder; the two functions answer "" where all is well."""
    result = Result()
    for path in sorted(folder.glob("*.xml")):
        data = path.with_suffix(".txt").read_bytes()
        result.documents += 1
        try:
            tree = encode(data, f"d-{path.stem}".lower())
        except CRASHES as error:
            result.broken.append(f"{path.stem}: {type(error).__name__}: {error}")
            continue
        for question, attribute in ((valid(tree), "valid"), (whole(data, tree), "whole")):
            if question:
                result.broken.append(f"{path.stem} not {attribute}: {question[:160]}")
            else:
                setattr(result, attribute, getattr(result, attribute) + 1)
        want, aside = theirs(etree.parse(path).getroot())
        compare(path.stem, ours(tree), want, aside, result.tallies)
        result.brackets += data.decode("utf-8").count("[")
        result.left += [f"{path.stem} {one}" for one in residue(tree)]
    return result


def _row(title: str, tally: Tally) -> str:
    counts = f"found {tally.hit:>4}  missed {tally.missed:>4}  extra {tally.extra:>4}"
    return f"{title:<12} {counts}  F1 {tally.f1:.3f}"


def report(result: Result, *, examples: bool) -> str:
    """The table as text."""
    lines = [f"documents {result.documents}, valid {result.valid}, fidelity whole {result.whole}"]
    overall = Tally()
    for kind in CLASSES:
        tally = result.tallies[kind]
        if not tally.hit + tally.missed:
            continue
        overall.hit, overall.missed, overall.extra = (
            overall.hit + tally.hit, overall.missed + tally.missed, overall.extra + tally.extra,
        )  # fmt: skip
        lines.append(_row(kind, tally))
    lines.append(_row("all", overall))
    share = len(result.left) / result.brackets if result.brackets else 0.0
    lines.append(f"residue {len(result.left)} of {result.brackets} brackets ({share:.1%})")
    lines += [*result.broken, *result.left]
    if examples:
        lines += [one for kind in CLASSES for one in result.tallies[kind].examples]
    return "\n".join(lines) + "\n"


def overall_f1(result: Result) -> float:
    """Micro F1 over the classes that the other edition uses."""
    used = [t for t in result.tallies.values() if t.hit + t.missed]
    hit, rest = sum(t.hit for t in used), sum(t.missed + t.extra for t in used)
    return 2 * hit / (2 * hit + rest) if hit + rest else 1.0


def main(arguments: list[str]) -> int:
    """Print the table; ``-v`` also prints each miss."""
    from checks import fidelity_of, validity_of

    folder = corpus_folder()
    if folder is None:
        sys.stderr.write("no corpus here: set DIPLOMATIC_CORPUS\n")
        return 2
    sys.stdout.write(
        report(measure(folder, validity_of(), fidelity_of), examples="-v" in arguments)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
