"""The edit that lets an object die, chosen by the pattern of the way that holds it.

A rule looks at the references of a way and names the one to cut, and how. The first rule
that fits speaks; `_default` fits always, and proposes to drop the program's own reference.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .paths import Hold, Retention
from .sentences import hops
from .unnamed import cure_of_unnamed, is_unnamed

_GRAPH: Final = frozenset({"variable", "parameter", "function"})
_OWNERS: Final = frozenset({"instance", "function", "other"})
_STATE_NAMES: Final = frozenset({"h", "c", "hx", "cx", "state", "hidden", "carry"})
_OF_FUNCTION: Final = frozenset({"inputs", "outputs", "creator"})
_VERBS: Final = {"list": "append", "deque": "append", "set": "add"}


@dataclass(frozen=True, slots=True)
class Cure:
    """An edit.

    Attributes:
        rule: name of the pattern.
        text: what to do.
        hold: the reference that the edit cuts; None if none is known.
    """

    rule: str
    text: str
    hold: Hold | None


type Rule = Callable[[Retention], Cure | None]


def cure(retention: Retention) -> Cure:
    """The edit for a way."""
    for rule in _RULES:
        found = rule(retention)
        if found is not None:
            return found
    return _default(retention)


def _called(hold: Hold) -> str:
    """What the program calls that which is held; what a cell holds, a closure may alone name."""
    for name in (hold.held.name, hold.holder.name if hold.holder.kind == "cell" else None):
        if name and name != "self":
            return name
    return "x"


def _spelled(retention: Retention, hold: Hold) -> str:
    """The expression for a reference, as far as the way spells one: ``rnn.h``, ``losses[3]``."""
    text = ""
    for each in retention.holds:
        if each.holder.kind in ("module", "frame"):
            text = each.name
        elif each.name.startswith("["):
            text += each.name
        elif each.name.startswith("?"):
            text = each.held.name or each.held.label
        elif each.holder.kind not in ("weakref", "cell"):
            text += f".{each.name}" if text else each.name
        if each is hold:
            break
    return text


def _traceback(retention: Retention) -> Cure | None:
    for hold in retention.holds:
        if hold.name == "__traceback__" or hold.held.type == "traceback":
            error = _spelled(retention, hold).removesuffix(".__traceback__") or "error"
            return Cure(
                "traceback",
                f"a traceback keeps the frames it passed, with all their locals: `del {error}`, "
                f"or `traceback.clear_frames({error}.__traceback__)` if you need the exception",
                hold,
            )
    return None


def _interactive(retention: Retention) -> Cure | None:
    if not retention.holds:
        return None
    hold = retention.holds[0]
    if hold.holder.kind == "module" and hold.name in ("_", "__", "___", "_oh", "Out"):
        what = "results" if hold.name in ("_oh", "Out") else "result"
        return Cure(
            "interactive",
            f"`{hold.name}` holds the last {what} of an interactive session: evaluate something "
            f"else, or `del {hold.name}`",
            hold,
        )
    return None


def _cache(retention: Retention) -> Cure | None:
    for place, hold in enumerate(retention.holds):
        if hold.holder.type == "_lru_cache_wrapper":
            before = retention.holds[place - 1] if place else None
            name = "function" if before is None else _spelled(retention, before)
            return Cure(
                "cache",
                f"the cache of `{name}` holds every argument, `self` among them: call "
                f"`{name}.cache_clear()`, or use `functools.cached_property`, which stores the "
                "result in the object itself",
                hold,
            )
    return None


def _view(retention: Retention) -> Cure | None:
    for place, hold in enumerate(retention.holds):
        if hold.name != "base" or hold.holder.kind != "array":
            continue
        size, whole = hold.holder.size, hold.held.size
        if size is None or whole is None or 2 * size <= whole:
            before = _spelled(retention, retention.holds[place - 1]) if place else _called(hold)
            return Cure(
                "view",
                f"`{before}` is a view, and keeps the whole array that it looks at: keep "
                f"`{before}.copy()` instead",
                hold,
            )
    return None


def _gradient_graph(retention: Retention) -> Cure | None:
    for hold in retention.holds:
        if hold.name == "grad" and {hold.holder.kind, hold.held.kind} <= {"variable", "parameter"}:
            x = hold.holder.name or "x"
            return Cure(
                "gradient graph",
                f"the gradient of `{x}` has a graph of its own (create_graph=True): call "
                f"`{x}.cleargrad()` when you have used it",
                hold,
            )
    return None


def _collected(retention: Retention) -> Cure | None:
    for hold in retention.holds:
        if (
            hold.holder.kind == "container"
            and hold.held.kind == "variable"
            and not _is_part_of_function(retention, hold)
        ):
            name = _called(hold)
            value = f"float({name}.data)" if hold.held.size in (None, 1) else f"{name}.data.copy()"
            verb = _VERBS.get(hold.holder.type, "store")
            return Cure("collected", f"{verb} `{value}` instead of the Variable", hold)
    return None


def _is_part_of_function(retention: Retention, hold: Hold) -> bool:
    """Whether the container is the `inputs` or `outputs` of a Function."""
    return any(
        each.held is hold.holder or each.held == hold.holder
        for each in retention.holds
        if _is_of_function(each)
    )


def _is_of_function(hold: Hold) -> bool:
    """Whether it is a reference of the graph itself: ``inputs`` or, held alone, ``inputs[0]``."""
    return hold.name.partition("[")[0] in _OF_FUNCTION


def _kept_by_function(retention: Retention) -> Cure | None:
    for hold in retention.holds:
        if (
            hold.holder.kind == "function"
            and hold.held.kind == "variable"
            and not _is_of_function(hold)
            and hold.name.isidentifier()
        ):
            return Cure(
                "kept by function",
                f"`{hold.holder.type}` keeps a Variable in `self.{hold.name}`: keep its array "
                f"(`.data`), or read an output back as `self.outputs[0]()`",
                hold,
            )
    return None


def _closure(retention: Retention) -> Cure | None:
    for place, hold in enumerate(retention.holds):
        if hold.holder.kind == "cell":
            makers = [h for h in retention.holds[:place] if h.name == "__closure__"]
            if not makers:
                continue
            function = _spelled(retention, retention.holds[max(place - 3, 0)])
            name = _called(hold)
            return Cure(
                "closure",
                f"the function `{function}` closes over `{name}`: drop `{function}`, or let it "
                f"close over the number it needs (`value = float({name}.data)`)"
                if hold.held.kind in ("variable", "parameter")
                else f"the function `{function}` closes over `{name}`: drop `{function}`, pass "
                f"`{name}` as an argument, or close over `weakref.ref({name})`",
                hold,
            )
    return None


def _recurrent(retention: Retention) -> Cure | None:
    for place, hold in enumerate(retention.holds):
        if hold.holder.kind not in _OWNERS or hold.held.kind != "variable":
            continue
        if _is_of_function(hold):
            continue
        below = retention.holds[place + 1 :]
        if hold.name in _STATE_NAMES or any(each.name == "creator" for each in below):
            owner = _spelled(retention, hold).removesuffix(f".{hold.name}")
            return Cure(
                "recurrent state",
                f"`{owner}.{hold.name}` holds the graph of all steps so far: call "
                f"`{owner}.{hold.name}.unchain_backward()` every few steps, or reset the state "
                "between sequences",
                hold,
            )
    return None


def _default(retention: Retention) -> Cure:
    """Drop the reference nearest to the target that the program itself has made."""
    for hold in reversed(retention.holds):
        if hold.holder.kind not in _GRAPH and not _is_part_of_function(retention, hold):
            own = hold
            break
    else:  # of itself, or in the graph of what is held so
        return Cure("unexplained", "look for a C extension or a call in progress", None)
    hop = next(
        (hop for hop in hops(retention) if hop.held == own.held),
        hops(retention)[-1],
    )
    text = _spelled(retention, own) or hop.path
    first = retention.holds[0]
    if first.holder.kind in ("module", "frame") and is_unnamed(first.name):
        is_module = first.holder.kind == "module"
        way = cure_of_unnamed(first.name, first.holder.label, is_module=is_module)
        return Cure("wait", way, first)
    if own.holder.kind == "frame" and own.holder == retention.root:
        way = f"let `{own.holder.label}` return, or `del {text}` in it"
    elif own.holder.kind == "generator":
        way = f"`{text.removesuffix(f'.{own.name}')}.close()`, or let the generator end"
    elif own.holder.kind == "container" and own.name.startswith("[*"):
        way = f"remove it from the set `{text.removesuffix('[*]')}`"
    elif own.name.isidentifier() and own.holder.kind not in ("module", "frame"):
        way = f"`{text} = None`, or hold it by `weakref.ref`"
    else:
        way = f"`del {text}`"
    return Cure("drop", way, own)


_RULES: Final[tuple[Rule, ...]] = (
    _traceback,
    _interactive,
    _cache,
    _view,
    _gradient_graph,
    _collected,
    _kept_by_function,
    _closure,
    _recurrent,
)
