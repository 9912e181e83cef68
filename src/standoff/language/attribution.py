"""Who says: sources, cues and contents of reported speech.

The component ``standoff_attribution`` writes :class:`~standoff.model.Statement` records to ``doc._.statements``:
direct, indirect and mixed quotation, the source before, amid or after the content, "according to", speech that
carries on over sentences, and statements inside statements. The classes of cues are in ``lexicon/cues.toml``.
The three spans (source, cue, content) are those of PolNeAR (Newell et al. 2018) and PARC (Pareti 2012).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff import lexicon
from standoff.language import coreference, extensions, parties, quotes, syntax
from standoff.language.syntax import any_of
from standoff.model import UNKNOWN, Mention, Source, Span, Stance, Statement

extensions.register()


@dataclass(frozen=True, slots=True)
class Cue:
    """A class of cue words: how the source commits itself, and what kinds of content may follow."""

    stance: Stance
    complement: frozenset[str]


@cache
def verb_cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for entry in lexicon.load("cues")["verbs"]:
        for word in entry["words"]:
            known = found.get(word)
            complement = frozenset(entry["complement"]) | (known.complement if known else frozenset())
            found[word] = Cue(known.stance if known else Stance(entry["stance"]), complement)
    return found


@cache
def noun_cues() -> dict[str, Stance]:
    return {word: Stance(entry["stance"]) for entry in lexicon.load("cues")["nouns"] for word in entry["words"]}


@cache
def attitudes() -> frozenset[str]:
    return frozenset(word for entry in lexicon.load("cues")["attitudes"] for word in entry["words"])


# Cue verbs that report speech as such: they may stand after their content, without a conjunction.
SAYING = frozenset(
    "say tell state add note remark observe comment explain announce declare report reply respond answer continue "
    "write tweet warn claim allege insist argue stress emphasize emphasise underline reiterate confirm acknowledge "
    "admit concede assert maintain contend suggest joke quip recall conclude complain lament believe think "
    "estimate ask wonder predict caution charge boast vow pledge promise exclaim read deny hint counter".split()
)
# Verbs of seeing, finding and the like report only what a speaker holds; their subject must be able to speak.
WEAK = frozenset(
    "find show see know understand feel hear learn decide agree expect want wish ask question determine establish "
    "record document read begin continue cry release publish broadcast message post project clear recall attack "
    "press order describe consider accept remember answer wonder hope fear think believe worry doubt assume "
    "reveal indicate signal suggest submit propose plead protest charge".split()
)


@dataclass(slots=True)
class _Draft:
    cue: Token
    cue_text: Span
    source: Token | None
    content: list[Span]
    stance: Stance
    quoted: bool = False
    attitude: bool = False


class Attributor:
    """Finds statements; needs parties and coreference before it."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.quotes = quotes.find(syntax.text_of(doc))
        drafts = list(_verb_statements(doc))
        drafts.extend(_according_to(doc))
        drafts.extend(_noun_statements(doc))
        drafts.extend(_prefixed(doc))
        drafts.extend(_suffixed(doc))
        cued = {draft.cue.i for draft in drafts}
        drafts.extend(draft for draft in _attitudes(doc) if draft.cue.i not in cued)
        drafts.sort(key=lambda d: (d.cue.i, min((s.start for s in d.content), default=0)))
        doc._.statements = []
        statements: list[Statement] = []
        for draft in _carried_quotes(doc, _without_doubles(drafts)):
            statements.append(_finish(doc, draft))
            doc._.statements = statements
        doc._.statements = statements
        return doc


# ---------------------------------------------------------------------- verbs


def _verb_statements(doc: Doc) -> list[_Draft]:
    cues = verb_cues()
    found: list[_Draft] = []
    for token in doc:
        if token.pos_ not in {"VERB", "AUX"} and not (token.tag_.startswith("VB")):
            if not (token.lower_ in {"said", "says", "added"} and token.pos_ in {"NOUN", "PROPN", "ADJ"}):
                continue
        lemma = "say" if token.lower_ in {"said", "says"} else token.lemma_.lower()
        particle = syntax.child(token, "prt")
        cue = cues.get(f"{lemma} {particle.lower_}") if particle is not None else None
        if cue is None and lemma == "make" and any(c.lower_ == "clear" for c in token.children):
            cue = cues["make clear"]
        cue = cue or cues.get(lemma)
        if cue is None or token.dep_ == "amod":
            continue
        draft = _read_verb(doc, token, lemma, cue)
        if draft is not None:
            found.append(draft)
    return found


