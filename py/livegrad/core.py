"""Variable and Function: the graph that a program draws while it computes.

    x ──inputs── Function ──outputs (weak)── y
                     └────────creator────────┘

A Variable holds an array and, strongly, the Function that made it; a Function holds its inputs
strongly and its outputs weakly. So a graph has no cycle and dies by counting alone the moment its
last Variable goes. `using_config('weak_outputs', False)` makes the outputs strong, as the book
has them before its step 17, and cycles with them.

`backward` walks are in backward.py, freeing deep graphs in freeing.py, and the operations, with
the operators that `Variable` gets from them, in functions/.
"""

from __future__ import annotations

import copy
import weakref
from collections.abc import Sequence
from sys import getrefcount
from typing import TYPE_CHECKING, Any

import numpy as np

from . import backward as walks
from .backward import ALONE, CALLED
from .config import Config, no_grad, test_mode, using_config
from .freeing import IN_BLOCK, SHIFT, Cut, holding
from .outputs import OutputRef

if TYPE_CHECKING:
    from .typing import Operators
else:
    Operators = object

__all__ = [
    "Config",
    "Function",
    "Parameter",
    "Variable",
    "as_array",
    "as_variable",
    "no_grad",
    "test_mode",
    "using_config",
]

ndarray = np.ndarray
_new = object.__new__
_ref = weakref.ref


class Variable(Operators):
    """An array, its gradient, and the Function that computed it.

    Args:
        data: an ndarray of any shape and dtype, or None for one that is to come.
        name: shown in drawings of the graph.

    Raises:
        TypeError: data is something else, such as a list or a number.
    """

    __slots__ = ("__weakref__", "_grad", "creator", "data", "generation", "name")
    __array_priority__ = 200

    data: Any
    creator: Function | None
    generation: int  # longest way to a leaf: 0 for what no Function made
    name: str | None
    _grad: Any  # an ndarray until somebody looks, then a Variable; or None

    def __init__(self, data: Any, name: str | None = None) -> None:
        if data is not None and not isinstance(data, ndarray):
            kind = type(data).__name__
            raise TypeError(
                f"a Variable holds a numpy array, and this is a {kind}: "
                f"wrap it, as in Variable(np.array({'[...]' if kind == 'list' else '...'}))"
            )
        self.data = data
        self._grad = None
        self.creator = None
        self.generation = 0
        self.name = name

    @property
    def grad(self) -> Any:
        """The gradient, a Variable of the shape of `data`, or None before any `backward`."""
        grad = self._grad
        if isinstance(grad, ndarray):
            grad = self._grad = Variable(grad)
        return grad

    @grad.setter
    def grad(self, grad: Any) -> None:
        self._grad = grad

    def cleargrad(self) -> None:
        """Forget the gradient; the next `backward` starts a new sum."""
        self._grad = None

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape

    @property
    def ndim(self) -> int:
        return self.data.ndim

    @property
    def size(self) -> int:
        return self.data.size

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.data.dtype

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        if self.data is None:
            return "variable(None)"
        return "variable(" + str(self.data).replace("\n", "\n" + " " * len("variable(")) + ")"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.data, dtype=dtype, copy=copy)

    def set_creator(self, func: Function) -> None:
        """Note that `func` computed this Variable."""
        self.creator = func
        self.generation = func.generation + 1

    def unchain(self) -> None:
        """Cut this Variable from the Function that made it."""
        self.creator = None

    def unchain_backward(self) -> None:
        """Cut every Variable from here back to the leaves, this one included."""
        functions = [self.creator]
        self.unchain()
        while functions:
            function = functions.pop()
            if function is not None:
                for x in function.inputs:
                    functions.append(x.creator)
                    x.unchain()

    def backward(self, retain_grad: bool = False, create_graph: bool = False) -> None:
        """Add to `grad` of every leaf the derivative of this Variable by it.

        The seed is `grad` where it is set, else ones. A leaf is a Variable that no Function made.

        Args:
            retain_grad: keep the gradients of all Variables on the way as well.
            create_graph: draw a graph of the gradients, so that they can be differentiated again.

        Raises:
            RuntimeError: the graph was cut by `unchain` or `unchain_backward`, or a Function's
                backward computed with arrays where `create_graph` needs Variables.
            ValueError: a Function's backward returned the wrong number of gradients.
            TypeError: there is nothing to differentiate by but integers.
        """
        if self.creator is None and self.generation:
            raise RuntimeError(
                "backward: the graph of this Variable was cut by unchain() or unchain_backward(); "
                "compute it again, or call backward() before cutting"
            )
        if self.data is not None and self.data.dtype.kind in "biu":
            walks.refuse_integers(self)
        if not create_graph:
            walks.with_arrays(self, retain_grad)
            return
        with using_config("enable_backprop", True):
            walks.with_variables(self, retain_grad, Variable)


