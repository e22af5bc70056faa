"""Transforms: small callables that prepare one example of a dataset.

Those for arrays need only NumPy. Those for images work on Pillow images; Pillow is imported when
one of them really has to make an image, never before, so that `import livegrad` does not need it.
"""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from .utils import pair

BILINEAR = 2  # PIL.Image.BILINEAR, written as a number so that naming it needs no Pillow


def _pillow(who: str) -> ModuleType:
    try:
        from PIL import Image  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise ImportError(
            f"{who} makes a Pillow image, and Pillow is not installed: "
            f"install it (pip install pillow) or work on arrays instead."
        ) from error
    return Image


class Compose:
    """Apply `transforms`, a sequence of callables, one after the other."""

    def __init__(self, transforms: Sequence[Callable[[Any], Any]] = ()) -> None:
        self.transforms = transforms or []

    def __call__(self, img: Any) -> Any:
        for transform in self.transforms:
            img = transform(img)
        return img


# ---------------------------------------------------------------- Pillow images


class Convert:
    """Convert a Pillow image to `mode`; besides Pillow's own modes there is "BGR"."""

    def __init__(self, mode: str = "RGB") -> None:
        self.mode = mode

    def __call__(self, img: Any) -> Any:
        if self.mode != "BGR":
            return img.convert(self.mode)
        r, g, b = img.convert("RGB").split()
        return _pillow("Convert('BGR')").merge("RGB", (b, g, r))


class Resize:
    """Resize a Pillow image to `size`, an int or (width, height); `mode` is Pillow's resampling."""

    def __init__(self, size: int | tuple[int, int], mode: int = BILINEAR) -> None:
        self.size = pair(size)
        self.mode = mode

    def __call__(self, img: Any) -> Any:
        return img.resize(self.size, self.mode)


class CenterCrop:
    """Cut `size`, an int or (width, height), out of the middle of a Pillow image."""

    def __init__(self, size: int | tuple[int, int]) -> None:
        self.size = pair(size)

    def __call__(self, img: Any) -> Any:
        (width, height), (out_width, out_height) = img.size, self.size
        left, up = (width - out_width) // 2, (height - out_height) // 2
        return img.crop((left, up, left + out_width, up + out_height))


class ToArray:
    """Turn a Pillow image of (height, width, channels) into an array of (C, H, W) and `dtype`.

    An array passes through unchanged. A grey image, which has no channels, becomes (1, H, W).
    """

    def __init__(self, dtype: npt.DTypeLike = np.float32) -> None:
        self.dtype = dtype

    def __call__(self, img: Any) -> np.ndarray:
        if isinstance(img, np.ndarray):
            return img
        if not (hasattr(img, "mode") and hasattr(img, "__array_interface__")):
            raise TypeError(
                f"ToArray takes a Pillow image or an array, not {type(img).__name__}: "
                f"open the image with PIL.Image.open first."
            )
        pixels = np.asarray(img)
        if pixels.ndim == 2:
            pixels = pixels[:, :, np.newaxis]
        return pixels.transpose(2, 0, 1).astype(self.dtype)


class ToPIL:
    """Turn an array of (C, H, W) into a Pillow image. Raises ImportError without Pillow."""

    def __call__(self, array: np.ndarray) -> Any:
        return _pillow("ToPIL").fromarray(array.transpose(1, 2, 0))


class RandomHorizontalFlip:
    """Mirror left and right with probability `p`, an array of (..., W) or a Pillow image."""

    def __init__(self, p: float = 0.5) -> None:
        self.p = p

    def __call__(self, img: Any) -> Any:
        if np.random.rand() >= self.p:
            return img
        if isinstance(img, np.ndarray):
            return img[..., ::-1]
        return img.transpose(_pillow("RandomHorizontalFlip").FLIP_LEFT_RIGHT)


# ---------------------------------------------------------------- arrays


class Normalize:
    """(array - mean) / std, with one number for all or one for each channel (axis 0).

    A floating dtype is kept; an integer array gives float64.
    """

    def __init__(self, mean: float | Sequence[float] = 0, std: float | Sequence[float] = 1) -> None:
        self.mean = mean
        self.std = std

    def __call__(self, array: np.ndarray) -> np.ndarray:
        return (array - _per_channel(self.mean, array)) / _per_channel(self.std, array)


def _per_channel(value: float | Sequence[float], array: np.ndarray) -> Any:
    """`value` so that it broadcasts along axis 0 of `array` and does not widen its dtype."""
    if np.isscalar(value):
        return float(value)  # type: ignore[arg-type]  # a np.float64 would widen float32
    dtype = array.dtype if array.dtype.kind == "f" else np.float64
    return np.asarray(value, dtype=dtype).reshape(-1, *[1] * (array.ndim - 1))


class Flatten:
    """Copy an array into one of a single axis."""

    def __call__(self, array: np.ndarray) -> np.ndarray:
        return array.flatten()


class AsType:
    """Copy an array into `dtype`."""

    def __init__(self, dtype: npt.DTypeLike = np.float32) -> None:
        self.dtype = dtype

    def __call__(self, array: np.ndarray) -> np.ndarray:
        return array.astype(self.dtype)


ToFloat = AsType


class ToInt(AsType):
    """Copy an array into an integer dtype, the platform's own by default."""

    def __init__(self, dtype: npt.DTypeLike = int) -> None:
        super().__init__(dtype)
