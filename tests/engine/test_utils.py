"""livegrad.utils: helpers on arrays, finite differences, graphs as text, files."""

import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

import livegrad.functions as F
from livegrad import Function, Variable, cuda, dot, files, utils


# ---------------------------------------------------------------- finite differences
def test_numerical_grad_of_a_cube():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    np.testing.assert_allclose(utils.numerical_grad(lambda x: x**3, x), 3 * x**2, rtol=1e-6)


def test_numerical_grad_restores_x_even_when_f_fails():
    x = np.array([1.0, 2.0])

    def fails(x):
        raise KeyError

    with pytest.raises(KeyError):
        utils.numerical_grad(fails, x)
    assert x.tolist() == [1, 2]


def test_numerical_grad_passes_arguments_on_and_takes_scalars():
    gx = utils.numerical_grad(lambda x, a, b: x * a * b, Variable(np.array(1.0)), 2, b=3)
    assert gx.shape == ()
    assert gx == pytest.approx(6)


def test_numerical_grad_refuses_integers():
    with pytest.raises(TypeError, match=r"int64.*float64"):
        utils.numerical_grad(lambda x: x, np.array([1], dtype=np.int64))


class WrongSine(Function):
    def forward(self, x):
        return np.sin(x)

    def backward(self, gy):
        return gy * F.sin(self.inputs[0])


def test_gradient_check_tells_right_from_wrong(capsys):
    x = np.array([0.3, 0.4], dtype=np.float32)
    assert utils.gradient_check(F.sin, x)
    assert not utils.gradient_check(lambda x: WrongSine()(x), x)
    printed = capsys.readouterr().out
    assert "numerical" in printed
    assert "backpropagation" in printed


def test_gradient_check_weighs_the_elements():
    x, weights = np.array([0.3, 0.4]), np.array([1.0, 0.0])
    assert utils.gradient_check(F.sin, x, y_grad=weights)
    assert not utils.gradient_check(lambda x: WrongSine()(x), x, y_grad=weights)
    assert utils.gradient_check(lambda x: WrongSine()(x), x, y_grad=0 * weights)


def test_gradient_check_forgets_an_older_gradient():
    x = Variable(np.array([1.0]))
    F.exp(x).backward()
    assert utils.gradient_check(F.sin, x)


def test_gradient_check_refuses_a_function_that_does_not_depend_on_x():
    with pytest.raises(ValueError, match="does not depend on x"):
        utils.gradient_check(lambda x: F.sin(np.ones(2)), np.ones(2))


def test_comparing_arrays_and_variables():
    a = np.array([1.0, 2.0])
    assert utils.array_equal(a, Variable(a))
    assert not utils.array_equal(a, a + 1e-9)
    assert utils.array_allclose(a, Variable(a + 1e-9))
    assert not utils.array_allclose(a, a + 1e-2)


# ---------------------------------------------------------------- helpers on arrays
def test_pair():
    assert utils.pair(3) == (3, 3)
    assert utils.pair((1, 2)) == (1, 2)
    for wrong in [[1, 2], (1, 2, 3), 1.5, None]:
        with pytest.raises(ValueError, match="tuple of two"):
            utils.pair(wrong)


@pytest.mark.parametrize(("n", "k", "s", "p"), [(4, 3, 1, 0), (7, 3, 2, 1), (5, 5, 3, 2)])
def test_sizes_of_convolutions(n, k, s, p):
    assert utils.get_conv_outsize(n, k, s, p) == len(range(0, n + 2 * p - k + 1, s))
    assert utils.get_conv_outsize(utils.get_deconv_outsize(n, k, s, p), k, s, p) == n


@pytest.mark.parametrize("shape", [(2, 3, 4), (3, 1), (1, 1, 4), (4,), (1,), ()])
def test_sum_to_is_the_adjoint_of_broadcasting(shape):
    x = np.arange(24.0).reshape(2, 3, 4)
    y = utils.sum_to(x, shape)
    assert y.shape == shape
    a = np.arange(1.0, 1 + np.prod(shape, dtype=int)).reshape(shape)
    assert (y * a).sum() == (x * np.broadcast_to(a, x.shape)).sum()


def test_sum_to_a_shape_that_does_not_fit_warns_and_sums_the_leading_axes():
    """One of the book's tests sums (10, 20, 20) to (10,), and checks the gradient of what comes."""
    x = Variable(np.arange(8.0).reshape(2, 2, 2))
    with pytest.warns(UserWarning, match=r"\(2, 2, 2\) is not one that \(3,\) broadcasts to"):
        y = F.sum_to(x, (3,))
    np.testing.assert_array_equal(y.data, x.data.sum((0, 1)))
    y.backward()
    np.testing.assert_array_equal(x.grad.data, np.ones((2, 2, 2)))
    with pytest.raises(ValueError, match="too few axes"):
        F.sum_to(x, (1, 2, 2, 2))


@pytest.mark.parametrize("axis", [None, 0, -1, (0, 2), (-1, 0)])
def test_shapes_for_the_derivatives_of_sum_and_max(axis):
    x = np.ones((2, 3, 4))
    kept = x.sum(axis=axis, keepdims=True).shape
    assert tuple(utils.max_backward_shape(x, axis)) == kept
    assert utils.reshape_sum_backward(x.sum(axis=axis), x.shape, axis, False).shape == kept
    gy = x.sum(axis=axis, keepdims=True)
    assert utils.reshape_sum_backward(gy, x.shape, axis, True).shape == kept


def test_logsumexp_does_not_overflow():
    x = np.array([[1000.0, 1000.0], [-1000.0, 0.0]])
    np.testing.assert_allclose(utils.logsumexp(x), [[1000 + np.log(2)], [0]])


