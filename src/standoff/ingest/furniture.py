"""What stands around an article, and in it, that is not its text: taken out of the page before the article is looked for.

Comments and teasers go without a word, as everybody expects. A caption, a table of figures and a note that corrects the
text are told with the report. The names and words are data (``lexicon/pages.toml``). Runs in the child.
"""

from __future__ import annotations

import re

from lxml import html

from standoff.ingest import dateline, dates
from standoff.ingest.pagewords import names, words

_BLOCKS = frozenset("p div section article li td blockquote h1 h2 h3 h4 h5 h6 dd figcaption pre main header".split())
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_LONGEST_HEADING = 60
_PROSE = 25
"""Words from which on a block is a paragraph, and no teaser's summary."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0", re.I)
CORRECTION = "a correction, apart from the text: “"
"""How a note that takes back what stood in the text is told."""
PAID = "the rest of the page is for subscribers"
_SHORT_NOTE = 60
"""Words of the longest paragraph that only says what every page of an outlet says."""
_QUOTED = 400
"""Characters of a note or a caption that are told."""
_POST_END = re.compile(
    r"(?:—|–|--|-)\s*(?P<name>[^()@\n]{1,80}?)\s*\((?P<handle>@[\w.@-]{1,60})\)\s*(?P<day>[^\n]{0,60})\s*$"
    r"|(?:A post )?shared by (?P<name2>[^()\n]{1,80}?)\s*\((?P<handle2>@[\w.@-]{1,60})\)(?:\s+on\s+(?P<day2>[^\n]{0,60}))?\s*$"
    r"|Posted by (?P<name4>[^()\n]{1,80}?)\s+on\s+(?P<day4>[^\n]{0,60})\s*$"
    r"|(?:—|–|--)\s*(?P<name3>[^()@\n]{2,60}?)[,\s]+(?P<day3>(?:\d{1,2} \w+|\w+ \d{1,2},?) \d{4})[^\n]{0,20}$"
)


def clear(tree: html.HtmlElement) -> list[str]:
    """Take out what is not the article's text; what of it a reader might miss, in words."""
    left = _unseen(tree)
    left += _struck(tree)
    _of_events(tree)
    left += _others(tree)
    left += _notes(tree)
    left += _unloaded(tree)
    _posts(tree)
    left += _boxes(tree)
    _teasers(tree)
    left += _put_below(tree)
    left += _captions(tree)
    left += _tables(tree)
    _lay_out(tree)
    left += _corrections(tree)
    return left


def clear_document(tree: html.HtmlElement) -> list[str]:
    """The same of a document that is no page: its tables of figures and its corrections."""
    return _tables(tree) + _corrections(tree)


def clear_mail(tree: html.HtmlElement) -> None:
    """Take out of a mail what its reader is not shown (the line that stands beside its subject), and its foot."""
    for element in list(tree.iter("div", "span", "p", "td")):
        if _HIDDEN.search(element.get("style") or "") and element.find(".//h1") is None:
            drop(element)
    _put_below(tree)


def begins(line: str, table: str) -> bool:
    """Whether a line begins with one of a table's words."""
    told = line.strip().lower()
    return any(told.startswith(word) and not told[len(word) : len(word) + 1].isalnum() for word in words(table))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def settable(words: str) -> str:
    """Words that a tree takes: without control characters, which it gives and refuses to be given."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", words)


def linked(element: html.HtmlElement) -> float:
    """The share of an element's characters that are links."""
    whole = len(text_of(element))
    own = whole if element.tag == "a" else sum(len(text_of(a)) for a in element.iter("a"))
    return min(1.0, own / whole) if whole else 0.0


def named(element: html.HtmlElement, table: str) -> bool:
    said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return any(name in said for name in names(table))


