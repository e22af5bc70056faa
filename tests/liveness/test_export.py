"""Exports, read back by the rules of the formats that they are in."""

import io
import json
import pickle
import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livegrad.liveness import record
from livegrad.liveness.export import FORMATS, export, to_dot, to_heapsnapshot, to_svg, to_torch
from livegrad.liveness.export.dot import escaped
from livegrad.liveness.export.picture import picture

SOURCE = r"""import weakref
import numpy as np
from livegrad import Variable
from livegrad.functions import square
class Thing:
    pass
x = Variable(np.ones(3))
y = square(x)
a = Thing()
a.kept = {'"quoted" <&> \\ \n': Thing(), 'é': np.zeros(5)}
a.itself = a
r = weakref.ref(a)
view = np.zeros(100)[:2]
for i in range(2):
    z = np.zeros(64)
a = None
y = None
"""


@pytest.fixture(scope="module")
def trace():
    found = record(SOURCE)
    assert found.end["status"] == "finished", found.end["traceback"]
    return found


def at(trace, line):
    lines = [step.line for step in trace.steps]
    return trace.state(len(lines) - 1 - lines[::-1].index(line))


LINES = [1, 8, 13, 17]


@pytest.mark.parametrize("to", FORMATS)
def test_each_format_is_written(trace, to, tmp_path):
    export(at(trace, 17), to, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 100


# DOT -------------------------------------------------------------------------------------


def statements(text):
    lines = text.splitlines()
    assert lines[0] == "digraph heap {"
    assert lines[-1] == "}"
    for line in lines[1:-1]:
        found = re.fullmatch(
            r'  (o\d+)(?: -> (o\d+))? \[label="((?:[^"\\]|\\.)*)"(?:, [^"]*(?:"[^"]*"[^"]*)*)?\];',
            line,
        )
        if found:
            yield found.groups()
        else:
            assert re.fullmatch(r"  (rankdir=LR|node \[.*\]|edge \[.*\]);", line), line


@pytest.mark.parametrize("line", LINES)
def test_dot(trace, line):
    state = at(trace, line)
    boxes, arrows = picture(state)
    found = list(statements(to_dot(state).decode()))
    nodes = {name: text for name, to, text in found if to is None}
    edges = [(name, to, text) for name, to, text in found if to is not None]
    assert nodes == {f"o{b.serial}": r"\n".join(escaped(t) for t in b.lines) for b in boxes}
    assert edges == [(f"o{a.holder}", f"o{a.held}", escaped(a.text)) for a in arrows]
    assert {end for name, to, _ in edges for end in (name, to)} <= nodes.keys()


@given(st.text())
def test_dot_escapes(text):
    quoted = f'"{escaped(text)}"'
    assert re.fullmatch(r'"(?:[^"\\\n\r\0]|\\[\\"n])*"', quoted, re.DOTALL)
    back = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], quoted[1:-1])
    assert back == text.replace("\r", "").replace("\0", "")


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(trace):
    done = subprocess.run(
        ["dot", "-Tsvg"], input=to_dot(at(trace, 17)), capture_output=True, check=True
    )
    assert b"Thing#1" in done.stdout


# SVG -------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("line", LINES)
def test_svg(trace, line):
    state = at(trace, line)
    boxes, arrows = picture(state)
    root = ElementTree.fromstring(to_svg(state))
    texts = [[text.text for text in group.iter(SVG + "text")] for group in root.iter(SVG + "g")]
    assert texts == [list(box.lines) for box in boxes]
    paths = [path for path in root.iter(SVG + "path") if path.get("marker-end")]
    assert len(paths) == len(arrows)
    assert sum(path.get("stroke-dasharray") is not None for path in paths) == sum(
        arrow.weak for arrow in arrows
    )


@pytest.mark.parametrize("line", LINES)
def test_boxes_do_not_overlap_and_are_inside(trace, line):
    root = ElementTree.fromstring(to_svg(at(trace, line)))
    rects = [
        tuple(float(rect.get(name)) for name in ("x", "y", "width", "height"))
        for rect in root.iter(SVG + "rect")
    ]
    width, height = float(root.get("width")), float(root.get("height"))
    for place, (x, y, w, h) in enumerate(rects):
        assert min(x, y) >= 0
        assert x + w <= width
        assert y + h <= height
        for x2, y2, w2, h2 in rects[:place]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


# Heap snapshots --------------------------------------------------------------------------


