"""standoff.toml under the environment under flags, and errors that name the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff import settings
from standoff.errors import SettingsError
from standoff.language import pipeline


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(f"STANDOFF_{name.upper()}", raising=False)
    return tmp_path


def test_defaults() -> None:
    found = settings.load()
    assert (found.model, found.store) == (pipeline.DEFAULT_MODEL, "standoff.db")


def test_a_flag_goes_before_the_environment_and_that_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "standoff.toml").write_text('store = "file.db"\nmodel = "file"\n', encoding="utf-8")
    assert settings.load().store == "file.db"
    monkeypatch.setenv("STANDOFF_STORE", "environment.db")
    assert settings.load().store == "environment.db"
    assert settings.load(store="flag.db").store == "flag.db"
    assert settings.load(store=None).store == "environment.db"
    assert settings.load().model == "file"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("store = \n", "standoff.toml: not TOML: "),
        ("stoer = 'x.db'\n", "setting 'stoer': no such setting; the settings are model, store"),
        (
            "store = 3\n",
            "setting 'store': input should be a valid string; mend it in standoff.toml or in STANDOFF_STORE",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(folder: Path, content: str, says: str) -> None:
    (folder / "standoff.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        settings.load()
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8(folder: Path) -> None:
    (folder / "standoff.toml").write_bytes(b"store = '\xff'")
    with pytest.raises(SettingsError, match=r"standoff\.toml: not TOML"):
        settings.load()
