"""Where: places named in a text, resolved by the lexicon, the gazetteer and what else the text says.

The component ``standoff_places`` writes ``doc.spans["standoff_places"]``; ``span._.place`` is a
:class:`~standoff.model.Where`. A name that no list holds keeps its words and has no coordinates; its country is given
only where the text states it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from standoff import lexicon
from standoff.language import extensions, gazetteer, reading, syntax
from standoff.language.gazetteer import Town
from standoff.language.grammar import listed
from standoff.language.phrases import Phrases
from standoff.language.syntax import any_of
from standoff.model import BLOCS, Where
from standoff.model import Span as TextSpan
from standoff.spelling import fold, skeleton

extensions.register()

KEY = "standoff_places"
LOCATIVE = listed("locative")
AT = LOCATIVE - {"of", "to", "from", "over", "on", "between"}
"""Prepositions that stand before a place, and hardly before a person."""
KINDS = listed("kinds")
FACILITIES = listed("facilities")
DIRECTIONS = listed("directions")
TERRITORY = listed("grounds")
GOVERNING = frozenset(
    "in at near inside outside around across on off within throughout into over of from to toward towards along".split()
)
HIT = 2
PARTS = listed("parts")
BETWEEN = listed("between_places")
NOT_PLACES = listed("not_places")


@cache
def _entries() -> dict[str, dict[str, object]]:
    """The lexicon's places by every one of their names, folded."""
    return {
        fold(name): entry for entry in lexicon.load("places")["place"] for name in entry.get("names", [entry["name"]])
    }


@cache
def states() -> dict[str, tuple[str, str]]:
    """(code, name) of states by their names, and by capital for the country of a dateline."""
    found: dict[str, tuple[str, str]] = {}
    for entry in lexicon.load("states")["state"]:
        for name in entry["names"] + entry.get("case_sensitive", []):
            found[fold(name)] = (entry["code"], entry["name"])
    return found


@cache
def _provinces() -> dict[str, str]:
    """Codes of countries by the names of their states and provinces."""
    return {name: entry["code"] for entry in lexicon.load("provinces")["country"] for name in entry["names"]}


@cache
def _namesakes() -> dict[str, str]:
    """Codes of countries of which a province bears the name of another state: Georgia."""
    return {name: entry["code"] for entry in lexicon.load("provinces")["country"] for name in entry["namesakes"]}


@cache
def _state_name(code: str) -> str:
    return next(str(entry["name"]) for entry in lexicon.load("states")["state"] if entry["code"] == code)


@cache
def _hit() -> frozenset[str]:
    """Nouns of events that take a place by "of": the shelling of Donetsk, the fall of Aleppo."""
    nouns = {w for e in lexicon.load("event_nouns")["noun"] if "of" in e.get("recipient", ()) for w in e["words"]}
    return frozenset(nouns | listed("taken"))


@cache
def _striking() -> frozenset[str]:
    """Verbs that a town can be the object of: bomb, shell, capture."""
    return frozenset(
        verb for entry in lexicon.load("frames")["frame"] if entry["event"] == "ASSAULT" for verb in entry["verbs"]
    )


@cache
def capitals() -> dict[str, str]:
    return {fold(c): e["code"] for e in lexicon.load("states")["state"] for c in e.get("capitals", [])}


@cache
def adjectives() -> dict[str, str]:
    return {a.lower(): e["code"] for e in lexicon.load("states")["state"] for a in e.get("adjectives", [])}


def _is_word(span: Span) -> bool:
    """ "24 Jul 2016" names no village of Bosnia, "Most of the dead" no town of Bohemia."""
    if span.text.lower().rstrip(".") in calendar():
        return True
    return len(span) == 1 and syntax.opens_as_word(span[0])


@cache
def calendar() -> frozenset[str]:
    """Days and months, short and long."""
    words = lexicon.load("times")["words"]
    return frozenset((*words["month"], *words["weekday"]))


_DATELINE = re.compile(r"(?:,[^\n():]{2,30})?\s*(?:\([^()\n]{2,40}\)|(?:,[^\n():]{2,30})?\s+(?:--|[–—])\s)")


