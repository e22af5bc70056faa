"""Which programs run in the lab before the library's files are there, and what ends the others."""

import sys
from pathlib import Path

import pytest

import livegrad.lab  # noqa: F401  (with it the interpreter has what the lab's has)
from livegrad.early import Files, Missing, needs_files

LESSONS = Path(__file__).parents[2] / "web" / "lessons"


@pytest.mark.parametrize(
    "source",
    [
        "import xmlrpc.client",
        "from xmlrpc import client",
        "from livegrad import no_such_name",
        "def f():\n    import xmlrpc",
        "import importlib",
        "import os.path",
        "open('/lib/python3.14/site-packages/numpy/version.py')",
        "exec('import ' + 'xmlrpc')",
        "m = __import__('xmlrpc')",
    ],
)
def test_a_text_that_imports_or_may_read_a_file_waits(source: str) -> None:
    assert needs_files(source)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import numpy as np\nfrom livegrad import Variable\nimport livegrad.functions as F",
        "import gc, sys, weakref\nfrom livegrad.functions import *",
        "import math, time\nfrom functools import reduce",
        "this is no program",
        "'\\0'\0",
    ],
)
def test_a_text_that_needs_nothing_else_does_not(source: str) -> None:
    assert not needs_files(source)


def catch_all_exceptions() -> None:
    try:
        import xmlrpc  # noqa: F401
    except Exception:
        pytest.fail("it has been caught")


def test_an_import_of_what_is_not_here_ends_a_program_whatever_it_catches() -> None:
    files, finders = Files(), list(sys.meta_path)
    files.here = False
    with files:
        import _symtable  # noqa: F401  (built in)

        with pytest.raises(Missing, match="xmlrpc is not here yet"):
            catch_all_exceptions()
    assert files.missed
    assert sys.meta_path == finders
    with files:
        pass
    assert not files.missed


def test_where_the_files_are_here_nothing_is_in_the_way() -> None:
    files, finders = Files(), list(sys.meta_path)
    with files:
        assert sys.meta_path == finders
    assert not files.lacks('{"traceback": "File \\"/lib/python3.14/x.py\\""}')


def test_a_traceback_is_told_with_the_lines_of_the_librarys_files() -> None:
    files = Files()
    files.here = False
    with files:
        pass
    assert not files.lacks('{"traceback": "File \\"main.py\\", line 1"}')
    assert files.lacks('{"traceback": "File \\"/lib/python3.14/x.py\\", line 1"}')
    assert files.missed
