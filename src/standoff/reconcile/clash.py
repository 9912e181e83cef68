"""How likely two accounts of one happening cannot both hold, figures apart: signs of two claims of two parties, weighed by trees.

A denial is the plainest sign, and not the only one: "rescued" against "abducted", "left of their own accord" against "driven out".
The trees are data (``clash.json``), fitted by ``scripts/fit_clash.py`` on disputes that are known.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from standoff.model import BLOCS, AuxMode, Claim
from standoff.reconcile.facts import Facts
from standoff.reconcile.pairs import NONE, Weights
from standoff.reconcile.told import clashing, denies, found, outright
from standoff.trees import Trees, shipped, trees

WAYS = ("denial", "untrue", "no part", "no evidence", "negation")
SIGNS = (
    "likely", "one_incident", "same_report", "paragraphs_apart", "same_sentence", "claims_apart",
    "outright", "denies", "rejects", "accuses", "negated", "concedes", *(f"{way}_told" for way in WAYS),
    "blames", "asked", "asked_both", "mediated", "admits", "contrast", "contrast_between", "quoted", "quoted_both",
    "ended", "ended_apart", "ended_same", "civil_and_military", "same_side_hit", "class_shared",
    "same_actor", "other_actor", "own_deed", "other_deed", "own_loss", "other_loss", "actors_told",
    "same_event", "same_family", "same_act", "other_act", "same_modes", "same_figure", "other_figure", "counted",
    "words", "shared_words", "names", "shared_names", "around", "unreal", "background", "future",
    "blocs", "states", "voice_least", "voice_most", "voices_both", "published_apart", "length_least", "length_most",
    "one_denies", "denial_of_words", "denial_first", "speech", "days_gap", "same_place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One party's claim, as it is set against another's."""

    party: str
    claim: Claim
    facts: Facts
    share: float
    """Of all claims that named parties hold, those that this one does."""


def signs(a: Voice, b: Voice, likely: float, one_incident: bool, weights: Weights) -> list[float]:
    """The signs of two voices, in the order of :data:`SIGNS`; the same for (b, a)."""
    two = (a, b)
    x, y = a.facts, b.facts
    v = dict.fromkeys(SIGNS, 0.0)
    v["likely"], v["one_incident"] = likely, one_incident
    v["same_report"] = x.doc == y.doc
    near = x.doc == y.doc
    v["paragraphs_apart"] = abs(x.paragraph - y.paragraph) if near else NONE
    v["claims_apart"] = abs(x.rank - y.rank) if near else NONE
    v["same_sentence"] = near and x.sentence == y.sentence
    told = [_told(one.claim) for one in two]
    for name in _COUNTED:
        v[name] = sum(name in one for one in told)
    v["asked_both"] = all("asked" in one for one in told)
    v["quoted_both"] = all("quoted" in one for one in told)
    v["contrast_between"] = near and abs(x.paragraph - y.paragraph) <= 1 and v["contrast"] > 0
    endings = [{name for name in one if name.startswith("ended ")} for one in told]
    v["ended"] = bool(endings[0]) + bool(endings[1])
    v["ended_same"] = bool(endings[0] & endings[1])
    v["ended_apart"] = any(
        (p.removeprefix("ended "), q.removeprefix("ended ")) in clashing() for p in endings[0] for q in endings[1]
    )
    v["civil_and_military"] = bool(x.sides and y.sides and x.sides != y.sides)
    v["same_side_hit"] = bool(x.sides & y.sides)
    v["class_shared"] = bool(x.classes & y.classes)
    v["actors_told"] = bool(x.actors) + bool(y.actors)
    if x.actors and y.actors:
        v["same_actor"], v["other_actor"] = bool(x.actors & y.actors), not x.actors & y.actors
    for one, other in ((a, b), (b, a)):
        v["own_deed"] += one.party in one.facts.actors
        v["other_deed"] += other.party in one.facts.actors
        v["own_loss"] += one.party in one.facts.recipients
        v["other_loss"] += other.party in one.facts.recipients
    v["same_event"], v["same_family"] = x.event == y.event, x.family == y.family
    if x.acts and y.acts:
        v["same_act"], v["other_act"] = bool(x.acts & y.acts), not x.acts & y.acts
    v["same_modes"] = bool(x.modes & y.modes)
    v["counted"] = bool(x.losses) + bool(y.losses)
    v["same_figure"] = bool(x.losses & y.losses)
    v["other_figure"] = bool(x.counted & y.counted) and not x.losses & y.losses
    v["words"], v["around"], v["names"] = (
        weights.alike(p, q) for p, q in ((x.words, y.words), (x.around, y.around), (x.names, y.names))
    )
    v["shared_words"], v["shared_names"] = weights.shared(x.words, y.words)[0], weights.shared(x.names, y.names)[0]
    v["unreal"], v["background"] = x.unreal + y.unreal, x.background + y.background
    v["blocs"] = sum(one.party.split("-")[0] in BLOCS for one in two)
    v["states"] = sum(bool(re.fullmatch(r"[A-Z]{3}", one.party)) and one.party not in BLOCS for one in two)
    shares = sorted((a.share, b.share))
    v["voice_least"], v["voice_most"], v["voices_both"] = shares[0], shares[1], shares[0] * shares[1]
    v["published_apart"] = abs((x.published - y.published).days) if x.published and y.published else NONE
    lengths = sorted(len(one.claim.text.split()) for one in two)
    v["length_least"], v["length_most"] = lengths[0], lengths[1]
    no = [one for one, said in zip(two, told, strict=True) if "denies" in said]
    v["one_denies"] = len(no) == 1
    v["denial_of_words"] = v["words"] if len(no) == 1 else NONE
    if len(no) == 1 and near:
        other = b if no[0] is a else a
        v["denial_first"] = math.copysign(1, other.facts.rank - no[0].facts.rank)
    v["speech"] = sum(one.facts.family == "verdict" for one in two)
    v["days_gap"] = max(0, (y.days[0] - x.days[1]).days, (x.days[0] - y.days[1]).days) if x.days and y.days else NONE
    v["same_place"] = float(x.place == y.place) if x.place and y.place else NONE
    return [float(v[name]) for name in SIGNS]


_COUNTED = (
    "outright", "denies", "rejects", "accuses", "negated", "concedes", *(f"{way}_told" for way in WAYS),
    "blames", "asked", "mediated", "admits", "contrast", "quoted", "future",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def _told(claim: Claim) -> frozenset[str]:
    """What a claim's words and marks tell, by name."""
    said = {f"{name}_told" for name in found("denies", claim.text)}
    said |= {f"ended {name}" for name in found("ended", claim.text)}
    said |= {table for table in ("blames", "asked", "mediated", "admits", "contrast") if found(table, claim.text)}
    marks = {
        "outright": outright(claim),
        "denies": denies(claim),
        "rejects": claim.event == "REJECT",
        "accuses": claim.event == "ACCUSE",
        "concedes": claim.event == "CONCEDE",
        "negated": AuxMode.NEGATION in claim.aux,
        "future": AuxMode.FUTURE in claim.aux,
        "quoted": any(mark in claim.text for mark in '"“”'),
    }
    return frozenset(said | {name for name, yes in marks.items() if yes})


@cache
def model() -> tuple[Trees, float]:
    """The weights that come with standoff, and from where on two accounts are held to part."""
    told, order = shipped("standoff.reconcile", "clash.json", SIGNS)
    return trees(told["trees"], order), told["parts"]
