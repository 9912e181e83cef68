"""Accounts that somebody calls untrue: what "the report that 30 soldiers had died" tells is denied by who says that it is false.

Without this the denier held what it denied: "said" takes all that follows for its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import lookup, nouns
from standoff.language.attribution.drafts import Draft, chars
from standoff.language.event import predicates
from standoff.model import Span, Stance

_HIGHEST = 4
"""So far above the word that judges the verb of calling may stand: parsers hang "a fabrication" on many things."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An account that is called untrue."""

    word: Token
    """What it is called: "false", "a fabrication", "no truth"."""
    verb: Token
    account: Token
    judge: Token | None
    """Who calls it so; none where that is whoever speaks."""

    @property
    def flatly(self) -> bool:
        """Whether nothing of it is so: an exaggerated report is one of something."""
        return not {self.word.lower_, self.word.lemma_.lower()} & set(predicates("overstated"))


def found(doc: Doc) -> tuple[Judged, ...]:
    """The accounts of a document that are called untrue, each by its first word; sought once a document."""
    kept: tuple[Judged, ...] | None = doc.user_data.get("standoff_untrue")
    if kept is None:
        kept = doc.user_data["standoff_untrue"] = tuple(_find(doc))
    return kept


def at(verb: Token) -> Judged | None:
    """The account that is called untrue by a verb and what stands under it."""
    return next((one for one in found(verb.doc) if one.verb.i == verb.i), None)


def _find(doc: Doc) -> Iterator[Judged]:
    seen: set[int] = set()
    for token in lookup.words(
        doc, frozenset(predicates("untrue") | predicates("overstated") | predicates("groundless"))
    ):
        one = judged(token)
        if one is not None and one.account.i not in seen:
            seen.add(one.account.i)
            yield one


def judged(token: Token) -> Judged | None:
    """The account that a word calls untrue."""
    if token.lemma_.lower() in predicates("groundless"):
        return _groundless(token)
    called = predicates("untrue") | predicates("overstated")
    if token.lower_ not in called and token.lemma_.lower() not in called:
        return None
    verb = _verb(token)
    if verb is not None:
        subject = syntax.child(verb, "nsubj", "nsubjpass")
        if subject is None or any(c.dep_ == "neg" for c in verb.children):
            return None
        return Judged(token, verb, subject, None) if _tells(subject) or _pointing(subject, verb) else None
    return _called(token)


def _verb(token: Token) -> Token | None:
    """The "is" of "is false" and "is a false report", the "was fabricated", whatever is joined before it ("were absurd and false")."""
    at = token
    while at.dep_ in {"conj", "amod", "compound"} and at.head.i != at.i:
        at = at.head
    if at.tag_ == "VBN" and syntax.is_passive(at):
        return at
    if at.lemma_ == "be":
        return at
    return at.head if at.dep_ in {"acomp", "attr"} and at.head.lemma_ == "be" else None


def _called(token: Token) -> Judged | None:
    """ "Called the Indian claim that ... a fabrication", "described the RSF's account as lies"."""
    verb = token
    for _ in range(_HIGHEST):
        verb = verb.head
        if verb.lemma_.lower() in predicates("naming") and verb.pos_ == "VERB":
            break
    else:
        return None
    passive = syntax.is_passive(verb)
    account = syntax.child(verb, "nsubjpass") if passive else syntax.child(verb, "dobj", "obj")
    if account is None or not _tells(account) or account.pos_ == "PRON" or not account.i < token.i:
        return None
    return Judged(token, verb, account, syntax.agent(verb) if passive else syntax.subject(verb))


def _groundless(token: Token) -> Judged | None:
    """ "There is no truth to the report", "the claim has no basis", "is without foundation"."""
    without = token.dep_ == "pobj" and token.head.lower_ == "without"
    if not without and not any(c.lower_ == "no" for c in token.children):
        return None
    verb = token.head.head if without else token.head
    if verb.lemma_ not in {"be", "have"}:
        return None
    account = syntax.child(verb, "nsubj")
    if account is None or not _tells(account):
        beside = (pair for head in (token, verb) for pair in syntax.prepositional(head, "to", "in", "behind", "for"))
        account = next((noun for _, noun in beside if _tells(noun)), None)
    return Judged(token, verb, account, None) if account is not None else None


def _pointing(subject: Token, verb: Token) -> bool:
    """ "This is a lie", "these are lies"; not "it is absurd that ..." nor "that is absurd to say"."""
    bare = subject.tag_ == "DT" and subject.lower_ in syntax.DEFINITE and subject.n_lefts + subject.n_rights == 0
    return bare and not any(c.dep_ in {"ccomp", "csubj", "xcomp", "advcl"} for c in verb.children)


def _tells(token: Token | None) -> bool:
    return token is not None and token.lemma_.lower() in predicates("account")


def denials(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The statements, and beside them what an account tells, denied by who calls it untrue; whose it is, if that is said, claims it."""
    for one in found(doc):
        within = chars(doc, one.account.left_edge.i, _end(one))
        outer = _outer(drafts, one, within)
        source = one.judge or (outer.source if outer is not None else None)
        if source is None or not one.flatly:
            continue  # the writer's own word, or not wholly untrue
        # Whose the account is, who judges it does not say: "the claim", "an Indian claim".
        drafts = [d for d in drafts if d.cue.i != one.account.i or d.source not in {None, one.judge}]
        owner, first = nouns.owner(one.account, _end(one)), one.account.i + 1
        if owner is not None and first < _end(one) and not any(d.cue.i == one.account.i for d in drafts):
            told = [chars(doc, first, _end(one))]
            drafts.append(Draft(one.account, chars(doc, one.account.i, first), owner, told, Stance.NEUTRAL))
        if outer is None:
            drafts.append(Draft(one.word, chars(doc, one.word.i, one.word.i + 1), source, [within], Stance.DENY))
        else:
            drafts = [replace(d, untrue=(*d.untrue, within)) if d is outer else d for d in drafts]
    return drafts


def _end(one: Judged) -> int:
    """Where the account ends: before the word that judges it, wherever a parser hangs that."""
    end = one.account.right_edge.i + 1
    first = one.word.left_edge.i if one.word.left_edge.i > one.account.i else one.word.i
    return min(end, first) if one.account.i < one.word.i else end


def _outer(drafts: list[Draft], one: Judged, within: Span) -> Draft | None:
    """The statement by which an account is judged: of the verb that calls it so, else the innermost that holds both."""
    if one.judge is not None:
        return next((d for d in drafts if d.cue.i == one.verb.i and not d.attitude), None)
    word = Span(one.word.idx, one.word.idx + len(one.word))
    holding = [
        d
        for d in drafts
        if d.source is not None
        and not d.attitude
        and all(any(c.covers(part) for c in d.content) for part in (word, within))
    ]
    return min(holding, key=lambda d: sum(c.end - c.start for c in d.content), default=None)
