"""What the search for an article dropped of its text: the lead above the body, a paragraph inside it. In the child."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import html

from standoff.ingest import furniture, pagewords

_FEWEST = 8
"""Words of a paragraph that is put back."""
_SENTENCE = re.compile(r"[.!?…:][\"”’')\]]*$")
_OUTSIDE = frozenset(
    "nav aside footer figure form button time select option noscript script style label address".split()
)
_MOST = 0.5
_MUCH = 500
_LITTLE = 60


def put_back(tree: html.HtmlElement, text: str) -> str:
    """The text with the paragraphs that stand between its headline and its end and were dropped."""
    blocks = _blocks(tree)
    text = _in_order(blocks, text)
    lines = text.split("\n\n")
    kept = _bare(text)
    at = [n for n, (_, words) in enumerate(blocks) if _bare(words)[:60] in kept and len(words.split()) > 3]
    if not at:
        return text
    head = next((n for n, (element, _) in enumerate(blocks) if element.tag == "h1"), None)
    parents = {blocks[n][0].getparent() for n in at}
    scope = _scope(blocks, head, text)
    order = [*range(at[-1] + 1, len(blocks)), *range(at[-1], -1, -1)]
    for n in order:
        element, words = blocks[n]
        if element.tag == "h1" or (head is not None and n < head):
            continue
        item = _is_item(element, words, parents)
        if n > at[-1] and not item and (scope is None or scope not in element.iterancestors()):
            continue
        heads = _heads(blocks, n, kept, parents) and head is not None and n > head
        if not (heads or item or _is_paragraph(element, words)) or _bare(words) in kept or _bare(words)[:60] in kept:
            continue
        if n < at[0]:
            if head is None and not _named_lead(element):
                continue
        elif heads or item:
            pass
        elif n < at[-1] and element.getparent() not in parents:
            continue
        after = next((m for m in at if m > n), None)
        place = len(lines) if n > at[-1] else 0
        if n > at[-1]:
            at = [*at, n]
            kept += _bare(words)
        if after is not None:
            start = _bare(blocks[after][1])[:60]
            place = next((i for i, line in enumerate(lines) if start and start in _bare(line)), 0)
        lines.insert(place, f"- {words}" if item else words)
    return "\n\n".join(lines)


def parted(tree: html.HtmlElement, text: str) -> str:
    """The paragraphs of a short page, which the search for an article now and then gives as one line."""
    if "\n" in text:
        return text
    blocks = _blocks(tree)
    prose = [words for element, words in blocks if _is_paragraph(element, words)]
    if len(prose) > 1 and sum(len(_bare(words)) for words in prose) > _TIMES * len(_bare(text)):
        return "\n\n".join(prose)  # all of it was taken for something else, for the names of its boxes
    whole = _bare(text)
    held = [words for element, words in blocks if element.tag != "h1" and _bare(words) and _bare(words) in whole]
    return "\n\n".join(held) if sum(len(_bare(one)) for one in held) > 0.6 * len(whole) else text


def other_pages(tree: html.HtmlElement) -> list[str]:
    """How many more pages a report has, taken out of it: a line that leads to them."""
    for element in list(tree.iter("p", "div", "nav", "ul", "span", "li")):
        told = furniture.text_of(element)
        found = _PAGER.match(told) if len(told.split()) <= _PAGER_WORDS else None
        if found and 1 < int(found.group(2)) >= int(found.group(1)) and element.find(".//h1") is None:
            furniture.drop(element)
            return [f"its other pages, which were not read: this is page {found.group(1)} of {found.group(2)}"]
    return []


_PAGER = re.compile(r"page\s+(\d{1,3})\s*(?:of|/)\s*(\d{1,3})\b(?!\s*[a-z]{4,})", re.IGNORECASE)
_PAGER_WORDS = 12
_TIMES = 4


def notice(tree: html.HtmlElement | None, text: str) -> str | None:
    """What a site says in place of a report: that a script is to be allowed, or cookies, or that there is no such page."""
    shown = [furniture.text_of(one) for one in tree.iter("h1", "title")] if tree is not None else []
    heads = {_bare(one) for one in shown}
    told = [line for line in text.split("\n\n") if line.strip() and _bare(line) not in heads]
    if sum(len(line.split()) for line in told) > _MOST_WORDS:
        return None
    saying = [line for line in (told or text.split("\n\n")) if _is_notice(line)]
    if saying and sum(map(len, saying)) >= _MOST * sum(map(len, told)):
        return saying[0][:80]
    if sum(len(line.split()) for line in told) < _FEWEST_OF_A_REPORT:
        for one in shown:
            if any(word in one.lower() for word in pagewords.words("notice")):
                return one[:80]
    if not any(len(line.split()) >= _FEW_WORDS for line in told) and (not told or "…" in told[0] or "..." in told[0]):
        return (told or text.split("\n\n"))[0][:80]
    return None


def _is_notice(line: str) -> bool:
    said = line.lower()
    short = len(line.split()) <= _SHORT
    return any(word in said for word in pagewords.words("wall")) or (
        short and any(word in said for word in pagewords.words("notice"))
    )


_SHORT = 15
_MOST_WORDS = 200
_FEWEST_OF_A_REPORT = 40
_FEW_WORDS = 4


def _in_order(blocks: list[tuple[html.HtmlElement, str]], text: str) -> str:
    """The paragraphs in the order in which they stand on the page, which the search for an article now and then loses."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, (_, words) in enumerate(blocks):
        places[_bare(words)].append(n)
    lines = text.split("\n\n")
    keys: list[tuple[int, int]] = []
    last = -1
    for at, line in enumerate(lines):
        held = places.get(_bare(line))
        if held:
            last = held.pop(0)
        keys.append((last, at))
    if keys == sorted(keys):
        return text
    return "\n\n".join(lines[at] for _, at in sorted(keys))


