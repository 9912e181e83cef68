"""When: time expressions, resolved against the publication date.

The component ``standoff_times`` writes ``doc.spans["standoff_times"]``; ``span._.when`` holds the words and the days
they resolve to, or none where they cannot be resolved. Nothing is guessed: without a publication date "on Wednesday"
keeps its words only, and a day that cannot be ("February 30") resolves to nothing.

The forms, with an example each, are in ``lexicon/times.toml``. They are matched on the characters and not on named
entities, so that text in lower case and without punctuation is read alike; the parse only tells a day ahead from a day
gone by, and which event a time belongs to.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff import lexicon
from standoff.language import extensions
from standoff.model import Span as TextSpan
from standoff.model import When

extensions.register()

KEY = "standoff_times"

Days = tuple[date | None, date | None]
"""First and last day; either may be unknown."""
UNKNOWN: Days = (None, None)

NEAR_FUTURE = timedelta(days=7)
"""A date without a year is taken for the latest that lies no further ahead of the report than this."""

BACKGROUND = timedelta(days=365)
LAST_YEAR_IS_NEWS = timedelta(days=31)
"""In January, "in 2016" may still be the news."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a time, from the lexicon."""

    rule: str
    pattern: re.Pattern[str]
    offset: tuple[int, int] = (0, 0)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a form: where the expression lies, and what its words are."""

    start: int
    end: int
    form: Form
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression is counted from. ``ahead``: its clause tells of what is to come; ``gone``: of what was."""

    published: date
    anchor: date | None
    ahead: bool
    gone: bool


class TimeFinder:
    """Finds and resolves time expressions.

    Sets ``doc.spans["standoff_times"]`` (list of Span, in the order of the text) and ``span._.when`` (:class:`When`).
    Reads ``doc._.published`` (date or None).
    """

    def __call__(self, doc: Doc) -> Doc:
        published: date | None = doc._.published
        spans: list[Span] = []
        anchor: date | None = None
        for found in find(doc.text):
            span = doc.char_span(found.start, found.end, label="time", alignment_mode="expand")
            if span is None or (spans and span.start < spans[-1].end):
                continue
            days = resolve(found, published, anchor, is_ahead(span), is_gone(span))
            if "since" in found.words:
                days = _until_now(days, published)
            span._.when = When(*days, span.text, TextSpan(span.start_char, span.end_char))
            if days[0] is not None and days[0] == days[1]:
                anchor = days[0]
            spans.append(span)
        doc.spans[KEY] = spans
        return doc


# ------------------------------------------------------------------------------------------------------------- finding


def find(text: str) -> Iterator[Found]:
    """Time expressions of a text in its order, none overlapping: the longest first, then as the lexicon orders them."""
    taken = [match.span() for pattern in _no_times() for match in pattern.finditer(text)]
    candidates = [
        (start - end, start, order, Found(start, end, form, words))
        for order, form in enumerate(forms())
        for start, end, words in _matches(form.pattern, text)
    ]
    kept: list[Found] = []
    for *_, found in sorted(candidates, key=lambda c: c[:3]):
        if not any(found.start < end and start < found.end for start, end in taken):
            taken.append((found.start, found.end))
            kept.append(found)
    for found in sorted(kept, key=lambda f: f.start):
        since = _SINCE.search(text, max(0, found.start - 30), found.start)
        if since and found.words.get("which") not in {"next"}:
            yield Found(since.start(), found.end, found.form, {**found.words, "since": since[0]})
        else:
            yield found


_SINCE = re.compile(r"\bsince[^\S\n]+(?:(?:at|least|about|around|early|late|the)[^\S\n]+){0,2}$", re.IGNORECASE)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for match in pattern.finditer(text):
        words = {name: value.lower() for name, value in match.groupdict().items() if value is not None}
        start, end = match.span("span" if "span" in words else 0)
        while start < end and not text[start].isalnum():
            start += 1
        yield start, end, words