def is_dateline(doc: Doc, where: Where) -> bool:
    """Where the report was written ("MOSCOW (Sputnik) Six people were killed …"): nothing need have happened there."""
    text = syntax.text_of(doc)
    head = text[where.span.start : where.span.end]
    return head.isupper() and _DATELINE.match(text, where.span.end) is not None


class PlaceFinder:
    """Finds and resolves places. One per pipeline: it compiles the lexicon with the pipeline's tokenizer."""

    def __init__(self, nlp: Language) -> None:
        texts = {name for entry in lexicon.load("places")["place"] for name in entry.get("names", [entry["name"]])}
        texts |= {n for e in lexicon.load("states")["state"] for n in e["names"] + e.get("case_sensitive", [])}
        texts |= {t + "s" for t in texts if not t.endswith("s")} | {t.replace("'", "’") for t in texts}
        self.phrases = Phrases(nlp, ((text, text) for text in sorted(texts)))
        groups = [entry for entry in lexicon.load("armed_groups")["group"] if len(entry["code"]) == 3]
        fighting = sorted({(g["code"], name) for g in groups if g["code"] not in BLOCS for name in g["names"]})
        self.groups = Phrases(nlp, fighting)
        """Names of armed groups, by the country that they fight in."""

    def __call__(self, doc: Doc) -> Doc:
        spans = [
            Span(doc, start, end, label="place")
            for _, start, end in self.phrases(doc)
            if doc[start].text[:1].isupper() or end - start > 1
        ]
        surnames = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1}
        spans += [span for span in self._candidates(doc) if span.text not in surnames]
        read = list(_read_as_places(doc))
        spans += [span for span in read if not any(span.start < s.end and s.start < span.end for s in spans)]
        spans += [Span(doc, t.i, t.i + 2, label="place") for t in doc[:-1] if _is_territory(t)]
        ships = _ships(doc)
        kept = sorted(map(_as_named, filter_spans(spans)), key=lambda s: s.start)
        kept = [span for span in kept if span.text not in ships]
        context = _context(doc, kept)
        for code, _, _ in self.groups(doc):
            context[code] += 1
        placed = []
        for span in kept:
            where = resolve(span, context)
            if where is not None:
                span._.place = where
                placed.append(span)
        nowhere = _nowhere(doc, placed, read)
        doc.spans[KEY] = [span for span in placed if span.text not in nowhere and not _is_word(span)]
        return doc

    @staticmethod
    def _candidates(doc: Doc) -> Iterator[Span]:
        for ent in doc.ents:
            if ent.label_ in {"GPE", "LOC", "FAC"}:
                start, end = ent.start, ent.end
                while start < end and doc[start].lower_ in {"the", "a", "an"}:
                    start += 1
                while end > start and doc[end - 1].text in {"'s", "’s", "’", "'"}:
                    end -= 1
                if (
                    start < end
                    and doc[start].text[:1].isupper()
                    and doc[start].text not in NOT_PLACES
                    and "\n" not in doc[start:end].text
                ):
                    yield Span(doc, start, end, label="place")
        # Capitalised words after a locative preposition, or beside "town of", "province": what the model did not see.
        i = 0
        while i < len(doc):
            token = doc[i]
            if not _capitalised(token):
                i += 1
                continue
            end = i + 1
            while (
                end < len(doc)
                and (
                    _capitalised(doc[end])
                    or (
                        doc[end].text in {"-", "al", "el"}
                        and end + 1 < len(doc)
                        and (_capitalised(doc[end + 1]) or doc[end + 1].text == "-")
                    )
                )
                and not doc[end - 1].is_sent_end
            ):
                end += 1
            before = doc[i - 1].lower_ if i else ""
            after = doc[end].lower_ if end < len(doc) else ""
            framed = after in KINDS | FACILITIES or (
                before == "of" and i > 1 and doc[i - 2].lower_ in KINDS | OF_PLACES | _hit()
            )
            # "rebel-held Donetsk", "Houthi-controlled northern Hajjah"
            ruled = i - 1 - (before in DIRECTIONS)
            framed = framed or (ruled > 0 and doc[ruled].lower_ in RULED and doc[ruled - 1].text in {"-", "–"})
            framed = framed or (doc[end - 1].dep_ in {"dobj", "nsubjpass"} and doc[end - 1].head.lemma_ in _striking())
            if (before in AT or framed) and doc[i].ent_type_ not in {"PERSON", "DATE", "NORP", "TIME"}:
                yield Span(doc, i, end, label="place")
            i = end

    # ------------------------------------------------------------------


