"""DeZero 0.0.13, the book's own package, as it is, but for what its import needs."""

import sys
from types import ModuleType
from typing import Any

import numpy as np
from workloads import RATE, SCALE, SHIFT, Step


def _import() -> None:
    """Import DeZero under NumPy 2, without matplotlib and Pillow.

    `transforms` names np.int, which NumPy 1.24 took away, in a default argument; `datasets`
    imports matplotlib and `transforms` imports Image for pictures that nobody here asks for. All
    are lent for the time of the import; nothing that is measured is touched.
    """
    stubs = {name: ModuleType(name) for name in ("Image", "matplotlib", "matplotlib.pyplot")}
    stubs["matplotlib"].pyplot = stubs["matplotlib.pyplot"]  # type: ignore[attr-defined]
    stubs["Image"].BILINEAR = None  # type: ignore[attr-defined]
    lent = {name: stub for name, stub in stubs.items() if name not in sys.modules}
    np.int = int  # type: ignore[attr-defined]
    sys.modules.update(lent)
    try:
        import dezero.models
        import dezero.optimizers  # noqa: F401
    finally:
        del np.int  # type: ignore[attr-defined]
        for name in lent:
            del sys.modules[name]


_import()

import dezero  # noqa: E402
import dezero.functions as F  # noqa: E402
from dezero import core_simple  # noqa: E402

core_simple.setup_variable()


def arrays(result: Any) -> list[Any]:
    return [getattr(value, "data", value) for value in result]


def chain(x: np.ndarray, length: int) -> Step:
    leaf = dezero.Variable(x)

    def step() -> Any:
        leaf.cleargrad()
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        y.backward()
        return y, leaf.grad

    return step


class SquareOfVariables(dezero.Function):
    """DeZero has no square; this is the book's, from step 32 on."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x**2

    def backward(self, gy: Any) -> Any:
        (x,) = self.inputs
        return 2 * x * gy


class Square(core_simple.Function):
    """The book's Square of step 17: its gradient is computed on ndarrays."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return x**2

    def backward(self, gy: np.ndarray) -> np.ndarray:
        x = self.inputs[0].data
        return 2 * x * gy


def squares(x: np.ndarray) -> Step:
    """By the core that `import dezero` gives; the simple core does users-large."""
    return _squared(dezero.Variable(x), SquareOfVariables, 3)


def users(x: np.ndarray, count: int) -> Step:
    return _squared(core_simple.Variable(x), Square, count)


def users_of_variables(x: np.ndarray, count: int) -> Step:
    return _squared(dezero.Variable(x), SquareOfVariables, count)


def _squared(leaf: Any, function: Any, count: int) -> Step:
    def step() -> Any:
        leaf.cleargrad()
        y = leaf
        for _ in range(count):
            y = function()(y)
        y.backward()
        return y, leaf.grad

    return step


def mlp(
    x: np.ndarray,
    t: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> Step:
    model = dezero.models.MLP((W1.shape[1], W2.shape[1]), activation=F.relu)
    for layer, W, b in zip(model.layers, (W1, W2), (b1, b2), strict=True):
        layer.W.data, layer.b.data = W, b
    optimizer = dezero.optimizers.SGD(RATE).setup(model)

    def step() -> Any:
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        return loss, W1, b1, W2, b2

    return step


def deep(x: np.ndarray, length: int) -> tuple[Step, Step]:
    leaf = dezero.Variable(x)
    end = [leaf]

    def build() -> None:
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        end[0] = y

    def differentiate() -> Any:
        end[0].backward()
        return leaf.grad.data

    return build, differentiate


def kept(kind: str, x: np.ndarray, length: int) -> tuple[Step, Step]:
    operation = {
        "mul": lambda x: x * SCALE,
        "square": lambda x: SquareOfVariables()(x),
        "tanh": F.tanh,
    }[kind]
    leaf = dezero.Variable(x)
    end = [leaf]

    def build() -> None:
        for _ in range(length):
            end[0] = operation(end[0])

    def differentiate() -> Any:
        end[0].backward()
        return leaf.grad.data

    return build, differentiate
