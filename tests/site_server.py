"""A static server for the tests: dist/ under a sub-path, each request on record."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
    """

    def __init__(self, origin: str, requests: list[str]) -> None:
        self.origin = origin
        self.url = origin + SUB_PATH
        self.requests = requests


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(
        self,
        *args: object,
        plain: bool,
        keep: bool,
        extra: dict[str, bytes],
        requests: list[str],
        directory: str,
    ) -> None:
        self.plain = plain
        self.keep = keep
        self.extra = extra
        self.requests = requests
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        # What lies beside the sub-path is nowhere: a page that asks for /x gets a 404.
        inner = path.removeprefix(SUB_PATH) if path.startswith(SUB_PATH) else "not-under-sub-path"
        return super().translate_path("/" + inner)

    def guess_type(self, path: object) -> str:
        if self.plain and not str(path).endswith(PLAIN_TYPES):
            return "text/plain"
        return super().guess_type(str(path))

    def do_GET(self) -> None:
        self.requests.append(self.path)
        body = self.extra.get(self.path.removeprefix(SUB_PATH))
        if body is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        if self.keep and not self.path.endswith((".html", "/")):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serve(
    folder: Path,
    *,
    plain: bool = False,
    keep: bool = False,
    extra: dict[str, bytes] | None = None,
) -> Iterator[Site]:
    """Serve a folder on a free port.

    Args:
        folder: what is served under SUB_PATH.
        plain: send .mjs, .wasm, .whl and other unusual files as text/plain.
        keep: let browsers keep all but documents.
        extra: files by name that are served beside those of the folder.
    """
    requests: list[str] = []
    handler = partial(
        Handler,
        plain=plain,
        keep=keep,
        extra=extra or {},
        requests=requests,
        directory=str(folder),
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{server.server_port}", requests)
        finally:
            server.shutdown()
            thread.join()
