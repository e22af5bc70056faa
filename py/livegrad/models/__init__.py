"""Models: networks ready to be trained."""

from .base import MLP, Model, Sequential
from .resnet import BottleneckA, BottleneckB, BuildingBlock, ResNet, ResNet50, ResNet101, ResNet152
from .squeezenet import SqueezeNet
from .vgg import VGG16

__all__ = [
    "MLP",
    "VGG16",
    "BottleneckA",
    "BottleneckB",
    "BuildingBlock",
    "Model",
    "ResNet",
    "ResNet50",
    "ResNet101",
    "ResNet152",
    "Sequential",
    "SqueezeNet",
]
