"""Armed groups that no table holds, by what a report itself says of them: "the rebel Northern Hills Army (NHA)".

Every war has such groups, and a table knows them only later. A capitalised name that ends as groups are called, and that the text
somewhere marks as rebels, is one throughout the text, under its letters too ("the NHA").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from standoff import lexicon
from standoff.model import Party

_NEAR = 4
"""Words before a name, and after it, among which what marks it stands."""


def named(doc: Doc, known: Sequence[Span]) -> Iterator[Span]:
    """The groups of a text that it marks as armed, wherever they are named. ``known`` are the parties that tables hold."""
    taken = {token.i for span in known for token in span}
    names = list(_names(doc, taken))
    marked = [span for span in names if _is_marked(doc, span)] or _only_one(doc, names, known)
    land = _land(doc, known)
    if not marked:
        yield from _called_shortly(doc, taken, {}, land, known)
        return
    peoples = {name.end: name for name in known if name.label_ == "adjective" and name._.parties}
    parties: dict[str, Party] = {}
    for span in marked:
        country = _of_state(span, peoples) or land
        if not country:
            continue
        party = Party(country, ("REB",), span.text)
        parties.setdefault(span.text, party)
        letters = "".join(token.text[0] for token in span if token.text[:1].isupper())
        if len(letters) > 2:
            parties.setdefault(letters, party)
    for span in names:
        if span.text in parties:
            yield _group(doc, span.start, span.end, parties[span.text])
    for token in doc:
        if token.i not in taken and token.text in parties and token.text.isupper():
            yield _group(doc, token.i, token.i + 1, parties[token.text])
    yield from _called_shortly(doc, taken | {token.i for span in names for token in span}, parties, land, known)


def _called_shortly(
    doc: Doc, taken: set[int], parties: Mapping[str, Party], land: str, known: Sequence[Span]
) -> Iterator[Span]:
    """ "The Front": the one group of the text whose name ends so, else the rebels of whom a text speaks that names no group."""
    nameless = not parties and bool(land) and _rebels_alone(doc, known)
    for token in doc:
        if token.i == 0 or token.i in taken or token.lower_ not in _words("short") or not token.text[0].isupper():
            continue
        after = doc[token.i + 1].text[:1] if token.i + 1 < len(doc) else ""
        if token.nbor(-1).lower_ != "the" or token.text.isupper() or after.isupper():
            continue
        named_so = {party for name, party in parties.items() if name.split()[-1] == token.text}
        if len(named_so) == 1:
            yield _group(doc, token.i, token.i + 1, named_so.pop())
        elif nameless:
            yield _group(doc, token.i, token.i + 1, Party(land, ("REB",), f"the {token.text}"))


def is_band(token: Token) -> bool:
    """Whether a word is the last of a name that no state's army has: "the Front's spokesman", "a Movement officer"."""
    if not token.text[:1].isupper() or token.text.isupper() or token.lower_ not in _words("band") or token.i == 0:
        return False
    before, after = token.nbor(-1), token.doc[token.i + 1 : token.i + 2].text
    named = before.lower_ in {"the", "a", "an"} or before.text[:1].isupper()
    return named and not after[:1].isupper()  # "the Front Page"


def _names(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Runs of two capitalised words or more that end as groups are called."""
    at = 0
    while at < len(doc):
        end = at
        while (
            end < len(doc)
            and end not in taken
            and re.match(r"[A-Z][\w’'-]+$", doc[end].text)
            and not doc[end].is_sent_end
        ):
            end += 1
        last = end
        while last > at and doc[last - 1].lower_ not in _words("kind"):
            last -= 1
        first = at
        while first < last and (doc[first].lower_ in _words("mark") | {"the", "a"} or doc[first].is_stop):
            first += 1
        if last - first > 1:
            yield Span(doc, first, last)
        at = max(end, at + 1)


def _only_one(doc: Doc, names: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    """ "The rebels … the Northern Hills Army said": theirs, where no other group is named."""
    fighting = [span for span in names if span[-1].lower_ in _words("fighting_kind")]
    return fighting if len({span.text for span in fighting}) == 1 and _rebels_alone(doc, known) else []


def _rebels_alone(doc: Doc, known: Sequence[Span]) -> bool:
    """Whether a text speaks of rebels and names no group that tables hold."""
    told = any(token.lower_ in _words("rebels") for token in doc)
    return told and not any(span.label_ == "group" for span in known)


def _is_marked(doc: Doc, span: Span) -> bool:
    before = doc[max(span.sent.start, span.start - _NEAR) : span.start]
    for token in reversed(before):
        if token.lower_ in _words("mark"):
            return True
        if token.is_punct or token.pos_ in {"VERB", "AUX"}:
            break
    at = span.end
    if at + 2 < len(doc) and doc[at].text == "(" and doc[at + 2].text == ")":
        at += 3
    after = doc[at : at + _NEAR + 1]
    return bool(len(after) and after[0].text == "," and any(t.lower_ in _words("mark") for t in after))


def _land(doc: Doc, known: Sequence[Span]) -> str:
    """The state in which a text's fighting is: the one that it names twice as often as any other, else nobody can tell whose rebels."""
    named = Counter(s._.parties[0].code for s in known if s.label_ in {"state", "adjective", "capital"} and s._.parties)
    named = named or Counter(
        span._.place.country
        for span in doc.spans.get("standoff_places", [])
        if span._.place is not None and span._.place.country
    )
    (first, most), (_, second) = [*named.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= 2 * second else ""


def _of_state(span: Span, peoples: Mapping[int, Span]) -> str:
    """The state by whose people a group is called: "the Sudanese rebel Lake Defence Front". ``peoples`` by where they end."""
    for end in range(span.start, max(span.sent.start, span.start - _NEAR), -1):
        if end in peoples:
            return str(peoples[end]._.parties[0].code)
    return ""


def _group(doc: Doc, start: int, end: int, party: Party) -> Span:
    span = Span(doc, start, end, label="group")
    span._.parties = (party,)
    return span


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("armed_groups")[table] for word in entry["words"])
