"""Assertions on lifetimes as fixtures and a marker of pytest.

    def test_a_step_frees_its_graph(expect_dead):
        y = model(x)
        with expect_dead(y):
            del y

    @pytest.mark.no_growth
    def test_a_step_piles_nothing_up(): ...

A test marked so runs once to fill caches, and then once more between two counts. Arguments
of the marker are those of `livegrad.liveness.no_growth`: ``of``, ``allow``, ``collect``,
``warm_up``.
"""

import inspect
from collections.abc import Callable, Generator
from typing import Any

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "no_growth(of=None, allow=0, collect=True, warm_up=1): "
        "the test leaves no more objects than it found",
    )


# The package is imported where it is asked for, so that other test-suites start as fast.


@pytest.fixture(name="expect_dead")
def _expect_dead() -> Callable[..., Any]:
    """`livegrad.liveness.expect_dead`."""
    from .assertions import expect_dead

    return expect_dead


@pytest.fixture(name="expect_alive")
def _expect_alive() -> Callable[..., Any]:
    """`livegrad.liveness.expect_alive`."""
    from .assertions import expect_alive

    return expect_alive


@pytest.fixture(name="no_growth")
def _no_growth() -> Callable[..., Any]:
    """`livegrad.liveness.no_growth`."""
    from .census import no_growth

    return no_growth


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    marker = pyfuncitem.get_closest_marker("no_growth")
    if marker is None or inspect.iscoroutinefunction(pyfuncitem.obj):
        return (yield)
    from .census import no_growth

    options = dict(marker.kwargs)
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    for _ in range(options.pop("warm_up", 1)):
        pyfuncitem.obj(**arguments)
    growth = no_growth(**options)
    path, line, name = pyfuncitem.location
    growth.where = f"{path}:{(line or 0) + 1} in {name}"
    with growth:
        return (yield)
