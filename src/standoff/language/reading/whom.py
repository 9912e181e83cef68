"""Whom a phrase means: each party that its text could mean is weighed, and the likeliest taken.

Candidates are the parties and countries that the text names, armed groups of these countries, kinds of parties without a state, and
nobody known. Signs of each are what the tables know within the phrase, the names that the reader ties it to (``kin``), what the resolver
of roles and pronouns says, how often the text names the candidate, and what kind of party such words tend to be (``kinds.npz``).
Small trees weigh them (``whom.json``; both fitted by ``training/whom.py`` to phrases coded with their party).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from standoff import bodies
from standoff.language import coreference, groups, parties, strangers, syntax
from standoff.language.grammar import listed
from standoff.language.reading import phrases
from standoff.language.reading.model import Array
from standoff.model import BLOCS, PEOPLE, Mention, Party, Span
from standoff.trees import Trees, shipped, trees

KINDS = ("STATE", "REB", "PRE", "UNK", "IMG", "NGO", "IGO", "UNO", "ISM", "MNC", "EUR")
ALWAYS = ("UNK", "NGO", "IGO", "IMG", "MNC", "UNO")
"""Kinds of parties that a phrase may mean without a name of the text."""
SIGNS = (
    "kind", "same", "same at most", "land", "party of land", "inside", "party of land inside", "place inside",
    "another inside", "any party inside", "resolved", "resolved land", "nothing resolved", "nobody resolved",
    "share of parties", "share of places", "most named land", "first land", "land of the place", "best tie", "best land",
    "nobody", "state", "armed group", "bloc", "pronoun", "proper name", "ruling", "rebel", "unknown armed", "victim",
    "lands", "actor", "recipient", "source",
)  # fmt: skip
"""What is known of a candidate for a phrase, in the order of the trees' columns."""
Rows = npt.NDArray[np.float64]
RULING = frozenset({"GOV", "MIL", "COP", "JUD"})
AT_HOME = 0.9
"""How likely a bare "the ministry" is that of the outlet's country, in a text that is about it."""
SAID = 0.97
"""How likely a party is of which the words themselves say that it is meant."""
HARDLY = 0.01
"""A candidate below is not told."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The parties that a phrase means, what speaks for them, and how likely that is."""

    mentions: tuple[Mention, ...]
    by: str
    likely: Mapping[str, float] = field(default_factory=dict)
    """How likely each candidate is, by its key; what is hardly likely is left out."""

    @property
    def probability(self) -> float:
        """How likely the least likely of the parties is."""
        return min((self.likely.get(m.party.key, 0.0) for m in self.mentions), default=0.0)


def kind_of(key: str) -> str:
    """What kind of party a key is of: a state, an armed group, an unrecognised state, or a bloc."""
    if key in BLOCS:
        return key
    return key[4:] if key[4:] in {"REB", "PRE"} else "STATE"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in a role, with all that its candidates are weighed by."""

    span: TokenSpan
    heads: tuple[Token, ...]
    noun: coreference.Role | None
    """What the lexicon says of its first head."""
    role: str
    found: tuple[Mention, ...]
    """What the resolver of roles and pronouns says."""
    names: list[phrases.Name]
    """The names of the text that stand nearest by."""
    first: int
    """The number of the first of them among all."""
    likely: Array
    """``(names, 2)``: that a name is the phrase's party, and of its country."""
    inside: tuple[int, ...]
    """Which of the names stand in the phrase."""

    def own(self) -> list[phrases.Name]:
        return [self.names[at] for at in self.inside]

    def names_party(self) -> bool:
        """Whether a party is named in the phrase itself."""
        return any(name.party is not None for name in self.own())

    def ties(self) -> list[tuple[float, Party]]:
        """The parties named outside the phrase, with how likely each is the phrase's."""
        return [
            (p, name.party)
            for at, (name, (p, _)) in enumerate(zip(self.names, self.likely.tolist(), strict=True))
            if name.party is not None and at not in self.inside
        ]


