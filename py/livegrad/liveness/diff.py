"""From one look at the heap to the next: what was born, who holds whom now, who died.

The ledger gives each object its serial, keeps the picture of the last look, and
writes what is different in the new one. It holds weak references to the
program's objects and nothing else of them.
"""

import gc
import weakref
from collections.abc import Callable, Collection, Container, Iterable
from typing import Any, Final

from .adapters import Adapter
from .buffers import Buffers
from .classes import is_a
from .heap import Look, Watch
from .writer import Writer

MODULE: Final = 0
"""Serial of the program's namespace, the first object of every trace."""
RETURN: Final = "return"
"""Name of the edge from a frame to the value that it is about to return."""

_KINDS: Final = {
    "function": "closure",
    "method": "method",
    "builtin_function_or_method": "method",
    "cell": "cell",
    "frame": "frame",
    "generator": "generator",
    "coroutine": "generator",
    "async_generator": "generator",
}

type EdgeKey = tuple[int, int, str, int]  # holder, held, name, number among equal ones


class Record:
    """What is known of a living object."""

    __slots__ = ("address", "attributes", "cls", "count", "kind", "serial", "unexplained", "watch")

    def __init__(self, serial: int, address: int, kind: str, cls: str) -> None:
        self.serial = serial
        self.address = address
        self.kind = kind
        self.cls = cls
        self.watch: Watch | None = None
        self.count: tuple[int, int, int] | None = None
        self.unexplained = 0
        self.attributes: dict[str, Any] = {}


class Frame:
    """A frame of the stack as the probe sees it: its address, and its serial once it has one."""

    __slots__ = ("address", "arguments", "name", "own", "returned", "serial")

    def __init__(self, address: int, name: str, arguments: str, own: bool, serial: int) -> None:
        self.address = address
        self.name = name
        self.arguments = arguments
        self.own = own  # of the program's file, and not of a library between
        self.serial = serial
        self.returned = 0  # address of the value that it is about to return


