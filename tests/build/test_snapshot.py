"""The one change to Pyodide, and the memory that is written down."""

from pathlib import Path

import pytest

from web.build import snapshot
from web.build.runtime import PYODIDE
from web.build.steps import BuildError


def test_pyodides_script_is_the_one_that_is_known(tmp_path: Path) -> None:
    script = PYODIDE / "pyodide.asm.mjs"
    changed = snapshot.change_script(script, tmp_path / "changed.mjs").read_text()
    assert changed.replace(snapshot.AFTER, snapshot.BEFORE) == script.read_text()


@pytest.mark.parametrize("text", ["", snapshot.BEFORE * 2])
def test_another_script_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    script = tmp_path / "pyodide.asm.mjs"
    script.write_text(text)
    with pytest.raises(BuildError, match=r"^Pyodide's pyodide\.asm\.mjs is not the one"):
        snapshot.change_script(script, tmp_path / "changed.mjs")
