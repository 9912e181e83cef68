"""How many: figures of losses, of which kind, and the word that governs them.

The component ``standoff_counts`` writes ``doc.spans["standoff_counts"]``; ``span._.quantity`` is a :class:`LossCount`.
"At least 12" is read as 12 with its words kept; "40 to 50" as a range; "dozens" as no number at all, its words kept.
Parts of a whole ("including 11 children") are left out. Words of loss are in ``lexicon/losses.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff import lexicon
from standoff.language import extensions, syntax
from standoff.model import CountKind
from standoff.model import Span as TextSpan

extensions.register()

KEY = "standoff_counts"

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12, "score": 20}
VAGUE = frozenset("dozens scores hundreds thousands many several numerous some few handful tens countless multiple".split())
HEDGES = ("at least", "more than", "no fewer than", "no less than", "up to", "as many as", "fewer than", "less than", "nearly",
          "almost", "around", "about", "some", "over", "approximately", "roughly", "an estimated", "close to", "under",
          "not less than", "a total of", "at most", "another", "a further")
NOT_PEOPLE = frozenset(
    "percent % per cent km kilometre kilometer mile metre meter hour day week month year minute second dollar euro pound "
    "degree inch foot feet tonne ton kg barrel mph knot a.m. p.m. am pm o'clock time article resolution section chapter page "
    "room phase round point floor story storey member-state euros cent litre liter acre hectare".split()
)


@dataclass(frozen=True, slots=True)
class LossCount:
    """A figure of losses. ``governor`` is the index of the word that carries the loss, ``victim`` of who or what was lost."""

    kind: CountKind
    low: int | None
    high: int | None
    best: int | None
    unit: str
    text: str
    span: TextSpan
    governor: int
    victim: int | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text: tokens ``start`` to ``end``, and what it says."""

    low: int | None
    high: int | None
    best: int | None
    start: int
    end: int

    @property
    def vague(self) -> bool:
        return self.low is None


@cache
def losses() -> dict[str, CountKind]:
    return {word: CountKind(entry["kind"]) for entry in lexicon.load("losses")["verb"] for word in entry["words"]}


@cache
def loss_words() -> dict[str, CountKind]:
    """Adjectives and participles that follow a number: "31 dead"."""
    return {word: CountKind(entry["kind"]) for entry in lexicon.load("losses")["state"] for word in entry["words"]}


@cache
def loss_nouns() -> dict[str, CountKind]:
    return {word: CountKind(entry["kind"]) for entry in lexicon.load("losses")["noun"] for word in entry["words"]}


def number(words: list[str]) -> int | None:
    """The value of a written number; None where the words are none."""
    if not words:
        return None
    if len(words) == 1 and re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", words[0]):
        return int(words[0].replace(",", ""))
    total, part, seen = 0, 0, False
    for word in (piece for w in words for piece in w.lower().split("-")):
        if re.fullmatch(r"\d+(\.\d+)?", word):
            part, seen = part + int(float(word) * 1_000_000) / 1_000_000, True  # type: ignore[assignment]
        elif word in UNITS or word in TENS:
            part, seen = part + UNITS.get(word, TENS.get(word, 0)), True
        elif word in SCALES:
            part, seen = max(1, part) * SCALES[word], True
            if SCALES[word] >= 1000:
                total, part = total + part, 0
        elif word in {"a", "an"} and not seen:
            part = 0
        elif word == "half":
            return None
        elif word != "and":
            return None
    return int(total + part) if seen else None


def _is_number(token: Token) -> bool:
    lower = token.lower_
    if lower in UNITS or lower in TENS or lower in SCALES:
        return True
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?", token.text):
        return True
    return "-" in lower and all(p in UNITS or p in TENS for p in lower.split("-")) and len(lower) > 3


