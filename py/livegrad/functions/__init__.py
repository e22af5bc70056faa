"""All operations: each a class, with forward beside derivative, and a function that applies it."""

from .arithmetic import add, div, mul, neg, pow, rdiv, rsub, square, sub
from .concat import concatenate
from .conv import conv2d, conv2d_simple, deconv2d
from .elementwise import clip, cos, exp, log, sin, tanh
from .linear import linear, linear_simple, matmul
from .norm import batch_norm, batch_nrom, dropout, embed_id
from .pooling import average_pooling, pooling, pooling_simple
from .reduce import average, max, mean, min, sum
from .shape import broadcast_to, expand_dims, flatten, get_item, reshape, sum_to, transpose
from .window import col2im, im2col

__all__ = [
    "add",
    "average",
    "average_pooling",
    "batch_norm",
    "batch_nrom",
    "broadcast_to",
    "clip",
    "col2im",
    "concatenate",
    "conv2d",
    "conv2d_simple",
    "cos",
    "deconv2d",
    "div",
    "dropout",
    "embed_id",
    "exp",
    "expand_dims",
    "flatten",
    "get_item",
    "im2col",
    "linear",
    "linear_simple",
    "log",
    "matmul",
    "max",
    "mean",
    "min",
    "mul",
    "neg",
    "pooling",
    "pooling_simple",
    "pow",
    "rdiv",
    "reshape",
    "rsub",
    "sin",
    "square",
    "sub",
    "sum",
    "sum_to",
    "tanh",
    "transpose",
]
