"""Writes the generated cases of the analysis: `python tests/liveness/write_cases.py`.

Random programs, and the programs of real leaks, are recorded with the recorder of the moment, asked
at random about their whole life, and written with Python's answers to `cases/analysis/`. From then
on the files are a contract like those made by hand: Python and TypeScript must both answer them.
"""

import gc
import io
import json
import random
import sys
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE)]

import test_leaks as leaks  # noqa: E402
from test_analysis_cases import FOLDER, answer  # noqa: E402

from livegrad.liveness import Trace, analysis, record  # noqa: E402
from livegrad.liveness.trace import FORMAT, VERSION  # noqa: E402
from livegrad.liveness.writer import Writer  # noqa: E402

NAMES = "abcdef"
HEAD = (
    "import gc, weakref\nimport numpy as np\ngc.disable()\n\n\nclass Node:\n    pass\n\n\n"
    "def visit(node):\n    inner = Node()\n    inner.up = node\n    return inner\n\n\n"
    "def close(node):\n    return lambda: node\n\n\n"
    + "".join(f"{name} = Node()\n" for name in NAMES)
)
LEAKS = {
    "losses": leaks.LOSSES,
    "losses-copied": leaks.LOSSES.replace("np.array(2.0)", "np.ones(5)"),
    "recurrent": leaks.HEAD
    + "class Cell:\n    def __init__(self):\n        self.h = Variable(np.array(0.1))\n"
    "    def step(self, x):\n        self.h = tanh(self.h + x)\n"
    "rnn = Cell()\nfor i in range(3):\n    rnn.step(Variable(np.array(1.0)))\n",
    "gradient-graph": leaks.HEAD
    + "x = Variable(np.array(2.0))\ny = square(x)\ny.backward(create_graph=True)\ny = None\n",
    "own-output": leaks.HEAD + "from livegrad import Function\n"
    "class Exp(Function):\n    def forward(self, x):\n        return np.exp(x)\n"
    "x = Variable(np.array(2.0))\ny = Exp()(x)\ny.creator.y = y\nf = y.creator\ny = None\n"
    "i = 0\nj = 0\nk = 0\n",
    "closure": leaks.HEAD + "def watch(y):\n    def hook():\n        return y\n    return hook\n"
    "x = Variable(np.array(2.0))\nhook = watch(square(x))\nother = watch([1, x.data])\n",
    "traceback": leaks.THING + "def fail():\n    big = Thing()\n    raise ValueError\n"
    "try:\n    fail()\nexcept ValueError as error:\n    kept = error\n",
    "cache": "import functools\nclass Thing:\n    @functools.lru_cache\n    def area(self):\n"
    "        return 1\nthing = Thing()\nthing.area()\nthing = None\n",
    "view": "import numpy as np\nhuge = np.zeros(1000)\ntiny = huge[:1]\nwide = huge[:600]\n"
    "huge = None\nwide = None\n",
    "interactive": leaks.THING + "_ = Thing()\nkept = {Thing()}\n"
    "def f():\n    own = Thing()\n    yield 1\ng = f()\nnext(g)\n",
    "generations": leaks.HEAD
    + "x = Variable(np.array(2.0))\na = square(x)\nb = square(a)\nc = exp(a)\ny = b + c\n"
    "y.backward()\ny = None\n",
}

CAUSES = """import gc
class Node:
    pass
def f():
    own = Node()
    gone = Node()
def make():
    return Node()
a = Node()
a = None
a = Node()
a.b = Node()
a.b = None
a.b = Node()
kept = [Node(), Node(), Node()]
kept.pop()
kept.clear()
kept.append(Node())
kept.pop()
by = {'k': Node(), 'l': Node()}
by.clear()
f()
make()
a.me = a
a = None
gc.collect()
"""
"""Every way to die."""


UNFINISHED = """class Thing:
    def __init__(self):
        self.up = None
    def same(self):
        return self
def fail(thing):
    raise ValueError(thing)
copies = list(map(Thing.same, [Thing()]))
Thing().same()
for each in [Thing()]:
    copies = each
try:
    fail(Thing())
except ValueError:
    copies = None
"""
"""What holds without a name, as the recorder that is written in Python deduces it."""

WORDS = ("C", "call", "temporary", "function", "handled", "raised", "subclasses")


def unnamed():
    """A trace, made by hand, of objects that only such holders have as have no name."""
    chunks: list[str] = []
    writer = Writer(lambda _, text: chunks.append(text))
    file = writer.file("main.py", "f()\n")
    line = writer.location(file, "<module>", 1)
    stack = writer.stack(line, -1)
    module = writer.birth("module", "<module>", -1)
    running = writer.birth("frame", "f", stack)
    interpreter = writer.birth("frame", "<interpreter>", -1)
    for word in WORDS:
        holder = interpreter if word in WORDS[4:] else running
        for held in (holder, module) if word == "temporary" else (holder,):
            thing = writer.birth("instance", "Thing", stack)
            items = writer.birth("container", "list", stack)
            writer.edge(held, thing, f"({word})", "strong")
            writer.edge(held, items, f"({word})", "strong")
            inner = writer.birth("instance", "Thing", stack)
            writer.edge(items, inner, "[0]", "strong")
            for each in (thing, items, inner):
                writer.count(each, 1, 0, 0)
        writer.step(line, 0)
    writer.flush()
    header = {"python": "3.14.2", "numpy": None, "platform": "emscripten", "probe": "outside"}
    header |= {"outputs": "weak", "main": "main.py"}
    end = {"status": "finished", "event": writer.event, "message": None, "traceback": None}
    end |= {"line": None, "limit": None}
    data = {"format": FORMAT, "version": VERSION, "header": header, "end": end}
    return Trace(data | {"chunks": [json.loads(chunk) for chunk in chunks]})