def _read_verb(doc: Doc, token: Token, lemma: str, cue: Cue) -> _Draft | None:
    source = _speaker(token, lemma)
    if lemma == "attack" and source is not None and (source.pos_ == "PRON" or _bears_arms(source)):
        return None  # with shells, not with words
    if lemma in WEAK and (not _can_speak(source) or _inner_voice(doc, token, source)):
        return None
    content: list[Span] = []
    quoted = False
    clause = _clausal_content(token, lemma, source)
    if clause:
        content.extend(clause)
    elif "of" in cue.complement or "for" in cue.complement or "noun" in cue.complement:
        content.extend(_nominal_content(token, lemma, cue))
    nearby = _adjacent_quotes(doc, token, source, content)
    content = _whole_quotes(doc, token, content)
    quoted = any(q.span.overlaps(span) for q in doc._.quotes for span in content)
    if nearby:
        quoted = True
        content.extend(span for span in nearby if not any(c.covers(span) for c in content))
    if not content and lemma in SAYING:
        trailing = _trailing_content(token, source)
        if trailing is not None:
            content.append(trailing)
            rest = _rest_of_sentence(token, source, conjoined=token.dep_ == "parataxis") if source is not None else None
            if rest is not None:
                content.append(rest)
        elif _ends_with_colon(token):
            following = _following_paragraphs(doc, token)
            if following is not None:
                content.append(following)
    if not content:
        return None
    return _Draft(token, _chars(doc, token.i, token.i + 1), source, _join(content), cue.stance, quoted)


def _bears_arms(source: Token) -> bool:
    role = coreference.role_of(source)
    return role is not None and role.sector in {"MIL", "REB", "COP", "UAF"}


def _inner_voice(doc: Doc, token: Token, source: Token | None) -> bool:
    """ "I think", "you know" inside a quotation belong to the way of speaking, not to a source within it."""
    return (
        source is not None
        and source.lower_ in {"i", "we", "you"}
        and any(q.inner.covers(Span(token.idx, token.idx + 1)) for q in doc._.quotes)
    )


def _attitudes(doc: Doc) -> list[_Draft]:
    found: list[_Draft] = []
    for token in doc:
        if token.pos_ != "VERB" or token.lemma_.lower() not in attitudes() or token.dep_ in {"amod", "compound"}:
            continue
        if token.tag_ not in {"VBD", "VBZ", "VBP"} and not any(
            c.dep_ == "aux" and c.lemma_ in {"have", "be"} for c in token.children
        ):
            continue
        source = syntax.agent(token) if syntax.is_passive(token) else syntax.subject(token)
        if not _can_speak(source) or source is None or _inner_voice(doc, token, source):
            continue
        parts = [c for c in token.children if c.i > token.i and c.dep_ in {"dobj", "obj", "xcomp", "ccomp", "oprd"}]
        parts += [
            c
            for c in syntax.children(token, "prep")
            if c.i > token.i and not parts and c.lower_ not in {"in", "at", "during", "after", "before"}
        ]
        if not parts:
            continue
        low = min(c.left_edge.i for c in parts)
        high = max(c.right_edge.i for c in parts) + 1
        content = _trim(doc, max(low, token.i + 1), high)
        if content is not None and content.end - content.start > 3:
            found.append(
                _Draft(token, _chars(doc, token.i, token.i + 1), source, [content], Stance.NEUTRAL, attitude=True)
            )
    return found


def _speaker(token: Token, lemma: str) -> Token | None:
    """The source's head noun. A passive cue ("was quoted as saying", "was told") names it otherwise."""
    if token.dep_ == "pcomp" and token.head.lower_ == "as":
        governor = token.head.head
        if governor.lemma_.lower() in {"quote", "cite", "report", "describe", "depict"}:
            return syntax.direct_object(governor) or syntax.subject(governor)
    if syntax.is_passive(token):
        return syntax.agent(token)
    found = syntax.subject(token)
    if found is not None and found.i == token.i:
        return None
    if lemma in SAYING and token.tag_ in {"VBD", "VBZ"}:
        found = _inverted(token) or _beside(token, found) or found
    if token.tag_ == "VBG" and token.dep_ == "advcl" and found is not None and not _can_speak(found):
        found = _speaker_above(token) or found
    if found is None and token.dep_ != "acl":
        # Inverted order with a parse that lost it: "..., said the monitor".
        for right in token.rights:
            if (
                (
                    right.dep_ in any_of("dobj obj npadvmod attr dep appos")
                    and right.i - right.left_edge.i <= 6
                    and (right.left_edge.i == token.i + 1)
                )
                and lemma in SAYING
                and right.pos_ in {"NOUN", "PROPN", "PRON"}
            ):
                return right
    return found


