"""A trace's file, written part by part while the program runs: nothing of it stays in memory."""

from typing import IO, Self

from .trace import BEGINNING


class TraceFile:
    """Takes the parts of one trace; a recorder's `emit`.

    A chunk is a line, so that a file that was broken off can still be looked into. An error
    in writing must not become one of the program that runs: it is kept until the end.

    Args:
        path: of the file, which is made anew.

    Attributes:
        error: what went wrong in writing; the rest of the trace is lost.
        nbytes: written so far.

    Raises:
        OSError: the file cannot be made.
    """

    def __init__(self, path: str) -> None:
        self.error: OSError | None = None
        self.nbytes = 0
        self._chunks = 0
        self._file: IO[bytes] = open(path, "wb")  # noqa: SIM115 (closed by the block)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._file.close()
        except OSError as error:
            self.error = self.error or error

    def __call__(self, part: str, text: str) -> None:
        if part == "header":
            self._write(f'{BEGINNING}"header":{text},"chunks":[\n')
        elif part == "chunk":
            self._write(f"{',' if self._chunks else ''}{text}\n")
            self._chunks += 1
        else:
            self._write(f'],"end":{text}}}\n')

    def _write(self, text: str) -> None:
        if self.error is None:
            try:
                self.nbytes += self._file.write(text.encode())
                self._file.flush()  # a process may end without closing it
            except OSError as error:
                self.error = error
