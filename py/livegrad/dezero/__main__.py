"""Run a program that was written for DeZero, as it is.

    python -m livegrad.dezero steps/step42.py [ARGUMENT …]
    python -m livegrad.dezero -m unittest tests/test_sum.py

It runs as `python` would run it, but that `import dezero` gives it this package.
"""

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> int:
    """Run the script, or with -m the module, that the arguments name; 2 where they name none."""
    module = arguments[:1] == ["-m"]
    given = list(arguments[1:] if module else arguments)
    if not given or given[0].startswith("-"):
        print("usage: python -m livegrad.dezero [-m] PROGRAM [ARGUMENT ...]", file=sys.stderr)
        return 2
    before = sys.argv
    sys.argv = given
    try:
        if module:
            runpy.run_module(given[0], run_name="__main__", alter_sys=True)
        else:
            sys.path.insert(0, str(Path(given[0]).resolve().parent))  # as Python has it
            runpy.run_path(given[0], run_name="__main__")
    finally:
        sys.argv = before
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
