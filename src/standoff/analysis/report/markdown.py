"""A report as Markdown: what the words of reports hold is escaped, sources are numbered notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.analysis.report import Block, Note, Paragraph, Picture, Points, Report, Sentence, Table, ranges
from standoff.wording import long_day

_MARKS = re.compile(r"[\\`*_{}\[\]#|~]|(?P<named>[<>]|&(?=#?\w)|(?<=\w):(?=//)|(?<=\bwww)\.)", re.IGNORECASE)
"""What is markup, or what a program makes a link of. Not every one takes a backslash before what is ``named`` here; all
of them read an entity."""
_WEB = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_LEADING = re.compile(r"^(\d*)([-+.)])(?=\s)")


def write(report: Report, picture: str = "") -> str:
    """The report. ``picture`` names the file of each chart, with ``{}`` for its number; without it charts are left out."""
    return "\n".join(_lines(report, picture)).rstrip() + "\n"


def _lines(report: Report, picture: str) -> Iterator[str]:
    numbers = dict(report.numbers)
    drawn = 0
    yield f"# {_escaped(report.title)}\n"
    for section in report.sections:
        yield f"{'#' * section.level} {_escaped(section.title)}\n"
        for block in section.blocks:
            if isinstance(block, Picture):
                drawn += 1
                if picture:
                    yield f"![{_escaped(block.alt)}]({picture.format(drawn)})\n"
                else:
                    yield f"*{_escaped(block.alt)}*\n"
            else:
                yield from _block(block, numbers)
    yield "## How this was made\n"
    yield from (f"- {_escaped(line)}" for line in report.method)
    yield "\n## Sources\n"
    yield from (f"{_note(note)}\n" for note in report.notes)


def _block(block: Block, numbers: dict[str, int]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield " ".join(_sentence(one, numbers) for one in block.sentences) + "\n"
    elif isinstance(block, Points):
        yield from (f"- {_sentence(one, numbers)}" for one in block.items)
        yield ""
    elif isinstance(block, Table):
        yield f"{_escaped(block.caption)}:\n"
        yield "| " + " | ".join(map(_escaped, block.head)) + " |"
        yield "|" + "|".join("--:" if at in block.numbers else "---" for at in range(len(block.head))) + "|"
        for row in block.rows:
            yield "| " + " | ".join(_sentence(cell, numbers) if cell.parts else "–" for cell in row) + " |"
        yield ""


def _sentence(one: Sentence, numbers: dict[str, int]) -> str:
    cites = ranges([numbers[key] for key in one.cites if key in numbers])
    text = _escaped(one.text)
    if not cites:
        return text
    end = "." if text.endswith(".") else ""
    return f"{text.removesuffix('.')} \\[{cites}\\]{end}"


def _note(note: Note) -> str:
    document = note.document
    where = ", ".join(
        part
        for part in (
            document.outlet or document.domain or document.id,
            long_day(document.published) if document.published else "",
            f"characters {note.claim.span.start}–{note.claim.span.end}",
        )
        if part
    )
    url = f" <{document.url}>" if document.url and _WEB.fullmatch(document.url) else ""
    words = " ".join(note.claim.text.split())
    return f"{note.number}\\. {_escaped(note.teller)}, in {_escaped(where)}: “{_escaped(words)}”{url}"


def _escaped(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(_marked, " ".join(text.split())))


def _marked(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};" if found.lastgroup else f"\\{found[0]}"
