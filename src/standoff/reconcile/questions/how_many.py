"""How many: killed, hurt, held, displaced, lost, each by whose and what; a line a party, its latest figure last."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, groupby
from statistics import median

from standoff.model import AuxMode, Bound, Claim, CountKind, DisputeKind, Holds, Question, Turn
from standoff.reconcile import titles
from standoff.reconcile.counting import Loss
from standoff.reconcile.figures import LIVES, Figure, apart, gap, military, subject
from standoff.reconcile.scene import Draft, Put, Scene
from standoff.reconcile.told import calls_false, denies, of_figure, outright

Key = tuple[CountKind, str, str, str]
"""Kind, class, scope, whose."""
PARTS = 0.15
"""From so likely on two parties' figures cannot both hold."""


def put(scene: Scene, losses: Sequence[Loss]) -> tuple[list[Put], set[str]]:
    """The questions of figures, one a loss that is counted, and the claims that are spoken for by them."""
    asked: list[Put] = []
    used: set[str] = set()
    told = _by_subject(scene, losses)
    every = [figure for loss in losses for figure in loss.figures]
    for key, loss in sorted(told.items(), key=lambda kv: (kv[0][0].value, *kv[0][1:])):
        rejecting = _rejections(scene, loss.figures, every)
        alone = sum(other[:3] == key[:3] for other in told) == 1
        one = _put(scene, key, loss, rejecting, alone)
        used |= {f.claim.id for f in loss.figures if f.high == 0} | {c.id for held in rejecting.values() for c in held}
        asked.append(one)
    return asked, used


def _by_subject(scene: Scene, losses: Sequence[Loss]) -> dict[Key, Loss]:
    """Losses by what they are of; two that go by the same words are one question."""
    found_: dict[Key, Loss] = {}
    for loss in losses:
        kinds = Counter(subject(f) for f in loss.figures)
        kind, _, scope = max(kinds, key=lambda k: (kinds[k], k))
        classes = Counter(k[1] for k in kinds.elements())
        struck = max(classes, key=lambda name: (name != "people", classes[name], name))
        key = kind, struck, scope, _whose(scene, loss.figures)
        before = found_.get(key)
        found_[key] = Loss((*before.figures, *loss.figures), loss.parting) if before else loss
    return {key: Loss(_in_proportion(loss.figures), loss.parting) for key, loss in found_.items()}


WAR, FEWEST = 25, 1_000
"""A toll of so many times what else is told of a loss, and of so many at least, is the war's."""


