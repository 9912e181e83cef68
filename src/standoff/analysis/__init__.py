"""The crisis over time, by each account: series of a pair of parties, tension, who answers whom, outlook, reports, alerts.

A series counts happenings, not claims, and keeps apart who tells of them (:mod:`.series`). What follows from it stands in
:mod:`.tension`, :mod:`.reciprocity` and :mod:`.outlook`; :mod:`.report` writes a situation report in which every number
leads back to the words it was read from; :mod:`.alerts` says when something that a user waits for has come about.
"""

from __future__ import annotations

import importlib
from typing import Any

from standoff.errors import SettingsError


def needed(library: str) -> Any:
    """A library that only the analysis needs.

    Raises:
        SettingsError: it is not installed.
    """
    try:
        return importlib.import_module(library)
    except ImportError:
        name = library.partition(".")[0]
        raise SettingsError(name, "not installed", "pip install 'standoff[analysis]'") from None
