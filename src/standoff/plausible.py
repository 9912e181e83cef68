"""What no careful reader would take a sentence for, whoever proposed it.

What the parties' tables and roles invite and the words do not bear: that a state struck its own people because it is the only one
named; that an opposition, or people of whom nothing is said, speak for the side that they accuse; that planes and drones are those of
the country that they hit; that a crash is somebody's attack, and what nobody could confirm is told. Where the words name nobody,
nobody is named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff import lexicon
from standoff.language import attribution, coreference, doubt, parties, places, syntax
from standoff.language.losses import losses, of_craft
from standoff.language.reading import phrases
from standoff.language.reading.events import Read
from standoff.model import BLOCS, FORCE, OPPOSITION, SPOKEN, AuxMode, Claim, Mention, Party, Source


@cache
def _words(table: str) -> frozenset[str]:
    """The words of one table of ``lexicon/plausible.toml``."""
    return frozenset(word for entry in lexicon.load("plausible")[table] for word in entry["words"])


def plausible(doc: Doc, claim: Claim, read: Read | None) -> Claim:
    """The claim without what its words do not bear."""
    claim = _as_opposed(doc, _doubted(doc, _denied(doc, claim)))
    if claim.event not in {"ASSAULT", "COERCE", "PROTEST"}:
        return claim
    claim = not_the_speaker(doc, claim)
    claim = _own_losses(doc, claim)
    claim = _unowned(doc, claim, read)
    claim = _not_oneself(doc, claim)
    return _not_the_accused(doc, claim)


def _denied(doc: Doc, claim: Claim) -> Claim:
    """What a source denies is not so, for it; and what another claims and it denies is the other's alone. In coded texts 15 of 16
    events that stand so are not so, and the learned reader is sure of eleven."""
    if claim.event in SPOKEN or not claim.sources:
        return claim
    at = claim.trigger.span.start
    if attribution.denied(doc, at) and AuxMode.NEGATION not in claim.aux:
        return replace(claim, aux=tuple(mode for mode in AuxMode if mode in claim.aux or mode is AuxMode.NEGATION))
    if claim.sources[0].mention.party.key in attribution.refused(doc, at):
        return replace(claim, sources=attribution.source_chain(attribution.chain(doc, at)))
    return claim


def _as_opposed(doc: Doc, claim: Claim) -> Claim:
    """ "A Syrian opposition official said", "a source at the Free Syrian Army": who speaks against a state does not speak for it."""
    land = claim.where.country if claim.where is not None else None
    speaking = tuple(replace(s, mention=_opposed(doc, s.mention, land)) for s in claim.sources)
    actors = tuple(_opposed(doc, m, land) for m in claim.actors) if claim.event in SPOKEN else claim.actors
    if speaking == claim.sources and actors == claim.actors:
        return claim
    return replace(claim, sources=speaking, actors=actors)


def _opposed(doc: Doc, item: Mention, land: str | None) -> Mention:
    """``land``: where it happened; whose opposition it is, where no words say so."""
    span = doc.char_span(item.span.start, item.span.end, alignment_mode="expand")
    if span is None or item.party.key != item.party.code or item.party.code in BLOCS:
        return item
    head = span.root
    while head.dep_ in {"amod", "compound", "nmod", "poss"} and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    words = [t for t in head.subtree if t.i <= head.i]
    within = [noun for _, noun in syntax.prepositional(head, "at", "in", "from", "with", "within", "of")]
    names = (name for t in (*words, *within) if (name := parties.name_at(t)) is not None)
    told = [party for party in map(parties.party_of_name, names) if party.code not in BLOCS]
    group = next((party for party in told if "REB" in party.sectors and party.code == item.party.code), None)
    if group is not None:
        return replace(item, party=group)
    if not any(t.lower_ in _words("opposed") for t in words):
        return item
    code = land if land is not None and item.party.code not in {party.code for party in told} else item.party.code
    return replace(item, party=replace(item.party, code=code, sectors=(OPPOSITION,)))


def by_accident(doc: Doc, claim: Claim) -> bool:
    """Whether what killed or hurt was a mishap: "a helicopter crash killed the president", "six died in a gas explosion"."""
    at = _trigger(doc, claim)
    if claim.event not in FORCE or at < 0:
        return False
    verb = doc[at]
    causes = [c for c in verb.children if c.dep_ in {"nsubj", "csubj"}]
    causes += [noun for _, noun in syntax.prepositional(verb, "by", "in", "from")]
    return any(_mishap(noun) for noun in causes)


def _mishap(noun: Token) -> bool:
    if noun.lemma_.lower() in _words("mishap"):
        return True
    of = {c.lemma_.lower() for c in noun.children if c.dep_ in {"compound", "amod"}}
    return noun.lemma_.lower() in _words("burst") and bool(of & _words("burst by itself"))


def not_the_speaker(doc: Doc, claim: Claim) -> Claim:
    """ "It killed nine children," the minister said: who is quoted says "we" of their own side, and "it" of another."""
    quoted = [
        m
        for m in claim.actors
        if m.text.lower() in _words("another") and any(q.span.covers(m.span) for q in doc._.quotes or ())
    ]
    chain = attribution.chain(doc, claim.trigger.span.start) if quoted else ()
    speaking = {s.mention.party.key for s in chain[-1].sources} - {"UNK"} if chain else set()
    others = tuple(m for m in claim.actors if m not in quoted or m.party.key not in speaking)
    return replace(claim, actors=others) if others != claim.actors else claim


def _doubted(doc: Doc, claim: Claim) -> Claim:
    """What nobody could confirm, or what only may be, is not told as so, whichever reader found it."""
    at = _trigger(doc, claim)
    if claim.event in SPOKEN or at < 0 or not doubt.doubted(doc[at]):
        return claim
    told = set(claim.aux) - ({AuxMode.NEGATION} if doubt.unanswered(doc[at]) else set())
    if AuxMode.FUTURE not in told:
        told.add(AuxMode.HYPOTHETICAL)
    return replace(claim, aux=tuple(mode for mode in AuxMode if mode in told))


def _unowned(doc: Doc, claim: Claim, read: Read | None) -> Claim:
    """ "Drones hit the airport": whose they are is not said."""
    spans = [(m.span.start, m.span.end) for m in claim.actors]
    if read is not None:
        spans += [(p.start, p.end) for p in read.proposal.role("actor")]
    for start, end in spans:
        words = phrases.tokens(doc, start, end)
        if words is None or words.start <= _trigger(doc, claim) < words.end:
            continue
        if _craft(words) and not _owned(words):
            return replace(claim, actors=())
    return claim


def _own_losses(doc: Doc, claim: Claim) -> Claim:
    """ "Azerbaijan put its losses at 13 civilians": who counts their own dead speaks of their own."""
    if not claim.counts or not claim.sources or claim.sources[-1].mention.party.code == "UNK":
        return claim
    at = _trigger(doc, claim)
    if at < 0:
        return claim
    own = any(
        child.tag_ == "PRP$" and child.lower_ in _words("owned")
        for token in (doc[at], *doc[at].ancestors)
        if token.lemma_.lower() in losses().nouns or token.lower_ in losses().states
        for child in token.children
    )
    if not own or any(_names_it(doc, m) for m in claim.recipients):
        return claim
    party = claim.sources[-1].mention.party
    told = claim.recipients or (claim.sources[-1].mention,)
    armed = tuple(mark for mark in party.sectors if mark in {"REB", "PRE"})
    whose = [replace(party, sectors=(*armed, *(s for s in m.party.sectors if s not in armed))) for m in told]
    return replace(claim, recipients=tuple(replace(m, party=p) for m, p in zip(told, whose, strict=True)))


def _trigger(doc: Doc, claim: Claim) -> int:
    """The token of the trigger."""
    span = doc.char_span(claim.trigger.span.start, claim.trigger.span.end, alignment_mode="expand")
    return span.root.i if span is not None else -1


def _craft(words: TokenSpan) -> bool:
    heads = phrases.heads(words)
    return bool(heads) and all(head.lemma_.lower() in _words("craft") or of_craft(head) for head in heads)


def _owned(words: TokenSpan) -> bool:
    around = [t for head in phrases.heads(words) for t in head.subtree if t.i <= head.i] + list(words)
    named = any(parties.name_at(t) is not None for t in around)
    ruled = any(t.lower_ in _words("manned") for t in around)
    tied = any(t.lower_ in _words("owned") or t.dep_ == "poss" for t in around)
    by = any(
        c.dep_ in {"acl", "prep", "relcl"} for head in phrases.heads(words) for c in head.children if c.i < words.end
    )
    return named or ruled or tied or by


def _names_it(doc: Doc, item: Mention) -> bool:
    """Whether the mention's own words hold the name of its party."""
    words = phrases.tokens(doc, item.span.start, item.span.end)
    if words is None:
        return False
    for token in words:
        name = parties.name_at(token)
        if name is not None and parties.party_of_name(name).code == item.party.code:
            return True
    beside = (child for head in phrases.heads(words) for child in head.children if child.tag_ == "PRP$")
    return any(t.lower_ in _words("owned") - {"the"} for t in (*words, *beside))