def phrase(doc: Doc, start: int, end: int, role: str, speaker: tuple[Mention, ...]) -> Phrase | None:
    """A stretch of the text as a phrase; nothing where no word stands in it."""
    span = phrases.tokens(doc, start, end)
    if span is None:
        return None
    there = phrases.named(doc)
    low, high = phrases.around(there.starts, span.start_char)
    likely = doc._.reading.kin.likely((span.start_char, span.end_char), there.spans, low, high)
    found = tuple(phrases.resolved(doc, span, speaker))
    inside = tuple(at - low for at in there.near.touching(start, end) if low <= at < high)
    heads = tuple(phrases.heads(span)) or (span.root,)
    noun = coreference.role_of(heads[0])
    return Phrase(span, heads, noun, role, found, there.all[low:high], low, likely, inside)


# ---------------------------------------------------------------------- kinds of words


def words(one: Phrase) -> list[str]:
    """What a phrase is told by, for its kind: its words and pairs of words, its head, its role, and what else is known of it."""
    head, noun = one.heads[0], one.noun
    lemmas = [_digits(t.lemma_.lower()) for t in one.span][:12]
    told = {f"w={w}" for w in lemmas} | {f"h={_digits(h.lemma_.lower())}" for h in one.heads[:2]}
    told |= {f"b={a} {b}" for a, b in pairwise(lemmas)}
    told |= {f"pos={head.pos_}", f"tag={head.tag_}", f"ent={head.ent_type_}", f"first={lemmas[0]}"}
    told |= {f"role={one.role}", f"role={one.role} {head.pos_}", f"sector={noun.sector if noun else None}"}
    if noun is not None:
        told |= {name for name in ("unknown_armed", "victim", "person") if getattr(noun, name)}
    own = one.own()
    if named := {kind_of(n.party.key) for n in own if n.party is not None}:
        told.add("named=" + ",".join(sorted(named)))
    if any(n.party is None for n in own):
        told.add("place inside")
    if one.found:
        told.add("resolved=" + kind_of(one.found[0].party.key))
    tie, key = max(((p, party.key) for p, party in one.ties()), default=(0.0, ""))
    if tie > 0.5:
        told.add("tied=" + kind_of(key))
    return sorted(told)


def _digits(word: str) -> str:
    return "".join("0" if c.isdigit() else c for c in word)


@dataclass(frozen=True, slots=True)
class Kinds:
    """A logistic model of the kind of party by words."""

    column: dict[str, int]
    weights: Array
    """``(words, kinds)``"""
    bias: Array

    def log(self, told: Sequence[str]) -> Array:
        """The logarithm of each kind's probability, at least -8."""
        at = [self.column[w] for w in told if w in self.column]
        z = self.weights[at].sum(axis=0) + self.bias
        z = z - z.max()
        return np.asarray(np.maximum(z - np.log(np.exp(z).sum()), -8.0), np.float32)


@cache
def kinds() -> Kinds:
    """The weights that come with standoff."""
    with (resources.files(__package__) / "weights" / "kinds.npz").open("rb") as file, np.load(file) as held:
        names = str(held["words"]).split("\n")
        return Kinds(
            {w: i for i, w in enumerate(names)},
            held["weights"].astype(np.float32),
            held["bias"].astype(np.float32),
        )


# ---------------------------------------------------------------------- candidates


class Known:
    """The parties and countries that a document names, counted once."""

    def __init__(self, there: phrases.Names) -> None:
        sides = [_side(name) for name in there.all]
        keys, lands = [key for key, _ in sides], [land for _, land in sides]
        self.keys, self.lands = Counter(k for k in keys if k), Counter(x for x in lands if x)
        self.first = next((x for x in lands if x), "")
        self.key_of, self.land_of = np.array(keys, dtype=object), np.array(lands, dtype=object)
        self.party = np.array([bool(k) for k in keys], dtype=bool)


def _side(name: phrases.Name) -> tuple[str, str]:
    """The party and the country that a name makes a candidate, by their keys; a news medium makes nobody of its country one."""
    if name.party is None:
        return "", name.land
    return ("", "") if bodies.independent(name.party.name) else (name.party.key, name.land)