OF_PLACES = listed("of_places")
"""Before "of", what only a place has."""
RULED = listed("ruled")
"""After a hyphen, what makes the name that follows one of a place."""


def _ships(doc: Doc) -> frozenset[str]:
    """Names of ships in a text, and what they begin with: "the FB Santa Clara" is no town in Cuba. A state stays one."""
    found: set[str] = set()
    for told in _ship().finditer(syntax.text_of(doc)):
        words = told["name"].split()
        words = words[: next((n for n, word in enumerate(words) if word.lower() in calendar()), len(words))]
        found |= {" ".join(words[:n]) for n in range(1, len(words) + 1)}
    return frozenset(name for name in found if fold(name) not in states())


@cache
def _ship() -> re.Pattern[str]:
    words = [word for entry in lexicon.load("places")["vessel"] for word in entry["words"]]
    kinds = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w/])(?:{kinds}),? (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,2}})")


def _read_as_places(doc: Doc) -> Iterator[Span]:
    """Names that the learned reader put into the place of an event: "had shelled Kherson", which the parser takes for a person."""
    if doc._.reading is None:
        return
    for proposal in doc._.reading.proposals:
        for part in proposal.parts:
            if part.role != "place" or part.probability < reading.SURE_PLACE:
                continue
            span = doc.char_span(part.start, part.end, alignment_mode="expand")
            if span is None:
                continue
            for token in span:
                if _capitalised(token) and (token.i == span.start or not _capitalised(token.nbor(-1))):
                    end = token.i + 1
                    while end < span.end and _capitalised(doc[end]):
                        end += 1
                    yield Span(doc, token.i, end, label="place")


def _capitalised(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and token.is_alpha
        and token.pos_ in {"PROPN", "NOUN", "ADJ", "X"}
        and token.text not in NOT_PLACES
    )


def _is_territory(token: Token) -> bool:
    """ "Pakistani territory", "Syrian airspace"."""
    return token.lower_ in adjectives() and token.text[:1].isupper() and token.nbor().lower_ in TERRITORY


def _as_named(span: Span) -> Span:
    """ "northern Iraq" is a region of its own, not all of Iraq; "Syrias Idlib" (an apostrophe lost) is Idlib."""
    doc, before = span.doc, span.doc[span.start - 1] if span.start else None
    if before is not None and before.lower_ in DIRECTIONS and fold(span.text) in states():
        return Span(doc, span.start - 1, span.end, label="place")
    first = fold(span[0].text)
    if len(span) > 1 and first.endswith("s") and first.removesuffix("s") in states() and first not in states():
        return Span(doc, span.start + 1, span.end, label="place")
    return span


def _context(doc: Doc, spans: list[Span]) -> Counter[str]:
    """Countries the document speaks of, by how often it names them."""
    counts: Counter[str] = Counter()
    for span in spans:
        key = fold(span.text)
        state = states().get(key) or states().get(key.removesuffix("s"))
        if state is not None:
            counts[state[0]] += 2
        elif key in _entries() and _entries()[key].get("country"):
            counts[str(_entries()[key]["country"])] += 2
        elif key in capitals():
            counts[capitals()[key]] += 1
    for token in doc:
        code = adjectives().get(token.lower_)
        if code is not None and token.text[:1].isupper():
            counts[code] += 1
    return counts


