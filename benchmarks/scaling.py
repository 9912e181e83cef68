"""From the rate on this machine to a day of Common Crawl News, and to ten years of it: ``python benchmarks/scaling.py``.

A web archive of generated pages, one in ten about a crisis, is read from its packed bytes to Parquet by one process.
The size of Common Crawl News is that of its whole archive from August 2016 to April 2026 as processed by Lazzaroni, Lasser and
Solovev (arXiv 2605.18337): 1.35 billion articles.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from datetime import date
from pathlib import Path

import stream
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from standoff.runners import Limits, bulk, named
from standoff.runners.work import Job

ARTICLES, DAYS = 1_350_000_000, (date(2026, 4, 30) - date(2016, 8, 26)).days


def page(name: str, day: date, text: str) -> bytes:
    """A page with a story in it and what stands around a story."""
    links = "".join(f'<li><a href="/s/{n}">Another story of the day, number {n}</a></li>' for n in range(40))
    story = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f"<!doctype html><html lang=en><head><title>{name}</title>"
        f'<meta property="article:published_time" content="{day}T08:00:00Z"></head><body><nav><ul>{links}</ul></nav>'
        f"<main><article><h1>{name}</h1>{story}</article></main><aside><ul>{links}</ul></aside>"
        f"<footer><p>All rights reserved. Subscribe to our newsletter.</p></footer></body></html>"
    ).encode()


def archive(path: Path, pages: int) -> int:
    """Write pages; how many words their stories have."""
    words = 0
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for name, day, text in stream.stream(pages):
            words += len(text.split())
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            url = f"https://news.example/{name}"
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(page(name, day, text)), http_headers=head)
            )
    return words


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--cores", type=int, default=64)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.warc.gz"
        words = archive(path, given.pages)
        runner = named("serial", Limits())
        bulk.run([str(path)], Path(folder) / "warm", runner, Job(), reports=100)  # the model is loaded, caches are warm
        began = time.perf_counter()
        done = bulk.run([str(path)], Path(folder) / "out", runner, Job(), reports=100)
        took = time.perf_counter() - began
    rate = given.pages / took
    day = ARTICLES / DAYS
    hours = day / rate / 3600
    print(f"pages of {words / given.pages:.0f} words, of which {done.read} of {given.pages} were parsed")
    print(f"one core        {rate:10,.1f} pages a second")
    print(f"one day         {day:10,.0f} articles, {hours:,.1f} hours of a core")
    print(f"ten years       {3652 * day:13,.0f} articles, {3652 * hours:,.0f} hours of a core")
    print(f"with {given.cores} cores   {3652 * hours / given.cores / 24:10,.1f} days for the ten years")


if __name__ == "__main__":
    main()
