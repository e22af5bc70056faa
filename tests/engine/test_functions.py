"""Every operation of the table: derivatives, dtypes, deaths, and that none is missing."""

import numpy as np
import pytest
from deaths import assert_dies_by_counting
from derivatives import assert_first, assert_second, assert_third
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes
from operations import TABLE, arrays, operations

import livegrad.functions as F
from livegrad import Variable, as_variable, no_grad, using_config

CASES = [
    pytest.param(entry, shapes, id=f"{entry.name}-{i}-{'+'.join(map(str, shapes))}")
    for i, entry in enumerate(TABLE)
    for shapes in entry.shapes
]


def test_the_table_has_every_operation():
    assert {entry.operation for entry in TABLE} == operations()


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_function_makes_the_operation_it_stands_for(entry, shapes):
    y = entry(*map(Variable, arrays(entry, shapes, seed=0)))
    assert type(y.creator) is entry.operation
    assert len(y.creator.inputs) >= len(shapes)
    assert [output() is y for output in y.creator.outputs] == [True]


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_first_derivative(entry, shapes):
    assert_first(entry, *arrays(entry, shapes, seed=1))


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_second_derivative(entry, shapes):
    assert_second(entry, *arrays(entry, shapes, seed=2), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_third_derivative(entry, shapes):
    assert_third(entry, *arrays(entry, shapes, seed=2), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_gradients_computed_as_arrays_and_as_variables_are_the_same(entry, shapes):
    data = arrays(entry, shapes, seed=3)
    plain, graph = [Variable(a) for a in data], [Variable(a) for a in data]
    entry(*plain).backward()
    entry(*graph).backward(create_graph=True)
    for a, b in zip(plain, graph, strict=True):
        np.testing.assert_allclose(a.grad.data, b.grad.data, rtol=1e-12, atol=1e-14)
        assert a.grad.shape == b.grad.shape == a.shape


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_float32_stays_float32(entry, shapes, create_graph):
    inputs = [Variable(a) for a in arrays(entry, shapes, seed=4, dtype=np.float32)]
    y = entry(*inputs)
    y.backward(create_graph=create_graph)
    assert [v.dtype for v in (y, *inputs, *(x.grad for x in inputs))] == [np.float32] * (
        1 + 2 * len(inputs)
    )


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_gradients_are_their_own_and_can_be_written(entry, shapes):
    inputs = [Variable(a) for a in arrays(entry, shapes, seed=5)]
    before = [x.data.copy() for x in inputs]
    y = entry(*inputs)
    result = y.data.copy()
    y.backward(retain_grad=True)
    owners = [*inputs, y]
    for i, x in enumerate(owners):
        for other in owners[:i]:
            assert not np.shares_memory(x.grad.data, other.grad.data)
        x.grad.data[...] = 7
    assert all((a == x.data).all() for a, x in zip(before, inputs, strict=True))
    assert (result == y.data).all()


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_results_are_arrays_and_no_grad_draws_nothing(entry, shapes):
    with no_grad():
        y = entry(*map(Variable, arrays(entry, shapes, seed=6)))
    assert type(y.data) is np.ndarray
    assert y.creator is None
    assert y.generation == 0


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_the_graph_dies_by_counting_alone(entry, shapes, graph):
    def make():
        inputs = [Variable(a) for a in arrays(entry, shapes, seed=7)]
        y = F.sum(entry(*inputs) * 2.0)
        y.backward(retain_grad=True, create_graph=graph)
        if graph:  # x -> grad -> ... -> x is a true cycle, which the program cuts by cleargrad
            for node in [y, y.creator.inputs[0], y.creator.inputs[0].creator.inputs[0], *inputs]:
                node.cleargrad()
        return y

    assert_dies_by_counting(make)


@pytest.mark.parametrize(("entry", "shapes"), CASES)
def test_strong_outputs_give_the_same_gradients(entry, shapes):
    data = arrays(entry, shapes, seed=8)
    gradients = []
    for weak in (True, False):
        inputs = [Variable(a) for a in data]
        with using_config("weak_outputs", weak):
            y = entry(*inputs)
            assert (y.creator.outputs[0] is y) is not weak
            y.backward()
        gradients.append([x.grad.data for x in inputs])
    for a, b in zip(*gradients, strict=True):
        assert (a == b).all()


@settings(max_examples=40)
@given(
    mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3, min_side=0),
    st.sampled_from([F.add, F.sub, F.mul, F.div]),
    st.integers(0, 99),
)
def test_any_two_shapes_that_broadcast(shapes, function, seed):
    random = np.random.default_rng(seed)
    a, b = (random.uniform(0.5, 2.0, shape) for shape in shapes.input_shapes)
    assert function(Variable(a), Variable(b)).shape == shapes.result_shape
    assert_first(function, a, b)
    assert_second(function, a, b, rtol=1e-4, atol=1e-5)


@settings(max_examples=40)
@given(st.data())
def test_reductions_over_any_axes(data):
    shape = tuple(data.draw(st.lists(st.integers(1, 3), max_size=3)))
    axes = st.none()
    if shape:
        each = st.integers(-len(shape), len(shape) - 1)
        axes = axes | each | st.sets(st.integers(0, len(shape) - 1)).map(tuple)
    axis, keepdims = data.draw(axes), data.draw(st.booleans())
    x = np.random.default_rng(0).permutation(float(np.prod(shape)) + np.arange(np.prod(shape)))
    x = x.reshape(shape)
    for ours, theirs in ((F.sum, np.sum), (F.average, np.mean), (F.max, np.max), (F.min, np.min)):
        y = ours(Variable(x), axis=axis, keepdims=keepdims)
        np.testing.assert_allclose(y.data, theirs(x, axis=axis, keepdims=keepdims))
        assert_first(lambda v, f=ours: f(as_variable(v), axis=axis, keepdims=keepdims), x)


def test_numpy_functions_and_arrays_work_with_variables():
    a, x = np.array([1.0, 2.0]), Variable(np.array([3.0, 4.0]))
    for y in (a * x, np.multiply(a, x), np.float64(1.0) * x, np.sin(x), a - x, a / x, a @ x):
        assert isinstance(y, Variable)
    assert (a - x).data.tolist() == [-2.0, -2.0]
    assert (a / x).data.tolist() == [1 / 3, 0.5]
    assert np.asarray(x) is x.data
    a -= 0.5 * x  # in place: an array stays an array
    assert type(a) is np.ndarray
    assert a.tolist() == [-0.5, 0.0]


def test_accuracy_and_the_composed_losses():
    x = np.array([[0.2, 0.8, 0.0], [0.1, 0.9, 0.0], [0.8, 0.1, 0.1]])
    t = np.array([1, 2, 0])
    assert F.accuracy(x, t).data == pytest.approx(2 / 3)
    assert F.softmax_cross_entropy_simple(x, t).data == pytest.approx(
        F.softmax_cross_entropy(x, t).data
    )
    assert F.mean_squared_error_simple(x, x * 2).data == pytest.approx(
        F.mean_squared_error(x, x * 2).data
    )
    assert_first(F.softmax_simple, x)
    assert_first(F.sigmoid_simple, x)
    zeros_ones = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0]])
    p = 1 / (1 + np.exp(-x))
    expected = -(zeros_ones * np.log(p) + (1 - zeros_ones) * np.log(1 - p)).sum() / 3
    assert F.sigmoid_cross_entropy(Variable(x), zeros_ones).data == pytest.approx(expected)
    assert F.binary_cross_entropy(Variable(p), zeros_ones).data == pytest.approx(expected)
    assert_first(lambda v: F.sigmoid_cross_entropy(v, zeros_ones), x)