@cache
def forms() -> tuple[Form, ...]:
    """The forms of ``lexicon/times.toml``, compiled."""
    data = lexicon.load("times")
    named = tuple(Form("named", _compiled(_listed(entry["words"])), day=entry["day"]) for entry in data["named"])
    return named + tuple(
        Form(entry["rule"], _compiled(entry["pattern"]), tuple(entry.get("offset", (0, 0)))) for entry in data["form"]
    )


@cache
def _no_times() -> tuple[re.Pattern[str], ...]:
    return tuple(
        _compiled(entry["pattern"] if "pattern" in entry else _listed(entry["words"]))
        for entry in lexicon.load("times")["not"]
    )


# The parts of a lexicon pattern that are not taken as they stand: look-behinds (of fixed width), character classes, the
# words in braces, and spaces.
_PARTS = re.compile(
    r"(?P<behind>\(\?<[!=][^()]*\))|(?P<set>\[[^\]]*\])|\{(?P<word>[a-z_]+)(?P<number>\d?)\}|(?P<gap> )(?P<few>[?*]?)"
)
_BLANK = r"[^\S\n]"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the lexicon as a regular expression: the words filled in, a space for any blank within a line."""

    def fill(part: re.Match[str]) -> str:
        if part["gap"]:
            return _BLANK + (part["few"] or "+")
        if part["word"]:
            return _alternatives(part["word"], part["number"]).replace(" ", _BLANK + "+")
        return part[0].replace(" ", _BLANK if part["behind"] else " \t\u00a0")

    return re.compile(rf"(?<!\w)(?:{_PARTS.sub(fill, pattern)})(?!\w)", re.IGNORECASE)


def _listed(words: Iterable[str]) -> str:
    """One of several words, the longest first."""
    return "|".join(re.escape(w).replace("\\ ", " ") for w in sorted(words, key=lambda w: (-len(w), w)))


_NUMERIC = {
    "year": r"(?:19|20)\d\d(?!\d)",
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:]|[.,]\d)",
    "ordinal": r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)",
}


def _alternatives(word: str, number: str) -> str:
    """One word of a pattern: a group named after it, where it is counted with."""
    if number == "0":
        return re.sub(r"\(\?P<\w+>", "(?:", _alternatives(word, ""))
    if word in _NUMERIC:
        return f"(?P<{'day' if word == 'ordinal' else word}{number}>{_NUMERIC[word]})"
    listed = lexicon.load("times")["words"][word]
    body = _listed(listed)
    if not isinstance(listed, dict):
        return rf"(?P<{word}>{body})\b" if word == "stretch" else rf"(?:(?:{body})\b)"
    return rf"(?P<{word}{number}>\d{{1,3}}|{body})" if word == "n" else f"(?P<{word}{number}>{body})"


# ----------------------------------------------------------------------------------------------------------- resolving


def resolve(
    found: Found, published: date | None, anchor: date | None = None, ahead: bool = False, gone: bool = False
) -> Days:
    """The days of an expression; unknown where they cannot be told.

    ``anchor`` is the day last named before it in the text, which "a day earlier" is counted from; ``ahead`` and
    ``gone`` are the tense of its clause.
    """
    rule, words = found.form.rule, found.words
    try:
        if rule in _ABSOLUTE and ("year" in words or "decade" in words or "year2" in words):
            return _ABSOLUTE[rule](words)
        if published is None:
            return UNKNOWN
        moment = Moment(published, anchor, ahead, gone)
        if rule in _YEARLESS:
            return _YEARLESS[rule](words, moment)
        if rule in _RELATIVE:
            return _RELATIVE[rule](found, moment)
    except (ValueError, OverflowError):  # no such day in the calendar
        pass
    return UNKNOWN


Words = dict[str, str]


def _value(words: Words, name: str) -> int:
    """The number that a word of a pattern stands for."""
    word = words[name]
    if word[0].isdigit():
        return int(re.match(r"\d+", word)[0])  # type: ignore[index]
    number: int = lexicon.load("times")["words"][name.rstrip("0123456789")][word]
    return number


def _days(first: date, last: date) -> Days:
    return (first, last) if first <= last else UNKNOWN


def _one(day: date) -> Days:
    return day, day


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _day_of(words: Words) -> Days:
    return _one(
        date(int(words["year"]), int(words["mm"]) if "mm" in words else _value(words, "month"), _value(words, "day"))
    )


def _numeric(words: Words) -> Days:
    """ "22/04/2025": only where one order makes a date, or both the same."""
    a, b, year = int(words["a"]), int(words["b"]), int(words["year"])
    if a <= 12 and b <= 12 and a != b:
        return UNKNOWN
    return _one(date(year, a, b) if b > 12 else date(year, b, a))


def _days_of(words: Words) -> Days:
    """ "April 22-24, 2025"; one year for both, and the turn of the year where the first lies after the last."""
    month = _value(words, "month")
    month2 = _value(words, "month2") if "month2" in words else month
    year2 = int(words.get("year2") or words["year"])
    year = int(words.get("year") or year2)
    day, day2 = _value(words, "day"), _value(words, "day2")
    if month2 < month and year == year2:
        year, year2 = (year, year + 1) if "year2" not in words else (year - 1, year)
    return _days(date(year, month, day), date(year2, month2, day2))


def _month_of(words: Words) -> Days:
    return _month(int(words["year"]), _value(words, "month"))


def _months_of(words: Words) -> Days:
    year2 = int(words.get("year2") or words["year"])
    first, last = _value(words, "month"), _value(words, "month2")
    year = int(words.get("year") or (year2 if first <= last else year2 - 1))
    return date(year, first, 1), _month(year2, last)[1]


def _years_of(words: Words) -> Days:
    first = int(words["year"])
    if "year2" in words:
        return _days(date(first, 1, 1), date(int(words["year2"]), 12, 31))
    short = int(words["yy"])
    return _days(date(first, 1, 1), date(first - first % 100 + short + (100 if short < first % 100 else 0), 12, 31))


def _decade_of(words: Words) -> Days:
    return date(int(words["decade"]), 1, 1), date(int(words["decade"]) + 9, 12, 31)


def _yearless_day(words: Words, at: Moment) -> Days:
    month, day = _value(words, "month"), _value(words, "day")
    if "which" in words:
        return _one(date(at.published.year + _shift(words["which"]), month, day))
    return _one(_nearest(month, day, at))


def _yearless_days(words: Words, at: Moment) -> Days:
    month, day, day2 = _value(words, "month"), _value(words, "day"), _value(words, "day2")
    month2 = _value(words, "month2") if "month2" in words else month
    first = _nearest(month, day, at)
    return _days(first, date(first.year + (month2 < month), month2, day2))


def _yearless_month(words: Words, at: Moment) -> Days:
    """ "In March": this year's, or last year's where it has not come yet."""
    month, which, now = _value(words, "month"), words.get("which"), at.published
    if which and words["span" if "span" in words else "which"].endswith("year"):
        return _month(now.year + _shift(which), month)
    if which == "next" or (at.ahead and which != "last"):
        return _month(now.year + (month < now.month or (which == "next" and month == now.month)), month)
    return _month(now.year - (month > now.month or (which == "last" and month == now.month)), month)


def _yearless_months(words: Words, at: Moment) -> Days:
    last = _yearless_month({"month": words["month2"]}, at)
    first = _value(words, "month")
    assert last[0] is not None
    return date(last[0].year - (first > last[0].month), first, 1), last[1]


def _nearest(month: int, day: int, at: Moment) -> date:
    """The day of a month that a report means: the next to come where it speaks of plans, else the last that was.

    Raises:
        ValueError: no year has such a day.
    """
    years = range(at.published.year - 8, at.published.year + 9)  # 29 February comes every fourth year, or eighth
    days = [date(y, month, day) for y in years if 1 <= y <= 9999 and day <= monthrange(y, month)[1]]
    ahead = [d for d in days if d >= at.published]
    gone = [d for d in days if d <= at.published + NEAR_FUTURE]
    if not gone or (at.ahead and ahead):
        return min(ahead, default=date(1, month, day))
    return max(gone)


def _shift(which: str) -> int:
    return {"last": -1, "next": 1, "coming": 1}.get(which.split()[-1], 0)


def _of_report(found: Found, at: Moment) -> Days:
    first, last = found.form.offset
    return at.published + timedelta(first), at.published + timedelta(last)


def _of_anchor(found: Found, at: Moment) -> Days:
    return UNKNOWN if at.anchor is None else _one(at.anchor + timedelta(found.form.offset[0]))


def _of_anchor_or_report(found: Found, at: Moment) -> Days:
    return _one((at.anchor or at.published) + timedelta(found.form.offset[0]))


def _day_of_month(found: Found, at: Moment) -> Days:
    """ "On the 21st": of the month last named, else the last that was."""
    day, now = _value(found.words, "day"), at.published
    if "which" in found.words:
        first, _ = _shifted_month(now, _shift(found.words["which"]))
        assert first is not None
        return _one(first.replace(day=day))
    if at.anchor is not None and (at.anchor.year, at.anchor.month) != (now.year, now.month):
        return _one(at.anchor.replace(day=day))
    if at.ahead:
        return _one(next(d for d in (now + timedelta(n) for n in range(62)) if d.day == day))
    return _one(next(d for d in (now - timedelta(n) for n in range(62)) if d.day == day))


def _weekday(found: Found, at: Moment) -> Days:
    words = found.words
    day = _value(words, "weekday" if "weekday" in words else "short_weekday")
    if "week" in words:
        monday = at.published - timedelta(at.published.weekday())
        return _one(monday + timedelta(7 * _shift(words["week"]) + day))
    return _one(_day_of_week(day, words.get("which", "").split(" ")[-1] if words.get("which") else "", words, at))


def _day_of_week(day: int, which: str, words: Words, at: Moment) -> date:
    """A weekday is the last one up to the day of the report, or the next where its clause speaks of what is to come."""
    back = (at.published.weekday() - day) % 7
    ahead = (day - at.published.weekday()) % 7
    if which == "last":
        return at.published - timedelta(back or 7)
    if which == "next":  # that of the week after: "next Friday" is not tomorrow
        return at.published - timedelta(at.published.weekday()) + timedelta(7 + day)
    if which == "coming" or (at.ahead and which != "past"):
        return at.published + timedelta(ahead)
    return at.published - timedelta(back)


def _weekdays(found: Found, at: Moment) -> Days:
    first, last = _value(found.words, "weekday"), _value(found.words, "weekday2")
    if at.ahead:
        start = _day_of_week(first, "", found.words, at)
        return start, start + timedelta((last - first) % 7)
    end = _day_of_week(last, "", found.words, at)
    return end - timedelta((last - first) % 7), end


def _night_of_weekday(found: Found, at: Moment) -> Days:
    """ "Overnight into Wednesday" ends on it; "overnight on Wednesday" may be either night, but none after the report."""
    day = _day_of_week(_value(found.words, "weekday"), "", found.words, at)
    if "into" in found.words or day == at.published:
        return day - timedelta(1), day
    return day, day + timedelta(1)


def _anaphoric_weekday(found: Found, at: Moment) -> Days:
    day, base = _value(found.words, "weekday"), at.anchor or at.published
    if found.words["which"] in {"previous", "preceding"}:
        return _one(base - timedelta((base.weekday() - day) % 7 or 7))
    return UNKNOWN if at.anchor is None else _one(base + timedelta((day - base.weekday()) % 7 or 7))


def _period(found: Found, at: Moment) -> Days:
    shift, side, now = _shift(found.words.get("which", "this")), found.words.get("side"), at.published
    match found.words["stretch"]:
        case "week":
            first = now - timedelta(now.weekday()) + timedelta(weeks=shift)
            last = first + timedelta(6)
        case "month":
            first, last = _shifted_month(now, shift)
        case _:
            first, last = date(now.year + shift, 1, 1), date(now.year + shift, 12, 31)
    if shift == 0 and side == "earlier":
        return first, now
    return (now, last) if shift == 0 and side == "later" else (first, last)


def _shifted_month(day: date, months: int) -> tuple[date, date]:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _weekend(found: Found, at: Moment) -> Days:
    which = found.words.get("which", "").replace("this past", "last")
    coming = at.published + timedelta((5 - at.published.weekday()) % 7)
    if at.published.weekday() == 6:
        coming = at.published - timedelta(1)
    running = at.published.weekday() >= 5
    if which == "next" or which.endswith("coming"):
        saturday = coming + timedelta(7 if running else 0)
    elif at.ahead or (which == "this" and not at.gone):
        saturday = coming
    else:
        saturday = coming if running and which != "last" else coming - timedelta(7)
    return saturday, saturday + timedelta(1)


def _length(words: Words) -> int:
    """A stretch in days; hours rounded up, for twelve hours before a report may lie on the day before."""
    number, unit = _value(words, "n") if "n" in words else 1, words["unit"]
    return -(-number // 24) if unit == "hour" else number * _value(words, "unit")


def _past(found: Found, at: Moment) -> Days:
    return at.published - timedelta(_length(found.words)), at.published


def _coming(found: Found, at: Moment) -> Days:
    return at.published, at.published + timedelta(_length(found.words))


def _ago(found: Found, at: Moment) -> Days:
    return _away(at.published, found.words, -1)


def _earlier(found: Found, at: Moment) -> Days:
    return _away(at.anchor or at.published, found.words, -1)


def _later(found: Found, at: Moment) -> Days:
    return UNKNOWN if at.anchor is None else _away(at.anchor, found.words, 1)


def _away(base: date, words: Words, sign: int) -> Days:
    """So many units away, as exact as the unit: a day, days about a week's end, a month, a year."""
    number, unit = _value(words, "n"), words["unit"]
    match unit:
        case "hour":
            return tuple(sorted((base, base + sign * timedelta(_length(words)))))  # type: ignore[return-value]
        case "day" | "night":
            return _one(base + sign * timedelta(number))
        case "week" | "fortnight":
            day = base + sign * timedelta(_length(words))
            return day - timedelta(3), day + timedelta(3)
        case "month":
            return _shifted_month(base, sign * number)
        case "year":
            return _year(base.year + sign * number)
    return UNKNOWN


