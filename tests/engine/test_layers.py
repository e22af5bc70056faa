"""Layers: what they own, how they begin, what they hold, saving and loading."""

import gc
import weakref

import numpy as np
import pytest
from deaths import assert_dies_by_counting
from derivatives import assert_first, near

import livegrad
import livegrad.functions as F
import livegrad.layers as L
from livegrad import Parameter, Variable
from livegrad.layers import Layer


def randn(*shape, seed=0, dtype=np.float32):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


LAYERS = {  # how to make it, and an input
    "Linear": (lambda: L.Linear(4), randn(3, 2)),
    "Linear, no bias": (lambda: L.Linear(4, nobias=True, in_size=2), randn(3, 2)),
    "Conv2d": (lambda: L.Conv2d(4, 3, 1, 1), randn(2, 3, 5, 5)),
    "Conv2d, no bias": (lambda: L.Conv2d(4, (3, 2), 2, nobias=True), randn(2, 3, 5, 5)),
    "Deconv2d": (lambda: L.Deconv2d(4, 3, 2, 1), randn(2, 3, 5, 5)),
    "RNN": (lambda: L.RNN(4), randn(3, 2)),
    "LSTM": (lambda: L.LSTM(4), randn(3, 2)),
    "EmbedID": (lambda: L.EmbedID(5, 4), np.array([[1, 2], [0, 4]])),
    "BatchNorm": (lambda: L.BatchNorm(), randn(3, 2)),
    "BatchNorm of images": (lambda: L.BatchNorm(), randn(2, 3, 4, 4)),
}
each_layer = pytest.mark.parametrize(("make", "x"), LAYERS.values(), ids=LAYERS)


# ---------------------------------------------------------------- what every layer does
def test_no_layer_is_forgotten():
    exported = {getattr(L, name) for name in L.__all__} - {Layer}
    assert {type(make()) for make, _ in LAYERS.values()} == exported


@each_layer
def test_float32_stays_float32(make, x):
    layer = make()
    layer(x)
    y = layer(x)  # a recurrent layer has a state now
    F.sum(y * y).backward()
    assert y.dtype == np.float32
    for param in layer.params():
        assert param.dtype == np.float32
        assert param.grad is None or param.grad.dtype == np.float32


@each_layer
def test_it_and_its_graph_die_by_counting_alone(make, x):
    def graph():
        layer = make()
        y = layer(x)
        if hasattr(layer, "reset_state"):
            y = layer(x)
        F.sum(y * y).backward()
        return (layer, y, *layer.params())

    assert_dies_by_counting(graph)


@each_layer
def test_it_holds_its_inputs_and_outputs_weakly(make, x):
    layer = make()
    if hasattr(layer, "reset_state"):
        pytest.skip("a recurrent layer holds its state")
    x = x if x.dtype.kind == "i" else Variable(x.copy())
    y = layer(x)
    assert layer.inputs[0]() is x
    assert layer.outputs[0]() is y
    del y
    assert layer.outputs[0]() is None


@each_layer
def test_weights_survive_a_file(make, x, tmp_path):
    np.random.seed(1)
    layer, other = make(), make()
    layer(x)
    expected = layer(x)
    layer.save_weights(tmp_path / "weights.npz")
    other.load_weights(tmp_path / "weights.npz")
    with livegrad.test_mode():
        if hasattr(layer, "reset_state"):
            layer.reset_state()
        near(layer(x).data, other(x).data)
    assert expected.shape == layer(x).shape
    assert [n for n, _ in layer.named_params()] == [n for n, _ in other.named_params()]


# ---------------------------------------------------------------- the base
class TwoLayers(Layer):
    def __init__(self):
        super().__init__()
        self.l1 = L.Linear(3)
        self.l2 = L.Linear(1)
        self.scale = Parameter(np.array(2.0))

    def forward(self, x):
        return self.l2(F.sigmoid(self.l1(x))) * self.scale


def test_a_layer_knows_its_parameters_by_path_in_order():
    layer = TwoLayers()
    assert list(layer._params) == ["l1", "l2", "scale"]
    assert [name for name, _ in layer.named_params()] == ["l1/W", "l1/b", "l2/W", "l2/b", "scale"]
    assert list(layer.params()) == [layer.l1.W, layer.l1.b, layer.l2.W, layer.l2.b, layer.scale]


def test_gradients_are_cleared_everywhere():
    layer = TwoLayers()
    F.sum(layer(randn(2, 2))).backward()
    assert all(param.grad is not None for param in layer.params())
    layer.cleargrads()
    assert all(param.grad is None for param in layer.params())