def _speaker_above(token: Token) -> Token | None:
    """ "The ministry said a skirmish took place, claiming that ...": the ministry claims, not the skirmish."""
    above = token.head
    for _ in range(4):
        if above.dep_ == "ccomp" and above.head.lemma_.lower() in SAYING:
            speaker = syntax.subject(above.head)
            return speaker if _can_speak(speaker) else None
        if above.head.i == above.i:
            return None
        above = above.head
    return None


def _inverted(token: Token) -> Token | None:
    """ "... were killed, said the monitor": the speaker after the cue, with nothing after them that they could be said to do."""
    doc, sent = token.doc, token.sent
    if token.i - sent.start < 5 or token.lemma_.lower() in any_of("tell inform remind assure notify brief advise"):
        return None  # who stands after "told" is who is told
    own = syntax.child(token, "nsubj")
    if own is not None and own.left_edge.i - sent.start <= 1 and own.right_edge.i >= token.i - 2:
        return None  # "Colonel X, the army's spokesman, said combatants, not civilians, were hit"
    for chunk in syntax.chunks(doc, token.i + 1, sent.end):
        if chunk.start != token.i + 1 or not _can_speak(chunk.root):
            return None
        for after in doc[chunk.end : sent.end]:
            if after.pos_ in {"VERB", "AUX"} and after.dep_ not in {"acl", "relcl", "amod"}:
                return None
            if after.text in {",", ";"}:
                break
        return chunk.root
    return None


def _beside(token: Token, found: Token | None) -> Token | None:
    """A trailing cue whose subject the parser took from far off: the speaker is the phrase right before it."""
    doc, sent = token.doc, token.sent
    near = found is not None and (token.i - found.i <= 12 or found.i > token.i)
    after = [t for t in doc[token.i + 1 : sent.end] if not t.is_punct and not t.is_space]
    if near or token.i - sent.start < 8 or len(after) > 8:
        return None
    chunks = list(syntax.chunks(doc, max(sent.start, token.i - 14), token.i))
    if not chunks or chunks[-1].end != token.i:
        return None
    # By the order of the words, for the parse that lost the subject has lost the rest of its phrase too.
    at = len(chunks) - 1
    while at > 0 and chunks[at - 1].end == chunks[at].start - 1:
        between = doc[chunks[at].start - 1]
        if between.lower_ not in any_of("in of at for from near and"):
            break
        if between.lower_ == "and" and not _can_speak(chunks[at - 1].root):
            break
        at -= 1
    head = chunks[at].root
    return head if head.pos_ in {"NOUN", "PROPN"} and _can_speak(head) else None


def _can_speak(source: Token | None) -> bool:
    if source is None:
        return False
    if source.lower_ in coreference.PERSON_PRONOUNS | coreference.PLURAL_PRONOUNS | coreference.SPEAKER_PRONOUNS:
        return True
    if parties.name_at(source) is not None or source.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    role = coreference.role_of(source)
    return (
        role is not None
        or source.lemma_.lower() in coreference.VEHICLE_WORDS
        or source.lower_
        in any_of(
            "who many some others people one monitor monitors watchdog watchdogs charity charities observers investigators analysts critics experts poll study everyone nobody most voters scientists researchers studies"
        )
    )


