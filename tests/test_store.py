"""The store: what is put in comes out, whole or not at all; what cannot be opened is named with its mend.

The same tests run on SQLite and on PostgreSQL: on a server that they start, or on the database whose URL
``STANDOFF_TEST_POSTGRES`` holds (postgresql+psycopg://...), in a schema of their own that is dropped afterwards.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, text

import standoff
from conftest import document, new_schema
from standoff import store as stores
from standoff.errors import InputError, StoreError
from standoff.model import (
    Account,
    Claim,
    Count,
    CountKind,
    Dispute,
    DisputeKind,
    Document,
    Incident,
    Link,
    Position,
    Provenance,
    Reconciliation,
    Span,
)
from standoff.store import Added, Store, engine, open_store, rows, tables
from standoff.store.browse import Wanted
from standoff.store.intake import Failure, FeedItem
from test_records import CLAIM, REPORT, claims

OTHER = replace(
    document("Officials in Türkiye denied the figure.", "other", date(2025, 5, 9), "Other News"),
    captured=datetime(2025, 5, 9, 12, 30, 1, 250, tzinfo=UTC),
)
DENIAL = replace(CLAIM, id="c2", doc="other", span=Span(0, 39), text=OTHER.text, sources=(), when=None, where=None)
SECOND = replace(CLAIM, id="c3", span=Span(0, 8), text="Pakistan", event="ACCUSE", counts=())
FIGURE = Count(CountKind.DESTROYED, 2, 2, 2, "drones", "two", Span(63, 66))
FOUND = Reconciliation(
    (Incident("i2", (Link("c2", "same day", "0.1.0"), Link("c1", "same place", "0.1.0"))), Incident("i1", (), "i2")),
    (Account("i2", "PAK", ("c1", "c2"), (FIGURE,)), Account("i1", "outlet:report", ())),
    (
        Dispute(
            "d1",
            ("report", "other"),
            DisputeKind.COUNT,
            (Position("PAK", ("c1",), "2 drones"), Position("IND", ("c2",), "none")),
            "i2",
            "figures apart",
        ),
        Dispute("d0", ("report",), DisputeKind.OCCURRENCE, ()),
    ),
)
NOTHING = Reconciliation()


@pytest.fixture(scope="module")
def postgres_store(postgres: str) -> Iterator[str]:
    with new_schema(postgres) as url:
        open_store(url).close()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    """A store with nothing in it."""
    if request.param == "sqlite":
        with open_store(shutil.copy(empty_store, tmp_path / "reports.db")) as opened:
            yield opened
        return
    url = request.getfixturevalue("postgres_store")
    with open_store(url) as opened:
        yield opened
    with open_store(url) as opened:
        names = ", ".join(table.name for table in tables.metadata.sorted_tables if table is not tables.change)
        with opened._open().begin() as connection:
            connection.execute(text(f"TRUNCATE {names} CASCADE"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reports.db"


def contents(store: Store) -> tuple[Any, ...]:
    return store.documents(), store.claims(), store.reconciliation()


def told(words: str, doc: str, text: str) -> Claim:
    """A claim of these words of a report, with nothing else known of it."""
    start = text.index(words)
    bare = {"counts": (), "actors": (), "recipients": (), "sources": (), "when": None, "where": None}
    return replace(CLAIM, id=f"{doc}-{start}", doc=doc, span=Span(start, start + len(words)), text=words, **bare)


def filled(store: Store) -> Store:
    store.add(REPORT, [CLAIM, SECOND])
    store.add(OTHER, [DENIAL])
    return store


# -- what is put in comes out ----------------------------------------------------------------------------------------


def test_documents_and_claims_come_out_as_they_went_in(where: str) -> None:
    with open_store(where) as store:
        assert filled(store).document("report") == REPORT
    with open_store(where) as store:
        assert store.documents() == [OTHER, REPORT]
        assert store.document("other") == OTHER
        assert store.claims() == [DENIAL, CLAIM, SECOND]
        assert store.claim("c1") == CLAIM
        assert store.document("none") is None
        assert store.claim("none") is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=("Cs",))), found=st.lists(claims, max_size=4))
def test_any_claim_comes_out_as_it_went_in(tmp_path: Path, empty_store: Path, text: str, found: list[Claim]) -> None:
    doc = document(text, "any")
    kept = [replace(c, id=f"c{at}", doc="any", span=Span(0, len(text)), text=text) for at, c in enumerate(found)]
    with open_store(shutil.copy(empty_store, tmp_path / f"{uuid.uuid4().hex}.db")) as store:
        store.add(doc, kept)
        assert store.claims() == kept
        assert store.documents() == [doc]


def test_what_the_pipeline_and_reconciling_find_comes_out_as_it_went_in(
    store: Store, code: Callable[..., tuple[Claim, ...]]
) -> None:
    documents = [
        document("Pakistan said it shot down five Indian jets on Wednesday.", "a", date(2025, 5, 8)),
        document("India denied on Thursday that Pakistan had shot down any of its jets.", "b", date(2025, 5, 8)),
    ]
    for doc in documents:
        store.add(doc, code(doc.text, doc.published, doc.id))
    found = standoff.reconcile(store.claims(), store.documents())
    store.save(found)
    assert store.claims("a")
    assert store.reconciliation() == found


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, ["c2", "c1", "c3"]),
        ({"doc": "report"}, ["c1", "c3"]),
        ({"party": "IND"}, ["c2", "c1", "c3"]),
        ({"party": "Reuters"}, ["c1", "c3"]),
        ({"party": "PAK-REB"}, []),
        ({"party": "PAK' OR '1'='1"}, []),
        ({"event": "ACCUSE"}, ["c3"]),
        ({"doc": "report", "event": "ASSAULT", "party": "MNC"}, ["c1"]),
        ({"limit": 2}, ["c2", "c1"]),
        ({"limit": 0}, []),
        ({"limit": -1}, []),
    ],
)
def test_claims_are_found_by_document_party_and_event(store: Store, filters: dict[str, Any], ids: list[str]) -> None:
    assert [claim.id for claim in filled(store).claims(**filters)] == ids


def test_the_order_of_adding_does_not_show(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.db") as one, open_store(tmp_path / "two.db") as two:
        filled(one)
        two.add(OTHER, [DENIAL])
        two.add(REPORT, [CLAIM, SECOND])
        assert contents(one) == contents(two)


def test_the_tables_can_be_read_without_standoff(path: Path) -> None:
    with open_store(path) as store:
        filled(store).save(FOUND)
    query = """
        SELECT party.party, claim.event, claim.date, document.outlet, json_extract(claim.record, '$.counts[0].low')
        FROM claim JOIN document ON document.id = claim.doc
        JOIN claim_party AS party ON party.claim = claim.id AND party.role = 'source'
        JOIN incident_link ON incident_link.claim = claim.id
        ORDER BY party.ordinal"""
    with closing(sqlite3.connect(path)) as file:
        row = ("ASSAULT", "2025-05-07", "Example News", 2)
        assert file.execute(query).fetchall() == [("MNC", *row), ("PAK", *row), ("UNK", *row)]
        quotes = """
            SELECT DISTINCT substr(text, span_start + 1, span_end - span_start) = event_text
            FROM claim JOIN document ON document.id = claim.doc"""
        assert file.execute(quotes).fetchall() == [(1,)]


# -- adding again ----------------------------------------------------------------------------------------------------


def test_adding_the_same_again_changes_nothing(store: Store) -> None:
    assert store.add(REPORT, [CLAIM, SECOND]) == Added(new=True, changed=True, withdrawn=False)
    before = contents(store)
    assert store.add(REPORT, [CLAIM, SECOND]) == Added(new=False, changed=False, withdrawn=False)
    assert contents(store) == before


def test_claims_coded_anew_take_the_place_of_the_old(store: Store) -> None:
    store.add(REPORT, [CLAIM, SECOND])
    changed = replace(CLAIM, confidence=0.25)
    assert store.add(REPORT, [SECOND, changed]).changed
    assert store.claims() == [SECOND, changed]
    store.add(REPORT, [])
    assert store.claims() == []


def test_what_is_known_about_a_document_can_change_but_not_its_text(store: Store) -> None:
    filled(store).save(FOUND)
    renamed = replace(REPORT, title="Drones near Lahore", outlet=None)
    assert store.add(renamed, [CLAIM, SECOND]) == Added(new=False, changed=True, withdrawn=False)
    assert store.document("report") == renamed
    assert [hit.doc for hit in store.search("'Drones near Lahore'")] == ["report"]
    assert store.reconciliation() == FOUND


def test_another_text_under_the_same_id_is_refused(store: Store) -> None:
    filled(store)
    before = contents(store)
    with pytest.raises(StoreError, match=r"document report is stored with another text; .*--doc-id"):
        store.add(document("Another text.", "report"), [])
    assert contents(store) == before


def test_incidents_are_withdrawn_when_the_claims_they_rest_on_change(store: Store) -> None:
    filled(store).save(NOTHING)
    store.save(FOUND)
    assert not store.add(REPORT, [CLAIM]).withdrawn, "no incident rests on the claim that went"
    assert store.reconciliation() == FOUND
    assert store.add(REPORT, [replace(CLAIM, modes=())]) == Added(new=False, changed=True, withdrawn=True)
    assert store.reconciliation() == NOTHING
    assert not store.undo(), "what came before may rest on the same claims"


@pytest.mark.parametrize(
    ("found", "error", "says"),
    [
        ([replace(CLAIM, doc="other")], InputError, "claim c1: is of document other, not report"),
        ([replace(CLAIM, span=Span(0, 61))], InputError, "claim c1: its words do not stand at 0-61"),
        ([CLAIM, CLAIM], StoreError, "two claims have the id c1"),
        ([replace(SECOND, id="c2")], StoreError, "claim c2 is stored already, of document other"),
        ([replace(CLAIM, confidence=2.0)], StoreError, "the (records do not fit together|database refused)"),
        ([replace(CLAIM, counts=(replace(CLAIM.counts[0], low=2**70),))], StoreError, "number is too large|refused"),
        ([replace(CLAIM, targets=("\ud800",))], InputError, "record c1: cannot be written as JSON"),
        ([replace(CLAIM, trigger=replace(CLAIM.trigger, text="\ud800"))], InputError, "cannot be written as JSON"),
    ],
)
def test_claims_that_do_not_fit_are_refused_whole(
    store: Store, found: list[Claim], error: type[Exception], says: str
) -> None:
    store.add(OTHER, [DENIAL])
    before = contents(store)
    with pytest.raises(error, match=says):
        store.add(REPORT, found)
    assert contents(store) == before


# -- whole or not at all ---------------------------------------------------------------------------------------------


class Broken(Exception):
    """Something that goes wrong in the middle."""


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.add(document("A third.", "third"), []),
        lambda store: store.add(REPORT, [SECOND]),
        lambda store: store.add(replace(OTHER, title="New"), []),
        lambda store: store.save(NOTHING),
        lambda store: store.save(replace(FOUND, disputes=())),
        lambda store: store.undo(),
    ],
    ids=["add", "replace", "rename", "clear", "save", "undo"],
)
def test_what_fails_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch, write: Callable[[Store], object]
) -> None:
    filled(store).save(FOUND)
    before = contents(store)

    def failing(write_rows: Callable[..., None]) -> Callable[..., None]:
        def fail(*arguments: Any) -> None:
            write_rows(*arguments)
            raise Broken

        return fail

    for name in ("insert_rows", "replace_rows"):
        monkeypatch.setattr(rows, name, failing(getattr(rows, name)))
    with pytest.raises(Broken):
        write(store)
    monkeypatch.undo()
    assert contents(store) == before
    assert [hit.doc for hit in store.search("Türkiye")] == ["other"]
    write(store)
    assert contents(store) != before


def test_a_process_that_dies_leaves_nothing_behind(path: Path) -> None:
    with open_store(path) as store:
        store.add(OTHER, [DENIAL])
    script = """
        import os, sys
        sys.path.insert(0, sys.argv[1])
        from test_records import CLAIM, REPORT
        from standoff.store import open_store, rows
        write_rows = rows.insert_rows
        rows.insert_rows = lambda *given: (write_rows(*given), os._exit(9))
        open_store(sys.argv[2]).add(REPORT, [CLAIM])
    """
    arguments = [sys.executable, "-c", textwrap.dedent(script), str(Path(__file__).parent), str(path)]
    source = str(Path(stores.__file__).parents[2])
    died = subprocess.run(arguments, check=False, capture_output=True, env={**os.environ, "PYTHONPATH": source})
    assert died.returncode == 9, died.stderr
    with open_store(path) as store:
        assert store.documents() == [OTHER]
        assert sound(path)


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as file:
        file.execute("INSERT INTO document_fts (document_fts, rank) VALUES ('integrity-check', 1)")
        whole = file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and not file.execute("PRAGMA foreign_key_check").fetchall()


def test_the_file_stays_sound(path: Path) -> None:
    with open_store(path) as store:
        filled(store).save(FOUND)
        store.add(replace(REPORT, title="Other words"), [SECOND, CLAIM])
        store.save(NOTHING)
        store.undo()
        store.add(OTHER, [])
    assert sound(path)


def test_threads_and_other_openers_write_in_turn(where: str) -> None:
    open_store(where).close()
    failed: list[BaseException] = []

    def work(opened: Store, name: str) -> None:
        try:
            for at in range(10):
                opened.add(document(f"Text {at} of {name}.", f"{name}-{at}"), [])
                opened.documents()
        except BaseException as error:
            failed.append(error)

    with open_store(where) as one, open_store(where) as two:
        threads = [threading.Thread(target=work, args=(s, f"t{at}")) for at, s in enumerate((one, one, two))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed
        assert len(one.documents()) == 30


# -- what reconciling adds -------------------------------------------------------------------------------------------


def test_a_reconciliation_comes_out_as_it_went_in(where: str) -> None:
    with open_store(where) as store:
        filled(store).save(FOUND)
    with open_store(where) as store:
        assert store.reconciliation() == FOUND
        assert store.incidents() == list(FOUND.incidents)
        assert store.accounts() == list(FOUND.accounts)
        assert store.disputes() == list(FOUND.disputes)


def test_reconciling_leaves_the_claims_as_they_were(store: Store) -> None:
    before = filled(store).claims()
    store.save(FOUND)
    assert store.claims() == before
    store.undo()
    assert store.claims() == before


def test_undo_restores_what_was(store: Store) -> None:
    filled(store)
    fewer = replace(FOUND, accounts=(), disputes=FOUND.disputes[:1])
    for found in (FOUND, fewer, fewer, NOTHING):
        store.save(found)
    for found in (fewer, FOUND, NOTHING):
        assert store.undo()
        assert store.reconciliation() == found
    assert not store.undo()


def test_saving_again_writes_only_what_differs(store: Store) -> None:
    filled(store)
    store.save(FOUND)
    written: list[str] = []

    def note(_c: object, _k: object, statement: str, given: Any, _x: object, many: bool) -> None:
        words = statement.split()
        if words[0] in {"INSERT", "UPDATE", "DELETE"}:
            table = words[1] if words[0] == "UPDATE" else words[2]
            written.extend([table] * (len(given) if many else 1))

    event.listen(store._open(), "before_cursor_execute", note)
    kept, *rest = FOUND.disputes
    told = replace(FOUND, disputes=(replace(kept, reason="other words"), *rest))
    store.save(told)
    assert store.reconciliation() == told
    assert written.count("dispute") == 1
    assert not {"incident", "incident_link", "account", "position", "claim"} & set(written)


def test_what_moves_to_another_incident_is_kept_where_the_first_is_gone(store: Store) -> None:
    """With an incident goes what belongs to it; a dispute that is another's now does not."""
    filled(store)
    first = Incident("i1", (Link("c1", "same day", "1"),))
    second = Incident("i2", (Link("c2", "same day", "1"), Link("c3", "same day", "1")))
    sides = (Position("PAK", ("c3",), "2"), Position("IND", ("c2",), "none"))
    dispute = Dispute("d1", ("other", "report"), DisputeKind.COUNT, sides, "i1", "figures apart")
    store.save(Reconciliation((first, second), (), (dispute,)))
    moved = replace(dispute, incident="i2")
    store.save(Reconciliation((second,), (), (moved,)))
    assert store.incidents() == [second]
    assert store.disputes() == [moved]
    assert store.undo()
    assert (store.incidents(), store.disputes()) == ([first, second], [dispute])


