"""How many losses: which figures count the killed, injured, captured, displaced or destroyed, and whom they count.

The component ``standoff_counts`` writes ``doc.spans["standoff_counts"]``; ``span._.quantity`` is a ``LossCount``.
Figures come from ``numbers``; "a soldier was killed" is a count of one, "a brigade" is none, and a part of a whole
("including 11 children") is left out. The words are in ``lexicon/losses.toml``.

A figure is tied to its loss twice over: by the parse, and, because a small model misreads headlines, by the words
right beside it ("12 hurt in blast", "kills 5"). What stands right beside wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from standoff import lexicon
from standoff.language import extensions, numbers, syntax
from standoff.language.numbers import Bound, Quantity
from standoff.model import CountKind
from standoff.model import Span as TextSpan

extensions.register()

KEY = "standoff_counts"


@dataclass(frozen=True, slots=True)
class LossCount:
    """A figure of losses and the words that carry it. Indices are of tokens, spans of characters."""

    kind: CountKind
    low: int | None
    high: int | None
    best: int | None
    vague: bool
    unit: str
    text: str
    span: TextSpan
    number: TextSpan | None
    """Where the number stands; none where one victim is told without a number ("a soldier")."""
    victim: int | None
    """Head of the noun phrase that names who was hit."""
    governor: int
    """The verb or noun that carries the loss."""
    modifier: int | None = None
    """The word that says whose people they are ("Indian")."""
    bound: Bound = "exact"


# ---------------------------------------------------------------------- the lexicon, made ready


@dataclass(frozen=True, slots=True)
class _Verb:
    kind: CountKind
    subject: bool
    victims: str
    weak: bool
    with_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: CountKind
    nouns: frozenset[str]
    victims: str
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Noun:
    kind: CountKind
    counted: bool
    of: bool
    weak: bool


@dataclass(frozen=True)
class _Losses:
    verbs: dict[str, list[tuple[_Verb, str]]] = field(default_factory=dict)
    phrases: dict[str, list[_Phrase]] = field(default_factory=dict)
    states: dict[str, CountKind] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    nouns: dict[str, _Noun] = field(default_factory=dict)
    tolls: tuple[tuple[CountKind, re.Pattern[str]], ...] = ()
    link: re.Pattern[str] = re.compile("")
    part_before: re.Pattern[str] = re.compile("")
    part_after: re.Pattern[str] = re.compile("")
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def within(self, group: str, word: str) -> bool:
        return word in self.words[group]


def _inflections(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if re.search(r"[^aeiou]y$", verb):
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    third = f"{verb}es" if re.search(r"(?:s|sh|ch|x|z)$", verb) else f"{verb}s"
    return [verb, third, f"{verb}ed", f"{verb}ing"]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _losses() -> _Losses:
    data = lexicon.load("losses")
    irregular = data["irregular"]["forms"]
    made = _Losses(
        tolls=tuple((CountKind(e["kind"]), re.compile(e["pattern"], re.IGNORECASE)) for e in data["toll"]),
        link=re.compile(data["toll_link"]["pattern"], re.IGNORECASE),
        part_before=re.compile(
            rf"\b(?:{_any_of(w for e in data['part'] for w in e.get('before', ()))})\b", re.IGNORECASE
        ),
        part_after=re.compile(
            rf"^\s*(?:{_any_of(w for e in data['part'] for w in e.get('after', ()))})\b", re.IGNORECASE
        ),
    )
    for entry in data["verb"]:
        for words in entry["words"]:
            base, *rest = words.split()
            verb = _Verb(
                CountKind(entry["kind"]),
                entry["slot"] == "subject",
                entry["victims"],
                entry.get("weak", False),
                tuple(rest),
            )
            for number, form in enumerate(_inflections(base, irregular)):
                shape = (
                    "past" if number > 1 and not form.endswith("ing") else "ing" if form.endswith("ing") else "present"
                )
                made.verbs.setdefault(form, []).append(
                    (verb, "past" if form in {"hurt", "cut", "put", "hit"} else shape)
                )
    for entries in made.verbs.values():
        # "shoot dead" and "shoot down" before "shoot".
        entries.sort(key=lambda e: -len(e[0].with_words))
    for entry in data["phrase"]:
        for words in entry["verbs"]:
            base, *rest = words.split()
            phrase = _Phrase(CountKind(entry["kind"]), frozenset(entry["nouns"]), entry["victims"], tuple(rest))
            for form in _inflections(base, irregular):
                made.phrases.setdefault(form, []).append(phrase)
    for entry in data["state"]:
        made.states.update(dict.fromkeys(entry["words"], CountKind(entry["kind"])))
        if entry.get("weak", False):
            made.weak.update(entry["words"])
    for entry in data["noun"]:
        for word in entry["words"]:
            made.nouns[word] = _Noun(CountKind(entry["kind"]), entry["counted"], entry["of"], entry.get("weak", False))
    for group in ("persons", "crowds", "things", "not_victims", "partitives"):
        made.words[group] = frozenset(data[group]["words"].split())
    for name, words in data["small"].items():
        if isinstance(words, list):
            made.words[name] = frozenset(words)
    return made


# ---------------------------------------------------------------------- who could be a victim


@dataclass(frozen=True, slots=True)
class _Victims:
    """A noun phrase that could be counted: a quantity with its noun, or one person or thing."""

    start: int
    end: int
    head: int
    quantity: Quantity | None
    noun: str
    """Lemma of the head noun; empty where the figure stands alone ("killed 31")."""
    unit: str
    person: bool
    modifier: int | None = None
    plural: bool = False
    """More than one, without a figure."""

    @property
    def bare(self) -> bool:
        return not self.noun


class _Phrases:
    """The candidates of a text, by token."""

    def __init__(self, doc: Doc, plurals: bool) -> None:
        self.doc = doc
        self.losses = _losses()
        self.at: dict[int, _Victims] = {}
        for quantity in numbers.find(doc):
            self._add(self._counted(quantity))
        for token in doc:
            if token.i not in self.at:
                single = self._single(token) or (self._plural(token) if plurals else None)
                if single is not None:
                    self._add(single)

    def _add(self, found: _Victims) -> None:
        if any(i in self.at for i in range(found.start, found.end)):
            return
        for index in range(found.start, found.end):
            self.at[index] = found

    def all(self) -> list[_Victims]:
        return sorted({id(v): v for v in self.at.values()}.values(), key=lambda v: v.start)

    def _counted(self, quantity: Quantity) -> _Victims:
        doc, losses = self.doc, self.losses
        at = quantity.end_token
        if at < len(doc) and doc[at].lower_ == "of":
            at += 1
        while at < len(doc) and doc[at].lower_ in {
            "the",
            "its",
            "their",
            "his",
            "our",
            "those",
            "these",
            "other",
            "more",
            "additional",
        }:
            at += 1
        first = at
        while at < len(doc) and self._inside(doc[at], first):
            at += 1
        nouns = [
            t for t in doc[first:at] if t.tag_ in {"NN", "NNS", "NNP", "NNPS"} or t.lower_ in losses.words["crowds"]
        ]
        others = next(
            (t for t in doc[quantity.end_token : min(at + 1, len(doc))] if t.lower_ in {"others", "more"}), None
        )
        if not nouns:
            if others is not None and others.lower_ == "others":
                return _Victims(quantity.start_token, others.i + 1, others.i, quantity, "others", "", True)
            head = quantity.end_token - 1
            return _Victims(quantity.start_token, quantity.end_token, head, quantity, "", "", True)
        head = self._head(quantity, nouns)
        noun = head.lemma_.lower()
        if head.tag_ in {"NN", "NNP"} and (quantity.vague or quantity.high != 1) and not self._known(head):
            # "kills 58 Observatory": a headline's next word, or a group's name, is no noun that the figure counts.
            last = quantity.end_token
            return _Victims(quantity.start_token, last, last - 1, quantity, "", "", True)
        if head.lower_ in {"others", "other"}:
            return _Victims(quantity.start_token, head.i + 1, head.i, quantity, "others", "", True)
        end = head.i + 1
        unit = self._unit(head, first)
        if (
            end + 1 < len(doc)
            and doc[end].lower_ == "and"
            and doc[end + 1].tag_ == "NNS"
            and self._person(doc[end + 1])
            and (end + 2 >= len(doc) or not doc[end + 2].tag_.startswith("NN"))
        ):
            unit, end = f"{unit} and {doc[end + 1].text}", end + 2
        return _Victims(
            quantity.start_token, end, head.i, quantity, noun, unit, self._person(head), self._modifier(head, first)
        )

    def _inside(self, token: Token, first: int) -> bool:
        """Whether a token can stand between a figure and its noun, or be that noun."""
        if "\n" in token.text or token.ent_type_ in {"DATE", "TIME"} and token.i > first:
            return False
        if token.lower_ in self.losses.states and not self._before_noun(token):
            return False
        if token.tag_ in {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "AFX"}:
            return True
        if token.tag_ in {"VBN", "VBG"}:
            return self._before_noun(token)
        return token.tag_ in {"``", "''"} and self._before_noun(token)

    def _before_noun(self, token: Token) -> bool:
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        return (
            following is not None
            and following.tag_ in {"NN", "NNS", "NNP", "NNPS"}
            and token.dep_ in {"amod", "nmod", "compound", "punct"}
        )

    def _head(self, quantity: Quantity, nouns: list[Token]) -> Token:
        """The noun a figure counts: the one the parse hangs it on, else the first that is a person or thing."""
        number = self.doc[quantity.end_token - 1]
        within = {t.i for t in nouns}
        if number.head.i in within and number.dep_ in {"nummod", "compound", "quantmod", "amod", "nmod", "det"}:
            return number.head
        for noun in nouns:
            if noun.tag_ == "NNS" or noun.lower_ in self.losses.words["crowds"]:
                return noun
        return nouns[-1]

    def _unit(self, head: Token, first: int) -> str:
        words = [head.text]
        for token in reversed(self.doc[first : head.i]):
            if token.tag_ != "NN" or token.dep_ != "compound":
                break
            words.append(token.text)
        return " ".join(reversed(words))

    def _modifier(self, head: Token, first: int) -> int | None:
        for token in reversed(self.doc[first : head.i]):
            if token.ent_type_ in {"NORP", "GPE", "ORG"} or token.tag_ in {"NNP", "NNPS"}:
                return token.i
        return None

    def _known(self, token: Token) -> bool:
        lemma = token.lemma_.lower()
        return (
            self._person(token)
            or lemma in self.losses.nouns
            or any(
                token.lower_ in self.losses.words[g] or lemma in self.losses.words[g]
                for g in ("things", "not_victims", "crowds")
            )
        )

    def _person(self, token: Token) -> bool:
        words = self.losses.words
        lemma = token.lemma_.lower()
        return (
            lemma in words["persons"]
            or token.lower_ in words["crowds"]
            or lemma.removesuffix("s") in words["persons"]
            or (token.ent_type_ in {"NORP", "PERSON"})
        )

    # -- one person or thing without a figure

    def _single(self, token: Token) -> _Victims | None:
        losses, doc = self.losses, self.doc
        lower = token.lower_
        if losses.within("pronouns", lower) and token.tag_ == "PRP":
            return _Victims(token.i, token.i + 1, token.i, None, lower, "person", True)
        if token.ent_type_ == "PERSON":
            end = token.i + 1
            while end < len(doc) and doc[end].ent_type_ == "PERSON" and doc[end].ent_iob_ == "I":
                end += 1
            if token.ent_iob_ != "B" or doc[end - 1].tag_ not in {"NNP", "NN"}:
                return None
            head = next((t for t in doc[token.i : end] if t.head.i < token.i or t.head.i >= end), doc[end - 1])
            return _Victims(token.i, end, head.i, None, "person", "person", True)
        if lower == "old" and re.search(r"[\s-]year[\s-]$", doc.text[max(0, token.idx - 7) : token.idx]):
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is not None and (
                following.tag_ in {"NN", "NNS", "JJ", "NNP"} or following.ent_type_ == "PERSON"
            ):
                return None
            start = max(0, token.i - 4)
            return _Victims(
                max(start, token.left_edge.i) if token.left_edge.i < token.i else start,
                token.i + 1,
                token.i,
                None,
                "person",
                "person",
                True,
            )
        if token.tag_ not in {"NN", "NNP"}:
            return None
        lemma = token.lemma_.lower()
        is_person = lemma in losses.words["persons"]
        if not is_person and lower not in losses.words["things"] or self._modifies(token):
            return None
        determiner = next(
            (t for t in token.lefts if t.dep_ in {"det", "poss"} or t.tag_ in {"DT", "PRP$", "WDT", "WP$"}), None
        )
        if determiner is not None and losses.within("none", determiner.lower_):
            return None
        if not is_person and (determiner is None or determiner.lower_ not in {"a", "an", "another"}):
            return None
        if any(t.tag_ == "CD" and t.dep_ == "nummod" for t in token.lefts):
            return None
        start = min(token.left_edge.i, token.i)
        near = start if token.i - start <= 8 else token.i
        return _Victims(near, token.i + 1, token.i, None, lemma, token.text, is_person, self._modifier(token, near))

    def _plural(self, token: Token) -> _Victims | None:
        if token.tag_ not in {"NNS", "NNPS"} or not self._person(token) or self._modifies(token):
            return None
        if any(self.losses.within("none", t.lower_) or t.tag_ == "CD" for t in token.lefts):
            return None
        start = token.left_edge.i if token.i - token.left_edge.i <= 4 else token.i
        lemma = token.lemma_.lower()
        return _Victims(start, token.i + 1, token.i, None, lemma, token.text, True, self._modifier(token, start), plural=True)

    def _modifies(self, token: Token) -> bool:
        """Whether a singular noun only describes what follows: "soldier deaths", "the boy's mother", "Officer Smith"."""
        if token.i + 1 >= len(self.doc):
            return False
        following = self.doc[token.i + 1]
        if following.tag_ == "POS" or following.lower_ == "-":
            return True
        return (
            following.tag_ in {"NN", "NNS", "NNP", "NNPS"}
            and following.ent_type_ not in {"DATE", "TIME"}
            and (token.dep_ in {"compound", "nmod", "amod"})
        )


# ---------------------------------------------------------------------- what became of them


@dataclass(frozen=True, slots=True)
class _Tie:
    """A candidate tied to a loss. ``near`` is how sure the tie is: words right beside, then the parse."""

    victims: _Victims
    kind: CountKind
    governor: int
    rank: int
    weak: bool = False
    total: bool = False
    """A toll: of all that were hit, not of the unit told before."""


class CountFinder:
    """Finds figures of losses. Sets ``doc.spans["standoff_counts"]`` and, on each span, ``_.quantity`` (LossCount).

    ``plurals``: keep plurals without a figure too ("civilians were killed"), as vague counts.
    """

    def __init__(self, plurals: bool = False) -> None:
        self.plurals = plurals

    def __call__(self, doc: Doc) -> Doc:
        spans = []
        for count in _Reader(doc, self.plurals).read():
            span = doc.char_span(count.span.start, count.span.end, label=count.kind.value)
            if span is not None:
                span._.quantity = count
                spans.append(span)
        doc.spans[KEY] = spans
        return doc


@Language.factory("standoff_counts", default_config={"plurals": False})
def create(nlp: Language, name: str, plurals: bool) -> CountFinder:
    """The component, for ``nlp.add_pipe("standoff_counts")``; needs a tagger, a parser and named entities."""
    return CountFinder(plurals)


def of(doc: Doc) -> tuple[LossCount, ...]:
    """Every loss figure of an annotated text, in the order of the text."""
    return tuple(span._.quantity for span in doc.spans.get(KEY, []) if span._.quantity is not None)


class _Reader:
    def __init__(self, doc: Doc, plurals: bool) -> None:
        self.doc = doc
        self.losses = _losses()
        self.phrases = _Phrases(doc, plurals)
        self.ties: dict[int, list[_Tie]] = {}

    def read(self) -> Iterator[LossCount]:
        candidates = self.phrases.all()
        for victims in candidates:
            for tie in (
                self._state_after(victims),
                self._verb_before(victims),
                self._toll_before(victims),
                self._noun_counted(victims),
            ):
                self._keep(tie)
        for token in self.doc:
            for tie in self._by_parse(token):
                self._keep(tie)
        told: list[tuple[_Victims, _Tie]] = []
        for victims in candidates:
            ties = self.ties.get(victims.start, [])
            if ties and not self._is_part(victims):
                told.append((victims, self._decide(ties)))
        yield from self._counts(told)

    def _keep(self, tie: _Tie | None) -> None:
        if tie is not None:
            self.ties.setdefault(tie.victims.start, []).append(tie)

    def _decide(self, ties: list[_Tie]) -> _Tie:
        """One kind for a figure: what stands beside it, a word that says more over "shot", death over a wound."""
        firm = [t for t in ties if not t.weak] or ties
        order = (CountKind.CASUALTIES, CountKind.KILLED, CountKind.INJURED)
        best = min(firm, key=lambda t: (t.rank, order.index(t.kind) if t.kind in order else len(order), t.governor))
        if best.kind is CountKind.INJURED and best.victims.quantity is None:
            return next((t for t in firm if t.kind is CountKind.KILLED), best)
        return best

    def _counts(self, told: list[tuple[_Victims, _Tie]]) -> Iterator[LossCount]:
        doc = self.doc
        units: dict[bool, str] = {}
        sentence = -1
        for victims, tie in told:
            own = doc[victims.head].sent.start
            if own != sentence:
                units, sentence = {}, own
            words = doc[victims.start : victims.end]
            things = tie.kind is CountKind.DESTROYED
            if victims.unit and victims.noun not in {
                "life",
                "body",
                "corpse",
                "death",
                "fatality",
                "casualty",
                "injury",
                "arrest",
            }:
                named = victims.unit
            else:
                # "57 others", "31": of what was counted before in the sentence.
                named = "people" if tie.total else units.get(things, "things" if things else "people")
            if victims.quantity is not None:
                units[things] = named
            quantity = victims.quantity
            one = None if victims.plural else 1
            number = None
            if quantity is not None:
                figure = doc[quantity.start_token : quantity.end_token]
                number = TextSpan(figure.start_char, figure.end_char)
            yield LossCount(
                kind=tie.kind,
                low=one if quantity is None else quantity.low,
                high=one if quantity is None else quantity.high,
                best=one if quantity is None else quantity.best,
                vague=victims.plural if quantity is None else quantity.vague,
                unit=named,
                text=words.text,
                span=TextSpan(words.start_char, words.end_char),
                number=number,
                victim=None if victims.bare else victims.head,
                governor=tie.governor,
                modifier=victims.modifier,
                bound="exact" if quantity is None else quantity.bound,
            )

    # -- fit

    def _fits(self, victims: _Victims, kind: CountKind, wanted: str = "any") -> bool:
        words = self.losses.words
        if kind is CountKind.DISPLACED and victims.quantity is None:
            return False  # one who runs from the scene is not displaced
        if kind is CountKind.DESTROYED or wanted == "things":
            return victims.bare or not victims.person and victims.noun not in words["not_victims"]
        if victims.bare or victims.person:
            return True
        if victims.quantity is None or victims.noun in words["not_victims"]:
            return False
        return (
            wanted == "any"
            and victims.noun not in words["things"]
            and victims.noun not in self.losses.nouns
            or (victims.noun in {"body", "life", "corpse"})
        )

    # -- words right beside the figure

    def _state_after(self, victims: _Victims) -> _Tie | None:
        """ "31 dead", "12 hurt in blast", "31 people, including 11 children, were feared killed"."""
        doc, at, passive, hops = self.doc, victims.end, False, 0
        limit = min(doc[victims.head].sent.end, len(doc), at + 24)
        while at < limit:
            token = doc[at]
            lower = token.lower_
            kind = self.losses.states.get(lower)
            if kind is CountKind.CASUALTIES and self._fatal(token):
                kind = CountKind.KILLED
            if kind is CountKind.CASUALTIES and any(
                t.lower_ in {"dead", "death"} for t in doc[at + 1 : min(at + 3, limit)]
            ):
                kind = CountKind.KILLED
            if kind is not None:
                if not self._fits(victims, kind) or not (
                    passive or lower in {"dead", "missing", "homeless"} or self._no_object(token)
                ):
                    return None
                weak = lower in self.losses.weak and kind is CountKind.CASUALTIES
                rank = 3 if hops else 2 if weak else 0
                return _Tie(victims, self._joined(token, kind), self._governor_of_state(victims, token), rank, weak)
            if lower == "and" and not passive and hops < 2 and at + 1 < limit and at + 1 in self.phrases.at:
                # "left a baby and a mother injured": what is told of the second holds for both, if nothing else is told.
                at, hops = self.phrases.at[at + 1].end, hops + 1
                continue
            if lower in {",", "(", "—", "–", "-"} and at == victims.end and not passive:
                after = self._past_aside(at, limit)
                if after is None:
                    return None
                at = after
                continue
            if lower in self.losses.words["passive"]:
                passive = True
            elif token.tag_ not in {"RB", "RBR", "``", "''"} and not self.losses.within("between", lower):
                return None
            at += 1
        return None

    def _past_aside(self, at: int, limit: int) -> int | None:
        """Past an insertion ("people, including 11 children, were"): where the sentence goes on after its second comma."""
        closing = {"(": ")"}.get(self.doc[at].text, self.doc[at].text)
        for index in range(at + 1, min(limit, at + 14)):
            if self.doc[index].text == closing:
                following = self.doc[index + 1].lower_ if index + 1 < limit else ""
                return index + 1 if following in self.losses.words["passive"] | {"have", "had", "has"} else None
        return None

    def _no_object(self, token: Token) -> bool:
        """Whether a past form has nothing after it to act upon, and so tells what became of what stands before it."""
        if any(c.dep_ in {"dobj", "obj"} for c in token.children):
            return False
        at = token.i + 1
        while at < len(self.doc) and self.doc[at].tag_ in {"RB", "RP"}:
            if self.losses.part_before.fullmatch(self.doc[at].text):
                return True  # "400 wounded, mostly women"
            at += 1
        if at >= len(self.doc):
            return True
        following = self.doc[at]
        if following.ent_type_ in {"DATE", "TIME"}:
            return True
        if self.losses.within("aimed", following.lower_) and not syntax.children(token, "auxpass"):
            return False
        return following.tag_ not in {"DT", "PRP$", "PRP", "CD", "NN", "NNS", "JJ", "NNP", "NNPS"}

    def _governor_of_state(self, victims: _Victims, token: Token) -> int:
        if token.lower_ == "dead" and self.doc[token.i - 1].lower_ in self.losses.verbs:
            return token.i - 1
        if token.lower_ in {"dead", "missing", "homeless", "wounded", "injured", "hurt", "killed"}:
            for index in range(victims.start - 1, max(-1, victims.start - 4), -1):
                if self.losses.within("leave", self.doc[index].lower_):
                    return index
        return token.i

    def _joined(self, token: Token, kind: CountKind) -> CountKind:
        """ "killed or wounded": two fates of one figure that are not told apart are casualties."""
        doc, at = self.doc, token.i + 1
        kinds = {kind}
        while at + 1 < len(doc) and doc[at].lower_ in {"and", "or", "/", ",", "and/or"}:
            while at + 1 < len(doc) and (
                doc[at].lower_ in {"and", "or", "/", ",", "and/or", "otherwise"} or doc[at].tag_ in {"RB"}
            ):
                at += 1
            other = self.losses.states.get(doc[at].lower_)
            if (
                other is None
                and doc[at].lower_ == "taken"
                and at + 1 < len(doc)
                and doc[at + 1].lower_ in {"captive", "prisoner"}
            ):
                other = CountKind.CAPTURED
            if other is None or (at in self.phrases.at and self.phrases.at[at].quantity is not None):
                break
            kinds.add(other)
            at += 1
        joined = kinds & {CountKind.KILLED, CountKind.INJURED, CountKind.CAPTURED, CountKind.CASUALTIES}
        return CountKind.CASUALTIES if len(joined) > 1 and kind in joined else kind

    def _verb_before(self, victims: _Victims) -> _Tie | None:
        """ "kills 5", "killing at least 31", "shot down 25 drones"."""
        doc, at = self.doc, victims.start - 1
        while at >= 0 and (
            doc[at].tag_ in {"RB", "RP", "``", "DT", "PRP$"} or doc[at].lower_ in {"dead", "off", "hostage", "prisoner"}
        ):
            at -= 1
            if victims.start - at > 4:
                return None
        if at < 0 or doc[at].sent.start != doc[victims.start].sent.start and "\n" in doc[at : victims.start].text:
            return None
        verb = doc[at]
        if victims.quantity is None and not (verb.pos_ == "VERB" or verb.tag_ in {"VBG", "VBZ"}):
            return None
        for entry, shape in self.losses.verbs.get(verb.lower_, ()):
            if entry.subject or not self._with_words(verb, entry) or not self._fits(victims, entry.kind, entry.victims):
                continue
            if shape == "past" and syntax.children(verb, "auxpass"):
                return None
            if shape != "past" and verb.tag_ in {"NN", "NNS"} and at > 0 and doc[at - 1].tag_ in {"DT", "PRP$"}:
                return None
            kind = self._fate(verb, entry)
            return _Tie(victims, self._together(verb, kind), verb.i, 1, entry.weak and kind is entry.kind)
        return None

    def _together(self, verb: Token, kind: CountKind) -> CountKind:
        """ "killed or wounded 40": the verb before shares the object."""
        at = verb.i - 1
        if at >= 1 and self.doc[at].lower_ in {"or", "and", "/"}:
            before = self.losses.states.get(self.doc[at - 1].lower_)
            fates = {CountKind.KILLED, CountKind.INJURED} | (
                {CountKind.CAPTURED} if self.doc[at].lower_ == "or" else set()
            )
            if before is not None and before is not kind and {before, kind} <= fates:
                return CountKind.CASUALTIES
        return kind

    def _toll_before(self, victims: _Victims) -> _Tie | None:
        """ "The death toll rose to at least 31", "the number of dead in the week to 530"."""
        if victims.quantity is None or not (victims.bare or victims.person or victims.noun in self.losses.nouns):
            return None
        start = self.doc[victims.head].sent.start
        left = self.doc[start : victims.start].text_with_ws
        if not self.losses.link.search(left):
            return None
        for kind, pattern in self.losses.tolls:
            matches = list(pattern.finditer(left))
            if matches and len(left) - matches[-1].end() < 90:
                offset = self.doc[start].idx + matches[-1].end() - 1
                between = [t for t in self.doc[start : victims.start] if t.idx > offset]
                # "from 40 to 58": the older figure stands between.
                others = {
                    id(self.phrases.at[t.i])
                    for t in between
                    if t.i in self.phrases.at and self.phrases.at[t.i].quantity is not None
                }
                if len(others) > 1:
                    continue
                noun = next((t for t in self.doc[start : victims.start] if t.idx <= offset < t.idx + len(t)), None)
                if noun is not None:
                    return _Tie(victims, kind, noun.i, 0, total=True)
        return None

    def _noun_counted(self, victims: _Victims) -> _Tie | None:
        """ "31 deaths", "40 casualties", "31 bodies": the figure's own noun is the loss."""
        entry = self.losses.nouns.get(victims.noun)
        if entry is None or not entry.counted or victims.quantity is None:
            return None
        head = self.doc[victims.head]
        if head.lemma_.lower() in {"life"} and not self._light(head):
            return None
        governor = head.head.i if self._light(head) else head.i
        return _Tie(victims, entry.kind, governor, 0)

    def _light(self, noun: Token) -> bool:
        return noun.dep_ in {"dobj", "obj"} and noun.head.lemma_.lower() in self.losses.words["light"]

    # -- the parse

    def _by_parse(self, token: Token) -> Iterator[_Tie]:
        for entry, shape in self.losses.verbs.get(token.lower_, ()):
            if (
                token.dep_ in {"amod", "compound"}
                or token.tag_ in {"NN", "NNS"}
                and token.dep_ != "ROOT"
                or not self._with_words(token, entry)
            ):
                continue
            kind = self._fate(token, entry)
            slots = self._sufferers(token, entry, shape)
            found = False
            for slot in slots:
                for victims in self._within(slot):
                    if self._fits(victims, kind, entry.victims):
                        found = True
                        yield _Tie(
                            victims,
                            self._joined(token, kind) if shape == "past" else self._together(token, kind),
                            token.i,
                            2,
                            entry.weak and kind is entry.kind,
                        )
            if found or entry.with_words:
                break
        for phrase in self.losses.phrases.get(token.lower_, ()):
            yield from self._by_phrase(token, phrase)
        noun = self.losses.nouns.get(token.lemma_.lower())
        if noun is not None and noun.of and token.pos_ in {"NOUN", "PROPN", "VERB"}:
            yield from self._by_noun(token, noun)
        if (
            token.lower_ in self.losses.states
            and (token.tag_ == "JJ" or token.lower_ == "missing")
            and token.dep_ in {"acomp", "oprd", "xcomp", "attr", "ccomp"}
        ):
            yield from self._by_state(token)

    def _sufferers(self, verb: Token, entry: _Verb, shape: str) -> list[Token]:
        if entry.subject:
            subject = syntax.subject(verb)
            return [] if subject is None else [subject]
        own = syntax.child(verb, "dobj", "obj")
        if own is not None:
            if own.lower_ in {"himself", "herself", "themselves"}:
                doer = syntax.subject(verb)
                return [doer] if doer is not None else [own]
            return [syntax.antecedent(own) or own]
        if shape == "past" and (syntax.children(verb, "auxpass", "nsubjpass") or self._no_object(verb)):
            if verb.dep_ == "conj" and self._shares_object(verb):
                return []
            if syntax.is_passive(verb):
                hit = syntax.direct_object(verb) or syntax.subject(verb)
            elif any(c.dep_ in {"aux", "auxpass", "ccomp", "xcomp"} for c in verb.children):
                hit = None
            else:
                hit = syntax.subject(verb)
            if hit is None and verb.dep_ in {"acl", "relcl"}:
                hit = verb.head
            if hit is not None and self._pair_takes_object(verb):
                return []
            return [] if hit is None else [hit]
        obj = syntax.direct_object(verb) if shape != "past" else None
        return [] if obj is None else [obj]

    def _pair_takes_object(self, verb: Token) -> bool:
        """ "The officer shot and killed a man": the first verb's object stands with the second."""
        return any(
            syntax.child(c, "dobj", "obj") is not None and syntax.child(c, "nsubj", "nsubjpass") is None
            for c in syntax.children(verb, "conj")
        ) and (not syntax.is_passive(verb))

    @staticmethod
    def _shares_object(verb: Token) -> bool:
        return (
            syntax.child(verb.head, "dobj", "obj") is not None
            and verb.head.pos_ == "VERB"
            and not syntax.is_passive(verb)
        )

    def _with_words(self, verb: Token, entry: _Verb) -> bool:
        """Whether the particle or complement that makes the verb stands near it ("shoot down", "take prisoner")."""
        if not entry.with_words:
            return True
        window = [t.lower_ for t in self.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]]
        if (
            any(c.lower_ == entry.with_words[0] and c.dep_ in {"prt", "oprd", "acomp", "advmod"} for c in verb.children)
            and len(entry.with_words) == 1
        ):
            return True
        near = window if entry.with_words[-1] in {"dead", "death", "prisoner", "captive", "hostage"} else window[:1]
        return all(word in near for word in entry.with_words)

    def _fatal(self, verb: Token) -> bool:
        around = [t.lower_ for t in self.doc[max(0, verb.i - 2) : verb.i + 2]]
        return any(self.losses.within("fatal", w) for w in around)

    def _fate(self, verb: Token, entry: _Verb) -> CountKind:
        hurt = entry.kind in {CountKind.INJURED, CountKind.CASUALTIES}
        return CountKind.KILLED if hurt and self._fatal(verb) else entry.kind

    def _within(self, slot: Token, depth: int = 0) -> Iterator[_Victims]:
        """The candidates a noun phrase names, one for each of its coordinated parts."""
        for token in syntax.conjuncts(slot):
            victims = self.phrases.at.get(token.i)
            if victims is not None and not (victims.quantity is not None and token.i < victims.start):
                yield victims
                if victims.noun not in self.losses.words["partitives"]:
                    continue
            if depth < 3 and (token.lemma_.lower() in self.losses.words["partitives"] or token.tag_ == "DT"):
                for _, inner in syntax.prepositional(token, "of"):
                    yield from self._within(inner, depth + 1)

    def _by_phrase(self, verb: Token, phrase: _Phrase) -> Iterator[_Tie]:
        if phrase.extra and not all(w in {t.lower_ for t in self.doc[verb.i + 1 : verb.i + 3]} for w in phrase.extra):
            return
        if phrase.victims == "control":
            yield from self._by_control(verb, phrase)
            return
        objects = [
            t for own in syntax.children(verb, "dobj", "obj", "nsubjpass", "pobj") for t in syntax.conjuncts(own)
        ]
        if verb.dep_ == "amod" and verb.head.i > verb.i:
            objects.append(verb.head)  # "inflicted harm on": a past form misread as the noun's adjective
        if phrase.victims == "into":
            if any(t.lemma_.lower() in phrase.nouns for t in self.doc[verb.i : min(len(self.doc), verb.i + 14)]):
                hit = syntax.direct_object(verb)
                if hit is not None:
                    yield from self._tied(hit, phrase.kind, verb)
            return
        for noun in objects:
            lemma = noun.lemma_.lower()
            if lemma not in phrase.nouns and noun.lower_ not in phrase.nouns:
                continue
            if phrase.victims == "object":
                victims = self.phrases.at.get(noun.i)
                if victims is not None and victims.quantity is not None:
                    yield _Tie(victims, phrase.kind, verb.i, 1)
            elif (
                phrase.victims == "subject" or phrase.victims == "own" and any(c.lower_ == "own" for c in noun.children)
            ):
                subject = syntax.subject(verb)
                if subject is not None:
                    yield from self._tied(subject, phrase.kind, verb)
            elif phrase.victims != "own":
                for holder in (noun, verb):
                    for _, inner in syntax.prepositional(holder, phrase.victims):
                        yield from self._tied(inner, phrase.kind, verb)

    def _by_control(self, verb: Token, phrase: _Phrase) -> Iterator[_Tie]:
        words = {t.lemma_.lower() for t in self.doc[verb.i : min(len(self.doc), verb.i + 16, verb.sent.end)]}
        if not words & phrase.nouns:
            return
        for clause in (verb, *syntax.children(verb, "xcomp", "ccomp")):
            for own in syntax.children(clause, "dobj", "obj", "nsubj", "nsubjpass"):
                if own.i > verb.i or syntax.is_passive(verb) and clause is verb:
                    for victims in self._within(own):
                        if victims.quantity is not None and self._fits(victims, phrase.kind, "people"):
                            yield _Tie(victims, phrase.kind, verb.i, 1)

    def _tied(self, slot: Token, kind: CountKind, governor: Token, wanted: str = "people") -> Iterator[_Tie]:
        for victims in self._within(slot):
            if self._fits(victims, kind, wanted):
                yield _Tie(victims, kind, governor.i, 1)

    def _by_noun(self, noun: Token, entry: _Noun) -> Iterator[_Tie]:
        wanted = "things" if entry.kind is CountKind.DESTROYED else "people"
        governor = noun.head if self._light(noun) else noun
        fatal = entry.weak and any(self.losses.within("fatal", c.lower_) for c in noun.lefts)
        kind = CountKind.KILLED if fatal else entry.kind
        slots = [inner for _, inner in syntax.prepositional(noun, "of")]
        slots.extend(
            c
            for c in syntax.children(noun, "poss")
            if entry.kind is CountKind.KILLED and noun.lemma_.lower() == "death"
        )
        for slot in slots:
            for tie in self._tied(slot, kind, governor, wanted):
                yield replace(tie, weak=entry.weak and not fatal)

    def _by_state(self, state: Token) -> Iterator[_Tie]:
        """ "A girl is dead", "left a girl dead", "12 people remain missing"."""
        kind = self.losses.states[state.lower_]
        verb = state.head
        slots: list[Token] = []
        if self.losses.within("leave", verb.lower_):
            slots = [
                t for t in syntax.children(verb, "dobj", "obj", "nsubj", "ccomp") if t.i > verb.i
            ] + syntax.children(state, "nsubj")
        elif verb.pos_ in {"AUX", "VERB"}:
            own = syntax.child(state, "nsubj", "nsubjpass")
            subject = own or syntax.subject(verb)
            slots = [subject] if subject is not None else []
        for slot in slots:
            yield from self._tied(slot, kind, verb if self.losses.within("leave", verb.lower_) else state)

    # -- parts

    def _is_part(self, victims: _Victims) -> bool:
        """ "31 people, including 11 children": what a part-word introduces is counted already."""
        doc, sentence = self.doc, self.doc[victims.head].sent
        end = victims.quantity.end_token if victims.quantity is not None else victims.end
        right = doc[end : sentence.end].text_with_ws if end < sentence.end else ""
        before = doc[victims.start - 1].lower_ if victims.start > 0 else ""
        if self.losses.part_after.match(right) and not (before in self.losses.verbs):
            return True
        at = victims.start - 1
        while at >= sentence.start:
            token = doc[at]
            if token.lower_ == "and" and at > 0 and doc[at - 1].text in {",", ")"}:
                break
            free = token.tag_ in {
                "CD",
                "NN",
                "NNS",
                "NNP",
                "NNPS",
                "JJ",
                "DT",
                "CC",
                "HYPH",
                ",",
                "PRP$",
                "RB",
                "RBS",
                "JJS",
                "IN",
                "PRP",
                "WP",
                "WDT",
                "VBG",
                "VBD",
            }
            if not free or token.lower_ in self.losses.verbs or token.lower_ in self.losses.states:
                break
            at -= 1
        stretch = doc[max(at, sentence.start) : victims.start].text_with_ws
        return self.losses.part_before.search(stretch) is not None