class Ledger:
    """Writes the differences between looks.

    Args:
        writer: of the trace.
        adapter: knows what attributes to show.
        where: the current stack as a row of the trace.
        on_death: what our weak references call.
    """

    def __init__(
        self,
        writer: Writer,
        adapter: Adapter,
        where: Callable[[], int],
        on_death: Callable[[Watch], None],
    ) -> None:
        self._writer = writer
        self._adapter = adapter
        self._where = where
        self._on_death = on_death
        self._records: dict[int, Record] = {}
        self._by_address: dict[int, Record] = {}
        self._library: dict[int, tuple[str, int]] = {}
        self._frames: set[int] = set()
        self._edges: dict[EdgeKey, tuple[int, str]] = {}
        self._holds: dict[int, dict[EdgeKey, None]] = {MODULE: {}}
        self._held: dict[int, dict[EdgeKey, None]] = {}
        self._falls: dict[int, tuple[int, str]] = {}
        self._seen: dict[int, tuple[str, int]] = {}  # not in the trace yet: class and stack
        self._islands: dict[frozenset[int], int] = {}
        self._island_of: dict[int, frozenset[int]] = {}
        self._buffers = Buffers(writer)
        writer.birth("module", "<module>", -1)

    # What a look needs ---------------------------------------------------------------------

    def watches(self) -> Iterable[Watch]:
        """Our weak references to what lives."""
        return [record.watch for record in self._records.values() if record.watch is not None]

    @property
    def known(self) -> Container[int]:
        """Addresses of what lives and is in the trace."""
        return self._by_address

    def vanished(self, look: Look, dying: Collection[int]) -> dict[int, str]:
        """Addresses and classes of what cannot be watched and was not met: dead, or lost."""
        return {
            record.address: record.cls
            for record in self._records.values()
            if record.watch is None
            and record.address not in look.by_address
            and record.serial not in dying
        }

    def address_of(self, serial: int) -> int | None:
        record = self._records.get(serial)
        return None if record is None else record.address

    def watch_again(self, serial: int, value: Any) -> None:
        """A finalizer brought the object back after our weak reference had been cleared."""
        record = self._records[serial]
        record.watch = Watch(value, self._on_death)
        record.watch.serial = serial

    def release(self) -> None:
        """Let go of the weak references."""
        self._records.clear()
        self._by_address.clear()

    # A look --------------------------------------------------------------------------------

    def update(
        self,
        look: Look,
        frames: list[Frame],
        dying: Collection[int] = (),
        collection: int = -1,
    ) -> None:
        """Write what is different from the last look.

        Args:
            look: closed, not yet forgotten.
            frames: of the stack, outermost first, without the module's; in the order of
                `look.roots`. Receive their serials.
            dying: serials of objects whose end has begun: they cannot be looked at any
                more, and still hold what they held.
            collection: that has just ended, if one has.
        """
        serials = self._births(look)
        self._enter(look, frames, serials)
        edges = self._edges_of(look, frames, serials, dying)
        self._add(edges)
        self._drop(edges)
        alive = {record.serial for record in serials.values()} | set(dying)
        for record in list(self._records.values()):
            if record.watch is None and record.serial not in alive:
                self.die(record.serial, collection)
        self._values(look, serials)
        self._counts(look, serials)
        self._float(look, serials)
        self._remember(look)

    def _remember(self, look: Look) -> None:
        """Where that came from which may enter the trace later, when it holds something."""
        here = self._where()
        seen: dict[int, tuple[str, int]] = {}
        for index, node in enumerate(look.nodes):
            if index not in look.relevant:
                known = self._seen.get(node.address)
                same = known is not None and known[0] == node.cls
                seen[node.address] = known if known is not None and same else (node.cls, here)
        self._seen = seen

    def _births(self, look: Look) -> dict[int, Record]:
        """The record of each relevant node, by index; new ones are written in order of birth."""
        found: dict[int, Record] = {}
        new: list[int] = []
        for index in look.relevant:
            node = look.nodes[index]
            record = self._by_address.get(node.address)
            if record is not None and record.cls == node.cls:
                found[index] = record
            else:
                new.append(index)
        for index in [i for i, record in found.items() if record.cls == "tuple"]:
            if not self._same_tuple(look, index, found):
                self.die(found.pop(index).serial, -1)
                new.append(index)
        for index in _in_order_of_birth(look, new):
            found[index] = self._birth(look, index, found)
        return found

    def _same_tuple(self, look: Look, index: int, found: dict[int, Record]) -> bool:
        """A tuple never changes: one that does is another, at the address of the first."""
        before = {(name, held) for _, held, name, _ in self._holds[found[index].serial]}
        refs = look.nodes[index].refs
        return before <= {(name, found[held].serial) for name, held in refs if held in found}

    def _birth(self, look: Look, index: int, found: dict[int, Record]) -> Record:
        node = look.nodes[index]
        value = look.objects[index]
        kind = node.kind or _kind(value, node.cls)
        seen = self._seen.get(node.address)
        stack = seen[1] if seen is not None and seen[0] == node.cls else self._where()
        serial = self._writer.birth(kind, node.cls, stack)
        record = Record(serial, node.address, kind, node.cls)
        try:
            record.watch = Watch(value, self._on_death)
            record.watch.serial = serial
            node.weak += 1
        except TypeError:
            pass
        self._records[serial] = self._by_address[node.address] = record
        self._holds[serial] = {}
        self._held[serial] = {}
        if kind == "array":
            bases = [
                found[held].serial for name, held in node.refs if name == "base" and held in found
            ]
            self._buffers.birth(serial, value, bases[0] if bases else None)
        return record

    def _enter(self, look: Look, frames: list[Frame], serials: dict[int, Record]) -> None:
        """Serials for frames that are new; the end of library frames that are gone."""
        here: dict[int, tuple[str, int]] = {}
        for frame, root in zip(frames, look.roots[1:], strict=True):
            if frame.serial < 0 and not frame.own:
                known = self._library.get(frame.address)
                if known is not None and known[0] == frame.name:
                    frame.serial = known[1]
            holds = [held for _, held in root.names if held in serials]
            if frame.serial < 0 and (frame.own or holds):
                frame.serial = self._writer.birth("frame", frame.name, self._where())
                self._holds[frame.serial] = {}
                self._frames.add(frame.serial)
                if frame.arguments:
                    self._writer.attribute(frame.serial, "arguments", frame.arguments)
            if frame.serial >= 0 and not frame.own:
                here[frame.address] = (frame.name, frame.serial)
        still = {serial for _, serial in here.values()}
        for _, serial in self._library.values():
            if serial not in still:
                self.frame_left(serial)
        self._library = here

    def _edges_of(
        self,
        look: Look,
        frames: list[Frame],
        serials: dict[int, Record],
        dying: Collection[int],
    ) -> dict[EdgeKey, str]:
        """All edges that hold now, with their strength."""
        edges: dict[EdgeKey, str] = {}
        for holder in dying:
            for key in self._holds.get(holder, ()):
                edges[key] = self._edges[key][1]
            for key in self._held.get(holder, ()):
                if self._edges[key][1] == "weak":  # cleared already; its death will close them
                    edges[key] = "weak"
        for index, record in serials.items():
            for name, held in look.nodes[index].refs:
                if held in serials:
                    _put(edges, record.serial, serials[held].serial, name, "strong")
        for reference, target in look.weak:
            if reference in serials and target in serials:
                _put(edges, serials[reference].serial, serials[target].serial, "()", "weak")
        strong: dict[int, int] = {}
        for (_, held, _, _), strength in edges.items():
            if strength == "strong":
                strong[held] = strong.get(held, 0) + 1
        left = {
            record.serial: look.nodes[index].count - strong.get(record.serial, 0)
            for index, record in serials.items()
        }
        # Outermost first: what the count does not cover is borrowed, and that is the innermost.
        for root, holder in zip(look.roots, [MODULE, *[f.serial for f in frames]], strict=True):
            for name, held in root.names:
                if held in serials:
                    serial = serials[held].serial
                    strength = "strong" if left[serial] > 0 else "borrowed"
                    left[serial] -= 1
                    _put(edges, holder, serial, name, strength)
        for frame in frames:
            value = self._by_address.get(frame.returned) if frame.returned else None
            if value is not None and value.serial in left:
                strength = "strong" if left[value.serial] > 0 else "borrowed"
                left[value.serial] -= 1
                _put(edges, frame.serial, value.serial, RETURN, strength)
        for record in serials.values():
            record.unexplained = max(left[record.serial], 0)
        return edges

    def _add(self, edges: dict[EdgeKey, str]) -> None:
        for key, strength in edges.items():
            known = self._edges.get(key)
            if known is not None and known[1] != strength:
                self._forget_edge(key)
                self._writer.drop(known[0])
                known = None
            if known is None:
                holder, held, name, _ = key
                row = self._writer.edge(holder, held, name, strength)
                self._edges[key] = (row, strength)
                self._holds[holder][key] = None
                self._held[held][key] = None

    def _drop(self, edges: dict[EdgeKey, str]) -> None:
        for key in [key for key in self._edges if key not in edges]:
            row, strength = self._edges[key]
            holder, held, _, _ = key
            if strength != "weak":
                self._falls[held] = (row, self._cause(holder))
            if self._lives(holder):
                self._writer.drop(row)
            self._forget_edge(key)

    def _lives(self, holder: int) -> bool:
        return holder == MODULE or holder in self._frames or holder in self._records

    def _forget_edge(self, key: EdgeKey) -> None:
        del self._edges[key]
        self._holds[key[0]].pop(key, None)
        self._held[key[1]].pop(key, None)

    def _cause(self, holder: int) -> str:
        """Why what a living holder let go of died."""
        if holder == MODULE or holder in self._frames:
            return "rebound"
        kind = self._records[holder].kind
        if kind == "array":  # it lets go of its base only by dying, and tells of that too late
            return "holder"
        return "item" if kind == "container" else "attribute"

    def _values(self, look: Look, serials: dict[int, Record]) -> None:
        for index, record in serials.items():
            for name, value in self._adapter.attributes(record.kind, look.objects[index]):
                if record.attributes.get(name, ...) != value:
                    record.attributes[name] = value
                    self._writer.attribute(record.serial, name, value)

    def _counts(self, look: Look, serials: dict[int, Record]) -> None:
        for index, record in serials.items():
            if record.kind == "frame" or record.cls == "type":
                continue  # held by the interpreter in ways that nothing tells
            node = look.nodes[index]
            # Ours is there until it is cleared, which a collection does before finalizers run.
            ours = record.watch is not None and record.watch() is not None
            count = (node.count, node.weak - ours, record.unexplained)
            if record.count != count:
                record.count = count
                self._writer.count(record.serial, *count)

    def _float(self, look: Look, serials: dict[int, Record]) -> None:
        """Islands that formed, and those that are no longer."""
        now = {frozenset([serials[i].serial for i in group]) for group in look.unreachable()}
        for members in [members for members in self._islands if members not in now]:
            self._sink(members)
        for members in sorted(now - self._islands.keys(), key=min):
            self._islands[members] = self._writer.island(sorted(members))
            for member in members:
                self._island_of[member] = members

    def _sink(self, members: frozenset[int]) -> None:
        self._writer.sinking(self._islands.pop(members))
        for member in members:
            self._island_of.pop(member, None)

    # Deaths --------------------------------------------------------------------------------

    def die(self, serial: int, collection: int = -1) -> None:
        """An object is dead, and with it what only it held and cannot tell by itself."""
        todo = [serial]
        while todo:
            record = self._records.get(todo.pop())
            if record is None:
                continue
            if record.serial in self._island_of:
                self._sink(self._island_of[record.serial])
            edge, cause = self._why(record.serial)
            del self._records[record.serial]
            if self._by_address.get(record.address) is record:
                del self._by_address[record.address]
            if collection >= 0:
                cause = "collector"
            self._writer.death(record.serial, self._where(), cause, edge, collection)
            self._buffers.death(record.serial)
            todo += reversed(self._let_go(record.serial, "holder"))

    def frame_left(self, serial: int) -> None:
        """A frame is left. What it held may live on, in the hands of its caller."""
        if serial in self._frames:
            self._writer.death(serial, self._where(), "frame", -1, -1)
            self._let_go(serial, "frame")
            self._frames.remove(serial)

    def _let_go(self, holder: int, cause: str) -> list[int]:
        """Close the edges of what died; the objects that are certainly dead with it."""
        for key in list(self._held.pop(holder, ())):
            del self._edges[key]
            self._holds[key[0]].pop(key, None)
        orphans: list[int] = []
        for key in self._holds.pop(holder):
            held = key[1]
            row, strength = self._edges.pop(key)
            self._held[held].pop(key, None)
            if strength == "weak":
                continue
            self._falls[held] = (row, cause)
            record = self._records.get(held)
            if record is None or record.watch is not None or record.unexplained:
                continue
            if not [key for key in self._held[held] if self._edges[key][1] == "strong"]:
                orphans.append(held)
        return orphans

    def _why(self, serial: int) -> tuple[int, str]:
        """The edge whose end killed an object, and the cause, as far as the looks tell."""
        strong = [key for key in self._held[serial] if self._edges[key][1] != "weak"]
        fall = self._falls.pop(serial, None)
        if len(strong) == 1:  # it fell after the last look
            return self._edges[strong[0]][0], self._cause(strong[0][0])
        if strong:
            return -1, "count"
        return fall or (-1, "temporary")


