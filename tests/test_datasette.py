"""Datasette opens a store's file as it is: readable views, facets, full-text search, and nobody's password."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from standoff import open_store
from standoff.export import registry
from standoff.export.selection import Selection, save
from standoff.store import Store

pytest.importorskip("datasette")


@pytest.fixture
def ask(sample_store: Store, tmp_path: Path) -> Any:
    """Datasette's answer to a path, as JSON or as text."""
    from datasette.app import Datasette

    save(registry.exporter("datasette"), Selection(sample_store), tmp_path / "metadata.json")
    metadata = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    name = sample_store.name
    sample_store.close()
    opened = Datasette([name], metadata=metadata)

    def run(path: str, status: int = 200) -> Any:
        async def get() -> Any:
            await opened.invoke_startup()
            answer = await opened.client.get(path)
            assert answer.status_code == status, answer.text[:300]
            return answer.json() if ".json" in path else answer.text

        return asyncio.run(get())

    return run


def test_the_views_read_as_sentences(ask: Any, sample_store: Store) -> None:
    rows = ask("/crisis/claim_list.json?_shape=array&_size=max")
    assert len(rows) > 20
    told = [row for row in rows if row["losses"] and row["according_to"]]
    assert any("Ukraine" in row["according_to"] or "Russia" in row["according_to"] for row in told)
    assert all(row["words"] for row in rows)
    assert any(row["losses"].startswith("captured 23") for row in told)
    disputes = ask("/crisis/dispute_list.json?_shape=array")
    with open_store(sample_store.name) as store:
        assert {row["kind"] for row in disputes} == {one.kind.value for one in store.disputes()}
    assert "count" in {row["kind"] for row in disputes}
    assert ask("/crisis/incident_list.json?_shape=array")


def test_facets_and_questions(ask: Any) -> None:
    facets = ask("/crisis/claim_list.json?_size=0")["facet_results"]
    held = facets.get("results", facets)
    assert {"event", "actor", "review"} <= set(held)
    found = ask("/crisis/words.json?words=sailors&_shape=array")
    assert found
    assert all("sailors" in row["words"] for row in found)
    assert ask("/crisis/by_account.json?_shape=array")
    assert ask("/crisis/losses_by_account.json")["ok"]


def test_full_text_search_on_reports(ask: Any) -> None:
    page = ask("/crisis/document?_search=sailors")
    assert "_search" in page
    assert ask("/crisis/document.json?_search=sailors&_shape=array")
    assert not ask("/crisis/document.json?_search=xylophone&_shape=array")


def test_nobody_sees_who_may_sign_in(ask: Any) -> None:
    for table in ("person", "session"):
        ask(f"/crisis/{table}", 403)
    assert "person" not in [t["name"] for t in ask("/crisis.json")["tables"] if not t.get("hidden")]


def test_what_is_shown_without_the_metadata_holds_no_password(sample_store: Store) -> None:
    from datetime import UTC, datetime

    from datasette.app import Datasette

    from standoff.store.people import Role

    sample_store.people.add("Ana", Role.ADMIN, "correct horse battery", datetime.now(UTC))
    assert sample_store.people.sign_in("Ana", "correct horse battery", datetime.now(UTC))
    sample_store.close()
    opened = Datasette([sample_store.name])

    async def get() -> Any:
        await opened.invoke_startup()
        return await opened.client.get(f"/crisis.json?sql={SECRETS.replace(' ', '+')}&_shape=array")

    answer = asyncio.run(get())
    assert (answer.status_code, answer.json()) == (200, [{"name": "Ana", "secret": ""}])


SECRETS = "select name, secret from person"


@pytest.mark.parametrize(
    "path",
    [
        f"/crisis?sql={SECRETS.replace(' ', '+')}",
        f"/crisis.json?sql={SECRETS.replace(' ', '+')}",
        "/crisis/claim.json?_where=exists(select+1+from+person+where+secret+like+'$argon2id$%25')",
        "/crisis/person.json",
        "/crisis/feed.json",
        "/crisis.db",
    ],
)
def test_nobody_reaches_the_passwords_by_another_way(path: str, sample_store: Store, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from datasette.app import Datasette

    from standoff.store.people import Role

    sample_store.people.add("Ana", Role.ADMIN, "correct horse battery", datetime.now(UTC))
    save(registry.exporter("datasette"), Selection(sample_store), tmp_path / "metadata.json")
    metadata = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    name = sample_store.name
    sample_store.close()
    served = Datasette([], immutables=[name], metadata=metadata, settings={"allow_download": False})
    for opened in (Datasette([name], metadata=metadata), served):

        async def get(opened: Any = opened) -> Any:
            await opened.invoke_startup()
            return await opened.client.get(path)

        answer = asyncio.run(get())
        assert answer.status_code == 403, answer.text[:300]
        assert "argon2" not in answer.text
