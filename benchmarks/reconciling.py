"""How reconciling grows: made-up claims about made-up incidents, from a thousand up, with the exponent printed.

Usage: python benchmarks/reconciling.py [LARGEST]
"""

from __future__ import annotations

import math
import random
import sys
import time
from datetime import date, timedelta

from standoff.model import Claim, Count, CountKind, Document, Mention, Party, Source, Span, Trigger, When, Where
from standoff.reconcile import reconcile

CODES = [a + b + "X" for a in "ABCDEFGHIJ" for b in "KLMNOPQRST"]
START = date(2020, 1, 1)
PER_INCIDENT = 5


def made_up(number: int, seed: int = 1) -> tuple[list[Claim], list[Document]]:
    """Claims in groups of five that tell of one strike; the years grow with the number, as an archive does."""
    chance = random.Random(seed)
    claims, documents = [], []
    days = max(30, number // 40)
    for incident in range(number // PER_INCIDENT):
        day, country = START + timedelta(chance.randrange(days)), chance.choice(CODES)
        town, killed = f"Town{chance.randrange(300)}{country}", chance.randrange(1, 90)
        for teller in range(PER_INCIDENT):
            doc, text = f"d{incident}-{teller}", f"strike in {town} on {day} killed {killed} people, paper {teller}"
            span = Span(0, len(text))
            victim = Mention(Party(country), "people", Span(0, 1))
            says = Source(Mention(Party(chance.choice(CODES)), "army", Span(0, 1)), "said")
            where = Where(town, town, span, country, incident % 80, incident % 170, None, "city")
            told = killed + (teller == 4) * chance.randrange(9)
            count = Count(CountKind.KILLED, told, told, told, "people", str(told), span)
            when = When(day, day, str(day), span)
            claims.append(
                Claim(
                    f"c{doc}", doc, "ASSAULT", Trigger("killed", span), span, text, recipients=(victim,),
                    sources=(says,), counts=(count,), when=when, where=where,
                )
            )  # fmt: skip
            documents.append(Document(doc, text, doc, outlet=f"Paper {teller}", published=day))
    return claims, documents


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    points = []
    number = 1_000
    while number <= largest:
        claims, documents = made_up(number)
        began = time.perf_counter()
        found = reconcile(claims, documents)
        took = time.perf_counter() - began
        points.append((math.log(number), math.log(took)))
        print(
            f"{number:>8,} claims  {took:8.2f} s  {len(found.incidents):>7,} incidents  {len(found.disputes):>6,} disputes"
        )
        number = number * 3 if str(number)[0] == "1" else number // 3 * 10
    mean_x, mean_y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    print(f"time grows as the number of claims to the power {slope:.2f}")


if __name__ == "__main__":
    main()
