"""Who tells a headline that has no verb of its own, and that what stands below a headline is not that one's word."""

from __future__ import annotations

import pytest

import standoff
from conftest import document
from standoff.model import Claim

BELOW = "\n\nBAMAKO, 3 March - Fighters attacked a post in Kidal on Sunday and burned two lorries."


def told(headline: str) -> tuple[set[str], set[str]]:
    """Whose word the nine dead of the headline are, and whose what is told below it."""
    claims = standoff.extract(document(headline + BELOW))
    above = [c for c in claims if c.span.start < len(headline)]
    assert any(count.low == 9 for claim in above for count in claim.counts)
    return _speakers(above), _speakers([c for c in claims if c.span.start > len(headline)])


def _speakers(claims: list[Claim]) -> set[str]:
    return {s.mention.party.key for claim in claims for s in claim.sources}


@pytest.mark.parametrize(
    ("headline", "speaker"),
    [
        ("Army: at least nine dead in Kidal attack", "MLI"),
        ("Hospital officials: nine dead in Kidal attack", "MLI"),
        ("Nine soldiers dead in Kidal ambush, army says", "MLI"),
        ("Nine dead in air strikes on Kidal market, says monitor", "NGO"),
        ("Nine dead in attack on Kidal post, rebels say", "MLI-REB"),
        ("Mali war monitor: nine dead in strikes on Kidal market", "NGO"),
        ("Air strikes kill nine in Kidal, Mali monitor says", "NGO"),
        ("Officials: death toll in Kidal blast rises to nine", "MLI"),
    ],
)
def test_who_tells_a_headline_tells_it_alone(headline: str, speaker: str) -> None:
    above, below = told(headline)
    assert above == {speaker}
    assert below == set()


@pytest.mark.parametrize(
    "headline", ["Mali: nine dead in Kidal attack", "Nine dead in Kidal attack, two lorries burned"]
)
def test_a_headline_that_names_nobody_who_tells_it_is_told_by_nobody(headline: str) -> None:
    assert told(headline) == (set(), set())


def test_who_speaks_below_a_headline_is_heard_there() -> None:
    text = "Moscow says\n\nRussia said on Monday that its shelling in Avdiivka had killed nine Ukrainian soldiers."
    assert _speakers(list(standoff.extract(document(text)))) == {"RUS"}
