"""Ask a real endpoint about one sentence: do it and standoff understand each other?

    python scripts/check_model.py http://127.0.0.1:8399/v1
    python scripts/check_model.py https://llm.example.org/v1 --model big-model --key EXAMPLE_KEY

Ends with 0 where the endpoint answered, its answer was read as a record, and every value that was kept stands in the report.
How well the model reads is another question: ``standoff evaluate GOLD --reader NAME``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import date

from standoff.errors import StandoffError
from standoff.model import Claim, Document
from standoff.readers.named import reader
from standoff.settings import Settings

REPORT = (
    "Mali's army said on Tuesday that its drones had killed at least 12 rebels near Kidal. The rebels denied any loss."
)


def carried(claim: Claim, text: str) -> bool:
    """Whether every value of a claim stands at its place in the text."""
    held = [(claim.span, claim.text), (claim.trigger.span, claim.trigger.text)]
    held += [
        (one.span, one.text)
        for one in (*claim.actors, *claim.recipients, *(s.mention for s in claim.sources), *claim.counts)
    ]
    return all(span.of(text) == words for span, words in held)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--model", default="local")
    parser.add_argument("--key", default="", help="the environment variable that holds the key")
    parser.add_argument("--seconds", type=int, default=1800, help="that an answer may take; a busy machine is slow")
    parser.add_argument(
        "--answer", type=int, default=600, help="tokens that an answer may take; a model that cannot read ends nowhere"
    )
    given = parser.parse_args()
    held = {
        "address": given.address,
        "model": given.model,
        "seconds": given.seconds,
        "answer": given.answer,
        "tries": 10,
    }
    settings = Settings(
        reader="checked",
        readers={"checked": {**held, **({"key": given.key} if given.key else {})}},  # type: ignore[dict-item]
        answers="",
        fetch_log="",
    )
    document = Document(
        "check", REPORT, hashlib.sha256(REPORT.encode()).hexdigest(), published=date(2026, 3, 10), language="en"
    )
    try:
        asked = reader("checked", settings)
        asked.client.tell = print
        found = asked.read(document)
    except StandoffError as error:
        print(f"not understood: {error}")
        return 1
    print(f"{asked.meter.told()}; {len(found.claims)} claims, {len(found.dropped)} values not taken")
    for claim in found.claims:
        print(f"  {claim.event}: {claim.text}")
    for drop in found.dropped[:10]:
        print(f"  not taken: {drop.what}: {drop.why}: {drop.words}")
    return 0 if all(carried(claim, REPORT) for claim in found.claims) else 1


if __name__ == "__main__":
    sys.exit(main())
