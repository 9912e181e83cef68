"""Counts on the Gun Violence Archive articles of the SemEval-2018 task "Counting events and participants".

Each article is about one shooting, whose killed and injured are known as they stood when the archive was read; an
early article may rightly give other figures. An article is right when its totals are those of its incident.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from standoff import claims as claim_stage
from standoff.evaluate import links
from standoff.language import pipeline
from standoff.language.counts import LossCount
from standoff.language.totals import article_totals
from standoff.model import Claim, Count, CountKind, Document, Span
from standoff.reconcile import incidents as incident_stage
from standoff.reconcile import policies

# Longer "articles" are pages with everything on them; nothing of the incident stands so far down.
LENGTH = 20_000


def killed_and_injured(totals: Mapping[CountKind, LossCount]) -> tuple[int, int]:
    """The archive's two figures. It has every victim of a shooting as killed or injured, so whoever was shot and is not
    told to have died was injured."""
    killed, injured, shot = (_high(totals, k) for k in (CountKind.KILLED, CountKind.INJURED, CountKind.CASUALTIES))
    return killed, max(injured, shot - killed)


def _high(totals: Mapping[CountKind, LossCount], kind: CountKind) -> int:
    loss = totals.get(kind)
    return 0 if loss is None or loss.high is None else loss.high


def evaluate(path: Path, nlp: Language, *, limit: int | None = None) -> dict[str, Any]:
    """Shares of articles whose killed, injured, and both are right, and the articles that are not.

    Args:
        path: the folder that holds ``docs.jsonl`` and ``incidents.jsonl``.
        nlp: a pipeline with tagger, parser and named entities; ``standoff_counts`` is added where it lacks.
    """
    with (path / "incidents.jsonl").open(encoding="utf-8") as handle:
        incidents = {i["incident"]: i for i in map(json.loads, handle)}
    articles = _articles(path, limit)
    if not nlp.has_pipe("standoff_counts"):
        nlp.add_pipe("standoff_counts")
    texts = map(_text, articles)
    right = {"killed": 0, "injured": 0, "both": 0}
    misses = []
    told: dict[str, list[policies.Figure]] = defaultdict(list)
    for article, doc in zip(articles, nlp.pipe(texts, batch_size=16), strict=True):
        killed, injured = killed_and_injured(article_totals(doc))
        incident = incidents[article["incident"]]
        words = Span(0, 1)
        count = Count(CountKind.KILLED, killed, killed, killed, "people", str(killed), words)
        told[article["incident"]].append(policies.Figure(count, article["id"], article["id"], _day(article["dct"])))
        wanted = incident["num_killed"], incident["num_injured"]
        right["killed"] += killed == wanted[0]
        right["injured"] += injured == wanted[1]
        right["both"] += (killed, injured) == wanted
        if (killed, injured) != wanted:
            misses.append(
                f"{article['id']}\tread {killed}, {injured}\twanted {wanted[0]}, {wanted[1]}\t{article['title']}"
            )
    total = len(articles)
    shares = {name: round(count / total, 3) if total else 0.0 for name, count in right.items()}
    by_policy = {
        name: round(
            sum(policies.estimate(figures, name).best == incidents[key]["num_killed"] for key, figures in told.items())
            / (len(told) or 1),
            3,
        )
        for name in POLICIES
    }
    return {"articles": total, **shares, "misses": misses, "killed by policy": by_policy}


POLICIES = ("ucdp", "acled", "minimum", "maximum", "median", "latest")


def _articles(path: Path, limit: int | None) -> list[dict[str, Any]]:
    with (path / "docs.jsonl").open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle][:limit]


def _text(article: Mapping[str, Any]) -> str:
    return f"{article['title']}.\n\n{article['content']}"[:LENGTH]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def linked(path: Path, *, limit: int | None = None, model: str = pipeline.DEFAULT_MODEL) -> links.Scores:
    """How well articles about one shooting come together: an article goes with the incident of most of its claims."""
    articles = _articles(path, limit)
    documents = [
        Document(article["id"], _text(article), "", published=_day(article["dct"]), title=article["title"])
        for article in articles
    ]
    claims: list[Claim] = []
    for document, doc in pipeline.annotated(documents, model):
        claims.extend(claim_stage.from_doc(doc, document))
    held: dict[str, Counter[str]] = defaultdict(Counter)
    doc_of = {claim.id: claim.doc for claim in claims}
    for incident in incident_stage.link(claims, documents):
        for claim in incident.claims:
            held[doc_of[claim]][incident.id] += 1
    response: dict[str, set[str]] = defaultdict(set)
    key: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        own = held.get(article["id"])
        response[own.most_common(1)[0][0] if own else article["id"]].add(article["id"])
        key[article["incident"]].add(article["id"])
    return links.score([frozenset(k) for k in key.values()], [frozenset(r) for r in response.values()])


def main(arguments: list[str]) -> int:
    """``python -m standoff.evaluate.gva PATH``"""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m standoff.evaluate.gva PATH\n")
        return 2
    result = evaluate(Path(arguments[0]), _pipeline())
    for name in ("articles", "killed", "injured", "both"):
        sys.stdout.write(f"{name}\t{result[name]}\n")
    return 0


def _pipeline() -> Language:
    """The model with the counts alone: nothing else is measured here."""
    nlp = spacy.load(pipeline.DEFAULT_MODEL)
    nlp.add_pipe("standoff_lines", first=True)
    nlp.add_pipe("standoff_counts")
    return nlp


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
