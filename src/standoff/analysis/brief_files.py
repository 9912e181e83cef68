"""The brief as something to paste and to send: Markdown, PDF and DOCX, all from one list of headings and lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from standoff.analysis import needed
from standoff.analysis.brief import Brief, Copies, Side, Step, day_of
from standoff.analysis.report.markdown import _escaped as escaped
from standoff.model import Document
from standoff.printable import many
from standoff.wording import listed

SOURCES = 12
"""Outlets that are named; the rest are counted."""

MACHINE = "A program read these reports and can be wrong: look at the words in the report before you use any of this."


def write(brief: Brief, kind: str) -> bytes:
    """The brief as ``md``, ``pdf`` or ``docx``.

    Raises:
        SettingsError: what writes that kind is not installed.
    """
    return {"md": _markdown, "pdf": _pdf, "docx": _docx}[kind](brief)


def title(brief: Brief) -> str:
    """What a brief is called."""
    return brief.title


def sections(brief: Brief) -> list[tuple[str, list[str]]]:
    """Headings with their lines, in the order of a brief; a heading without lines is left out."""
    parts = ("told", "disputed", "unsure", "moved", "agreed", "unknown", "copies", "")
    found = [
        (
            "What happened, but uncertain" if brief.faintly_told else "What happened",
            [f"{one.title}. {one.says}".strip() for one in brief.told],
        ),
        ("Disputed", [_parted(one.question, [(s.name, _sourced(s)) for s in one.sides]) for one in brief.disputed]),
        (
            "Disputed, but uncertain",
            [_parted(one.question, [(s.name, _sourced(s)) for s in one.sides]) for one in brief.unsure],
        ),
        ("How figures moved", [_moved(one.question, one.accounts) for one in brief.moved]),
        ("Agreed", [f"{one.question} {one.value} ({listed(one.names[:6])})." for one in brief.agreed]),
        ("Not known", [f"{text}." if not text.endswith("?") else text for text, _ in brief.unknown]),
        ("Who copies whom", [_copied(one) for one in brief.copies]),
        ("Sources", [_sources(brief), MACHINE]),
    ]
    for part, (_, lines) in zip(parts, found, strict=True):
        left = brief.left.get(part, 0)
        if lines and left:
            lines.append(f"And {left} more.")
        if part == "disputed" and (faint := brief.left.get("unsure", 0)):
            beside = " more" if lines else ""
            lines.append(f"{many(faint, f'{beside} dispute'.strip())} that the program is not sure of.")
    return [(heading, lines) for heading, lines in found if lines]


def _parted(question: str, sides: list[tuple[str, str]]) -> str:
    told = "; ".join(f"{name}: {value}" for name, value in sides)
    return f"{question} {told}" if told.endswith("…") else f"{question} {told}."


def _sourced(side: Side) -> str:
    """What a side holds, and where and when it was told."""
    return f"{side.value} ({side.source})" if side.source else side.value


def _moved(question: str, accounts: Sequence[tuple[str, Sequence[Step]]]) -> str:
    told = []
    for name, steps in accounts:
        told.append(f"{name}: {', then '.join(f'{s.value} ({day_of(s.day)})' if s.day else s.value for s in steps)}")
    return f"{question} {'; '.join(told)}."


def _copied(one: Copies) -> str:
    day = day_of(one.first.published)
    of_day = f" of {day}" if day else ""
    if not one.led:
        return f"{listed([_outlet(d) for d in (one.first, *one.others)])}{of_day} have the same words."
    return f"{_outlet(one.first)}{of_day} is repeated by {listed([_outlet(d) for d in one.others])}."


def _outlet(document: Document) -> str:
    return document.outlet or document.domain or document.id


def _sources(brief: Brief) -> str:
    named = [f"{name} ({n})" if n > 1 else name for name, n in brief.outlets[:SOURCES]]
    rest = len(brief.outlets) - SOURCES
    if rest > 0:
        named.append(f"{rest} more")
    return f"{brief.whence}{f': {listed(named)}' if named else ''}."


def _markdown(brief: Brief) -> bytes:
    lines = [f"# {escaped(title(brief))}"]
    for heading, held in sections(brief):
        lines += ["", f"## {heading}", "", *(f"- {escaped(one)}" for one in held)]
    return ("\n".join(lines) + "\n").encode()


def _pdf(brief: Brief) -> bytes:
    fpdf = needed("fpdf")
    fonts = Path(needed("matplotlib").get_data_path()) / "fonts" / "ttf"
    pdf = fpdf.FPDF(format="A4")
    if brief.until:
        pdf.set_creation_date(datetime.combine(brief.until, time(), UTC))
    pdf.set_title(title(brief))
    pdf.set_lang("en")
    for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold")):
        pdf.add_font("DejaVu", style, str(fonts / f"{name}.ttf"))
    pdf.set_margins(18, 14)
    pdf.set_auto_page_break(True, 12)
    pdf.add_page()
    pdf.set_font("DejaVu", "B", 14)
    pdf.multi_cell(0, 7, title(brief), new_x="LMARGIN", new_y="NEXT")
    for heading, lines in sections(brief):
        pdf.ln(1.5)
        pdf.set_font("DejaVu", "B", 10)
        pdf.multi_cell(0, 5, heading, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("DejaVu", "", 8.5)
        for line in lines:
            pdf.set_x(pdf.l_margin)
            pdf.cell(4, 4.2, "\N{BULLET}")
            pdf.multi_cell(0, 4.2, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _docx(brief: Brief) -> bytes:
    docx = needed("docx")
    made = docx.Document()
    for section in made.sections:
        section.left_margin = section.right_margin = docx.shared.Cm(2)
        section.top_margin = section.bottom_margin = docx.shared.Cm(1.5)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", docx.shared.Pt(10)
    normal.paragraph_format.space_after = docx.shared.Pt(2)
    made.core_properties.title = title(brief)
    day = datetime.combine(brief.until, time(), UTC) if brief.until else datetime(1970, 1, 1, tzinfo=UTC)
    made.core_properties.created = made.core_properties.modified = day
    made.add_heading(title(brief), 1)
    for heading, lines in sections(brief):
        made.add_heading(heading, 2)
        for line in lines:
            made.add_paragraph("".join(c for c in line if c.isprintable()), style="List Bullet")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
