"""How quickly the pages of a large store come: the table of claims by several filters, its later pages, and incidents.

    python benchmarks/pages.py [CLAIMS [STORE]]

The time is the server's own, from the request to the whole answer, without a network: by the clock, and of its processor, which
says the same on a machine that is busy with other work. The median of 15 requests each, after one that is not counted: facets
are kept until the store changes, and the first request of a filter draws them ("cold"). "After a change" is the first page when
a report has come that nobody has seen. A STORE is filled where it is not there yet, and kept.
"""

from __future__ import annotations

import csv
import hashlib
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import standoff
from browser import browsing, chromium, served
from standoff.model import Claim, Count, CountKind, Document, Mention, Party, Source, Span, Trigger, When, Where
from standoff.store import Store
from standoff.store.browse import Wanted
from standoff.web.app import create_app

STATES = (
    ("India", "IND"),
    ("Pakistan", "PAK"),
    ("Ukraine", "UKR"),
    ("Russia", "RUS"),
    ("Israel", "ISR"),
    ("Syria", "SYR"),
)
PATHS = {
    "claims, all": "/claims",
    "claims, one type": "/claims?event=ASSAULT",
    "claims, actor and source": "/claims?actor=IND&source=PAK",
    "claims, a rare word": "/claims?words=%22town+77%22",
    "claims, least sure first": "/claims?order=unsure",
    "incidents": "/incidents",
    "disputes": "/disputes",
    "overview": "/",
    "figures": "/figures",
    "search, a word": "/search?words=shelling",
    "map": "/map",
    "series for the charts": "/series.json",
    "claims, for programs": "/api/v1/claims?limit=50",
}
PER_REPORT = 10
TIMES = 15


def report(number: int, chance: random.Random) -> tuple[Document, list[Claim]]:
    """A report of ten sentences, and the claim that each makes."""
    day = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
    doc, lines, claims, at = f"r{number:06d}", [], [], 0
    for ordinal in range(PER_REPORT):
        (teller, said), (doer, did) = chance.sample(STATES, 2)
        killed, town = chance.randrange(1, 50), f"town {chance.randrange(400)}"
        line = f"{teller} said on Tuesday that shelling by {doer} had killed {killed} people near {town}."

        def span(words: str, line: str = line, at: int = at) -> Span:
            start = at + line.index(words)
            return Span(start, start + len(words))

        claims.append(
            Claim(
                id=f"{doc}-{ordinal}",
                doc=doc,
                event=chance.choice(("ASSAULT", "ASSAULT", "ACCUSE", "THREATEN", "COERCE")),
                trigger=Trigger("shelling", span("shelling")),
                span=Span(at, at + len(line)),
                text=line,
                actors=(Mention(Party(did, ("MIL",), doer), doer, span(doer)),),
                sources=(Source(Mention(Party(said, ("GOV",), teller), teller, span(teller)), "said", span("said")),),
                counts=(Count(CountKind.KILLED, killed, killed, killed, "people", str(killed), span(str(killed))),),
                when=When(day, day, "Tuesday", span("Tuesday")),
                where=Where(town, town, span(town), did, chance.uniform(10, 50), chance.uniform(10, 80), None, "city"),
                confidence=round(chance.random(), 2),
            )
        )
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    outlet = chance.choice(("Wire", "Gazette", "Courier", "Monitor"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(doc, text, digest, f"Report {number}", outlet, None, day), claims


def measure(client: TestClient, path: str, times: int = TIMES) -> tuple[float, float, float, float]:
    """Milliseconds of the first request, and the median of those after: by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(times + 1):
        began, worked = time.perf_counter(), time.process_time()
        assert client.get(path).status_code == 200, path
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - worked))
    return clock[0], statistics.median(clock[1:]), processor[0], statistics.median(processor[1:])


def fill(store: Store, claims: int) -> None:
    chance = random.Random(1)
    for number in range(claims // PER_REPORT):
        store.add(*report(number, chance))
    store.save(standoff.reconcile(store.claims(), store.documents()))


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "large.db"
        known = path.exists()
        with standoff.open_store(path) as store:
            if not known:
                fill(store, claims)
            run(store, claims)


def run(store: Store, claims: int) -> None:
    """Ask for every page of a store, and drive a browser through it."""
    totals = store.browse.totals()
    print(f"{totals['claims']:,} claims, {totals['incidents']:,} incidents, {totals['disputes']:,} disputes")
    client = TestClient(create_app(store), base_url="http://127.0.0.1")
    client.get("/sign-in")
    paths = dict(PATHS)
    mark = None
    for _ in range(claims // 100):  # of 50 each
        mark = store.browse.claims(Wanted(), after=mark).after
    paths["claims, half way"] = f"/claims?after={mark}"
    paths["an incident"] = f"/incidents/{store.browse.incidents(disputed=True).rows[0].id}"
    print(f"{'page':<28}{'cold':>8}{'median':>8}{'cold':>16}{'median':>8}  ms by the clock, and of the processor")
    for name, path in paths.items():
        found = measure(client, path)
        print(f"{name:<28}{found[0]:>8.0f}{found[1]:>8.0f}{found[2]:>16.0f}{found[3]:>8.0f}", flush=True)
    store.add(*report(claims, random.Random(2)))
    first = measure(client, "/", 1)
    print(f"{'overview, after a change':<28}{first[0]:>8.0f}{'':>8}{first[2]:>16.0f}", flush=True)
    if chromium():
        print(f"driven through the table in a browser: {drive(store):,} claims taken along")


def drive(store: Store) -> int:
    """What an analyst does with the table, in a browser; how many claims the download holds."""
    with served(store) as base, browsing(viewport={"width": 1440, "height": 900}, accept_downloads=True) as context:
        page = context.new_page()
        page.goto(base + "/claims")
        page.get_by_role("link", name="attack").first.click()
        page.wait_for_url("**event=ASSAULT**")
        left = int(page.locator("h1 small").inner_text().replace(",", ""))
        assert left == store.browse.count(Wanted(event=("ASSAULT",)))
        page.get_by_label("Words", exact=True).fill('"town 77"')
        page.get_by_label("Order").select_option("unsure")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**order=unsure**")
        few = int(page.locator("h1 small").inner_text().replace(",", ""))
        assert 0 < few < left
        seen = page.locator("table.claimtable tbody tr").count()
        while page.get_by_role("link", name="Next page").count():
            page.get_by_role("link", name="Next page").click()
            page.wait_for_load_state()
            seen += page.locator("table.claimtable tbody tr").count()
        assert seen == few
        page.goto(base + "/claims")
        with page.expect_download() as taking:
            page.get_by_role("link", name="CSV").click()
        with Path(taking.value.path()).open(encoding="utf-8", newline="") as lines:
            return sum(1 for _ in csv.reader(lines)) - 1


if __name__ == "__main__":
    main()
