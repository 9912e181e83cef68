"""Shared fixtures: the real pipeline, loaded once, and a way from a sentence to its claims."""

from __future__ import annotations

import hashlib
import os
import signal
import tomllib
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, make_url, text

import kerch
import standoff
from postgres import programs, server
from standoff import claims as claim_stage
from standoff.language import pipeline
from standoff.model import Claim, Document, Statement
from standoff.store import Store


def document(text: str, doc_id: str = "test", published: date | None = None, outlet: str | None = None) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(doc_id, text, digest, outlet=outlet, published=published)


def speakers(claims: Iterable[Claim], figure: int) -> set[str | None]:
    """Who says a figure."""
    return {claim.speaker for claim in claims if any(count.low == figure for count in claim.counts)}


OPEN_FAULTS = tomllib.loads((Path(__file__).parent / "open_faults.toml").read_text(encoding="utf-8"))["fault"]
"""Tests that fail for a known fault that is not mended yet, each with its reason."""


SLOW = (
    "test_runners.py",
    "test_floors.py",
    "test_bombs.py",
    "test_web_morning.py",
    "test_crash.py",
    "test_security.py",
)
"""Files of few tests that take minutes, begun first: begun last, one worker does them while the others wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow files first, and mark what ``open_faults.toml`` names as expected to fail."""
    items.sort(key=lambda item: SLOW.index(item.path.name) if item.path.name in SLOW else len(SLOW))
    for item in items:
        for fault in OPEN_FAULTS:
            if item.nodeid.endswith(fault["test"]):
                item.add_marker(pytest.mark.xfail(reason=fault["why"], strict=False))


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: what waits for a child, a browser or a clock leaves a processor to the others."""
    return (os.cpu_count() or 1) + 1


LONGEST = 900.0
"""Seconds that a test may take: what hangs fails by its name, and the others go on."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError(f"{item.nodeid} takes more than {LONGEST:g} seconds")

    if not hasattr(signal, "SIGALRM"):
        return (yield)
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def code() -> Callable[..., tuple[Claim, ...]]:
    """Claims of a text."""

    def run(text: str, published: date | None = None, doc_id: str = "test") -> tuple[Claim, ...]:
        doc = document(text, doc_id, published)
        return claim_stage.from_doc(pipeline.annotate(doc), doc)

    return run


@pytest.fixture(scope="session")
def by_rules() -> Callable[..., tuple[Claim, ...]]:
    """Claims of a text as the rules alone read it, before it is decided between them and the learned reader."""

    def run(text: str, published: date | None = None, doc_id: str = "test") -> tuple[Claim, ...]:
        doc = document(text, doc_id, published)
        return tuple(claim_stage.proposals(pipeline.annotate(doc), doc)[0])

    return run


@pytest.fixture(scope="session")
def attribute() -> Callable[[str], tuple[Statement, ...]]:
    """Statements of a text."""

    def run(text: str) -> tuple[Statement, ...]:
        found: tuple[Statement, ...] = tuple(pipeline.annotate(document(text))._.statements)
        return found

    return run


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL database: the one that is named, else a server started for these tests."""
    named = os.environ.get("STANDOFF_TEST_POSTGRES")
    binaries = programs()
    if named:
        yield named
    elif binaries:
        # Not in pytest's own folders, of which it keeps three: another session would sweep it away.
        with TemporaryDirectory(prefix="standoff-postgres-") as folder, server(Path(folder), binaries) as url:
            yield url
    else:
        pytest.skip("no PostgreSQL here: install its server, or set STANDOFF_TEST_POSTGRES")


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new store can be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "reports.db")
        return
    with new_schema(request.getfixturevalue("postgres")) as url:
        yield url


@contextmanager
def new_schema(postgres: str) -> Iterator[str]:
    """The URL of a schema of a PostgreSQL database, which is dropped afterwards."""
    schema = f"standoff_test_{uuid.uuid4().hex}"
    server = create_engine(postgres)
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(postgres).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store, made once: tests that want one of their own copy it."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    standoff.open_store(path).close()
    return path


@pytest.fixture(scope="session")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample reports."""
    path = tmp_path_factory.mktemp("web") / "crisis.db"
    with standoff.open_store(path) as store:
        for one in kerch.documents():
            store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
    return path


@pytest.fixture
def sample_store(crisis: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it, to change."""
    path = tmp_path / "crisis.db"
    path.write_bytes(crisis.read_bytes())
    with standoff.open_store(path) as opened:
        yield opened