def _not_oneself(doc: Doc, claim: Claim) -> Claim:
    """ "A Russian strike on Sumy killed three": nobody is struck by themselves unless it is said, or it happened at home."""
    actors = claim.actor_keys
    if len(actors) != 1 or claim.recipient_keys != actors:
        return claim
    if any("REB" in m.party.sectors or "PRE" in m.party.sectors for m in (*claim.actors, *claim.recipients)):
        return claim
    (state,) = {m.party.code for m in claim.actors if m.party.code != "UNK"}
    land = claim.where.country if claim.where is not None else None
    if f"{state}-REB" in phrases.named(doc).keys:
        return claim  # a war at home
    if land is None and (_towns_of(doc, state) or any({"COP", "JUD"} & set(m.party.sectors) for m in claim.actors)):
        return claim  # a report about this country; police and courts act at home
    if land == state or any(_names_it(doc, m) for m in claim.recipients):
        return claim
    if land is not None:
        told = tuple(
            Mention(Party(land, m.party.sectors or ("CVL",), m.text), m.text, m.span) for m in claim.recipients
        )
        return replace(claim, recipients=told)
    return replace(claim, recipients=tuple(_unknown(m) for m in claim.recipients))


def _towns_of(doc: Doc, state: str) -> bool:
    """Whether most towns that the report names are this state's."""
    towns = Counter(
        span._.place.country for span in doc.spans.get(places.KEY, []) if span._.place.precision in {"city", "point"}
    )
    return bool(towns) and towns.most_common(1)[0][0] == state


def _not_the_accused(doc: Doc, claim: Claim) -> Claim:
    """ "A resident said Russian soldiers shot two": who accuses does not speak for the accused."""
    made: list[Source] = []
    for source in claim.sources:
        item = source.mention
        against = {"REB", OPPOSITION} & set(item.party.sectors)
        if item.party.key in claim.actor_keys and not against and not _names_it(doc, item):
            words = phrases.tokens(doc, item.span.start, item.span.end)
            heads = phrases.heads(words) if words is not None else []
            roles = [role for head in heads if (role := coreference.role_of(head)) is not None]
            pronoun = any(head.pos_ == "PRON" for head in heads)
            named = any(head.ent_type_ == "PERSON" or head.pos_ == "PROPN" for head in heads)
            if not pronoun and not named and not any(r.sector in _words("side") and not r.victim for r in roles):
                source = replace(source, mention=_unknown(item))
        made.append(source)
    return replace(claim, sources=tuple(made))


def _unknown(item: Mention) -> Mention:
    return Mention(Party("UNK", item.party.sectors, item.text), item.text, item.span)
