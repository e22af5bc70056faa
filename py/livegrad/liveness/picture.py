"""What the recorder remembers of a program's objects between two looks: numbers, names, no object.

A *node* is an object: what it held when last looked at, and who held it. To look again, the
object itself is needed, and nothing here may hold it. So each node has an *anchor*: a node that
is shown has a weak reference of its own; any other, a *stray*, is fetched from among the
references of one that holds it, or from a *root*: a namespace, or a frame that runs. Nodes that
are fetched together are a *part*, which is compared as a whole, at the speed of memory.
"""

import weakref
from collections.abc import Callable
from typing import Any, Final

PART: Final = 48
"""Nodes of a part: many make the look at what is unchanged fast, few the look at what is not."""

PATIENCE: Final = 4
"""Visits that must have found a part the same, before it may be quiet for the first time."""

type Named = list[tuple[str, "Node"]]


class Watch(weakref.ref):  # type: ignore[type-arg]
    """Our own weak reference: a subclass, so that it is never shared with the program's."""

    __slots__ = ("node",)
    node: "Node"


class Node:
    """An object of the program.

    Attributes:
        address: `id()` of the object, which may be another's when this one is `gone`.
        type_id: `id()` of its class.
        cls: name of its class.
        kind: one of `adapters.SHOWN`, else None; `trace_kind` what the trace calls it.
        content: addresses of what it holds, packed; `extra` those that the collector does not
            tell of: keys of a dict, entries of a class, items of an array.
        keyed: it may have `extra` content: an empty dict will, and until then has no content
            at all, since what a `__dict__` holds is told by its instance.
        raw: what it holds, by name; None before that was asked.
        refs: the same, with its own `__dict__` folded into it.
        holders: who holds it strongly, and how often; `degree` is the sum.
        roots: the namespaces and frames that name it, with the names; `named` is their number.
        claims: the frames that hold it without a name, as far as that is deduced, with the word for
            how, and how often; `claimed` is the sum.
        weakly: the weak references to it that were met.
        count: its reference count, without ours.
        weak: weak references to it, without ours.
        serial: its row in the trace; -1 while it is not there.
        stack: where it was when it was met.
        unexplained: references that nothing known holds; `settled` the same when the last line
            ended, before a line in progress holds anything.
        loose: looked at each time, whether or not its content is the same.
        dying: its end has begun; it cannot be looked at, and still holds what it held.
    """

    __slots__ = (
        "address",
        "anchor",
        "attributes",
        "claimed",
        "claims",
        "cls",
        "content",
        "count",
        "degree",
        "dying",
        "extra",
        "gone",
        "holders",
        "keyed",
        "kind",
        "loose",
        "named",
        "number",
        "owner",
        "part",
        "raw",
        "refs",
        "roots",
        "serial",
        "settled",
        "shown_attributes",
        "stack",
        "strays",
        "target",
        "told",
        "trace_kind",
        "type_id",
        "unexplained",
        "watch",
        "weak",
        "weakly",
    )

    def __init__(self, number: int, address: int, type_id: int, cls: str, kind: str | None) -> None:
        self.number = number  # in the order of meeting
        self.address = address
        self.type_id = type_id
        self.cls = cls
        self.kind = kind
        self.trace_kind = kind or "other"
        self.content = b""
        self.extra = b""
        self.keyed = False
        self.raw: Named | None = None
        self.refs: Named = []
        self.owner: Node | None = None  # of an instance's own `__dict__`: the instance
        self.holders: dict[Node, int] = {}
        self.degree = 0
        self.roots: dict[Root, dict[str, None]] = {}
        self.named = 0
        self.claims: dict[tuple[Root, str], int] = {}
        self.claimed = 0
        self.weakly: dict[Node, None] = {}
        self.target: Node | None = None  # of a weak reference
        self.count = 0
        self.weak = 0
        self.serial = -1
        self.stack = -1
        self.unexplained = 0
        self.settled = 0
        self.told: tuple[int, int, int] | None = None
        self.attributes: tuple[tuple[str, Any], ...] = ()
        self.shown_attributes: dict[str, Any] = {}
        self.watch: Watch | None = None
        self.anchor: Node | Root | None = None
        self.strays: dict[int, Node] = {}  # anchored here, by address
        self.part: Part | None = None
        self.loose = False
        self.dying = False
        self.gone = False

    def unlink(self) -> None:
        """Leave no cycle to the collector: the program may ask how much it has collected."""
        self.raw = None
        self.refs = []
        self.holders.clear()
        self.roots.clear()
        self.claims.clear()
        self.weakly.clear()
        self.strays.clear()
        self.owner = self.target = self.anchor = self.part = self.watch = None


