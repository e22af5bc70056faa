"""What a person writes who derives the gradient on paper: plain NumPy, no tricks."""

from typing import Any

import numpy as np
from workloads import RATE, SCALE, SHIFT, Step


def arrays(result: Any) -> Any:
    return result


def chain(x: np.ndarray, length: int) -> Step:
    def step() -> Any:
        y = x
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        gx = np.ones_like(y)
        for _ in range(length // 2):
            gx = gx * SCALE
        return y, gx

    return step


def squares(x: np.ndarray) -> Step:
    def step() -> Any:
        a = x**2
        b = a**2
        y = b**2
        gb = 2 * b * np.ones_like(y)
        ga = 2 * a * gb
        gx = 2 * x * ga
        return y, gx

    return step


def mlp(
    x: np.ndarray,
    t: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> Step:
    rows = np.arange(len(x))

    def step() -> Any:
        h = x @ W1 + b1
        a = np.maximum(h, 0.0)
        z = a @ W2 + b2
        z = z - z.max(axis=1, keepdims=True)
        e = np.exp(z)
        total = e.sum(axis=1, keepdims=True)
        loss = (np.log(total[:, 0]) - z[rows, t]).mean()
        gz = e / total
        gz[rows, t] -= 1
        gz /= len(x)
        gh = gz @ W2.T * (h > 0)
        gradients = x.T @ gh, gh.sum(axis=0), a.T @ gz, gz.sum(axis=0)
        for parameter, gradient in zip((W1, b1, W2, b2), gradients, strict=True):
            parameter -= RATE * gradient
        return loss, W1, b1, W2, b2

    return step


def users(x: np.ndarray, count: int) -> Step:
    def step() -> Any:
        kept = []
        y = x
        for _ in range(count):
            kept.append(y)
            y = y**2
        gx = np.ones_like(y)
        while kept:
            gx = 2 * kept.pop() * gx
        return y, gx

    return step


users_of_variables = users


def deep(x: np.ndarray, length: int) -> tuple[Step, Step]:
    """Every array of the chain is kept, as an engine must that does not know what comes."""
    kept = []

    def build() -> None:
        y = x
        for _ in range(length // 2):
            y = y * SCALE
            kept.append(y)
            y = y + SHIFT
            kept.append(y)

    def differentiate() -> Any:
        gx = np.ones_like(x)
        for _ in range(length // 2):
            gx = gx * SCALE
        return gx

    return build, differentiate


def kept(kind: str, x: np.ndarray, length: int) -> tuple[Step, Step]:
    operations: dict[str, tuple[Any, Any]] = {
        "mul": (lambda x: x * SCALE, lambda g, x, y: g * SCALE),
        "square": (lambda x: x**2, lambda g, x, y: 2 * x * g),
        "tanh": (np.tanh, lambda g, x, y: g * (1 - y * y)),
    }
    forward, backward = operations[kind]
    graph = [x]

    def build() -> None:
        for _ in range(length):
            graph.append(forward(graph[-1]))

    def differentiate() -> Any:
        gx = np.ones_like(x)
        for x_, y in zip(graph[-2::-1], graph[:0:-1], strict=True):
            gx = backward(gx, x_, y)
        return gx

    return build, differentiate