def _known(doc: Doc) -> Known:
    kept: Known | None = doc.user_data.get("standoff_known")
    if kept is None:
        kept = doc.user_data["standoff_known"] = Known(phrases.named(doc))
    return kept


def weighed(doc: Doc, one: Phrase, by: Kinds) -> tuple[list[str], Rows]:
    """The candidates of a phrase, and the signs of each: ``(candidates, signs)``."""
    known = _known(doc)
    by_name = slice(one.first, one.first + len(one.names))
    own = one.own()
    own_keys = {n.party.key for n in own if n.party is not None}
    place = coreference.resolver(doc).place_country or ""
    lands = set(known.lands) | ({place} if place else set()) | {m.party.code for m in one.found} - BLOCS
    keys = sorted(
        set(known.keys)
        | lands
        | {f"{x}-REB" for x in lands}
        | {m.party.key for m in one.found}
        | set(ALWAYS)
        | own_keys
    )
    log = by.log(words(one))
    outside = np.ones(len(one.names), dtype=bool)
    outside[list(one.inside)] = False
    same, near = (one.likely[:, i] if one.names else np.zeros(0, np.float32) for i in (0, 1))
    key_of, land_of, party = known.key_of[by_name], known.land_of[by_name], known.party[by_name]
    tie_by_key = _most(key_of, same, party & outside)
    tie_by_land = _most(land_of, same, party & outside)
    land_by_land = _most(land_of, near, outside)
    best, best_land = max(tie_by_key.values(), default=0.0), max(land_by_land.values(), default=0.0)
    own_lands = {n.land for n in own if n.party is not None}
    own_places = {n.land for n in own if n.party is None}
    resolved, resolved_lands = {m.party.key for m in one.found}, {m.party.code for m in one.found} - BLOCS
    head, noun = one.heads[0], one.noun
    sector = noun.sector if noun is not None else ""
    named, placed = known.keys.total() or 1, known.lands.total() or 1
    most = max(known.lands.values(), default=0)
    phrase_signs = {
        "same at most": _logit(best), "any party inside": bool(own_keys), "nothing resolved": not one.found,
        "nobody resolved": "UNK" in resolved, "pronoun": head.pos_ == "PRON", "proper name": head.pos_ == "PROPN",
        "ruling": sector in RULING, "rebel": sector == "REB", "unknown armed": noun is not None and noun.unknown_armed,
        "victim": noun is not None and noun.victim, "lands": len(lands),
        "actor": one.role == "actor", "recipient": one.role == "recipient", "source": one.role == "source",
    }  # fmt: skip
    rows = np.zeros((len(keys), len(SIGNS)), dtype=np.float64)
    for at, key in enumerate(keys):
        kind = kind_of(key)
        land = "" if key in BLOCS else key[:3]
        signs = phrase_signs | {
            "kind": float(log[KINDS.index(kind)]), "same": _logit(tie_by_key.get(key, 0.0)),
            "land": _logit(land_by_land.get(land, 0.0)), "party of land": _logit(tie_by_land.get(land, 0.0)),
            "inside": key in own_keys, "party of land inside": land in own_lands, "place inside": land in own_places,
            "another inside": bool(own_keys - {key}), "resolved": key in resolved, "resolved land": land in resolved_lands,
            "share of parties": known.keys[key] / named, "share of places": known.lands[land] / placed,
            "most named land": bool(land) and known.lands[land] == most, "first land": bool(land) and known.first == land,
            "land of the place": bool(land) and place == land,
            "best tie": 0.0 < best <= tie_by_key.get(key, 0.0), "best land": 0.0 < best_land <= land_by_land.get(land, 0.0),
            "nobody": key == "UNK", "state": kind == "STATE", "armed group": kind == "REB", "bloc": key in BLOCS,
        }  # fmt: skip
        rows[at] = [float(signs[name]) for name in SIGNS]
    return keys, rows


def _most(labels: npt.NDArray[np.object_], values: Array, asked: npt.NDArray[np.bool_]) -> dict[str, float]:
    """The highest value of each label."""
    found: dict[str, float] = {}
    for label, value in zip(labels[asked], values[asked].tolist(), strict=True):
        if label and value > found.get(label, 0.0):
            found[label] = value
    return found


