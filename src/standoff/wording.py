"""How values are worded for the eye, alike on a terminal and on a page."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from standoff import lexicon, ontology
from standoff.model import OFFICIAL, AuxMode, Bound, Count, CountKind, DisputeKind, Mention, Source, When, shared_code

QUESTIONS = {
    DisputeKind.COUNT: "How many?",
    DisputeKind.RESPONSIBILITY: "Who did it?",
    DisputeKind.OCCURRENCE: "Did it happen?",
    DisputeKind.CHARACTER: "What was it?",
    DisputeKind.OUTCOME: "How did it end?",
    DisputeKind.READOUT: "What was said?",
}
"""What a kind of dispute is about."""

AUX = {
    AuxMode.NEGATION: "said not to have happened",
    AuxMode.HISTORICAL: "background, not this news",
    AuxMode.FUTURE: "still to come",
    AuxMode.HYPOTHETICAL: "only if, or as a threat",
    AuxMode.ATTEMPTED: "tried, foiled or failed",
}
"""What an auxiliary mode says of a claim."""

_MONTHS = "January February March April May June July August September October November December".split()


def long_day(day: date) -> str:
    """A day as it is written in prose.

    >>> long_day(date(2018, 11, 25))
    '25 November 2018'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_days(first: date, last: date) -> str:
    """Two days as prose has them, what they share said once; whole months and years by their names.

    >>> long_days(date(2018, 11, 26), date(2018, 11, 29))
    '26 to 29 November 2018'
    >>> long_days(date(2017, 3, 1), date(2017, 3, 31)), long_days(date(2016, 1, 1), date(2017, 12, 31))
    ('March 2017', '2016 to 2017')
    """
    if first == last:
        return long_day(first)
    if first.day == 1 and monthrange(last.year, last.month)[1] == last.day:
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        ends = f"{_MONTHS[last.month - 1]} {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return ends
        begins = _MONTHS[first.month - 1]
        return f"{begins} to {ends}" if first.year == last.year else f"{begins} {first.year} to {ends}"
    if first.year != last.year:
        return f"{long_day(first)} to {long_day(last)}"
    month = "" if first.month == last.month else f" {_MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {long_day(last)}"


def days_in(words: str) -> tuple[date, date] | None:
    """The days of which :func:`long_days` writes, first and last; None of other words.

    >>> days_in("26 to 29 November 2018") == (date(2018, 11, 26), date(2018, 11, 29))
    True
    >>> days_in("March 2017") == (date(2017, 3, 1), date(2017, 3, 31)), days_in("soon")
    (True, None)
    """
    if not re.fullmatch(LONG_DAYS, words):
        return None
    begins, _, ends = words.partition(" to ")
    year, month, day = _piece(ends or begins)
    first_year, first_month, first_day = _piece(begins)
    # What the first end leaves out stands at the last.
    first_year = first_year or year
    first_month = first_month or (month if first_day else 0)
    try:
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
        return date(first_year, first_month or 1, first_day or 1), last
    except ValueError:
        return None


def _piece(words: str) -> tuple[int, int, int]:
    """Year, month and day of one end of a span; 0 where it is left out."""
    parts = words.split()
    numbers = [int(part) for part in parts if part.isdigit()]
    months = [_MONTHS.index(part) + 1 for part in parts if part in _MONTHS]
    return next((n for n in numbers if n > 31), 0), months[0] if months else 0, next((n for n in numbers if n <= 31), 0)


LONG_DAYS = r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{4} )?(?:to (?:\d{1,2} )?(?:[A-Z][a-z]+ )?)?\d{4}"
"""What :func:`long_days` writes, as a pattern."""


def in_prose(name: str) -> str:
    """A name, or what somebody is, as it stands within a sentence (``lexicon/phrases.toml``).

    >>> in_prose("United Nations"), in_prose("Russia"), in_prose("A monitor"), in_prose("A Thousand Hills")
    ('the United Nations', 'Russia', 'a monitor', 'A Thousand Hills')
    """
    described = re.match(r"(?:An?|The) [a-z]", name)
    return f"the {name}" if name in _articles() else name[:1].lower() + name[1:] if described else name


