"""What a mail says itself, and what it only quotes: quotequail tells them apart, in plain text and in HTML.

A mail that was forwarded is a report of its own, under its own sender and date; one that is answered was read when it
came, and is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any

from standoff.errors import InputError
from standoff.ingest import dateline, dates, furniture
from standoff.ingest.capture import Said

_DEEPEST = 8
# The head of a mail that another quotes, in any language: several fields below one another, an address in the first.
_ANY_HEAD = re.compile(
    r"^(?:[_-]{5,}[ \t]*\n)?(?P<head>[^\W\d_][^:\n@]{0,24}:[ \t]*[^\n]{0,200}@[^\n]{0,200}\n(?:[^\W\d_][^:\n@]{0,24}:[^\n]{0,300}\n){2,6})(?=\s*\n)",
    re.MULTILINE,
)
# The line above what is quoted, in any language: a day, an address, a colon.
_ABOVE_QUOTE = re.compile(
    r"^[^>\n][^\n]{0,200}\d[^\n]{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>[^\n]{0,40}:[ \t]*\n(?=\s*>)", re.MULTILINE
)
_LIST_FOOT = re.compile(r"^_{40,}[ \t]*\n(?=[^\n]*(?:mailing list|@))(?s:.*)\Z", re.MULTILINE)
_SCRUBBED = re.compile(
    r"^-{10,} next part -{10,}[ \t]*\n(?:(?:An? [^\n]*scrubbed|[A-Z][a-z]+ ?:|<?https?://)[^\n]*\n?)+", re.MULTILINE
)
_ARMOUR = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[^\n]+\n)*\n(?P<text>(?s:.*?))^-----BEGIN PGP SIGNATURE-----(?s:.*?)(?:^-----END PGP SIGNATURE-----[ \t]*\n?|\Z)", re.MULTILINE)  # fmt: skip
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|rv|i)\s*:", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^[ \t]?>.*\n?", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?\n(?s:.*)\Z", re.MULTILINE)
# RFC 1153: mails one below the other, with a rule between them.
_RULE = re.compile(r"^-{27,33}[ \t]*\n\s*(?=[A-Z][\w-]*:)|^-{60,78}[ \t]*\n\s*(?=(?:Date|From|Subject|Message):)", re.MULTILINE)  # fmt: skip
_END = re.compile(r"^-{27,33}[ \t]*$", re.MULTILINE)
_HEAD = re.compile(r"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,}")
_FIELD = re.compile(r"([A-Z][\w-]*):[ \t]*([^\n]*(?:\n[ \t]+\S[^\n]*)*)")


@dataclass
class Words:
    """What a mail's text holds: its own words, mails in it that are reports of their own, and what was left out."""

    own: str
    inside: list[tuple[Said, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def plain(text: str, subject: str = "") -> Words:
    """A plain text without what it quotes."""
    text = _ARMOUR.sub(lambda signed: re.sub(r"^- ", "", signed["text"], flags=re.MULTILINE), text)
    found = _digest(text)
    if found is not None:
        return found
    found = Words("")
    _unwrap(text, subject, found, 0)
    return found


def _unwrap(text: str, subject: str, found: Words, depth: int) -> None:
    import quotequail

    wrapped: dict[str, Any] | None = quotequail.unwrap(text) if depth < _DEEPEST else None
    if wrapped is None and depth < _DEEPEST:
        wrapped = _any_head(text)
    if wrapped is None:
        text = _ABOVE_QUOTE.sub("", text)
        own, cut = _QUOTED_LINE.subn("", text)
        found.own = _bare(own, found)
        if cut:
            found.left.append(f"{cut} quoted {'line' if cut == 1 else 'lines'} left out")
        return
    own = "\n\n".join(_bare(part, found) for key in ("text_top", "text_bottom") if (part := wrapped.get(key)))
    found.own = _QUOTED_LINE.sub("", own).strip()
    _sort(wrapped, wrapped.get("text") or "", subject, found, depth, plain_text=True)


def _any_head(text: str) -> dict[str, Any] | None:
    """A mail below the head of another, whatever the language of its fields."""
    found = _ANY_HEAD.search(text)
    if found is None:
        return None
    fields = [line.partition(":")[2].strip() for line in found["head"].splitlines()]
    days = [field for field in fields[1:] if dates.iso_day(field) or next(dateline.each(field), None)]
    named = [field for field in fields[1:] if "@" not in field and field not in days]
    told = {"from": fields[0], "date": days[0] if days else None, "subject": named[-1] if named else None}
    return {"type": "reply", "text_top": text[: found.start()], "text": text[found.end() :], **told}


def html(data: bytes, charset: str | None, subject: str) -> dict[str, Any]:
    """The same of HTML, whose words the page reader takes. Runs in the child.

    Raises:
        InputError: there are no words in it.
    """
    from standoff.ingest import article

    words, _, encoding = article.decode(data, charset)
    found = Words("")
    left: list[str] = []
    method = _unwrap_html(words, subject, found, left, 0)
    if not found.own and not found.inside:
        raise InputError("", "a mail without words", "save the text of the report as .txt and read that")
    inside = [
        {"title": said.title, "outlet": said.outlet, "day": said.published.isoformat() if said.published else None}
        | {"text": text}
        for said, text in found.inside
    ]
    return {"text": found.own, "inside": inside, "left": [*found.left, *left], "encoding": encoding, "method": method}


def _unwrap_html(page: str, subject: str, found: Words, left: list[str], depth: int) -> str:
    import quotequail

    try:
        wrapped = quotequail.unwrap_html(page) if depth < _DEEPEST else None
    except Exception:  # markup that it cannot take apart is read whole
        wrapped = None
    if wrapped is None:
        found.own, method, more = _page_words(page)
        left.extend(more)
        return method
    tops = [_page_words(part) for key in ("html_top", "html_bottom") if (part := wrapped.get(key))]
    found.own = "\n\n".join(words for words, _, _ in tops if words)
    left.extend(one for _, _, more in tops for one in more)
    inner, method, _ = _page_words(wrapped.get("html") or "")
    _sort(wrapped, inner, subject, found, depth, plain_text=False)
    return method


def _page_words(page: str) -> tuple[str, str, list[str]]:
    """The words of a piece of a page; where the page reader finds no article, all of them."""
    from standoff.ingest import article

    if not page.strip():
        return "", "", []
    try:
        found = article.read(page.encode("utf-8", "replace"), None, "utf-8")
    except InputError:
        return article.all_words(page, mail=True), "", []
    # A mail is short, and all of it is meant: what the search for an article dropped of it counts.
    every = article.all_words(page, mail=True)
    text = found["text"]
    if len(text) < 0.5 * len(every) < 5000:
        return every, found["method"], []
    return text, found["method"], found["left"]


def _sort(wrapped: dict[str, Any], inner: str, subject: str, found: Words, depth: int, *, plain_text: bool) -> None:
    """A mail inside another: a report of its own where it was passed on, else left out and counted."""
    said = _said(wrapped)
    passed_on = wrapped.get("type") == "forward" and (not _answers(subject) or _FORWARDED.match(subject))
    if not inner.strip():
        return
    if not passed_on and found.own.strip():
        day = f" of {said.published}" if said.published else ""
        found.left.append(f"a quoted mail{day} left out")
        return
    within = Words(inner)
    if plain_text:
        within = Words("")
        _unwrap(inner, said.title or "", within, depth + 1)
    if within.own.strip():
        found.inside.append((said, within.own))
    found.inside.extend(within.inside)
    found.left.extend(within.left)


def _answers(subject: str) -> bool:
    return re.match(r"\s*(?:re|aw|sv|antw|odp|ynt)\s*(?:\[\d+\])?\s*:", subject, re.IGNORECASE) is not None


def _said(wrapped: dict[str, Any]) -> Said:
    return _named(wrapped.get("subject"), wrapped.get("from"), wrapped.get("date"))


def _named(subject: str | None, sender: str | None, day: str | None) -> Said:
    name, at = parseaddr(sender or "")
    found = dates.iso_day(day or "") or next(dateline.each(day or ""), None)
    return Said(
        title=subject or None, outlet=name or at or None, published=found, date_method="mail" if found else None
    )


def _bare(text: str, found: Words) -> str:
    """Without a signature below its mark."""
    bare, cut = _SIGNATURE.subn("", _LIST_FOOT.sub("", text))
    if cut:
        found.left.append("a signature left out")
    bare, scrubbed = _SCRUBBED.subn("", bare)
    if scrubbed:
        found.left.append(f"{scrubbed} {'attachment' if scrubbed == 1 else 'attachments'} that the list took out")
    lines = bare.strip("\n").split("\n")
    while lines and (not lines[-1].strip() or lines[-1].strip().lower().startswith(furniture.words("mail_end"))):
        lines.pop()
    return "\n".join(lines)


def _digest(text: str) -> Words | None:
    """A digest in plain text: each mail in it with its own head. None where the text is no digest."""
    pieces = _RULE.split(text)
    mails = [(head, piece) for piece in pieces[1:] if (head := _HEAD.match(piece))]
    if len(mails) < 2 and not (len(mails) == 1 and "digest" in pieces[0][:400].lower()):
        return None
    found = Words("", left=["the contents of the digest left out"])
    for head, piece in mails:
        fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(head.group())}
        if not {"from", "subject", "date"} & set(fields):
            continue
        said = _named(fields.get("subject"), fields.get("from"), fields.get("date"))
        inner = Words("")
        _unwrap(_END.split(piece[head.end() :])[0], said.title or "", inner, 1)
        if inner.own.strip():
            found.inside.append((said, inner.own))
        found.inside.extend(inner.inside)
        found.left.extend(inner.left)
    return found if found.inside else None