def _logit(p: float) -> float:
    p = min(max(p, 0.002), 0.998)
    return math.log(p / (1 - p))


@cache
def model() -> Trees:
    """The trees that come with standoff."""
    return trees(*shipped("standoff.language.reading", "weights/whom.json", SIGNS))


# ---------------------------------------------------------------------- meaning


def meant(doc: Doc, start: int, end: int, role: str, speaker: tuple[Mention, ...] = ()) -> Meant:
    """The parties that a phrase means, and what speaks for them."""
    one = phrase(doc, start, end, role, speaker)
    if one is None:
        return Meant((), "no words")
    keys, rows = weighed(doc, one, kinds())
    likely = _as_elsewhere(doc, one, keys, model().likely(rows))
    if helping := _helping(one):
        likely = np.where([key[:3] in helping for key in keys], 0.0, likely)
    if (two := _of_two(one)) in keys:
        likely = np.where([key == two for key in keys], SAID, (1.0 - SAID) * likely)
    elif town := _town(one):
        # Struck or seized, a town that is named alone is of its country, or of those who hold it there.
        likely = np.where([key[:3] == town for key in keys], likely, 0.0)
    elif doc._.home and strangers.enemy(one.span) and not one.own():
        # The enemy of a paper is not its own country: the other that it names most, where it names one.
        other = _other_side(doc)
        likely = np.where([key[:3] == doc._.home for key in keys], 0.0, likely)
        likely = np.where([key == other for key in keys], np.maximum(likely, AT_HOME), likely)
    elif not one.names_party() and any(map(groups.is_band, one.span)):
        # Some group that no table holds, which is hardly the state it fights in.
        likely = np.where([kind_of(key) == "STATE" for key in keys], 0.0, likely)
    elif whose := _watchdog(one) or _of_speaker(one, speaker) or _of_home(doc, one):
        likely = np.where([key == whose for key in keys], np.maximum(likely, AT_HOME), (1.0 - AT_HOME) * likely)
    elif one.role == "actor" and (here := _not_of(one)):
        likely = np.where([key[:3] in here or (key in BLOCS and key != "UNK") for key in keys], 0.0, likely)
    order = np.argsort(-likely, kind="stable").tolist()
    best = float(likely[order[0]])
    kept = [keys[order[0]]]
    if phrases.several(one.span):
        kept += [keys[at] for at in order[1:3] if likely[at] >= max(0.5, 0.8 * best) and keys[at] != "UNK"]
    mentions = tuple(_mention(one, key) for key in kept)
    if _is_private(doc, one):
        mentions = tuple(_of_the_people(mention, one.span) for mention in mentions)
    told = {key: p for key, p in zip(keys, likely.tolist(), strict=True) if p >= HARDLY}
    return Meant(mentions, _why(one, kept[0], rows[order[0]]), told)


# ---------------------------------------------------------------------- one report, one army

ELSEWHERE = 3
"""So many other places of a report at the most say whose its "army" is."""
UNSAID = 1e-3
HEARD = 12
"""So many places of a report at the most are asked, the first."""


def _is_private(doc: Doc, one: Phrase) -> bool:
    """Whether a phrase names a person who speaks and of whom the text tells no office, here or elsewhere: "Trader Amna Idris"."""
    if one.role != "source" or any(m.party.code != "UNK" or m.party.sectors for m in one.found):
        return False
    named = [name for token in one.span if (name := parties.name_at(token)) is not None]
    if any(name.label_ not in {"person", "adjective", "people"} for name in named):
        return False
    person = next((name[-1] for name in named if name.label_ == "person"), None) or _named_person(one)
    return person is not None and not _in_office(doc, person.text)


