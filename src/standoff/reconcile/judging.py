"""How likely what is found to part two accounts is a dispute that an editor would print: signs of the whole of it, weighed by trees.

Comparators see two claims, or two figures. Here is seen what they cannot: how surely both sides were read, by how many reports, who
they are, and how much of the incident speaks of it. The trees are data (``judging.json``), fitted by ``scripts/fit_judging.py`` on
what the comparators found in archives whose truth is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from standoff.model import BLOCS, OFFICIAL, SPOKEN, Claim, DisputeKind, Mention, Question, shared_code
from standoff.reconcile import clash
from standoff.reconcile.clash import Voice
from standoff.reconcile.facts import SPEECH
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.reconcile.told import denies, outright
from standoff.trees import Trees, shipped, trees

SIGNS = (
    *(kind.value for kind in DisputeKind), "began", "asked", "mediated",
    "apart", "found", "narrowed", "parties", "outlets", "answering",
    "surest_least", "surest_most", "sure_least", "sure_most", "claims_least", "claims_most", "reports", "one_report",
    "voices", "days", "blocs", "states", "fighting", "opposed", "share_least", "share_most",
    "likely_most", "likely_mean", "clash_most", "clash_mean", "denying", "outright", "speech", "of_incident", "size", "incident_reports",
    "nil", "least_number", "most_number", "ratio", "named_least", "bodies_least", "pronouns_most", "by_deed_most",
    "acted_most", "one_speaker", "sound", *(f"pair_{name}" for name in clash.SIGNS),
)  # fmt: skip
_DENYING = SIGNS.index("denying")
HEARD = 6
"""So many claims of a side are looked at, the last that it told."""


def signs(scene: Scene, put: Put) -> list[float]:
    """The signs of a question on which two accounts are held to part, in the order of :data:`SIGNS`."""
    v = dict.fromkeys(SIGNS, 0.0)
    lines = [line for line in put.lines if line.party in put.parting]
    if put.kind is not None:
        v[put.kind.value] = 1.0
    v["began"], v["asked"], v["mediated"] = (
        put.question is one for one in (Question.BEGAN, Question.ASKED, Question.MEDIATED)
    )
    v["apart"], v["found"], v["narrowed"] = put.apart, put.found, put.narrowed
    v["parties"], v["outlets"] = len(lines), sum(not scene.named(line.party) for line in put.lines)
    v["answering"] = len(put.lines)
    surest = sorted(max((c.confidence for c in line.claims), default=0.0) for line in lines)
    sure = sorted(sum(c.confidence for c in line.claims) / (len(line.claims) or 1) for line in lines)
    numbers = sorted(len(line.claims) for line in lines)
    v["surest_least"], v["surest_most"] = surest[-2:] if len(surest) > 1 else (0.0, 0.0)
    v["sure_least"], v["sure_most"] = sure[-2:] if len(sure) > 1 else (0.0, 0.0)
    v["claims_least"], v["claims_most"] = (numbers[-2], numbers[-1]) if len(numbers) > 1 else (0, 0)
    held = {c.id: c for line in lines for c in line.claims}
    reports = {c.doc for c in held.values()}
    v["reports"], v["one_report"] = len(reports), len(reports) == 1
    v["voices"] = len({scene.archive.voices.get(key, key) for key in held})
    days = [day for doc in reports if (day := scene.archive.published.get(doc))]
    v["days"] = math.log1p((max(days) - min(days)).days) if days else 0.0
    codes = [line.party.split("-")[0] for line in lines]
    v["blocs"] = sum(code in BLOCS for code in codes)
    v["states"] = sum(len(code) == 3 and code.isupper() and code not in BLOCS for code in codes)
    v["fighting"] = sum(line.party in scene.archive.fighting for line in lines)
    v["opposed"] = sum(line.party in scene.opposed for line in lines)
    shares = sorted(scene.archive.shares.get(line.party, 0.0) for line in lines)
    v["share_least"], v["share_most"] = (shares[0], shares[-1]) if shares else (0.0, 0.0)
    _speakers(lines, v)
    _pairs(scene, lines, v)
    v["denying"] = sum(any(map(denies, line.claims[-HEARD:])) for line in lines)
    v["outright"] = sum(any(map(outright, line.claims[-HEARD:])) for line in lines)
    v["speech"] = sum(c.event in SPEECH for c in held.values()) / (len(held) or 1)
    v["of_incident"] = sum(c.id in held for c in scene.told) / (len(scene.told) or 1)
    v["sound"] = scene.sound
    v["size"], v["incident_reports"] = math.log1p(len(scene.told)), len({c.doc for c in scene.told})
    figures = sorted(line.high for line in lines if line.high is not None)
    if figures:
        v["nil"], v["least_number"], v["most_number"] = figures[0] == 0, math.log1p(figures[0]), math.log1p(figures[-1])
        v["ratio"] = v["most_number"] - v["least_number"]
    return [float(v[name]) for name in SIGNS]


def _speakers(lines: Sequence[Draft], v: dict[str, float]) -> None:
    """How the sides are told: by name, as a body that speaks for one, by a pronoun, or only as who does what is told."""
    shares = []
    for line in lines:
        told = [_speaker(line.party, claim) for claim in line.claims[-HEARD:]]
        known = [one for one in told if one is not None]
        of = len(told) or 1
        shares.append(
            (
                sum(any(ch.isupper() for ch in one.text) for one in known) / of,
                sum("-" in shared_code(line.party)[0] or bool(OFFICIAL & set(one.party.sectors)) for one in known) / of,
                sum(len(one.text) <= SHORT for one in known) / of,
                sum(not claim.sources for claim in line.claims[-HEARD:]) / of,
                sum(not claim.sources and claim.event in ACTED for claim in line.claims[-HEARD:]) / of,
            )
        )
    if shares:
        named, bodies, pronouns, deeds, acted = zip(*shares, strict=True)
        v["named_least"], v["bodies_least"], v["pronouns_most"], v["by_deed_most"], v["acted_most"] = (
            min(named), min(bodies), max(pronouns), max(deeds), max(acted),
        )  # fmt: skip
    said = [{(c.doc, s.mention.text.casefold()) for c in line.claims[-HEARD:] for s in c.sources} for line in lines]
    v["one_speaker"] = any(a & b for a, b in combinations(said, 2))


ACTED = SPOKEN - SPEECH
"""What a report tells a party to have said or done to another, without its account of anything."""
SHORT = 4
"""Letters of the longest pronoun that speaks, and of hardly any name."""


def _speaker(party: str, claim: Claim) -> Mention | None:
    """By what words a claim's holder is told, where any are."""
    of = party.split("-")[0]
    mentions = [s.mention for s in claim.sources] or list(claim.actors)
    return next((m for m in mentions if m.party.key == party or m.party.code == of or m.party.name == party), None)