def drop(element: html.HtmlElement) -> None:
    """Take an element out, and leave the words that stand behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def leaf(element: html.HtmlElement) -> bool:
    """Whether it is a block with no block in it: a paragraph, whatever it is called."""
    return element.tag in _BLOCKS and not any(
        isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants()
    )


def _unseen(tree: html.HtmlElement) -> list[str]:
    """What a browser does not show: templates, what is hidden, what stands in for a script. A page that hides the most of
    its words shows them later, by a script, and keeps them."""
    whole, left = len(text_of(tree)) or 1, []
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in _NEVER_SEEN:
            continue
        style = (element.get("style") or "").lower()
        gone = element.tag in _UNSEEN or (element.tag not in {"html", "body", "main", "article"} and (element.get("hidden") is not None or _HIDDEN.search(style) is not None))  # fmt: skip
        if not gone or element.find(".//h1") is not None or len(text_of(element)) > 0.5 * whole:
            continue
        told = text_of(element)
        if element.tag not in _UNSEEN and len(told.split()) >= _PROSE // 3:
            left.append(f"words that the page hides: “{_short(told)}”")
        drop(element)
    return left[:5]


_UNSEEN = frozenset("template noscript amp-consent amp-sidebar amp-list amp-ad dialog datalist".split())
_NEVER_SEEN = frozenset("script style head meta link title input".split())


def _of_events(tree: html.HtmlElement) -> None:
    """A day within a sentence is that of what the sentence tells: it stays as words."""
    for time in list(tree.iter("time")):
        parent, before = time.getparent(), time.getprevious()
        if (
            parent is not None
            and len(text_of(parent).split()) >= _PROSE // 3
            and ((parent.text or "").strip() or before is not None)
            and leaf(parent)
            and parent.tag == "p"
        ):
            time.drop_tag()


def _struck(tree: html.HtmlElement) -> list[str]:
    """Words that are struck out were taken back."""
    found = []
    for element in list(tree.iter("del", "s", "strike")):
        if element.getparent() is not None and element.find(".//h1") is None:
            if told := text_of(element):
                found.append(f"struck out: “{_short(told)}”")
            drop(element)
    return list(dict.fromkeys(found))


def _others(tree: html.HtmlElement) -> list[str]:
    """Articles that a page loads below its own, each with its own headline."""
    articles = [one for one in tree.iter("article") if one.find(".//article") is None]
    own = next((one for one in articles if one.find(".//h1") is not None), None)
    if own is None or len(text_of(own).split()) < _PROSE:
        return []
    found = []
    for one in articles[articles.index(own) + 1 :]:
        heads = [head for head in one.iter("h1", "h2") if text_of(head)]
        if heads and (heads[0].tag == "h1" or one.get("data-url")) and own not in one.iterancestors():
            found.append(f"another article of the page: “{_short(text_of(heads[0]))}”")
            drop(one)
    return found


_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡§])(?:\s*[,–-]\s*\d{1,3})*[\])]?", re.I)


_NOTES = ("fn", "footnote", "note", "_ftn", "_edn", "endnote", "sdfootnote", "ftnt", "cmnt")
_BACK = re.compile(
    r"_?(?:fn|ftn|edn|ftnt|cmnt|footnote|endnote|sdfootnote|sdendnote)-?\d{0,4}_?-?(?:ref|anc)", re.IGNORECASE
)
"""Where a note leads back to: the place in the text that it is on."""


def _notes(tree: html.HtmlElement) -> list[str]:
    """Raised figures that lead to a note are no part of the number before them, and the notes no part of the text."""
    marks, notes = 0, _led_back(tree)
    for element in list(tree.iter("sup")):
        told = text_of(element)
        parent, before = element.getparent(), element.getprevious()
        if parent is None or not _MARK.fullmatch(told):
            continue
        ahead = ((before.tail if before is not None else parent.text) or "").rstrip("\u2009\u202f")
        last = re.search(r"\w+$", ahead)
        linked_on = element.find(".//a") is not None or "[" in told or (element.get("class") or "") != ""
        unit = last is not None and last.group().lower() in words("squared")
        if unit or (not linked_on and not told.isdigit()):
            continue
        marks += 1
        drop(element)
    for element in list(tree.iter("a")):  # a plain figure that leads to a note of the page
        leads = (element.get("href") or "").partition("#")[2].lower()
        if leads.startswith(_NOTES) and _MARK.fullmatch(text_of(element)) and element.getparent() is not None:
            marks += 1
            drop(element)
    for element in list(tree.iter("ol", "ul", "div", "section", "aside")):
        if element.getparent() is None or element.find(".//h1") is not None or not named(element, "notes"):
            continue
        if len(text_of(element)) < 0.5 * (len(text_of(tree)) or 1):
            notes += 1
            drop(element)
    left = [f"{marks} raised {'figure of a note' if marks == 1 else 'figures of notes'} left out"] if marks else []
    return left + (["the notes below the text left out"] if notes else [])


def _led_back(tree: html.HtmlElement) -> int:
    """Take out notes and comments that lead back to their places in the text, which a document saved as a page has at its
    end; how many there were."""
    many = 0
    for link in list(tree.iter("a")):
        leads = (link.get("href") or "").partition("#")[2]
        box = link
        while (up := box.getparent()) is not None and box.tag not in _BLOCKS:
            box = up
        own = link.get("id") or link.get("name") or box.get("id") or ""
        if (
            up is None
            or not own
            or not _BACK.match(leads)
            or _BACK.match(own)
            or not text_of(box).startswith(text_of(link))
        ):
            continue
        if up.tag == "div" and next(up.iterchildren(), None) is box and up.find(".//h1") is None:
            if not any(
                other is not link and _BACK.match((other.get("href") or "").partition("#")[2]) for other in up.iter("a")
            ):
                box = up  # the rest of the note stands in paragraphs of its own
        many += 1
        drop(box)
    return many


def is_list_of_stories(tree: html.HtmlElement) -> bool:
    """Whether a page is a list of stories: boxes with a linked headline each, and hardly any words beside them."""
    if _is_index(tree):
        return True
    cards: list[html.HtmlElement] = []
    for head in tree.iter("h2", "h3", "h4"):
        box = head.getparent()
        if linked(head) < 0.8 or box is None or box.tag in {"body", "main", "html"}:
            continue
        if not any(box is other or box in other.iterancestors() or other in box.iterancestors() for other in cards):
            cards.append(box)
    if len(cards) < _FEWEST_STORIES:
        return False
    prose = [one for one in tree.iter("p") if len(text_of(one).split()) >= 6 and linked(one) < 0.5]
    inside = [one for one in prose if any(card in one.iterancestors() for card in cards)]
    long = [one for one in prose if one not in inside and len(text_of(one).split()) >= _PROSE // 2]
    return len(inside) >= _FEWEST_STORIES and len(long) < 2


_FEWEST_STORIES = 4


def _is_index(tree: html.HtmlElement) -> bool:
    """Whether a page is several links and nothing more."""
    body = tree if tree.tag == "body" else tree.find(".//body")
    links = [len(text_of(one).split()) for one in body.iter("a")] if body is not None else []
    return body is not None and len(links) > 1 and max(links) < _PROSE and linked(body) > _ALL_LINKED


_ALL_LINKED = 0.9


def _is_text(box: html.HtmlElement, tree: html.HtmlElement) -> bool:
    """Whether a box holds almost all paragraphs of a page: then it is the article, whatever its name says."""
    inside, whole = (
        sum(len(text_of(one).split()) for one in within.iter("p") if linked(one) < 0.5) for within in (box, tree)
    )
    return inside > 0.5 * whole and whole - inside < _PROSE


def _is_day(told: str) -> bool:
    return len(told) < _LONGEST_HEADING and dateline.is_date_line(told)


def _boxes(tree: html.HtmlElement) -> list[str]:
    left: list[str] = []
    whole = len(text_of(tree)) or 1
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in {"html", "body", "main", "article", "h1"}:
            continue
        surely = named(element, "box") or _is_dialog(element)
        if not surely and not named(element, "aside"):
            continue
        if element.getparent() is None or element.find(".//h1") is not None:
            continue
        small = len(text_of(element)) < 0.5 * whole
        holds_article = element.find(".//article") is not None and not small
        if surely and not holds_article and named(element, "paid"):
            left.append(PAID)
        if surely and not named(element, "paid") and (_is_text(element, tree) or _is_day(text_of(element))):
            continue
        if (surely and not holds_article) or (small and not named(element, "lead")):
            drop(element)
    return list(dict.fromkeys(left))


def _is_dialog(element: html.HtmlElement) -> bool:
    """Whether it lies over the page until it is answered."""
    return element.get("role") in {"dialog", "alertdialog"} or element.get("aria-modal") == "true"


def _teasers(tree: html.HtmlElement) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if _is_heading(element) and says(text_of(element), "heading"):
            _drop_below(element)
        elif leaf(element) and element.tag not in {"h1"} and _points_elsewhere(element):
            drop(element)


def _is_heading(element: html.HtmlElement) -> bool:
    if element.tag in _HEADINGS:
        return True
    if element.tag not in {"p", "div", "span", "strong", "b", "header"} or len(element.text_content()) > 200:
        return False
    said = (element.get("class") or "").lower()
    bold = [one for one in element.iter("strong", "b") if len(text_of(one)) == len(text_of(element))]
    return any(word in said for word in ("title", "head", "label")) or (element.tag == "p" and bool(bold))


def says(text: str, table: str) -> bool:
    """Whether a heading is one of those words, alone or with a name behind it ("More from Africa")."""
    said = re.sub(r"[\s:»›>→…|-]+$", "", text.lower())
    if not said or len(said) > _LONGEST_HEADING:
        return False
    return any(
        said == word
        or (word.endswith((" from", " on", " in")) and said.startswith(word + " ") and len(said.split()) < 8)
        for word in words(table)
    )


def _drop_below(heading: html.HtmlElement) -> None:
    """A heading of teasers, its box where it has one, or else what follows it up to the next paragraph of prose."""
    box = heading.getparent()
    while box is not None and box.tag not in {"body", "html", "main"} and box.find(".//h1") is None:
        inside = [one for one in box.iterchildren() if isinstance(one.tag, str)]
        first = inside and (inside[0] is heading or heading in inside[0].iter())
        if not first or any(_is_prose(one) for one in box.iter() if isinstance(one.tag, str) and leaf(one)):
            break
        heading, box = box, box.getparent()
    for element in list(heading.itersiblings()):
        if isinstance(element.tag, str) and text_of(element) and not _is_teaser(element):
            break
        drop(element)
    drop(heading)


def _is_prose(element: html.HtmlElement) -> bool:
    return len(text_of(element).split()) >= _PROSE and linked(element) < 0.5


def _is_teaser(element: html.HtmlElement) -> bool:
    if element.find(".//h1") is not None or element.tag == "h1":
        return False
    if linked(element) >= 0.5 or not text_of(element):
        return True
    card = any(True for _ in element.iter("a")) and any(True for _ in element.iter(*_HEADINGS))
    return card and not any(len(text_of(one).split()) >= 3 * _PROSE for one in element.iter("p"))


def _points_elsewhere(element: html.HtmlElement) -> bool:
    """A line that is a link and nothing more, or one with such words in front."""
    whole = text_of(element)
    if not 2 < len(whole.split()) < 40 or element.find(".//a") is None or element.find(".//time") is not None:
        return False
    share = linked(element)
    if share > 0.95 and element.tag in {"p", "div"} and len(whole.split()) >= 4:
        return True
    told = whole.lower()
    return share >= 0.4 and any(
        told.startswith(word)
        and not told[len(word) : len(word) + 1].isalnum()
        and _before_link(element) <= len(word) + 3
        for word in words("pointer")
    )


def _before_link(element: html.HtmlElement) -> int:
    link = element.find(".//a")
    assert link is not None
    at = text_of(element).find(text_of(link)) if text_of(link) else 0
    return max(at, 0)


def _posts(tree: html.HtmlElement) -> None:
    """A post of somebody else, as what its author wrote and when: else it would be in the report's own voice."""
    _telegram(tree)
    for element in list(tree.iter("blockquote", "div", "section")):
        if element.getparent() is None or element.find(".//h1") is not None:
            continue
        called = named(element, "post")
        if not called and element.tag != "blockquote":
            continue
        if element.tag != "blockquote" and element.find(".//blockquote") is not None:
            continue
        called = called or any(named(up, "post") for up in list(element.iterancestors())[:2])
        told = " ".join(text_of(element).split())
        found = _POST_END.search(told)
        if found is None:
            continue
        part = found.groupdict()
        if not called and not (part["handle"] or part["handle2"] or part["name4"]):
            continue  # a quotation, whose author stands elsewhere
        name = (
            next((part[n] for n in ("name", "name2", "name3", "name4") if part[n]), None)
            or part["handle"]
            or part["handle2"]
        )
        day = next((part[n] for n in ("day", "day2", "day3", "day4") if part[n]), None)
        said = told[: found.start()].strip(' "“”—–-')
        said = re.sub(r"(?:https?://|pic\.twitter\.com/|t\.co/)\S+", "", said).strip()
        if not said or not name:
            drop(element)
            continue
        new = _wrote(name, _day_of(day), said)
        box = element
        while (above := box.getparent()) is not None and above.tag in {"div", "section", "figure", "aside"}:
            if text_of(above) != told:
                break
            box = above  # it holds the post alone
        new.tail = box.tail
        parent = box.getparent()
        assert parent is not None
        parent.replace(box, new)


