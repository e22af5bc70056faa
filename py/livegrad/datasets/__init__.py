"""Datasets: computed ones, and readers of those that have to be downloaded."""

from .base import Dataset
from .cache import load_cache_npz, save_cache_npz
from .images import CIFAR10, CIFAR100, MNIST
from .texts import ImageNet, Shakespear
from .toys import SinCurve, Spiral, get_spiral

__all__ = [
    "CIFAR10",
    "CIFAR100",
    "MNIST",
    "Dataset",
    "ImageNet",
    "Shakespear",
    "SinCurve",
    "Spiral",
    "get_spiral",
    "load_cache_npz",
    "save_cache_npz",
]
