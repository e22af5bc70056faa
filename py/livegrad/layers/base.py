"""Layer: the base of all that owns parameters.

A Layer notices every Parameter and every Layer that is set as its attribute, and so knows all it
has to train, to save and to load. It holds its last inputs and outputs weakly: a layer outlives
the graphs of its calls and must not keep them. What does keep one is the state of a recurrent
layer; `unchain_backward` on the loss cuts it, `reset_state` forgets it.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

from ..core import Parameter
from . import weights


class Layer:
    """Base of all layers and models: subclasses set parameters and define `forward`."""

    inputs: list[weakref.ref[Any] | None]
    outputs: list[weakref.ref[Any] | None]

    def __init__(self) -> None:
        self._params: dict[str, None] = {}  # names of parameters and layers, in their order

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, (Parameter, Layer)):
            self._tracked()[name] = None
        elif "_params" in self.__dict__:
            self._params.pop(name, None)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        super().__delattr__(name)
        self._params.pop(name, None)

    def _tracked(self) -> dict[str, None]:
        try:
            return self._params
        except AttributeError:
            kind = type(self).__name__
            raise AttributeError(
                f"{kind} set a parameter before it was a layer: "
                f"call super().__init__() first in {kind}.__init__."
            ) from None

    def __call__(self, *inputs: Any) -> Any:
        """What `forward` returns: one output, or a tuple of several.

        `self.inputs` and `self.outputs` then refer to them weakly; None stands for an object that
        no weak reference can point to, such as a number.
        """
        outputs = self.forward(*inputs)
        if not isinstance(outputs, tuple):
            outputs = (outputs,)
        attributes = self.__dict__  # past __setattr__, which looks for parameters
        attributes["inputs"] = [_weakly(x) for x in inputs]
        attributes["outputs"] = [_weakly(y) for y in outputs]
        return outputs if len(outputs) > 1 else outputs[0]

    def forward(self, *inputs: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no forward: define it.")

    def named_params(self, prefix: str = "") -> Iterator[tuple[str, Parameter]]:
        """All parameters with their paths, as `l1/W`, in the order in which they were set."""
        for name in list(self._tracked()):
            value = self.__dict__[name]
            if isinstance(value, Layer):
                yield from value.named_params(prefix + name + "/")
            else:
                yield prefix + name, value

    def params(self) -> Iterator[Parameter]:
        """All parameters of this layer and the layers in it, each once, shared ones too."""
        found: dict[Parameter, None] = {}
        self._collect(self._tracked(), found)
        return iter(found)

    def _collect(self, names: dict[str, None], found: dict[Parameter, None]) -> None:
        values = self.__dict__
        for name in names:
            value = values[name]
            if isinstance(value, Layer):
                value._collect(value._params, found)
            else:
                found[value] = None

    def cleargrads(self) -> None:
        """Forget the gradients of all parameters."""
        for param in self.params():
            param.cleargrad()

    def to_cpu(self) -> None:
        """Parameters are NumPy arrays already."""

    def to_gpu(self) -> None:
        """Raises RuntimeError: there is no GPU here."""
        from ..cuda import refuse_gpu

        refuse_gpu(f"{type(self).__name__}.to_gpu()")

    def save_weights(self, path: Any) -> None:
        """Write all parameters into the .npz file `path`, under their paths.

        Raises ValueError if one has no data yet because the layer was never called.
        """
        weights.save(self, path)

    def load_weights(self, path: Any) -> None:
        """Read all parameters from the .npz file `path`; either all of them are set or none.

        Raises FileNotFoundError if there is none, ValueError if a parameter is missing in it or
        has another shape.
        """
        weights.load(self, path)


def _weakly(x: Any) -> weakref.ref[Any] | None:
    try:
        return weakref.ref(x)
    except TypeError:
        return None
