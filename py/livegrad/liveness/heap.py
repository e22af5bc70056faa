"""Who holds whom: the heap of a program, looked at again and again.

A look reads the names of the frames that run, scans what is known for what has changed, and
walks from there to what is new. It costs what changed, and a cheap scan. What it leaves is
numbers and strings: it holds nothing of the program.

Exact counts need discipline. While counts are taken, an object has exactly one reference more
than without us, from one list. So temporaries are gone before counting begins; and nothing
here is a closure, because a cell would keep what it saw.
"""

import gc
import sys
import types
import weakref
from bisect import bisect_left
from collections.abc import Container, Iterable
from typing import Any, Final

from .adapters import SHOWN
from .addresses import addresses_of, common_prefix, words_of
from .anchors import Anchors
from .classes import flags_of, is_a, module_of, name_of
from .frames import Named
from .naming import UNKNOWN, References
from .picture import Node, Part, Root
from .scan import COUNTED_BY_LIST, Scan, held_besides

HAVE_GC: Final = 1 << 14  # Py_TPFLAGS_HAVE_GC: instances can hold references
CLASS: Final = "class"
RETURN: Final = "return"
"""Name of the reference from a frame to the value that it is about to return."""
_OWN_PACKAGE: Final = __name__.rpartition(".")[0]
_KINDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    ((list, tuple, dict, set, frozenset), "container"),
    (weakref.ReferenceType, "weakref"),
    (BaseException, "exception"),
    (types.FunctionType, "closure"),
    ((types.MethodType, types.BuiltinFunctionType), "method"),
    (types.CellType, "cell"),
    (types.FrameType, "frame"),
    ((types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType), "generator"),
)


class TooManyObjects(Exception):
    """A look met more objects than its limit."""


class Changes:
    """What a look found.

    Attributes:
        come, gone: strong references, as holder, name, held.
        touched: nodes whose counts, holders or names are others than before.
        weak: weak references met, as reference and target.
        new: nodes that belong into the trace and are not there yet.
        dead: nodes in the trace that could not be found again.
        valued: nodes in the trace whose attributes may be others.
    """

    __slots__ = ("come", "dead", "gone", "new", "touched", "valued", "weak")

    def __init__(self) -> None:
        self.come: list[tuple[Node, str, Node]] = []
        self.gone: list[tuple[Node, str, Node]] = []
        self.touched: dict[Node, None] = {}
        self.weak: list[tuple[Node, Node]] = []
        self.new: list[Node] = []
        self.dead: list[Node] = []
        self.valued: dict[Node, None] = {}


