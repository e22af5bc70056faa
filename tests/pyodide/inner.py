"""Runs in Pyodide: pytest on one file, its outcome as JSON."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout

import pytest
from from_outside import record_from_outside

__all__ = ["record_from_outside", "run_file"]


class Outcomes:
    """Collects what pytest reports."""

    def __init__(self) -> None:
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}
        self.failures: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.counts["failed"] += 1
            self.failures.append(f"{report.nodeid} ({report.when})\n{report.longreprtext}")
        elif report.skipped:
            self.counts["skipped"] += 1
        elif report.when == "call":
            self.counts["passed"] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.counts["failed"] += 1
            self.failures.append(f"{report.nodeid} (collection)\n{report.longreprtext}")
        elif report.skipped:  # a whole file, for want of a package
            self.counts["skipped"] += 1


def run_file(path: str) -> str:
    """Run one test file.

    Returns:
        JSON text: ``counts`` by outcome, ``failures`` as texts.
    """
    outcomes = Outcomes()
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = pytest.main(["-q", "-p", "no:cacheprovider", path], plugins=[outcomes])
    expected = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
    if outcomes.counts["skipped"]:
        expected.add(pytest.ExitCode.NO_TESTS_COLLECTED)
    if code not in expected:
        outcomes.failures.append(f"pytest ended with {code!r}\n{said.getvalue()[-4000:]}")
    return json.dumps({"counts": outcomes.counts, "failures": outcomes.failures})
