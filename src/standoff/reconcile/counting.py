"""How likely two figures count the same losses, and which figures are so one question: signs of two figures, weighed by trees.

"Nine guards", "nine of our comrades" and "nine dead" are one loss, "30 fighters" of the same raid another. Kind, class and whose
they are, as read, settle that for a third of the pairs that are one; each of them is a sign here, beside how likely the two claims
tell of one happening. The trees are data (``counting.json``), fitted by ``scripts/fit_counting.py`` on figures whose truth is known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from standoff.model import BLOCS, Bound, Claim, CountKind, Incident
from standoff.reconcile import pairs
from standoff.reconcile.blocks import candidates
from standoff.reconcile.facts import Facts, stems
from standoff.reconcile.figures import Figure, apart, gap, military, of_claim, subject
from standoff.reconcile.incidents import cluster
from standoff.reconcile.pairs import NONE
from standoff.reconcile.scene import Archive
from standoff.trees import Trees, shipped, trees

KINDS = (CountKind.KILLED, CountKind.INJURED, CountKind.DESTROYED, CountKind.CAPTURED, CountKind.DISPLACED)
OF_CLAIMS = (
    "same_days", "days_gap", "same_place", "other_place", "near_place", "place_inferred_same", "place_inferred_other",
    "places_alike", "title_words", "titles_alike", "report", "report_dead", "same_act", "other_act", "report_names",
    "published_apart", "background", "shared_names", "words", "around", "names", "rarest",
)  # fmt: skip
"""Signs of the two claims (:mod:`~standoff.reconcile.pairs`) that are signs here too."""
SIGNS = (
    "likely", "one_incident", "same_report", "paragraphs_apart", "same_sentence", "claims_apart", "in_titles",
    "same_class", "same_word", "unit", "people", "military", "civil_and_military", "civilians",
    "cumulative", "whose", "firm", "same_recipient", "same_actor", "swapped",
    "same_party", "outlets", "own_loss", "own_deed",
    "same_number", "ratio", "least", "most", "nil", "one", "bounds", "former", "echoed",
    "apart", "gap", "lower_first", "lower_by_loser", "higher_by_loser", "states", "fighting",
    *(kind.value for kind in KINDS), "confidence_least", "confidence_most", *OF_CLAIMS,
)  # fmt: skip
_WORDS, _PLACE_AND_DAY = pairs.SIGNS.index("words"), pairs.SIGNS.index("place_and_day")
SAME_WORDS = 0.8
"""So alike are the words of two claims that differ in hardly more than a figure or who says it."""
SURELY = 0.7
"""So likely it is, at the least, that figures told so count one loss, and part where they do not meet."""
_OF_CLAIMS = [(name, pairs.SIGNS.index(name)) for name in OF_CLAIMS]


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of one claim, with every party that holds it."""

    claim: Claim
    facts: Facts
    figures: tuple[Figure, ...]
    """One a party; alike but for the party."""
    parties: frozenset[str]
    papers: bool
    """Told by outlets alone, which only tell what others say."""
    subject: tuple[CountKind, str, str]
    fights: bool
    unit: frozenset[str]
    """The words of what is counted, without their endings."""

    @classmethod
    def of(cls, figures: Sequence[Figure], facts: Facts, archive: Archive) -> Told:
        first = figures[0]
        parties = frozenset(f.party for f in figures)
        of = subject(first)
        papers = all(map(archive.is_outlet, parties))
        return cls(first.claim, facts, tuple(figures), parties, papers, of, military(of[1]), stems(first.unit))

    @property
    def figure(self) -> Figure:
        return self.figures[0]


@dataclass(frozen=True, slots=True)
class Loss:
    """Figures that count the same losses, and how likely any two of their claims part."""

    figures: tuple[Figure, ...]
    parting: Mapping[tuple[str, str], float]

    def parts(self, a: Figure, b: Figure) -> float:
        """How likely it is that the two cannot both hold."""
        return self.parting.get((a.claim.id, b.claim.id) if a.claim.id < b.claim.id else (b.claim.id, a.claim.id), 0.0)


def told(claims: Sequence[Claim], facts: Mapping[str, Facts], archive: Archive) -> list[Told]:
    """Every figure of the archive that counts a whole loss; a part of one is no figure of it."""
    found: list[Told] = []
    for claim in sorted(claims, key=archive.order):
        held: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for figure in of_claim(claim, archive.holders(claim), archive.published.get(claim.doc)):
            if figure.scope != "part":
                held[figure.kind, figure.struck, figure.unit, figure.low, figure.high].append(figure)
        found += [Told.of(figures, facts[claim.id], archive) for figures in held.values()]
    return found