def test_only_so_many_reconcilings_can_be_undone(store: Store) -> None:
    filled(store)
    for at in range(stores.UNDOS + 5):
        store.save(Reconciliation((Incident(f"i{at}", ()),)))
    undone = 0
    while store.undo():
        undone += 1
    assert undone == stores.UNDOS
    assert store.incidents() == [Incident("i4", ())]


def test_a_reconciliation_of_unknown_claims_is_refused(store: Store) -> None:
    filled(store).save(FOUND)
    stray = replace(FOUND, incidents=(*FOUND.incidents, Incident("i3", (Link("c9", "", ""),))))
    with pytest.raises(StoreError, match="claim c9 is not in the store; add its document first"):
        store.save(stray)
    with pytest.raises(StoreError, match=r"the (records do not fit together|database refused)"):
        store.save(replace(FOUND, incidents=()))
    assert store.reconciliation() == FOUND


# -- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("drones", ["report"]),
        ("DRONES lahore", ["report"]),
        ('"two Indian drones"', ["report"]),
        ('"Indian two"', []),
        ("drones Türkiye", []),
        ('"drones', ["report"]),
        ("lahore.", ["report"]),
        ("", []),
        ("-- * ( )", []),
        ("drones NOT convoy", []),
        ("text:drones NEAR(", []),
        ("'; DROP TABLE document; --", []),
        ("100% a_b", []),
        ("\0drones", ["report"]),
    ],
)
def test_search_finds_words_and_phrases_and_reads_no_operators(store: Store, query: str, found: list[str]) -> None:
    assert [hit.doc for hit in filled(store).search(query)] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mediate", ["a", "b"]),
        ("mediation", ["a", "b"]),
        ("immediate", ["c"]),
        ("strike", ["a"]),
        ('"strikes stopped"', ["a"]),
        ('"stopped strike"', []),
    ],
)
def test_words_are_found_in_all_their_forms_and_no_others(store: Store, query: str, found: list[str]) -> None:
    for key, words in {
        "a": "A third state mediated before the strike stopped.",
        "b": "Nobody asked for mediation.",
        "c": "An immediate truce was demanded.",
    }.items():
        store.add(document(words, key), [told(words, key, words)])
    assert sorted(hit.doc for hit in store.search(query)) == found
    assert sorted(row.claim.doc for row in store.browse.every(Wanted(words=query))) == found


