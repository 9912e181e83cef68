"""What mail programs, blogs, newsrooms, offices and archives write is read as a careful reader reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

import made_fifth
import made_fourth
import made_mail
import made_more
import made_pages
import made_seventh
import made_sixth
import made_tables
import made_text
import made_third
from made import Case

KINDS = (
    made_mail,
    made_text,
    made_pages,
    made_tables,
    made_more,
    made_third,
    made_fourth,
    made_fifth,
    made_sixth,
    made_seventh,
)
CASES = [case for kind in KINDS for case in kind.cases.all]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_a_careful_reader_reads_it(case: Case, tmp_path: Path) -> None:
    assert case.faults(tmp_path) == []
