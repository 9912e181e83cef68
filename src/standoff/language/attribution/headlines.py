"""Speakers set off by a colon or a dash: in headlines, in transcripts, in the entries of a log, and under a quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff import bodies
from standoff.language import coreference, gazetteer, parties, syntax
from standoff.language.attribution import cues, speakers
from standoff.language.attribution.drafts import Draft, chars, trim
from standoff.language.losses import losses
from standoff.model import Span, Stance

# "… we will hold.” — Governor X", alone in its paragraph.
_SIGNED = re.compile(
    r"(?P<stop>[.!?…][\"”'’»]*)[^\S\n]*(?P<mark>―|—|–|--|-)[^\S\n]*"
    r"(?P<who>[A-Z][^\n.!?:;\"“”]*(?:\.[^\n.!?:;\"“”]+)*)\.?[^\S\n]*$",
    re.M,
)
_SIGNATURE = 90
"""Characters that the end of a quotation, a dash and a name take at most."""
# "GOVERNOR: We will hold.", "And from Governor X: …"
_TURN = re.compile(
    r"^[ \t]*[\"“*]?(?:And (?:this )?from )?(?P<who>[A-Z][A-Z.'’ -]{2,40}|(?<=from )[^\n:]{2,60}):[ \t]+(?P<said>[^\n]{12,})$",
    re.M,
)

ENTRY = re.compile(
    r"^[ \t]*[\[(]?\d{1,2}[:.h]\d{2}[\])]?(?:[ \t]*(?:[ap]\.?m\.?|GMT|UTC|[A-Z]{2,4}T)\b)?[ \t]*[–—|:-]*[ \t]*"
    r"(?P<who>[^\n:.!?\"“”]{2,90}?):[ \t]+(?P<said>\S[^\n]{8,})$",
    re.M,
)
"""An entry of a log that says who tells it: "13:05 – Army: nine rebels are dead.", "10:15 – A doctor in Sarin, by phone: …"."""


def dateline(before: TokenSpan) -> bool:
    """ "STEPANAKERT: Armenia and Azerbaijan accused each other.": where a paragraph was written, and not who tells it."""
    doc, name = before.doc, parties.name_at(before.root)
    if name is None or name.label_ not in {"capital", "unrecognised"} or len(before) != len(name):
        return False
    start, end = syntax.paragraph_of(doc, before.start_char)
    line = syntax.text_of(doc)[start:end]
    first = before.end < len(doc) and doc[before.end].text == ":" and line.lstrip().startswith(before.text)
    return first and before.text.isupper() and line.rstrip().endswith((".", ".\u201d", '."'))


def prefixed(doc: Doc) -> list[Draft]:
    """ "Navy: coast guard rammed tug": a headline's speaker before a colon, or after it at the end."""
    found: list[Draft] = []
    for sent in doc.sents:
        colon = next((t for t in sent if t.text == ":"), None)
        if colon is None or colon.i - sent.start > 5 or colon.i == sent.start:
            continue
        # The parser ends a sentence at some colons.
        end = sent.end if colon.i + 1 < sent.end or sent.end == len(doc) else syntax.sentence(doc[sent.end])[1]
        if end - colon.i < 5:
            continue
        before, after = doc[sent.start : colon.i], doc[colon.i + 1 : end]
        if not _is_speaker(before) or not any(map(_tells, after)):
            continue
        name = parties.name_at(before.root)
        if name is not None and name.label_ == "state" and len(before) == len(name):
            continue  # "Sudan: drone strikes kill dozens" is about Sudan, and says nothing of who tells it
        if dateline(before):
            continue
        content = next((q.inner for q in doc._.quotes if q.span.start == after[0].idx), None)
        content = content or trim(doc, colon.i + 1, end)
        if content is not None:
            found.append(Draft(colon, chars(doc, colon.i, colon.i + 1), before.root, [content], Stance.NEUTRAL))
    return found


def _is_speaker(words: TokenSpan) -> bool:
    """Whether words set off in a headline are somebody who can speak, and tell nothing themselves."""
    return not _has_verb_or_number(words) and speakers.can_speak(words.root)


def _has_verb_or_number(words: TokenSpan) -> bool:
    return any(token.pos_ in {"VERB", "AUX", "NUM"} for token in words)


def _tells(token: Token) -> bool:
    """Whether a word makes a headline tell something: a verb, or what became of people ("nine dead in Kidal attack")."""
    return token.pos_ in {"VERB", "AUX"} or token.lower_ in losses().states


def ended(doc: Doc, cued: Collection[int]) -> list[Draft]:
    """ "Nine soldiers dead in Kidal ambush, army says", "..., says monitor": who tells a headline that has no verb of its own. ``cued``
    are the verbs by which somebody is heard already."""
    found: list[Draft] = []
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space]
        at = next((n for n in range(len(tokens) - 2, 3, -1) if tokens[n].text == ","), 0)
        tail = tokens[at + 1 :]
        if not at or not 2 <= len(tail) <= 6 or not any(map(_tells, tokens[:at])):
            continue
        first, last = tail[0], tail[-1]
        verb = next((t for t in (first, last) if cues.lemma(t) in cues.SAYING and t.i not in cued), None)
        if verb is None:
            continue
        who = doc[first.i + 1 : last.i + 1] if verb is first else doc[first.i : last.i]
        if not _is_speaker(who):
            continue
        content = trim(doc, sent.start, tokens[at].i)
        if content is not None:
            found.append(Draft(verb, chars(doc, verb.i, verb.i + 1), who.root, [content], Stance.NEUTRAL))
    return found


