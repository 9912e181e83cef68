"""Who: names of parties in a text, from the lexicon and the named entities.

The component ``standoff_parties`` finds every name of a state, organisation, armed group, people or
person and writes it to ``doc.spans["standoff_parties"]``; ``span._.parties`` holds its party and
``span.label_`` the kind of name (state, adjective, people, capital, institution, organisation, outlet,
group, person). What a whole noun phrase refers to is the work of :mod:`standoff.language.coreference`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from standoff import lexicon
from standoff.language import extensions, groups, organisations, syntax
from standoff.language.grammar import listed
from standoff.language.phrases import Phrases
from standoff.model import UNKNOWN, Party

extensions.register()

KEY = "standoff_parties"

# A name found in two files is read as the more specific one.
_RANK = (
    "person",
    "group",
    "unrecognised",
    "outlet",
    "organisation",
    "institution",
    "state",
    "seat",
    "capital",
    "adjective",
    "people",
    "regional",
    "people_group",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the lexicon: the party it stands for, and what kind of name it is."""

    text: str
    kind: str
    party: Party
    since: int = 0
    until: int = 9999


def _sectors(entry: dict[str, Any], default: tuple[str, ...] = ()) -> tuple[str, ...]:
    value = entry.get("sector", default)
    return (value,) if isinstance(value, str) else tuple(value)


def _state_names(entry: dict[str, Any]) -> Iterator[Name]:
    code, name = entry["code"], entry["name"]
    government = Party(code, ("GOV",), name)
    state = Party(code, (), name)
    for text in entry.get("names", []) + entry.get("case_sensitive", []):
        yield Name(text, "state", state)
    for text in entry.get("adjectives", []):
        yield Name(text, "adjective", state)
    for text in entry.get("people", []):
        if text not in entry.get("adjectives", []):
            yield Name(text, "people", Party(code, ("CVL",), name))
    for text in entry.get("regional", []):
        yield Name(text, "regional", state)
    for text in entry.get("capitals", []):
        yield Name(text, "capital", government)
    for text in entry.get("seats", []):
        yield Name(text, "seat", government)
    for body in entry.get("institutions", []):
        yield Name(body["name"], "institution", Party(code, _sectors(body, ("GOV",)), body["name"]))


@cache
def names() -> tuple[Name, ...]:
    """Every name of the lexicon's parties, in the order of the files."""
    found: list[Name] = []
    for entry in lexicon.load("states").get("state", []):
        found.extend(_state_names(entry))
    for entry in lexicon.load("organisations").get("organisation", []):
        kind = "outlet" if entry.get("outlet") or "JRN" in _sectors(entry) else "organisation"
        party = Party(entry["code"], _sectors(entry), entry["name"])
        found.extend(Name(text, kind, party) for text in entry.get("names", [entry["name"]]))
    groups = lexicon.load("armed_groups")
    for entry in groups.get("group", []):
        party = Party(entry["code"], _sectors(entry, ("REB",)), entry["name"])
        found.extend(Name(text, "group", party) for text in entry.get("names", [entry["name"]]))
    for entry in groups.get("unrecognised", []):
        party = Party(entry["code"], _sectors(entry, ("PRE",)), entry["name"])
        for slot in ("names", "capitals"):
            found.extend(Name(text, "unrecognised", party) for text in entry.get(slot, []))
        for slot in ("adjectives", "people"):
            found.extend(Name(text, "adjective", party) for text in entry.get(slot, []))
    for entry in lexicon.load("persons").get("person", []):
        party = Party(entry["code"], _sectors(entry), entry["name"])
        since, until = entry.get("from", 0), entry.get("until", 9999)
        found.extend(Name(text, "person", party, since, until) for text in entry.get("names", [entry["name"]]))
    for entry in lexicon.load("people_groups").get("people", []) + lexicon.load("people_groups").get("group", []):
        party = Party(entry.get("code", "UNK"), (), entry["name"])
        for slot in ("names", "adjectives"):
            found.extend(Name(text, "people_group", party) for text in entry.get(slot, []))
    return tuple(found)


