"""What strangers send is data: none of it is run, and none of it opens a door."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import inputs
from standoff import children
from standoff.errors import InputError, SettingsError
from standoff.settings import Settings
from standoff.store import Store
from standoff.store.people import Role
from standoff.web import intake
from standoff.web.app import create_app
from standoff.web.guard import Access
from standoff.web.guesses import Guesses

OURS = "http://127.0.0.1"
NOW = datetime(2025, 5, 9, 8, tzinfo=UTC)
STANDOFF = [sys.executable, "-P", "-m", "standoff.cli"]
"""As the installed command is: a script, beside which no reports lie."""
TEXT = "Sudan's army said on Monday that the Rapid Support Forces shelled a market in Omdurman, killing 12 people."


def planted(folder: Path, mark: Path) -> list[str]:
    """Files under every name that anything here could be imported by; each leaves a mark where it is run."""
    names = {*sys.stdlib_module_names, *importlib.metadata.packages_distributions(), "sitecustomize", "usercustomize"}
    names = {name for name in names if name.isidentifier()}
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write(__name__ + chr(10))\n")
    (folder / "standoff.toml").write_text('model = "none such"\nrun = "calc.exe"\n')
    return sorted(names)


def test_a_planted_module_would_be_run_where_nothing_is_done_about_it(tmp_path: Path) -> None:
    planted(tmp_path, tmp_path / "mark")
    subprocess.run([sys.executable, "-c", "import typer"], cwd=tmp_path, capture_output=True, check=False)
    assert (tmp_path / "mark").exists()


_ADDED = ["add", "page.html", "--store", "a.db"]
_BULK = ["bulk", "page.html", "--out", "out", "--workers", "1"]


@pytest.mark.parametrize(
    ("arguments", "slip"),
    [
        pytest.param(["extract", "page.html"], False, id="extract"),
        pytest.param(_ADDED, False, id="add"),
        pytest.param(_ADDED, True, id="add, an empty entry in the path"),
        pytest.param(_BULK, True, id="pool, an empty entry in the path"),
        pytest.param([*_BULK, "--runner", "ray"], False, id="ray"),
    ],
)
def test_no_file_beside_a_report_is_run(arguments: list[str], slip: bool, tmp_path: Path) -> None:
    if "ray" in arguments:
        pytest.importorskip("ray")
    mark = tmp_path / "mark"
    desk = tmp_path / "desk"
    desk.mkdir()
    planted(desk, mark)
    (desk / "standoff.toml").unlink()  # in the working folder it is the user's own
    (desk / "page.html").write_bytes(inputs.page())
    environment = dict(os.environ)
    if slip:  # which Python itself follows; what we start does not
        source = environment.get("PYTHONPATH", "")
        command = [sys.executable, "-c", _SLIPPED, str(desk), *arguments]
        ran = subprocess.run(
            command, cwd=tmp_path, env=environment | {"PYTHONPATH": source}, capture_output=True, text=True, check=False
        )
    else:
        ran = subprocess.run(
            [*STANDOFF, *arguments], cwd=desk, env=environment, capture_output=True, text=True, check=False
        )
    assert not mark.exists(), mark.read_text()
    assert ran.returncode == 0, ran.stderr


_SLIPPED = """
import os, sys
folder, *sys.argv = sys.argv[1:]
sys.argv.insert(0, "standoff")
sys.path[:] = [entry for entry in sys.path if entry]
os.environ["PYTHONPATH"] = os.pathsep + os.environ.get("PYTHONPATH", "")
import standoff.cli, encodings.idna
os.chdir(folder)
standoff.cli.main()
"""


def test_an_uploaded_file_is_read_and_never_run(
    sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    names = planted(tmp_path, mark)
    wanted = [name for name in names if name in {module.partition(".")[0] for module in sys.modules}]
    assert {"typer", "resource", "spacy", "pydantic"} <= set(wanted)
    monkeypatch.setattr(intake, "MOST_FILES", 2000)
    files = [("files", (f"{name}.py", (tmp_path / f"{name}.py").read_bytes())) for name in wanted]
    files.append(("files", ("standoff.toml", (tmp_path / "standoff.toml").read_bytes())))
    files.append(("files", ("report.txt", TEXT.encode())))
    with TestClient(create_app(sample_store, settings=Settings(fetch_log="")), base_url=OURS) as client:
        client.post("/add/files", files=files)
        page = _finished(client)
    assert not mark.exists(), mark.read_text()
    assert "report: 1 claim" in page
    kept = {one.id: one for one in sample_store.documents()}
    assert kept["report"].provenance is not None
    assert kept["report"].provenance.name == "report.txt"  # and not where it lay for a moment
    assert not any("/tmp" in failed.source for failed in sample_store.intake.failures())


def test_a_module_path_means_the_same_in_every_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("", "lib", "/opt/lib", "")))
    found = children.environment()
    assert found["PYTHONPATH"].split(os.pathsep) == [str(Path("lib").absolute()), "/opt/lib"]
    assert found["PYTHONSAFEPATH"] == "1"
    with children.safely():
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert os.environ["PYTHONPATH"].startswith(os.pathsep)
    assert "PYTHONSAFEPATH" not in os.environ or "PYTHONSAFEPATH" in found


def _finished(client: TestClient) -> str:
    for _ in range(1200):
        page = client.get("/add").text
        if "data-refresh" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("still reading")


# -- who may come in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "x", "fifteen letters", " " * 20, "a long enough token\n", "\x00" * 20])
def test_a_token_that_opens_everything_is_none(token: str) -> None:
    with pytest.raises(SettingsError, match="token: "):
        Access(token=token)


def test_with_the_last_person_dropped_nobody_comes_in(sample_store: Store) -> None:
    sample_store.people.add("Ana", Role.ADMIN, "correct horse battery", NOW)
    client = TestClient(create_app(sample_store), base_url=OURS)
    client.post("/sign-in", data={"name": "Ana", "password": "correct horse battery"})
    assert client.get("/claims").status_code == 200
    sample_store.people.drop("Ana")
    for one in (client, TestClient(create_app(sample_store, Access(asks=True)), base_url=OURS)):
        assert one.get("/claims", follow_redirects=False).status_code == 303
        assert one.get("/api/v1/claims").status_code == 401
        assert one.post("/add/text", data={"text": TEXT}, follow_redirects=False).status_code == 303
        assert "Nobody is let in any more" in one.get("/sign-in").text
    sample_store.people.add("Ana", Role.ADMIN, "another horse battery", NOW)
    client.post("/sign-in", data={"name": "Ana", "password": "another horse battery"})
    assert client.get("/claims").status_code == 200


def test_the_first_person_closes_pages_that_are_open(sample_store: Store) -> None:
    client = TestClient(create_app(sample_store), base_url=OURS)
    assert client.get("/claims").status_code == 200
    sample_store.people.add("Ana", Role.READER, "correct horse battery", NOW)
    assert client.get("/claims", follow_redirects=False).status_code == 303
    sample_store.people.drop("Ana")
    assert client.get("/claims", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--host", "0.0.0.0"], "host 0.0.0.0: other machines could reach it"),
        (["--host", "::"], "host ::: other machines could reach it"),
        (["--name", "desk.example.org"], "host desk.example.org: other machines could reach it"),
        (["--host", "127.0.0.1", "--name", "localhost", "--name", "desk.example.org"], "host desk.example.org"),
        (["--token", ""], "token: shorter than 16 characters"),
        (["--token", "x", "--host", "0.0.0.0"], "token: shorter than 16 characters"),
        (["STANDOFF_TOKEN="], "token: shorter than 16 characters"),
    ],
)
def test_what_others_can_reach_asks_who_they_are(arguments: list[str], says: str, crisis: Path) -> None:
    given = dict(one.split("=", 1) for one in arguments if one.startswith("STANDOFF_"))
    command = [
        *STANDOFF,
        "serve",
        "--store",
        str(crisis),
        "--port",
        "0",
        *(a for a in arguments if a[0:9] != "STANDOFF_"),
    ]
    ran = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 1
    assert says in ran.stderr


# -- guessing --------------------------------------------------------------------------------------------------------


def test_guesses_of_one_name_wait_ever_longer(sample_store: Store) -> None:
    clock = [0.0]
    access = Access(guesses=Guesses(lambda: clock[0]))
    sample_store.people.add("Ana", Role.READER, "correct horse battery", NOW)
    sample_store.people.add("Ben", Role.READER, "correct horse battery", NOW)
    client = TestClient(create_app(sample_store, access), base_url=OURS)

    def signs_in(name: str, password: str) -> int:
        return client.post("/sign-in", data={"name": name, "password": password}, follow_redirects=False).status_code

    for name in ("Ana", "Nobody"):
        assert [signs_in(name, "wrong") for _ in range(6)] == [403] * 5 + [429], name
    assert signs_in("ana ", "correct horse battery") == 429  # the right one has to wait too: else it would be known
    assert signs_in("Ben", "correct horse battery") == 303
    clock[0] += 2
    assert signs_in("Ana", "wrong") == 403
    clock[0] += 1.5
    assert signs_in("Ana", "correct horse battery") == 429
    for _ in range(40):
        clock[0] += 400
        signs_in("Ana", "wrong")
    clock[0] += 301
    assert signs_in("Ana", "correct horse battery") == 303
    assert [signs_in("Ana", "wrong") for _ in range(2)] == [403, 403]


def test_guesses_of_the_token_wait_ever_longer(sample_store: Store) -> None:
    clock, right = [0.0], "a long enough token"
    access = Access(token=right, guesses=Guesses(lambda: clock[0]))
    app = create_app(sample_store, access)

    def asks(token: str, address: str = "10.0.0.1") -> int:
        client = TestClient(app, base_url=OURS, client=(address, 1))
        return client.get("/api/v1/claims", headers={"authorization": f"Bearer {token}"}).status_code

    assert [asks("kept by a browser") for _ in range(20)] == [401] * 20  # one guess, however often it is shown
    assert [asks(f"guess {n}") for n in range(5)] == [401] * 4 + [429]
    assert asks(right) == 429  # the right one has to wait too: else it would be known
    assert asks("kept by a browser") == 401
    assert asks(right, "10.0.0.2") == 200
    form = TestClient(app, base_url=OURS, client=("10.0.0.1", 1)).post("/sign-in", data={"token": right})
    assert form.status_code == 429
    assert "too many wrong ones came from there" in form.text
    clock[0] += 2
    assert asks("another guess") == 401
    clock[0] += 1.5
    assert asks(right) == 429
    clock[0] += 1
    assert asks(right) == 200
    for number in range(6):  # a household has more addresses of the sixth version than can be counted
        last = asks(f"a guess {number}", f"2001:db8::{number}")
    assert last == 429
    assert asks(right, "2001:db8:0:1::1") == 200
    answer = TestClient(app, base_url=OURS, client=("10.0.0.3", 1)).get("/api/v1/claims")
    assert answer.status_code == 401  # who shows none guesses none


def test_eighty_guesses_at_once_are_few_at_a_time(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from standoff.store import people

    sample_store.people.add("Ana", Role.READER, "correct horse battery", NOW)
    client = TestClient(create_app(sample_store), base_url=OURS)
    at_once, most = [0], [0]

    def slow(secret: str, password: str) -> bool:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.05)
        at_once[0] -= 1
        return False

    monkeypatch.setattr(people, "_verified", slow)
    with ThreadPoolExecutor(80) as pool:
        asked = [pool.submit(client.post, "/sign-in", data={"name": f"n{n}", "password": "wrong"}) for n in range(80)]
        begun = time.monotonic()
        codes = {one.result().status_code for one in asked}
    assert most[0] <= 2
    assert codes <= {403, 429}
    assert time.monotonic() - begun < 30


def test_known_and_unknown_names_take_equally_long(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import argon2

    made: list[str] = []
    verify, hashed = argon2.PasswordHasher.verify, argon2.PasswordHasher.hash
    sample_store.people.add("Ana", Role.READER, "correct horse battery", NOW)
    create_app(sample_store)
    monkeypatch.setattr(argon2.PasswordHasher, "verify", lambda *a: made.append("verify") or verify(*a))
    monkeypatch.setattr(argon2.PasswordHasher, "hash", lambda *a: made.append("hash") or hashed(*a))
    for name in ("Ana", "Nobody"):
        assert sample_store.people.sign_in(name, "wrong", NOW) is None
    assert made == ["verify", "verify"]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("cafe\u0301 and croissant", "caf\u00e9 and croissant"), ("caf\u00e9 and croissant", "cafe\u0301 and croissant"),
     ("x" * 1_000, "x" * 1_000), ("\U0001f600" * 10, "\U0001f600" * 10)],
)  # fmt: skip
def test_a_password_is_the_same_on_every_keyboard(kept: str, typed: str, sample_store: Store) -> None:
    sample_store.people.add("Ana", Role.READER, kept, NOW)
    assert sample_store.people.sign_in("Ana", typed, NOW)
    assert not sample_store.people.sign_in("Ana", typed + "x", NOW)
    assert sample_store.people.sign_in("Ana", "\ud800", NOW) is None
    with pytest.raises(InputError, match="too long"):
        sample_store.people.add("Ana", Role.READER, "x" * 1_001, NOW)


@pytest.mark.parametrize(
    ("headers", "secure"),
    [({}, False), ({"x-forwarded-proto": "https"}, True), ({"x-forwarded-proto": "http"}, False)],
)
def test_cookies_are_sent_by_safe_ways_alone_where_there_is_one(
    headers: dict[str, str], secure: bool, sample_store: Store
) -> None:
    sample_store.people.add("Ana", Role.READER, "correct horse battery", NOW)
    client = TestClient(create_app(sample_store), base_url=OURS)
    form = {"name": "Ana", "password": "correct horse battery"}
    answer = client.post("/sign-in", data=form, headers=headers, follow_redirects=False)
    assert ("secure" in answer.headers["set-cookie"].lower().split("; ")) == secure
    assert "httponly" in answer.headers["set-cookie"].lower()