def test_softmax_and_sigmoid_do_not_overflow():
    x = Variable(np.array([[1e4, 0.0], [-1e4, -2e4]]))
    with np.errstate(over="raise", invalid="raise"):
        assert F.softmax(x).data.tolist() == [[1.0, 0.0], [1.0, 0.0]]
        assert F.sigmoid(x).data.tolist() == [[1.0, 0.5], [0.0, 0.0]]
        assert F.log_softmax(x).data.tolist() == [[0.0, -1e4], [0.0, -1e4]]
        assert F.softmax_cross_entropy(x, np.array([1, 0])).data == 5000.0


def test_numbers_that_are_met_often_mean_the_same():
    x = Variable(np.array([1.0, -1.0]))
    x32 = Variable(np.array([1.0], np.float32))
    for _ in range(200):
        assert (x * 0.0).data.tobytes() == np.array([0.0, -0.0]).tobytes()
        assert (x * -0.0).data.tobytes() == np.array([-0.0, 0.0]).tobytes()
        assert (x * 3).data.tolist() == [3.0, -3.0]
        assert (x + 3.0).data.tolist() == [4.0, 2.0]
        assert (x32 * 3).dtype == (x32 + 3.0).dtype == np.float32


def test_bare_arrays_get_no_gradient_where_it_costs_a_product():
    a, W = np.ones((2, 3)), Variable(np.ones((3, 4)))
    y = F.linear(a, W, np.zeros(4))
    y.backward()
    assert y.creator.inputs[0].grad is None
    assert W.grad.data.tolist() == [[2.0] * 4] * 3
