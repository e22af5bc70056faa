"""Islands against what the collector says: random programs, `gc.DEBUG_SAVEALL` as the oracle."""

from hypothesis import given
from hypothesis import strategies as st

from livegrad.liveness import analysis, record

HEAD = """import gc
class Thing:
    pass
gc.disable()
"""
TAIL = """gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
gc.collect()
print(*sorted(each.number for each in gc.garbage if type(each) is Thing))
gc.set_debug(0)
gc.garbage.clear()
"""
SIZE = 6
node = st.integers(0, SIZE - 1)
statement = st.one_of(
    st.builds("v{0}.a{2} = v{1}".format, node, node, st.integers(0, 2)),
    st.builds("v{0}.a{2} = [v{1}, (v{0},)]".format, node, node, st.integers(0, 2)),
    st.builds("v{0}.a{1} = None".format, node, st.integers(0, 2)),
)


def program(statements, dropped):
    births = "".join(f"v{i} = Thing(); v{i}.number = {i}\n" for i in range(SIZE))
    body = "".join(f"{each}\n" for each in statements)
    drops = "".join(f"v{i} = None\n" for i in dropped)
    # The first collection is of what the program had before; the second one tells.
    return HEAD + births + "gc.collect()\n" + body + drops + TAIL.removeprefix("gc.collect()\n")


@given(st.lists(statement, max_size=10), st.sets(node, min_size=1))
def test_islands_are_what_the_collector_finds(statements, dropped):
    trace = record(program(statements, sorted(dropped)))
    assert trace.end["status"] == "finished", trace.end
    lines = [step.line for step in trace.steps]
    set_debug = HEAD.count("\n") + SIZE + 1 + len(statements) + len(dropped) + 1
    state = trace.state(lines.index(set_debug))
    replay = state.replay
    numbers = {f"Thing#{i + 1}": str(i) for i in range(SIZE)}
    found = sorted(
        numbers[replay.labels[serial]]
        for island in analysis.islands_of(state)
        for serial in island
        if replay.types[serial] == "Thing"
    )
    printed = "".join(trace.column("output", "text")).split()
    assert found == printed
    assert analysis.islands_of(state) == sorted(state.islands)  # what the probe saw by itself