def _put(edges: dict[EdgeKey, str], holder: int, held: int, name: str, strength: str) -> None:
    number = 0
    while (holder, held, name, number) in edges:
        number += 1
    edges[holder, held, name, number] = strength


def _kind(value: Any, cls: str) -> str:
    if is_a(value, (list, tuple, dict, set, frozenset)):
        return "container"
    if is_a(value, weakref.ReferenceType):
        return "weakref"
    if is_a(value, BaseException):
        return "exception"
    return _KINDS.get(cls, "other")


def _in_order_of_birth(look: Look, new: list[int]) -> list[int]:
    """The collector keeps what it tracks in order of birth; an array goes before who holds it."""
    if len(new) < 2:
        return new
    ages: dict[int, int] = {}
    for generation in (2, 1, 0):
        for value in gc.get_objects(generation):
            ages[id(value)] = len(ages)
        value = None
    order = {i: (ages[look.nodes[i].address], 1) for i in new if look.nodes[i].address in ages}
    late = (len(ages), 0)
    for index in sorted(order, key=order.__getitem__):
        todo = [index]
        for here in todo:  # grows while it is walked
            for _, held in look.nodes[here].refs:
                if held in look.relevant and look.nodes[held].address not in ages:
                    before = (order[here][0], order[here][1] - 1)
                    if order.get(held, late) > before:
                        order[held] = before
                        todo.append(held)
    return [-index for _, index in sorted([(order.get(i, late), -i) for i in new])]
