"""Known objects, by which a probe outside the interpreter finds where CPython keeps what.

The probe in the browser reads objects from WebAssembly memory. No offset is taken on
trust: here are objects of which everything is known, and it looks where that stands. What
does not fit in every sample makes it refuse, and the Python probe takes its place.
"""

import gc
import json
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from typing import Any

from .adapters import LivegradAdapter


class _Plain:
    def __init__(self, first: object, second: object) -> None:
        self.first = first
        self.second = second

    def method(self) -> None:
        pass


class _Slotted:
    __slots__ = ("first", "second")


class _Weakly:
    __slots__ = ("__weakref__", "first")


class _Both(_Slotted):
    pass


class _Final(_Plain):
    def __del__(self) -> None:
        pass


class _Final2(_Slotted):
    def __del__(self) -> None:
        pass


class _Loop:
    pass


def _closure(first: object, second: object) -> Callable[..., object]:
    def inner(third: object, fourth: object = second, *, fifth: object = first) -> object:
        return first, second

    return inner


def _generator(first: object, second: object) -> Iterator[object]:
    third = first
    yield second
    yield third


def _failing(first: object) -> None:
    raise ValueError(first)


def _calm(first: object) -> None:
    pass


class Samples:
    """The objects, and the calls during which the probe looks at the interpreter itself.

    Attributes:
        look: set by the probe; called where there is something to be looked at.
    """

    look: Callable[[], object]

    def __init__(self) -> None:
        # Neither interned nor shared: their addresses stand nowhere else by chance.
        words = [" ".join([word, "sample"]) for word in ("alpha", "bravo", "charlie")]
        self._words = words
        a, b, c = words
        self._keep: dict[str, Any] = {
            "list": [a, b, c],
            "list4": [c, b, a, c],
            "tuple": (a, b, c),
            "dict": {a: b, b: c, c: a},
            "mixed": {1: a, 2: b, "x": c},
            "set": {a, b, c},
            "holed": {10_000_001, 10_000_002},
            "plain": _Plain(a, b),
            "plain2": _Plain(b, c),
            "withdict": _Plain(a, b),
            "slotted": _Slotted(),
            "both": _Both(),
            "weakly": _Weakly(),
            "function": _closure(a, b),
            "generator": _generator(a, b),
            "bytes": b"sample",
            "array": bytearray(24),
            "array2": bytearray(40),
        }
        keep = self._keep
        keep["holed"].discard(10_000_001)
        keep["slotted"].first, keep["slotted"].second = a, c
        keep["both"].first, keep["both"].extra = a, b
        keep["dictof"] = keep["withdict"].__dict__
        keep["function"].mark = a
        keep["method"] = keep["plain"].method
        keep["view"], keep["view2"] = memoryview(keep["array"]), memoryview(keep["array2"])
        keep["builtin"] = keep["list"].append
        next(keep["generator"])
        keep["reference"] = weakref.ref(keep["weakly"], _failing)
        keep["reference2"] = weakref.ref(keep["weakly"], _calm)
        keep["managed"] = weakref.ref(keep["plain"])
        try:
            try:
                _failing(a)
            except ValueError as error:
                cause = error
            raise KeyError(b) from cause
        except KeyError as error:
            keep["error"] = error

    def facts(self) -> str:
        """JSON text: addresses of the samples, and what is known of them."""
        keep = self._keep
        function = keep["function"]
        error = keep["error"]
        types_: dict[str, type] = {
            "object": object,
            "type": type,
            "list": list,
            "tuple": tuple,
            "dict": dict,
            "set": set,
            "frozenset": frozenset,
            "str": str,
            "int": int,
            "float": float,
            "bool": bool,
            "function": types.FunctionType,
            "method": types.MethodType,
            "builtin": types.BuiltinFunctionType,
            "cell": types.CellType,
            "generator": types.GeneratorType,
            "coroutine": types.CoroutineType,
            "async_generator": types.AsyncGeneratorType,
            "code": types.CodeType,
            "frame": types.FrameType,
            "traceback": types.TracebackType,
            "module": types.ModuleType,
            "weakref": weakref.ReferenceType,
            "memoryview": memoryview,
            "bytearray": bytearray,
            "bytes": bytes,
            "exception": BaseException,
            "deque": type(__import__("collections").deque()),
            "plain": _Plain,
            "slotted": _Slotted,
            "both": _Both,
            "weakly": _Weakly,
            "final": _Final,
            "final2": _Final2,
            "loop": _Loop,
        }
        simple = [
            *(property, staticmethod, classmethod, slice, super, enumerate, zip, map, filter),
            *(reversed, type(iter([])), type(iter(())), type(iter({})), type(iter(set()))),
            *(types.GetSetDescriptorType, types.MemberDescriptorType, types.MappingProxyType),
            *(types.WrapperDescriptorType, types.MethodDescriptorType, types.MethodWrapperType),
        ]
        self._types = [*types_.values(), *simple]
        texts = ["alpha", "caf\u00e9 z", "\u4e2d\u6587ab", "\U0001f600x", "", "__init__"]
        numbers = [0, 1, -1, 255, 12345, -(2**31), 2**40 + 7]
        floats = [0.5, -1e300, float("inf")]
        self._values = [*texts, *numbers, *floats]
        place = len(texts)
        return json.dumps(
            {
                "self": id(self),
                "words": [[id(word), word] for word in self._words],
                "objects": {name: id(value) for name, value in keep.items()},
                "types": {
                    name: {
                        "at": id(cls),
                        "basicsize": cls.__basicsize__,
                        "itemsize": cls.__itemsize__,
                        "flags": cls.__flags__,
                        "dictoffset": cls.__dictoffset__,
                        "weakrefoffset": cls.__weakrefoffset__,
                        "base": id(cls.__base__) if cls.__base__ else 0,
                        "mro": id(cls.__mro__),
                        "name": cls.__name__,
                    }
                    for name, cls in types_.items()
                },
                "simple": [id(cls) for cls in simple],
                "dicts": {
                    name: id(gc.get_referents(types_[name])[0]) for name in ("plain", "slotted")
                },
                "none": id(None),
                "true": id(True),
                "false": id(False),
                "words_of": {
                    "closure": id(function.__closure__),
                    "code": id(function.__code__),
                    "globals": id(function.__globals__),
                    "defaults": id(function.__defaults__),
                    "kwdefaults": id(function.__kwdefaults__),
                    "qualname": id(function.__qualname__),
                    "dict": id(function.__dict__),
                    "cell": id(function.__closure__[0]),
                    "func": id(keep["method"].__func__),
                    "filename": id(function.__code__.co_filename),
                    "name": id(function.__code__.co_name),
                    "generator_code": id(_generator.__code__),
                    "callback": id(_failing),
                    "callback2": id(_calm),
                    "args": id(error.args),
                    "traceback": id(error.__traceback__),
                    "cause": id(error.__cause__),
                    "frame": id(error.__traceback__.tb_frame),
                    "cause_traceback": id(error.__cause__.__traceback__),
                    "cause_next": id(error.__cause__.__traceback__.tb_next),
                },
                "codes": [self._code(code) for code in self._codes()],
                "texts": [[id(text), text] for text in self._values[:place]],
                "integers": [
                    [id(value), str(value)] for value in self._values[place : place + len(numbers)]
                ],
                "floats": [[id(v), repr(v)] for v in self._values[place + len(numbers) :]],
                "gc": {
                    "tracked": [id(keep["list"]), id(keep["plain"]), id(keep["function"])],
                    "untracked": [id(keep["bytes"])],
                },
                "collect": id(gc.collect),
                "numpy": self._numpy(),
                "adapter": LivegradAdapter().describe(),
            }
        )

    def _codes(self) -> list[types.CodeType]:
        many = compile("def z(a,b,c,d,e,f,g): h=i=j=k=a+b", "<sample>", "exec")
        few = compile("def y(a): return a[0].b", "<sample>", "exec")
        self._never_run = [code.co_consts[0] for code in (many, few)]
        return [*self._never_run, self._keep["function"].__code__, _generator.__code__]

    def _code(self, code: types.CodeType) -> dict[str, Any]:
        names = code.co_varnames + code.co_cellvars + code.co_freevars
        unique = tuple(dict.fromkeys(names))
        # What has run was rewritten in memory.
        instructions = list(code.co_code) if code in self._never_run else []
        return {"at": id(code), "names": unique, "instructions": instructions}

    def _numpy(self) -> dict[str, Any] | None:
        numpy = sys.modules.get("numpy")
        if numpy is None:
            return None
        whole = numpy.arange(35, dtype=numpy.float64).reshape(5, 7).copy()
        view = whole[1:4:2]
        cube = numpy.zeros((2, 3, 4), dtype=numpy.int16)
        scalar = numpy.array(3.5)
        things = numpy.array([*self._words], dtype=object)
        self._arrays = [whole, view, cube, scalar, things]
        # Of these there is one object each; one with a length is a sample of its own.
        self._dtypes = [numpy.dtype(kind) for kind in "?bBhHiIlLqQefdgFDGO"]
        self._dtypes.append(numpy.dtype("S13"))
        return {
            "ndarray": id(numpy.ndarray),
            "arrays": [
                {
                    "at": id(array),
                    "data": array.__array_interface__["data"][0],
                    "shape": array.shape,
                    "strides": array.strides,
                    "base": id(array.base) if array.base is not None else 0,
                    "descr": id(array.dtype),
                    "flags": array.flags.num,
                    "nbytes": array.nbytes,
                    "owned": array.flags.owndata,
                    "dtype": str(array.dtype),
                }
                for array in self._arrays
            ],
            "dtypes": [
                {
                    "at": id(dtype),
                    "itemsize": dtype.itemsize,
                    "name": str(dtype),
                    "kind": dtype.kind,
                }
                for dtype in self._dtypes
            ],
        }

    # Calls during which the probe looks -----------------------------------------------------

    def call(self) -> str:
        """Call `look` in a frame of which all is known; JSON text of what that is."""
        look = self.look

        def outer(alpha: object, bravo: object) -> tuple[object, object]:
            return alpha, inner(bravo, alpha)

        def inner(charlie: object, delta: object) -> tuple[object, object]:
            echo = [charlie]
            return echo, look()

        outer(self._words[0], self._words[1])
        return json.dumps(
            {
                "outer": id(outer.__code__),
                "inner": id(inner.__code__),
                "function": id(inner),
                "globals": id(globals()),
            }
        )

    def within(self) -> None:
        """Call `look` in a generator, and then in the body of a class."""
        look = self.look

        def generator() -> Iterator[object]:
            yield look()

        list(generator())

        class Body:
            alpha = self._words[0]
            look()

    def handling(self) -> str:
        """Call `look` while each of two exceptions is handled; JSON text of their addresses."""
        met: list[BaseException] = []
        for word in self._words[:2]:
            try:
                _failing(word)
            except ValueError as error:
                met.append(error)
                self.look()
        return json.dumps([id(error) for error in met])

    def collect(self) -> None:
        """A collection that finds one object, of the type "loop"."""
        loop = _Loop()
        loop.own = loop  # type: ignore[attr-defined]
        del loop
        gc.collect()

    def drop(self) -> None:
        """An object of the type "loop" dies by count."""
        loop = _Loop()
        del loop

    def stats(self) -> str:
        """JSON text: the collector's counters, as they stand in memory."""
        names = ("collections", "collected", "uncollectable")
        return json.dumps([[each[name] for name in names] for each in gc.get_stats()])
