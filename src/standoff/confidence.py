"""How sure a claim is: the probability that a coder would find its type, actor, recipient and source right.

A logistic model over what a claim itself shows. Its weights are in ``language/data/confidence.toml``; ``scripts/fit_confidence.py``
fits them to hand-coded reports, and ``standoff evaluate`` shows how well such a fit holds on reports that it has not seen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import exp, log

from standoff.language import frames
from standoff.model import SPOKEN, Claim

PRONOUNS = frozenset("it he she they we i them him her us its his their our which who that".split())
LEAST, MOST = 0.05, 0.95


def features(claim: Claim) -> dict[str, float]:
    """What a claim shows of how sure it is, each from 0 to about 1.

    >>> from standoff.model import Span, Trigger
    >>> found = features(Claim("c", "d", "ASSAULT", Trigger("attack", Span(0, 6)), Span(0, 20), "attack on the bridge"))
    >>> found["noun"], found["actor"]
    (1.0, 0.0)
    """
    trigger, nouns = claim.trigger.text.lower(), frames.noun_frames()
    actors, recipients = claim.actor_keys - {"UNK"}, claim.recipient_keys - {"UNK"}
    speakers = {source.mention.party.key for source in claim.sources}
    shown = {
        "one": True,
        "actor": bool(actors),
        "recipient": bool(recipients),
        "pronoun": any(m.text.lower() in PRONOUNS for m in (*claim.actors, *claim.recipients)),
        "same": bool(actors & recipients),
        "noun": trigger in nouns or trigger.removesuffix("s") in nouns,
        "speech": claim.event in SPOKEN,
        "assault": claim.event == "ASSAULT",
        "figure": any(count.low is not None for count in claim.counts),
        "sourced": bool(claim.sources),
        "unknown source": "UNK" in speakers,
        "dated": claim.when is not None and claim.when.start is not None,
        "placed": claim.where is not None,
        "unreal": bool(claim.aux),
    }
    return {**{name: float(value) for name, value in shown.items()}, "long": log(max(len(claim.text), 1) / 60) / 3}


@cache
def weights() -> Mapping[str, float]:
    """The weights in use, by the names of the features."""
    text = (resources.files("standoff.language") / "data" / "confidence.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["weights"].items()}


def probability(shown: Mapping[str, float], by: Mapping[str, float]) -> float:
    """What a logistic model makes of features, kept from certainty.

    >>> probability({"one": 1.0}, {"one": 0.0})
    0.5
    """
    total = sum(by.get(name, 0.0) * value for name, value in shown.items())
    return round(min(MOST, max(LEAST, 1 / (1 + exp(-total)))), 2)


def of(claim: Claim) -> float:
    """The confidence of a claim, from 0.05 to 0.95."""
    return probability(features(claim), weights())
