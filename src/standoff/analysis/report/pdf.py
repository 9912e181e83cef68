"""A report as PDF, to print and to pass on: headings as bookmarks, charts with a description, numbers that lead to their notes.

Set in DejaVu, which comes along with matplotlib and has the letters of European languages, Cyrillic and Greek; others show as
empty boxes, and are whole in the HTML.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from standoff.analysis import needed
from standoff.analysis.report import Block, Note, Paragraph, Part, Picture, Points, Report, Sentence, Table, ranges
from standoff.wording import clip, long_day

_BODY, _SMALL, _LINE = 10, 8, 5.0
_CELL = 700
"""Letters of a cell at most: a row has to fit on a page."""


def write(report: Report) -> bytes:
    """The report; the same one gives the same bytes.

    Raises:
        SettingsError: fpdf2 or matplotlib is not installed.
    """
    fpdf = needed("fpdf")
    fonts = Path(needed("matplotlib").get_data_path()) / "fonts" / "ttf"
    pdf = fpdf.FPDF(format="A4")
    pdf.set_creation_date(datetime.combine(report.until, time(), UTC))
    pdf.set_title(report.title)
    pdf.set_lang("en")
    for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold"), ("I", "DejaVuSans-Oblique")):
        pdf.add_font("DejaVu", style, str(fonts / f"{name}.ttf"))
    pdf.set_margins(20, 18)
    pdf.set_auto_page_break(True, 18)
    pdf.add_page()
    _Writer(pdf, report).all()
    return bytes(pdf.output())


class _Writer:
    def __init__(self, pdf: Any, report: Report) -> None:
        self._pdf = pdf
        self._report = report
        self._numbers = dict(report.numbers)
        self._links = {note.number: pdf.add_link() for note in report.notes}

    def all(self) -> None:
        self._heading(self._report.title, 1)
        for section in self._report.sections:
            self._heading(section.title, section.level)
            for block in section.blocks:
                self._block(block)
        self._heading("How this was made", 2)
        for line in self._report.method:
            self._point(Sentence(()), line)
        self._heading("Sources", 2)
        for note in self._report.notes:
            self._note(note)

    def _heading(self, text: str, level: int) -> None:
        pdf = self._pdf
        size = {1: 16, 2: 13, 3: 11}[level]
        if pdf.will_page_break(size + 18):
            pdf.add_page()
        pdf.ln(0 if level == 1 else 4 if level == 2 else 2)
        pdf.start_section(text, level=level - 1)
        pdf.set_font("DejaVu", "B", size)
        pdf.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.5)

    def _block(self, block: Block) -> None:
        pdf = self._pdf
        if isinstance(block, Paragraph):
            pdf.set_font("DejaVu", "", _BODY)
            for at, one in enumerate(block.sentences):
                self._sentence(one, " " if at else "")
            pdf.ln(_LINE + 2)
        elif isinstance(block, Points):
            for one in block.items:
                self._point(one)
            pdf.ln(1.5)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            pdf.image(io.BytesIO(block.png), w=pdf.epw, alt_text=block.alt)
            pdf.set_font("DejaVu", "I", _SMALL)
            pdf.multi_cell(0, 4, block.alt, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(2)

    def _point(self, one: Sentence, text: str = "") -> None:
        pdf = self._pdf
        pdf.set_font("DejaVu", "", _BODY)
        left = pdf.l_margin
        pdf.set_x(left)
        pdf.write(_LINE, "\N{BULLET}")
        pdf.set_left_margin(left + 4)
        pdf.set_x(left + 4)
        self._sentence(Sentence((Part(text),)) if text else one)
        pdf.set_left_margin(left)
        pdf.ln(_LINE + 0.8)

    def _sentence(self, one: Sentence, before: str = "") -> None:
        """Pieces begin with their space: a line can then be broken before each, and only there."""
        pdf = self._pdf
        cited = sorted(self._numbers[key] for key in one.cites if key in self._numbers)
        pdf.write(_LINE, before + (one.text.removesuffix(".") if cited else one.text))
        if not cited:
            return
        pdf.set_font("DejaVu", "", _SMALL)
        pdf.set_text_color(11, 79, 138)
        end = "]." if one.text.endswith(".") else "]"
        for at, number in enumerate(cited):
            text = f" {'[' if at == 0 else ''}{number}{',' if at < len(cited) - 1 else end}"
            pdf.write(_LINE, text, self._links[number])
        pdf.set_text_color(0)
        pdf.set_font("DejaVu", "", _BODY)

    def _table(self, block: Table) -> None:
        pdf = self._pdf
        fpdf = needed("fpdf")
        pdf.set_font("DejaVu", "B", _SMALL + 1)
        pdf.multi_cell(0, 5, block.caption, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("DejaVu", "", _SMALL)
        align = tuple("RIGHT" if at in block.numbers else "LEFT" for at in range(len(block.head)))
        widths = tuple(_width(block, at) for at in range(len(block.head)))
        bold = fpdf.fonts.FontFace(emphasis="BOLD", fill_color=(242, 242, 242))
        pdf.set_draw_color(190)
        with pdf.table(
            text_align=align,
            col_widths=widths,
            line_height=4,
            headings_style=bold,
            padding=1,
            borders_layout="HORIZONTAL_LINES",
        ) as table:
            for texts in (block.head, *([self._cell(cell) for cell in row] for row in block.rows)):
                row = table.row()
                for text in texts:
                    row.cell(text)
        pdf.ln(3)

    def _cell(self, one: Sentence) -> str:
        cites = ranges([self._numbers[key] for key in one.cites if key in self._numbers])
        text = clip(one.text, _CELL) or "–"
        return f"{text} [{cites}]" if cites else text

    def _note(self, note: Note) -> None:
        pdf = self._pdf
        if pdf.will_page_break(9):
            pdf.add_page()
        pdf.set_link(self._links[note.number], y=pdf.get_y(), page=pdf.page)
        document, claim = note.document, note.claim
        where = ", ".join(
            part
            for part in (
                document.outlet or document.domain or document.id,
                long_day(document.published) if document.published else "",
                f"characters {claim.span.start}\N{EN DASH}{claim.span.end}",
            )
            if part
        )
        pdf.set_font("DejaVu", "", _SMALL)
        words = " ".join(claim.text.split())
        url = f" {document.url}" if document.url else ""
        text = f"{note.number}. {note.teller}, in {where}: \N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}{url}"
        pdf.multi_cell(0, 4, text, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1)


def _width(block: Table, at: int) -> int:
    if at in block.numbers:
        return 2
    longest = max((len(row[at].text) for row in block.rows), default=0)
    return 3 if longest <= 14 else 6