def sentence_case(text: str) -> str:
    """The text with a capital in front.

    >>> sentence_case("the United Nations")
    'The United Nations'
    """
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them.

    >>> listed(["Russia", "Ukraine", "a wire"])
    'Russia, Ukraine and a wire'
    """
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def clause(event: str, modes: Sequence[str], actors: Sequence[str], recipients: Sequence[str]) -> str:
    """An event as the clause of a sentence, with the names given (``lexicon/phrases.toml``).

    >>> clause("COERCE", ("seize",), ["Russia"], [])
    'Russia seized property, land or vessels'
    """
    forms = next((found for mode in (*modes, "") if (found := _phrases().get((event, mode)))), None)
    if forms is None:
        raise KeyError(event)
    form = "both" if actors and recipients else "actor" if actors else "recipient" if recipients else "none"
    return forms[form].format(actor=listed(actors), recipient=listed(recipients))


@cache
def _phrases() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(entry["event"], entry.get("mode", "")): entry for entry in lexicon.load("phrases")["phrase"]}


@cache
def _articles() -> frozenset[str]:
    return frozenset(entry["name"] for entry in lexicon.load("phrases")["article"])


def dates(start: date | None, end: date | None) -> str:
    """Two days, or one where they are the same."""
    return " to ".join(dict.fromkeys(day.isoformat() for day in (start, end) if day is not None))


@cache
def states() -> Mapping[str, str]:
    """Names of states by ISO 3166 alpha-3 code."""
    return {entry["code"]: entry["name"] for entry in lexicon.load("states")["state"]}


@cache
def adjectives(code: str) -> tuple[str, ...]:
    """What is called after a state: "Syrian"."""
    return next((tuple(e.get("adjectives", ())) for e in lexicon.load("states")["state"] if e["code"] == code), ())


def rebels(code: str) -> str:
    """What the rebels of a state are called together: "Syrian rebels"."""
    return f"{next(iter(adjectives(code)), '') or state_name(code)} rebels"


@cache
def people(code: str) -> str:
    """What the people of a state are called: "Syrians"; empty for what is no state."""
    rows = lexicon.load("states")["state"]
    return next((e["people"][0] for e in rows if e["code"] == code and e.get("people")), "")


def normal_case(text: str) -> str:
    """Words wholly in capitals as names are written; all other words as they are.

    >>> normal_case("SAN SALVADOR"), normal_case("VALLE DEL CAUCA"), normal_case("Gori"), normal_case("AL-MAYADIN")
    ('San Salvador', 'Valle del Cauca', 'Gori', 'Al-Mayadin')
    """
    if not text.isupper():
        return text
    words = [
        word if word in _small() else "-".join(map(str.capitalize, word.split("-"))) for word in text.lower().split()
    ]
    return sentence_case(" ".join(words))


@cache
def _small() -> frozenset[str]:
    return frozenset(lexicon.load("headlines")["small"]["words"])


def state_name(code: str) -> str | None:
    """The name of a state; None where the code is none of one."""
    return states().get(code)


def number(count: Count) -> str:
    """A figure's range; its own words where it is vague."""
    if count.low is None and count.high is None:
        return count.text
    if count.bound is not Bound.EXACT and (count.low == count.high or None in (count.low, count.high)):
        return f"{count.bound.value} {count.low if count.low is not None else count.high:,}"
    if count.low == count.high:
        return f"{count.low:,}"
    if count.high is None:
        return f"at least {count.low:,}"
    if count.low is None:
        return f"up to {count.high:,}"
    return f"{count.low:,}–{count.high:,}"


def figure(count: Count) -> str:
    """ "40–50 soldiers killed", "1 person killed"; a vague amount in its own words."""
    done = lost(count.kind)
    if count.low is None and count.high is None:
        return f"{count.text} {done}"
    own = "" if count.unit == UNNAMED_THINGS else count.unit
    unit = singular(own) if count.low == count.high == 1 and count.bound is Bound.EXACT else own
    amount = "no" if count.low == count.high == 0 else number(count)
    return " ".join(part for part in (amount, unit or ("people" if amount == "no" else ""), done) if part)


UNNAMED_THINGS = "things"
"""What is counted, where the report does not say what was destroyed."""


def lost(kind: CountKind) -> str:
    """What became of whom a figure counts."""
    return "killed or injured" if kind is CountKind.CASUALTIES else kind.value


