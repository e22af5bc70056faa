"""Switches of the engine, and the `with` blocks that turn them."""

import contextlib
from collections.abc import Iterator
from typing import Any


class Config:
    """Switches that `using_config` turns for the length of a `with` block."""

    enable_backprop = True  # draw the graph while computing
    train = True  # dropout and batch normalisation behave as in training
    weak_outputs = True  # Functions hold their outputs by weak references


@contextlib.contextmanager
def using_config(name: str, value: Any) -> Iterator[None]:
    """Set `Config.name` to `value` within the `with` block.

    Raises AttributeError where `Config` has no such switch.
    """
    old = getattr(Config, name)
    setattr(Config, name, value)
    try:
        yield
    finally:
        setattr(Config, name, old)


def no_grad() -> contextlib.AbstractContextManager[None]:
    """Within this `with` block no graph is drawn: results have no creator."""
    return using_config("enable_backprop", False)


def test_mode() -> contextlib.AbstractContextManager[None]:
    """Within this `with` block dropout and batch normalisation behave as in use."""
    return using_config("train", False)