def resolve(span: Span, context: Counter[str]) -> Where | None:
    """The place that a span names; None where it is no place."""
    text = span.text
    if text.lower() in adjectives():
        return None
    where = TextSpan(span.start_char, span.end_char)
    province = _of_a_province(span)
    if province is not None:
        return province
    stated = _stated_country(span)
    code = adjectives().get(span[0].lower_) if len(span) == 2 and span[1].lower_ in TERRITORY else None
    if code is not None:
        return Where(_state_name(code), text, where, code, precision="country")
    part = states().get(fold(span[1:].text)) if span[0].lower_ in DIRECTIONS else None
    if part is not None and fold(text) not in states().keys() | _entries().keys():
        return Where(f"{span[0].lower_} {span[1:].text}", text, where, part[0], precision="region")
    for name in (text, text.removesuffix("s") if len(text) > 5 else text, text.removesuffix("'s").removesuffix("’s")):
        key = fold(name)
        state = states().get(key)
        if state is not None:
            return Where(state[1], text, where, state[0], precision="country")
        entry = _entries().get(key)
        if entry is not None and stated in {None, entry.get("country")}:
            return Where(
                _spelled(name, entry),
                text,
                where,
                str(entry.get("country") or "") or None,
                float(str(entry["lat"])),
                float(str(entry["lon"])),
                None,
                str(entry["precision"]),
            )
    nations = tuple(code for code, _ in context.most_common(6))
    if stated is not None:
        nations = (stated, *(n for n in nations if n != stated))
    towns = _stated_towns(text, stated) if stated is not None else _meant_towns(text, nations)
    if towns:
        town = towns[0]
        return Where(text.strip(), text, where, town.country, town.lat, town.lon, town.id, "city")
    if span.root.ent_type_ in {"GPE", "LOC", "FAC"} or _framed(span):
        return Where(text, text, where, stated, precision="area")
    return None


def _nowhere(doc: Doc, placed: list[Span], read: list[Span]) -> frozenset[str]:
    """Names that no table holds and that the model takes for places where they are a person's: it calls somebody so elsewhere in the
    report, or they stand nowhere as a place does and act as a person ("RODRIGUEZ GACHA, HIS SON AND TWO GUARDS"). ``read``: what the
    learned reader put into the place of an event."""
    unknown = [span for span in placed if span._.place.precision == "area" and span._.place.lat is None]
    if not unknown:
        return frozenset()
    stand = {span.text for span in read} | {s.text for s in unknown if _framed(s) or _is_located(s)}
    persons = [ent.text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1]
    persons += [span.text for span in unknown if span.text not in stand and _is_as_a_person(span)]
    ends = {person.split(" ", n)[n] for person in persons for n in range(person.count(" ") + 1)}
    return frozenset(span.text for span in unknown) & ends


def _is_as_a_person(span: Span) -> bool:
    """Whether a name does something, or is somebody's: "Gacha, who led them", "Gacha and his son"."""
    doc, end = span.doc, span.end
    after = [t.lower_ for t in doc[end : end + 2]]
    return span.root.dep_ == "nsubj" or (
        after[:1] == ["who"] or (after[:1] in ([","], ["and"]) and after[1:] in (["who"], ["his"], ["her"]))
    )


def _is_located(span: Span) -> bool:
    """Whether a name stands after a preposition that only a place has, itself or in a row: "in Tolu and Covenas"."""
    token = span.root
    while token.dep_ in {"compound", "nmod", "appos", "conj"}:
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in AT


def _stated_towns(text: str, country: str) -> tuple[Town, ...]:
    return tuple(t for t in gazetteer.towns(text) if t.country == country) or gazetteer.like(text, (country,))


def _meant_towns(text: str, nations: tuple[str, ...]) -> tuple[Town, ...]:
    """The towns that a name may mean in a text about some countries, the likeliest first."""
    towns = gazetteer.towns(text)
    capital = capitals().get(fold(text))
    if capital is not None:
        return tuple(t for t in towns if t.country == capital) or towns
    around = _around(nations)

    def weight(town: Town) -> float:
        # A country the text speaks of outweighs size, one beside it less, but not a hamlet a city of the same name; and a town
        # is less likely meant by a name that it no longer bears (Engels was Pokrovsk once).
        told = 20 if town.country in nations else 5 if town.country in around else 1
        return town.population * told * (1.0 if _called(town, text) else 0.05)

    towns = tuple(sorted(towns, key=lambda t: -weight(t)))
    if towns:
        first = towns[0]
        one = len({t.country for t in towns}) == 1
        only = one and first.population >= 15_000
        # By another of its names (Qana for Qena), a town of a country that a text leaves out which names two others is hardly meant.
        other = fold(first.name) != fold(text) and first.population < 1_000_000
        small = first.population < 200_000 and not only
        beside = first.country in around and (one or first.population >= 15_000) and _called(first, text)
        if first.country in nations or beside or not (small or (other and len(nations) > 1)):
            return towns
    alike = gazetteer.like(text, (*nations[:3], *sorted(_around(nations[:3]))))
    return tuple(sorted(alike, key=lambda t: -t.population * (4 if t.country in nations else 1)))