def _named(found: Found, at: Moment) -> Days:
    day = found.form.day
    return _one(day) if day is not None and day <= at.published else UNKNOWN


def _until_now(days: Days, published: date | None) -> Days:
    """ "Since Monday": from then until the report. Without the report's day, only its beginning is known."""
    start, _ = days
    return days if published is not None and start is not None and start > published else (start, published)


_ABSOLUTE: dict[str, Callable[[Words], Days]] = {
    "day": _day_of,
    "numeric": _numeric,
    "days": _days_of,
    "month": _month_of,
    "months": _months_of,
    "year": lambda words: _year(int(words["year"])),
    "years": _years_of,
    "decade": _decade_of,
}
_YEARLESS: dict[str, Callable[[Words, Moment], Days]] = {
    "day": _yearless_day,
    "days": _yearless_days,
    "month": _yearless_month,
    "months": _yearless_months,
}
_RELATIVE: dict[str, Callable[[Found, Moment], Days]] = {
    "offset": _of_report,
    "anaphor": _of_anchor,
    "anaphor or report": _of_anchor_or_report,
    "day of month": _day_of_month,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "night of weekday": _night_of_weekday,
    "anaphoric weekday": _anaphoric_weekday,
    "period": _period,
    "weekend": _weekend,
    "past": _past,
    "coming": _coming,
    "ago": _ago,
    "earlier": _earlier,
    "later": _later,
    "named": _named,
}


