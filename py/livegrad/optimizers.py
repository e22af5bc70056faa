"""Optimizers: each changes the parameters of its target a little, along their gradients.

What an optimizer remembers of a parameter hangs on the parameter itself, by a weak key: it dies
with it, and no other parameter can inherit it. (A table by `id()` can: ids are used again.)
Parameters are changed in place, and keep their dtype.
"""

import math
from collections.abc import Callable
from typing import Any, Self
from weakref import WeakKeyDictionary

import numpy as np

from .core import Parameter

Hook = Callable[[list[Parameter]], None]


class Optimizer:
    """Base of all optimizers: subclasses define `update_one(param)`."""

    def __init__(self) -> None:
        self.target: Any = None
        self.hooks: list[Hook] = []

    def setup(self, target: Any) -> Self:
        """Say whose parameters to update: a Layer or Model, or anything with `params()`."""
        self.target = target
        return self

    def update(self) -> None:
        """Call the hooks, then update every parameter that has a gradient.

        Raises RuntimeError if there is no target.
        """
        if self.target is None:
            raise RuntimeError(
                f"{type(self).__name__} has no parameters to update: call setup(model) first"
            )
        params = _with_grad(self.target.params())
        for hook in self.hooks:
            hook(params)
            params = _with_grad(params)  # a hook may have taken one away
        for param in params:
            self.update_one(param)

    def update_one(self, param: Parameter) -> None:
        raise NotImplementedError(f"{type(self).__name__} has no update_one: define it")

    def add_hook(self, f: Hook) -> None:
        """Call `f(params)`, with the parameters that have a gradient, before each update."""
        self.hooks.append(f)


def _with_grad(params: Any) -> list[Parameter]:
    return [param for param in params if param._grad is not None]


class _State(WeakKeyDictionary[Parameter, np.ndarray]):
    """One array for each parameter, of its shape and dtype; zeros until it is set."""

    def of(self, param: Parameter) -> np.ndarray:
        array = self.get(param)
        if array is None:
            array = self[param] = np.zeros_like(param.data)
        return array


class SGD(Optimizer):
    """param -= lr * grad"""

    def __init__(self, lr: float = 0.01) -> None:
        super().__init__()
        self.lr = lr

    def update_one(self, param: Parameter) -> None:
        param.data -= self.lr * param.grad.data


class MomentumSGD(Optimizer):
    """v = momentum * v - lr * grad; param += v (Polyak, 1964)"""

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__()
        self.lr = lr
        self.momentum = momentum
        self.vs = _State()

    def update_one(self, param: Parameter) -> None:
        v = self.vs.of(param)
        v *= self.momentum
        v -= self.lr * param.grad.data
        param.data += v


class AdaGrad(Optimizer):
    """h += grad^2; param -= lr * grad / (sqrt(h) + eps) (Duchi, Hazan and Singer, 2011)"""

    def __init__(self, lr: float = 0.001, eps: float = 1e-8) -> None:
        super().__init__()
        self.lr = lr
        self.eps = eps
        self.hs = _State()

    def update_one(self, param: Parameter) -> None:
        grad = param.grad.data
        h = self.hs.of(param)
        h += grad * grad
        param.data -= self.lr * grad / (np.sqrt(h) + self.eps)


class AdaDelta(Optimizer):
    """Steps in proportion to the running size of past steps, no learning rate (Zeiler, 2012).

    msg and msdx are the running means, with factor rho, of grad^2 and of dx^2;
    dx = sqrt(msdx + eps) / sqrt(msg + eps) * grad; param -= dx.
    """

    def __init__(self, rho: float = 0.95, eps: float = 1e-6) -> None:
        super().__init__()
        self.rho = rho
        self.eps = eps
        self.msg = _State()
        self.msdx = _State()

    def update_one(self, param: Parameter) -> None:
        grad, rho, eps = param.grad.data, self.rho, self.eps
        msg, msdx = self.msg.of(param), self.msdx.of(param)
        msg *= rho
        msg += (1 - rho) * grad * grad
        dx = np.sqrt((msdx + eps) / (msg + eps)) * grad
        msdx *= rho
        msdx += (1 - rho) * dx * dx
        param.data -= dx


class Adam(Optimizer):
    """param -= lr * m / (sqrt(v) + eps), with running means m of grad and v of grad^2.

    `lr` is alpha, corrected for means that began at zero: alpha * sqrt(1 - beta2^t) / (1 - beta1^t)
    at update t. (Kingma and Ba, Adam, 2015, the form at the end of section 2.)
    """

    def __init__(
        self, alpha: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
    ) -> None:
        super().__init__()
        self.t = 0
        self.alpha = alpha
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.ms = _State()
        self.vs = _State()

    def update(self) -> None:
        self.t += 1
        super().update()

    @property
    def lr(self) -> float:
        """The rate of this update; before the first, that of the first."""
        t = max(self.t, 1)
        return self.alpha * math.sqrt(1 - self.beta2**t) / (1 - self.beta1**t)

    def update_one(self, param: Parameter) -> None:
        grad = param.grad.data
        m, v = self.ms.of(param), self.vs.of(param)
        m += (1 - self.beta1) * (grad - m)
        v += (1 - self.beta2) * (grad * grad - v)
        param.data -= self.lr * m / (np.sqrt(v) + self.eps)


# ---------------------------------------------------------------- hooks
# They put a new array into a gradient and leave the old one alone: it may be a view of another.


class WeightDecay:
    """grad += rate * param: a penalty of rate / 2 * sum(param^2) on the loss."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def __call__(self, params: list[Parameter]) -> None:
        for param in params:
            param.grad.data = param.grad.data + self.rate * param.data


class ClipGrad:
    """Scale all gradients down together where their common norm exceeds `max_norm`.

    Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013.
    """

    def __init__(self, max_norm: float) -> None:
        self.max_norm = max_norm

    def __call__(self, params: list[Parameter]) -> None:
        # In float64: the squares of a large float32 gradient overflow.
        squares = (float(np.square(p.grad.data, dtype=np.float64).sum()) for p in params)
        rate = self.max_norm / (math.sqrt(sum(squares)) + 1e-6)
        if rate < 1:
            for param in params:
                param.grad.data = param.grad.data * rate


class FreezeParam:
    """Leave these parameters, and those of these layers, as they are: drop their gradients."""

    def __init__(self, *layers: Any) -> None:
        self.freeze_params: list[Parameter] = []
        for layer in layers:
            self.freeze_params += [layer] if isinstance(layer, Parameter) else layer.params()

    def __call__(self, params: list[Parameter]) -> None:
        for param in self.freeze_params:
            param.grad = None
