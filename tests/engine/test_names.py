"""Every public name of DeZero 0.0.13 is there, in its module, and is called in the same way.

dezero_names.txt lists them as `inspect` found them in the package itself: a section for each
module, a line for each function, class, method or attribute; `?` marks what has a default.
(BuildingBlock has the default None for all, with which it fails; here it must be told.)
"""

import importlib
import inspect
import re
from pathlib import Path

import pytest

import livegrad.dezero  # noqa: F401  # from here on there is a dezero

TABLE = (Path(__file__).parent / "dezero_names.txt").read_text()
NAMES = [
    (module, line)
    for module, lines in re.findall(r"\[(.+)\]\n([^\[]+)", TABLE)
    for line in lines.splitlines()
]
NOT_IN_THE_PACKAGE = ["functions.average(x, axis?, keepdims?)", "functions.square(x)"]
NAMES += [tuple(f"dezero.{name}".rsplit(".", 1)) for name in NOT_IN_THE_PACKAGE]


def test_the_table_is_read_whole():
    assert len(NAMES) > 400
    assert ("dezero.functions", "sum(x, axis?, keepdims?)") in NAMES


@pytest.mark.parametrize(("module", "line"), NAMES, ids=[f"{m}.{line}" for m, line in NAMES])
def test_name(module, line):
    name, parenthesis, inner = line.partition("(")
    found = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if not parenthesis:
        return
    signature = inspect.signature(found)
    wanted = [part for part in inner.rstrip(")").split(", ") if part and part[0] != "*"]
    owner = ["self"] if _is_method(module, name) else []
    signature.bind(*owner, *wanted)
    signature.bind(*owner, *[part for part in wanted if not part.endswith("?")])
    if not name.endswith((".forward", ".backward")):  # nobody calls these two by keyword
        signature.bind(*owner, **{part.rstrip("?"): 0 for part in wanted})


def _is_method(module, name):
    owner, dot, method = name.rpartition(".")
    if not dot:
        return False
    kind = inspect.getattr_static(getattr(importlib.import_module(module), owner), method)
    return not isinstance(kind, (staticmethod, classmethod))