def read_heapsnapshot(content):
    """Nodes and edges by the meta data that the file itself gives, as the tools read it."""
    data = json.loads(content)
    meta, strings = data["snapshot"]["meta"], data["strings"]
    nodes = unpacked(data["nodes"], meta["node_fields"])
    edges = unpacked(data["edges"], meta["edge_fields"])
    assert len(nodes) == data["snapshot"]["node_count"]
    assert len(edges) == data["snapshot"]["edge_count"]
    assert sum(node["edge_count"] for node in nodes) == len(edges)
    assert len({node["id"] for node in nodes}) == len(nodes)
    rest = iter(edges)
    found = []
    for node in nodes:
        node["type"] = meta["node_types"][0][node["type"]]
        node["name"] = strings[node["name"]]
        for _ in range(node["edge_count"]):
            edge = next(rest)
            kind = meta["edge_types"][0][edge["type"]]
            name = edge["name_or_index"]
            to, remainder = divmod(edge["to_node"], len(meta["node_fields"]))
            assert remainder == 0
            text = name if kind in ("element", "hidden") else strings[name]
            found.append((node["name"], kind, text, nodes[to]))
    return nodes, found


def unpacked(numbers, fields):
    assert len(numbers) % len(fields) == 0
    rows = zip(*[iter(numbers)] * len(fields), strict=True)
    return [dict(zip(fields, row, strict=True)) for row in rows]


@pytest.mark.parametrize("line", LINES)
def test_heapsnapshot(trace, line):
    state = at(trace, line)
    replay = state.replay
    nodes, edges = read_heapsnapshot(to_heapsnapshot(state))
    assert [node["name"] for node in nodes[3:]] == [replay.labels[o] for o in state.alive]
    owned = sum(replay.nbytes.get(o, 0) for o in state.alive)
    assert sum(node["self_size"] for node in nodes) == owned == state.nbytes
    told = {(name, kind == "weak", text, to["name"]) for name, kind, text, to in edges if text}
    expected = {
        (
            replay.labels[replay.holders[e]],
            replay.strengths[e] == "weak",
            replay.names[e],
            replay.labels[o],
        )
        for o in state.alive
        for e in state.edges(o)
        if replay.strengths[e] != "borrowed"
    }
    assert expected <= told
    assert all(name.startswith("(") or name == "" for name, *_ in told - expected)
    # All that the tools show hangs from the first node.
    reached, more = {""}, True
    while more:
        more = {to["name"] for name, kind, _, to in edges if name in reached and kind != "weak"}
        more -= reached
        reached |= more
    assert {node["name"] for node in nodes} == reached


# PyTorch ---------------------------------------------------------------------------------


class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        raise AssertionError(f"the pickle would import {module}.{name}")


@pytest.mark.parametrize("line", LINES)
def test_torch(trace, line):
    state = at(trace, line)
    snapshot = Plain(io.BytesIO(to_torch(state))).load()
    (events,) = snapshot["device_traces"]
    live = {}
    for event in events:
        assert set(event) == {"action", "addr", "size", "stream", "time_us", "frames"}
        if event["action"] == "alloc":
            assert event["addr"] not in live
            live[event["addr"]] = event["size"]
        elif event["action"] == "free_completed":
            assert live.pop(event["addr"]) == event["size"]
        else:
            assert event["action"] == "free_requested"
        for frame in event["frames"]:
            assert frame["filename"] == "main.py"
            assert 1 <= frame["line"] <= SOURCE.count("\n")
    assert sum(live.values()) == state.nbytes
    times = [event["time_us"] for event in events]
    assert times == sorted(times)
    for segment in snapshot["segments"]:
        active = [b for b in segment["blocks"] if b["state"] == "active_allocated"]
        assert {b["address"]: b["requested_size"] for b in active} == live
        assert sum(b["size"] for b in segment["blocks"]) == segment["total_size"]
        ends = [b["address"] + b["size"] for b in segment["blocks"]]
        assert [b["address"] for b in segment["blocks"]] == [segment["address"], *ends[:-1]]


def test_torch_tells_the_lines(trace):
    state = at(trace, 17)
    snapshot = pickle.loads(to_torch(state))
    told = [
        (event["action"], event["frames"][0]["line"])
        for event in snapshot["device_traces"][0]
        if event["size"] == 512
    ]
    assert told == [
        ("alloc", 15),
        ("alloc", 15),
        ("free_requested", 15),
        ("free_completed", 15),
    ]


def test_pytorch_draws_it(trace):
    """Its own viewer, which is Python up to the page that it writes."""
    pytest.importorskip("torch", reason="PyTorch is large, and in the group bench-torch only")
    from torch.cuda import _memory_viz

    state = at(trace, 17)
    snapshot = pickle.loads(to_torch(state))
    assert "# free completed for e 512.0B" in _memory_viz.trace(snapshot)
    assert "total_allocated: 1.3KiB" in _memory_viz.segsum(snapshot)
    for plot in (_memory_viz.trace_plot, _memory_viz.segment_plot):
        assert "<script" in plot(snapshot)
