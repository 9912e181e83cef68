"""A child process for what hostile bytes can hang or blow up: it has a time limit, a memory limit, and a real end.

A signal does not interrupt C code, so the work is done elsewhere and killed from here. Calls go to the child as JSON
and bytes, and come back as JSON and bytes: what a page does to the child cannot reach the parent as code.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import math
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any, BinaryIO

from standoff import children, errors
from standoff.errors import InputError, StandoffError

_LENGTHS = struct.Struct("!II")
PATIENCE = 6
"""Seconds are those of the processor, where the system counts them; by the clock it may be so many times as long."""
LARGEST = 96_000_000
"""Bytes of one answer."""
_START = 120.0
"""Seconds that the child may take to start, on a machine with much else to do."""
_RENEWED = 0.05
"""Seconds of the processor after which a child's own clock begins anew with an answer."""
_MEND = "save the text of the report as .txt and read that"

Took = Callable[[float], None]

_in_child = False
"""This process is one of these children: what it is asked for it does itself."""


def _nobody(seconds: float) -> None:
    """Who does not count what a child takes."""


class Child:
    """One process that works for this one, started when it is first needed and again after it was killed.

    ``modules`` are loaded before its clock runs. ``does`` and ``mend`` are how errors put what it was to do, and
    what can be done where it could not.
    """

    def __init__(self, *modules: str, does: str = "read", mend: str = _MEND) -> None:
        self._modules, self._does, self._mend = modules, does, mend
        self._first: tuple[str, ...] = ()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._served = 0
        self._lock = threading.Lock()
        self._clock = _Clock(self)
        self._took: Took = _nobody
        self.busy = False
        """It is in the middle of what it was asked for."""
        atexit.register(self._end)

    def call(self, function: str, name: str, data: bytes, *, seconds: float, megabytes: int, **arguments: Any) -> Any:
        """What ``module:function`` makes of some bytes, which came from the input ``name``.

        Raises:
            InputError: it took too long or too much memory, broke, or the function refused the bytes.
        """
        if _in_child:
            return _here(function, name, data, arguments)
        with self._lock, self._clock:
            try:
                answer, _ = self._first_answer(function, name, data, seconds, megabytes, arguments)
            except StandoffError:
                raise
            except BaseException:
                self._end()  # interrupted: its answer would be taken for that to the next question
                raise
        return answer["value"]

    def each(
        self,
        function: str,
        name: str,
        data: bytes,
        *,
        seconds: float,
        megabytes: int,
        took: Took = _nobody,
        **arguments: Any,
    ) -> Generator[tuple[Any, bytes], None, None]:
        """What ``module:function`` yields for some bytes, one after the other; the clock runs for each, and ``took`` is
        called with the seconds of the processor that each was.

        Raises:
            InputError: as above; what came before it stands.
        """
        with self._lock, self._clock:
            over, self.busy, self._took = False, True, took
            try:
                answer, body = self._first_answer(function, name, data, seconds, megabytes, arguments)
                while "item" in answer:
                    yield answer["item"], body
                    answer, body = self._hear(name, seconds, megabytes)
                over = True
            except StandoffError:
                over = True
                raise
            finally:
                self.busy, self._took = False, _nobody
                if not over:
                    self._end()  # nobody wants the rest, and it is on its way

    def start(self, function: str, argument: str) -> None:
        """Begin to load what it needs, which ``module:function`` does for an argument, and do not wait for it."""
        self._first = (function, argument)
        if not _in_child and self._lock.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._lock.release()

    def _first_answer(
        self, function: str, name: str, data: bytes, seconds: float, megabytes: int, arguments: dict[str, Any]
    ) -> tuple[dict[str, Any], bytes]:
        """What a call is answered first. A child that has served others holds what those left in its memory: one that
        runs out of it is asked again anew, so that no input is refused for what came before it, and has the time that is
        left."""
        served, took = self._served, self._took
        gone = 0.0

        def counted(taken: float) -> None:
            nonlocal gone
            gone += taken
            took(taken)

        self._took = counted
        self._ask(function, name, data, seconds, megabytes, arguments)
        try:
            return self._hear(name, seconds, megabytes)
        except _OutOfMemory:
            if not served:
                raise
        finally:
            self._took = took
        left = max(seconds - gone, seconds / 4)
        self._ask(function, name, data, left, megabytes, arguments)
        try:
            return self._hear(name, left, megabytes)
        except _OutOfTime:
            raise _OutOfTime(name, f"took more than {seconds:g} seconds to {self._does}", self._mend) from None

    def _ask(
        self, function: str, name: str, data: bytes, seconds: float, megabytes: int, arguments: dict[str, Any]
    ) -> None:
        process = self._running()
        call = {"call": function, "seconds": seconds, "megabytes": megabytes, **arguments}
        assert process.stdin is not None
        self._clock.begin(_START)
        try:
            if not self._ready:
                assert process.stdout is not None
                _receive(process.stdout)
                self._ready = True
            _send(process.stdin, call, data)
            self._served += 1
        except (OSError, EOFError, ValueError):
            self._end()
            raise InputError(name, f"cannot be {self._past}: the program for it does not start", _DOCTOR) from None
        finally:
            self._clock.stop()

    def _hear(self, name: str, seconds: float, megabytes: int) -> tuple[dict[str, Any], bytes]:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        self._clock.begin(seconds * PATIENCE)
        try:
            answer, body = _receive(process.stdout)
        except (OSError, EOFError, ValueError):
            self._end()
            self._took(seconds)  # what it took is not known: not more than this, and another has to be started
            if process.returncode == _NO_MEMORY:
                raise _OutOfMemory(
                    name, f"took more than {megabytes} MB of memory to {self._does}", self._mend
                ) from None
            if self._clock.late or process.returncode in _OUT_OF_TIME:
                raise _OutOfTime(name, f"took more than {seconds:g} seconds to {self._does}", self._mend) from None
            raise InputError(name, f"broke the program that {self._does}s it", self._mend) from None
        finally:
            self._clock.stop()
        if self._clock.late:
            self._end()  # it answered in the moment in which it was killed
        self._took(answer.get("took", 0.0))
        if answer.get("memory"):
            self._end()  # what is left of it after a failed allocation is not worth trusting
            raise _OutOfMemory(name, f"took more than {megabytes} MB of memory to {self._does}", self._mend)
        if "refused" in answer:
            raise _refusal(name, *answer["refused"])
        if "fault" in answer:
            raise InputError(name, f"cannot be {self._past} ({answer['fault']})", self._mend)
        return answer, body

    @property
    def _past(self) -> str:
        return {"code": "coded"}.get(self._does, self._does)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._ready, self._served = False, 0
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                children.command("standoff.ingest.child", *self._modules, *self._first),
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


