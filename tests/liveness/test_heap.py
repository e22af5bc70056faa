"""What the recorder knows by looking at what has changed is what a look at the whole heap finds."""

import gc
import sys
from collections import Counter
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whole_look import Look

from livegrad.liveness import Limits, record
from livegrad.liveness.heap import RETURN
from livegrad.liveness.naming import References
from livegrad.liveness.native import PythonProbe
from livegrad.liveness.tracked import still_alive

OWN_PACKAGE = "livegrad.liveness"


class CheckedProbe(PythonProbe):
    """Compares, at each look, what it knows with a look at the whole heap."""

    def start(self, program):
        self.looks = 0
        self.oracle = References(program.adapter, program.code)
        super().start(program)

    def _look(self, frame, returned, **options):
        super()._look(frame, returned, **options)
        self.looks += 1
        if self._limbo:  # a finalizer in a collection: what it has may die, or come back
            return
        known, found = self._known(), self._found(frame)
        for what in found:
            assert known[what] == found[what], _difference(what, known[what], found[what])

    def _nodes(self):
        """What is in the trace and lives: not what is dying, nor what hangs from that alone."""
        nodes = [n for n in self._heap.nodes.values() if n.serial >= 0 and not n.dying]
        while True:
            left = [
                n
                for n in nodes
                if n.watch is not None or n.roots or not n.holders or {*n.holders} & {*nodes}
            ]
            if len(left) == len(nodes):
                return nodes
            nodes = left

    def _known(self):
        nodes = self._nodes()
        shown = {n.address for n in nodes}
        islands = set(self._ledger._islands._rows)
        return {
            "objects": {n.address: n.cls for n in nodes},
            "references": Counter(
                (n.address, name, held.address)
                for n in nodes
                for name, held in n.refs
                if held.address in shown
            ),
            "weak": {
                (n.address, n.target.address)
                for n in nodes
                if n.target is not None and n.target.address in shown
            },
            "counts": {n.address: (n.count, n.weak) for n in nodes},
            "names": {
                (root.frame_id, name): node.address
                for root in self._calls.roots
                for name, node in root.names.items()
                if name != RETURN and node.address in shown
            },
            "islands": {frozenset(n.address for n in members) for members in islands},
        }

    def _found(self, frame: FrameType):
        nodes = self._nodes()
        roots = {root.frame_id: root for root in self._calls.roots}
        frames = []
        while frame.f_code is not self._code:
            if id(frame) in roots:
                frames.append(frame)
            frame = frame.f_back
        look = Look(self.oracle, frozenset(self._calls.active))
        look.namespace(self._namespace)
        for each in reversed(frames):
            look.frame(each)
        look.also([node.watch() for node in nodes if node.watch is not None])
        missing = [n for n in nodes if n.address not in look.by_address]
        if missing:
            look.also(still_alive(missing))
        look.close({node.address for node in nodes})
        here = {n.address: n for n in nodes}
        at = [node.address for node in look.nodes]
        found = {
            "objects": {at[i]: look.nodes[i].cls for i in look.relevant},
            "references": Counter(
                (at[i], name, at[held])
                for i in look.relevant
                for name, held in look.nodes[i].refs
                if held in look.relevant
            ),
            "weak": {
                (at[reference], at[target])
                for reference, target in look.weak
                if reference in look.relevant and target in look.relevant
            },
            "counts": {
                at[i]: (
                    look.nodes[i].count,
                    look.nodes[i].weak - (at[i] in here and here[at[i]].watch is not None),
                )
                for i in look.relevant
            },
            "names": {
                (0 if place == 0 else root.address, name): at[held]
                for place, root in enumerate(look.roots)
                for name, held in root.names
                if held in look.relevant
            },
            "islands": {
                frozenset(at[i] for i in members) for members in look.unreachable() if members
            },
        }
        look.forget()
        return found


def _difference(what, known, found):
    if isinstance(known, set):
        known, found = known - found, found - known
    elif isinstance(known, dict):
        keys = [k for k in {*known, *found} if known.get(k) != found.get(k)]
        known, found = ({k: side.get(k) for k in keys} for side in (known, found))
    return f"{what}: the recorder has {known}, the whole look {found}"


DEAD = "ReferenceError: weakly-referenced object no longer exists"
"""How a program ends that asks a proxy for what is gone."""


def check(source: str) -> int:
    """Record with the comparison; how many looks were compared."""
    probe = CheckedProbe()
    trace = record(source, probe=probe, limits=Limits(steps=100_000))
    assert trace.end["limit"] is None, trace.end["limit"]
    traceback = trace.end["traceback"]
    assert traceback is None or DEAD in traceback, traceback
    return probe.looks


