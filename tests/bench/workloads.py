"""The work that is timed, with its sizes and inputs; each peer does it in a module of peers/.

A step is one forward and one backward pass, the gradients in the caller's hands at its end. What
a peer lets its user prepare once (tensors of the inputs, a model, a compiled gradient) is made
before the step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Step = Callable[[], Any]

SCALE, SHIFT = 1.00001, 0.5
"""The two constants of the chain; a million operations keep it finite, with no denormals."""

RATE = 0.01
"""Learning rate of the training step."""


@dataclass(frozen=True)
class Workload:
    """A piece of work.

    Attributes:
        does: the name of the function that does it in each peer's module.
        inputs: makes the peer's arguments, fresh ones at each call.
        tiny: makes small ones of the same kind, for tests.
        checked: how many steps are taken before results are compared.
    """

    name: str
    does: str
    title: str
    inputs: Callable[[], tuple[Any, ...]]
    tiny: Callable[[], tuple[Any, ...]]
    checked: int = 1


def _chain(length: int) -> tuple[Any, ...]:
    return np.array([0.1, -0.2, 0.3]), length


def _squares(size: int) -> tuple[Any, ...]:
    return (np.random.default_rng(0).standard_normal(size),)


def _mlp(batch: int, wide: int, hidden: int, classes: int) -> tuple[Any, ...]:
    """x, t, W1, b1, W2, b2, in float64 but for t, which is int64."""
    random = np.random.default_rng(0)
    return (
        random.standard_normal((batch, wide)),
        random.integers(0, classes, batch),
        random.standard_normal((wide, hidden)) / np.sqrt(wide),
        np.zeros(hidden),
        random.standard_normal((hidden, classes)) / np.sqrt(hidden),
        np.zeros(classes),
    )


def _users(count: int) -> tuple[Any, ...]:
    """x and a count. Squared n times, 1 + d / 2 ** n becomes exp(d), about: x stays finite."""
    return 1 + np.array([-1.0, 0.5, 1.0]) * 2.0**-count, count


WORKLOADS = (
    Workload(
        "chain",
        "chain",
        "chain of 100 mul/add with constants, shape (3,)",
        lambda: _chain(100),
        lambda: _chain(6),
    ),
    Workload(
        "squares",
        "squares",
        "square(square(square(x))), randn(10000)",
        lambda: _squares(10_000),
        lambda: _squares(5),
    ),
    Workload(
        "mlp",
        "mlp",
        "training step, MLP 64-128-10, batch 64, SGD",
        lambda: _mlp(64, 64, 128, 10),
        lambda: _mlp(4, 3, 5, 2),
        checked=3,
    ),
    Workload(
        "users",
        "users",
        "40 functions of the user, step-17 style, shape (3,)",
        lambda: _users(40),
        lambda: _users(4),
    ),
    Workload(
        "users-32",
        "users_of_variables",
        "the same, step-32 style",
        lambda: _users(40),
        lambda: _users(4),
    ),
    Workload(
        "users-large",
        "users",
        "3 functions of the user, step-17 style, randn(10000)",
        lambda: (*_squares(10_000), 3),
        lambda: (*_squares(5), 3),
    ),
)


def taking_part(workload: Workload, peers: Mapping[str, Any]) -> dict[str, Any]:
    """The peers that define this workload."""
    return {name: peer for name, peer in peers.items() if hasattr(peer, workload.does)}


def check(workload: Workload, peers: Mapping[str, Any], reference: str, tiny: bool = False) -> None:
    """Raise AssertionError where a peer's results are not those of the reference."""
    inputs = workload.tiny if tiny else workload.inputs
    results = {}
    for name, peer in taking_part(workload, peers).items():
        step = getattr(peer, workload.does)(*inputs())
        for _ in range(workload.checked):
            result = step()
        results[name] = [np.array(array) for array in peer.arrays(result)]
    for name, arrays in results.items():
        expected = results[reference]
        if len(arrays) != len(expected):
            raise AssertionError(f"{workload.name}: {name} gives {len(arrays)} results")
        for got, wanted in zip(arrays, expected, strict=True):
            np.testing.assert_allclose(
                got, wanted, rtol=1e-6, atol=1e-12, err_msg=f"{workload.name}: {name}"
            )
