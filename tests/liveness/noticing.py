"""What a program can notice of who watches it: the beginning of programs that print all of it."""

from livegrad.liveness import record


def output_of(source: str) -> str:
    trace = record(source)
    assert trace.end["traceback"] is None
    assert trace.end["limit"] is None
    return "".join(trace.column("output", "text"))


PREAMBLE = """
import gc, sys, weakref
gc.disable()
count = sys.getrefcount
def where():
    frame = sys._getframe(2)
    return frame.f_lineno if frame.f_globals.get("__name__") == "__main__" else "at the end"
class Thing:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name, where())
class Slotted:
    __slots__ = ("other", "__weakref__")
class Bare:
    __slots__ = ("other",)
def gone(reference):
    print("callback", where())
"""
