"""Draw the README's picture, the demo's disputes as they look on a terminal: ``demo_picture.py docs/demo.svg``."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

import standoff
from standoff import demo
from standoff.model import DisputeKind
from standoff.render import Renderer

SHOWN = (DisputeKind.COUNT, DisputeKind.OCCURRENCE, DisputeKind.RESPONSIBILITY, DisputeKind.READOUT)

# As rich's own, without the web font that it would fetch.
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px;
line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
<rect fill="#191919" width="100%" height="100%" rx="8" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def draw(target: Path) -> None:
    documents = list(demo.documents())
    claims = [claim for document in documents for claim in standoff.extract(document)]
    found = standoff.reconcile(claims, documents).disputes
    screen = Console(file=io.StringIO(), record=True, width=100, force_terminal=True, color_system="truecolor")
    page = Renderer(screen, claims, documents)
    # One of each kind that the samples have, the gravest of its kind.
    page.disputes([one for kind in SHOWN if (one := next((d for d in found if d.kind is kind), None))][:3])
    picture = screen.export_svg(theme=DIMMED_MONOKAI, code_format=SVG, unique_id="demo")
    target.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
