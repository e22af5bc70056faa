"""Layers: operations that own the parameters they compute with."""

from .base import Layer
from .feedforward import BatchNorm, Conv2d, Deconv2d, EmbedID, Linear
from .recurrent import LSTM, RNN

__all__ = ["LSTM", "RNN", "BatchNorm", "Conv2d", "Deconv2d", "EmbedID", "Layer", "Linear"]
