"""Our own JSON Lines, edited: slots that differ from the claim's are corrections, ``verdict`` says accept or reject."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from standoff import review
from standoff.errors import InputError
from standoff.imports.word import Left, New, Word, known
from standoff.model import Review, Verdict
from standoff.records import check_days, claim_from_record, claim_record, loads
from standoff.store import Store

LONGEST = 200
"""Characters of a claim's id."""
_DATE = ("date", "enddate", "date_text", "date_span")


def first(text: str, name: str) -> dict[str, Any]:
    """The first record.

    Raises:
        InputError: it is no object.
    """
    line = next((line for line in text.split("\n") if line.strip()), "")
    found = loads(line, f"{name} line 1")
    if not isinstance(found, dict):
        raise InputError(f"{name} line 1", "not a record", "write one JSON object a line")
    return found


def read(store: Store, text: str, name: str) -> Iterator[Word | New | Left]:
    """What each line says of its claim.

    Raises:
        InputError: a line is no claim; the message names the line and the field.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name} line {number}"
        record = loads(line, where)
        claim = claim_from_record(record, where)
        assert isinstance(record, dict)
        verdict = _verdict(record.get("verdict"), where)
        try:
            check_days(claim)
        except InputError as error:
            yield Left(where, str(error))
            continue
        held = known(store, claim.id)
        if held is None:
            document = store.document(claim.doc)
            if len(claim.id) > LONGEST or not claim.id.isprintable():
                yield Left(where, f"its id is longer than {LONGEST} characters, or has some that are not printed")
            elif document is None:
                yield Left(where, f"claim {claim.id} is not in the store, nor is its report {claim.doc}")
            elif claim.span.of(document.text) != claim.text:
                yield Left(where, f"claim {claim.id} quotes other words than the store's report has there")
            elif verdict is not Verdict.REJECT:
                yield New(claim)
            continue
        if claim.span.of(held.document.text) != claim.text:
            yield Left(where, f"claim {claim.id} quotes other words than the store's report has there")
            continue
        now, then = claim_record(held.claim), claim_record(claim)
        slots: dict[str, str] = {}
        for slot in review.SLOTS:
            value: Any = {field: then[field] for field in _DATE} if slot == "date" else then[slot]
            old: Any = {field: now[field] for field in _DATE} if slot == "date" else now[slot]
            if value != old:
                slots[slot] = json.dumps(value, ensure_ascii=False)
        if slots:
            review.reviewed(held.claim, [_trial(claim.id, slot, value) for slot, value in slots.items()])
        yield Word(claim.id, verdict, slots)


def _trial(id: str, slot: str, value: str) -> Review:
    """A review as it would be kept: what cannot be read again is refused here."""
    return Review(id, "", "", Verdict.CORRECT, review.EPOCH, slot, value)


def _verdict(value: object, where: str) -> Verdict | None:
    if value in (None, ""):
        return None
    try:
        return Verdict(str(value))
    except ValueError:
        raise InputError(where, f"verdict: {value!r} is not known", f"one of {', '.join(Verdict)}") from None
