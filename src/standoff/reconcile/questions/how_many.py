"""How many: killed, hurt, held, displaced, lost, each by whose and what; a line a party, its latest figure last."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, groupby
from statistics import median
from types import MappingProxyType

from standoff.model import AuxMode, Bound, Claim, CountKind, DisputeKind, Holds, Question, Turn
from standoff.reconcile import titles
from standoff.reconcile.figures import LIVES, Figure, apart, gap, military, of_claim, subject
from standoff.reconcile.scene import ONE, Draft, Put, Scene
from standoff.reconcile.told import calls_false, denies, of_figure, outright

Key = tuple[CountKind, str, str, str]


def put(scene: Scene) -> tuple[list[Put], set[str]]:
    """The questions of figures, and the claims that are spoken for by them."""
    groups = _groups(scene)
    asked: list[Put] = []
    used: set[str] = set()
    every = [figure for figures in groups.values() for figure in figures]
    for key, figures in sorted(groups.items(), key=lambda kv: (kv[0][0].value, *kv[0][1:])):
        rejecting = _rejections(scene, figures, every)
        alone = sum(other[:3] == key[:3] for other in groups) == 1
        one = _put(scene, key, figures, rejecting, alone)
        used |= {f.claim.id for f in figures if f.high == 0} | {c.id for held in rejecting.values() for c in held}
        asked.append(one)
    return asked, used


def _groups(scene: Scene) -> dict[Key, list[Figure]]:
    """Figures of one kind, class and scope, by whose they are; one that does not say whose goes with the only side that is told."""
    plain: dict[tuple[CountKind, str, str], list[Figure]] = defaultdict(list)
    for claim in scene.real():
        for figure in of_claim(claim, scene.holders(claim), scene.archive.published.get(claim.doc)):
            if figure.scope != "part":
                plain[subject(figure)].append(figure)
    for key in plain:
        plain[key] = _in_proportion(plain[key])
    _narrow(plain)
    found_: dict[Key, list[Figure]] = {}
    for (kind, struck, scope), figures in plain.items():
        only = _only_side(figures)
        for figure in figures:
            whose = figure.whose if figure.firm else only or _none_of_its_own(scene, figure) or figure.whose
            found_.setdefault((kind, struck, scope, whose), []).append(figure)
    return found_


def _none_of_its_own(scene: Scene, figure: Figure) -> str:
    """A side that says it lost none of what sides fight with speaks of its own: "no plane was damaged"."""
    side = figure.party.split("-")[0]
    return side if figure.high == 0 and figure.party in scene.opposed and military(figure.struck) else ""


MOST = 0.8
"""Where so much of what is read of a loss says it is one side's, what is read as another's or as nobody's is that side's too."""


def _only_side(figures: Sequence[Figure]) -> str:
    """The side that suffered by nearly all that was read, a sure claim far before an unsure one; empty where two sides did.

    Who suffered is read rightly three times in four. Where both sides lost people, reports say so of both.
    """
    weight: dict[str, float] = defaultdict(float)
    for claim, whose in {f.claim.id: (f.claim, f.whose) for f in figures}.values():
        if whose:
            weight[whose] += max(claim.confidence, LEAST) ** 2
    firm = {f.whose for f in figures if f.firm}
    most = max(weight, key=lambda code: (weight[code], code), default="")
    return most if most and firm <= {most} and weight[most] >= MOST * sum(weight.values()) else ""


LEAST = 0.1
"""So much the unsurest claim counts, before it is squared."""


WAR, FEWEST = 25, 1_000
"""A toll of so many times what else is told of an incident, and of so many at least, is the war's."""


def _in_proportion(figures: list[Figure]) -> list[Figure]:
    """Without the toll of a whole war that a report adds to that of a day, where no word says since when it counts."""
    if len(figures) < 2 or figures[0].kind not in LIVES:
        return figures
    # Of those beside the highest: of two figures it would lie half way between them.
    middle = median(sorted(f.high for f in figures)[:-1])
    kept = [f for f in figures if f.high < max(FEWEST, WAR * middle)]
    return kept or figures


