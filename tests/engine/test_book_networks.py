"""Programs in the manner of the book's steps 44 to 60: layers, models, data, images, sequences."""

import numpy as np
import pytest

import livegrad.dezero  # noqa: F401  # from here on there is a dezero


# ---------------------------------------------------------------- steps 44 to 47: layers, models
def sine_data():
    np.random.seed(0)
    x = np.random.rand(100, 1)
    return x, np.sin(2 * np.pi * x) + np.random.rand(100, 1)


def test_a_regression_with_layers():
    import dezero.functions as F
    import dezero.layers as L
    from dezero import Model

    x, y = sine_data()

    class TwoLayerNet(Model):
        def __init__(self, hidden_size, out_size):
            super().__init__()
            self.l1 = L.Linear(hidden_size)
            self.l2 = L.Linear(out_size)

        def forward(self, x):
            return self.l2(F.sigmoid(self.l1(x)))

    model = TwoLayerNet(10, 1)
    first = None
    for _ in range(300):
        loss = F.mean_squared_error(y, model(x))
        model.cleargrads()
        loss.backward()
        for p in model.params():
            p.data -= 0.2 * p.grad.data
        first = first or loss.data.item()
    assert loss.data < 0.6 * first


@pytest.mark.parametrize("name", ["SGD", "MomentumSGD", "AdaGrad", "AdaDelta", "Adam"])
def test_a_regression_with_an_optimizer(name):
    import dezero.functions as F
    from dezero import optimizers
    from dezero.models import MLP

    x, y = sine_data()
    model = MLP((10, 1))
    optimizer = getattr(optimizers, name)().setup(model)
    losses = []
    for _ in range(100):
        loss = F.mean_squared_error(y, model(x))
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(loss.data.item())
    assert losses[-1] < losses[0]


def test_cross_entropy_of_many_classes():
    import dezero.functions as F
    from dezero import Variable, as_variable
    from dezero.models import MLP

    np.random.seed(0)
    model = MLP((10, 3))
    x = np.array([[0.2, -0.4], [0.3, 0.5], [1.3, -3.2], [2.1, 0.3]])
    t = np.array([2, 0, 1, 0])
    y = model(x)
    loss = F.softmax_cross_entropy(y, t)
    p = F.softmax(as_variable(y.data))
    rows = Variable(p.data)[np.arange(4), t]
    assert loss.data == pytest.approx(-np.log(rows.data).mean(), rel=1e-5)
    assert F.softmax_cross_entropy_simple(y, t).data == pytest.approx(loss.data, rel=1e-5)
    loss.backward()
    assert all(p.grad is not None for p in model.params())


