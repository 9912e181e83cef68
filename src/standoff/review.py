"""What people say of the machine's claims, kept beside them: verdicts, corrections by slot, and names given to others.

A correction gives one slot of the claim record another value. It is entered as a line of text, the same that
:func:`written` gives of a claim:

=============  ============================================================================================
slot           form
=============  ============================================================================================
event          ``ASSAULT``
mode, context  ``aerial, drone``; aux likewise: ``negation``
actor …        ``IND-MIL Indian Air Force; PAK``: code, sectors after hyphens, then the name; ``UNK`` for unknown
counts         ``killed 40-50 soldiers; destroyed 25 drones; injured dozens``
date           ``2025-05-07`` or ``2025-05-07/2025-05-08``
event_loc      ``Lahore, PAK`` or, with a place of your own, ``Camp Nine, PAK 31.5 74.3``
=============  ============================================================================================

Nothing in a line takes the slot's value away.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from standoff import acts, byname, lexicon, ontology
from standoff.bounds import bound_of
from standoff.errors import InputError
from standoff.language import gazetteer
from standoff.model import (
    BLOCS,
    Claim,
    CountKind,
    Document,
    Mention,
    Party,
    Renaming,
    Review,
    Source,
    Span,
    Trigger,
    Verdict,
)
from standoff.records import claim_from_record, claim_record

SLOTS = ("event", "mode", "context", "aux", "actor", "recipient", "sources", "counts", "date", "event_loc")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARTIES = ("actor", "recipient", "sources")
_PARTY = re.compile(r"(?P<code>[A-Z]{3})(?P<sectors>(?:-[A-Z]{3})*)(?:\s+(?P<name>\S.*))?")
_COUNT = re.compile(
    r"(?P<kind>[a-z]+)\s+(?:(?P<low>\d[\d,]*)(?:\s*[-–]\s*(?P<high>\d[\d,]*))?|(?P<words>[^\d;]+?))(?:\s+(?P<unit>[^\d;]+))?",
    re.I,
)
_PLACE = re.compile(
    r"(?P<name>[^;]+?)(?:,\s*(?P<country>[A-Z]{3}))?(?:\s+(?P<lat>-?\d+(?:\.\d+)?)[\s,]+(?P<lon>-?\d+(?:\.\d+)?))?"
)


# -- taking reviews into account -------------------------------------------------------------------------------------


def standing(reviews: Iterable[Review]) -> Verdict | None:
    """What people made of one claim: their last word on it, where they have not taken it back."""
    verdicts = [review.verdict for review in reviews if review.undone is None]
    return verdicts[-1] if verdicts else None


def reviewed(claim: Claim, reviews: Sequence[Review], names: Mapping[tuple[str, str], Party] | None = None) -> Claim:
    """The claim as people have corrected it and named its parties; where they said nothing, the same object.

    Of a slot that was corrected several times the last value holds. A rejected claim keeps its values: who wants it
    left out asks :func:`standing`.
    """
    values = {r.slot: r.value for r in reviews if r.undone is None and r.slot is not None and r.value is not None}
    if values:
        record = claim_record(claim)
        for slot, value in values.items():
            given = json.loads(value)
            if slot == "date":
                record.update(given)
            else:
                record[slot] = given
            if slot == "event" and "mode" not in values:
                record["mode"] = [mode for mode in record["mode"] if ontology.is_mode(given, mode)]
        claim = claim_from_record(record, f"review of claim {claim.id}")
    return renamed(claim, names) if names else claim


def names_given(renamings: Iterable[Renaming]) -> dict[tuple[str, str], Party]:
    """Who each name, as it was read, is to be taken for; of several words on one name the last holds."""
    return {(one.name, one.code): one.party for one in renamings if one.undone is None}


def renamed(claim: Claim, names: Mapping[tuple[str, str], Party]) -> Claim:
    """The claim with its parties named as people decided."""

    def take(mention: Mention) -> Mention:
        party = names.get((mention.party.name, mention.party.code))
        return mention if party is None else replace(mention, party=party)

    def given(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(map(take, mentions))

    fresh = replace(
        claim,
        actors=given(claim.actors),
        recipients=given(claim.recipients),
        sources=tuple(Source(take(s.mention), s.cue, s.cue_span) for s in claim.sources),
    )
    return claim if fresh == claim else fresh


# -- claims that people add -------------------------------------------------------------------------------------------


def made(document: Document, span: Span, lines: Mapping[str, str]) -> Claim:
    """A claim that a person adds: the words of a report that say it, and a line of text for each part of it.

    The claim's id is drawn from what it says, so that adding the same twice is noticed.

    Raises:
        InputError: the words are none, or a line is not of its part's form; ``what`` names the part.
    """
    if not 0 <= span.start < span.end <= len(document.text) or not span.of(document.text).strip():
        raise InputError("words", "none are marked", "mark the words of the report that say it")
    words = span.of(document.text)
    start = span.start + len(words) - len(words.lstrip())
    span = Span(start, start + len(words.strip()))
    words = span.of(document.text)
    event = byname.code("event", lines.get("event") or "")
    asked = {slot: " ".join((lines.get(slot) or "").split()) for slot in SLOTS}
    key = json.dumps([document.id, span.start, span.end, asked], ensure_ascii=False)
    claim = Claim(
        id=f"h{hashlib.sha256(key.encode()).hexdigest()[:15]}",
        doc=document.id,
        event=event,
        trigger=Trigger(words, span),
        span=span,
        text=words,
        confidence=1.0,
    )
    said = []
    for slot, line in asked.items():
        if line and slot != "event":
            try:
                value = read(line, slot, claim, document.text)
            except InputError as error:
                raise InputError(slot, f"{error.what}: {error.why}", error.mend) from None
            said.append(Review(claim.id, document.id, "", Verdict.CORRECT, EPOCH, slot, value))
    return reviewed(claim, said)


# -- agreement -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two reviewers judged the claims that both of them judged.

    ``kappa`` is Cohen's (1960) over accept, correct and reject; None where it is not defined: no claim in common, or
    both gave one and the same verdict throughout.
    """

    first: str
    second: str
    claims: int
    same: int
    kappa: float | None
    apart: tuple[str, ...]
    """Ids of the claims on which they differ."""


