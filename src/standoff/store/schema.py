"""What the schema of a SQLite file may hold: what the migrations write, and nothing else that runs when the file is read.

A file from elsewhere may have an expression in an index, a constraint, a view, a trigger or a default that runs for hours.
SQLite reads each by the text that is kept of it, whatever it is called and said to be, so the text is what is looked at.
"""

from __future__ import annotations

import hashlib
import re

# By the SHA-256 of its text with each white space as one space: the views, and the tables of full-text search, of every
# version whose tables can be brought up to date.
_KNOWN = frozenset(
    {
        "02e910f6e11a3c1ae0744dd273300486f8e8f7a46687896ce58cde914dcddd3b",
        "3b833bd918f5a017c1b60d723018743fb5ade9917098afbb60995be9159563f6",
        "bcdbef19d93ee04d8393bed66a5aeb5aab382a4f3fa08743aa6c7905710b917c",
        "da2d297941fecf2fec610190135088b2d7dd0d5513ddab8c5a1966b0cc4e4bef",
        "dd2d1f532096496fbe45ddf21505083f8d863b8e809313d71cb1e142f820e895",
        "efb3d4d52f1ad60a12e3c22aeada3817f0de1478df8c77c70a64e63759a039bf",
    }
)
# Tables may have grown by columns; of what is computed in them, these are all.
_CHECKS = (
    "CHECK (span_start <= span_end)",
    "CHECK (confidence BETWEEN 0 AND 1)",
    "CHECK (role IN ('actor', 'recipient', 'source'))",
    "CHECK (role IN ('reader', 'reviewer', 'admin'))",
    "CHECK (kind IN ('outlet', 'document'))",
    "CHECK (verdict IN ('accept', 'correct', 'reject'))",
)
_COLUMN = r"""(?:\w+|"\w+"|coalesce\(date, ''\))"""
_INDEX = re.compile(rf"""CREATE (?:UNIQUE )?INDEX (?:\w+|"\w+") ON (?:\w+|"\w+") \({_COLUMN}(?:, {_COLUMN})*\)""")
_PLAIN = re.compile(r"NULL|'[^']*'|-?\d+(?:\.\d+)?", re.IGNORECASE)


def fault(sql: str | None) -> str | None:
    """What is not ours in the text that makes a table, an index or a view; None where all is, or is known to be harmless.

    >>> fault("CREATE INDEX a ON document (outlet)"), fault(None)
    (None, None)
    >>> fault("CREATE INDEX a ON document (hex(text))"), fault("CREATE INDEX a ON document (id) WHERE length(text)")
    ('', '')
    >>> fault("CREATE TABLE a (b TEXT, CHECK (hex(b) = ''))")
    ', with a CHECK'
    """
    if sql is None:  # an index that a key brings with it
        return None
    text = " ".join(str(sql).split())
    if _INDEX.fullmatch(text) or mark(text) in _KNOWN:
        return None
    # An ordinary table. One made of a SELECT, or with a comment between these two words, SQLite never keeps.
    if not re.match(r"CREATE TABLE ", text):
        return ""
    for check in _CHECKS:
        text = text.replace(check, " ")
    return ", with a CHECK" if "CHECK" in text.upper() else None


def mark(sql: str) -> str:
    """What a text is known by."""
    return hashlib.sha256(" ".join(sql.split()).encode()).hexdigest()


def plain(default: str | None) -> bool:
    """Whether the value that a column has by itself is written out, and not computed."""
    return default is None or _PLAIN.fullmatch(str(default)) is not None