class Heap:
    """The picture of a program's heap.

    Args:
        references: names what objects hold.
        limit: of nodes; TooManyObjects beyond it.

    Attributes:
        nodes: what was met and lives, by address.
        anchors: how it is found again.
    """

    def __init__(self, references: References, limit: int) -> None:
        self._references = references
        self._limit = limit
        self.nodes: dict[int, Node] = {}
        self.anchors = Anchors(COUNTED_BY_LIST)
        self._changes = Changes()
        self._scan = Scan(self._again, self._counted)
        self.objects: list[Any] = []  # that are walked through; empty between looks
        self.fresh: list[Node] = []  # their nodes
        self._queued: set[Node] = set()
        self._refer: dict[Node, None] = {}  # their references are to be compared
        self._renamed: dict[Root, None] = {}
        self._visits: list[tuple[Part, list[Any]]] = []
        self._modes: dict[int, str | bool | None] = {}  # by address: a class may define its hash
        self._skipped: Container[int] = ()
        self._met_skipped = False
        self._met: dict[Node, Any] = {}  # strays met in the walk
        self._unvisited: set[Node] = set()  # found by another way than their anchor
        self._walking = False
        self._walked = 0
        self._stack = -1
        self._adrift = Root(-1, 0, "")  # names what only the collector knows of
        self._number = 0

    # A look --------------------------------------------------------------------------------

    def look(
        self,
        roots: list[Root],
        named: list[tuple[Root, Named]],
        skipped: Container[int],
        stack: int,
    ) -> Changes:
        """Look at what may have changed. `forget` must be called when the changes are used.

        Args:
            roots: all there are, outermost first.
            named: those whose names may be others, with these; emptied.
            skipped: addresses that are not objects of the program.
            stack: where the program is.
        """
        self._skipped = skipped
        self._stack = stack
        self._walking = False
        if self.anchors.lost:
            self.anchors.find_anchors(roots)
            self.anchors.mend()
        while named:
            self._read(*named.pop(0))
        self._read_adrift()
        visits, self._visits = self._visits, []
        while visits:
            self._scan.visit(*visits.pop())
        for part in list(self.anchors.watched):
            self._scan.watched(part)
        self._walking = True
        counted = 0
        while True:
            self._walk()
            counted = self._count(counted)
            self._compare()
            for root in list(self._renamed):
                self._name(root)
            self._renamed.clear()
            self._find_lost([*roots, self._adrift])
            if counted == len(self.objects):
                break
        changes = self._changes
        self._spread()
        return changes

    def done(self) -> None:
        """The changes were used: let go of the program's objects. Every look must end so."""
        self.objects.clear()
        self.fresh.clear()
        self._queued.clear()
        self._met.clear()
        self._unvisited.clear()
        self._modes.clear()
        self._visits.clear()
        self._walked = 0
        self._changes = Changes()
        self._adrift.words = list(self._adrift.strays)
        self.anchors.mend()

    def release(self) -> None:
        """Forget everything."""
        for node in self.nodes.values():
            node.unlink()
        self.nodes.clear()
        self.anchors = Anchors(COUNTED_BY_LIST)

    # Names ---------------------------------------------------------------------------------

    def _read(self, root: Root, named: Named) -> None:
        keys = [name for name, _ in named]
        values = [value for _, value in named]
        named.clear()
        words = list(words_of(addresses_of(values)))
        types_ = addresses_of([*map(type, values)])
        if (
            words != root.words
            or keys != root.keys
            or types_ != root.types
            or root.loose
            or root.returned
            or any(node is not None and node.gone for node in root.slots)
        ):
            self._reslot(root, keys, words, values)
            root.types = types_
            self._renamed[root] = None
        elif root.cells:
            self._renamed[root] = None
        if root.strays:
            by = {id(value): value for value in values}
            self._visit_strays(root, by)

    def _visit_strays(self, root: Root, by: dict[int, Any]) -> None:
        for _, part in root.children:
            found = [by[node.address] for node in part.nodes if node.address in by]
            self._visits.append((part, found))

    def _reslot(self, root: Root, keys: list[str], words: list[int], values: list[Any]) -> None:
        old = root.slots
        known = dict(zip(zip(root.keys, root.words, strict=True), old, strict=True))
        slots: list[Node | None] = []
        self._met_skipped = False
        for key, word, value in zip(keys, words, values, strict=True):
            node = known.get((key, word))
            if node is None or node.gone or node.type_id != id(type(value)):
                node = self._meet(value, root)
            slots.append(node)
        root.loose = self._met_skipped
        root.keys, root.words, root.slots = keys, words, slots
        here = set(slots)
        for node in old:
            if node is not None and node.anchor is root and node not in here:
                self.anchors.loosen(node)
        for node in here.difference(old):
            if node is not None:
                self._found_at(node)
        self.anchors.moved(root)

    def _read_adrift(self) -> None:
        root = self._adrift
        if root.strays:
            by = {id(value): value for value in still_alive(root.strays.values())}
            for node in list(root.strays.values()):
                if node.address not in by:
                    self.anchors.loosen(node)
            self._visit_strays(root, by)

    def _name(self, root: Root) -> None:
        """Settle which node each name leads to: a variable in a cell leads to the cell."""
        names: dict[str, Node] = {}
        for key, node in zip(root.keys, root.slots, strict=True):
            if node is not None and not node.gone:
                names[key] = _cell_of(node) if key in root.cells else node
        returned = self.nodes.get(root.returned) if root.returned else None
        if returned is not None:
            names[RETURN] = returned
        touched = self._changes.touched
        for name, node in root.names.items():
            if names.get(name) is not node:
                touched[node] = None
                here = node.roots.get(root)
                if here is not None:
                    here.pop(name, None)
                    if not here:
                        del node.roots[root]
        for name, node in names.items():
            if root.names.get(name) is not node:
                touched[node] = None
                node.roots.setdefault(root, {})[name] = None
        root.names = names

    def leave(self, root: Root) -> None:
        """The frame is gone, or sleeps: what is found only there must be found elsewhere."""
        self.anchors.release(root)

    def forget_root(self, root: Root) -> None:
        """The frame is left."""
        for node in root.names.values():
            node.roots.pop(root, None)
            self._changes.touched[node] = None
        root.names = {}
        root.slots = []
        root.keys = []
        root.words = []
        root.awake = False
        self.anchors.release(root)

    # Walking -------------------------------------------------------------------------------

    def _again(self, value: Any, node: Node) -> None:
        if node not in self._queued:
            self._queued.add(node)
            self.objects.append(value)
            self.fresh.append(node)

    def _counted(self, node: Node) -> None:
        self._changes.touched[node] = None
        if node.owner is not None:
            self._refer[node] = None
            self._refer[node.owner] = None

    def _meet(self, value: Any, anchor: Node | Root) -> Node | None:
        """The node of a value, or None for what holds nothing and is not shown."""
        cls = type(value)
        mode = self._modes.get(id(cls), False)
        if mode is False:
            mode = self._modes[id(cls)] = self._mode(cls)
        if mode is True or (mode == CLASS and not self._references.is_own_class(value)):
            return None
        address = id(value)
        node = self.nodes.get(address)
        if node is not None and node.type_id == id(cls):
            if node.watch is None and node not in self._queued:
                if self._walking:
                    self._met[node] = value
                elif node in self.anchors.lost:
                    self._again(value, node)
            return node
        if address in self._skipped:
            self._met_skipped = True
            return None
        kind = mode if isinstance(mode, str) and mode != CLASS else None
        fresh = self._new(value, kind)
        if node is not None:
            self._supersede(node, fresh)
        else:
            self.anchors.attach(fresh, anchor)
        self._again(value, fresh)
        return fresh

    def _new(self, value: Any, kind: str | None) -> Node:
        if len(self.nodes) > self._limit:
            raise TooManyObjects
        self._number += 1
        cls = type(value)
        node = Node(self._number, id(value), id(cls), name_of(cls), kind)
        node.stack = self._stack
        node.trace_kind = kind or _kind(cls)
        self.nodes[node.address] = node
        return node

    def _mode(self, cls: type) -> str | bool | None:
        """The shown kind; None for what may hold one that is; True for what is to be left out."""
        if issubclass(cls, types.ModuleType) or module_of(cls).startswith(_OWN_PACKAGE):
            return True
        if issubclass(cls, type):
            return CLASS
        kind = self._references.adapter.kind(cls)
        if kind is not None:
            return kind
        return None if flags_of(cls) & HAVE_GC else True

    def _supersede(self, old: Node, new: Node) -> None:
        """Another object is where a node was: it takes the place of that in who holds it."""
        for holder in list(old.holders):
            if holder.raw is not None:
                holder.raw = [(n, new if held is old else held) for n, held in holder.raw]
                self._refer[holder] = None
        for root in list(old.roots) + [a for a in [old.anchor] if isinstance(a, Root)]:
            root.slots = [new if node is old else node for node in root.slots]
            self._renamed[root] = None
        anchor = old.anchor
        if old.serial >= 0:
            self._changes.dead.append(old)
        self.drop(old)
        self.nodes[new.address] = new
        if anchor is None:
            self.anchors.lost[new] = None
        else:
            self.anchors.attach(new, anchor)

    def _walk(self) -> None:
        while self._walked < len(self.objects):
            self._derive(self.objects[self._walked], self._walked)
            self._walked += 1
            if self._walked == len(self.objects):
                for node in self.anchors.lost:
                    if node in self._met:  # it moved, and was not visited
                        self._again(self._met[node], node)
        self._met.clear()

    def _derive(self, value: Any, place: int) -> None:
        node = self.fresh[place]
        content = addresses_of(gc.get_referents(value))
        another = type(value) is tuple and node.raw is not None and content != node.content
        if another or id(type(value)) != node.type_id:
            mode = self._mode(type(value))
            old, node = node, self._new(value, mode if mode in SHOWN else None)
            self._supersede(old, node)
            self.fresh[place] = node
            self._queued.add(node)
        unvisited = node in self._unvisited or (node.part is None and node.watch is None)
        self._met_skipped = False
        if type(value) is list and node.raw is node.refs and not (node.loose or unvisited):
            self._derive_list(value, node, content)
        else:
            self._derive_all(value, node)
        if type(value) is dict and bool(content) != bool(node.content):
            self._doubt_owner(node)
        node.content = content
        node.extra = addresses_of(held_besides(value))
        node.loose = self._met_skipped
        self.anchors.touch(node)
        if unvisited:
            for stray in list(node.strays.values()):
                if stray in self._met:
                    self._unvisited.add(stray)
                    self._again(self._met[stray], stray)
        if node.kind is not None:
            node.attributes = self._references.adapter.attributes(node.kind, value)
            self._changes.valued[node] = None
        if is_a(value, weakref.ReferenceType) and node.target is None:
            self._weakly(node, weakref.ReferenceType.__call__(value))
        if type(value) in weakref.ProxyTypes and node.target is None:
            self._find_target(value, node)
        if weakref.getweakrefcount(value):
            for reference in weakref.getweakrefs(value):
                known = self.nodes.get(id(reference))
                if known is not None and known.target is None and not known.gone:
                    self._weakly(known, value)

    def _find_target(self, proxy: Any, node: Node) -> None:
        """A proxy does not tell whose it is."""
        for other in list(self.nodes.values()):
            target = other.watch() if other.weak and other.watch is not None else None
            if target is not None and id(proxy) in map(id, weakref.getweakrefs(target)):
                self._weakly(node, target)
                return

    def _doubt_owner(self, node: Node) -> None:
        """An empty dict does not tell whether it is the holder's `__dict__`: look at that again."""
        doubtful = [
            holder
            for holder in node.holders
            if (node.owner is holder) or (UNKNOWN, node) in (holder.raw or ())
        ]
        if node.owner is not None and node.owner not in doubtful:
            doubtful.append(node.owner)
        for holder, value in (self.fetch(doubtful) if doubtful else {}).items():
            self._again(value, holder)

    def _weakly(self, reference: Node, target: Any) -> None:
        met = None if target is None else self._meet(target, reference)
        if met is not None:
            reference.target = met
            met.weakly[reference] = None
            self._changes.weak.append((reference, met))
            if met.anchor is reference:  # it does not hold it
                self.anchors.loosen(met)

    def _derive_all(self, value: Any, node: Node) -> None:
        before = node.raw or ()
        raw: list[tuple[str, Node]] = []
        for name, held in self._references.of(value):
            other = self._meet(held, node)
            if other is not None:
                raw.append((name, other))
                if name == "__dict__" and other.cls == "dict":
                    other.owner = node
                    self._refer[other] = None
        if before != raw or node.raw is None:
            node.raw = raw
            self._refer[node] = None
            here = {other for _, other in raw}
            own = [other for name, other in raw if name == "__dict__"]
            for _, other in before:
                if other.owner is node and other not in own:
                    other.owner = None
                    self._refer[other] = None
                if other.anchor is node and other not in here:
                    self.anchors.loosen(other)
            if node.owner is not None:
                self._refer[node.owner] = None

    def _derive_list(self, value: list[Any], node: Node, content: bytes) -> None:
        """Of a list only what is behind the unchanged beginning."""
        raw = node.raw or []
        start = common_prefix(content, node.content)
        cut = bisect_left(raw, start, key=_index)
        removed = raw[cut:]
        del raw[cut:]
        for place in range(start, len(value)):
            other = self._meet(value[place], node)
            if other is not None:
                raw.append((f"[{place}]", other))
        added = raw[cut:]
        here = {other for _, other in added}
        for _, other in removed:
            if other.anchor is node and other not in here:
                self.anchors.loosen(other)  # unless it is in the beginning, too
        self._differ(node, removed, added)

    def _count(self, start: int) -> int:
        """Count what was met since; how many have been counted then."""
        counts = list(map(sys.getrefcount, self.objects))[start:]
        weaks = list(map(weakref.getweakrefcount, self.objects))[start:]
        for node, count, weak in zip(self.fresh[start:], counts, weaks, strict=True):
            count -= COUNTED_BY_LIST
            weak -= node.watch is not None
            if (count, weak) != (node.count, node.weak):
                node.count = count
                node.weak = weak
                self.anchors.touch(node)
                self._counted(node)
        return len(self.objects)

    # References ----------------------------------------------------------------------------

    def _compare(self) -> None:
        while self._refer:
            node = next(iter(self._refer))
            del self._refer[node]
            if node.gone or node.raw is None:
                continue
            refs = self._folded(node)
            if refs is not node.refs:
                before, node.refs = node.refs, refs
                self._differ(node, before, refs)

    def _folded(self, node: Node) -> list[tuple[str, Node]]:
        """What it holds: its own `__dict__`, where nobody else holds that, is the object itself."""
        raw = node.raw or []
        if _is_folded(node):
            return []
        if node not in [held.owner for _, held in raw]:
            return raw
        refs: list[tuple[str, Node]] = []
        for name, held in raw:
            if held.owner is node and _is_folded(held):
                refs += [(_key(key), value) for key, value in held.raw or ()]
            else:
                refs.append((name, held))
        return refs

    def _differ(
        self, holder: Node, before: list[tuple[str, Node]], after: list[tuple[str, Node]]
    ) -> None:
        left: dict[tuple[str, Node], int] = {}
        for pair in before:
            left[pair] = left.get(pair, 0) + 1
        come: list[tuple[str, Node]] = []
        for pair in after:
            if left.get(pair, 0):
                left[pair] -= 1
            else:
                come.append(pair)
        changes = self._changes
        for (name, held), number in left.items():
            for _ in range(number):
                changes.gone.append((holder, name, held))
                self._release(holder, held)
        for name, held in come:
            changes.come.append((holder, name, held))
            changes.touched[held] = None
            held.holders[holder] = held.holders.get(holder, 0) + 1
            held.degree += 1
            self._found_at(held)

    def _release(self, holder: Node, held: Node) -> None:
        self._changes.touched[held] = None
        if holder in held.holders:
            held.degree -= 1
            held.holders[holder] -= 1
            if not held.holders[holder]:
                del held.holders[holder]

    def _found_at(self, node: Node) -> None:
        """Somebody holds it now: if it was not within reach it may be by this."""
        if node.watch is not None or node.anchor is None:
            return
        if node.anchor is self._adrift or not self.anchors.is_awake(node):
            self.anchors.loosen(node)

    def drop(self, node: Node) -> None:
        """The object is gone. Who held it does so no longer, or holds another in its place."""
        node.gone = True
        if self.nodes.get(node.address) is node:
            del self.nodes[node.address]
        self.anchors.remove(node)
        for holder in node.holders:
            holder.loose = True
            self.anchors.touch(holder)
        for _, held in node.refs:
            self._release(node, held)
        for _, held in node.raw or ():
            if held.owner is node:
                held.owner = None
                self._refer[held] = None
        if node.target is not None:
            node.target.weakly.pop(node, None)
        for reference in node.weakly:
            reference.target = None
        for root, names in node.roots.items():
            for name in names:
                root.names.pop(name, None)
        node.unlink()

    def _find_lost(self, roots: list[Root]) -> None:
        while self.anchors.lost:
            lost = list(self.anchors.lost)
            self.anchors.find_anchors(roots)
            moved = [n for n in lost if n not in self.anchors.lost and n not in self._queued]
            if moved:
                for node, value in self.fetch(moved).items():
                    self._again(value, node)
            left = list(self.anchors.lost)
            self.anchors.lost.clear()
            wanted = [node for node in left if node.serial >= 0]
            alive = {id(value): value for value in still_alive(wanted)} if wanted else {}
            for node in left:
                if node.address in alive:
                    self.anchors.attach(node, self._adrift)
                    self._again(alive[node.address], node)
                elif node.kind is None or node not in self._queued:  # or it will be watched
                    if node.serial >= 0:
                        self._changes.dead.append(node)
                    self.drop(node)
            del alive

    def fetch(self, nodes: Iterable[Node]) -> dict[Node, Any]:
        """The objects behind nodes that have no weak reference of ours."""
        inhand = dict(zip(self.fresh, self.objects, strict=True))
        found = {node: inhand[node] for node in nodes if node in inhand}
        rest = {node.address: node for node in nodes if node not in inhand}
        for address, node in list(rest.items()):
            anchor = node.anchor
            if isinstance(anchor, Node) and anchor.watch is not None:
                holder = anchor.watch()
                for value in (*gc.get_referents(holder), *held_besides(holder)):
                    if id(value) == address:
                        found[rest.pop(address)] = value
                        break
        if rest:
            found |= {rest[id(value)]: value for value in gc.get_objects() if id(value) in rest}
        return found

    # What belongs into the trace -----------------------------------------------------------

    def _spread(self) -> None:
        """What is shown, and whatever leads to it."""
        changes = self._changes
        found = {node: None for node in self.fresh if node.kind and _is_new(node)}
        found |= {
            holder: None
            for holder, _, held in changes.come
            if _is_new(holder) and not held.gone and held.serial >= 0
        }
        found |= {
            reference: None
            for reference, target in changes.weak
            if _is_new(reference) and target.serial >= 0
        }
        todo = list(found)
        while todo:
            node = todo.pop()
            for holder in (*node.holders, *node.weakly):
                if holder not in found and _is_new(holder):
                    found[holder] = None
                    todo.append(holder)
        changes.new = list(found)