def test_what_is_no_parameter_any_more_is_forgotten():
    layer = TwoLayers()
    layer.scale = 3.0
    del layer.l2
    assert [name for name, _ in layer.named_params()] == ["l1/W", "l1/b"]


def test_a_shared_parameter_is_one():
    layer = TwoLayers()
    layer.l2 = layer.l1
    assert len(list(layer.params())) == 3
    assert len(list(layer.named_params())) == 5


def test_several_inputs_and_outputs():
    class Swap(Layer):
        def forward(self, x, y, times):
            return y * times, x

    layer, x, y = Swap(), Variable(randn(2)), Variable(randn(2))
    z, same = layer(x, y, 2)
    assert same is x
    near(z.data, 2 * y.data)
    assert layer.inputs[2] is None  # a number can not be referred to weakly
    assert layer.outputs[1]() is x


def test_a_layer_that_forgot_its_base_says_so():
    class Forgetful(Layer):
        def __init__(self):
            self.W = Parameter(np.ones(1))

    with pytest.raises(AttributeError, match=r"super\(\).__init__\(\) first in Forgetful"):
        Forgetful()
    with pytest.raises(NotImplementedError, match="Layer has no forward"):
        Layer()(np.ones(1))


def test_there_is_no_gpu():
    TwoLayers().to_cpu()
    with pytest.raises(RuntimeError, match="NumPy only"):
        TwoLayers().to_gpu()


# ---------------------------------------------------------------- saving
def test_a_name_without_ending_is_saved_and_loaded(tmp_path):
    layer = L.Linear(2, in_size=3)
    layer.save_weights(str(tmp_path / "weights"))
    assert (tmp_path / "weights.npz").exists()
    other = L.Linear(2, in_size=3)
    other.load_weights(str(tmp_path / "weights"))
    near(other.W.data, layer.W.data)
    with np.load(tmp_path / "weights.npz") as stored:
        assert sorted(stored.files) == ["W", "b"]


def test_a_layer_without_data_is_not_saved_and_spoils_no_file(tmp_path):
    path = tmp_path / "weights.npz"
    L.Linear(2, in_size=3).save_weights(path)
    kept = path.read_bytes()
    with pytest.raises(ValueError, match="TwoLayers cannot be saved: l1/W has no data yet"):
        TwoLayers().save_weights(path)
    assert path.read_bytes() == kept
    assert [p.name for p in tmp_path.iterdir()] == ["weights.npz"]


def test_weights_of_another_model_are_refused_and_change_nothing(tmp_path):
    path = tmp_path / "weights.npz"
    L.Linear(2, in_size=3).save_weights(path)
    with pytest.raises(ValueError, match=r"no l1/W, which TwoLayers needs \(it holds W, b\)"):
        TwoLayers().load_weights(path)
    other = L.Linear(2, in_size=4)
    before = other.W.data
    with pytest.raises(ValueError, match=r"W has shape \(3, 2\).*\(4, 2\) in Linear"):
        other.load_weights(path)
    assert other.W.data is before
    with pytest.raises(FileNotFoundError):
        other.load_weights(tmp_path / "none.npz")


# ---------------------------------------------------------------- each layer
def test_linear():
    layer = L.Linear(4)
    x = randn(3, 2)
    y = layer(x)
    assert layer.W.shape == (2, 4)
    assert layer.in_size == 2
    near(y.data, x @ layer.W.data + layer.b.data)
    assert L.Linear(4, nobias=True).b is None
    assert L.Linear(4, in_size=2, dtype=np.float64).W.dtype == np.float64


def test_weights_begin_as_the_book_draws_them():
    np.random.seed(7)
    W = L.Linear(30, in_size=20).W.data
    np.random.seed(7)
    near(W, np.random.randn(20, 30).astype("f4") * np.sqrt(1 / 20))
    K = L.Conv2d(8, 3, in_channels=4).W.data
    assert K.shape == (8, 4, 3, 3)
    assert K.std() == pytest.approx(np.sqrt(1 / 36), rel=0.15)


def test_convolutions():
    x = randn(2, 3, 5, 5)
    conv, deconv = L.Conv2d(4, 3, 2, 1), L.Deconv2d(4, 3, 2, 1)
    assert conv(x).shape == (2, 4, 3, 3)
    assert conv.W.shape == (4, 3, 3, 3)
    assert deconv(x).shape == (2, 4, 9, 9)
    assert deconv.W.shape == (3, 4, 3, 3)
    near(conv(x).data, F.conv2d(x, conv.W, conv.b, 2, 1).data)