def test_words_of_claims_that_are_gone_are_found_no_more(store: Store) -> None:
    text = "Drones struck a convoy. A ship was boarded."
    first, second = told("Drones struck a convoy.", "a", text), told("A ship was boarded.", "a", text)
    store.add(document(text, "a"), [first, second])
    store.add(document(text, "a"), [second])
    assert store.browse.count(Wanted(words="convoy")) == 0
    assert store.browse.count(Wanted(words="ships boarding")) == 1


def test_search_gives_the_words_around(store: Store) -> None:
    long = document("Before. " * 60 + "A ceasefire was agreed." + " After." * 60, "long")
    store.add(long, [])
    (hit,) = store.search("ceasefire")
    assert "ceasefire was agreed" in hit.snippet
    assert len(hit.snippet) < 250
    assert hit.snippet.strip("…") in long.text
    assert store.search("ceasefire", limit=0) == []


# -- opening ---------------------------------------------------------------------------------------------------------


# An index on an expression cannot be read back from SQLite, and is not compared there; on PostgreSQL it is.
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_a_new_store_has_the_tables_of_this_version(where: str) -> None:
    open_store(where).close()
    made = create_engine(engine.locate(where))
    with made.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), tables.metadata)
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    made.dispose()
    # The words' indexes are each database's own, and in no model of the tables.
    assert [
        d
        for d in differences
        if not d[1].name.startswith(("document_fts", "claim_fts", "ix_document_words", "ix_claim_words"))
    ] == []
    assert version == engine.HEAD


