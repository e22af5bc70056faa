"""Values, first and second derivatives are those of HIPS autograd, where it has the operation."""

import pytest
from peer_cases import BITS, CASES, INDICES, LABELS, assert_same, livegrad_results, weights

autograd = pytest.importorskip(
    "autograd", reason="autograd is not installed here: pip install --group test"
)
anp = pytest.importorskip("autograd.numpy")


def _windows(x, kh, kw):
    rows, columns = x.shape[2] - kh + 1, x.shape[3] - kw + 1
    parts = [x[:, :, i : i + rows, j : j + columns] for i in range(kh) for j in range(kw)]
    stacked = anp.transpose(anp.stack(parts, axis=0), (1, 3, 4, 2, 0))
    return stacked.reshape(len(x) * rows * columns, -1)


def _softmax(x):
    e = anp.exp(x - anp.max(x, axis=1, keepdims=True))
    return e / anp.sum(e, axis=1, keepdims=True)


def _log_softmax(x):
    x = x - anp.max(x, axis=1, keepdims=True)
    return x - anp.log(anp.sum(anp.exp(x), axis=1, keepdims=True))


def _batch_norm(x, gamma, beta):
    axes = (0, *range(2, x.ndim))
    shape = (1, -1) + (1,) * (x.ndim - 2)
    mean, var = anp.mean(x, axis=axes, keepdims=True), anp.var(x, axis=axes, keepdims=True)
    return (x - mean) / anp.sqrt(var + 2e-5) * gamma.reshape(shape) + beta.reshape(shape)


def _sigmoid(x):
    return 1 / (1 + anp.exp(-x))


def _binary(p):
    return -anp.sum(BITS * anp.log(p) + (1 - BITS) * anp.log(1 - p)) / len(BITS)


THEIRS = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "pow": lambda x: x**2.5,
    "square": anp.square,
    "sin": anp.sin,
    "cos": anp.cos,
    "tanh": anp.tanh,
    "exp": anp.exp,
    "log": anp.log,
    "clip": lambda x: anp.clip(x, -0.9, 1.2),
    "sigmoid": _sigmoid,
    "relu": lambda x: anp.maximum(x, 0.0),
    "leaky_relu": lambda x: anp.where(x > 0, x, 0.1 * x),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "reshape": lambda x: x.reshape(3, 2),
    "transpose": lambda x: anp.transpose(x, (2, 0, 1)),
    "broadcast_to": lambda x: x * anp.ones((4, 2, 3)),  # its own adds no leading axes
    "get_item: slices": lambda x: x[1:, ::2],
    "get_item: places": lambda x: x[[0, 2, 0]],
    "concatenate": lambda x, y: anp.concatenate((x, y), axis=1),
    "sum": anp.sum,
    "sum: axes": lambda x: anp.sum(x, axis=(0, 2), keepdims=True),
    "average": lambda x: anp.mean(x, axis=1),
    "max": lambda x: anp.max(x, axis=1),
    "min": lambda x: anp.min(x, axis=0, keepdims=True),
    "matmul": anp.matmul,
    "matmul: stacks": anp.matmul,
    "matmul: vectors": anp.matmul,
    "linear": lambda x, W, b: anp.matmul(x, W) + b,
    "mean_squared_error": lambda x, y: anp.sum((x - y) ** 2) / len(x),
    "softmax_cross_entropy": lambda x: -anp.mean(_log_softmax(x)[anp.arange(4), LABELS]),
    "sigmoid_cross_entropy": lambda x: _binary(_sigmoid(x)),
    "binary_cross_entropy": _binary,
    "embed_id": lambda W: W[INDICES],
    "batch_norm": _batch_norm,
    "batch_norm: images": _batch_norm,
    "im2col": lambda x: _windows(x, 2, 3),
}
LACKING = {"conv2d", "deconv2d", "pooling", "average_pooling"}


def test_every_case_is_compared_or_lacking():
    assert {case.name for case in CASES} == THEIRS.keys() | LACKING


@pytest.mark.filterwarnings("ignore:Output seems independent")  # a derivative may be constant
@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name in THEIRS], ids=lambda case: case.name
)
def test_value_and_derivatives(case):
    function = THEIRS[case.name]
    xs = tuple(case.arrays())
    places = tuple(range(len(xs)))

    def total(parts):
        return sum(
            anp.sum(part * weights(part.size, k).reshape(part.shape))
            for k, part in enumerate(parts)
        )

    def firsts(*xs):
        return autograd.grad(lambda *xs: total([function(*xs)]), places)(*xs)

    seconds = autograd.grad(lambda *xs: total(firsts(*xs)), places)(*xs)
    assert_same(livegrad_results(case), [function(*xs), *firsts(*xs), *seconds])
