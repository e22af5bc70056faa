"""Datasets that are computed: a spiral of three classes, and a noisy sine curve."""

import numpy as np

from .base import Dataset


def get_spiral(train: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """300 points of three arms of a spiral: x (300, 2) float32 and the arm t (300,) int.

    Sets the seed of `numpy.random`: 1984 to train, 2020 to test. The same points as in the book.
    """
    np.random.seed(1984 if train else 2020)
    num_data, num_class = 100, 3
    rate = np.arange(num_data) / num_data
    x = np.empty((num_class * num_data, 2), dtype=np.float32)
    t = np.repeat(np.arange(num_class), num_data).astype(int)
    for arm in range(num_class):
        theta = arm * 4.0 + 4.0 * rate + np.random.randn(num_data) * 0.2
        x[t == arm] = np.stack([rate * np.sin(theta), rate * np.cos(theta)], axis=1)
    order = np.random.permutation(len(x))
    return x[order], t[order]


class Spiral(Dataset):
    """`get_spiral` as a dataset."""

    def prepare(self) -> None:
        self.data, self.label = get_spiral(self.train)


class SinCurve(Dataset):
    """A sine curve, one period in 1000 steps, and as label of each point the next one.

    data and label are (999, 1) float64. To train: the sine with noise of up to 0.05; to test: the
    cosine, without.
    """

    def prepare(self) -> None:
        x = np.linspace(0, 2 * np.pi, 1000)
        noise = np.random.uniform(-0.05, 0.05, size=x.shape)
        y = np.sin(x) + noise if self.train else np.cos(x)
        self.data = y[:-1, np.newaxis]
        self.label = y[1:, np.newaxis]
