"""The format: what is written keeps to the schema, and what is damaged is refused."""

import copy
import io
import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livegrad.liveness import Trace, TraceError, record
from livegrad.liveness.trace import CAUSES, KINDS
from livegrad.liveness.writer import COLUMNS, Writer

SCHEMA = json.loads(
    resources.files("livegrad.liveness").joinpath("trace.schema.json").read_text(encoding="utf-8")
)
PROGRAM = """
import gc, weakref
import numpy as np
class Thing:
    pass
a = Thing()
a.me = a
w = weakref.ref(a)
b = [a, np.zeros(3)[1:]]
def f(x):
    raise ValueError(x)
a = b = None
gc.collect()
print('printed')
f(1)
"""


@pytest.fixture(scope="module")
def whole():
    return record(PROGRAM).data


@pytest.mark.parametrize("number", [f"{n:02}" for n in range(1, 10)])
def test_what_is_written_keeps_to_the_schema(number, lesson):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(record(lesson(number)).data, SCHEMA)


def test_a_failure_keeps_to_the_schema(whole):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(whole, SCHEMA)
    jsonschema.validate(record("a = = 1").data, SCHEMA)


def test_tables_and_words_are_those_of_the_schema():
    tables = SCHEMA["$defs"]["chunk"]["properties"]
    assert set(COLUMNS) == set(tables) - {"start", "limit", "strings"}
    for table, columns in COLUMNS.items():
        assert list(columns) == tables[table]["required"]
    assert set(SCHEMA["$defs"]["kind"]["enum"]) == KINDS
    assert set(SCHEMA["$defs"]["cause"]["enum"]) == CAUSES


def test_written_and_read_again(whole, tmp_path):
    trace = Trace(whole)
    path = tmp_path / "trace.json"
    trace.dump(path)
    assert Trace.load(path).data == whole
    assert Trace.load(path.read_text(encoding="utf-8")).data == whole
    kept = io.StringIO()
    trace.dump(kept)
    kept.seek(0)
    assert Trace.load(kept).objects() == trace.objects()


def test_chunks_may_be_cut_anywhere():
    """Rows of later chunks name rows of earlier ones, and events go on."""
    chunks = []
    writer = Writer(lambda _, text: chunks.append(json.loads(text)))
    module = writer.birth("module", "<module>", -1)
    writer.flush()
    location = writer.location(writer.file("main.py", None), "<module>", 1)
    thing = writer.birth("instance", "Thing", writer.stack(location, -1))
    writer.flush()
    edge = writer.edge(module, thing, "a", "strong")
    writer.count(thing, 1, 0, 0)
    writer.step(location, 0)
    writer.flush()
    writer.flush()
    writer.death(thing, writer.stack(location, -1), "rebound", edge, -1)
    writer.step(location, 0)
    writer.flush()
    trace = Trace(_around(chunks, writer.event))
    assert len(chunks) == 4
    assert trace.column("steps", "last") == [4, 5]
    assert trace.state(0).counts(thing) == (1, 0, 0)
    assert trace.state(1).alive == [module]


def _around(chunks, event):
    header = {"python": "3.14.2", "numpy": None, "platform": "linux", "probe": "python"}
    header |= {"outputs": "weak", "main": "main.py"}
    end = {"status": "finished", "event": event, "message": None, "traceback": None}
    end |= {"line": None, "limit": None}
    return {
        "format": "livegrad-trace",
        "version": 1,
        "header": header,
        "chunks": chunks,
        "end": end,
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": 1}', '{"a": NaN}', "[" * 100_000, "\udcff", "no"]
)
def test_what_is_no_trace_is_refused(text):
    with pytest.raises(TraceError, match="This is not a Livegrad trace"):
        Trace.load(io.StringIO(text))


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "trace.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TraceError, match="it is not text"):
        Trace.load(path)


def test_another_version_is_refused(whole):
    with pytest.raises(TraceError, match="version 2 and this Livegrad reads version 1"):
        Trace(whole | {"version": 2})


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("objects", "type", 10**6, "objects.type is 1000000"),
        ("objects", "kind", "animal", "a word that is not known"),
        ("objects", "event", 0, "objects.event has a difference of 0"),
        ("objects", "event", 2**60, "objects.event has a difference of"),
        ("edges", "held", -1, "edges.held is -1"),
        ("edges", "holder", True, "edges.holder is True"),
        ("deaths", "edge", 99_999, "deaths.edge is 99999"),
        ("counts", "count", 1.5, "counts.count is 1.5"),
        ("arrays", "shape", [-1], "arrays.shape is -1"),
        ("islands", "members", [0, 10**9], "islands.members is 1000000000"),
        ("stacks", "parent", 0, "a stack stands before its caller's"),
        ("output", "text", 3, "output.text is not text"),
    ],
)
def test_a_damaged_column_is_named(whole, table, column, value, words):
    data = copy.deepcopy(whole)
    chunk = next(c for c in data["chunks"] if table in c)
    chunk[table][column][0] = value
    with pytest.raises(TraceError, match=words) as caught:
        Trace(data)
    assert str(caught.value).endswith("record the program again.")


def test_columns_of_different_length_are_refused(whole):
    data = copy.deepcopy(whole)
    next(c for c in data["chunks"] if "edges" in c)["edges"]["held"].pop()
    with pytest.raises(TraceError, match="the columns of edges are not lists of equal length"):
        Trace(data)


def test_nothing_dies_twice(whole):
    data = copy.deepcopy(whole)
    deaths = next(c for c in data["chunks"] if len(c.get("deaths", {}).get("object", ())) > 1)
    deaths["deaths"]["object"][1] = deaths["deaths"]["object"][0]
    with pytest.raises(TraceError, match="ends something twice"):
        Trace(data)


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 50),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.just([]),
    st.just({}),
    st.lists(st.integers(-1, 9), max_size=3),
)


@settings(max_examples=400)
@given(data=st.data())
def test_a_mutated_trace_is_read_or_refused(data, whole):
    """Never another exception, whatever one, two or three values are replaced by."""
    mutated = copy.deepcopy(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        here, depth = mutated, data.draw(st.integers(1, 6))
        for level in range(depth):
            if not isinstance(here, dict | list) or not here:
                break
            keys = sorted(here) if isinstance(here, dict) else range(len(here))
            key = data.draw(st.sampled_from(list(keys)))
            if level == depth - 1 or not isinstance(here[key], dict | list):
                action = data.draw(st.sampled_from(["replace", "delete", "double"]))
                if action == "delete":
                    del here[key]
                elif action == "double" and isinstance(here, list):
                    here.insert(key, here[key])
                else:
                    here[key] = data.draw(anything)
                break
            here = here[key]
    try:
        trace = Trace(mutated)
    except TraceError:
        return
    trace.objects(all_kinds=True)
    for step in range(len(trace.steps)):
        state = trace.state(step)
        assert state.nbytes >= 0
        assert all(isinstance(state.holders(serial), list) for serial in state.alive)
        assert isinstance(state.islands, list)
