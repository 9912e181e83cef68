"""How processes of ours are started: what lies in the folder where they run is never imported.

Python looks for modules in the working folder first, and the working folder is where reports lie. A report that is
called ``resource.py`` is a report.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAFE = "PYTHONSAFEPATH"
PATH = "PYTHONPATH"


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of ours."""
    return [sys.executable, "-P", "-m", module, *arguments]


def on_a_leash(module: str, *arguments: str) -> list[str]:
    """The same, for one that ends when what writes to its standard input does: its parent, killed or not."""
    return command("standoff.children", module, *arguments)


def environment() -> dict[str, str]:
    """What a process of ours is to know: this environment, with a module path that means the same in every folder."""
    found = {**os.environ, SAFE: "1"}
    # An empty entry is the working folder, and mostly a slip: PYTHONPATH=$PYTHONPATH:lib.
    entries = [str(Path(entry).absolute()) for entry in found.get(PATH, "").split(os.pathsep) if entry]
    if entries:
        found[PATH] = os.pathsep.join(entries)
    else:
        found.pop(PATH, None)
    return found


@contextmanager
def safely() -> Iterator[None]:
    """For libraries that start processes themselves: they take this environment as it is."""
    before = {name: os.environ.get(name) for name in (SAFE, PATH)}
    found = environment()
    try:
        for name in before:
            _set(name, found.get(name))
        yield
    finally:
        for name, value in before.items():
            _set(name, value)


def main() -> None:
    """Run a module until it ends, or the one who holds the leash does."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_input() -> None:
    while os.read(0, 4096):
        pass
    os._exit(143)


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


if __name__ == "__main__":
    main()
