"""Names of places in the many spellings that one alphabet gives another's words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def fold(name: str) -> str:
    """A name as one lower-case word of plain letters: "Khān Shaykhūn" is khanshaykhun."""
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z]", "", "".join(c for c in plain if not unicodedata.combining(c)).lower())


_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|at|ash|an|az|edh|esh)[ \-’']", re.IGNORECASE)


def skeleton(name: str) -> str:
    """The consonants that every transliteration shares: Khan Sheikhoun, Khan Shaykhun and Khan Shaikhoun are one."""
    key = fold(_ARTICLE.sub("", name))
    key = (
        key.replace("ph", "f").replace("q", "k").replace("ck", "k").replace("w", "").replace("y", "").replace("j", "g")
    )
    key = re.sub(r"[aeiou]", "", key)
    key = re.sub(r"(.)\1+", r"\1", key)
    return key.removesuffix("h") if len(key) > 3 else key


ENOUGH = 4
"""So many consonants tell one name from another."""


@lru_cache(maxsize=20_000)
def sounded(name: str) -> str:
    """What a name is compared by: its consonants where there are enough, else its letters.

    >>> sounded("Khan Sheikhoun") == sounded("Khan Shaykhun"), sounded("Homs") == sounded("Hama")
    (True, False)
    """
    key = skeleton(name)
    return key if len(key) >= ENOUGH else joined(name)


def joined(name: str) -> str:
    """A name without case, spaces and marks, in whatever letters."""
    return re.sub(r"[\W_]", "", name.lower())
