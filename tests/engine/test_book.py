"""Programs in the manner of the book's steps 23 to 43, as a reader has them: they import dezero.

Each is a whole program of its own, in the book's style, and runs through the alias as it is.
"""

import math

import numpy as np
import pytest

import livegrad.dezero  # noqa: F401  # from here on there is a dezero


# ---------------------------------------------------------------- steps 23 to 32: the simple core
def test_gradients_of_the_simple_core_are_arrays():
    from dezero.core_simple import Variable

    def matyas(x, y):
        return 0.26 * (x**2 + y**2) - 0.48 * x * y

    x = Variable(np.array(1.0))
    y = Variable(np.array(1.0))
    z = matyas(x, y)
    z.backward()
    assert isinstance(x.grad, np.ndarray)
    assert x.grad == pytest.approx(0.04)
    assert y.grad == pytest.approx(0.04)


def test_a_function_of_ones_own_on_arrays():
    from dezero.core_simple import Function, Variable

    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            x = self.inputs[0].data
            return 3 * x**2 * gy

    x = Variable(np.array(2.0))
    y = Cube()(x) + x
    y.backward()
    assert y.data == 10
    assert x.grad == 13


def test_descent_into_the_valley_of_rosenbrock():
    from dezero import Variable

    def rosenbrock(x0, x1):
        return 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2

    x0 = Variable(np.array(0.0))
    x1 = Variable(np.array(2.0))
    lr = 0.001
    for _ in range(2000):
        y = rosenbrock(x0, x1)
        x0.cleargrad()
        x1.cleargrad()
        y.backward()
        x0.data -= lr * x0.grad.data
        x1.data -= lr * x1.grad.data
    assert isinstance(x0.data, np.ndarray)
    assert y.data < 0.5


def test_a_sine_from_its_taylor_series():
    from dezero import Variable

    def taylor_sin(x, threshold=1e-9):
        y = 0
        for i in range(100):
            t = (-1) ** i / math.factorial(2 * i + 1) * x ** (2 * i + 1)
            y = y + t
            if abs(t.data) < threshold:
                break
        return y

    x = Variable(np.array(np.pi / 4))
    y = taylor_sin(x)
    y.backward()
    assert y.data == pytest.approx(math.sin(np.pi / 4))
    assert x.grad.data == pytest.approx(math.cos(np.pi / 4))


def test_a_drawing_of_a_graph(tmp_path):
    from dezero import Variable
    from dezero.utils import get_dot_graph, plot_dot_graph

    x = Variable(np.array(1.0), name="x")
    y = x * x + x
    y.name = "y"
    text = get_dot_graph(y, verbose=False)
    assert text.startswith("digraph g {")
    assert 'label="Mul"' in text
    plot_dot_graph(y, verbose=False, to_file=str(tmp_path / "graph.dot"))
    assert (tmp_path / "graph.dot").read_text() == text


# ---------------------------------------------------------------- steps 33 to 36: gradients again
def test_newtons_method_with_a_second_derivative():
    from dezero import Variable

    x = Variable(np.array(2.0))
    for _ in range(10):
        y = x**4 - 2 * x**2
        x.cleargrad()
        y.backward(create_graph=True)
        gx = x.grad
        x.cleargrad()
        gx.backward()
        gx2 = x.grad
        x.data -= gx.data / gx2.data
    assert x.data == pytest.approx(1)


def test_sine_differentiated_four_times_is_sine():
    import dezero.functions as F
    from dezero import Variable

    x = Variable(np.linspace(-7, 7, 20))
    y = F.sin(x)
    y.backward(create_graph=True)
    for _ in range(3):
        gx = x.grad
        x.cleargrad()
        gx.backward(create_graph=True)
    np.testing.assert_allclose(x.grad.data, np.sin(x.data), atol=1e-12)


def test_a_gradient_within_a_function():
    from dezero import Variable

    x = Variable(np.array(2.0))
    y = x**2
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    z = gx**3 + y
    z.backward()
    assert x.grad.data == 100


# ---------------------------------------------------------------- steps 37 to 43: tensors
def test_shapes():
    import dezero.functions as F
    from dezero import Variable

    x = Variable(np.array([[1, 2, 3], [4, 5, 6]]))
    y = F.transpose(F.reshape(x, (6,)).reshape(3, 2)).T
    y = F.sum(y + np.array([1.0, 2.0]), axis=0, keepdims=True)
    y.backward(retain_grad=True)
    assert x.grad.shape == x.shape
    assert F.matmul(np.ones((2, 3)), np.ones((3, 4))).shape == (2, 4)
    assert F.broadcast_to(Variable(np.ones(3)), (2, 3)).shape == (2, 3)


def test_linear_regression():
    import dezero.functions as F
    from dezero import Variable

    np.random.seed(0)
    x = np.random.rand(100, 1)
    y = 5 + 2 * x + np.random.rand(100, 1)
    x, y = Variable(x), Variable(y)
    W = Variable(np.zeros((1, 1)))
    b = Variable(np.zeros(1))
    for _ in range(200):
        y_pred = F.matmul(x, W) + b
        loss = F.mean_squared_error(y, y_pred)
        W.cleargrad()
        b.cleargrad()
        loss.backward()
        W.data -= 0.1 * W.grad.data
        b.data -= 0.1 * b.grad.data
    assert W.data.item() == pytest.approx(2, abs=0.3)
    assert b.data.item() == pytest.approx(5.5, abs=0.3)
    assert loss.data < 0.1
