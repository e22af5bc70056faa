"""Models: training, dying, float32, and the shapes of the large ones."""

import numpy as np
import pytest
from deaths import assert_dies_by_counting

import livegrad
import livegrad.functions as F
import livegrad.layers as L
from livegrad import dot, files, optimizers
from livegrad.datasets import Spiral
from livegrad.models import MLP, VGG16, Model, ResNet, ResNet50, ResNet101, Sequential, SqueezeNet
from livegrad.models.resnet import BuildingBlock
from livegrad.models.squeezenet import Fire


def randn(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape).astype("f4")


SMALL = {
    "MLP": (lambda: MLP((5, 2)), (3, 4)),
    "MLP with relu": (lambda: MLP((5, 4, 2), activation=F.relu), (3, 4)),
    "Sequential": (lambda: Sequential(L.Linear(5), F.relu, L.BatchNorm(), L.Linear(2)), (3, 4)),
    "block of a ResNet": (lambda: BuildingBlock(2, 4, 2, 8, 2), (2, 4, 6, 6)),
    "fire of a SqueezeNet": (lambda: Fire(2, 3), (2, 4, 6, 6)),
}
small = pytest.mark.parametrize(("make", "shape"), SMALL.values(), ids=SMALL)


@small
def test_float32_stays_float32(make, shape):
    model = make()
    y = model(randn(*shape))
    F.sum(y * y).backward()
    assert y.dtype == np.float32
    for name, param in model.named_params():
        assert param.dtype == np.float32, name
        if "avg" not in name:
            assert param.grad.dtype == np.float32, name


@small
@pytest.mark.parametrize("optimizer", [optimizers.SGD, optimizers.Adam])
def test_a_training_step_dies_by_counting_alone(make, shape, optimizer):
    def step():
        model = make()
        updates = optimizer().setup(model)
        y = model(randn(*shape))
        loss = F.sum(y * y)
        loss.backward()
        updates.update()
        return (model, updates, loss, *model.params())

    assert_dies_by_counting(step)


@small
def test_weights_survive_a_file(make, shape, tmp_path):
    model, other, x = make(), make(), randn(*shape)
    model(x)
    model.save_weights(tmp_path / "weights.npz")
    other.load_weights(tmp_path / "weights.npz")
    with livegrad.test_mode():
        np.testing.assert_array_equal(model(x).data, other(x).data)


def train_on_the_spiral(epochs=30):
    x, t = (lambda data: (data.data, data.label))(Spiral())
    np.random.seed(0)
    model = MLP((10, 3), activation=F.relu)
    optimizer = optimizers.MomentumSGD(0.5).setup(model)
    losses = []
    for _ in range(epochs):
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(loss.data.item())
    return losses


def test_training_an_mlp_lowers_the_loss_the_same_each_time():
    losses = train_on_the_spiral()
    assert losses[-1] < 0.8 * losses[0]
    assert losses == train_on_the_spiral()


def test_an_mlp_names_its_layers():
    model = MLP((5, 2))
    model(randn(1, 3))
    assert [n for n, _ in model.named_params()] == ["l0/W", "l0/b", "l1/W", "l1/b"]
    assert model.layers == [model.l0, model.l1]
    with pytest.raises(ValueError, match="at least"):
        MLP(())


def test_sequential_takes_any_callable():
    model = Sequential(L.Linear(3), F.sigmoid, L.Linear(1))
    x = randn(2, 4)
    y = model(x)
    np.testing.assert_array_equal(y.data, model.l2(F.sigmoid(model.l0(x))).data)
    assert [n for n, _ in model.named_params()] == ["l0/W", "l0/b", "l2/W", "l2/b"]


def test_a_model_draws_its_graph(tmp_path):
    model = MLP((2, 1))
    model.plot(randn(1, 3), to_file=tmp_path / "model.dot")
    text = (tmp_path / "model.dot").read_text()
    assert text.count('label="Linear"') == 2
    assert text.count('label="Sigmoid"') == 1
    assert "W: (3, 2) float32" in text


def test_a_model_asks_for_its_forward(monkeypatch):
    monkeypatch.setattr(dot.shutil, "which", lambda name: None)
    with pytest.raises(NotImplementedError, match="Model has no forward"):
        Model().plot(randn(1))


