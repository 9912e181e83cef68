"""Mends clauses that a small parser hangs on the wrong verb, before anything reads them (``standoff_clauses``).

Only what English grammar settles is changed: tense, and whose subject stands where.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from standoff.language import frames
from standoff.language.grammar import listed
from standoff.language.syntax import HARMED

SAYING = listed("telling")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
ANSWERED = listed("answering")
"""What is done with a claim: "a charge that Moscow denies"."""
ACTS = listed("answering_verbs")
"""What a speaker does in a second verb."""
SAID = listed("accounts")


def _blow(noun: Token) -> bool:
    """Whether a noun is one of attacks."""
    frame = frames.noun_frames().get(noun.lemma_.lower())
    return frame is not None and frame.event == "ASSAULT"


class ClauseMender:
    """Rewrites heads and dependencies of a parsed document; words, tags and sentences stay."""

    def __call__(self, doc: Doc) -> Doc:
        for mend in (_joined, _perfect, _claimed, _tense, _relative, _contrast, _aside, _trailing, _second):
            moves = {token.i: (head, dep) for token, head, dep in mend(doc)}
            if moves:
                _apply(doc, moves)
        return doc


@Language.factory("standoff_clauses")
def create(nlp: Language, name: str) -> ClauseMender:
    return ClauseMender()


def _apply(doc: Doc, moves: dict[int, tuple[Token, str]]) -> None:
    heads = [token.head.i for token in doc]
    for index, (head, _) in moves.items():
        heads[index] = head.i
    if any(_circular(heads, index) for index in moves):
        return
    # Heads are written as offsets, in unsigned numbers.
    rows: Any = doc.to_array(["HEAD", "DEP"])
    for index, (head, dep) in moves.items():
        rows[index] = ((head.i - index) % 2**64, doc.vocab.strings.add(dep))
    doc.from_array(["HEAD", "DEP"], rows)


def _circular(heads: list[int], index: int) -> bool:
    for _ in range(len(heads)):
        if heads[index] == index:
            return False
        index = heads[index]
    return True


Move = tuple[Token, Token, str]


def _joined(doc: Doc) -> Iterator[Move]:
    """ "The Taliban and Afghan commandos": a name and a noun with its adjective are two, not two marks of one noun."""
    for token in doc:
        if token.dep_ not in {"nmod", "compound"} or token.tag_ not in {"NNP", "NNPS"} or token.head.i < token.i:
            continue
        noun = token.head
        for second in token.children:
            if second.dep_ == "conj" and second.tag_ == "JJ" and second.i < noun.i and noun.tag_ in {"NNS", "NN"}:
                yield token, noun.head, noun.dep_
                yield noun, token, "conj"
                yield second, noun, "amod"
                for child in noun.children:
                    if child.i < token.i:
                        yield child, token, child.dep_


def _perfect(doc: Doc) -> Iterator[Move]:
    """ "Denied that it had targeted civilians": a participle after "had" is the verb, not a mark of its object."""
    for token in doc[1:]:
        had = doc[token.i - 1]
        if token.tag_ not in {"VBN", "VBD"} or token.dep_ != "amod" or had.lower_ not in {"had", "has", "have"}:
            continue
        noun = token.head
        if noun.i < token.i or had.i == 0 or any(c.dep_ in {"det", "poss"} for c in noun.children):
            continue
        if had.head.i == token.i:
            # "Had" is its auxiliary already; the clause hangs where its object was put.
            above, dep = noun.head, "ccomp"
            if noun.dep_ not in {"dobj", "obj", "ccomp"}:
                continue
        else:
            above, dep = had.head, had.dep_
            if noun.head.i != had.i:
                continue
            if dep == "ROOT":
                above = token
        for child in had.children:
            if child.i != noun.i:
                yield child, token, child.dep_
        yield token, above, dep
        yield noun, token, "dobj"
        yield had, token, "aux"


def _claimed(doc: Doc) -> Iterator[Move]:
    """ "Claimed to have bombed the camp and destroyed a depot": the second deed is claimed too."""
    for token in doc:
        if token.dep_ != "conj" or token.tag_ != "VBD" or _has_subject(token) or token.lemma_.lower() in SAYING | ACTS:
            continue
        told = next((c for c in token.head.children if c.dep_ == "xcomp" and c.i < token.i), None)
        if told is not None and told.tag_ == "VBN" and any(c.lower_ == "have" for c in told.children):
            yield token, told, "conj"


def _tense(doc: Doc) -> Iterator[Move]:
    """ "Denied targeting civilians and blamed the army": a finite verb goes with the finite one above, not the other."""
    for token in doc:
        if token.dep_ != "conj" or token.tag_ not in FINITE or token.head.tag_ not in {"VBG", "VB"}:
            continue
        if token.pos_ != "VERB" or _has_subject(token) or any(c.tag_ == "MD" for c in token.head.children):
            continue
        above = token.head
        while above.dep_ in {"xcomp", "pcomp", "prep", "advcl", "ccomp", "conj", "acl", "dobj", "pobj"}:
            above = above.head
            if above.tag_ == token.tag_ and above.pos_ == "VERB":
                yield token, above, "conj"
                break


def _relative(doc: Doc) -> Iterator[Move]:
    """ "Carried out airstrikes on Saturday that killed 30": what killed them is no Saturday, and not who carried them out."""
    for token in doc:
        which = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ in {"WDT", "WP"}), None)
        if token.dep_ not in {"relcl", "advcl", "ccomp"} or which is None:
            continue
        if token.lemma_.lower() in HARMED and not _blow(token.head):
            nearer = [t for t in doc[token.head.i + 1 : which.i] if t.pos_ == "NOUN" and _blow(t)]
            if nearer and nearer[-1].i - which.i > -5:
                yield token, nearer[-1], "relcl"
                continue
        if token.dep_ != "relcl" or token.head.ent_type_ not in {"DATE", "TIME"} or token.head.dep_ != "pobj":
            continue
        above = token.head.head.head
        noun = above if above.pos_ in {"NOUN", "PROPN"} else next((c for c in above.children if c.dep_ == "dobj"), None)
        if noun is not None and noun.i < token.i and noun.ent_type_ not in {"DATE", "TIME"}:
            yield token, noun, "relcl"


def _contrast(doc: Doc) -> Iterator[Move]:
    """ "X said it struck a base, while Y said 30 were killed": the second speaker stands beside the first."""
    for token in doc:
        lemma = token.lemma_.lower()
        if token.dep_ not in {"advcl", "conj"} or not _has_subject(token):
            continue
        # "While the ministry urged ..." stands beside what another said; "and urged" may be part of it.
        if lemma not in SAYING and not (token.dep_ == "advcl" and lemma in ACTS):
            continue
        clause = token.head
        if not any(c.dep_ in {"ccomp", "dobj"} for c in token.children) or clause.i > token.i:
            continue
        if token.dep_ == "advcl" and not any(
            c.dep_ == "mark" and c.lower_ in {"while", "whereas", "although", "though"} for c in token.children
        ):
            continue
        while clause.dep_ in {"conj", "advcl"} and clause.head.i < clause.i and clause.lemma_.lower() not in SAYING:
            clause = clause.head
        said = clause.head
        if clause.dep_ == "ccomp" and said.i < clause.i and said.lemma_.lower() in SAYING and _has_subject(said):
            quoted = doc[said.i : token.i].text
            if not any(mark in quoted for mark in '"“”«»'):
                yield token, said, token.dep_


def _aside(doc: Doc) -> Iterator[Move]:
    """ "It said it had killed 45, a claim the mission rejected": the aside is the writer's, not the speaker's."""
    for token in doc:
        if token.dep_ != "appos" or token.lemma_.lower() not in SAID or token.i == 0:
            continue
        if not any(c.dep_ == "relcl" and c.lemma_.lower() in ANSWERED for c in token.children):
            continue
        above = token.head
        while above.dep_ != "ROOT" and not (
            above.lemma_.lower() in SAYING and above.i < token.i and above.pos_ == "VERB"
        ):
            above = above.head
        if above.pos_ == "VERB" and above.lemma_.lower() in SAYING:
            yield token, above, "npadvmod"


def _trailing(doc: Doc) -> Iterator[Move]:
    """ "A strike killed ten, locals and media said": who says it is no further victim."""
    for token in doc[2:]:
        if token.dep_ != "conj" or token.lower_ not in listed("said_at_the_end") or _has_subject(token):
            continue
        verb, last = token.head, doc[token.i - 1]
        if verb.i > token.i or not _has_subject(verb) or last.pos_ not in {"NOUN", "PROPN"}:
            continue
        first = last
        while (
            first.dep_ in {"conj", "compound", "appos"}
            and first.head.i > verb.i
            and doc[first.left_edge.i - 1].text != ","
        ):
            first = first.head
        comma = doc[first.left_edge.i - 1]
        if comma.text != "," or first.dep_ not in {"conj", "appos"} or first.head.i <= verb.i:
            continue
        if any(c.dep_ == "cc" for c in first.head.children) or any(c.text == "," for c in doc[first.i : token.i]):
            continue
        yield first, token, "nsubj"
        yield token, (token if verb.dep_ == "ROOT" else verb.head), verb.dep_
        yield verb, token, "ccomp"


def _second(doc: Doc) -> Iterator[Move]:
    """ "It said the clashes were started by others and denied any losses": clashes deny nothing."""
    for token in doc:
        if (
            token.dep_ != "conj"
            or token.tag_ not in {"VBD", "VBZ"}
            or token.lemma_.lower() not in ACTS
            or _has_subject(token)
        ):
            continue
        clause = token.head
        said = clause.head
        if (
            clause.dep_ != "ccomp"
            or said.lemma_.lower() not in SAYING
            or said.tag_ != token.tag_
            or not _has_subject(said)
        ):
            continue
        subject = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or subject.ent_type_ or subject.pos_ != "NOUN" or subject.i < said.i:
            continue
        if subject.dep_ == "nsubjpass" or clause.tag_ not in FINITE:
            yield token, said, "conj"


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass", "csubj"} for c in verb.children)
