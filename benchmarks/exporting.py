"""Every format from one large store: how many claims a second, how much memory, how large the files.

    python benchmarks/exporting.py [CLAIMS]

Each runs in a process of its own; memory is the most it held, over that of a process that opens the store and stops.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import standoff


def one(name: str, store: str, into: str) -> None:
    """Export, and say how long it took and how much it held."""
    from standoff.export.registry import exporter
    from standoff.export.selection import Selection, save

    began = time.perf_counter()
    with standoff.open_store(store) as opened:
        if name != "nothing":
            save(exporter(name), Selection(opened, texts=name == "brat"), Path(into))
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(time.perf_counter() - began, int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    from pages import fill

    from standoff.export.registry import exporters

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        with standoff.open_store(path) as store:
            fill(store, claims)
            totals = store.browse.totals()
        print(f"{totals['claims']:,} claims, {totals['incidents']:,} incidents, {totals['reports']:,} reports")
        print(f"{'format':<16}{'seconds':>9}{'claims/s':>11}{'MB held':>9}{'MB written':>12}")
        base = 0.0
        for name in ("nothing", *exporters()):
            into = Path(folder) / name
            command = [sys.executable, __file__, "--one", name, str(path), str(into)]
            seconds, held = map(
                float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            )
            if name == "nothing":
                base = held
                continue
            size = sum(file.stat().st_size for file in into.rglob("*") if file.is_file()) / 1e6
            print(f"{name:<16}{seconds:>9.1f}{claims / seconds:>11,.0f}{held - base:>9.0f}{size:>12.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        main()
