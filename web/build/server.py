"""Serves dist/ to this machine."""

from __future__ import annotations

import errno
import os
import webbrowser
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from web.build.steps import BuildError

HOST = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """Types said here: the tables of the system are often wrong about these."""

    extensions_map = {  # noqa: RUF012 (the base class reads it from the class)
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".json": "application/json",
        ".bin": "application/octet-stream",
        ".whl": "application/zip",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
    }

    def end_headers(self) -> None:
        # A name with its content's hash never means anything else; of the others a browser asks
        # each time, and a new build shows at once.
        hashed = self.path.startswith(("/assets/", "/runtime/", "/recordings/"))
        kept = "public, max-age=31536000, immutable" if hashed else "no-cache"
        self.send_header("Cache-Control", kept)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    # On Windows "reuse" would take the port of a server that is running.
    allow_reuse_address = os.name == "posix"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up half-way is no news."""


def listen(folder: Path, port: int) -> Server:
    """A server bound to its port. Raises BuildError when it cannot have it."""
    try:
        return Server((HOST, port), partial(Handler, directory=str(folder)))
    except OverflowError:
        raise BuildError(f"There is no port {port}; choose one from 0 to 65535.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BuildError(
                f"Port {port} is in use; choose another with --port N (0: any that is free)."
            ) from None
        if error.errno == errno.EACCES:
            raise BuildError(f"Port {port} is not yours to use; choose one above 1023.") from None
        raise


def serve(folder: Path, port: int, *, show: bool, prepare: Callable[[], object]) -> None:
    """Bind, prepare, then serve until Ctrl-C. The port first: no build ends in "port in use"."""
    with listen(folder, port) as server:
        prepare()
        address = f"http://{HOST}:{server.server_port}/"
        print(f"Livegrad is at {address} (Ctrl-C stops it)", flush=True)
        if show:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
