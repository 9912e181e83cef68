"""What an evaluation found, in one form for every kind of corpus: figures by name, tables to read, and misses.

A figure's name is what a floor is pinned to (``floors.toml``), so it does not change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standoff.evaluate.across import Result
from standoff.evaluate.claims import Score
from standoff.evaluate.links import Scores
from standoff.evaluate.tally import Tally
from standoff.model import Reading

FRACTION = ("", "P", "R", "F1", "right", "found", "wanted")
MEASURES = ("muc", "b_cubed", "ceaf_e", "conll")
SHARE = ("", "share", "right", "of")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words; the first column names the row, the others are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One corpus, scored."""

    path: str
    kind: str
    size: str
    """How much was read ("12 reports")."""
    figures: Mapping[str, float]
    tables: tuple[Table, ...]
    by_type: tuple[Table, ...] = ()
    misses: tuple[str, ...] = field(default=(), repr=False)
    fingerprint: str = ""
    limit: int | None = None

    @property
    def name(self) -> str:
        """The last two names of its path."""
        return name_of(Path(self.path))


def name_of(path: Path) -> str:
    """The last two names of a path: enough to know a corpus by."""
    return "/".join(path.resolve().parts[-2:])


def of_claims(score: Score, by_hand: Score, across: Mapping[str, Mapping[str, Result]], reports: int) -> dict[str, Any]:
    """Tables of claims and disputes against gold; ``by_hand`` and ``across`` measure reconciling on gold claims too."""
    parts = {"events": score.events, "strict": score.strict, "counts": score.counts, "disputes": score.disputes}
    slots = {name: score.slots[name] for name in sorted(score.slots)}
    kinds = Tally(score.dispute_kinds, score.disputes.right, score.disputes.right)
    disputes = {
        f"{kind}, {name}": one.dispute_types[kind]
        for kind in sorted({*score.dispute_types, *by_hand.dispute_types})
        for name, one in (("extracted", score), ("gold claims", by_hand))
    }
    linked = tuple(
        (
            f"{case}, {name}",
            *(f"{getattr(r.links, m):.3f}" for m in MEASURES),
            str(r.disputes.right),
            str(r.disputes.wanted),
        )
        for name, results in across.items()
        for case, r in results.items()
    )
    tables = [
        _fractions("Claims", parts),
        _shares("Slots of the claims found", {**slots, "kind of dispute": kinds}),
    ]
    if linked:
        columns = ("", "muc", "b-cubed", "ceaf-e", "conll", "disputes right", "wanted")
        tables.append(Table("Several reports together", columns, linked))
    extracted = across.get("extracted", {}).values()
    return {
        "kind": "claims",
        "size": _size(reports, "report"),
        "figures": {
            **{f"{name}_f1": _round(tally.f1) for name, tally in parts.items()},
            **{name: _round(tally.recall) for name, tally in slots.items()},
            **({"across_conll": _round(min(r.links.conll for r in extracted))} if extracted else {}),
            **({"across_disputes": _round(min(r.disputes.recall for r in extracted))} if extracted else {}),
        },
        "tables": tuple(tables),
        "by_type": (
            _fractions("Claims by type", dict(sorted(score.types.items()))),
            _fractions("Disputes by kind, with the right parties", disputes),
        ),
        "misses": tuple(score.misses),
    }