class Pairs:
    """Pairs of figures of one kind that may count the same losses, with their signs."""

    def __init__(
        self, figures: Sequence[Told], archive: Archive, incidents: Sequence[Incident], linking: pairs.Model
    ) -> None:
        of: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(figures):
            of[one.claim.id].append(at)
        facts = {one.claim.id: one.facts for one in figures}
        near = [
            (a, b, two)
            for a, b in candidates(facts.values())
            if (two := [(i, j) for i in of[a] for j in of[b] if _may_be_one(figures[i], figures[j])])
        ]
        alike = pairs.weighed(((facts[a], facts[b]) for a, b, _ in near), archive.weights, linking)
        self.incident = {key: one.id for one in incidents for key in one.claims}
        echoes = Counter({(f.party, f.high, f.claim.doc) for one in figures for f in one.figures})
        echoed = Counter((party, high) for party, high, _ in echoes)
        self.two: list[tuple[int, int]] = []
        self.rows: list[list[float]] = []
        self.plain: set[tuple[int, int]] = set()
        """Two parties' figures told in hardly other words, of one day and place: no weighing makes them other than one."""
        for (a, b, two), (likely, claims) in zip(near, alike, strict=True):
            if claims is None:  # of other days or other towns
                continue
            same = a in self.incident and self.incident[a] == self.incident.get(b)
            same_words = claims[_WORDS] >= SAME_WORDS and claims[_PLACE_AND_DAY] > 0
            for i, j in two:
                if (
                    same_words
                    and figures[i].subject == figures[j].subject
                    and not figures[i].parties & figures[j].parties
                ):
                    self.plain.add((i, j))
                self.two.append((i, j))
                self.rows.append(signs(figures[i], figures[j], likely, claims, same, archive, echoed))


def _may_be_one(a: Told, b: Told) -> bool:
    """No likeness makes one what differs in kind, a day's and a war's, or two sides' by the words beside the figures."""
    firm = a.figure.firm and b.figure.firm and a.figure.whose != b.figure.whose
    return a.subject[0] is b.subject[0] and a.subject[2] == b.subject[2] and not firm


def signs(
    a: Told,
    b: Told,
    likely: float,
    claims: Sequence[float],
    one_incident: bool,
    archive: Archive,
    echoed: Mapping[tuple[str, int], int],
) -> list[float]:
    """The signs of two figures, in the order of :data:`SIGNS`; the same for (b, a). ``claims`` are the signs of their claims."""
    f, g, x, y = a.figure, b.figure, a.facts, b.facts
    v = dict.fromkeys(SIGNS, 0.0)
    near = x.doc == y.doc
    v["likely"], v["one_incident"], v["same_report"] = likely, one_incident, near
    v["paragraphs_apart"] = abs(x.paragraph - y.paragraph) if near else NONE
    v["claims_apart"] = abs(x.rank - y.rank) if near else NONE
    v["same_sentence"] = near and x.sentence == y.sentence
    v["in_titles"] = (x.paragraph == 0) + (y.paragraph == 0)
    first, second = a.subject[1], b.subject[1]
    v["same_class"], v["same_word"] = first == second, f.struck == g.struck
    v["people"] = (first == "people") + (second == "people")
    fights = a.fights, b.fights
    v["military"], v["civil_and_military"] = sum(fights), fights[0] != fights[1]
    v["civilians"] = (f.struck == "civilians") + (g.struck == "civilians")
    units = a.unit, b.unit
    v["unit"] = len(units[0] & units[1]) / min(map(len, units)) if all(units) else NONE
    v["cumulative"] = (f.scope == "cumulative") + (g.scope == "cumulative")
    v["whose"] = (1 if f.whose == g.whose else -1) if f.whose and g.whose else 0
    v["firm"] = f.firm + g.firm
    v["same_recipient"] = bool(x.recipients & y.recipients) if x.recipients and y.recipients else NONE
    v["same_actor"] = bool(x.actors & y.actors) if x.actors and y.actors else NONE
    v["swapped"] = bool(x.actors & y.recipients and y.actors & x.recipients)
    v["same_party"] = bool(a.parties & b.parties)
    v["outlets"] = a.papers + b.papers
    v["own_loss"] = bool(a.parties & x.recipients) + bool(b.parties & y.recipients)
    v["own_deed"] = bool(a.parties & x.actors) + bool(b.parties & y.actors)
    v["same_number"] = f.low == g.low and f.high == g.high
    least, most = sorted((f.high, g.high))
    v["ratio"], v["least"], v["most"] = math.log((most + 1) / (least + 1)), math.log1p(least), math.log1p(most)
    v["nil"], v["one"] = (f.high == 0) + (g.high == 0), (f.high == 1) + (g.high == 1)
    v["bounds"] = (f.bound is not Bound.EXACT) + (g.bound is not Bound.EXACT)
    v["former"] = f.former + g.former
    v["echoed"] = sum(echoed[p, g.high] for p in a.parties) + sum(echoed[p, f.high] for p in b.parties)
    _parting(a, b, archive, v)
    for kind in KINDS:
        v[kind.value] = a.subject[0] is kind
    v["confidence_least"], v["confidence_most"] = sorted((a.claim.confidence, b.claim.confidence))
    for name, at in _OF_CLAIMS:
        v[name] = claims[at]
    return [float(v[name]) for name in SIGNS]


