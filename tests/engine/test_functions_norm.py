"""dropout, batch_norm, embed_id, concatenate."""

import numpy as np
import pytest
from deaths import assert_dies_by_counting
from derivatives import assert_first, assert_second, near

import livegrad
import livegrad.functions as F
from livegrad import Variable

SHAPES = [(5, 3), (2, 3, 2, 2)]


def randn(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def normalised(mean=None, var=None):
    """batch_norm as a function of x, gamma and beta; running averages of its own each time."""

    def f(x, gamma, beta):
        mean_, var_ = (np.zeros(3) if mean is None else mean), (np.ones(3) if var is None else var)
        return F.batch_norm(x, gamma, beta, mean_.copy(), var_.copy())

    return f


@pytest.mark.parametrize("shape", SHAPES)
def test_batch_norm_makes_mean_beta_and_deviation_gamma(shape):
    x, gamma, beta = 3 + 2 * randn(*shape), np.array([1.0, 2.0, 3.0]), np.array([0.0, 5.0, -1.0])
    y = normalised()(x, gamma, beta).data
    axes = (0, *range(2, x.ndim))
    near(y.mean(axis=axes), beta)
    near(y.std(axis=axes), gamma, rtol=1e-4)


@pytest.mark.parametrize("shape", SHAPES)
def test_batch_norm_moves_the_running_averages_in_place(shape):
    x, mean, var = randn(*shape), np.full(3, 2.0), np.full(3, 3.0)
    F.batch_norm(x, np.ones(3), np.zeros(3), mean, var, decay=0.9)
    axes = (0, *range(2, x.ndim))
    near(mean, 0.9 * 2 + 0.1 * x.mean(axis=axes))
    near(var, 0.9 * 3 + 0.1 * x.var(axis=axes, ddof=1))


@pytest.mark.parametrize("shape", SHAPES)
def test_batch_norm_in_use_takes_the_running_averages_and_leaves_them(shape):
    x, mean, var = randn(*shape), randn(3, seed=1), randn(3, seed=2) ** 2
    kept = mean.copy(), var.copy()
    with livegrad.test_mode():
        y = F.batch_norm(x, np.ones(3), np.zeros(3), mean, var, eps=0.0)
    wide = (1, 3) + (1,) * (x.ndim - 2)
    near(y.data, (x - mean.reshape(wide)) / np.sqrt(var.reshape(wide)))
    assert (mean == kept[0]).all()
    assert (var == kept[1]).all()


@pytest.mark.parametrize("shape", SHAPES)
def test_derivatives_of_batch_norm_in_training(shape):
    arrays = randn(*shape), randn(3, seed=1), randn(3, seed=2)
    assert_first(normalised(), *arrays)
    assert_second(normalised(), *arrays, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_derivatives_of_batch_norm_in_use(shape):
    arrays = randn(*shape), randn(3, seed=1), randn(3, seed=2)
    f = normalised(randn(3, seed=3), randn(3, seed=4) ** 2 + 0.5)
    with livegrad.test_mode():
        assert_first(f, *arrays)
        assert_second(lambda *xs: f(*xs) ** 3, *arrays, rtol=1e-3, atol=1e-3)


def test_a_graph_drawn_in_use_is_differentiated_as_drawn():
    x, mean, var = Variable(randn(4, 3)), np.zeros(3), np.full(3, 4.0)
    with livegrad.test_mode():
        y = F.batch_norm(x, np.ones(3), np.zeros(3), mean, var, eps=0.0)
    F.batch_norm(randn(4, 3) + 9, np.ones(3), np.zeros(3), mean, var)  # moves the averages
    y.backward()
    near(x.grad.data, np.full((4, 3), 0.5))


def test_batch_norm_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match=r"\(2, 3, 4\).*x must be"):
        F.batch_norm(np.ones((2, 3, 4)), np.ones(3), np.ones(3), np.ones(3), np.ones(3))


def test_dropout_drops_a_share_and_scales_the_rest():
    np.random.seed(0)
    y = F.dropout(Variable(np.ones(10_000)), 0.25).data
    assert set(np.unique(y)) == {0.0, 1 / 0.75}
    assert abs((y == 0).mean() - 0.25) < 0.02


def test_dropout_lets_gradients_through_where_it_let_values_through():
    x = Variable(randn(50))
    y = F.dropout(x)
    y.backward(create_graph=True)
    near(x.grad.data, y.data / x.data)


def test_dropout_in_use_changes_nothing():
    x = Variable(randn(3))
    with livegrad.test_mode():
        assert F.dropout(x) is x


@pytest.mark.parametrize("ratio", [-0.1, 1.0])
def test_dropout_refuses_a_ratio_that_is_none(ratio):
    with pytest.raises(ValueError, match="at least 0 and below 1"):
        F.dropout(np.ones(3), ratio)


@pytest.mark.parametrize("indices", [np.array([2, 0, 2]), np.array([[1, 1], [0, 3]]), [0, 1]])
def test_embed_id_picks_rows_and_adds_up_their_gradients(indices):
    W = randn(4, 2)
    near(F.embed_id(indices, W).data, W[np.asarray(indices)])
    assert_first(lambda W: F.embed_id(indices, W), W)
    assert_second(lambda W: F.embed_id(indices, W) ** 3, W, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_concatenate_puts_arrays_side_by_side(axis):
    arrays = [randn(2, 2, 2, seed=i) for i in range(3)]
    near(F.concatenate(arrays, axis).data, np.concatenate(arrays, axis))
    f = lambda *xs: F.concatenate(xs, axis) ** 3  # noqa: E731
    assert_first(f, *arrays)
    assert_second(f, *arrays, rtol=1e-4, atol=1e-4)
    assert_first(lambda x: F.concatenate([x], axis), arrays[0])


def test_concatenate_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="at least one"):
        F.concatenate([])
    with pytest.raises(ValueError, match=r"\(2, 2\) and \(2, 3\)"):
        F.concatenate([np.ones((2, 2)), np.ones((2, 3))])


def test_float32_stays_float32():
    x, one = randn(4, 3).astype("f4"), np.ones(3, "f4")
    for f in [
        lambda x: F.batch_norm(x, one, one, np.ones(3, "f4"), np.ones(3, "f4")),
        F.dropout,
        lambda x: F.embed_id([0, 1], x),
        lambda x: F.concatenate([x, x]),
    ]:
        v = Variable(x)
        y = f(v)
        y.backward(create_graph=True)
        assert y.dtype == v.grad.dtype == np.float32


@pytest.mark.parametrize(
    "f",
    [
        pytest.param(lambda x: normalised()(x, Variable(randn(3)), randn(3)), id="batch_norm"),
        pytest.param(F.dropout, id="dropout"),
        pytest.param(lambda x: F.embed_id([0, 0], x), id="embed_id"),
        pytest.param(lambda x: F.concatenate([x, x]), id="concatenate"),
    ],
)
def test_graphs_die_by_counting_alone(f):
    def graph():
        x = Variable(randn(4, 3))
        y = f(x)
        y.backward()
        return y, x

    assert_dies_by_counting(graph)
