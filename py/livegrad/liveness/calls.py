"""The running functions of a program, and which of their frames may have changed.

A frame's variables change while it runs, or while what it has called runs (its line has made
something before the call). Those further down sleep: they are not read again before they are
called back to, or deep recursion would cost its square.
"""

from inspect import CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS
from types import CodeType, FrameType
from typing import Any, Final

from .heap import Heap
from .ledger import Ledger
from .picture import Root

_OWN_PACKAGE: Final = __name__.rpartition(".")[0]


class Call:
    """A running function of the program's files.

    Attributes:
        line: that is being executed; 0 before the first.
        below: the caller's stack as a row of the trace.
        root: its frame, once it was looked at.
    """

    __slots__ = ("below", "code", "frame_id", "line", "root")

    def __init__(self, code: CodeType, frame_id: int, below: int) -> None:
        self.code = code
        self.frame_id = frame_id
        self.below = below
        self.line = 0
        self.root: Root | None = None


class Calls:
    """The stack. The first call is the module's.

    Attributes:
        roots: the namespace, then the frames, outermost first.
        active: addresses of the namespace and the frames, which are no objects of the program.
    """

    def __init__(self, namespace: dict[str, Any], heap: Heap, ledger: Ledger) -> None:
        self._heap = heap
        self._ledger = ledger
        self.stack: list[Call] = []
        module = Root(0, 0, "<module>")
        module.serial = 0
        self.roots = [module]
        self.active = {id(namespace)}
        self._asleep = 1  # roots below this place sleep, but for the namespace

    def __len__(self) -> int:
        return len(self.stack)

    @property
    def top(self) -> Call:
        return self.stack[-1]

    def push(self, call: Call) -> None:
        self.stack.append(call)
        self.active.add(call.frame_id)

    def pop(self) -> None:
        """The function is left, and what it had called in libraries, too."""
        call = self.stack.pop()
        self.active.discard(call.frame_id)
        if call.root is not None:
            self._leave_from(call.root.depth)

    def _leave_from(self, depth: int) -> None:
        for root in reversed(self.roots[depth:]):
            self.active.discard(root.frame_id)
            self._ledger.frame_left(root)
        del self.roots[depth:]
        self._asleep = min(self._asleep, depth)

    def awake(self, frame: FrameType) -> list[tuple[FrameType, Root]]:
        """The frames that may have changed, outermost first, without the recorder's own."""
        if not self.stack:  # the collector runs before the first call, or after the last
            return []
        place = max(len(self.stack) - 2, 0)
        while place and self.stack[place].root is None:
            place -= 1
        base = self.stack[place]
        chain: list[FrameType] = []
        here: FrameType | None = frame
        while here is not None and id(here) != base.frame_id:
            chain.append(here)
            here = here.f_back
        if here is None:
            return []
        depth = 1
        if base.root is not None:
            chain.append(here)
            depth = base.root.depth
        calls = {call.frame_id: call for call in self.stack[place:]}
        old = {(root.frame_id, root.name): root for root in self.roots[depth:]}
        found: list[tuple[FrameType, Root]] = []
        for each in reversed(chain):
            root = self._root(each, calls, old)
            if root is not None:
                old.pop((root.frame_id, root.name), None)
                found.append((each, root))
        for root in old.values():
            self.active.discard(root.frame_id)
            self._ledger.frame_left(root)
        self.roots[depth:] = [root for _, root in found]
        for place, (_, root) in enumerate(found, depth):
            root.depth = place
            root.awake = True
            self.active.add(root.frame_id)
        self._sleep(depth)
        return found

    def _sleep(self, depth: int) -> None:
        for root in self.roots[self._asleep : depth]:
            root.awake = False
            self._heap.anchors.release(root)
        self._asleep = depth

    def _root(
        self, frame: FrameType, calls: dict[int, Call], old: dict[tuple[int, str], Root]
    ) -> Root | None:
        code = frame.f_code
        call = calls.get(id(frame))
        if call is not None and call.root is not None:
            return call.root
        name = code.co_name if code.co_flags & CO_OPTIMIZED else f"<class {code.co_name}>"
        if call is None:
            if code.co_filename == self.stack[0].code.co_filename:
                return None  # entered before its first line, or on its way out
            if str(frame.f_globals.get("__name__")).startswith(_OWN_PACKAGE):
                return None
            if (id(frame), name) in old:
                return old[id(frame), name]
        arguments = code.co_argcount + code.co_kwonlyargcount
        arguments += bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
        names = ",".join(code.co_varnames[:arguments])
        cells = code.co_cellvars + code.co_freevars
        root = Root(0, id(frame), name, names, call is not None, cells)
        if call is not None:
            call.root = root
        return root
