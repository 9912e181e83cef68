"""How much of what a lying model makes of true quotations comes through: ``python benchmarks/lying.py``.

Each claim of the recorded answers (``tests/reports``, English) is told falsely in one way, every quotation still the report's own.
``through`` is how often the false value stands in the end; ``honest`` how many of the true claims and of their values were lost to the same checks.
"""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from standoff.model import Claim, Document, Span
from standoff.readers import addressed
from standoff.readers.build import Builder, settled
from standoff.readers.tables import Tables

REPORTS = Path(__file__).parent.parent / "tests" / "reports"
Raw = dict[str, Any]

OPPOSITE = {
    "ASSAULT": "AID", "COERCE": "AID", "PROTEST": "SUPPORT", "SANCTION": "COOPERATE", "MOBILIZE": "RETREAT", "THREATEN": "AGREE",
    "ACCUSE": "SUPPORT", "REJECT": "AGREE", "REQUEST": "AGREE", "AGREE": "REJECT", "SUPPORT": "ACCUSE", "CONSULT": "ASSAULT",
    "CONCEDE": "THREATEN", "COOPERATE": "SANCTION", "AID": "ASSAULT", "RETREAT": "ASSAULT",
}  # fmt: skip
KINDS = {"killed": "injured", "injured": "killed", "captured": "killed", "arrested": "killed", "displaced": "killed",
         "missing": "killed", "destroyed": "killed"}  # fmt: skip


def key(one: Raw) -> str:
    return str(one.get("who", ""))


def others(raw: Raw, all_: list[Raw], role: str) -> list[Raw]:
    mine = {key(one) for name in ("actors", "recipients", "sources") for one in raw[name]}
    return [one for other in all_ for one in other[role] if key(one) not in mine]


def opposite(raw: Raw, all_: list[Raw]) -> bool:
    raw["event"], raw["modes"] = OPPOSITE[raw["event"]], []
    return True


def turned(raw: Raw, all_: list[Raw]) -> bool:
    raw["actors"], raw["recipients"] = raw["recipients"], raw["actors"]
    return bool(raw["actors"]) and {key(a) for a in raw["actors"]} != {key(a) for a in raw["recipients"]}


def sufferer(raw: Raw, all_: list[Raw]) -> bool:
    given = bool(raw["recipients"]) and {key(a) for a in raw["actors"]} != {key(a) for a in raw["recipients"]}
    raw["actors"], raw["recipients"] = raw["recipients"], []
    return given


def stranger(raw: Raw, all_: list[Raw]) -> bool:
    found = others(raw, all_, "actors")
    given = bool(raw["actors"])
    raw["actors"] = found[:1]
    return bool(found) and given


def victim(raw: Raw, all_: list[Raw]) -> bool:
    found = others(raw, all_, "recipients")
    given = bool(raw["recipients"])
    raw["recipients"] = found[:1]
    return bool(found) and given


def speaker(raw: Raw, all_: list[Raw]) -> bool:
    found = others(raw, all_, "sources") or others(raw, all_, "actors")
    given = bool(raw["sources"])
    raw["sources"] = [{"cue": "", **found[0]}] if found else []
    return bool(found) and given


def unsaid(raw: Raw, all_: list[Raw]) -> bool:
    given = bool(raw["sources"])
    raw["sources"] = []
    return given


def said(raw: Raw, all_: list[Raw]) -> bool:
    found = others(raw, all_, "sources")
    given = not raw["sources"]
    raw["sources"] = found[:1]
    return given and bool(found)


def denied(raw: Raw, all_: list[Raw]) -> bool:
    given = "negation" not in raw["aux"]
    raw["aux"] = [*raw["aux"], "negation"]
    return given


def affirmed(raw: Raw, all_: list[Raw]) -> bool:
    given = "negation" in raw["aux"]
    raw["aux"] = [one for one in raw["aux"] if one != "negation"]
    return given


def done(raw: Raw, all_: list[Raw]) -> bool:
    unreal = {"future", "hypothetical", "attempted"}
    given = bool(unreal & set(raw["aux"]))
    raw["aux"] = [one for one in raw["aux"] if one not in unreal]
    return given


