"""The table of operations: how to call each, and on what; test_functions_*.py walk it.

An entry: a name, the class, the function, the arguments it takes beside arrays being closed over,
the shapes it is tried on, and the range of numbers where it is smooth.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import livegrad.functions as F
from livegrad import Variable, as_variable
from livegrad.functions import activation, arithmetic, elementwise, loss, reduce, shape
from livegrad.functions.operation import Operation

linear = sys.modules["livegrad.functions.linear"]  # the name is that of the function
MODULES = (activation, arithmetic, elementwise, linear, loss, reduce, shape)
EVERY_SHAPE = ((), (3,), (0,), (2, 3), (2, 0, 3), (1, 1))
PAIRS = (
    ((), ()),
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (2, 3)),
    ((2, 1), (1, 3)),
    ((2, 3), ()),
    ((0, 3), (1, 3)),
    ((2, 0), (1,)),
    ((1, 3, 1), (2, 1, 2)),
)
LABELS = np.array([2, 0, 1, 2])


@dataclass(frozen=True)
class Entry:
    operation: type[Operation]
    function: Callable[..., Any]
    shapes: tuple[Any, ...]  # for each try, the shapes of the arrays
    low: float = -2.0  # numbers are drawn between low and high
    high: float = 2.0
    apart: bool = False  # whether they are kept away from each other and from 0

    def __call__(self, *xs: Any) -> Variable:
        return self.function(*map(as_variable, xs))

    @property
    def name(self) -> str:
        return self.operation.__name__


def unary(
    operation: Any, function: Any, shapes: Any = EVERY_SHAPE, low: float = -2.0, **options: Any
) -> Entry:
    return Entry(operation, function, tuple((shape,) for shape in shapes), low, **options)


def binary(operation: Any, function: Any, shapes: Any = PAIRS, **options: Any) -> Entry:
    return Entry(operation, function, shapes, **options)


MATRICES = ((2, 3), (4, 1), (3, 2))

TABLE = [
    binary(arithmetic.Add, lambda x, y: x + y),
    binary(arithmetic.Sub, lambda x, y: x - y),
    binary(arithmetic.Mul, lambda x, y: x * y),
    binary(arithmetic.Div, lambda x, y: x / y, low=0.5),
    unary(arithmetic.AddConst, lambda x: 3 + x),
    unary(arithmetic.SubConst, lambda x: x - 3.0),
    unary(arithmetic.ConstSub, lambda x: 3.0 - x),
    unary(arithmetic.MulConst, lambda x: -2.5 * x),
    unary(arithmetic.DivConst, lambda x: x / 4),
    unary(arithmetic.ConstDiv, lambda x: 2.0 / x, low=0.5),
    unary(arithmetic.Neg, lambda x: -x),
    unary(arithmetic.Pow, lambda x: x**3),
    unary(arithmetic.Pow, lambda x: x**2.5, low=0.5),
    unary(arithmetic.Pow, lambda x: x**-1, low=0.5),
    unary(arithmetic.Pow, lambda x: x**0),
    unary(arithmetic.Square, F.square),
    unary(elementwise.Sin, F.sin),
    unary(elementwise.Cos, F.cos),
    unary(elementwise.Tanh, F.tanh),
    unary(elementwise.Exp, F.exp),
    unary(elementwise.Log, F.log, low=0.5),
    unary(elementwise.Clip, lambda x: F.clip(x, -0.9, 1.2), apart=True),
    unary(activation.Sigmoid, F.sigmoid),
    unary(activation.ReLU, F.relu, apart=True),
    unary(activation.LeakyReLU, lambda x: F.leaky_relu(x, 0.1), apart=True),
    unary(activation.Softmax, F.softmax, MATRICES),
    unary(activation.Softmax, lambda x: F.softmax(x, axis=0), [(3,), *MATRICES]),
    unary(activation.LogSoftmax, F.log_softmax, MATRICES),
    unary(shape.Reshape, lambda x: F.reshape(x, (3, -1)), [(3,), (2, 3), (6, 1)]),
    unary(shape.Reshape, lambda x: x.reshape(1, 2, 3), [(6,), (3, 2)]),
    unary(shape.Transpose, F.transpose),
    unary(shape.Transpose, lambda x: x.transpose(1, 2, 0), [(1, 2, 3), (2, 0, 1)]),
    unary(shape.BroadcastTo, lambda x: F.broadcast_to(x, (4, 2, 3)), [(), (3,), (2, 1), (1, 1, 3)]),
    unary(shape.SumTo, lambda x: F.sum_to(x, (1, 3)), [(2, 3), (4, 2, 3), (0, 3)]),
    unary(shape.SumTo, lambda x: F.sum_to(x, ()), [(3,), (2, 3)]),
    unary(shape.GetItem, lambda x: x[1], [(3,), (2, 3)]),
    unary(shape.GetItem, lambda x: x[..., ::-2], [(3,), (2, 3), (0, 3)]),
    unary(shape.GetItem, lambda x: x[np.array([0, 2, 0, 0])], [(3,), (3, 2)]),
    unary(shape.GetItem, lambda x: x[[True, False, True]], [(3,), (3, 2)]),
    unary(shape.GetItemGrad, lambda x: shape.GetItemGrad(np.array([0, 0, 4]), (5,))(x), [(3,)]),
    unary(reduce.Sum, F.sum),
    unary(reduce.Sum, lambda x: F.sum(x, axis=-1), [(3,), (2, 3), (0, 3), (2, 0)]),
    unary(reduce.Sum, lambda x: x.sum(axis=(0, 2), keepdims=True), [(2, 3, 2)]),
    unary(reduce.Max, F.max, [(3,), (2, 3)], apart=True),
    unary(reduce.Max, lambda x: F.max(x, axis=0), [(3, 2), (3, 0)], apart=True),
    unary(reduce.Min, lambda x: x.min(axis=-1, keepdims=True), [(3,), (2, 3)], apart=True),
    binary(
        linear.MatMul,
        F.matmul,
        (
            ((2, 3), (3, 4)),
            ((3,), (3,)),
            ((3,), (3, 2)),
            ((2, 3), (3,)),
            ((4, 2, 3), (3, 2)),
            ((2, 1, 2, 3), (4, 3, 2)),
            ((0, 3), (3, 2)),
        ),
    ),
    Entry(linear.Linear, F.linear, (((2, 3), (3, 4), (4,)), ((0, 3), (3, 1), (1,)))),
    binary(
        loss.MeanSquaredError,
        F.mean_squared_error,
        (((3,), (3,)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((), ())),
    ),
    unary(loss.SoftmaxCrossEntropy, lambda x: F.softmax_cross_entropy(x, LABELS), [(4, 3)]),
]


def operations() -> set[type[Operation]]:
    """Every operation that the modules of the table define."""
    return {
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Operation)
        and value.__module__ == module.__name__
        and "forward" in dir(value)
        and value is not arithmetic.Beside
    }


def arrays(entry: Entry, shapes: Any, seed: int, dtype: Any = np.float64) -> list[np.ndarray]:
    """Numbers for one try of an entry."""
    random = np.random.default_rng(seed)
    made = []
    for wanted in shapes:
        size = int(np.prod(wanted))
        if entry.apart:  # 0.1, 0.35, -0.6, ... in some order: steps of a gradient check stay apart
            numbers = random.permutation((np.arange(size) * 0.25 + 0.1) * (-1.0) ** np.arange(size))
        else:
            numbers = random.uniform(entry.low, entry.high, size)
        made.append(numbers.reshape(wanted).astype(dtype))
    return made