def fold(text: str) -> str:
    """A name without diacritics and with plain apostrophes, for matching."""
    text = text.replace("’", "'").replace("‘", "'").replace("ʿ", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@cache
def _index() -> dict[str, tuple[Name, ...]]:
    index: dict[str, list[Name]] = {}
    for name in names():
        entries = index.setdefault(fold(name.text), [])
        if name not in entries:
            entries.append(name)
    for entries in index.values():
        entries.sort(key=lambda name: _RANK.index(name.kind))
    return {text: tuple(entries) for text, entries in index.items()}


def look_up(text: str, year: int | None = None) -> Name | None:
    """The lexicon's reading of a name; ``year`` chooses among office holders of the same name."""
    found = _index().get(fold(text), ())
    in_time = [n for n in found if year is None or n.since - 1 <= year <= n.until + 3]
    chosen = in_time or [n for n in found if n.kind != "person" or " " in n.text]  # a mere surname is another's then
    return chosen[0] if chosen else None


class PartyFinder:
    """Finds names of parties. One per pipeline: it compiles the lexicon with the pipeline's tokenizer."""

    def __init__(self, nlp: Language) -> None:
        texts: set[str] = set()
        for name in names():
            for text in {name.text, fold(name.text), fold(name.text).replace("'", "’")}:
                texts.add(text)
                # "Syrias" in text that lost its apostrophes is Syria's.
                if name.kind in {"state", "organisation", "capital", "group"} and not text.endswith("s"):
                    texts.add(text + "s")
                if len(text) > 4:
                    texts.add(text.upper())
        self.phrases = Phrases(nlp, ((text, text) for text in sorted(texts)))

    def __call__(self, doc: Doc) -> Doc:
        published = doc._.published
        year = published.year if published else None
        spans = []
        for text, start, end in self.phrases(doc):
            span = doc[start:end]
            name = self._read(text, year)
            if name is None or _common_word(span, name):
                continue
            spans.append(_span(doc, start, end, name))
        kept = _one_of_two_demonyms(filter_spans(spans))
        kept = [_under_office(span) for span in kept if not _elsewhere(span)]
        bodies = organisations.named(doc, kept)
        within = {token.i for span in bodies for token in span}
        kept = [span for span in kept if span.start not in within] + bodies
        kept.extend(filter_spans(groups.named(doc, kept)))
        taken = {token.i for span in kept for token in span}
        shortened = list(_short_names(doc, kept, taken))
        kept.extend(shortened)
        taken |= {span.start for span in shortened}
        persons = list(_introduced(doc, taken))
        taken |= {token.i for span in persons for token in span}
        persons.extend(_named_entities(doc, taken, year))
        taken |= {token.i for span in persons for token in span}
        kept.extend((*persons, *_surnames(doc, persons, taken)))
        doc.spans[KEY] = sorted(kept, key=lambda s: s.start)
        # "Hamas" is another name of a town in Germany, too.
        named = {(span.start, span.end) for span in kept if span.label_ in {"group", "organisation"}}
        at = doc.spans.get("standoff_places", [])
        # "A camp of Khalifa Haftar": a place that no table holds, by the name of a person whom one holds.
        known = {s.end: s.start for s in kept if s.label_ == "person" and s._.parties[0].code != UNKNOWN.code}
        doc.spans["standoff_places"] = [
            s
            for s in at
            if (s.start, s.end) not in named and not (_is_of_no_table(s) and known.get(s.end, s.end) <= s.start)
        ]
        return doc

    @staticmethod
    def _read(text: str, year: int | None) -> Name | None:
        found = look_up(text, year)
        if found is None and text.endswith("s"):
            found = look_up(text[:-1], year)
        if found is None:
            found = _upper_index().get(fold(text))
        return found


def _is_of_no_table(place: Span) -> bool:
    return bool(place._.place.precision == "area" and place._.place.lat is None)


def _elsewhere(span: Span) -> bool:
    """A state's or capital's name that is a town abroad here ("Lebanon, Tennessee") or part of a person's ("Jordan Pike")."""
    if span.label_ not in {"state", "capital", "seat"}:
        return False
    code = span._.parties[0].code
    first = span[0]
    for place in syntax.overlapping(span.doc, "standoff_places", first.idx, first.idx + len(first)):
        if place._.place.country not in {None, code}:
            return bool(place._.place.precision != "country")
    return _in_a_persons_name(span)


def _in_a_persons_name(span: Span) -> bool:
    doc, after = span.doc, span.end
    if len(span) > 1 or after >= len(doc) or not re.match(r"[A-Z][a-z]", doc[after].text):
        return False
    if doc[after].ent_type_ == "PERSON" == span[0].ent_type_ and doc[after].ent_iob_ == "I":
        return True
    before = doc[span.start - 1].lower_.strip(".") if span.start else ""
    return before in _titles() and doc[after].pos_ == "PROPN" and doc[after].lower_ not in TITLES | _titles()


def _under_office(span: Span) -> Span:
    """A person under the office of another state than the one of that name that is known: "Colombian Defence Minister Pedro
    Sánchez" is not Spain's. Who it is the office tells, as of any person that no table holds."""
    if span.label_ != "person":
        return span
    state = _office_of(span)
    if state is None or state == span._.parties[0].code:
        return span
    return _person(span.doc, span.start, span.end)


def _office_of(span: Span) -> str | None:
    """The code of the state in whose office a text puts a person: right before the name, or right after it."""
    doc = span.doc
    at, office = span.start - 1, False
    while at >= max(span.start - 7, 0) and (_office_word(doc[at]) or doc[at].text[:1].isupper()):
        found = look_up(doc[at].text)
        if found is not None and found.kind in {"adjective", "state"}:
            return found.party.code if office else None
        office = office or doc[at].lower_ in TITLES | _titles()
        at -= 1
    if span.end + 2 < len(doc) and doc[span.end].text == ",":
        for token in doc[span.end + 1 : span.end + 4]:
            found = look_up(token.text)
            if found is not None and found.kind in {"adjective", "state"}:
                rest = doc[token.i + 1 : token.i + 5]
                return found.party.code if any(t.lower_ in TITLES | _titles() for t in rest) else None
    return None


def _office_word(token: Token) -> bool:
    return token.lower_ in TITLES | _titles() | {"'s", "’s", "of", "for", "and"} or token.pos_ in {"ADJ", "NOUN"}


def _one_of_two_demonyms(spans: list[Span]) -> list[Span]:
    """ "Kosovar Albanian officers", "Bosnian Serbs": people of the first state; the second is what they count themselves to."""
    ends = {span.end: span for span in spans if span.label_ in {"adjective", "state"}}
    return [
        span
        for span in spans
        if span.label_ not in {"adjective", "people"}
        or (before := ends.get(span.start)) is None
        or party_of_name(before).code == party_of_name(span).code
    ]


def _short_names(doc: Doc, spans: list[Span], taken: set[int]) -> Iterator[Span]:
    """ "The Arakan Army (AA) said … the AA": the short name that a report gives in brackets, wherever else it stands."""
    meant: dict[str, Span] = {}
    for span in spans:
        at = span.end
        if at < len(doc) and doc[at].text in {"'s", "’s", "'", "’"}:
            at += 1
        if at + 2 >= len(doc) or doc[at].text != "(" or doc[at + 2].text != ")":
            continue
        short = doc[at + 1]
        if span.label_ in {"group", "organisation", "institution"} and re.fullmatch(r"[A-Z][A-Z-]{1,7}", short.text):
            meant.setdefault(short.text, span)
    for token in doc:
        span_meant = meant.get(token.text)
        if span_meant is not None and token.i not in taken and not 0 <= token.i - span_meant.end <= 2:
            short_span = Span(doc, token.i, token.i + 1, label=span_meant.label_)
            short_span._.parties = span_meant._.parties
            yield short_span


@cache
def _upper_index() -> dict[str, Name]:
    return {fold(name.text).upper(): name for name in reversed(names())}


def _span(doc: Doc, start: int, end: int, name: Name) -> Span:
    span = Span(doc, start, end, label=name.kind)
    span._.parties = (name.party,)
    return span


def _common_word(span: Span, name: Name) -> bool:
    """True where a matched word is not a name here: "Turkey" the bird is rare, "us" and "Is" are not."""
    if not any(c.isupper() for c in span.text) and name.text != span.text:
        return True
    first = span[0]
    if name.text in listed("short_names") and span.text != name.text:
        return span.text.removesuffix("s") != name.text
    if name.text == "America" and first.i and first.nbor(-1).text in listed("other_americas"):
        return True
    # A short name inside a longer proper name belongs to it ("Jordan Henderson", "West Georgia Street").
    if name.kind in {"person"} and len(span) == 1:
        if syntax.opens_as_word(first):
            return True  # "(Begin recording)" names no prime minister
        given = _given_names(first)
        if (
            given
            and given[-1].lower_ not in TITLES | _titles()
            and not {t.text for t in given} & {*name.party.name.split()}
        ):
            return True  # "Hazem Qassem" is not Naim Qassem
        nxt = span.doc[span.end] if span.end < len(span.doc) else None
        if nxt is not None and nxt.ent_type_ in {"GPE", "LOC"} and nxt.text not in {"'s", "’s"}:
            return nxt.i == first.i + 1 and nxt.ent_iob_ == "I"
    return False


def _given_names(surname: Token) -> list[Token]:
    """The words before a surname that the model takes for the same person's name."""
    start = surname.i
    while start > 0 and surname.doc[start].ent_type_ == "PERSON" and surname.doc[start].ent_iob_ == "I":
        start -= 1
    given = list(surname.doc[start : surname.i])
    return given if given and given[-1].pos_ == "PROPN" and given[-1].text[:1].isupper() else []


def _named_entities(doc: Doc, taken: set[int], year: int | None) -> Iterable[Span]:
    """Persons whom the lexicon does not hold: their party is read from their title later."""
    for ent in doc.ents:
        if ent.label_ != "PERSON" or any(token.i in taken for token in ent):
            continue
        start, end = ent.start, ent.end
        while start < end and (doc[start].text.lower().strip(".") in TITLES or not doc[start].text[:1].isalpha()):
            start += 1
        while end > start and doc[end - 1].text in {"'s", "’s", "’", "'"}:
            end -= 1
        if start < end and re.match(r"[A-ZÀ-Þ]", doc[start].text):
            yield _person(doc, start, end)


@cache
def _titles() -> frozenset[str]:
    """Words before a name that say it is a person's: "spokesman", "governor", "commander"."""
    roles = [entry for entry in lexicon.load("roles")["role"] if entry["kind"] == "person"]
    office = {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"}
    return (
        RANKS
        | {"chairman", "chief"}
        | {word for entry in roles if entry["sector"] in office for word in entry["words"] if " " not in word}
    )


def _introduced(doc: Doc, taken: set[int]) -> Iterable[Span]:
    """ "Army spokesman Lul Ruai Koang": the name after a title, whatever the model took it for."""
    for title in doc:
        if title.i in taken or title.lower_.strip(".") not in _titles() or title.ent_type_ in {"GPE", "DATE"}:
            continue
        start = end = title.i + 1
        while end < len(doc) and end - start < 8 and end not in taken and not doc[end].is_sent_start:
            token = doc[end]
            initials = bool(re.fullmatch(r"(?:[A-Z]\.)+", token.text))
            named = (
                token.text[:1].isupper() and (token.text[-1:].isalpha() or initials) and token.lower_ not in _titles()
            )
            joint = token.text == "-" or token.lower_ in PARTICLES
            if (
                not (named or joint)
                or token.ent_type_ in {"GPE", "NORP", "DATE", "TIME", "LOC"}
                or token.pos_ == "VERB"
            ):
                break
            end += 1
        while end > start and not doc[end - 1].text[:1].isupper():
            end -= 1
        if end > start and not (title.text[:1].isupper() and end == start + 1 and doc[start].pos_ != "PROPN"):
            yield _person(doc, start, end)


def _surnames(doc: Doc, persons: list[Span], taken: set[int]) -> Iterable[Span]:
    """Later mentions of a person by the last part of the name, which the model may take for a body or a town."""
    first: dict[str, int] = {}
    for span in persons:
        if len(span) > 1 and len(span[-1].text) > 2:
            first[span[-1].text] = min(span.start, first.get(span[-1].text, span.start))
    for token in doc:
        if (
            token.i not in taken
            and token.pos_ in {"PROPN", "NOUN", "X", "ADJ"}
            and first.get(token.text, token.i) < token.i
        ):
            yield _person(doc, token.i, token.i + 1)


def _person(doc: Doc, start: int, end: int) -> Span:
    span = Span(doc, start, end, label="person")
    span._.parties = (Party("UNK", (), doc[start:end].text),)
    return span


@cache
def offices() -> frozenset[str]:
    """Words before a name or after it that give it an office or a rank: "minister", "colonel", and no "Mr" or "Dr"."""
    return (TITLES | _titles()) - listed("honorifics")


RANKS = listed("ranks")
PARTICLES = listed("particles")
TITLES = RANKS | listed("titles")


class _ByToken:
    """The named parties of a Doc by token; drawn anew where a Doc comes from bytes."""

    def __init__(self, doc: Doc) -> None:
        self.spans: dict[int, Span] = {t.i: span for span in doc.spans.get(KEY, []) for t in span}


def name_at(token: Token) -> Span | None:
    """The party name that holds this token, if one does."""
    held: _ByToken | None = token.doc._.parties_by_token
    if held is None:
        held = token.doc._.parties_by_token = _ByToken(token.doc)
    return held.spans.get(token.i)


def party_of_name(span: Span) -> Party:
    """The party of a name span; UNK where it has none."""
    return span._.parties[0] if span._.parties else UNKNOWN


@Language.factory("standoff_parties")
def create(nlp: Language, name: str) -> PartyFinder:
    """Make the component (spaCy factory ``standoff_parties``)."""
    return PartyFinder(nlp)
