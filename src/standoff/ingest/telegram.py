"""Telegram's own pages: what its desktop program writes as HTML, and the page of a channel; and posts of X as Nitter shows
them. A report a message.

As JSON, Telegram's export is a list of records like others (:mod:`standoff.ingest.json_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from standoff.errors import InputError
from standoff.ingest import child, dateline, dates, exports
from standoff.ingest import html as pages
from standoff.ingest.capture import Capture, Options, Read, Said

MAX_MESSAGES = 5_000
_EXPORT = re.compile(rb'class="[^"]{0,60}\bchat_page\b')
_CHANNEL = re.compile(rb'class="[^"]{0,60}\b(?:tgme_channel_history|tgme_widget_message)\b')
_NITTER = re.compile(rb'class="[^"]{0,60}\b(?:timeline-item|main-tweet|tweet-content)\b')
_TITLE_DAY = re.compile(r"\s*(\d{2})\.(\d{2})\.(\d{4})\b")
_MEND = "export the chat as JSON, and add that"


class Telegram:
    """A chat that Telegram Desktop wrote as HTML, or a saved page of t.me or Nitter with messages."""

    kind = "telegram"

    def recognises(self, capture: Capture) -> bool:
        if not pages.Html().recognises(capture):
            return False
        head = capture.head()
        if b"Exported Data" in head and _EXPORT.search(head):
            return True
        if b"nitter" in head.lower() and _NITTER.search(head):
            return True
        return (
            b"tgme_" in head and (b"tgme_channel" in head or _CHANNEL.search(head) is not None) and b"Telegram" in head
        )

    def read(self, capture: Capture, options: Options) -> Iterator[Read]:
        data = capture.whole(pages.MAX_BYTES)
        pages.check(data, capture.name)
        found = child.shared.call(
            "standoff.ingest.telegram:messages",
            capture.name,
            data,
            seconds=options.seconds,
            megabytes=options.megabytes,
        )
        left = exports.silent(found["silent"])
        if found["more"]:
            left += (f"{found['more']:,} messages after the first {MAX_MESSAGES:,}, which were not read",)
        for number, one in enumerate(found["messages"], 1):
            day = date.fromisoformat(one["day"]) if one["day"] else None
            said = Said(outlet=one["from"], url=one["url"], published=day, date_method="message" if day else None)
            yield capture.part(
                f"message {number}",
                one["text"].encode("utf-8", "replace"),
                capture.inherited.over(said),
                charset="utf-8",
                left=(*capture.left, *left),
            )
            left = ()


def messages(data: bytes) -> dict[str, Any]:
    """The messages of a page: who wrote them, when, and their words; and how many have none. Runs in the child.

    Raises:
        InputError: there is no message with words in it.
    """
    from lxml import html

    from standoff.ingest import article

    tree = html.fromstring(data.decode("utf-8", "replace"), parser=html.HTMLParser(huge_tree=False))
    read = _exported if tree.find_class("chat_page") else _posted if tree.find_class("tweet-content") else _shown
    told = list(read(tree))
    if not any(one["text"] for one in told):
        raise InputError("", "a page of messages without one in words", _MEND)
    for one in told:
        one["text"] = article.all_words(f"<div>{one['text']}</div>") if one["text"] else ""
    whole = [one for one in told if one["text"].strip()]
    more = max(0, len(whole) - MAX_MESSAGES)
    return {"messages": whole[:MAX_MESSAGES], "silent": len(told) - len(whole), "more": more}


def _exported(tree: Any) -> Iterator[dict[str, Any]]:
    """What Telegram Desktop writes; a message that goes on names no sender: it is the one before it."""
    chat = next((_words(one) for box in tree.find_class("page_header") for one in box.find_class("text")), None)
    sender = chat
    for message in tree.find_class("message"):
        if "default" not in (message.get("class") or "").split():
            continue
        body = next(iter(message.find_class("body")), None)
        if body is None:
            continue
        names = [one for one in body.find_class("from_name") if not _inside(one, "forwarded", message)]
        sender = _words(names[0]) if names else sender
        forwarded = next(iter(message.find_class("forwarded")), None)
        origin = next((one for one in forwarded.find_class("from_name")), None) if forwarded is not None else None
        stamp = next((one.get("title") for one in body.find_class("date") if one.get("title")), None)
        yield {
            "from": _TITLE_TIME.sub("", _words(origin)).strip() if origin is not None else sender,
            "day": _day(stamp),
            "url": None,
            "text": _markup(next((one for one in body.find_class("text")), None)),
        }


_TITLE_TIME = re.compile(r"\s*\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}.*$")


def _shown(tree: Any) -> Iterator[dict[str, Any]]:
    """What t.me shows of a channel."""
    for message in tree.find_class("tgme_widget_message"):
        origin = next(iter(message.find_class("tgme_widget_message_forwarded_from_name")), None)
        owner = next(iter(message.find_class("tgme_widget_message_owner_name")), None)
        texts = [
            one
            for one in message.find_class("tgme_widget_message_text")
            if not _inside(one, "tgme_widget_message_reply", message)
        ]
        post = message.get("data-post") or ""
        times = [
            one.get("datetime") for link in message.find_class("tgme_widget_message_date") for one in link.iter("time")
        ]
        day = dates.iso_day(next(iter(times), None))
        named = origin if origin is not None else owner
        yield {
            "from": _words(named) if named is not None else None,
            "day": day.isoformat() if day else None,
            "url": f"https://t.me/{post}" if re.fullmatch(r"\w{1,64}/\d{1,12}", post) else None,
            "text": _markup(texts[0]) if texts else "",
        }


def _posted(tree: Any) -> Iterator[dict[str, Any]]:
    """What Nitter shows of X: posts and answers, each of its own author; one that is quoted is its author's."""
    for body in (*tree.find_class("tweet-body"), *tree.find_class("quote")):
        own = [one for name in ("tweet-content", "quote-text") for one in body.find_class(name) if _first_of(one, body)]
        dates_of = [one for one in body.find_class("tweet-date") if _first_of(one, body)]
        link = next((link for one in dates_of for link in one.iter("a")), None)
        writer = next((one for one in body.find_class("fullname") if _first_of(one, body)), None)
        day = next(dateline.each(link.get("title") or ""), None) if link is not None else None
        post = (link.get("href") or "").partition("#")[0] if link is not None else ""
        yield {
            "from": _words(writer) if writer is not None else None,
            "day": day.isoformat() if day else None,
            "url": f"https://x.com{post}" if re.fullmatch(r"/\w{1,40}/status/\d{1,25}", post) else None,
            "text": _markup(own[0]) if own else "",
        }


def _first_of(element: Any, body: Any) -> bool:
    """Whether a part is this post's, and not that of one that it quotes."""
    return "quote" in (body.get("class") or "").split() or not _inside(element, "quote", body)


def _inside(element: Any, name: str, stop: Any) -> bool:
    for up in element.iterancestors():
        if up is stop:
            return False
        if name in (up.get("class") or "").split():
            return True
    return False


def _markup(element: Any) -> str:
    from lxml import html

    return html.tostring(element, encoding="unicode", with_tail=False) if element is not None else ""


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _day(stamp: str | None) -> str | None:
    found = _TITLE_DAY.match(stamp or "")
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None
