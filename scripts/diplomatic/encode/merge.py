"""Three-way merge of TEI: what an editor changed by hand, and what encoding now gives anew.

`merge(base, edited, new)` takes three versions of one document: what the encoder last wrote, what
somebody made of it, and what the encoder writes now. Elements are the same by xml:id where they
have one, else by their place among their like (`alignment`). What only one side changed is taken
from that side: attributes one by one, words one by one, elements put in, taken out or moved. What
both changed differently is a conflict, never a guess. The file's own layout, comments and
processing instructions stay, because the result is the edited file with the new things put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from diplomatic.encode.alignment import Pairs, align
from diplomatic.encode.written import Kind, Node, Written, read_written, retag

# What an editor may add behind a word or block without a claim to what follows it.
_APART: Final = frozenset(["note"])
_LONGEST: Final = 60


class Side(StrEnum):
    """The two versions that are merged into the base."""

    EDITED = "edited"
    NEW = "new"


@dataclass(frozen=True)
class Conflict:
    """An element that both sides changed: where it is in the edited file, what each side says.

    `transcript_line` is its line in the transcript, from 1, where it is known.
    """

    element: str
    line: int
    column: int
    transcript_line: int
    edited: str
    new: str


@dataclass(frozen=True)
class Merged:
    """The merged document; with conflicts in it, only as good as the preferred side."""

    xml: bytes
    conflicts: list[Conflict]


class UnlikeError(ValueError):
    """Two versions have nothing in common that could be merged: other root, other namespace."""


def merge(base: bytes, edited: bytes, new: bytes, prefer: Side | None = None) -> Merged:
    """Merge two versions of a document that began as `base`.

    Args:
        base: what the encoder last wrote.
        edited: what was made of it by hand.
        new: what the encoder writes now.
        prefer: which side counts where both changed the same; none, and it is a conflict.

    Raises:
        UnlikeError: the root elements differ.
        DiplomaticError: one of the three cannot be read.
    """
    if base == new or edited == new:
        return Merged(edited, [])
    if base == edited:
        return Merged(new, [])
    if b"\r\n" in edited and b"\r\n" not in new:
        new = new.replace(b"\n", b"\r\n")
    files = [read_written(data, name) for data, name in zip((base, edited, new), _NAMES)]
    roots = {(file.root.name, file.root.attributes.get("xmlns", "")) for file in files}
    if len(roots) > 1:
        raise UnlikeError("the outermost elements differ")
    return _Merge(*files, prefer).run()


_NAMES: Final = ("base", "edited", "new")


@dataclass(frozen=True)
class _Change:
    """A change of one side: the base's children lo to hi became these."""

    side: Side
    lo: int
    hi: int
    items: Sequence[Node]


