"""ResNet with 50, 101 or 152 layers.

He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition, 2016, table 1. Weights and
attribute names are those of the book.
"""

from typing import Any

from .. import functions as F
from ..core import Variable
from ..layers import BatchNorm, Conv2d, Layer, Linear
from .base import Model

_BLOCKS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


class ResNet(Model):
    """1000 class scores (N, 1000) of images (N, 3, H, W), H and W at least 32.

    `pretrained` is False, or the path of weights for DeZero's ResNet; True stands for the file that
    DeZero has downloaded. Raises ValueError for another number of layers, FileNotFoundError where
    the weights are not there.
    """

    WEIGHTS_PATH = "https://github.com/koki0702/dezero-models/releases/download/v0.1/resnet{}.npz"

    def __init__(self, n_layers: int = 152, pretrained: Any = False) -> None:
        super().__init__()
        if n_layers not in _BLOCKS:
            raise ValueError(f"ResNet has 50, 101 or 152 layers, not {n_layers}")
        blocks = _BLOCKS[n_layers]
        self.conv1 = Conv2d(64, 7, 2, 3)
        self.bn1 = BatchNorm()
        self.res2 = BuildingBlock(blocks[0], 64, 64, 256, 1)
        self.res3 = BuildingBlock(blocks[1], 256, 128, 512, 2)
        self.res4 = BuildingBlock(blocks[2], 512, 256, 1024, 2)
        self.res5 = BuildingBlock(blocks[3], 1024, 512, 2048, 2)
        self.fc6 = Linear(1000)
        self.load_pretrained(pretrained, self.WEIGHTS_PATH.format(n_layers))

    def forward(self, x: Any) -> Variable:
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.pooling(x, kernel_size=3, stride=2)
        for block in (self.res2, self.res3, self.res4, self.res5):
            x = block(x)
        x = F.average_pooling(x, x.shape[2:])
        return self.fc6(F.flatten(x))


class ResNet152(ResNet):
    """ResNet with 152 layers."""

    def __init__(self, pretrained: Any = False) -> None:
        super().__init__(152, pretrained)


class ResNet101(ResNet):
    """ResNet with 101 layers."""

    def __init__(self, pretrained: Any = False) -> None:
        super().__init__(101, pretrained)


class ResNet50(ResNet):
    """ResNet with 50 layers."""

    def __init__(self, pretrained: Any = False) -> None:
        super().__init__(50, pretrained)


class BuildingBlock(Layer):
    """A BottleneckA, which may shrink the image, and n_layers - 1 BottleneckB.

    The filters take their number of input channels from the first input; `in_channels` is there
    for the book's sake.
    """

    def __init__(
        self,
        n_layers: int,
        in_channels: int | None,
        mid_channels: int,
        out_channels: int,
        stride: int,
        downsample_fb: bool = False,
    ) -> None:
        super().__init__()
        self.a = BottleneckA(in_channels, mid_channels, out_channels, stride, downsample_fb)
        self._forward = ["a"]
        for i in range(1, n_layers):
            setattr(self, f"b{i}", BottleneckB(out_channels, mid_channels))
            self._forward.append(f"b{i}")

    def forward(self, x: Any) -> Variable:
        for name in self._forward:
            x = getattr(self, name)(x)
        return x


class BottleneckA(Layer):
    """Three convolutions beside a fourth one on the shortcut; `stride` shrinks the image.

    `stride` is that of the first convolution, as in the paper, or, with `downsample_fb`, that of
    the second, as in Facebook's version.
    """

    def __init__(
        self,
        in_channels: int | None,
        mid_channels: int,
        out_channels: int,
        stride: int = 2,
        downsample_fb: bool = False,
    ) -> None:
        super().__init__()
        stride_1x1, stride_3x3 = (1, stride) if downsample_fb else (stride, 1)
        self.conv1 = Conv2d(mid_channels, 1, stride_1x1, 0, nobias=True)
        self.bn1 = BatchNorm()
        self.conv2 = Conv2d(mid_channels, 3, stride_3x3, 1, nobias=True)
        self.bn2 = BatchNorm()
        self.conv3 = Conv2d(out_channels, 1, 1, 0, nobias=True)
        self.bn3 = BatchNorm()
        self.conv4 = Conv2d(out_channels, 1, stride, 0, nobias=True)
        self.bn4 = BatchNorm()

    def forward(self, x: Any) -> Variable:
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        h = self.bn3(self.conv3(h))
        return F.relu(h + self.bn4(self.conv4(x)))


class BottleneckB(Layer):
    """Three convolutions beside a shortcut; the shape stays (N, in_channels, H, W)."""

    def __init__(self, in_channels: int, mid_channels: int) -> None:
        super().__init__()
        self.conv1 = Conv2d(mid_channels, 1, 1, 0, nobias=True)
        self.bn1 = BatchNorm()
        self.conv2 = Conv2d(mid_channels, 3, 1, 1, nobias=True)
        self.bn2 = BatchNorm()
        self.conv3 = Conv2d(in_channels, 1, 1, 0, nobias=True)
        self.bn3 = BatchNorm()

    def forward(self, x: Any) -> Variable:
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        return F.relu(self.bn3(self.conv3(h)) + x)
