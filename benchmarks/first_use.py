"""What a new user waits for: a clean copy installed, the links of the tutorial read, a table of disputes, the accounts as a page.

    python benchmarks/first_use.py

The copy is of what is committed. How long installing takes depends on the line and on what pip has kept; the rest does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))


def timed(what: str, command: list[str], folder: Path, **environment: str) -> None:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode not in (0, 3):  # 3: one of the links is dead
        sys.exit(done.stderr)
    print(f"{what:<44}{time.perf_counter() - began:>8.1f} s")


def main() -> None:
    import sample_site

    with tempfile.TemporaryDirectory() as name, sample_site.served() as base:
        copy = Path(name) / "standoff"
        timed("clone", ["git", "clone", "--quiet", str(ROOT), str(copy)], Path(name))
        timed("make .venv/.ready", ["make", ".venv/.ready"], copy)
        (copy / "links.csv").write_text(sample_site.links(base), encoding="utf-8")
        local = {"STANDOFF_ALLOW_LOOPBACK": "true", "STANDOFF_STORE": "crisis.db", "STANDOFF_FETCH_LOG": ""}
        program = str(copy / ".venv" / "bin" / "standoff")
        timed("standoff add links.csv (a second apart)", [program, "add", "links.csv"], copy, **local)
        timed("standoff disputes --table", [program, "disputes", "--table"], copy, **local)
        timed("standoff export html accounts.html", [program, "export", "html", "accounts.html"], copy, **local)


if __name__ == "__main__":
    main()
