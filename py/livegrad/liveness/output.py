"""What a program writes to `sys.stdout` and `sys.stderr`, told to the probe as it comes."""

import codecs
import io
import sys
from collections.abc import Callable
from typing import Any, TextIO

from .probe import Probe


class Tee:
    """Puts streams in place of `sys.stdout` and `sys.stderr` that tell the probe, in a block.

    Args:
        probe: told of each text written.
        echo: also write it to the stream that was there.
        limit: characters that are told, of both streams together; the rest is lost.
    """

    def __init__(self, probe: Probe, *, echo: bool, limit: int) -> None:
        self._probe = probe
        self._echo = echo
        self._left = limit

    def __enter__(self) -> None:
        self._before = sys.stdout, sys.stderr
        sys.stdout = _Stream(self._tell, "stdout", sys.stdout, self._echo)
        sys.stderr = _Stream(self._tell, "stderr", sys.stderr, self._echo)

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._before

    def _tell(self, stream: str, text: str) -> None:
        if self._left > 0:
            self._probe.printed(stream, text[: self._left])
            self._left -= len(text)


class _Stream(io.TextIOBase):
    def __init__(
        self, tell: Callable[[str, str], None], name: str, stream: TextIO, echo: bool
    ) -> None:
        self._tell = tell
        self._name = f"<{name}>"
        self._stream = stream
        self._echo = echo
        self._bytes: _Bytes | None = None

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._tell(self._name[1:-1], text)
            if self._echo:
                self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        if self._echo:
            self._stream.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._echo and self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    @property
    def name(self) -> str:
        return self._name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        return self._stream.errors

    @property
    def buffer(self) -> Any:
        """Takes bytes, which count as text in UTF-8."""
        if self._bytes is None:
            self._bytes = _Bytes(self)
        return self._bytes


class _Bytes(io.RawIOBase):
    def __init__(self, stream: _Stream) -> None:
        self._text = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: Any, /) -> int:
        text = self._decoder.decode(bytes(data))
        self._text.write(text)
        return len(bytes(data))

    def writable(self) -> bool:
        return True