def _scope(blocks: list[tuple[html.HtmlElement, str]], head: int | None, text: str) -> html.HtmlElement | None:
    """The box of an article of which less than half was found: what stands below in it counts too."""
    if head is None:
        return None
    for box in blocks[head][0].iterancestors():
        inside = sum(len(words) for element, words in blocks if _is_paragraph(element, words) and box in element.iterancestors())  # fmt: skip
        if inside > len(text) + _LITTLE:
            return box if len(text) < _MOST * inside and box.tag not in {"body", "html"} else None
    return None


def warning(tree: html.HtmlElement, text: str) -> list[str]:
    """A word of warning where most of a page was left."""
    seen = sum(len(words) for element, words in _blocks(tree) if _is_paragraph(element, words))
    if len(text) < _MOST * seen and seen - len(text) > _MUCH:
        return [f"most of the page left out: {len(text):,} of {seen:,} characters of text were read"]
    return []


def _blocks(tree: html.HtmlElement) -> list[tuple[html.HtmlElement, str]]:
    found = []
    for element in tree.iter():
        if isinstance(element.tag, str) and furniture.leaf(element) and (words := furniture.text_of(element)):
            if not any(up.tag in _OUTSIDE for up in (element, *element.iterancestors())):
                found.append((element, words))
    return found


def _is_paragraph(element: html.HtmlElement, words: str) -> bool:
    return (
        len(words.split()) >= _FEWEST
        and _SENTENCE.search(words) is not None
        and furniture.linked(element) < 0.3
        and (element.tag not in {"h2", "h3"} or _named_lead(element))
        and element.tag not in {"li", "h4", "h5", "h6", "td"}
    )


def _is_item(element: html.HtmlElement, words: str, parents: set[html.HtmlElement | None]) -> bool:
    """Whether it is a sentence in a list that stands among the paragraphs."""
    held = element.getparent()
    if element.tag != "li" or held is None or held.getparent() not in parents:
        return False
    return len(words.split()) >= _FEW_WORDS and _SENTENCE.search(words) is not None and furniture.linked(element) < 0.3


def _heads(
    blocks: list[tuple[html.HtmlElement, str]], n: int, kept: str, parents: set[html.HtmlElement | None]
) -> bool:
    """Whether a heading stands over a paragraph that was kept: what country it speaks of may be said there alone."""
    element, words = blocks[n]
    if element.tag not in {"h2", "h3", "h4"} or element.getparent() not in parents or furniture.linked(element) > 0.5:
        return False
    below = blocks[n + 1 : n + 2]
    return len(words.split()) <= _HEAD_WORDS and bool(below) and below[0][0].tag not in {"h1", "h2", "h3"} and _bare(below[0][1])[:60] in kept  # fmt: skip


_HEAD_WORDS = 25


def _named_lead(element: html.HtmlElement) -> bool:
    return any(furniture.named(up, "lead") for up in (element, *list(element.iterancestors())[:2]))


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
