"""What the fuzzers begin from: each ingester with good inputs of the tests, and the work of its child done in this process."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import inputs
import made_fifth
import made_mail
import made_pages
import made_seventh
import made_sixth
import made_tables
import made_text
from made import Cases
from standoff.errors import InputError
from standoff.ingest import (
    account,
    address_list,
    article,
    chat,
    chatlog,
    child,
    clippings,
    eventmap,
    feed,
    html,
    json_lines,
    mail,
    mhtml,
    office,
    packed,
    pdf,
    quoted,
    references,
    several,
    slack,
    subtitles,
    table,
    telegram,
    text,
    warc,
    wire,
    workbook,
)
from standoff.ingest.capture import Ingester


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
    "feed": (
        feed.Feed(),
        [inputs.rss(), inputs.atom(), inputs.json_feed(), inputs.sitemap(), *made(made_text.cases, "feed")],
    ),
    "jsonl": (json_lines.JsonLines(), [inputs.jsonl(), *made(made_tables.cases, "json")]),
    "csv": (table.Csv(), [inputs.csv(), *made(made_tables.cases, "table", "csv")]),
    "list": (address_list.Addresses(), [inputs.URL.encode()]),
    "warc": (warc.Warc(), [inputs.warc(), inputs.warc_gz(), *made(made_tables.cases, "warc", "wet")]),
    "wacz": (warc.Wacz(), [inputs.wacz()]),
    "xlsx": (workbook.Workbook(), [inputs.workbook()]),
    "account": (account.Account(), made(made_fifth.cases, "archive of")),
    "clippings": (clippings.Clippings(), made(made_sixth.cases, "LexisNexis", "Factiva", "ProQuest")),
    "chat": (chat.Chat(), made(made_sixth.cases, "chat of WhatsApp")),
    "subtitles": (subtitles.Subtitles(), made(made_sixth.cases, "subtitles")),
    "ris": (references.References(), made(made_sixth.cases, "list of references, RIS")),
    "slack": (slack.Slack(), made(made_seventh.cases, "workspace of Slack")),
    "chatlog": (
        chatlog.ChatLog(),
        made(made_seventh.cases, "channel of Discord as", "channel of Discord with", "chat of Signal"),
    ),
    "wire": (wire.Wire(), made(made_seventh.cases, "bulletin")),
    "several": (several.Several(), made(made_seventh.cases, "texts ")),
    "eventmap": (eventmap.EventMap(), made(made_seventh.cases, "page of a map")),
    "zip": (packed.Zip(), inputs.zips()),
    "tar": (packed.Tar(), inputs.tars()),
    "office": (office.Office(), made(made_tables.cases, "docx", "odt")),
}


_HERE: dict[str, Callable[..., object]] = {
    "standoff.ingest.article:read": article.read,
    "standoff.ingest.pdf:pages": pdf.pages,
    "standoff.ingest.clippings:words_of": clippings.words_of,
    "standoff.ingest.feed:entries": feed.entries,
    "standoff.ingest.text:plain": text.plain,
    "standoff.ingest.quoted:html": quoted.html,
    "standoff.ingest.telegram:messages": telegram.messages,
    "standoff.ingest.eventmap:events": eventmap.events,
    "standoff.ingest.office:docx": office.docx,
    "standoff.ingest.office:odt": office.odt,
    "standoff.ingest.workbook:sheets": workbook.sheets,
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
