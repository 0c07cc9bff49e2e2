"""Structure of our TEI against that of hand-encoded editions: `python tests/transcript/structure.py`.

In: a folder of pairs NAME.txt, NAME.xml (another editor's TEI), named by DIPLOMATIC_CORPUS or found at
../shared/corpus beside the repository. Out: valid, fidelity, F1 by class of structure, residue.
A structure is compared by the words it covers. The other edition's habits are translated first (`theirs`):
its letters say "Sir:" in small capitals inside the paragraph, and its inline source notes
("[Telegram.]", "763.72/1", "[Inclosure 1 in No. 10.]") are left out on both sides, for ours are
headings, references or labels of the enclosure. Classes that the other edition does not use are left out.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from encoder import encode
from lxml import etree
from tei_reading import kept, name, text_root

REPOSITORY = Path(__file__).parents[2]
SKIPPED = {"note", "fw"}
Words = tuple[str, ...]
Units = dict[str, list[Words]]
CLASSES = (
    "heading", "dateline", "salutation", "closer", "signature", "list", "page break", "note", "enclosure", "postscript",
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


def flat(element: etree._Element, *, notes: bool = False) -> Words:
    """Words of an element: no notes inside it, no note marks, nothing that a tool added."""
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        parts.append(node.text or "")
        for child in node:
            parts.append(" " if child.get("break") != "no" and _breaks(child) else "")
            if isinstance(child.tag, str) and kept(child) and (notes or not _aside(child)):
                walk(child)
            parts.append(child.tail or "")

    walk(element)
    return tuple(re.findall(r"\w+", "".join(parts).casefold()))


def _breaks(node: etree._Element) -> bool:
    inline = {"hi", "ex", "supplied", "expan", "choice", "unclear", "persName", "placeName", "orgName", "date"}
    return not isinstance(node.tag, str) or name(node) not in inline


def _aside(node: etree._Element) -> bool:
    local = name(node)
    if local == "note":
        return node.get("rend") != "inline" and (node.get("place") is not None or node.get("n") is not None)
    return (local == "ref" and node.get("type") == "noteref") or local == "fw"


def _merged(elements: Iterable[etree._Element]) -> list[Words]:
    """Words of elements; neighbours (only breaks and empty elements between them) are one unit."""
    units: list[list[str]] = []
    previous: etree._Element | None = None
    for element in elements:
        if previous is not None and _follows(previous, element):
            units[-1].extend(flat(element))
        else:
            units.append(list(flat(element)))
        previous = element
    return [tuple(unit) for unit in units if unit]


def _follows(first: etree._Element, second: etree._Element) -> bool:
    node = first.getnext()
    while node is not None and node is not second:
        empty = not isinstance(node.tag, str) or name(node) in {"pb", "lb", "gap", "milestone", "fw"}
        if not (empty or (name(node) == "note" and node.get("rend") == "inline")) or (node.tail or "").strip():
            return False
        node = node.getnext()
    if node is second:
        return True
    # the children of two openers that follow each other
    one, two = first.getparent(), second.getparent()
    return (
        one is not None and two is not None and one is not two
        and name(one) == "opener" == name(two) and one.getnext() is two
        and first.getnext() is None and second.getprevious() is None
    )  # fmt: skip


def _all(root: etree._Element, *names: str) -> list[etree._Element]:
    return [e for e in root.iter() if isinstance(e.tag, str) and name(e) in names]


def _pages(root: etree._Element) -> list[Words]:
    return [("page", e.get("n") or "") for e in _all(root, "pb")]


def theirs(tree: etree._Element) -> tuple[Units, set[Words]]:
    """Structures of the other edition, and the texts that are no structure of ours to count."""
    root = text_root(tree)
    inline = [e for e in _all(root, "note") if e.get("rend") == "inline"]
    units: Units = defaultdict(list)
    units["heading"] = _merged(_all(root, "head"))
    units["dateline"] = _merged(_all(root, "dateline"))
    units["salutation"] = [w for p in _all(root, "p") if (w := _salutation(p))]
    closers = _all(root, "closer")
    units["closer"] = [(*_formula(closer), *flat(closer)) for closer in closers]
    units["signature"] = [w for c in closers if (w := tuple(x for s in _all(c, "signed") for x in flat(s)))]
    units["list"] = [flat(e) for e in _all(root, "list") if not any(name(p) == "signed" for p in e.iterancestors())]
    units["page break"] = _pages(root)
    units["note"] = [flat(e) for e in _all(root, "note") if e.get("rend") != "inline"]
    units["enclosure"] = [flat(e) for e in _all(root, "attachment")]
    units["postscript"] = [flat(e) for e in _all(root, "postscript")]
    aside = {flat(e) for e in inline}
    aside |= {flat(e) for e in _all(root, "p") if e.get("rend") in {"center", "flushleft"}}
    return units, aside


def _salutation(paragraph: etree._Element) -> Words:
    first = next((c for c in paragraph if isinstance(c.tag, str)), None)
    if first is None or paragraph.get("rend") or (paragraph.text or "").strip() or name(first) != "hi" or first.get("rend") != "smallcaps":
        return ()
    return flat(first) if (first.tail or "").lstrip().startswith((":", ",", "—")) or flat(first)[-1:] == ("sir",) else ()


def _formula(closer: etree._Element) -> Words:
    before = closer.getprevious()
    if before is None or not isinstance(before.tag, str) or name(before) != "p":
        return ()
    text = "".join(before.itertext()).strip()
    found = flat(before)
    return found if len(found) <= 12 and re.search(r"(,|\betc\.?\]?,?)$", text) else ()


def ours(tree: etree._Element) -> Units:
    """Structures of our TEI, in the same classes."""
    root = text_root(tree)
    body = root.find("{*}body")
    if body is None:
        return {}
    units: Units = defaultdict(list)
    units["heading"] = _merged(e for e in _all(body, "head") if not _in(e, "list", "table"))
    units["dateline"] = _merged(_all(body, "dateline"))
    units["salutation"] = [flat(e) for e in _all(body, "salute") if not _in(e, "closer")]
    closers = _all(body, "closer")
    units["closer"] = [flat(e) for e in closers]
    units["signature"] = [w for c in closers if (w := tuple(x for s in _all(c, "signed") for x in flat(s)))]
    units["list"] = [flat(e) for e in _all(body, "list") if not _in(e, "signed")]
    units["page break"] = _pages(root)
    units["note"] = [_note(e) for e in _all(root, "note") if e.get("place") or e.get("n") or _in(e, "back")]
    units["enclosure"] = [flat(e) for e in _all(body, "div", "floatingText") if e.get("type") == "enclosure"]
    units["postscript"] = [flat(e) for e in _all(body, "postscript")]
    return units


def _in(element: etree._Element, *names: str) -> bool:
    return any(name(parent) in names for parent in element.iterancestors())


def _note(note: etree._Element) -> Words:
    found = flat(note)
    mark = next((flat(e) for e in note if isinstance(e.tag, str) and e.get("type") == "label"), ())
    return found[len(mark) :] if found[: len(mark)] == mark else found


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
        return 2 * self.hit / (2 * self.hit + self.missed + self.extra) if self.hit + self.missed + self.extra else 1.0


def compare(identifier: str, have: Units, want: Units, aside: set[Words], tallies: dict[str, Tally]) -> None:
    """Add the hits, misses and extras of one document."""
    for kind in CLASSES:
        tally = tallies[kind]
        left = list(have.get(kind, []))
        for unit in want.get(kind, []):
            best = max(left, key=lambda one: alike(one, unit), default=None)
            exact = kind == "page break"
            if best is not None and alike(best, unit) >= (1.0 if exact else ALIKE):
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
        own = name(node) == "ref" or node.get("type") == "label" or name(node) in {"label", "note"} and _in(node, "back")
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


def measure(folder: Path, valid: Callable[[etree._Element], str], whole: Callable[[bytes, etree._Element], str]) -> Result:
    """Encode every transcript of the folder and compare; the two functions answer "" where all is well."""
    result = Result()
    for path in sorted(folder.glob("*.xml")):
        data = path.with_suffix(".txt").read_bytes()
        result.documents += 1
        try:
            tree = encode(data, f"d-{path.stem}".lower())
        except (etree.LxmlError, ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError, NotImplementedError) as error:
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
        lines.append(f"{kind:<12} found {tally.hit:>4}  missed {tally.missed:>4}  extra {tally.extra:>4}  F1 {tally.f1:.3f}")
    lines.append(f"{'all':<12} found {overall.hit:>4}  missed {overall.missed:>4}  extra {overall.extra:>4}  F1 {overall.f1:.3f}")
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
    sys.stdout.write(report(measure(folder, validity_of(), fidelity_of), examples="-v" in arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
