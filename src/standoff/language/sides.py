"""What only the whole document shows: who accused the one who denies, who is opposed, whose people were hit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from spacy.tokens import Doc, Token

from standoff.language import attribution, coreference, frames, places, syntax
from standoff.language.event import BYSTANDERS, Event, keys_of
from standoff.language.grammar import listed
from standoff.model import UNKNOWN, Mention, Party, Stance

REACH = 700
"""Characters back to an attack that a bare "the strike" can mean."""
TAKING = listed("taking")
"""What is done to places without a strike."""
FORCES = frozenset({"MIL", "COP", "SPY", "GOV"})
"""Who tells of what a state's own forces did."""
OPERATIONS = listed("operations")
"""What a state's forces do to those who fight it."""


def _about(event: Event, lemma: str) -> bool:
    """Whether an accusation is about a deed of that name: its object, or what its relative clause hangs on."""
    verb = event.trigger
    near = [verb.head, *verb.head.ancestors] if verb.dep_ == "relcl" else []
    near += [t for t in verb.subtree if t.pos_ == "NOUN"]
    return any(t.lemma_.lower() == lemma for t in near)


def _speakers(event: Event) -> frozenset[str]:
    return frozenset(source.mention.party.key for s in event.statements[:1] for source in s.sources)


def _claimant(found: list[Event], event: Event) -> tuple[Mention, ...]:
    """ "Six militants were killed, the army said": a side that tells of the other side's dead tells of its own deed.

    A state's officials, another state's army, and nobody by name ("killed in an operation"), tell of the forces that the
    document shows at war with those who died.
    """
    victims = [m.party for m in event.recipients]
    if not victims or not event.counts or event.aux:
        return ()
    told = [s.mention for statement in event.statements[:1] for s in statement.sources]
    teller = told[0].party if len(told) == 1 else UNKNOWN
    if "REB" in teller.sectors and all(v.code == teller.code and set(v.sectors) & {"MIL", "COP"} for v in victims):
        return (told[0],)
    state = victims[0].code.removesuffix("-REB")
    if not all(v.key == f"{state}-REB" for v in victims):
        return ()
    if teller.key == state and set(teller.sectors) & {"MIL", "COP", "SPY"}:
        return (told[0],)
    forces = {state}
    if set(teller.sectors) & FORCES and teller.code not in BYSTANDERS:
        forces.add(teller.key)
    if teller.key in forces or any(t.lemma_.lower() in OPERATIONS for t in event.trigger.subtree):
        near = sorted(found, key=lambda other: abs(other.trigger.i - event.trigger.i))
        for other in near:
            if (
                other.event == "ASSAULT"
                and other is not event
                and keys_of(other.recipients) & keys_of(event.recipients)
            ):
                if fought := tuple(m for m in other.actors if m.party.key in forces):
                    return fought[:1]
    return ()


def _attacked_teller(found: list[Event], event: Event) -> tuple[Mention, ...]:
    """ "Their forces opened fire first, the ministry said": a side at war with those it accuses tells of an attack on it."""
    told = [s.mention for statement in event.statements[:1] for s in statement.sources]
    if len(told) != 1 or told[0].party.code in BYSTANDERS or not set(told[0].party.sectors) & (FORCES | {"REB", "PRE"}):
        return ()
    teller, doers = told[0].party.key, keys_of(event.actors)
    if not doers or teller in doers or event.counts:
        return ()
    for other in found:
        if other is event or other.event != "ASSAULT":
            continue
        both = keys_of(other.actors) | keys_of(other.recipients)
        if teller in both and doers <= both:
            return (told[0],)
    return ()


def _more_of_the_same(earlier: list[Event], event: Event) -> tuple[Mention, ...]:
    """ "Killed 25 rebels in Vavuniya and four more in Jaffna": a bare figure counts those counted just before."""
    if not event.counts or any(c.victim is not None for c in event.counts):
        return ()
    kinds = {c.kind for c in event.counts}
    for other in reversed(earlier):
        if other.trigger.sent.end < event.trigger.sent.start:
            return ()
        if kinds & {c.kind for c in other.counts} and keys_of(other.recipients):
            same = not event.actors or keys_of(other.actors) == keys_of(event.actors)
            return other.recipients if same else ()
    return ()