def test_the_head_of_the_migrations_is_the_one_that_is_known() -> None:
    steps = ScriptDirectory(str(Path(engine.__file__).parent / "migrations"))
    assert steps.get_heads() == [engine.HEAD]


def test_a_new_sqlite_store_is_set_up_for_safety(path: Path) -> None:
    with open_store(path) as store, store._open().connect() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("busy_timeout", 30_000),
            ("application_id", engine.APPLICATION_ID),
        ):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value, pragma
        listed = connection.exec_driver_sql(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table'"
        ).fetchall()
        ours = {name: strict for name, strict in listed if name in tables.metadata.tables}
        assert ours == dict.fromkeys(tables.metadata.tables, 1)


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "sqlite+pysqlite:///{}"])
def test_a_store_is_a_path_or_a_url(tmp_path: Path, form: str) -> None:
    for name in ("reports.db", "50% of it?.db", "no ending", "über.db"):
        path = tmp_path / name
        with open_store(form.format(path) if form == "{}" or "?" not in name else path) as store:
            store.add(OTHER, [])
        assert path.is_file()
        with open_store(path) as store:
            assert store.documents() == [OTHER]


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with open_store(path) as store:
        assert store.documents() == []


def other_program(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    return path


def newer(path: Path) -> Path:
    open_store(path).close()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    return path


def of_bytes(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: "", "store: not a file; give the path"),
        (lambda path: ":memory:", ":memory:: not a file"),
        (lambda path: "sqlite://", "store: not a file"),
        (lambda path: path.parent, "a folder, not a file"),
        (lambda path: path.parent / "none" / "reports.db", "its folder does not exist; make .*none first"),
        (lambda path: "a\0b", "not a path"),
        (lambda path: Path(os.devnull), "not a regular file"),
        (lambda path: path.parent / ("n" * 300), "cannot be opened: File name too long"),
        (of_bytes(b"Pakistan said on Wednesday"), "not a SQLite database; give the path of a store"),
        (of_bytes(b"SQLite format 3\0" + b"\xff" * 4096), "not a SQLite database|the file is damaged"),
        (of_bytes(b"SQLite format 3\0"), "not a SQLite database|the file is damaged"),
        (other_program, "a database of another program; give the path of a store"),
        (newer, r"made by a newer version of standoff \(tables 9999, known 0015\); update standoff"),
        (lambda path: "oracle://user:secret@host/db", "cannot hold a store|not the URL of a database"),
        (lambda path: "nonsense://user:secret@host/db", "nonsense://host/db: not the URL of a database"),
        (lambda path: "postgresql+psycopg://user:secret@127.0.0.1:notaport/db", "not the URL of a database"),
        (lambda path: "postgresql+pg8000://user:secret@127.0.0.1/db", "is not installed; pip install"),
        (lambda path: "postgresql+asyncpg://user:secret@127.0.0.1/db", "cannot hold a store"),
    ],
)
def test_what_is_no_store_is_named_with_its_mend_and_left_alone(
    path: Path, make: Callable[[Path], str | Path], says: str
) -> None:
    where = make(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(StoreError, match=says) as caught:
        open_store(where, timeout=0.1)
    assert caught.value.mend
    assert "secret" not in str(caught.value)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(
        StoreError, match=re.escape("postgresql+psycopg://user:***@127.0.0.1:1/db: the database cannot")
    ):
        open_store("postgresql+psycopg://user:secret@127.0.0.1:1/db?connect_timeout=1&password=secret")


def test_a_damaged_file_is_said_to_be_damaged(path: Path) -> None:
    with open_store(path) as store:
        for at in range(40):
            store.add(document(f"{at} " * 2000, f"d{at}"), [])
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 4096] = b"\xa5" * (len(content) - 12288)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="the file is damaged; go back to a backup"), open_store(path) as store:
        store.documents()


