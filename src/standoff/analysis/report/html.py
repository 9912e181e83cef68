"""A report as HTML: one file that opens anywhere with nothing fetched and prints well, or the body of a page."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from html import escape

from standoff.analysis.report import Block, Note, Paragraph, Picture, Points, Report, Sentence, Table
from standoff.wording import long_day

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 Georgia, "Noto Serif", serif; color: #1a1a1a; background: #fff; max-width: 52rem; margin: 2rem auto; padding: 0 1.2rem; }
h1, h2, h3 { font-family: system-ui, "Segoe UI", "Noto Sans", sans-serif; line-height: 1.25; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 1px solid #ccc; } h3 { font-size: 1.05rem; margin-top: 1.6rem; }
.cites { font: .8em system-ui, sans-serif; white-space: nowrap; } .cites a { color: #0b4f8a; text-decoration: none; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font: .86rem/1.4 system-ui, "Noto Sans", sans-serif; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; } th, td { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; min-width: 5.5rem; }
th { background: #f2f2f2; } td.num, th.num { text-align: right; min-width: 2.5rem; } figure { margin: 1rem 0; } figure img, figure svg { max-width: 100%; height: auto; }
figcaption { font-size: .85rem; color: #444; } .notes { font-size: .88rem; } .notes li { margin-bottom: .4rem; overflow-wrap: anywhere; } .notes li:target { background: #fff3c4; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; } h2, h3 { break-after: avoid; } tr, figure, li { break-inside: avoid; } }
"""
_WEB = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def write(report: Report) -> str:
    """The report as a file of its own, charts within it."""
    return (
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>{_STYLE}</style></head>\n<body>\n<main>\n{body(report)}</main>\n</body></html>\n"
    )


def body(
    report: Report,
    *,
    picture: Callable[[int], str] | None = None,
    source: Callable[[Note], str] | None = None,
    heading: str = "h1",
    folded: bool = False,
) -> str:
    """What stands on the page; ``folded``: the sources and how it was made behind a fold. ``picture`` gives the address of a chart by its number, instead of the chart itself;
    ``source`` that of the words of a note, beside the address of its report on the web."""
    return "".join(f"{line}\n" for line in _lines(report, picture, source, heading, folded))


def _lines(
    report: Report,
    picture: Callable[[int], str] | None,
    source: Callable[[Note], str] | None,
    heading: str,
    folded: bool,
) -> Iterator[str]:
    numbers = dict(report.numbers)
    drawn = 0
    yield f"<{heading}>{escape(report.title)}</{heading}>"
    for section in report.sections:
        yield f"<h{section.level}>{escape(section.title)}</h{section.level}>"
        for block in section.blocks:
            if isinstance(block, Picture):
                drawn += 1
                address = (
                    picture(drawn) if picture else f"data:image/svg+xml;base64,{base64.b64encode(block.svg).decode()}"
                )
                yield f'<figure><img src="{escape(address)}" alt="{escape(block.alt)}"><figcaption>{escape(block.alt)}</figcaption></figure>'
            else:
                yield from _block(block, numbers)
    opens, closes = ("<details><summary>", "</summary>") if folded else ("", "")
    end = "</details>" if folded else ""
    yield f"{opens}<h2>How this was made</h2>{closes}\n<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in report.method)
    yield f'</ul>{end}\n{opens}<h2>Sources</h2>{closes}\n<ol class="notes">'
    yield from (_note(note, source) for note in report.notes)
    yield f"</ol>{end}"


def _block(block: Block, numbers: dict[str, int]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"<p>{' '.join(_sentence(one, numbers) for one in block.sentences)}</p>"
    elif isinstance(block, Points):
        yield "<ul>" + "".join(f"<li>{_sentence(one, numbers)}</li>" for one in block.items) + "</ul>"
    elif isinstance(block, Table):
        head = "".join(
            f'<th scope="col"{_right(block, at)}>{escape(one)}</th>' if one else "<td></td>"
            for at, one in enumerate(block.head)
        )
        yield f'<div class="scroll"><table class="list"><caption>{escape(block.caption)}</caption><thead><tr>{head}</tr></thead><tbody>'
        for row in block.rows:
            first, *rest = row
            cells = "".join(f"<td{_right(block, at)}>{_sentence(one, numbers)}</td>" for at, one in enumerate(rest, 1))
            yield f'<tr><th scope="row">{_sentence(first, numbers)}</th>{cells}</tr>'
        yield "</tbody></table></div>"


def _right(block: Table, at: int) -> str:
    return ' class="num"' if at in block.numbers else ""


def _sentence(one: Sentence, numbers: dict[str, int]) -> str:
    cited = sorted(numbers[key] for key in one.cites if key in numbers)
    links = ", ".join(f'<a href="#n{number}">{number}</a>' for number in cited)
    text = escape(one.text)
    if not text:
        return '<span class="dim untold" role="img" title="not told" aria-label="not told">–</span>'
    if not links:
        return text
    end = "." if text.endswith(".") else ""
    return f'{text.removesuffix(".")} <span class="cites">[{links}]</span>{end}'


def _note(note: Note, source: Callable[[Note], str] | None) -> str:
    document, claim = note.document, note.claim
    where = escape(document.outlet or document.domain or document.id)
    if document.published:
        where += f", {long_day(document.published)}"
    words = f"\N{LEFT DOUBLE QUOTATION MARK}{escape(' '.join(claim.text.split()))}\N{RIGHT DOUBLE QUOTATION MARK}"
    if source is not None:
        words = f'<a href="{escape(source(note))}">{words}</a>'
    url = ""
    if document.url and _WEB.fullmatch(document.url):
        url = f' <a href="{escape(document.url)}" rel="noreferrer">the report</a>'
    place = f"characters {claim.span.start}\N{EN DASH}{claim.span.end}"
    return (
        f'<li id="n{note.number}" value="{note.number}">{escape(note.teller)}, in {where}, {place}: {words}{url}</li>'
    )
