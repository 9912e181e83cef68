"""Who can read a report that a page adds, and where its text goes for that."""

from __future__ import annotations

from fastapi import Request

from standoff.errors import InputError
from standoff.settings import BOTH, OWN
from standoff.web.view import site


def offered(request: Request) -> dict[str, str]:
    """By name, in words; none to choose from where no model is named in the settings."""
    named = site(request).settings.readers
    if not named:
        return {}
    sent = {name: f"{name}: the text is sent to {one.address}" for name, one in sorted(named.items())}
    pairs = {
        f"{BOTH}:{name}": f"standoff and {name}, side by side: the text is sent to {one.address}"
        for name, one in sorted(named.items())
    }
    return {OWN: "standoff, on this machine; English alone"} | sent | pairs


def chosen(request: Request, reader: str) -> list[str]:
    """The reader that was chosen, as the command line takes it. A report that a model cannot read is kept all the same:
    what is sent from a page lies nowhere else.

    Raises:
        InputError: there is no such reader.
    """
    known = offered(request)
    if reader.strip() and reader not in known:
        raise InputError(f"reader {reader[:60]!r}", "not in the settings", f"choose one of {', '.join(known) or OWN}")
    return ["--keep-unread", *(["--reader", reader] if reader.strip() else [])]