@pytest.mark.parametrize("kind", [L.RNN, L.LSTM])
def test_a_recurrent_layer_remembers_and_forgets(kind):
    np.random.seed(0)
    layer, x = kind(4), randn(3, 2)
    first, second = layer(x), layer(x)
    assert np.abs(first.data - second.data).max() > 1e-3
    layer.reset_state()
    near(layer(x).data, first.data)


def test_an_rnn_computes_its_formula():
    layer, x = L.RNN(4, in_size=2), randn(3, 2)
    layer(x)
    h = np.tanh(x @ layer.x2h.W.data + layer.x2h.b.data)
    near(layer.h.data, h)
    near(layer(x).data, np.tanh(x @ layer.x2h.W.data + layer.x2h.b.data + h @ layer.h2h.W.data))


def test_an_lstm_computes_its_formula():
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    layer, x = L.LSTM(4, in_size=2), randn(3, 2)
    h, c = np.zeros((3, 4)), np.zeros((3, 4))
    for _ in range(3):
        f, i, o, u = (
            x @ getattr(layer, f"x2{g}").W.data
            + getattr(layer, f"x2{g}").b.data
            + h @ getattr(layer, f"h2{g}").W.data
            for g in "fiou"
        )
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(u)
        h = sigmoid(o) * np.tanh(c)
        near(layer(x).data, h, rtol=1e-4)
    near(layer.c.data, c, rtol=1e-4)


@pytest.mark.parametrize("kind", [L.RNN, L.LSTM])
def test_cutting_the_past_of_a_recurrent_layer_frees_it_and_keeps_the_state(kind):
    layer, x = kind(4), randn(3, 2)
    gc.collect()
    gc.disable()
    try:
        past = weakref.ref(layer(x))
        for _ in range(5):
            y = layer(x)
        assert past() is not None
        state = y.data.copy()
        loss = F.sum(y)
        loss.backward()
        loss.unchain_backward()
        assert past() is None
        near(layer.h.data, state)
    finally:
        gc.enable()


def test_derivatives_through_time():
    layer = L.LSTM(3, in_size=2)
    for param in layer.params():
        param.data = param.data.astype(np.float64)

    def two_steps(x, W):
        layer.reset_state()
        layer.x2u.W = Parameter(W.data if isinstance(W, Variable) else W)
        if isinstance(W, Variable):
            layer.x2u.W = W
        layer(x)
        return layer(x)

    assert_first(two_steps, randn(2, 2, dtype="f8"), randn(2, 3, seed=1, dtype="f8"))


def test_embedding():
    layer = L.EmbedID(5, 4)
    ids = np.array([[1, 2], [0, 4]])
    near(layer(ids).data, layer.W.data[ids])
    F.sum(layer(ids)).backward()
    assert layer.W.grad.data[:, 0].tolist() == [1, 1, 1, 0, 1]


def test_batch_norm_keeps_averages_for_use():
    layer, x = L.BatchNorm(), 5 + randn(50, 2)
    for _ in range(50):
        layer(x)
    near(layer.avg_mean.data, x.mean(axis=0), rtol=1e-2)
    with livegrad.test_mode():
        near(layer(x).data.mean(axis=0), np.zeros(2), atol=0.05)
    F.sum(layer(x)).backward()
    assert layer.avg_mean.grad is None
    assert layer.gamma.grad is not None


@pytest.mark.parametrize(
    ("layer", "x", "words"),
    [
        (L.Linear(2), np.ones(3), r"Linear takes .* \(N, in_size\).*shape \(3,\)"),
        (L.Linear(2), [[1.0]], "Linear takes .*type list"),
        (L.Conv2d(2, 3), np.ones((3, 4, 4)), r"Conv2d takes .* \(N, C, H, W\).*\(3, 4, 4\)"),
        (L.Deconv2d(2, 3), np.ones((3, 4)), r"Deconv2d takes .*\(3, 4\)"),
        (L.Linear(2, in_size=3), np.ones((2, 4)), r"\(2, 4\) .*\(3, 2\)"),
        (L.BatchNorm(), np.ones((2, 3, 4)), r"BatchNorm.*\(2, 3, 4\)"),
        (L.BatchNorm(), np.ones(3), r"BatchNorm.*\(3,\)"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or f"{type(value).__name__} {value}"[:40],
)
def test_what_does_not_fit_is_refused_in_a_sentence(layer, x, words):
    with pytest.raises(ValueError, match=words) as refused:
        layer(x)
    assert "\n" not in str(refused.value)