def _narrow(plain: dict[tuple[CountKind, str, str], list[Figure]]) -> None:
    """One figure that two claims of a sentence tell ("killed 7 soldiers and wounded 16") is of the class that either knows."""
    for kind, struck, scope in [key for key in plain if key[1] == "people"]:
        for figure in list(plain[kind, struck, scope]):
            for other in [k for k in plain if k[0] is kind and k[1] != struck and k[2] == scope]:
                if any(_same(figure, one) for one in plain[other]):
                    plain[kind, struck, scope].remove(figure)
                    plain[other].append(replace(figure, struck=other[1]))
                    break
        if not plain[kind, struck, scope]:
            del plain[kind, struck, scope]


def _same(a: Figure, b: Figure) -> bool:
    """Told by the same words."""
    told = [{c.span for c in f.claim.counts if c.kind is f.kind and c.high == f.high} for f in (a, b)]
    return a.claim.doc == b.claim.doc and a.party == b.party and bool(told[0] & told[1])


def _put(
    scene: Scene, key: Key, figures: Sequence[Figure], rejecting: dict[str, list[Claim]], alone: bool = False
) -> Put:
    kind, struck, scope, whose = key
    by_party: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: scene.archive.order(f.claim)):
        by_party[figure.party].append(figure)
    lines = {party: _line(party, held) for party, held in by_party.items()}
    current = {party: _current(held) for party, held in by_party.items()}
    parting: set[str] = set()
    furthest = 0.0
    named = [party for party in current if scene.named(party)]
    for a in named:
        for b in named:
            if a < b and _part(scene, current[a], current[b], whose, by_party):
                parting |= {a, b}
                furthest = max(furthest, gap(current[a], current[b]))
    for party, held in rejecting.items():
        if party not in lines:
            lines[party] = Draft(party, list(held), "rejects the figure", Holds.NO)
            others = [p for p in named if p != party and current[p].high > 0]
            if others:
                parting |= {party, *others}
                furthest = max(furthest, 0.75)
    # Whose they were is asked with the figure where the words say so, or two reports that were read well enough.
    said = not alone or any(f.firm for f in figures) or len({f.claim.doc for f in figures if _well(f, whose)}) > 1
    title = titles.how_many(kind, struck, _suffering(figures, whose) if said else "", titles.of_scene(scene), scope)
    asked = Put(
        Question.HOW_MANY, title, [lines[p] for p in sorted(lines)], f"{kind.value} {struck} {whose} {scope}".strip()
    )
    if len(parting) > 1:
        asked.kind, asked.parting, asked.apart = DisputeKind.COUNT, frozenset(parting), furthest
        asked.reason = f"{kind.value}: figures do not meet"
        first = [held[0] for party, held in by_party.items() if party in parting]
        asked.narrowed = max((gap(a, b) for a in first for b in first), default=0.0) > furthest > 0
    elif once := _once(scene, figures, whose):
        asked.kind, asked.settled, asked.reason = DisputeKind.COUNT, True, f"{kind.value}: figures meet by now"
        asked.parting, asked.apart = frozenset(f.party for two in once for f in two), max(gap(a, b) for a, b in once)
    return asked


WELL = 0.5
"""From this confidence on, a claim of two says whose the dead were."""


def _well(figure: Figure, whose: str) -> bool:
    return figure.whose == whose and figure.claim.confidence >= WELL


def _suffering(figures: Sequence[Figure], whose: str) -> str:
    """Whose the losses are, for the title: of rebels or a breakaway land where all are theirs, and not of the state."""
    keys = {key for f in figures for key in f.claim.recipient_keys if key.split("-")[0] == whose}
    return keys.pop() if len(keys) == 1 else whose


def _once(scene: Scene, figures: Sequence[Figure], whose: str) -> list[tuple[Figure, Figure]]:
    """Figures that parted after some report, each the last word of its party then."""
    parted: list[tuple[Figure, Figure]] = []
    last: dict[str, Figure] = {}
    told = sorted(
        (f for f in figures if not f.former and scene.named(f.party)), key=lambda f: scene.archive.order(f.claim)
    )
    for _, of_report in groupby(told, key=lambda f: f.claim.doc):
        last |= {f.party: f for f in of_report}
        parted += [(a, b) for a, b in combinations(last.values(), 2) if _part(scene, a, b, whose)]
    return parted


