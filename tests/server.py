"""A web server on loopback that answers as a test tells it to, and counts who asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """``routes`` maps a path to ``(status, headers, body)``, or to a function that writes to the handler itself."""

    def __init__(self, address: str = "127.0.0.1", context: object = None) -> None:
        self.routes: dict[str, object] = {}
        self.hits: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.posts: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.hits.append(self.path)
                outer.heads.append({name.lower(): value for name, value in self.headers.items()})
                answer = outer.routes.get(self.path.partition("?")[0], (404, {}, b""))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer  # type: ignore[misc]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                outer.posts.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                return  # a client that hangs up is what some tests are about

        self._server = Quiet((address, 0), Handler)
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]
        self.url = f"http{'s' if context else ''}://{address}:{self.port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def page(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        self.routes[path] = (200, {"Content-Type": kind, **headers}, body)
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(address: str = "127.0.0.1", context: object = None) -> Iterator[Server]:
    server = Server(address, context)
    try:
        yield server
    finally:
        server.close()


Write = Callable[[BaseHTTPRequestHandler], None]