def _clausal_content(token: Token, lemma: str, source: Token | None) -> list[Span]:
    doc = token.doc
    clause = syntax.child(token, "ccomp")
    if clause is None and lemma not in any_of("tell begin continue see feel report agree"):
        clause = syntax.child(token, "xcomp")
        if clause is not None and clause.pos_ not in {"VERB", "AUX"}:
            clause = None
    if clause is None and lemma in any_of("tell inform assure warn report notify"):
        clause = next((c for c in syntax.children(token, "xcomp", "advcl", "relcl", "acl") if _has_mark(c)), None)
    if clause is None:
        obj = syntax.child(token, "dobj", "obj")
        if obj is not None and lemma in any_of("tell report add note say claim warn remind"):
            clause = next((c for c in syntax.children(obj, "acl", "relcl") if c.i > token.i and _has_mark(c)), None)
    if clause is None and lemma in SAYING:
        # "said in a statement that ...": the parse may hang the clause on the statement.
        clause = next((c for c in (_in_vehicle(token)) if c.i > token.i), None)
    if clause is None and token.dep_ == "parataxis" and lemma in SAYING and token.head.pos_ in {"VERB", "AUX"}:
        # "Israeli jets, Syria said, bombed Damascus."
        verb = token.head
        while verb.i > token.i and verb.dep_ in {"conj", "advcl"} and verb.head.pos_ in {"VERB", "AUX"}:
            verb = verb.head
        inside = sorted({t.i for t in verb.subtree} - {t.i for t in token.subtree})
        sides = [[i for i in inside if i < token.i], [i for i in inside if i > token.i]]
        if sides[0] and _starts_anew(doc, sides[1]):
            sides = sides[:1]
        spans = [_trim(doc, side[0], side[-1] + 1) for side in sides if side]
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
    if len(sides[0]) > 3 and _starts_anew(doc, sides[1]):
        sides[1] = []
    found: list[Span] = []
    denies = _denies(token)
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
        trimmed = _trim(doc, start, end)
        if trimmed is not None and (len(side) > 2 or not found):
            found.append(trimmed)
    if found and not sides[1] and lemma in SAYING and source is not None:
        rest = _rest_of_sentence(token, source)
        if rest is not None:
            found.append(rest)
    return found


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
    """ "..., hours after rebels claimed an attack": what the writer adds of another time is not what was said."""
    added: set[int] = set()
    for aside in syntax.children(clause, "advcl"):
        timed = any(c.dep_ == "npadvmod" and c.i < aside.i for c in aside.children)
        marked = any(c.dep_ == "mark" and c.lower_ in {"after", "before"} for c in aside.children)
        first = aside.left_edge
        if timed and marked and first.i > 0 and first.nbor(-1).text == ",":
            added |= {t.i for t in aside.subtree}
    return added


def _in_vehicle(token: Token) -> Iterator[Token]:
    """That-clauses of what one speaks in: a statement, a letter, an interview."""
    for _, noun in syntax.prepositional(token, "in", "on", "during", "through", "via", "at", "to"):
        for clause in syntax.children(noun, "acl", "ccomp", "relcl", "appos"):
            if _that_clause(clause):
                yield clause


def _rest_of_sentence(token: Token, source: Token, conjoined: bool = False) -> Span | None:
    """ "The town, the army said, was empty": what follows the inserted cue when no other clause of the cue does."""
    doc, sent = token.doc, token.sent
    start = max(token.i, source.right_edge.i if source.i > token.i else token.i) + 1
    if start >= sent.end or doc[start].text not in {",", "—", "–", "-"}:
        return None
    first = doc[start + 1] if start + 1 < sent.end else None
    if conjoined and first is not None and first.lower_ in {"and", "but"}:
        return _trim(doc, start, sent.end)
    if first is None or first.lower_ in any_of("adding citing while but and though although as after when who which"):
        return None
    carries_on = first.tag_ == "VBG" and first.lemma_.lower() not in verb_cues()
    for c in token.children:
        if c.i > start and c.dep_ in {"advcl", "conj", "npadvmod", "prep", "cc"} and not carries_on:
            return None
    span = _trim(doc, start, sent.end)
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


def _nominal_content(token: Token, lemma: str, cue: Cue) -> list[Span]:
    doc = token.doc
    found: list[Span] = []
    names = {"of"} if "of" in cue.complement else set()
    if "for" in cue.complement:
        names.add("for")
    for prep in syntax.children(token, "prep"):
        if prep.lower_ in names:
            start, end = prep.i + 1, prep.right_edge.i + 1
            if end > start:
                found.append(_chars(doc, start, end))
    if found:
        return found
    obj = syntax.child(token, "dobj", "obj")
    if obj is not None:
        for prep in syntax.children(obj, "prep"):
            if prep.lower_ in names and cue.stance is Stance.ACCUSE:
                return [_chars(doc, prep.i + 1, prep.right_edge.i + 1)]
        if "noun" in cue.complement or cue.stance is Stance.ACCUSE:
            return [_chars(doc, obj.left_edge.i, obj.right_edge.i + 1)]
    return found