@dataclass
class _Family:
    """The children of one element in three versions, and which is which."""

    base: Node
    sides: dict[Side, Node]
    pairs: dict[Side, dict[int, int]] = field(default_factory=dict)
    changes: list[_Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        for side, node in self.sides.items():
            pairs = align(self.base.children, node.children)
            self.pairs[side] = dict(pairs)
            self.changes += _changes(side, pairs, self.base, node)
        self.changes.sort(key=lambda change: (change.lo, change.hi, change.side))

    def child(self, side: Side, index: int) -> Node:
        """Return what a child of the base, which is there, became on one side."""
        return self.sides[side].children[self.pairs[side][index]]

    def stretch(self, side: Side, group: Sequence[_Change], lo: int, hi: int) -> list[Node]:
        """Return what one side has in place of the base's children lo to hi."""
        own = {change.lo: change for change in group if change.side is side}
        found: list[Node] = []
        index = lo
        while index <= hi:
            change = own.get(index)
            if change is not None:
                found += change.items
                index = change.hi
                own.pop(change.lo)
                continue
            if index < hi:
                found.append(self.child(side, index))
            index += 1
        return found

    def groups(self) -> Iterator[tuple[list[_Change], int, int]]:
        """Yield the changes in their order; those that touch the same children together."""
        group: list[_Change] = []
        lo = hi = 0
        for change in self.changes:
            both_at_a_point = group and lo == hi == change.lo == change.hi
            if group and (change.lo < hi or both_at_a_point):
                hi = max(hi, change.hi)
                group.append(change)
                continue
            if group:
                yield group, lo, hi
            group, lo, hi = [change], change.lo, change.hi
        if group:
            yield group, lo, hi


class _Merge:
    """One merge."""

    def __init__(
        self, base: Written, edited: Written, new: Written, prefer: Side | None
    ) -> None:
        self.files = {Side.EDITED: edited, Side.NEW: new}
        self.base = base
        self.prefer = prefer
        self.known = base.by_identifier()
        self.identified = {side: file.by_identifier() for side, file in self.files.items()}
        self.conflicts: list[Conflict] = []
        self.trail: list[Node] = []

    def run(self) -> Merged:
        """Return the merged document."""
        edited, new = self.files[Side.EDITED], self.files[Side.NEW]
        root = self._element(self.base.root, edited.root, new.root)
        prolog = _three(self.base.prolog, edited.prolog, new.prolog)
        epilog = _three(self.base.epilog, edited.epilog, new.epilog)
        self._twice(root)
        whole = Written(prolog, root, epilog, "", edited.encoding)
        return Merged(whole.write(), self.conflicts)

    # ------------------------------------------------------------ one element

    def _element(self, base: Node, edited: Node, new: Node) -> Node:
        """Merge an element that all three have."""
        self.trail.append(edited)
        attributes = self._attributes(base, edited, new)
        name = _three(base.name, edited.name, new.name)
        raw, end = edited.raw, edited.end
        if (name, attributes) != (edited.name, edited.attributes):
            raw = retag(raw, name, attributes)
            end = f"</{name}>" if end else ""
        children = self._children(_Family(base, {Side.EDITED: edited, Side.NEW: new}))
        last = _blank(base.last, edited.last, new.last)
        self.trail.pop()
        return Node(
            Kind.ELEMENT,
            raw,
            _blank(base.before, edited.before, new.before),
            edited.offset,
            name,
            attributes,
            children,
            last,
            end,
        )

    def _attributes(self, base: Node, edited: Node, new: Node) -> dict[str, str]:
        """Merge the attributes of an element, one by one."""
        merged: dict[str, str] = {}
        for name in {**edited.attributes, **new.attributes}:
            was, ours, theirs = (node.attributes.get(name) for node in (base, edited, new))
            value = _three(was, ours, theirs)
            if ours != theirs and was not in (ours, theirs):
                self._conflict(edited, f"{name}={_said(ours)}", f"{name}={_said(theirs)}", new)
                value = theirs if self.prefer is Side.NEW else ours
            if value is not None:
                merged[name] = value
        return merged

    # ------------------------------------------------------------ its children

    def _children(self, family: _Family) -> list[Node]:
        """Merge the children of an element."""
        merged: list[Node] = []
        place = 0
        for group, lo, hi in family.groups():
            merged += self._kept(family, place, lo)
            merged += self._group(family, group, lo, hi)
            place = hi
        return [*merged, *self._kept(family, place, len(family.base.children))]

    def _kept(self, family: _Family, lo: int, hi: int) -> Iterator[Node]:
        """Merge the children that are there on both sides."""
        for index in range(lo, hi):
            base = family.base.children[index]
            edited, new = family.child(Side.EDITED, index), family.child(Side.NEW, index)
            if base.kind is Kind.ELEMENT:
                yield self._element(base, edited, new)
            else:
                before = _blank(base.before, edited.before, new.before)
                yield Node(edited.kind, edited.raw, before, edited.offset)

    def _group(self, family: _Family, group: list[_Change], lo: int, hi: int) -> list[Node]:
        """Apply changes that touch the same children."""
        sides = {change.side for change in group}
        if len(sides) == 1:
            (change,) = group
            return self._change(family, change)
        edited = family.stretch(Side.EDITED, group, lo, hi)
        new = family.stretch(Side.NEW, group, lo, hi)
        if [node.key for node in edited] == [node.key for node in new]:
            return edited
        if lo == hi and _stand_apart(edited):
            return [*self._adopt(edited, Side.EDITED), *self._adopt(new, Side.NEW)]
        return self._choose(family.sides[Side.EDITED], edited, new)

    def _change(self, family: _Family, change: _Change) -> list[Node]:
        """Apply a change of one side; what it takes out must be as it was on the other side."""
        other = Side.NEW if change.side is Side.EDITED else Side.EDITED
        merged: list[Node] = []
        for index in range(change.lo, change.hi):
            base, lost = family.base.children[index], family.child(other, index)
            moved = base.identifier and base.identifier in self.identified[change.side]
            if lost.key == base.key or moved:
                continue
            ours, theirs = ([], [lost]) if change.side is Side.EDITED else ([lost], [])
            element = family.sides[Side.EDITED] if change.side is Side.EDITED else lost
            merged += self._choose(element, ours, theirs)
        return [*merged, *self._adopt(change.items, change.side)]

    # ------------------------------------------------------------ put in, and moved

    def _adopt(self, items: Sequence[Node], side: Side) -> list[Node]:
        """Return what one side put in; what it moved here has the changes of the other side."""
        adopted: list[Node] = []
        for item in items:
            if item.kind is not Kind.ELEMENT:
                adopted.append(item)
            elif item.identifier in self.known:
                adopted += self._moved(item, side)
            else:
                adopted.append(self._copy(item, self._adopt(item.children, side)))
        return adopted

    def _moved(self, item: Node, side: Side) -> list[Node]:
        """Return an element that one side moved."""
        base = self.known[item.identifier]
        if side is Side.EDITED:
            new = self.identified[Side.NEW].get(item.identifier)
            if new is not None:
                return [self._element(base, item, new)]
            return self._choose(item, [item], [])
        edited = self.identified[Side.EDITED].get(item.identifier)
        if edited is not None:
            merged = self._element(base, edited, item)
            merged.before = item.before
            return [merged]
        return [] if item.key == base.key else self._choose(self.trail[-1], [], [item])

    @staticmethod
    def _copy(item: Node, children: list[Node]) -> Node:
        """Return an element with other children."""
        return Node(
            item.kind,
            item.raw,
            item.before,
            item.offset,
            item.name,
            item.attributes,
            children,
            item.last,
            item.end,
        )

    # ------------------------------------------------------------ conflicts

    def _choose(self, element: Node, edited: list[Node], new: list[Node]) -> list[Node]:
        """Report a conflict about some children; return those of the side that counts."""
        self._conflict(element, *_tell(edited, new), new[0] if new else element)
        return new if self.prefer is Side.NEW else edited

    def _conflict(self, element: Node, edited: str, new: str, of_new: Node) -> None:
        """Report a conflict, unless one side is preferred."""
        if self.prefer is not None:
            return
        trail = self.trail if element in self.trail else [*self.trail, element]
        line, column = self.files[Side.EDITED].spot(element)
        rows = [of_new, *reversed(trail)]
        found = next((node for node in rows if "source" in node.attributes), None)
        transcript_line = _transcript_line(found.attributes["source"]) if found else 0
        name = _path(trail)
        self.conflicts.append(Conflict(name, line, column, transcript_line, edited, new))

    def _twice(self, root: Node) -> None:
        """Report identifiers that the merge gave twice, as when both sides moved an element."""
        seen: set[str] = set()
        for node in root.elements():
            if node.identifier and node.identifier in seen:
                edited = self.identified[Side.EDITED].get(node.identifier, self.base.root)
                line, column = self.files[Side.EDITED].spot(edited)
                said = "stands here", "stands elsewhere"
                element = f"{node.name} {node.identifier}"
                self.conflicts.append(Conflict(element, line, column, 0, *said))
            seen.add(node.identifier)


def _changes(side: Side, pairs: Pairs, base: Node, node: Node) -> Iterator[_Change]:
    """Yield the changes that an alignment leaves between its pairs."""
    i = j = 0
    for k, m in [*pairs, (len(base.children), len(node.children))]:
        if i < k or j < m:
            yield _Change(side, i, k, node.children[j:m])
        i, j = k + 1, m + 1


def _three[T](base: T, edited: T, new: T) -> T:
    """Return the value that changed; the edited one where both did."""
    return new if edited == base else edited


def _blank(base: str, edited: str, new: str) -> str:
    """Merge blank space: whether there is any says something, how much does not."""
    return new if bool(edited) == bool(base) != bool(new) else edited


def _stand_apart(items: Sequence[Node]) -> bool:
    """Say whether everything is a comment, an instruction or a note, which lean on what precedes."""
    return all(item.kind is Kind.OTHER or item.name in _APART for item in items)


def _tell(edited: Sequence[Node], new: Sequence[Node]) -> tuple[str, str]:
    """Return what two stretches say; with their tags where the words are the same."""
    words = [" ".join(node.words() for node in nodes) for nodes in (edited, new)]
    if words[0] == words[1]:
        words = [" ".join("".join(node.write() for node in nodes).split()) for nodes in (edited, new)]
    return _said(words[0]), _said(words[1])


def _said(words: str | None) -> str:
    """Return words in quotation marks, cut where they are long."""
    if not words:
        return "nothing"
    return f"“{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}”"


def _path(trail: Sequence[Node]) -> str:
    """Return the name of an element, with its identifier or the way from one that has it."""
    steps: list[str] = []
    for parent, node in zip((None, *trail), trail):
        like = [each for each in parent.children if each.name == node.name] if parent else []
        number = f"[{like.index(node) + 1}]" if len(like) > 1 and node in like else ""
        steps = [f"{node.name} {node.identifier}"] if node.identifier else [*steps, node.name + number]
    return "/".join(steps)


def _transcript_line(source: str) -> int:
    """Return the line, from 1, that a @source such as `line:20,21` names."""
    begin = source.removeprefix("line:").partition(",")[0]
    return int(begin) + 1 if begin.isdecimal() else 0


