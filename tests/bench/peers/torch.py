"""PyTorch on the CPU, on one thread."""

from typing import Any

import numpy as np
import torch
from workloads import RATE, SCALE, SHIFT, Step

torch.set_num_threads(1)


def arrays(result: Any) -> list[Any]:
    return [value.detach().numpy() for value in result]


def _leaf(x: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(x).requires_grad_()


def chain(x: np.ndarray, length: int) -> Step:
    leaf = _leaf(x)
    ones = torch.ones_like(leaf)

    def step() -> Any:
        leaf.grad = None
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        y.backward(ones)
        return y, leaf.grad

    return step


def squares(x: np.ndarray) -> Step:
    leaf = _leaf(x)
    ones = torch.ones_like(leaf)

    def step() -> Any:
        leaf.grad = None
        y = leaf.square().square().square()
        y.backward(ones)
        return y, leaf.grad

    return step


def mlp(
    x: np.ndarray,
    t: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> Step:
    model = torch.nn.Sequential(
        torch.nn.Linear(*W1.shape), torch.nn.ReLU(), torch.nn.Linear(*W2.shape)
    ).double()
    with torch.no_grad():
        for layer, W, b in ((model[0], W1, b1), (model[2], W2, b2)):
            layer.weight.copy_(torch.from_numpy(W.T))
            layer.bias.copy_(torch.from_numpy(b))
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss()
    inputs, targets = torch.from_numpy(x), torch.from_numpy(t)
    V1, c1, V2, c2 = model.parameters()

    def step() -> Any:
        optimizer.zero_grad()
        loss = loss_of(model(inputs), targets)
        loss.backward()
        optimizer.step()
        return loss, V1.T, c1, V2.T, c2

    return step


class _Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    def backward(ctx: Any, *gys: Any) -> Any:
        (x,) = ctx.saved_tensors
        return 2 * x * gys[0]


def users(x: np.ndarray, count: int) -> Step:
    leaf = _leaf(x)
    ones = torch.ones_like(leaf)

    def step() -> Any:
        leaf.grad = None
        y: Any = leaf
        for _ in range(count):
            y = _Square.apply(y)
        y.backward(ones)
        return y, leaf.grad

    return step


def deep(x: np.ndarray, length: int) -> tuple[Step, Step]:
    leaf = _leaf(x)
    end = [leaf]

    def build() -> None:
        y = leaf
        for _ in range(length // 2):
            y = y * SCALE
            y = y + SHIFT
        end[0] = y

    def differentiate() -> Any:
        end[0].backward(torch.ones_like(leaf))
        assert leaf.grad is not None
        return leaf.grad.numpy()

    return build, differentiate
