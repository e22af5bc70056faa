"""Datasets: computed ones, and readers tried on small files of the real formats."""

import gzip
import io
import pickle
import sys
import tarfile

import numpy as np
import pytest

from livegrad import datasets, files
from livegrad.datasets import CIFAR10, CIFAR100, MNIST, Dataset, ImageNet, SinCurve, Spiral


class Squares(Dataset):
    def prepare(self):
        self.data = np.arange(4)
        self.label = np.arange(4) ** 2


class Unlabelled(Dataset):
    def prepare(self):
        self.data = np.arange(4)


def test_a_dataset_transforms_what_is_taken():
    data = Squares(transform=lambda x: x + 10, target_transform=lambda t: -t)
    assert len(data) == 4
    assert data[2] == (12, -4)
    assert Squares()[2] == (2, 4)
    assert Unlabelled(transform=str)[1] == ("1", None)


def test_a_dataset_takes_one_index():
    with pytest.raises(TypeError, match="DataLoader"):
        Squares()[np.array([0, 1])]


@pytest.mark.parametrize(("train", "seed"), [(True, 1984), (False, 2020)])
def test_the_spiral_is_the_one_that_the_book_draws_point_by_point(train, seed):
    np.random.seed(seed)
    x, t = [], []
    for arm in range(3):
        for i in range(100):
            theta = arm * 4.0 + 4.0 * i / 100 + np.random.randn() * 0.2
            x.append([i / 100 * np.sin(theta), i / 100 * np.cos(theta)])
            t.append(arm)
    order = np.random.permutation(300)
    data = Spiral(train)
    np.testing.assert_array_equal(data.data, np.array(x, dtype=np.float32)[order])
    np.testing.assert_array_equal(data.label, np.array(t)[order])
    assert data.data.dtype == np.float32
    assert data.label.dtype.kind == "i"


def test_the_sine_curve_predicts_its_next_point():
    train, test = SinCurve(train=True), SinCurve(train=False)
    for data in (train, test):
        assert data.data.shape == data.label.shape == (999, 1)
        np.testing.assert_array_equal(data.data[1:], data.label[:-1])
    x = np.linspace(0, 2 * np.pi, 1000)[:-1, np.newaxis]
    assert np.abs(train.data - np.sin(x)).max() <= 0.05
    np.testing.assert_allclose(test.data, np.cos(x))


@pytest.fixture
def mnist(tmp_path):
    images = np.arange(2 * 784).astype(np.uint8)
    for part in ("train", "t10k"):
        for kind, header, array in [
            ("images-idx3", 16, images),
            ("labels-idx1", 8, np.array([7, 2], np.uint8)),
        ]:
            with gzip.open(tmp_path / f"{part}-{kind}-ubyte.gz", "wb") as file:
                file.write(bytes(header) + array.tobytes())
    return tmp_path


@pytest.mark.parametrize("train", [True, False])
def test_mnist_is_read_from_a_folder(mnist, train):
    data = MNIST(train, path=mnist)
    assert data.data.shape == (2, 1, 28, 28)
    x, t = data[1]
    assert x.shape == (784,)
    assert x.dtype == np.float32
    np.testing.assert_allclose(x, (np.arange(784, 2 * 784) % 256 / 255).astype("f4"))
    assert t == 2
    assert MNIST(path=mnist, transform=None)[0][0].shape == (1, 28, 28)
    assert MNIST.labels()[7] == "7"


def tar_of_pickles(path, **batches):
    with tarfile.open(path, "w:gz") as tar:
        for name, batch in batches.items():
            text = pickle.dumps(batch, protocol=2)
            info = tarfile.TarInfo(f"batches/{name}")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return path


def batch(first, **labels):
    data = (np.arange(2 * 3072) + first).astype(np.uint8).reshape(2, 3072)
    return {b"data": data, **{name.encode(): values for name, values in labels.items()}}