def _adjacent_quotes(doc: Doc, token: Token, source: Token | None, content: list[Span]) -> list[Span]:
    """Quotations of the cue's sentence that no nearer cue claims, and one that touches the sentence."""
    sent = token.sent
    low, high = sent.start_char, sent.end_char
    found: list[Span] = []
    lemma = token.lemma_.lower()
    for quote in doc._.quotes:
        if quote.span.covers(Span(token.idx, token.idx + 1)):
            continue
        inside = quote.span.start < high and quote.span.end > low
        if inside and not any(span.overlaps(quote.span) for span in content):
            words = quote.inner.end - quote.inner.start
            between = syntax.text_of(doc)[min(quote.span.end, token.idx) : max(quote.span.start, token.idx)]
            whole = bool(re.search(r"[.,!?]$", syntax.text_of(doc)[quote.inner.start : quote.inner.end])) or words > 60
            if lemma not in SAYING or not (whole or not content) or not _free_of_other_cues(doc, token, quote.span):
                continue
            # A fragment belongs to a cue that stands beside it; so does anything to a participle.
            reach = 160 if whole and token.tag_ != "VBG" else 30
            if len(between) < reach:
                found.append(quote.inner)
    return found


def _whole_quotes(doc: Doc, token: Token, content: list[Span]) -> list[Span]:
    """A content that ends a quotation of several sentences takes the whole quotation."""
    widened = []
    for span in content:
        for quote in doc._.quotes:
            inner = quote.inner
            if not inner.overlaps(span) or inner.covers(Span(token.idx, token.idx + 1)):
                continue
            outside = max(0, inner.start - span.start) + max(0, span.end - inner.end)
            if inner.start < span.start or outside <= 6:
                span = Span(min(span.start, inner.start), max(span.end, inner.end))
            elif inner.end > span.end:
                span = Span(span.start, inner.end)
        widened.append(span)
    return widened


def _free_of_other_cues(doc: Doc, token: Token, span: Span) -> bool:
    """No other saying verb stands between the cue and the quotation."""
    low, high = sorted((token.idx, span.start if span.start > token.idx else span.end))
    for other in token.sent:
        if other.i != token.i and low < other.idx < high and other.lemma_.lower() in SAYING and other.pos_ == "VERB":
            if not span.covers(Span(other.idx, other.idx + 1)):
                return False
    return True


def _trailing_content(token: Token, source: Token | None) -> Span | None:
    """ "…, the army said." where the parse shows no complement: what stands before in the sentence."""
    doc, sent = token.doc, token.sent
    # A past tense that the tagger took for a participle has its subject before it and no auxiliary.
    finite = token.tag_ in {"VBD", "VBZ", "VBP"} or (
        token.tag_ == "VBN" and source is not None and source.dep_ == "nsubj" and source.head.i == token.i
    )
    if source is None or not finite or _denies(token):
        return None
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
    return _chars(doc, sent.start, left)


def _denies(token: Token) -> bool:
    cue = verb_cues().get(token.lemma_.lower())
    return cue is not None and cue.stance is Stance.DENY


def _ends_with_colon(token: Token) -> bool:
    rest = syntax.text_of(token.doc)[token.idx + len(token) :]
    return bool(re.match(r"[^.!?\n]{0,60}:\s*(\n|$)", rest))


def _following_paragraphs(doc: Doc, token: Token) -> Span | None:
    """ "The minister said:" opens a statement printed in the paragraphs that follow."""
    text = syntax.text_of(doc)
    _, end = syntax.paragraph_of(doc, token.idx)
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    stop = len(text.rstrip())
    found: tuple[quotes.Quote, ...] = doc._.quotes
    for quote in found:
        if quote.span.start == start:
            return quote.inner
    return Span(start, stop) if start < stop else None


# ---------------------------------------------------------------------- "according to", nouns

_ACCORDING = {"according", "per", "citing", "quoting"}