def suffixed(doc: Doc) -> list[Draft]:
    """ "Strike kills 12 in Aleppo: monitor", "... kills 58 - Observatory": a headline's speaker after it."""
    found: list[Draft] = []
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
        if len(after) > 5 or not _is_speaker(after):
            continue
        content = trim(doc, sent.start, end)
        if content is not None:
            found.append(Draft(cue, chars(doc, cue.i, cue.i + 1), after.root, [content], Stance.NEUTRAL))
    return found


def signed(doc: Doc) -> list[Draft]:
    """ "“We will hold the bridge.” — Governor X": who a quotation or a paragraph is from."""
    found: list[Draft] = []
    text, begin = syntax.text_of(doc), 0
    while begin < len(text):
        start, end = syntax.paragraph_of(doc, begin)
        begin = end + 1
        match = _SIGNED.search(text, max(start, end - _SIGNATURE), end)
        if match is None or match.end("stop") - start < 20:
            continue
        who = _name(doc, match.start("who"), match.end("who"))
        cue = doc.char_span(match.start("mark"), match.end("mark"), alignment_mode="expand")
        if who is None or cue is None:
            continue
        indent = len(text[start:end]) - len(text[start:end].lstrip())
        said = Span(start + indent, match.end("stop"))
        quote = next(
            (q for q in doc._.quotes if q.span.start <= said.start + 1 and abs(q.span.end - said.end) <= 1), None
        )
        mark = Span(match.start("mark"), match.end("mark"))
        content = quote.inner if quote is not None else said
        named = Span(match.start("who"), match.end("who"))
        found.append(Draft(cue[0], mark, who, [content], Stance.NEUTRAL, quote is not None, source_text=named))
    return found


def turns(doc: Doc) -> list[Draft]:
    """ "GOVERNOR: We will hold the bridge.": the turns of a transcript, and "And from Governor X: …"."""
    found: list[Draft] = []
    lines = list(_TURN.finditer(syntax.text_of(doc)))
    often = Counter(match["who"].strip() for match in lines)
    dialogue = sum(times > 1 for times in often.values()) > 1
    for match in lines:
        passed_on = "from" in match.group()[: match.start("who") - match.start()]
        named = parties.look_up(match["who"].strip().title())
        town = gazetteer.towns(match["who"].strip().title()) or (
            named is not None and named.kind in {"capital", "unrecognised"}
        )
        if not passed_on and (len(lines) == 1 or (not dialogue and town)):
            continue  # a line in capitals is a dateline or a heading; "CLINTON" is a town, too
        who = _name(doc, match.start("who"), match.end("who"))
        colon = doc.char_span(match.end("who"), match.end("who") + 1, alignment_mode="expand")
        if who is None or colon is None:
            continue
        said = Span(match.start("said"), match.end("said"))
        found.append(Draft(colon[0], Span(match.end("who"), match.end("who") + 1), who, [said], Stance.NEUTRAL))
    return found


def entries(doc: Doc, cued: Collection[int]) -> list[Draft]:
    """ "13:05 – Army: nine rebels are dead.": who tells an entry of a log, up to the first sentence that has a cue of its own.

    A state or its capital speaks there where it says "we": "Managua: our guns hit her", and not "Kharkiv: three killed".
    """
    found: list[Draft] = []
    for match in ENTRY.finditer(syntax.text_of(doc)):
        who = doc.char_span(match.start("who"), match.end("who"), alignment_mode="contract")
        said = doc.char_span(match.start("said"), match.end("said"), alignment_mode="contract")
        if who is None or said is None or not (head := _who(who)):
            continue
        name = parties.name_at(head)
        place = name is not None and name.label_ in {"state", "capital", "unrecognised"} and len(who) == len(name)
        if place and not any(t.lower_ in syntax.any_of("we us our ours") for t in said):
            continue
        sentences = syntax.sentences(doc, said.start, said.end)
        end = next((sent.start for sent in sentences if any(t.i in cued for t in sent)), said.end)
        content = trim(doc, said.start, min(end, said.end))
        if content is not None:
            found.append(Draft(doc[who.end], chars(doc, who.end, who.end + 1), head, [content], Stance.NEUTRAL))
    return found


def _who(label: TokenSpan) -> Token | None:
    """The head of a label that begins with somebody who can speak, and tells nothing: "A doctor in Sarin, by phone"."""
    if label.root.pos_ in {"VERB", "AUX"}:
        return None
    first = next(syntax.chunks(label.doc, label.start, label.end), label)
    speaks = speakers.can_speak(first.root) or any(map(coreference.role_of, first)) or _is_body(first.text)
    return first.root if first.start == label.start and speaks else None


def _is_body(name: str) -> bool:
    return bodies.named("organisation", name) or bodies.named("body", name)


def _name(doc: Doc, start: int, end: int) -> Token | None:
    """The head of a phrase that can only be a name: short, and without a verb."""
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None or len(span) > 8 or _has_verb_or_number(span):
        return None
    return span.root