class Parameter(Variable):
    """A Variable that layers and optimizers know as theirs to train."""

    __slots__ = ()


def as_variable(obj: Any) -> Variable:
    """`obj` itself where it is a Variable, else a Variable of it (an ndarray).

    Raises TypeError for anything else, as `Variable` does.
    """
    return obj if isinstance(obj, Variable) else Variable(obj)


def as_array(x: Any, array_module: Any = np) -> Any:
    """A number as an array of shape (); anything else as it is."""
    return array_module.array(x) if np.isscalar(x) else x


class Function:
    """An operation of the graph: `forward` on arrays, `backward` on gradients.

    Subclasses define `forward(self, *xs)`, which takes ndarrays and returns one or a tuple of
    them, and `backward(self, *gys)`, which takes the gradients of the outputs and returns one for
    each input (or None where there is none). These are Variables; arithmetic with arrays works on
    them, so a `backward` from before the book's step 32, as `2 * self.inputs[0].data * gy`, works
    too. But an array is a constant: under `create_graph=True` such a gradient is differentiated as
    if it did not depend on the input, and nobody can tell it from one that truly does not.
    """

    __slots__ = ("__weakref__", "_inputs", "_outputs")

    linear = False  # whether its derivative is 1 or -1, or moves numbers only
    spends = False  # whether its derivative computes into the gradient that it is given

    # What is alone is held without a tuple around it: a third of the objects of a long chain.
    _inputs: Variable | Sequence[Variable]
    _outputs: Any

    @property
    def inputs(self) -> Sequence[Variable]:
        """What it was called with."""
        inputs = self._inputs
        return (inputs,) if isinstance(inputs, Variable) else inputs

    @inputs.setter
    def inputs(self, inputs: Sequence[Variable]) -> None:
        self._inputs = inputs

    @property
    def outputs(self) -> tuple[Any, ...]:
        """Weak references to what it returned, or the Variables themselves, held strongly."""
        outputs = self._outputs
        return outputs if isinstance(outputs, tuple) else (outputs,)

    @outputs.setter
    def outputs(self, outputs: Sequence[Any]) -> None:
        self._outputs = tuple(outputs)

    @property
    def generation(self) -> int:
        """The greatest generation of its inputs."""
        return max([x.generation for x in self.inputs], default=0)

    def __call__(self, *inputs: Any) -> Any:
        """Apply to Variables or ndarrays; one Variable, or a list where there are several.

        A Function that is called again does so as a copy: it stands once in the graph.
        """
        # What only its caller refers to stands in no graph. (hasattr takes ten times as long.)
        if getrefcount(self) > CALLED and hasattr(self, "_inputs"):
            self = copy.copy(self)
        return self.apply(*inputs)

    def apply(self, *inputs: Any) -> Any:
        """What calling does, for a Function that was never called before."""
        xs = [x if isinstance(x, Variable) else self.given(x) for x in inputs]
        ys = self.forward(*[x.data for x in xs])
        if isinstance(ys, tuple):
            if len(ys) > 1:
                return link_outputs(self, tuple(xs), [Variable(np.asanyarray(y)) for y in ys])
            (ys,) = ys
        if not isinstance(ys, ndarray):
            ys = np.asarray(ys)
        return link(self, xs[0], ys) if len(xs) == 1 else link_inputs(self, tuple(xs), ys)

    def given(self, x: Any) -> Variable:
        """An input as a Variable; None, for a bias that is not there, as one without data.

        Raises TypeError where it is neither a Variable nor a number or an ndarray.
        """
        if isinstance(x, Variable):
            return x
        if not isinstance(x, (str, bytes)):
            x = as_array(x)
            if x is None or isinstance(x, ndarray):
                return Variable(x)
        raise TypeError(
            f"{type(self).__name__} takes Variables and numpy arrays, and this is a "
            f"{type(x).__name__}: make it an array, as in np.array(...)"
        )

    def forward(self, *xs: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no forward: define it")

    def backward(self, *gys: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no backward: define it")

    def derivative(self, *gy_xs_y: Any, **_: Any) -> Any:
        """The gradients of the inputs, as ndarrays, from that of the only output.

        One, or a tuple where there are several inputs; `SEVERAL` where there are several outputs.
        What may be somebody else's too is a view, into which nobody writes.
        """
        if isinstance(self._outputs, tuple):
            return walks.SEVERAL
        if len(gy_xs_y) != 3:
            return self.array_gradients([gy_xs_y[0]])
        gy, x, _y = gy_xs_y
        gx = self.on_arrays(gy)
        if type(gx) is not ndarray or x is None or gx.shape != x.shape:
            return walks.bare(walks.checked(self, gx))[0]
        return gx if gx.base is None and getrefcount(gx) <= ALONE else gx.view()

    def array_gradients(self, gys: list[np.ndarray]) -> tuple[Any, ...]:
        """What `backward` makes of these gradients: ndarrays, one for each input."""
        return walks.bare(walks.checked(self, self.on_arrays(*gys)))

    def on_arrays(self, *gys: np.ndarray) -> Any:
        """What `backward` returns for these gradients, as an ndarray where it is one Variable."""
        drawing = Config.enable_backprop
        Config.enable_backprop = False  # no_grad(), which costs as much as a small backward
        try:
            gx = self.backward(*[Variable(gy) for gy in gys])
        finally:
            Config.enable_backprop = drawing
        return gx.data if isinstance(gx, Variable) else gx

    def graph_gradients(self, gys: list[Variable]) -> tuple[Any, ...]:
        """What `backward` makes of these gradients, as Variables, one for each input."""
        gxs = walks.checked(self, self.backward(*gys))
        for gx in gxs:
            if gx is not None and not isinstance(gx, Variable):
                raise RuntimeError(
                    f"{type(self).__name__}.backward returned {type(gx).__name__}, which leaves "
                    "no graph, so create_graph=True can not differentiate it again: compute the "
                    "gradient with Variables (self.inputs[0] in place of self.inputs[0].data)"
                )
        return gxs


def link(function: Function, x: Variable, data: np.ndarray) -> Variable:
    """The Variable of `data`, which `function` computed from `x` alone."""
    y = _new(Variable)
    y.data = data
    y._grad = None
    y.name = None
    if Config.enable_backprop:
        generation = y.generation = x.generation + 1
        y.creator = function
        if generation & IN_BLOCK or x.creator is None:
            function._inputs = x
        else:
            function._inputs = Cut((x,))
        function._outputs = _ref(y) if Config.weak_outputs else y
    else:
        y.generation = 0
        y.creator = None
    return y


def link_pair(function: Function, x0: Variable, x1: Variable, data: np.ndarray) -> Variable:
    """The Variable of `data`, which `function` computed from `x0` and `x1`."""
    y = _new(Variable)
    y.data = data
    y._grad = None
    y.name = None
    if Config.enable_backprop:
        generation0 = x0.generation
        generation1 = x1.generation
        generation = (generation0 if generation0 > generation1 else generation1) + 1
        y.generation = generation
        y.creator = function
        block = generation >> SHIFT
        if (generation0 >> SHIFT != block and x0.creator is not None) or (
            generation1 >> SHIFT != block and x1.creator is not None
        ):
            function._inputs = Cut((x0, x1))
        else:
            function._inputs = (x0, x1)
        function._outputs = _ref(y) if Config.weak_outputs else y
    else:
        y.generation = 0
        y.creator = None
    return y


def link_inputs(function: Function, inputs: tuple[Variable, ...], data: np.ndarray) -> Variable:
    """The Variable of `data`, which `function` computed from `inputs`."""
    y = _new(Variable)
    y.data = data
    y._grad = None
    y.name = None
    y.creator = None
    y.generation = 0
    if Config.enable_backprop:
        y.creator = function
        y.generation, function._inputs = holding(inputs)
        function._outputs = _ref(y) if Config.weak_outputs else y
    return y


def link_outputs(
    function: Function, inputs: tuple[Variable, ...], outputs: list[Variable]
) -> list[Variable]:
    """`outputs`, noted as what `function` computed from `inputs`."""
    if Config.enable_backprop:
        generation, function._inputs = holding(inputs)
        for y in outputs:
            y.creator = function
            y.generation = generation
        function._outputs = tuple(map(OutputRef, outputs) if Config.weak_outputs else outputs)
    return outputs