def _according_to(doc: Doc) -> list[_Draft]:
    found: list[_Draft] = []
    for token in doc:
        lower = token.lower_
        if lower not in _ACCORDING:
            continue
        source: Token | None = None
        cue_end = token.i + 1
        if lower == "according":
            if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
                continue
            cue_end = token.i + 2
            source = syntax.child(doc[token.i + 1], "pobj") or syntax.child(token, "pobj")
        elif lower in {"citing", "quoting"}:
            source = syntax.child(token, "dobj", "obj")
            if source is None or not _can_speak(source):
                continue
        elif lower == "per":
            source = syntax.child(token, "pobj")
            if source is None or parties.name_at(source) is None:
                continue
        if source is None:
            source = next(
                (
                    t
                    for t in doc[cue_end : cue_end + 12]
                    if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.dep_ != "compound"
                ),
                None,
            )
        if source is None:
            continue
        content = _around(doc, token, max(source.right_edge.i + 1, cue_end))
        if content:
            found.append(_Draft(token, _chars(doc, token.i, cue_end), source, content, Stance.NEUTRAL))
    return found


def _around(doc: Doc, token: Token, source_end: int) -> list[Span]:
    """What an "according to" phrase answers for: its sentence without the phrase."""
    sent = token.sent
    spans: list[Span] = []
    start, end = sent.start, sent.end
    for quote in doc._.quotes:
        if quote.inner.covers(Span(token.idx, token.idx + 1)):
            # Inside a quotation the phrase answers for the quoted words alone.
            start = next((t.i for t in sent if t.idx >= quote.inner.start), start)
            end = next((t.i for t in sent if t.idx >= quote.inner.end), end)
    before = _trim(doc, start, token.i)
    after = _trim(doc, source_end, end)
    lengths = (before.end - before.start if before else 0, after.end - after.start if after else 0)
    if before is not None and lengths[0] > 12:
        spans.append(before)
    if after is not None and (lengths[1] > 25 or not spans) and lengths[1] > 3:
        spans.append(after)
    return spans


def _prefixed(doc: Doc) -> list[_Draft]:
    """ "Navy: coast guard rammed tug": a headline's speaker before a colon, or after it at the end."""
    found: list[_Draft] = []
    for sent in doc.sents:
        colon = next((t for t in sent if t.text == ":"), None)
        if colon is None or colon.i - sent.start > 5 or colon.i == sent.start or sent.end - colon.i < 5:
            continue
        before, after = doc[sent.start : colon.i], doc[colon.i + 1 : sent.end]
        if any(t.pos_ in {"VERB", "AUX", "NUM"} for t in before) or not any(t.pos_ in {"VERB", "AUX"} for t in after):
            continue
        if not _can_speak(before.root) or after[0].text in {'"', "“"}:
            continue
        name = parties.name_at(before.root)
        if name is not None and name.label_ == "state" and len(before) == len(name):
            continue  # "Sudan: drone strikes kill dozens" is about Sudan, and says nothing of who tells it
        content = _trim(doc, colon.i + 1, sent.end)
        if content is not None:
            found.append(_Draft(colon, _chars(doc, colon.i, colon.i + 1), before.root, [content], Stance.NEUTRAL))
    return found


def _suffixed(doc: Doc) -> list[_Draft]:
    """ "Strike kills 12 in Aleppo: monitor", "... kills 58 - Observatory": a headline's speaker after it."""
    found: list[_Draft] = []
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space]
        if len(tokens) < 5 or tokens[-1].text in {".", "!", "?"}:
            continue
        at = next((t for t in reversed(tokens[:-1]) if t.text in {":", "-", "–", "—"}), None)
        if at is not None and at.text == "-" and at.i > 0 and not doc[at.i - 1].whitespace_:
            at = None  # a hyphen within a word
        if at is None and tokens[-2].pos_ == "NUM":
            # The dash may be lost: "kills at least 58 Observatory".
            name = parties.name_at(tokens[-1])
            if name is None or name.label_ != "organisation":
                continue
            after, end, cue = doc[tokens[-1].i : tokens[-1].i + 1], tokens[-1].i, tokens[-1]
        elif at is not None and at.i - sent.start >= 4:
            after, end, cue = doc[at.i + 1 : tokens[-1].i + 1], at.i, at
        else:
            continue
        if len(after) > 5 or any(t.pos_ in {"VERB", "AUX", "NUM"} for t in after) or not _can_speak(after.root):
            continue
        content = _trim(doc, sent.start, end)
        if content is not None:
            found.append(_Draft(cue, _chars(doc, cue.i, cue.i + 1), after.root, [content], Stance.NEUTRAL))
    return found