def quantities(doc: Doc) -> Iterator[Quantity]:
    """Every number and vague amount, with "40 to 50" and "between 40 and 50" as one."""
    times = {t.i for span in doc.spans.get("standoff_times", []) for t in span}
    i = 0
    while i < len(doc):
        token = doc[i]
        if token.lower_ in VAGUE and token.i not in times:
            yield Quantity(None, None, None, i, i + 1)
            i += 1
            continue
        if not _is_number(token) or i in times or token.lower_ == "score":
            i += 1
            continue
        if i > 0 and (doc[i - 1].text in {"-", "$", "€", "£", "#", "/"} and not doc[i - 1].whitespace_ or doc[i - 1].lower_ in {"article", "resolution", "no", "section"}):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and (_is_number(doc[end]) and end not in times or (doc[end].lower_ == "and" and end + 1 < len(doc) and doc[end - 1].lower_ in {"hundred", "thousand"} and _is_number(doc[end + 1]))):
            end += 1
        if end < len(doc) and doc[end].text == "-" and end + 1 < len(doc) and _is_number(doc[end + 1]) and doc[end - 1].lower_ in TENS:
            end += 2
        low = number([t.text for t in doc[i:end] if t.text != "-"])
        start = i
        if low is None:
            i = end
            continue
        if end + 1 < len(doc) and doc[end].lower_ in {"to", "-", "–", "or", "and"} and _is_number(doc[end + 1]):
            last = end + 2
            while last < len(doc) and _is_number(doc[last]):
                last += 1
            high = number([t.text for t in doc[end + 1 : last]])
            between = doc[end].lower_ != "and" or (i > 0 and doc[i - 1].lower_ == "between")
            if high is not None and high > low and between:
                yield Quantity(low, high, None, start, last)
                i = last
                continue
        yield Quantity(low, low, low, start, end)
        i = end


class LossFinder:
    """Finds figures of losses."""

    def __call__(self, doc: Doc) -> Doc:
        found: list[LossCount] = []
        used: set[int] = set()
        amounts = list(quantities(doc))
        by_token = {i: q for q in amounts for i in range(q.start, q.end)}
        finder = _Finder(doc, by_token, used, found)
        finder.words()
        finder.verbs()
        finder.nouns()
        spans = []
        for loss in sorted(found, key=lambda c: (c.span.start, c.kind.value)):
            span = doc.char_span(loss.span.start, loss.span.end, label=loss.kind.value)
            if span is not None:
                span._.quantity = loss
                spans.append(span)
        doc.spans[KEY] = spans
        return doc


