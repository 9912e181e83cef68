"""TimelineJS: incidents whose day is told, as slides with who says what of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from html import escape
from typing import BinaryIO

from standoff.export.happenings import apart, called, party_name, quotation, sides
from standoff.export.selection import Part, Selection, Told, write_array
from standoff.records import Record
from standoff.wording import Names


class TimelineJs:
    """A slide an incident."""

    name = "timelinejs"
    chooses_columns = False
    says = "a timeline of the incidents whose day is told, with the accounts of each"

    def parts(self, chosen: Selection) -> Iterator[Part]:
        yield Part("timeline.json", partial(self._write, chosen))

    def _write(self, chosen: Selection, out: BinaryIO) -> int:
        names = chosen.names()
        slides = (_slide(told, names) for told in chosen.incidents() if told.dossier.start)
        return write_array('{"events": [', slides, "]}", out)


def _slide(told: Told, names: Names) -> Record:
    one, both = told.dossier, sides(told)
    assert one.start is not None
    headline = " ".join(
        part
        for part in (
            called(both.actors, names) or "Unknown",
            one.event.lower(),
            f"→ {called(both.recipients, names)}" if both.recipients else "",
            f"({one.place})" if one.place else "",
        )
        if part
    )
    quotes = [quotation(claim, told, names) for claim in told.deeds[:6]]
    body = [f"<p>{escape(quote)}</p>" for quote in dict.fromkeys(quotes)]
    if one.disputes:
        body.append(f"<p><b>The accounts part.</b> {escape(apart(told, names))}</p>")
    slide: Record = {
        "unique_id": one.incident.id,
        "start_date": _day(one.start),
        "text": {"headline": escape(headline), "text": "".join(body)},
    }
    if one.end and one.end != one.start:
        slide["end_date"] = _day(one.end)
    group = both.actors[0] if both.actors else None
    return slide if group is None else {**slide, "group": escape(party_name(group, names))}


def _day(day: date) -> Record:
    return {"year": day.year, "month": day.month, "day": day.day}
