"""Pictures of the pages that the docs show, of a crisis whose truth is known: wide in light and dark, and narrow.

    python scripts/page_pictures.py docs/pages [PAGE…]

Needs a Chromium, as Debian has it. Nothing is read for it, so that pictures change only with the pages.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import known_crises
import standoff
from browser import browsing, served
from standoff.web.guard import Access

ROOT = Path(__file__).parents[1]
DRAWN = {"told": "#tension svg", "series": "#came svg", "map": "#map[data-ready]"}
"""What has to be there before the picture is taken."""
LOOKS = (("wide", 1440, "light"), ("dark", 1440, "dark"), ("narrow", 390, "light"))


def main(folder: Path, chosen: Sequence[str] = ()) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _shown()
    with tempfile.TemporaryDirectory() as scratch, standoff.open_store(Path(scratch) / "crisis.db") as store:
        # Claims and questions are those of the archive's truth: pictures change only with the pages.
        known_crises.fill(store, "kandahar-december-1999")
        pages = {
            "first": "/",
            "figures": "/figures",
            "told": "/told",
            "incident": "/incidents/h3",
            "disputes": "/disputes",
            "claims": "/claims?event=ASSAULT",
            "reader": "/reports/k09",
            "review": "/review",
            "party": "/parties/IND",
            "map": "/map",
            "series": "/series",
            "situation": "/report",
            "sources": "/sources",
            "add": "/add",
            "incidents": "/incidents",
            "reports": "/reports",
            "claim": f"/claims/{store.incidents()[0].claims[0]}",
        }
        with served(store, Access(name="reviewer")) as base:
            for look, width, scheme in LOOKS:
                with browsing(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
                    page = context.new_page()
                    for name, path in pages.items():
                        if (name, look) not in wanted or (chosen and name not in chosen):
                            continue
                        page.goto(base + path)
                        if drawn := DRAWN.get(name):
                            page.locator(drawn).wait_for()
                        page.screenshot(path=folder / f"{name}-{look}.jpg", type="jpeg", quality=72)


def _shown() -> set[tuple[str, str]]:
    """Which pictures README and docs show: a page's name, and how it looks."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    names = re.compile(rf"pages/([a-z]+)-({'|'.join(look for look, _, _ in LOOKS)})\.jpg")
    return {(found[1], found[2]) for page in pages for found in names.finditer(page.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
