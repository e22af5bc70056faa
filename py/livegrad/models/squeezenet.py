"""SqueezeNet: the accuracy of AlexNet with a fiftieth of its parameters.

Iandola et al., SqueezeNet, 2016, in version 1.1 of the authors' repository. DeZero names the class
and leaves it empty, so there are no weights of DeZero's to load.
"""

from typing import Any

from .. import functions as F
from ..core import Variable
from ..layers import Conv2d, Layer
from .base import Model

_FIRES = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
_AFTER_POOLING = {0, 2, 4}  # the fire modules before which the image shrinks


class SqueezeNet(Model):
    """1000 class scores (N, 1000) of images (N, 3, H, W), H and W at least 31.

    `pretrained` is False, or the path of weights that `save_weights` has written.
    """

    def __init__(self, pretrained: Any = False) -> None:
        super().__init__()
        if pretrained is True:
            raise ValueError(
                "there are no published weights for this SqueezeNet: "
                "pass the path of a file that save_weights has written, or False"
            )
        self.conv1 = Conv2d(64, 3, stride=2)
        for i, (squeeze, expand) in enumerate(_FIRES):
            setattr(self, f"fire{i + 2}", Fire(squeeze, expand))
        self.conv10 = Conv2d(1000, 1)
        if pretrained:
            self.load_weights(pretrained)

    def forward(self, x: Any) -> Variable:
        x = F.relu(self.conv1(x))
        for i in range(len(_FIRES)):
            if i in _AFTER_POOLING:
                x = F.pooling(x, 3, 2)
            x = getattr(self, f"fire{i + 2}")(x)
        x = F.relu(self.conv10(F.dropout(x)))
        return F.flatten(F.average_pooling(x, x.shape[2:]))


class Fire(Layer):
    """Few channels by 1x1 filters, then many by 1x1 and by 3x3 filters: (N, 2 * expand, H, W)."""

    def __init__(self, squeeze: int, expand: int) -> None:
        super().__init__()
        self.squeeze = Conv2d(squeeze, 1)
        self.expand1 = Conv2d(expand, 1)
        self.expand3 = Conv2d(expand, 3, pad=1)

    def forward(self, x: Any) -> Variable:
        x = F.relu(self.squeeze(x))
        return F.concatenate([F.relu(self.expand1(x)), F.relu(self.expand3(x))], axis=1)
