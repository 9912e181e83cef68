"""What is refused by the thousand is told once: a table of a million empty rows is one fault, and not a million.

The first of a kind are told one by one, with their places; the rest are counted, and told as one with their number.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import TypeVar

from standoff.errors import InputError, StandoffError
from standoff.ingest.capture import Capture, Failed

EACH = 300
"""Of one kind so many are told one by one."""
KINDS = 100
"""So many kinds are told apart."""
MOST = 100_000
"""After so many the rest is left unread, where there was hardly anything else."""
FEW = 10
"""For each that could be read, so many may be refused."""

# "not JSON (Expecting value: line 1)", "no web address: x": what comes after differs from row to row.
_VARIES = re.compile(r"[:(]")

T = TypeVar("T")


def condensed(found: Iterator[T], capture: Capture) -> Iterator[T | Failed]:
    """The same, with what is refused for one reason over and over told as one.

    Raises:
        InputError: almost all of it is refused, and it goes on; or what reading it raises.
    """
    told: dict[str, int] = {}
    held: dict[str, Failed] = {}
    refused = kept = 0
    trouble: StandoffError | None = None
    try:
        for one in found:
            if not isinstance(one, Failed):
                kept += 1
                yield one
                continue
            if one.times > 1:  # counted below this already
                yield one
                continue
            refused += 1
            kind = _VARIES.split(one.error.why, maxsplit=1)[0]
            if kind not in told and len(told) >= KINDS:
                kind = ""
            told[kind] = told.get(kind, 0) + 1
            if told[kind] <= EACH:
                yield one
                continue
            held[kind] = replace(one, times=told[kind] - EACH)
            if refused > MOST and refused > FEW * kept:
                why = f"more than {MOST:,} parts of it are no reports, and hardly any is; the rest was not read"
                raise InputError(capture.name, why, "check that it is a list of reports, and name its columns")
    except StandoffError as error:
        trouble = error
    finally:
        if isinstance(found, Generator):
            found.close()  # where the rest is not wanted, who makes it is to end now
    for kind, last in held.items():
        if last.times == 1:
            yield last
            continue
        why = f"{last.times:,} more could not be read: {kind.strip() or 'for other reasons'}"
        said = InputError(capture.name, f"{why}; the last was {_place(last, capture)}", last.error.mend)
        yield Failed(f"{capture.name}: {kind.strip() or 'others'}", last.root, said, last.times)
    if trouble is not None:
        raise trouble


def _place(one: Failed, capture: Capture) -> str:
    """Where it lay in the container: ``row 7``."""
    return one.name.removeprefix(f"{capture.name}: ")[:200]