def _current(held: Sequence[Figure]) -> Figure:
    """What a party holds now: its newest figure that is not told as a former one. "The loss of its leader" replaces no toll."""
    return _counted([f for f in held if not f.former] or held)[-1]


def _counted(held: Sequence[Figure]) -> Sequence[Figure]:
    """Figures without single victims who were told of, where there are others."""
    return [f for f in held if f.low != 1 or f.bound is not Bound.AT_LEAST] or held


def _line(party: str, held: Sequence[Figure]) -> Draft:
    now = _current(held)
    series: list[Turn] = []
    for figure in _counted(held):
        if not series or series[-1].value != figure.phrase:
            series.append(Turn(party, figure.phrase, figure.claim.id, figure.reported))
    claims = [f.claim for f in held if f is not now] + [now.claim]
    return Draft(
        party,
        claims,
        now.phrase,
        Holds.NO if now.high == 0 else Holds.YES,
        now.low,
        now.high,
        now.bound,
        now.reported,
        series,
    )


def _part(
    scene: Scene, a: Figure, b: Figure, whose: str, told: Mapping[str, Sequence[Figure]] = MappingProxyType({})
) -> bool:
    """Whether two parties' last figures cannot both hold. A toll rises: a third party's earlier, lower one is only earlier.

    What was told before in more words says of what happening a bare figure is.
    """
    if not apart(a, b):
        return False
    mine, theirs = ([one, *(f for f in told.get(one.party, ()) if f.range == one.range)] for one in (a, b))
    if not any(scene.likely(x.claim, y.claim) >= ONE for x in mine for y in theirs):
        return False
    low, high = (a, b) if a.range[1] < b.range[0] else (b, a)
    if low.kind not in LIVES or low.high == 0:
        return True
    earlier = (low.reported or date.min) < (high.reported or date.min)
    opposed = {low.party, high.party} <= scene.opposed or low.party.split("-")[0] == whose
    return not earlier or opposed


def _rejections(scene: Scene, figures: Sequence[Figure], every: Sequence[Figure]) -> dict[str, list[Claim]]:
    """Who calls another's figure false: the one that it quotes, or else the last one of any kind told before it in its report."""
    rejecting: dict[str, list[Claim]] = defaultdict(list)
    for claim in scene.real():
        # That it did not shoot down "a plane" denies the deed, and no figure.
        counted = {(count.kind, count.low) for count in claim.counts if count.low and count.low > 1}
        quotes = counted and denies(claim) and (AuxMode.NEGATION in claim.aux or calls_false(claim))
        before = [f for f in every if f.high > 0 and f.claim.doc == claim.doc and f.claim.span.start < claim.span.start]
        last = max((f.claim for f in before), key=lambda c: (c.span.start, c.id), default=None)
        if not (quotes or of_figure(claim) or (last is not None and _sufferer_denies(scene, claim, last))):
            continue
        digits = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", claim.text) if number[-1] != ","}
        answered = [f for f in figures if (f.kind, f.high) in counted or (not counted and f.high in digits)]
        if last is not None and not counted and not digits:  # "that number is invented", "Armenia denied it"
            answered = [f for f in figures if f.claim.id == last.id]
        for party in scene.holders(claim):
            if any(f.party != party for f in answered):
                rejecting[party].append(claim)
    return rejecting


def _sufferer_denies(scene: Scene, claim: Claim, last: Claim) -> bool:
    """ "Azerbaijan said that it had killed 550 of them. Armenia denied it.": whose dead are counted denies how many they are."""
    if not outright(claim) or claim.counts or len(claim.text.split()) > BARE:
        return False
    near = scene.facts[claim.id].paragraph == scene.facts[last.id].paragraph
    return near and all(p in last.recipient_keys and p not in last.actor_keys for p in scene.holders(claim))


BARE = 4
"""A denial of so few words says nothing of what it denies."""
