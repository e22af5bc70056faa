"""Loaders: iterate over a dataset in minibatches of arrays."""

import math
from typing import Any, Self

import numpy as np

from .cuda import refuse_gpu


class DataLoader:
    """Minibatches of `dataset`, in random order if `shuffle`.

    Iterating yields (x, t), two arrays whose first axis is the batch; the last batch of an epoch
    may be smaller. When an epoch ends the loader shuffles anew and can be iterated again.
    Raises ValueError if batch_size is below 1, RuntimeError if `gpu` is asked for.
    """

    def __init__(
        self, dataset: Any, batch_size: int, shuffle: bool = True, gpu: bool = False
    ) -> None:
        if batch_size < 1:
            raise ValueError(
                f"{type(self).__name__} needs a batch_size of at least 1, not {batch_size}."
            )
        if gpu:
            refuse_gpu(f"{type(self).__name__}(gpu=True)")
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.data_size = len(dataset)
        self.max_iter = math.ceil(self.data_size / batch_size)
        self.gpu = False
        self.reset()

    def reset(self) -> None:
        """Begin a new epoch: the next batch is the first."""
        self.iteration = 0
        if self.shuffle:
            self.index = np.random.permutation(self.data_size)
        else:
            self.index = np.arange(self.data_size)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[np.ndarray, np.ndarray]:
        if self.iteration >= self.max_iter:
            self.reset()
            raise StopIteration
        examples = [self.dataset[i] for i in self._batch_index()]
        self.iteration += 1
        return np.array([x for x, _ in examples]), np.array([t for _, t in examples])

    def _batch_index(self) -> Any:
        first = self.iteration * self.batch_size
        return self.index[first : first + self.batch_size]

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """The next batch, as `next(loader)`."""
        return self.__next__()

    def to_cpu(self) -> None:
        """Batches are NumPy arrays already."""

    def to_gpu(self) -> None:
        """Raises RuntimeError: there is no GPU here."""
        refuse_gpu(f"{type(self).__name__}.to_gpu()")


class SeqDataLoader(DataLoader):
    """Minibatches of a sequence: row i of each batch walks through its own stretch of the data.

    The stretches begin data_size // batch_size apart, so that row i of one batch is followed in
    time by row i of the next, which is what a recurrent network needs.
    """

    def __init__(self, dataset: Any, batch_size: int, gpu: bool = False) -> None:
        super().__init__(dataset=dataset, batch_size=batch_size, shuffle=False, gpu=gpu)

    def _batch_index(self) -> list[int]:
        jump = self.data_size // self.batch_size
        return [(i * jump + self.iteration) % self.data_size for i in range(self.batch_size)]