def everything(trace):
    """Why each object is alive at the end, and what would die with it."""
    state = trace.state(len(trace.steps) - 1)
    for serial in state.alive:
        if state.replay.kinds[serial] in analysis.SHOWN:
            asked = {"object": state.replay.labels[serial], "step": len(trace.steps) - 1}
            yield {"ask": "why"} | asked
            yield {"ask": "dies"} | asked


def program(dice: random.Random, lines: int) -> str:
    """Lines that bind, hang, hide, weaken, drop and collect, all of which run."""
    own = set(NAMES)  # names of a Node
    said = []
    for _ in range(lines):
        a, b, c = (dice.choice(sorted(own)) for _ in range(3))
        line = dice.choice(
            [
                f"{a} = Node()",
                f"{a}.x = {b}",
                f"{a}.x = {b}",
                f"{a}.y = {b}",
                f"{a}.items = [{b}, ({c}, {b})]",
                f"{a}.items = {{'k': {b}, 2: {c}}}",
                f"{a}.weak = weakref.ref({b})",
                f"{a}.call = close({b})",
                f"{a} = visit({b})",
                f"{a}.data = np.zeros({dice.randrange(1, 50)})",
                f"{a}.data = getattr({b}, 'data', np.ones(40))[:2]",
                f"{a} = {b}",
                f"{a} = None",
                f"{a}.x = None",
                "gc.collect()",
            ]
        )
        if line.endswith("= None") and "." not in line:
            if len(own) == 1:
                continue
            own.discard(a)
        said.append(line)
        if dice.random() < 0.2:
            name = dice.choice(NAMES)
            said.append(f"{name} = Node()")
            own.add(name)
    return HEAD + "\n".join(said) + "\n"


def questions(dice: random.Random, most: int, trace):
    """Questions of every kind about moments and objects of a trace, most of them alive."""
    replay = analysis.replay(trace)
    steps = len(trace.steps)
    shown = [o for o, kind in enumerate(replay.kinds) if kind in analysis.SHOWN]
    strong = [e for e, s in enumerate(replay.strengths) if s == "strong"]
    for at in range(most):
        step = dice.randrange(steps // 4, steps) if at else steps - 1
        state = trace.state(step)
        alive = [o for o in shown if state.is_alive(o)] or shown
        held = [e for e in strong if replay.holds_at(e, state.event)]
        for ask in ("why", "dies"):
            there = alive if ask == "dies" or dice.random() < 0.8 else shown
            if there and (ask == "why" or state.is_alive(there[0])):
                yield {"ask": ask, "object": replay.labels[dice.choice(there)], "step": step}
        yield {"ask": "cut", "edges": dice.sample(held, min(len(held), at % 3 + 1)), "step": step}
        if strong:
            yield {"ask": "if_weak", "edge": dice.choice(strong)}
        yield {"ask": "growth", "first": dice.randrange(-1, step + 1), "last": step}
        yield {"ask": dice.choice(["retained", "islands"]), "step": step}
        yield {"ask": dice.choice(["next_birth", "next_death"]), "event": state.event}
    yield {"ask": "pinned", "step": steps - 1}


def everywhere(trace):
    """Why each object is alive at each step."""
    replay = analysis.replay(trace)
    for step in range(len(trace.steps)):
        for serial in trace.state(step).alive:
            if replay.kinds[serial] in analysis.SHOWN:
                yield {"ask": "why", "object": replay.labels[serial], "step": step}


def deaths(trace):
    """Why of everything that has died at the end."""
    replay = analysis.replay(trace)
    for serial in replay.death:
        yield {"ask": "why", "object": replay.labels[serial], "step": len(trace.steps) - 1}


def write(name: str, source: str, ask) -> None:
    trace = record(source)
    assert trace.end["status"] == "finished", trace.end["traceback"]
    keep(name, trace, ask)


def keep(name: str, trace: Trace, ask) -> None:
    asked = [q | {"answer": answer(trace, q)} for q in ask(trace)]
    lines = ",\n".join(json.dumps(q, ensure_ascii=False) for q in asked)
    with io.StringIO() as file:
        trace.dump(file)
        whole = file.getvalue().strip()
    text = f'{{\n"trace": {whole},\n"questions": [\n{lines}\n]\n}}\n'
    (FOLDER / "analysis" / f"{name}.json").write_text(text, encoding="utf-8")


def main() -> None:
    gc.disable()  # or it would run somewhere in the programs
    for seed in range(8):
        dice = random.Random(seed)
        write(f"generated-{seed}", program(dice, 20 + 5 * seed), partial(questions, dice, 6))
    for name, source in LEAKS.items():
        write(f"leak-{name}", source, partial(questions, random.Random(name), 5))
    write("causes", CAUSES, deaths)
    write("unfinished", UNFINISHED, everywhere)
    keep("unnamed", unnamed(), everything)


if __name__ == "__main__":
    main()