def loss(raw: Raw, all_: list[Raw]) -> bool:
    for one in raw["figures"]:
        one["kind"] = KINDS.get(one["kind"], "killed")
    return bool(raw["figures"])


def hundred(raw: Raw, all_: list[Raw]) -> bool:
    given = [one for one in raw["figures"] if one["low"]]
    for one in given:
        one["low"], one["high"] = one["low"] * 100, (one["high"] or one["low"]) * 100
    return bool(given)


def taken(raw: Raw, all_: list[Raw]) -> bool:
    mine = [one["quote"] for one in raw["figures"]]
    found = [one for other in all_ for one in other["figures"] if one["quote"] not in mine]
    raw["figures"] = found[:1]
    return bool(found)


LIES: dict[str, Callable[[Raw, list[Raw]], bool]] = {
    "the opposite type": opposite, "who did it and to whom, turned": turned, "who suffered it, as who did it": sufferer,
    "another party of the report as who did it": stranger, "another as to whom": victim, "another as who says so": speaker,
    "nobody says so": unsaid, "somebody says so": said, "denied": denied, "not denied": affirmed, "planned or tried, as done": done,
    "another kind of loss": loss, "figures a hundred times": hundred, "a figure of another claim": taken,
}  # fmt: skip


def facts(claim: Claim, raw: Raw) -> tuple[object, ...]:
    return (
        claim.event, claim.actor_keys, claim.recipient_keys, claim.speaker, frozenset(claim.aux),
        frozenset((c.kind, c.low, c.high) for c in claim.counts),
    )  # fmt: skip


def reports() -> Iterator[tuple[Document, list[Raw]]]:
    from standoff.evaluate import claims

    for gold in claims.load(REPORTS):
        if gold.document.language == "en":
            answer = (REPORTS / gold.document.id / "answer.json").read_text(encoding="utf-8")
            yield gold.document, json.loads(answer)["claims"]


def main() -> None:
    tried, through, shown = Counter[str](), Counter[str](), "-v" in sys.argv
    honest = kept = values = dropped = 0
    for document, answered in reports():
        passages = addressed.find(document.text)
        tables = Tables(document, passages=passages)

        def built(raw: Raw) -> tuple[Claim | None, Builder]:
            builder = Builder(document, "m", tables, passages)  # noqa: B023
            found = settled(builder.claims([raw], Span(0, len(document.text))))  # noqa: B023
            return (found[0] if found else None), builder

        for raw in answered:
            true, builder = built(raw)
            honest, kept = honest + 1, kept + (true is not None)
            values, dropped = values + builder.values, dropped + len(builder.dropped)
            if shown and builder.dropped:
                print(
                    "HONEST",
                    document.id,
                    raw["event"],
                    raw["clause"],
                    [(d.what, d.why, d.words) for d in builder.dropped],
                )
            if true is None:
                continue
            for name, lie in LIES.items():
                told = copy.deepcopy(raw)
                if not lie(told, answered):
                    continue
                tried[name] += 1
                false, _ = built(told)
                # What is left of a lie is the truth, or less of it: nothing that the truth does not have.
                if false is not None and any(_false(false, true)):
                    through[name] += 1
                    if shown:
                        print("THROUGH", name, document.id, told["event"], told["clause"], facts(false, told))
    for name in LIES:
        print(f"| {name} | {through[name]} of {tried[name]} |")
    print(f"| **all** | {sum(through.values())} of {sum(tried.values())} |")
    print(f"honest: {kept} of {honest} claims, {values - dropped} of {values} values")


def _false(false: Claim, true: Claim) -> Iterator[bool]:
    yield false.event != true.event
    yield bool(false.actor_keys - true.actor_keys - {"UNK"})
    yield bool(false.recipient_keys - true.recipient_keys - {"UNK"})
    yield false.speaker != true.speaker
    yield {"negation", "future", "hypothetical", "attempted"} & set(false.aux) != {
        "negation", "future", "hypothetical", "attempted"} & set(true.aux)  # fmt: skip
    yield bool(
        {(c.kind, c.low, c.high) for c in false.counts if c.low} - {(c.kind, c.low, c.high) for c in true.counts}
    )


if __name__ == "__main__":
    main()