class _Finder:
    def __init__(self, doc: Doc, by_token: dict[int, Quantity], used: set[int], found: list[LossCount]) -> None:
        self.doc, self.by_token, self.used, self.found = doc, by_token, used, found

    # ------------------------------------------------------------------ "31 dead", "57 others injured"

    def words(self) -> None:
        """A number with a word of state after it, with or without its noun: headlines, tolls, ellipses."""
        table = loss_words()
        for token in self.doc:
            kind = table.get(token.lower_)
            if kind is None or (token.pos_ == "VERB" and self._has_object(token)):
                continue
            amount = self._before(token)
            if amount is None:
                continue
            governor = token
            head = token.head
            if head.pos_ in {"VERB", "AUX"} and head.lemma_.lower() in {"leave", "be", "lie", "find"}:
                governor = head if head.lemma_.lower() == "leave" else token
            self.add(kind, amount, governor, self._noun_between(amount, token))

    @staticmethod
    def _has_object(token: Token) -> bool:
        return any(c.dep_ in {"dobj", "obj"} and c.i > token.i for c in token.children) and not any(c.dep_ == "nsubjpass" for c in token.children)

    def _before(self, token: Token) -> Quantity | None:
        """The number just before, with at most its noun and hedges between."""
        for i in range(token.i - 1, max(token.sent.start, token.i - 6) - 1, -1):
            amount = self.by_token.get(i)
            if amount is not None:
                return amount
            word = self.doc[i]
            if word.pos_ in {"NOUN", "ADJ", "PROPN", "DET"} or word.lower_ in {"were", "was", "are", "have", "been", "has", "had", "others", "more", "of", "them", "being", "people", "including"}:
                if word.lower_ == "including":
                    return None
                continue
            return None
        return None

    def _noun_between(self, amount: Quantity, token: Token) -> Token | None:
        nouns = [t for t in self.doc[amount.end : token.i] if t.pos_ in {"NOUN", "PROPN"} or t.lower_ in {"others", "more"}]
        return nouns[-1] if nouns else None

    # ------------------------------------------------------------------ verbs

    def verbs(self) -> None:
        table = losses()
        for token in self.doc:
            if token.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"} or token.dep_ == "amod":
                continue
            kind = self._kind(token, table)
            if kind is None:
                continue
            for victim in self._victims(token, kind):
                self._count(kind, victim, token)

    def _kind(self, token: Token, table: dict[str, CountKind]) -> CountKind | None:
        lemma = token.lemma_.lower()
        if lemma.endswith("s") and token.pos_ == "NOUN" and lemma not in table:
            lemma = lemma[:-1]
        particle = syntax.child(token, "prt")
        after = token.nbor(1).lower_ if token.i + 1 < len(self.doc) else ""
        for key in (f"{lemma} {particle.lower_}" if particle is not None else "", f"{lemma} {after}", lemma):
            if key and key in table:
                if token.pos_ == "NOUN" and token.tag_ not in {"NNS", "NN"}:
                    return None
                return table[key]
        for c in token.children:
            key = f"{lemma} {c.lemma_.lower()}"
            if c.dep_ in {"dobj", "obj", "advmod", "oprd", "acomp", "prep"} and key in table:
                return table[key]
        return None

    def _victims(self, token: Token, kind: CountKind) -> list[Token]:
        lemma = token.lemma_.lower()
        if lemma in {"die", "perish", "drown", "suffocate", "flee", "succumb"}:
            subj = syntax.subject(token)
            return syntax.conjuncts(subj) if subj is not None and subj.i != token.i else []
        own = [c for c in token.children if c.dep_ in {"dobj", "obj", "nsubjpass", "dative"} or (c.dep_ == "nsubj" and token.tag_ == "VBN" and not syntax.children(token, "dobj"))]
        if lemma in {"claim", "take", "cost"}:
            own = [c for c in own if c.lemma_.lower() in {"life", "soul"}]
        if not own and token.tag_ == "VBN":
            obj = syntax.direct_object(token)
            own = [obj] if obj is not None else []
        if not own and token.tag_ in {"VBG", "VBD", "VBZ", "VB", "NNS", "VBP"}:
            # A bare number as object: "killing 12"; the parser may lose it.
            amount = next((self.by_token[i] for i in range(token.i + 1, min(token.i + 5, len(self.doc))) if i in self.by_token), None)
            if amount is not None and all(t.pos_ in {"ADV", "ADP", "ADJ", "NUM", "DET"} for t in self.doc[token.i + 1 : amount.start]):
                own = [self.doc[amount.end - 1]]
        found: list[Token] = []
        for item in own:
            found.extend(syntax.conjuncts(syntax.antecedent(item) or item))
        return found

    def _count(self, kind: CountKind, victim: Token, governor: Token) -> None:
        if any(a.lower_ in {"including", "among"} for a in victim.ancestors if a.i > governor.i and a.i < victim.i):
            return
        amount = self._amount_of(victim)
        if amount is not None:
            self.add(kind, amount, governor, victim if not _is_number(victim) else None)
            return
        if kind in {CountKind.KILLED, CountKind.INJURED, CountKind.CAPTURED, CountKind.ARRESTED} and victim.tag_ == "NN" and self._person(victim):
            det = syntax.child(victim, "det", "nummod")
            if det is not None and det.lower_ in {"a", "an", "another"}:
                self.add(kind, Quantity(1, 1, 1, det.i, victim.i + 1), governor, victim, words=True)

    @staticmethod
    def _person(token: Token) -> bool:
        from standoff.language.coreference import role_of

        role = role_of(token)
        return role is not None and role.victim

    def _amount_of(self, noun: Token) -> Quantity | None:
        if noun.i in self.by_token:
            return self.by_token[noun.i]
        for c in noun.children:
            if c.dep_ in {"nummod", "amod", "quantmod", "det"} and c.i in self.by_token and c.i < noun.i:
                return self.by_token[c.i]
            if c.dep_ == "nummod":
                for g in c.subtree:
                    if g.i in self.by_token:
                        return self.by_token[g.i]
        left = noun.left_edge.i
        for i in range(noun.i - 1, max(left, noun.i - 6) - 1, -1):
            if i in self.by_token:
                return self.by_token[i]
        return None

    # ------------------------------------------------------------------ nouns: tolls

    def nouns(self) -> None:
        table = loss_nouns()
        for token in self.doc:
            lemma = token.lemma_.lower()
            kind = table.get(lemma)
            if lemma == "toll" and kind is not None:
                kind = CountKind.KILLED if "injur" not in token.sent.text.lower() or "death" in token.sent.text.lower() else kind
            if lemma in {"dead", "number"} and token.lower_ in {"dead", "number"}:
                inner = [o.lower_ for _, o in syntax.prepositional(token, "of")]
                kind = CountKind.KILLED if lemma == "dead" or {"dead", "deaths", "fatalities", "killed"} & set(inner) else CountKind.INJURED if {"wounded", "injured"} & set(inner) else None
            if kind is None:
                continue
            before = self._before(token) if lemma not in {"toll", "number", "dead"} else None
            if before is not None and before.start not in self.used:
                self.add(kind, before, token, None)
                continue
            if lemma in {"toll", "number", "dead"}:
                amount = self._after(token)
                if amount is not None and not amount.vague:
                    self.add(kind, amount, token.head if token.head.pos_ == "VERB" else token, None)

    def _after(self, token: Token) -> Quantity | None:
        """ "The toll rose to 31", "a toll of 31", "the number of dead in the week to 530"."""
        for i in range(token.i + 1, min(token.i + 14, token.sent.end)):
            word = self.doc[i]
            if word.text in {";", "."} or word.lower_ in {"including", "among", "from"}:
                return None
            amount = self.by_token.get(i)
            if amount is not None and self._counts_people(amount):
                return amount
        return None

    # ------------------------------------------------------------------ adding

    def _counts_people(self, amount: Quantity) -> bool:
        after = self.doc[amount.end] if amount.end < len(self.doc) else None
        if after is not None and (after.lemma_.lower() in NOT_PEOPLE or after.text == "%"):
            return False
        return not (after is not None and after.text == "-" and not self.doc[amount.end - 1].whitespace_ and amount.end + 1 < len(self.doc) and self.doc[amount.end + 1].lower_ in {"year", "day", "hour", "week", "month", "mm"})

    def add(self, kind: CountKind, amount: Quantity, governor: Token, victim: Token | None, words: bool = False) -> None:
        if amount.start in self.used or not self._counts_people(amount):
            return
        if victim is not None and victim.lemma_.lower() in NOT_PEOPLE:
            return
        before = [t.lower_ for t in self.doc[max(0, amount.start - 3) : amount.start]]
        if "including" in before or "aged" in before or ("of" in before[-1:] and "among" in before):
            return
        if kind is CountKind.DESTROYED and victim is not None and self._person(victim):
            kind = CountKind.KILLED
        self.used.add(amount.start)
        unit = self._unit(amount, victim)
        start, end = self._with_hedges(amount)
        span = self.doc[start:end]
        self.found.append(
            LossCount(kind, amount.low, amount.high, amount.best, unit, span.text, TextSpan(span.start_char, span.end_char), governor.i,
                      victim.i if victim is not None else None, amount.vague)
        )

    def _unit(self, amount: Quantity, victim: Token | None) -> str:
        if victim is not None and victim.lower_ in {"others", "other", "more"} or victim is None:
            previous = next((c.unit for c in reversed(self.found) if c.unit and c.span.start < self.doc[amount.start].idx), "")
            return previous or "people"
        if victim.lemma_.lower() in {"life", "soul"}:
            return "people"
        pair = [victim.text] + [t.text for t in syntax.conjuncts(victim)[1:] if t.pos_ == "NOUN" and t.i not in self.by_token and self._amount_of(t) is self._amount_of(victim)]
        return " and ".join(pair)

    def _with_hedges(self, amount: Quantity) -> tuple[int, int]:
        start = amount.start
        for width in (3, 2, 1):
            if start - width >= 0 and self.doc[start - width : start].text.lower() in HEDGES:
                return start - width, amount.end
        return start, amount.end


@Language.factory("standoff_counts")
def create(nlp: Language, name: str) -> LossFinder:
    """Make the component (spaCy factory ``standoff_counts``)."""
    return LossFinder()
