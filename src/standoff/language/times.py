"""When: time expressions, resolved against the publication date.

The component ``standoff_times`` writes ``doc.spans["standoff_times"]``; ``span._.when`` holds the words and the days
they resolve to, or none where they cannot be resolved. Nothing is guessed: without a publication date "on Wednesday"
keeps its words only, and a day that cannot be ("February 30") resolves to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff.language import extensions
from standoff.model import Span as TextSpan
from standoff.model import When

extensions.register()

KEY = "standoff_times"

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
DAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thu", "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "few": 0, "several": 0,
}
_MONTH = r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
_MONTH2 = _MONTH.replace("?P<month>", "?P<month2>")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_N = r"(?P<n>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?couple of|(?:a )?few|several)"
_UNIT = r"(?P<unit>hour|day|week|month|year|night)s?"

# In the order they are tried; longer readings first.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(r"(?<![\w/-])" + pattern + r"(?![\w/])", re.IGNORECASE))
    for name, pattern in (
        ("iso", r"(?P<year>(?:19|20)\d\d)-(?P<mm>\d\d)-(?P<day>\d\d)"),
        ("span", rf"(?:between |from )?{_MONTH}\s+{_DAY}(?:\s*[-–—]\s*|\s+(?:and|to)\s+)(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?"),
        ("span", rf"(?:between |from )?{_DAY}(?:\s*[-–—]\s*|\s+(?:and|to)\s+)(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
        ("date", rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?"),
        ("date", rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
        ("day before", r"the day before yesterday"),
        ("past", rf"(?:over|in|during|for|within|throughout)\s+the\s+(?:past|last|previous)\s+(?:{_N}\s+)?{_UNIT}"),
        ("ago", rf"{_N}\s+{_UNIT}\s+(?:ago|earlier)"),
        ("relative day", r"the\s+(?P<order>same|previous|next|following)\s+day|(?P<one>a day (?:earlier|later))"),
        ("since", rf"since\s+(?:last\s+)?{_WEEKDAY}"),
        ("weekday", rf"(?P<which>last|next|this|this past|earlier|late|early|since)?\s*(?:on\s+)?{_WEEKDAY}(?:'s|’s)?(?:\s+(?P<part>morning|afternoon|evening|night))?"),
        ("weekday", r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)s(?=\s+[a-z])"),
        ("period", r"(?P<which>earlier this|later this|last|this|next|past)\s+(?P<unit>week|month|year|weekend|fortnight|summer|winter|spring|autumn)"),
        ("month", rf"(?:early |mid-?\s?|late |(?:the\s+)?(?:summer|winter|spring|autumn|end|beginning|start|middle) of )?{_MONTH}\s+(?:of\s+)?{_YEAR}"),
        ("season", rf"(?:the\s+)?(?:summer|winter|spring|autumn|fall)\s+(?:of\s+)?{_YEAR}"),
        ("bare month", rf"(?:in|since|until|during|last|this|early|late|mid-)\s+{_MONTH}(?!\s*\d)"),
        ("decade", r"the\s+(?P<decade>(?:19|20)\d0)s"),
        ("year", rf"(?:in|since|of|during|by|from|until|after|before)\s+(?:the\s+)?(?:early\s+|late\s+|mid-?\s?)?{_YEAR}(?!\s*[-–]?\s*(?:people|soldiers|civilians))"),
        ("year", rf"{_YEAR}(?=\s+(?:war|invasion|coup|attack|strike|bombing|massacre|revolution|uprising|election|ceasefire|agreement|conflict|offensive|genocide|attempted))"),
        ("now", r"(?P<word>today|tonight|yesterday|tomorrow|last night|overnight|this morning|this afternoon|this evening|at dawn today)"),
    )
)
_DURATION = re.compile(r"(?:within|for|lasting|after)\s+$", re.IGNORECASE)


class TimeFinder:
    """Finds and resolves time expressions."""

    def __call__(self, doc: Doc) -> Doc:
        published: date | None = doc._.published
        spans: list[Span] = []
        anchor: date | None = None
        for start, end, first, last in sorted(_found(doc.text, published)):
            span = doc.char_span(start, end, label="time", alignment_mode="expand")
            if span is None:
                continue
            text = TextSpan(span.start_char, span.end_char)
            span._.when = When(first, last, span.text, text)
            anchor = first or anchor
            spans.append(span)
        doc.spans[KEY] = _resolve_chained(spans)
        return doc


def _found(text: str, published: date | None) -> Iterator[tuple[int, int, date | None, date | None]]:
    taken: list[tuple[int, int]] = []
    for name, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            while start < end and text[start].isspace():
                start += 1
            if any(start < b and a < end for a, b in taken):
                continue
            if name == "now" and match["word"].lower() == "overnight" and text[end : end + 1] == "-":
                continue
            resolved = _resolve(name, match, published)
            if resolved is None:
                continue
            taken.append((start, end))
            yield start, end, *resolved


def _resolve(name: str, match: re.Match[str], published: date | None) -> tuple[date | None, date | None] | None:
    """First and last day; (None, None) keeps the words alone; None where it is no time expression."""
    groups = match.groupdict()
    unknown = (None, None)
    if name == "iso":
        day = _make(int(groups["year"]), int(groups["mm"]), int(groups["day"]))
        return (day, day) if day else unknown
    if name in {"date", "span"}:
        month, number = _month(groups["month"]), int(groups["day"])
        year = int(groups["year"]) if groups.get("year") else _year_for(month, number, published)
        if year is None:
            return unknown
        first = _make(year, month, number)
        if first is None:
            return unknown
        last = _make(year, month, int(groups["day2"])) if name == "span" else first
        return (first, last) if last is not None and last >= first else unknown
    if name in {"month", "season"}:
        year = int(groups["year"])
        if name == "season":
            return date(year, 1, 1), date(year, 12, 31)
        return _whole_month(year, _month(groups["month"]))
    if name == "year":
        year = int(groups["year"])
        return date(year, 1, 1), date(year, 12, 31)
    if name == "decade":
        year = int(groups["decade"])
        return date(year, 1, 1), date(year + 9, 12, 31)
    if name == "relative day":
        return unknown
    if published is None:
        return unknown
    return _relative(name, groups, published)


def _relative(name: str, groups: dict[str, str | None], published: date) -> tuple[date | None, date | None] | None:
    one = timedelta(days=1)
    if name == "now":
        word = (groups["word"] or "").lower()
        if word in {"yesterday", "last night"}:
            return published - one, published - one
        if word == "overnight":
            return published - one, published
        if word == "tomorrow":
            return published + one, published + one
        return published, published
    if name == "day before":
        return published - 2 * one, published - 2 * one
    if name == "past":
        n = _number(groups.get("n") or "one")
        unit = (groups["unit"] or "").lower()
        if not n:
            return None, None
        days = {"hour": max(1, round(n / 24)), "day": n, "night": n, "week": 7 * n, "month": 30 * n, "year": 365 * n}[unit]
        return published - timedelta(days=days), published
    if name == "ago":
        n = _number(groups["n"] or "")
        unit = (groups["unit"] or "").lower()
        if not n or unit in {"month", "year", "hour"}:
            if n and unit == "year":
                return date(published.year - n, 1, 1), date(published.year - n, 12, 31)
            return None, None
        day = published - timedelta(days=n * {"day": 1, "night": 1, "week": 7}[unit])
        return (day, day) if unit != "week" else (day - 3 * one, day + 3 * one)
    if name in {"weekday", "since"}:
        back = (published.weekday() - DAYS[(groups["weekday"] or "").lower()]) % 7
        which = (groups.get("which") or "").lower()
        day = published - timedelta(days=back)
        if which == "next":
            day = published + timedelta(days=(7 - back) or 7)
        elif which == "last" and back == 0:
            day = published - timedelta(days=7)
        return (day, published) if name == "since" or which == "since" else (day, day)
    if name == "period":
        unit, which = groups["unit"] or "", (groups["which"] or "").lower()
        monday = published - timedelta(days=published.weekday())
        shift = -1 if which in {"last", "past"} else 1 if which == "next" else 0
        if unit == "week":
            start = monday + timedelta(weeks=shift)
            return start, (min(published, start + 6 * one) if which == "earlier this" else start + 6 * one)
        if unit == "weekend":
            saturday = monday + timedelta(days=5) + timedelta(weeks=0 if published.weekday() >= 5 and shift == 0 else (shift or 0))
            return saturday, saturday + one
        if unit == "month":
            index = published.year * 12 + published.month - 1 + shift
            return _whole_month(index // 12, index % 12 + 1)
        if unit == "year":
            return date(published.year + shift, 1, 1), date(published.year + shift, 12, 31)
        return None, None
    if name == "bare month":
        month = _month(groups["month"] or "")
        year = published.year if month <= published.month else published.year - 1
        return _whole_month(year, month)
    return None


def _resolve_chained(spans: list[Span]) -> list[Span]:
    """ "The same day", "a day earlier": counted from the day last named before."""
    anchor: date | None = None
    for span in spans:
        when: When = span._.when
        words = span.text.lower()
        if when.start is None and anchor is not None and words.endswith(("day", "earlier", "later")):
            step = 0
            if "previous" in words or words == "a day earlier":
                step = -1
            elif "next" in words or "following" in words or words == "a day later":
                step = 1
            elif "same" not in words:
                continue
            day = anchor + timedelta(days=step)
            span._.when = When(day, day, when.text, when.span)
        elif when.start is not None and when.start == when.end:
            anchor = when.start
    return spans


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _number(words: str) -> int:
    words = words.lower().strip()
    if words.isdigit():
        return int(words)
    return NUMBERS.get(words.removeprefix("a ").removesuffix(" of").split()[0] if words not in {"a", "an"} else "a", 0)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _year_for(month: int, day: int, published: date | None) -> int | None:
    """The year of "April 22" in a report: the latest that does not lie more than a week after it."""
    if published is None:
        return None
    for year in (published.year + 1, published.year, published.year - 1):
        made = _make(year, month, day)
        if made is not None and made <= published + timedelta(days=7):
            return year
    return None


def historical(when: When, published: date | None) -> bool:
    """True for a time that ended more than half a year before the report: background, not its news."""
    if published is None or when.end is None:
        return False
    return when.end < published - timedelta(days=180)


REPORTING = frozenset("say tell state add announce report claim warn urge note write condemn declare confirm deny insist".split())


def event_time(doc: Doc, start: int, end: int, trigger: int) -> When | None:
    """The time of an event: an expression in its clause that belongs to no other clause's verb."""
    token = doc[trigger]
    best: tuple[int, int, When] | None = None
    for span in doc.spans.get(KEY, []):
        if span.start < token.sent.start or span.end > token.sent.end:
            continue
        inside = start <= span.start < end
        owner = _owner(span.root)
        if token.pos_ == "NOUN" and (token.left_edge.i <= span.start <= token.right_edge.i):
            rank = 0
        elif owner is not None and owner.i == token.i:
            rank = 0
        elif inside and (owner is None or not _other_clause(owner, token)):
            rank = 1
        else:
            continue
        distance = abs(span.start - trigger)
        if best is None or (rank, distance) < best[:2]:
            best = (rank, distance, span._.when)
    return best[2] if best is not None else None


def _owner(token: Token) -> Token | None:
    """The verb or event noun that a time expression hangs on."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
    return None


def _other_clause(owner: Token, trigger: Token) -> bool:
    if owner.i == trigger.i or trigger.is_ancestor(owner) and owner.dep_ in {"xcomp", "relcl", "acl", "conj"}:
        return False
    if owner.lemma_.lower() in REPORTING:
        return True
    return not (owner.is_ancestor(trigger) or trigger.is_ancestor(owner))


@Language.factory("standoff_times")
def create(nlp: Language, name: str) -> TimeFinder:
    """Make the component (spaCy factory ``standoff_times``)."""
    return TimeFinder()
