"""What is said: the clause, phrase or stretch of the sentence that a cue verb answers for."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from standoff.language import syntax
from standoff.language.attribution import cues
from standoff.language.attribution.drafts import chars, trim
from standoff.language.grammar import listed
from standoff.model import Span, Stance

RAISED = listed("raising")
"""Verbs that make the subject of what is said their own in the passive."""


def clausal(token: Token, lemma: str, source: Token | None) -> list[Span]:
    doc = token.doc
    clause = syntax.child(token, "ccomp")
    if clause is None and lemma not in listed("no_infinitive"):
        clause = syntax.child(token, "xcomp")
        if clause is not None and clause.pos_ not in {"VERB", "AUX"}:
            clause = None
    if clause is None and lemma in listed("told_to"):
        clause = next((c for c in syntax.children(token, "xcomp", "advcl", "relcl", "acl") if _has_mark(c)), None)
    if clause is None:
        obj = syntax.child(token, "dobj", "obj")
        if obj is not None and lemma in listed("told_about"):
            clause = next((c for c in syntax.children(obj, "acl", "relcl") if c.i > token.i and _has_mark(c)), None)
    if clause is None and lemma in cues.SAYING:
        # "said in a statement that ...": the parse may hang the clause on the statement.
        clause = next((c for c in (in_vehicle(token)) if c.i > token.i), None)
    if clause is None and token.dep_ == "parataxis" and lemma in cues.SAYING and token.head.pos_ in {"VERB", "AUX"}:
        # "Israeli jets, Syria said, bombed Damascus."
        verb = token.head
        while verb.i > token.i and verb.dep_ in {"conj", "advcl"} and verb.head.pos_ in {"VERB", "AUX"}:
            verb = verb.head
        inside = sorted({t.i for t in verb.subtree} - {t.i for t in token.subtree})
        sides = [[i for i in inside if i < token.i], [i for i in inside if i > token.i]]
        if sides[0] and _starts_anew(doc, sides[1]):
            sides = sides[:1]
        spans = [trim(doc, side[0], side[-1] + 1) for side in sides if side]
        return [span for span in spans if span is not None]
    if clause is None:
        return []
    holes = frozenset(t.i for t in token.subtree if t.i == token.i) | (
        frozenset(t.i for t in source.subtree) if source is not None and source.head.i == token.i else frozenset()
    )
    inside = sorted({t.i for t in clause.subtree} - holes - {token.i} - _own_words(clause))
    # A reduced relative that the parser took for a clause: "said a hospital packed with wounded | was hit".
    for other in syntax.children(token, "ccomp"):
        if inside and other.left_edge.i == inside[-1] + 1 and other.i > clause.i and syntax.subject(other) is None:
            inside += sorted(t.i for t in other.subtree)
    # The cue may stand amid its content: "The town, he said, was empty."
    sides = [[i for i in inside if i < token.i], [i for i in inside if i > token.i]]
    found: list[Span] = []
    denies = cues.denies(token)
    for side in sides:
        if not side:
            continue
        start, end = side[0], side[-1] + 1
        if denies and end <= token.i:
            continue  # "X accused Y, a charge Y denied": nobody denies with the words of what goes before
        if end <= token.i:
            start = min(start, _clause_start(token, start))
        else:
            end = _stretch_right(token, end)
        trimmed = trim(doc, start, end)
        if trimmed is not None and (len(side) > 2 or not found):
            found.append(trimmed)
    undergoer = _undergoer(token, clause, sides)
    if undergoer is not None:
        found.insert(0, undergoer)
    if found and not sides[1] and lemma in cues.SAYING and source is not None:
        rest = rest_of_sentence(token, source)
        if rest is not None:
            found.append(rest)
    return found


def _undergoer(token: Token, clause: Token, sides: list[list[int]]) -> Span | None:
    """Of whom something is said, where the grammar puts it before the cue.

    "The governor is said to have fled"; "strikes that he said killed ten".
    """
    doc = token.doc
    if sides[0] or syntax.child(clause, "nsubj", "nsubjpass") is not None:
        return None
    if syntax.is_passive(token) and clause.dep_ == "xcomp" and token.lemma_.lower() in RAISED:
        subject = syntax.child(token, "nsubjpass")
        return trim(doc, subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else None
    if token.dep_ == "relcl" and clause.dep_ == "ccomp" and clause.tag_ in {"VBD", "VBZ", "VBP", "VBN"}:
        return trim(doc, token.head.left_edge.i, token.left_edge.i)
    return None


def _starts_anew(doc: Doc, after: list[int]) -> bool:
    """ "Four were killed, an official said, as the government denied ...": what follows the cue is the writer's own."""
    first = next((doc[i] for i in after if not doc[i].is_punct and not doc[i].is_space), None)
    if first is None or first.lower_ not in {"as", "while", "though", "although", "amid"}:
        return False
    if any(q.span.start <= first.idx < q.span.end for q in doc._.quotes or ()):
        return False
    clause = first.head if first.dep_ == "mark" else None
    return first.lower_ == "amid" or (clause is not None and syntax.subject(clause) is not None)


def _own_words(clause: Token) -> set[int]:
    """What the writer adds is not what was said: "..., hours after rebels claimed an attack", "..., citing officials"."""
    added: set[int] = set()
    for aside in syntax.children(clause, "advcl"):
        timed = any(c.dep_ == "npadvmod" and c.i < aside.i for c in aside.children)
        marked = any(c.dep_ == "mark" and c.lower_ in {"after", "before"} for c in aside.children)
        cited = aside.lower_ in {"citing", "quoting"} and aside.left_edge.i == aside.i
        first = aside.left_edge
        if ((timed and marked) or cited) and first.i > 0 and first.nbor(-1).text == ",":
            added |= {t.i for t in aside.subtree}
    return added