def _kind(cls: type) -> str:
    for base, kind in _KINDS:
        if issubclass(cls, base):
            return kind
    return "other"


def _is_new(node: Node) -> bool:
    return node.serial < 0 and not node.gone


def _is_folded(node: Node) -> bool:
    return node.owner is not None and node.count == 1


def _cell_of(node: Node) -> Node:
    cells = [holder for holder in node.holders if holder.cls == "cell"]
    return max(cells, key=_number) if cells else node


def _number(node: Node) -> int:
    return node.number


def _index(pair: tuple[str, Node]) -> int:
    return int(pair[0][1:-1])


def _key(name: str) -> str:
    return name[2:-2] if name.startswith("['") and name.endswith("']") else name


_OURS_TOO: Final = (list, dict, tuple, set, frozenset)


def still_alive(wanted: Iterable[Node]) -> list[Any]:
    """The objects of nodes that nothing leads to, if the collector tracks them.

    Another object may be there by now. One of the program's own classes would have been met; a
    container may be one of ours, and is then told by what it holds.
    """
    by = {node.address: node for node in wanted}
    found: list[Any] = []
    for value in gc.get_objects():
        node = by.get(id(value))
        if node is None or id(type(value)) != node.type_id:
            continue
        content = addresses_of(gc.get_referents(value)) if type(value) in _OURS_TOO else b""
        if type(value) not in _OURS_TOO or (content and content == node.content):
            found.append(value)
    return found
