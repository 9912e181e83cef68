"""Pages out of an archive of the web: at what address they were published, and when the archive took them.

The archives are data (``lexicon/outlets.toml``).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from standoff import lexicon
from standoff.ingest import address

_WHERE = re.compile(r"/(?:(\d{4})\.?(\d{2})\.?(\d{2})[\d-]*[a-z_]*/)?(https?:/{1,2}[^/\s].*)", re.IGNORECASE)


def original(url: str | None) -> str | None:
    """The address that a page was published at, where this is one of an archive; any other as it is.

    >>> original("https://web.archive.org/web/20260401120000/https://www.example.org/a")
    'https://www.example.org/a'
    """
    found = _where(url)
    return re.sub(r"^(https?):/+", r"\1://", found.group(4), flags=re.IGNORECASE) if found is not None else url


def taken(url: str | None) -> date | None:
    """The day on which an archive took the page of an address, as the address has it."""
    found = _where(url)
    if found is None or found.group(1) is None:
        return None
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        return None


def is_archive(name: str | None) -> bool:
    """Whether what a page gives as its outlet is an archive's own name."""
    return name is not None and name.strip().lower().removeprefix("www.") in _hosts()


def _where(url: str | None) -> re.Match[str] | None:
    host = address.domain(url)
    return _WHERE.search(url or "", len("https://")) if host in _hosts() else None


@cache
def _hosts() -> frozenset[str]:
    return frozenset(host for entry in lexicon.load("outlets")["archive"] for host in entry["domains"])
