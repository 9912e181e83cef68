"""A server on loopback that plays an OpenAI-compatible endpoint: good, slow, broken, truncated, lying, refusing, rate-limiting."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]
Play = Callable[[BaseHTTPRequestHandler, Asked], None]
KEY = "sk-test-4f1b9c2e7d8a6053b1"


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def completion(
    text: str, finish: str = "stop", usage: tuple[int, int] | None = (1000, 200), **message: object
) -> bytes:
    """The body of a good answer."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    counted = {"usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]}} if usage else {}
    return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice], **counted}).encode()


def report_of(asked: Asked) -> str:
    """The part of the report that a question is about."""
    content = asked["messages"][-1]["content"]
    return content.partition("<report ")[2].partition(">\n")[2].rpartition("\n</report ")[0]


def answers(text: str | dict[str, Any] | Callable[[str], str], **options: Any) -> Play:
    """Answers well, with a text or what is made of the report."""

    def play(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        found = text(report_of(asked)) if callable(text) else text
        send(
            handler,
            200,
            completion(found if isinstance(found, str) else json.dumps(found, ensure_ascii=False), **options),
        )

    return play


def says(status: int, body: str = '{"error": {"message": "no"}}', **headers: str) -> Play:
    return lambda handler, asked: send(handler, status, body.encode(), **headers)


def slow(seconds: float) -> Play:
    def play(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        time.sleep(seconds)
        send(handler, 200, completion('{"claims": []}'))

    return play


def broken(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    """Promises more than it sends, and hangs up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')


def endless(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    """Sends and sends."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(2000):
        handler.wfile.write(b" " * 10_000)


class Endpoint:
    """Plays its plays one after the other, the last one for ever; ``asked`` are the questions it got."""

    def __init__(self, plays: Sequence[Play]) -> None:
        self.plays = list(plays)
        self.asked: list[Asked] = []
        self.paths: list[str] = []
        self.heads: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.paths.append(self.path)
                outer.asked.append(asked)
                outer.heads.append({name.lower(): value for name, value in self.headers.items()})
                (outer.plays.pop(0) if len(outer.plays) > 1 else outer.plays[0])(self, asked)

            def do_GET(self) -> None:
                outer.paths.append("GET " + self.path)
                send(self, 200, b"{}")

            def log_message(self, *_: object) -> None:
                return

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                return

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def endpoint(*plays: Play) -> Iterator[Endpoint]:
    found = Endpoint(plays)
    try:
        yield found
    finally:
        found.close()
