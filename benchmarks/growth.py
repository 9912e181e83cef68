"""How the time to code a text grows with its size, on shapes that rules like least: lists, repeats, nests, no end.

    python benchmarks/growth.py                    # sizes to 128 kB; a table for docs/performance.md
    python benchmarks/growth.py --largest 16 list-of-names he-said

Each text is coded in a child process, as standoff extract does, and given up where it takes more of the processor than its
length allows, however busy the machine is; but a sentence of more than 12,000 characters, which standoff extract refuses, is coded too. The exponent is that of size in time: 1 is linear, 2 is by the square.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from standoff import coding
from standoff.errors import InputError
from standoff.ingest import child as children
from standoff.ingest.child import Child
from standoff.model import Document
from standoff.settings import Settings

SIZES = (2, 4, 8, 16, 32, 64, 128)
"""Thousands of characters."""
ENOUGH = 0.3
"""Seconds from which on a time says something of growth."""
NAMES = (
    "Ahmed Ali",
    "Olena Koval",
    "John Smith",
    "Maria Silva",
    "Ibrahim Musa",
    "Li Wei",
    "Fatima Noor",
    "Ivan Petrov",
)
PLACES = ("Kharkiv", "Aleppo", "Mosul", "Goma", "Khartoum", "Gaza City", "Donetsk", "Mopti", "Sana'a", "Kabul")
ARTICLE = (
    "Russian forces shelled a market in Kharkiv on Monday, killing 12 people and wounding 30, the regional governor said. "
    "Moscow denied the strike. A spokesman for the defence ministry said that Ukrainian artillery had hit the market.\n\n"
    "Residents told reporters that the shelling had lasted for two hours. The United Nations called for an investigation."
    "\n\n"
)


def _cycle(parts: tuple[str, ...], between: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        found, length, at = [], 0, 0
        while length < size:
            found.append(parts[at % len(parts)])
            length += len(found[-1]) + len(between)
            at += 1
        return between.join(found)[:size]

    return make


def _repeat(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda size: head + (unit * (size // len(unit) + 1))[: max(0, size - len(head) - len(tail))] + tail


def _nested(opening: str, closing: str, inside: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        times = max(1, (size - len(inside)) // (len(opening) + len(closing)))
        return opening * times + inside + closing * times

    return make


SHAPES: dict[str, Callable[[int], str]] = {
    "articles": _repeat(ARTICLE),
    "one-paragraph": _repeat(ARTICLE.replace("\n\n", " ")),
    "he-said": _repeat("he said "),
    "he-said-that": _repeat("He said that she said that "),
    "said-sentences": _repeat("The army said. "),
    "nested-quotes": _nested("“He said: ", "”", "Russia shelled Kharkiv."),
    "straight-quotes": _repeat('"The army attacked," he said. "'),
    "open-quotes": _repeat("“The army shelled Kharkiv. "),
    "numbers": _repeat("12 "),
    "tolls": _repeat("12 people were killed, "),
    "toll-sentences": _repeat("The attack killed 12 people. "),
    "endless-sentence": _repeat("the army attacked the rebels and "),
    "passives": _repeat("was shelled by the army and was "),
    "names-by-comma": _cycle(NAMES, ", "),
    "names-by-line": _cycle(NAMES, "\n"),
    "places-by-comma": _cycle(PLACES, ", "),
    "places-by-line": _cycle(PLACES, "\n"),
    "countries": _cycle(("Russia", "Ukraine", "Syria", "Iraq", "Sudan", "Mali"), " and "),
    "days": _repeat("on Monday, May 5, 2024, "),
    "denials": _repeat("Russia denied that Ukraine denied that "),
    "brackets": _nested("(", ")", "the army attacked"),
    "dashes": _repeat("the army – the rebels – "),
    "pronouns": _repeat("They attacked them. "),
    "capitals": _repeat("RUSSIA ATTACKED UKRAINE "),
    "one-word": _repeat("attack "),
    "bullets": _repeat("• 3 killed in Aleppo\n"),
    "number-words": _repeat("one million two hundred thousand three hundred and five "),
    "officers": lambda size: "".join(
        f"General {a}{b}{c}aov shelled Kharkiv. " for a in "BDFGKLMNPRSTVZ" for b in "aeiou" for c in "bdfgklmnprstvz"
    )[:size],
    "semicolons": _repeat("the navy said 23 were held; the ministry said 24; "),
}


def timed(data: bytes, model: str) -> float:
    """Seconds of the processor that coding a text takes. Runs in the child."""
    import standoff

    document = Document("growth", data.decode(), "0")
    begun = process_time()
    standoff.extract(document, model=model)
    return process_time() - begun


def measure(child: Child, make: Callable[[int], str], largest: int) -> tuple[list[float | None], str]:
    """Seconds by size, and why it ended where it did."""
    found: list[float | None] = []
    for thousands in SIZES:
        if thousands > largest:
            break
        text = make(thousands * 1_000)
        document = Document("growth", text, "0")
        try:
            child.call("standoff.coding:_ready", "model", b"", seconds=300, megabytes=4_000, model=MODEL)
            found.append(
                child.call(
                    "growth:timed", "growth", text.encode(),
                    seconds=round(coding.seconds(document)), megabytes=coding.MEGABYTES, model=MODEL,
                )
            )  # fmt: skip
        except InputError as error:
            return found, f"{thousands} kB: {error.why}"
    return found, ""


def exponent(times: list[float | None]) -> float | None:
    """Of size in time, over the sizes at which the time says something."""
    pairs = [(math.log(size), math.log(t)) for size, t in zip(SIZES, times, strict=False) if t and t >= ENOUGH]
    if len(pairs) < 2:
        return None
    (x0, y0), (x1, y1) = pairs[0], pairs[-1]
    return (y1 - y0) / (x1 - x0)


MODEL = Settings().model


def main() -> None:
    """Print a table of times by size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", help="these alone")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="thousands of characters")
    parser.add_argument("--json", action="store_true", help="one object a line")
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(
        (str(Path(__file__).parent.absolute()), *filter(None, [os.environ.get("PYTHONPATH")]))
    )
    children.PATIENCE = 200  # what counts here is the processor's time
    child = Child("standoff.coding", does="code")
    sizes = [size for size in SIZES if size <= given.largest]
    if not given.json:
        print("| shape | " + " | ".join(f"{size} kB" for size in sizes) + " | exponent | |")
        print("| --- |" + " ---: |" * (len(sizes) + 1) + " --- |")
    for name in given.shapes or SHAPES:
        times, why = measure(child, SHAPES[name], given.largest)
        slope = exponent(times)
        if given.json:
            print(json.dumps({"shape": name, "seconds": times, "exponent": slope, "ended": why}))
        else:
            cells = [f"{t:.2f}" if t is not None else "" for t in times] + [""] * (len(sizes) - len(times))
            print(f"| {name} | " + " | ".join(cells) + f" | {'' if slope is None else f'{slope:.1f}'} | {why} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
