"""conv2d, deconv2d, pooling, im2col: against plain loops, and against finite differences."""

import itertools
import re
import weakref

import numpy as np
import pytest
from deaths import assert_dies_by_counting
from derivatives import assert_first, assert_second, near

import livegrad.functions as F
from livegrad import Variable
from livegrad.functions.conv import Conv2d, Conv2DGradW
from livegrad.functions.pooling import Pooling2DGrad
from livegrad.utils import get_conv_outsize, get_deconv_outsize, pair

GEOMETRIES = [(1, 0), (2, 0), (1, 1), (2, 1), ((2, 1), (0, 1)), (3, 2)]  # stride, pad


def randn(*shape, dtype=np.float64, seed=0):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def windows(x, kernel, stride, pad):
    """Every window of x by plain loops: (row, column) of the output and the pixels there."""
    (KH, KW), (SH, SW), (PH, PW) = pair(kernel), pair(stride), pair(pad)
    x = np.pad(x, ((0, 0), (0, 0), (PH, PH), (PW, PW)))
    for i in range((x.shape[2] - KH) // SH + 1):
        for j in range((x.shape[3] - KW) // SW + 1):
            yield i, j, x[:, :, i * SH : i * SH + KH, j * SW : j * SW + KW]


def by_windows(x, kernel, stride, pad, channels, function):
    size = [
        get_conv_outsize(n, *kspads)
        for n, *kspads in zip(x.shape[2:], pair(kernel), pair(stride), pair(pad), strict=True)
    ]
    y = np.empty((len(x), channels, *size))
    for i, j, window in windows(x, kernel, stride, pad):
        y[:, :, i, j] = function(window)
    return y


def conv_by_loops(x, W, b, stride, pad):
    def products(window):
        return np.array([[(w * image).sum() for w in W] for image in window]) + b

    return by_windows(x, W.shape[2:], stride, pad, len(W), products)


@pytest.mark.parametrize(("stride", "pad"), GEOMETRIES)
def test_conv2d_is_what_plain_loops_give(stride, pad):
    x, W, b = randn(2, 3, 7, 6), randn(4, 3, 3, 2, seed=1), randn(4, seed=2)
    y = F.conv2d(x, W, b, stride, pad)
    near(y.data, conv_by_loops(x, W, b, stride, pad))
    near(F.conv2d_simple(x, W, b, stride, pad).data, y.data)
    near(F.conv2d(x, W, None, stride, pad).data, conv_by_loops(x, W, 0, stride, pad))
    assert y.data.flags.owndata
    assert y.data.flags.c_contiguous


@pytest.mark.parametrize(("stride", "pad"), GEOMETRIES)
def test_deconv2d_is_the_adjoint_of_conv2d(stride, pad):
    x, W = randn(2, 3, 7, 6), randn(4, 3, 3, 2, seed=1)
    y = F.conv2d(x, W, None, stride, pad).data
    gy = randn(*y.shape, seed=2)
    back = F.deconv2d(gy, W, None, stride, pad, outsize=(7, 6)).data
    near((y * gy).sum(), (x * back).sum())


@pytest.mark.parametrize(("stride", "pad"), GEOMETRIES)
def test_deconv2d_adds_scaled_filters_where_plain_loops_put_them(stride, pad):
    x, W, b = randn(2, 3, 4, 3), randn(3, 2, 3, 4, seed=1), randn(2, seed=2)
    (SH, SW), (PH, PW) = pair(stride), pair(pad)
    H, Wd = get_deconv_outsize(4, 3, SH, PH), get_deconv_outsize(3, 4, SW, PW)
    full = np.zeros((2, 2, H + 2 * PH, Wd + 2 * PW))
    for n, c, i, j in itertools.product(*map(range, x.shape)):
        full[n, :, i * SH : i * SH + 3, j * SW : j * SW + 4] += x[n, c, i, j] * W[c]
    expected = full[:, :, PH : PH + H, PW : PW + Wd] + b.reshape(1, -1, 1, 1)
    near(F.deconv2d(x, W, b, stride, pad).data, expected)


@pytest.mark.parametrize(("stride", "pad"), GEOMETRIES)
def test_pooling_is_what_plain_loops_give(stride, pad):
    x = randn(2, 3, 7, 6)
    kernel = (3, 2)
    greatest = by_windows(x, kernel, stride, pad, 3, lambda window: window.max(axis=(2, 3)))
    mean = by_windows(x, kernel, stride, pad, 3, lambda window: window.mean(axis=(2, 3)))
    near(F.pooling(x, kernel, stride, pad).data, greatest)
    near(F.pooling_simple(x, kernel, stride, pad).data, greatest)
    near(F.average_pooling(x, kernel, stride, pad).data, mean)


@pytest.mark.parametrize(("stride", "pad"), GEOMETRIES)
def test_im2col_lays_out_the_windows_and_col2im_puts_them_back(stride, pad):
    x = randn(2, 3, 7, 6)
    col = F.im2col(x, (3, 2), stride, pad, to_matrix=False).data
    for i, j, window in windows(x, (3, 2), stride, pad):
        near(col[:, :, :, :, i, j], window)
    matrix = F.im2col(x, (3, 2), stride, pad).data
    assert matrix.shape == (2 * col.shape[4] * col.shape[5], 18)
    near(matrix, col.transpose(0, 4, 5, 1, 2, 3).reshape(len(matrix), 18))
    image = F.col2im(col, x.shape, (3, 2), stride, pad, to_matrix=False).data
    near((image * x).sum(), (col * col).sum())  # the adjoint: <col2im(c), x> = <c, im2col(x)>
    near(F.col2im(matrix, x.shape, (3, 2), stride, pad).data, image)


SMALL = [(1, 0), (2, 1), ((1, 2), (1, 0))]
FUNCTIONS = {
    "conv2d": (
        lambda s, p: lambda x, W, b: F.conv2d(x, W, b, s, p),
        [(2, 2, 4, 5), (2, 2, 2, 3), (2,)],
    ),
    "conv2d without b": (
        lambda s, p: lambda x, W: F.conv2d(x, W, None, s, p),
        [(1, 2, 4, 5), (2, 2, 2, 3)],
    ),
    "conv2d_simple": (
        lambda s, p: lambda x, W, b: F.conv2d_simple(x, W, b, s, p),
        [(1, 2, 4, 5), (2, 2, 2, 3), (2,)],
    ),
    "deconv2d": (
        lambda s, p: lambda x, W, b: F.deconv2d(x, W, b, s, p),
        [(2, 2, 2, 3), (2, 2, 3, 2), (2,)],
    ),
    "pooling": (lambda s, p: lambda x: F.pooling(x, (2, 3), s, p), [(2, 2, 4, 5)]),
    "pooling_simple": (lambda s, p: lambda x: F.pooling_simple(x, (2, 3), s, p), [(2, 2, 4, 5)]),
    "average_pooling": (lambda s, p: lambda x: F.average_pooling(x, (2, 3), s, p), [(2, 2, 4, 5)]),
    "im2col": (lambda s, p: lambda x: F.im2col(x, (2, 3), s, p), [(2, 2, 4, 5)]),
    "col2im": (
        lambda s, p: lambda x: F.col2im(F.im2col(x, 2, s, p), (1, 2, 4, 5), 2, s, p),
        [(1, 2, 4, 5)],
    ),
}


@pytest.mark.parametrize(("stride", "pad"), SMALL)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_first_derivatives(name, stride, pad):
    make, shapes = FUNCTIONS[name]
    assert_first(make(stride, pad), *[randn(*s, seed=i) for i, s in enumerate(shapes)])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_second_derivatives(name):
    # Cubed: convolution and pooling alone are linear in x, and have no second derivative by it.
    make, shapes = FUNCTIONS[name]
    f = make(2, 1)
    assert_second(
        lambda *xs: f(*xs) ** 3,
        *[randn(*s, seed=i) for i, s in enumerate(shapes)],
        rtol=1e-4,
        atol=1e-4,
    )


def test_third_derivatives_of_pooling_exist():
    x = Variable(randn(1, 1, 4, 4))
    y = F.sum(F.pooling(x, 2, 2) ** 4)
    for power in (4, 12, 24):
        x.cleargrad()
        y.backward(create_graph=True)
        y = F.sum(x.grad)
        greatest = F.pooling(x.data, 2, 2).data
        exponent = {4: 3, 12: 2, 24: 1}[power]
        near(y.data, power * (greatest**exponent).sum())


@pytest.mark.parametrize("outsize", [(7, 7), (8, 8), (7, 8)])
def test_deconv2d_makes_the_size_that_was_asked_for(outsize):
    x, W = randn(1, 2, 3, 3), randn(2, 2, 3, 3)
    f = lambda x, W: F.deconv2d(x, W, None, 2, 0, outsize)  # noqa: E731
    assert f(x, W).shape == (1, 2, *outsize)
    assert_first(f, x, W)


def test_float32_stays_float32():
    x, W, b = randn(2, 2, 5, 5, dtype="f4"), randn(2, 2, 3, 3, dtype="f4"), randn(2, dtype="f4")
    for f in [
        lambda x: F.conv2d(x, W, b, 2, 1),
        lambda x: F.deconv2d(x, W, b, 2, 1),
        lambda x: F.pooling(x, 2, 1, 1),
        lambda x: F.average_pooling(x, 2, 1, 1),
        lambda x: F.im2col(x, 2),
    ]:
        v = Variable(x)
        y = f(v)
        y.backward(create_graph=True)
        assert y.dtype == v.grad.dtype == np.float32


def test_an_empty_batch_gives_an_empty_result():
    x = np.zeros((0, 2, 4, 4))
    assert F.conv2d(x, np.ones((3, 2, 3, 3))).shape == (0, 3, 2, 2)
    assert F.pooling(x, 2, 2).shape == (0, 2, 2, 2)
    assert F.im2col(x, 2).shape == (0, 8)


def test_padding_of_a_maximum_counts_as_zero():
    assert F.pooling(-np.ones((1, 1, 2, 2)), 2, 2, 1).data.max() == 0


def test_where_several_are_greatest_the_first_gets_the_gradient():
    x = Variable(np.ones((1, 1, 2, 2)))
    F.pooling(x, 2).backward()
    assert x.grad.data.ravel().tolist() == [1, 0, 0, 0]


def test_inputs_are_left_as_they_were():
    x, W, b = randn(1, 2, 4, 4), randn(2, 2, 3, 3), randn(2)
    kept = [a.copy() for a in (x, W, b)]
    for y in [
        F.conv2d(Variable(x), W, b, 1, 1),
        F.deconv2d(Variable(x), W, b),
        F.pooling(Variable(x), 2),
    ]:
        y.backward()
    for now, before in zip((x, W, b), kept, strict=True):
        assert (now == before).all()


def test_the_gradient_of_a_pooling_does_not_hold_the_graph_before_it():
    x = Variable(randn(1, 1, 4, 4))
    pooling = F.pooling(x, 2).creator
    gradient, alive = Pooling2DGrad(pooling), weakref.ref(x)
    del x, pooling
    assert gradient.indexes.shape == (1, 1, 3, 3, 1)
    assert alive() is None


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_graphs_die_by_counting_alone(name, create_graph):
    make, shapes = FUNCTIONS[name]

    def graph():
        xs = [Variable(randn(*shape)) for shape in shapes]
        y = make(1, 0)(*xs)
        y.backward(create_graph=create_graph)
        gradients = [x.grad for x in xs]
        if create_graph:  # a gradient with a graph leads back to the Variable that holds it
            for x in xs:
                x.cleargrad()
        return (y, *xs, *gradients)

    assert_dies_by_counting(graph)


def test_the_classes_can_be_called_as_in_the_book():
    x, W, b = (Variable(a) for a in (randn(1, 2, 4, 4), randn(3, 2, 3, 3), randn(3)))
    f = Conv2d(1, 0)
    y = f(x, W, b)
    assert f.inputs[0] is x
    assert Conv2DGradW(f)(x.data, np.ones(y.shape)).shape == W.shape
    assert Conv2d(1, 0)(x, W, None).shape == y.shape
    z = Conv2d(1, 0)(x, W, None)
    z.backward()
    assert b.grad is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: F.conv2d(np.ones((2, 4, 4)), np.ones((1, 2, 3, 3))), "(2, 4, 4)"),
        (lambda: F.conv2d(np.ones((1, 3, 4, 4)), np.ones((1, 2, 3, 3))), "(1, 3, 4, 4)"),
        (lambda: F.conv2d(np.ones((1, 2, 4, 4)), np.ones((1, 2, 5, 5))), "more padding"),
        (lambda: F.conv2d(np.ones((1, 2, 4, 4)), np.ones((3, 2, 2, 2)), np.ones(2)), "(3,)"),
        (lambda: F.deconv2d(np.ones((1, 3, 4, 4)), np.ones((2, 1, 3, 3))), "(2, 1, 3, 3)"),
        (
            lambda: F.deconv2d(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), outsize=9),
            "from (4, 4) to (4, 4)",
        ),
        (lambda: F.pooling(np.ones((4, 4)), 2), "(4, 4)"),
        (lambda: F.pooling(np.ones((1, 1, 2, 2)), 3), "(1, 1, 2, 2)"),
        (lambda: F.average_pooling(np.ones((1, 1, 2, 2)), 3), "(3, 3)"),
        (lambda: F.im2col(np.ones((1, 1, 2, 2)), [2, 2]), "tuple of two"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(call, words):
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        call()
    assert "\n" not in str(refused.value)
