"""Reading a dependency parse: who is a verb's subject and object once passives, control and relatives are undone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from standoff.language.grammar import listed
from standoff.language.nearby import Nearby

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
"""What is spoken of is known."""


def text_of(doc: Doc) -> str:
    """The text of a document, put together from its words once: spaCy does it each time it is asked."""
    text: str | None = doc.user_data.get("standoff_text")
    if text is None:
        text = doc.user_data["standoff_text"] = doc.text
    return text


def chunks(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The base noun phrases within tokens ``[start, end)``: found once, where spaCy looks through the document each time."""
    found: list[tuple[int, int]] | None = doc.user_data.get("standoff_chunks")
    if found is None:
        found = doc.user_data["standoff_chunks"] = [(chunk.start, chunk.end) for chunk in doc.noun_chunks]
    for low, high in found[bisect_left(found, (start, 0)) :]:
        if high > end:
            return
        yield doc[low:high]


def sentence(token: Token) -> tuple[int, int]:
    """First token of a token's sentence, and the one after its last: kept for the document, where spaCy searches anew."""
    found = _bounds(token.doc)
    at = bisect_right(found, token.i)
    return found[at - 1], found[at]


def sentences(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The sentences that have a token within ``[start, end)``."""
    found = _bounds(doc)
    for at in range(max(0, bisect_right(found, start) - 1), len(found) - 1):
        if found[at] >= end:
            return
        yield doc[found[at] : found[at + 1]]


def overlapping(doc: Doc, key: str, start: int, end: int) -> list[Span]:
    """The spans of ``doc.spans[key]`` that share characters ``[start, end)``, in their order. Where they stand is sorted once."""
    group = doc.spans.get(key, ())
    kept: Nearby | None = doc.user_data.get(f"standoff_at_{key}")
    if kept is None or len(kept) != len(group):
        kept = doc.user_data[f"standoff_at_{key}"] = Nearby((span.start_char, span.end_char) for span in group)
    return [group[number] for number in kept.touching(start, end)]


def _bounds(doc: Doc) -> list[int]:
    """Where the sentences of a document begin, and its end."""
    found: list[int] | None = doc.user_data.get("standoff_sentences")
    if found is None:
        found = doc.user_data["standoff_sentences"] = [t.i for t in doc if t.is_sent_start] + [len(doc)]
    return found


@cache
def any_of(text: str) -> frozenset[str]:
    """A set of words, written as a line of text."""
    return frozenset(text.split())


RESULTS = listed("results")
"""What a blow does, as a participle after it says."""
HARMED = listed("harmed")
NEEDS_OBJECT = listed("needs_object")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OBJECTS = frozenset({"dobj", "obj", "dative", "oprd"})
# Verbs whose object, not their subject, is the one who does what follows ("urged India to stop").
OBJECT_CONTROL = listed("object_control")
MODALS = any_of("would could may might should must can will shall 'd ll 'll")


def children(token: Token, *deps: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it to the right."""
    found, queue = [token], [token]
    while queue:
        for nxt in children(queue.pop(), "conj", "appos_conj"):
            if nxt not in found:
                found.append(nxt)
                queue.append(nxt)
    return found


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    if (
        verb.dep_ == "conj"
        and verb.tag_ in {"VBN", "VBD"}
        and verb.lemma_.lower() in HARMED
        and child(verb, "nsubj") is not None
        and not children(verb, "aux", *OBJECTS)
        and verb.head.pos_ in {"VERB", "AUX"}
        and is_passive(verb.head)
    ):
        return True  # "ten were killed and others injured": the second "were" is left out
    if (
        verb.tag_ in {"VBD", "VBN"}
        and verb.lemma_.lower() in NEEDS_OBJECT
        and verb.dep_ not in {"relcl", "amod"}
        and not children(verb, "aux", "conj", "prt", "ccomp", "agent", *OBJECTS)
        and (child(verb, "nsubj") is not None or verb.dep_ == "acl")
    ):
        return True  # "many civilians, displaced from the north, took refuge": nobody displaces without an object
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "conj" and child(verb, "agent") is not None and not children(verb, "aux", *OBJECTS):
        return True  # "were nearby and hit by shrapnel"
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not children(verb, *OBJECTS):
        return is_passive(verb.head) and not children(verb, "nsubj", "aux")
    # A reduced relative: "strikes carried out by the army".
    return verb.dep_ in {"acl", "advcl", "amod"} and not any(c.dep_ == "aux" for c in verb.children)


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The surface subject of a verb, taken over from the governing clause where the verb has none of its own."""
    if depth > 8:
        return None
    own = child(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        return antecedent(own) or own
    head = verb.head
    if head.i == verb.i:
        return _bare_subject(verb)
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return subject(head, depth + 1)
    if verb.dep_ == "ccomp" and head.dep_ == "relcl" and child(head, "nsubj") is not None:
        # "strikes that he said killed 31": the clause's missing subject is what the relative clause is about.
        return head.head
    if verb.dep_ == "ccomp" and verb.tag_ in {"VBD", "VBZ", "VBP"} and (speaker := child(head, "nsubj")) is not None:
        relative = verb.doc[speaker.left_edge.i - 1] if speaker.left_edge.i > 0 else None
        if relative is not None and relative.lower_ in {"that", "which", "who"} and speaker.i < verb.i:
            for token in reversed(verb.doc[max(0, relative.i - 3) : relative.i]):
                if token.pos_ in {"NOUN", "PROPN"}:
                    return token
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        if head.lemma_.lower() in OBJECT_CONTROL:
            obj = child(head, "dobj", "obj", "dative")
            if obj is not None and obj.i < verb.i:
                return obj
        if verb.dep_ == "xcomp" or verb.tag_ in {"VBG", "VB"}:
            return subject(head, depth + 1)
        return None
    if verb.dep_ == "advcl" and head.pos_ in {"VERB", "AUX"}:
        if verb.i > head.i and verb.tag_ == "VBG" and verb.lemma_.lower() in RESULTS and is_passive(head):
            return agent(head)  # "a market was shelled, killing ten": not by the market
        return subject(head, depth + 1) if verb.tag_ in {"VBG", "VBN", "VB"} else None
    if verb.dep_ == "acl":
        return head if verb.tag_ == "VBG" else _noun_owner_subject(verb, head)
    if verb.dep_ == "relcl":
        relative = child(verb, "dobj", "obj", "pobj")
        return None if relative is not None and relative.tag_ in {"WDT", "WP"} else head
    if verb.dep_ == "pcomp":
        return _governing_subject(verb, depth)
    if verb.dep_ == "aux" or (verb.dep_ == "acomp" and head.pos_ == "AUX"):
        return subject(head, depth + 1)
    return None


def arranged(verb: Token) -> bool:
    """ "Are to meet", "is due to meet", "was scheduled to meet": what is fixed for later."""
    if verb.dep_ != "xcomp" or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    head = verb.head
    return head.lower_ in any_of("is are was were") or (
        head.lower_ in listed("due") and (head.tag_ == "JJ" or is_passive(head))
    )


def supposed(verb: Token) -> bool:
    """ "If they fire", "unless", "whether", "lest": a clause that is not told as so."""
    return any(c.dep_ == "mark" and c.lower_ in any_of("if unless whether lest") for c in verb.children)


def _bare_subject(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ in {"dep", "npadvmod", "ROOT"} and c.pos_ == "PROPN"), None)


def _noun_owner_subject(verb: Token, noun: Token) -> Token | None:
    """The doer of an infinitive or participle on a noun: "Pakistan's attempts to target"."""
    if verb.tag_ == "VB":
        verb_of_noun = noun.head if noun.dep_ in {"dobj", "obj"} else None
        owner = child(noun, "poss")
        if owner is not None:
            return owner
        for c in noun.children:
            if c.dep_ in {"amod", "compound"} and c.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"}:
                return c
        return subject(verb_of_noun, 3) if verb_of_noun is not None else None
    return noun


def _governing_subject(verb: Token, depth: int) -> Token | None:
    """The doer of a gerund after a preposition: "accused X of launching", "criticised for failing"."""
    preposition = verb.head
    governor = preposition.head
    if (
        governor.pos_ in {"NOUN", "PROPN"}
        and governor.dep_ in {"dobj", "obj", "nsubjpass"}
        and (governor.head.lemma_.lower() in OBJECT_CONTROL)
    ):
        return governor
    if governor.pos_ in {"VERB", "AUX"}:
        if governor.lemma_.lower() in OBJECT_CONTROL and preposition.lower_ in {"of", "for", "from", "against", "with"}:
            if is_passive(governor):
                return subject(governor, depth + 1)
            obj = child(governor, "dobj", "obj")
            return obj if obj is not None else subject(governor, depth + 1)
        return subject(governor, depth + 1)
    owner = child(governor, "poss")
    return owner if owner is not None else (governor if governor.pos_ == "PROPN" else None)


def antecedent(token: Token) -> Token | None:
    """What a relative pronoun stands for."""
    if token.tag_ not in {"WDT", "WP", "WP$"} and token.lower_ not in {"which", "who", "whom", "that"}:
        return None
    if token.lower_ == "that" and token.pos_ not in {"PRON", "DET", "SCONJ"}:
        return None
    at = token.head
    be = at.head
    if (
        be.lemma_ == "be"
        and at.dep_ in {"ccomp", "advcl", "relcl"}
        and any(c.lower_ == "it" and c.i < be.i for c in be.children)
    ):
        # "It is the rebels that have killed them."
        named = next((c for c in be.children if c.dep_ == "attr" and be.i < c.i < token.i), None)
        if named is not None:
            return named
    for _ in range(6):
        if at.dep_ in {"relcl", "acl"}:
            return at.head
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def agent(verb: Token) -> Token | None:
    """The "by" phrase's noun, of a passive verb or an event noun."""
    for c in verb.children:
        if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by"):
            return child(c, "pobj")
    return None


def direct_object(verb: Token) -> Token | None:
    own = child(verb, "dobj", "obj")
    if own is not None:
        return antecedent(own) or own
    if is_passive(verb):
        passive = child(verb, "nsubjpass")
        if passive is not None:
            return antecedent(passive) or passive
        if verb.dep_ in {"acl", "amod"}:
            return verb.head
        if verb.dep_ == "conj":
            return direct_object(verb.head) if verb.head.pos_ == "VERB" else None
        if verb.dep_ == "relcl":
            return verb.head
        return None
    if verb.dep_ == "relcl" and child(verb, "nsubj") is not None:
        own_subject = child(verb, "nsubj")
        if own_subject is not None and antecedent(own_subject) is None and not children(verb, "dobj", "ccomp"):
            return verb.head
    return child(verb, "dative")


def doer(verb: Token) -> Token | None:
    """The logical subject: the agent of a passive, else the subject."""
    if is_passive(verb):
        by = agent(verb)
        if by is None and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            by = agent(verb.head)
        return by
    return subject(verb)


def prepositional(token: Token, *names: str) -> Iterator[tuple[Token, Token]]:
    """(preposition, its object) pairs that hang on a token, any preposition when no name is given; no days ("on Monday")."""
    for c in token.children:
        if c.dep_ in {"prep", "agent", "dative"} and (not names or c.lower_ in names):
            obj = child(c, "pobj")
            if obj is not None and not (c.lower_ == "on" and obj.ent_type_ == "DATE"):
                yield c, obj
            for nested in children(c, "prep"):
                inner = child(nested, "pobj")
                if inner is not None:
                    yield nested, inner


def subtree_range(token: Token, without: frozenset[int] = frozenset()) -> tuple[int, int]:
    """First and last-plus-one token of a subtree, cut to the stretch around the token when parts are left out."""
    indices = {t.i for t in token.subtree} - without
    start = end = token.i
    while start - 1 in indices:
        start -= 1
    while end + 1 in indices:
        end += 1
    return start, end + 1


def paragraph_of(doc: Doc, index: int) -> tuple[int, int]:
    """Character range of the line that holds a character."""
    start = text_of(doc).rfind("\n", 0, index) + 1
    end = text_of(doc).find("\n", index)
    return start, len(text_of(doc)) if end < 0 else end


NO_NAMES = frozenset({"ADJ", "ADV", "ADP", "AUX", "CCONJ", "DET", "PRON", "SCONJ", "VERB"})
"""Parts of speech, by the names of Universal Dependencies, of words that are no names."""


def opens_as_word(token: Token) -> bool:
    """A word with the capital of its sentence's beginning and no other: "Most of the dead", "(Begin recording)"."""
    first = token.i == 0 or bool(token.is_sent_start) or token.nbor(-1).text in {"(", "[", '"', "“", "‘", "'"}
    return first and token.pos_ in NO_NAMES
