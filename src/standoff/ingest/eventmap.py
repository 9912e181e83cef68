"""A page of a map of events, as Liveuamap has it: a list of what happened, an event a report, each with its place.

When each happened it says only from when the page was seen ("4 hours ago"), which is no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from standoff.errors import InputError
from standoff.ingest import address, child
from standoff.ingest import html as pages
from standoff.ingest.capture import Capture, Options, Read, Said, up_to

MAX_EVENTS = 2_000
_EVENT = re.compile(rb"<div\b(?=[^>]{0,300}\bdata-id=)[^>]{0,300}\bclass=[\"'][^\"'>]{0,60}\bevent\b", re.IGNORECASE)
_FEWEST = 2
_MEND = "save the text of the events as .txt, and add that"


class EventMap:
    """A page with such events, two at least."""

    kind = "eventmap"

    def recognises(self, capture: Capture) -> bool:
        if not pages.Html().recognises(capture):
            return False
        with capture.stream() as file:
            data = up_to(file, _LOOKED_AT)
        return len(_EVENT.findall(data)) >= _FEWEST

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(pages.MAX_BYTES)
        pages.check(data, capture.name)
        found = child.shared.call(
            "standoff.ingest.eventmap:events",
            capture.name,
            data,
            seconds=options.seconds,
            megabytes=options.megabytes,
        )
        left: tuple[str, ...] = ("when each event happened, which the page tells only from when it was seen",)
        for number, one in enumerate(found, 1):
            said = Said(outlet=one["outlet"], url=address.clean(one["url"]))
            yield capture.part(
                f"event {number}",
                one["text"].encode("utf-8", "replace"),
                capture.inherited.over(said),
                charset="utf-8",
                left=(*capture.left, *left),
            )
            left = ()


_LOOKED_AT = 200_000


def events(data: bytes) -> list[dict[str, Any]]:
    """The words of each event, its place below them, its address and whose account it is of. Runs in the child.

    Raises:
        InputError: there is none with words in it.
    """
    from standoff.ingest import article, furniture

    words, _, _ = article.decode(data, None)
    tree = article.tree_of(words)
    found = []
    for box in tree.xpath("//*[@data-id and contains(concat(' ', @class, ' '), ' event ')]")[:MAX_EVENTS] if tree is not None else ():  # fmt: skip
        told = [furniture.text_of(one) for one in box.find_class("title")]
        top = [one for name in ("top-info", "time") for one in box.find_class(name)]
        links = [one for one in top[0].iter("a") if furniture.text_of(one)] if top else []
        place = [
            text for one in links if (text := furniture.text_of(one)) and not one.get("href", "").startswith("http")
        ]
        if any(told):
            text = "\n\n".join([*told[:1], *place[:1]])
            found.append({"text": text, "url": box.get("data-link"), "outlet": None})
    if not found:
        raise InputError("", "a map of events without words", _MEND)
    return found
