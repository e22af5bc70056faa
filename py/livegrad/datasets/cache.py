"""Arrays of a dataset kept as .npz files where DeZero keeps its downloads."""

import os
from pathlib import Path

import numpy as np

from .. import files


def _path(filename: str, train: bool) -> Path:
    name = filename[filename.rfind("/") + 1 :]
    return Path(files.cache_dir) / (name + (".train.npz" if train else ".test.npz"))


def load_cache_npz(
    filename: str, train: bool = False
) -> tuple[np.ndarray, np.ndarray] | tuple[None, None]:
    """The data and label kept under the last part of `filename`, or None and None."""
    path = _path(filename, train)
    if not path.exists():
        return None, None
    with np.load(path) as kept:
        return kept["data"], kept["label"]


def save_cache_npz(
    data: np.ndarray, label: np.ndarray, filename: str, train: bool = False
) -> str | None:
    """Keep data and label under the last part of `filename`; None if something is kept there."""
    path = _path(filename, train)
    if path.exists():
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name("." + path.name)
    np.savez_compressed(partial, data=data, label=label)
    os.replace(partial, path)
    return str(path)
