"""Recurrent layers: their state is a Variable, and through it each call's graph hangs on the last.

`reset_state()` forgets the state before a new sequence. Within a long one, cut the graph every few
steps with `loss.unchain_backward()` (truncated backpropagation through time): the state stays, the
past dies.
"""

from typing import Any

from .. import functions as F
from ..core import Variable
from .base import Layer
from .feedforward import Linear


class RNN(Layer):
    """Elman network with tanh: h' = tanh(x Wx + b + h Wh), for x (N, in_size), h (N, hidden_size).

    Elman, Finding Structure in Time, 1990.
    """

    def __init__(self, hidden_size: int, in_size: int | None = None) -> None:
        super().__init__()
        self.x2h = Linear(hidden_size, in_size=in_size)
        self.h2h = Linear(hidden_size, in_size=_hidden(hidden_size, in_size), nobias=True)
        self.reset_state()

    def reset_state(self) -> None:
        """Forget the state: the next call begins a sequence."""
        self.h: Variable | None = None

    def forward(self, x: Any) -> Variable:
        h = self.x2h(x)
        if self.h is not None:
            h = h + self.h2h(self.h)
        self.h = F.tanh(h)
        return self.h


class LSTM(Layer):
    """Long short-term memory, for x of (N, in_size) and a state of two times (N, hidden_size).

    f, i, o = sigmoid(x W + b + h W'), u = tanh(...); c' = f c + i u; h' = o tanh(c').
    Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al., 2000.
    """

    def __init__(self, hidden_size: int, in_size: int | None = None) -> None:
        super().__init__()
        H = hidden_size
        self.x2f = Linear(H, in_size=in_size)
        self.x2i = Linear(H, in_size=in_size)
        self.x2o = Linear(H, in_size=in_size)
        self.x2u = Linear(H, in_size=in_size)
        self.h2f = Linear(H, in_size=H, nobias=True)
        self.h2i = Linear(H, in_size=H, nobias=True)
        self.h2o = Linear(H, in_size=H, nobias=True)
        self.h2u = Linear(H, in_size=H, nobias=True)
        self.reset_state()

    def reset_state(self) -> None:
        """Forget the state: the next call begins a sequence."""
        self.h: Variable | None = None
        self.c: Variable | None = None

    def forward(self, x: Any) -> Variable:
        f = F.sigmoid(self._gate(self.x2f, self.h2f, x))
        i = F.sigmoid(self._gate(self.x2i, self.h2i, x))
        o = F.sigmoid(self._gate(self.x2o, self.h2o, x))
        u = F.tanh(self._gate(self.x2u, self.h2u, x))
        self.c = i * u if self.c is None else f * self.c + i * u
        self.h = o * F.tanh(self.c)
        return self.h

    def _gate(self, x2gate: Linear, h2gate: Linear, x: Any) -> Variable:
        return x2gate(x) if self.h is None else x2gate(x) + h2gate(self.h)


def _hidden(hidden_size: int, in_size: int | None) -> int | None:
    """in_size of the layer from h to h: known at once, yet made late where the book makes it late.

    The order in which weights are drawn decides what a seed gives.
    """
    return hidden_size if in_size is not None else None
