"""A static server for the tests: dist/ under a sub-path, each request on record."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SUB_PATH = "/some/sub/path/"
PLAIN_TYPES = (".html", ".js", ".css")
"""What a host that knows little still names right; all else is text/plain there."""


class Site:
    """A served folder.

    Attributes:
        url: address of the folder, with a slash at its end.
        origin: scheme, host and port.
        requests: path of each request so far, in order.
        close: end the server before its time; afterwards its port is closed.
    """

    def __init__(
        self, origin: str, path: str, requests: list[str], close: Callable[[], None]
    ) -> None:
        self.origin = origin
        self.url = origin + path
        self.close = close
        self.requests = requests


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(
        self,
        *args: object,
        plain: bool,
        keep: bool,
        isolated: bool,
        below: str,
        extra: dict[str, bytes],
        requests: list[str],
        directory: str,
    ) -> None:
        self.plain = plain
        self.keep = keep
        self.isolated = isolated
        self.below = below
        self.extra = extra
        self.requests = requests
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        # What lies beside the sub-path is nowhere: a page that asks for /x gets a 404.
        below = path.startswith(self.below)
        inner = path.removeprefix(self.below) if below else "not-under-sub-path"
        return super().translate_path("/" + inner)

    def guess_type(self, path: object) -> str:
        if self.plain and not str(path).endswith(PLAIN_TYPES):
            return "text/plain"
        return super().guess_type(str(path))

    def do_GET(self) -> None:
        self.requests.append(self.path)
        body = self.extra.get(self.path.removeprefix(self.below))
        if body is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        if self.isolated:
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        if self.keep and not self.path.endswith((".html", "/")):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Closes the connections that browsers hold on to as well: afterwards nothing answers."""

    def __init__(self, handler: Callable[..., Handler]) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), handler)

    def process_request(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request) -> None:  # type: ignore[no-untyped-def]
        self.connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in self.connections.copy():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """A browser that hangs up half-way is no news."""


@contextmanager
def serve(
    folder: Path,
    *,
    plain: bool = False,
    keep: bool = False,
    isolated: bool = False,
    below: str = SUB_PATH,
    extra: dict[str, bytes] | None = None,
) -> Iterator[Site]:
    """Serve a folder on a free port.

    Args:
        folder: what is served.
        plain: send .mjs, .wasm, .whl and other unusual files as text/plain.
        keep: let browsers keep all but documents.
        isolated: keep other origins out, for which browsers give a finer clock.
        below: the path under which the folder is served.
        extra: files by name that are served beside those of the folder.
    """
    requests: list[str] = []
    handler = partial(
        Handler,
        plain=plain,
        keep=keep,
        isolated=isolated,
        below=below,
        extra=extra or {},
        requests=requests,
        directory=str(folder),
    )
    server = Server(handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def close() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", below, requests, close)
    finally:
        close()
