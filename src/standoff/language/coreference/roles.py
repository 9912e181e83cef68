"""What the lexicon says of a role noun: whose sector it is, and whether it is a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from standoff import lexicon
from standoff.language.grammar import listed
from standoff.language.losses import of_craft

REBELLIOUS = listed("rebellious")


@dataclass(frozen=True, slots=True)
class Role:
    """What the lexicon says of a role noun."""

    sector: str
    person: bool
    victim: bool
    unknown_armed: bool
    speaker: bool


@cache
def roles() -> dict[str, Role]:
    """Role nouns by their words (lower case, singular or multi-word)."""
    found: dict[str, Role] = {}
    data = lexicon.load("roles")
    for table in ("role", "head", "outlet_word"):
        for entry in data.get(table, []):
            sector = entry.get("sector", "JRN" if table == "outlet_word" else "GOV")
            for word in entry.get("words", []):
                key = word.lower()
                if key.startswith("the "):
                    key = key[4:]
                found.setdefault(
                    key,
                    Role(
                        sector,
                        entry.get("kind") == "person",
                        bool(entry.get("victim")),
                        bool(entry.get("unknown_armed")),
                        bool(entry.get("speaker")),
                    ),
                )
    return found


def role_of(token: Token) -> Role | None:
    """The role that a noun names, with its compound where that is more telling ("police officer")."""
    table = roles()
    left = token.nbor(-1) if token.i > 0 else None
    if token.lower_ in {"committee", "committees"} and left is not None and left.lower_ == "resistance":
        return table.get("activist")  # Sudan's neighbourhood bodies bear no arms
    if token.lower_ in {"house", "houses"} and not token.text.istitle():
        return None  # homes; the chamber has a capital
    # "The suspected attack" names no suspect, "a guarded post" no guard.
    participle = token.tag_ in {"VBN", "VBD", "VBG"}
    lower = token.lower_
    # A capital at the head of a sentence makes a name of "Rebels", which has no singular.
    capital = (lower.removesuffix("s"),) if token.pos_ == "PROPN" else ()
    for lemma in (lower,) if participle else (token.lemma_.lower(), lower, *capital):
        if left is not None:
            for before in (left.lower_, left.lemma_.lower()):
                found = table.get(f"{before} {lemma}")
                if found:
                    return found
        found = table.get(lemma)
        if found and lemma in listed("flown_or_fought") and left is not None and of_craft(left):
            return table["jet"]
        if found and found.sector == "MIL" and left is not None and left.lower_ in REBELLIOUS:
            return table["rebel"]  # "five rebel soldiers"
        if found:
            return found
    return None