# --------------------------------------------------------------------------------------------------- ahead or gone by

_AHEAD_WORDS = re.compile(
    r"\b(?:ahead of|due|scheduled for|planned for|slated for|set for|expected|deadline (?:of|on)|upcoming|starting|"
    r"beginning)(?: on)?(?: the)? $",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|by|through)(?: at least)?(?: the)? $", re.IGNORECASE)


def is_ahead(span: Span) -> bool:
    """True where an expression's clause tells of what is to come: "will meet on Friday", "the vote due on Friday"."""
    before = span.doc.text[max(0, span.start_char - 40) : span.start_char].replace("\u00a0", " ")
    if _AHEAD_WORDS.search(before):
        return True
    verb = _clause_verb(span.root)
    if verb is None:
        return False
    if _UNTIL.search(before) and (verb.lemma_.lower() in _words("lasting") or verb.tag_ in {"VB", "VBP", "VBZ"}):
        return True
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if auxiliaries & {"will", "'ll", "’ll", "wo", "shall"}:
        return True
    if auxiliaries & {"would", "could", "may", "might"}:
        return not auxiliaries & {"have", "'ve", "’ve"}
    if "to" in auxiliaries:
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head.lemma_.lower() not in _words("tries")  # "an attempt to take the town on Monday"
        return verb.dep_ == "ROOT" or verb.head.lemma_.lower() in _words("ahead_heads")
    if verb.lemma_.lower() in {"schedule", "slate", "expect", "plan"} and verb.tag_ == "VBN":
        return True
    return (
        verb.tag_ in {"VBZ", "VBP", "VBG"}
        and verb.lemma_.lower() in _words("arranged")
        and not auxiliaries & {"was", "were"}
    )


