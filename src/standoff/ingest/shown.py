"""Days that a page shows its reader: when it was published, and when it was changed, which is another thing. In the child."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from functools import cache

from lxml import html

from standoff.ingest import byline, dateline, dates, furniture, pagewords

_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_LONGEST = 120
"""Characters of a line about the day; a longer one is text."""
_FEW_WORDS = 9


def is_change(element: html.HtmlElement) -> bool:
    """Whether what an element dates is a change of the page."""
    said = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id", "property", "name")).lower()
    if "publish" in said or "created" in said or "posted" in said:
        return False
    if any(name in said for name in pagewords.names("changed_name")):
        return True
    before = element.text_content() if element.tag != "meta" else ""
    previous = element.getprevious()
    lead = (previous.tail or previous.text_content() if previous is not None else "") or ""
    parent = element.getparent()
    own = (parent.text or "") if parent is not None and previous is None else ""
    return any(_change_said(part[-60:] if part is not before else part) for part in (before, lead, own))


def _change_said(text: str) -> bool:
    told = text.strip().lower()
    return any(re.match(rf"(?:.*[|·•(]\s*)?{re.escape(word)}(?:\s+(?:on|at))?\s*:?\s*(?:\d|$|[a-z]+\s+\d)", told) for word in pagewords.words("changed"))  # fmt: skip


def changed(tree: html.HtmlElement, meta: dict[str, str]) -> date | None:
    """The last day on which the page says that it was changed."""
    found = [dates.iso_day(meta[name]) for name in meta if any(n in name for n in pagewords.names("changed_name"))]
    found += [dates.iso_day(one.get("datetime")) for one in tree.iter("time") if one.get("datetime") and is_change(one)]
    return max((day for day in found if day is not None), default=None)


def without_changes(tree: html.HtmlElement) -> html.HtmlElement:
    """The page without what dates a change, for who looks for the day of publication."""
    copy = deepcopy(tree)
    for element in list(copy.iter("footer", "small")):
        if element.find(".//h1") is None and (element.tag == "footer" or "©" in element.text_content()):
            furniture.drop(element)
    for element in list(copy.iter("time", "meta", "span", "abbr", "script", "p", "div")):
        if element.getparent() is None:
            continue
        if element.tag == "script":
            gone = True  # what a page says of itself has been read: a comment's day is in it too
        elif element.tag in {"span", "p", "div", "abbr"}:
            short = len(element.text_content()) <= _LONGEST and element.find(".//h1") is None
            gone = short and (
                _change_said(element.text_content())
                or (any(True for _ in element.iter("time")) is False and is_change(element))
            )
        else:
            gone = is_change(element)
        if gone:
            furniture.drop(element)
    return copy


def only_in_numbers(page: html.HtmlElement | str, day: date) -> bool:
    """Whether a day was made of numbers whose order is not certain: 03/10/2026 may be in March or in October."""
    if isinstance(page, str) or day.day > 12 or day.day == day.month:
        return False
    words = html.tostring(page, encoding="unicode")
    order = _order(page)
    for one, mark, other, year in _NUMBERS.findall(words):
        if int(year) == day.year and {int(one), int(other)} == {day.day, day.month} and _day(int(one), int(other), int(year), _by(mark, order)) != day:  # fmt: skip
            return day.isoformat() not in words and next((d for d in dateline.each(words[:200_000]) if d == day), None) is None  # fmt: skip
    return False


def first(tree: html.HtmlElement) -> date | None:
    """The day shown at the head of an article, beside its headline: in words, or in numbers whose order is certain."""
    heads = list(tree.iter("h1"))
    if not heads:
        return None
    order = _order(tree)
    seen_head = False
    lines = 0
    for element in tree.iter():
        if element is heads[0]:
            seen_head = True
            continue
        if not seen_head or not isinstance(element.tag, str) or element.tag in {"script", "style", "nav"}:
            continue
        if furniture.leaf(element) and len(element.text_content().split()) >= 25:
            lines += 1
            if lines > 1:
                return None
            continue
        told = " ".join(element.text_content().split())
        if not 6 <= len(told) <= _LONGEST or (any(True for _ in element.iter("a", "h2", "h3")) and len(told) > 60):
            continue
        # What stands before the word for a change is the day of publication, or behind the word for that.
        whole = told
        if (issue := _issue_words().search(told)) is not None:
            told = told[issue.start() :]
        told = _change_words().split(told, maxsplit=1)[0]
        if told == whole and any(up.tag in {"time", "span", "div", "p"} and is_change(up) for up in (element, *list(element.iterancestors())[:2])):  # fmt: skip
            continue
        # A line about the day holds little else; a sentence, or what somebody posted, names other days.
        if len(re.findall(r"[^\W\d_]{2,}", told)) > _FEW_WORDS or "“" in told or "said" in told.split():
            continue
        if any(up.tag in {"blockquote", "figure"} for up in (element, *element.iterancestors())):
            continue
        if day := next(dateline.each(told), None):
            return day
        for one, mark, other, year in _NUMBERS.findall(told):
            if day := _day(int(one), int(other), int(year), _by(mark, order)):
                return day
    return None


def last(tree: html.HtmlElement) -> date | None:
    """The day in a line that says who published the page, and when, wherever it stands."""
    found = set()
    for element in tree.iter():
        if isinstance(element.tag, str) and furniture.leaf(element):
            told = furniture.text_of(element)
            if len(told) <= _LONGEST and _issue_words().match(told) and len(days := list(dateline.each(told))) == 1:
                found.update(days)
    return found.pop() if len(found) == 1 else None


def writer(tree: html.HtmlElement) -> str | None:
    """Who wrote, where a box that is called so says it with what they are; it is no paragraph of the text."""
    for element in tree.xpath("//*[contains(@class, 'byline') or contains(@data-component, 'byline') or contains(@data-testid, 'byline')]"):  # fmt: skip
        if (name := byline.with_role(furniture.text_of(element))) is not None:
            furniture.drop(element)
            return name
    return None


def drop_labels(tree: html.HtmlElement) -> None:
    """Take out lines that only say when the page was changed: they are no text."""
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and furniture.leaf(element):
            told = furniture.text_of(element)
            if told and len(told) <= _LABEL and _change_said(told) and not _SENTENCE.search(told):
                furniture.drop(element)


_LABEL = 60
_SENTENCE = re.compile(r"\w{3,}\.$")


@cache
def _issue_words() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}\b" for word in pagewords.words("day_of_issue") if len(word) > 5), re.IGNORECASE)  # fmt: skip


@cache
def _change_words() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in pagewords.words("changed")), re.IGNORECASE)


def _order(tree: html.HtmlElement) -> str | None:
    """Whether numbers are day and month, or month and day: as others on the page show, else as its language has it."""
    found = set()
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in {"script", "style"} and len(element) == 0:
            for one, _, other, _ in _NUMBERS.findall(" ".join((element.text or "")[:300].split())):
                if int(one) > 12 >= int(other):
                    found.add("day")
                elif int(other) > 12 >= int(one):
                    found.add("month")
    if found:
        return found.pop() if len(found) == 1 else None
    language = next((one.get("lang") or "" for one in tree.iter("html")), "").lower()
    if language in {"en-us", "en_us"}:
        return "month"
    return "day" if language[:2] in {"fr", "de", "es", "it", "pt", "ru", "ar", "uk"} or language[:5] in {"en-gb", "en-au", "en-in", "en-ie", "en-za"} else None  # fmt: skip


def _by(mark: str, order: str | None) -> str | None:
    """Who parts the numbers by dots has the day in front, whatever the language of the page."""
    return "day" if mark == "." else order


def _day(one: int, other: int, year: int, order: str | None) -> date | None:
    if order is None:
        if one > 12 >= other or one == other:
            order = "day"
        elif other > 12 >= one:
            order = "month"
        else:
            return None
    day, month = (one, other) if order == "day" else (other, one)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year in dateline.YEARS else None
