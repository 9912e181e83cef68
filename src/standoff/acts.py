"""What is done, as a sentence tells it: "India shot down 25 Pakistani drones", and not "assault (drone)".

Codes of records become the words of ``lexicon/interface.toml`` here, on pages and in tables alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from standoff import lexicon
from standoff.model import FORCE, Bound, Claim, Count, CountKind, Mention
from standoff.wording import UNNAMED_THINGS, clause, in_prose, is_common, listed, number, singular, speaks, state_name

_OF = ("tens", "dozens", "scores", "hundreds", "thousands", "millions")
"""Amounts that want an "of" before what they count."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an act's words; where it names a party, which."""

    text: str
    party: str = ""


def label(kind: str, code: str) -> str:
    """What pages call a code: of an ``event``, ``mode``, ``loss``, ``firmness``, ``dispute``, ``state``, ``review``, ``part``.

    >>> label("event", "ASSAULT"), label("firmness", "negation")
    ('attack', 'said not to have happened')
    """
    return _labels()[kind].get(code) or code.replace("_", " ").replace("-", " ").lower()


def labels(kind: str) -> Mapping[str, str]:
    """All the words of one kind, by code."""
    return _labels()[kind]


def act(claim: Claim, names: Mapping[str, str] | None = None) -> list[Piece]:
    """The act that a claim tells of, in pieces: names of parties apart from the words between them.

    ``names`` are what parties are called, by their keys, in place of the names the claim has.
    """
    actors, recipients = _named(claim.actors, names), _named(claim.recipients, names)
    # The figures of what is done by force are what was done; elsewhere a figure is beside the act. "Shot down ten" of what is not
    # said: the act is told without, and the figure stands beside it.
    counts = (
        [one for one in claim.counts if _told(one) and (one.unit not in ("", UNNAMED_THINGS) or _of_people(one))]
        if claim.event in FORCE or not claim.actors
        else []
    )
    if counts:
        return _tidy(_of_losses(claim, actors, counts, recipients))
    # Both sides of one name ("Syria attacked Syria") say no more than the first.
    acting = {one.text for one in actors}
    recipients = [one for one in recipients if one.text not in acting]
    marks_a, marks_r = [f"\0a{at}\0" for at in range(len(actors))], [f"\0r{at}\0" for at in range(len(recipients))]
    return _tidy(_filled(clause(claim.event, claim.modes, marks_a, marks_r), actors, recipients))


def words(claim: Claim, names: Mapping[str, str] | None = None) -> str:
    """The act as plain text."""
    return "".join(piece.text for piece in act(claim, names))


def figure(count: Count, whose: str = "") -> str:
    """A figure with what it counts, without what became of it: "25 Pakistani drones", "at least 12 people"."""
    unit = count.unit or ("people" if _of_people(count) else "")
    unit = unit.lower() if unit.lower() in _plain() else unit  # "Militants" of a headline
    if count.low == count.high == 1 and count.bound is Bound.EXACT:
        unit = singular(unit)
    elif count.high != 0:
        unit = _of_many(unit)
    if whose and unit != "people" and not unit.lower().startswith(whose.lower()):
        unit = f"{whose} {unit}"
    of = count.low is None and count.high is None and count.text.lower().endswith(_OF)
    unit = f"of {unit}" if of and unit else unit
    amount = count.text.strip() if count.low is None and count.high is None else number(count)
    amount = "no" if count.low == count.high == 0 else amount
    # Vague words may name what they count: "dozens of civilians".
    return amount if unit.rsplit(" ", 1)[-1] in amount.split() else f"{amount} {unit}".strip()


@cache
def _plain() -> frozenset[str]:
    """What can be counted and is no name, one and many (``lexicon/struck.toml``)."""
    words = {word for row in lexicon.load("struck")["class"] for word in row["words"]}
    return frozenset(words | {f"{word}s" for word in words})


_ALIKE = frozenset(
    {"aircraft", "ammunition", "armour", "crew", "dead", "displaced", "infantry", "people", "personnel", "police"}
)
"""What is one and many alike."""


def _of_many(unit: str) -> str:
    """What is counted, where it is more than one: "2 guns" of "gun"."""
    *before, last = unit.split() or [""]
    if last.endswith(("s", "men", "children", "women")) or last in _ALIKE or last not in _plain():
        return unit
    many = (
        f"{last[:-3]}men"
        if last.endswith("man")
        else f"{last[:-1]}ies"
        if last.endswith(("ry", "ty", "by"))
        else f"{last}s"
    )
    return " ".join([*before, many])