def test_a_record_changed_by_another_hand_is_said_to_be_unreadable(path: Path) -> None:
    with open_store(path) as store:
        filled(store)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE claim SET record = '{}' WHERE id = 'c1'")
    with open_store(path) as store:
        with pytest.raises(StoreError, match=r"holds a record that cannot be read: claim c1: .*; go back to a backup"):
            store.claims()
        assert store.claim("c2") == DENIAL


def test_a_busy_store_is_waited_for_and_then_named(path: Path) -> None:
    with open_store(path, timeout=0.1) as store, closing(sqlite3.connect(path, isolation_level=None)) as file:
        store.add(OTHER, [DENIAL])
        file.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing to it; try again when it has finished"):
            store.add(REPORT, [CLAIM])
        assert store.claims() == [DENIAL], "a reader does not wait for a writer"
        file.execute("ROLLBACK")
        store.add(REPORT, [CLAIM])


def test_a_store_that_cannot_be_written_can_be_read(path: Path) -> None:
    with open_store(path) as store:
        store.add(OTHER, [DENIAL])
    with open_store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.claims() == [DENIAL]
        with pytest.raises(StoreError, match="it cannot be written to; make the file and its folder writable"):
            store.add(REPORT, [CLAIM])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to anything")
def test_a_file_without_permission_is_named(path: Path) -> None:
    open_store(path).close()
    path.chmod(0o400)
    with pytest.raises(StoreError, match="it cannot be written to; make the file and its folder writable"):
        open_store(path)


