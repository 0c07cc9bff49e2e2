"""Three-way merge of TEI: what an editor changed by hand, and what encoding now gives anew.

`merge(base, edited, new)` takes three versions of one document: what the encoder last wrote, what
somebody made of it, and what the encoder writes now. Elements are the same by xml:id where they
have one, else by their place among their like (`alignment`). What only one side changed is taken
from that side: attributes one by one, words one by one, elements put in, taken out or moved. What
both changed differently is a conflict, never a guess. The file's own layout, comments and
processing instructions stay, because the result is the edited file with the new things put in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from diplomatic.encode.changes import Change, Family, Side
from diplomatic.encode.conflicts import Conflict, path, said, tell, transcript_line
from diplomatic.encode.written import Kind, Node, WrittenFile, read_written, retag

T = TypeVar("T")

# What an editor may add behind a word or block without a claim to what follows it.
_APART: Final = frozenset(["note"])


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
    was, ours, theirs = (read_written(data, "document") for data in (base, edited, new))
    roots = {(file.root.name, file.root.attributes.get("xmlns")) for file in (was, ours, theirs)}
    if len(roots) > 1:
        raise UnlikeError("the outermost elements differ")
    return _Merge(was, ours, theirs, prefer).run()


class _Merge:
    """One merge."""

    def __init__(
        self, base: WrittenFile, edited: WrittenFile, new: WrittenFile, prefer: Side | None
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
        whole = WrittenFile(prolog, root, epilog, "", edited.encoding)
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
        children = self._children(Family(base, {Side.EDITED: edited, Side.NEW: new}))
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
                self._conflict(edited, f"{name}={said(ours)}", f"{name}={said(theirs)}", new)
                value = theirs if self.prefer is Side.NEW else ours
            if value is not None:
                merged[name] = value
        return merged

    # ------------------------------------------------------------ its children

    def _children(self, family: Family) -> list[Node]:
        """Merge the children of an element."""
        merged: list[Node] = []
        place = 0
        for group, lo, hi in family.groups():
            merged += self._kept(family, place, lo)
            merged += self._group(family, group, lo, hi)
            place = hi
        return [*merged, *self._kept(family, place, len(family.base.children))]

    def _kept(self, family: Family, lo: int, hi: int) -> Iterator[Node]:
        """Merge the children that are there on both sides."""
        for index in range(lo, hi):
            base = family.base.children[index]
            edited, new = family.child(Side.EDITED, index), family.child(Side.NEW, index)
            if base.kind is Kind.ELEMENT:
                yield self._element(base, edited, new)
            else:
                before = _blank(base.before, edited.before, new.before)
                yield Node(edited.kind, edited.raw, before, edited.offset)

    def _group(self, family: Family, group: list[Change], lo: int, hi: int) -> list[Node]:
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

    def _change(self, family: Family, change: Change) -> list[Node]:
        """Apply a change of one side; what it takes out must be as it was on the other side."""
        other = Side.NEW if change.side is Side.EDITED else Side.EDITED
        elsewhere = self.identified[change.side].keys()
        for index in range(change.lo, change.hi):
            base, lost = family.base.children[index], family.child(other, index)
            if lost.key != base.key and _rest(lost, elsewhere) != _rest(base, elsewhere):
                edited = family.stretch(Side.EDITED, [change], change.lo, change.hi)
                new = family.stretch(Side.NEW, [change], change.lo, change.hi)
                at = family.sides[Side.EDITED] if change.side is Side.EDITED else lost
                return self._choose(lost, edited, new, at)
        return self._adopt(change.items, change.side)

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

    def _choose(
        self, element: Node, edited: list[Node], new: list[Node], at: Node | None = None
    ) -> list[Node]:
        """Report a conflict about some children; return those of the side that counts."""
        at = at or (edited[0] if edited else element)
        self._conflict(element, *tell(edited, new), new[0] if new else element, at)
        return new if self.prefer is Side.NEW else edited

    def _conflict(
        self, element: Node, edited: str, new: str, of_new: Node, at: Node | None = None
    ) -> None:
        """Report a conflict, unless one side is preferred; `at` is where, if not the element."""
        if self.prefer is not None:
            return
        trail = self.trail if element in self.trail else [*self.trail, element]
        rows = [of_new, *reversed(trail)]
        found = next((node for node in rows if "source" in node.attributes), None)
        where = transcript_line(found.attributes["source"]) if found else 0
        spot = self.files[Side.EDITED].spot(at or element)
        self.conflicts.append(Conflict(path(trail), *spot, where, edited, new))

    def _twice(self, root: Node) -> None:
        """Report identifiers that the merge gave twice, as when both sides moved an element."""
        seen: set[str] = set()
        for node in root.elements():
            if node.identifier and node.identifier in seen:
                edited = self.identified[Side.EDITED].get(node.identifier, self.base.root)
                spot = self.files[Side.EDITED].spot(edited)
                told = "stands here", "stands elsewhere"
                self.conflicts.append(Conflict(f"{node.name} {node.identifier}", *spot, 0, *told))
            seen.add(node.identifier)


def _rest(node: Node, elsewhere: Collection[str]) -> str:
    """Return what a node says without the elements that are not lost, but stand elsewhere."""
    if node.kind is not Kind.ELEMENT:
        return node.key
    if node.identifier in elsewhere:
        return ""
    children = [_rest(child, elsewhere) for child in node.children]
    return f"{Node(Kind.ELEMENT, '', name=node.name, attributes=node.attributes).key}{children}"


def _three(base: T, edited: T, new: T) -> T:
    """Return the value that changed; the edited one where both did."""
    return new if edited == base else edited


def _blank(base: str, edited: str, new: str) -> str:
    """Merge blank space: whether there is any says something, how much does not."""
    return new if bool(edited) == bool(base) != bool(new) else edited


def _stand_apart(items: Sequence[Node]) -> bool:
    """Say whether all are comments, instructions or notes, which lean on what precedes them."""
    return all(item.kind is Kind.OTHER or item.name in _APART for item in items)
