"""VGG16: thirteen convolutions of 3 by 3 and three linear layers.

Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, 2015,
configuration D. 138 million parameters with images of 224 by 224.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from .. import functions as F
from ..core import Variable
from ..layers import Conv2d, Linear
from .base import Model

_BLOCKS = [(1, 2, 64), (2, 2, 128), (3, 3, 256), (4, 3, 512), (5, 3, 512)]  # number, layers, width


class VGG16(Model):
    """1000 class scores (N, 1000) of images (N, 3, H, W), H and W at least 32.

    `pretrained` is False, or the path of weights for DeZero's VGG16; True stands for the file that
    DeZero has downloaded. Raises FileNotFoundError where it is not there.
    """

    WEIGHTS_PATH = "https://github.com/koki0702/dezero-models/releases/download/v0.1/vgg16.npz"

    def __init__(self, pretrained: Any = False) -> None:
        super().__init__()
        for block, layers, width in _BLOCKS:
            for i in range(1, layers + 1):
                setattr(self, f"conv{block}_{i}", Conv2d(width, kernel_size=3, stride=1, pad=1))
        self.fc6 = Linear(4096)
        self.fc7 = Linear(4096)
        self.fc8 = Linear(1000)
        self.load_pretrained(pretrained, self.WEIGHTS_PATH)

    def forward(self, x: Any) -> Variable:
        for block, layers, _ in _BLOCKS:
            for i in range(1, layers + 1):
                x = F.relu(getattr(self, f"conv{block}_{i}")(x))
            x = F.pooling(x, 2, 2)
        x = F.flatten(x)
        x = F.dropout(F.relu(self.fc6(x)))
        x = F.dropout(F.relu(self.fc7(x)))
        return self.fc8(x)

    @staticmethod
    def preprocess(
        image: Any, size: tuple[int, int] | None = (224, 224), dtype: npt.DTypeLike = np.float32
    ) -> np.ndarray:
        """A Pillow image as the array (3, H, W) that the weights expect: BGR, less the mean colour.

        `size` is (width, height), or None to leave the image as large as it is.
        """
        image = image.convert("RGB")
        if size:
            image = image.resize(size)
        pixels = np.asarray(image, dtype=dtype)[:, :, ::-1]
        mean = np.array([103.939, 116.779, 123.68], dtype=dtype)
        return (pixels - mean).transpose(2, 0, 1)
