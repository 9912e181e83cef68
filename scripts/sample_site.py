"""Pages on this machine to follow the tutorial with: the sample reports as an outlet would publish them, and three more.

    python scripts/sample_site.py [PORT]

Two pages are reprints, one is in German, one came out later, one is gone. All were written for this, on events whose facts are
public.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from standoff import demo

PORT = 8765
LATER = (
    "Armenia and Azerbaijan exchange prisoners",
    "Demo courier",
    "2020-12-14",
    "en",
    "Armenia and Azerbaijan exchanged prisoners on Monday by way of Russia. Armenia said that 44 of its prisoners had returned to "
    "Yerevan.\n\nAzerbaijan said that twelve of its citizens had been released.",
)
GERMAN = (
    "Treffen in Genf",
    "Demo Blatt",
    "2020-10-30",
    "de",
    "Die Außenminister von Armenien und Aserbaidschan trafen sich am Freitag in Genf mit den Vermittlern aus Frankreich, Russland "
    "und den Vereinigten Staaten. Sie sprachen über den Austausch von Gefangenen und über den Schutz der Zivilbevölkerung, ohne "
    "sich auf eine Waffenruhe zu einigen. Nach dem Treffen sagten Diplomaten, die Gespräche würden fortgesetzt.",
)


def pages() -> dict[str, bytes | None]:
    """The body of each address; None where the page is gone."""
    held = [(d.title or d.id, d.outlet or "", str(d.published), "en", d.text) for d in demo.documents()]
    told = (*held, LATER, GERMAN)
    found: dict[str, bytes | None] = {f"/{number}.html": page(*one) for number, one in enumerate(told, 1)}
    return {**found, f"/{len(told) + 1}.html": None}


def page(title: str, outlet: str, published: str, language: str, text: str) -> bytes:
    """A report as a page of an outlet, with what stands around one."""
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": published,
        "publisher": {"@type": "Organization", "name": outlet},
    }
    body = text.removeprefix(title).strip()
    paragraphs = "".join(f"<p>{escape(part.strip())}</p>" for part in body.split("\n") if part.strip())
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:site_name" content="{escape(outlet)}">'
        f'<script type="application/ld+json">{json.dumps(about)}</script></head><body>'
        f'<nav><a href="/">Home</a> <a href="/world">World</a></nav><main><article><h1>{escape(title)}</h1>{paragraphs}'
        "</article></main><footer>All rights reserved. Contact. Imprint.</footer></body></html>"
    ).encode()


def links(base: str) -> str:
    """A list of the addresses, as a spreadsheet saves it."""
    return "url\n" + "".join(f"{base}{path}\n" for path in pages())


@contextmanager
def served(port: int = 0) -> Iterator[str]:
    """The pages on loopback while this lasts; where they are."""
    held = pages()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = held.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def main() -> None:
    with served(int(sys.argv[1]) if len(sys.argv) > 1 else PORT) as base:
        Path("links.csv").write_text(links(base), encoding="utf-8")
        print(f"{len(pages())} pages under {base}/, their addresses in links.csv; stop with Ctrl-C")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
