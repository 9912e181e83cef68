"""Organisations that no table holds, by their names: "the Sudan Doctors Network", "the Kivu Incident Register".

A watchdog, a union or an aid agency is often called after the state whose dead it counts, and its word is not that state's. A run of
capitalised words is an organisation where one of them says what it is about ("Rights", "Doctors") and its head what it is ("Network").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from standoff import bodies, lexicon
from standoff.model import Party

WITHIN = frozenset({"state", "adjective", "capital", "people", "regional", "seat"})
"""Kinds of names that an organisation is called after."""
_LINKS = re.compile(rf"(?:{'|'.join(bodies.links())}|&|['’]s?)$")


def named(doc: Doc, known: Sequence[Span]) -> list[Span]:
    """The organisations of a text that no table holds, wherever they are named, and what a known one is called at its place ("UN Relief
    Office Mozambique"). ``known`` are the parties that tables hold."""
    held = {
        token.i: span
        for span in known
        if span.label_ not in WITHIN and span.text not in _heads()  # "Observatory" is Syria's where it stands alone
        for token in span
    }
    after = {token.i for span in known if span.label_ in WITHIN for token in span}
    found: list[Span] = []
    for run in _runs(doc, held.keys()):
        before = held.get(run.start - 1)
        if before is not None and before.label_ == "organisation" and not run[0].is_sent_start:
            if run[-1].i in after and run[0].i not in after:
                found.append(_called(doc, before.start, run.end, before._.parties[0]))
        elif (name := _organisation(run, after)) is not None:
            found.append(_called(doc, name.start, name.end, Party("NGO", (), name.text)))
    return found + list(_shortly(doc, found, held.keys()))


def _shortly(doc: Doc, names: Sequence[Span], taken: Collection[int]) -> Iterator[Span]:
    """ "The Network": the one organisation of the text, named before, that is called so."""
    taken = {*taken, *(token.i for span in names for token in span)}
    for token in doc[1:]:
        if token.text not in _heads() or token.i in taken or token.nbor(-1).lower_ != "the":
            continue
        if token.i + 1 < len(doc) and doc[token.i + 1].text[:1].isupper():
            continue
        meant = {span._.parties[0] for span in names if span.end <= token.i and any(t.text == token.text for t in span)}
        if len(meant) == 1:
            yield _called(doc, token.i, token.i + 1, meant.pop())


def _called(doc: Doc, start: int, end: int, party: Party) -> Span:
    span = Span(doc, start, end, label="organisation")
    span._.parties = (party,)
    return span


def _runs(doc: Doc, taken: Collection[int]) -> Iterator[Span]:
    """Runs of capitalised words, with the small words that link them, within a sentence."""
    at = 0
    while at < len(doc):
        end = at
        while end < len(doc) and end not in taken and _capital(doc[end]) and not (end > at and doc[end].is_sent_start):
            end += 1
            link = end
            while link < len(doc) and link - end < 3 and _LINKS.match(doc[link].lower_) and not doc[link].is_sent_start:
                link += 1
            if end < link < len(doc) and _capital(doc[link]) and link not in taken:
                end = link
        if end - at > 2:
            yield doc[at:end]
        at = max(end, at + 1)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ not in {"VERB", "AUX", "PRON"}


def _organisation(run: Span, after: set[int]) -> Span | None:
    """The organisation that a run names, without the article before it; none of a state's body ("the Ministry of Human Rights")."""
    start = run.start + (run[0].lower_ in {"the", "a", "an"})
    head = next((t for t in reversed(run) if t.text in _heads() and _ends(t, run, after)), None)
    if head is None or bodies.named("body", run.text):
        return None
    end = run.end if _ends(head, run, after) else head.i + 1
    name = run.doc[start:end]
    own = [t for t in name if t.text[:1].isupper() and t.i not in after]
    if len(own) < 2 or not (bodies.named("organisation", name.text) or bodies.named("civic", name.text)):
        return None
    return name


def _ends(head: Token, run: Span, after: set[int]) -> bool:
    """Whether a word is the head of its run: the last, or before "for", "of", or the name of a state."""
    rest = run.doc[head.i + 1 : run.end]
    return not len(rest) or _LINKS.match(rest[0].lower_) is not None or all(t.i in after for t in rest)


@cache
def _heads() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("bodies")["civic_head"] for word in entry["words"])
