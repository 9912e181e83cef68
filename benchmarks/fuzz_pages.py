"""Ask every page and every form for what nobody meant: bytes that are no text, numbers without end, paths, half a JSON.

    python benchmarks/fuzz_pages.py [SECONDS] [SEED]

Anything but a page or a refusal is a fault: it is shown once, with the request that brings it about.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from dataclasses import fields
from pathlib import Path

from pages import fill
from starlette.testclient import TestClient

import standoff
from standoff.store import Store
from standoff.store.browse import Wanted
from standoff.web.app import create_app

VALUES = (
    "", "%00", "%ff%fe", "%ED%A0%80", "9" * 400, "-1", "1e309", "NaN", "..%2f..%2fetc%2fpasswd", "%3Cscript%3E", "%27", "%22",
    "%5B%5D", "2024-13-99", "0000-00-00", "9999-12-31", "%D9%A1%D9%A2", "a" * 5000, "*", "AND", "NEAR%2F", "%0d%0aX:1", "%25",
)  # fmt: skip
BODIES = (b"", b"\xff\xfe", b"{}", b"[]", b'{"a":' + b"[" * 5000, b"a=%ff&b=%00", b"null", b'{"a": 1e999}')
KINDS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain")
_ROUTE = re.compile(r'@router\.(get|post|put|delete|patch)\(\s*"([^"]*)"')
_ASKED = re.compile(r'query(?:_params)?\.get(?:list)?\("(\w+)"')


def main() -> None:
    """Ask for so many seconds, and say how that went."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    with tempfile.TemporaryDirectory() as folder, standoff.open_store(Path(folder) / "a.db") as store:
        fill(store, 2_000)
        client = TestClient(create_app(store), base_url="http://127.0.0.1", raise_server_exceptions=False)
        asked, faults, slowest = 0, set[str](), 0.0
        names, routes, ids = _names(), _routes(), _ids(store)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            method, path = chance.choice(routes)
            url = re.sub(r"\{[^}]+\}", lambda _: chance.choice((*ids, *VALUES)) or "x", path)
            given: dict[str, object] = {}
            if method == "GET":
                some = chance.sample(names, chance.randint(0, 3))
                url += "?" + "&".join(f"{name}={chance.choice((*ids, *VALUES))}" for name in some)
            else:
                given = {"content": chance.choice(BODIES), "headers": {"content-type": chance.choice(KINDS)}}
            begun = time.monotonic()
            answer = client.request(method, url, **given)  # type: ignore[arg-type]
            slowest, asked = max(slowest, time.monotonic() - begun), asked + 1
            if answer.status_code >= 500 and (fault := f"{answer.status_code} {method} {path}") not in faults:
                faults.add(fault)
                print(fault, url[:200], str(given)[:200])
    print(f"{asked:,} requests of {len(routes)} routes, {len(faults)} faults; the slowest took {slowest:.1f} s")


def _sources() -> list[tuple[str, str]]:
    web = Path(standoff.__file__).parent / "web"
    return [(path.name, path.read_text(encoding="utf-8")) for path in sorted(web.glob("*.py"))]


def _routes() -> list[tuple[str, str]]:
    return [
        (method.upper(), ("/api/v1" if name == "api.py" else "") + path)
        for name, text in _sources()
        for method, path in _ROUTE.findall(text)
    ]


def _names() -> list[str]:
    asked = {name for _, text in _sources() for name in _ASKED.findall(text)}
    return sorted(asked | {field.name for field in fields(Wanted)} | {"after", "before", "order", "limit", "page"})


def _ids(store: Store) -> tuple[str, ...]:
    incidents, disputes = store.incidents(), store.disputes()
    return (
        store.claims()[0].id,
        store.documents()[0].id,
        *(one.id for one in (*incidents[:1], *disputes[:1])),
        "IND",
        "1",
    )


if __name__ == "__main__":
    main()
