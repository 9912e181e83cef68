"""How likely two claims tell of one happening: a few dozen signs, weighed by small decision trees.

The trees are data (``linking.json``), fitted by ``scripts/fit_linking.py`` on archives whose truth is known; two claims of one
report are weighed otherwise than claims of two.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from standoff.model import Where
from standoff.reconcile.facts import Facts, reach
from standoff.reconcile.terms import acts
from standoff.spelling import joined, sounded
from standoff.trees import Trees, shipped, trees

SIGNS = (
    "bias", "same_sentence", "same_paragraph", "paragraphs_apart", "same_family", "verdict", "both_verdicts",
    "same_act", "other_act", "act_unknown", "same_days", "days_apart", "days_far", "days_inferred", "days_inferred_apart",
    "days_unknown", "before_report", "same_place", "other_place", "near_place", "place_inferred_same", "place_inferred_other",
    "words", "around", "names", "report", "same_words", "same_figure", "other_figure", "same_counted",
    "same_actor", "other_actor", "same_recipient", "other_recipient", "swapped", "same_sides", "same_class", "other_class",
    "same_hour", "other_hour", "same_modes", "other_modes", "background", "unreal", "same_speaker", "act_told_sentence",
    "place_and_day", "place_and_act", "act_and_words", "published_apart",
    "days_gap", "day_to_report", "report_day", "place_in_report", "places_alike", "report_places",
    "claims_apart", "first_rank", "last_rank", "title_words", "titles_alike", "shared_words", "shared_names", "rarest",
    "report_names", "ages", "report_ages", "report_dead",
)  # fmt: skip


FEW = 24
"""In fewer reports than this no word is common: how often it stands is reckoned as among so many."""


class Weights:
    """How rare each word and name is among the reports at hand, in steps, so that one report more changes few of them."""

    def __init__(self, facts: Collection[Facts]) -> None:
        by_doc: dict[str, set[str]] = defaultdict(set)
        for one in facts:
            by_doc[one.doc] |= one.around | one.names | one.words | one.report.title
        reports = max(FEW, len(by_doc))
        held = Counter(word for words in by_doc.values() for word in words)
        # The square of the logarithm of how rare a word is, in whole steps of a doubling; 0 of one in every report.
        self._of = {w: max(0, math.ceil(math.log2((reports + 1) / (n + 0.5)))) ** 2 for w, n in held.items()}
        self._norms: dict[frozenset[str], int] = {}
        named = Counter(name for report in {id(f.report): f.report for f in facts}.values() for name in report.names)
        self._names = {n: max(0, math.ceil(math.log2((reports + 1) / (k + 0.5)))) ** 2 for n, k in named.items()}
        self._titles: dict[tuple[str, str], float] = {}
        self._docs = {doc: frozenset(words) for doc, words in by_doc.items()}
        self._known: dict[tuple[str, str], float] = {}

    def _norm(self, words: frozenset[str]) -> int:
        known = self._norms.get(words)
        if known is None:
            known = self._norms[words] = sum(self._of[w] for w in words)
        return known

    def alike(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Cosine of two sets of words, from 0 to 1."""
        both = a & b
        shared = sum(self._of[w] for w in both) if both else 0
        return shared / math.sqrt(self._norm(a) * self._norm(b)) if shared else 0.0

    def reports_alike(self, a: str, b: str) -> float:
        """Of two reports, by all their words."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            self._known[pair] = self.alike(self._docs[a], self._docs[b])
        return self._known[pair]

    def shared(self, a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
        """How much two sets of words have in common in all, and how rare the rarest of it is."""
        held = [self._of.get(w, 0) for w in a & b]
        return (math.sqrt(sum(held)), math.sqrt(max(held))) if held else (0.0, 0.0)

    def names_alike(self, a: Facts, b: Facts) -> float:
        """Cosine of the names and numbers of two whole reports."""
        pair = (a.doc, b.doc) if a.doc < b.doc else (b.doc, a.doc)
        if pair not in self._titles:
            first, second = a.report.names, b.report.names
            both = sum(self._names.get(n, 0) for n in first & second)
            norms = [sum(self._names.get(n, 0) for n in held) for held in (first, second)]
            self._titles[pair] = both / math.sqrt(norms[0] * norms[1]) if both else 0.0
        return self._titles[pair]


def signs(a: Facts, b: Facts, weights: Weights) -> list[float]:
    """The signs of a pair, in the order of :data:`SIGNS`; the same for (b, a)."""
    same_doc = a.doc == b.doc
    v = dict.fromkeys(SIGNS, 0.0)
    v["bias"] = 1.0
    if same_doc:
        v["same_sentence"] = a.sentence == b.sentence
        v["same_paragraph"] = a.paragraph == b.paragraph
        v["paragraphs_apart"] = math.log1p(abs(a.paragraph - b.paragraph))
    v["same_family"] = a.family == b.family
    v["verdict"] = (a.family == "verdict") != (b.family == "verdict")
    v["both_verdicts"] = a.family == "verdict" == b.family
    same_act = bool(a.acts & b.acts)
    if a.acts and b.acts:
        v["same_act"], v["other_act"] = same_act, not same_act
    else:
        v["act_unknown"] = 1.0
    v["act_told_sentence"] = _jaccard(a.acts, b.acts)
    same_days = _days(a, b, v)
    same_place = _places(a, b, v)
    v["words"] = weights.alike(a.words, b.words)
    v["around"] = weights.alike(a.around, b.around)
    v["names"] = weights.alike(a.names, b.names)
    v["report"] = 0.0 if same_doc else weights.reports_alike(a.doc, b.doc)
    v["same_words"] = not same_doc and len(a.words) > 3 and _jaccard(a.words, b.words) > 0.8
    figures = a.losses & b.losses
    v["same_figure"] = any(low > 2 for _, low, _ in figures)
    counted = a.counted & b.counted
    v["same_counted"] = bool(counted)
    v["other_figure"] = bool(counted) and not figures
    _sides(a, b, v)
    if a.classes and b.classes:
        v["same_class"] = bool(a.classes & b.classes)
        v["other_class"] = not a.classes & b.classes
    if a.hour and b.hour:
        v["same_hour"], v["other_hour"] = a.hour == b.hour, a.hour != b.hour
    if a.modes and b.modes:
        v["same_modes"], v["other_modes"] = bool(a.modes & b.modes), not a.modes & b.modes
    v["background"] = a.background != b.background
    v["unreal"] = a.unreal != b.unreal
    v["same_speaker"] = a.speaker == b.speaker
    v["place_and_day"] = same_place and same_days
    v["place_and_act"] = same_place and same_act
    v["act_and_words"] = same_act * v["words"]
    if a.published and b.published:
        v["published_apart"] = math.log1p(abs((a.published - b.published).days))
    _reports(a, b, weights, v)
    return [float(v[name]) for name in SIGNS]


NONE = float("nan")
"""What cannot be said of a pair."""


def _reports(a: Facts, b: Facts, weights: Weights, v: dict[str, float]) -> None:
    """What the reports and paragraphs of the two have in common, and how far apart they stand."""
    first, second = reach(a), reach(b)
    told = [one for one in (a, b) if one.days is not None]
    v["days_gap"] = max(0, (second[0] - first[1]).days, (first[0] - second[1]).days) if first and second else NONE
    other = b if told[:1] == [a] else a
    v["day_to_report"] = (
        (other.published - told[0].days[0]).days if len(told) == 1 and other.published and told[0].days else NONE
    )
    if a.doc != b.doc:
        v["report_day"] = (
            float(any(one.days[0] in rest.report.days for one, rest in ((a, b), (b, a)) if one.days)) if told else NONE
        )
        held = [one.place in rest.report.places for one, rest in ((a, b), (b, a)) if one.told_place]
        v["place_in_report"] = sum(held) / len(held) if held else NONE
        v["report_places"] = _share(a.report.places, b.report.places)
        v["title_words"] = max(weights.alike(a.words, b.report.title), weights.alike(b.words, a.report.title))
        v["titles_alike"] = weights.alike(a.report.title, b.report.title)
        v["report_names"] = weights.names_alike(a, b)
        v["report_ages"] = _share(a.report.ages, b.report.ages)
        v["report_dead"] = _share(a.report.dead, b.report.dead)
    else:
        v["claims_apart"] = abs(a.rank - b.rank)
    v["places_alike"] = _share(a.places, b.places)
    v["first_rank"], v["last_rank"] = min(a.rank, b.rank), max(a.rank, b.rank)
    v["shared_words"], v["rarest"] = weights.shared(a.words, b.words)
    v["shared_names"] = weights.shared(a.names, b.names)[0]
    v["ages"] = _share(a.ages, b.ages)


def _share(a: Collection[object], b: Collection[object]) -> float:
    """Of two sets, how much of the smaller is in the other; not said where one is empty."""
    return len(set(a) & set(b)) / min(len(a), len(b)) if a and b else NONE


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _days(a: Facts, b: Facts, v: dict[str, float]) -> bool:
    first, second = reach(a), reach(b)
    if first is None or second is None:
        v["days_unknown"] = 1.0
        return False
    apart = max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)
    told = a.days is not None and b.days is not None
    if told:
        v["same_days"] = apart == 0
        v["days_apart"] = min(1.0, apart / 3)
        v["days_far"] = apart > 2
        return apart == 0
    v["days_inferred"] = apart == 0
    v["days_inferred_apart"] = min(1.0, apart / 5)
    # A report tells nothing of what comes after it.
    for one, other in ((a, second), (b, first)):
        if one.published is not None and other[0] > one.published:
            v["before_report"] = 1.0
    return False


def _places(a: Facts, b: Facts, v: dict[str, float]) -> bool:
    if a.where is not None and b.where is not None:
        agree = places_agree(a.where, b.where)
        v["same_place"] = agree == "exact"
        v["near_place"] = agree == "near"
        v["other_place"] = agree is False
        return agree == "exact"
    if a.place and b.place:
        v["place_inferred_same"] = a.place == b.place
        v["place_inferred_other"] = a.place != b.place
    return False


FINE = frozenset({"city", "point"})


@cache
def places_agree(a: Where, b: Where) -> str | bool | None:
    """The same place ("exact"), one that can hold or touch the other ("near"), not the same (False), or not said."""
    if a.country and b.country and a.country != b.country:
        return False
    one = a.geonames_id is not None and a.geonames_id == b.geonames_id
    first, second = joined(a.name), joined(b.name)
    if one or first in second or second in first or sounded(a.name) == sounded(b.name):
        return "exact" if a.precision not in {"country", "region"} else "near"
    if a.precision in FINE and b.precision in FINE:
        if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
            return None
        return "near" if abs(a.lat - b.lat) < 0.25 and abs(a.lon - b.lon) < 0.25 else False
    return "near" if a.country and a.country == b.country else None


def _sides(a: Facts, b: Facts, v: dict[str, float]) -> None:
    if a.actors and b.actors:
        v["same_actor"], v["other_actor"] = bool(a.actors & b.actors), not a.actors & b.actors
    if a.recipients and b.recipients:
        v["same_recipient"] = bool(a.recipients & b.recipients)
        v["other_recipient"] = not a.recipients & b.recipients
    v["swapped"] = bool(a.actors & b.recipients and b.actors & a.recipients) and not a.actors & b.actors
    v["same_sides"] = bool((a.actors | a.recipients) & (b.actors | b.recipients))


@dataclass(frozen=True, slots=True)
class Model:
    """How the signs are weighed, of pairs within a report and across, and from where on claims are joined."""

    within: Trees
    across: Trees
    join: float


@cache
def model() -> Model:
    """The weights that come with standoff."""
    told, order = shipped("standoff.reconcile", "linking.json", SIGNS)
    return Model(trees(told["within"], order), trees(told["across"], order), told["join"])


def likeness(a: Facts, b: Facts, weights: Weights, by: Model) -> float:
    """How likely the two tell of one happening, from 0 to 1."""
    return next(likelihoods([(a, b)], weights, by))


TOGETHER = 2000
"""So many pairs are weighed at a time."""


def likelihoods(two: Iterable[tuple[Facts, Facts]], weights: Weights, by: Model) -> Iterator[float]:
    """The same for many pairs, in their order."""
    return (likely for likely, _ in weighed(two, weights, by))


def weighed(
    two: Iterable[tuple[Facts, Facts]], weights: Weights, by: Model
) -> Iterator[tuple[float, list[float] | None]]:
    """The same with the signs of each pair; without, where the pair is ruled out."""
    import numpy as np  # loaded where archives are reconciled, not by every command

    pairs_ = iter(two)
    while some := list(islice(pairs_, TOGETHER)):
        found = np.zeros(len(some))
        rows = [None if _ruled_out(a, b) else signs(a, b, weights) for a, b in some]
        for within in (True, False):
            of = [i for i, row in enumerate(rows) if row is not None and (some[i][0].doc == some[i][1].doc) == within]
            if of:
                found[of] = (by.within if within else by.across).likely(np.array([rows[i] for i in of]))
        yield from zip(found.tolist(), rows, strict=True)


def _ruled_out(a: Facts, b: Facts) -> bool:
    """Told of days that no night joins, or of two towns: no likeness makes them one."""
    if a.days and b.days and max((b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days) > 1:
        return True
    return a.where is not None and b.where is not None and places_agree(a.where, b.where) is False


def reasons(a: Facts, b: Facts) -> str:
    """What speaks for the two being one, in words."""
    said: list[str] = []
    v: dict[str, float] = defaultdict(float)
    if _days(a, b, v):
        said.append("same day")
    if _places(a, b, v):
        said.append("same place")
    if a.acts & b.acts:
        said.append(" and ".join(sorted(acts()[name].title for name in a.acts & b.acts)[:2]))
    if a.losses & b.losses:
        said.append("same figure")
    if a.actors & b.actors or a.recipients & b.recipients:
        said.append("same parties")
    shared = sorted(a.names & b.names)
    if shared:
        said.append("same names: " + ", ".join(shared[:3]))
    elif words := sorted(a.words & b.words):
        said.append("same words: " + ", ".join(words[:3]))
    if a.doc == b.doc and a.paragraph == b.paragraph:
        said.append("same paragraph")
    return "; ".join(said) or "told alike"
