"""What people corrected elsewhere comes back as theirs, once, and what cannot be carried is named."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from standoff import review
from standoff.cli import app
from standoff.errors import InputError
from standoff.export import gold, registry
from standoff.export.selection import Selection, save
from standoff.imports import Taken, take
from standoff.model import AuxMode, Claim, Verdict
from standoff.records import claim_record
from standoff.store import Store
from test_export_gold import say

NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)


def exported(store: Store, name: str, into: Path, **asked: Any) -> Path:
    save(registry.exporter(name), Selection(store, **asked), into)
    return into


def corrected(store: Store, claim: str) -> Claim:
    row = store.browse.row(claim)
    assert row is not None
    return row.claim


def with_actor_and_count(store: Store) -> Claim:
    return next(c for c in store.claims() if len(c.actors) == 1 and c.counts and c.sources and not c.aux)


UNCHANGED: dict[str, Callable[[Store, Path], Path]] = {
    "jsonl": lambda store, into: exported(store, "jsonl", into) / "claims.jsonl",
    "corrections": lambda store, into: exported(store, "corrections", into) / "corrections.csv",
    "doccano": lambda store, into: exported(store, "doccano", into) / "doccano.jsonl",
    "brat": lambda store, into: exported(store, "brat", into, texts=True),
}


@pytest.mark.parametrize("form", list(UNCHANGED))
def test_what_was_not_changed_says_nothing(form: str, sample_store: Store, tmp_path: Path) -> None:
    path = UNCHANGED[form](sample_store, tmp_path / "out")
    taken = take(sample_store, path, "ana", NOW)
    assert (taken.changed, taken.left) == (0, [])
    assert taken.same == len(sample_store.claims())
    assert sample_store.reviews.all() == []


# -- one change in each form -----------------------------------------------------------------------------------------


def edit_lines(path: Path, claim: str, change: Callable[[dict[str, Any]], None], key: str = "id") -> Path:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line[key] == claim:
            change(line)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def edit_sheet(path: Path, claim: str, **cells: str) -> Path:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if row["id"] == claim:
            row.update(cells)
    with path.open("w", encoding="utf-8-sig", newline="") as lines:  # as a spreadsheet saves it
        out = csv.DictWriter(lines, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return path


def test_json_lines_with_other_values(sample_store: Store, tmp_path: Path) -> None:
    claim = with_actor_and_count(sample_store)
    path = exported(sample_store, "jsonl", tmp_path / "out") / "claims.jsonl"

    def change(record: dict[str, Any]) -> None:
        record["actor"][0] |= {"code": "SWE", "sector": ["MIL"], "name": "Swedish Navy"}
        record["counts"][0] |= {"low": 5, "high": 9, "best": None}
        record["aux"] = ["hypothetical"]

    taken = take(sample_store, edit_lines(path, claim.id, change), "ana", NOW)
    assert (taken.corrected, taken.same) == (3, len(sample_store.claims()) - 1)
    now = corrected(sample_store, claim.id)
    assert now.actors[0].party.name == "Swedish Navy"
    assert now.actors[0].span == claim.actors[0].span
    assert (now.counts[0].low, now.counts[0].high) == (5, 9)
    assert now.aux == (AuxMode.HYPOTHETICAL,)
    said = sample_store.reviews.of(claim.id)
    assert {one.reviewer for one in said} == {"ana"}
    assert {one.reason for one in said} == {"from claims.jsonl"}
    assert sample_store.claim(claim.id) == claim, "what the machine read stays"
    assert take(sample_store, path, "ana", NOW).changed == 0, "taken once"


def test_a_sheet_with_other_values_and_verdicts(sample_store: Store, tmp_path: Path) -> None:
    claim = with_actor_and_count(sample_store)
    other, third = [c for c in sample_store.claims() if c.id != claim.id][:2]
    path = exported(sample_store, "corrections", tmp_path / "out") / "corrections.csv"
    edit_sheet(
        path, claim.id, actor="SWE-MIL Swedish Navy", counts="killed 40-50 sailors", date="2018-11-25", reason="seen"
    )
    edit_sheet(path, other.id, verdict="reject")
    edit_sheet(path, third.id, verdict="Accept")
    taken = take(sample_store, path, "ana", NOW)
    assert (taken.corrected, taken.rejected, taken.accepted) == (3, 1, 1)
    now = corrected(sample_store, claim.id)
    assert review.written(now, "actor") == "SWE-MIL Swedish Navy"
    assert review.written(now, "counts") == "killed 40-50 sailors"
    assert review.written(now, "date") == "2018-11-25"
    assert {one.reason for one in sample_store.reviews.of(claim.id)} == {"seen"}
    assert sample_store.browse.row(other.id).verdict is Verdict.REJECT  # type: ignore[union-attr]
    again = take(sample_store, path, "ben", NOW)
    assert again.changed == 0


def test_labels_moved_in_doccano(sample_store: Store, tmp_path: Path) -> None:
    claim = with_actor_and_count(sample_store)
    path = exported(sample_store, "doccano", tmp_path / "out") / "doccano.jsonl"
    kind = claim.counts[0].kind.value.upper()

    def change(line: dict[str, Any]) -> None:
        kept = [label for label in line["label"] if label[2] not in ("ACTOR", kind, claim.event)]
        trigger, count = claim.trigger.span, claim.counts[0].span
        kept.append([trigger.start - line["offset"], trigger.end - line["offset"], "COERCE"])
        kept.append([count.start - line["offset"], count.end - line["offset"], "MISSING"])
        source = claim.sources[0].mention.span
        kept.append([source.start - line["offset"], source.end - line["offset"], "ACTOR"])
        line["label"] = kept
        line["id"] = 17  # doccano's own

    taken = take(sample_store, edit_lines(path, claim.id, change, "claim"), "ana", NOW)
    assert taken.left == []
    now = corrected(sample_store, claim.id)
    assert now.event == "COERCE"
    assert [m.party for m in now.actors] == [claim.sources[0].mention.party], "the same words are the same party"
    assert now.counts[0].kind.value == "missing"
    assert now.counts[0].low == claim.counts[0].low
    assert now.sources == claim.sources
    assert take(sample_store, path, "ana", NOW).changed == 0


def test_events_changed_in_brat(sample_store: Store, tmp_path: Path) -> None:
    claim = with_actor_and_count(sample_store)
    folder = exported(sample_store, "brat", tmp_path / "out", texts=True)
    path = folder / f"{claim.doc}.ann"
    lines = path.read_text(encoding="utf-8").splitlines()
    note = next(line for line in lines if line.endswith("\t" + claim.id))
    event = note.split("\t")[1].split()[1]
    at = next(i for i, line in enumerate(lines) if line.startswith(event + "\t"))
    lines[at] = " ".join(part for part in lines[at].split(" ") if not part.startswith("Actor"))
    lines.append(f"A99\tNegation {event}")
    other = next(line for line in lines if line.startswith("#") and line != note)
    lines.append(f"A100\tRejected {other.split(chr(9))[1].split()[1]}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    taken = take(sample_store, folder, "ana", NOW)
    assert (taken.corrected, taken.rejected, taken.left) == (2, 1, [])
    now = corrected(sample_store, claim.id)
    assert now.actors == ()
    assert now.aux == (AuxMode.NEGATION,)
    assert now.sources == claim.sources
    assert now.counts == claim.counts
    assert take(sample_store, folder, "ana", NOW).changed == 0


def test_gold_says_what_is_right_what_is_not_and_what_was_missed(
    sample_store: Store, crisis: Path, tmp_path: Path
) -> None:
    doc = sample_store.documents()[0].id
    first, second, third, *rest = sample_store.claims(doc)
    say(sample_store, first, Verdict.REJECT)
    say(sample_store, second, Verdict.CORRECT, "actor", "SWE")
    say(sample_store, third, Verdict.ACCEPT)
    (path,) = gold.write(sample_store, tmp_path / "gold")
    record = json.loads(path.read_text(encoding="utf-8"))
    missed = {"id": "m1", "start": 0, "end": 20, "event": ["PROTEST"], "actor": ["NOR"], "recipient": [], "sources": []}
    record["claims"].append(missed)
    path.write_text(json.dumps(record), encoding="utf-8")
    fresh = tmp_path / "fresh.db"
    fresh.write_bytes(crisis.read_bytes())
    import standoff

    with standoff.open_store(fresh) as store:
        taken = take(store, tmp_path / "gold", "coder", NOW)
        assert store.browse.row(first.id).verdict is Verdict.REJECT  # type: ignore[union-attr]
        assert [m.party.code for m in corrected(store, second.id).actors] == ["SWE"]
        assert store.browse.row(third.id).verdict is Verdict.ACCEPT  # type: ignore[union-attr]
        assert all(store.browse.row(one.id).verdict is None for one in rest)  # type: ignore[union-attr]
        assert [left.what for left in taken.left] == [f"{doc}, m1"]
        assert "missed by the machine" in taken.left[0].why
        assert take(store, tmp_path / "gold", "coder", NOW).changed == 0


# -- what cannot be --------------------------------------------------------------------------------------------------


def test_claims_that_are_not_there_are_named(sample_store: Store, tmp_path: Path) -> None:
    path = exported(sample_store, "corrections", tmp_path / "out") / "corrections.csv"
    text = path.read_text(encoding="utf-8").replace(sample_store.claims()[0].id, "elsewhere-1")
    path.write_text(text, encoding="utf-8")
    taken = take(sample_store, path, "ana", NOW)
    assert [left.why for left in taken.left] == ["claim elsewhere-1 is not in the store"]


def bad(store: Store, into: Path) -> dict[str, tuple[Path, str]]:
    """Files at fault, each with what is said of it."""
    into.mkdir()
    claim = store.claims()[0].id

    def file(name: str, text: str) -> Path:
        (into / name).write_text(text, encoding="utf-8")
        return into / name

    annotations = into / "brat"
    annotations.mkdir()
    (annotations / "a.ann").write_text("T1\tParty x y\twords\n", encoding="utf-8")
    golden = into / "golden"
    golden.mkdir()
    (golden / "gold.json").write_text("{}", encoding="utf-8")
    empty = into / "empty"
    empty.mkdir()
    (into / "bytes.csv").write_bytes(b"id,event\n\xff\xfe")
    return {
        "no form": (file("a.txt", "a note"), "of no form that is known"),
        "no slot": (file("b.csv", "id,colour\n1,red\n"), "without a slot"),
        "no actor": (file("c.csv", f'id,actor\n{claim},"Asif, Nowhereland"\n'), "c.csv line 2, actor: party 'Asif, Nowhereland'"),
        "no verdict": (file("d.csv", f"id,verdict\n{claim},maybe\n"), "d.csv line 2, verdict: 'maybe' is not known"),
        "no claim": (file("e.jsonl", '{"id": "x"}\n'), "e.jsonl line 1: start"),
        "no JSON": (file("f.jsonl", '{"id": \n'), "f.jsonl line 1: column"),
        "no labels": (file("g.jsonl", '{"text": "a", "label": [[1]], "offset": 0, "claim": "x"}\n'), "g.jsonl line 1: not a passage"),
        "no brat": (annotations, "a.ann line 1: not brat's form"),
        "no gold": (golden, "gold.json: no gold file: it lacks 'text'"),
        "empty folder": (empty, "a folder without gold.json or .ann files"),
        "no text": (into / "bytes.csv", "bytes.csv: byte 9: not UTF-8"),
        "no file": (into / "none.csv", "none.csv"),
    }  # fmt: skip


def test_a_file_at_fault_says_where_and_changes_nothing(sample_store: Store, tmp_path: Path) -> None:
    for name, (path, said) in bad(sample_store, tmp_path / "bad").items():
        with pytest.raises(InputError) as caught:
            take(sample_store, path, "ana", NOW)
        assert said in str(caught.value), name
    assert sample_store.reviews.all() == []


def test_a_fault_in_the_last_row_takes_nothing_of_the_first(sample_store: Store, tmp_path: Path) -> None:
    first, second, *_ = sample_store.claims()
    path = tmp_path / "rows.csv"
    path.write_text(f"id,verdict\n{first.id},reject\n{second.id},maybe\n", encoding="utf-8")
    with pytest.raises(InputError):
        take(sample_store, path, "ana", NOW)
    assert sample_store.reviews.all() == []


def test_the_command_takes_several_and_goes_on_past_one_at_fault(sample_store: Store, tmp_path: Path) -> None:
    claim = sample_store.claims()[0].id
    good = tmp_path / "good.csv"
    good.write_text(f"id,verdict\n{claim},reject\nelsewhere,accept\n", encoding="utf-8")
    given = ["import", str(tmp_path / "none.csv"), str(good), "--by", "ana", "--store", sample_store.name]
    out = CliRunner().invoke(app, given)
    assert out.exit_code == 3
    assert "good.csv: corrected 0, accepted 0, rejected 1, as they were 0, left 1" in out.stdout
    assert "claim elsewhere is not in the store" in out.stderr
    assert "none.csv" in out.stderr
    assert sample_store.browse.row(claim).verdict is Verdict.REJECT  # type: ignore[union-attr]
    assert Taken().changed == 0


def test_of_claims_that_were_missed_all_are_taken_or_none(sample_store: Store, tmp_path: Path) -> None:
    record = claim_record(sample_store.claims()[0])
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(json.dumps({**record, "id": id}) for id in ("new", "other", "new")))
    before = len(sample_store.claims())
    with pytest.raises(InputError, match="the same stands there already"):
        take(sample_store, path, "ana", NOW)
    assert len(sample_store.claims()) == before
    assert sample_store.made.all() == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("sheet.csv", b'id,event\nc1,"' + b"a" * 200_000 + b'"\n', "sheet.csv line 2: no row of a table"),
        ("brat/a.ann", b"T1\tACTOR 0 5\t\xff", "a.ann: byte 13: not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    name: str, content: bytes, says: str, sample_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        take(sample_store, path if name.endswith("csv") else path.parent, "ana", NOW)


def test_nothing_is_waited_for_that_never_ends(sample_store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ann")
    for path in (Path("/dev/zero"), tmp_path, tmp_path / "a.ann"):
        with pytest.raises(InputError, match="not a regular file"):
            take(sample_store, path, "ana", NOW)


@pytest.mark.parametrize("text", ["../secret.txt", "/etc/hostname", "beside.txt"])
def test_a_gold_folder_names_no_text_of_elsewhere(text: str, sample_store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("The army shelled the town.")
    (folder / "beside.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "gold.json").write_text(json.dumps({"doc": "d", "text": text, "claims": []}))
    with pytest.raises(InputError, match="its text lies elsewhere"):
        take(sample_store, folder, "ana", NOW)


def test_ids_that_no_page_could_show_are_left(sample_store: Store, tmp_path: Path) -> None:
    record = claim_record(sample_store.claims()[0])
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(json.dumps({**record, "id": id}) for id in ("a\nb", "x" * 1_000, "\u202ereverse")))
    taken = take(sample_store, path, "ana", NOW)
    assert (taken.changed, len(taken.left)) == (0, 3)


def test_a_record_that_ends_before_it_begins_is_named_and_the_others_go_on(sample_store: Store, tmp_path: Path) -> None:
    path = exported(sample_store, "jsonl", tmp_path / "out") / "claims.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    first, second = [record for record in records if record["date"]][:2]
    first |= {"date": "2018-11-25", "enddate": "2018-11-24"}
    second |= {"date": "2018-11-20", "enddate": "2018-11-21"}
    path.write_text("\n".join(json.dumps(record) for record in (first, second)), encoding="utf-8")
    taken = take(sample_store, path, "ana", NOW)
    (left,) = taken.left
    assert left.what.endswith("claims.jsonl line 1")
    assert left.why.startswith(f"claim {first['id']}: its enddate 2018-11-24 is before its date 2018-11-25; ")
    assert taken.corrected == 1
    when = corrected(sample_store, second["id"]).when
    assert when is not None
    assert (str(when.start), str(when.end)) == ("2018-11-20", "2018-11-21")


def test_what_an_import_that_was_killed_left_undone_is_done_by_the_next(sample_store: Store, tmp_path: Path) -> None:
    """Its corrections are in, and not reconciled yet: the next finds nothing new in the file, and reconciles all the same."""
    claim = with_actor_and_count(sample_store)
    lines = exported(sample_store, "jsonl", tmp_path / "out") / "claims.jsonl"
    edit_lines(lines, claim.id, lambda line: line.update(date="2018-11-20", enddate="2018-11-21"))
    assert take(sample_store, lines, "ana", NOW).changed
    assert sample_store.unreconciled() == [claim.doc]
    result = CliRunner().invoke(app, ["import", str(lines), "--by", "ana", "--store", str(sample_store.name)])
    assert result.exit_code == 0, result.stderr
    assert sample_store.unreconciled() == []
