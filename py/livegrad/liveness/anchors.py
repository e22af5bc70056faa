"""How the objects behind the nodes are found again: parts, and the anchors of strays."""

from collections import deque
from collections.abc import Iterable

from .addresses import WORD, pack, words_of
from .picture import PART, Node, Part, Root, Watch


class Anchors:
    """Keeps every node findable.

    Args:
        extra: what `sys.getrefcount` says of an object that only a list holds.

    Attributes:
        watched: the parts of nodes with weak references.
        arrays: nodes of arrays that have weak references, and some that are gone.
        lost: nodes whose anchor let go of them.
    """

    def __init__(self, extra: int) -> None:
        self._extra = extra
        self.watched: list[Part] = []
        self.arrays: deque[Node] = deque()
        self.lost: dict[Node, None] = {}
        self._dirty: dict[Part, None] = {}
        self._dirty_roots: dict[Root, None] = {}

    # Watching ------------------------------------------------------------------------------

    def watch(self, node: Node, watch: Watch) -> None:
        """From now on the node is found by our weak reference."""
        if node.watch is not None and node.part is not None and node.part.watches is not None:
            node.part.watches[node.part.nodes.index(node)] = watch
            self.touch(node)
        else:
            self.detach(node)
            self.lost.pop(node, None)
            if not self.watched or len(self.watched[-1].nodes) >= PART:
                self.watched.append(Part([]))
            part = self.watched[-1]
            part.nodes.append(node)
            if part.watches is not None:
                part.watches.append(watch)
            node.part = part
            self.touch(node)
            if node.kind == "array":
                self.arrays.append(node)
        node.watch = watch
        watch.node = node

    def touch(self, node: Node) -> None:
        """What is remembered of the node has changed: so has its part."""
        if node.part is not None:
            node.part.dirty = True
            self._dirty[node.part] = None
            if node.part.wake is not None:
                node.part.wake()

    # Strays --------------------------------------------------------------------------------

    def attach(self, node: Node, anchor: Node | Root) -> None:
        """The node, which has no weak reference, is found where `anchor` holds it."""
        node.anchor = anchor
        anchor.strays[node.address] = node
        self._changed(anchor)

    def detach(self, node: Node) -> None:
        anchor = node.anchor
        if anchor is not None:
            node.anchor = None
            node.part = None
            if anchor.strays.get(node.address) is node:
                del anchor.strays[node.address]
            self._changed(anchor)

    def loosen(self, node: Node) -> None:
        """Its anchor holds it no longer: another must be found, or it is gone."""
        self.detach(node)
        self.lost[node] = None

    def remove(self, node: Node) -> None:
        """The node is gone; what was anchored at it needs another anchor."""
        self.detach(node)
        self.lost.pop(node, None)
        self.release(node)
        part = node.part
        if part is None or part.watches is None:
            return
        place = part.nodes.index(node)
        del part.nodes[place], part.watches[place]
        self.touch(node)
        node.part = None
        if not part.nodes:
            self.watched.remove(part)
            self._dirty.pop(part, None)

    def release(self, anchor: Node | Root) -> None:
        """Nothing can be found here any more."""
        for stray in list(anchor.strays.values()):
            self.loosen(stray)

    def moved(self, root: Root) -> None:
        """Other values are where the strays of a root were."""
        self._dirty_roots[root] = None

    def is_awake(self, node: Node | Root | None) -> bool | None:
        """Whether the node is fetched at each look; None if its anchors lead nowhere."""
        while isinstance(node, Node):
            if node.watch is not None:
                return True
            node = node.anchor
        return None if node is None else node.awake

    def _changed(self, anchor: Node | Root) -> None:
        if isinstance(anchor, Node):
            self.touch(anchor)
        else:
            self._dirty_roots[anchor] = None

    def find_anchors(self, roots: Iterable[Root]) -> None:
        """Anchor what is lost elsewhere, if at these roots; what has no place stays lost."""
        roots = list(roots)
        found = True
        while found and self.lost:
            found = False
            for node in list(self.lost):
                place = self._place_for(node, roots)
                if place is not None:
                    del self.lost[node]
                    self.attach(node, place)
                    found = True

    def _place_for(self, node: Node, roots: list[Root]) -> Node | Root | None:
        asleep: Node | Root | None = None
        for holder in node.holders:
            place = _place_in(holder, node)
            awake = None if holder.dying or place is None else self.is_awake(place)
            if awake:
                return place
            if awake is False:
                asleep = place
        for root in roots:
            if node in root.slots:
                return root
        for root in node.roots:
            if node in root.slots:
                return root
        return asleep

    # Mending -------------------------------------------------------------------------------

    def mend(self) -> None:
        """Bring the parts up to date with their nodes."""
        for root in self._dirty_roots:
            self._mend_root(root)
        self._dirty_roots.clear()
        while self._dirty:
            part = next(iter(self._dirty))
            del self._dirty[part]
            self._mend(part)

    def _mend_root(self, root: Root) -> None:
        found = _places(root.strays, root.words, 0) if root.strays else []
        root.children = self._children(root.children, found)

    def _mend(self, part: Part) -> None:
        nodes = part.nodes
        part.ids = pack([node.address for node in nodes] + [node.type_id for node in nodes])
        part.keyed = [place for place, node in enumerate(nodes) if node.keyed]
        pieces = [(node, node.content) for node in nodes]
        pieces += [(nodes[place], nodes[place].extra) for place in part.keyed]
        part.content = b"".join([content for _, content in pieces])
        part.counts = [node.count + self._extra for node in nodes]
        part.weaks = [node.weak + (node.watch is not None) for node in nodes]
        part.loose = [place for place, node in enumerate(nodes) if node.loose]
        found: list[tuple[int, Node]] = []
        offset = 0
        for node, content in pieces:
            if node.strays:
                found += _places(node.strays, words_of(content), offset)
            offset += len(content) // WORD
        part.children = self._children(part.children, found)
        part.dirty = False

    def _children(
        self, before: list[tuple[list[int], Part]], found: list[tuple[int, Node]]
    ) -> list[tuple[list[int], Part]]:
        once = {node: place for place, node in reversed(found)}  # it may be held twice
        strays = list(reversed(once))
        children: list[tuple[list[int], Part]] = []
        for start in range(0, len(strays), PART):
            nodes = strays[start : start + PART]
            part = before[len(children)][1] if len(children) < len(before) else Part()
            if part.nodes != nodes:
                part.nodes = nodes
                part.dirty = True
            for node in nodes:
                node.part = part
            if part.dirty:
                self._dirty[part] = None
            children.append(([once[node] for node in nodes], part))
        return children


def _place_in(holder: Node, node: Node) -> Node | None:
    """The holder, or its own `__dict__` where the node is an item of that."""
    for _, held in holder.raw or ():
        if held is node:
            return holder
    for _, held in holder.raw or ():
        if held.owner is holder:
            return held
    return None


def _places(strays: dict[int, Node], words: Iterable[int], offset: int) -> list[tuple[int, Node]]:
    """Places of strays among the words of their anchor, in order."""
    return [(place, strays[word]) for place, word in enumerate(words, offset) if word in strays]
