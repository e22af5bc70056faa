"""Models: networks ready to be trained."""

from .base import MLP, Model, Sequential
from .resnet import ResNet, ResNet50, ResNet101, ResNet152
from .squeezenet import SqueezeNet
from .vgg import VGG16

__all__ = [
    "MLP",
    "VGG16",
    "Model",
    "ResNet",
    "ResNet50",
    "ResNet101",
    "ResNet152",
    "Sequential",
    "SqueezeNet",
]