def in_vehicle(token: Token) -> Iterator[Token]:
    """That-clauses of what one speaks in: a statement, a letter, an interview."""
    for _, noun in syntax.prepositional(token, "in", "on", "during", "through", "via", "at", "to"):
        for clause in syntax.children(noun, "acl", "ccomp", "relcl", "appos"):
            if that_clause(clause):
                yield clause


def that_clause(verb: Token) -> bool:
    """A complement clause after a noun, not a relative clause: its "that" is no argument of the verb."""
    mark = next((c for c in verb.children if c.lower_ == "that"), None)
    return mark is not None and mark.dep_ == "mark"


def rest_of_sentence(token: Token, source: Token) -> Span | None:
    """ "The town, the army said, was empty": what follows the inserted cue when no other clause of the cue does."""
    doc, sent = token.doc, token.sent
    start = max(token.i, source.right_edge.i if source.i > token.i else token.i) + 1
    if start >= sent.end or doc[start].text not in {",", "—", "–", "-"}:
        return None
    first = doc[start + 1] if start + 1 < sent.end else None
    if first is None or first.lower_ in listed("the_writers_own"):
        return None
    carries_on = first.tag_ == "VBG" and first.lemma_.lower() not in cues.verb_cues()
    for c in token.children:
        if c.i > start and c.dep_ in {"advcl", "conj", "npadvmod", "prep", "cc"} and not carries_on:
            return None
    span = trim(doc, start, sent.end)
    return span if span is not None and span.end - span.start > 15 else None


def _has_mark(verb: Token) -> bool:
    return any(c.dep_ == "mark" or c.lower_ == "that" for c in verb.children)


def _clause_start(token: Token, start: int) -> int:
    """A trailing cue answers for the whole sentence before it."""
    sent_start = token.sent.start
    return sent_start if start - sent_start <= 3 else start


def _stretch_right(token: Token, end: int) -> int:
    """Take along what the parser cut off from the end of the content but nothing else can own."""
    doc, sent_end = token.doc, token.sent.end
    rest = doc[end:sent_end]
    if any(t.pos_ in {"VERB", "AUX"} or t.text in {",", ";", "—", "–"} for t in rest):
        return end
    return max(end, sent_end) if len(rest) <= 6 else end


def nominal(token: Token, lemma: str, cue: cues.Cue) -> list[Span]:
    doc = token.doc
    found: list[Span] = []
    names = {"of"} if "of" in cue.complement else set()
    if "for" in cue.complement:
        names.add("for")
    for prep in syntax.children(token, "prep"):
        if prep.lower_ in names:
            start, end = prep.i + 1, prep.right_edge.i + 1
            if end > start:
                found.append(chars(doc, start, end))
    if found:
        return found
    obj = syntax.child(token, "dobj", "obj") or (syntax.agent(token) if syntax.is_passive(token) else None)
    if obj is not None and obj.tag_ in {"WDT", "WP"} and token.dep_ == "relcl":
        span = trim(doc, token.head.left_edge.i, token.left_edge.i)
        return [span] if span is not None else []
    if obj is not None:
        for prep in syntax.children(obj, "prep"):
            if prep.lower_ in names and cue.stance is Stance.ACCUSE:
                return [chars(doc, prep.i + 1, prep.right_edge.i + 1)]
        if obj.dep_ != "pobj" and ("noun" in cue.complement or cue.stance is Stance.ACCUSE):
            return [chars(doc, obj.left_edge.i, obj.right_edge.i + 1)]
    return found


def trailing(token: Token, source: Token | None) -> Span | None:
    """ "…, the army said." where the parse shows no complement: what stands before in the sentence."""
    doc, sent = token.doc, token.sent
    # A past tense that the tagger took for a participle has its subject before it and no auxiliary.
    finite = token.tag_ in {"VBD", "VBZ", "VBP"} or (
        token.tag_ == "VBN" and source is not None and source.dep_ == "nsubj" and source.head.i == token.i
    )
    if source is None or not finite or cues.denies(token):
        return None
    relative = token.head if token.dep_ == "conj" else token
    if relative.dep_ == "relcl" and any(c.tag_ in {"WDT", "WP"} for c in relative.children):
        return None  # "a truce, which the army announced and said was in force": not the sentence before it
    left = min(source.left_edge.i if source.head.i == token.i or source.dep_ == "nsubj" else source.i, token.i)
    after = [t for t in doc[token.i + 1 : sent.end] if not t.is_punct and not t.is_space]
    if source.i > token.i:
        after = [t for t in after if t.i > source.right_edge.i]
        left = token.i
    if left - sent.start < 4 or len(after) > 12:
        return None
    before = doc[sent.start : left]
    if not any(t.pos_ in {"VERB", "AUX"} for t in before):
        return None
    if any(t.dep_ == "mark" for t in before[:1]):
        return None
    return chars(doc, sent.start, left)


def as_told(token: Token) -> list[Span]:
    """ "As the mayor put it, the town was empty": the sentence around the clause."""
    if token.dep_ != "advcl" or token.left_edge.lower_ != "as":
        return []
    if any(cues.denies(verb) for verb in token.ancestors):
        return []  # "denied that it had struck, as alleged by the rebels": they do not tell of the denial
    inside = {t.i for t in token.subtree}
    found: list[Span | None] = []
    for side in ([t.i for t in token.sent if t.i < min(inside)], [t.i for t in token.sent if t.i > max(inside)]):
        found.append(trim(token.doc, side[0], side[-1] + 1) if side else None)
    spans = [span for span in found if span is not None]
    return spans if sum(span.end - span.start for span in spans) > 15 else []