@lru_cache(maxsize=20_000)
def _called(town: Town, text: str) -> bool:
    """Whether a town is called so today, in whatever spelling."""
    return fold(town.name) == fold(text) or (len(skeleton(text)) > 2 and skeleton(town.name) == skeleton(text))


def _around(nations: tuple[str, ...]) -> set[str]:
    """Codes of the countries that border on some."""
    return {code for nation in nations for code in _borders().get(nation, ())} - set(nations)


@cache
def _borders() -> dict[str, list[str]]:
    """The countries that each borders on, by their codes."""
    return {e["code"]: e["neighbours"] for e in lexicon.load("states")["state"] if "neighbours" in e}


def _of_a_province(span: Span) -> Where | None:
    """ "Lebanon, Tennessee", "Cairo, Ill.": a town of that country, whatever else bears its name; and the Georgia of "Atlanta,
    Georgia"."""
    doc, where = span.doc, TextSpan(span.start_char, span.end_char)
    after = doc[span.end + 1 : span.end + 3] if span.end + 1 < len(doc) and doc[span.end].text == "," else None
    if after is not None and len(after):
        code = _provinces().get(after.text) or _provinces().get(after[0].text)
        if code is None and _namesakes().get(after[0].text) and _town_of(span.text, _namesakes()[after[0].text]):
            code = _namesakes()[after[0].text]
        if code is not None:
            towns = tuple(t for t in gazetteer.towns(span.text) if t.country == code)
            if towns:
                return Where(span.text, span.text, where, code, towns[0].lat, towns[0].lon, towns[0].id, "city")
            return Where(span.text, span.text, where, code, precision="area")
    code = _namesakes().get(span.text)
    if code is not None and span.start > 1 and doc[span.start - 1].text == ",":
        first = span.start - 2
        while first > 0 and _capitalised(doc[first - 1]):
            first -= 1
        if any(_town_of(doc[n : span.start - 1].text, code) for n in range(first, span.start - 1)):
            return Where(span.text, span.text, where, code, precision="region")
    return None


def _town_of(name: str, code: str) -> bool:
    """Whether the greatest town of a name is one of this country, or no other country has one."""
    towns = gazetteer.towns(name)
    return bool(towns) and max(towns, key=lambda t: t.population).country == code


def _spelled(text: str, entry: dict[str, object]) -> str:
    """A town keeps the spelling of its report (Kiev, Khan Shaykhun), a line or region the name that people know."""
    name = str(entry["name"])
    return text if entry["precision"] in {"city", "point"} and not text.isupper() and text[:1].isupper() else name


def _framed(span: Span) -> bool:
    doc = span.doc
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    return after in KINDS or (
        span.start > 1
        and doc[span.start - 1].lower_ == "of"
        and not KINDS.isdisjoint({doc[span.start - 2].lower_, doc[span.start - 2].lemma_.lower()})
    )


def _stated_country(span: Span) -> str | None:
    """The country named right after: "Homs, Syria", "a town in northern Iraq"."""
    doc = span.doc
    for token in doc[span.end : min(span.end + 7, span.sent.end)]:
        state = states().get(fold(token.text)) if token.text[:1].isupper() else None
        if state is not None:
            between = doc[span.end : token.i]
            if all(t.text in {",", "(", "-"} or t.lower_ in BETWEEN or t.pos_ == "PROPN" for t in between):
                return state[0]
            return None
        if token.pos_ in {"VERB", "AUX"}:
            return None
    return None


