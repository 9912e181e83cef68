"""Live blogs: entries, each of which has its own time. Runs in the child.

Each entry stands below a line with its day, which is what "Monday" in it is reckoned from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from lxml import html

from standoff.ingest import dateline, dates, furniture, scraps

MAX_ENTRIES = 2000
Entry = tuple[str, str, str]
"""When, as the page's machine-readable time has it; the headline; the words."""


def text(tree: html.HtmlElement, schema: Sequence[dict[str, Any]]) -> str | None:
    """The entries of a live blog below their days; None where the page is none."""
    shown = _shown(tree)
    told = _with_shown(tree, _told(schema))
    best = max(
        (shown, told, _below_days(tree) if len(shown) < 2 and len(told) < 2 else []),
        key=lambda entries: sum(len(words) for _, _, words in entries),
    )
    live = any(_is_live(item) for item in schema) or _named_live(tree)
    if len(best) < 2 or not live:
        return None
    parts = []
    for when, head, words in best:
        parts.append("\n\n".join(part for part in (_line(when), head, words) if part))
    return "\n\n".join(parts)


def _is_live(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return "LiveBlogPosting" in (kinds if isinstance(kinds, list) else [kinds])


def _named_live(tree: html.HtmlElement) -> bool:
    said = " ".join(
        f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemtype') or ''}".lower()
        for one in tree.iter("html", "body", "main", "article", "section", "div")
    )
    title = " ".join(furniture.text_of(one) for one in tree.iter("title", "h1")).lower()
    return any(word in said for word in ("live-blog", "liveblog", "live_blog", "live-update", "liveupdate", "live-post",
                                         "live-feed", "live-page", "live-entry", "live-coverage")) or " live" in f" {title}"  # fmt: skip


def _shown(tree: html.HtmlElement) -> list[Entry]:
    """What stands below one another on the page, each with one time."""
    beside: dict[html.HtmlElement, list[tuple[html.HtmlElement, html.HtmlElement]]] = defaultdict(list)
    for time in tree.iter("time"):
        if not dates.iso_day(time.get("datetime")):
            continue
        # The widest box that has this time and no other.
        box = time
        while (up := box.getparent()) is not None and sum(1 for _ in up.iter("time")) == 1 and up.tag != "body":
            box = up
        if box.getparent() is not None and box.tag != "time":
            beside[box.getparent()].append((box, time))
    if not beside:
        return []
    boxes = max(beside.values(), key=len)
    found = []
    for box, time in boxes[:MAX_ENTRIES]:
        heads = [furniture.text_of(one) for one in box.iter("h2", "h3", "h4") if furniture.text_of(one)]
        words = [
            line
            for one in box.iter()
            if isinstance(one.tag, str) and furniture.leaf(one) and one.tag not in {"h2", "h3", "h4"}
            and time not in one.iter() and (line := furniture.text_of(one)) and furniture.linked(one) < 0.8
            and not scraps.is_scrap(line)
        ]  # fmt: skip
        if words:
            found.append((time.get("datetime") or "", heads[0] if heads else "", "\n\n".join(words)))
    return found


def _below_days(tree: html.HtmlElement) -> list[Entry]:
    """What stands below headings that are a day and nothing more."""
    found: list[Entry] = []
    day: date | None = None
    head, words = "", list[str]()

    def close() -> None:
        if day is not None and words:
            found.append((day.isoformat(), head, "\n\n".join(words)))
        words.clear()

    for element in tree.iter():
        if not isinstance(element.tag, str) or not furniture.leaf(element) or element.tag == "h1":
            continue
        line = furniture.text_of(element)
        heading = element.tag in {"h2", "h3", "h4", "h5", "h6"}
        days = list(dateline.each(line)) if len(line) <= _DAY_LINE else []
        if heading and len(days) == 1 and len(found) < MAX_ENTRIES:
            close()
            day, head = days[0], ""
        elif heading:
            close()
            head = line
        elif day is not None and line and furniture.linked(element) < 0.8:
            words.append(line)
    close()
    return found if len({when for when, _, _ in found}) >= 2 else []


_DAY_LINE = 40
"""Characters of a heading that is a day."""


def _told(schema: Sequence[dict[str, Any]]) -> list[Entry]:
    """What the page's description of itself says."""
    found = []
    for item in schema:
        updates = item.get("liveBlogUpdate")
        for one in (updates if isinstance(updates, list) else [updates])[:MAX_ENTRIES]:
            if not isinstance(one, dict):
                continue
            body, head, when = one.get("articleBody"), one.get("headline"), one.get("datePublished")
            if isinstance(body, str) and body.strip() and dates.iso_day(when):
                plain = furniture.text_of(html.fromstring(f"<div>{body}</div>")) if "<" in body else body.strip()
                found.append((str(when), head.strip() if isinstance(head, str) else "", plain))
    return found


def _with_shown(tree: html.HtmlElement, told: list[Entry]) -> list[Entry]:
    """The same, with the entries that the page shows between them and that its description of itself has not, in the page's order.

    What it shows has no day of its own then: it stands below that of the entry before it.
    """
    if not told:
        return []
    by_start = {_plain(words)[:_SAME]: n for n, (_, _, words) in enumerate(told) if words}
    leaves = [one for one in tree.iter() if isinstance(one.tag, str) and furniture.leaf(one)]
    known = {one: by_start[start] for one in leaves if (start := _plain(furniture.text_of(one))[:_SAME]) in by_start}
    boxes = next((found for one in known if (found := _beside(one))), [])
    if len(boxes) <= len(told):
        return told
    found, seen = list[Entry](), set[int]()
    for box in boxes[:MAX_ENTRIES]:
        inside = [known[one] for one in box.iter() if one in known and known[one] not in seen]
        seen.update(inside)
        found += [told[n] for n in inside]
        heads = [line for one in box.iter("h2", "h3", "h4") if (line := furniture.text_of(one))]
        words = [
            line
            for one in box.iter("p", "li", "blockquote")
            if furniture.leaf(one) and (line := furniture.text_of(one)) and not scraps.is_scrap(line)
        ]
        if not inside and words and not any(one in known for one in box.iter()):
            found.append(("", heads[0] if heads else "", "\n\n".join(words)))
    return [*found, *(one for n, one in enumerate(told) if n not in seen)]


def _beside(leaf: html.HtmlElement) -> list[html.HtmlElement]:
    """The boxes of one kind that stand beside the one which holds this paragraph."""
    box = leaf.getparent()
    while box is not None and (up := box.getparent()) is not None and up.tag != "html":
        alike = [one for one in up if one.tag == box.tag and one.get("class") == box.get("class")]
        if len(alike) > 1:
            return alike
        box = up
    return []


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


_SAME = 60
"""Letters by which an entry of a page is the one that its description has."""


def _line(when: str) -> str:
    day = dates.iso_day(when)
    if day is None:
        return ""
    clock = ""
    try:
        moment = datetime.fromisoformat(when.strip())
        if "T" in when or ":" in when:
            clock = f", {moment:%H:%M}"
    except ValueError:
        pass
    return f"{day.day} {day:%B %Y}{clock}"
