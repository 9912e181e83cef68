"""How fast standoff reads, each figure beside a reference measured in the same run. ``make bench``.

    python benchmarks/reading.py [--reports N] [--memory N] [--only NAME …] [--markdown docs/performance.md]

Speeds are in words a second, the median of several rounds in which the two that are compared take turns.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import spacy
import stream
from textacy.extract import direct_quotations

import standoff
from standoff import claims, demo
from standoff.language import gate, pipeline
from standoff.model import Document
from standoff.runners import Limits, bulk, named
from standoff.runners.work import SIDE_BY_SIDE, Job

ROUNDS = 5
MODEL = pipeline.DEFAULT_MODEL
BATCH = 32
Row = tuple[str, str, str, str]


def seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def in_turn(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """The median time of each, after a round that is not counted: caches are warm for all."""
    for one in runs:
        one()
    times = [[seconds(one) for one in runs] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]


def words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def crisis(count: int, seed: int = 3) -> list[str]:
    """The sample reports, and generated ones in which every sentence is a claim: the hardest there is."""
    chance = random.Random(seed)
    return [d.text for d in demo.documents()] + [stream.crisis_report(chance) for _ in range(count)]


def batches(documents: Sequence[Document], size: int = SIDE_BY_SIDE) -> Iterator[Sequence[Document]]:
    return (documents[at : at + size] for at in range(0, len(documents), size))


def extracted(documents: Sequence[Document]) -> int:
    found = 0
    for some in batches(documents):
        for document, doc in zip(some, pipeline.annotate_all(some), strict=True):
            found += len(claims.from_doc(doc, document))
    return found


def documents_of(texts: Sequence[str]) -> list[Document]:
    return [Document(f"d{number}", text, "") for number, text in enumerate(texts)]


def extraction(given: argparse.Namespace) -> Iterator[Row]:
    """Extraction on one core against the model alone on the same texts."""
    nlp = spacy.load(MODEL)
    for name, texts in (
        ("the sample reports", [d.text for d in demo.documents()] * 20),
        ("samples and generated reports of crises", crisis(100)),
    ):
        documents = documents_of(texts)
        bare, ours = in_turn(
            ROUNDS, lambda t=texts: list(nlp.pipe(t, batch_size=BATCH)), lambda d=documents: extracted(d)
        )  # type: ignore[misc]
        number = words(texts)
        yield (
            f"extraction, {name}",
            f"{number / ours:,.0f} words/s",
            f"nlp.pipe: {number / bare:,.0f}",
            f"{bare / ours:.2f}",
        )


def gating(given: argparse.Namespace) -> Iterator[Row]:
    """A stream of nine other reports to one of a crisis, through the gate."""
    nlp = spacy.load(MODEL)
    texts = [text for _, _, text in stream.stream(1000)]
    documents, reader = documents_of(texts), gate.load(MODEL)

    def gated() -> None:
        extracted([document for document in documents if reader.read(document.text).passes])

    def first() -> None:
        for text in texts:
            reader.read(text)

    bare, ours, alone = in_turn(3, lambda: list(nlp.pipe(texts, batch_size=BATCH)), gated, first)
    number = words(texts)
    passed = sum(reader.read(text).passes for text in texts)
    reference = f"nlp.pipe: {number / bare:,.0f}"
    yield (
        f"with the gate, {passed} of 1,000 let through",
        f"{number / ours:,.0f} words/s",
        reference,
        f"{bare / ours:.2f}",
    )
    yield "the gate alone", f"{number / alone:,.0f} words/s", reference, f"{bare / alone:.0f}"


def runners(given: argparse.Namespace) -> Iterator[Row]:
    """The same archive through each runner, from its start to its last byte."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1750000000")  # captured at one time, to compare the bytes
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        archive = home / "archive.jsonl"
        with archive.open("w") as out:
            for name, day, text in stream.stream(given.reports, crisis_each=1):
                out.write(json.dumps({"id": name, "published": day.isoformat(), "text": text}) + "\n")
        took = {}
        for name in ("serial", "pool", "ray"):
            runner = named(name, Limits(workers=2))
            took[name] = seconds(lambda n=name, r=runner: bulk.run([str(archive)], home / n, r, Job(), reports=100))  # type: ignore[misc]
        told = {name: (home / name / bulk.MANIFEST).read_bytes() for name in took}
        same = len({bytes_.split(b'"parts"')[1] for bytes_ in told.values()}) == 1
    rate = {name: given.reports / one for name, one in took.items()}
    kind = f"{given.reports:,} reports{'' if same else ', BUT NOT THE SAME BYTES'}"
    yield (
        f"pool of 2, {kind}",
        f"{rate['pool']:.1f} reports/s",
        f"serial: {rate['serial']:.1f}",
        f"{rate['pool'] / rate['serial']:.2f}",
    )
    yield (
        "Ray with 2 actors, the same",
        f"{rate['ray']:.1f} reports/s",
        f"pool: {rate['pool']:.1f}",
        f"{rate['ray'] / rate['pool']:.2f}",
    )


