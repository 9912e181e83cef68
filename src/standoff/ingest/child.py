"""A child process for what hostile bytes can hang or blow up: it has a time limit, a memory limit, and a real end.

A signal does not interrupt C code, so the work is done elsewhere and killed from here. Calls go to the child as JSON
and bytes, and come back as JSON: what a page does to the child cannot reach the parent as code.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import struct
import subprocess
import sys
import threading
from typing import Any, BinaryIO

from standoff import children
from standoff.errors import InputError

_LENGTHS = struct.Struct("!II")
_LARGEST_ANSWER = 64_000_000
_MEND = "save the text of the report as .txt and read that"


class Child:
    """One process that works for this one, started when it is first needed and again after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        atexit.register(self._end)

    def call(self, function: str, name: str, data: bytes, *, seconds: float, megabytes: int, **arguments: Any) -> Any:
        """What ``module:function`` makes of some bytes, which came from the input ``name``.

        Raises:
            InputError: it took too long or too much memory, broke, or the function refused the bytes.
        """
        with self._lock:
            process = self._running()
            late = threading.Event()
            clock = threading.Timer(seconds, _kill, (process, late))
            clock.start()
            try:
                answer = _ask(
                    process, {"call": function, "seconds": seconds, "megabytes": megabytes, **arguments}, data
                )
            except (OSError, EOFError, ValueError):
                self._end()
                if late.is_set():
                    raise InputError(name, f"took more than {seconds:g} seconds to read", _MEND) from None
                raise InputError(name, "broke the program that reads it", _MEND) from None
            finally:
                clock.cancel()
            if answer.get("memory"):
                self._end()  # what is left of it after a failed allocation is not worth trusting
                raise InputError(name, f"took more than {megabytes} MB of memory to read", _MEND)
        if "refused" in answer:
            why, mend = answer["refused"]
            raise InputError(name, why, mend)
        if "fault" in answer:
            raise InputError(name, f"cannot be read ({answer['fault']})", _MEND)
        return answer["value"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                children.command("standoff.ingest.child"),
                env=children.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _ask(process: subprocess.Popen[bytes], call: dict[str, Any], data: bytes) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    _send(process.stdin, call, data)
    answer, _ = _receive(process.stdout)
    return answer


def _send(pipe: BinaryIO | Any, message: dict[str, Any], data: bytes = b"") -> None:
    head = json.dumps(message).encode()
    pipe.write(_LENGTHS.pack(len(head), len(data)))
    pipe.write(head)
    pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> tuple[dict[str, Any], bytes]:
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        raise EOFError
    head, data = _LENGTHS.unpack(lengths)
    if head > _LARGEST_ANSWER:
        raise ValueError("an answer too large")
    message = json.loads(pipe.read(head))
    if not isinstance(message, dict):
        raise ValueError("no answer")
    return message, pipe.read(data)


# ------------------------------------------------------------------- in the child


def main() -> None:
    """Answer calls until the parent is gone."""
    pipe_in, pipe_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into the answers
    while True:
        try:
            call, data = _receive(pipe_in)
        except EOFError:
            return
        _send(pipe_out, _answer(call, data))


def _answer(call: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        _limit(call.pop("seconds"), call.pop("megabytes"))
        module, _, function = call.pop("call").partition(":")
        return {"value": getattr(importlib.import_module(module), function)(data, **call)}
    except MemoryError:
        return {"memory": True}
    except InputError as error:
        return {"refused": [error.why, error.mend]}
    except Exception as error:
        return {"fault": f"{type(error).__name__}: {error}"[:200]}


def _limit(seconds: float, megabytes: int) -> None:
    """Processor time, so that a child whose parent was killed ends too; and memory, where the system can limit it."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime + seconds) + 2
    for limit, value in ((resource.RLIMIT_CPU, spent), (resource.RLIMIT_DATA, megabytes * 1_000_000)):
        _, hard = resource.getrlimit(limit)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


shared = Child()
"""The child that pages and PDFs of this process are read in."""

if __name__ == "__main__":
    main()