_ENDINGS = (("people", "person"), ("men", "man"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss"), ("sses", "ss"), ("xes", "x"),
            ("buses", "bus"), ("ies", "y"), ("children", "child"), ("s", ""))  # fmt: skip
"""How English makes one of many, the first that fits."""


def singular(unit: str) -> str:
    """What is counted, where it is one.

    >>> [singular(unit) for unit in ("passengers", "Indian policemen", "people", "churches", "bodies", "police", "children")]
    ['passenger', 'Indian policeman', 'person', 'church', 'body', 'police', 'child']
    """
    for many, one in _ENDINGS:
        if unit.endswith(many):
            return unit.removesuffix(many) + one
    return unit


def days(when: When) -> str:
    """A time as it is shown in a list: the day, the days, or its words where no day is known."""
    if when.start is None:
        return when.text
    if when.end is None or when.end == when.start:
        return when.start.isoformat()
    if when.start == date(when.start.year, 1, 1) and when.end == date(when.start.year, 12, 31):
        return str(when.start.year)
    same_month = (when.start.year, when.start.month) == (when.end.year, when.end.month)
    return f"{when.start.isoformat()}/{when.end.day:02d}" if same_month else f"{when.start}/{when.end}"


def told_days(when: When) -> str:
    """The same as prose has it, for a page: "8 August 2008"."""
    if when.start is None:
        return when.text
    return long_days(when.start, when.end or when.start)


def speaker(mention: Mention) -> str:
    """Who speaks, as the report names them: "Azerbaijan's prosecutors", and not the state alone; what is no speaker is not named.

    >>> from standoff.model import Party, Span
    >>> speaker(Mention(Party("AZE", ("JUD",), "Azerbaijan"), "Azerbaijan's prosecutors", Span(0, 24)))
    "Azerbaijan's prosecutors"
    >>> speaker(Mention(Party("AZE"), "it", Span(0, 2))), speaker(Mention(Party("UNK"), "21:30", Span(0, 5)))
    ('Azerbaijan', 'an unnamed source')
    >>> speaker(Mention(Party("UNK", ("MIL",), "THE PERUVIAN ARMY"), "THE PERUVIAN ARMY", Span(0, 17)))
    'the Peruvian army'
    """
    party, text = mention.party, _quiet(" ".join(mention.text.split()))
    if party.code == "UNK":
        name = _quiet(party.name or text)
        named = f"the {name.lower()}" if is_common(name) else name
        return named if speaks(name) else "an unnamed source"
    if is_common(party.name) and (state := state_name(party.code)) is not None:
        return f"{in_prose(state)}'s {party.name.lower()}"
    own = party.name if party.name not in (party.code, state_name(party.code)) else ""
    # "A rights group" brings up somebody new, and is not whom the machine took it for.
    new = text.lower().startswith(("a ", "an ")) and not set(own.split()) & set(text.split())
    if own[:1].isupper() and not new:
        return own
    worded = text if 1 < len(text.split()) <= _LONGEST and speaks(text) else ""
    return worded or own or state_name(party.code) or BLOCS.get(party.code, party.code)


_LONGEST = 14
"""Words of a speaker."""


def _quiet(text: str) -> str:
    """Words that a report has in capitals alone, as others would print them."""
    first, _, rest = text.partition(" ")
    if not rest or not text.isupper():
        return text
    if first not in {"THE", "A", "AN"}:
        return normal_case(text)
    return " ".join(w.capitalize() if w.capitalize() in _peoples() else w.lower() for w in text.split())


@cache
def _peoples() -> frozenset[str]:
    """Names of states and what is called after them."""
    return frozenset({*states().values(), *(word for code in states() for word in adjectives(code))})


def is_common(name: str) -> bool:
    """Whether a name is none, but a word for a body or an office: "Ministry", "Units".

    >>> is_common("Ministry"), is_common("Units"), is_common("Hamas"), is_common("Foreign Ministry")
    (True, True, False, False)
    """
    return name.lower() in _common()


@cache
def _common() -> frozenset[str]:
    rows = [row for row in lexicon.load("roles")["role"] if row.get("sector") in OFFICIAL and not row.get("victim")]
    words = {word for row in rows for word in row["words"] if " " not in word}
    return frozenset(
        words | {f"{word}s" for word in words} | {f"{word[:-1]}ies" for word in words if word.endswith("y")}
    )


def heard(sources: Sequence[Source]) -> list[Source]:
    """A chain of sources, each speaker once, without the links that are nobody, where somebody is left."""
    known = [
        one for one in sources if one.mention.party.code != "UNK" or speaks(one.mention.party.name or one.mention.text)
    ]
    once: dict[str, Source] = {}
    for one in known or sources:
        once.setdefault(speaker(one.mention), one)
    return list(once.values())


def speaks(name: str) -> bool:
    """Whether the words can be somebody: not a pronoun, a deed, a number or an hour."""
    words = [word.strip(".,;:'’\"").lower() for word in name.split()]
    first = next((word for word in words if word not in ("a", "an", "the")), "")
    return bool(words) and first[:1].isalpha() and first not in _nobody() and words[-1] not in _deeds()


@cache
def _nobody() -> frozenset[str]:
    return frozenset(word for row in lexicon.load("phrases")["nobody"] for word in row["words"])


@cache
def _deeds() -> frozenset[str]:
    words = {word for row in lexicon.load("event_nouns")["noun"] for word in row["words"] if word.islower()}
    return frozenset(words | {f"{word}s" for word in words})


@cache
def _unrecognised() -> frozenset[str]:
    """Names of those that hold a land and are no state to most others."""
    return frozenset(entry["name"] for entry in lexicon.load("armed_groups")["unrecognised"])


def clip(text: str, limit: int) -> str:
    """The text, cut at a word where it is longer."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(None, 1)[0].rstrip(" ,;:—–-") + "…"


BLOCS = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "IGO": "international organisations",
    "NGO": "non-governmental organisations",
    "ISM": "religious movements across borders",
    "IMG": "armed groups across borders",
    "MNC": "multinational companies",
}
BODIES = frozenset({"UNO", "EUR"})
"""Codes that are one body's, not of many groups."""


_KEY = re.compile(r"\b[A-Z]{3}(?:-[A-Z]{3})?\b")


RESIDENTS = "UNK-CVL"
"""The key of people who are told as nobody's: "witnesses said"."""


class Names:
    """What parties are called: ``names`` has of each key the names that reports use, with how often, most first."""

    def __init__(self, names: Mapping[str, Sequence[tuple[str, int]]]) -> None:
        self._names = names

    def __contains__(self, key: str) -> bool:
        """A party that acts, suffers or speaks in some claim; an outlet that only tells is none."""
        return key in self._names or bool(shared_code(key)[1])

    def party(self, key: str | None) -> str:
        """What a party is called: its state, else the name that the reports use most."""
        if not key or key == "UNK":
            return "unknown"
        if key == RESIDENTS:
            return "residents"
        if key.startswith("outlet:"):
            return key.removeprefix("outlet:")
        if name := state_name(key):
            return name
        names = self._names.get(key, ())
        if own := shared_code(key)[1]:
            return own
        if key in BLOCS:
            # One code for many: their most frequent name may be that of one of their people.
            often = names[0] if names else ("", 0)
            alone = often[0] and often[0] != key and often[1] * 10 >= 9 * sum(n for _, n in names)
            return often[0] if alone and key not in BODIES else BLOCS[key]
        code, _, rest = key.partition("-")
        several = [name for name, _ in names if name in _unrecognised()]
        if len(several) > 1:  # South Ossetia and Abkhazia have one code, and are two
            return listed(several)
        # "fighters" are no name that tells one party from another.
        proper = [(name, n) for name, n in names if name != name.lower() and name not in (key, code, state_name(code))]
        if proper and (rest != "REB" or proper[0][1] * 2 >= sum(n for _, n in proper)):
            return proper[0][0]
        if rest == "REB" and state_name(code):
            return rebels(code)
        sector = ontology.sectors().get(rest)
        return (
            f"{state_name(code) or code} ({sector.description.rstrip('.').lower() if sector else rest})"
            if rest
            else key
        )

    def spoken(self, text: str) -> str:
        """A sentence of a rule with its parties by name."""
        return _KEY.sub(lambda found: self.party(found[0]) if found[0] in self else found[0], text)

    def mention(self, mention: Mention) -> str:
        party = mention.party
        if party.code == "UNK":
            name = party.name or mention.text
            return name if speaks(name) else "unknown"
        own = party.name if party.name != party.code else ""
        return own or state_name(party.code) or BLOCS.get(party.code, party.code)

    def value(self, text: str) -> str:
        """A value of an answer or a dispute, codes that stand for parties by name."""
        parts = text.split(", ")
        named = [
            ("not " if part.startswith("not ") else "") + self.party(part.removeprefix("not "))
            if part.removeprefix("not ") in self
            else part
            for part in parts
        ]
        return ", ".join(named)
