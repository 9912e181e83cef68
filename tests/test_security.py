"""What strangers send is data: none of it is run, and none of it opens a door."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import inputs
from standoff import children
from standoff.settings import Settings
from standoff.store import Store
from standoff.web import intake
from standoff.web.app import create_app

OURS = "http://127.0.0.1"
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


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "page.html"],
        ["add", "page.html", "--store", "a.db"],
        ["bulk", "page.html", "--out", "out", "--workers", "1"],
        ["bulk", "page.html", "--out", "out", "--workers", "1", "--runner", "ray"],
    ],
    ids=["extract", "add", "pool", "ray"],
)
@pytest.mark.parametrize("slip", [False, True], ids=["", "an empty entry in the path"])
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
    assert "report: 1 claims" in page
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
