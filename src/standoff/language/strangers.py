"""Words before a body that say that it is not of the place: "foreign troops", "enemy forces", or by a name that no table knows.

Who is not known must never be taken for the state whose town was attacked.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span, Token

from standoff import lexicon
from standoff.ingest.vocabulary import english
from standoff.language import parties, places, syntax

_BEFORE = 6
"""Words before a noun among which what describes it is looked for."""


def strange(head: Token) -> bool:
    """Whether a noun is described as not of the place, or by a name that is not known."""
    for token in reversed(head.doc[max(head.sent.start, head.i - _BEFORE) : head.i]):
        if _says_so(token):
            return f"{token.lower_} {token.nbor(1).lemma_.lower()}" not in _offices()
        if token.is_punct or token.pos_ in {"VERB", "AUX", "ADP", "SCONJ", "DET"}:
            return False
    return False


def enemy(words: Span) -> bool:
    """Whether a phrase is of the other side: "30 enemy soldiers"."""
    return any(token.lower_ in _enemies() for token in words)


@cache
def _enemies() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("roles")["enemy"] for word in entry["words"])


def unknown_land(head: Token) -> bool:
    """Whether a name is that of a land or a people, by its place in the sentence, which no table knows."""
    return head.ent_type_ in {"GPE", "NORP"} and _unknown(head)


def _says_so(token: Token) -> bool:
    return token.lower_ in _words() or (token.pos_ in {"PROPN", "ADJ", "NOUN"} and _unknown(token))


def _unknown(token: Token) -> bool:
    """A word that begins with a capital, and is neither English nor part of any name that is known."""
    return (
        token.text[:1].isupper()
        and token.text.isalpha()
        and not token.text.isupper()
        and not _known(token)
        and token.lower_ not in english()  # last, since the list has to be read
    )


def _known(token: Token) -> bool:
    name = parties.name_at(token)
    if name is not None and parties.party_of_name(name).code != "UNK":
        return True
    there = syntax.overlapping(token.doc, places.KEY, token.idx, token.idx + 1)
    return any(span._.place is not None and span._.place.country for span in there)


@cache
def _offices() -> frozenset[str]:
    """Offices that are called after strangers and belong to the place: "the foreign ministry", "the foreign affairs minister"."""
    roles = lexicon.load("roles")
    named = (word for entry in roles["role"] for word in entry["words"])
    return frozenset(word for word in named if word.partition(" ")[0] in _words()) | {
        f"foreign {matter}" for entry in roles["stranger"] for matter in entry["matters"]
    }


@cache
def _words() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("roles")["stranger"] for word in entry["words"])
