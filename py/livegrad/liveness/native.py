"""The probe written in Python: `sys.monitoring` for lines, weak references for deaths.

It looks at the heap at the end of each executed line, and once more before the
first death within a line, so that what the line made is known before what it
killed. A look costs what changed, and a scan of what is known (`scan.py`). It runs
wherever CPython does, and differs from the truth in this only:

- automatic collections come at other moments, since the recorder allocates too;
- `weakref.getweakrefcount` and `getweakrefs` show the program one reference more;
- what is born and dies within one line, with no death of something older before
  it, is not seen;
- of objects without support for weak references (tuples, lists, instances with
  __slots__ alone) it knows the death only when it looks the next time, except where
  their only holder died;
- what an unfinished expression holds is deduced (`unfinished.py`);
- an attribute that moves to another name of the same object within one line, while
  nothing else of the object changes, keeps its old name;
- of more than a hundred arrays, the first elements are told a few lines late.
"""

import gc
import sys
import threading
from collections.abc import Callable
from dis import opmap
from types import CodeType, FrameType
from typing import Final, Literal

from .calls import Call, Calls
from .exceptions import Exceptions
from .finalizers import REGISTRY, Finalizers
from .frames import lends, locals_of
from .heap import Heap
from .ledger import Ledger
from .monitoring import EVENTS, Tool
from .naming import References
from .picture import Watch
from .probe import Program, Watched
from .tracked import still_alive
from .walk import TooManyObjects
from .writer import Writer

_COLLECT: Final = gc.collect
_BEGIN: Final = opmap["RETURN_GENERATOR"]
"""Where a generator waits, or just behind it, before its first line."""
_HEADROOM: Final = 30
"""Python calls that a look may need: one broken off in the middle cannot be gone on with."""