# ---------------------------------------------------------------- steps 48 to 51: data
def test_training_on_the_spiral_in_batches():
    import dezero
    import dezero.functions as F
    from dezero import DataLoader, optimizers
    from dezero.models import MLP

    train_set = dezero.datasets.Spiral(train=True)
    test_set = dezero.datasets.Spiral(train=False)
    train_loader = DataLoader(train_set, 30)
    test_loader = DataLoader(test_set, 30, shuffle=False)
    np.random.seed(0)
    model = MLP((10, 3))
    optimizer = optimizers.SGD(1.0).setup(model)
    accuracies = []
    for _ in range(30):
        for x, t in train_loader:
            loss = F.softmax_cross_entropy(model(x), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
        sum_acc = 0
        with dezero.no_grad():
            for x, t in test_loader:
                y = model(x)
                sum_acc += float(F.accuracy(y, t).data) * len(t)
                assert y.creator is None
        accuracies.append(sum_acc / len(test_set))
    assert accuracies[-1] > 0.45
    assert loss.dtype == np.float32


def test_a_dataset_of_ones_own_with_transforms():
    import dezero
    from dezero import transforms

    class Ramp(dezero.Dataset):
        def prepare(self):
            self.data = np.arange(12, dtype=np.uint8).reshape(3, 1, 2, 2)
            self.label = np.arange(3)

    f = transforms.Compose([transforms.Flatten(), transforms.ToFloat()])
    f.transforms.append(transforms.Normalize(0.0, 255.0))
    x, t = next(dezero.DataLoader(Ramp(transform=f), 3, shuffle=False))
    assert x.shape == (3, 4)
    assert x.dtype == np.float32
    assert t.tolist() == [0, 1, 2]


# ---------------------------------------------------------------- steps 52 to 54
def test_a_program_that_would_use_a_gpu_if_there_were_one():
    import dezero
    from dezero import DataLoader
    from dezero.models import MLP

    loader = DataLoader(dezero.datasets.Spiral(), 100)
    model = MLP((10, 3))
    if dezero.cuda.gpu_enable:
        loader.to_gpu()
        model.to_gpu()
    x, _ = next(loader)
    xp = dezero.cuda.get_array_module(x)
    assert xp is np
    assert dezero.cuda.as_numpy(model(x)).shape == (100, 3)


def test_saving_and_loading(tmp_path):
    from dezero.models import MLP

    path = str(tmp_path / "my_mlp.npz")
    x = np.random.rand(2, 3)
    model = MLP((4, 2))
    y = model(x)
    model.save_weights(path)
    model = MLP((4, 2))
    model.load_weights(path)
    np.testing.assert_array_equal(model(x).data, y.data)


def test_dropout_in_training_and_in_use():
    import dezero.functions as F
    from dezero import test_mode

    np.random.seed(0)
    x = np.ones(100)
    assert sorted(set(F.dropout(x).data)) == [0, 2]
    with test_mode():
        np.testing.assert_array_equal(F.dropout(x).data, x)


# ---------------------------------------------------------------- steps 55 to 58: images
def test_convolution():
    import dezero.functions as F
    from dezero import Variable
    from dezero.functions_conv import conv2d_simple, im2col, pooling_simple
    from dezero.utils import get_conv_outsize

    assert get_conv_outsize(4, 3, 1, 1) == 4
    assert im2col(np.random.rand(10, 3, 7, 7), 5, 1, 0, to_matrix=True).shape == (90, 75)
    x = Variable(np.random.randn(1, 5, 15, 15))
    W = Variable(np.random.randn(8, 5, 3, 3))
    y = conv2d_simple(x, W, b=None, stride=1, pad=1)
    y.backward()
    assert y.shape == (1, 8, 15, 15)
    assert x.grad.shape == x.shape
    np.testing.assert_allclose(y.data, F.conv2d(x, W, stride=1, pad=1).data)
    np.testing.assert_allclose(pooling_simple(x, 3, 3).data, F.pooling(x, 3, 3).data)


def test_a_large_network_looks_at_a_small_image():
    import dezero
    from dezero.models import VGG16

    model = VGG16()
    x = np.random.randn(1, 3, 32, 32).astype(np.float32)
    with dezero.no_grad(), dezero.test_mode():
        y = model(x)
    assert y.shape == (1, 1000)
    assert y.dtype == np.float32


# ---------------------------------------------------------------- steps 59 and 60: sequences
def test_a_recurrent_network_follows_a_curve():
    import dezero
    import dezero.functions as F
    import dezero.layers as L
    from dezero import Model

    class SimpleRNN(Model):
        def __init__(self, hidden_size, out_size):
            super().__init__()
            self.rnn = L.RNN(hidden_size)
            self.fc = L.Linear(out_size)

        def reset_state(self):
            self.rnn.reset_state()

        def forward(self, x):
            return self.fc(self.rnn(x))

    np.random.seed(0)
    train_set = dezero.datasets.SinCurve(train=True)
    model = SimpleRNN(20, 1)
    optimizer = dezero.optimizers.Adam().setup(model)
    losses = []
    for _ in range(2):
        model.reset_state()
        loss, count = 0, 0
        for x, t in train_set:
            y = model(x.reshape(1, 1))
            loss += F.mean_squared_error(y, t.reshape(1, 1))
            count += 1
            if count % 30 == 0 or count == len(train_set):
                model.cleargrads()
                loss.backward()
                loss.unchain_backward()
                optimizer.update()
        losses.append(float(loss.data) / count)
    assert losses[1] < losses[0]


def test_an_lstm_follows_a_curve_in_batches():
    import dezero
    import dezero.functions as F
    import dezero.layers as L
    from dezero import Model, SeqDataLoader

    class BetterRNN(Model):
        def __init__(self, hidden_size, out_size):
            super().__init__()
            self.rnn = L.LSTM(hidden_size)
            self.fc = L.Linear(out_size)

        def reset_state(self):
            self.rnn.reset_state()

        def forward(self, x):
            return self.fc(self.rnn(x))

    np.random.seed(0)
    train_set = dezero.datasets.SinCurve(train=True)
    dataloader = SeqDataLoader(train_set, batch_size=30)
    model = BetterRNN(20, 1)
    optimizer = dezero.optimizers.Adam().setup(model)
    losses = []
    for _ in range(5):
        model.reset_state()
        loss, count = 0, 0
        for x, t in dataloader:
            loss += F.mean_squared_error(model(x), t)
            count += 1
            if count % 30 == 0 or count == dataloader.max_iter:
                model.cleargrads()
                loss.backward()
                loss.unchain_backward()
                optimizer.update()
        losses.append(float(loss.data) / count)
    assert losses[-1] < losses[0]

    model.reset_state()
    with dezero.no_grad():
        predictions = [float(model(np.array([[x]])).data.item()) for x in np.cos([0.0, 0.1])]
    assert len(predictions) == 2
