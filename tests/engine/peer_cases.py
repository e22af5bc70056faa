"""Operations that other packages have too, and what to try them on; a file for each peer uses it.

Names are those of `livegrad.functions`, with what is special about a case behind a colon.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from derivatives import gradient, weighted

import livegrad.functions as F
from livegrad import Variable

LABELS = np.array([2, 0, 1, 2])
BITS = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
INDICES = np.array([[1, 0], [2, 1]])


@dataclass(frozen=True)
class Case:
    """An operation and the shapes of its arrays, whose numbers lie between low and high."""

    name: str
    function: Callable[..., Any]
    shapes: tuple[tuple[int, ...], ...]
    low: float = -2.0
    high: float = 2.0

    def arrays(self) -> list[np.ndarray]:
        random = np.random.default_rng(len(self.name))
        return [random.uniform(self.low, self.high, shape) for shape in self.shapes]


CASES = [
    Case("add", F.add, ((2, 3), (3,))),
    Case("sub", F.sub, ((2, 1), (1, 3))),
    Case("mul", F.mul, ((2, 3), (2, 1))),
    Case("div", F.div, ((2, 3), ()), low=0.5),
    Case("neg", F.neg, ((2, 3),)),
    Case("pow", lambda x: F.pow(x, 2.5), ((2, 3),), low=0.5),
    Case("square", F.square, ((2, 3),)),
    Case("sin", F.sin, ((2, 3),)),
    Case("cos", F.cos, ((2, 3),)),
    Case("tanh", F.tanh, ((2, 3),)),
    Case("exp", F.exp, ((),)),
    Case("log", F.log, ((2, 3),), low=0.5),
    Case("clip", lambda x: F.clip(x, -0.9, 1.2), ((4, 3),)),
    Case("sigmoid", F.sigmoid, ((2, 3),)),
    Case("relu", F.relu, ((4, 3),)),
    Case("leaky_relu", lambda x: F.leaky_relu(x, 0.1), ((4, 3),)),
    Case("softmax", F.softmax, ((4, 3),)),
    Case("log_softmax", F.log_softmax, ((4, 3),)),
    Case("reshape", lambda x: F.reshape(x, (3, 2)), ((2, 3),)),
    Case("transpose", lambda x: F.transpose(x, (2, 0, 1)), ((2, 3, 4),)),
    Case("broadcast_to", lambda x: F.broadcast_to(x, (4, 2, 3)), ((2, 1),)),
    Case("get_item: slices", lambda x: x[1:, ::2], ((3, 4),)),
    Case("get_item: places", lambda x: x[np.array([0, 2, 0])], ((3, 4),)),
    Case("concatenate", lambda x, y: F.concatenate((x, y), axis=1), ((2, 3), (2, 1))),
    Case("sum", F.sum, ((2, 3),)),
    Case("sum: axes", lambda x: F.sum(x, axis=(0, 2), keepdims=True), ((2, 3, 4),)),
    Case("average", lambda x: F.average(x, axis=1), ((2, 3),)),
    Case("max", lambda x: F.max(x, axis=1), ((3, 4),)),
    Case("min", lambda x: F.min(x, axis=0, keepdims=True), ((3, 4),)),
    Case("matmul", F.matmul, ((2, 3), (3, 4))),
    Case("matmul: stacks", F.matmul, ((2, 1, 2, 3), (4, 3, 2))),
    Case("matmul: vectors", F.matmul, ((3,), (3,))),
    Case("linear", F.linear, ((2, 3), (3, 4), (4,))),
    Case("mean_squared_error", F.mean_squared_error, ((4, 3), (4, 3))),
    Case("softmax_cross_entropy", lambda x: F.softmax_cross_entropy(x, LABELS), ((4, 3),)),
    Case("sigmoid_cross_entropy", lambda x: F.sigmoid_cross_entropy(x, BITS), ((2, 3),)),
    Case(
        "binary_cross_entropy", lambda p: F.binary_cross_entropy(p, BITS), ((2, 3),), 0.1, high=0.9
    ),
    Case("embed_id", lambda W: F.embed_id(INDICES, W), ((3, 4),)),
    Case("batch_norm", lambda *x: F.batch_norm(*x, np.zeros(3), np.ones(3)), ((4, 3), (3,), (3,))),
    Case(
        "batch_norm: images",
        lambda *x: F.batch_norm(*x, np.zeros(3), np.ones(3)),
        ((2, 3, 2, 2), (3,), (3,)),
    ),
    Case(
        "conv2d",
        lambda *x: F.conv2d(*x, stride=(2, 1), pad=(1, 0)),
        ((2, 3, 6, 5), (4, 3, 3, 2), (4,)),
    ),
    Case(
        "deconv2d",
        lambda *x: F.deconv2d(*x, stride=2, pad=1),
        ((2, 3, 4, 3), (3, 4, 3, 3), (4,)),
    ),
    Case("pooling", lambda x: F.pooling(x, 2, 2), ((2, 3, 4, 6),)),
    Case("average_pooling", lambda x: F.average_pooling(x, 3, 2, 1), ((2, 3, 5, 5),)),
    Case("im2col", lambda x: F.im2col(x, (2, 3), 1, 0), ((2, 2, 4, 5),)),
]


def livegrad_results(case: Case) -> list[np.ndarray]:
    """The value, the gradients of a weighted sum of it, and those of a weighted sum of these."""
    inputs = [Variable(a) for a in case.arrays()]
    y = case.function(*inputs)
    weighted([y]).backward(create_graph=True)
    firsts = [gradient(x) for x in inputs]
    for x in inputs:
        x.cleargrad()
    weighted(firsts).backward()
    return [v.data for v in (y, *firsts, *map(gradient, inputs))]


def weights(size: int, k: int) -> np.ndarray:
    """The weights of `derivatives.weighted`."""
    return np.sin(np.arange(size) + k + 1.0)


def assert_same(ours: list[np.ndarray], theirs: list[Any]) -> None:
    for a, b in zip(ours, theirs, strict=True):
        assert a.shape == b.shape
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)
