"""Which way of reconciling this is: another version, or other fitted weights, draw other incidents and disputes of the same claims."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

import standoff


@cache
def way() -> str:
    """A mark that is another one for every version and all weights."""
    weights = sorted((f for f in resources.files("standoff.reconcile").iterdir() if f.name.endswith(".json")), key=str)
    digest = hashlib.sha256(standoff.__version__.encode())
    for one in weights:
        digest.update(one.name.encode() + one.read_bytes())
    return digest.hexdigest()[:16]
