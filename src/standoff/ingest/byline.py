"""Who wrote a report, where a line at its head says so and nothing else: "By Amina Yusuf and Joseph Ali"."""

from __future__ import annotations

import re

from standoff.ingest.pagewords import listed

_LINES = 6
_NAME = (
    r"[^\W\d_a-z][\w.'’-]*(?:[ -](?:(?:al|el|bin|ibn|de|da|del|van|von|der|la|le|dos)[ -])*[^\W\d_a-z][\w.'’-]*){1,3}"
)
_LINE = re.compile(
    rf"(?:.{{0,80}}[.|·–—] )?By:? ((?:{_NAME})(?:(?:, | and |, and | & )(?:{_NAME})){{0,4}})(?:,? (?:in|for) [^\W\d_a-z][\w’' -]{{1,40}})?"
)


def find(text: str) -> str | None:
    """The names, as they stand.

    >>> find("Bor raid: 14 herders killed\\n\\nBy Achol Deng\\n\\nRaiders came at dawn.")
    'Achol Deng'
    >>> find("Bor raid\\n\\nBy Monday night the town was empty.") is None
    True
    """
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()][:_LINES]
    return next((found.group(1) for line in lines if (found := _LINE.fullmatch(line))), None)


def with_role(line: str) -> str | None:
    """The name in a line that says who wrote and as what, where it is said to be one.

    >>> with_role("Ann Example, Africa correspondent"), with_role("Ann Example, the mayor, fled")
    ('Ann Example', None)
    """
    found = _WITH_ROLE.fullmatch(line.strip())
    if found is None or not set(re.split(r"[\s/-]+", found[2].lower())) & listed("byline_role"):
        return None
    return found[1]


_WITH_ROLE = re.compile(rf"(?:By:? )?({_NAME}),? ((?:[^\W\d_][\w’'&/-]*,? ?){{1,6}})")


def is_line(line: str) -> bool:
    """Whether a line says who wrote the report, and nothing else."""
    return _LINE.fullmatch(line.strip()) is not None