class Root:
    """A namespace or a running frame.

    Attributes:
        depth: its place on the stack; 0 is the module's namespace.
        frame_id: `id()` of the frame.
        kind: what the trace calls it.
        name: of the function; `arguments` those of its variables, joined by commas.
        own: of the program's files, and not of a library between.
        serial: its row in the trace; -1 while it is not there.
        names: what is named here, a variable in a cell leading to the cell.
        claimed: what it holds without a name, as far as that is deduced.
        returned: address of the value that the frame is about to return, or 0.
        lends: that value is a variable's, and not counted once more.
        awake: it is looked at: the frame runs, or called the one that runs.
    """

    __slots__ = (
        "arguments",
        "awake",
        "cells",
        "children",
        "claimed",
        "depth",
        "drops",
        "frame_id",
        "identity",
        "keys",
        "kind",
        "lends",
        "loose",
        "name",
        "names",
        "own",
        "returned",
        "serial",
        "slots",
        "strays",
        "words",
    )

    def __init__(
        self,
        depth: int,
        frame_id: int,
        name: str,
        arguments: str = "",
        own: bool = True,
        cells: tuple[str, ...] = (),
        kind: str = "frame",
    ) -> None:
        self.kind = kind
        self.depth = depth
        self.frame_id = frame_id
        self.name = name
        self.arguments = arguments
        self.own = own
        self.cells = frozenset(cells)
        self.serial = -1
        self.keys: list[str] = []
        self.words: list[int] = []
        self.identity = b""  # of what `keys` name: addresses and classes
        self.drops = 0  # of the heap's, when the slots were last known to be there
        self.slots: list[Node | None] = []  # the node of each key's value
        self.names: dict[str, Node] = {}
        self.claimed: list[Node] = []
        self.strays: dict[int, Node] = {}
        self.children: list[tuple[list[int], Part]] = []
        self.loose = False
        self.returned = 0
        self.lends = False
        self.awake = True


class Part:
    """Nodes that are fetched together, in this order.

    Attributes:
        ids, content, counts, weaks: what fetching them gave the last time.
        keyed: places of those that may have `extra` content, which is behind all other.
        loose: places of what is looked at each time.
        children: the strays that are anchored here, in parts, with their places in `content`.
        watches: our weak references, where these are fetched by them.
        calm: visits in a row that found it the same; after `patience` of them it may be quiet.
        wake: ends that it is quiet, which is not to be visited (`quiet.py`); None if it is not.
    """

    __slots__ = (
        "calm",
        "children",
        "content",
        "counts",
        "dirty",
        "ids",
        "keyed",
        "loose",
        "nodes",
        "patience",
        "wake",
        "watches",
        "weaks",
    )

    def __init__(self, watches: list[Watch] | None = None) -> None:
        self.nodes: list[Node] = []
        self.watches = watches
        self.ids = b""
        self.content = b""
        self.counts: list[int] = []
        self.weaks: list[int] = []
        self.keyed: list[int] = []
        self.loose: list[int] = []
        self.children: list[tuple[list[int], Part]] = []
        self.dirty = True
        self.calm = 0
        self.patience = PATIENCE
        self.wake: Callable[[], None] | None = None
