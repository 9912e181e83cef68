"""Fuzz one ingester with atheris (coverage-guided), from good inputs on.

    pip install atheris
    python benchmarks/fuzz.py html -max_total_time=600

What an ingester makes of any bytes is documents, or reasons in one line; everything else is a fault, and is shown with the
bytes that bring it about. What runs in the child otherwise is called here directly, so that its coverage is seen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

with atheris.instrument_imports(include=["standoff.ingest"]):
    import inputs
    import made_mail
    import made_pages
    import made_tables
    import made_text
    from standoff.errors import InputError
    from standoff.ingest import (
        article,
        child,
        feed,
        html,
        mail,
        mhtml,
        office,
        pdf,
        quoted,
        table,
        telegram,
        text,
        warc,
    )
    from standoff.ingest.capture import Capture, Ingester, Options, now


def made(cases: object, *starts: str) -> list[bytes]:
    """The files of the tests' cases whose names begin so."""
    return [
        content if isinstance(content, bytes) else content.encode()
        for case in cases.all  # type: ignore[attr-defined]
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
    "feed": (
        feed.Feed(),
        [inputs.rss(), inputs.atom(), inputs.json_feed(), inputs.sitemap(), *made(made_text.cases, "feed")],
    ),
    "jsonl": (table.JsonLines(), [inputs.jsonl(), *made(made_tables.cases, "json")]),
    "csv": (table.Csv(), [inputs.csv(), *made(made_tables.cases, "table", "csv")]),
    "list": (table.Addresses(), [inputs.URL.encode()]),
    "warc": (warc.Warc(), [inputs.warc(), inputs.warc_gz(), *made(made_tables.cases, "warc", "wet")]),
    "wacz": (warc.Wacz(), [inputs.wacz()]),
    "office": (office.Office(), made(made_tables.cases, "docx", "odt")),
}


class Here(child.Child):
    """The child's work in this process."""

    def call(
        self, function: str, name: str, data: bytes, *, seconds: float, megabytes: int, **arguments: object
    ) -> object:
        work: dict[str, Callable[..., object]] = {
            "standoff.ingest.article:read": article.read,
            "standoff.ingest.pdf:pages": pdf.pages,
            "standoff.ingest.feed:entries": feed.entries,
            "standoff.ingest.text:plain": text.plain,
            "standoff.ingest.quoted:html": quoted.html,
            "standoff.ingest.telegram:messages": telegram.messages,
            "standoff.ingest.office:docx": office.docx,
            "standoff.ingest.office:odt": office.odt,
        }
        try:
            return work[function](data, **arguments)
        except InputError as error:
            raise InputError(name, error.why, error.mend) from None
        except Exception as error:  # as the child answers
            raise InputError(name, f"cannot be read ({type(error).__name__})", "") from None


def main() -> None:
    ingester, seeds = SEEDS[sys.argv.pop(1)]
    child.shared = Here()
    options = Options()

    def one(data: bytes) -> None:
        capture = Capture("x", "x", data, now())
        ingester.recognises(capture)
        try:
            for found in ingester.read(capture, options):
                str(found)
        except InputError as error:
            if "\n" in str(error):
                raise RuntimeError("a reason of several lines") from error

    corpus = Path(sys.argv[0]).with_name(f".corpus-{ingester.kind}")
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    atheris.Setup([*sys.argv, "-rss_limit_mb=4096", "-timeout=30", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