def is_gone(span: Span) -> bool:
    """True where an expression's clause is in a past tense."""
    verb = _clause_verb(span.root)
    if verb is None or is_ahead(span):
        return False
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" or c.lower_ in {"has", "have"} for c in verb.children if c.dep_ in {"aux", "auxpass"}
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("times")["words"][name])


# -------------------------------------------------------------------------------------------------------- background


def historical(when: When, published: date | None) -> bool:
    """True for a time that is background to a report: one that began over a year before it, or an earlier year as a whole.

    What has gone on "since 1989" is background as well: it is told to explain the news.
    """
    if published is None or when.start is None:
        return False
    last = when.end or when.start
    if last - when.start >= timedelta(300) and last < published:
        return last.year < published.year and last < published - LAST_YEAR_IS_NEWS
    return when.start < published - BACKGROUND


# ------------------------------------------------------------------------------------------------- the time of an event


def event_time(doc: Doc, start: int, end: int, trigger: int) -> When | None:
    """The time of the event that a token triggers, in the clause of tokens ``[start, end)``.

    A time that hangs on the trigger goes before one of its clause, and that before one of a clause it shares its time
    with ("struck camps on Wednesday, killing nine"). The time of another clause is not taken: in "said on Thursday that
    jets attacked", Thursday is when it was said.
    """
    token = doc[trigger]
    ranked = []
    for span in doc.spans.get(KEY, []):
        if token.sent.start <= span.start and span.end <= token.sent.end:
            rank = _rank(span, token)
            if rank is not None:
                outside = not start <= span.start < end
                ranked.append((span._.when.start is None, rank, outside, abs(span.start - trigger), span.start, span))
    if not ranked:
        return _since_clause(doc, token)
    when: When = min(ranked)[-1]._.when
    return when


