"""PyTorch's tensors for the recorder: arrays, whose memory is their storage's.

A tensor's graph is made of C++ objects that hold tensors without telling Python. What they add
to a count, one for all of them together, is shown as unexplained; `creator` names the function.
"""

import sys
from typing import Any

from .adapters import Kind, LivegradAdapter, Scalar
from .classes import bases_of, module_of, name_of
from .memory import Memory


def _is_tensor(cls: type) -> bool:
    bases = [base for base in bases_of(cls) if name_of(base) == "Tensor"]
    return any(module_of(base).partition(".")[0] == "torch" for base in bases)


class PyTorchAdapter(LivegradAdapter):
    """Everything that LivegradAdapter knows, and PyTorch's tensors, which it does not import."""

    def kind(self, cls: type) -> Kind | None:
        return "array" if _is_tensor(cls) else super().kind(cls)

    def attributes(self, kind: Kind, obj: Any) -> tuple[tuple[str, Scalar], ...]:
        if not _is_tensor(type(obj)):
            return super().attributes(kind, obj)
        with sys.modules["torch"]._C.DisableTorchFunctionSubclass():
            creator = obj.grad_fn
            return () if creator is None else (("creator", creator.name()),)

    def memory(self, array: Any) -> Memory:
        if not _is_tensor(type(array)):
            return super().memory(array)
        with sys.modules["torch"]._C.DisableTorchFunctionSubclass():
            dtype = str(array.dtype).removeprefix("torch.")
            shape = tuple(map(int, array.shape))
            try:
                storage = array.untyped_storage()
                start, nbytes = storage.data_ptr(), storage.nbytes()
            except (NotImplementedError, RuntimeError):  # sparse, or without memory of its own
                start = nbytes = 0
            return Memory(shape, dtype, start or id(array), start, nbytes)