def _in_proportion(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Without the toll of a whole war that a report adds to that of a day, where no word says since when it counts."""
    if len(figures) < 2 or figures[0].kind not in LIVES:
        return figures
    # Of those beside the highest: of two figures it would lie half way between them.
    middle = median(sorted(f.high for f in figures)[:-1])
    return tuple(f for f in figures if f.high < max(FEWEST, WAR * middle)) or figures


def _whose(scene: Scene, figures: Sequence[Figure]) -> str:
    """The side that lost them, by all that is read of it, a sure claim far before an unsure one; empty where none is told."""
    weight: dict[str, float] = defaultdict(float)
    for figure in figures:
        whose = figure.whose if figure.firm else _none_of_its_own(scene, figure) or figure.whose
        if whose:
            weight[whose] += FIRM if figure.firm else max(figure.claim.confidence, LEAST) ** 2
    return max(weight, key=lambda code: (weight[code], code), default="")


def _none_of_its_own(scene: Scene, figure: Figure) -> str:
    """A side that says it lost none of what sides fight with speaks of its own: "no plane was damaged"."""
    side = figure.party.split("-")[0]
    return side if figure.high == 0 and figure.party in scene.opposed and military(figure.struck) else ""


FIRM, LEAST = 1.0, 0.1
"""What a claim weighs whose words say whose they were, and what the unsurest weighs, before it is squared."""


def _put(scene: Scene, key: Key, loss: Loss, rejecting: dict[str, list[Claim]], alone: bool = False) -> Put:
    kind, struck, scope, whose = key
    figures = loss.figures
    by_party: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: scene.archive.order(f.claim)):
        by_party[figure.party].append(figure)
    by_party = _own(by_party)
    lines = {party: _line(party, held) for party, held in by_party.items()}
    current = {party: _current(held) for party, held in by_party.items()}
    parting: set[str] = set()
    furthest = found = 0.0
    named = [party for party in current if scene.named(party)]
    for a in named:
        for b in named:
            if a < b and (sure := _part(loss, current[a], current[b])):
                parting |= {a, b}
                found = max(found, sure)
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
    title = titles.how_many(kind, struck, _suffering(figures, whose) if said else "", scene.title, scope)
    asked = Put(
        Question.HOW_MANY, title, [lines[p] for p in sorted(lines)], f"{kind.value} {struck} {whose} {scope}".strip()
    )
    if len(parting) > 1:
        asked.kind, asked.parting, asked.apart, asked.found = DisputeKind.COUNT, frozenset(parting), furthest, found
        asked.reason = f"{kind.value}: figures do not meet"
        first = [held[0] for party, held in by_party.items() if party in parting]
        asked.narrowed = max((gap(a, b) for a in first for b in first), default=0.0) > furthest > 0
    elif once := _once(scene, loss):
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


def _own(by_party: dict[str, list[Figure]]) -> dict[str, list[Figure]]:
    """Each party's figures without those that are another's, read as its own: told surer of the other, and surer another of it."""
    sure: dict[str, dict[tuple[int, int], float]] = {party: defaultdict(float) for party in by_party}
    for party, held in by_party.items():
        for figure in held:
            sure[party][figure.low, figure.high] += figure.claim.confidence

    def anothers(party: str, figure: Figure) -> bool:
        told = figure.low, figure.high
        mine = sure[party][told]
        return mine < max(sure[party].values()) and any(sure[p][told] > mine for p in by_party if p != party)

    return {party: [f for f in held if not anothers(party, f)] or held for party, held in by_party.items()}


def _once(scene: Scene, loss: Loss) -> list[tuple[Figure, Figure]]:
    """Figures that parted after some report, each the last word of its party then."""
    parted: list[tuple[Figure, Figure]] = []
    last: dict[str, Figure] = {}
    told = sorted(
        (f for f in loss.figures if not f.former and scene.named(f.party)), key=lambda f: scene.archive.order(f.claim)
    )
    for _, of_report in groupby(told, key=lambda f: f.claim.doc):
        last |= {f.party: f for f in of_report}
        parted += [(a, b) for a, b in combinations(last.values(), 2) if _part(loss, a, b)]
    return parted


def _current(held: Sequence[Figure]) -> Figure:
    """What a party holds now: its newest figure that is not told as a former one. "The loss of its leader" replaces no toll."""
    return _counted([f for f in held if not f.former] or held)[-1]


def _counted(held: Sequence[Figure]) -> Sequence[Figure]:
    """Figures without single victims who were told of, where there are others: of 58 dead "a child" is one."""
    many = max(f.high for f in held) >= MANY

    def single(figure: Figure) -> bool:
        return figure.low == 1 and (figure.bound is Bound.AT_LEAST or (many and figure.high == 1))

    return [f for f in held if not single(f)] or held


MANY = 10
"""Of so many one is no new toll."""


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


def _part(loss: Loss, a: Figure, b: Figure) -> float:
    """How likely two parties' last figures cannot both hold; 0 where they can. What was told before in more words says of what loss
    a bare one is."""
    if not apart(a, b):
        return 0.0
    mine, theirs = (
        [one, *(f for f in loss.figures if f.party == one.party and f.range == one.range)] for one in (a, b)
    )
    sure = max(loss.parts(x, y) for x in mine for y in theirs)
    return sure if sure >= PARTS else 0.0


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
