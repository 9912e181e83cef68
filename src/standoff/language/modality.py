"""Really? PLOVER's auxiliary modes of an event, and ``attempted``.

The component ``standoff_modality`` adds to the events of ``doc._.frames`` what the text says of their reality:
``negation``, ``future``, ``hypothetical``, ``historical``, ``attempted``. A claim without any of them is asserted.
"""

from __future__ import annotations

from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.language import attribution, extensions, parties, syntax, times
from standoff.language.event import Event, predicates
from standoff.language.grammar import listed
from standoff.model import AuxMode

extensions.register()

_ADJECTIVES_UNREAL = listed("possible")


class Modality:
    """Reads the auxiliary modes of every event."""

    def __call__(self, doc: Doc) -> Doc:
        for event in doc._.frames or []:
            event.aux |= {mode.value for mode in _modes(doc, event)}
            _settle(event)
        return doc


_KIND = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_GIVING_WAY = frozenset({"RETREAT", "CONCEDE", "AGREE"})


def to_come(event: str, modes: tuple[str, ...], aux: set[str]) -> tuple[str, tuple[str, ...], set[str]]:
    """Type, modes and auxiliary modes of a deed, as the codebook has what is only to come."""
    future, negation, hypothetical = (mode.value for mode in (AuxMode.FUTURE, AuxMode.NEGATION, AuxMode.HYPOTHETICAL))
    if future not in aux or hypothetical in aux:
        return event, modes, aux
    if negation in aux and event in _KIND | _GIVING_WAY:
        return "REJECT", (), aux - {future, negation}
    if event in _KIND:
        return "AGREE", (), aux - {future}
    if event == "RETREAT" and "withdraw" in modes:
        return "CONCEDE", (), aux - {future}
    return event, modes, aux


def _settle(event: Event) -> None:
    """What is only to come is an event of its own: kindness to come is AGREE, a retreat CONCEDE, neither to come REJECT
    (codebook, sections AGREE, CONCEDE, CONSULT and REJECT: one type rather than a type with an auxiliary mode)."""
    if event.noun and event.event == "CONSULT" and len(event.actors) > 1 and _to_be_held(event.trigger):
        event.event, event.modes = "AGREE", ()
        event.aux.discard(AuxMode.FUTURE.value)
    if event.actors and not event.noun:
        event.event, event.modes, event.aux = to_come(event.event, event.modes, event.aux)


def _modes(doc: Doc, event: Event) -> set[AuxMode]:
    token = event.trigger
    found: set[AuxMode] = set()
    if event.rule in {
        "not responsible",
        "untrue",
        "promise",
        "judgement",
        "offending",
        "label",
        "ought",
        "responsible",
    }:
        return _past(doc, event, found) if event.rule == "label" else found
    if _negated(token, event) or attribution.denied(doc, token.idx):
        found.add(AuxMode.NEGATION)
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    if not auxiliaries and token.dep_ == "conj" and syntax.child(token, "nsubj", "nsubjpass") is None:
        auxiliaries = {c.lower_ for c in token.head.children if c.dep_ in {"aux", "auxpass"}}
    perfect = "have" in auxiliaries and auxiliaries & {"would", "could", "might", "may", "must"}
    if auxiliaries & {"will", "'ll", "’ll", "shall", "wo"} or _going_to(token):
        found.add(AuxMode.FUTURE)
    elif auxiliaries & {"would", "could", "might", "may"} and not event.speech:
        found.add(
            AuxMode.HYPOTHETICAL
            if not ("would" in auxiliaries and not perfect and _in_past_report(doc, event))
            else AuxMode.FUTURE
        )
    if _conditional(token) and not event.speech:
        found.add(AuxMode.HYPOTHETICAL)
    if _tried(token):
        found.add(AuxMode.ATTEMPTED)
    if event.noun:
        words = {c.lower_ for c in token.children if c.dep_ in {"amod", "compound", "det"}}
        if words & _ADJECTIVES_UNREAL:
            found.add(AuxMode.HYPOTHETICAL)
    return _past(doc, event, found)


def _past(doc: Doc, event: Event, found: set[AuxMode]) -> set[AuxMode]:
    if not found & {AuxMode.FUTURE, AuxMode.HYPOTHETICAL} and _historical(doc, event):
        found.add(AuxMode.HISTORICAL)
    return found


def _negated(token: Token, event: Event) -> bool:
    if any(c.dep_ == "neg" or c.lower_ in {"never", "n't"} for c in token.children):
        return True
    subj = syntax.child(token, "nsubj", "nsubjpass")
    if subj is not None and (
        subj.lower_ in {"none", "nobody", "neither"} or any(c.lower_ in {"no", "neither"} for c in subj.children)
    ):
        return True
    return bool(token.dep_ == "xcomp" and any(c.dep_ == "neg" for c in token.head.children) and not event.speech)


def _going_to(token: Token) -> bool:
    head = token.head
    if syntax.arranged(token):
        return True
    if token.dep_ == "xcomp" and head.lower_ == "going" and any(c.lemma_ == "be" for c in head.children):
        return True
    return token.dep_ == "xcomp" and head.lemma_.lower() in listed("planning")


def _to_be_held(noun: Token) -> bool:
    """ "Talks between the two will resume", "are due to begin": a meeting that is fixed and not yet held."""
    verb = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass"} or any(c.dep_ == "neg" for c in verb.children):
        return False
    held = [verb, *(c for below in (verb, *syntax.children(verb, "acomp")) for c in syntax.children(below, "xcomp"))]
    begun = [v for v in held if v.lemma_.lower() in listed("beginning")]
    willed = any(c.dep_ == "aux" and c.lower_ in {"will", "'ll"} for c in verb.children)
    return any(willed or syntax.arranged(v) for v in begun)


def _in_past_report(doc: Doc, event: Event) -> bool:
    return bool(attribution.chain(doc, event.trigger.idx, event.trigger.idx))


def _conditional(token: Token) -> bool:
    if syntax.supposed(token):
        return True
    # "Should the North attack again": the verb before its subject, whatever the parser makes of it.
    first = token.left_edge
    return first.lower_ == "should" and first.i < token.i and parties.name_at(token.doc[first.i + 1]) is not None


def _tried(token: Token) -> bool:
    tries = predicates("trying")
    at = token
    for _ in range(3):
        if at.dep_ in {"xcomp", "ccomp"} and at.head.lemma_.lower() in tries:
            return True
        if at.dep_ == "conj":
            at = at.head
            continue
        break
    if at.dep_ == "acl" and at.head.lemma_.lower() in listed("attempts"):
        return True
    return at.dep_ == "pobj" and at.head.head.lemma_.lower() in {"attempt"} and at.head.lower_ == "at"


def _historical(doc: Doc, event: Event) -> bool:
    published: date | None = doc._.published
    when = times.event_time(doc, event.start, event.end, event.trigger.i)
    if when is not None and times.historical(when, published):
        return True
    words = {t.lower_ for t in doc[event.start : event.end]}
    if words & listed("long_ago"):
        return "since" not in words
    return bool(
        when is not None
        and when.end is not None
        and published is not None
        and when.end < published - timedelta(days=366)
    )


@Language.factory("standoff_modality")
def create(nlp: Language, name: str) -> Modality:
    """Make the component (spaCy factory ``standoff_modality``)."""
    return Modality()