def of_readers(
    scores: Mapping[str, Score],
    readings: Sequence[Reading],
    failed: Sequence[str],
    reports: int,
    agreed: Mapping[str, Sequence[tuple[bool, float]]] | None = None,
) -> dict[str, Any]:
    """Readers side by side on the same reports, and what of a model's word the reports bear out."""
    parts = {
        f"{what}, {name}": tally
        for what in ("events", "strict", "counts", "disputes")
        for name, tally in ((name, getattr(score, what)) for name, score in scores.items())
    }
    named = next(iter(scores))
    first = scores[named]
    tables = [
        _fractions("Claims by each reader", parts),
        *(
            _shares(f"Slots of the claims found, {name}", dict(sorted(score.slots.items())))
            for name, score in scores.items()
        ),
    ]
    values, dropped = sum(one.values for one in readings), sum(len(one.dropped) for one in readings)
    figures = {
        **{f"{name}_f1": _round(getattr(first, name).f1) for name in ("events", "strict", "counts", "disputes")},
        "grounded": _round(1 - dropped / values) if values else 1.0,
    }
    if readings:
        each = len(readings)
        rows = (
            ("values it gave", str(values)),
            ("not taken", str(dropped)),
            ("grounded", f"{figures['grounded']:.3f}"),
            ("tokens in, a report", f"{sum(one.tokens_in for one in readings) / each:,.0f}"),
            ("tokens out, a report", f"{sum(one.tokens_out for one in readings) / each:,.0f}"),
            ("cost", f"{sum(one.cost for one in readings):.4f}"),
            ("reports that failed", str(len(failed))),
        )
        tables.append(Table(f"What {readings[0].model} answered", ("", "all"), rows))
        why = Counter(f"{drop.what}: {drop.why}" for one in readings for drop in one.dropped)
        if why:
            lines = tuple((reason, str(times)) for reason, times in sorted(why.items(), key=lambda w: (-w[1], w[0])))
            tables.append(Table("Values not taken", ("", "times"), lines))
    if agreed:
        tables.append(Table("What it is worth that two readers agree", ("", "claims", "right", "share", "confidence"), tuple(
            (told, str(len(each)), str(sum(ok for ok, _ in each)), f"{sum(ok for ok, _ in each) / len(each):.2f}",
             f"{sum(sure for _, sure in each) / len(each):.2f}")
            for told, each in sorted(agreed.items(), key=lambda item: -sum(ok for ok, _ in item[1]) / len(item[1]))
        )))  # fmt: skip
    return {
        "kind": "claims",
        "size": _size(reports, "report"),
        "figures": figures,
        "tables": tuple(tables),
        "by_type": tuple(
            _fractions(f"Claims by type, {name}", dict(sorted(score.types.items()))) for name, score in scores.items()
        ),
        "misses": (*failed, *first.misses),
    }


def of_statements(tallies: Mapping[str, Tally], texts: int, misses: Iterable[str]) -> dict[str, Any]:
    """Tables of attributions against a brat corpus."""
    spans = ("attributions", "with source", "content characters")
    shares = {name: tally for name, tally in tallies.items() if name not in spans}
    return {
        "kind": "statements",
        "size": _size(texts, "text"),
        "figures": {
            "attributions_f1": _round(tallies["attributions"].f1),
            "with_source_f1": _round(tallies["with source"].f1),
        },
        "tables": (
            _fractions("Attributions", {name: tallies[name] for name in spans}),
            _shares("Of the attributions found", shares),
        ),
        "misses": tuple(misses),
    }


def of_pairs(result: Mapping[str, Any]) -> dict[str, Any]:
    """Tables of marked pairs."""
    rows, by_root = result["rows"], result["by root"]
    pairs, right = (sum(tally[name] for tally in by_root.values()) for name in ("found", "right"))
    overall = {
        "pair": Tally(pairs, rows, rows),
        "pair and root": Tally(right, rows, rows),
        "root, of the pairs found": Tally(right, pairs, pairs),
    }
    lines = tuple(
        (
            root,
            _percent(tally["right"], tally["n"]),
            _percent(tally["right"], tally["found"]),
            *(str(tally[name]) for name in ("n", "found", "right")),
        )
        for root, tally in by_root.items()
    )
    columns = ("", "pair and root", "root of found", "pairs", "found", "right")
    return {
        "kind": "plv",
        "size": _size(rows, "sentence"),
        "figures": {
            "pair_and_root": result["pair and root"],
            "root_of_found": result["root of found"],
        },
        "tables": (_shares("Marked pairs", overall),),
        "by_type": (Table("Marked pairs by type", columns, lines),),
        "misses": _on_one_line(result["misses"]),
    }


