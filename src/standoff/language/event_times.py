"""Which event a time belongs to: the clause it stands in, and what its words hang on."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span, Token

from standoff import lexicon
from standoff.language import syntax
from standoff.language.time_days import until_now
from standoff.language.time_forms import words
from standoff.model import When

KEY = "standoff_times"
"""Where the component ``standoff_times`` leaves its spans."""


def event_time(doc: Doc, start: int, end: int, trigger: int) -> When | None:
    """The time of the event that a token triggers, in the clause of tokens ``[start, end)``.

    A time that hangs on the trigger goes before one of its clause, and that before one of a clause it shares its time
    with ("struck camps on Wednesday, killing nine"). The time of another clause is not taken: in "said on Thursday that
    jets attacked", Thursday is when it was said.
    """
    token = doc[trigger]
    ranked = []
    first, last = syntax.sentence(token)
    for span in _times_in(doc, first, last):
        if first <= span.start and span.end <= last:
            rank = _rank(span, token)
            if rank is not None:
                outside = not start <= span.start < end
                ranked.append((span._.when.start is None, rank, outside, abs(span.start - trigger), span.start, span))
    if not ranked:
        return _since_clause(doc, token)
    when: When = min(ranked)[-1]._.when
    return when


def _times_in(doc: Doc, first: int, last: int) -> list[Span]:
    """The times that have a word within tokens ``[first, last)``."""
    end = doc[last - 1]
    return syntax.overlapping(doc, KEY, doc[first].idx, end.idx + len(end))


def _lower(doc: Doc) -> str:
    kept: str | None = doc.user_data.get("standoff_lower")
    if kept is None:
        kept = doc.user_data["standoff_lower"] = syntax.text_of(doc).lower()
    return kept


def _since_clause(doc: Doc, trigger: Token) -> When | None:
    """ "Nine have died since shelling began on Sunday": from Sunday to the report.

    Told by the order of the words, for parsers often take the clause after "since" for the main one.
    """
    verb = clause_verb(trigger)
    if verb is None or " since " not in _lower(doc):
        return None
    own = {verb.i, *(c.i for c in verb.children if c.dep_ == "conj")}
    for span in _times_in(doc, *syntax.sentence(verb)):
        holder = clause_verb(span.root)
        if holder is None or holder.i <= verb.i or holder.sent != verb.sent or span.start < holder.i:
            continue
        if any(t.lower_ == "since" and t.head.i in {*own, holder.i, holder.head.i} for t in doc[verb.i : holder.i]):
            days = until_now((span._.when.start, span._.when.end), doc._.published)
            return When(*days, span._.when.text, span._.when.span)
    return None


def _rank(span: Span, trigger: Token) -> int | None:
    """How closely a time belongs to an event, 0 the closest; None where it belongs to another."""
    if any(t.i == trigger.i for t in span):
        return None
    holder = _said_then(span) or _holder(span.root, trigger)
    verb = clause_verb(trigger)
    if verb is not None and verb.dep_ == "relcl" and verb.head in span:
        return 1  # "on Monday, when gunmen killed two"
    if (
        holder is not None
        and _is_verb(holder)
        and holder.dep_ == "relcl"
        and holder.lemma_.lower() in words("taking_place")
    ):
        holder = holder.head if holder.head.i != trigger.i else holder  # "an ambush that took place on Monday"
    if holder is not None and holder.dep_ == "acl" and holder.tag_ == "VBN" and holder.lemma_.lower() == "report":
        holder = (
            holder.head if holder.head.lemma_.lower() in _event_nouns() else holder
        )  # "skirmishes reported on Monday"
    if holder is None:
        return 5
    if _after(span.root, holder):
        return None
    if holder.i == trigger.i or (trigger.head.i == holder.i and trigger.dep_ in {"compound", "amod", "nmod"}):
        return 0
    if _is_verb(holder):
        return _rank_of_verb(holder, trigger, verb, span)
    return _rank_of_noun(holder, trigger, verb)


def _rank_of_verb(holder: Token, trigger: Token, verb: Token | None, span: Span) -> int | None:
    """A time that hangs on a verb."""
    if verb is None:
        return None
    if holder.dep_ in {"relcl", "acl"} and holder.head.i == trigger.i:
        return 2
    telling = holder.lemma_.lower() in _telling()
    if holder.i == verb.i:
        # "Condemned on Monday the attack": Monday is when it was condemned.
        return None if telling and trigger.i != verb.i and not _is_subject(trigger, verb) else 1
    if telling:
        # "Said jets hit the port on Wednesday", "On Wednesday jets hit the port, said …": parsers hang the day on "said".
        # "On Monday jets were reported to have hit it": what is reported is one with the report.
        raised = verb.dep_ == "xcomp" and any(c.dep_ == "nsubjpass" for c in holder.children)
        if verb.dep_ == "conj" and verb.head.i == holder.i:
            return 2  # "spoke to him on Monday and urged him"
        between = holder.i < verb.i < span.start or span.start < verb.i < holder.i or raised
        told = holder in verb.ancestors or holder.is_ancestor(trigger)
        return 4 if between and told and not _apart(verb, holder) else None
    if _shares_time(verb, holder):
        return 2
    if holder.dep_ in {"xcomp", "ccomp", "advcl"} and holder.head.i == verb.i and holder.tag_ in {"VBG", "VB"}:
        # "Managed to take the town on Monday", "carried out strikes, killing nine on Monday".
        return 3 if verb.lemma_.lower() not in _telling() else None
    if holder.dep_ == "conj" and holder.head.i == verb.i and span.start > holder.i > trigger.i:
        # "Shelled the town and killed nine on Monday", where neither verb has more of its own.
        own = {"nsubj", "nsubjpass", "prep", "advcl", "npadvmod"}
        return (
            3
            if not any(c.dep_ in own for v in (holder, verb) for c in v.children if verb.i < c.i < span.start - 1)
            else None
        )
    return None


def _rank_of_noun(holder: Token, trigger: Token, verb: Token | None) -> int | None:
    """A time that hangs on a noun: "Tuesday's attack", "an attack on Tuesday"."""
    if _is_verb(trigger):
        if trigger.lemma_.lower() in _telling():
            # "Voted for a truce on Saturday": a truce to come has no time of its own before it is voted for.
            decided = trigger.lemma_.lower() in words("deciding") and trigger.i < holder.i
            governor = holder.head.head if holder.dep_ == "pobj" else holder.head
            if governor.i == trigger.i and holder.dep_ == "pobj" and holder.lemma_.lower() in words("venue"):
                return 1  # "told her in a call on Tuesday"
            return 3 if decided and governor.i == trigger.i and not _after(holder, trigger) else None
        if _head_noun_chain(trigger, holder):
            return 2
        return 1 if verb is not None and clause_verb(holder) == verb and not _after(holder, trigger) else None
    if trigger.is_ancestor(holder) and clause_verb(holder) == verb and not _after(holder, trigger):
        return 1
    return 2 if holder.is_ancestor(trigger) and clause_verb(holder) == verb else None


def _holder(token: Token, trigger: Token) -> Token | None:
    """What a time hangs on: the first verb, event noun or trigger above it."""
    for ancestor in token.ancestors:
        if ancestor.i == trigger.i or _is_verb(ancestor) or ancestor.lemma_.lower() in _event_nouns():
            return ancestor
    return None


def _said_then(span: Span) -> Token | None:
    """The verb of saying that a day stands right behind: "said on Monday its troops had left"."""
    before = span.start - 1
    while before > span.sent.start and span.doc[before].lower_ in {"on", "late", "early", "earlier", "later"}:
        before -= 1
    verb = span.doc[before] if before >= span.sent.start else None
    one_day = span._.when.start == span._.when.end
    return verb if verb is not None and one_day and _is_verb(verb) and verb.lemma_.lower() in _saying() else None


def clause_verb(token: Token) -> Token | None:
    """The verb of a token's clause: itself, or the first above it."""
    if _is_verb(token):
        return token
    return next((a for a in token.ancestors if _is_verb(a)), None)


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound", "aux", "auxpass", "prep"}