class Children:
    """As many children as are in the middle of something: what one yields may lead to something else to read."""

    def __init__(self, *modules: str) -> None:
        self._modules = modules
        self._held: list[Child] = []
        self._lock = threading.Lock()

    def each(
        self,
        function: str,
        name: str,
        data: bytes,
        *,
        seconds: float,
        megabytes: int,
        took: Took = _nobody,
        **arguments: Any,
    ) -> Generator[tuple[Any, bytes], None, None]:
        """As :meth:`Child.each`."""
        with self._lock:
            child = self._held.pop() if self._held else Child(*self._modules)
        try:
            yield from child.each(function, name, data, seconds=seconds, megabytes=megabytes, took=took, **arguments)
        finally:
            with self._lock:
                self._held.append(child)


class _OutOfMemory(InputError):
    """What an input needed of memory was more than its child may take."""


class _OutOfTime(InputError):
    """What an input needed of the processor was more than its child may take."""


_NO_MEMORY = 77
"""How a child ends that has no memory left to say so."""
_OUT_OF_TIME = (-signal.SIGXCPU,) if hasattr(signal, "SIGXCPU") else ()
_DOCTOR = "try standoff doctor"


def _refusal(name: str, kind: str, what: str, why: str, mend: str) -> StandoffError:
    """The error that a child raised, as one of ours."""
    made = getattr(errors, kind, InputError)
    if not (isinstance(made, type) and issubclass(made, StandoffError)):
        made = InputError
    return made(what or name, why, mend)


def _here(function: str, name: str, data: bytes, arguments: dict[str, Any]) -> Any:
    try:
        return _function(function)(data, **arguments)
    except InputError as error:
        raise InputError(error.what or name, error.why, error.mend) from None
    except (MemoryError, StandoffError):
        raise
    except Exception as error:
        raise InputError(name, f"cannot be read ({_said(error)})", _MEND) from None


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


