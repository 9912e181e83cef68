"""A hundred who read at once: standoff's pages beside Datasette's of the same file, and claims as JSON a second.

    python benchmarks/load.py --datasette /path/to/bin/datasette [--claims 100000] [--clients 100] [--seconds 60]

Both serve the same store, and are asked by turns; each request is a connection of its own. Datasette
shows tables of the store without facets, 50 rows a page, as standoff does; its own pages count nothing (``--setting
suggest_facets off``). Peak memory is the process's own (VmHWM), "processor" what it took of the processor for one answer.
standoff keeps answers until the store changes; so claims as JSON are asked for twice: the same page by everybody, and
pages that nobody asked for before. Machines differ and are busy: what counts is the ratio.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from pages import fill

import standoff
from standoff import children

OURS = (
    "/claims", "/claims?event=ASSAULT", "/claims?actor=IND&source=PAK", "/claims?words=%22town+77%22", "/incidents", "/disputes",
    "/parties", "/reports", "/", "/api/v1/claims?limit=50",
)  # fmt: skip
THEIRS = (
    "/{db}/claim_list?_size=50", "/{db}/claim_list?_size=50&event=ASSAULT", "/{db}/claim?_size=50&event=THREATEN",
    "/{db}/document?_search=town&_size=50", "/{db}/incident_list?_size=50", "/{db}/dispute_list?_size=50",
    "/{db}/account?_size=50", "/{db}/document?_size=50", "/", "/{db}/claim.json?_size=50",
)  # fmt: skip
FRESH = {
    "standoff": "/api/v1/claims?limit=50&sure={share}",
    "Datasette": "/{db}/claim.json?_size=50&_shape=array&confidence__gte={share}",
}
"""Claims as JSON by addresses that nobody asked for before; every claim is as sure."""
TURNS, TURN = 6, 4.0
"""How often, and for how many seconds, each is asked for claims as JSON."""
LATE = 120.0
"""Seconds after which a client gives up."""


async def get(port: int, path: str) -> tuple[float, int]:
    """How long an answer took, and its status; 0 where none came."""
    begun = time.perf_counter()
    try:
        async with asyncio.timeout(LATE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
                body = await reader.read(-1)
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return time.perf_counter() - begun, 0
    found = re.match(rb"HTTP/1\.\d (\d+)", body)
    return time.perf_counter() - begun, int(found[1]) if found else 0


async def crowd(port: int, paths: tuple[str, ...], clients: int, seconds: float) -> list[tuple[float, int]]:
    """The answers that so many clients got, each asking for the page that is next when it has its answer."""
    until, number = time.perf_counter() + seconds, count()
    found: list[tuple[float, int]] = []

    async def one() -> None:
        while time.perf_counter() < until:
            found.append(await get(port, paths[next(number) % len(paths)]))

    await asyncio.gather(*(one() for _ in range(clients)))
    return found


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """A server, once it answers; its process."""
    process = subprocess.Popen(
        command, env=children.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def peak(process: int) -> float:
    """MB that a process has taken at most."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else 0.0


def spent(process: int) -> float:
    """Seconds of the processor that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasette", required=True, help="its program")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", help="one that an earlier run left; else it is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(given.store) if given.store else Path(folder) / "large.db"
        if not path.exists():
            with standoff.open_store(path) as store:
                fill(store, given.claims)
        with standoff.open_store(path) as store:
            print(f"{store.browse.totals()['claims']:,} claims, {os.cpu_count()} cores, {given.clients} clients\n")
        ports = free(), free()
        serve = children.command("standoff.cli", "serve", "--store", str(path), "--port", str(ports[0]))
        datasette = [
            given.datasette, "serve", str(path), "--port", str(ports[1]),
            "--setting", "suggest_facets", "off", "--setting", "default_facet_size", "1",
        ]  # fmt: skip
        theirs = tuple(one.format(db=path.stem) for one in THEIRS)
        asked = {
            "standoff": (ports[0], OURS, "/api/v1/claims?limit=50"),
            "Datasette": (ports[1], theirs, f"/{path.stem}/claim.json?_size=50&_shape=array"),
        }
        with running(serve, ports[0]) as one, running(datasette, ports[1]) as other:
            show(asked, dict(zip(asked, (one, other), strict=True)), given)


def show(
    asked: dict[str, tuple[int, tuple[str, ...], str]], processes: dict[str, int], given: argparse.Namespace
) -> None:
    """The table: claims as JSON by turns, since machines are busier at one time than another; then the crowd, one by one."""
    same, fresh = dict.fromkeys(asked, 0), dict.fromkeys(asked, 0)
    for name, (port, paths, claims) in asked.items():
        for path in (*paths, claims):
            _, status = asyncio.run(get(port, path))
            if status != 200:
                raise SystemExit(f"{name} answered {status} to {path}")
    for turn in range(TURNS):
        for name, (port, _, claims) in asked.items():
            same[name] += sum(status == 200 for _, status in asyncio.run(crowd(port, (claims,), 4, TURN)))
            new = FRESH[name].replace("{db}", claims.split("/")[1])
            pages = tuple(new.format(share=f"0.{turn}{number:05d}") for number in range(1, 5_000))
            fresh[name] += sum(status == 200 for _, status in asyncio.run(crowd(port, pages, 4, TURN)))
    print(
        "| | requests/s | median | p99 | not answered | processor | peak memory | the same claims/s | fresh claims/s |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, (port, paths, _) in asked.items():
        began, before = time.perf_counter(), spent(processes[name])
        answers = asyncio.run(crowd(port, paths, given.clients, given.seconds))
        took = time.perf_counter() - began
        each = (spent(processes[name]) - before) / len(answers)
        times = sorted(taken for taken, status in answers if status == 200)
        middle, late = statistics.median(times), times[int(len(times) * 0.99)]
        cells = f"{len(times) / took:.0f} | {middle:.2f} s | {late:.2f} s | {len(answers) - len(times)} | {1000 * each:.1f} ms"
        pages = " | ".join(f"{told[name] / TURNS / TURN:.0f}" for told in (same, fresh))
        print(f"| {name} | {cells} | {peak(processes[name]):.0f} MB | {pages} |", flush=True)


if __name__ == "__main__":
    main()