def of_plover(result: Mapping[str, Any]) -> dict[str, Any]:
    """Tables of PLOVER's own records."""
    names = {
        "type": "type",
        "source": "type and its actor",
        "target": "type and its recipient",
        "all": "type and all its parties",
    }
    overall = {words: Tally(*result["tallies"][name]) for name, words in names.items()}
    by_type = {event: Tally(right, n, n) for event, (right, n) in result["by type"].items()}
    return {
        "kind": "plover",
        "size": _size(result["sentences"], "sentence"),
        "figures": {name: result[name] for name in names},
        "tables": (_shares("PLOVER's records", overall),),
        "by_type": (_shares("PLOVER's records by type", by_type),),
        "misses": tuple(result["misses"]),
    }


def of_gva(result: Mapping[str, Any], linked: Scores) -> dict[str, Any]:
    """Tables of killed and injured per article, killed per incident by each policy, and articles put together."""
    figures = {name: result[name] for name in ("killed", "injured", "both")}
    by_policy = result["killed by policy"]
    together = {name: round(getattr(linked, name), 3) for name in MEASURES}
    rows = tuple((name.replace("_", "-"), f"{value:.3f}") for name, value in together.items())
    return {
        "kind": "gva",
        "size": _size(result["articles"], "article"),
        "figures": {**figures, "conll": together["conll"], "killed_of_incident": max(by_policy.values())},
        "tables": (
            _exact("Killed and injured per article", figures),
            _exact("Killed per incident, by policy", by_policy),
            Table("Articles linked into incidents", ("", "F1"), rows),
        ),
        "misses": _on_one_line(result["misses"]),
    }


def of_airwars(result: Mapping[str, Any], contest: float) -> dict[str, Any]:
    """Tables of ranges under Airwars' convention, and of how the contested are ranked."""
    figures = {name.replace(" ", "_"): value for name, value in result.items() if isinstance(value, float)}
    ranked = Table("Contested assessments ranked first", ("", "AUC"), (("contest score", f"{contest:.3f}"),))
    return {
        "kind": "airwars",
        "size": _size(result["incidents"], "assessment"),
        "figures": {**figures, "contest": round(contest, 3)},
        "tables": (
            _exact("Ranges as Airwars reads them", {k.replace("_", " "): v for k, v in figures.items()}),
            ranked,
        ),
        "misses": _on_one_line(result.get("misses", ())),
    }


def markdown(reports: Iterable[Report]) -> str:
    """The reports as Markdown tables, those by type among them."""
    parts = []
    for report in reports:
        parts.append(f"## {report.name}\n\n{report.size}; corpus {report.fingerprint[:12]}.")
        for table in report.tables + report.by_type:
            lines = [table.columns, tuple("---" if n == 0 else "---:" for n in range(len(table.columns))), *table.rows]
            body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
            parts.append(f"### {table.title}\n\n{body}")
    return "\n\n".join(parts) + "\n"


def _fractions(title: str, tallies: Mapping[str, Tally]) -> Table:
    rows = tuple(
        (name, f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", str(t.right), str(t.found), str(t.wanted))
        for name, t in tallies.items()
    )
    return Table(title, FRACTION, rows)


def _shares(title: str, tallies: Mapping[str, Tally]) -> Table:
    rows = tuple((name, _percent(t.right, t.wanted), str(t.right), str(t.wanted)) for name, t in tallies.items())
    return Table(title, SHARE, rows)


def _exact(title: str, shares: Mapping[str, float]) -> Table:
    return Table(title, ("", "exact"), tuple((name, f"{share:.3f}") for name, share in shares.items()))


def _percent(right: int, of: int) -> str:
    return f"{right / of:.3f}" if of else "–"


def _round(figure: float) -> float:
    return round(figure, 3)


def _size(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _on_one_line(misses: Iterable[str]) -> tuple[str, ...]:
    return tuple(" · ".join(miss.split("\t")) for miss in misses)
