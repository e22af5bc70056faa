"""Dataset: examples by number."""

from collections.abc import Callable
from typing import Any

import numpy as np

Transform = Callable[[Any], Any]


class Dataset:
    """Base of all datasets: subclasses define `prepare`, which sets `data` and `label`.

    Args:
        train: the examples to train with, or those to test with.
        transform: applied to each example as it is taken.
        target_transform: applied to each label as it is taken.
    """

    data: Any
    label: Any

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        self.train = train
        self.transform = transform or _unchanged
        self.target_transform = target_transform or _unchanged
        self.data = None
        self.label = None
        self.prepare()

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        """Example and label, both transformed; the label is None where there are no labels.

        Raises TypeError if the index is no single number.
        """
        if not np.isscalar(index):
            raise TypeError(
                f"{type(self).__name__} takes one number as index, not {type(index).__name__}: "
                f"index .data and .label for several, or use a DataLoader"
            )
        x = self.transform(self.data[index])
        return x, None if self.label is None else self.target_transform(self.label[index])

    def __len__(self) -> int:
        return len(self.data)

    def prepare(self) -> None:
        """Set `self.data` and, if there are any, `self.label`: sequences of the same length."""


def _unchanged(x: Any) -> Any:
    return x
