"""The plugin in a run of pytest of its own."""

import pytest

pytest_plugins = ["pytester"]

PLUGIN = "livegrad.liveness.pytest_plugin"
TESTS = """
import pytest

class Thing:
    pass

kept = []

def test_dead(expect_dead):
    x = Thing()
    with expect_dead(x):
        del x

def test_not_dead(expect_dead):
    x = Thing()
    kept.append(x)
    with expect_dead(x):
        del x

def test_alive(expect_alive):
    x = Thing()
    with expect_alive(x):
        pass

def test_growth(no_growth):
    with no_growth():
        kept.append(Thing())

@pytest.mark.no_growth
def test_marked():
    Thing()

@pytest.mark.no_growth(of=Thing)
def test_marked_that_grows(tmp_path):
    kept.append(Thing())

@pytest.mark.no_growth(allow=1, warm_up=0)
def test_marked_that_may(tmp_path):
    kept.append(Thing())
"""


def test_fixtures_and_marker(pytester: pytest.Pytester):
    pytester.makepyfile(test_inner=TESTS)
    result = pytester.runpytest_inprocess(
        "-p", PLUGIN, "-p", "no:cacheprovider", "--strict-markers"
    )
    result.assert_outcomes(passed=4, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*AssertionError: Expected `Thing` to be dead after the block at "
            "*test_inner.py:16 in test_not_dead. `Thing` is alive because `kept[[]0]` holds it; "
            "`kept` is a global of `test_inner`. To let it die: `del kept[[]0]`.",
            "*Expected no growth*1 more Thing. One of them: `Thing` is alive because `kept[[]1]`*",
            "*no growth in the block at test_inner.py:32 in test_marked_that_grows: 1 more Thing*",
        ]
    )


def test_the_marker_is_documented(pytester: pytest.Pytester):
    result = pytester.runpytest_inprocess("-p", PLUGIN, "-p", "no:cacheprovider", "--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.no_growth(of=None, allow=0*"])