def _parting(a: Told, b: Told, archive: Archive, v: dict[str, float]) -> None:
    """How two figures are apart, and who tells the lower one, and when."""
    low, high = (a, b) if a.figure.range < b.figure.range else (b, a)
    v["apart"], v["gap"] = apart(a.figure, b.figure), gap(a.figure, b.figure)
    if low.facts.published and high.facts.published:
        v["lower_first"] = math.copysign(
            math.log1p(abs((high.facts.published - low.facts.published).days)),
            (high.facts.published - low.facts.published).days,
        )
    whose = {f.whose for f in (a.figure, b.figure) if f.whose}
    v["lower_by_loser"], v["higher_by_loser"] = (
        bool(whose & {p.split("-")[0] for p in one.parties}) for one in (low, high)
    )
    v["states"] = sum(any(p[:3].isupper() and p.split("-")[0] not in BLOCS for p in one.parties) for one in (a, b))
    v["fighting"] = bool(a.parties & archive.fighting) + bool(b.parties & archive.fighting)


def losses(
    claims: Sequence[Claim], facts: Mapping[str, Facts], archive: Archive, incidents: Sequence[Incident]
) -> dict[str, list[Loss]]:
    """The losses that each incident's figures count, by its id; a figure of no incident is asked with those that it counts one loss with."""
    figures = told(claims, facts, archive)
    by = model()
    weighed = Pairs(figures, archive, incidents, pairs.model())
    likely = (
        (two, max(p, SURELY) if two in weighed.plain else p)
        for two, p in zip(weighed.two, by.one.likelihoods(weighed.rows), strict=True)
        # Of two incidents: in a month of air strikes a toll of 15 here is likely enough one of 16 there.
        if len({weighed.incident.get(figures[at].claim.id) for at in two} - {None}) < 2
    )
    groups = cluster(map(str, range(len(figures))), ((str(a), str(b), p) for (a, b), p in likely), by.least)
    parting: dict[tuple[str, str], float] = {}
    for (i, j), p in zip(weighed.two, by.parts.likelihoods(weighed.rows), strict=True):
        a, b = sorted((figures[i].claim.id, figures[j].claim.id))
        parting[a, b] = max(p, SURELY if (i, j) in weighed.plain else 0.0, parting.get((a, b), 0.0))
    found: dict[str, list[Loss]] = defaultdict(list)
    for group in sorted(groups, key=lambda held: min(map(int, held))):
        held = [figures[int(at)] for at in sorted(group, key=int)]
        homes = Counter(weighed.incident[key] for one in held if (key := one.claim.id) in weighed.incident)
        if homes:
            home = max(homes, key=lambda key: (homes[key], key))
            found[home].append(Loss(tuple(f for one in held for f in one.figures), parting))
    return found


@dataclass(frozen=True, slots=True)
class Model:
    """How the signs are weighed: whether two figures count one loss, from where on they are held to, and whether they part."""

    one: Trees
    least: float
    parts: Trees


@cache
def model() -> Model:
    """The weights that come with standoff."""
    told, order = shipped("standoff.reconcile", "counting.json", SIGNS)
    return Model(trees(told["one"], order), told["least"], trees(told["parts"], order))