class PythonProbe:
    """The probe of this module; see `probe.Probe`."""

    name: Literal["python"] = "python"

    def __init__(self) -> None:
        self._dead: list[Watch] = []
        self._limit: str | None = None
        self._watching = False
        self._looked_at: object = None
        self._asked = False
        self._trigger = "automatic"
        self._collecting = False
        self._collection_start = 0
        self._limbo: list[Watch] = []
        self._steps = 0

    # The interface -----------------------------------------------------------------------

    def start(self, program: Program) -> None:
        self._namespace = program.namespace
        self._code = program.code
        self._limits = program.limits
        self._writer = Writer(program.emit)
        self._files = {name: self._writer.file(name, text) for name, text in program.files.items()}
        self._heap = Heap(References(program.adapter, program.code), program.limits.objects)
        self._exceptions = Exceptions()
        self._finalizers = Finalizers()
        others = (self._exceptions.root, self._finalizers.root)
        self._ledger = Ledger(self._writer, self._heap, self._where, self._on_death, *others)
        self._calls = Calls(program.namespace, self._heap, self._ledger)
        self._thread = threading.get_ident()
        self._gc_callback = self._on_collection
        callbacks: dict[int, Callable[..., object]] = {
            EVENTS.LINE: self._on_line,
            EVENTS.PY_START: self._on_start,
            EVENTS.PY_RESUME: self._on_resume,
            EVENTS.PY_THROW: self._on_throw,
            EVENTS.PY_RETURN: self._on_return,
            EVENTS.PY_YIELD: self._on_return,
            EVENTS.PY_UNWIND: self._on_unwind,
            EVENTS.CALL: self._on_call,
        }
        self._tool = Tool(callbacks)
        gc.callbacks.append(self._gc_callback)
        self._watching = True
        self._tool.listen(*callbacks)

    def printed(self, stream: str, text: str) -> None:
        enabled = _rest()
        try:
            self._writer.output(stream, text)
        finally:
            _go_on(enabled)

    def rest(self) -> bool:
        self.stop()
        return False

    def resume(self, code: CodeType, text: str) -> None:
        raise RuntimeError("this probe has stopped: it cannot watch what comes after a program")

    def stop(self) -> None:
        if not self._watching:
            return
        self._watching = False
        self._tool.close()
        gc.callbacks.remove(self._gc_callback)
        self._namespace = {}
        self._dead.clear()
        self._limbo.clear()
        self._exceptions.release()
        self._heap.release()
        self._ledger.release()

    def close(self) -> Watched:
        self._writer.flush()
        return Watched(self._writer.event, self._limit)

    # Lines -------------------------------------------------------------------------------

    def _on_line(self, code: CodeType, line: int) -> object:
        if code.co_filename not in self._files:
            return sys.monitoring.DISABLE
        if self._foreign() or not self._calls:
            return None
        call = self._calls.top
        frame = sys._getframe(1)
        enabled = _rest()
        try:
            if call.line:
                self._end_of_line(frame)
            elif len(self._calls) > 1:
                self._guarded(frame, begun=call)  # what the caller's line has made so far
        finally:
            _go_on(enabled)
        call.line = line
        self._looked_at = None
        return None

    def _on_start(self, code: CodeType, offset: int) -> object:
        return self._enter(sys._getframe(1), 0)  # the offset is not 0 where cells are made first

    def _on_resume(self, code: CodeType, offset: int) -> object:
        frame = sys._getframe(1)
        return self._enter(frame, frame.f_lineno or 0)  # a generator goes on within its line

    def _on_throw(self, code: CodeType, offset: int, error: BaseException) -> None:
        del error
        frame = sys._getframe(1)
        begins = _BEGIN in code.co_code[max(offset - 2, 0) : offset + 1 : 2]
        self._enter(frame, 0 if begins else frame.f_lineno or 0)

    def _enter(self, frame: FrameType, line: int) -> object:
        code = frame.f_code
        if code.co_filename not in self._files:
            return sys.monitoring.DISABLE
        if self._foreign():
            return None
        enabled = _rest()
        try:
            call = Call(code, id(frame), self._where())
            call.line = line
            if self._calls or code is self._code:
                self._calls.push(call)
        finally:
            _go_on(enabled)
        return None

    def _on_return(self, code: CodeType, offset: int, value: object) -> object:
        if code.co_filename not in self._files:
            return sys.monitoring.DISABLE
        returned = id(value)
        del value  # or it would have one reference more
        self._leave(sys._getframe(1), returned)
        return None

    def _on_unwind(self, code: CodeType, offset: int, error: BaseException) -> None:
        own = code.co_filename in self._files
        if own and not self._foreign():
            self._exceptions.leaves(error)
        del error  # or it would have one reference more
        if own:
            self._leave(sys._getframe(1), 0)
            self._exceptions.release()

    def _leave(self, frame: FrameType, returned: int) -> None:
        """The frame returns, yields or fails: its line ends, with its locals alive."""
        if self._foreign() or not self._calls:
            return
        enabled = _rest()
        try:
            if self._calls.top.line:
                self._end_of_line(frame, returned)
            self._looked_at = None
            if self._watching:
                self._calls.pop()
        finally:
            _go_on(enabled)

    def _end_of_line(self, frame: FrameType, returned: int = 0) -> None:
        call = self._calls.top
        begun = None if call.root else call  # a generator has gone on within its line
        if not self._guarded(frame, returned, begun=begun, ends=True):
            return
        writer = self._writer
        writer.step(self._location(call), len(self._calls) - 1)
        writer.flush_if_due()
        self._steps += 1
        if limit := self._limits.reached(self._steps, writer.event, writer.written):
            self._end_early(limit)

    def _foreign(self) -> bool:
        return not self._watching or threading.get_ident() != self._thread

    # Looking -----------------------------------------------------------------------------

    def _guarded(
        self,
        frame: FrameType,
        returned: int = 0,
        *,
        begun: Call | None = None,
        ends: bool = False,
        collected: bool = False,
    ) -> bool:
        """Look, and write what is new. False if that ended the recording."""
        try:
            _need(_HEADROOM)
            if not self._collecting:
                self._dead.clear()
            self._look(frame, returned, begun=begun, ends=ends, collected=collected)
        except RecursionError:  # the program is at its limit, and will say so itself
            return self._watching
        except TooManyObjects:
            self._end_early(f"{self._limits.objects} objects looked at in one step")
        except Exception as error:
            self._end_early("", f"the recorder itself failed ({type(error).__name__}: {error})")
        return self._watching

    def _look(
        self, frame: FrameType, returned: int, *, begun: Call | None, ends: bool, collected: bool
    ) -> None:
        collection = -1
        if collected:
            collection = self._writer.next_collection()
            self._bury(collection)
        calls = self._calls
        awake = calls.awake(frame)
        if returned and awake:
            root = awake[-1][1]
            root.returned = returned
            root.lends = lends(frame.f_code, frame.f_lasti)
        named = [(calls.roots[0], list(self._namespace.items()))]
        named += [(root, locals_of(each)) for each, root in awake]
        roots = [root for root, _ in named]
        named += self._exceptions.named()
        if REGISTRY or self._finalizers.root.keys:
            named.append((self._finalizers.root, self._finalizers.named()))
        awake.clear()
        try:
            places = [*roots, self._exceptions.root, self._finalizers.root]
            changes = self._heap.look(places, named, calls.active, self._where())
            new = begun.root if begun else None
            self._ledger.update(changes, roots, collection, begun=new, ends=ends)
        finally:
            self._heap.done()

    # Deaths and collections ----------------------------------------------------------------

    def _on_death(self, watch: Watch) -> None:
        if not self._watching:
            return
        self._dead.append(watch)  # dropping it here would make gc.collect() return one more
        node = watch.node
        node.dying = True
        self._heap.anchors.touch(node)
        if self._collecting:
            self._limbo.append(watch)
            return
        frame = sys._getframe(1)
        enabled = _rest()
        try:
            if not self._foreign():
                own = frame.f_code.co_filename in self._files
                here = (id(frame), frame.f_lasti) if own else "library"
                if self._looked_at is None or (own and self._looked_at != here):
                    self._looked_at = here
                    if not self._guarded(frame):
                        return
            self._ledger.die(node)
        finally:
            _go_on(enabled)

    def _on_call(self, code: CodeType, offset: int, function: object, argument: object) -> object:
        if function is _COLLECT:
            self._asked = True
            return None
        return sys.monitoring.DISABLE

    def _on_collection(self, phase: str, info: dict[str, int]) -> None:
        if self._foreign():
            return
        frame = sys._getframe(1)
        enabled = _rest()
        try:
            if phase == "start":
                self._trigger = "call" if self._asked or not enabled else "automatic"
                self._asked = False
                if self._guarded(frame):
                    self._collecting = True
                    self._collection_start = self._writer.event + 1
            elif self._collecting:
                self._collecting = False
                self._looked_at = None
                if self._guarded(frame, collected=True):
                    self._writer.collection(
                        self._collection_start,
                        self._where(),
                        info["generation"],
                        self._trigger,
                        info["collected"],
                    )
        finally:
            _go_on(enabled)

    def _bury(self, collection: int) -> None:
        """Write the deaths of a collection, but not of what a finalizer has brought back."""
        nodes = [watch.node for watch in self._limbo]
        alive = {id(value): value for value in still_alive(nodes)} if nodes else {}
        for node in nodes:
            if node.address in alive and not node.gone:
                node.dying = False
                self._ledger.watch(node, alive[node.address])
            else:
                self._ledger.die(node, collection)
        self._limbo.clear()

    def _end_early(self, limit: str, failure: str = "") -> None:
        line = self._calls.top.line if self._calls else 0
        reason = failure or f"its limit of {limit} was reached"
        self._limit = (
            f"The recording ended at line {line}: {reason}; the program ran on unrecorded."
        )
        self.stop()
        self._writer.limited(self._limit)

    # Where we are --------------------------------------------------------------------------

    def _location(self, call: Call) -> int:
        code = call.code
        return self._writer.location(self._files[code.co_filename], code.co_name, call.line)

    def _where(self) -> int:
        """The stack of the program's calls, as a row of the trace."""
        if not self._calls:
            return -1
        call = self._calls.top
        return self._writer.stack(self._location(call), call.below) if call.line else call.below


def _rest() -> bool:
    """Let the collector rest; whether it was enabled.

    It would run because of what we allocate, over the program's objects, and its deaths would
    be written in the middle of what is being written.
    """
    enabled = gc.isenabled()
    gc.disable()
    return enabled


def _go_on(enabled: bool) -> None:
    if enabled:
        gc.enable()


def _need(calls: int) -> None:
    """RecursionError unless so many Python calls can still be made."""
    if calls:
        _need(calls - 1)
