"""Serving the application on this machine, or to others who can show who they are."""

from __future__ import annotations

import ipaddress
import secrets
from pathlib import Path

import standoff
from standoff.errors import SettingsError
from standoff.settings import Settings
from standoff.web.app import create_app
from standoff.web.guard import LOOPBACK, Access
from standoff.web.map import check
from standoff.web.patient import Patient


def serve(
    where: str | Path,
    settings: Settings,
    *,
    host: str,
    port: int,
    hosts: list[str],
    token: str | None,
    boundaries: Path | None = None,
) -> None:
    """Serve a store until stopped.

    Raises:
        SettingsError: it would be open to other machines without a token or people, the token is short, or the
            boundaries are none.
        StoreError: the store cannot be opened.
    """
    import uvicorn

    with standoff.open_store(where) as store:
        # A name is for others too: before it stands a server that sends on from this machine what others ask.
        exposed = next((named for named in (host, *hosts) if not _loopback(named)), None)
        allowed = LOOPBACK | {form for named in (host, *hosts) for form in (named.lower(), f"[{named.lower()}]")}
        access = Access(frozenset(allowed), token, _name(), asks=exposed is not None)
        if exposed is not None and token is None and not store.people.any():
            mend = "give --token new, or let people in with standoff people add"
            raise SettingsError(f"host {exposed}", "other machines could reach it, and nothing asks who they are", mend)
        uvicorn.run(
            create_app(store, access, settings, boundaries and check(boundaries)),
            host=host,
            port=port,
            http=Patient,
            workers=1,  # the environment may ask for more, which only a server started by name can have
            timeout_keep_alive=10,
            timeout_graceful_shutdown=20,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
        )


def fresh_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(24)


def _loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
