"""Who stands in an event by a name or a word that the lexicon knows no party for: "Delhi police arrested Disha Ravi".

An event's places for its parties are filled first with parties that are known. What is still empty once the whole document
has been asked (:mod:`standoff.language.sides`) takes the person, people, body or place that the clause itself names; their
party is unknown, unless the state that acts is plainly their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from standoff.language import coreference, frames, parties, places, syntax
from standoff.language.event import Event, predicates
from standoff.language.grammar import listed
from standoff.language.losses import losses
from standoff.language.syntax import any_of
from standoff.model import UNKNOWN, Mention, Party

DEPTH = 4
"""Steps down from the verb: verb, its object, what the object is of or against, and whose."""
TOWARDS = any_of("to for with against from of on upon at into by toward towards over between about")
"""Prepositions that lead to whom an act is towards."""
WHERE = any_of("in at near inside on across around over into within throughout to from off through outside")
"""Prepositions that lead to where it is."""
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
"""Acts that fall on places as well as on people."""
TO_PLACES = HOSTILE - {"PROTEST"} | {"AGREE", "CONCEDE", "RETREAT", "AID", "COOPERATE"}
"""Acts that are towards a place where they are towards nobody: "lay down their arms in the enclave"."""
BODIES = listed("acting_bodies")
"""Words for several people who act as one, besides the roles of the lexicon."""
HIT = listed("hit")
"""Besides places, buildings and vehicles, what an attack falls on."""
NO_ONE = any_of("which that what who whom this it something anything nothing everything there one")


class Unnamed:
    """Fills what the other rules left empty, from the event's own clause."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.resolver = coreference.resolver(doc)

    def complete(self, found: list[Event]) -> None:
        triggers = {event.trigger.i for event in found}
        for event in found:
            if not event.actors and event.frame is not None and event.frame.subject == "actor":
                event.actors = self._doers(event)
            if not event.recipients and not event.reciprocal:
                event.recipients = self._towards(event, triggers - {event.trigger.i})

    def _doers(self, event: Event) -> tuple[Mention, ...]:
        doer = syntax.doer(event.trigger)
        if doer is None or (
            event.frame is not None and event.frame.loss and not syntax.children(event.trigger, "dobj", "obj")
        ):
            return ()  # "twelve villagers died"
        if doer.lower_ in places.KINDS:
            return ()
        return self._people(doer, event)

    def _towards(self, event: Event, others: set[int]) -> tuple[Mention, ...]:
        taken = (*event.actors, *(s.mention for told in event.statements for s in told.sources))
        doer = syntax.doer(event.trigger)
        mine = {t.i for t in syntax.conjuncts(doer)} if doer is not None else set()
        for token in self._below(event, others | mine):
            found = coreference.others(self.doc, self._people(token, event), taken)
            if found:
                return found
        return self._place(event)

    def _below(self, event: Event, without: set[int]) -> Iterator[Token]:
        """The nouns that an event's verb governs, nearest first: objects, what they are of or against, those of verbs it leads to."""
        level = [event.trigger]
        for _ in range(DEPTH):
            following: list[Token] = []
            for token in level:
                for child in sorted(_governed(token), key=lambda c: (_rank(c), c.i)):
                    thrown = (
                        event.frame is not None and child.lemma_.lower() in event.frame.objects and child.dep_ == "dobj"
                    )
                    if thrown:  # "fired a rocket into the city": the rocket was not fired upon
                        following.append(child)
                        continue
                    if child.i in without or (event.event == "REJECT" and _reported(child)):
                        continue
                    if child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}:
                        yield child
                    following.append(child)
            level = following

    def _people(self, noun: Token, event: Event) -> tuple[Mention, ...]:
        """The people or bodies that a noun phrase names, whoever they are."""
        found: list[Mention] = []
        for head in syntax.conjuncts(noun):
            if head.lower_ in NO_ONE or head.pos_ == "VERB":
                continue
            known = tuple(m for m in self.resolver.resolve(head) if m.party.code != "UNK")
            if head.pos_ == "PRON" and not known:
                continue
            if known and (someone(head) or head.pos_ == "PRON"):
                found.extend(known)
            elif someone(head) or (event.event in HOSTILE and can_be_hit(head)):
                found.append(as_told(head))
        return tuple(dict.fromkeys(found))

    def _place(self, event: Event) -> tuple[Mention, ...]:
        """Where an act on a place is: "imposed a curfew in Basra"."""
        if event.event not in TO_PLACES:
            return ()
        for span in self.doc.spans.get(places.KEY, []):
            if not event.trigger.i < span.start < event.end or span._.place is None:
                continue
            root = span.root
            if root.dep_ == "pobj" and root.head.lower_ in (
                WHERE - {"from", "off"} if event.event == "ASSAULT" else WHERE
            ):
                party = Party(span._.place.country or UNKNOWN.code, (), span._.place.name)
                found = (coreference.mention(party, self.doc, span.start, span.end),)
                if event.event in HOSTILE or coreference.others(self.doc, found, event.actors):
                    return found
        return ()


