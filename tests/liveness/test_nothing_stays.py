"""Nothing of a recording stays: no change of the interpreter, no reference, no cell."""

import gc
import sys
import weakref

import numpy as np

from livegrad.liveness import (
    births,
    counts,
    finalizers,
    frames,
    heap,
    holding,
    ledger,
    naming,
    native,
    record,
    scan,
    tracked,
    unfinished,
    walk,
)

WITHIN_A_LOOK = (
    *(births, counts, finalizers, heap, holding, ledger),
    *(naming, native, scan, tracked, unfinished, walk),
)


def test_nothing_of_the_run_stays(bare):
    path, argv, main = list(sys.path), list(sys.argv), sys.modules["__main__"]
    streams = sys.stdout, sys.stderr
    record("import sys\nsys.path.append('x')\nsys.argv.append('y')\nz = 1\n", "some.py")
    assert (sys.path, sys.argv, sys.modules["__main__"]) == (path, argv, main)
    assert (sys.stdout, sys.stderr) == streams
    assert all(sys.monitoring.get_tool(tool) != "livegrad.liveness" for tool in range(6))


def test_the_recorder_keeps_nothing_alive():
    kept: list[weakref.ref[object]] = []
    sys.modules["kept_by_test"] = kept  # type: ignore[assignment]
    try:
        record(
            "import sys, weakref\nclass T: pass\na = T()\na.me = a\n"
            "sys.modules['kept_by_test'] += [weakref.ref(a), weakref.ref(T)]\n"
        )
    finally:
        del sys.modules["kept_by_test"]
    gc.collect()
    assert [reference() for reference in kept] == [None, None]


def test_no_cell_of_the_recorder_sees_an_object():
    """A closure in the way of a look would keep, or count, what it saw."""
    for module in WITHIN_A_LOOK:
        for value in vars(module).values():
            for function in [value, *(vars(value).values() if isinstance(value, type) else ())]:
                code = getattr(function, "__code__", None)
                if code is not None and code.co_filename == module.__file__:
                    assert code.co_cellvars == (), code.co_qualname
    assert frames.locals_of.__code__.co_cellvars == ()


def test_numpy_is_not_disturbed():
    before = np.random.get_state()[1].tolist()
    record("a = 1\n")
    assert np.random.get_state()[1].tolist() == before