def _is_subject(noun: Token, verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} and (c.i == noun.i or c.is_ancestor(noun)) for c in verb.children)


def _shares_time(verb: Token, holder: Token) -> bool:
    """True where a clause has its time from the one it hangs on: "struck on Monday and killed", "…, killing nine"."""
    at = verb
    for _ in range(4):
        if at.i == holder.i:
            return True
        head = at.head
        if (
            (at.dep_ == "conj" and _is_verb(head))
            or at.dep_ == "xcomp"
            or (at.dep_ == "advcl" and not _apart(at, head))
        ):
            at = head
        elif at.dep_ == "ccomp" and any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ == "WDT" for c in at.children):
            at = head  # parsers take "launched strikes that killed nine" for a clause of the verb
        elif at.dep_ in {"relcl", "acl"} and head.dep_ == "dobj" and head.lemma_.lower() in _event_nouns():
            at = head.head  # "launched strikes on Monday that killed nine"
        else:
            return False
        if at.i != holder.i and at.lemma_.lower() in _telling():
            return False
    return at.i == holder.i


def _apart(verb: Token, above: Token) -> bool:
    """True where a conjunction or preposition between two verbs sets their times apart: "after jets had hit the port"."""
    at = verb
    for _ in range(4):
        if at.i == above.i:
            return False
        if any(
            c.dep_ in {"mark", "advmod", "prep"} and c.lower_ in words("apart") and c.i < verb.i for c in at.children
        ):
            return True
        at = at.head
    return False


def _after(noun: Token, trigger: Token) -> bool:
    """True where the way from a noun up to the trigger leads over "after", "before", "since": another time."""
    at = noun
    for _ in range(6):
        if at.i == trigger.i or at.head.i == at.i:
            return False
        at = at.head
        if at.lower_ in words("apart") and at.dep_ in {"prep", "mark", "pcomp"}:
            return True
    return False


def _head_noun_chain(verb: Token, noun: Token) -> bool:
    """ "An April 22 attack in Pahalgam, where 24 were killed": the verb's relative clause hangs on the noun's phrase."""
    at = verb
    while at.dep_ in {"conj", "xcomp"} and _is_verb(at.head):
        at = at.head
    if at.dep_ not in {"relcl", "acl"}:
        return False
    return at.head.i == noun.i or (noun.is_ancestor(at.head) and clause_verb(at.head) == clause_verb(noun))


@cache
def _saying() -> frozenset[str]:
    """Verbs that take a clause right behind them."""
    cues = lexicon.load("cues")["verbs"]
    return frozenset(word for entry in cues if entry["stance"] != "accuse" for word in entry["words"]) - words(
        "deciding"
    )


@cache
def _telling() -> frozenset[str]:
    cues = lexicon.load("cues")["verbs"]
    return words("telling") | frozenset(word for entry in cues for word in entry["words"])


@cache
def _event_nouns() -> frozenset[str]:
    nouns = lexicon.load("event_nouns")["noun"]
    return words("happening") | frozenset(word for entry in nouns for word in entry["words"])
