"""Lists of references as libraries and press databases export them (RIS): a link or an abstract each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.ingest.capture import Capture, Options, Read
from standoff.ingest.record import report
from standoff.ingest.text import decode

MAX_BYTES = 20_000_000
_FIELD = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*TY  - ")


class References:
    """A list of references in RIS."""

    kind = "ris"

    def recognises(self, capture: Capture) -> bool:
        return _BEGINS.match(capture.head()) is not None

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        words, encoding = decode(capture.whole(MAX_BYTES), capture.name, capture.charset)
        number, held, last = 1, dict[str, list[str]](), ""
        for line in [*words.splitlines(), "ER  - "]:
            field = _FIELD.fullmatch(line)
            if field is None:
                if last and line.strip():
                    held[last].append(line.strip())
                continue
            last, said = field[1].lower(), (field[2] or "").strip()
            if last != "er":
                if last in held and last not in _MANY:
                    continue
                held.setdefault(last, []).append(said)
                continue
            if held:
                yield report(capture, f"reference {number}", _record(held), options, encoding)
            number, held, last = number + bool(held), {}, ""


def _record(held: dict[str, list[str]]) -> dict[str, str]:
    """Fields by their names; a day as year, month and day, of which there is "2026/03/09/" and "2026/03/09/Monday"."""
    record = {name: (", " if name in _MANY else " ").join(told) for name, told in held.items()}
    record["da"] = re.sub(r"^(\d{4})/(\d{2})/(\d{2}).*", r"\1-\2-\3", record.get("da") or record.get("py", ""))
    return record


_MANY = {"au", "a1"}
