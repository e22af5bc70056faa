"""What is checked before the tests run: style and types of both languages, and Vitest."""

from __future__ import annotations

import sys
from collections.abc import Callable

from web.build.node import Node
from web.build.steps import BuildError, run, step


def run_checks(node: Node) -> list[str]:
    """Run every check, show what each finds, and return the names of those that failed."""
    failed = []
    for name, check in checks(node).items():
        try:
            with step(name):
                check()
        except BuildError as error:
            print(error)
            failed.append(name)
    return failed


def checks(node: Node) -> dict[str, Callable[[], str]]:
    def python(name: str, module: str, *args: str) -> Callable[[], str]:
        command = [sys.executable, "-P", "-m", module, *args]
        return lambda: run(command, name, lines=None)

    def javascript(name: str, package: str, script: str, *args: str) -> Callable[[], str]:
        return lambda: node.run(package, script, *args, doing=name, lines=None)

    return {
        "ruff check": python("ruff check", "ruff", "check", "."),
        "ruff format": python("ruff format", "ruff", "format", "--check", "."),
        "mypy": python("mypy", "mypy"),
        "tsc": javascript("tsc", "typescript", "bin/tsc", "--noEmit"),
        "biome": javascript("biome", "@biomejs/biome", "bin/biome", "check", "."),
        "vitest": javascript("vitest", "vitest", "vitest.mjs", "run"),
    }
