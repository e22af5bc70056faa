"""`python -m livegrad.dezero PROGRAM` runs what was written for DeZero, as it is."""

import sys

import pytest

from livegrad.dezero.__main__ import main

PROGRAM = """
import os
import sys

import numpy as np
from dezero import Variable
from beside import cube

x = Variable(np.array(2.0))
y = cube(x)
y.backward()
print(x.grad, __name__, sys.argv[1:], os.path.basename(__file__))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "beside", raising=False)
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "beside.py").write_text("def cube(x):\n    return x**3\n")
    yield tmp_path
    sys.modules.pop("beside", None)


def test_a_script(folder, capsys):
    before = sys.argv
    assert main([str(folder / "program.py"), "-v", "two"]) == 0
    assert capsys.readouterr().out == "variable(12.0) __main__ ['-v', 'two'] program.py\n"
    assert sys.argv is before


def test_a_module_as_with_unittest(folder, capsys, monkeypatch):
    monkeypatch.syspath_prepend(str(folder))
    assert main(["-m", "program", "one"]) == 0
    assert capsys.readouterr().out == "variable(12.0) __main__ ['one'] program.py\n"


def test_what_the_script_raises_is_raised(folder):
    (folder / "program.py").write_text("import dezero\nraise SystemExit(3)\n")
    with pytest.raises(SystemExit) as exit:
        main([str(folder / "program.py")])
    assert exit.value.code == 3


@pytest.mark.parametrize("arguments", [[], ["-m"], ["--help"]])
def test_how_to_use_it(arguments, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: python -m livegrad.dezero")