def event_place(doc: Doc, start: int, end: int, nouns: Iterable[Token] = (), speech: bool = False) -> Where | None:
    """The place of an event: one that a locative preposition governs in its clause, the most exact of those that nest.

    A place that the verb itself hits is where it happens, but not where words are what hits it (``speech``).

    ``nouns`` are the event's own nouns, whose place may stand outside of the clause: "an attack in northern Iraq that
    killed 13", "the Mosul offensive has displaced ...".
    """
    best: tuple[int, int, int, Where] | None = None
    nouns = tuple(noun for noun in nouns if noun.pos_ in {"NOUN", "PROPN"})
    beside = {t.i for noun in nouns for t in _noun_phrase(noun)}
    for span in _near(doc, start, end, beside):
        inside = start <= span.start and span.end <= end
        rank = _rank(span, nouns)
        if rank is None or (speech and rank == HIT):
            continue
        where: Where = span._.place
        if is_dateline(doc, where):
            continue
        exact = {"point": 0, "city": 0, "area": 1, "region": 2, "country": 3}[where.precision]
        candidate = (rank + (not inside), exact, span.start, where)
        if best is None or candidate[:3] < best[:3]:
            best = candidate
    return best[3] if best is not None else None


def _near(doc: Doc, start: int, end: int, beside: set[int]) -> Iterator[Span]:
    """The places within tokens ``[start, end)``, and those whose heads are given. Where they stand is sorted once."""
    group = doc.spans.get(KEY, [])
    kept = doc.user_data.get("standoff_place_index")
    if kept is None or kept[0] != len(group):
        order = sorted((span.start, span.end, span.root.i, number) for number, span in enumerate(group))
        roots: dict[int, list[int]] = {}
        for _, _, root, number in order:
            roots.setdefault(root, []).append(number)
        kept = doc.user_data["standoff_place_index"] = (len(group), order, roots)
    _, order, roots = kept
    low, high = bisect_left(order, (start,)), bisect_left(order, (end,))
    found = {number for _, stop, _, number in order[low:high] if stop <= end}
    found.update(number for root in beside for number in roots.get(root, ()))
    return (group[number] for number in sorted(found))


def _noun_phrase(noun: Token) -> Iterator[Token]:
    """The noun with its modifiers, without the clauses that hang on it."""
    yield noun
    for child in noun.children:
        if child.dep_ not in {"relcl", "acl", "conj", "cc", "punct", "appos"}:
            yield from _noun_phrase(child)


def _rank(span: Span, nouns: tuple[Token, ...] = ()) -> int | None:
    """0 governed by a locative preposition, 1 by an apposition or modifier within one, 2 hit itself; None a mere party."""
    token = span.root
    if token.dep_ in {"compound", "nmod"} and token.head in nouns:
        return 1  # "the Mosul offensive"
    if span._.place.precision == "country" and token.dep_ in {"compound", "amod", "nmod"}:
        if token.head.lower_ not in KINDS | TERRITORY | FACILITIES:
            return None  # "200 US soldiers were killed": whose they are, not where
    for _ in range(5):
        if token.dep_ == "pobj":
            return _rank_in_phrase(span, token.head, nouns)
        if token.dep_ in {"compound", "nmod", "appos", "conj", "amod", "npadvmod"} and token.head.i != token.i:
            token = token.head
            continue
        break
    if token.dep_ in {"dobj", "obj", "nsubjpass"} and token.head.pos_ == "VERB":
        return HIT
    return None


def _rank_in_phrase(span: Span, preposition: Token, nouns: tuple[Token, ...]) -> int | None:
    word = preposition.lower_
    if word == "against":
        return HIT
    if word not in GOVERNING or (word == "on" and span._.place.precision == "country"):
        return None  # "called on Russia" is not done in Russia
    if word == "of":
        # "the leadership of Armenia" is no place
        return 0 if preposition.head.lower_ in KINDS | PARTS | FACILITIES or preposition.head in nouns else None
    return 1 if word in any_of("from to toward towards") else 0


@Language.factory("standoff_places")
def create(nlp: Language, name: str) -> PlaceFinder:
    """Make the component (spaCy factory ``standoff_places``)."""
    return PlaceFinder(nlp)