def test_a_full_disk_is_named_and_leaves_nothing_behind(path: Path) -> None:
    with open_store(path) as store:
        store.add(OTHER, [DENIAL])
        with store._open().connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreError, match="the disk is full; make room"):
            store.add(document("word " * 100_000, "long"), [])
        assert store.documents() == [OTHER]


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="the store is closed; open it again"):
        store.documents()
    with pytest.raises(StoreError, match="the store is closed; open it again"):
        store.add(OTHER, [])


def test_the_package_opens_a_store(path: Path) -> None:
    with standoff.open_store(path) as store:
        assert isinstance(store, Store)


def test_the_known_fault_of_sqlite_is_told() -> None:
    assert engine.wal_fault((3, 51, 3)) is None
    assert "SQLite 3.40.1: let one process at a time write" in (engine.wal_fault((3, 40, 1)) or "")


def test_documents_of_long_ago_and_without_anything_known_are_kept(store: Store) -> None:
    bare = Document("bare", "", "0" * 64, published=date(1, 1, 1), language="")
    store.add(bare, [])
    assert store.documents() == [bare]


# ---------------------------------------------------------------------------- intake

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_where_a_document_came_from_comes_back_whole(store: Store) -> None:
    provenance = Provenance(
        sha256="0" * 64,
        method="trafilatura 2.3.1",
        name="crawl.warc.gz: https://x.org/a",
        chain=("https://x.org/b", "https://x.org/a"),
        headers=(("content-type", "text/html"), ("etag", '"1"')),
        encoding_declared="iso-8859-1",
        encoding="cp1252",
        date_method="json-ld",
        date_bounds=(date(2026, 1, 4), date(2026, 1, 5)),
        removed=(("U+202E", 2),),
        left=("1 attachment left out: a.jpg",),
    )
    told = {"author": "Example Desk", "domain": "x.org", "country": "UKR", "captured": NOON}
    store.add(replace(REPORT, provenance=provenance, **told), [])  # type: ignore[arg-type]
    (found,) = store.documents()
    assert found.provenance == provenance
    assert (found.author, found.domain, found.country, found.captured) == ("Example Desk", "x.org", "UKR", NOON)


