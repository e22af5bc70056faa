"""What an unfinished line holds, by deduction.

The values that an expression has made so far, and what C code holds that calls back, stand in
no variable, and Python cannot ask for them. But whoever called rests while the function runs. So
a reference that nothing explains, and that was not there when the last line ended, is the
caller's if it is met just as the function begins. What comes up later is not: it stays
unexplained, and so does what is left when the caller's line has ended.

Two things stay on a frame's stack beyond a line: an exception that is handled, until its clause
has begun or its `finally` ends, and the iterator of a loop, which holds what it goes through.
"""

from typing import Final

from .heap import Heap
from .picture import Node, Root
from .tracked import iterated_by_unknown

CALL: Final = "(call)"
"""Name of the reference from a frame to what is held by whoever called it."""
TEMPORARY: Final = "(temporary)"
"""Name of the reference from a frame to what is on its stack."""
RAISED: Final = "(raised)"
HANDLED: Final = "(handled)"
"""Names of the references from the interpreter to exceptions."""
CLAIMS: Final = frozenset({CALL, TEMPORARY})
"""Names of the references that are deduced."""


type Claim = tuple[Root, str, Node]
"""Who is thought to hold what, and by which name."""


class Unfinished:
    """Knows what came up within the line in progress, and who is thought to hold it."""

    def __init__(self) -> None:
        self._new: dict[Node, None] = {}  # with more unexplained than when the last line ended
        self._handled: dict[Node, None] = {}  # exceptions, the innermost last

    def look_at(self, node: Node) -> None:
        """What is unexplained of a node was counted anew."""
        if node.unexplained != node.settled:
            self._new[node] = None
        else:
            self._new.pop(node, None)

    def settle(self) -> None:
        """A line has ended: what is unexplained now is nobody's."""
        for node in self._new:
            node.settled = node.unexplained
        self._new.clear()

    def claims(
        self, top: Root, begun: Root | None, handled: Node | None, ended: Heap | None
    ) -> list[Claim]:
        """What is held without a name, as far as that can be deduced.

        Args:
            top: the innermost frame.
            begun: the same, if its call has just begun.
            handled: the exception that is being handled.
            ended: the heap, if a line has ended.
        """
        if begun is not None:
            return [self._claim(begun, CALL, node) for node, more in self._more() for _ in more]
        if top.serial < 0:
            return []
        claims = self._on_stack(top, handled)
        return claims if ended is None else claims + self._iterated(top, ended)

    def _on_stack(self, top: Root, handled: Node | None) -> list[Claim]:
        """Exceptions on a frame's stack: the one that is handled, and those before it."""
        if handled is None:
            self._handled.clear()
            return []
        self._handled[handled] = None
        return [
            self._claim(top, TEMPORARY, node) for node, _ in self._more() if node in self._handled
        ]

    def _iterated(self, top: Root, heap: Heap) -> list[Claim]:
        """What iterators hold that nothing known does: those of the loops that a frame is in."""
        new = {node: len(more) for node, more in self._more()}
        iterated = iterated_by_unknown(heap.fetch(new), heap.nodes) if new else []
        # A claim before may have been of the same: too few are explained rather than too many.
        return [
            self._claim(top, TEMPORARY, node)
            for node, more in new.items()
            for _ in range(min(more, iterated.count(node.address) - node.claimed))
        ]

    def _more(self) -> list[tuple[Node, range]]:
        """What came up, and how often."""
        return [
            (node, range(node.unexplained - node.settled))
            for node in self._new
            if node.unexplained > node.settled
            and node.serial >= 0
            and not (node.gone or node.dying)
        ]

    def _claim(self, root: Root, name: str, node: Node) -> Claim:
        node.unexplained -= 1
        node.claims[root, name] = node.claims.get((root, name), 0) + 1
        node.claimed += 1
        root.claimed.append(node)
        self.look_at(node)
        return root, name, node

    def least(self, node: Node) -> int:
        """References that the last claim has to leave for others."""
        return node.named if next(reversed(node.claims))[1] == TEMPORARY else 0

    def give_back(self, node: Node) -> tuple[Root, str, int]:
        """Whoever claimed the node last holds it once less than was thought; so often then."""
        key = next(reversed(node.claims))
        node.claimed -= 1
        node.claims[key] -= 1
        left = node.claims[key]
        if not left:
            del node.claims[key]
        return *key, left

    def left(self, root: Root) -> None:
        """The call is over; the line that made it is not."""
        for node in root.claimed:
            for key in [key for key in node.claims if key[0] is root]:
                number = node.claims.pop(key)
                node.claimed -= number
                node.unexplained += number
            if not node.gone:
                self.look_at(node)