def _wrote(name: str, when: str | None, said: str) -> html.HtmlElement:
    """A post as what its author wrote."""
    new = html.Element("p")
    quoted = said.replace("“", "‘").replace("”", "’").replace('"', "’")
    if quoted[-1] not in ".!?…":
        quoted += "."
    new.text = settable(f"{name.strip()} wrote{f' on {when}' if when else ''}: “{quoted}”")
    return new


def _telegram(tree: html.HtmlElement) -> None:
    """Messages that a page shows as Telegram does."""
    for message in tree.find_class("tgme_widget_message"):
        parent = message.getparent()
        owner, words_of = (message.find_class(f"tgme_widget_message_{name}") for name in ("owner_name", "text"))
        if parent is None or not owner or not words_of:
            continue
        for line_break in words_of[-1].iter("br"):
            line_break.tail = settable(" " + (line_break.tail or ""))
        day = next((one.get("datetime") or "" for one in message.iter("time")), "")[:10]
        new = _wrote(text_of(owner[0]), _day_of(_in_words(day)), text_of(words_of[-1]) or "…")
        new.tail = message.tail
        parent.replace(message, new)


def _in_words(day: str) -> str | None:
    found = dates.iso_day(day)
    return f"{found:%B} {found.day}, {found.year}" if found else None