HEAD = """
import gc, weakref
import numpy as np
from livegrad import Variable
from livegrad.functions import square
gc.disable()
class Thing:
    shared = None
    def method(self):
        return self
    def __del__(self):
        pass
class Slotted:
    __slots__ = ("me", "other", "__weakref__")
class Bare:
    __slots__ = ("me", "other")
class Mapping(dict):
    pass
def put(holder, key, value):
    try:
        if isinstance(holder, list):
            holder.append(value)
        elif isinstance(holder, dict):
            holder[key] = value
        elif isinstance(holder, set):
            holder.add(value)
        else:
            setattr(holder, key, value)
    except (AttributeError, TypeError, ReferenceError):
        pass
def take(holder, key):
    try:
        if isinstance(holder, (list, set)):
            holder.pop()
        elif isinstance(holder, dict):
            del holder[key]
        else:
            delattr(holder, key)
    except (AttributeError, TypeError, KeyError, IndexError, ReferenceError):
        pass
def shuffle(holder):
    if isinstance(holder, list):
        holder.reverse()
    elif isinstance(holder, Thing):
        holder.me, holder.other = getattr(holder, "other", 1), getattr(holder, "me", 2)
def tie(x):
    def inner(y=None):
        nonlocal x
        x, y = y, x
        return y
    return inner
def produce(x):
    own = [x]
    got = yield x
    own.append(got)
    yield own
def deep(n, x):
    local = (x, n)
    return deep(n - 1, local) if n else x
def fail(x):
    local = {"x": x}
    raise ValueError(x)
def caught(x):
    try:
        fail(x)
    except ValueError as error:
        return error
def of_set(*items):
    try:
        return set(items)
    except TypeError:
        return frozenset()
def weakly(x):
    try:
        return weakref.ref(x)
    except TypeError:
        return None
def proxy(x):
    try:
        return weakref.proxy(x)
    except TypeError:
        return None
def namespace(x):
    return x.__dict__ if type(x) is Thing else None
def call(x, *rest):
    try:
        return x(*rest) if callable(x) else x
    except TypeError:
        return None
def forward(x):
    return square(x) if isinstance(x, Variable) else Variable(np.ones(2))
def items(*them):
    array = np.empty(len(them), dtype=object)
    array[:] = them
    return array
def ordered(xs):
    return sorted(xs, key=lambda each: id(each)) if isinstance(xs, list) else xs
a = b = c = d = None
"""
name = st.sampled_from("abcd")
key = st.sampled_from(("me", "other"))


def line(text):
    return st.builds(text.format, name, name, name, k=key)


LINES = (
    "{0} = Thing()",
    "{0} = Slotted()",
    "{0} = Bare()",
    "{0} = Mapping()",
    "{0} = {1}",
    "{0} = None",
    "{0}, {1} = {1}, {0}",
    "{0} = [{1}, {2}]",
    "{0} = ({1}, {2})",
    "{0} = ({1}, 1)",
    "{0} = {{'{k}': {1}, 1: {2}}}",
    "{0} = {{}}",
    "{0} = []",
    "{0} = of_set({1}, {2}) if not isinstance({1}, np.ndarray) else set()",
    "put({0}, '{k}', {1})",
    "put({0}, '{k}', {0})",
    "put({0}, '{k}', [{1}])",
    "put({0}, '{k}', {{}})",
    "take({0}, '{k}')",
    "shuffle({0})",
    "Thing.shared = {0}",
    "{0} = weakly({1})",
    "{0} = proxy({1})",
    "{0} = call({1})",
    "{0} = call({1}, {2})",
    "{0} = tie({1})",
    "{0} = produce({1})",
    "{0} = next({0}, None) if hasattr({0}, 'send') else {0}",
    "{0} = list(produce({1}))",
    "{0} = deep(3, {1})",
    "{0} = caught({1})",
    "{0} = namespace({1})",
    "{0} = {1}.method if type({1}) is Thing else {1}",
    "{0} = np.zeros(3)",
    "{0} = {1}[:1] if isinstance({1}, (np.ndarray, list, tuple)) else {1}",
    "{0} = items({1}, {2})",
    "{0} = forward({1})",
    "{0} = ordered([{1}, {2}])",
    "put({0}, '{k}', 1); put({0}, '{k}', Thing())",
    "gc.collect()",
    "for each in range(3): put({0}, '{k}', Thing())",
    "for each in [{0}, {1}]: {2} = each",
)


@settings(max_examples=100 if sys.platform != "emscripten" else 10)
@given(st.lists(st.sampled_from(LINES).flatmap(line), max_size=14))
@example(["a = Thing()", "put(a, 'me', a)", "a = None", "gc.collect()"])
@example(["b = Thing()", "a = namespace(b)", "put(a, 'me', b)"])
@example(["b = Thing()", "a = namespace(b)", "put(a, 'me', 1)", "put(a, 'me', Thing())"])
@example(["a = proxy(of_set())", "put(a, 'me', a)"])
@example(["a = Thing()", "b = proxy(a)", "a = None", "a = forward(b)"])
def test_generated_programs(lines):
    told = check(HEAD + "\n".join(lines) + "\n")
    assert told >= len(lines) or "proxy" in "".join(lines)
    gc.collect()


@pytest.mark.parametrize("outputs", ["True", "False"])
def test_a_training_run(outputs):
    check(
        "import numpy as np\nfrom livegrad import Variable, using_config\n"
        "from livegrad.functions import square, sum\nfrom livegrad.layers import Linear\n"
        "layer = Linear(3)\nlosses = []\n"
        f"with using_config('weak_outputs', {outputs}):\n"
        "    for i in range(4):\n"
        "        x = Variable(np.ones((2, 4)))\n"
        "        loss = sum(square(layer(x)))\n"
        "        layer.cleargrads()\n"
        "        loss.backward(create_graph=i == 2)\n"
        "        losses.append(loss)\n"
        "losses.pop(0)\nlosses.clear()\n"
    )
