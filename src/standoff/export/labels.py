"""Passages with labelled spans, for people who annotate and train: displaCy's JSON and doccano's JSON Lines.

Without ``--text`` a passage is the clause of one claim with what belongs to it; with it, it is the whole report.
doccano's lines carry the claim, so that corrected labels come back (:mod:`standoff.imports`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import BinaryIO

from standoff.export.selection import Part, Selection, write_array, write_lines
from standoff.model import Claim, Span
from standoff.records import Record
from standoff.store.browse import ClaimRow


class Displacy:
    """What ``displacy.render(…, manual=True)`` draws."""

    name = "displacy"
    chooses_columns = False
    says = "passages with marked spans, for spaCy's displaCy (manual=True)"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("displacy.json", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        passages = (
            {
                # displaCy puts titles and labels into its page as they are; the text it escapes itself.
                "title": escape(title) if title else title,
                "text": text,
                "ents": [{"start": start, "end": end, "label": escape(label)} for start, end, label in labels],
            }
            for title, text, labels, _ in passages_of(chosen)
        )
        return write_array("[", passages, "]", out)


class Doccano:
    """Sequence labelling: a line a passage."""

    name = "doccano"
    chooses_columns = False
    says = "passages with labelled spans, for doccano; corrected labels can be imported again"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("doccano.jsonl", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        lines = (
            {"text": text, "label": [list(one) for one in labels], **about}
            for _, text, labels, about in passages_of(chosen)
        )
        return write_lines(lines, out)


Labels = list[tuple[int, int, str]]
_REACH = 300
"""Characters around a clause in which what belongs to it is looked for."""


def labelled(claim: Claim) -> list[tuple[Span, str]]:
    """The spans of a claim, each with its label: the type of event, a role, a loss, a day, a place."""
    found = [(claim.trigger.span, claim.event)]
    found += [(m.span, "ACTOR") for m in claim.actors]
    found += [(m.span, "RECIPIENT") for m in claim.recipients]
    for source in claim.sources:
        found.append((source.mention.span, "SOURCE"))
        if source.cue_span is not None:
            found.append((source.cue_span, "CUE"))
    found += [(c.span, c.kind.value.upper()) for c in claim.counts]
    if claim.when is not None:
        found.append((claim.when.span, "DATE"))
    if claim.where is not None:
        found.append((claim.where.span, "PLACE"))
    return list(dict.fromkeys(found))


def passages_of(chosen: Selection) -> Iterator[tuple[str, str, Labels, Record]]:
    """Title, text, labels in it, and what they belong to."""
    for document, rows in chosen.reports():
        title = document.title or document.id
        if not chosen.texts:
            for row in rows:
                frame, labels = _passage(row.claim)
                about = {"doc": document.id, "claim": row.claim.id, "offset": frame.start}
                yield title, frame.of(document.text), labels, about
        elif rows:
            yield title, document.text, _all(rows), {"doc": document.id, "claim": None, "offset": 0}


def _passage(claim: Claim) -> tuple[Span, Labels]:
    """The clause, widened to what belongs to it where that stands near; what stands further off has no label."""
    near = [
        (span, label)
        for span, label in labelled(claim)
        if span.start >= claim.span.start - _REACH and span.end <= claim.span.end + _REACH
    ]
    spans = [claim.span, *(span for span, _ in near)]
    frame = Span(min(s.start for s in spans), max(s.end for s in spans))
    return frame, sorted((s.start - frame.start, s.end - frame.start, label) for s, label in near)


def _all(rows: list[ClaimRow]) -> Labels:
    return sorted({(span.start, span.end, label) for row in rows for span, label in labelled(row.claim)})