def _governed(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.i < token.i and child.dep_ not in {"poss", "nsubjpass", "dobj", "compound", "nmod"}:
            continue
        if child.dep_ in {"dobj", "obj", "dative", "nsubjpass", "oprd", "attr"} and child.pos_ != "ADP":
            yield child
        elif child.dep_ in {"prep", "agent", "dative"} and (child.lower_ in TOWARDS or token.pos_ in {"NOUN", "PROPN"}):
            if child.dep_ == "agent" and syntax.is_passive(token):
                continue
            yield from (c for c in child.children if c.dep_ in {"pobj", "pcomp"})
            for inner in syntax.children(child, "prep"):
                yield from syntax.children(inner, "pobj")
        elif child.dep_ in {"xcomp", "ccomp"}:
            subject = syntax.child(child, "nsubj", "nsubjpass")
            if subject is not None:
                yield subject
            yield child
        elif (child.dep_ == "poss" and token.pos_ in {"NOUN", "PROPN"} and not someone(token)) or (
            child.dep_ in {"acl", "appos"} and token.pos_ == "NOUN"
        ):
            yield child


def _reported(clause: Token) -> bool:
    """ "Dismissed reports that its jets had bombed a school": what is denied is towards nobody it tells of."""
    if clause.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return True
    return clause.dep_ == "acl" and clause.head.lemma_.lower() in predicates("account")


def _rank(child: Token) -> int:
    """Objects before what stands after prepositions, and both before clauses."""
    if child.dep_ in {"xcomp", "ccomp", "acl", "pcomp"}:
        return 2
    return 1 if child.dep_ == "pobj" else 0


def as_told(head: Token, code: str = UNKNOWN.code) -> Mention:
    """A noun phrase as the text has it, of a state that is known from elsewhere or of nobody known."""
    start, end = _phrase(head)
    role = coreference.role_of(head)
    sectors = (role.sector,) if role is not None and role.sector else ()
    return coreference.mention(Party(code, sectors, head.doc[start : head.i + 1].text), head.doc, start, end)


def someone(head: Token) -> bool:
    """Whether a noun names people or a body that can act or be acted upon."""
    name = parties.name_at(head)
    if name is not None:
        return True
    if head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} and head.pos_ in {"PROPN", "NOUN"}:
        return True
    lemma = head.lemma_.lower()
    words = losses().words
    role = coreference.role_of(head)
    return role is not None or lemma in words["persons"] | BODIES or head.lower_ in words["crowds"]


def can_be_hit(head: Token) -> bool:
    """Whether a noun names a place or building that an attack or a ban can fall on."""
    lemma = head.lemma_.lower()
    if lemma in places.FACILITIES | places.KINDS | HIT or lemma in losses().words["things"]:
        return True
    return frames.noun_frame(head) is None and head.ent_type_ in {"FAC", "LOC"}


def _phrase(head: Token) -> tuple[int, int]:
    """Tokens of a noun phrase with what it is of, without relative clauses."""
    start = head.left_edge.i if head.i - head.left_edge.i < 12 else head.i
    end = head.i + 1
    for child in head.children:
        if (
            child.i >= end
            and child.dep_ == "prep"
            and child.lower_ in {"of", "in", "at", "from", "for"}
            and child.i == end
        ):
            inner = syntax.child(child, "pobj")
            if inner is not None:
                end = inner.i + 1
    return start, end
