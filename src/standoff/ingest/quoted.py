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
from standoff.ingest import address, dateline, dates, pagewords
from standoff.ingest.capture import Said

_DEEPEST = 8
# The head of a mail that another quotes, in any language: several fields below one another, an address in the first.
_ANY_HEAD = re.compile(
    r"^(?:[_-]{5,}[ \t]*\n)?(?P<head>[^\W\d_][^:\n@]{0,24}:[ \t]*[^\n]{0,200}@[^\n]{0,200}\n(?:[^\W\d_][^:\n@]{0,24}:[^\n]{0,300}\n){2,6})(?=\s*\n)",
    re.MULTILINE,
)
# Above what is quoted stand one or two lines, in any language, that end with a colon and name an address, a time of day or a day in numbers.
_WHOSE = re.compile(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>|\b\d{1,2}[:.]\d\d\b|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b")
_COLON = (":", "\uff1a")
_LIST_FOOT = re.compile(r"^_{40,}[ \t]*\n(?=[^\n]*(?:mailing list|@))(?s:.*)\Z", re.MULTILINE)
_SCRUBBED = re.compile(
    r"^-{10,} next part -{10,}[ \t]*\n(?:(?:An? [^\n]*scrubbed|[A-Z][a-z]+ ?:|<?https?://)[^\n]*\n?)+", re.MULTILINE
)
_PGP = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n", re.MULTILINE)
_PGP_BY = re.compile(r"^-----BEGIN PGP SIGNATURE-----", re.MULTILINE)
_PGP_END = re.compile(r"^-----END PGP SIGNATURE-----[ \t]*\n?", re.MULTILINE)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|rv|i)\s*:", re.IGNORECASE)
# With the initials of whom it quotes, as Emacs writes them, or none.
_QUOTED_LINE = re.compile(r"[ \t]?>|[ \t]*[A-Z]{1,4}>[> \t]")
_BAR = re.compile(r"[ \t]?[|\u2502](?: [^|\u2502]*)?$")  # a second bar makes it a table
# How mail programs mark in a page what they quote; a bare <blockquote> is an author's own.
_REPLY = re.compile(r"type\s*=\s*[\"']?cite|class\s*=\s*[\"']?[\w -]*(?:quote|cite)", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?\n(?s:.*)\Z", re.MULTILINE)
# RFC 1153: mails one below the other, with a rule between them.
_RULE = re.compile(r"^-{27,33}[ \t]*\n\s*(?=[A-Z][\w-]*:)|^-{60,78}[ \t]*\n\s*(?=(?:Date|From|Subject|Message):)", re.MULTILINE)  # fmt: skip
_END = re.compile(r"^-{27,33}[ \t]*$", re.MULTILINE)
_HEAD = re.compile(r"(?:[A-Z][\w-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,}")
_TAG = re.compile(r"\[[^\[\]]{1,60}\] ")
_LIKE_A_FIELD = re.compile(r"[> ]*\*?[-\w ]+:")
_MARKUP = re.compile(r"<[^<>]*>")
_MOST_LOOKS = 2_000_000
_MOST_COPIED = 1_000_000_000
_FIELD = re.compile(r"([A-Z][\w-]*):[ \t]*([^\n]*(?:\n[ \t]+\S[^\n]*)*)")


@dataclass
class Words:
    """What a mail's text holds: its own words, mails in it that are reports of their own, and what was left out."""

    own: str
    inside: list[tuple[Said, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


_TEASER = 80
"""Words of the longest story that is only named."""
_STORY = "//*[contains(@itemtype, 'schema.org/Article')][.//a[@href]]"


def _stories(page: str) -> list[dict[str, str | None]]:
    """The stories that a mail names and leads to, as Google Alerts does: their addresses, titles and outlets."""
    from standoff.ingest import article

    if "schema.org/Article" not in page or (tree := article.tree_of(page)) is None:
        return []
    told, found = tree.xpath(_STORY), []
    if not all(_is_named(one) for one in told):
        return []  # a letter that is an article itself
    for one in told:
        link = one.xpath("(.//a[@href])[1]")[0]
        outlet = one.xpath("string((.//*[@itemprop='publisher'])[1])")
        found.append(
            {
                "url": address.led_to(link.get("href")),
                "title": " ".join(link.text_content().split()) or None,
                "outlet": " ".join(outlet.split()) or None,
            }
        )
    return [one for one in found if one["url"]]


def _is_named(story: Any) -> bool:
    """Whether a story is only named: its title, which leads to it, and a few words of it."""
    words, title = (" ".join(one.text_content().split()) for one in (story, story.xpath("(.//a[@href])[1]")[0]))
    return bool(title) and words.startswith(title) and len(words.split()) <= _TEASER


def _unsigned(text: str) -> str:
    """A text without what PGP writes around a signed one. Where one of its marks is missing it ends no later one either."""
    pieces, done = [], 0
    while (begin := _PGP.search(text, done)) is not None:
        head = text.find("\n\n", begin.end() - 1)
        signature = _PGP_BY.search(text, head + 2) if head >= 0 else None
        if signature is None:
            break
        end = _PGP_END.search(text, signature.end())
        words = re.sub(r"^- ", "", text[head + 2 : signature.start()], flags=re.MULTILINE)
        pieces += [text[done : begin.start()], words]
        done = end.end() if end is not None else len(text)
    return "".join((*pieces, text[done:]))


def plain(text: str, subject: str = "") -> Words:
    """A plain text without what it quotes."""
    text = _unsigned(text)
    found = _digest(text)
    if found is not None:
        return found
    found = Words("")
    _unwrap(text, subject, found, 0)
    return found


def _unwrap(text: str, subject: str, found: Words, depth: int) -> None:
    import quotequail

    searched = depth < _DEEPEST and _is_searched(text.split("\n"), found)
    wrapped: dict[str, Any] | None = quotequail.unwrap(text) if searched else None
    if wrapped is None and depth < _DEEPEST:
        wrapped = _any_head(text)
    if wrapped is None:
        own, cut = _without_quotes(text)
        found.own = _bare(own, found)
        if cut:
            found.left.append(f"{cut} quoted {'line' if cut == 1 else 'lines'} left out")
        return
    parts = [
        _without_quotes(_bare(part, found), ends=key == "text_top")[0]
        for key in ("text_top", "text_bottom")
        if (part := wrapped.get(key))
    ]
    found.own = "\n\n".join(parts).strip()
    _sort(wrapped, wrapped.get("text") or "", subject, found, depth, plain_text=True)


def _is_searched(lines: list[str], found: Words) -> bool:
    """Whether a text is searched for a mail within it, which is told where it is not.

    From each line that is like a field the library looks at all such lines below it, and takes a copy of the rest of the
    text: what ten thousand of them in a row take is a hundred million looks. No mail has so many.
    """
    looks, row, fields, others = 0, 0, 0, 0
    for line in lines:
        if _LIKE_A_FIELD.match(line):
            row, fields, others = row + 1, fields + 1, 0
            looks += row
        elif line.strip("> \t\r"):
            others += 1
            fields += line.startswith(">")  # from which it looks on, too
            if others == 2:  # one line may go on what stands in the line above it
                row = 0
    if looks <= _MOST_LOOKS and fields * len(lines) <= _MOST_COPIED:
        return True
    told = f"not searched for mails within it: {fields:,} of its lines are like the fields of a mail's head"
    if told not in found.left:
        found.left.append(told)
    return False


def _without_quotes(text: str, *, ends: bool = False) -> tuple[str, int]:
    """A text without the lines that are marked as quoted and the line above them, and how many they were; ``ends``: what
    it quotes was taken off its end."""
    own: list[str] = []
    cut, bars = 0, False
    for line in text.split("\n"):
        bars = _BAR.match(line) is not None and (bars or _told_whose(own) > 0)
        if bars or _QUOTED_LINE.match(line):
            _drop_above(own)
            cut += 1
        else:
            own.append(line)
    if ends:
        _drop_above(own)
    return "\n".join(own), cut


def _told_whose(lines: list[str]) -> int:
    """How many lines at the end say whose words follow."""
    at = len(lines)
    while at and len(lines) - at < 3 and not lines[at - 1].strip():
        at -= 1
    start = at
    while start and at - start < 3 and lines[start - 1].strip():
        start -= 1
    last = lines[start:at][-2:]
    if not last or not last[-1].rstrip().endswith(_COLON):
        return 0
    many = len(last) if at - start <= 2 else 1
    head = " ".join(last[-many:])
    return len(lines) - at + many if len(head) <= 300 and _WHOSE.search(head) else 0


def _drop_above(lines: list[str]) -> None:
    if many := _told_whose(lines):
        del lines[-many:]


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
    if stories := _stories(words):
        return {"text": "", "inside": [], "left": [], "stories": stories, "encoding": encoding, "method": ""}
    found = Words("")
    left: list[str] = []
    method = _unwrap_html(words, subject, found, left, 0)
    if not found.own and not found.inside:
        raise InputError("", "a mail without words", "save the text of the report as .txt and read that")
    inside = [
        {
            "title": said.title,
            "outlet": said.outlet,
            "author": said.author,
            "day": said.published.isoformat() if said.published else None,
        }
        | {"text": text}
        for said, text in found.inside
    ]
    return {
        "text": found.own,
        "stories": [],
        "inside": inside,
        "left": [*found.left, *left],
        "encoding": encoding,
        "method": method,
    }


def _unwrap_html(page: str, subject: str, found: Words, left: list[str], depth: int) -> str:
    import quotequail

    searched = depth < _DEEPEST and _is_searched(_MARKUP.sub("\n", page).split("\n"), found)
    try:
        wrapped = quotequail.unwrap_html(page) if searched else None
    except Exception:  # markup that it cannot take apart is read whole
        wrapped = None
    if wrapped is not None and wrapped.get("type") == "quote" and not _answers(subject) and not _REPLY.search(page):
        wrapped = None  # words of a source, set apart
    if wrapped is None:
        words, method, more = _page_words(page)
        found.own = _bare(words, found)
        left.extend(more)
        return method
    tops = [_page_words(part) for key in ("html_top", "html_bottom") if (part := wrapped.get(key))]
    found.own = "\n\n".join(_bare(words, found) for words, _, _ in tops if words)
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
    if within.inside and covers(within.own):
        found.left.append(covered(within.own))
    elif within.own.strip():
        found.inside.append((said, within.own))
    found.inside.extend(within.inside)
    found.left.extend(within.left)


def covers(text: str) -> bool:
    """Whether a mail's own words only cover what it passes on: a line or two that say so, or hardly a word.

    >>> covers("FYI, from the office in Goma."), covers("Thanks!"), covers("A mine killed two drivers near Goma today.")
    (True, True, False)
    """
    words = text.lower().split()
    if len(words) > _LONGEST_NOTE:
        return False
    told = f" {' '.join(words)} "
    if len(words) > _SAYS_MORE and any(letter.isdigit() for letter in told):
        return False  # a figure in it may be one of its own
    said = any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told) for word in pagewords.words("covering"))
    return said or (len(words) <= _HARDLY and not any(letter.isdigit() for letter in told))


def covered(text: str) -> str:
    """What is told of such words."""
    return f"a covering note: “{' '.join(text.split())[:200]}”"


_LONGEST_NOTE, _SAYS_MORE, _HARDLY = 40, 12, 4


def _answers(subject: str) -> bool:
    return re.match(r"\s*(?:re|aw|sv|antw|odp|ynt)\s*(?:\[\d+\])?\s*:", subject, re.IGNORECASE) is not None


def _said(wrapped: dict[str, Any]) -> Said:
    return _named(wrapped.get("subject"), wrapped.get("from"), wrapped.get("date"))


def _named(subject: str | None, sender: str | None, day: str | None) -> Said:
    found = dates.iso_day(day or "") or next(dateline.each(day or ""), None)
    outlet, author = sent_by(sender or "")
    return Said(
        title=subject or None, outlet=outlet, author=author, published=found, date_method="mail" if found else None
    )


def sent_by(sender: str) -> tuple[str | None, str | None]:
    """Who a mail is from, and who wrote it, where a program names both.

    >>> sent_by('"Ann Example from Frontlines" <front@substack.com>'), sent_by("Desk <desk@example.org>")
    (('Frontlines', 'Ann Example'), ('Desk', None))
    """
    name, at = parseaddr(sender)
    both = _BOTH.fullmatch(name)
    if both is not None and both["mark"] == "from" and not at.lower().endswith(pagewords.words("letter_host")):
        both = None  # "News from Faya" is one name
    return (both["outlet"], both["author"]) if both is not None else (name or at or None, None)


_BOTH = re.compile(r"(?P<author>[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){0,4}?) (?P<mark>from|via) (?P<outlet>\S.{1,80})")


def _bare(text: str, found: Words) -> str:
    """Without a signature, be it below its mark or below a greeting; without what a mail program puts above and below."""
    bare, cut = _SIGNATURE.subn("", _LIST_FOOT.sub("", text))
    if cut:
        found.left.append("a signature left out")
    bare, scrubbed = _SCRUBBED.subn("", bare)
    if scrubbed:
        found.left.append(f"{scrubbed} {'attachment' if scrubbed == 1 else 'attachments'} that the list took out")
    lines = bare.strip("\n").split("\n")
    kept = [line for line in lines if not _put_around(line)]
    while kept and (not kept[-1].strip() or kept[-1].strip().lower().startswith(pagewords.words("mail_end"))):
        kept.pop()
    if (at := _greeting(kept)) is not None:
        found.left.append("a signature left out")
        kept = kept[:at]
    return "\n".join(kept).strip("\n")


def _put_around(line: str) -> bool:
    """Whether a line is what a mail server puts above or below: that the mail is from outside, whom it is for."""
    told = line.strip(" \t*[(_-").lower()
    if any(words in told for words in pagewords.words("mail_within")):
        return len(told.split()) <= _LONGEST_AROUND
    return told.startswith(pagewords.words("mail_around")) and len(told.split()) <= _LONGEST_AROUND


def _greeting(lines: list[str]) -> int | None:
    """Where the greeting at a mail's end stands, with a few short lines and no sentence below it."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 2 * _SIGNED), -1):
        told = lines[at].strip().rstrip(",.!;– -").lower()
        below = [line for line in lines[at + 1 :] if line.strip()]
        if told in pagewords.listed("greeting"):
            short = all(len(line.split()) <= _SIGNED and not _SENTENCE.search(line) for line in below)
            return at if short and len(below) <= _SIGNED and any(line.strip() for line in lines[:at]) else None
    return None


_LONGEST_AROUND = 150
_SIGNED = 8
"""Lines of a signature, and words of each."""
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?…]\s*$")


def _digest(text: str) -> Words | None:
    """A digest in plain text: each mail in it with its own head. None where the text is no digest."""
    pieces = _RULE.split(text)
    mails = [(head, piece) for piece in pieces[1:] if (head := _HEAD.match(piece))]
    if len(mails) < 2 and not (len(mails) == 1 and "digest" in pieces[0][:400].lower()):
        return None
    found = Words("", left=["the contents of the digest left out"])
    heads = [
        {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(head.group())} for head, _ in mails
    ]
    tags = {tag[0] if (tag := _TAG.match(one.get("subject", ""))) else "" for one in heads if "subject" in one}
    for fields, (head, piece) in zip(heads, mails, strict=True):
        if not {"from", "subject", "date"} & set(fields):
            continue
        if len(tags) == 1 and "subject" in fields:  # the list's own name, before every subject
            fields["subject"] = fields["subject"].removeprefix(next(iter(tags)))
        said = _named(fields.get("subject"), fields.get("from"), fields.get("date"))
        inner = Words("")
        _unwrap(_END.split(piece[head.end() :])[0], said.title or "", inner, 1)
        if inner.own.strip():
            found.inside.append((said, inner.own))
        found.inside.extend(inner.inside)
        found.left.extend(inner.left)
    return found if found.inside else None
