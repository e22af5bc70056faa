"""The peers, one module each; a peer that is not installed is named, with the way to get it.

A peer's module defines the functions of the workloads that it takes part in; each takes the
workload's inputs and returns the step to time; and `arrays(result)`, the results of a step as
ndarrays. For deep.py and memory.py it defines

    deep(x, length)           -> (build, differentiate): two steps of one graph, a chain
    kept(kind, x, length)     -> the same, of a chain of one kind of operation
"""

import importlib
from dataclasses import dataclass
from types import ModuleType

REFERENCE = "numpy"
OURS = "livegrad"


@dataclass(frozen=True)
class About:
    """How a peer is called and how it is got."""

    title: str
    module: str
    group: str | None  # the dependency group of pyproject.toml that installs it


PEERS = {
    "numpy": About("NumPy by hand", "peers.numpy_by_hand", None),
    "livegrad": About("Livegrad", "peers.livegrad", None),
    "dezero": About("DeZero", "peers.dezero", "bench"),
    "autograd": About("autograd", "peers.autograd", "bench"),
    "mygrad": About("MyGrad", "peers.mygrad", "bench"),
    "torch": About("PyTorch", "peers.torch", "bench-torch"),
}


class Missing(Exception):
    """A peer can not be imported here; the message says what to do about it."""


def load(name: str) -> ModuleType:
    """The module of a peer.

    Raises:
        Missing: what it needs is not installed.
    """
    about = PEERS[name]
    try:
        return importlib.import_module(about.module)
    except ImportError as error:
        if about.group is None:
            raise
        raise Missing(
            f"{about.title} is missing ({error}): python -m pip install --group {about.group}"
        ) from error


def load_all(names: list[str]) -> tuple[dict[str, ModuleType], list[str]]:
    """The modules of these peers, and a sentence for each that is missing."""
    found, missing = {}, []
    for name in names:
        try:
            found[name] = load(name)
        except Missing as error:
            missing.append(str(error))
    return found, missing