def test_failures_are_kept_counted_and_forgotten(store: Store) -> None:
    for why in ("empty", "answered with status 404"):
        store.intake.fail(Failure("list: line 2", "list", why, "check it", NOON))
    store.intake.fail(Failure("a.txt", "a.txt", "no such file", "check the name", NOON))
    assert [(f.source, f.why, f.tries) for f in store.intake.failures()] == [
        ("a.txt", "no such file", 1),
        ("list: line 2", "answered with status 404", 2),
    ]
    store.intake.forget(["list: line 2", "unknown"])
    assert [f.source for f in store.intake.failures()] == ["a.txt"]


def test_failures_are_kept_up_to_a_number_and_the_last_are_shown_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.store.intake.MOST_FAILURES", 20)
    for n in range(30):
        at = datetime(2025, 5, 9, 8, n, tzinfo=UTC)
        store.intake.fail(Failure(f"{n:02}.txt", f"{n:02}.txt", "empty", "", at))
    kept = [one.source for one in store.intake.failures()]
    assert 18 <= len(kept) <= 20
    assert kept[-18:] == [f"{n:02}.txt" for n in range(12, 30)]
    last, held = store.intake.last_failures(2)
    assert ([one.source for one in last], held) == (["29.txt", "28.txt"], len(kept))
    assert (store.intake.has_failed("29.txt"), store.intake.has_failed("00.txt")) == (True, False)


