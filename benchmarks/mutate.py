"""Fuzz the ingesters with torn, doubled and spliced inputs of the tests, without the coverage of benchmarks/fuzz.py.

    python benchmarks/mutate.py 120                 # seconds for each ingester; --only mail,html for some
    python benchmarks/mutate.py 120 --seed 7        # other inputs

It needs nothing but the tests' dependencies, and starts at once. What is not a document or a reason in one line is a
fault: it is printed with the bytes that bring it about (base64), and the run ends with 1.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import io
import random
import sys
import time
import traceback
from collections import Counter

from seeds import INSIDE, SEEDS, Here

from standoff.errors import InputError
from standoff.ingest import child
from standoff.ingest.capture import Capture, Failed, Options, now

SLOW = 8.0
"""Seconds: what a child would be killed for."""
TOKENS = (b"\0", b"\xff\xfe", b"\r\n", b"<", b">", b"<table><tr><td>", b"</div>", b"&#0;", b"--B", b"From: ", b"> ", b'"', b"{", b"[", b",",
          b"\xed\xa0\x80", b"Content-Type: ", b"\x1f\x8b", b"<![CDATA[", b"9" * 40, "‮".encode(), b"%PDF-", b"\n\n", b"sep=;")  # fmt: skip


def mutated(seeds: list[bytes], dice: random.Random) -> bytes:
    """A seed with some pieces lost, doubled, put in, or taken from another."""
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at, length = dice.randrange(len(data) + 1), dice.choice((1, 4, 30, 300, 3000))
        what = dice.randrange(6)
        if what == 0:
            del data[at : at + length]
        elif what == 1:
            data[at:at] = data[at : at + length]
        elif what == 2 and at < len(data):
            data[at] = dice.randrange(256)
        elif what == 3:
            data[at:at] = dice.choice(TOKENS) * dice.choice((1, 1, 3, 60))
        elif what == 4:
            other = dice.choice(seeds)
            start = dice.randrange(len(other) + 1)
            data[at : at + length] = other[start : start + length]
        else:
            del data[at:]
        if not data:
            data += b"x"
    return bytes(data)


def fuzz(kind: str, seconds: float, seed: int) -> Counter[str]:
    """Counts of one ingester's outcomes."""
    ingester, seeds = SEEDS[kind]
    dice, counts, options = random.Random(f"{kind} {seed}"), Counter[str](), Options()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(seeds, dice)
        counts["inputs"] += 1
        started = time.process_time()
        told = io.StringIO()
        try:
            with contextlib.redirect_stderr(told):
                capture = Capture("x", "x", data, now())
                ingester.recognises(capture)
                for found in ingester.read(capture, options):
                    counts["not read" if isinstance(found, Failed) else "read"] += 1
        except InputError as error:
            counts["refused"] += 1
            if "\n" in str(error):
                counts["faults"] += 1
                show(kind, data, f"a reason of several lines: {error}")
        except Exception:
            counts["faults"] += 1
            show(kind, data, traceback.format_exc())
        if told.getvalue():
            counts["wrote to standard error"] += 1
        if time.process_time() - started > SLOW:
            counts["slow"] += 1
            show(kind, data, f"took {time.process_time() - started:.1f} s")
    return counts


def show(kind: str, data: bytes, why: str) -> None:
    print(f"FAULT {kind}: {why}\n{base64.b64encode(data[:20_000]).decode()}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--only", default=",".join(SEEDS))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    child.shared = Here("standoff.ingest")
    faults = 0
    names = ("inputs", "read", "not read", "refused", "slow", "faults")
    print("| ingester | " + " | ".join(names) + " |\n| --- |" + " ---: |" * len(names))
    for kind in given.only.split(","):
        counts = fuzz(kind, given.seconds, given.seed)
        faults += counts["faults"] + counts["slow"]
        print(f"| {kind} | " + " | ".join(f"{counts[name]:,}" for name in names) + " |", flush=True)
    print(f"raised inside a child, and told as a reason: {dict(INSIDE)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
