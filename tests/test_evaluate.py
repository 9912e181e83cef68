"""Scoring: what the figures are on corpora small enough to count by hand, and what is said of one that is no corpus."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from standoff import cli, confidence, deciding, evaluate
from standoff.errors import InputError
from standoff.evaluate import claims, floors, links, page, plover, reliability, statements
from standoff.evaluate.report import Report
from standoff.evaluate.text import excerpt
from standoff.model import Claim, Span, Statement
from standoff.reconcile import dossier

Coder = Callable[..., tuple[Claim, ...]]

STRIKE = "Russia said that Ukraine shelled Belgorod on Tuesday, killing five people."
DENIAL = "Kyiv denied the accusation."
TEXT = f"{STRIKE} {DENIAL}\n"
SHELLED = {
    "id": "c1",
    "evidence": "Ukraine shelled Belgorod on Tuesday, killing five people",
    "event": ["ASSAULT"],
    "actor": ["UKR"],
    "recipient": ["RUS"],
    "sources": ["RUS"],
    "counts": [{"kind": "killed", "low": 5, "high": 5}],
    "date": "2024-05-14",
}


def gold_folder(root: Path, *gold_claims: dict[str, Any], text: str = TEXT, **more: Any) -> Path:
    folder = root / "belgorod"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text(text, encoding="utf-8")
    gold = {"doc": "belgorod", "text": "text.txt", "published": "2024-05-15", "claims": gold_claims, **more}
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    return root


def brat_folder(root: Path, text: str, *annotations: tuple[str, str, str]) -> Path:
    """A corpus of one text whose annotations are given as (source, cue, content)."""
    (root / "text").mkdir(parents=True, exist_ok=True)
    (root / "attributions").mkdir(exist_ok=True)
    (root / "text" / "one.txt").write_text(text, encoding="utf-8")
    lines = []
    for number, words in enumerate(annotations):
        ids = [f"T{3 * number + part}" for part in range(3)]
        for key, role, said in zip(ids, ("Source", "Cue", "Content"), words, strict=True):
            start = text.index(said)
            lines.append(f"{key}\t{role} {start} {start + len(said)}\t{said}")
        lines.append(f"E{number}\tAttribution:{ids[1]} Source:{ids[0]} Cue:{ids[1]} Content:{ids[2]}")
    (root / "attributions" / "one_someone.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def pair_table(path: Path, *rows: tuple[str, str]) -> Path:
    lines = ["id\tmarked_sentence\tgold_root", *(f"{n}\t{text}\t{root}" for n, (text, root) in enumerate(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["evaluate", *map(str, args)])


@pytest.fixture
def coded(code: Callable[..., tuple[Claim, ...]], tmp_path: Path) -> tuple[list[claims.Gold], tuple[Claim, ...]]:
    """Gold reports of one report, and what is read in it."""
    golds = list(claims.load(gold_folder(tmp_path / "gold", SHELLED)))
    return golds, tuple(c for c in code(TEXT, date(2024, 5, 15), "belgorod") if c.event == "ASSAULT")


# -------------------------------------------------------------------- claims


def test_a_claim_with_every_slot_right(coded: tuple[list[claims.Gold], tuple[Claim, ...]]) -> None:
    golds, found = coded
    score = claims.score(golds, {"belgorod": found})
    assert (score.events.f1, score.strict.f1, score.counts.f1) == (1.0, 1.0, 1.0)
    assert {name: tally.recall for name, tally in score.slots.items()} == dict.fromkeys(
        ("actor", "recipient", "source", "aux", "date"), 1.0
    )
    assert score.misses == []


def test_a_miss_is_told_with_its_sentence(coded: tuple[list[claims.Gold], tuple[Claim, ...]]) -> None:
    golds, _ = coded
    score = claims.score(golds, {})
    assert (score.events.right, score.events.found, score.events.wanted) == (0, 0, 1)
    assert score.misses == [
        f"COUNT belgorod c1: none, not killed 5: {STRIKE}",
        f"MISS belgorod c1 ASSAULT: {STRIKE}",
    ]


def test_a_wrong_slot_is_told_with_what_is_wanted(coded: tuple[list[claims.Gold], tuple[Claim, ...]]) -> None:
    golds, found = coded
    turned = [replace(c, actors=c.recipients, sources=()) for c in found]
    score = claims.score(golds, {"belgorod": turned})
    assert (score.events.right, score.strict.right) == (1, 0)
    assert score.misses == [f"SLOT belgorod c1: actor RUS, not UKR; source none, not RUS: {STRIKE}"]


def test_a_claim_told_twice_is_false_once(coded: tuple[list[claims.Gold], tuple[Claim, ...]]) -> None:
    golds, found = coded
    score = claims.score(golds, {"belgorod": [*found, *(replace(c, id=c.id + "x") for c in found)]})
    assert (score.events.right, score.events.found) == (1, 2)
    assert [miss.split()[0] for miss in score.misses] == ["FALSE"]
    assert score.misses[0].endswith(STRIKE)


def test_an_optional_claim_costs_nothing(code: Callable[..., tuple[Claim, ...]], tmp_path: Path) -> None:
    golds = list(claims.load(gold_folder(tmp_path, {**SHELLED, "optional": True})))
    found = tuple(c for c in code(TEXT, None, "belgorod") if c.event == "ASSAULT")
    for told in (found, ()):
        score = claims.score(golds, {"belgorod": told})
        assert (score.events.found, score.events.wanted, score.misses) == (0, 0, [])


def entity(key: str) -> dict[str, Any]:
    code, _, sector = key.partition("-")
    return {"code": code, "sector": [sector] if sector else []}


@pytest.mark.parametrize(
    ("gold", "found", "slot", "right"),
    [
        ({"actor": ["UKR"]}, {"actor": ["UKR"]}, "actor", True),
        ({"actor": ["UKR"]}, {"actor": []}, "actor", False),
        ({"actor": ["UNK"]}, {"actor": []}, "actor", True),
        ({"actor": ["SYR-REB"]}, {"actor": ["SYR"]}, "actor", False),
        ({"actor": ["SYR-REB"]}, {"actor": ["IMG"]}, "actor", True),
        ({"actor": ["UNO"]}, {"actor": ["IGO"]}, "actor", True),
        ({"actor": ["USA", "GBR"]}, {"actor": ["USA"]}, "actor", True),
        ({"actor": ["USA", "GBR", "FRA"]}, {"actor": ["USA"]}, "actor", False),
        ({"actor": ["USA", "RUS"], "reciprocal": True}, {"actor": ["USA"], "recipient": ["RUS"]}, "recipient", True),
        ({"recipient": []}, {"recipient": ["IRQ"]}, "recipient", True),
        ({"sources": []}, {"sources": ["RUS"]}, "source", False),
        ({"sources": ["RUS"]}, {"sources": ["UKR", "RUS"]}, "source", False),
        ({"sources": ["RUS", "UKR"]}, {"sources": ["UKR"]}, "source", True),
        ({"sources": [], "any_source": True}, {"sources": ["RUS"]}, "source", True),
        ({"aux": ["negation"]}, {"aux": []}, "aux", False),
        ({"place": "Belgorod"}, {"event_loc": {"name": "Belgorod Oblast"}}, "place", True),
        ({"place": "Belgorod"}, {"event_loc": None}, "place", False),
        ({"date": "2024-05-14"}, {"date": "2024-05-15"}, "date", False),
        ({"mode": ["heavy-weapons", "aerial"]}, {"mode": ["aerial"]}, "mode", True),
    ],
)
def test_when_a_slot_is_right(gold: dict[str, Any], found: dict[str, Any], slot: str, right: bool) -> None:
    told = {k: [entity(x) for x in v] if k in {"actor", "recipient", "sources"} else v for k, v in found.items()}
    assert claims.compare(gold, told)[slot] is right


def test_evidence_may_be_given_by_its_place(tmp_path: Path) -> None:
    placed = {**{k: v for k, v in SHELLED.items() if k != "evidence"}, "start": 17, "end": 40}
    (gold,) = claims.load(gold_folder(tmp_path, placed))
    assert gold.claims[0]["evidence"] == TEXT[17:40]


# ---------------------------------------------------------------- statements

SPOKEN = "The mayor said the bridge was closed. Nobody was hurt. Rebels said they would leave."
SAID = (
    ("The mayor", "said", "the bridge was closed"),
    ("Rebels", "said they", "they would leave"),
)


def statement(text: str, source: str, cue: str, content: str) -> Statement:
    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Statement((), cue, at(cue), (at(content),), source_span=at(source) if source else None)


@pytest.mark.parametrize(
    ("told", "figures", "misses"),
    [
        (SAID, (2, 2, 2, 2), []),
        ((), (0, 0, 0, 2), ["MISS", "MISS"]),
        (SAID[:1], (1, 1, 1, 2), ["MISS"]),
        ((("Nobody", "said", "the bridge was closed"), SAID[1]), (2, 1, 2, 2), ["SOURCE"]),
        ((("", "said", "the bridge was closed"), SAID[1]), (2, 1, 2, 2), ["SOURCE"]),
        # Less than half of the union is another content.
        ((("The mayor", "said", "closed"), SAID[1]), (1, 1, 2, 2), ["MISS", "FALSE"]),
        ((*SAID, ("Rebels", "hurt", "Nobody")), (2, 2, 3, 2), ["FALSE"]),
    ],
)
def test_attributions(
    tmp_path: Path, told: tuple[tuple[str, str, str], ...], figures: tuple[int, ...], misses: list[str]
) -> None:
    root = brat_folder(tmp_path / "brat", SPOKEN, *SAID)
    found: list[str] = []
    tallies = statements.score(root, lambda name, text: [statement(text, *one) for one in told], found)
    plain, sourced = tallies["attributions"], tallies["with source"]
    assert (plain.right, sourced.right, plain.found, plain.wanted) == figures
    assert [miss.split()[0] for miss in found] == misses


def test_what_is_found_in_a_text_without_annotations_is_false(tmp_path: Path) -> None:
    root = brat_folder(tmp_path, SPOKEN)
    tallies = statements.score(root, lambda name, text: [statement(text, *SAID[0])])
    assert (tallies["attributions"].found, tallies["attributions"].wanted) == (1, 0)


def test_a_brat_corpus_is_read_by_the_pipeline(tmp_path: Path) -> None:
    root = brat_folder(tmp_path, SPOKEN, *SAID)
    report = evaluate.measure(root)
    assert (report.kind, report.size) == ("statements", "1 text")
    assert report.figures == {"attributions_f1": 1.0, "with_source_f1": 1.0}


# ------------------------------------------------- pairs and PLOVER's records


def test_marked_pairs(tmp_path: Path) -> None:
    table = pair_table(
        tmp_path / "pairs.tsv",
        ("<s>Israel</s> bombed <t>Lebanon</t> on Monday.", "ASSAULT"),
        ("<s>Israel</s> bombed <t>Lebanon</t> on Tuesday.", "YIELD"),
        ("<s>Peru</s> and <t>Chile</t> are far from here.", "AGREE"),
    )
    report = evaluate.measure(table)
    assert (report.kind, report.size) == ("plv", "3 sentences")
    assert report.figures == {"pair_and_root": 0.333, "root_of_found": 0.5}
    assert [miss.split(" · ")[:2] for miss in report.misses] == [["YIELD", "type"], ["AGREE", "pair"]]
    assert evaluate.measure(table, limit=1).figures["pair_and_root"] == 1.0
    assert evaluate.measure(tmp_path).fingerprint == report.fingerprint


RECORDS = """
{"id": "R0", "event": "DOCUMENT", "eventText": "about the file"},
{"id": "R1", "event": "FIGHT", "date": "2000-01-01", "text": "Israel bombed Lebanon on Monday.",
 "source": [{"code": "ISR"}], "target": [{"code": "LBN"}]},
{"id": "R2", "event": "DEMAND", "text": "Nothing happened.", "source": [{"code": "JAP"}], "target": ""}
"""


def test_plover_records(tmp_path: Path) -> None:
    path = tmp_path / "some.json.txt"
    path.write_text(RECORDS, encoding="utf-8")
    assert [(row.event, set(row.source), set(row.target)) for row in plover.rows(path)] == [
        ("ASSAULT", {"ISR"}, {"LBN"}),
        ("REQUEST", {"JPN"}, set()),
    ]
    report = evaluate.measure(tmp_path)
    assert report.figures == {"type": 0.5, "source": 0.5, "target": 1.0, "all": 0.5}
    assert report.misses == ("MISS R2: nothing, not JPN REQUEST -: Nothing happened.",)


# ------------------------------------------------------------- killed, injured


def shootings(root: Path) -> Path:
    root.mkdir(exist_ok=True)
    told = {
        "a": "Police said two men were killed and three women were injured in a shooting on Sunday.",
        "b": "Two men were killed in a shooting on Sunday, police said. Three women were injured.",
    }
    docs = [
        {"id": id, "incident": "1", "title": "Shooting in town", "dct": "2017-04-09", "content": content}
        for id, content in told.items()
    ]
    (root / "docs.jsonl").write_text("".join(json.dumps(doc) + "\n" for doc in docs), encoding="utf-8")
    incident = {"incident": "1", "num_killed": 2, "num_injured": 3}
    (root / "incidents.jsonl").write_text(json.dumps(incident) + "\n", encoding="utf-8")
    return root


def test_killed_and_injured(tmp_path: Path) -> None:
    report = evaluate.measure(shootings(tmp_path))
    assert (report.kind, report.size) == ("gva", "2 articles")
    assert report.figures == {"killed": 1.0, "injured": 1.0, "both": 1.0, "conll": 1.0, "killed_of_incident": 1.0}


# ------------------------------------------------------------------------ links

WHOLE = [frozenset("abc"), frozenset("de")]


@pytest.mark.parametrize(
    ("response", "muc", "b_cubed", "ceaf_e"),
    [
        (WHOLE, 1.0, 1.0, 1.0),
        # One link of three lost: recall 2/3, precision 1.
        ([frozenset("ab"), frozenset("c"), frozenset("de")], 0.8, 0.846, 0.72),
        # Everything in one heap: precision 3/4, recall 1.
        ([frozenset("abcde")], 0.857, 0.684, 0.5),
        # Everything alone: no link at all.
        ([frozenset(x) for x in "abcde"], 0.0, 0.571, 0.333),
    ],
)
def test_links_by_the_measures_of_coreference(
    response: list[frozenset[str]], muc: float, b_cubed: float, ceaf_e: float
) -> None:
    scores = links.score(WHOLE, response)
    assert (round(scores.muc, 3), round(scores.b_cubed, 3), round(scores.ceaf_e, 3)) == (muc, b_cubed, ceaf_e)
    assert scores.conll == pytest.approx((muc + b_cubed + ceaf_e) / 3, abs=0.001)


# ----------------------------------------------------------------- across reports

TOLLS = {
    "first": ("Russia said that Ukraine shelled Belgorod on Tuesday, killing five people.", "five people", 5, "RUS"),
    "second": ("Ukraine said the shelling of Belgorod on Tuesday killed two people.", "two people", 2, "UKR"),
}


def opposed_folder(root: Path, **case: Any) -> Path:
    """Two reports of one deed with figures that clash, and the gold over both."""
    for name, (text, _, killed, teller) in TOLLS.items():
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "text.txt").write_text(text, encoding="utf-8")
        told = {"kind": "killed", "low": killed, "high": killed}
        claim = {"id": "c1", "evidence": text, "event": ["ASSAULT"], "sources": [teller], "counts": [told]}
        claim |= {"actor": ["UKR"], "recipient": ["RUS"], "date": "2024-05-14", "place": "Belgorod"}
        gold = {"doc": name, "text": "text.txt", "published": "2024-05-15", "claims": [claim]}
        (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    position = [{"party": teller, "claims": [f"{name}/c1"]} for name, (_, _, _, teller) in TOLLS.items()]
    whole = {
        "docs": sorted(TOLLS),
        "incidents": [{"claims": ["first/c1", "second/c1"]}],
        "disputes": [{"kind": "count", "positions": position}],
        **case,
    }
    (root / "belgorod.disputes.json").write_text(json.dumps(whole), encoding="utf-8")
    return root


def test_reports_are_scored_together(tmp_path: Path) -> None:
    report = evaluate.measure(opposed_folder(tmp_path))
    (table,) = (t for t in report.tables if t.title == "Several reports together")
    whole = ("1.000", "1.000", "1.000", "1.000", "1", "1")
    assert table.rows == (("belgorod, extracted", *whole), ("belgorod, gold claims", *whole))
    assert report.figures["across_conll"] == report.figures["across_disputes"] == 1.0


def test_claims_that_are_not_together_cost(tmp_path: Path) -> None:
    apart = [{"claims": ["first/c1"]}, {"claims": ["second/c1"]}]
    report = evaluate.measure(opposed_folder(tmp_path, incidents=apart))
    assert report.figures["across_conll"] == pytest.approx((0 + 2 / 3 + 4 / 9) / 3, abs=0.001)


def test_a_case_that_is_none_is_told(tmp_path: Path) -> None:
    opposed_folder(tmp_path)
    (tmp_path / "belgorod.disputes.json").write_text('{"docs": []}', encoding="utf-8")
    with pytest.raises(InputError, match=r"not well formed: KeyError\('incidents'\)"):
        evaluate.measure(tmp_path)


# ----------------------------------------------------------------- contested


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Israel bombed a house in Gaza, killing two people, Hamas said.", 0.0),
        ("A house in Gaza was bombed, killing two people.", 1.0),
        ("Israel bombed a house in Gaza, Hamas said. Israel denied bombing the house.", 0.5),
    ],
)
def test_contest(code: Callable[..., tuple[Claim, ...]], told: str, wanted: float) -> None:
    found = code(told, date(2024, 5, 15))
    deeds = [c for c in found if c.event != "REJECT"]
    assert dossier.contest(deeds, dossier.responsibility(found)) == wanted


def test_contested_assessments_are_ranked(tmp_path: Path) -> None:
    told = {
        "a": ("Israel bombed a house in Gaza, killing two people.", "Likely strike"),
        "b": ("A house in Gaza was bombed, killing two people.", "Contested strike"),
    }
    lines = [
        json.dumps(
            {"code": key, "assessment": text, "Strike status": status, "killed_min": 2, "killed_max": 2}
            | {"injured_min": None, "injured_max": None}
        )
        for key, (text, status) in told.items()
    ]
    (tmp_path / "incidents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = evaluate.measure(tmp_path)
    assert report.figures["contest"] == 1.0
    assert report.figures["killed_overlap"] == report.figures["killed_both"] == 1.0


# ------------------------------------------------------------------ not a corpus


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: p.mkdir(), "no corpus that can be scored"),
        (lambda p: None, "no such file or folder"),
        (lambda p: p.write_text("a report"), "no corpus that can be scored"),
        (lambda p: gold_folder(p, {**SHELLED, "evidence": "not in the text"}), "the evidence of c1 is not in the text"),
        (lambda p: gold_folder(p, {"id": "c1", "start": 1}), "no gold file: it lacks 'end'"),
        (lambda p: gold_folder(p, published="yesterday"), "no gold file: Invalid isoformat string: 'yesterday'"),
        (lambda p: gold_folder(p, SHELLED, text="other.txt"), "the evidence of c1 is not in the text"),
        (lambda p: (gold_folder(p), (p / "belgorod" / "text.txt").unlink()), "No such file or directory"),
        (lambda p: (gold_folder(p), (p / "belgorod" / "gold.json").write_text("{")), "no gold file: Expecting"),
        (lambda p: (gold_folder(p), (p / "belgorod" / "gold.json").write_text("[]")), "no gold file: "),
        (
            lambda p: (brat_folder(p, SPOKEN), (p / "attributions" / "one_a.ann").write_text("T1\tSource")),
            "no brat annotation",
        ),
        (
            lambda p: (brat_folder(p, SPOKEN), (p / "attributions" / "one_a.ann").write_text("E1\tA:T1 Content:T9")),
            "no brat annotation: KeyError('T1')",
        ),
        (lambda p: (p.mkdir(), (p / "a.tsv").write_text("id\ttext\n1\tx\n")), "it lacks marked_sentence, gold_root"),
        (lambda p: (p.mkdir(), (p / "a.json.txt").write_text('{"id": "x"}')), "no PLOVER records: 'event'"),
        (lambda p: (shootings(p), (p / "docs.jsonl").write_text("[]\n")), "not well formed"),
    ],
)
def test_what_is_no_corpus_is_one_line(tmp_path: Path, make: Callable[[Path], object], says: str) -> None:
    path = tmp_path / "corpus"
    make(path)
    with pytest.raises(InputError):
        evaluate.measure(path)
    result = run(path)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert str(path) in result.stderr
    assert says in result.stderr
    table = pair_table(tmp_path / "pairs.tsv", ("<s>Israel</s> bombed <t>Lebanon</t>.", "ASSAULT"))
    assert run(path, table).exit_code == 3


# ------------------------------------------------------------- the command


def test_tables_in_a_pipe_are_plain(tmp_path: Path) -> None:
    result = run(gold_folder(tmp_path / "gold", SHELLED), "--per-type")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].endswith("/gold  1 report")
    assert [line for line in lines if line.startswith("ASSAULT")] == [
        "ASSAULT  1.000  1.000  1.000      1      1       1"
    ]
    assert "\x1b" not in result.stdout
    assert lines == [line.rstrip() for line in lines]


def test_misses_are_listed_where_asked(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path, {**SHELLED, "date": "2024-05-01"})
    line = f"SLOT belgorod c1: date 2024-05-14, not 2024-05-01: {STRIKE}"
    assert line not in run(folder).stdout
    assert line in run(folder, "--misses").stdout.splitlines()


def test_json(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path, SHELLED)
    (corpus,) = json.loads(run(folder, "--json", "--misses").stdout)["corpora"]
    assert (corpus["corpus"], corpus["kind"], corpus["limit"]) == (str(folder), "claims", None)
    assert corpus["figures"]["counts_f1"] == 1.0
    assert corpus["fingerprint"] == floors.fingerprint(folder)
    assert corpus["tables"]["Claims"][2] == {
        "name": "counts",
        "P": "1.000",
        "R": "1.000",
        "F1": "1.000",
        "right": "1",
        "found": "1",
        "wanted": "1",
    }
    assert {"Claims", "Slots of the claims found"} == corpus["tables"].keys()
    assert isinstance(corpus["misses"], list)


def test_markdown_goes_between_its_marks(tmp_path: Path) -> None:
    folder, file = gold_folder(tmp_path / "gold", SHELLED), tmp_path / "accuracy.md"
    file.write_text(f"Before.\n\n{page.BEGIN}\nOUTDATED\n{page.END}\n\nAfter.\n", encoding="utf-8")
    assert run(folder, "--markdown", file).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"Before.\n\n{page.BEGIN}\n\n## ")
    assert text.endswith(f"\n{page.END}\n\nAfter.\n")
    assert "| ASSAULT | 1.000 | 1.000 | 1.000 | 1 | 1 | 1 |" in text
    assert "OUTDATED" not in text
    # Written again, nothing changes; a file that is not there is made; one without marks is left alone.
    run(folder, "--markdown", file)
    assert file.read_text(encoding="utf-8") == text
    assert run(folder, "--markdown", tmp_path / "new.md").exit_code == 0
    assert page.END in (tmp_path / "new.md").read_text(encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    assert run(folder, "--markdown", file).exit_code == 1
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("start", "words"),
    [(0, "One two."), (5, "One two."), (9, "“Three,” he said."), (30, "Four"), (26, "“Three,” he said.")],
)
def test_an_excerpt_is_the_sentence(start: int, words: str) -> None:
    assert excerpt("One two. “Three,” he said.\nFour", start, start + 1) == words


# -------------------------------------------------------------------- floors


def report_of(figures: dict[str, float], fingerprint: str = "f" * 64, limit: int | None = None) -> Report:
    return Report("/corpora/gold", "claims", "1 report", figures, (), fingerprint=fingerprint, limit=limit)


def test_a_pin_raises_floors_and_lowers_none(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    assert floors.pin(report_of({"events_f1": 0.8, "source": 0.9}), file) == [
        "corpora/gold: events_f1 is pinned at 0.800",
        "corpora/gold: source is pinned at 0.900",
    ]
    assert floors.pin(report_of({"events_f1": 0.7, "source": 0.95}), file) == [
        "corpora/gold: source is pinned at 0.950, up from 0.900"
    ]
    (pin,) = floors.pins(file)
    assert pin.floors == {"events_f1": 0.8, "source": 0.95}
    assert floors.pin(report_of({"events_f1": 0.8}), file) == []


@pytest.mark.parametrize(
    ("figures", "fallen"),
    [
        ({"events_f1": 0.8}, []),
        ({"events_f1": 0.81, "new": 0.1}, []),
        ({"events_f1": 0.799}, ["corpora/gold: events_f1 is 0.799, under its floor of 0.800"]),
        ({}, ["corpora/gold: events_f1 is no longer measured, under its floor of 0.800"]),
    ],
)
def test_a_figure_under_its_floor_is_told(tmp_path: Path, figures: dict[str, float], fallen: list[str]) -> None:
    file = tmp_path / "floors.toml"
    floors.pin(report_of({"events_f1": 0.8}), file)
    assert floors.check(report_of(figures), file) == fallen


def test_a_figure_may_differ_by_its_spread_from_one_processor_to_another(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    floors.pin(report_of({"across_conll": 0.824}), file)
    file.write_text(file.read_text() + "[corpus.spread]\nacross_conll = 0.1\n")
    assert floors.check(report_of({"across_conll": 0.724}), file) == []
    assert floors.check(report_of({"across_conll": 0.723}), file)
    floors.pin(report_of({"across_conll": 0.83}), file)
    assert [pin.spread for pin in floors.pins(file)] == [{"across_conll": 0.1}]


def test_another_corpus_and_another_limit_have_floors_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    floors.pin(report_of({"both": 0.5}), file)
    for other in (report_of({"both": 0.4}, "e" * 64), report_of({"both": 0.3}, limit=150)):
        assert floors.check(other, file) == []
        floors.pin(other, file)
    assert [(pin.fingerprint[0], pin.limit, pin.floors["both"]) for pin in floors.pins(file)] == [
        ("e", None, 0.4),
        ("f", None, 0.5),
        ("f", 150, 0.3),
    ]


def test_a_fingerprint_is_of_names_and_contents(tmp_path: Path) -> None:
    one = gold_folder(tmp_path / "one", SHELLED)
    two = Path(shutil.copytree(one, tmp_path / "two"))
    (two / ".DS_Store").write_bytes(b"\0")
    assert floors.fingerprint(one) == floors.fingerprint(two)
    (two / "belgorod" / "text.txt").write_text(TEXT + " ", encoding="utf-8")
    assert floors.fingerprint(one) != floors.fingerprint(two)
    (two / "belgorod" / "text.txt").write_text(TEXT, encoding="utf-8")
    (two / "belgorod").rename(two / "kursk")
    assert floors.fingerprint(one) != floors.fingerprint(two)


def test_pin_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, file = gold_folder(tmp_path / "gold", SHELLED), tmp_path / "floors.toml"
    monkeypatch.setattr(floors.pin, "__defaults__", (file,))
    monkeypatch.setattr(floors.check, "__defaults__", (file,))
    assert "counts_f1 is pinned at 1.000" in run(folder, "--pin").stderr
    assert run(folder, "--pin").stderr == ""
    file.write_text(file.read_text(encoding="utf-8").replace("counts_f1 = 1.0", "counts_f1 = 1.1"), encoding="utf-8")
    assert "counts_f1 is 1.000, under its floor of 1.100" in run(folder).stderr


# -------------------------------------------------------------------- confidence


def judged(doc: str, actor: float, right: bool) -> reliability.Judged:
    return reliability.Judged(doc, {"one": 1.0, "actor": actor}, right)


def test_confidence_learns_from_what_coders_agree_to() -> None:
    known = [judged(f"d{n % 5}", 1.0, n % 10 != 0) for n in range(100)]
    unknown = [judged(f"d{n % 5}", 0.0, n % 10 < 3) for n in range(100)]
    by = reliability.fit(known + unknown)
    sure, unsure = (confidence.probability({"one": 1.0, "actor": actor}, by) for actor in (1.0, 0.0))
    # 0.9 and 0.3 are right; the ridge draws both a little towards each other.
    assert 0.8 < sure <= 0.9
    assert 0.3 <= unsure < 0.4


def test_confidence_is_tried_on_reports_that_it_has_not_seen() -> None:
    # What holds in one report alone is learned from the others, and is wrong there.
    odd = [judged("odd", 1.0, False) for _ in range(10)]
    even = [judged(f"d{n % 5}", 1.0, True) for n in range(50)] + [judged("d0", 0.0, False) for _ in range(5)]
    tried = reliability.held_out(even + odd)
    assert len(tried) == 65
    assert min(said for said, _ in tried[-10:]) > 0.9
    table = reliability.curve(tried)
    assert sum(int(row[3]) for row in table.rows[:-1]) == 65
    assert reliability.held_out(odd) == []


def test_the_weights_in_use_are_of_the_features_that_claims_show(code: Coder) -> None:
    (claim,) = code("Russian troops shelled Ukrainian positions in Kherson on Tuesday, killing five soldiers.")
    assert set(confidence.weights()) == set(confidence.features(claim))
    vague = next(iter(code("There was an attack in Kherson.")), None)
    assert vague is None or vague.confidence < claim.confidence
    assert set(deciding.weights()["right"]) > set(confidence.features(claim))
