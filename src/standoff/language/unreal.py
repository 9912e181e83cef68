"""What a text speaks of but does not tell as done: wished, feared, threatened, asked for, conditional."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.language import coreference, parties, syntax
from standoff.language.event import predicates
from standoff.language.frames import Frame
from standoff.language.grammar import listed
from standoff.language.syntax import any_of


def only_thought_of(token: Token) -> bool:
    """A deed warned of, feared, ruled out or wished for, not one told of."""
    words = {c.lower_ for c in token.children}
    if words & listed("not_yet") and token.dep_ in {
        "pobj",
        "dobj",
        "obj",
        "nsubj",
        "attr",
    }:
        return True
    at = token
    for _ in range(6):
        head = at.head
        if at.dep_ == "pobj" and head.lower_ in any_of("against without of for to from into"):
            above = head.head.lemma_.lower()
            if head.lower_ in {"against", "without"} and above in listed("warning"):
                return True
            if above in listed("thought_of"):
                return above != "responsibility"
        if at.dep_ in {"dobj", "obj"} and head.lemma_.lower() in listed("averting"):
            return True
        if syntax.supposed(at):
            return True
        asked = {c.lower_ for c in at.children if c.dep_ in {"nsubj", "nsubjpass"}} & {"who", "what", "whoever"}
        if at.dep_ == "ccomp" and asked:
            return True  # "it was not clear what caused his death"
        if head.i == at.i or at.dep_ in {"relcl", "ROOT"}:
            return False
        at = head
    return False


PREVENTING = listed("preventing")


ARRANGED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "AGREE"})
"""Acts that are told when they are fixed, before they are done."""


def _brought_about(verb: Token) -> bool:
    """ "Forced the army to withdraw", "the bomb allowed fighters to overrun the camp": what came of it has happened."""
    if verb.tag_ not in {"VBD", "VBN"} or any(c.dep_ in {"neg", "auxpass"} for c in verb.children):
        return False
    if any(c.dep_ == "aux" and c.lower_ in syntax.MODALS for c in verb.children):
        return False
    if verb.lemma_.lower() in listed("bringing_about"):
        return True
    subject = syntax.child(verb, "nsubj")
    if subject is None or verb.lemma_.lower() not in listed("letting"):
        return False
    return (
        subject.pos_ == "NOUN"
        and coreference.role_of(subject) is None
        and not any(parties.name_at(t) is not None and t.dep_ != "poss" for t in subject.subtree)
    )


def is_unreal(token: Token, frame: Frame) -> bool:
    """Infinitives of purpose, wish, request or threat: nothing has happened; the governing act is the event."""
    at = token
    for _ in range(5):
        if at.dep_ == "conj" and at.head.pos_ in {"VERB", "AUX", "ADJ"}:
            if any(c.dep_ in {"nsubj", "nsubjpass"} for c in at.children):
                break
            at = at.head
            continue
        break
    if frame.act == "speech" and at.dep_ not in {"xcomp", "advcl", "ccomp", "acl"}:
        return False
    if at.dep_ == "pcomp" and at.head.lower_ == "from" and at.head.head.lemma_.lower() in PREVENTING:
        return True  # "blocked the council from condemning"
    if (
        at.dep_ == "ccomp"
        and (at.lower_ == at.lemma_.lower() or any(c.lower_ == "be" and c.dep_ == "auxpass" for c in at.children))
        and not any(c.dep_ == "aux" for c in at.children)
        and at.head.lemma_.lower() in listed("wanting")
        and any(c.dep_ == "mark" and c.lower_ == "that" for c in at.children)
    ):
        return True  # "demanded that NATO carry out air strikes"
    if at.dep_ == "ccomp" and any(
        c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"who", "whoever", "what", "whatever"} for c in at.children
    ):
        return True  # "could not say who fired the shells"
    if at.dep_ == "relcl" and any(c.lower_ in {"any", "whichever", "every"} for c in at.head.children):
        return True  # "any party that violates the truce"
    finite = any(c.dep_ == "aux" and c.lower_ in {"did", "does", "do"} for c in at.children)
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in at.children) or (at.tag_ == "VB" and not finite)
    governor = at.head
    lemma = governor.lemma_.lower()
    if at.dep_ in any_of("xcomp ccomp advcl acl relcl pcomp") and infinitive:
        has_perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in at.children)
        if has_perfect:
            return False
        modal = any(c.dep_ == "aux" and c.lower_ in syntax.MODALS for c in at.children)
        if at.dep_ == "relcl" and not any(c.lower_ == "to" for c in at.children):
            return modal
        if at.dep_ == "ccomp" and modal:
            if lemma in listed("wishing"):
                return True
            wished = any(c.dep_ == "aux" and c.lower_ in any_of("could may might can should must") for c in at.children)
            return wished and frame.act != "speech"
        if syntax.arranged(at) and (frame.event in ARRANGED):
            return False
        if lemma in listed("going_on") and at.dep_ == "xcomp":
            if lemma == "be":
                return not frame.act
            return False
        return lemma not in predicates("trying") and not _brought_about(governor)
    if at.dep_ == "pcomp" and governor.lower_ in any_of("from without against for to before instead of"):
        verb = governor.head
        if governor.lower_ == "before" and verb.tag_ == "VBD":
            return False  # "shelled the town before storming it"
        if governor.lower_ in {"from", "without", "against", "before", "instead"}:
            return True
        return verb.lemma_.lower() in listed("intending") and verb.lemma_.lower() != "accuse"
    if syntax.supposed(at):
        return True
    if any(c.dep_ == "aux" and c.lower_ in any_of("could may might can should must") for c in at.children):
        has_perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in at.children)
        return not has_perfect and frame.act != "speech"
    for ancestor in (token, *token.ancestors):
        if syntax.supposed(ancestor):
            return True
        if ancestor.lower_ == "case" and ancestor.head.lower_ == "in":
            return True
        if ancestor.dep_ in {"xcomp"} and ancestor.head.lemma_.lower() in listed("urging"):
            return True
    return False
