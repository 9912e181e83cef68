"""How many: quantities in English news text, read from digits, words, ranges and bounds.

A quantity keeps its words. Nothing is invented: "dozens" has no number, and a range has no best value. "At least 12"
is read as 12 with the bound kept beside it. What only looks like a quantity (years, ages, dates, money, designations)
is told apart by ``lexicon/numbers.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from spacy.tokens import Doc

from standoff import lexicon
from standoff.language import syntax

Bound = Literal["exact", "at_least", "at_most", "about"]
_STRENGTH: dict[str, int] = {"exact": 0, "about": 1, "at_most": 2, "at_least": 3}
# How much of the text around a figure is looked at to tell what it is.
_REACH = 80
# More digits than this are a serial number.
_LONGEST = 13
_GREATEST = 10**13
# No number is told in more words; looking for one takes the square of them.
_MOST_WORDS = 15
_BETWEEN = re.compile("[, \u00a0\u2009\u202f]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and the tokens ``[start_token, end_token)`` that carry it; no numbers where it is vague."""

    low: int | None
    high: int | None
    best: int | None
    text: str
    start_token: int
    end_token: int
    vague: bool = False
    bound: Bound = "exact"

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("a quantity has both ends or none")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a quantity from {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A single number in the text, before bounds and ranges are seen."""

    start: int
    end: int
    value: int
    scaled: int
    digits: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    digits: bool
    bare: bool
    low: int
    high: int
    words: frozenset[str]

    def holds(self, figure: _Figure, word: str, left: str, right: str) -> bool:
        if (self.digits and not figure.digits) or (self.bare and not figure.bare):
            return False
        if not self.low <= figure.value <= self.high or (self.words and word not in self.words):
            return False
        if self.before is not None and not self.before.search(left):
            return False
        return self.after is None or self.after.search(right) is not None


@dataclass(frozen=True, slots=True)
class _Grammar:
    figure: re.Pattern[str]
    vague: re.Pattern[str]
    before: tuple[tuple[Bound, re.Pattern[str]], ...]
    after: tuple[tuple[Bound, re.Pattern[str]], ...]
    joint: re.Pattern[str]
    between: re.Pattern[str]
    open_range: re.Pattern[str]
    change: re.Pattern[str]
    fraction: re.Pattern[str]
    fractions: dict[str, tuple[int, int]]
    whole: re.Pattern[str]
    step: tuple[re.Pattern[str], re.Pattern[str]]
    step_from: re.Pattern[str]
    rules: tuple[_Rule, ...]
    cardinals: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _grammar() -> _Grammar:
    data = lexicon.load("numbers")
    cardinals, scales, suffixes = (dict(data[k]["values"]) for k in ("cardinals", "scales", "suffixes"))
    word = rf"(?:{'|'.join(sorted((*cardinals, *scales), key=len, reverse=True))})"
    digits = r"\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?=\s[a-z])|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
    scale = rf"(?:\s+(?:{'|'.join(scales)})(?![\w])|(?:{'|'.join(sorted(suffixes, key=len, reverse=True))})(?![\w]))?"
    spelt = rf"(?:half[\s-]+an?[\s-]+|an?[\s-]+)?{word}(?:(?:[\s-]+(?:and\s+)?){word}){{0,{_MOST_WORDS}}}(?![\w])"
    figure = re.compile(rf"(?<![\w.,])(?:(?P<digits>{digits}){scale}(?=\D|$)|(?P<spelt>{spelt}))", re.IGNORECASE)
    exact = set(data["exact"]["words"])
    before: list[tuple[Bound, re.Pattern[str]]] = []
    after: list[tuple[Bound, re.Pattern[str]]] = []
    for entry in data["bound"]:
        before.append(
            (entry["bound"], re.compile(rf"(?<!\w)(?:{_alternatives(entry['before'])})\s*(?:the\s+)?$", re.IGNORECASE))
        )
        after.append((entry["bound"], re.compile(rf"^\s+(?:{_alternatives(entry['after'])})(?!\w)", re.IGNORECASE)))
    before.append(("exact", re.compile(rf"(?<!\w)(?:{_alternatives(sorted(exact))})\s*$", re.IGNORECASE)))
    after.append(("at_least", re.compile(r"^(?:\+(?!\w)|[-\s]plus(?!\w))", re.IGNORECASE)))
    after.append(("about", re.compile(r"^[-\s]odd(?!\w)", re.IGNORECASE)))
    parts = "|".join(data["fractions"]["values"])
    some = rf"(?:{'|'.join(w for w, n in cardinals.items() if 0 < n < 20)}|an?)"
    sized = "|".join(scales)
    fraction = re.compile(
        rf"(?<!\w)(?:(?:(?P<n>{some})[\s-]+)?(?P<part>{parts})s?\s+of\s+an?\s+(?P<of>{sized})"
        rf"|(?P<whole>{some})\s+and\s+an?\s+half\s+(?P<and>{sized})|an?\s+(?P<a>{sized})\s+and\s+an?\s+half)(?!\w)",
        re.IGNORECASE,
    )
    step = data["step"]
    most = next(entry["before"] for entry in data["bound"] if entry["bound"] == "at_most")
    return _Grammar(
        figure=figure,
        vague=re.compile(rf"(?<!\w)(?:{'|'.join(entry['pattern'] for entry in data['vague'])})(?!\w)", re.IGNORECASE),
        before=tuple(before),
        after=tuple(after),
        joint=re.compile(r"^(?:\s*[-–—‑]\s*|\s+(?:to|or|and)\s+)$", re.IGNORECASE),
        between=re.compile(r"(?<!\w)(?:(?:anywhere\s+)?between|from)\s+$", re.IGNORECASE),
        open_range=re.compile(
            rf"^,?\s+(?:and|but|or|to)?\s*(?:possibly|perhaps|maybe|potentially|probably)?\s*(?:{_alternatives(most)}|more\s+than)\s+$",
            re.IGNORECASE,
        ),
        change=re.compile(data["change"]["pattern"], re.IGNORECASE),
        fraction=fraction,
        fractions={w: (n, d) for w, (n, d) in data["fractions"]["values"].items()},
        whole=re.compile(data["whole"]["before"], re.IGNORECASE),
        step=(re.compile(step["before"], re.IGNORECASE), re.compile(step["after"], re.IGNORECASE)),
        step_from=re.compile(step["from"], re.IGNORECASE),
        rules=tuple(_rule(entry) for entry in data["not_quantity"]),
        cardinals=cardinals,
        scales=scales,
        suffixes=suffixes,
    )


def _rule(entry: dict[str, Any]) -> _Rule:
    flags = re.RegexFlag(0) if entry.get("case") is True else re.IGNORECASE
    return _Rule(
        reason=entry["reason"],
        before=re.compile(entry["before"], flags) if "before" in entry else None,
        after=re.compile(entry["after"], flags) if "after" in entry else None,
        digits=entry.get("digits", False),
        bare=entry.get("bare", False),
        low=entry.get("min", 0),
        high=entry.get("max", 10**15),
        words=frozenset(entry.get("words", ())),
    )


def find(doc: Doc) -> tuple[Quantity, ...]:
    """Every quantity of a text, in the order of the text; no two share a token. Found once a document.

    >>> import spacy
    >>> doc = spacy.blank("en")("Between 40 and 50 soldiers and dozens of others, the 34-year-old said.")
    >>> [(q.text, q.low, q.high, q.best) for q in find(doc)]
    [('Between 40 and 50', 40, 50, None), ('dozens', None, None, None)]
    """
    kept: tuple[Quantity, ...] | None = doc.user_data.get("standoff_quantities")
    if kept is None:
        found: list[Quantity] = []
        last = 0
        for quantity in sorted(_located(doc), key=lambda q: (q.start_token, -q.end_token)):
            if quantity.start_token >= last:
                found.append(quantity)
                last = quantity.end_token
        kept = doc.user_data["standoff_quantities"] = tuple(found)
    return kept


def _located(doc: Doc) -> Iterator[Quantity]:
    for start, end, low, high, vague, bound in _scan(doc):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not span.text.strip():
            continue
        # A figure that is only a piece of a longer word ("MH17") is none; signs that cling to it ("~40") are let pass.
        rest = span.text[: start - span.start_char] + span.text[end - span.start_char :]
        if any(c.isalnum() for c in rest):
            continue
        best = low if low == high else None
        yield Quantity(low, high, best, span.text, span.start, span.end, vague, bound)


def _scan(doc: Doc) -> Iterator[tuple[int, int, int | None, int | None, bool, Bound]]:
    text, grammar = syntax.text_of(doc), _grammar()
    whole = list(_fractions(text))
    figures = [f for f in _figures(doc) if not any(w.start < f.end and f.start < w.end for w in whole)]
    figures = sorted((f for f in (*whole, *figures) if not _told_otherwise(text, f)), key=lambda f: f.start)
    index = 0
    while index < len(figures):
        first = figures[index]
        index += 1
        second = figures[index] if index < len(figures) else None
        start, bound = _bounded_left(text, first.start)
        low, high, end = first.value, first.value, first.end
        if second is not None and second.value <= first.value and text[first.end : second.start] in {"-", "–"}:
            index += 1  # "3-1" is a score
            continue
        if second is not None:
            scaled = _shared_scale(first, second)
            opened = bound == "at_least" and grammar.open_range.match(text[first.end : second.start])
            if scaled < second.value and (opened or _is_range(text, first, second)):
                index += 1
                lead = grammar.between.search(text[max(0, first.start - 20) : first.start])
                if lead is not None and bound == "exact":
                    start = first.start - len(lead.group())
                yield start, second.end, scaled, second.value, False, bound
                continue
        for kind, pattern in grammar.after:
            match = pattern.match(text[end : end + 20])
            if match is not None:
                end += match.end()
                bound = max(bound, kind, key=_STRENGTH.__getitem__)
                break
        yield start, end, low, high, False, bound
    for match in grammar.vague.finditer(text):
        if not any(f.start < match.end() and match.start() < f.end for f in figures):
            start, bound = _bounded_left(text, match.start())
            yield start, match.end(), None, None, True, bound


def _is_range(text: str, first: _Figure, second: _Figure) -> bool:
    grammar = _grammar()
    between = text[first.end : second.start]
    if not grammar.joint.match(between):
        return False
    left = text[max(0, first.start - _REACH) : first.start]
    word = between.strip().lower()
    if word == "and":
        return re.search(r"\bbetween\s+(?:an?\s+\w+\s+)?$", left, re.IGNORECASE) is not None
    return word != "to" or not grammar.change.search(left)


def _shared_scale(first: _Figure, second: _Figure) -> int:
    """ "2 to 3 million": the first figure takes the scale of the second where it has none of its own."""
    if first.scaled == 1 and second.scaled > 1 and first.value < 1000 and first.value * second.scaled < second.value:
        return first.value * second.scaled
    return first.value


def _bounded_left(text: str, start: int) -> tuple[int, Bound]:
    """Where the words that bound a figure begin, and the strongest of their bounds."""
    bound: Bound = "exact"
    for _ in range(3):
        left = text[max(0, start - 30) : start]
        matches = [(m.start(), kind) for kind, pattern in _grammar().before if (m := pattern.search(left))]
        if not matches:
            break
        # The longest reading: "no more than" over "more than".
        at, kind = min(matches)
        if "\n" in left[at:].rstrip():
            break
        start -= len(left) - at
        bound = max(bound, kind, key=_STRENGTH.__getitem__)
    return start, bound


def _figures(doc: Doc) -> Iterator[_Figure]:
    text, grammar = syntax.text_of(doc), _grammar()
    names = {t.idx + len(t) for t in doc if t.ent_type_ == "PERSON"}
    position = 0
    while match := grammar.figure.search(text, position):
        position = match.end()
        read = _digits(match) if match["digits"] else _spelt(match)
        if read is None:
            # "five six", "a two": step over the first word only, the rest may be a number.
            position = match.start() + len(re.match(r"[\w.,]+", match.group()).group())  # type: ignore[union-attr]
            continue
        value, scaled, length = read
        end = match.start() + length
        position = end
        figure = _Figure(match.start(), end, value, scaled, bool(match["digits"]), match.group().isdigit())
        if not _refused(text, figure, names):
            yield figure


def _fractions(text: str) -> Iterator[_Figure]:
    """ "Half a million" in its longer forms: "three quarters of a million", "one and a half dozen", "a dozen and a half"."""
    grammar = _grammar()

    def few(word: str | None) -> int:
        return grammar.cardinals.get((word or "a").lower(), 1)

    for match in grammar.fraction.finditer(text):
        if match["part"]:
            over, under = grammar.fractions[match["part"].lower()]
            top, scale = few(match["n"]) * over, grammar.scales[match["of"].lower()]
        else:
            top, under = (2 * few(match["whole"]) + 1, 2) if match["and"] else (3, 2)
            scale = grammar.scales[(match["and"] or match["a"]).lower()]
        if top * scale % under == 0:
            yield _Figure(match.start(), match.end(), top * scale // under, scale, False, False)


def _told_otherwise(text: str, figure: _Figure) -> bool:
    """The whole of which a part is told, or the step of a rise: no figure of its own."""
    grammar = _grammar()
    left, right = text[max(0, figure.start - 120) : figure.start], text[figure.end : figure.end + _REACH]
    before, after = grammar.step
    return bool(
        grammar.whole.search(left) or (before.search(left) and after.match(right)) or grammar.step_from.search(left)
    )


def _refused(text: str, figure: _Figure, names: set[int]) -> bool:
    left, right = text[max(0, figure.start - _REACH) : figure.start], text[figure.end : figure.end + _REACH]
    if left[-1:].isalpha() or (left[-1:] in "-‑" and left[-2:-1].isalpha() and left[-2:-1].isupper()):
        return True
    word = text[figure.start : figure.end].lower()
    if figure.digits and figure.value < 110 and left.endswith(", ") and figure.start - 2 in names:
        # "Omar Saleh, 34 of Basra": an age right after a person's name.
        if not re.match(r"\s+(?:people|civilians|soldiers|men|women|children|others)\b", right):
            return True
    return any(rule.holds(figure, word, left, right) for rule in _grammar().rules)


def _digits(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Value, scale and length of a figure in digits."""
    grammar = _grammar()
    number = _BETWEEN.sub("", match["digits"])
    if len(number) > _LONGEST:
        return None
    tail = match.group()[len(match["digits"]) :].strip().lower()
    scale = grammar.scales.get(tail) or grammar.suffixes.get(tail) or 1
    if tail == "m" and not _is_million(match):
        return None
    value = round(float(number) * scale)
    if value > _GREATEST:
        return None
    if "." in number and abs(value - float(number) * scale) > 1e-6:
        return None
    return value, scale, len(match.group())


def _is_million(match: re.Match[str]) -> bool:
    following = match.string[match.end() : match.end() + 20]
    distance = r"\s*(?:$|[,.;)]|away|from|north|south|east|west|long|high|tall|deep|wide|off|of\b|to\b|and\b|radius)"
    return not re.match(distance, following, re.IGNORECASE)


def _spelt(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Value, scale and length of a figure in words, the longest run from its start that makes a number."""
    grammar = _grammar()
    words = list(re.finditer(r"[a-z]+", match.group(), re.IGNORECASE))
    best: tuple[int, int, int] | None = None
    for count in range(1, len(words) + 1):
        value = _value([w.group().lower() for w in words[:count]])
        if value is not None:
            last = words[count - 1].group().lower()
            best = value, grammar.scales.get(last, 1), words[count - 1].end()
    return best


def _value(words: list[str]) -> int | None:
    """The number that a run of number words makes, or None: "two hundred and six" is one, "six two" is not.

    >>> _value("one hundred and twenty".split()), _value("half a dozen".split()), _value("six two".split())
    (120, 6, None)
    """
    grammar = _grammar()
    total, current, seen, half = 0, 0, False, False
    previous = ""
    for word in words:
        if word == "half" and not previous:
            half = True
        elif word in {"a", "an"} and previous in {"", "half"}:
            current, seen = 1, True
        elif word == "and":
            if previous not in grammar.scales:
                return None
        elif word in grammar.cardinals:
            number = grammar.cardinals[word]
            if previous in {"a", "an", "half"} or (previous in grammar.cardinals and not _joins(previous, number)):
                return None
            current, seen = current + number, True
        elif word in grammar.scales:
            scale = grammar.scales[word]
            if not seen or (previous in grammar.scales and grammar.scales[previous] >= scale) or previous == "and":
                return None
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
        else:
            return None
        previous = word
    if not seen or previous in {"a", "an", "half", "and"}:
        return None
    value = total + current
    if value > _GREATEST:
        return None
    if half:
        return value // 2 if value % 2 == 0 else None
    return value


def _joins(tens: str, unit: int) -> bool:
    return _grammar().cardinals[tens] >= 20 and 0 < unit < 10