class _Clock:
    """Kills a child that does not answer in time. One thread serves a whole call, since what a container holds comes by the
    thousand; it looks once a second, so that a new answer costs it nothing."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._lock = threading.Lock()
        self._until = math.inf
        self._over = threading.Event()
        self.late = False
        """The child was killed for the last answer."""

    def __enter__(self) -> None:
        self._over = threading.Event()
        threading.Thread(target=self._watch, args=(self._over,), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def begin(self, seconds: float) -> None:
        """An answer is to come within so many seconds."""
        with self._lock:
            self.late, self._until = False, time.monotonic() + seconds

    def stop(self) -> None:
        """It came, or will not come."""
        with self._lock:
            self._until = math.inf

    def _watch(self, over: threading.Event) -> None:
        while not over.wait(min(1.0, max(0.0, self._until - time.monotonic()))):
            with self._lock:
                process = self._child._process
                if process is not None and self._until <= time.monotonic() and not over.is_set():
                    self.late, self._until = True, math.inf
                    process.kill()


def _send(pipe: BinaryIO | Any, message: dict[str, Any], data: bytes = b"") -> None:
    head = json.dumps(message).encode()
    pipe.write(_LENGTHS.pack(len(head), len(data)) + head)
    if data:
        pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> tuple[dict[str, Any], bytes]:
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        raise EOFError
    head, data = _LENGTHS.unpack(lengths)
    if head > LARGEST or data > LARGEST:
        raise ValueError("an answer too large")
    message = json.loads(pipe.read(head))
    if not isinstance(message, dict):
        raise ValueError("no answer")
    return message, pipe.read(data) if data else b""


# ------------------------------------------------------------------- in the child


def main() -> None:
    """Answer calls until the parent is gone."""
    global _in_child
    pipe_in, pipe_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into the answers
    # What this module is to the modules that it loads, and not only to itself.
    importlib.import_module("standoff.ingest.child")._in_child = _in_child = True  # type: ignore[attr-defined]
    given = sys.argv[1:]
    split = next((n for n, one in enumerate(given) if ":" in one), len(given))
    modules, first = given[:split], given[split:]
    for module in modules:
        importlib.import_module(module)
    _send(pipe_out, {"ready": True})
    if first:
        with contextlib.suppress(Exception):  # who asks for it in earnest is told
            _function(first[0])(*first[1:])
    while True:
        try:
            call, data = _receive(pipe_in)
        except EOFError:
            return
        told = time.process_time()
        try:
            for answer, body in _answers(call, data):
                spent = time.process_time()
                _send(pipe_out, {**answer, "took": spent - told}, body)
                told = spent
        except MemoryError:  # where even the answer that there is none finds none
            os._exit(_NO_MEMORY)


def _answers(call: dict[str, Any], data: bytes) -> Iterator[tuple[dict[str, Any], bytes]]:
    seconds, megabytes = call.pop("seconds"), call.pop("megabytes")
    try:
        function = _function(call.pop("call"))  # what it loads is not the input's doing
        _limit(seconds, megabytes)
        value = function(data, **call)
        if not isinstance(value, Iterator):
            yield {"value": value}, b""
            return
        begun = time.process_time()
        for item, body in value:
            yield {"item": item}, body
            if (now := time.process_time()) - begun > _RENEWED:  # not for each of many small ones
                begun = now
                _limit(seconds, megabytes)
        yield {"end": True}, b""
    except MemoryError:
        yield {"memory": True}, b""
    except StandoffError as error:
        yield {"refused": [type(error).__name__, error.what, error.why, error.mend]}, b""
    except Exception as error:
        yield {"fault": _said(error)}, b""


def _limit(seconds: float, megabytes: int) -> None:
    """Processor time, so that a child whose parent was killed ends too; and memory, where the system can limit it."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime + seconds)
    for limit, value in ((resource.RLIMIT_CPU, spent), (resource.RLIMIT_DATA, megabytes * 1_000_000)):
        _, hard = resource.getrlimit(limit)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


shared = Child()
"""The child that pages and PDFs of this process are read in."""

if __name__ == "__main__":
    main()
