"""From one look at the heap to the next: what was born, who holds whom now, who died.

The ledger gives each object its serial and writes what a look found to be different. It holds
weak references to the program's objects and nothing else of them.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from .births import in_order_of_birth
from .buffers import Buffers
from .classes import title_of
from .counts import Counts
from .heap import RETURN, Heap
from .holding import Changes
from .islands import Islands
from .picture import Node, Root, Watch
from .unfinished import CLAIMS, HANDLED, Unfinished
from .writer import Writer

MODULE: Final = 0
"""Serial of the program's namespace, the first object of every trace."""

type EdgeKey = tuple[int, int, str, int]  # holder, held, name, number among equal ones


class Ledger:
    """Writes the differences between looks.

    Args:
        writer: of the trace.
        heap: whose changes these are.
        where: the current stack as a row of the trace.
        on_death: what our weak references call.
        interpreter: the root of what the interpreter itself holds.
        finalizers: the root of what `weakref.finalize` holds.
    """

    def __init__(
        self,
        writer: Writer,
        heap: Heap,
        where: Callable[[], int],
        on_death: Callable[[Watch], None],
        interpreter: Root,
        finalizers: Root,
    ) -> None:
        self._writer = writer
        self._heap = heap
        self._where = where
        self._on_death = on_death
        self._interpreter = interpreter
        self._finalizers = finalizers
        self._nodes: dict[int, Node] = {}
        self._frames: set[int] = set()
        self._edges: dict[EdgeKey, tuple[int, str]] = {}
        self._holds: dict[int, dict[EdgeKey, None]] = {MODULE: {}}
        self._held: dict[int, dict[EdgeKey, None]] = {}
        self._names: dict[int, dict[EdgeKey, None]] = {}  # of those, the ones from frames
        self._unfinished = Unfinished()
        self._borrowed: set[Node] = set()  # what a frame names without counting it
        self._falls: dict[int, tuple[int, str]] = {}
        self._counts = Counts(writer)
        self._islands = Islands(writer)
        self._buffers = Buffers(writer)
        writer.birth("module", "<module>", -1)

    def release(self) -> None:
        """Let go of the weak references."""
        self._nodes.clear()

    # A look --------------------------------------------------------------------------------

    def update(
        self,
        changes: Changes,
        roots: list[Root],
        collection: int = -1,
        *,
        begun: Root | None = None,
        ends: bool = False,
    ) -> None:
        """Write what a look found.

        Args:
            changes: what it found.
            roots: the namespace and the frames that are awake, outermost first. Receive serials.
            collection: that has just ended, if one has.
            begun: the frame of a call that has just begun.
            ends: a line has ended.
        """
        new = self._births(changes)
        self._enter([*roots[1:], self._interpreter, self._finalizers])
        drops: dict[EdgeKey, None] = {}
        self._add(changes, new)
        self._take(changes, drops)
        self._name(changes, new, drops)
        handled = self._interpreter.names.get(HANDLED)
        claims = self._unfinished.claims(roots[-1], begun, handled, self._heap if ends else None)
        for root, name, node in claims:
            self._make(root.serial, node.serial, name, "strong")
        self._drop(drops)
        if changes.dead:
            drops = {}
            for node in changes.dead:
                self.die(node, collection)
            self._name(changes, {}, drops)
            self._drop(drops)
        self._values([*new, *changes.valued])
        touched = [*dict.fromkeys([*changes.touched, *new])]
        touched += [node for _, _, node in claims]
        self._counts.update(touched, ends=ends)
        if ends:
            self._unfinished.settle()
        self._islands.settle(touched)

    def _births(self, changes: Changes) -> dict[Node, None]:
        """Give serials, in order of birth."""
        values = self._heap.fetch(changes.new) if changes.new else {}
        new: dict[Node, None] = {}
        for node in in_order_of_birth(values):
            self._birth(node, values[node])
            new[node] = None
        return new

    def _birth(self, node: Node, value: Any) -> None:
        node.serial = self._writer.birth(node.trace_kind, title_of(value), node.stack)
        self.watch(node, value)
        self._nodes[node.serial] = node
        self._holds[node.serial] = {}
        self._held[node.serial] = {}
        if node.kind == "array":
            bases = [held.serial for name, held in node.refs if name == "base"]
            memory = self._heap.memory(value)
            self._buffers.birth(node.serial, memory, bases[0] if bases else None)

    def watch(self, node: Node, value: Any) -> None:
        """Have our own weak reference to the object, if it supports any."""
        try:
            watch = Watch(value, self._on_death)
        except TypeError:
            return
        self._heap.anchors.watch(node, watch)

    def _enter(self, roots: list[Root]) -> None:
        """Serials for frames that are new; of a library's those that name what is in the trace."""
        for root in roots:
            if root.serial < 0 and (
                root.own or any(node.serial >= 0 for node in root.names.values())
            ):
                root.serial = self._writer.birth(root.kind, root.name, self._where())
                self._holds[root.serial] = {}
                self._frames.add(root.serial)
                if root.arguments:
                    self._writer.attribute(root.serial, "arguments", root.arguments)

    # Edges ---------------------------------------------------------------------------------

    def _add(self, changes: Changes, new: dict[Node, None]) -> None:
        """Write the references that came, and those from and to what is new in the trace."""
        come: dict[tuple[Node, Node], list[str]] = {}
        for holder, name, held in changes.come:
            if holder.serial >= 0 and held.serial >= 0 and not (holder.gone or held.gone):
                come.setdefault((holder, held), []).append(name)
        for (holder, held), names in come.items():
            if holder in new or held in new:
                continue
            for name in names:
                self._make(holder.serial, held.serial, name, "strong")
        for node in new:
            for name, held in node.refs:
                if held.serial >= 0:
                    self._make(node.serial, held.serial, name, "strong")
            for holder, number in node.holders.items():
                if holder not in new:
                    names = come.get((holder, node), [])
                    if len(names) != number:
                        names = [name for name, held in holder.refs if held is node]
                    for name in names:
                        self._make(holder.serial, node.serial, name, "strong")
        weak = dict.fromkeys(changes.weak)
        weak |= {(reference, node): None for node in new for reference in node.weakly}
        weak |= {(node, node.target): None for node in new if node.target is not None}
        for reference, target in weak:
            known = (reference.serial, target.serial, "()", 0) in self._edges
            if reference.serial >= 0 and target.serial >= 0 and not (reference.gone or known):
                self._make(reference.serial, target.serial, "()", "weak")

    def _take(self, changes: Changes, drops: dict[EdgeKey, None]) -> None:
        """References that went."""
        for holder, name, held in changes.gone:
            number = 0
            key = (holder.serial, held.serial, name, number)
            last: EdgeKey | None = None
            while key in self._edges:
                if key not in drops:
                    last = key
                number += 1
                key = (holder.serial, held.serial, name, number)
            if last is not None:
                drops[last] = None

    def _name(self, changes: Changes, new: dict[Node, None], drops: dict[EdgeKey, None]) -> None:
        """Settle the references of frames."""
        come: dict[Node, list[EdgeKey]] = {}
        for root, name, node in changes.unnamed:
            drops[root.serial, node.serial, name, 0] = None
        for root, name, node in changes.named:
            if node.serial >= 0:
                come.setdefault(node, []).append((root.serial, node.serial, name, 0))
        for node in dict.fromkeys([*changes.touched, *new]):
            if node.serial < 0 or node.gone or node.dying:
                continue
            left = self._left(node) - node.named
            if left < 0 or node in new or node in self._borrowed or _is_lent(node):
                self._lend(node, drops)
            else:
                node.unexplained = left
                for key in come.get(node, ()):
                    drops.pop(key, None)
                    if key not in self._edges:
                        self._make(key[0], key[1], key[2], "strong")
            self._unfinished.look_at(node)

    def _left(self, node: Node) -> int:
        """What neither objects nor calls in progress hold of a node: names do, or nothing known."""
        left = node.count - node.degree - node.claimed
        while node.claims and left < self._unfinished.least(node):
            root, name, number = self._unfinished.give_back(node)
            self._drop([(root.serial, node.serial, name, number)])
            left += 1
        return left

    def _lend(self, node: Node, drops: dict[EdgeKey, None]) -> None:
        """What the count does not cover is borrowed: outermost first, so that the innermost is."""
        left = self._left(node)
        wanted: dict[EdgeKey, str] = {
            (root.serial, node.serial, name, n): "strong"
            for (root, name), number in node.claims.items()
            for n in range(number)
        }
        for root in sorted(node.roots, key=_depth):
            if root.serial < 0:
                self._enter([root])
            for name in node.roots[root]:
                counted = left > 0 and not (root.lends and name == RETURN)
                wanted[root.serial, node.serial, name, 0] = "strong" if counted else "borrowed"
                left -= counted
        node.unexplained = max(left, 0)
        if "borrowed" in wanted.values():
            self._borrowed.add(node)
        else:
            self._borrowed.discard(node)
        drops |= {key: None for key in self._names.get(node.serial, ()) if key not in wanted}
        for key, strength in wanted.items():
            drops.pop(key, None)
            known = self._edges.get(key)
            if known is not None and known[1] != strength:
                self._writer.drop(known[0])
                self._forget(key)
            if known is None or known[1] != strength:
                self._make(key[0], key[1], key[2], strength)

    def _make(self, holder: int, held: int, name: str, strength: str) -> None:
        number = 0
        while (holder, held, name, number) in self._edges:
            number += 1
        key = (holder, held, name, number)
        self._edges[key] = (self._writer.edge(holder, held, name, strength), strength)
        self._holds[holder][key] = None
        self._held[held][key] = None
        if self._is_root(holder):
            self._names.setdefault(held, {})[key] = None

    def _drop(self, keys: Iterable[EdgeKey]) -> None:
        for key in keys:
            known = self._edges.get(key)
            if known is None:
                continue
            row, strength = known
            holder, held, _, _ = key
            if strength != "weak":
                self._falls[held] = (row, self._cause(key))
            if self._is_root(holder) or holder in self._nodes:
                self._writer.drop(row)
            self._forget(key)

    def _forget(self, key: EdgeKey) -> None:
        del self._edges[key]
        self._holds[key[0]].pop(key, None)
        self._held[key[1]].pop(key, None)
        names = self._names.get(key[1])
        if names is not None:
            names.pop(key, None)

    def _is_root(self, holder: int) -> bool:
        return holder == MODULE or holder in self._frames

    def _cause(self, key: EdgeKey) -> str:
        """Why what a living holder let go of died."""
        holder, _, name, _ = key
        if self._is_root(holder):
            return "temporary" if name in CLAIMS else "rebound"
        kind = self._nodes[holder].trace_kind
        if kind == "array":  # it lets go of its base only by dying, and tells of that too late
            return "holder"
        return "item" if kind == "container" else "attribute"

    # Numbers -------------------------------------------------------------------------------

    def _values(self, nodes: list[Node]) -> None:
        for node in nodes:
            if node.serial < 0 or node.gone:
                continue
            for name, value in node.attributes:
                if node.shown_attributes.get(name, ...) != value:
                    node.shown_attributes[name] = value
                    self._writer.attribute(node.serial, name, value)

    # Deaths --------------------------------------------------------------------------------

    def die(self, node: Node, collection: int = -1) -> None:
        """An object is dead, and with it what only it held and cannot tell by itself."""
        todo = [node]
        while todo:
            node = todo.pop()
            if node.serial not in self._nodes:
                continue
            self._islands.sink(node)
            edge, cause = self._why(node.serial)
            del self._nodes[node.serial]
            self._borrowed.discard(node)
            if collection >= 0:
                cause = "collector"
            self._writer.death(node.serial, self._where(), cause, edge, collection)
            self._buffers.death(node.serial)
            if not node.gone:
                self._heap.drop(node)
            todo += reversed(self._let_go(node.serial, "holder"))

    def frame_left(self, root: Root) -> None:
        """A frame is left. What it held may live on, in the hands of its caller."""
        if root.serial in self._frames:
            self._writer.death(root.serial, self._where(), "frame", -1, -1)
            self._let_go(root.serial, "frame")
            self._frames.remove(root.serial)
        self._unfinished.left(root)
        self._heap.forget_root(root)

    def _let_go(self, holder: int, cause: str) -> list[Node]:
        """Close the edges of what died; the objects that are certainly dead with it."""
        self._names.pop(holder, None)
        for key in list(self._held.pop(holder, ())):
            del self._edges[key]
            self._holds[key[0]].pop(key, None)
        orphans: list[Node] = []
        for key in self._holds.pop(holder):
            held = key[1]
            row, strength = self._edges.pop(key)
            self._held[held].pop(key, None)
            if held in self._names:
                self._names[held].pop(key, None)
            if strength == "weak" or key[2] in CLAIMS:
                continue
            self._falls[held] = (row, cause)
            node = self._nodes.get(held)
            if node is None or node.watch is not None or node.unexplained:
                continue
            if not [key for key in self._held[held] if self._edges[key][1] == "strong"]:
                orphans.append(node)
        return orphans

    def _why(self, serial: int) -> tuple[int, str]:
        """The edge whose end killed an object, and the cause, as far as the looks tell."""
        strong = [key for key in self._held[serial] if self._edges[key][1] != "weak"]
        fall = self._falls.pop(serial, None)
        if len(strong) == 1:  # it fell after the last look
            return self._edges[strong[0]][0], self._cause(strong[0])
        if strong:
            return -1, "count"
        return fall or (-1, "temporary")


def _depth(root: Root) -> int:
    return root.depth


def _is_lent(node: Node) -> bool:
    """A frame is about to return it, and its count does not know."""
    return any(root.lends and RETURN in names for root, names in node.roots.items())
