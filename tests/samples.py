"""One small input of each further kind, to be broken by tests of what is hostile."""

from __future__ import annotations

import json

import brotli
import zstandard

import inputs
from drawn import at, lines, pdf
from test_ingest_mail import FORWARDS, IN_ORDER, OFFICE, REPLIES, SEVERAL, mail, office, saved

_EXPORT = {"event_id_cnty": "A1", "event_date": "2026-03-10", "notes": inputs.PARAGRAPHS[0], "source": "Wire"}
_COLUMNS = "".join(at(x, 700 - 14 * n, "words of one column here") for n in range(6) for x in (60, 320))
_LIVE = "".join(f"<div class='post'><time datetime='2026-03-1{n}'>x</time><p>{line}</p></div>" for n, line in enumerate(inputs.PARAGRAPHS))  # fmt: skip

MORE: tuple[bytes, ...] = (
    *IN_ORDER,
    *SEVERAL.values(),
    *(mail(body, "Re: x") for body in (*REPLIES.values(), *FORWARDS.values())),
    saved(""),
    *(office(kind, body) for kind, body, _, _ in OFFICE.values()),
    pdf(_COLUMNS + at(60, 100, "14") + at(76, 104, "3", 7), lines(*inputs.PARAGRAPHS)),
    inputs.warc_record(brotli.compress(inputs.page()), encoding="br"),
    inputs.warc_record(zstandard.ZstdCompressor().compress(inputs.page()), encoding="zstd"),
    zstandard.ZstdCompressor().compress(inputs.warc()),
    ("sep=;\r\n" + ";".join(_EXPORT) + "\r\n" + ";".join(_EXPORT.values()) + "\r\n").encode("cp1252"),
    json.dumps({"data": [_EXPORT]}, indent=1).encode(),
    json.dumps(_EXPORT, indent=1).encode(),
    inputs.page(f"<main class='live-blog'>{_LIVE}</main><blockquote class='twitter-tweet'><p>x</p>- A (@b) May 8, 2025</blockquote><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"),
    f"{inputs.PARAGRAPHS[0]}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
    inputs.rss().decode().encode("utf-16"),
)  # fmt: skip
"""Mails, documents, drawn pages, packed archives, exports."""