def _of_people(count: Count) -> bool:
    return count.kind is not CountKind.DESTROYED


def _told(count: Count) -> bool:
    return count.low is not None or count.high is not None or bool(count.text.strip())


def _of_losses(claim: Claim, actors: list[Piece], counts: Sequence[Count], recipients: list[Piece]) -> list[Piece]:
    whose = _adjective(claim.recipients)
    forms = [_form(one, claim.trigger.text) for one in counts]
    if not actors:
        told = listed(
            list(
                dict.fromkeys(
                    f"{figure(one, whose)} {_were(one)} {form['passive']}"
                    for one, form in zip(counts, forms, strict=True)
                )
            )
        )
        return [Piece(told)]
    told = listed(
        list(dict.fromkeys(f"{form['active']} {figure(one, whose)}" for one, form in zip(counts, forms, strict=True)))
    )
    tail: list[Piece] = []
    if recipients and not whose and not any(_about(r.text, counts) for r in recipients):
        tail = [Piece(" ("), *_and(recipients), Piece(")")]
    return [*_and(actors), Piece(f" {told}"), *tail]


def _were(count: Count) -> str:
    none = (
        count.low == count.high == 0
        and count.unit not in ("", "people", "police")
        and singular(count.unit) == count.unit
    )
    return "was" if none or count.low == count.high == 1 else "were"


def _about(name: str, counts: Sequence[Count]) -> bool:
    """A recipient that the figure names already: "31 civilians" of "civilians"."""
    return any(word in name.lower() for one in counts for word in one.unit.lower().split() if len(word) > 3)


def _form(count: Count, trigger: str) -> Mapping[str, Any]:
    for entry in lexicon.load("interface")["act"]:
        if entry["kind"] != count.kind.value:
            continue
        units = entry.get("units")
        if units and not (count.unit.rsplit(" ", 1)[-1] in units and trigger.lower() in entry["words"]):
            continue
        found: Mapping[str, Any] = entry
        return found
    raise KeyError(count.kind)


def _adjective(mentions: Sequence[Mention]) -> str:
    """Whose the losses are, where one state's: "Pakistani"."""
    codes = {m.party.code for m in mentions}
    return _adjectives().get(next(iter(codes)), "") if len(codes) == 1 and "-" not in mentions[0].party.key else ""


def _named(mentions: Sequence[Mention], names: Mapping[str, str] | None) -> list[Piece]:
    found: dict[str, Piece] = {}
    for one in mentions:
        party = one.party
        if party.code == "UNK" and not speaks(party.name or one.text):
            continue
        text = party.name if party.name and party.name != party.code else ""
        if is_common(text):  # "Units" are no name: their state's, or nobody's
            if party.code == "UNK":
                continue
            text = state_name(party.code) or "" if party.key == party.code else ""
        text = text or (names or {}).get(party.key) or one.text or party.code
        found.setdefault(text, Piece(in_prose(text), "" if party.code == "UNK" else party.key))
    return list(found.values())


def _and(pieces: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for at, piece in enumerate(pieces):
        if at:
            joined.append(Piece(" and " if at == len(pieces) - 1 else ", "))
        joined.append(piece)
    return joined


def _filled(text: str, actors: list[Piece], recipients: list[Piece]) -> list[Piece]:
    pieces = []
    for part in text.split("\0"):
        held = {"a": actors, "r": recipients}.get(part[:1]) if part[1:].isdecimal() else None
        pieces.append(held[int(part[1:])] if held is not None else Piece(part))
    return pieces


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """The pieces with a capital in front and none that is empty."""
    kept = [piece for piece in pieces if piece.text]
    if kept:
        first = kept[0].text
        kept[0] = Piece(first[:1].upper() + first[1:], kept[0].party)
    return kept


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    held = lexicon.load("interface")
    kinds = (kind for kind in held if kind != "act")
    return {kind: {entry["code"]: entry["label"] for entry in held[kind]} for kind in kinds}


@cache
def _adjectives() -> Mapping[str, str]:
    states = lexicon.load("states")["state"]
    return {entry["code"]: entry["adjectives"][0] for entry in states if entry.get("adjectives")}
