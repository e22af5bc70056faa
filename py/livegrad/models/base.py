"""Model, and the two that are put together from a list: Sequential and MLP."""

from collections.abc import Callable, Sequence
from typing import Any

from .. import functions as F
from ..core import Variable
from ..dot import plot_dot_graph
from ..files import get_file
from ..layers import Layer, Linear


class Model(Layer):
    """A Layer that is a whole network, and can draw its graph."""

    def plot(self, *inputs: Any, to_file: Any = "model.png") -> Any:
        """Draw the graph of this model for these inputs; see `utils.plot_dot_graph`."""
        return plot_dot_graph(self.forward(*inputs), verbose=True, to_file=to_file)

    def load_pretrained(self, pretrained: Any, url: str) -> None:
        """Load weights where `pretrained` asks for them.

        Args:
            pretrained: False; the path of an .npz file; or True for the file that DeZero has
                downloaded from `url`.

        Raises:
            FileNotFoundError: there is no such file; Livegrad downloads nothing.
        """
        if pretrained is not False and pretrained is not None:
            self.load_weights(get_file(url if pretrained is True else str(pretrained)))


class Sequential(Model):
    """Layers, or any callables, applied one after the other; layer i is the attribute l{i}."""

    def __init__(self, *layers: Callable[[Any], Any]) -> None:
        super().__init__()
        self.layers = list(layers)
        for i, layer in enumerate(layers):
            setattr(self, f"l{i}", layer)

    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer(x)
        return x


class MLP(Model):
    """Multi-layer perceptron: Linear layers with an activation between them.

    x is (N, D), the result (N, fc_output_sizes[-1]). Layer i is the attribute l{i}.
    """

    def __init__(
        self,
        fc_output_sizes: Sequence[int],
        activation: Callable[[Any], Variable] = F.sigmoid,
    ) -> None:
        super().__init__()
        if not fc_output_sizes:
            raise ValueError("MLP needs the size of one layer at least, as in MLP((10, 1))")
        self.activation = activation
        self.layers = [Linear(size) for size in fc_output_sizes]
        for i, layer in enumerate(self.layers):
            setattr(self, f"l{i}", layer)

    def forward(self, x: Any) -> Variable:
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.layers[-1](x)
