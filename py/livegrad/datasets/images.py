"""Datasets of images that have to be downloaded; Livegrad reads your copy of the files.

Each takes a `path`: the folder (or, where it is one, the file) that you put the download in.
Without it the files are looked for where DeZero keeps its downloads.
"""

import gzip
import pickle
import tarfile
from pathlib import Path
from typing import Any

import numpy as np

from ..files import local_file
from ..transforms import Compose, Flatten, Normalize, ToFloat
from .base import Dataset, Transform
from .labels import CIFAR10_LABELS, CIFAR100_COARSE, CIFAR100_FINE

FLAT_FROM_0_TO_1 = Compose([Flatten(), ToFloat(), Normalize(0.0, 255.0)])
AS_THE_BOOK_SCALES = Compose([ToFloat(), Normalize(mean=0.5, std=0.5)])  # 0 to 255: -1 to 509


class MNIST(Dataset):
    """Handwritten digits of 28 by 28 pixels: data (N, 1, 28, 28) uint8, label (N,) uint8.

    N is 60,000 to train and 10,000 to test. By default examples are taken flat, as float32 from 0
    to 1. Reads the four files of LeCun, Cortes and Burges, which have to be downloaded; raises
    FileNotFoundError where they are not.
    """

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = FLAT_FROM_0_TO_1,
        target_transform: Transform | None = None,
        path: Any = None,
    ) -> None:
        self.path = path
        super().__init__(train, transform, target_transform)

    def prepare(self) -> None:
        files = "train" if self.train else "t10k"
        self.data = self._read(f"{files}-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
        self.label = self._read(f"{files}-labels-idx1-ubyte.gz", 8)

    def _read(self, name: str, header: int) -> np.ndarray:
        url = "http://yann.lecun.com/exdb/mnist/" + name
        with gzip.open(local_file(self.path, name, url), "rb") as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    def show(self, row: int = 10, col: int = 10) -> None:
        """Show row times col random examples. Needs matplotlib."""
        _show(self.data, row, col, cmap="gray")

    @staticmethod
    def labels() -> dict[int, str]:
        """The name of each class."""
        return {i: str(i) for i in range(10)}


class CIFAR10(Dataset):
    """Colour photographs of 32 by 32 pixels: data (N, 3, 32, 32) uint8, label (N,) int.

    N is 50,000 to train and 10,000 to test. By default examples are taken as float32, less 0.5 and
    over 0.5, as in the book: from -1 to 509. Reads the Python version of Krizhevsky's archive,
    which has to be downloaded; raises FileNotFoundError where it is not.
    """

    url = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
    label_key = b"labels"

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = AS_THE_BOOK_SCALES,
        target_transform: Transform | None = None,
        path: Any = None,
    ) -> None:
        self.path = path
        super().__init__(train, transform, target_transform)

    def prepare(self) -> None:
        archive = local_file(self.path, self.url[self.url.rfind("/") + 1 :], self.url)
        with tarfile.open(archive, "r:gz") as tar:
            files = {Path(item.name).name: item for item in tar.getmembers()}
            batches = [_unpickle(tar.extractfile(files[name])) for name in self._batches()]
        self.data = np.concatenate([batch[b"data"] for batch in batches]).reshape(-1, 3, 32, 32)
        self.label = np.concatenate([batch[self.label_key] for batch in batches]).astype(int)

    def _batches(self) -> list[str]:
        return [f"data_batch_{i}" for i in range(1, 6)] if self.train else ["test_batch"]

    def show(self, row: int = 10, col: int = 10) -> None:
        """Show row times col random examples. Needs matplotlib."""
        _show(self.data, row, col)

    @staticmethod
    def labels() -> dict[int, str]:
        """The name of each class."""
        return dict(enumerate(CIFAR10_LABELS))


class CIFAR100(CIFAR10):
    """As CIFAR10, with 100 classes ("fine") or the 20 groups they form ("coarse")."""

    url = "https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz"

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = AS_THE_BOOK_SCALES,
        target_transform: Transform | None = None,
        label_type: str = "fine",
        path: Any = None,
    ) -> None:
        if label_type not in ("fine", "coarse"):
            raise ValueError(f'CIFAR100 has label_type "fine" or "coarse", not {label_type!r}')
        self.label_type = label_type
        self.label_key = f"{label_type}_labels".encode()
        super().__init__(train, transform, target_transform, path)

    def _batches(self) -> list[str]:
        return ["train" if self.train else "test"]

    @staticmethod
    def labels(label_type: str = "fine") -> dict[int, str]:
        """The name of each class, or of each group where label_type is "coarse"."""
        return dict(enumerate(CIFAR100_FINE if label_type == "fine" else CIFAR100_COARSE))


class _ArrayUnpickler(pickle.Unpickler):
    """Reads arrays, numbers and containers; a pickle that asks for anything else is refused."""

    _allowed = frozenset({"_reconstruct", "ndarray", "dtype", "encode", "_frombuffer", "scalar"})

    def find_class(self, module: str, name: str) -> Any:
        if name in self._allowed and module.split(".")[0] in {"numpy", "_codecs"}:
            return super().find_class(module.replace("numpy.core", "numpy._core"), name)
        raise pickle.UnpicklingError(
            f"this file wants to run {module}.{name}, which no dataset needs: download it anew"
        )


def _unpickle(file: Any) -> Any:
    return _ArrayUnpickler(file, encoding="bytes").load()


def _show(images: np.ndarray, row: int, col: int, **options: Any) -> None:
    try:
        import matplotlib.pyplot as plt  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise ImportError(
            "show() draws with matplotlib, which is not installed: pip install matplotlib"
        ) from error
    N, C, H, W = images.shape
    chosen = images[np.random.randint(0, N, size=row * col)].reshape(row, col, C, H, W)
    sheet = chosen.transpose(0, 3, 1, 4, 2).reshape(row * H, col * W, C)
    plt.imshow(sheet.squeeze(), interpolation="nearest", **options)
    plt.axis("off")
    plt.show()
