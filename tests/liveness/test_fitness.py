"""What a program may leave behind, and what makes its interpreter unfit for another recording."""

import builtins
import gc
import types

import pytest

from livegrad.liveness import record
from livegrad.liveness.fitness import RELIED_ON, Fitness


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    made = types.ModuleType("relied_on")
    exec(
        "limit = 3\ndef f():\n    return 1\nclass C:\n    def m(self):\n        return 2\n",
        vars(made),
    )
    monkeypatch.setitem(__import__("sys").modules, "relied_on", made)
    return made


CHANGES = {
    "a name bound anew": "limit = 4",
    "a name deleted": "del limit",
    "a function's code": "f.__code__ = (lambda: 2).__code__",
    "a method": "C.m = None",
    "a class": "class C: pass",
}
HARMLESS = {
    "a new name": "more = 1",
    "a new attribute of a class": "C.more = 1",
    "the same again": "limit, f = limit, f",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(module: types.ModuleType, name: str) -> None:
    fitness = Fitness(["relied_on"])
    assert fitness.holds()
    exec(CHANGES[name], vars(module))
    assert not fitness.holds()


@pytest.mark.parametrize("name", HARMLESS)
def test_an_addition_does_no_harm(module: types.ModuleType, name: str) -> None:
    fitness = Fitness(["relied_on"])
    exec(HARMLESS[name], vars(module))
    assert fitness.holds()


def test_a_module_that_another_stands_for_is_seen(
    module: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitness = Fitness(["relied_on"])
    monkeypatch.setitem(__import__("sys").modules, "relied_on", types.ModuleType("relied_on"))
    assert not fitness.holds()


def test_a_builtin_that_is_gone_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    fitness = Fitness(RELIED_ON)
    monkeypatch.delattr(builtins, "ascii")
    assert not fitness.holds()
    monkeypatch.undo()
    assert fitness.holds()


def test_looking_holds_nothing_of_the_program_alive() -> None:
    fitness = Fitness(RELIED_ON)
    before = gc.get_count()[0]
    fitness.holds()
    assert gc.get_count()[0] <= before + 50


def test_an_ordinary_program_leaves_all_as_it_was() -> None:
    fitness = Fitness([*RELIED_ON, "livegrad.core", "livegrad.config", "livegrad.liveness.native"])
    source = (
        "import collections, re, numpy as np\n"
        "from livegrad import Variable\n"
        "from livegrad.functions import square\n"
        "y = square(Variable(np.array(2.0)))\n"
        "y.backward()\n"
        "print(np.linalg.det(np.eye(2)), np.random.rand(1), re.sub('a', 'b', 'a'))\n"
    )
    assert record(source).end["status"] == "finished"
    assert fitness.holds()


def test_output_is_kept_up_to_its_limit_and_the_recording_goes_on() -> None:
    from livegrad.liveness.probe import Limits

    source = "import sys\nprint('x' * 60)\nprint('y' * 60, file=sys.stderr)\nz = [1]\n"
    trace = record(source, limits=Limits(output=100))
    printed = "".join(trace.column("output", "text"))
    assert printed == "x" * 60 + "\n" + "y" * 39
    assert trace.end["status"] == "finished"
    assert len(trace.steps) == 4