def _pairs(scene: Scene, lines: Sequence[Draft], v: dict[str, float]) -> None:
    """What the claims of any two sides say beside each other, and the signs of the two that clash most."""

    def voice(party: str, claim: Claim) -> Voice:
        return Voice(party, claim, scene.facts[claim.id], scene.archive.shares.get(party, 0.0))

    two = [
        (voice(a.party, x), voice(b.party, y))
        for a, b in combinations(sorted(lines, key=lambda line: line.party), 2)
        for x in a.claims[-HEARD:]
        for y in b.claims[-HEARD:]
        if x.id != y.id
    ]
    if not two:
        return
    likely = [scene.likely(a.claim, b.claim) for a, b in two]
    rows = [clash.signs(a, b, one, True, scene.archive.weights) for (a, b), one in zip(two, likely, strict=True)]
    sure = clash.model()[0].likelihoods(rows)
    v["likely_most"], v["likely_mean"] = max(likely), sum(likely) / len(likely)
    best = sorted(sure, reverse=True)[:3]
    v["clash_most"], v["clash_mean"] = best[0], sum(best) / len(best)
    first = max(range(len(two)), key=lambda at: (sure[at], likely[at], -at))
    v.update({f"pair_{name}": value for name, value in zip(clash.SIGNS, rows[first], strict=True)})


@dataclass(frozen=True, slots=True)
class Model:
    """How the signs are weighed, and from where on a dispute is shown: of several reports, and of one that is read alone."""

    trees: Trees
    shown: float
    alone: float


@cache
def model() -> Model:
    """The weights that come with standoff."""
    told, order = shipped("standoff.reconcile", "judging.json", SIGNS)
    return Model(trees(told["trees"], order), told["shown"], told["alone"])


def limit(reports: int) -> float:
    """From where on a dispute of so many reports is shown: in one that is read alone both sides stand before the reader."""
    return model().alone if reports == 1 else model().shown


UNDENIED = 0.55
"""No likelier is what no side denies, figures and words of a statement apart: in archives written for this more than half of it is right,
in news that editors judged hardly any (`docs/accuracy.md`); so it stands behind the fold."""


def likelihood(scene: Scene, put: Put) -> float:
    """How likely it is a dispute."""
    row = signs(scene, put)
    likely = model().trees.likelihoods([row])[0]
    told = put.kind in {DisputeKind.COUNT, DisputeKind.READOUT} or row[_DENYING] > 0
    return likely if told else min(likely, UNDENIED)
