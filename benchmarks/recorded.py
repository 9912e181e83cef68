"""The tables of docs/accuracy.md about a language model as the reader: ``python benchmarks/recorded.py``.

An endpoint on loopback plays the recorded answers of ``tests/reports``; ``standoff evaluate`` asks it as it would ask any other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))

import recorded  # noqa: E402
from endpoint import endpoint  # noqa: E402


def main() -> None:
    with endpoint(recorded.play()) as found, tempfile.TemporaryDirectory() as folder:
        settings = f'answers = ""\nfetch_log = ""\n[readers.recorded]\naddress = "{found.address}"\nmodel = "{recorded.SAID["model"]}"\n'
        (Path(folder) / "standoff.toml").write_text(settings, encoding="utf-8")
        for reader in ("recorded", "both:recorded"):
            command = [sys.executable, "-m", "standoff.cli", "evaluate", str(recorded.REPORTS), "--reader", reader]
            subprocess.run(command, cwd=folder, env={**os.environ, "COLUMNS": "140"}, check=True)


if __name__ == "__main__":
    main()
