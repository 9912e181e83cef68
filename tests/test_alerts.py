"""Rules of alerts: what they find in a store, once, and how a file of them is refused."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import standoff
from conftest import document
from inputs import ALERTS
from standoff.analysis import alerts
from standoff.errors import InputError, SettingsError
from standoff.store import Store, open_store

NOW = datetime(2018, 12, 1, 8, tzinfo=UTC)


def _rules(tmp_path: Path, text: str) -> tuple[alerts.Rule, ...]:
    path = tmp_path / "alerts.toml"
    path.write_text(text, encoding="utf-8")
    return alerts.load(path)


def test_what_rules_wait_for_is_raised_once(sample_store: Store, tmp_path: Path) -> None:
    rules = _rules(tmp_path, ALERTS)
    first = alerts.raise_new(sample_store, rules, NOW)
    assert Counter(one.rule for one in first) == {"figures": 2, "heat": 1}
    assert alerts.raise_new(sample_store, rules, NOW) == []
    claims = {c.id for c in sample_store.claims()}
    assert all(one.claims and set(one.claims) <= claims for one in first)
    kept = [alerts.from_record(fields) for fields, _ in sample_store.alerts.all()]
    assert sorted(kept, key=lambda a: a.key) == sorted(first, key=lambda a: a.key)
    # More claims join a dispute and change its incident; it is the same dispute still.
    one = document("Kyiv said six Ukrainian sailors were wounded.", "more", date(2018, 11, 30), "Later")
    sample_store.add(one, standoff.extract(one))
    sample_store.save(standoff.reconcile(sample_store.claims(), sample_store.documents()))
    assert [a for a in alerts.raise_new(sample_store, rules, NOW) if a.rule == "figures"] == []


def test_a_toll_that_a_later_report_moves_is_raised(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        for doc, day, number in (("a", 6, 10), ("b", 7, 11), ("c", 8, 26)):
            text = f"Police said that a bomb in Lahore on 5 May 2025 killed {number} people."
            one = document(text, doc, date(2025, 5, day), doc)
            store.add(one, standoff.extract(one))
        store.save(standoff.reconcile(store.claims(), store.documents()))
        rules = _rules(tmp_path, '[[alert]]\nname = "t"\nwhen = "toll"\nloss = "killed"\nby = 5\npolicy = "latest"\n')
        (raised,) = alerts.raise_new(store, rules, NOW)
    assert "from 11 to 26" in raised.says
    assert raised.day == date(2025, 5, 8)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("alert = 3", "alert"),
        ("[[alert]\n", "not TOML"),
        ('[[alert]]\nname = "a"\nwhen = "tension"\nover = 3\n', "rule 1.*parties.*required"),
        ('[[alert]]\nname = "a"\nwhen = "moon"\n', "rule 1"),
        ('[[alert]]\nname = "a"\nwhen = "dispute"\nkind = "odd"\n', "rule 1.*kind"),
        ('[[alert]]\nname = "a"\nwhen = "dispute"\ncolour = "red"\n', "rule 1.*colour"),
        ('[[alert]]\nname = "a"\nwhen = "toll"\npolicy = "mine"\n', "mine"),
        ('[[alert]]\nname = "a"\nwhen = "toll"\n' * 2, "two rules are called 'a'"),
    ],
)
def test_a_rule_that_is_not_well_formed_is_named(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises((InputError, SettingsError), match=why):
        _rules(tmp_path, text)
    with pytest.raises(InputError, match="no-such"):
        alerts.load(tmp_path / "no-such.toml")


def test_the_rules_of_the_documentation_are_well_formed(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "analysis.md").read_text(encoding="utf-8")
    (rules,) = re.findall(r"^```toml\n(.*?)^```$", page, re.M | re.S)
    assert [rule.when for rule in _rules(tmp_path, rules)] == ["dispute", "tension", "toll"]


def test_a_rule_about_somebody_whom_nobody_names_yet_waits(sample_store: Store, tmp_path: Path) -> None:
    rules = _rules(tmp_path, '[[alert]]\nname = "a"\nwhen = "dispute"\nparties = ["Narnia"]\n')
    assert alerts.check(sample_store, rules) == []


def test_a_file_of_rules_is_read_within_bounds(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(InputError, match="not a regular file; name a file of rules"):
            alerts.load(path)
    one = '[[alert]]\nname = "{}"\nwhen = "dispute"\n'
    with pytest.raises(InputError, match="6,000 rules, and 500 are looked at; part it into several files"):
        _rules(tmp_path, "".join(one.format(number) for number in range(6000)))
    assert len(_rules(tmp_path, "".join(one.format(number) for number in range(500)))) == 500
    with pytest.raises(InputError, match="larger than 500 kB"):
        _rules(tmp_path, "#" * 600_000)
    with pytest.raises(InputError, match="not TOML"):
        _rules(tmp_path, "alert = " + "[" * 100_000)
