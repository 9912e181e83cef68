"""Who "he" and "it" are, once a report has let somebody speak: "he" is the one who spoke last by name, and of that one's side; "it"
and "they" are who spoke as the subject of this sentence or of the one before.

Each claim's speaker is read by itself, and two claims of one man were a Russian's and a Georgian's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from standoff.language import parties
from standoff.language.reading import phrases
from standoff.model import Claim, Mention, Party, Source

NEAR = 600
"""Characters after somebody's name within which "he" is still that one."""
_PRONOUNS = frozenset({"he", "she"})
_OF_MANY = frozenset({"it", "they"})


def steady(doc: Doc, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, in their order, with every "he" who speaks of the side of the person who spoke last by name."""
    named: dict[int, Party] = {}
    for claim in claims:
        for source in claim.sources:
            party = source.mention.party
            if party.code != "UNK" and _is_person(doc, source.mention):
                named.setdefault(source.mention.span.start, party)
    starts = sorted(named)
    bodies = _bodies(doc, claims)

    def meant(source: Source) -> Source:
        item = source.mention
        if party := bodies.get(item.span.start):
            return replace(source, mention=replace(item, party=party))
        at = bisect_left(starts, item.span.start) - 1
        if item.text.lower() not in _PRONOUNS or at < 0 or item.span.start - starts[at] > NEAR:
            return source
        party = named[starts[at]]
        return source if party.key == item.party.key else replace(source, mention=replace(item, party=party))

    told = (tuple(map(meant, claim.sources)) for claim in claims)
    return [
        claim if sources == claim.sources else replace(claim, sources=sources)
        for claim, sources in zip(claims, told, strict=True)
    ]


def _bodies(doc: Doc, claims: Sequence[Claim]) -> dict[int, Party]:
    """Who every "it" and "they" that speaks is, by where it stands: "The Front put the dead far higher. Seventeen died, it said."."""
    spoken = {s.mention.span.start: s.mention for claim in claims for s in claim.sources}
    if not any(item.text.lower() in _OF_MANY for item in spoken.values()):
        return {}
    found: dict[int, Party] = {}
    last: tuple[int, Party] | None = None
    numbers = {sentence.start: at for at, sentence in enumerate(doc.sents)}
    for start in sorted(spoken):
        item = spoken[start]
        words = phrases.tokens(doc, item.span.start, item.span.end)
        if words is None or words.root.dep_ not in {"nsubj", "nsubjpass"}:
            continue
        sentence = numbers[words.sent.start]
        if item.text.lower() not in _OF_MANY:
            last = None if _is_person(doc, item) or words.root.pos_ == "PRON" else (sentence, item.party)
        elif last is not None and sentence - last[0] <= 1:
            found[start] = last[1]
            last = sentence, last[1]
    return found


def _is_person(doc: Doc, item: Mention) -> bool:
    words = phrases.tokens(doc, item.span.start, item.span.end)
    if words is None:
        return False
    first = (words[0], *phrases.heads(words))
    names = (parties.name_at(token) for token in first)
    return any(t.ent_type_ == "PERSON" for t in first) or any(n is not None and n.label_ == "person" for n in names)
