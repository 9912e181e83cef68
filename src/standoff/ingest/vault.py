"""Notes as Obsidian and Notion write them in Markdown: what only their programs show as something else, as a reader sees it.

Links to other notes become their words; pictures and notes that are shown inside, queries and comments go; the lines of
properties below a page's title are its head.
"""

from __future__ import annotations

import re

from standoff.ingest import headed

_LINK = re.compile(r"\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_EMBED = re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]")
_COMMENT = re.compile(r"(?<!\S)%%(?:[^%]|%(?!%))*%%")
_QUERY = re.compile(r"^```[ \t]*(?:dataview|dataviewjs|tasks|query|base)\b[^\n]*\n(?:(?!```)[^\n]*\n)*```[ \t]*$", re.MULTILINE)  # fmt: skip
_CALLOUT = re.compile(r"^([ \t]*(?:>[ \t]*)+)\[![\w|-]{1,40}\][+-]?[ \t]*", re.MULTILINE)
_TASK = re.compile(r"^([ \t]*[-*+][ \t]+)\[[ xX/-]\][ \t]+", re.MULTILINE)
_BLOCK = re.compile(r"[ \t]\^[\w-]{1,30}$", re.MULTILINE)
_ASIDE = re.compile(r"^[ \t]*</?aside>[ \t]*$", re.MULTILINE)
_PROPERTY = re.compile(r"[^\W\d_][^\n:]{0,40}::? [^\n]{1,500}")
_HEADING = re.compile(r"#{1,6} \S")
_FEWEST = 2


def unlinked(words: str) -> str:
    """Words without the marks of links to other notes.

    >>> unlinked("in [[Tora, North Darfur|Tora]] and [[Kutum#Market]]")
    'in Tora and Kutum'
    """
    return _LINK.sub(lambda found: found[2] or found[1].partition("#")[0] or found[1].lstrip("#"), words)


def cleaned(words: str) -> tuple[str, list[str]]:
    """A note as its reader sees it, and what of it was left."""
    words, queries = _QUERY.subn("", words)
    words, comments = _COMMENT.subn("", words)
    words, embeds = _EMBED.subn("", words)
    words = _BLOCK.sub("", _TASK.sub(r"\1", _CALLOUT.sub(r"\1", _ASIDE.sub("", unlinked(words)))))
    what = ((queries, "query", "queries"), (comments, "comment", "comments"), (embeds, "note or picture shown inside", "notes or pictures shown inside"))  # fmt: skip
    return words, [f"{many} {one if many == 1 else more} left out" for many, one, more in what if many]


def properties(words: str) -> tuple[str, dict[str, str], list[str]]:
    """A page without the lines of properties below its title, what those say by our names, and those that are not known."""
    lines = words.split("\n")
    at = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if at < len(lines) and _HEADING.match(lines[at]):
        at = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), len(lines))
    end = at
    while end < len(lines) and _PROPERTY.fullmatch(lines[end].rstrip()):
        end += 1
    told = [line.replace(":: ", ": ", 1) for line in lines[at:end]]
    known = dict(field for line in reversed(told) if (field := headed.labelled(line)) is not None)
    if len(told) < _FEWEST or not known or (end < len(lines) and lines[end].strip()):
        return words, {}, []
    others = [line.strip() for line in told if headed.labelled(line) is None]
    left = [f"properties of the page: {'; '.join(others)[:200]}"] if others else []
    return "\n".join([*lines[:at], *lines[end:]]), known, left