def _authority(earlier: list[Event], event: Event) -> tuple[Mention, ...]:
    """ "Three men were arrested, police said": who tells of an arrest has made it; else those who made the one before."""
    told = [s.mention for statement in event.statements[:1] for s in statement.sources]
    if len(told) == 1 and set(told[0].party.sectors) & FORCES and "REB" not in told[0].party.sectors:
        return (told[0],)
    codes = {m.party.code for m in event.recipients}
    for other in reversed(earlier):
        police = tuple(m for m in other.actors if set(m.party.sectors) & {"COP", "MIL"} and m.party.code in codes)
        if police and other.event in {"COERCE", "ASSAULT"}:
            return police
    return ()


class Sides:
    """The other side of an act, where the clause leaves it out and the document has named it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc

    def complete(self, found: list[Event]) -> None:
        """Name the other side where a speech act leaves it out but the document has named it: who accused, who is opposed."""
        for event in found:
            event.statements = attribution.chain(self.doc, event.trigger.idx, event.trigger.idx)
        found.sort(key=lambda e: e.trigger.i)
        scene = self._scene()
        for index, event in enumerate(found):
            if event.event == "ASSAULT" and not any(m.party.sectors for m in event.recipients):
                event.recipients = _more_of_the_same(found[:index], event) or event.recipients
            if event.event == "ASSAULT" and not keys_of(event.recipients) and not event.reciprocal:
                of_scene = (
                    tuple(replace(m, party=replace(m.party, code=scene.party.code)) for m in event.recipients)
                    if scene is not None
                    else ()
                )
                event.recipients = (
                    self._fighters(found[:index], event)
                    or _attacked_teller(found, event)
                    or of_scene
                    or ((scene,) if scene is not None else event.recipients)
                )
            if event.event == "ASSAULT" and not event.actors and not event.reciprocal:
                event.actors = self._doer_told_before(found[:index], event) or _claimant(found, event)
            if event.event == "COERCE" and "arrest" in event.modes and not event.actors:
                event.actors = _authority(found[:index], event)
            if event.event == "REJECT" and not event.recipients:
                event.recipients = self._accuser(found[:index], event)
            if event.event == "ACCUSE" and not event.recipients:
                event.recipients = self._doer_of_condemned(found[:index], event)
            if event.event == "THREATEN" and not event.recipients:
                event.recipients = self._on_condition(event)
            if event.event in {"THREATEN", "REJECT", "ACCUSE"} and not event.recipients:
                event.recipients = self._opponent(found, event)

    def _scene(self) -> Mention | None:
        """The state where all but a few of the document's towns and regions lie: whose people a nameless target is."""
        counts: Counter[str] = Counter()
        first: dict[str, Mention] = {}
        for span in self.doc.spans.get(places.KEY, []):
            where = span._.place
            if where is not None and where.country and where.precision != "country":
                counts[where.country] += 1
                party = Party(where.country, (), where.name)
                first.setdefault(where.country, coreference.mention(party, self.doc, span.start, span.end))
        if not counts:
            return None
        country, n = counts.most_common(1)[0]
        return first[country] if n >= 2 and n / counts.total() >= 0.7 else None

    def _fighters(self, earlier: list[Event], event: Event) -> tuple[Mention, ...]:
        """ "Three assailants were killed": those who have attacked before, not the people of the place."""
        heads = [self.doc[c.victim] for c in event.counts if c.victim is not None]
        if not heads or not all((role := coreference.role_of(h)) is not None and role.sector == "REB" for h in heads):
            return ()
        for other in reversed(earlier):
            if other.event == "ASSAULT" and (fought := tuple(m for m in other.actors if "REB" in m.party.sectors)):
                return fought
        return ()

    @staticmethod
    def _doer_of_condemned(earlier: list[Event], event: Event) -> tuple[Mention, ...]:
        """ "Condemned the attack": whoever the text last told to have done one."""
        obj = syntax.direct_object(event.trigger)
        if obj is None:
            return ()
        noun = frames.content_noun(obj)
        if frames.noun_frame(noun) is None and noun.lemma_.lower() not in listed("deeds"):
            return ()
        lemma = noun.lemma_.lower()
        for other in reversed(earlier):
            # "The attack, which officials blamed on the rebels ... The ministry condemned the attack."
            blamed = other.event == "ACCUSE" and keys_of(other.recipients) and _about(other, lemma)
            done = other.event in {"ASSAULT", "COERCE", "SANCTION"} and keys_of(other.actors) and not other.reciprocal
            if done and other.event != "ASSAULT" and frames.noun_frame(noun) is not None:
                continue  # an attack is no arrest
            if blamed or done:
                found = other.recipients if blamed else other.actors
                return tuple(m for m in found if m.party.key not in keys_of(event.actors))
        return ()

    def _doer_told_before(self, earlier: list[Event], event: Event) -> tuple[Mention, ...]:
        """ "Ten were wounded in the strike": whoever the same speaker, or the writer, has just told to have struck."""
        if not any(self._told_already(t) for t in self._words_of(event)):
            return ()
        for other in reversed(earlier):
            if event.trigger.idx - other.trigger.idx > REACH:
                return ()
            if other.event != "ASSAULT" or not keys_of(other.actors) or other.reciprocal:
                continue
            if other.trigger.lemma_.lower() in TAKING:
                continue
            # Told by the writer, by the same source, or owned to by the source itself.
            owned = _speakers(event) == keys_of(other.actors) and any(
                t.lemma_ == a.lemma_ for t in other.anchors for a in self._words_of(event)
            )
            same = not other.statements or _speakers(other) == _speakers(event) or owned
            denied = any(s.stance is Stance.DENY for s in other.statements)
            fighting = tuple(m for m in event.recipients if m.party.sectors[:1] not in coreference.UNARMED)
            if not same or denied or keys_of(other.actors) & keys_of(fighting):
                return ()
            return other.actors
        return ()

    @staticmethod
    def _words_of(event: Event) -> list[Token]:
        verb = event.trigger
        near = [verb, *event.anchors, *(c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})]
        return near + [noun for _, noun in syntax.prepositional(verb, "in", "by", "during", "from", "after")]

    @staticmethod
    def _told_already(token: Token) -> bool:
        frame = frames.noun_frame(token)
        if frame is None or frame.event != "ASSAULT" or frame.reciprocal:
            return False
        marks = [
            c for c in token.children if c.dep_ in {"det", "amod", "compound", "poss", "prep", "relcl", "acl", "nummod"}
        ]
        return any(c.lower_ in syntax.DEFINITE for c in marks) and all(c.dep_ in {"det", "compound"} for c in marks)

    @staticmethod
    def _accuser(earlier: list[Event], event: Event) -> tuple[Mention, ...]:
        keys = keys_of(event.actors)
        for other in reversed(earlier):
            if other.event in {"ACCUSE", "REQUEST"} and keys_of(other.recipients) & keys:
                return tuple(m for m in other.actors if m.party.key not in keys)
        return ()

    def _on_condition(self, event: Event) -> tuple[Mention, ...]:
        """ "Will strike back if Israel attacks", "unless it is attacked by Israel": who would bring it about."""
        keys = keys_of(event.actors)
        for token in event.trigger.sent:
            if token.lower_ not in {"if", "unless", "until", "should"} or token.dep_ not in {"mark", "aux", "advmod"}:
                continue
            verb = token.head
            if token.lower_ == "should" and not any(c.dep_ == "nsubj" and c.i > token.i for c in verb.children):
                continue
            for doer in (syntax.subject(verb), syntax.agent(verb)):
                named = coreference.resolver(self.doc).resolve(doer) if doer is not None else ()
                others = tuple(m for m in named if m.party.code != "UNK" and m.party.key not in keys)
                if others:
                    return others
        return ()

    def _opponent(self, found: list[Event], event: Event) -> tuple[Mention, ...]:
        keys = keys_of(event.actors)
        near = sorted(found, key=lambda e: (e.event not in {"ASSAULT", "ACCUSE"}, abs(e.trigger.i - event.trigger.i)))
        for other in near:
            if other is event or other.event not in {"ASSAULT", "ACCUSE", "SANCTION", "COERCE", "THREATEN"}:
                continue
            if other.reciprocal and keys_of(other.actors) & keys:
                rivals = tuple(m for m in other.actors if m.party.key not in keys and m.party.code not in BYSTANDERS)
                if rivals:
                    return rivals
            if keys_of(other.recipients) & keys:
                rivals = tuple(m for m in other.actors if m.party.key not in keys and m.party.code not in BYSTANDERS)
                if rivals:
                    return rivals
            if keys_of(other.actors) & keys:
                rivals = tuple(
                    m
                    for m in other.recipients
                    if m.party.key not in keys
                    and m.party.code not in BYSTANDERS
                    and m.party.sectors[:1] not in coreference.UNARMED
                )
                if rivals:
                    return rivals
        return ()