def test_cifar10_is_read_from_its_archive(tmp_path):
    path = tar_of_pickles(
        tmp_path / "cifar-10-python.tar.gz",
        **{f"data_batch_{i}": batch(i, labels=[i, 9]) for i in range(1, 6)},
        test_batch=batch(0, labels=[3, 4]),
    )
    train, test = CIFAR10(path=path), CIFAR10(train=False, path=tmp_path)
    assert train.data.shape == (10, 3, 32, 32)
    assert train.label.tolist() == [1, 9, 2, 9, 3, 9, 4, 9, 5, 9]
    assert test.label.tolist() == [3, 4]
    assert train.data[2, 0, 0, 0] == 2
    assert train[0][0].dtype == np.float32
    assert train[0][0].max() == 509
    assert CIFAR10.labels()[9] == "truck"


def test_cifar100_is_read_with_either_labels(tmp_path):
    part = batch(0, fine_labels=[99, 1], coarse_labels=[19, 0])
    tar_of_pickles(tmp_path / "cifar-100-python.tar.gz", train=part, test=part)
    assert CIFAR100(path=tmp_path).label.tolist() == [99, 1]
    assert CIFAR100(False, path=tmp_path, label_type="coarse").label.tolist() == [19, 0]
    assert len(set(CIFAR100.labels().values())) == 100
    assert CIFAR100.labels()[99] == "worm"
    assert CIFAR100.labels("coarse")[19] == "vehicles 2"
    with pytest.raises(ValueError, match="fine"):
        CIFAR100(path=tmp_path, label_type="medium")


class Harmful:
    def __reduce__(self):
        return print, ("code of a stranger",)


def test_an_archive_runs_no_code(tmp_path, capsys):
    part = {b"data": Harmful(), b"labels": []}
    path = tar_of_pickles(tmp_path / "cifar-10-python.tar.gz", test_batch=part)
    with pytest.raises(pickle.UnpicklingError, match="print"):
        CIFAR10(train=False, path=path)
    assert capsys.readouterr().out == ""


def test_shakespeare_is_read_letter_by_letter(tmp_path):
    (tmp_path / "shakespear.txt").write_text("to be or")
    data = datasets.Shakespear(path=tmp_path)
    letters = [data.id_to_char[int(i)] for i in data.data]
    assert "".join(letters) == "to be o"
    assert data.char_to_id["t"] == 0
    np.testing.assert_array_equal(data.data[1:], data.label[:-1])


def test_the_names_of_imagenet_are_read_and_not_executed(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("{0: 'tench', 1: 'goldfish'}")
    assert ImageNet.labels(path) == {0: "tench", 1: "goldfish"}
    path.write_text("print('code of a stranger')")
    with pytest.raises(ValueError, match="malformed"):
        ImageNet.labels(path)
    with pytest.raises(NotImplementedError, match="names of its classes"):
        ImageNet()


@pytest.mark.parametrize(
    "make", [MNIST, CIFAR10, CIFAR100, datasets.Shakespear, ImageNet.labels], ids=str
)
def test_what_has_to_be_downloaded_says_so(make, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "cache_dir", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="has to be downloaded"):
        make()
    with pytest.raises(FileNotFoundError, match="fetch"):
        make(path=tmp_path)


def test_arrays_kept_beside_the_downloads(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "cache_dir", str(tmp_path / "cache"))
    url, data, label = "https://example.org/a.tar.gz", np.arange(3), np.arange(3) * 2
    assert datasets.load_cache_npz(url, train=True) == (None, None)
    assert datasets.save_cache_npz(data, label, url, train=True) is not None
    assert datasets.save_cache_npz(data, label, url, train=True) is None
    for kept, array in zip(datasets.load_cache_npz(url, train=True), (data, label), strict=True):
        np.testing.assert_array_equal(kept, array)
    assert datasets.load_cache_npz(url, train=False) == (None, None)
    assert [p.name for p in (tmp_path / "cache").iterdir()] == ["a.tar.gz.train.npz"]


def test_showing_needs_matplotlib_only_then(mnist, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match="pip install matplotlib"):
        MNIST(path=mnist).show()