def _noun_statements(doc: Doc) -> list[_Draft]:
    cues = noun_cues()
    found: list[_Draft] = []
    for token in doc:
        if token.pos_ != "NOUN" or token.lemma_.lower() not in cues:
            continue
        clause = next(
            (c for c in syntax.children(token, "acl", "ccomp", "relcl", "appos") if c.i > token.i and _that_clause(c)),
            None,
        )
        verb = token.head.head if token.dep_ == "pobj" else None
        if clause is None or (verb is not None and verb.lemma_.lower() in SAYING and clause in _in_vehicle(verb)):
            continue
        stance = cues[token.lemma_.lower()]
        source = syntax.child(token, "poss")
        if source is None:
            source = next((obj for _, obj in syntax.prepositional(token, "by", "from", "of") if obj.i < clause.i), None)
        if source is None and token.dep_ in {"dobj", "obj"} and token.head.pos_ == "VERB":
            source = syntax.doer(token.head)
            # "Denied allegations that ...": they are another's, and what they say is denied.
            stance = Stance.DENY if _denies(token.head) else stance
        start, end = clause.left_edge.i, clause.right_edge.i + 1
        found.append(_Draft(token, _chars(doc, token.i, token.i + 1), source, [_chars(doc, start, end)], stance))
    return found


def _that_clause(verb: Token) -> bool:
    """A complement clause after a noun, not a relative clause: its "that" is no argument of the verb."""
    mark = next((c for c in verb.children if c.lower_ == "that"), None)
    return mark is not None and mark.dep_ == "mark"


# ---------------------------------------------------------------------- finishing


def _without_doubles(drafts: list[_Draft]) -> list[_Draft]:
    """One statement for one cue."""
    seen: set[int] = set()
    kept = []
    for draft in drafts:
        if draft.cue.i not in seen and draft.content:
            seen.add(draft.cue.i)
            kept.append(draft)
    return kept


def _carried_quotes(doc: Doc, drafts: list[_Draft]) -> list[_Draft]:
    """Give quotations without a cue of their own to the speaker whose words they carry on."""
    taken = [span for draft in drafts for span in draft.content]
    for quote in doc._.quotes:
        inner = quote.inner
        if any(span.overlaps(inner) for span in taken) or inner.end - inner.start < 25:
            continue
        start, _ = syntax.paragraph_of(doc, quote.span.start)
        leading = syntax.text_of(doc)[start : quote.span.start].strip()
        previous = None
        for draft in drafts:
            if draft.cue.idx < quote.span.start and draft.stance is not Stance.ACCUSE and not draft.attitude:
                previous = draft
        if previous is None:
            continue
        gap = syntax.text_of(doc)[
            max([previous.cue.idx, *[s.end for s in previous.content if s.end <= quote.span.start]]) : quote.span.start
        ]
        own_sentence = not leading or leading[-1] in ".!?”\"'"
        if own_sentence and gap.count("\n") <= 2 and len(gap) < 200 and (previous.quoted or not leading):
            previous.content.append(inner)
            previous.quoted = True
            taken.append(inner)
    return drafts


def _finish(doc: Doc, draft: _Draft) -> Statement:
    resolver = coreference.resolver(doc)
    found = _same_speaker(doc, draft) or (resolver.resolve(draft.source) if draft.source is not None else ())
    cue_words = draft.cue_text.of(syntax.text_of(doc))
    source_span: Span | None = None
    if draft.source is not None:
        source_span = _source_span(doc, draft)
        if not found:
            found = (Mention(UNKNOWN, source_span.of(syntax.text_of(doc)), source_span),)
    sources = tuple(Source(item, cue_words, draft.cue_text) for item in found)
    return Statement(
        sources,
        cue_words,
        draft.cue_text,
        tuple(draft.content),
        draft.stance,
        draft.quoted,
        source_span,
        draft.attitude,
    )


