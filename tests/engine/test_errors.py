"""Bad input raises one sentence that names the operation, the shapes and the way out."""

import re

import numpy as np
import pytest

import livegrad.functions as F
from livegrad import Function, Variable
from livegrad.core_simple import Function as SimpleFunction


def raises(error, *words):
    return pytest.raises(error, match=".*".join(map(re.escape, words)))


def test_variable_of_something_else():
    for thing in ([1.0], 1.0, "1", (1,)):
        with raises(TypeError, "a Variable holds a numpy array", type(thing).__name__, "np.array("):
            Variable(thing)


def test_operation_on_a_list():
    with raises(TypeError, "Sin takes", "list", "np.array("):
        F.sin([1.0])
    for thing in ([1.0], "1"):
        with raises(TypeError, "Add takes", type(thing).__name__, "np.array("):
            Variable(np.ones(1)) + thing


def test_operation_on_a_variable_without_data():
    for function, name in (
        (F.sin, "Sin"),
        (lambda x: x + 1.0, "AddConst"),
        (lambda x: x * 1.0, "MulConst"),
        (lambda x: x - 1.0, "SubConst"),
        (lambda x: Variable(np.ones(1)) * x, "Mul"),
        (lambda x: Variable(np.ones(1)) + None, "Add"),
    ):
        with raises(TypeError, f"{name} takes", "None", "set its data"):
            function(Variable(None))


def test_shapes_that_do_not_broadcast():
    for function, name in ((F.add, "Add"), (F.mul, "Mul"), (F.sub, "Sub"), (F.div, "Div")):
        with raises(ValueError, name, "(2,)", "(3,)", "do not broadcast", "reshape"):
            function(Variable(np.ones(2)), Variable(np.ones(3)))


def test_shapes_that_do_not_fit():
    x = Variable(np.ones((2, 3)))
    with raises(ValueError, "MatMul", "(2, 3) and (2, 3)", "as long as", "transpose"):
        F.matmul(x, x)
    with raises(ValueError, "Linear", "(2, 3) and (3, 4) and (3,)", "b (H,)", "transpose"):
        F.linear(x, Variable(np.ones((3, 4))), Variable(np.ones(3)))
    with raises(ValueError, "Linear", "(2, 3) and (2, 4) and (4,)", "b (H,)", "transpose"):
        F.linear(x, Variable(np.ones((2, 4))), Variable(np.ones(4)))
    with raises(ValueError, "MeanSquaredError", "(2, 3) and (4,)", "do not broadcast", "reshape"):
        F.mean_squared_error(x, Variable(np.ones(4)))
    with raises(ValueError, "BroadcastTo", "(2, 3)", "does not broadcast to (4, 3)"):
        F.broadcast_to(x, (4, 3))
    with raises(ValueError, "accuracy", "(2, 3) and (3,)", "t, the classes"):
        F.accuracy(x, np.array([0, 1, 2]))
    with raises(ValueError, "Reshape", "(2, 3)"):
        F.reshape(x, (4,))
    with raises(IndexError, "GetItem", "(2, 3)"):
        x[5]
    with raises(ValueError, "SoftmaxCrossEntropy", "(2, 3) and (3,)", "t, the classes"):
        F.softmax_cross_entropy(x, np.array([0, 1, 2]))


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(
    "function",
    [F.square, F.exp, lambda x: x * 2.0, lambda x: x * x],
    ids=["square", "exp", "twice", "product"],
)
def test_integers_can_not_be_differentiated_by(function, create_graph):
    x = Variable(np.array([1, 2, 3]))
    with raises(TypeError, "backward through", str(x.dtype), "(3,)", "np.array([1.0, 2.0])"):
        function(x).backward(create_graph=create_graph)
    assert x.grad is None


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize(("given", "count"), [((), 0), ((1.0, 2.0, 3.0), 3), (1.0, 1)])
def test_wrong_number_of_gradients(given, count, create_graph):
    class Both(Function):
        def forward(self, a, b):
            return a + b

        def backward(self, gy):
            return given

    y = Both()(Variable(np.array(1.0)), Variable(np.array(1.0)))
    with raises(ValueError, "Both.backward", f"{count} gradient", "2 input", "None"):
        y.backward(create_graph=create_graph)


def test_gradient_of_another_shape():
    class Wrong(Function):
        def forward(self, x):
            return x * 1.0

        def backward(self, gy):
            return gy[0]

    with raises(ValueError, "Wrong.backward", "()", "input 0", "(3,)", "sum_to"):
        Wrong()(Variable(np.ones(3))).backward()


@pytest.mark.parametrize("create_graph", [False, True])
def test_second_backward_where_the_graph_was_cut(create_graph):
    for cut in (Variable.unchain, Variable.unchain_backward):
        y = Variable(np.ones(1)) * 2.0
        y.backward()
        cut(y)
        with raises(RuntimeError, "backward", "cut", "compute it again"):
            y.backward(create_graph=create_graph)


def test_arrays_from_a_backward_can_not_be_differentiated_again():
    class Arrays(Function):
        def forward(self, x):
            return x * x

        def backward(self, gy):
            return 2 * self.inputs[0].data * gy.data

    class Simple(SimpleFunction):
        def forward(self, x):
            return x * x

        def backward(self, gy):
            return 2 * self.inputs[0].data * gy

    for function in (Arrays, Simple):
        x = Variable(np.array(3.0))
        y = F.sin(function()(x))
        y.backward()
        assert x.grad.data == pytest.approx(6.0 * np.cos(9.0))
        with raises(RuntimeError, function.__name__, "create_graph=True", "Variables"):
            y.backward(create_graph=True)


def test_variable_exponent():
    x = Variable(np.ones(1))
    with raises(TypeError, "Pow", "exp(c * log(x))"):
        x**x


def test_undefined_forward_and_backward():
    with raises(NotImplementedError, "Function has no forward"):
        Function()(np.ones(1))
