"""Parameters of a layer in a file: an .npz archive with one array for each, named by its path."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .base import Layer


def save(layer: Layer, path: Any) -> None:
    """Write the parameters of `layer` to `path`; numpy's ending .npz is added if it is missing.

    The file appears whole or not at all, and one that was there before stays until then.
    Raises ValueError if a parameter has no data yet.
    """
    arrays = {name: param.data for name, param in layer.named_params()}
    for name, array in arrays.items():
        if array is None:
            raise ValueError(
                f"{type(layer).__name__} cannot be saved: {name} has no data yet; "
                f"call the layer with an input first, or give it its input size."
            )
    target = Path(path)
    if target.suffix != ".npz":
        target = target.with_name(target.name + ".npz")
    partial = target.with_name(f".{uuid.uuid4().hex}.npz")
    try:
        np.savez_compressed(partial, **arrays)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def load(layer: Layer, path: Any) -> None:
    """Set the parameters of `layer` to those in `path`: all of them, or none.

    Raises FileNotFoundError, or ValueError if one is missing or has another shape.
    """
    source = Path(path)
    if not source.exists() and source.suffix != ".npz":
        source = source.with_name(source.name + ".npz")
    params = dict(layer.named_params())
    with np.load(source) as stored:
        missing = sorted(params.keys() - set(stored.files))
        if missing:
            raise ValueError(
                f"{source.name} has no {missing[0]}, which {type(layer).__name__} needs "
                f"(it holds {', '.join(sorted(stored.files)) or 'nothing'}): "
                f"load it into the model that saved it."
            )
        arrays = {name: stored[name] for name in params}
    for name, param in params.items():
        if param.data is not None and param.data.shape != arrays[name].shape:
            raise ValueError(
                f"{name} has shape {arrays[name].shape} in {source.name} and {param.data.shape} in "
                f"{type(layer).__name__}: load it into a model of the same sizes."
            )
    for name, param in params.items():
        param.data = arrays[name]