# ---------------------------------------------------------------- graphs as text
def test_a_graph_as_text():
    x = Variable(np.ones((2, 3)), name="x")
    y = F.sin(x)
    y.name = "y"
    assert utils.get_dot_graph(y) == (
        "digraph g {\n"
        '0 [label="y: (2, 3) float64", color=orange, style=filled]\n'
        '1 [label="Sin", color=lightblue, style=filled, shape=box]\n'
        '2 [label="x: (2, 3) float64", color=orange, style=filled]\n'
        "2 -> 1\n"
        "1 -> 0\n"
        "}"
    )
    assert 'label="x"' in utils.get_dot_graph(y, verbose=False)


def test_a_variable_without_a_graph_is_one_node():
    text = utils.get_dot_graph(Variable(np.ones(2), name='a "quoted" \\ name'))
    assert text.count("label") == 1
    assert r"a \"quoted\" \\ name" in text


def test_each_node_is_drawn_once_and_each_use_is_an_edge():
    x = Variable(np.ones(2))
    y = x * x
    text = utils.get_dot_graph(y + y)
    assert text.count("orange") == 3
    assert text.count("->") == 6


def test_a_dead_sibling_is_left_out():
    class Twins(Function):
        def forward(self, x):
            return x + 1, x + 2

    y, _ = Twins()(np.ones(2))
    del _
    assert utils.get_dot_graph(y).count("orange") == 2


def test_a_deep_graph_as_text():
    y = x = Variable(np.array(1.0))
    for _ in range(5 * sys.getrecursionlimit()):
        y = F.neg(y)
    assert utils.get_dot_graph(y).count("Neg") == 5 * sys.getrecursionlimit()
    assert x.grad is None


@pytest.mark.parametrize(
    ("platform", "way_out"),
    [("linux", "install graphviz"), ("emscripten", r"paste what print\(open\('.*graph.dot'\)")],
)
def test_without_graphviz_the_text_is_written_and_a_sentence_said(
    tmp_path, monkeypatch, platform, way_out
):
    monkeypatch.setattr(dot.shutil, "which", lambda name: None)
    monkeypatch.setattr(dot.sys, "platform", platform)
    y = F.sin(Variable(np.ones(2)))
    with pytest.warns(UserWarning, match=way_out):
        utils.plot_dot_graph(y, to_file=tmp_path / "graph.png")
    assert (tmp_path / "graph.dot").read_text() == utils.get_dot_graph(y)
    assert not (tmp_path / "graph.png").exists()


def test_dot_text_needs_no_graphviz(tmp_path):
    y = F.sin(Variable(np.ones(2)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        utils.plot_dot_graph(y, verbose=False, to_file=str(tmp_path / "graph.dot"))
    assert (tmp_path / "graph.dot").read_text() == utils.get_dot_graph(y, verbose=False)


def test_a_picture_needs_an_ending():
    with pytest.raises(ValueError, match="ending"):
        utils.plot_dot_graph(Variable(np.ones(2)), to_file="graph")


@pytest.mark.skipif(sys.platform == "emscripten", reason="a browser starts no program")
def test_no_shell_reads_the_name_of_the_file(tmp_path, monkeypatch):
    program = tmp_path / "dot"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.arguments"\ncat > "$0.text"\n')
    program.chmod(0o755)
    monkeypatch.setattr(dot.shutil, "which", lambda name: str(program))
    target = tmp_path / "a; touch b.svg"
    y = F.sin(Variable(np.ones(2)))
    assert utils.plot_dot_graph(y, to_file=target) is None
    assert (tmp_path / "dot.arguments").read_text() == f"-Tsvg\n-o\n{target}\n"
    assert (tmp_path / "dot.text").read_text() == utils.get_dot_graph(y)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dot", "dot.arguments", "dot.text"]


@pytest.mark.skipif(sys.platform == "emscripten", reason="a browser starts no program")
def test_what_graphviz_complains_about_is_passed_on(tmp_path, monkeypatch):
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho 'no such format' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(dot.shutil, "which", lambda name: str(program))
    with pytest.raises(RuntimeError, match="no such format"):
        utils.plot_dot_graph(F.sin(Variable(np.ones(2))), to_file=tmp_path / "graph.xyz")


# ---------------------------------------------------------------- files and GPUs
def test_a_file_is_taken_from_a_path_or_from_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "cache_dir", str(tmp_path))
    (tmp_path / "weights.npz").write_bytes(b"1")
    assert Path(utils.get_file(str(tmp_path / "weights.npz"))).read_bytes() == b"1"
    assert Path(utils.get_file("https://example.org/a/weights.npz")).read_bytes() == b"1"
    assert Path(utils.get_file("https://example.org/a/b", "weights.npz")).read_bytes() == b"1"
    with pytest.raises(FileNotFoundError, match=r"has to be downloaded.*fetch it yourself"):
        utils.get_file("https://example.org/a/other.npz")


def test_progress_never_exceeds_the_bar(capsys):
    utils.show_progress(1, 50, 100)
    assert capsys.readouterr().out == "\r[###############...............] 50.00%"
    utils.show_progress(9, 50, 100)
    assert capsys.readouterr().out == "\r[##############################] 100.00%"


def test_there_is_no_gpu():
    assert cuda.gpu_enable is False
    assert cuda.get_array_module(Variable(np.ones(2))) is np
    assert cuda.as_numpy(3.0).shape == ()
    assert cuda.as_numpy(Variable(np.ones(2))).tolist() == [1, 1]
    with pytest.raises(RuntimeError, match="NumPy only"):
        cuda.as_cupy(np.ones(2))
