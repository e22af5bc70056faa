"""All operations: each a class, with forward beside derivative, and a function that applies it."""

from .arithmetic import add, div, mul, neg, pow, rdiv, rsub, square, sub
from .elementwise import clip, cos, exp, log, sin, tanh
from .linear import linear, linear_simple, matmul
from .reduce import average, max, mean, min, sum
from .shape import broadcast_to, expand_dims, flatten, get_item, reshape, sum_to, transpose

__all__ = [
    "add",
    "average",
    "broadcast_to",
    "clip",
    "cos",
    "div",
    "exp",
    "expand_dims",
    "flatten",
    "get_item",
    "linear",
    "linear_simple",
    "log",
    "matmul",
    "max",
    "mean",
    "min",
    "mul",
    "neg",
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