def _same_speaker(doc: Doc, draft: _Draft) -> tuple[Mention, ...]:
    """ "It added", "He said": who speaks on is who spoke in the sentences before, where the pronoun can mean them."""
    source = draft.source
    if source is None or source.lower_ not in {"it", "he", "she"} or draft.cue.lemma_.lower() not in SAYING | {"claim"}:
        return ()
    for statement in reversed(doc._.statements or []):
        if (
            statement.attitude
            or statement.cue_span.end > source.idx
            or not statement.sources
            or statement.source_span is None
        ):
            continue
        between = syntax.text_of(doc)[statement.cue_span.end : source.sent.start_char]
        if len(between) > 400 or statement.cue_span.start >= source.sent.start_char:
            continue
        span = doc.char_span(statement.source_span.start, statement.source_span.end, alignment_mode="expand")
        if span is None or len(statement.sources) > 1:
            return ()
        person = coreference.resolver(doc)._is_person(span.root) or span.root.lower_ in {"he", "she"}
        if person == (source.lower_ != "it") and statement.sources[0].mention.party.code != "UNK":
            item = statement.sources[0].mention
            return (coreference.mention(item.party, doc, source.i, source.i + 1),)
        return ()
    return ()


def _source_span(doc: Doc, draft: _Draft) -> Span:
    source = draft.source
    assert source is not None
    start, end = source.left_edge.i, source.right_edge.i + 1
    content = draft.content
    while start < source.i and any(c.covers(Span(doc[start].idx, doc[start].idx + 1)) for c in content):
        start += 1
    while end - 1 > source.i and any(c.covers(Span(doc[end - 1].idx, doc[end - 1].idx + 1)) for c in content):
        end -= 1
    if start <= draft.cue.i < end:
        start, end = (source.left_edge.i, draft.cue.i) if source.i < draft.cue.i else (draft.cue.i + 1, end)
        start, end = min(start, source.i), max(end, source.i + 1)
    trimmed = _trim(doc, start, end)
    return trimmed if trimmed is not None else _chars(doc, source.i, source.i + 1)


def _chars(doc: Doc, start: int, end: int) -> Span:
    span: TokenSpan = doc[start:end]
    return Span(span.start_char, span.end_char)


def _trim(doc: Doc, start: int, end: int) -> Span | None:
    """The range without punctuation and space at its ends."""
    while start < end and (doc[start].text in any_of(", ; : - – — . …") or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in any_of(", ; : - – — .") or doc[end - 1].is_space):
        end -= 1
    return _chars(doc, start, end) if start < end else None


def _join(spans: list[Span]) -> list[Span]:
    """Spans in order; those that touch become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + 2:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def chain(doc: Doc, at: int, skip_cue: int | None = None) -> tuple[Statement, ...]:
    """Statements whose content holds a character, outermost first."""
    point = Span(at, at + 1)
    holding = [
        s
        for s in doc._.statements or ()
        if not s.attitude
        and any(c.covers(point) for c in s.content)
        and s.cue_span.start != skip_cue
        and not s.cue_span.covers(point)
    ]

    def depth(statement: Statement) -> int:
        return sum(
            1
            for other in holding
            if other is not statement and any(c.covers(statement.cue_span) for c in other.content)
        )

    nested = sorted(holding, key=lambda s: (depth(s), s.cue_span.start))
    # "Moscow rejected Kyiv's claim that ...": the content is Kyiv's alone.
    return tuple(
        outer
        for index, outer in enumerate(nested)
        if outer.stance is not Stance.DENY
        or not any(_claimed_by_another(doc, inner, outer) for inner in nested[index + 1 :])
    )


def _claimed_by_another(doc: Doc, inner: Statement, outer: Statement) -> bool:
    cue = doc.char_span(inner.cue_span.start, inner.cue_span.end)
    named = {source.mention.party.key for source in inner.sources} - {"UNK"}
    return (
        cue is not None
        and (cue.root.pos_ == "NOUN" or (cue.root.tag_ == "VBG" and cue.root.dep_ == "acl"))
        and inner.stance is not Stance.DENY
        and bool(named - {source.mention.party.key for source in outer.sources})
    )


def with_sources(statement: Statement, sources: tuple[Source, ...]) -> Statement:
    return replace(statement, sources=sources)


@Language.factory("standoff_attribution")
def create(nlp: Language, name: str) -> Attributor:
    """Make the component (spaCy factory ``standoff_attribution``)."""
    return Attributor()