def _in_office(doc: Doc, name: str) -> bool:
    """Whether a text tells somewhere of an office of who has a last name; asked once for each name."""
    at: dict[str, list[int]] | None = doc.user_data.get("standoff_capitals")
    if at is None:
        at = doc.user_data["standoff_capitals"] = {}
        for token in doc:
            if token.text[:1].isupper():
                at.setdefault(token.text, []).append(token.i)
    known: dict[str, bool] = doc.user_data.setdefault("standoff_offices", {})
    if name not in known:
        known[name] = any(_holds_office(doc[i]) for i in at.get(name, ()))
    return known[name]


def _named_person(one: Phrase) -> Token | None:
    """The last name of a person, of whom the model knows hardly more than that it is a name."""
    name = [t for t in one.span if t.pos_ == "PROPN" and t.text[:1].isupper()]
    if not name or name[-1].i != one.heads[0].i or len(name) < 2 or one.span[0].pos_ == "DET":
        return None
    common = any(t.pos_ == "NOUN" for t in one.span)  # "mother-of-three Huda Salem"
    return name[-1] if common or not {t.ent_type_ for t in name} & {"ORG", "GPE", "LOC", "FAC", "NORP"} else None


def _holds_office(name: Token) -> bool:
    """Whether an office or a rank stands in the phrase of a person's name: "Captain Noa Harel of the army"."""
    head = name
    while head.dep_ in {"compound", "flat", "appos", "nmod"} and head.head.i != head.i:
        head = head.head
    words = [t for t in head.subtree if t.sent.start == name.sent.start]
    return any(t.lower_.strip(".") in parties.offices() or _serves(t) for t in words)


def _serves(token: Token) -> bool:
    role = coreference.role_of(token)
    return role is not None and bool(role.sector) and role.sector not in PEOPLE


def _of_the_people(mention: Mention, span: TokenSpan) -> Mention:
    """The mention as that of one of a state's people, who does not speak for it."""
    party = mention.party
    if party.code in BLOCS - {"UNK"} or {"REB", "PRE"} & set(party.sectors):
        return mention
    kept = tuple(s for s in party.sectors if s in PEOPLE) or ("CVL",)
    return replace(mention, party=Party(party.code, kept, span.text))


def _body(one: Phrase) -> str:
    """The word for a body of a state ("army", "regime") in a phrase that does not say of which."""
    if one.own():
        return ""
    return next((t.lemma_.lower() for t in one.span if _rules(t)), "")


def _person(span: TokenSpan) -> str:
    """The last name of a person who is named: "Abdel Rahman" is whom "Observatory head Rami Abdel Rahman" is."""
    head = span.root
    return head.lower_ if head.pos_ == "PROPN" and head.ent_type_ == "PERSON" else ""


def _rules(token: Token) -> bool:
    role = coreference.role_of(token)
    return role is not None and role.sector in RULING


Said = tuple[int, Mapping[str, float]]
"""Where a phrase begins, and how likely each candidate is whom it means."""


def _elsewhere(doc: Doc) -> Mapping[str, list[Said]]:
    """Whom every phrase of a report that names a body of a state, and not which, is likely to mean, by the body's word."""
    kept: dict[str, list[Said]] | None = doc.user_data.get("standoff_bodies")
    if kept is None:
        kept = doc.user_data["standoff_bodies"] = {}
        for chunk in syntax.chunks(doc, 0, len(doc)):
            one = phrase(doc, chunk.start_char, chunk.end_char, "actor", ()) if any(map(_rules, chunk)) else None
            if one is not None and (word := _body(one)) and len(kept.get(word, ())) < HEARD:
                kept.setdefault(word, []).append((one.span.start_char, _told(doc, one)))
    return kept


def _introduced(doc: Doc) -> Mapping[str, list[Said]]:
    """Whom the persons of a report are likely to be where more than their name is told, by their last name."""
    kept: dict[str, list[Said]] | None = doc.user_data.get("standoff_persons")
    if kept is None:
        kept = doc.user_data["standoff_persons"] = {}
        for chunk in syntax.chunks(doc, 0, len(doc)):
            name = _person(chunk)
            if not name or len(kept.get(name, ())) >= ELSEWHERE:
                continue
            one = phrase(doc, chunk.start_char, chunk.end_char, "source", ())
            if one is None or not (one.own() or any(t.ent_type_ != "PERSON" for t in one.span)):
                continue
            whose = _watchdog(one)
            kept.setdefault(name, []).append((one.span.start_char, {whose: AT_HOME} if whose else _told(doc, one)))
    return kept


