"""Claims against hand-coded gold: which are found, and which of their slots are right.

A predicted claim matches a gold claim when its type is among the gold types and its trigger stands in the gold
evidence, or its clause overlaps it; pairs are taken best agreement first, one to one. Optional gold claims cost
nothing whether found or not. Strict counts a claim as right only when actor, recipient and source are.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.evaluate.tally import Tally
from standoff.evaluate.text import excerpt
from standoff.ingest import english
from standoff.model import Claim, Dispute, Document
from standoff.records import claim_record, dispute_record

Record = Mapping[str, Any]
BLOCS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "UNK"})
STRICT = ("actor", "recipient", "source")
MEND = "it has doc, text, published, and claims with id, event and evidence"


@dataclass(frozen=True, slots=True)
class Gold:
    """One hand-coded report."""

    document: Document
    claims: tuple[dict[str, Any], ...]
    disputes: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Score:
    """The table of one run over a gold folder."""

    events: Tally = field(default_factory=Tally)
    strict: Tally = field(default_factory=Tally)
    counts: Tally = field(default_factory=Tally)
    disputes: Tally = field(default_factory=Tally)
    dispute_kinds: int = 0
    dispute_types: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """By kind: right are those found with the right parties and of that kind."""
    slots: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[str] = field(default_factory=list)


def load(root: Path) -> Iterator[Gold]:
    """Gold reports under a folder, each a ``gold.json`` with its text beside it.

    Raises:
        InputError: a gold file is not well formed, or its evidence is not in the text.
    """
    for path in sorted(root.rglob("gold.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            beside = (path.parent / data["text"]).resolve()
            if not beside.is_relative_to(root.resolve()):
                raise ValueError(f"its text lies elsewhere, at {beside}")
            text = beside.read_text(encoding="utf-8")
            published = date.fromisoformat(data["published"]) if data.get("published") else None
            digest, language = hashlib.sha256(text.encode()).hexdigest(), data.get("language") or english.detect(text)
            document = Document(data["doc"], text, digest, published=published, language=language)
            claims = tuple(_placed(claim, text) for claim in data["claims"])
            yield Gold(document, claims, tuple(data.get("disputes", ())))
        except OSError as error:
            raise InputError(str(path), f"{error.filename}: {error.strerror}", "the text lies beside it") from None
        except KeyError as error:
            raise InputError(str(path), f"no gold file: it lacks {error}", MEND) from None
        except (ValueError, TypeError, AttributeError) as error:
            raise InputError(str(path), f"no gold file: {error}", MEND) from None


def _placed(claim: dict[str, Any], text: str) -> dict[str, Any]:
    """With ``start`` and ``end`` of the evidence, or the evidence of ``start`` and ``end``."""
    if "evidence" not in claim:
        return {**claim, "evidence": text[claim["start"] : claim["end"]]}
    start = text.find(claim["evidence"])
    if start < 0:
        raise ValueError(f"the evidence of {claim['id']} is not in the text word for word")
    return {**claim, "start": start, "end": start + len(claim["evidence"])}


def _key(entity: Any) -> str:
    if not isinstance(entity, Mapping):
        return str(entity).upper()
    code = (entity.get("code") or "UNK").upper()
    sectors = entity.get("sector") or []
    for mark in ("REB", "PRE"):
        if mark in sectors and code not in BLOCS:
            return f"{code}-{mark}"
    return code


def _keys(entities: Any) -> set[str]:
    return {_key(e) for e in entities or []} - {"UNK"}


def _level(gold: set[str], found: set[str]) -> tuple[set[str], set[str]]:
    """UNO and EUR pass for IGO, and IMG for any armed group (GOLD rule 2)."""

    def coarse(keys: set[str]) -> set[str]:
        return {"IGO" if k in {"UNO", "EUR"} else k for k in keys}

    gold, found = coarse(gold), coarse(found)
    if "IMG" in gold | found:
        gold = {"IMG" if k.endswith("-REB") else k for k in gold}
        found = {"IMG" if k.endswith("-REB") else k for k in found}
    return gold, found


def _same(gold: set[str], found: set[str]) -> bool:
    gold, found = _level(gold, found)
    if not gold and not found:
        return True
    return len(gold & found) / max(1, len(gold | found)) >= 0.5


def _figures(claim: Record) -> set[tuple[str, int, int]]:
    return {
        (c["kind"], int(c["low"]), int(c["high"]))
        for c in claim.get("counts") or []
        if c.get("low") is not None and c.get("high") is not None
    }


def compare(gold: Record, found: Record) -> dict[str, bool]:
    """Slot by slot agreement of one reading of a gold claim with a predicted one."""
    gold_actor, gold_recipient = _keys(gold.get("actor")), _keys(gold.get("recipient"))
    actor, recipient = _keys(found.get("actor")), _keys(found.get("recipient"))
    if gold.get("reciprocal"):
        actor_ok = recipient_ok = _same(gold_actor | gold_recipient, actor | recipient)
    else:
        actor_ok = _same(gold_actor, actor)
        recipient_ok = _same(gold_recipient, recipient) if gold.get("recipient") else True
    sources = found.get("sources") or []
    if gold.get("any_source"):
        source_ok = True
    elif not gold.get("sources"):
        source_ok = not sources
    else:
        wanted, first = _level(_keys(gold.get("sources")), _keys(sources[:1]))
        source_ok = bool(sources) and (bool(wanted & first) or not wanted)
    slots = {
        "actor": actor_ok,
        "recipient": recipient_ok,
        "source": source_ok,
        "aux": set(gold.get("aux", [])) == set(found.get("aux") or []),
    }
    if gold.get("date"):
        slots["date"] = found.get("date") == gold["date"]
    if gold.get("place"):
        place = ((found.get("event_loc") or {}).get("name") or "").lower()
        slots["place"] = bool(place) and (gold["place"].lower() in place or place in gold["place"].lower())
    if gold.get("mode"):
        slots["mode"] = bool(set(gold["mode"]) & set(found.get("mode") or []))
    return slots


def _variants(gold: Record) -> Iterator[Record]:
    yield gold
    for alternative in gold.get("alternatives", []):
        yield {**gold, **alternative}


def match(gold_claims: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record, dict[str, bool]]]:
    """Pairs of gold and predicted claims with the agreement of their slots."""
    pairs = []
    for g in gold_claims:
        for i, p in enumerate(found):
            if p["event"] not in g["event"]:
                continue
            at = (p.get("trigger") or {}).get("start", p["start"])
            inside = g["start"] <= at < g["end"]
            if not inside and min(g["end"], p["end"]) <= max(g["start"], p["start"]):
                continue
            best = max((compare(v, p) for v in _variants(g)), key=lambda s: sum(s.values()))
            rank = sum(best.values()) + 2 * inside + (_figures(g) == _figures(p)) - 0.5 * bool(g.get("optional"))
            pairs.append((rank, g["id"], i, g, p, best))
    used: set[str] = set()
    taken: set[int] = set()
    matched = []
    for _, key, i, g, p, slots in sorted(pairs, key=lambda x: (-x[0], x[1], x[2])):
        if key not in used and i not in taken:
            used.add(key)
            taken.add(i)
            matched.append((g, p, slots))
    return matched


def right(gold: Gold, coded: Sequence[Claim]) -> dict[str, bool]:
    """Whether each claim of a report is one that the gold has, right in its parties, its source and its modes; by id.

    One of what the gold leaves open is neither.
    """
    found: list[Record] = [claim_record(claim) for claim in coded]
    held = {record["id"]: False for record in found}
    for wanted, record, slots in match(gold.claims, found):
        if wanted.get("optional"):
            held.pop(record["id"], None)
        else:
            held[record["id"]] = all(slots[slot] for slot in STRICT)
    return held


def score(golds: Iterable[Gold], coded: Mapping[str, Sequence[Claim]], disputes: Sequence[Dispute] = ()) -> Score:
    """The whole table, with every miss, false claim and wrong slot in ``misses``."""
    total = Score()
    for gold in golds:
        doc = gold.document.id
        found: list[Record] = [claim_record(c) for c in coded.get(doc, ())]
        matched = match(gold.claims, found)
        by_gold = {g["id"]: p for g, p, _ in matched}
        optional = {id(p) for g, p, _ in matched if g.get("optional")}
        required = [g for g in gold.claims if not g.get("optional")]
        total.events.found += len(found) - len(optional)
        total.events.wanted += len(required)
        for p in found:
            if id(p) not in optional:
                total.types[p["event"]].found += 1
        g: Record
        for g in required:
            total.types[by_gold[g["id"]]["event"] if g["id"] in by_gold else g["event"][0]].wanted += 1
        text = gold.document.text
        for g, p, slots in matched:
            if g.get("optional"):
                continue
            total.events.right += 1
            total.types[p["event"]].right += 1
            total.strict.right += all(slots[s] for s in STRICT)
            for name, ok in slots.items():
                total.slots[name].right += ok
                total.slots[name].wanted += 1
            wrong = "; ".join(f"{s} {_told(p, s)}, not {_told(g, s)}" for s, ok in slots.items() if not ok)
            if wrong:
                total.misses.append(f"SLOT {doc} {g['id']}: {wrong}: {excerpt(text, g['start'], g['end'])}")
        for g in required:
            wanted = _figures(g)
            got = _figures(by_gold[g["id"]]) if g["id"] in by_gold else set()
            total.counts.wanted += len(wanted)
            total.counts.right += len(wanted & got)
            if wanted - got:
                told = f"{_told_figures(got)}, not {_told_figures(wanted)}"
                total.misses.append(f"COUNT {doc} {g['id']}: {told}: {excerpt(text, g['start'], g['end'])}")
            if g["id"] not in by_gold:
                total.misses.append(
                    f"MISS {doc} {g['id']} {'/'.join(g['event'])}: {excerpt(text, g['start'], g['end'])}"
                )
        total.counts.found += sum(len(_figures(p)) for p in found if id(p) not in optional)
        taken = {id(p) for _, p, _ in matched}
        total.misses.extend(
            f"FALSE {doc} {p['event']} {p['trigger']['text']}: {excerpt(text, p['start'], p['end'])}"
            for p in found
            if id(p) not in taken
        )
        _score_disputes(total, gold, by_gold, [dispute_record(d) for d in disputes if doc in d.docs])
    total.strict.found, total.strict.wanted = total.events.found, total.events.wanted
    return total


def _told(claim: Record, slot: str) -> str:
    """What a gold or predicted claim has in a slot, for a list of misses."""
    value: Any = (claim.get("event_loc") or {}).get("name") if slot == "place" and "event_loc" in claim else None
    value = value or claim.get({"source": "sources"}.get(slot, slot))
    if isinstance(value, str):
        return value
    words = sorted({_key(one) if slot in STRICT else str(one) for one in value or ()})
    return "+".join(words) or "none"


def _told_figures(figures: set[tuple[str, int, int]]) -> str:
    return (
        ", ".join(f"{kind} {low}" + (f" to {high}" if high != low else "") for kind, low, high in sorted(figures))
        or "none"
    )


def _score_disputes(total: Score, gold: Gold, by_gold: Mapping[str, Record], found: list[dict[str, Any]]) -> None:
    total.disputes.wanted += len(gold.disputes)
    total.disputes.found += len(found)
    gold_of = {p["id"]: key for key, p in by_gold.items()}
    free = list(found)
    for d in found:
        total.dispute_types[d["kind"]].found += 1
    for g in gold.disputes:
        total.dispute_types[g["kind"]].wanted += 1
        parties = {x["party"] for x in g["positions"]}
        about = set(g.get("about", [])) | {c for x in g["positions"] for c in x["claims"]}
        for d in free:
            held = {gold_of.get(c) for x in d["positions"] for c in x["claims"]} - {None}
            if parties <= {x["party"] for x in d["positions"]} and about & held:
                total.disputes.right += 1
                total.dispute_kinds += d["kind"] == g["kind"]
                total.dispute_types[g["kind"]].right += d["kind"] == g["kind"]
                free.remove(d)
                break
        else:
            total.misses.append(f"DISPUTE {gold.document.id} {g['id']} {g['kind']} {sorted(parties)}: not found")
