"""Variable, Function, Config: as the book has them, and right where it goes wrong."""

import contextlib
import gc
import weakref

import numpy as np
import pytest

import livegrad.core
import livegrad.functions as F
from livegrad import (
    Config,
    Function,
    Parameter,
    Variable,
    as_array,
    as_variable,
    core_simple,
    no_grad,
    test_mode,
    using_config,
)

test_mode.__test__ = False  # pytest takes it for a test


class ArraySquare(Function):
    """In the style of the book's step 17."""

    def forward(self, x):
        return x**2

    def backward(self, gy):
        x = self.inputs[0].data
        return 2 * x * gy


class VariableSquare(Function):
    """In the style of the book's step 32."""

    def forward(self, x):
        return x**2

    def backward(self, gy):
        (x,) = self.inputs
        return 2 * x * gy


class Split(Function):
    def forward(self, x):
        return x * 2.0, x * 3.0

    def backward(self, ga, gb):
        return ga * 2.0 + gb * 3.0


def test_repr_len_and_the_properties_of_the_array():
    x = Variable(np.array([[1, 2, 3], [4, 5, 6]]), name="x")
    assert repr(x) == "variable([[1 2 3]\n          [4 5 6]])"
    assert repr(Variable(None)) == "variable(None)"
    assert repr(Variable(np.array(2.0))) == "variable(2.0)"
    assert (len(x), x.shape, x.ndim, x.size, x.dtype, x.name) == (
        2,
        (2, 3),
        2,
        6,
        x.data.dtype,
        "x",
    )
    assert x.T.shape == x.transpose().shape == (3, 2)
    assert x.reshape(6).shape == x.reshape((6,)).shape == x.reshape([6]).shape == (6,)
    assert x[1, 2].data == 6
    assert x.sum(axis=0).data.tolist() == [5, 7, 9]
    assert (x.max().data, x.min().data) == (6, 1)


def test_as_array_and_as_variable():
    assert as_array(2.0).shape == as_array(np.float32(2)).shape == ()
    a = np.ones(2)
    assert as_array(a) is a
    x = as_variable(a)
    assert as_variable(x) is x
    assert x.data is a


def test_the_graph_is_made_of_real_objects_that_hold_each_other():
    x = Variable(np.array(2.0))
    y = F.square(x)
    function = y.creator
    assert y.creator is function
    assert function.inputs[0] is x
    assert type(function.outputs[0]) is weakref.ref
    assert function.outputs[0]() is y
    assert (x.generation, function.generation, y.generation) == (0, 0, 1)
    assert x in gc.get_referents(function.inputs)
    del y
    assert function.outputs[0]() is None


def test_switches_hold_for_their_block_and_are_put_back_after_an_error():
    with using_config("weak_outputs", False):
        y = F.square(Variable(np.array(2.0)))
    assert y.creator.outputs[0] is y
    with no_grad():
        assert not Config.enable_backprop
    with contextlib.suppress(KeyError), test_mode():
        assert not Config.train
        raise KeyError
    assert Config.enable_backprop
    assert Config.train
    with pytest.raises(AttributeError), using_config("no_such_switch", 1):
        pass


@pytest.mark.parametrize("square", [ArraySquare, VariableSquare])
def test_functions_in_both_styles_of_the_book(square):
    x = Variable(np.array(3.0))
    y = square()(square()(x))
    y.backward()
    assert (y.data, x.grad.data) == (81.0, 108.0)


def test_create_graph_through_a_function_of_the_users():
    x = Variable(np.array(3.0))
    y = VariableSquare()(VariableSquare()(x))
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    assert x.grad.data == 12 * 9.0


def test_generations_decide_the_order_of_backward():
    x = Variable(np.array(2.0))
    a = F.square(x)
    y = F.square(a) + F.square(a)
    y.backward()
    assert (y.data, x.grad.data) == (32.0, 64.0)


def test_gradients_add_up_until_cleared():
    x = Variable(np.array(3.0))
    for expected in (2.0, 4.0, 6.0):
        (x + x).backward()
        assert x.grad.data == expected
    held = x.grad
    (x + x).backward()
    assert held.data == 6.0  # what a program holds does not change under its hands
    x.cleargrad()
    (x + x + x).backward()
    assert x.grad.data == 3.0


@pytest.mark.parametrize("create_graph", [False, True])
def test_only_leaves_keep_gradients_unless_asked(create_graph):
    x = Variable(np.array(1.0))
    a = x * 2.0
    y = a * 3.0
    y.backward(create_graph=create_graph)
    assert a.grad is None
    assert y.grad is None
    assert x.grad.data == 6.0
    y.backward(retain_grad=True, create_graph=create_graph)
    assert (y.grad.data, a.grad.data, x.grad.data) == (1.0, 3.0, 12.0)


def test_a_gradient_that_is_set_is_the_seed():
    x = Variable(np.ones(2))
    y = x * 2.0
    y.grad = Variable(np.array([10.0, 20.0]))
    y.backward()
    assert x.grad.data.tolist() == [20.0, 40.0]
    seed = np.array([1.0, 2.0])
    y = x + 1.0
    y.grad = seed
    x.cleargrad()
    y.backward()
    x.grad.data[...] = 0
    assert seed.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("create_graph", [False, True])
def test_backward_of_a_leaf_and_of_a_no_grad_result(create_graph):
    x = Variable(np.ones(2))
    x.backward(create_graph=create_graph)
    assert x.grad.data.tolist() == [1.0, 1.0]
    with no_grad():
        y = Variable(np.ones(2)) * 3.0
    y.backward(create_graph=create_graph)
    assert y.grad.data.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("keep", [False, True])