def agreement(reviews: Iterable[Review]) -> tuple[Agreement, ...]:
    """Every pair of reviewers with claims in common, by name; of each reviewer and claim the last verdict counts."""
    said: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for review in reviews:
        if review.undone is None:
            said[review.reviewer][review.claim] = review.verdict
    found = []
    names = sorted(said)
    for at, first in enumerate(names):
        for second in names[at + 1 :]:
            common = [key for key in said[first] if key in said[second]]
            if common:
                pairs = [(said[first][key], said[second][key]) for key in common]
                apart = tuple(key for key, (a, b) in zip(common, pairs, strict=True) if a is not b)
                found.append(Agreement(first, second, len(pairs), len(pairs) - len(apart), kappa(pairs), apart))
    return tuple(found)


def kappa(pairs: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    """Cohen's kappa of paired verdicts.

    >>> accept, reject = Verdict.ACCEPT, Verdict.REJECT
    >>> kappa([(accept, accept), (reject, reject), (accept, reject), (accept, accept)])
    0.5
    """
    if not pairs:
        return None
    observed = sum(a is b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[v] * second[v] for v in Verdict) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


# -- values as lines of text -----------------------------------------------------------------------------------------


def written(claim: Claim, slot: str) -> str:
    """A slot's value as the line that :func:`read` takes."""
    record: dict[str, Any] = claim_record(claim)
    if slot == "date":
        days = [day for day in (record["date"], record["enddate"]) if day]
        return "/".join(dict.fromkeys(days))
    value = record[slot]
    if slot in _PARTIES:
        mentions = {"actor": claim.actors, "recipient": claim.recipients}.get(
            slot, tuple(s.mention for s in claim.sources)
        )
        return "; ".join(_party_line(mention.party) for mention in mentions)
    if slot == "counts":
        return "; ".join(_count_written(one) for one in value)
    if slot == "event_loc":
        return _place_written(value) if value else ""
    return claim.event if slot == "event" else ", ".join(map(str, value))


def read(line: str, slot: str, claim: Claim, text: str) -> str:
    """The JSON of a slot's value, from the line that a person entered; ``text`` is the document's.

    Values that are named with words of the text point at them; where the words are not there, at the claim itself.

    Raises:
        InputError: the line is not of the slot's form; the message says which form it has.
    """
    line = " ".join(line.split())
    if slot not in SLOTS:
        raise InputError(slot, "no slot of a claim", f"the slots are {', '.join(SLOTS)}")
    value = _READERS[slot](line, claim, text)
    fresh = json.dumps(value, ensure_ascii=False)
    # What the record's reader would refuse is refused here, while the person is still there to mend it.
    trial = Review(claim.id, claim.doc, "", Verdict.CORRECT, EPOCH, slot, fresh)
    reviewed(claim, [trial])
    return fresh


def _party_line(party: Party) -> str:
    key = "-".join((party.code, *party.sectors))
    return key if party.name in ("", party.code, _states().get(party.code)) else f"{key} {party.name}"


def _count_written(count: Mapping[str, Any]) -> str:
    low, high = count["low"], count["high"]
    number = count["text"] if low is None or high is None else str(low) if low == high else f"{low}-{high}"
    return " ".join(part for part in (count["kind"], number, count["unit"]) if part)


def _place_written(place: Mapping[str, Any]) -> str:
    name: str = place["name"] + (f", {place['country']}" if place["country"] else "")
    if place["geonames_id"] is None and place["lat"] is not None and place["lon"] is not None:
        name += f" {place['lat']:g} {place['lon']:g}"
    return name


def _read_event(line: str, claim: Claim, text: str) -> str:
    return byname.code("event", line)


def _listed(line: str) -> list[str]:
    return [part.strip() for part in re.split("[;,]", line) if part.strip()]


def _read_modes(line: str, claim: Claim, text: str) -> list[str]:
    return _coded("mode", line)


def _read_contexts(line: str, claim: Claim, text: str) -> list[str]:
    return [byname.context(part) for part in _listed(line)]


def _read_aux(line: str, claim: Claim, text: str) -> list[str]:
    return [one for one in _coded("firmness", line) if one != "none"]


def _coded(kind: str, line: str) -> list[str]:
    """Words of the interface in a row; some of them hold commas."""
    whole = " ".join(line.split()).lower()
    if whole in {label.lower() for label in acts.labels(kind).values()}:
        return [byname.code(kind, line)]
    found, rest = [], whole
    for key, label in sorted(acts.labels(kind).items(), key=lambda pair: -len(pair[1])):
        if "," in label and label.lower() in rest:
            found.append(key)
            rest = rest.replace(label.lower(), "")
    return found + [byname.code(kind, part) for part in _listed(rest)]


def _read_parties(line: str, claim: Claim, text: str, old: Sequence[Mention]) -> list[dict[str, Any]]:
    found = []
    for part in filter(None, (part.strip() for part in line.split(";"))):
        party = party_of(part)
        # The same party as before keeps the words it was read from.
        forms = (_party_line, byname.party_line)
        same = next((m for m in old if any(part == form(m.party) for form in forms)), None)
        words, start, end = (same.text, same.span.start, same.span.end) if same else _place_of(party.name, claim, text)
        if same is not None:
            party = same.party
        found.append(
            {
                "code": party.code,
                "sector": list(party.sectors),
                "name": party.name or _states().get(party.code, ""),
                "entity_text": words,
                "start": start,
                "end": end,
            }
        )
    return found


def party_of(line: str) -> Party:
    """The party that a line names: ``Jaish al-Islam``, ``Khawaja Asif, Pakistan``; or by code, ``SYR-REB Jaish al-Islam``.

    Raises:
        InputError: it names none.
    """
    found = _PARTY.fullmatch(line.strip())
    sectors = tuple(filter(None, found["sectors"].split("-"))) if found else ()
    coded = found is not None and (found["code"] in BLOCS or found["code"] in _states())
    if found is None or not coded or not all(one in ontology.sectors() for one in sectors):
        return byname.party(line)
    return Party(found["code"], sectors, (found["name"] or "").strip())


def _read_actors(line: str, claim: Claim, text: str) -> list[dict[str, Any]]:
    return _read_parties(line, claim, text, claim.actors)


def _read_recipients(line: str, claim: Claim, text: str) -> list[dict[str, Any]]:
    return _read_parties(line, claim, text, claim.recipients)


def _read_sources(line: str, claim: Claim, text: str) -> list[dict[str, Any]]:
    entities = _read_parties(line, claim, text, [s.mention for s in claim.sources])
    cues = {s.mention.span: s for s in claim.sources}
    for entity in entities:
        source = next(
            (s for span, s in cues.items() if (span.start, span.end) == (entity["start"], entity["end"])), None
        )
        cue = source.cue_span if source else None
        entity |= {"cue": source.cue if source else "", "cue_span": [cue.start, cue.end] if cue else None}
    return entities


def _read_counts(line: str, claim: Claim, text: str) -> list[dict[str, Any]]:
    found = []
    for part in filter(None, (part.strip() for part in line.split(";"))):
        coded = _COUNT.fullmatch(part)
        if coded is not None and coded["kind"].lower() in set(CountKind):
            kind = CountKind(coded["kind"].lower())
            low = int(coded["low"].replace(",", "")) if coded["low"] else None
            high = int(coded["high"].replace(",", "")) if coded["high"] else low
            words, unit, bound = coded["low"] or coded["words"] or "", coded["unit"] or "", None
        else:
            kind, low, high, bound, unit, words = byname.figure(part, [c.kind for c in claim.counts])
        same = next(
            (c for c in claim.counts if (c.low, c.high) == (low, high) and (low is not None or c.text == words)),
            None,
        )
        words = same.text if same else words
        if low is None and words not in text:
            raise InputError(
                f"count {part!r}", "its words do not stand in the report", "take them as the report has them"
            )
        words, start, end = (same.text, same.span.start, same.span.end) if same else _place_of(words, claim, text)
        found.append(
            {
                "kind": kind.value,
                "low": low,
                "high": high,
                "best": low if low == high else None,
                "unit": unit,
                "text": words,
                "bound": (same.bound if same and bound is None else bound or bound_of(words)).value,
                "start": start,
                "end": end,
            }
        )
    return found


def _read_date(line: str, claim: Claim, text: str) -> dict[str, Any]:
    old = claim.when
    if not line:
        return {"date": None, "enddate": None, "date_text": None, "date_span": None}
    days = byname.days(line)
    words = old.text if old else claim.text
    span = old.span if old else claim.span
    return {
        "date": days[0].isoformat(),
        "enddate": days[-1].isoformat(),
        "date_text": words,
        "date_span": [span.start, span.end],
    }


def _read_place(line: str, claim: Claim, text: str) -> dict[str, Any] | None:
    if not line:
        return None
    found = _PLACE.fullmatch(line)
    if found is None or not any(ch.isalpha() for ch in found["name"]):
        raise InputError(
            f"place {line!r}", "not a place", "write it as in Lahore, Pakistan, or Camp Nine, Pakistan 31.5 74.3"
        )
    name, country = found["name"].strip(), found["country"]
    if country is None and "," in name and (of := byname.country(name.rpartition(",")[2])):
        name, country = name.rpartition(",")[0].strip(), of
    if country is None and (of := byname.country(name)):
        country, name = of, _states()[of]
    words, start, end = _place_of(name, claim, text)
    lat, lon = (float(found["lat"]), float(found["lon"])) if found["lat"] else (None, None)
    town, precision = None, "point" if lat is not None else "area"
    if lat is None:
        named = [town for town in gazetteer.towns(name) if country in (None, town.country)]
        if named:
            town, precision = named[0], "city"
            lat, lon, country = town.lat, town.lon, town.country
        elif _states().get(country or "") == name:
            precision = "country"
    return {
        "name": name,
        "country": country,
        "lat": lat,
        "lon": lon,
        "geonames_id": town.id if town else None,
        "precision": precision,
        "text": words,
        "start": start,
        "end": end,
    }


def _place_of(words: str, claim: Claim, text: str) -> tuple[str, int, int]:
    """Where words stand: in the claim, else in the document; where nowhere, the claim itself stands for them."""
    if words:
        at = claim.text.find(words)
        if at >= 0:
            return words, claim.span.start + at, claim.span.start + at + len(words)
        at = text.find(words)
        if at >= 0:
            return words, at, at + len(words)
    return claim.text, claim.span.start, claim.span.end


@cache
def _states() -> dict[str, str]:
    return {entry["code"]: entry["name"] for entry in lexicon.load("states")["state"]}


_READERS: dict[str, Callable[[str, Claim, str], Any]] = {
    "event": _read_event,
    "mode": _read_modes,
    "context": _read_contexts,
    "aux": _read_aux,
    "actor": _read_actors,
    "recipient": _read_recipients,
    "sources": _read_sources,
    "counts": _read_counts,
    "date": _read_date,
    "event_loc": _read_place,
}
