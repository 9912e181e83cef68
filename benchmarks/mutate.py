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
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import inputs
import made_mail
import made_pages
import made_tables
import made_text
from made import Cases
from standoff.errors import InputError
from standoff.ingest import article, child, feed, html, mail, mhtml, office, pdf, quoted, table, telegram, text, warc
from standoff.ingest.capture import Capture, Failed, Ingester, Options, now

SLOW = 8.0
"""Seconds: what a child would be killed for."""


def made(cases: Cases, *starts: str) -> list[bytes]:
    """The files of the tests' cases whose names begin so."""
    return [
        content if isinstance(content, bytes) else content.encode()
        for case in cases.all
        if case.name.startswith(starts)
        for content in case.files.values()
    ]


SEEDS: dict[str, tuple[Ingester, list[bytes]]] = {
    "text": (text.Text(), [inputs.text(), *made(made_text.cases, "wrap", "list")]),
    "markdown": (text.Markdown(), [inputs.markdown(), *made(made_tables.cases, "md")]),
    "html": (html.Html(), [inputs.page(), *made(made_pages.cases, "page", "embed", "correction", "table", "saved by")]),
    "telegram": (telegram.Telegram(), made(made_pages.cases, "telegram")),
    "mhtml": (mhtml.Mhtml(), made(made_pages.cases, "saved mhtml")),
    "pdf": (pdf.Pdf(), [inputs.pdf()]),
    "mail": (mail.Mail(), [inputs.mail(), inputs.mail_in_html(), *made(made_mail.cases, "mail")]),
    "mbox": (mail.Mbox(), made(made_mail.cases, "mbox")),
    "feed": (feed.Feed(), [inputs.rss(), inputs.atom(), inputs.json_feed(), *made(made_text.cases, "feed")]),
    "jsonl": (table.JsonLines(), [inputs.jsonl(), *made(made_tables.cases, "json")]),
    "csv": (table.Csv(), [inputs.csv(), *made(made_tables.cases, "table", "csv")]),
    "warc": (warc.Warc(), [inputs.warc(), inputs.warc_gz(), *made(made_tables.cases, "warc", "wet")]),
    "wacz": (warc.Wacz(), [inputs.wacz()]),
    "office": (office.Office(), made(made_tables.cases, "docx", "odt")),
}
TOKENS = (b"\0", b"\xff\xfe", b"\r\n", b"<", b">", b"<table><tr><td>", b"</div>", b"&#0;", b"--B", b"From: ", b"> ", b'"', b"{", b"[", b",",
          b"\xed\xa0\x80", b"Content-Type: ", b"\x1f\x8b", b"<![CDATA[", b"9" * 40, "‮".encode(), b"%PDF-", b"\n\n", b"sep=;")  # fmt: skip
_HERE: dict[str, Callable[..., object]] = {
    "standoff.ingest.article:read": article.read,
    "standoff.ingest.pdf:pages": pdf.pages,
    "standoff.ingest.feed:entries": feed.entries,
    "standoff.ingest.text:plain": text.plain,
    "standoff.ingest.quoted:html": quoted.html,
    "standoff.ingest.telegram:messages": telegram.messages,
    "standoff.ingest.office:docx": office.docx,
    "standoff.ingest.office:odt": office.odt,
}


class Here(child.Child):
    """The child's work in this process, where its faults are seen."""

    def call(
        self, function: str, name: str, data: bytes, *, seconds: float, megabytes: int, **arguments: object
    ) -> object:
        if function not in _HERE:
            raise InputError(name, "not done here", "")
        try:
            return _HERE[function](data, **arguments)
        except InputError as error:
            raise InputError(name, error.why, error.mend) from None
        except Exception as error:  # as the child answers: it is killed by nothing that its libraries raise
            INSIDE[type(error).__name__] += 1
            raise InputError(name, f"cannot be read ({type(error).__name__})", "") from None


INSIDE: Counter[str] = Counter()


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
