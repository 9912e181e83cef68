"""Words before a body that say that it is not of the place: "foreign troops", "enemy forces", or by a name that no table knows.

Who is not known must never be taken for the state whose town was attacked.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from standoff import lexicon
from standoff.ingest.vocabulary import english
from standoff.language import parties, places

_BEFORE = 6
"""Words before a noun among which what describes it is looked for."""


def strange(head: Token) -> bool:
    """Whether a noun is described as not of the place, or by a name that is not known; or is such a name itself."""
    doc = head.doc
    for at in range(head.i - 1, max(-1, head.i - 1 - _BEFORE), -1):
        token = doc[at]
        if token.is_punct or token.pos_ in {"VERB", "AUX", "ADP", "SCONJ", "DET"} or token.sent_start:
            return at >= 0 and token.sent_start is True and _says_so(token)
        if _says_so(token):
            return True
    return False


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
        and token.lower_ not in english()
        and not _known(token)
    )


def _known(token: Token) -> bool:
    name = parties.name_at(token)
    return (name is not None and parties.party_of_name(name).code != "UNK") or _placed(token.doc, token.idx)


def _placed(doc: Doc, at: int) -> bool:
    return any(
        s.start_char <= at < s.end_char and s._.place is not None and s._.place.country
        for s in doc.spans.get(places.KEY, [])
    )


@cache
def _words() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("roles")["stranger"] for word in entry["words"])