def _since_clause(doc: Doc, trigger: Token) -> When | None:
    """ "Nine have died since shelling began on Sunday": from Sunday to the report.

    Told by the order of the words, for parsers often take the clause after "since" for the main one.
    """
    verb = _clause_verb(trigger)
    if verb is None:
        return None
    own = {verb.i, *(c.i for c in verb.children if c.dep_ == "conj")}
    for span in doc.spans.get(KEY, []):
        holder = _clause_verb(span.root)
        if holder is None or holder.i <= verb.i or holder.sent != verb.sent or span.start < holder.i:
            continue
        if any(t.lower_ == "since" and t.head.i in {*own, holder.i, holder.head.i} for t in doc[verb.i : holder.i]):
            days = _until_now((span._.when.start, span._.when.end), doc._.published)
            return When(*days, span._.when.text, span._.when.span)
    return None


def _rank(span: Span, trigger: Token) -> int | None:
    """How closely a time belongs to an event, 0 the closest; None where it belongs to another."""
    if any(t.i == trigger.i for t in span):
        return None
    holder = _said_then(span) or _holder(span.root, trigger)
    verb = _clause_verb(trigger)
    if verb is not None and verb.dep_ == "relcl" and verb.head in span:
        return 1  # "on Monday, when gunmen killed two"
    if (
        holder is not None
        and _is_verb(holder)
        and holder.dep_ == "relcl"
        and holder.lemma_.lower() in _words("taking_place")
    ):
        holder = holder.head if holder.head.i != trigger.i else holder  # "an ambush that took place on Monday"
    if holder is None:
        return 5
    if _after(span.root, holder):
        return None
    if holder.i == trigger.i or (trigger.head.i == holder.i and trigger.dep_ in {"compound", "amod", "nmod"}):
        return 0
    if _is_verb(holder):
        return _rank_of_verb(holder, trigger, verb, span)
    return _rank_of_noun(holder, trigger, verb)