def test_feeds_and_what_they_named(store: Store) -> None:
    assert store.intake.watch("https://x.org/feed", 900, NOON, "X") is True
    assert store.intake.watch("https://x.org/feed", 600, NOON) is False
    (feed,) = store.intake.feeds()
    assert (feed.every, feed.outlet, feed.due) == (600, "X", NOON)
    items = [FeedItem(feed.url, f"https://x.org/{n}", "{}") for n in (2, 1, 2)]
    later = NOON.replace(hour=13)
    assert store.intake.took(feed, items, NOON, later, "e", "m") == 2
    assert store.intake.took(feed, items, NOON, later) == 0
    assert [item.url for item in store.intake.waiting(NOON)] == ["https://x.org/1", "https://x.org/2"]
    first, second = store.intake.waiting(NOON)
    store.intake.settle(first)
    store.intake.settle(second, again=later)
    assert store.intake.waiting(NOON) == []
    assert [item.tries for item in store.intake.waiting(later)] == [1]
    (feed,) = store.intake.feeds()
    assert (feed.read, feed.waiting, feed.due, feed.etag) == (1, 1, later, None)
    store.intake.missed(feed, "answered with status 500", later)
    (feed,) = store.intake.feeds()
    assert (feed.failures, feed.fault) == (1, "answered with status 500")
    store.intake.drop(feed.url)
    assert (store.intake.feeds(), store.intake.waiting(later)) == ([], [])


def test_what_is_to_be_reconciled_is_noted_until_it_is(store: Store) -> None:
    filled(store)
    assert store.unreconciled() == sorted([REPORT.id, OTHER.id])
    found = standoff.reconcile(store.claims(), store.documents())
    store.save(found, [REPORT.id])
    assert store.unreconciled() == [OTHER.id]  # it came while the other was reconciled
    store.save(found)
    assert store.unreconciled() == []
    store.add(REPORT, [CLAIM, SECOND])
    assert store.unreconciled() == []  # nothing changed
