"""Datasets of text that have to be downloaded: Shakespeare, and the names of ImageNet's classes."""

import ast
from pathlib import Path
from typing import Any

import numpy as np

from ..files import local_file
from .base import Dataset, Transform

_SHAKESPEARE = (
    "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
)
_IMAGENET = (
    "https://gist.githubusercontent.com/yrevar/942d3a0ac09ec9e5eb3a/raw/"
    "238f720ff059c1f82f368259d1ca4ffa5dd8f9f5/imagenet1000_clsidx_to_labels.txt"
)


class Shakespear(Dataset):
    """Shakespeare's plays letter by letter: data (N,) int, and as label of each letter the next.

    `char_to_id` and `id_to_char` translate. Reads the text file that Karpathy's char-rnn uses,
    which has to be downloaded, from `path`; raises FileNotFoundError where it is not.
    """

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
        path: Any = None,
    ) -> None:
        self.path = path
        super().__init__(train, transform, target_transform)

    def prepare(self) -> None:
        text = Path(local_file(self.path, "shakespear.txt", _SHAKESPEARE)).read_text("utf-8")
        letters = dict.fromkeys(text)  # each once, in order of first use
        self.char_to_id = {letter: i for i, letter in enumerate(letters)}
        self.id_to_char = dict(enumerate(letters))
        ids = np.array([self.char_to_id[letter] for letter in text])
        self.data = ids[:-1]
        self.label = ids[1:]


class ImageNet(Dataset):
    """Only the names of the classes; the images are not read, neither here nor in DeZero."""

    def __init__(self) -> None:
        raise NotImplementedError(
            "ImageNet's images are not read here: use ImageNet.labels() for the names of its "
            "classes, and a Dataset of your own for images"
        )

    @staticmethod
    def labels(path: Any = None) -> dict[int, str]:
        """The name of each of the 1000 classes, from a text file that has to be downloaded.

        Raises FileNotFoundError where it is not.
        """
        name = _IMAGENET[_IMAGENET.rfind("/") + 1 :]
        return ast.literal_eval(Path(local_file(path, name, _IMAGENET)).read_text("utf-8"))
