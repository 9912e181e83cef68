"""Reconcile every crisis of a folder, from claims as they are read and from claims written from its truth, and write what
`score_crises.py` scores: OUT/{read,gold}/NAME/{claims,disputes,incidents,questions}.jsonl.

    python scripts/reconcile_crises.py tests/crises out [--gold] [--read] [--keep CACHE]

``--keep`` holds the claims between runs, so that only reconciling is done again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from standoff import reconcile
from standoff.claims import from_doc
from standoff.evaluate import crises, written
from standoff.language import pipeline
from standoff.model import Claim
from standoff.reconcile import dossier
from standoff.records import asked_record, claim_record, dispute_record, dossier_record, dumps, read_claims


def claims_of(crisis: crises.Crisis, kind: str) -> Sequence[Claim]:
    if kind == "gold":
        return written.gold_claims(crisis)
    return [c for d in crisis.documents for c in from_doc(pipeline.annotate(d), d)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("crises", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold", action="store_true", help="claims written from the truth only")
    parser.add_argument("--read", action="store_true", help="claims as they are read only")
    parser.add_argument("--keep", type=Path, help="a folder that holds the claims between runs")
    args = parser.parse_args()
    kinds = [k for k in ("read", "gold") if getattr(args, k)] or ["read", "gold"]
    for folder in sorted(path.parent for path in args.crises.glob("*/truth.json")):
        crisis = crises.load(folder)
        for kind in kinds:
            kept = args.keep / kind / f"{crisis.name}.jsonl" if args.keep else None
            if kept and kept.exists():
                with kept.open(encoding="utf-8") as lines:
                    claims: Sequence[Claim] = list(read_claims(lines, str(kept)))
            else:
                claims = claims_of(crisis, kind)
                if kept:
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    kept.write_text("".join(dumps(claim_record(c)) + "\n" for c in claims), encoding="utf-8")
            write(args.out / kind / crisis.name, crisis, claims)


def write(out: Path, crisis: crises.Crisis, claims: Sequence[Claim]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    found = reconcile(claims, crisis.documents)
    dossiers = dossier.draw(found, {c.id: c for c in claims}, crisis.documents)
    rows = {
        "claims": [claim_record(c) for c in claims],
        "disputes": [dispute_record(d) for d in found.standing],
        "incidents": [dossier_record(d) for d in dossiers],
        "questions": [asked_record(q) for q in found.questions],
        "documents": [{"id": d.id, "url": d.url} for d in crisis.documents],
    }
    for name, records in rows.items():
        text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        (out / f"{name}.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