def _told(doc: Doc, one: Phrase) -> Mapping[str, float]:
    """How likely each candidate is to be whom a phrase means, taken alone."""
    keys, rows = weighed(doc, one, kinds())
    return dict(zip(keys, model().likely(rows).tolist(), strict=True))


def _as_elsewhere(doc: Doc, one: Phrase, keys: Sequence[str], likely: Rows) -> Rows:
    """How likely each candidate is, by the whole report: "the army" of one report is one army nearly always (of 270 that coders met
    twice in a report 19 were of two lands), whatever name stands nearest; and a last name is whom the report introduced by it."""
    places: Sequence[Said] = ()
    if word := _body(one):
        places = _elsewhere(doc).get(word, ())
    elif not one.own() and (name := _person(one.span)):
        places = _introduced(doc).get(name, ())
    others = [told for at, told in places if not one.span.start_char <= at < one.span.end_char]
    if not others:
        return likely
    # Who a last name is, its introduction says, and not what stands around the name.
    weight = min(len(others), ELSEWHERE) if word else ELSEWHERE
    mean = [sum(math.log(max(told.get(key, 0.0), UNSAID)) for told in others) / len(others) for key in keys]
    own = np.log(np.maximum(likely, UNSAID))
    return np.asarray(np.exp((own + weight * np.array(mean)) / (1 + weight)), np.float64)


def _watchdog(one: Phrase) -> str:
    """A kind of party: "the Pamir Rights Centre" and "a Britain-based monitoring group" speak for themselves, and never for the
    state whose land they are called after."""
    if one.role != "source":
        return ""
    states = all(n.party is None or kind_of(n.party.key) == "STATE" for n in one.own())
    if bodies.named("watcher", one.span.text.lower()) and states:
        return "NGO"  # "a Syrian monitoring group" too
    if one.names_party():
        return ""
    name = [t for t in one.span if t.text[:1].isupper() and t.pos_ != "DET"]
    if one.heads[0].pos_ != "PROPN" or len(name) < 2:
        return ""  # "Doctors said"
    return "NGO" if bodies.named("organisation", one.span.text) and not any(map(_rules, one.span)) else ""


def _of_home(doc: Doc, one: Phrase) -> str | None:
    """The country of the report's outlet, where the phrase is a body of a state that is not said, now or before, or who holds an
    office in one: "Anatoly Nogovitsyn, deputy chief of the General Staff"."""
    if one.role == "recipient" or one.names_party():
        return None
    head, noun = one.heads[0], one.noun
    if noun is None and head.ent_type_ == "PERSON":
        office = [t for child in head.children if child.dep_ == "appos" for t in child.subtree]
        held = ((token, coreference.role_of(token)) for token in office)
        head, noun = next(((t, role) for t, role in held if role is not None and role.sector in RULING), (head, None))
    return coreference.resolver(doc).at_home(head, noun) if noun is not None else None


def _of_speaker(one: Phrase, speaker: tuple[Mention, ...]) -> str:
    """ "Iran said that seven of its servicemen had died": whose "its" is, and "Georgia said that Russia had lost 40 of its soldiers"."""
    keys = {item.party.key for item in speaker}
    if len(keys) != 1 or "UNK" in keys or one.own():
        return ""
    beside = (child for head in one.heads for child in head.children)
    owned = next((token for token in (*one.span, *beside) if token.tag_ == "PRP$"), None)
    if owned is None or owned.lower_ in _SINGLE:
        return ""
    key = keys.pop()
    if owned.lower_ == "our":
        return key
    said = min(item.span.start for item in speaker)
    if not owned.sent.start_char <= said < owned.idx:
        return ""
    between = [n for n in one.names if said <= n.start < one.span.start_char]
    others = [n for n in between if (n.party.code if n.party is not None else n.land) != key[:3]]
    if not others:
        return key
    nearest = others[-1]
    subject = one.span.doc.char_span(nearest.start, nearest.end, alignment_mode="expand")
    if subject is None or subject.root.dep_ not in {"nsubj", "nsubjpass"}:
        return ""
    return nearest.party.key if nearest.party is not None else nearest.land