def peers(given: argparse.Namespace) -> Iterator[Row]:
    """textacy's quotations on the same texts; and what is ours after the parse, in sentences."""
    nlp = spacy.load(MODEL)
    texts = crisis(60)
    documents = documents_of(texts)

    def quotations() -> None:
        for doc in nlp.pipe(texts, batch_size=BATCH):
            try:
                list(direct_quotations(doc))
            except ValueError:  # "an unclosed quotation"
                continue

    theirs, ours = in_turn(ROUNDS, quotations, lambda: extracted(documents))
    number = words(texts)
    yield (
        "extraction",
        f"{number / ours:,.0f} words/s",
        f"textacy, quotations: {number / theirs:,.0f}",
        f"{theirs / ours:.2f}",
    )
    own = pipeline.load(MODEL)
    parsers = [pipe for name, pipe in own.pipeline if not name.startswith("standoff_") or name == "standoff_lines"]
    coders = [pipe for name, pipe in own.pipeline if name.startswith("standoff_") and name != "standoff_lines"]
    rates = []
    for _ in range(ROUNDS):
        docs = [own.make_doc(text) for text in texts]
        for doc in docs:
            for pipe in parsers:
                pipe(doc)
        sentences = sum(1 for doc in docs for _ in doc.sents)
        began = time.perf_counter()
        for document, doc in zip(documents, docs, strict=True):
            for pipe in coders:
                pipe(doc)
            claims.from_doc(doc, document)
        rates.append(sentences / (time.perf_counter() - began))
    rate = median(rates)
    yield (
        "coding after the parse",
        f"{rate:,.0f} sentences/s",
        "PETRARCH2, as published: 1,400 to 2,400",
        f"{rate / 2400:.2f} to {rate / 1400:.2f}",
    )


def memory(given: argparse.Namespace) -> Iterator[Row]:
    """A worker's memory after the first thousand reports of a stream and at its end."""
    chance = random.Random(5)
    points: dict[int, float] = {}
    gc.collect()
    for number in range(0, given.memory, SIDE_BY_SIDE):
        texts = [stream.crisis_report(chance, sentences=3) for _ in range(SIDE_BY_SIDE)]
        extracted([Document(f"m{number + i}", text, "") for i, text in enumerate(texts)])
        for point in (1_000, given.memory):
            if number < point <= number + SIDE_BY_SIDE:
                points[point] = _megabytes()
    before, after = points[1_000], points[given.memory]
    yield (
        f"memory after {given.memory:,} reports",
        f"{after:,.0f} MB",
        f"after 1,000: {before:,.0f} MB",
        f"{after / before:.2f}",
    )


def starting(given: argparse.Namespace) -> Iterator[Row]:
    """From nothing to the first claim, and to the help."""
    text = next(iter(demo.documents())).text
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as report:
        report.write(text)
        report.flush()
        first = median(seconds(lambda: _standoff("extract", report.name)) for _ in range(ROUNDS))
    page = median(seconds(lambda: _standoff("--help")) for _ in range(ROUNDS))
    python = median(seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True)) for _ in range(ROUNDS))
    yield (
        "start to the first report's claims",
        f"{first * 1000:,.0f} ms",
        "asked: 2,500 ms",
        f"{first / python:.0f} of an empty Python",
    )
    yield "standoff --help", f"{page * 1000:,.0f} ms", "asked: 300 ms", f"{page / python:.0f} of an empty Python"


def _standoff(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "standoff.cli", *arguments], check=True, stdout=subprocess.DEVNULL)


def _megabytes() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Row]]] = {
    "extraction": extraction,
    "gate": gating,
    "runners": runners,
    "peers": peers,
    "memory": memory,
    "start": starting,
}
BEGIN, END = "<!-- reading -->", "<!-- /reading -->"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=3000, help="of the archive that the runners read")
    parser.add_argument("--memory", type=int, default=50_000, help="reports that a worker reads")
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), default=sorted(PARTS))
    parser.add_argument("--markdown", type=Path, help="a page whose table is written anew")
    given = parser.parse_args()
    lines = ["| What | Measured | Beside it | Ratio |", "|---|---|---|---|"]
    print(lines[0], lines[1], sep="\n", flush=True)
    for name, part in PARTS.items():
        if name in given.only:
            for row in part(given):
                lines.append("| " + " | ".join(row) + " |")
                print(lines[-1], flush=True)
    if given.markdown:
        page = given.markdown.read_text()
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, spaCy {spacy.__version__}"
        told = [f"standoff {standoff.__version__} on {machine}.", "", *lines]
        given.markdown.write_text(before + BEGIN + "\n" + "\n".join(told) + "\n" + END + after)


if __name__ == "__main__":
    main()