# ---------------------------------------------------------------- the large ones
def test_a_squeezenet_learns():
    np.random.seed(0)
    model, x, t = SqueezeNet(), randn(2, 3, 31, 31), np.array([3, 5])
    optimizer = optimizers.Adam().setup(model)
    losses = []
    for _ in range(3):
        with livegrad.test_mode():  # no dropout: the loss must fall each time
            y = model(x)
        loss = F.softmax_cross_entropy(y, t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(loss.data.item())
    assert y.shape == (2, 1000)
    assert y.dtype == np.float32
    assert losses == sorted(losses, reverse=True)
    assert sum(param.size for param in model.params()) == 1_235_496  # as version 1.1 has


def test_vgg16_has_thirteen_convolutions_and_three_linear_layers():
    names = [name for name, _ in VGG16().named_params() if name.endswith("/W")]
    assert len(names) == 16
    assert names[:3] == ["conv1_1/W", "conv1_2/W", "conv2_1/W"]
    assert names[-4:] == ["conv5_3/W", "fc6/W", "fc7/W", "fc8/W"]


def test_vgg16_takes_images_as_blue_green_red_less_their_mean():
    class Picture:
        def __init__(self, pixels):
            self.pixels = pixels

        def convert(self, mode):
            assert mode == "RGB"
            return self

        def resize(self, size):
            return Picture(np.resize(self.pixels, (size[1], size[0], 3)))

        def __array__(self, dtype=None, copy=None):
            return np.array(self.pixels, dtype=dtype)

    pixels = np.zeros((4, 5, 3), dtype=np.uint8)
    pixels[..., 0] = 200  # red
    image = VGG16.preprocess(Picture(pixels), size=None)
    assert image.shape == (3, 4, 5)
    assert image.dtype == np.float32
    np.testing.assert_allclose(image[:, 0, 0], [-103.939, -116.779, 200 - 123.68], rtol=1e-5)
    assert VGG16.preprocess(Picture(pixels), size=(7, 6)).shape == (3, 6, 7)


@pytest.mark.parametrize("layers", [50, 101, 152])
def test_a_resnet_has_as_many_layers_as_its_name_says(layers):
    weights = [name for name, _ in ResNet(layers).named_params() if name.endswith("/W")]
    shortcuts = [name for name in weights if "/conv4/" in name]
    assert len(shortcuts) == 4
    assert len(weights) - len(shortcuts) == layers


def test_a_resnet_of_another_size_is_refused():
    with pytest.raises(ValueError, match="50, 101 or 152 layers, not 18"):
        ResNet(18)


def test_a_resnet_classifies_a_small_image():
    model = ResNet50()
    y = model(randn(1, 3, 32, 32))
    assert y.shape == (1, 1000)
    assert y.dtype == np.float32
    # The 25,557,032 of the paper's network, and the bias that the book gives to its conv1.
    assert sum(p.size for n, p in model.named_params() if "avg" not in n) == 25_557_032 + 64


@pytest.mark.parametrize("make", [VGG16, ResNet50, SqueezeNet])
def test_float32_stays_float32_in_the_gradients_of_the_large_ones(make, monkeypatch):
    monkeypatch.setattr(np.random, "randn", lambda *shape: np.broadcast_to(0.01, shape))  # quicker
    model = make()
    with livegrad.test_mode():
        y = model(randn(1, 3, 32, 32))
    y.backward()
    assert y.dtype == np.float32
    for name, param in model.named_params():
        assert param.dtype == np.float32, name
        assert "avg" in name or param.grad.dtype == np.float32, name


def test_a_block_of_a_resnet_shrinks_in_either_place():
    x = randn(1, 4, 6, 6)
    for downsample_fb, strides in [(False, (2, 1)), (True, (1, 2))]:
        block = BuildingBlock(2, 4, 2, 8, 2, downsample_fb)
        assert block(x).shape == (1, 8, 3, 3)
        assert (block.a.conv1.stride, block.a.conv2.stride) == strides


@pytest.mark.parametrize("make", [VGG16, ResNet50, ResNet101], ids=lambda kind: kind.__name__)
def test_pretrained_weights_have_to_be_downloaded_and_it_says_so(make, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "cache_dir", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="has to be downloaded"):
        make(pretrained=True)
    with pytest.raises(FileNotFoundError, match=r"mine\.npz"):
        make(pretrained=tmp_path / "mine.npz")


def test_weights_from_a_path_are_loaded(tmp_path):
    model, x = SqueezeNet(), randn(1, 3, 31, 31)
    with livegrad.test_mode():
        y = model(x)
        model.save_weights(tmp_path / "weights.npz")
        again = SqueezeNet(pretrained=tmp_path / "weights.npz")
        np.testing.assert_array_equal(again(x).data, y.data)
    with pytest.raises(ValueError, match="no published weights"):
        SqueezeNet(pretrained=True)