def _rank_of_verb(holder: Token, trigger: Token, verb: Token | None, span: Span) -> int | None:
    """A time that hangs on a verb."""
    if verb is None:
        return None
    if holder.dep_ in {"relcl", "acl"} and holder.head.i == trigger.i:
        return 2
    telling = holder.lemma_.lower() in _telling()
    if holder.i == verb.i:
        # "Condemned on Monday the attack": Monday is when it was condemned.
        return None if telling and trigger.i != verb.i and not _is_subject(trigger, verb) else 1
    if telling:
        # "Said jets hit the port on Wednesday", "On Wednesday jets hit the port, said …": parsers hang the day on "said".
        # "On Monday jets were reported to have hit it": what is reported is one with the report.
        raised = verb.dep_ == "xcomp" and any(c.dep_ == "nsubjpass" for c in holder.children)
        if verb.dep_ == "conj" and verb.head.i == holder.i:
            return 2  # "spoke to him on Monday and urged him"
        between = holder.i < verb.i < span.start or span.start < verb.i < holder.i or raised
        told = holder in verb.ancestors or holder.is_ancestor(trigger)
        return 4 if between and told and not _apart(verb, holder) else None
    if _shares_time(verb, holder):
        return 2
    if holder.dep_ in {"xcomp", "ccomp", "advcl"} and holder.head.i == verb.i and holder.tag_ in {"VBG", "VB"}:
        # "Managed to take the town on Monday", "carried out strikes, killing nine on Monday".
        return 3 if verb.lemma_.lower() not in _telling() else None
    if holder.dep_ == "conj" and holder.head.i == verb.i and span.start > holder.i > trigger.i:
        # "Shelled the town and killed nine on Monday", where neither verb has more of its own.
        own = {"nsubj", "nsubjpass", "prep", "advcl", "npadvmod"}
        return (
            3
            if not any(c.dep_ in own for v in (holder, verb) for c in v.children if verb.i < c.i < span.start - 1)
            else None
        )
    return None


def _rank_of_noun(holder: Token, trigger: Token, verb: Token | None) -> int | None:
    """A time that hangs on a noun: "Tuesday's attack", "an attack on Tuesday"."""
    if _is_verb(trigger):
        if trigger.lemma_.lower() in _telling():
            # "Voted for a truce on Saturday": a truce to come has no time of its own before it is voted for.
            decided = trigger.lemma_.lower() in _words("deciding") and trigger.i < holder.i
            governor = holder.head.head if holder.dep_ == "pobj" else holder.head
            if governor.i == trigger.i and holder.dep_ == "pobj" and holder.lemma_.lower() in _words("venue"):
                return 1  # "told her in a call on Tuesday"
            return 3 if decided and governor.i == trigger.i and not _after(holder, trigger) else None
        if _head_noun_chain(trigger, holder):
            return 2
        return 1 if verb is not None and _clause_verb(holder) == verb and not _after(holder, trigger) else None
    if trigger.is_ancestor(holder) and _clause_verb(holder) == verb and not _after(holder, trigger):
        return 1
    return 2 if holder.is_ancestor(trigger) and _clause_verb(holder) == verb else None


def _holder(token: Token, trigger: Token) -> Token | None:
    """What a time hangs on: the first verb, event noun or trigger above it."""
    for ancestor in token.ancestors:
        if ancestor.i == trigger.i or _is_verb(ancestor) or ancestor.lemma_.lower() in _event_nouns():
            return ancestor
    return None