_SINGLE = frozenset({"his", "her", "my"})


def _other_side(doc: Doc) -> str:
    """The state that a report names most beside its own."""
    named = [land for land, _ in _known(doc).lands.most_common() if land != doc._.home]
    return named[0] if named else ""


def _not_of(one: Phrase) -> set[str]:
    """The countries of whose places a sentence tells, where who acts is not of them: "foreign troops", a name no table knows."""
    head = one.heads[0]
    if one.names_party() or not (strangers.strange(head) or strangers.unknown_land(head)):
        return set()
    sentence = head.sent
    return {
        n.land for n in one.names if n.party is None and n.land and sentence.start_char <= n.start < sentence.end_char
    }


def _of_two(one: Phrase) -> str:
    """ "Sudan and Chad signed. The former accused the latter": which of the two parties named last before."""
    words = [t.lower_ for t in one.span if t.pos_ != "DET"]
    if words not in (["former"], ["latter"]):
        return ""
    sentence = one.span[0].sent
    since = sentence.doc[sentence.start - 1].sent.start_char if sentence.start else sentence.start_char
    keys: list[str] = []
    for name in one.names:
        if name.party is not None and since <= name.start < one.span.start_char and name.party.key not in keys:
            keys.append(name.party.key)
    return "" if len(keys) != _PAIR else keys[words == ["latter"]]


_PAIR = 2
_TO_HELP = re.compile(r"[-–](\w+)")


def _helping(one: Phrase) -> set[str]:
    """The states that only back, hold or house whom a phrase means: "Iran-backed militias", "the Damascus-based network"."""
    text, first = one.span.text, one.span.start_char
    found: set[str] = set()
    others: set[str] = set()
    for name in one.own():
        if name.party is not None:
            behind = _TO_HELP.match(text, name.end - first)
            (found if behind and behind[1].lower() in listed("not_owner") else others).add(name.party.code)
    return found - others - BLOCS


def _town(one: Phrase) -> str:
    """The country of a place that is the whole of a phrase to which something is done."""
    own = one.own()
    alone = len(own) == 1 and own[0].party is None
    whole = alone and (own[0].start, own[0].end) == (one.span.start_char, one.span.end_char)
    return own[0].land if whole and one.role == "recipient" else ""


def _mention(one: Phrase, key: str) -> Mention:
    """A phrase as the mention of a party: as a table or the resolver has it, else under its own words."""
    span = one.span
    where = Span(span.start_char, span.end_char)
    for item in one.found:
        if item.party.key == key:
            return phrases.within(item, span)
    for name in one.own():
        if name.party is not None and name.party.key == key:
            return Mention(name.party, span.text, where)
    tied = [(p, party) for p, party in one.ties() if party.key == key and p >= 0.5]
    if tied:
        party = phrases.as_told(max(tied, key=lambda x: x[0])[1], span)
        if party.key == key:
            return Mention(party, span.text, where)
    if key in BLOCS:
        return Mention(Party(key, (), span.text), span.text, where)
    code, _, mark = key.partition("-")
    told = (mark,) if mark else tuple(s for s in phrases.sectors(span) if s not in {"REB", "PRE"})
    return Mention(Party(code, told, span.text), span.text, where)


def _why(one: Phrase, key: str, row: Rows) -> str:
    """In a few words, what speaks for a candidate."""
    told = dict(zip(SIGNS, row.tolist(), strict=True))
    if told["inside"]:
        return "table of parties"
    if told["same"] > 0:
        return "tied to a name"
    if told["resolved"]:
        return "roles and pronouns"
    if told["place inside"]:
        return "table of places"
    if told["land"] > 0 and key not in BLOCS:
        return "tied to a place"
    return "kept as told" if key == "UNK" else "kind of its words"
