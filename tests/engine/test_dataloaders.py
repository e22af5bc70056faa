"""Loaders: batches of the right shapes, each example once an epoch."""

import numpy as np
import pytest

from livegrad.dataloaders import DataLoader, SeqDataLoader
from livegrad.datasets import Dataset


class Rows(Dataset):
    def prepare(self):
        self.data = np.arange(20, dtype=np.float32).reshape(10, 2)
        self.label = np.arange(10)


def test_batches_in_order():
    batches = list(DataLoader(Rows(), 4, shuffle=False))
    assert [x.shape for x, _ in batches] == [(4, 2), (4, 2), (2, 2)]
    assert [t.tolist() for _, t in batches] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert batches[0][0].dtype == np.float32
    assert batches[0][1].dtype.kind == "i"


def test_a_shuffled_epoch_takes_each_example_once_and_the_next_in_another_order():
    np.random.seed(0)
    loader = DataLoader(Rows(), 3)
    epochs = [np.concatenate([t for _, t in loader]).tolist() for _ in range(2)]
    for epoch in epochs:
        assert sorted(epoch) == list(range(10))
    assert epochs[0] != epochs[1]


def test_the_seed_decides_the_order():
    orders = []
    for _ in range(2):
        np.random.seed(3)
        orders.append([t.tolist() for _, t in DataLoader(Rows(), 3)])
    assert orders[0] == orders[1]


def test_a_loader_is_reset_and_asked_for_the_next_batch():
    loader = DataLoader(Rows(), 4, shuffle=False)
    assert loader.max_iter == 3
    assert loader.next()[1].tolist() == [0, 1, 2, 3]
    assert next(loader)[1].tolist() == [4, 5, 6, 7]
    loader.reset()
    assert loader.next()[1].tolist() == [0, 1, 2, 3]


def test_a_sequence_is_read_in_as_many_places_as_the_batch_is_large():
    batches = [t.tolist() for _, t in SeqDataLoader(Rows(), 3)]
    assert batches == [[0, 3, 6], [1, 4, 7], [2, 5, 8], [3, 6, 9]]
    assert next(SeqDataLoader(Rows(), 3))[0].shape == (3, 2)


def test_examples_without_labels():
    class Unlabelled(Rows):
        def prepare(self):
            self.data = np.arange(3)

    _, t = next(DataLoader(Unlabelled(), 3))
    assert t.tolist() == [None, None, None]


@pytest.mark.parametrize("kind", [DataLoader, SeqDataLoader])
def test_what_can_not_be_is_refused(kind):
    with pytest.raises(ValueError, match="at least 1, not 0"):
        kind(Rows(), 0)
    with pytest.raises(RuntimeError, match="NumPy only"):
        kind(Rows(), 2, gpu=True)
    loader = kind(Rows(), 2)
    loader.to_cpu()
    with pytest.raises(RuntimeError, match="NumPy only"):
        loader.to_gpu()