def _said_then(span: Span) -> Token | None:
    """The verb of saying that a day stands right behind: "said on Monday its troops had left"."""
    before = span.start - 1
    while before > span.sent.start and span.doc[before].lower_ in {"on", "late", "early", "earlier", "later"}:
        before -= 1
    verb = span.doc[before] if before >= span.sent.start else None
    one_day = span._.when.start == span._.when.end
    return verb if verb is not None and one_day and _is_verb(verb) and verb.lemma_.lower() in _saying() else None


def _clause_verb(token: Token) -> Token | None:
    """The verb of a token's clause: itself, or the first above it."""
    if _is_verb(token):
        return token
    return next((a for a in token.ancestors if _is_verb(a)), None)


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound", "aux", "auxpass", "prep"}


def _is_subject(noun: Token, verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} and (c.i == noun.i or c.is_ancestor(noun)) for c in verb.children)


def _shares_time(verb: Token, holder: Token) -> bool:
    """True where a clause has its time from the one it hangs on: "struck on Monday and killed", "…, killing nine"."""
    at = verb
    for _ in range(4):
        if at.i == holder.i:
            return True
        head = at.head
        if (
            (at.dep_ == "conj" and _is_verb(head))
            or at.dep_ == "xcomp"
            or (at.dep_ == "advcl" and not _apart(at, head))
        ):
            at = head
        elif at.dep_ == "ccomp" and any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ == "WDT" for c in at.children):
            at = head  # parsers take "launched strikes that killed nine" for a clause of the verb
        elif at.dep_ in {"relcl", "acl"} and head.dep_ == "dobj" and head.lemma_.lower() in _event_nouns():
            at = head.head  # "launched strikes on Monday that killed nine"
        else:
            return False
        if at.i != holder.i and at.lemma_.lower() in _telling():
            return False
    return at.i == holder.i


def _apart(verb: Token, above: Token) -> bool:
    """True where a conjunction or preposition between two verbs sets their times apart: "after jets had hit the port"."""
    at = verb
    for _ in range(4):
        if at.i == above.i:
            return False
        if any(
            c.dep_ in {"mark", "advmod", "prep"} and c.lower_ in _words("apart") and c.i < verb.i for c in at.children
        ):
            return True
        if at.dep_ in {"pcomp", "pobj"} and at.head.lower_ in _words("apart"):
            return True
        at = at.head
    return False


def _after(noun: Token, trigger: Token) -> bool:
    """True where the way from a noun up to the trigger leads over "after", "before", "since": another time."""
    at = noun
    for _ in range(6):
        if at.i == trigger.i or at.head.i == at.i:
            return False
        at = at.head
        if at.lower_ in _words("apart") and at.dep_ in {"prep", "mark", "pcomp"}:
            return True
    return False


def _head_noun_chain(verb: Token, noun: Token) -> bool:
    """ "An April 22 attack in Pahalgam, where 24 were killed": the verb's relative clause hangs on the noun's phrase."""
    at = verb
    while at.dep_ in {"conj", "xcomp"} and _is_verb(at.head):
        at = at.head
    if at.dep_ not in {"relcl", "acl"}:
        return False
    return at.head.i == noun.i or (noun.is_ancestor(at.head) and _clause_verb(at.head) == _clause_verb(noun))


@cache
def _saying() -> frozenset[str]:
    """Verbs that take a clause right behind them."""
    cues = lexicon.load("cues")["verbs"]
    return frozenset(word for entry in cues if entry["stance"] != "accuse" for word in entry["words"]) - _words(
        "deciding"
    )


@cache
def _telling() -> frozenset[str]:
    cues = lexicon.load("cues")["verbs"]
    return _words("telling") | frozenset(word for entry in cues for word in entry["words"])


@cache
def _event_nouns() -> frozenset[str]:
    nouns = lexicon.load("event_nouns")["noun"]
    return _words("happening") | frozenset(word for entry in nouns for word in entry["words"])


@Language.factory("standoff_times")
def create(nlp: Language, name: str) -> TimeFinder:
    """Make the component (spaCy factory ``standoff_times``)."""
    return TimeFinder()
