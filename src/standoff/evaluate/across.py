"""Accounts across reports: which gold claims of several reports come together, and which disputes are found between them.

A folder of gold reports may hold ``NAME.disputes.json``: ``docs``, ``incidents`` (each with ``claims``, as
``report/claim``) and ``disputes`` (``kind`` and ``positions``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standoff.errors import InputError
from standoff.evaluate import links
from standoff.evaluate.claims import Gold, match
from standoff.evaluate.tally import Tally
from standoff.model import Claim, Reconciliation, shared_code
from standoff.reconcile import reconcile
from standoff.records import claim_record


@dataclass(frozen=True, slots=True)
class Case:
    """Gold incidents and disputes over some of a folder's reports."""

    name: str
    docs: frozenset[str]
    incidents: tuple[frozenset[str], ...]
    disputes: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How claims came together, and disputes found with the right parties."""

    links: links.Scores
    disputes: Tally


def load(root: Path) -> Iterator[Case]:
    """The cases of a folder.

    Raises:
        InputError: a file is not well formed.
    """
    for path in sorted(root.rglob("*.disputes.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            yield Case(
                path.name.removesuffix(".disputes.json"),
                frozenset(data["docs"]),
                tuple(frozenset(i["claims"]) for i in data["incidents"]),
                tuple(data.get("disputes", ())),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(str(path), f"not well formed: {error!r}", "it has docs, incidents and disputes") from None


def score(case: Case, golds: Sequence[Gold], coded: Mapping[str, Sequence[Claim]]) -> Result:
    """Reconcile the coded claims of all the case's reports together, and compare."""
    reports = [gold for gold in golds if gold.document.id in case.docs]
    claims = [claim for gold in reports for claim in coded.get(gold.document.id, ())]
    found = reconcile(claims, [gold.document for gold in reports])
    gold_of: dict[str, str] = {}
    for gold in reports:
        records = [claim_record(c) for c in coded.get(gold.document.id, ())]
        gold_of |= {p["id"]: f"{gold.document.id}/{g['id']}" for g, p, _ in match(gold.claims, records)}
    return Result(_links(case, found, gold_of), _disputes(case, found, gold_of))


def _links(case: Case, found: Reconciliation, gold_of: Mapping[str, str]) -> links.Scores:
    named = frozenset().union(*case.incidents)
    together: dict[str, set[str]] = defaultdict(set)
    for incident in found.incidents:
        for claim in incident.claims:
            if gold_of.get(claim) in named:
                together[incident.id].add(gold_of[claim])
    alone = named - {key for held in together.values() for key in held}
    response = [frozenset(held) for held in together.values()] + [frozenset({key}) for key in sorted(alone)]
    return links.score(list(case.incidents), response)


def _disputes(case: Case, found: Reconciliation, gold_of: Mapping[str, str]) -> Tally:
    free = list(found.standing)
    tally = Tally(0, len(free), len(case.disputes))
    for gold in case.disputes:
        parties = {p["party"] for p in gold["positions"]}
        about = {key for p in gold["positions"] for key in p["claims"]}
        for one in free:
            # Across reports every outlet has an account of its own; gold calls any of them "outlet".
            held = {"outlet" if p.party.startswith("outlet:") else shared_code(p.party)[0] for p in one.positions}
            carried = {gold_of.get(key) for p in one.positions for key in p.claims}
            if parties <= held and about & carried and one.kind.value == gold["kind"]:
                tally.right += 1
                free.remove(one)
                break
    return tally