def _unloaded(tree: html.HtmlElement) -> list[str]:
    """Posts of others that a page loads from elsewhere, so that their words are not in it: told."""
    found = []
    for element in list(tree.iter("iframe", "script", "blockquote", "div")):
        if element.getparent() is None:
            continue
        source = element.get("src") or element.get("data-src") or ""
        post = element.get("data-telegram-post")
        if element.tag in {"iframe", "script"}:
            host = next((one for one in names("post_host") if one in source), None)
            if element.tag == "iframe" and host is not None:
                found.append(f"a post that was not saved with the page: {source.partition('?')[0][:200]}")
                drop(element)
            elif post:
                found.append(f"a post that was not saved with the page: t.me/{post[:100]}")
        elif named(element, "post") and len(text_of(element)) < 200:
            told = text_of(element).lower()
            if any(word in told for word in words("post_empty")[:-1]) or told.startswith(words("post_empty")[-1]):
                link = next((a.get("href") for a in element.iter("a") if a.get("href")), "")
                found.append(f"a post that was not saved with the page: {link[:200]}".rstrip(": "))
                drop(element)
    return list(dict.fromkeys(found))


def _put_below(tree: html.HtmlElement) -> list[str]:
    """Paragraphs that a program puts below every text, and a link at the end of one that only leads on; that the rest is
    for subscribers, where one says so."""
    left = []
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag == "h1":
            continue
        if leaf(element):
            told = text_of(element).lower()
            if len(told.split()) > _SHORT_NOTE:
                continue
            if any(word in told for word in words("paid_line")):
                left.append(PAID)
                drop(element)
            elif any(word in told for word in words("put_below")):
                drop(element)
        elif element.tag == "a" and not (element.tail or "").strip() and element.getnext() is None:
            parent = element.getparent()
            assert parent is not None
            if leaf(parent) and says(re.sub(r"[.\s]+$", "", text_of(element)), "heading"):
                drop(element)
    return left[:1]


