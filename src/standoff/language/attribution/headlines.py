"""Speakers in headlines, set off by a colon or a dash."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.language import parties
from standoff.language.attribution import speakers
from standoff.language.attribution.drafts import Draft, chars, trim
from standoff.model import Stance


def prefixed(doc: Doc) -> list[Draft]:
    """ "Navy: coast guard rammed tug": a headline's speaker before a colon, or after it at the end."""
    found: list[Draft] = []
    for sent in doc.sents:
        colon = next((t for t in sent if t.text == ":"), None)
        if colon is None or colon.i - sent.start > 5 or colon.i == sent.start or sent.end - colon.i < 5:
            continue
        before, after = doc[sent.start : colon.i], doc[colon.i + 1 : sent.end]
        if any(t.pos_ in {"VERB", "AUX", "NUM"} for t in before) or not any(t.pos_ in {"VERB", "AUX"} for t in after):
            continue
        if not speakers.can_speak(before.root) or after[0].text in {'"', "“"}:
            continue
        name = parties.name_at(before.root)
        if name is not None and name.label_ == "state" and len(before) == len(name):
            continue  # "Sudan: drone strikes kill dozens" is about Sudan, and says nothing of who tells it
        content = trim(doc, colon.i + 1, sent.end)
        if content is not None:
            found.append(Draft(colon, chars(doc, colon.i, colon.i + 1), before.root, [content], Stance.NEUTRAL))
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
        if len(after) > 5 or any(t.pos_ in {"VERB", "AUX", "NUM"} for t in after) or not speakers.can_speak(after.root):
            continue
        content = trim(doc, sent.start, end)
        if content is not None:
            found.append(Draft(cue, chars(doc, cue.i, cue.i + 1), after.root, [content], Stance.NEUTRAL))
    return found