def test_the_gradient_of_a_dead_or_unused_sibling_is_zeros(create_graph, keep):
    x = Variable(np.ones(3))
    a, b = Split()(x)
    if not keep:
        b = None
    a.backward(create_graph=create_graph)
    assert x.grad.data.tolist() == [2.0] * 3
    assert b is None or b.grad is None


@pytest.mark.parametrize("create_graph", [False, True])
def test_siblings_are_visited_once_with_all_their_gradients(create_graph):
    x = Variable(np.ones(3))
    a, b = Split()(x * 1.0)
    y = a * b + F.square(b) * 1.0 + a
    y.backward(create_graph=create_graph)
    assert x.grad.data.tolist() == [12.0 + 18.0 + 2.0] * 3


@pytest.mark.parametrize("create_graph", [False, True])
def test_add_and_sub_give_each_input_an_array_of_its_own(create_graph):
    for function in (F.add, F.sub):
        x0, x1 = Variable(np.ones(3)), Variable(np.ones(3))
        function(x0, x1).backward(create_graph=create_graph)
        x0.grad.data *= 5.0
        assert abs(x1.grad.data).tolist() == [1.0] * 3


def test_a_function_that_is_called_again_stands_twice_in_the_graph():
    f = VariableSquare()
    x = Variable(np.array(3.0))
    y = f(f(x))
    assert y.creator is not f
    assert y.creator.inputs[0].creator is f
    y.backward()
    assert x.grad.data == 108.0


def test_a_function_of_a_graph_that_is_called_again_leaves_that_graph_alone():
    x, a = Variable(np.array(3.0)), Variable(np.array(5.0))
    y = VariableSquare()(x)
    z = y.creator(a)
    assert z.creator is not y.creator
    assert y.creator.inputs == (x,)
    y.backward()
    z.backward()
    assert (x.grad.data, a.grad.data) == (6.0, 10.0)


@pytest.mark.parametrize("module", [livegrad.core, core_simple])
@pytest.mark.parametrize("kept", [True, False])
def test_what_a_users_backward_returns_is_not_written_into(module, kept):
    returned = []

    class Twice(module.Function):
        def forward(self, x):
            return x + x

        def backward(self, gy):
            gx = gy * 2.0
            if kept:
                returned.append(getattr(gx, "data", gx) if module is livegrad.core else gx)
            return gx

    x = module.Variable(np.array([1.0, -1.0]))
    y = Twice()(x * 3.0)  # the derivative of x * 3.0 computes into the gradient it is given
    y.backward()
    assert np.asarray(x.grad).tolist() == [6.0, 6.0]
    if kept:
        assert [gx.tolist() for gx in returned] == [[2.0, 2.0]]


@pytest.mark.parametrize("module", [livegrad.core, core_simple])
def test_a_users_backward_may_return_what_it_was_given_or_an_input(module):
    class Odd(module.Function):
        def forward(self, x, w):
            return x * 1.0

        def backward(self, gy):
            x = self.inputs[0]
            return gy, (x if module is livegrad.core else x.data)

    class Same(module.Function):
        def forward(self, x):
            return x * 1.0

        def backward(self, gy):
            return self.inputs[0].data[...]

    a = module.Variable(np.array([1.0, 2.0]))
    x, w = a * 3.0, a * 5.0
    Odd()(x, w).backward()
    assert np.asarray(a.grad).tolist() == [3.0 + 15.0, 3.0 + 30.0]
    assert x.data.tolist() == [3.0, 6.0]
    b = a * 3.0
    Same()(b).backward()
    assert b.data.tolist() == [3.0, 6.0]


def test_parameters_are_variables_and_results_are_not_parameters():
    p = Parameter(np.ones(2))
    y = p * 2.0
    assert isinstance(p, Variable)
    assert type(y) is Variable


def test_step_28_and_29_change_the_data_in_place_by_variables():
    x = Variable(np.array(2.0))
    y = x**4 - 2 * x**2
    y.backward()
    x.data -= 0.1 * x.grad
    assert type(x.data) is np.ndarray
    assert x.data == pytest.approx(2.0 - 2.4)


def test_integers_go_through_what_only_adds_and_rearranges():
    x = Variable(np.array([[1, 2, 3], [4, 5, 6]]))
    F.sum(F.reshape(x, (6,)).reshape(3, 2).T[1]).backward()
    assert x.grad.data.tolist() == [[0, 1, 0], [1, 0, 1]]
    x0, x1 = Variable(np.array([1, 2, 3])), Variable(np.array([10]))
    (x0 + x1).backward()
    assert repr(x1.grad) == "variable([3])"


def test_integers_beside_real_numbers_are_constants():
    x, n = Variable(np.array([0.5, 1.0])), Variable(np.array([2, 3]))
    (x * n).backward()
    assert x.grad.data.tolist() == [2.0, 3.0]


def test_a_gradient_has_the_precision_of_its_leaf():
    x, y = Variable(np.ones(2, np.float32)), Variable(np.ones(2))
    (x * y).backward()
    assert (x.grad.dtype, y.grad.dtype) == (np.float32, np.float64)


def test_data_that_was_released_is_not_needed_by_add():
    x, b = Variable(np.ones((2, 3))), Variable(np.ones(3))
    t = x * 2.0
    y = t + b
    t.data = None
    y.backward()
    assert b.grad.data.tolist() == [2.0] * 3
    assert x.grad.data.tolist() == [[2.0] * 3] * 2


def test_moving_to_a_cpu_does_nothing_and_to_a_gpu_is_refused():
    x = Variable(np.ones(2))
    x.to_cpu()
    with pytest.raises(RuntimeError, match=r"Variable.to_gpu\(\) needs a GPU"):
        x.to_gpu()