def _lay_out(tree: html.HtmlElement) -> None:
    """Tables that a page is laid out in are boxes: whoever reads them as tables puts bars between paragraphs."""
    for element in list(tree.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th")):
        element.tag = "div"


def _day_of(words_of_day: str | None) -> str | None:
    day = next(dateline.each(words_of_day or ""), None)
    return f"{day:%B} {day.day}, {day.year}" if day else None


def _captions(tree: html.HtmlElement) -> list[str]:
    found = []
    for picture in list(tree.iter("img", "amp-img", "picture")):
        if (text := _beside_picture(picture)) is not None:
            found.append(f"a caption, apart from the text: “{_short(text)}”")
    for element in list(tree.iter()):
        if (
            not isinstance(element.tag, str)
            or element.getparent() is None
            or element.tag in {"table", "body", "figure"}
        ):
            continue
        if element.tag != "figcaption" and not (
            named(element, "caption") and len(text_of(element)) < 600 and element.find(".//img") is None
        ):
            continue
        if text := text_of(element):
            found.append(f"a caption, apart from the text: “{_short(text)}”")
        drop(element)
    return list(dict.fromkeys(found))


def _beside_picture(picture: html.HtmlElement) -> str | None:
    """The words of a box that holds a picture and little else, taken out; None where it has none."""
    box = picture.getparent()
    while box is not None and box.tag in {"a", "picture", "noscript", "span"} and not text_of(box):
        box = box.getparent()
    if box is None or box.tag not in {"div", "section", "aside", "span", "a"} or not named(box, "picture"):
        return None
    text = text_of(box)
    if not text or len(text) > _QUOTED or box.find(".//h1") is not None:
        return None
    drop(box)
    return text


def _tables(tree: html.HtmlElement) -> list[str]:
    """Tables of figures. One that the page is laid out in holds paragraphs, and stays."""
    found = []
    for table in list(tree.iter("table")):
        if table.getparent() is None or table.find(".//table") is not None or table.find(".//h1") is not None:
            continue
        rows = list(table.iter("tr"))
        cells = [[text_of(cell) for cell in row.iter("td", "th")] for row in rows]
        across = max(map(len, cells), default=0)
        if len(rows) < 2 or across < 2 or any(len(cell.split()) > 2 * _PROSE for row in cells for cell in row):
            continue
        if not any(cell.strip() for row in cells for cell in row):
            continue
        heads = ", ".join(cell for cell in cells[0] if cell)
        found.append(f"a table of {len(rows)} rows left out: {_short(heads)}")
        drop(table)
    return found


def _corrections(tree: html.HtmlElement) -> list[str]:
    """Notes that take back what stood in the text: their figures are not the report's."""
    found = []
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag == "h1":
            continue
        if not leaf(element):
            continue
        text = text_of(element)
        if len(text.split()) < 4:
            continue
        if corrects(text):
            found.append(f"{CORRECTION}{_short(text)}”")
            drop(element)
    return found


def corrects(text: str) -> bool:
    """Whether a paragraph takes back what stood there before.

    >>> corrects("Correction, 11 March: an earlier version gave a toll of 40."), corrects("The army corrected its toll.")
    (True, False)
    """
    told = text.lower().lstrip("*[(—– ")
    for word in words("correction"):
        if not told.startswith(word):
            continue
        after = told[len(word) :]
        if " " in word and "’" not in word and "'" not in word:
            return True
        # One word alone begins many sentences: a note has a mark behind it, or a day.
        if re.match(r"\s*(?:[:—–(\]|.]|-\s|,\s|\w+ \d{1,2}\b|\d{1,2} \w+)", after):
            return True
    return False


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
