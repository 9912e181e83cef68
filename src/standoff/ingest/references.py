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
        number, held, last = 1, dict[str, str](), ""
        for line in [*words.splitlines(), "ER  - "]:
            field = _FIELD.fullmatch(line)
            if field is None:
                if last and line.strip():
                    held[last] = f"{held[last]} {line.strip()}"
                continue
            last, said = field[1].lower(), (field[2] or "").strip()
            if last != "er":
                held[last] = f"{held[last]}, {said}" if last in held and last in _MANY else held.get(last, said)
            elif held:
                # "2026/03/09/", where a day has its year first: year, month, day and what it is of.
                held["da"] = re.sub(r"^(\d{4})/(\d{2})/(\d{2}).*", r"\1-\2-\3", held.get("da") or held.get("py", ""))
                yield report(capture, f"reference {number}", held, options, encoding)
                number, held, last = number + 1, {}, ""


_MANY = {"au", "a1"}
